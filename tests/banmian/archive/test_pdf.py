"""PDF/A-2b: what two readers take out of it is our text, in its place; what a validator says of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from banmian.archive.content.corrected_page import CorrectedPage
from banmian.archive.content.finding import ExportFault
from banmian.archive.content.reading_order import in_order
from banmian.archive.pdf import check as pdfcheck
from banmian.archive.pdf import pdf
from banmian.archive.pdf.font import Alphabet
from banmian.archive.pdf.page_size import PageSize, page_size_of
from banmian.archive.pdf.pages import Pages
from banmian.archive.pdf.text_layer import frame_of, printable, spans, text_layer
from cleanup.article import Article, Issue
from layout.errors import PageFailed
from layout.geometry import Projection
from layout.page import Direction, Line
from tests.banmian.archive.issues import EM, HEIGHT, WIDTH, Desk, article, line, page

READERS = Path(__file__).resolve().parents[3] / ".venv-readers/bin/python"
DRIVER = Path(__file__).resolve().parents[2] / "readers/verapdf.py"
ODD = "山村邮路〇𠮷𪚥﹏—“”…·《》，。、12aZé\u0301\u3000]]>&<'\"\x00\x0b\ud800\uffff\ufeff\t㎡的一是在"
MIXED = [
    line("l1", "山村邮路𠮷〇", (40, 100)),
    line("l2", "第 27 年，ab", (40, 160)),
    line("l3", "竖排的字从右起", (900, 300), Direction.VERTICAL_RL),
    line("l4", "第二行在左边。", (840, 300), Direction.VERTICAL_RL),
]


def _plain(text: str) -> str:
    """Without white space, by which readers tell gaps and line ends, each in its own way."""
    return "".join(text.split())


def _pdfium(path: Path, at: int = 0) -> str:
    return str(pypdfium2.PdfDocument(path)[at].get_textpage().get_text_range())


def _pdftotext(path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: apt-get install poppler-utils")
    return subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, text=True).stdout


def _draw(lines: Sequence[tuple[Line, str]], path: Path, paper: PageSize, alphabet: Alphabet) -> None:
    """A PDF of one page with this text layer and nothing else."""
    with pikepdf.new() as out:
        sheet = out.add_blank_page(page_size=(paper.width, paper.height))
        sheet.rotate(paper.turn, relative=False)
        sheet.Contents = pikepdf.Stream(out, text_layer(lines, paper, alphabet))
        sheet.Resources = pikepdf.Dictionary(Font=alphabet.fonts(out))
        out.save(path)


def _paper(turn: int = 0) -> PageSize:
    return replace(page_size_of(page(1, []), (WIDTH, HEIGHT), (200, 200)), turn=turn)


@st.composite
def layers(draw: st.DrawFn) -> list[tuple[Line, str]]:
    """Lines over the whole page, all level or all upright, each with a clean text that may differ from the read one."""
    direction = draw(st.sampled_from(Direction))
    texts = st.text(st.sampled_from(ODD), max_size=5)
    lines = []
    for column in range(draw(st.integers(1, 3))):
        for row in range(draw(st.integers(1, 5))):
            level = direction is Direction.HORIZONTAL
            place = (column * 240 + 10, row * 60 + 20) if level else (900 - column * 60, row * 260 + 20)
            read = draw(texts)
            lines.append((line(f"l{column}.{row}", read, place, direction), draw(st.just(read) | texts)))
    return lines


def test_two_readers_take_out_our_text(tmp_path: Path) -> None:
    """Any text of any page: level or upright, corrected or not, rare hanzi, marks, control characters."""
    path = tmp_path / "a.pdf"

    @given(layers(), st.sampled_from([0, 90, 180, 270]))
    def holds(lines: list[tuple[Line, str]], turn: int) -> None:
        _draw(lines, path, _paper(turn), Alphabet())
        ours = _plain("".join(printable(text) for _, text in lines))
        assert _plain(_pdfium(path)) == ours
        assert turn or _plain(_pdftotext(path)) == ours

    holds()


def test_more_cells_than_a_font_has_codes(tmp_path: Path) -> None:
    """A text of more different characters than one font can hold goes on in the next font, within a line too."""
    lines = [(line("l1", "山村邮路通到云端𠮷", (40, 100)), "山村邮路通到云端𠮷")]
    _draw(lines, tmp_path / "a.pdf", _paper(), Alphabet(font_codes=2))
    assert _plain(_pdfium(tmp_path / "a.pdf")) == _plain(_pdftotext(tmp_path / "a.pdf")) == "山村邮路通到云端𠮷"
    with pikepdf.open(tmp_path / "a.pdf") as out:
        assert len(out.pages[0].Resources.Font) > 4


@pytest.mark.parametrize("turn", [0, 90])
def test_each_character_lies_on_its_glyph(tmp_path: Path, turn: int) -> None:
    """The box in which PDFium has a character covers the middle of its glyph on the scan, upright lines too."""
    paper = _paper(turn)
    _draw([(n, n.text) for n in MIXED], tmp_path / "a.pdf", paper, Alphabet())
    text = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_textpage()
    units = [chr(pypdfium2.raw.FPDFText_GetUnicode(text, i)) for i in range(text.count_chars())]
    boxes = [text.get_charbox(i) for i, c in enumerate(units) if not c.isspace() and not "\udc00" <= c <= "\udfff"]
    glyphs = [g for n in MIXED for g in n.glyphs]
    for (left, bottom, right, top), glyph in zip(boxes, glyphs, strict=True):
        assert glyph.box is not None
        x, y = paper.point(glyph.box.centre)
        assert left < x < right
        assert bottom < y < top
        assert right - left < 1.2 * EM * paper.right


def test_what_edits_put_in_has_the_place_of_what_was_there() -> None:
    """A replaced glyph keeps its place, an inserted one shares its neighbour's, and all rise along the line."""
    read = line("l1", "山村由路", (100, 100))
    frame = frame_of(read)
    assert frame is not None
    assert [round(start) for start, _ in spans(read, frame, "山村邮路")] == [2, 42, 82, 122]
    assert [round(start) for start, _ in spans(read, frame, "山村由大路")] == [2, 42, 82, 102, 122]
    assert [round(start) for start, _ in spans(read, frame, "山路")] == [2, 122]
    assert [round(start) for start, _ in spans(replace(read, glyphs=()), frame, "山村邮路")] == [0, 40, 80, 120]


