"""The first line of a column's text, taken for something else though nothing in its print sets it off."""

from __future__ import annotations

import pytest

from cleanup.articles.frame import ReadingFrame, reading_frame
from cleanup.articles.labels import Label, with_first_lines_of_columns
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind
SENTENCE = f"{prose(5, 40)}。{prose(6, 50)}"
"""A full line in which a sentence ends."""


def column(first: str, rest: list[str], *, size: float = 1.0, gap: float = 0.0) -> ReadingFrame:
    """A column of text under one line, which is set in a type of its own or farther off where that is wanted."""
    sheet = Sheet()
    name = sheet.add(K.BODY, rest, (2, 6), 1)
    above = sheet.add(K.BODY, [first], (2, 4.5 - gap), 1, size=size)
    regions = {r.id: r for r in sheet.regions}
    both = regions[name]
    sheet.regions = [
        type(both)(both.id, both.kind, both.polygon, (*regions[above].lines, *both.lines), article=1),
    ]
    return reading_frame(sheet.page)


def told(frame: ReadingFrame, label: Label) -> Label:
    """What comes of the first line where it was taken for `label` and all others for text."""
    labels = [label, *[Label.BODY] * (len(frame.lines) - 1)]
    return with_first_lines_of_columns(frame, labels)[0]


def running() -> list[str]:
    return [prose(12, 12 * n) for n in range(6)]


@pytest.mark.parametrize("label", [Label.CAPTION, Label.ADVERT, Label.TABLE, Label.HEAD])
def test_a_full_line_of_a_sentence_is_text(label: Label) -> None:
    assert told(column(SENTENCE, running()), label) is Label.BODY


def test_the_last_line_of_a_paragraph_is_text() -> None:
    assert told(column(prose(9, 30), lines(prose(60))), Label.HEAD) is Label.BODY


@pytest.mark.parametrize(
    ("first", "rest", "size", "gap"),
    [
        (SENTENCE, running(), 1.3, 0.0),  # larger type
        (SENTENCE, running(), 1.0, 1.0),  # white under it
        ("　　" + prose(8, 30), lines(prose(60)), 1.0, 0.0),  # set in
        (prose(9, 30), running(), 1.0, 0.0),  # short, over a line that begins no paragraph
        ("方圆　林立", lines(prose(60)), 1.0, 0.0),  # names
    ],
)
def test_what_its_print_sets_off_stays(first: str, rest: list[str], size: float, gap: float) -> None:
    assert told(column(first, rest, size=size, gap=gap), Label.HEAD) is Label.HEAD


def test_bylines_and_subheads_stay() -> None:
    frame = column(SENTENCE, running())
    for label in (Label.BYLINE, Label.SUBHEAD, Label.FURNITURE):
        assert told(frame, label) is label
