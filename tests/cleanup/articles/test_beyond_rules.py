"""Text goes on in no column that begins beyond a rule over both columns."""

from __future__ import annotations

from cleanup.articles.blocks import text_blocks
from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import Label
from cleanup.articles.relations import Relations
from cleanup.articles.successors import candidates, pair_cues
from cleanup.articles.surroundings import surroundings
from cleanup.articles.weights import ACROSS_RULE
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind


def beyond(rule: tuple[float, float, float, float] | None) -> list[tuple[int, int]]:
    """The pairs of two columns, the second right of the first and under its foot, that a rule parts."""
    sheet = Sheet()
    sheet.add(K.BODY, lines(f"{prose(80)}。"), (4, 4), 1)
    sheet.add(K.BODY, lines(f"{prose(80, 30)}。"), (20, 20), 1)
    if rule is not None:
        sheet.mark(K.RULE, rule)
    frame = reading_frame(sheet.page)
    blocks = text_blocks(frame, surroundings(frame), [Label.BODY] * len(frame.lines))
    relations = Relations(frame, blocks)
    return [(a.id, b.id) for a, b in candidates(relations) if ACROSS_RULE in pair_cues(relations, a, b)]


def test_a_rule_over_both_columns_parts_them() -> None:
    assert beyond((2, 18, 40, 18.1)) == [(0, 1)]


def test_no_rule_or_one_over_a_single_column_parts_nothing() -> None:
    assert beyond(None) == []
    assert beyond((2, 18, 17, 18.1)) == []
    assert beyond((2, 50, 40, 50.1)) == []
