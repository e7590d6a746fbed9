"""No join closes over a line that is missing: the break stays, and the join is only proposed."""

from __future__ import annotations

import pytest

from cleanup.assemble import assemble
from cleanup.edits.edit import Pass
from layout.geometry import Box
from layout.page import Line, LostText, Page, Region, RegionKind

ROWS = (
    "灯塔守望者在海边住了二十七年，每",
    "天黄昏点灯，清晨熄灯，风雨不误，",
    "渔船靠着那一束光，在雾里也认得回",
    "家的路，孩子们叫他守灯的爷爷，他",
)
TOPS = (100, 130, 190, 220)


def page(lost: tuple[LostText, ...]) -> Page:
    """One column of four rows; the place of a fifth is left free between the second and the third."""
    lines = tuple(
        Line(f"r1l{i}", Box(100, y, 420, y + 20).corners, text, size=20.0)
        for i, (y, text) in enumerate(zip(TOPS, ROWS, strict=True), start=1)
    )
    region = Region("r1", RegionKind.BODY, Box(100, 100, 420, 240).corners, lines, article=1)
    return Page(
        1, width=600, height=400, sheet_width=600, sheet_height=400, type_size=20.0, regions=(region,), lost=lost
    )


@pytest.mark.parametrize("rows", [(1, 2), (2, 3), (3, 4)])
def test_a_join_over_lost_text_is_only_proposed(rows: tuple[int, int]) -> None:
    """Where print was not read the break stays with a proposal that says why; elsewhere the lines are joined."""
    first, second = (TOPS[n - 1] for n in rows)
    place = LostText(Box(100, first + 21, 420, second - 1).corners, 16)
    clear, doubtful = (assemble("issue", [page(found)]).articles[0] for found in ((), (place,)))
    assert doubtful.clean.text.count("\n") == clear.clean.text.count("\n") + 1
    (asked,) = [e for e in doubtful.ledger if e.edit.by is Pass.LINE_JOIN and "not read" in e.edit.reason]
    assert not asked.accepted


def test_a_strip_along_the_edge_of_a_column_parts_no_lines() -> None:
    """A place as tall as several rows lies beside them; there is no white in which a row of print could be missing."""
    strip = LostText(Box(80, 90, 130, 245).corners, 14)
    clear, beside = (assemble("issue", [page(found)]).articles[0] for found in ((), (strip,)))
    joined = clear.clean.text.count("\n")
    assert beside.clean.text.count("\n") == joined + 1  # between the second row and the third there is room
    low = LostText(Box(80, 180, 130, 250).corners, 6)
    assert assemble("issue", [page((low,))]).articles[0].clean.text.count("\n") == joined
