"""Type set as the text is, neither larger nor bolder, is no headline: it goes on a text from elsewhere or signs one."""

from __future__ import annotations

import pytest

from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import Label, with_plain_type
from cleanup.articles.surroundings import surroundings
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind


def told(first: str, second: str, *, size: float = 1.0) -> tuple[Label, Label]:
    """What comes of two lines over a text, of which the lower was taken for a headline."""
    sheet = Sheet()
    sheet.add(K.SUBHEAD, [first], (2, 2), 1)
    sheet.add(K.BODY, [second], (5, 5.9 - 1.6 * size), 1, size=size)
    sheet.add(K.BODY, lines(f"{prose(60)}。"), (2, 6), 1)
    frame = reading_frame(sheet.page)
    labels = [Label.SUBHEAD, Label.HEAD, *[Label.BODY] * (len(frame.lines) - 2)]
    found = with_plain_type(frame, surroundings(frame), labels)
    return found[0], found[1]


def test_text_under_a_marker_goes_on_from_elsewhere() -> None:
    assert told("（上接第一版）", "也要让它喝上一口水") == (Label.BODY, Label.BODY)


@pytest.mark.parametrize("name", ["容与", "容与之"])
def test_two_or_three_hanzi_over_a_text_sign_it(name: str) -> None:
    assert told("古城墙下的修表人", name)[1] is Label.BYLINE


@pytest.mark.parametrize(
    ("first", "second", "size"),
    [
        ("（上接第一版）", "也要让它喝水", 1.6),  # larger
        ("（下转第三版）", "也要让它喝上一口水", 1.0),  # another marker
        ("古城墙下的修表人", "也要让它喝上一口水", 1.0),  # too long for a name
        ("古城墙下的修表人", "简讯", 1.0),  # the name of a column
        ("古城墙下的修表人", "A3", 1.0),  # no hanzi
    ],
)
def test_other_headlines_stay(first: str, second: str, size: float) -> None:
    assert told(first, second, size=size)[1] is Label.HEAD
