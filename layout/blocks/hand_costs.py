"""What a compositor knows of newspaper pages, as prices: rules, white, headlines and running text, weighed by hand.

The models of `layout.blocks.partition` have seen typeset pages; these prices hold on pages that look like none of
those, and say in words what speaks for a cut and against a tile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layout.blocks.partition_features import Item, ItemRole, Members, Way, covered
from layout.geometry import Box
from layout.params import EM


@dataclass(frozen=True, slots=True)
class CutPrices:
    """Prices of cuts, and the bounds on which they depend; lengths in em of the body type.

    The unit of all prices is the price of a tile without any headline. No cut earns anything: what a rule says for a
    cut is in the price of the tile that it would cross.
    """

    ruled: float = 0.05
    """Price of a cut along a printed rule."""
    whole_rule: float = 0.85
    """Share of the cut that a rule covers, from which on nothing else is asked."""
    rule_near: float = 0.6
    """Distance of a rule from the cut, at most."""
    plain: float = 0.3
    """Price of a cut without a rule."""
    gutter: tuple[float, float, float] = (0.6, 0.2, -0.2)
    """Price added to an upright cut: through a gutter, through wider white, through a hole."""
    gutter_width: float = 2.2
    """Width of a gutter, at most."""
    hole: float = 6.0
    """White between two columns that no column of one article leaves empty."""
    white: tuple[float, float, float] = (0.9, 0.3, 0.0)
    """Price added to a level cut: through the white of lines, of paragraphs, through more."""
    white_height: tuple[float, float] = (0.9, 1.6)
    """Height of the white between lines, and between paragraphs, at most."""
    headed: float = 0.5
    """Price taken off a cut that a headline follows."""
    topmost: float = 1.5
    """Distance from the top of a part within which something heads it."""
    runs_on: float = 0.8
    """Price added to a cut where the text of one side goes on in the other."""
    ended: float = 0.3
    """Price taken off a cut where a paragraph ends and another begins."""
    most: float = 2.4
    """Price added for all columns that face each other, at most."""
    facing: float = 0.4
    """Height that two columns share that face each other, as a share of the shorter, at least."""
    facing_height: float = 3.0
    """Height of the second one, at least."""
    between: float = 0.6
    """Share of the length that two boxes share along which a rule parts them, at least."""
    down: float = 0.5
    """Weight of what the text says at a level cut: paragraphs end within an article too."""


@dataclass(frozen=True, slots=True)
class TilePrices:
    """Prices of what speaks against a tile, and their bounds; lengths in em of the body type."""

    second_headline: float = 3.0
    """Price of each headline after the first."""
    no_headline: float = 1.0
    """Price of text without any headline: the unit."""
    only_minor: float = 0.2
    """Price of a minor headline in place of one."""
    more_minor: float = 0.3
    """Price of each further one there."""
    no_text: float = 1.0
    """Price of a headline without text."""
    least_text: float = 2.5
    """Height of text under a headline, at least."""
    minor: tuple[float, float] = (0.25, 1.5)
    """Price of a minor headline under a headline, and of one that begins something."""
    parted: float = 1.5
    """White above a minor headline from which on it begins a piece of its own."""
    name: float = 4.5
    """Characters of a writer's name, at most."""
    hole: float = 1.2
    """Price of a hole between columns."""
    rule_across: float = 1.5
    """Price of a rule through the whole tile."""
    rule_share: float = 0.08
    """Share of the tile that a rule crosses, at least."""
    kicker: float = 24.0
    """Characters in body type that may stand above a headline, at most; a column of its own has more below it."""
    own_heads: float = 3.0
    """Price of columns of which each stands under a headline of its own."""
    frame: float = 3.0
    """Price of a frame that nothing of the tile stands above or below: it is a wall with two rules; text that flows
    round a frame does stand there."""
    block: float = 2.0
    """Height of text that is asked for its place, at least; a subtitle or a byline is lower."""
    above: tuple[float, float] = (1.2, 2.4)
    """Price of each text above the headline, and of all, at most."""
    higher: tuple[float, float] = (0.4, 1.2)
    """Price of each text beside the headline that begins higher, and of all, at most."""
    higher_by: float = 3.0
    """Height by which such a text begins higher, at least."""
    beyond: tuple[float, float] = (0.8, 2.4)
    """Price of each text that is not beside an upright headline, and of all, at most."""
    off_centre: float = 0.8
    """Price of a headline as far off as its tile is wide."""
    told: float = 0.05
    """Price from which on a doubt is told in words."""


