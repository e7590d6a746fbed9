"""A long text without a headline: a line near it is one that passed for something else, or the text goes on another."""

from __future__ import annotations

import pytest

from cleanup.articles.assembly import Assembly
from cleanup.articles.blocks import TextBlock, text_blocks
from cleanup.articles.frame import ReadingFrame, reading_frame
from cleanup.articles.headless import headed
from cleanup.articles.labels import Label
from cleanup.articles.surroundings import surroundings
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind


def labelled(sheet: Sheet, **labels: Label) -> tuple[ReadingFrame, tuple[TextBlock, ...]]:
    """The page's blocks, its regions by name with the labels given and the others running text."""
    frame = reading_frame(sheet.page)
    told = [labels.get(n.region.id, Label.BODY) for n in frame.lines]
    return frame, text_blocks(frame, surroundings(frame), told)


def titles(made: tuple[Assembly, tuple[TextBlock, ...]]) -> list[tuple[str, int]]:
    """The headline of each piece with running text, and how many blocks of text it holds."""
    pieces, blocks = made
    return [("".join(blocks[i].text for i in p.heads), len(p.stream)) for p in pieces.pieces if p.stream]


def under(
    passed_for: Label, *, size: float = 2.0, text: int = 90, words: str = "新石桥昨日合龙"
) -> list[tuple[str, int]]:
    """What a text has for a headline, with a line over it that passed for something else."""
    sheet = Sheet()
    sheet.add(K.HEADLINE, [words], (2, 2), 1, size=size)
    sheet.add(K.BODY, lines(f"{prose(text)}。"), (2, 5), 1)
    return titles(headed(*labelled(sheet, r1=passed_for)))


@pytest.mark.parametrize("passed_for", [Label.ADVERT, Label.COLUMN, Label.TEASER])
def test_a_line_over_a_text_that_has_none_is_its_headline(passed_for: Label) -> None:
    assert under(passed_for) == [("新石桥昨日合龙", 1)]


def test_a_page_head_is_no_headline() -> None:
    assert under(Label.FURNITURE) == [("", 1)]


@pytest.mark.parametrize(
    "other",
    [{"size": 1.1}, {"words": "D060"}, {"words": "桥" * 81}],
    ids=["as small as the text", "no hanzi", "too long"],
)
def test_what_has_not_the_form_of_a_headline_is_none(other: dict[str, float | str]) -> None:
    assert under(Label.ADVERT, **other) == [("", 1)]  # type: ignore[arg-type]


def test_a_subhead_that_begins_a_text_is_its_headline() -> None:
    assert under(Label.SUBHEAD, size=1.1) == [("新石桥昨日合龙", 1)]


def lead_and_text(opening: str) -> list[tuple[str, int]]:
    """A headline over a lead-in that a frame holds, and the text under it in the first column, set in."""
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["新石桥昨日合龙渡口停航"], (2, 2), 1, size=2.2)
    sheet.mark(K.FRAME, (1.5, 4.8, 29, 8.6))
    sheet.add(K.BODY, [f"　　{prose(24)}", f"{prose(20, 24)}。"], (2, 5.3), 1)
    sheet.add(K.BODY, lines(f"{opening}{prose(110)}。"), (2, 10), 2)
    return titles(headed(*labelled(sheet, r1=Label.HEAD)))


def test_a_text_that_would_have_no_headline_goes_on_its_lead_in() -> None:
    assert lead_and_text("") == [("新石桥昨日合龙渡口停航", 2)]


def test_a_report_of_its_own_stays_apart() -> None:
    """It opens with a dateline."""
    assert len(lead_and_text("本报讯（记者何青禾）")) == 2
