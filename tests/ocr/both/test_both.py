"""Double keying: nothing that either reader saw is lost, and each glyph's number is a chance."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.errors import BanmianError, PageFailed, ReaderMissing
from layout.geometry import Box
from layout.page import Glyph, Line, Page
from layout.sheet import Sheet
from ocr.both.reader import NUMBER_IN_DISPUTE, BothEngine, Reader
from ocr.characters.alike import alike, folded
from ocr.confidence.around import LineSetting, LineSurroundings
from ocr.confidence.pairs import Pairs
from ocr.confidence.trust import Kind, Readers, kind_of, table, voices_alone, voices_at
from ocr.confidence.weighed import WeighedEngine
from ocr.line.collate import collated
from ocr.setup.tessdata import characters
from tests.ocr.prints import bare, page_of

SHEET = bare(300, 100)
TEXTS = st.text('春江水，。,“”"一—A1', max_size=12)


def glyphs(text: str, confidence: float = 0.97) -> tuple[Glyph, ...]:
    return tuple(Glyph(c, Box(9 * i, 0, 9 * i + 8, 8), confidence) for i, c in enumerate(text))


@dataclass(frozen=True)
class Told:
    """A reader that was told what to say, or how to fail."""

    texts: tuple[str, ...] = ()
    error: BanmianError | None = None
    confidence: float = 0.97
    identity: str = "told"

    def read(self, page: Page, sheet: Sheet) -> Page:
        if self.error is not None:
            raise self.error
        lines = zip(page.lines, self.texts, strict=True)
        return page.with_lines({n.id: replace(n, text=t, glyphs=glyphs(t, self.confidence)) for n, t in lines})


def page_with(count: int) -> Page:
    return page_of([Line(f"r1l{i}", Box(0, 20 * i, 200, 20 * i + 18).corners, size=18) for i in range(count)], SHEET)


class Words(frozenset[str]):
    """Words of a language that has every character."""

    def knows(self, char: str) -> bool:
        return True


def both(first: Told, other: Told, alphabet: Callable[[], frozenset[str]] = frozenset) -> BothEngine:
    return BothEngine(
        Reader("PP-OCR", first, alphabet, Kind.FIRST_ALONE),
        Reader("Tesseract", other, alphabet, Kind.OTHER_ALONE),
        Words(),
    )


@given(TEXTS.filter(bool), TEXTS)
def test_every_glyph_of_both_stands_once(first: str, other: str) -> None:
    """Laid side by side, the first reading is whole and in order, and so is the other."""
    places = collated(glyphs(first), glyphs(other))
    assert "".join(p.glyph.char for p in places) == first
    assert "".join(p.text for p in places) == other


@given(TEXTS.filter(bool))
def test_a_reading_agrees_with_itself(text: str) -> None:
    """Laid beside itself, every place agrees."""
    assert all(p.agrees and kind_of(p) is Kind.AGREE for p in collated(glyphs(text), glyphs(text)))


@pytest.mark.parametrize(("a", "b"), [("，", ","), ("“", '"'), ("”", "“"), ("１", "1"), ("—", "―"), ("·", "・")])
def test_what_print_cannot_tell_is_alike(a: str, b: str) -> None:
    """Width and the turn of a quotation mark are no difference between readers."""
    assert alike(a, b)
    assert len(folded(a)) == 1


@pytest.mark.parametrize(
    ("a", "b"), [("己", "已"), ("日", "曰"), ("一", "—"), ("。", "，"), ("春", ""), ("春", "春江")]
)
def test_what_print_can_tell_is_not(a: str, b: str) -> None:
    """Different characters, and different numbers of them, are no agreement."""
    assert not alike(a, b)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_the_text_is_the_first_reading_and_the_other_is_kept(told: list[tuple[str, str]]) -> None:
    """The lines' text is what the first reader saw (the other's where it saw nothing), every number is a chance."""
    first, other = zip(*told, strict=True)
    page = both(Told(first), Told(other)).read(page_with(len(told)), SHEET)
    for (mine, theirs), line in zip(told, page.lines, strict=True):
        assert line.text == (mine or theirs)
        assert "".join(g.char for g in line.glyphs) == line.text
        if mine:
            assert "".join(g.other or "" for g in line.glyphs) == theirs
        for g in line.glyphs:
            assert 0 <= g.confidence <= 1
            assert g.other_confidence is not None
            assert 0 <= g.other_confidence <= 1


def test_a_place_where_the_readers_differ_is_the_most_suspect() -> None:
    """The chance of a character that the other reader saw differently is lower than that of one that both saw."""
    page = both(Told(("春江水",)), Told(("春红水",))).read(page_with(1), SHEET)
    one, two, three = (g.confidence for g in next(iter(page.lines)).glyphs)
    assert two < min(one, three)


@dataclass(frozen=True)
class Begun:
    """A page begun by a reader that is in doubt of some lines, and takes what another reader tells of them."""

    page: Page
    doubted: frozenset[str]

    def ended(self, other: Page) -> Page:
        theirs = {n.id: n for n in other.lines if n.id in self.doubted and n.text}
        return self.page.with_lines(theirs)


def sure_of_all_but(ident: str, first: Told, other: Told) -> tuple[BothEngine, list[Collection[str]]]:
    """Both readers, the first in doubt of one line, and the list of what the other one is asked for."""
    asked: list[Collection[str]] = []

    def some(page: Page, sheet: Sheet, wanted: Collection[str]) -> Page:
        asked.append(wanted)
        whole = other.read(page, sheet)
        return page.with_lines({n.id: n for n in whole.lines if n.id in wanted})

    def begins(page: Page, sheet: Sheet) -> Begun:
        return Begun(first.read(page, sheet), frozenset([ident]))

    return (
        BothEngine(
            Reader("PP-OCR", first, frozenset, Kind.FIRST_ALONE, begins=begins),
            Reader("Tesseract", other, frozenset, Kind.OTHER_ALONE, some=some),
        ),
        asked,
    )


def test_the_other_reads_only_lines_in_doubt() -> None:
    """The line that the first reader is sure of has no other reading; the one in doubt ends beside the other's."""
    engine, asked = sure_of_all_but("r1l1", Told(("春江水", "日出江")), Told(("春红水", "日出红")))
    sure, doubted = engine.read(page_with(2), SHEET).lines
    assert asked == [{"r1l1"}]
    assert (sure.text, doubted.text) == ("春江水", "日出红")
    assert [g.other for g in sure.glyphs] == [None] * 3
    assert [g.other for g in doubted.glyphs] == list("日出红")


