"""Two phrases in one row over two columns are one headline where the first column's sentence goes on in the second."""

from __future__ import annotations

import pytest

from cleanup.articles.blocks import text_blocks
from cleanup.articles.frame import reading_frame
from cleanup.articles.headline_rows import with_headline_rows
from cleanup.articles.labels import Label
from cleanup.articles.surroundings import surroundings
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind


def headlines(*, white: float = 1.0, size: float = 1.5, cut: bool = True, first: str = "老艄公擦木船") -> list[str]:
    """The headlines of two columns, of which the second begins within a sentence if it was `cut`."""
    sheet = Sheet()
    sheet.add(K.HEADLINE, [first], (2, 2), 1, size=1.5)
    sheet.add(K.HEADLINE, ["赶集人坐等过河"], (2 + 1.5 * (len(first) + white), 2), 2, size=size)
    rows = lines(prose(94))
    sheet.add(K.BODY, rows[:4] if cut else [*rows[:3], f"{prose(8)}。"], (2, 6), 1)
    sheet.add(K.BODY, rows[4:] if cut else lines(prose(40)), (15, 6), 2)
    frame = reading_frame(sheet.page)
    labels = [Label.HEAD, Label.HEAD, *[Label.BODY] * (len(frame.lines) - 2)]
    blocks = with_headline_rows(frame, text_blocks(frame, surroundings(frame), labels))
    assert [b.id for b in blocks] == list(range(len(blocks)))
    assert sum(len(b.lines) for b in blocks) == len(frame.lines)
    return [b.text for b in blocks if b.label is Label.HEAD]


def test_phrases_over_a_sentence_that_goes_on_are_one_headline() -> None:
    assert headlines() == ["老艄公擦木船赶集人坐等过河"]


@pytest.mark.parametrize(
    "other",
    [{"cut": False}, {"white": 3.0}, {"size": 1.8}, {"first": "简讯"}],
    ids=["each column has a text of its own", "far apart", "another size", "the name of a column"],
)
def test_other_headlines_side_by_side_stay_apart(other: dict[str, float | str]) -> None:
    assert len(headlines(**other)) == 2  # type: ignore[arg-type]
