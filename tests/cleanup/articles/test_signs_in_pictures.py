"""Letters that a picture shows are no part of the headline beside them."""

from __future__ import annotations

import pytest

from cleanup.articles.assembly import assembled
from cleanup.articles.blocks import text_blocks
from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import Label
from cleanup.articles.relations import Relations
from cleanup.articles.successors import Chains
from cleanup.articles.surroundings import surroundings
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet


@pytest.mark.parametrize(
    ("sign", "size", "pieces"),
    [("D060", 3.4, 2), ("D060", 2.0, 1), ("两岸通车", 3.4, 1)],
    ids=["letters, larger", "letters, smaller", "hanzi"],
)
def test_letters_larger_than_a_headline_are_a_piece_of_their_own(sign: str, size: float, pieces: int) -> None:
    """Both stand without a text; smaller letters and hanzi are one more line of the headline."""
    sheet = Sheet()
    sheet.add(RegionKind.HEADLINE, ["新石桥昨日合龙"], (10, 2), 1, size=2.4)
    sheet.add(RegionKind.HEADLINE, [sign], (10, 5.4), 1, size=size)
    frame = reading_frame(sheet.page)
    blocks = text_blocks(frame, surroundings(frame), [Label.HEAD] * len(frame.lines))
    assert len(assembled(Relations(frame, blocks), Chains((), ()), ()).pieces) == pieces
