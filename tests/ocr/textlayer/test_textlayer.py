"""A PDF page that carries its text is not recognized; what its text layer does not tell is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import pikepdf
import pytest
from rapidfuzz.distance import Levenshtein

from cleanup.assemble import assemble
from layout.analyze import analyze
from layout.errors import PageFailed
from layout.geometry import Box
from layout.input.scan import open_scan
from layout.page import Direction, Glyph, Line, Page
from layout.pdf_glyph import UNKNOWN, TypedGlyph
from layout.sheet import Sheet
from ocr.textlayer.reader import LayeredEngine, TextLayerEngine
from samples.typeset import issues
from samples.typeset.pdf import issue_pdf
from samples.typeset.press import printed_sheets
from samples.typeset.truth import PieceKind
from samples.typeset.works import LAYERED, SAMPLES
from tests.ocr.prints import bare, page_of

PDF = SAMPLES / LAYERED
EM = 20


@cache
def first_page() -> tuple[Page, Sheet]:
    return analyze(open_scan(PDF), 1)


def typed(text: str, at: tuple[int, int] = (40, 40), em: int = EM, *, down: bool = False) -> tuple[TypedGlyph, ...]:
    """A line of glyphs an em apart; an ideographic space leaves an em of white."""
    x, y = at
    step = [(x, y + i * em) if down else (x + i * em, y) for i in range(len(text))]
    return tuple(
        TypedGlyph(c, Box(a + 1, b + 1, a + em - 1, b + em - 1))
        for c, (a, b) in zip(text, step, strict=True)
        if c != "　"
    )


def line(ident: str, at: tuple[int, int], length: int, *, down: bool = False) -> Line:
    x, y = at
    box = Box(x, y, x + EM, y + length * EM) if down else Box(x, y, x + length * EM, y + EM)
    way = Direction.VERTICAL_RL if down else Direction.HORIZONTAL
    return Line(ident, box.corners, size=EM, direction=way)


def with_layer(glyphs: Sequence[TypedGlyph]) -> Sheet:
    return replace(bare(), typed=tuple(glyphs))


@dataclass
class Recognizer:
    """An engine that reads 认 into every line and keeps the lines that it was given."""

    error: PageFailed | None = None
    asked: list[str] = field(default_factory=list)
    identity: str = "recognizer"

    def read(self, page: Page, sheet: Sheet) -> Page:
        if self.error is not None:
            raise self.error
        self.asked += [n.id for n in page.lines]
        return page.with_lines({n.id: replace(n, text="认", glyphs=(Glyph("认", n.box, 0.5),)) for n in page.lines})


def texts(page: Page) -> list[str]:
    return [n.text for n in page.lines]


def test_the_sample_is_made_again_byte_for_byte() -> None:
    """The program that makes the sample makes it so, fonts and all."""
    assert issue_pdf(issues.evening()) == PDF.read_bytes()


def test_the_sample_embeds_only_fonts_that_may_be() -> None:
    """Every font of the sample is a part of Noto, which its licence lets anyone embed."""
    with pikepdf.open(PDF) as pdf:
        fonts = [f for page in pdf.pages for f in page.Resources.Font.values()]
        files = [f.DescendantFonts[0].FontDescriptor.FontFile3.read_bytes() for f in fonts]
    assert files
    assert all(b"Noto" in data for data in files)


def test_a_bold_headline_stands_twice_in_one_place() -> None:
    """Each glyph of a headline printed twice comes twice from the layer, a hair apart."""
    page, sheet = first_page()
    read = TextLayerEngine().read(page, sheet)
    title = next(n for n in read.lines if "港港" in n.text)
    assert title.text == "".join(c + c for c in "澄州港今起直航云门")
    for one, two in zip(title.glyphs[::2], title.glyphs[1::2], strict=True):
        assert one.box is not None
        assert two.box is not None
        assert 0 <= two.box.x0 - one.box.x0 <= 4
    assert all(g.confidence == 1.0 for g in title.glyphs)


def test_clean_up_leaves_one_of_each_with_that_evidence() -> None:
    """The article's headline stands once, and the edit says that two glyphs stood in one place."""
    page, sheet = first_page()
    issue = assemble("evening", [TextLayerEngine().read(page, sheet)])
    article = next(a for a in issue.articles if a.title == "澄州港今起直航云门")
    reasons = [e.edit.reason for e in article.ledger if e.edit.before.startswith("澄澄")]
    assert reasons
    assert all("in one place" in reason for reason in reasons)


def test_the_body_is_the_text_that_was_set() -> None:
    """Of the first page's body every line is found as it was set, but for what layout cuts otherwise."""
    page, sheet = first_page()
    read = "".join(n.text.replace(" ", "") for n in TextLayerEngine().read(page, sheet).lines)
    _, truth = printed_sheets(issues.evening())[0]
    body = ["".join(n.text.split()) for n in truth.lines if n.kind is PieceKind.BODY]
    missing = [n for n in body if n not in read]
    assert len(missing) <= 0.03 * len(body), missing


def test_a_page_of_its_own_text_asks_no_reader() -> None:
    """With every line in the layer, the engine is not asked at all, and not named as the page's reader."""
    sheet = with_layer((*typed("春来江水绿如蓝"), *typed("日出江花", (40, 90))))
    page = page_of([line("a", (40, 40), 7), line("b", (40, 90), 4)], sheet)
    engine = Recognizer()
    read = LayeredEngine(engine).read(page, sheet)
    assert texts(read) == ["春来江水绿如蓝", "日出江花"]
    assert engine.asked == []
    assert read.reader == TextLayerEngine().identity


