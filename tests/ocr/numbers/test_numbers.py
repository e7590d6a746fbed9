"""Numbers are units: read again where a figure may be missing, decided by votes, and never changed without a trace."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.geometry import Box
from layout.page import Glyph
from ocr.both.reader import NUMBER_IN_DISPUTE, with_numbers_doubted
from ocr.line.seen import Seen
from ocr.numbers.again import MAJORITY, SPLIT, Question, confirmed, leaves_room, stay_the_same
from ocr.numbers.runs import counterpart, is_odd, runs, same_number
from ocr.pictures.views import Views
from ocr.ppocr.reader import PPOCREngine
from ocr.setup import weights
from ocr.setup.settings import AT_FIRST, STRIP, TO_DECIDE
from samples.smalltype import number, sheet_of
from samples.typeset import faces
from tests.ocr.prints import set_lines

FIGURES = st.text("0123456789.,:%年月万亿元—", max_size=14)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("面积5.88万亩，达17.64万", ["5.88", "17.64"]),
        ("增长30%。", ["30%"]),
        ("电话：84395250", ["84395250"]),
        ("12月11日19:30", ["12", "11", "19:30"]),
        ("栽4000—5000盆", ["4000—5000"]),
        ("以3:2取胜", ["3:2"]),
        ("占１／３", ["１／３"]),
        ("共" + "1234567890" * 4 + "号", ["1234567890" * 4]),
        ("没有数字。", []),
    ],
)
def test_a_number_is_one_run(text: str, found: list[str]) -> None:
    """With its points, its percent sign, its range; a mark of the sentence is no part of it."""
    assert [text[a:b] for a, b in runs(text)] == found


@given(FIGURES)
def test_each_run_is_its_own_counterpart(text: str) -> None:
    """In the same reading every run stands where it stands."""
    assert [counterpart(text, run, text) for run in runs(text)] == runs(text)


@pytest.mark.parametrize(
    ("text", "run", "again", "found"),
    [
        ("和74家", "74", "和734家", "734"),
        ("社200年注", "200", "社2004年注", "2004"),
        ("积5.8万", "5.8", "积5.88万", "5.88"),
        ("长3%，", "3%", "长30%，", "30%"),
        ("近10盆", "10", "近100盆", "100"),
        ("达13295亿", "13295", "达132.95亿", "132.95"),
        ("和74家", "74", "和家", None),
    ],
)
def test_a_number_is_found_in_another_reading(text: str, run: str, again: str, found: str | None) -> None:
    """Also where figures or a point are more than in the first one."""
    at = text.index(run)
    there = counterpart(text, (at, at + len(run)), again)
    assert (there and again[slice(*there)]) == found


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("12:30", "12：30", True),
        ("5.8", "5·8", True),
        ("30％", "30%", True),
        ("200", "2004", False),
        ("18.", "18", False),
    ],
)
def test_width_makes_no_other_number(a: str, b: str, *, same: bool) -> None:
    """Nor does the shape of its point; a figure or a point more does."""
    assert same_number(a, b) is same


@pytest.mark.parametrize(
    ("number", "odd"),
    [("7.551.21", True), ("12.345.678", True), ("7,551.21", False), ("2010.12.16", False), ("3.2.1", False),
     ("10.0.0.128", False), ("5.88%", False), ("18:30", False)],
)  # fmt: skip
def test_points_that_no_number_has_are_a_doubt(number: str, *, odd: bool) -> None:
    """Though all agree: a comma read as a point makes no number, and the whole of it is a suspect."""
    assert is_odd(number) is odd
    told = with_numbers_doubted([Glyph(c, None, 0.99, c, 0.99) for c in number], [True] * len(number))
    assert all((g.confidence == NUMBER_IN_DISPUTE) is odd for g in told)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("￥7.551.21元", "￥7,551.21元"),
        ("共1.234.567.8吨", "共1,234,567.8吨"),
        ("占51.21%", "占51.21%"),
        ("2010.12.16", "2010.12.16"),
    ],
)
def test_commas_read_as_points_come_back(read: str, meant: str) -> None:
    """Where the number has several; what was read stays on the record, and the number is in doubt."""
    found = confirmed(spread(read), views(read), lambda *_: spread(read), Question(lambda _: False))
    assert "".join(s.char for s in found) == meant
    assert [s.other for s in found if s.char == ","] == ["."] * meant.count(",")
    assert all(s.confidence <= MAJORITY for s in found if s.char == ",")


def spread(text: str, step: int = 20) -> list[Seen]:
    return [Seen(c, i * step, 0, i * step + step - 4, 40, 0.99) for i, c in enumerate(text)]


def views(text: str) -> Views:
    printed = set_lines(text)
    return Views(printed.sheet, next(iter(printed.page.lines)), STRIP)


VOTES = [
    ("共74家", {AT_FIRST: "共734家", TO_DECIDE: "共734家"}, "", "共734家", MAJORITY),
    ("共74家", {AT_FIRST: "共734家", TO_DECIDE: "共74家"}, "", "共74家", MAJORITY),
    ("共74家", {AT_FIRST: "共734家", TO_DECIDE: "共784家"}, "", "共784家", SPLIT),
    ("共74家", {AT_FIRST: "共734家", TO_DECIDE: "共784家"}, "共734家", "共734家", MAJORITY),
    ("共74家", {AT_FIRST: "共74家"}, "", "共74家", 0.99),
    ("共74家", {AT_FIRST: "共家", TO_DECIDE: "共家"}, "", "共74家", SPLIT),
    ("在0分51秒", {AT_FIRST: "在0:51秒", TO_DECIDE: "在0:51秒"}, "", "在0:51秒", MAJORITY),
]


@pytest.mark.parametrize(("base", "told", "beside", "kept", "confidence"), VOTES)
def test_the_views_vote(base: str, told: dict[float, str], beside: str, kept: str, confidence: float) -> None:
    """Two of three decide, then the other reader; who was outvoted stays on the record, and the run is in doubt."""

    def reads(_: Views, stretch: float, left: int, right: int) -> list[Seen]:
        assert 0 <= left < right
        return spread(told[stretch])

    found = confirmed(spread(base), views(base), reads, Question(lambda _: True, beside))
    assert "".join(s.char for s in found) == kept
    figures = [s for s in found if s.char.isdigit()]
    assert figures
    assert {s.confidence for s in figures} == {confidence}
    assert any(s.other is not None for s in found) is (confidence < 0.99)


def test_a_number_that_nobody_asks_about_is_left_alone() -> None:
    """Nothing is read again where no run is wanted and the other reader sees the same."""

    def reads(*_: object) -> list[Seen]:
        raise AssertionError

    seen = spread("共74家")
    assert confirmed(seen, views("共74家"), reads, Question(lambda _: False, "共74家")) == seen


@pytest.mark.parametrize(
    ("beside", "witness", "asked", "vouched"),
    [
        ("共7站家", "共734家", True, True),
        ("共家", "共734家", True, True),
        ("共74家", "共74家", True, False),
        ("共734家", "共74家", False, False),
        ("", "共74家", False, False),
    ],
)
def test_a_witness_vouches_for_a_number(beside: str, witness: str, *, asked: bool, vouched: bool) -> None:
    """One that only the other reader sees otherwise is shown to another network, and stands where that sees it too."""
    questions: list[float] = []

    def tells(_: Views, stretch: float, left: int, right: int) -> list[Seen]:
        assert 0 <= left < right
        questions.append(stretch)
        return spread(witness)

    question = Question(lambda _: False, beside, tells)
    found = confirmed(spread("共734家"), views("共734家"), lambda *_: spread("共734家"), question)
    assert bool(questions) is asked
    assert "".join(s.char for s in found) == "共734家"
    assert [s.other for s in found] == [None, *((s.char if vouched else None) for s in found[1:4]), None]
    glyphs = [Glyph(s.char, None, 0.97, o, 0.1) for s, o in zip(found, "共7站4家", strict=True)]
    told = with_numbers_doubted(glyphs, [s.other == s.char for s in found])
    assert all((g.confidence == NUMBER_IN_DISPUTE) is not vouched for g in told[1:4])


@pytest.mark.parametrize(
    ("again", "same"),
    [("共74家，余18", True), ("共734家，余18", False), ("共74家，余1", False), ("共七家，余18", False)],
)
def test_numbers_that_stay_the_same_in_a_wider_view(again: str, *, same: bool) -> None:
    """Every one of a line does, or the line is in doubt."""
    asked: list[float] = []

    def reads(_: Views, stretch: float, left: int, right: int) -> list[Seen]:
        assert 0 <= left < right
        asked.append(stretch)
        return spread(again)

    assert stay_the_same(spread("共74家，余18"), views("共74家，余18"), reads) is same
    assert set(asked) == {AT_FIRST}


def test_a_row_of_figures_is_not_looked_at_again() -> None:
    """A line with a run too long for that is in doubt, and one without figures never is."""
    row = "1234567890" * 7
    assert not stay_the_same(spread(row), views(row), lambda *_: spread(row))
    assert stay_the_same(spread("没有数字"), views("没有数字"), lambda *_: [])


def test_ink_with_room_for_a_figure_is_told() -> None:
    """By a figure as wide as two, and by white as wide as one."""
    even = spread("1974")
    assert not leaves_room(even, (0, 4), em=40)
    assert leaves_room([*even[:2], Seen("7", 40, 0, 78, 40, 1.0)], (0, 3), em=40)
    assert leaves_room([even[0], even[3]], (0, 2), em=40)


@pytest.mark.parametrize(
    ("glyphs", "doubted"),
    [
        ([("7", "7"), ("4", "34")], True),
        ([("7", "7"), ("4", "4")], False),
        ([("2", "2"), ("0", "")], True),
        ([("3", "3"), ("．", "·"), ("5", "5")], False),
    ],
)
def test_a_number_with_two_readings_is_in_doubt_as_a_whole(glyphs: list[tuple[str, str]], *, doubted: bool) -> None:
    """Every figure of it, and both readings stay."""
    line = [Glyph(c, Box(9 * i, 0, 9 * i + 8, 8), 0.999, o, 0.1) for i, (c, o) in enumerate(glyphs)]
    out = with_numbers_doubted(line)
    assert [(g.char, g.other) for g in out] == glyphs
    assert all((g.confidence <= NUMBER_IN_DISPUTE) is doubted for g in out)


def test_a_figure_seen_in_front_of_a_number_is_a_doubt_too() -> None:
    """It stands with the glyph before, as what is more always does."""
    line = [Glyph("共", None, 0.99, "共1", 0.1), Glyph("5", None, 0.99, "5", 0.9)]
    assert with_numbers_doubted(line)[1].confidence == NUMBER_IN_DISPUTE


@pytest.mark.skipif(not weights.is_there(), reason="the extra ppocr is not installed")
def test_repeated_figures_of_small_type_are_not_dropped() -> None:
    """Type of 10 pixels with a scan's damage: of its numbers nearly all are right, and a wrong one is in doubt."""
    rng = Random(5)
    texts = [f"全市共有{number(rng)}家企业，占{number(rng)}左右" for _ in range(8)]
    page, sheet = sheet_of(texts, 11, faces.SONG, rng)
    reader, right, total, silent = PPOCREngine(), 0, 0, []
    for text, line in zip(texts, reader.read(page, sheet).lines, strict=True):
        for run in runs(text):
            total += 1
            there = counterpart(text, run, "".join(g.char for g in line.glyphs))
            same = there is not None and same_number(
                text[slice(*run)], "".join(g.char for g in line.glyphs[slice(*there)])
            )
            right += same
            if there and not same and all(g.confidence > MAJORITY for g in line.glyphs[slice(*there)]):
                silent.append((text, line.text))
    assert right >= 0.85 * total
    assert len(silent) <= 0.05 * total, silent
