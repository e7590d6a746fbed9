"""Whole pages: what layout finds on scans whose every line, mark and piece is known."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from layout.geometry import Box
from layout.page import RegionKind
from tests.layout.truth import Comparison, covered, drawn, iou, sample

EVENING, DAILY = "chengzhou-evening", "qingya-daily"

PAGES: dict[str, Callable[[], Comparison]] = {
    "evening-1": lambda: sample(EVENING, 1),
    "evening-2": lambda: sample(EVENING, 2),
    "daily-1": lambda: sample(DAILY, 1),
    "daily-2": lambda: sample(DAILY, 2),
    "daily-3": lambda: sample(DAILY, 3),
    "office-16": lambda: drawn(16, "office"),
    "office-19": lambda: drawn(19, "office"),
    "office-5": lambda: drawn(5, "office"),
    "office-28": lambda: drawn(28, "office"),
    "poor-24": lambda: drawn(24, "poor"),
    "skewed-6": lambda: drawn(6, "skewed"),
    "coarse-3": lambda: drawn(3, "coarse"),
    "tiny-2": lambda: drawn(2, "tiny"),
}
"""The five sample pages, and pages drawn by chance with every kind of damage that is done to a page as it lies."""


FAULTS: dict[str, dict[str, str]] = tomllib.loads((Path(__file__).parent / "known-faults.toml").read_text("utf-8"))
"""For each claim the pages on which it is known to fail today, and why; a page that is mended must leave the list."""


def on_each_page(claim: Callable[[str], None]) -> Callable[[str], None]:
    """The claim tried on every page."""
    faults = FAULTS.get(claim.__name__.removeprefix("test_"), {})
    marks = {name: [pytest.mark.xfail(strict=True, reason=reason)] for name, reason in faults.items()}
    return pytest.mark.parametrize("name", [pytest.param(n, marks=marks.get(n, [])) for n in PAGES])(claim)


@on_each_page
def test_type_size(name: str) -> None:
    """The body's type size is measured within a twentieth."""
    c = PAGES[name]()
    assert c.page.type_size == pytest.approx(c.type_size, rel=0.05)


@on_each_page
def test_skew(name: str) -> None:
    """The page's skew is measured within 0.05°."""
    c = PAGES[name]()
    assert c.page.skew == pytest.approx(c.skew, abs=0.05)


@on_each_page
def test_body_lines_are_found_one_by_one(name: str) -> None:
    """At least 95 % of the printed body lines are found as one line each, box on box."""
    assert PAGES[name]().found_single("body") >= 0.95


@on_each_page
def test_no_printed_line_is_lost(name: str) -> None:
    """Every printed line, furniture and headlines too, lies in a line that was found."""
    c = PAGES[name]()
    assert [n for n, home in zip(c.lines, c.homes, strict=True) if home is None] == []


@on_each_page
def test_pieces_are_whole(name: str) -> None:
    """Each printed piece's lines, and hardly any others, are in one piece."""
    assert {part: f1 for part, f1 in PAGES[name]().f1().items() if f1 < 0.98} == {}


@on_each_page
def test_pieces_are_read_in_order(name: str) -> None:
    """Within each piece the body's lines come in the order in which they are read."""
    orders = PAGES[name]().orders()
    assert orders
    assert {part for part, places in orders.items() if places != sorted(places)} == set()


@on_each_page
def test_titles_are_headlines(name: str) -> None:
    """Each line of a title is in a headline region, where it is no advert's."""
    c = PAGES[name]()
    homes = [home for i in c.of_kind("title") if (home := c.homes[i]) is not None]
    assert homes
    assert [n.id for r, n in homes if r.kind not in (RegionKind.HEADLINE, RegionKind.ADVERT)] == []


@on_each_page
def test_the_body_is_no_headline(name: str) -> None:
    """No line of a body is in a headline, a caption, or the page's furniture."""
    c = PAGES[name]()
    text = {RegionKind.BODY, RegionKind.SUBHEAD, RegionKind.BYLINE}
    homes = [home for i in c.of_kind("body") if (home := c.homes[i]) is not None]
    assert homes
    assert [n.id for r, n in homes if r.kind not in text] == []


@on_each_page
def test_furniture_is_in_no_piece(name: str) -> None:
    """The folio, its section label and the masthead belong to no article."""
    c = PAGES[name]()
    homes = [c.homes[i] for i in c.of_kind("folio", "masthead")]
    assert homes
    assert [home[1].id for home in homes if home is not None and home[0].article is not None] == []