def test_a_line_that_was_drawn_is_recognized() -> None:
    """A headline drawn as curves is not in the layer: it alone is recognized, and the page names its reader."""
    sheet = with_layer(typed("春来江水绿如蓝"))
    page = page_of([line("a", (40, 40), 7), line("b", (40, 90), 4)], sheet)
    engine = Recognizer()
    read = LayeredEngine(engine).read(page, sheet)
    assert texts(read) == ["春来江水绿如蓝", "认"]
    assert engine.asked == ["b"]
    assert read.reader == LayeredEngine(engine).identity


def test_a_drawn_line_that_cannot_be_recognized_is_told() -> None:
    """The page keeps its text, and its warnings say what is missing and why."""
    sheet = with_layer(typed("春来江水绿如蓝"))
    page = page_of([line("a", (40, 40), 7), line("b", (40, 90), 4)], sheet)
    read = LayeredEngine(Recognizer(PageFailed("it crashed", "again"))).read(page, sheet)
    assert texts(read) == ["春来江水绿如蓝", ""]
    assert "1 lines" in read.warnings[0]
    assert "it crashed" in read.warnings[0]
    assert read.reader == TextLayerEngine().identity


def test_a_scan_is_recognized() -> None:
    """A page without a text layer goes to the engine whole; by the text layer alone it fails."""
    page = page_of([line("a", (40, 40), 7)], bare())
    read = LayeredEngine(Recognizer()).read(page, bare())
    assert texts(read) == ["认"]
    assert read.reader == LayeredEngine(Recognizer()).identity
    with pytest.raises(PageFailed, match=r"page 2: The page carries no text") as caught:
        TextLayerEngine().read(page, bare())
    assert "--engine textlayer" in caught.value.remedy


def test_a_layer_of_unknown_characters_is_no_text() -> None:
    """Where fonts do not tell their characters, the page is recognized instead, and says so."""
    sheet = with_layer(typed("春来" + UNKNOWN * 5))
    page = page_of([line("a", (40, 40), 7)], sheet)
    read = LayeredEngine(Recognizer()).read(page, sheet)
    assert texts(read) == ["认"]
    assert "5 of 7 characters" in read.warnings[-1]


def test_a_watermark_belongs_to_no_line() -> None:
    """Large type across the page is not taken into the lines that it crosses; it is told as left over."""
    sheet = with_layer((*typed("样", (40, 0), 120), *typed("春来江水绿如蓝")))
    page = page_of([line("a", (40, 40), 7)], sheet)
    read = TextLayerEngine().read(page, sheet)
    assert texts(read) == ["春来江水绿如蓝"]
    assert "样" in read.warnings[0]


def test_a_vertical_line_is_read_downwards() -> None:
    """Glyphs of a vertical line come from the top."""
    sheet = with_layer(reversed(typed("城东新桥", (100, 20), down=True)))
    page = page_of([line("a", (100, 20), 4, down=True)], sheet)
    assert texts(TextLayerEngine().read(page, sheet)) == ["城东新桥"]


def test_a_space_that_was_set_is_kept() -> None:
    """An em of white between hanzi is a space; the white between evenly set hanzi is none."""
    sheet = with_layer(typed("归鸢合鸣　筑梦跨境"))
    page = page_of([line("a", (40, 40), 9)], sheet)
    assert texts(TextLayerEngine().read(page, sheet)) == ["归鸢合鸣 筑梦跨境"]


def test_a_line_set_loose_has_no_spaces() -> None:
    """Hanzi that stand evenly half an em apart are no words with spaces between."""
    close = typed("推动我国")
    loose = (replace(g, box=Box(g.box.x0 + 9 * n, g.box.y0, g.box.x1 + 9 * n, g.box.y1)) for n, g in enumerate(close))
    page = page_of([line("a", (40, 40), 5)], bare())
    assert texts(TextLayerEngine().read(page, with_layer(tuple(loose)))) == ["推动我国"]


def test_recognized_text_under_a_scan_is_not_taken(tmp_path: object) -> None:
    """Invisible text, which some program recognized, is no text layer of the newspaper's own."""
    with pikepdf.open(PDF) as pdf:
        page = pdf.pages[0]
        page.Contents = pikepdf.Stream(pdf, page.Contents.read_bytes().replace(b"BT ", b"BT 3 Tr "))
        file = f"{tmp_path}/hidden.pdf"
        pdf.save(file)
    assert open_scan(file).typed == ()


def test_a_turned_page_has_its_glyphs_where_they_are_drawn(tmp_path: object) -> None:
    """On a page that the PDF turns by a quarter, each glyph's box holds the glyph's ink."""
    with pikepdf.open(PDF) as pdf:
        pdf.pages[0].Rotate = 90
        file = f"{tmp_path}/turned.pdf"
        pdf.save(file)
    scan = open_scan(file)
    assert scan.typed
    inked = [bool((scan.gray[g.box.y0 : g.box.y1 + 1, g.box.x0 : g.box.x1 + 1] < 160).any()) for g in scan.typed]
    assert sum(inked) >= 0.99 * len(inked)


def test_what_is_read_is_close_to_what_a_reader_would_see() -> None:
    """The layer's lines lie on the print: a glyph's box holds ink, nearly always."""
    page, sheet = first_page()
    read = TextLayerEngine().read(page, sheet)
    boxes = [g.box for n in read.lines for g in n.glyphs if g.box is not None]
    assert len(boxes) > 1_000
    assert sum(bool((sheet.gray[b.y0 : b.y1 + 1, b.x0 : b.x1 + 1] < 160).any()) for b in boxes) >= 0.99 * len(boxes)
    assert Levenshtein.distance("".join(texts(read)), "".join(g.char for n in read.lines for g in n.glyphs)) < 200
