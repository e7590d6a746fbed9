"""Printed pieces: whatever lies on a page is parted into tiles, each item in exactly one."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.blocks.partition import Item, ItemRole, Partition, Tile, Tiling
from layout.geometry import Box
from tests.layout.strategies import boxes, patient

EM = 20

items = st.builds(Item, boxes(), st.sampled_from(ItemRole), st.booleans(), st.booleans(), st.booleans())


@dataclass(frozen=True)
class MadeUp:
    """A page of pieces, each a headline over its columns, ruled off from one another on every side."""

    items: tuple[Item, ...]
    rules: tuple[Box, ...]
    pieces: frozenset[frozenset[int]]


@st.composite
def ruled_pages(draw: st.DrawFn) -> MadeUp:
    """Rows of pieces from side to side; within a row upright rules between them."""
    items, rules, pieces, y = [], [], [], 0
    square = draw(st.integers(8, 16)) * EM
    width = 5 * (square + 2 * EM)
    for row in range(draw(st.integers(1, 3))):
        height, x = draw(st.integers(12, 30)) * EM, 0
        if row:
            rules.append(Box(0, y - EM, width - 2 * EM, y - EM + 3))
        for count in draw(st.sampled_from(([5], [2, 3], [1, 4], [1, 2, 2], [3, 1, 1]))):
            right = x + count * (square + 2 * EM) - 2 * EM
            if x:
                rules.append(Box(x - EM, y, x - EM + 3, y + height))
            first = len(items)
            items.append(Item(Box(x, y, right, y + 2 * EM), ItemRole.HEADLINE))
            columns = (x + n * (square + 2 * EM) for n in range(count))
            texts = (Box(c, y + 3 * EM, c + square, y + height) for c in columns)
            items += [Item(b, ItemRole.TEXT, opens=n == 0, runs_on=n < count - 1) for n, b in enumerate(texts)]
            pieces.append(frozenset(range(first, len(items))))
            x = right + 2 * EM
        y += height + 2 * EM
    return MadeUp(tuple(items), tuple(rules), frozenset(pieces))


def tiles_of(items: list[Item], rules: list[Box]) -> list[tuple[int, ...]]:
    return [tile.items for tile in Partition(items, rules).best.tiles]


@patient
@given(st.lists(items, min_size=1, max_size=10), st.lists(boxes(most=700), max_size=4))
def test_tiles_part_the_items(found: list[Item], rules: list[Box]) -> None:
    """However items and rules lie, over each other too, each item is in exactly one tile, and no tile is empty."""
    tiles = tiles_of(found, rules)
    assert sorted(i for tile in tiles for i in tile) == list(range(len(found)))
    assert all(tiles)


def test_a_headline_that_was_taken_takes_the_text_under_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A headline, a word with a byline under it, and a text, each left alone by the cuts, are one piece."""
    found = [
        Item(Box(0, 0, 20 * EM, 2 * EM), ItemRole.HEADLINE),
        Item(Box(0, 3 * EM, 2 * EM, 4 * EM), ItemRole.HEADLINE),
        Item(Box(3 * EM, 3 * EM, 9 * EM, 4 * EM), ItemRole.TEXT, amount=6),
        Item(Box(0, 5 * EM, 12 * EM, 20 * EM), ItemRole.TEXT, amount=120),
    ]
    alone = tuple(Tile(members, 0.0, "") for members in ((0,), (1, 2), (3,)))
    monkeypatch.setattr(Partition, "_best", lambda self, members: Tiling(alone, (), 0.0))
    assert tiles_of(found, []) == [(0, 1, 2, 3)]


@patient
@given(st.lists(items, min_size=1, max_size=10), st.lists(boxes(most=700), max_size=4))
def test_cuts_part_what_they_say(found: list[Item], rules: list[Box]) -> None:
    """The two sides of a cut have no item in common and none is empty: what is shown is what was done."""
    for _, first, second in Partition(found, rules).best.cuts:
        assert first
        assert second
        assert not set(first) & set(second)


@patient
@given(ruled_pages(), st.randoms(use_true_random=False))
def test_ruled_pieces_come_apart(page: MadeUp, chance: Random) -> None:
    """Pieces with a headline each and rules between them are found whole, in whatever order their items were found."""
    order = chance.sample(range(len(page.items)), len(page.items))
    tiles = tiles_of([page.items[i] for i in order], list(page.rules))
    assert {frozenset(order[i] for i in tile) for tile in tiles} == page.pieces


@patient
@given(ruled_pages(), st.integers(-3_000, 3_000), st.integers(-3_000, 3_000))
def test_place_on_the_scan_does_not_matter(page: MadeUp, right: int, down: int) -> None:
    """A page moved as a whole is parted the same."""

    def moved(b: Box) -> Box:
        return Box(b.x0 + right, b.y0 + down, b.x1 + right, b.y1 + down)

    here = tiles_of(list(page.items), list(page.rules))
    items = [Item(moved(i.box), i.role, i.upright, i.opens, i.runs_on) for i in page.items]
    assert tiles_of(items, [moved(r) for r in page.rules]) == here


def column(box: Box, *, runs_on: bool = False) -> Item:
    """A column of body type, a character a square em, that opens with an indent."""
    return Item(box, ItemRole.TEXT, opens=not runs_on, runs_on=runs_on, amount=box.area / EM**2)


def headline(box: Box) -> Item:
    return Item(box, ItemRole.HEADLINE, size=2.0)


def test_a_frame_from_head_to_foot_parts_what_stands_beside_it() -> None:
    """Small headlines that pass for text at one side of an advert are no columns of the article at its other side."""
    left = [column(Box(0, y, 160, y + 200)) for y in (0, 240)]
    advert = Item(Box(200, 0, 500, 440), ItemRole.INSET)
    right = [headline(Box(540, 0, 700, 40)), column(Box(540, 60, 700, 440))]
    tiles = tiles_of([*left, advert, *right], [])
    assert not any({0, 1} & set(t) and {3, 4} & set(t) for t in tiles)
    assert any({3, 4} <= set(t) for t in tiles)


def test_text_goes_round_a_frame_under_its_headline() -> None:
    """A headline over a frame and the columns at both its sides holds them together."""
    columns = [column(Box(0, 80, 160, 480), runs_on=True), column(Box(540, 80, 700, 480), runs_on=True)]
    frame = Item(Box(190, 80, 510, 480), ItemRole.INSET)
    assert any({0, 1, 2} <= set(t) for t in tiles_of([headline(Box(0, 0, 700, 60)), *columns, frame], []))


def test_columns_with_a_headline_each_are_two_pieces() -> None:
    """Without a rule between them; over one of them stands a kicker in the body's type."""
    left = [
        Item(Box(0, 0, 11 * EM, EM), ItemRole.TEXT, amount=11),
        Item(Box(0, 2 * EM, 11 * EM, 3 * EM), ItemRole.MINOR, size=1.2),
        Item(Box(0, 5 * EM, 13 * EM, 40 * EM), ItemRole.TEXT, opens=True, amount=400),
    ]
    right = [
        Item(Box(15 * EM, 0, 27 * EM, 2 * EM), ItemRole.HEADLINE, size=1.7),
        Item(Box(15 * EM, 3 * EM, 28 * EM, 38 * EM), ItemRole.TEXT, opens=True, amount=400),
    ]
    assert sorted(tiles_of([*left, *right], [])) == [(0, 1, 2), (3, 4)]