@on_each_page
def test_white_type_is_flagged(name: str) -> None:
    """Lines of white type on dark are flagged for the reader, and no others."""
    c = PAGES[name]()
    wrong = [
        n for n, home in zip(c.lines, c.homes, strict=True) if home is not None and home[1].white_on_dark != n.white
    ]
    assert wrong == []


@on_each_page
def test_frames_are_found(name: str) -> None:
    """Each printed frame is found where it stands, and nothing else but a tint is a frame."""
    c = PAGES[name]()
    found = c.regions(RegionKind.FRAME)
    assert [m for m in c.marks["frame"] if max((iou(m, f) for f in found), default=0.0) < 0.9] == []
    known = [*c.marks["frame"], *c.marks["panel"]]
    assert [f for f in found if max((iou(m, f) for m in known), default=0.0) < 0.9] == []


def along(rule: Box, found: Iterable[Box], em: float) -> float:
    """The share of a rule's length that rules found beside it cover."""
    near = round(0.6 * em)
    wide = rule.width >= rule.height
    grown = rule.grown(0, near) if wide else rule.grown(near, 0)
    inside = [f & grown for f in found if (f & grown).width > 0 and (f & grown).height > 0]
    line = Box(rule.x0, 0, rule.x1, 1) if wide else Box(0, rule.y0, 1, rule.y1)
    return covered(line, [Box(b.x0, 0, b.x1, 1) if wide else Box(0, b.y0, 1, b.y1) for b in inside])


@on_each_page
def test_rules_are_found(name: str) -> None:
    """Rules that part pieces, whatever their style, are found over nine tenths of their length."""
    c = PAGES[name]()
    em, found = c.type_size, c.regions(RegionKind.RULE)
    long = [m for m in c.marks["rule"] if max(m.width, m.height) > 5 * em]
    assert [m for m in long if along(m, found, em) < 0.9] == []


@on_each_page
def test_nothing_else_is_a_rule(name: str) -> None:
    """What is found as a rule is one: no stroke of type, no edge of a picture."""
    c = PAGES[name]()
    solid = [*c.marks["rule"], *c.marks["side"]]
    loose = [
        r for r in c.regions(RegionKind.RULE) if covered(r, [m.grown(round(0.5 * c.type_size)) for m in solid]) < 0.8
    ]
    assert loose == []


@on_each_page
def test_pictures_are_found(name: str) -> None:
    """Each picture is found over most of its area, and nothing else is a picture."""
    c = PAGES[name]()
    found, printed = c.regions(RegionKind.PICTURE), [*c.marks["picture"], *c.marks["cutout"]]
    assert [m for m in printed if covered(m, found) < 0.7] == []
    assert [f for f in found if covered(f, printed) < 0.7] == []


@on_each_page
def test_pictures_are_not_read(name: str) -> None:
    """No line of text is found inside a picture."""
    c = PAGES[name]()
    printed = [m.grown(-round(0.5 * c.type_size)) for m in (*c.marks["picture"], *c.marks["cutout"])]
    inside = [
        n.id
        for n in c.page.lines
        if n.box is not None and any((n.box & m).area > 0.5 * n.box.area and (n.box & m).width > 0 for m in printed)
    ]
    assert inside == []


@on_each_page
def test_hardly_any_ink_is_uncovered(name: str) -> None:
    """The ink of type that no line holds is below one hundredth of the page's."""
    assert PAGES[name]().page.uncovered < 0.01


def loose_lines(c: Comparison) -> frozenset[int]:
    return frozenset(range(len(c.lines))) - frozenset[int]().union(*c.pieces().values())


@pytest.mark.parametrize("seed", [3, 6, 16])
def test_a_skewed_page_has_the_same_pieces(seed: int) -> None:
    """A page turned by some degrees falls into the same pieces, and the same furniture, as the page upright."""
    upright, turned = drawn(seed, "clean"), drawn(seed, "skewed")
    assert abs(turned.page.skew) > 2.9
    assert set(turned.pieces().values()) == set(upright.pieces().values())
    assert loose_lines(turned) == loose_lines(upright)


def test_vertical_lines_are_found_one_by_one() -> None:
    """On an old page at least 95 % of the vertical lines are found as one line each."""
    assert drawn(4, "office", "vertical").found_single("body") >= 0.95


@pytest.mark.parametrize(("seed", "level"), [(2, "bound"), (3, "double"), (6, "skewed")])
def test_the_surround_is_no_print(seed: int, level: str) -> None:
    """The scanner's bed, the fold's shadow and the neighbour page give no line: where one is found, one is printed."""
    c = drawn(seed, level)
    printed = [n.box for n in c.lines]
    assert [n.id for n in c.page.lines if n.box is not None and covered(n.box, printed) < 0.5] == []