def _issue(folder: Path) -> tuple[Path, Article]:
    """An issue of two pages, with an article over both and one without a headline."""
    title, body = line("l1", "山村邮路\x00通到<云端>", (40, 100)), line("l2", "清晨六点，邮递员出门。", (40, 200))
    rest, lone = line("l1", "山路弯弯曲曲𠮷。", (40, 100)), line("l2", "老人们站在村口。", (40, 300))
    jump = article("a1", [(1, title), (1, body), (2, rest)])
    pages = [page(1, [title, body]), page(2, [lone, rest]), page(3, [])]
    holding = Desk(folder).holding(pages, [jump, article("a2", [(2, lone)], titled=False)])
    (folder / "out").mkdir(exist_ok=True)
    pdf.write(holding, folder / "out")
    return folder / "out" / "澄州 '1'.pdf", jump


def test_an_issue_in_reading_order_with_its_bookmarks(tmp_path: Path) -> None:
    """Article after article on each page; bookmarks lead to each article and to where it goes on; pages have names."""
    path, _ = _issue(tmp_path)
    assert _plain(_pdfium(path, 1)) == "山路弯弯曲曲𠮷。老人们站在村口。"
    with pikepdf.open(path) as out, out.open_outline() as outline:
        told = [(p.title, [(a.title, [b.title for b in a.children]) for a in p.children]) for p in outline.root]
        place = outline.root[0].children[0].children[0].destination
        assert place[0].objgen == out.pages[1].objgen
        assert [float(n) for n in list(place)[2:4]] == pytest.approx([40 * 0.36, (HEIGHT - 100) * 0.36], abs=0.1)
        assert str(out.Root.PageLabels.Nums[3].P) == "A2"
    assert told == [
        ("A1版 要闻", [("山村邮路\ufffd通到<云端>", ["A2版 要闻"])]),
        ("A2版 要闻", [("老人们站在村口。", [])]),
        ("A3版 要闻", []),
    ]


def test_the_document_tells_what_it_is(tmp_path: Path) -> None:
    """Metadata come from metadata.toml, scans are kept byte for byte, and a second export has the same bytes."""
    path, _ = _issue(tmp_path)
    first = path.read_bytes()
    assert _issue(tmp_path)[0].read_bytes() == first
    with pikepdf.open(path) as out:
        told = out.open_metadata()
        assert (told["dc:title"], told["dc:rights"]) == ("澄州晚报 2019-11-06", "仅供研究 <&>")
        assert told.pdfa_status == "2B"
        assert [float(n) for n in out.pages[0].MediaBox] == [0, 0, WIDTH * 0.36, HEIGHT * 0.36]
        scan = next((tmp_path).glob("scan 1*")).read_bytes()
        assert out.pages[0].Resources.XObject.Scan.read_raw_bytes() == scan
    assert list(pdfcheck.findings(path)) == []


