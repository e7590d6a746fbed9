"""Text around a cut-out: its short lines, which pass for captions and subheads, go on with the sentence above."""

from __future__ import annotations

import pytest

from cleanup.articles.around_cutouts import with_text_around_cutouts
from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import Label
from cleanup.articles.surroundings import surroundings
from layout.page import RegionKind
from tests.cleanup.articles.pages import MEASURE, Sheet, prose

K = RegionKind
COLUMN = [prose(MEASURE, MEASURE * n) for n in range(6)]
FOOT = 30.0


def told(sheet: Sheet, text: str, wrong: Label) -> Label:
    """The label of a line of this text that was taken for something else, all others being running text."""
    frame = reading_frame(sheet.page)
    around = surroundings(frame)
    labels = [wrong if n.text == text else Label.BODY for n in frame.lines]
    out = with_text_around_cutouts(frame, around, labels)
    return next(label for n, label in zip(frame.lines, out, strict=True) if n.text == text)


def at_foot(text: str, x: float, above: str, *, size: float = 1.0) -> Label:
    """The label of a line at the foot of a column, under a cut-out; the column beside it ends on the same level."""
    sheet = Sheet()
    sheet.add(K.BODY, [*COLUMN, above], (2, 2))
    sheet.add(K.BODY, [prose(MEASURE, 7 * n) for n in range(20)], (2 + MEASURE + 2, FOOT - 1.5 * 19))
    sheet.mark(K.PICTURE, (2 + MEASURE / 2, 13, 2 + 2 * MEASURE, FOOT - 1))
    sheet.add(K.CAPTION, [text], (x, FOOT), size=size)
    return told(sheet, text, Label.CAPTION)


def test_a_short_line_under_a_cutout_ends_its_column() -> None:
    assert at_foot("推广的办法", 2, prose(8, 50)) is Label.BODY
    assert at_foot("推广的办法", 2 + MEASURE - 5, prose(8, 50)) is Label.BODY


@pytest.mark.parametrize(
    ("text", "x", "above", "size"),
    [
        ("推广的办法", 5, prose(8, 50), 1.0),
        ("推广的办法", 2, prose(6, 50) + "。", 1.0),
        ("推广的办法", 2, prose(8, 50), 0.8),
        ("图为老渡口", 2, prose(8, 50), 1.0),
        (prose(MEASURE, 30), 2, prose(8, 50), 1.0),
    ],
    ids=["in the middle", "behind an ended sentence", "in smaller type", "a caption's words", "a full line"],
)
def test_a_caption_at_the_foot_of_a_column_stays_one(text: str, x: float, above: str, size: float) -> None:
    assert at_foot(text, x, above, size=size) is Label.CAPTION


def beside(text: str, above: str, below: str, *, weight: float = 1.0) -> Label:
    """The label of a line beside a cut-out, between two lines of text."""
    sheet = Sheet()
    sheet.add(K.BODY, [*COLUMN, above], (2, 2))
    sheet.embolden(1.0)
    sheet.add(K.SUBHEAD, [text], (2, 12.5))
    sheet.embolden(weight)
    sheet.add(K.BODY, [below, *COLUMN], (2, 14))
    return told(sheet, text, Label.SUBHEAD)


def test_a_short_line_beside_a_cutout_is_of_its_sentence() -> None:
    assert beside("几个村子里", prose(6, 40), prose(7, 50)) is Label.BODY


@pytest.mark.parametrize(
    ("above", "below", "weight"),
    [
        (prose(MEASURE, 40), prose(7, 50), 1.0),
        (prose(6, 40), "　　" + prose(7, 50), 1.0),
        (prose(6, 40), prose(7, 50), 1.6),
        (prose(4, 40) + "（完）", prose(7, 50), 1.0),
    ],
    ids=["under a full line", "over a paragraph", "bold", "behind a credit"],
)
def test_a_subhead_within_a_text_stays_one(above: str, below: str, weight: float) -> None:
    assert beside("几个村子里", above, below, weight=weight) is Label.SUBHEAD
