"""Text that goes on past its headline, which is set into it, and a report under the wide beginning of its text."""

from __future__ import annotations

import pytest

from cleanup.articles.assembly import Assembly
from cleanup.articles.blocks import TextBlock, text_blocks
from cleanup.articles.frame import reading_frame
from cleanup.articles.headless import headed
from cleanup.articles.labels import Label
from cleanup.articles.surroundings import surroundings
from layout.page import RegionKind
from tests.cleanup.articles.pages import MEASURE, Sheet, lines, prose

K = RegionKind
PLACES = ((2.0, 2.0), (2.0, 16.0), (15.0, 2.0), (15.0, 16.0))
"""Where the four parts of two columns begin that a headline parts, in ems."""


def texts(sheet: Sheet, *heads: str) -> list[list[str]]:
    """The names of the regions of running text in each piece of a page; `heads` are the regions of headlines."""
    frame = reading_frame(sheet.page)
    told = [Label.HEAD if n.region.id in heads else Label.BODY for n in frame.lines]
    made: tuple[Assembly, tuple[TextBlock, ...]] = headed(frame, text_blocks(frame, surroundings(frame), told))
    pieces, blocks = made
    return [[blocks[i].lines[0].region.id for i in p.stream] for p in pieces.pieces if p.stream]


def parted(*, width: int = 10, fresh: bool = False) -> list[list[str]]:
    """The texts of two columns that a headline of so many characters parts; ids r1 to r4, down and to the right.

    A text may begin under the headline, `fresh`.
    """
    sheet = Sheet()
    rows = lines(prose(4 * 6 * MEASURE - 2))
    parts = [rows[n * 6 : n * 6 + 6] for n in range(4)]
    if fresh:
        parts[1] = lines(prose(6 * MEASURE - 2, 40))
    for part, place in zip(parts, PLACES, strict=True):
        sheet.add(K.BODY, part, place, 1)
    sheet.add(K.HEADLINE, [prose(width, 30)], (3, 12), 1, size=2.0)
    return texts(sheet, "r5")


def test_text_goes_on_past_a_headline_that_is_set_into_it() -> None:
    assert parted() == [["r1", "r2", "r3", "r4"]]


@pytest.mark.parametrize("other", [{"fresh": True}, {"width": 4}], ids=["a beginning under it", "one column"])
def test_text_goes_on_past_no_other_headline(other: dict[str, int]) -> None:
    assert ["r1", "r2", "r3", "r4"] not in parted(**other)  # type: ignore[arg-type]


def under_lede(*, source: str = "本报讯（记者温秋）", picture: bool = False, head: bool = False) -> list[list[str]]:
    """The texts under a headline: three rows over two columns, r2, and two columns under them, r3 and r4.

    A picture may stand over the headline, or a headline of its own over the columns.
    """
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["新石桥昨日合龙"], (2, 12), 1, size=2.5)
    sheet.add(K.BODY, [prose(25), prose(25, 25), f"{prose(20, 50)}。"], (2, 16), 1)
    rows = lines(f"{source}{prose(100)}。")
    sheet.add(K.BODY, rows[:5], (2, 24), 2)
    sheet.add(K.BODY, rows[5:], (15, 24), 2)
    if picture:
        sheet.mark(K.PICTURE, (2, 2, 27, 11.5))
    if head:
        sheet.add(K.HEADLINE, ["老艄公擦木船"], (2, 21.2), 2, size=1.6)
    return texts(sheet, "r1", *(["r5"] if head else []))


def test_a_report_goes_on_the_wide_beginning_over_it() -> None:
    assert under_lede() == [["r2", "r3", "r4"]]


@pytest.mark.parametrize("other", [{"picture": True}, {"head": True}], ids=["a caption", "a headline of its own"])
def test_a_report_goes_on_nothing_else_over_it(other: dict[str, bool]) -> None:
    assert ["r2", "r3", "r4"] not in under_lede(**other)  # type: ignore[arg-type]