def test_what_one_reader_alone_is_sure_of_is_weighed_as_such() -> None:
    """Its confidences are the chances of a reader alone, and a number of an odd form is a suspect as a whole."""
    engine, _ = sure_of_all_but("r1l1", Told(("春7.551.21", "江")), Told(("", "江")))
    sure, _ = engine.read(page_with(2), SHEET).lines
    alone = table().chances(Kind.FIRST_ALONE, voices_alone("春", 0.97)).first
    assert sure.glyphs[0].confidence == pytest.approx(alone, abs=1e-4)
    assert all(g.confidence <= NUMBER_IN_DISPUTE for g in sure.glyphs[1:])


def test_where_no_line_is_in_doubt_the_other_is_not_asked() -> None:
    """A page that one reader is sure of costs nothing more."""
    engine, asked = sure_of_all_but("none", Told(("春江",)), Told(error=PageFailed("it crashed", "again")))
    begun = replace(engine._readers[0], begins=lambda p, s: Begun(Told(("春江",)).read(p, s), frozenset()))
    page = BothEngine(begun, engine._readers[1]).read(page_with(1), SHEET)
    assert [n.text for n in page.lines] == ["春江"]
    assert (asked, page.warnings) == ([], ())


def test_where_the_first_fails_at_the_end_the_other_reads_every_line() -> None:
    """Not only those that were in doubt."""
    first, other = Told(("春江", "江水")), Told(("春江", "江水"))
    engine, _ = sure_of_all_but("r1l1", first, other)

    class Breaks(Begun):
        def ended(self, other: Page) -> Page:
            raise PageFailed("it crashed", "again")

    begins = replace(engine._readers[0], begins=lambda p, s: Breaks(first.read(p, s), frozenset(["r1l1"])))
    page = BothEngine(begins, engine._readers[1]).read(page_with(2), SHEET)
    assert [n.text for n in page.lines] == ["春江", "江水"]
    assert "read by Tesseract alone" in page.warnings[0]