CUTS, TILES = CutPrices(), TilePrices()


class Prior:
    """The prices of cuts and tiles among a set of items."""

    def __init__(self, items: Sequence[Item], rules: Sequence[Box]) -> None:
        self._items, self._rules = tuple(items), tuple(rules)

    def _hull(self, members: Sequence[int]) -> Box:
        return Box.hull(self._items[i].box for i in members)

    def cut(self, first: Members, second: Members, way: Way) -> tuple[float, str]:
        """The price of a straight cut between the two sides, and the evidence for it in words."""
        vertical = way is Way.UPRIGHT
        one, two = self._hull(first), self._hull(second)
        whole = one | two
        lo, hi = (one.x1, two.x0) if vertical else (one.y1, two.y0)
        ruled = self._ruled(whole, lo, hi, vertical=vertical)
        gap = (hi - lo) / EM
        words = [f"rule along {ruled:.0%}", f"gap {gap:.1f} em"]
        flow = self._across(first, second) if vertical else CUTS.down * self._flow_down(first, second)
        if ruled > CUTS.whole_rule:
            return CUTS.ruled, ", ".join(words)
        if flow:
            words.append("the text runs on" if flow > 0 else "a paragraph ends and one begins")
        plain = CUTS.plain + (self._gutter(gap) if vertical else self._white(gap, second, words))
        price = max(CUTS.ruled, ruled * CUTS.ruled + (1 - ruled) * plain + flow)
        return price, ", ".join(words)

    def _gutter(self, gap: float) -> float:
        return CUTS.gutter[(gap >= CUTS.gutter_width) + (gap >= CUTS.hole)]

    def _white(self, gap: float, second: Members, words: list[str]) -> float:
        """What the white above a horizontal cut says; a headline at the head of the lower part speaks for it."""
        headed = any(self._items[i].role in (ItemRole.HEADLINE, ItemRole.MINOR) for i in self._topmost(second))
        if headed:
            words.append("a headline follows")
        white = CUTS.white[sum(gap >= bound for bound in CUTS.white_height)]
        return white - (CUTS.headed if headed else 0.0)

    def _ruled(self, whole: Box, lo: float, hi: float, *, vertical: bool) -> float:
        """The share of the cut's length that a printed rule covers."""
        slack = CUTS.rule_near * EM
        pieces = []
        for r in self._rules:
            if vertical and r.height > r.width and lo - slack <= (r.x0 + r.x1) / 2 <= hi + slack:
                pieces.append((max(r.y0, whole.y0), min(r.y1, whole.y1)))
            elif not vertical and r.width >= r.height and lo - slack <= (r.y0 + r.y1) / 2 <= hi + slack:
                pieces.append((max(r.x0, whole.x0), min(r.x1, whole.x1)))
        length = whole.height if vertical else whole.width
        return min(1.0, covered(pieces) / max(1, length))

    def _topmost(self, members: Members) -> list[int]:
        top = min(self._items[i].box.y0 for i in members)
        return [i for i in members if self._items[i].box.y0 < top + CUTS.topmost * EM]

    def texts(self, members: Members) -> list[Item]:
        """The members that are text."""
        return [self._items[i] for i in members if self._items[i].role is ItemRole.TEXT]

    def _across(self, first: Members, second: Members) -> float:
        """What the columns that face each other over an upright cut say, each pair for itself.

        Where the foot of a column is full and the next column's head is not indented the text runs on; where a
        paragraph ends and the next begins it may have ended. A rule between two columns silences them.
        """
        total = 0.0
        for a in self.texts(first):
            for b in self.texts(second):
                shared = a.box.overlap_y(b.box) > CUTS.facing * min(a.box.height, b.box.height)
                facing = shared and b.box.height > CUTS.facing_height * EM
                if facing and b.box.x0 - a.box.x1 < CUTS.hole * EM and not self.rule_between(a.box, b.box):
                    total += _continuity(a, b)
        return max(-CUTS.ended, min(CUTS.most, total))

    def rule_between(self, a: Box, b: Box) -> bool:
        """Whether an upright rule parts two boxes side by side, along most of the height that they share."""
        y0, y1 = max(a.y0, b.y0), min(a.y1, b.y1)
        upright = (r for r in self._rules if r.height > r.width and a.x1 - EM < r.x0 and r.x1 < b.x0 + EM)
        return any(min(r.y1, y1) - max(r.y0, y0) > CUTS.between * (y1 - y0) for r in upright)

    def level_rule_between(self, a: Box, b: Box) -> bool:
        """Whether a level rule parts two boxes one above the other, along most of the width that they share."""
        x0, x1 = max(a.x0, b.x0), min(a.x1, b.x1)
        level = (r for r in self._rules if r.width >= r.height and a.y1 - EM < r.y0 and r.y1 < b.y0 + EM)
        return any(min(r.x1, x1) - max(r.x0, x0) > CUTS.between * (x1 - x0) for r in level)

    def _flow_down(self, first: Members, second: Members) -> float:
        """The same for the texts that meet at a level cut."""
        upper, lower = self.texts(first), self.texts(second)
        if not upper or not lower:
            return 0.0
        a = max(upper, key=lambda t: t.box.y1)
        b = min(lower, key=lambda t: t.box.y0)
        return _continuity(a, b) if a.box.overlap_x(b.box) > 0 else 0.0

    # -- the tiles ---------------------------------------------------------------------------------------------------

    def tile(self, members: Members) -> tuple[float, str]:
        """The price of taking the members for one piece, and what speaks against it in words."""
        items = [self._items[i] for i in members]
        heads, minors, texts = (
            [i for i in items if i.role is role] for role in (ItemRole.HEADLINE, ItemRole.MINOR, ItemRole.TEXT)
        )
        minor, topping = len(minors), sum(self._tops(i, items) for i in minors)
        hull = self._hull(members)
        doubts = list(_by_number(len(heads), minor, topping, has_text=bool(texts)))
        if heads and sum(t.box.height for t in texts) < TILES.least_text * EM:
            doubts.append((TILES.no_text, "a headline without text"))
        if heads:
            doubts.append((TILES.minor[0] * (minor - topping) + TILES.minor[1] * topping, "minor headlines"))
            doubts += self._misplaced(heads[0], texts, hull)
        doubts.append((self._crossed(members, hull), "a rule runs through it"))
        hole = self._widest_gap(texts) > CUTS.hole * EM
        doubts.append((TILES.hole if hole else 0.0, "white between its columns"))
        doubts.append((TILES.frame * self._frames_between(items), "a frame between its columns"))
        doubts.append((TILES.own_heads * self._headed_apart(items), "each column under a headline of its own"))
        real = [(p, w) for p, w in doubts if p > TILES.told]
        return sum(p for p, _ in doubts), ", ".join(f"{w} ({p:.1f})" for p, w in real)

    def _misplaced(self, head: Item, texts: list[Item], hull: Box) -> list[tuple[float, str]]:
        """What speaks against a headline's place in its tile: text above it, text that begins higher, off centre."""
        box = head.box
        if head.upright:
            beyond = [t for t in texts if t.box.overlap_y(box) <= 0 and t.box.height > TILES.block * EM]
            return [(min(TILES.beyond[1], TILES.beyond[0] * len(beyond)), "text not beside the upright headline")]
        texts = [t for t in texts if t.box.height > TILES.block * EM]
        above = [t for t in texts if t.box.y1 < box.y0 + EM and t.box.overlap_x(box) > EM]
        higher = [t for t in texts if t.box.y0 < box.y0 - TILES.higher_by * EM and t not in above]
        out = [
            (min(TILES.above[1], TILES.above[0] * len(above)), "text above the headline"),
            (min(TILES.higher[1], TILES.higher[0] * len(higher)), "text begins higher"),
        ]
        if not above:
            off = min(abs(box.centre[0] - hull.centre[0]), abs(box.x0 - hull.x0), abs(box.x1 - hull.x1))
            out.append((TILES.off_centre * off / max(1, hull.width), "headline off centre"))
        return out

    def _tops(self, minor: Item, items: Sequence[Item]) -> bool:
        """Whether it begins something: nothing stands above it in its tile, or wide white parts it from the text there.

        A subhead comes down a column with little white about it, or under its article's headline; a writer's name may
        stand at the head of one.
        """
        if minor.amount < TILES.name:
            return False
        over = [i for i in items if i.box.centre[1] < minor.box.centre[1] and i.box.overlap_x(minor.box) > 0]
        nearest = max(over, key=lambda i: i.box.y1, default=None)
        if nearest is None:
            return True
        return nearest.role is ItemRole.TEXT and minor.box.y0 - nearest.box.y1 > TILES.parted * EM

    def _widest_gap(self, texts: list[Item]) -> int:
        """The widest upright band without text between two texts."""
        end, widest = None, 0
        for t in sorted(texts, key=lambda t: t.box.x0):
            if end is not None:
                widest = max(widest, t.box.x0 - end)
            end = t.box.x1 if end is None else max(end, t.box.x1)
        return widest

    def _frames_between(self, items: Sequence[Item]) -> int:
        """Frames that part the tile from head to foot: text on both sides, and nothing of it above or below them."""
        others = [i for i in items if i.role is not ItemRole.INSET]
        alone = [f.box for f in items if f.role is ItemRole.INSET and all(f.box.overlap_x(o.box) <= 0 for o in others)]
        texts = [o.box for o in others if o.role is ItemRole.TEXT]
        return sum(any(t.x1 <= f.x0 for t in texts) and any(t.x0 >= f.x1 for t in texts) for f in alone)

    def _headed_apart(self, items: Sequence[Item]) -> bool:
        """Whether side by side stand two columns or more, and a headline no wider than itself at the head of each."""
        heads = [i for i in items if i.role in (ItemRole.HEADLINE, ItemRole.MINOR) and not i.upright]
        columns = _columns_of([i for i in items if i.role is ItemRole.TEXT])
        if len(columns) <= 1 or len(heads) < len(columns):
            return False
        spans = [self._span(c) for c in columns]
        return all(any(self._heads(h, c, spans) for h in heads) for c in columns)

    def _heads(self, head: Item, column: Sequence[Item], spans: Sequence[Box]) -> bool:
        """Whether the headline stands over that column alone, with no more above it than a kicker."""
        alone = sum(head.box.overlap_x(s) > EM for s in spans) == 1
        above = sum(t.amount for t in column if t.box.centre[1] < head.box.centre[1])
        below = sum(t.amount for t in column if t.box.centre[1] > head.box.centre[1])
        return alone and head.box.overlap_x(self._span(column)) > EM and above < TILES.kicker and below > TILES.kicker

    def _span(self, column: Sequence[Item]) -> Box:
        return Box.hull(t.box for t in column)

    def _crossed(self, members: Members, hull: Box) -> float:
        """The price of rules that run through the tile, by the share of its height or width that they take."""
        total = 0.0
        for r in self._rules:
            vertical = r.height > r.width
            if vertical and hull.x0 + EM < r.x0 and r.x1 < hull.x1 - EM:
                share = (min(r.y1, hull.y1) - max(r.y0, hull.y0)) / max(1, hull.height)
            elif not vertical and hull.y0 + EM < r.y0 and r.y1 < hull.y1 - EM:
                share = (min(r.x1, hull.x1) - max(r.x0, hull.x0)) / max(1, hull.width)
            else:
                continue
            total += TILES.rule_across * share if share > TILES.rule_share else 0.0
        return min(total, 2 * TILES.second_headline)


def _continuity(a: Item, b: Item) -> float:
    if a.runs_on and not b.opens:
        return CUTS.runs_on
    return -CUTS.ended if b.opens and not a.runs_on else 0.0


def _by_number(heads: int, minor: int, topping: int, *, has_text: bool) -> Iterator[tuple[float, str]]:
    """What the numbers of headlines, and of minor ones, of a piece speak against it; some of these top its columns."""
    if heads > 1:
        yield TILES.second_headline * (heads - 1), f"{heads} headlines"
    elif not heads and has_text and minor:
        more = TILES.more_minor * (minor - 1) + max(0, topping - 1)
        yield TILES.only_minor + more, "only minor headlines"
    elif not heads and has_text:
        yield TILES.no_headline, "no headline"


def _columns_of(texts: Sequence[Item]) -> list[list[Item]]:
    """Texts gathered into columns from left to right."""
    columns: list[list[Item]] = []
    for t in sorted(texts, key=lambda t: t.box.x0):
        own = next((c for c in columns if any(t.box.overlap_x(o.box) > 0 for o in c)), None)
        columns.append([t]) if own is None else own.append(t)
    return columns
