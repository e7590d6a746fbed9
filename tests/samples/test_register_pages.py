"""Made-up pages in registers: a seed makes one page, text keeps off what it flows around, errors keep the truth."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from cleanup.articles.frame import Rect
from cleanup.articles.labels import labels_of
from cleanup.articles.registers import registers
from cleanup.articles.registers.weights import RegisterWeights
from cleanup.articles.surroundings import surroundings
from samples.registers.damage import RegisterDamage, damaged
from samples.registers.fit import fitted, pages, told
from samples.registers.makeup import made_up
from samples.registers.sheet import What, slots

NOTHING = RegisterDamage(
    scale=0, size=0, size_of_short=0, jitter=0, tilt=0, dropped=0, cut=0, split=0, merged=0, misread=0, unread_mark=0,
    other_kind=0, missed_rule=0, cut_rule=0, missed_picture=0, missed_frame=0, specks=0,
)  # fmt: skip


def test_the_same_seed_makes_the_same_page() -> None:
    (frame, truth), again = made_up(5), made_up(5)
    assert [(n.text, n.rect) for n in frame.lines] == [(n.text, n.rect) for n in again[0].lines]
    assert truth == again[1]
    assert {t.what for t in truth} >= {What.HEAD, What.TEXT, What.OTHER}


def test_lines_flow_around_an_obstacle() -> None:
    """A register of ten ems, of which a headline takes four for two lines: two short lines, then full ones."""
    room = list(slots([(0.0, 10.0)], (0.0, 5.0), 1.2, [Rect(0.0, 0.0, 4.0, 2.2)]))
    assert [(s.u0, s.u1) for s in room] == [(4.0, 10.0), (4.0, 10.0), (0.0, 10.0), (0.0, 10.0)]


def test_damage_of_nothing_changes_nothing_and_what_is_left_keeps_its_truth() -> None:
    frame, truth = made_up(3)
    same, kept = damaged(frame, truth, Random(1), NOTHING)
    assert [(n.text, n.rect) for n in same.lines] == [(n.text, n.rect) for n in frame.lines]
    assert (same.rules, kept) == (frame.rules, truth)
    worse, left = damaged(frame, truth, Random(1))
    assert len(worse.lines) == len(left)
    assert {t.rank for t in left} <= {t.rank for t in truth}


@pytest.mark.parametrize("seed", [1, 4])
def test_every_line_of_a_damaged_page_is_in_one_block_of_one_piece(seed: int) -> None:
    """The order is a permutation: the make-up of a poor page loses no line and doubles none."""
    frame, _ = damaged(*made_up(seed), Random(seed))
    around = surroundings(frame)
    made, blocks = registers(frame, around, labels_of(frame, around))
    held = Counter(n.line.id for piece in made.pieces for i in piece.ids for n in blocks[i].lines)
    assert held == Counter(n.line.id for n in frame.lines)


def test_the_fit_learns_that_a_headline_begins_an_article() -> None:
    """One page is enough to tell it, and text of a seam that is full and flush goes on."""
    table = fitted(list(pages([80000])), RegisterWeights({}, {}, {}))
    assert table.successors["begin: a headline"] > table.successors["begin: no headline"]
    assert table.heads["upright, left"] > 0


def test_truth_goes_by_the_lines_of_the_page() -> None:
    frame, truth = made_up(2)
    one = told(frame, truth)
    assert [one.truth[n.line.id] for n in frame.lines] == list(truth)
