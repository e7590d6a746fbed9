"""Columns go on under the headline that stands amid them, and reports begin under a lead over their columns."""

from __future__ import annotations

from typing import Any

import pytest

from cleanup.articles.blocks import text_blocks
from cleanup.articles.frame import reading_frame
from cleanup.articles.headless import headed
from cleanup.articles.labels import Label
from cleanup.articles.relations import Relations
from cleanup.articles.successors import candidates, pair_cues
from cleanup.articles.surroundings import surroundings
from cleanup.articles.weights import AMID, LEAD
from layout.page import RegionKind
from tests.cleanup.articles.pages import MEASURE, Sheet, lines, prose

K = RegionKind


def relations(sheet: Sheet) -> Relations:
    """The page's blocks, headlines where layout has them and the rest running text."""
    frame = reading_frame(sheet.page)
    labels = [Label.HEAD if n.region.kind is K.HEADLINE else Label.BODY for n in frame.lines]
    return Relations(frame, text_blocks(frame, surroundings(frame), labels))


def with_cue(sheet: Sheet, cue: str) -> list[tuple[str, str]]:
    """The pairs of blocks, by their regions, of which the second goes on the first by the cue."""
    page = relations(sheet)
    found = ((a, b) for a, b in candidates(page) if cue in pair_cues(page, a, b))
    return [(a.lines[0].region.id, b.lines[0].region.id) for a, b in found]


def articles(sheet: Sheet) -> list[list[str]]:
    """The regions of each article, its headlines first."""
    page = relations(sheet)
    made, blocks = headed(page.frame, tuple(page.blocks))
    return [[blocks[i].lines[0].region.id for i in p.ids] for p in made.pieces]


def amid(*, begins: bool = False, own_head: bool = False, column: str = "", ends: bool = False) -> Sheet:
    """Two columns (r1, r2) that a headline (r3) cuts, each within a sentence, and what stands under it (r4, r5).

    With `begins` a text begins under it, with `own_head` another headline stands over the upper columns; `column` is
    the side of the headline, or of the text under it, on which another column runs on. With `ends` the first column's
    sentence ends over the headline.
    """
    sheet = Sheet()
    rows = [prose(MEASURE, n * MEASURE) for n in range(20)]
    sheet.add(K.BODY, [f"　　{prose(10)}", *rows[1:4], f"{rows[4][:-1]}。" if ends else rows[4]], (15, 6), 1)
    sheet.add(K.BODY, rows[10:15], (28, 6), 1)
    sheet.add(K.HEADLINE, ["外公的木算盘"], (20, 15), 1, size=2.6)
    sheet.add(K.BODY, lines(prose(58)) if begins else rows[5:10], (15, 19), 1)
    sheet.add(K.BODY, [*rows[15:19], f"{rows[19][:-1]}。"], (28, 19), 1)
    if own_head:
        sheet.add(K.HEADLINE, ["岸上的灯亮了"], (18, 2), 1, size=2.2)
    if column:
        sheet.add(
            K.BODY, lines(f"{prose(100)}。")[: 9 if column == "beside" else 5], (2, 12 if column == "beside" else 19), 1
        )
    return sheet


def test_columns_go_on_under_the_headline_that_stands_amid_them() -> None:
    assert with_cue(amid(), AMID) == [("r1", "r4"), ("r2", "r5")]
    assert articles(amid()) == [["r3", "r1", "r4", "r2", "r5"]]


@pytest.mark.parametrize(
    "other",
    [{"begins": True}, {"own_head": True}, {"column": "beside"}, {"column": "under"}, {"ends": True}],
    ids=[
        "a text begins under it",
        "another headline over the columns",
        "a column runs on beside it",
        "it stands over the second column of its text",
        "a sentence ends over it",
    ],
)
def test_columns_end_at_the_headline_of_another_text(other: dict[str, Any]) -> None:
    assert with_cue(amid(**other), AMID) == []


def lead(
    *, opening: str = "本报讯（记者唐乐山）", top: float = 9.5, wide: int = 24, rows: int = 1, rule: bool = False
) -> Sheet:
    """A headline (r1), a lead of some rows and one more (r2), and a report in two columns under it (r3, r4)."""
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["新石桥昨日合龙"], (4, 2), 1, size=2.4)
    sheet.add(K.BODY, [*(prose(wide, n) for n in range(rows)), f"{prose(wide - 8, 40)}。"], (2, 6), 1)
    if rule:
        sheet.mark(K.RULE, (2, top - 0.6, 27, top - 0.5))
    sheet.add(K.BODY, lines(f"{opening}{prose(62)}")[:6], (2, top), 2)
    sheet.add(K.BODY, lines(f"{prose(70, 20)}。", indent=0), (15, top), 2)
    return sheet


def test_a_report_begins_under_a_lead_over_its_columns() -> None:
    assert with_cue(lead(), LEAD) == [("r2", "r3")]
    assert articles(lead()) == [["r1", "r2", "r3", "r4"]]


@pytest.mark.parametrize(
    "other",
    [{"opening": ""}, {"top": 13.0}, {"wide": 12}, {"rows": 6, "top": 17.0}, {"rule": True}],
    ids=["no report", "far below", "as wide as a column", "too long", "a rule between"],
)
def test_other_text_over_a_text_is_no_lead(other: dict[str, Any]) -> None:
    assert with_cue(lead(**other), LEAD) == []
