"""Text that goes on past its headline, which is set into it, and a report under the wide beginning of its text."""

from __future__ import annotations

import pytest

from cleanup.articles.blocks import TextBlock, text_blocks
from cleanup.articles.frame import ReadingFrame, reading_frame
from cleanup.articles.headless import headed
from cleanup.articles.labels import Label
from cleanup.articles.relations import Relations
from cleanup.articles.successors import candidates, pair_cues
from cleanup.articles.surroundings import surroundings
from cleanup.articles.weights import PAST_INSET
from layout.page import RegionKind
from tests.cleanup.articles.pages import MEASURE, Sheet, lines, prose

K = RegionKind
PLACES = ((15.0, 2.0), (15.0, 16.0), (28.0, 2.0), (28.0, 16.0))
"""Where the four parts of two columns begin that a headline parts, in ems."""


def labelled(sheet: Sheet, *heads: str) -> tuple[ReadingFrame, tuple[TextBlock, ...]]:
    """The blocks of a page; `heads` are the regions of headlines, the others running text."""
    frame = reading_frame(sheet.page)
    told = [Label.HEAD if n.region.id in heads else Label.BODY for n in frame.lines]
    return frame, text_blocks(frame, surroundings(frame), told)


def texts(sheet: Sheet, *heads: str) -> list[list[str]]:
    """The names of the regions of running text in each piece of a page."""
    pieces, blocks = headed(*labelled(sheet, *heads))
    return [[blocks[i].lines[0].region.id for i in p.stream] for p in pieces.pieces if p.stream]


def parted(*, width: int = 10, fresh: bool = False, column: bool = False) -> Sheet:
    """Two columns that a headline of so many characters, r5, parts; regions r1 to r4, down and to the right.

    A text may begin under the headline, `fresh`, or in a `column` left of the lower halves.
    """
    sheet = Sheet()
    rows = lines(prose(4 * 6 * MEASURE - 2))
    parts = [rows[n * 6 : n * 6 + 6] for n in range(4)]
    if fresh:
        parts[1] = lines(prose(6 * MEASURE - 2, 40))
    for part, place in zip(parts, PLACES, strict=True):
        sheet.add(K.BODY, part, place, 1)
    sheet.add(K.HEADLINE, [prose(width, 30)], (16, 12), 1, size=2.0)
    if column:
        sheet.add(K.BODY, lines(prose(6 * MEASURE - 2, 60)), (2, 16), 1)
    return sheet


def past(sheet: Sheet) -> list[tuple[str, str]]:
    """The regions of which the second seems to go on the first past the headline r5."""
    relations = Relations(*labelled(sheet, "r5"))
    return [
        (a.lines[0].region.id, b.lines[0].region.id)
        for a, b in candidates(relations)
        if PAST_INSET in pair_cues(relations, a, b)
    ]


def test_text_goes_on_past_a_headline_that_is_set_into_it() -> None:
    assert texts(parted(), "r5") == [["r1", "r2", "r3", "r4"]]
    assert past(parted()) == [("r1", "r2"), ("r3", "r4")]


@pytest.mark.parametrize(
    "other",
    [{"fresh": True}, {"column": True}, {"width": 4}],
    ids=["a beginning under it", "a beginning beside it", "one column"],
)
def test_text_goes_on_past_no_other_headline(other: dict[str, int]) -> None:
    assert past(parted(**other)) == []  # type: ignore[arg-type]


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