@pytest.mark.parametrize("fails", [0, 1])
@pytest.mark.parametrize("error", [PageFailed("it crashed", "again"), ReaderMissing("a file is cut short", "install")])
def test_where_one_reader_fails_the_other_carries_on(fails: int, error: BanmianError) -> None:
    """The page has the other's text, and its warnings say what happened and who read it."""
    told = [Told(("春江",)), Told(("春江",))]
    told[fails] = Told(error=error)
    page = both(*told).read(page_with(1), SHEET)
    assert [n.text for n in page.lines] == ["春江"]
    (warning,) = page.warnings
    assert error.met in warning
    assert ("Tesseract", "PP-OCR")[fails] in warning
    assert all(g.other is None for n in page.lines for g in n.glyphs)


def test_where_both_fail_the_page_fails_with_both_causes() -> None:
    """Never an empty page."""
    with pytest.raises(PageFailed, match=r"(?s)it crashed.*it hangs") as caught:
        both(Told(error=PageFailed("it crashed", "again")), Told(error=PageFailed("it hangs", "wait"))).read(
            page_with(1), SHEET
        )
    assert caught.value.remedy == "again"


@given(st.sampled_from(list(Kind)), st.floats(0, 1), st.floats(0, 1))
def test_surer_is_never_less_likely(kind: Kind, a: float, b: float) -> None:
    """Of two readings of one character alone, the one of which its reader is surer has the better chance."""
    if kind in {Kind.FIRST_ALONE, Kind.OTHER_ALONE}:
        low, high = (table().chances(kind, voices_alone("春", c)).first for c in sorted((a, b)))
        assert low <= high


def test_a_single_reader_is_weighed_too() -> None:
    """The text stays; the confidences become chances, in the order that the reader gave."""
    page = WeighedEngine(Told(("春江",), confidence=0.999), Kind.FIRST_ALONE).read(page_with(1), SHEET)
    doubted = WeighedEngine(Told(("春江",), confidence=0.4), Kind.FIRST_ALONE).read(page_with(1), SHEET)
    assert [n.text for n in page.lines] == ["春江"]
    pairs = zip(*(next(iter(p.lines)).glyphs for p in (page, doubted)), strict=True)
    assert all(sure.confidence > unsure.confidence for sure, unsure in pairs)
    assert table().identity in str(page.reader)


def test_company_speaks_for_a_reading() -> None:
    """Neighbours that stand together elsewhere on the page favour the reading that they had there, a little."""
    pairs = Pairs(["澄州港", "在澄州", "澄州人"])
    assert 0 < pairs.favour("澄", ("州", "川"), "港") <= 2
    assert pairs.favour("澄", ("川", "州"), "港") < 0
    assert pairs.favour("山", ("川", "州"), "水") == 0


@pytest.mark.parametrize("sayable", [Readers(other=frozenset("治“港")), Readers(first=frozenset("治‘港"))])
def test_company_is_silent_where_one_reader_cannot_speak(sayable: Readers) -> None:
    """What one of the two has no character for is never certain anywhere, so the page does not speak."""
    places = collated(glyphs("治‘港"), glyphs("治“港"))
    pairs = Pairs(["治“港"] * 5)
    assert voices_at(places, 1, Readers(), pairs)["company"] < 0
    assert not voices_at(places, 1, sayable, pairs).get("company")


def test_small_type_is_weighed_by_itself() -> None:
    """A comma of which two readers are as sure, and agree, is one less often in small type, where 、 looks like it."""
    places = collated(glyphs("，"), glyphs("，"))
    usual, small = (
        table()
        .chances(Kind.AGREE, voices_at(places, 0, Readers(), Pairs([]), LineSurroundings(LineSetting(small=small))))
        .first
        for small in (False, True)
    )
    assert small < usual


def test_an_unsure_glyph_that_the_other_reader_lost_stays() -> None:
    """Most of all in a vertical line, where Tesseract passes over many glyphs."""
    places = collated(glyphs("春江水", 0.5), glyphs("春水"))
    level, down = (
        table().chances(Kind.MISSING, voices_at(places, 1, Readers(), Pairs([]), LineSurroundings(setting)))
        for setting in (LineSetting(), LineSetting(vertical=True))
    )
    assert level.other < 0.5 < level.first < down.first


@pytest.mark.parametrize("data", [b"", b"\x00\x00\x00\x00", b"\xff" * 40, b"\x18\x00\x00\x00" + b"\xff" * 192])
def test_a_model_that_does_not_tell_its_characters_has_none(data: bytes) -> None:
    """A damaged .traineddata file gives an empty set, which stands for not known."""
    assert characters(data) == frozenset()
