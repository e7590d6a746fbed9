"""Which blocks make one printed piece: the page is cut into tiles, and the likeliest set of cuts is taken.

Newspaper pages are made up of rectangles: each article fills one, under or beside its headline, and rules or white
part it from its neighbours. A page is therefore cut straight through, again and again, until every tile holds one
piece. All cuts that cross nothing are tried (a dynamic programme over the sets that cuts can leave; the idea of
guillotine partitions goes back to the X-Y cuts of Nagy and Seth, 1984). How likely it is that a cut parts pieces, and
that a tile is one piece, is weighed from all the evidence at once by models fitted on typeset pages (samples.pieces);
a price is the negative logarithm of that likelihood, so the cheapest tiling is the likeliest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from typing import Final

import numpy as np

from layout.blocks.hand_costs import Prior
from layout.blocks.partition_features import Evidence, Item, ItemRole, Members, Way
from layout.boosted_trees import Trees
from layout.geometry import Box
from layout.params import EM


@dataclass(frozen=True, slots=True)
class TileCut:
    """A cut between two tiles, its price, and the evidence for it in words."""

    way: Way
    price: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Tile:
    """The items of one printed piece, as places in the sequence that was given, and what speaks against it."""

    items: Members
    price: float
    doubts: str


@dataclass(frozen=True, slots=True)
class Tiling:
    """Tiles in reading order, and the cuts between them with the items on either side."""

    tiles: tuple[Tile, ...]
    cuts: tuple[tuple[TileCut, Members, Members], ...]
    price: float


BUDGET: Final = 1500
"""Sets of items after which only the likeliest cut of each further one is followed; a page needs some 300."""

TRIED: Final = 6
"""Cuts tried for each set of items, the likeliest."""

SURE: Final = 0.02
"""The price under which a cut, or a tile, is settled, and nothing else is tried."""

PRIOR: Final = 0.5
"""Weight of the hand-set prices relative to the learned ones; typeset pages want less, real ones more."""

TYPICAL: Final = 800.0
"""Characters of a piece up to which a tile's price is its likelihood's alone."""


CHEAPER: Final = 1e-9
"""Price by which a tiling must beat the best one so far: less is rounding."""


@dataclass(frozen=True, slots=True)
class JoinParams:
    """Bounds by which tiles are joined that no straight cut can leave as one; lengths in em of the body type."""

    subtitle: float = 40.0
    """Characters in body type that may stand between a headline and its text, at most."""
    badge: float = 3.5
    """Length of display type in its height, at most, where it is a word and may name no article."""
    badge_size: float = 0.7
    """Height of such a word in that of the headline beside it, at most."""
    under: float = 2.0
    """White below a headline within which its text begins; under a masthead there is more."""
    hair: float = 0.35
    """Length by which boxes may overlap a cut, at most."""
    kicker: float = 0.5
    """Share of a kicker's width that its headline covers, at least."""
    arm: float = 3.0
    """White between the two columns at an article's corner, at most."""
    arm_level: float = 0.5
    """Height that they share, as a share of the shorter, at least."""


JOIN: Final = JoinParams()


@cache
def _models() -> tuple[Trees, Trees]:
    """What is fitted on tiles, and on cuts."""
    with as_file(files("layout") / "pieces.npz") as path:
        return Trees.load(path, "tile"), Trees.load(path, "cut")


