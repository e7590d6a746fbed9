"""What shows of a PDF's text is its text layer; a page of Latin script takes its lines and order from that layer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pikepdf
import pytest

from cleanup.article import Article
from cleanup.assemble import assemble
from layout.analyze import analyze
from layout.input.scan import Scan, open_scan
from layout.page import Page, RegionKind
from ocr.textlayer.reader import TextLayerEngine

LEFT: Final = (
    "The ferry crosses the river at",
    "dawn,   whatever   the   weather,",
    "and  the old man who poles it has",
    "never  missed  a  day in forty-",
    "one years.",
)
RIGHT: Final = (
    "He  says  that  he  will  not  re-",
    "tire. The new bridge, two miles",
    "down-",
    "stream, has taken the carts but",
    "not the children.",
)


def shown(at: tuple[float, float], text: str, size: float = 10.0, *, mode: int = 0) -> str:
    return f"BT /F1 {size} Tf {mode} Tr {at[0]} {at[1]} Td ({text}) Tj ET\n"


def pdf(path: Path, *contents: str, crop: tuple[float, float, float, float] | None = None) -> Path:
    """A PDF of one page in Helvetica; `contents` are content streams one behind the other. `/G` is transparent."""
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(400, 300))
        page = made.pages[0]
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        named = pikepdf.Dictionary({k: pikepdf.Name(v) for k, v in font.items()})
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F1=named), ExtGState=pikepdf.Dictionary(G=pikepdf.Dictionary(ca=0))
        )
        page.Contents = made.make_stream("".join(contents).encode())
        if crop is not None:
            page.CropBox = pikepdf.Array(crop)
        made.save(path)
    return path


def layer(path: Path) -> str:
    scan: Scan = open_scan(path)
    return "".join(g.char for g in scan.typed)


@pytest.mark.parametrize(
    ("contents", "want"),
    [
        pytest.param((shown((20, 200), "seen"), shown((20, 100), "not", mode=3)), "seen", id="render mode 3"),
        pytest.param((shown((20, 200), "seen"), "q /G gs ", shown((20, 100), "not"), "Q "), "seen", id="transparent"),
        pytest.param((shown((20, 200), "seen"), "1 g ", shown((20, 100), "not")), "seen", id="white on white"),
        pytest.param(
            (shown((20, 100), "not"), "1 g 10 90 200 40 re f 0 g ", shown((20, 200), "seen")), "seen", id="white box"
        ),
        pytest.param(
            (shown((20, 100), "not"), "1 g 10 90 200 40 re f 0 g ", shown((22, 99), "seen")),
            "seen",
            id="white box with other text on it",
        ),
        pytest.param(("1 g 10 90 200 40 re f 0 g ", shown((20, 100), "seen")), "seen", id="text on a box"),
        pytest.param(
            (shown((20, 100), "seen"), "q 300 0 50 50 re W n 1 g 10 90 350 40 re f Q "), "seen", id="a box clipped away"
        ),
        pytest.param((shown((20, 100), "seen"), "q /G gs 10 90 200 40 re f Q "), "seen", id="a transparent box"),
    ],
)
def test_only_what_shows_is_text(tmp_path: Path, contents: tuple[str, ...], want: str) -> None:
    assert layer(pdf(tmp_path / "page.pdf", *contents)) == want


def test_what_the_crop_box_cuts_off_is_no_text(tmp_path: Path) -> None:
    made = pdf(tmp_path / "page.pdf", shown((20, 200), "seen"), shown((20, 20), "not"), crop=(0, 60, 400, 300))
    assert layer(made) == "seen"


def read(path: Path) -> Page:
    page, sheet = analyze(open_scan(path), 1)
    return TextLayerEngine().read(page, sheet)


def test_a_page_of_latin_script_is_read_in_the_order_of_its_layer(tmp_path: Path) -> None:
    """Words of a justified column stand far apart; hyphens at line ends are told by a code of PDFium's own."""
    left = [shown((20, 220 - 14 * n), line) for n, line in enumerate(LEFT)]
    right = [shown((215, 220 - 14 * n), line) for n, line in enumerate(RIGHT)]
    page = read(
        pdf(
            tmp_path / "page.pdf",
            shown((20, 262), "The Ferry Stays", 20),
            shown((20, 242), "By Ann Weaver"),
            *left,
            *right,
        )
    )
    assert [r.kind for r in page.regions if r.lines] == [
        RegionKind.HEADLINE,
        RegionKind.BYLINE,
        RegionKind.BODY,
        RegionKind.BODY,
    ]
    articles: list[Article] = [a for a in assemble("gazette", [page]).articles if a.paragraphs]
    assert [(a.title, a.byline) for a in articles] == [("The Ferry Stays", "By Ann Weaver")]
    assert " ".join(" ".join(articles[0].paragraphs).split()) == (
        "The ferry crosses the river at dawn, whatever the weather, and the old man who poles it has never missed a "
        "day in forty-one years. He says that he will not retire. The new bridge, two miles downstream, has taken the "
        "carts but not the children."
    )
