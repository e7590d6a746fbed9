"""Two phrases in one row over two columns are one headline where the text under both is one."""

from __future__ import annotations

from typing import Any

import pytest

from cleanup.articles.blocks import text_blocks
from cleanup.articles.frame import reading_frame
from cleanup.articles.headline_rows import with_headline_rows
from cleanup.articles.labels import Label
from cleanup.articles.surroundings import surroundings
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind


def headlines(
    *,
    white: float = 1.0,
    size: float = 1.5,
    cut: bool = True,
    first: str = "老艄公擦木船",
    sources: tuple[str, str] = ("", ""),
) -> list[str]:
    """The headlines of two columns, of which the second begins within a sentence if it was `cut`.

    `sources` are what the texts of both columns open with.
    """
    sheet = Sheet()
    sheet.add(K.HEADLINE, [first], (2, 2), 1, size=1.5)
    sheet.add(K.HEADLINE, ["赶集人坐等过河"], (2 + 1.5 * (len(first) + white), 2), 2, size=size)
    rows = lines(prose(94))
    one, other = sources
    sheet.add(K.BODY, rows[:4] if cut else [*lines(one + prose(36)), f"{prose(8)}。"], (2, 6), 1)
    sheet.add(K.BODY, rows[4:] if cut else lines(other + prose(40)), (15, 6), 2)
    frame = reading_frame(sheet.page)
    labels = [Label.HEAD, Label.HEAD, *[Label.BODY] * (len(frame.lines) - 2)]
    blocks = with_headline_rows(frame, text_blocks(frame, surroundings(frame), labels))
    assert [b.id for b in blocks] == list(range(len(blocks)))
    assert sum(len(b.lines) for b in blocks) == len(frame.lines)
    return [b.text for b in blocks if b.label is Label.HEAD]


def test_phrases_over_a_sentence_that_goes_on_are_one_headline() -> None:
    assert headlines() == ["老艄公擦木船赶集人坐等过河"]


def test_phrases_over_a_report_and_its_second_column_are_one_headline() -> None:
    assert headlines(cut=False, sources=("本报讯（记者唐乐山）", "")) == ["老艄公擦木船赶集人坐等过河"]


@pytest.mark.parametrize(
    "other",
    [
        {"cut": False},
        {"white": 3.0},
        {"size": 1.8},
        {"first": "简讯"},
        {"cut": False, "sources": ("本报讯（记者唐乐山）", "本报讯（记者温秋）")},
        {"cut": False, "sources": ("", "本报讯（记者温秋）")},
    ],
    ids=[
        "each column has a text of its own",
        "far apart",
        "another size",
        "the name of a column",
        "two reports",
        "a report beside a text without a source",
    ],
)
def test_other_headlines_side_by_side_stay_apart(other: dict[str, Any]) -> None:
    assert len(headlines(**other)) == 2
