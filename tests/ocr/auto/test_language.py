"""The language of a page is found from a few lines, and no reader says what its language has not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from layout.errors import PageFailed, ReaderMissing, UsageError
from layout.geometry import Box
from layout.page import Line, Page, page_from_json, page_to_json
from layout.sheet import Sheet
from ocr.auto.language import LINES, language_of, sampled
from ocr.auto.reader import AutoEngine, EngineLook, SmallModelLook
from ocr.characters.script import is_traditional, likelihood
from ocr.line.seen import Seen
from ocr.ppocr.reader import PPOCREngine
from ocr.setup import identity, weights
from ocr.tesseract.hocr import pages
from tests.ocr.prints import Setting, bare, page_of, set_lines

SHEET = bare(300, 100)
TEXTS = {
    "chi_sim": "城东新桥昨日正式通车，两岸居民步行过河的时间由半小时缩短为五分钟",
    "chi_tra": "城東新橋昨日正式通車，兩岸居民步行過河的時間由半小時縮短為五分鐘",
    "jpn": "新しい橋がきのう開通し、川をわたる時間は五分に短くなった",
    "eng": "The new bridge was opened yesterday, and people cross the river on foot",
}


@pytest.mark.parametrize("lang", TEXTS)
def test_a_language_is_told_by_what_its_script_alone_has(lang: str) -> None:
    """Also with some words of another script in it."""
    assert language_of([TEXTS[lang]]) == lang
    assert language_of([TEXTS[lang], "CCTV" if lang != "eng" else "12,5"]) == lang


@pytest.mark.parametrize("text", ["", "12.5%", "。，", "一二三十"])
def test_what_tells_nothing_is_no_language(text: str) -> None:
    """Figures, marks, and hanzi that all scripts share."""
    assert language_of([text]) is None


def test_forms_that_both_scripts_print_tell_neither() -> None:
    """Old traditional print has 着, 厦, 温, 决 as the simplified script has them."""
    assert language_of(["沿着温州至厦門决議"]) == "chi_tra"
    assert language_of(["沿着温厦决"]) is None


@pytest.mark.parametrize(
    ("lang", "never", "said"),
    [
        ("eng", "补好ョ，한", "aZé5“—£½"),
        ("chi_sim", "のカ한", "补補Aα，①"),
        ("chi_tra", "のカ한压", "補A，"),
        ("jpn", "한", "のカ気補"),
        ("chi_tra+eng", "の压", "補Aé"),
        ("chi_sim+chi_tra", "の", "补補"),
    ],
)
def test_the_alphabet_is_held_to_the_language(lang: str, never: str, said: str) -> None:
    """No hanzi in English, no kana in Chinese."""
    likely = likelihood(lang)
    assert [likely(c) for c in never] == [0] * len(never)
    assert all(likely(c) > 0 for c in said)


def test_traditional_is_what_no_other_script_is_beside() -> None:
    """With simplified Chinese or Japanese beside it every hanzi may stand."""
    assert is_traditional("chi_tra+eng")
    assert not is_traditional("chi_tra+chi_sim")
    assert not is_traditional("chi_tra+jpn")


def page_with(count: int) -> Page:
    lines = [Line(f"r1l{i}", Box(0, 20 * i, 200, 20 * i + 18).corners, size=18) for i in range(count)]
    return replace(page_of(lines, SHEET), type_size=18.0)


@dataclass(frozen=True)
class Told:
    """A reader that says the same of every line, or fails."""

    text: str = ""
    error: Exception | None = None
    identity: str = "told"

    def read(self, page: Page, sheet: Sheet) -> Page:
        if self.error is not None:
            raise self.error
        return page.with_lines({n.id: replace(n, text=self.text) for n in page.lines})


def test_few_lines_are_looked_at() -> None:
    """Of a page of a hundred no more than LINES, and all of a page of three."""
    assert len(sampled(page_with(100))) == LINES
    assert {n.id for n in sampled(page_with(3))} == {"r1l0", "r1l1", "r1l2"}
    assert not sampled(page_with(0))


@pytest.mark.parametrize("lang", TEXTS)
def test_a_page_is_read_in_the_language_that_was_found(lang: str) -> None:
    """The page tells it, in its JSON too; the engine is made once."""
    made: list[str] = []

    def engine_for(name: str) -> Told:
        made.append(name)
        return Told(f"read in {name}")

    auto = AutoEngine("auto", engine_for, EngineLook(Told(TEXTS[lang])))
    for _ in range(2):
        page = auto.read(page_with(3), SHEET)
    assert made == [lang]
    assert page.language == lang
    assert {n.text for n in page.lines} == {f"read in {lang}"}
    assert page_from_json(page_to_json(page)) == page


@pytest.mark.parametrize("look", [Told(""), Told(error=PageFailed("it hangs", "wait"))])
def test_a_page_that_tells_nothing_is_simplified_chinese(look: Told) -> None:
    """Also where looking fails: the reading itself will say what is wrong."""
    auto = AutoEngine("auto", Told, EngineLook(look))
    assert auto.read(page_with(1), SHEET).language == "chi_sim"


def test_a_model_that_is_missing_costs_the_pages_in_its_language() -> None:
    """The page fails with a reason that names the language; the others are read."""

    def engine_for(name: str) -> Told:
        if name == "jpn":
            raise ReaderMissing("there is no model for jpn", "install it")
        return Told(name)

    with pytest.raises(PageFailed, match="printed in jpn, which cannot be read here") as caught:
        AutoEngine("auto", engine_for, EngineLook(Told(TEXTS["jpn"]))).read(page_with(2), SHEET)
    assert caught.value.remedy == "install it"
    assert AutoEngine("auto", engine_for, EngineLook(Told(TEXTS["eng"]))).read(page_with(2), SHEET).language == "eng"


def test_the_identity_of_auto_names_every_reader() -> None:
    """Each language that can be read is in it; no such reader is still none."""
    told = identity.identity_of("tesseract", "auto")
    assert "chi_sim: tesseract" in told
    with pytest.raises(UsageError):
        identity.identity_of("oracle", "auto")


@pytest.mark.skipif(not weights.is_there(), reason="the extra ppocr is not installed")
@pytest.mark.parametrize("lang", ["chi_sim", "chi_tra", "eng"])
def test_print_tells_its_language(lang: str) -> None:
    """The small model sees it in three lines."""
    text = TEXTS[lang]
    printed = set_lines(*(Setting(text[n : n + 22]) for n in (0, 3, 6)))
    assert SmallModelLook()(printed.page, printed.sheet) == lang


@pytest.mark.skipif(not weights.is_there(), reason="the extra ppocr is not installed")
def test_english_has_its_spaces_and_no_hanzi() -> None:
    """Words as they are printed, spaces behind marks too."""
    text = "At 3 a. m., the cars went on; nobody spoke."
    printed = set_lines(Setting(text))
    (line,) = PPOCREngine("eng").read(printed.page, printed.sheet).lines
    assert line.text == text


def test_the_words_of_hocr_begin_with_a_space() -> None:
    """All but the first of a line."""
    char = "<span class='ocrx_cinfo' title='x_bboxes 1 1 5 9; x_conf 90'>{}</span>"
    word = "<span class='ocrx_word' id='w'>{}</span>"
    (seen,) = pages(
        "<div class='ocr_page'>" + "".join(word.format("".join(map(char.format, w))) for w in ("at", "sea"))
    )
    assert [(s.char, s.spaced) for s in seen] == [("a", False), ("t", False), ("s", True), ("e", False), ("a", False)]
    assert isinstance(seen[0], Seen)
    assert np.mean([s.confidence for s in seen]) == pytest.approx(0.9)


def test_a_language_that_is_told_goes_before_what_is_seen() -> None:
    """Nothing is looked at then."""
    told = replace(page_with(2), language="chi_tra")
    page = AutoEngine("auto", Told, EngineLook(Told(TEXTS["eng"]))).read(told, SHEET)
    assert page.language == "chi_tra"
    assert {n.text for n in page.lines} == {"chi_tra"}