def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    """qpdf --check reads all of it without a warning."""
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed: apt-get install qpdf")
    done = subprocess.run(["qpdf", "--check", _issue(tmp_path)[0]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_verapdf_takes_it_for_level_b(tmp_path: Path) -> None:
    """An issue with an empty page, and a text layer in four fonts, are PDF/A-2b for veraPDF."""
    if not READERS.exists() or shutil.which("java") is None:
        pytest.skip("veraPDF needs Java and .venv-readers: make install-tests")
    files = [_issue(tmp_path)[0]]
    done = subprocess.run([READERS, DRIVER, "2b", *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [json.loads(told)["clauses"] for told in done.stdout.splitlines()] == [[] for _ in files]


def test_a_page_turned_on_the_scan_is_shown_upright() -> None:
    """A scan that lies on its side keeps its pixels, and the page says by how much it has to be turned."""
    side = Projection((0.0, -1.0, WIDTH, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0))  # the sheet's right is the scan's foot
    turned = replace(page(1, []), to_scan=side)
    assert page_size_of(turned, (WIDTH, HEIGHT), (200, 200)).turn == 270
    assert page_size_of(page(1, []), (WIDTH, HEIGHT), (200, 200)).turn == 0


@pytest.mark.parametrize(
    ("size", "stated", "em", "points"),
    [
        ((2000, 3000), (200.0, 100.0), 0, (720, 2160)),  # a fax has two resolutions
        ((2000, 3000), None, 0, (480, 720)),  # nothing known: 300 dpi
        ((992, 1419), (72.0, 72.0), 13.5, (714.24, 1021.68)),  # a screen's dpi tell nothing: 9-point type is 100 dpi
        ((60_000, 30), (100.0, 100.0), 0, (14_400, 7.2)),  # no larger than PDF/A allows
        ((10, 10), (600.0, 600.0), 0, (3, 3)),  # and no smaller
    ],
)
def test_a_page_has_its_true_size(
    size: tuple[int, int], stated: tuple[float, float] | None, em: float, points: tuple[float, float]
) -> None:
    """By the dots an inch that the file states, else by the body type, within what PDF/A allows."""
    paper = page_size_of(replace(page(1, []), type_size=em), size, stated)
    assert (paper.width, paper.height) == pytest.approx(points)


def test_a_long_issue_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    """Forty pages of 2 MB come out in their order, and the process grew by less than ten of them."""
    pages = Pages(tmp_path)
    for number in range(40):
        with pikepdf.new() as leaf:
            scan = pikepdf.Stream(leaf, os.urandom(2_000_000), Filter=pikepdf.Name.DCTDecode)
            leaf.add_blank_page(page_size=(100 + number, 100)).Scan = scan
            pages.add(leaf)
    before = _memory()
    with pages.bound() as out:
        assert [int(p.MediaBox[2]) for p in out.pages] == [*range(100, 140)]
        out.save(tmp_path / "out.pdf")
        assert _memory() - before < 20_000_000
    assert (tmp_path / "out.pdf").stat().st_size > 80_000_000


def _memory() -> int:
    """The bytes of memory that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_a_missing_or_other_scan_is_refused(tmp_path: Path) -> None:
    """No PDF is made without the scan that was read; the message names it."""
    one = line("l1", "山村邮路", (40, 100))
    holding = Desk(tmp_path).holding([page(1, [one])], [article("a1", [(1, one)])])
    (sheet,) = holding.sheets
    assert sheet.scan is not None
    with pytest.raises(PageFailed, match=r"scan 1 '报'.jpg is not the scan"):
        pdf.write(replace(holding, sheets=(replace(sheet, sha512="0" * 128),)), tmp_path)
    sheet.scan.unlink()
    with pytest.raises(PageFailed, match=r"scan 1 '报'.jpg is gone"):
        pdf.write(holding, tmp_path)


def _damaged(whole: bytes) -> Iterator[tuple[str, bytes]]:
    yield "cut", whole[: len(whole) // 2]
    yield "empty", b""
    yield "plain", (Path(__file__).parents[3] / "samples/chengzhou-evening.pdf").read_bytes()


def test_damage_is_found(tmp_path: Path) -> None:
    """A file that is cut short, an empty one, and a PDF of another kind are findings, never a traceback."""
    path, _ = _issue(tmp_path)
    for name, data in _damaged(path.read_bytes()):
        (tmp_path / f"{name}.pdf").write_bytes(data)
        assert {f.fault for f in pdfcheck.findings(tmp_path / f"{name}.pdf")} <= {
            ExportFault.DAMAGED,
            ExportFault.BELOW,
        }
        assert list(pdfcheck.findings(tmp_path / f"{name}.pdf")), name


def test_lines_of_no_article_come_last() -> None:
    """What no article holds is still in the text layer, after all that is."""
    one, two = line("l1", "一", (40, 100)), line("l2", "二", (40, 200))
    issue = Issue("i", articles=(article("a", [(1, two)]),))
    assert [text for _, text in in_order(issue, CorrectedPage(page(1, [one, two]), ""))] == ["二", "一"]
