"""Pages in a Latin script: their articles are found by the cues that were weighed on Chinese print."""

from __future__ import annotations

from itertools import count

import pytest

from cleanup.article import Article, ArticleKind
from cleanup.articles.latin import as_hanzi
from cleanup.assemble import assemble
from layout.geometry import Box
from layout.page import Line, Page, Region, RegionKind
from tests.cleanup.articles.pages import Sheet

FERRY = (
    ("The ferry at Willow", "Bend gets new planks"),
    "Before six in the morning the lamp at the landing was still lit and the ferryman had looked over his ropes three "
    "times. The river stands lower this year than last, and the old gangway no longer reached the bank, so he and his "
    "two pupils added a stretch of old ship's planks.",
    "On market days four hundred people walk over one plank, he said, and a strip of rubber lies under each joint so "
    "that nobody slips in the rain. By ten the first visitors had crossed with their baskets and bicycles, and not one "
    "of them looked down at the wood.",
    "The county counts nine more landings of this kind, and all of them are to be looked at before autumn.",
)
BOOKS = (
    ("A cart of books", "comes to the hills"),
    "Two thousand books came up the valley road yesterday on a cart that the county library has sent out. Nobody pays "
    "for a loan, and what was borrowed may go back with the next cart, which is due in three weeks.",
    "The children of the village school were the first to gather around it. Most of what they took was about stars and "
    "about dinosaurs, and the teacher took a book on bees.",
)
WIDTH = 34
"""Characters of a line."""
LOOKS = (12.0, 9.0, 7.0, 12.0, 10.0, 11.0)
"""Sizes that are measured for lines of one type, in pixels."""


def rows(text: str) -> list[str]:
    """The text in lines of a column, words whole."""
    out = [""]
    for word in text.split():
        if len(out[-1]) + len(word) >= WIDTH:
            out.append("")
        out[-1] = f"{out[-1]} {word}".strip()
    return out


def column(x: int, top: int, paragraphs: list[str], numbers: count[int], article: int) -> list[Region]:
    """Paragraphs in a column, each line in a region of its own as layout leaves them, in sizes that differ."""
    out, y = [], top
    for text in paragraphs:
        for n, row in enumerate(rows(text)):
            number = next(numbers)
            left = x + (12 if n == 0 else 0)
            box = Box(left, y, x + 190, y + 12)
            line = Line(f"n{number}", box.corners, row, size=LOOKS[number % len(LOOKS)])
            out.append(Region(f"r{number}", RegionKind.BODY, box.corners, (line,), article=article))
            y += 13
    return out


def articles() -> list[Article]:
    numbers = count(100)
    regions = []
    for at, (head, *text) in enumerate((FERRY, BOOKS)):
        x = 20 + 440 * at
        lines = tuple(
            Line(f"h{at}{n}", Box(x, 20 + 40 * n, x + 380, 54 + 40 * n).corners, row, size=35.0)
            for n, row in enumerate(head)
        )
        around = Box(x, 20, x + 380, 94).corners
        regions.append(Region(f"h{at}", RegionKind.HEADLINE, around, lines, article=1))
        half = len(text) - 1
        regions += column(x, 110, text[:half], numbers, 1)
        regions += column(x + 205, 110, text[half:], numbers, 1)
    regions.append(Region("m1", RegionKind.RULE, Box(438, 10, 440, 400).corners))
    page = Page(1, width=900, height=420, sheet_width=900, sheet_height=420, type_size=11, regions=tuple(regions))
    return [a for a in assemble("issue", [page]).articles if a.kind is ArticleKind.ARTICLE]


def test_two_articles_beside_each_other_stay_two() -> None:
    ferry, books = articles()
    assert ferry.title == " ".join(FERRY[0])
    assert books.title == " ".join(BOOKS[0])


def test_no_line_is_lost_to_a_size_that_its_letters_make() -> None:
    for article, told in zip(articles(), (FERRY, BOOKS), strict=True):
        assert list(article.paragraphs) == list(told[1:])


@pytest.mark.parametrize(
    ("text", "told"),
    [("1,200.5", "1,200.5"), ("渡口", "渡口"), ("", "")],
)
def test_what_holds_no_letter_stays(text: str, told: str) -> None:
    assert as_hanzi(text) == told


def test_two_letters_are_a_hanzi_and_a_word_is_always_the_same() -> None:
    assert len(as_hanzi("ferry")) == 3
    assert as_hanzi("Ferry boats.") == as_hanzi("ferry") + as_hanzi("boats") + "。"


def test_a_page_of_hanzi_with_names_in_letters_is_none_of_them() -> None:
    sheet = Sheet()
    sheet.add(RegionKind.HEADLINE, ["书车开进青石村"], (2, 2), 1, size=2.6)
    sheet.add(RegionKind.BODY, ["县图书馆的 BookBus 昨天开到了", "青石村，车上有两千册书。"], (2, 6), 1)
    (article,) = sheet.articles
    assert article.title == "书车开进青石村"