class Partition:
    """The likeliest tiling of a set of items; prices are memoized by set."""

    def __init__(self, items: Sequence[Item], rules: Sequence[Box]) -> None:
        self.items = tuple(items)
        self._edges = np.array([i.box.corners[0] + i.box.corners[2] for i in items], dtype=np.int64).reshape(-1, 4)
        self.evidence = Evidence(items, rules)
        self._prior = Prior(items, rules)
        self.known: dict[Members, Tiling] = {}

    @cached_property
    def best(self) -> Tiling:
        """The likeliest tiling, its headless tiles joined to the articles that they go on or begin."""
        return self._with_arms(self._with_text(self._with_kickers(self._best(tuple(range(len(self.items)))))))

    def _with_kickers(self, tiling: Tiling) -> Tiling:
        """A small line that was left alone goes to the headline right under it."""
        tiles = list(tiling.tiles)
        for lone in [t for t in tiles if len(t.items) == 1 and self._roles(t) == {ItemRole.MINOR}]:
            under = [t for t in tiles if t is not lone and self._is_headed_under(self.items[lone.items[0]].box, t)]
            if under:
                nearest = min(under, key=self._top)
                tiles[tiles.index(nearest)] = Tile(lone.items + nearest.items, nearest.price, "a kicker over it")
                tiles.remove(lone)
        return Tiling(tuple(tiles), tiling.cuts, tiling.price)

    def _is_headed_under(self, kicker: Box, tile: Tile) -> bool:
        heads = [
            self.items[i] for i in tile.items if self.items[i].role is ItemRole.HEADLINE and not self.items[i].upright
        ]
        over = [h.box for h in heads if h.box.overlap_x(kicker) > JOIN.kicker * kicker.width]
        close = [b for b in over if -EM < b.y0 - kicker.y1 < JOIN.under * EM]
        return any(b.y0 < self._top(tile) + EM and not self._prior.level_rule_between(kicker, b) for b in close)

    def _with_text(self, tiling: Tiling) -> Tiling:
        """A headline that was left alone takes the headless tile that begins right under it.

        Where that tile is a headline with a line of text, left alone too, the two are asked again as one.
        """
        tiles = list(tiling.tiles)
        waiting = [t for t in tiles if self._is_bare(t)]
        while waiting:
            bare = waiting.pop(0)
            under = [t for t in tiles if self._begins_under(bare, t)] if bare in tiles else []
            if not under:
                continue
            nearest = min(under, key=self._top)
            made = Tile(bare.items + nearest.items, nearest.price, "a headline over it")
            tiles[tiles.index(nearest)] = made
            tiles.remove(bare)
            if self._is_bare(made):
                waiting.append(made)
        return Tiling(tuple(tiles), tiling.cuts, tiling.price)

    def _is_bare(self, tile: Tile) -> bool:
        """Headlines with no more text than a subtitle or a byline; an advert has more than one such block."""
        texts = self._prior.texts(tile.items)
        few = len(texts) <= 1 and sum(t.amount for t in texts) < JOIN.subtitle
        return few and ItemRole.HEADLINE in self._roles(tile) <= {ItemRole.HEADLINE, ItemRole.MINOR, ItemRole.TEXT}

    def _roles(self, tile: Tile) -> set[ItemRole]:
        return {self.items[i].role for i in tile.items}

    def _top(self, tile: Tile) -> int:
        return min(self.items[i].box.y0 for i in tile.items)

    def _begins_under(self, bare: Tile, tile: Tile) -> bool:
        texts = self._prior.texts(tile.items)
        if tile is bare or not texts or not all(self._is_badge(i, bare) for i in tile.items):
            return False
        low = max(self.items[i].box.y1 for i in bare.items)
        over = any(self.items[i].box.overlap_x(t.box) > EM for i in bare.items for t in texts)
        return over and -EM < self._top(tile) - low < JOIN.under * EM

    def _is_badge(self, item: int, bare: Tile) -> bool:
        """Whether what could be a headline is a word beside that one: 独眼 over a column of the paper's own."""
        if self.items[item].role is not ItemRole.HEADLINE:
            return True
        box = self.items[item].box
        largest = max(min(self.items[i].box.width, self.items[i].box.height) for i in bare.items)
        small, large = sorted((box.width, box.height))
        return large < JOIN.badge * small and small < JOIN.badge_size * largest

    def _with_arms(self, tiling: Tiling) -> Tiling:
        """An article may turn a corner, which no straight cut can follow: 夜班护士 beside and below its neighbour.

        A tile without a headline, whose first line is not indented, goes on the article whose last column ends full
        beside it, with no rule between.
        """
        tiles = list(tiling.tiles)
        for arm in [t for t in tiles if self._is_arm(t)]:
            body = next((t for t in tiles if t is not arm and self._turns_into(t, arm)), None)
            if body is not None:
                at = tiles.index(body)
                tiles[at] = Tile(body.items + arm.items, body.price, "its text turns a corner")
                tiles.remove(arm)
        return Tiling(tuple(tiles), tiling.cuts, tiling.price)

    def _is_arm(self, tile: Tile) -> bool:
        roles = {self.items[i].role for i in tile.items}
        texts = self._prior.texts(tile.items)
        if not texts or ItemRole.HEADLINE in roles or ItemRole.MINOR in roles:
            return False
        return not min(texts, key=lambda t: (t.box.x0, t.box.y0)).opens

    def _turns_into(self, tile: Tile, arm: Tile) -> bool:
        texts, others = self._prior.texts(tile.items), self._prior.texts(arm.items)
        if not texts or not any(self.items[i].role is ItemRole.HEADLINE for i in tile.items):
            return False
        last = max(texts, key=lambda t: (round(t.box.x1 / (3 * EM)), t.box.y1))
        first = min(others, key=lambda t: (t.box.x0, t.box.y0))
        gap = first.box.x0 - last.box.x1
        level = last.box.overlap_y(first.box) > JOIN.arm_level * min(last.box.height, first.box.height)
        return last.runs_on and level and 0 < gap < JOIN.arm * EM and not self._prior.rule_between(last.box, first.box)

    def _best(self, members: Members) -> Tiling:
        if members not in self.known:
            self.known[members] = self._cheapest(members)
        return self.known[members]

    def _cheapest(self, members: Members) -> Tiling:
        tile = self._tile(members)
        best = Tiling((tile,), (), tile.price)
        if tile.price <= SURE or len(members) <= 1:
            return best
        for cut, first, second in self._worth_trying(members):
            if cut.price >= best.price:
                break
            one = self._best(first)
            if cut.price + one.price >= best.price:
                continue
            two = self._best(second)
            price = cut.price + one.price + two.price
            if price < best.price - CHEAPER:
                best = Tiling(one.tiles + two.tiles, ((cut, first, second), *one.cuts, *two.cuts), price)
        return best

    def _worth_trying(self, members: Members) -> list[tuple[TileCut, Members, Members]]:
        """Cuts in the order of their price; one that is sure settles it, and so does the budget once it is spent."""
        found = self.priced(self.straight(members))
        return found[:1] if not found or found[0][0].price <= SURE or len(self.known) >= BUDGET else found

    def priced(self, ways: Sequence[tuple[Members, Members, Way]]) -> list[tuple[TileCut, Members, Members]]:
        """The cheapest of the cuts, in the order of their price."""
        if not ways:
            return []
        prices = _prices(_models()[1], [self.evidence.cut(*w) for w in ways])
        found = []
        for (first, second, way), learned in zip(ways, prices, strict=True):
            known, words = self._prior.cut(first, second, way)
            found.append((TileCut(way, learned + PRIOR * known, words), first, second))
        return sorted(found, key=lambda c: c[0].price)[:TRIED]

    def _tile(self, members: Members) -> Tile:
        """The members as one piece; what goes wrong with a mixed tile grows with the text in it."""
        learned = _prices(_models()[0], [self.evidence.tile(members)])[0]
        known, doubts = self._prior.tile(members)
        amount = sum(t.amount for t in self._prior.texts(members))
        return Tile(members, learned * max(1.0, amount / TYPICAL) ** 0.5 + PRIOR * known, doubts)

    def straight(self, members: Members) -> list[tuple[Members, Members, Way]]:
        """The cuts straight through that cross none of the members (by more than a hair)."""
        out = []
        for axis, way in ((0, Way.UPRIGHT), (1, Way.LEVEL)):
            order = sorted(members, key=lambda i, a=axis: (self._edges[i, a], self._edges[i, a + 2]))  # type: ignore[misc]
            reach = self._edges[order[0], axis + 2]
            for n, i in enumerate(order[1:], start=1):
                if self._edges[i, axis] > reach - JOIN.hair * EM:
                    out.append((tuple(sorted(order[:n])), tuple(sorted(order[n:])), way))
                reach = max(reach, self._edges[i, axis + 2])
        return out


def _prices(model: Trees, rows: Sequence[Sequence[float]]) -> list[float]:
    """The negative logarithm of each row's likelihood."""
    return [float(p) for p in np.logaddexp(0.0, -model.log_odds(np.array(rows)))]
