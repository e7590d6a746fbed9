"""The program behind ocr/confidence/trust.json finds the chances that are there, and the shipped table has its form."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from layout.page import Glyph, Line, Page, Region, RegionKind
from ocr.confidence.around import LineSetting
from ocr.confidence.trust import Kind, Table, table
from samples import calibrate
from samples.calibrate import FIT_FACES, SMALL, Example, ReadingRun, TaughtPage, fitted, gathered, issue, report, taught
from samples.smalltype import prose
from samples.typeset import faces


def drawn(chance: float, sure: float, count: int, rng: Random) -> list[Example]:
    """Places that differ, the first reading right in so many of 100."""
    voices = {"one": 1.0, "sure": sure}
    right = [rng.random() < chance for _ in range(count)]
    return [Example(Kind.DIFFER, voices, first, not first) for first in right]


def test_the_fit_finds_the_chances_that_are_there() -> None:
    """Where the first reading is right in 90 of 100 sure places and 40 of 100 unsure ones, the table says so."""
    rng = Random(1)
    found = drawn(0.9, 3.0, 2_000, rng) + drawn(0.4, -1.0, 2_000, rng)
    weights = json.dumps(fitted(found)).encode()
    made = Table.of(weights)
    for sure, chance in ((3.0, 0.9), (-1.0, 0.4)):
        chances = made.chances(Kind.DIFFER, {"one": 1.0, "sure": sure})
        assert chances.first == pytest.approx(chance, abs=0.03)
        assert chances.other == pytest.approx(1 - chance, abs=0.03)
    assert any("4000 characters" in row for row in report(found, made))


def test_vertical_lines_are_fitted_on_top_of_the_others() -> None:
    """Their voices find the chances that are there in vertical lines; every other weight stays as it was."""
    rng = Random(2)
    level = fitted(drawn(0.9, 3.0, 2_000, rng) + drawn(0.4, -1.0, 2_000, rng))
    old = [
        replace(e, voices=e.voices | {f"vertical_{n}": v for n, v in e.voices.items()})
        for e in drawn(0.6, 3.0, 2_000, rng)
    ]
    both = fitted(old, level)
    first = both[Kind.DIFFER.value]["first"]
    assert {n: w for n, w in first.items() if not n.startswith("vertical_")} == level[Kind.DIFFER.value]["first"]
    made, voices = Table.of(json.dumps(both).encode()), {"one": 1.0, "sure": 3.0}
    assert made.chances(Kind.DIFFER, voices).first == pytest.approx(0.9, abs=0.03)
    assert made.chances(Kind.DIFFER, LineSetting(vertical=True).spoken(voices)).first == pytest.approx(0.6, abs=0.04)


def test_the_table_that_is_shipped_has_every_kind() -> None:
    """Each kind of place has weights for the first reading; those with another reading have weights for that too."""
    weights = table().weights
    assert set(weights) == set(Kind)
    assert all(weights[k].first for k in Kind)
    assert all(weights[k].other for k in (Kind.DIFFER, Kind.MISSING, Kind.MORE))


def line(text: str, confidence: float = 0.9) -> Line:
    return Line("l0", ((0, 0), (200, 0), (200, 20), (0, 20)), text, tuple(Glyph(c, None, confidence) for c in text))


def page(text: str) -> Page:
    return Page(1, regions=(Region("r0", RegionKind.BODY, lines=(line(text),)),))


def reading(first: Page, other: Page, truth: Page, *, doubted: Iterable[str] = ("l0",), lost: str = "") -> TaughtPage:
    """A page that two readers read, PP-OCR the same with or without the other one."""
    return TaughtPage(first, first, other, frozenset(doubted), truth, frozenset(lost))


def test_a_page_teaches_which_reading_was_right() -> None:
    """Of the two readings of a page each place tells which one the truth has, and each reading teaches by itself."""
    found = list(taught(reading(page("春江永绿如蓝"), page("春红水绿如蓝"), page("春江水绿如蓝"))))
    differ = [(e.first, e.other) for e in found if e.kind is Kind.DIFFER]
    assert differ == [(True, False), (False, True)]
    assert sum(e.kind is Kind.AGREE and e.first for e in found) == 4
    assert [e.first for e in found if e.kind is Kind.OTHER_ALONE] == [True, False, True, True, True, True]


def test_a_mark_that_the_truth_lost_teaches_nothing() -> None:
    """A character too many that stands at the edge, which the truth gave to no line, is passed over."""
    more = page("春江水绿，")
    found = list(taught(reading(more, more, page("春江水绿"), lost="，,")))
    assert found
    assert all(e.first for e in found)


def test_a_line_without_a_doubt_teaches_of_the_first_reader_alone() -> None:
    """In a run the other reader is not asked about it."""
    first, other = page("春江永绿如蓝"), page("春江水绿如蓝")
    kinds = Counter(e.kind for e in taught(reading(first, other, other, doubted=())))
    assert kinds == {Kind.FIRST_ALONE: 6, Kind.OTHER_ALONE: 6}


def test_the_pages_of_a_fit_are_the_same_again() -> None:
    """The same seed gives the same issue, its body in one of the faces that were asked for."""
    one, two = (issue(5001, (faces.SONG,)) for _ in range(2))
    assert one == two
    assert {p.body.face for sheet in one.pages for p in sheet.pieces} == {faces.SONG}


def test_a_run_that_was_stopped_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readings that are kept are not made again, and teach the same."""

    def read(page: Page, *_: object) -> TaughtPage:
        whole = page.with_lines({n.id: replace(line("春江水"), id=n.id) for n in page.lines})
        return reading(whole, whole, whole, doubted=[n.id for n in whole.lines])

    monkeypatch.setattr(calibrate, "prose", lambda _, count: ["春江水"] * count)
    monkeypatch.setattr(calibrate, "STRANGERS", 0)
    monkeypatch.setattr(calibrate, "_read", read)
    first = gathered((5000,), (SMALL,), FIT_FACES, ReadingRun(kept=tmp_path))
    assert all(e.first for e in first)
    assert sum(e.kind is Kind.AGREE for e in first) == 3 * calibrate.SHEET_LINES
    monkeypatch.setattr(calibrate, "_read", lambda *_: pytest.fail("read again"))
    assert gathered((5000,), (SMALL,), FIT_FACES, ReadingRun(kept=tmp_path)) == first
    assert [f.name for f in tmp_path.iterdir()] == ["5000-small.json"]


def test_lines_of_prose_are_full_and_the_same_again() -> None:
    """As long as lines of a column are, with every mark that small type blurs into others."""
    lines, again = (prose(Random(3), 40) for _ in range(2))
    assert lines == again
    assert len(lines) == 40
    assert all(11 <= len(n) <= 24 for n in lines)
    assert set("，、。：；") <= set("".join(lines))


def test_some_lines_of_a_long_page_are_read() -> None:
    """One after the other, from a line drawn by chance and round the page's end."""
    lines = tuple(replace(line("春江"), id=f"l{n}") for n in range(8))
    whole = Page(1, regions=(Region("r0", RegionKind.BODY, lines=lines),))
    found = {tuple(n.id for n in calibrate._some_lines(whole, Random(seed), 3).lines) for seed in range(40)}
    assert all(len(ids) == 3 for ids in found)
    assert ("l2", "l3", "l4") in found
    assert ("l0", "l1", "l7") in found
