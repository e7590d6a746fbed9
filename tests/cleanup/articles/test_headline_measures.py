"""What a headline and a text measure together, and what the trees make of it."""

from __future__ import annotations

import numpy as np
import pytest

from cleanup.articles.blocks import text_blocks
from cleanup.articles.frame import reading_frame
from cleanup.articles.headline_measures import as_rows, headline_measures
from cleanup.articles.headlines import headline_trees, start_measures, starts, starts_by
from cleanup.articles.labels import Label
from cleanup.articles.relations import Relations
from cleanup.articles.surroundings import FAR, surroundings
from cleanup.articles.weights import weights
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind
_LABELS = {K.HEADLINE: Label.HEAD, K.BODY: Label.BODY}


def two_stories() -> Relations:
    """A headline over two columns, and another one over a third, a rule between the stories."""
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["老渡口迎来了新的客人"], (2, 2), 1, size=2.6)
    rows = lines(f"{prose(61)}。{prose(60, 70)}，{prose(34, 20)}。")
    sheet.add(K.BODY, rows[:7], (2, 6), 1)
    sheet.add(K.BODY, rows[7:], (16, 6), 1)
    sheet.add(K.HEADLINE, ["水厂三期开工"], (32, 2), 2, size=1.8)
    sheet.add(K.BODY, lines(f"{prose(80, 10)}。"), (32, 5), 2)
    sheet.mark(K.RULE, (30, 2, 30.1, 20))
    frame = reading_frame(sheet.page)
    blocks = text_blocks(frame, surroundings(frame), [_LABELS[n.region.kind] for n in frame.lines])
    return Relations(frame, blocks)


def test_a_pair_is_measured_from_both_sides() -> None:
    relations = two_stories()
    heads, texts = relations.heads, relations.stream
    near, far = headline_measures(relations, [(heads[0], texts[0]), (heads[0], texts[2])])
    assert near["headline: size"] == pytest.approx(2.6, rel=0.03)
    assert near["is over it"] == 1
    assert near["left edges"] == pytest.approx(0, abs=0.3)
    assert near["text: headline over it"] == pytest.approx(near["under it by"], abs=0.01)
    assert near["closer headlines"] == 0
    assert far["is over it"] == 0
    assert far["upright rule between"] == 1
    assert far["closer headlines"] == 1
    assert far["white under it"] == FAR


def test_rows_hold_the_named_measures_alone() -> None:
    rows = as_rows([{"a": 1.0, "b": 2.0}, {"b": 3.0}], ["b", "a"])
    np.testing.assert_array_equal(rows, [[2.0, 1.0], [3.0, 0.0]])
    assert as_rows([], ["a"]).shape == (0, 1)


def test_the_trees_know_every_measure_that_they_ask_for() -> None:
    """A measure that was renamed since the fit would silently count as 0."""
    relations = two_stories()
    found = starts_by(weights(vertical=False).heads, relations)
    told = {name for measures in start_measures(relations, found) for name in measures}
    missing = {name for name in headline_trees()[1] if name not in told}
    assert not missing


def test_each_headline_starts_the_text_under_it() -> None:
    relations = two_stories()
    best: dict[int, int] = {}
    for start in starts(relations):
        best.setdefault(start.head, start.block)
    assert best == {relations.heads[0].id: relations.stream[0].id, relations.heads[1].id: relations.stream[2].id}
    assert all(s.score > 0 for s in starts(relations)[:2])
