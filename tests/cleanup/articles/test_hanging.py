"""A subhead's second line that hangs out to the left is of the subhead's region, however short it is."""

from __future__ import annotations

import pytest

from cleanup.articles.frame import reading_frame
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind


def second_line(text: str, *, size: float, left: float, drop: float = 1.7) -> tuple[str, str, str]:
    """The region of a line that stands at `left`, `drop` ems under a subhead that is set in; that which it was given.

    And the text of the line before it.
    """
    sheet = Sheet()
    sheet.add(K.BODY, lines(f"{prose(70)}。"), (2, 6), 1)
    given = sheet.add(K.SUBHEAD, [text], (left, 20 + drop), 1, size=size)
    sheet.add(K.SUBHEAD, ["一船人一船歌唱"], (6.3, 20), 1, size=1.35)
    sheet.add(K.BODY, lines(f"{prose(90, 30)}。"), (2, 26), 1)
    found = reading_frame(sheet.page).lines
    at = [n.text for n in found].index(text)
    return found[at].region.id, given, found[at - 1].text


def test_a_short_outdented_second_line_follows_its_subhead() -> None:
    held, given, before = second_line("到天明", size=1.35, left=2.0)
    assert held != given
    assert before == "一船人一船歌唱"


@pytest.mark.parametrize(
    ("size", "left", "drop"),
    [
        pytest.param(1.0, 2.0, 1.7, id="body type"),
        pytest.param(1.35, 7.0, 1.7, id="under the first, where layout decides"),
        pytest.param(1.35, 2.0, 3.4, id="a line further down"),
        pytest.param(1.35, -4.0, 1.7, id="in the next column"),
    ],
)
def test_other_lines_stay_in_their_region(size: float, left: float, drop: float) -> None:
    held, given, before = second_line("到天明", size=size, left=left, drop=drop)
    assert held == given
    assert before != "一船人一船歌唱"
