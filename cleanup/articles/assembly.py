"""Articles out of blocks: chains of running text, their headlines, bylines and captions; what belongs to none apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import hypot
from typing import Final

from cleanup.articles.blocks import STREAM, TextBlock
from cleanup.articles.frame import Rect
from cleanup.articles.headlines import Start, starts
from cleanup.articles.labels import Label
from cleanup.articles.relations import Relations
from cleanup.articles.successors import Chains, chains

_HEADLESS: Final = -1.0
"""Log-odds that an article begins with a block over which no headline stands."""
_SURE: Final = 4.0
"""Log-odds up to which a headline's word counts against a link."""
_LEAST: Final = -1.5
"""Log-odds from which a headline takes a block that begins a chain, where no likelier one is left."""
_ORPHAN: Final = 2.5
"""Ems of white between a subhead or a scrap and the text that it goes to, at most."""
_CAPTION_REACH: Final = 12.0
"""Ems from a caption, a byline or a headline's part to the article that it goes to."""


@dataclass(slots=True)
class Piece:
    """The blocks of one printed piece by what they are in it; ids of blocks, each in reading order."""

    heads: list[int] = field(default_factory=list)
    stream: list[int] = field(default_factory=list)
    bylines: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    """Captions, tables, adverts, furniture."""

    @property
    def ids(self) -> list[int]:
        return [*self.heads, *self.bylines, *self.stream, *self.others]


@dataclass(frozen=True, slots=True)
class Assembly:
    """The pieces of a page in the order of its regions, and the choices that led to them."""

    pieces: tuple[Piece, ...]
    chains: Chains
    starts: tuple[Start, ...]
    subheads: frozenset[int]
    """Blocks labelled as headlines that turned out to stand inside a running text."""


def assembly(relations: Relations) -> Assembly:
    """The pieces of the page."""
    possible = starts(relations)
    run = chains(relations, _beginnings(relations, possible))
    maker = _Maker(relations, run, possible)
    maker.text()
    maker.headlines()
    maker.orphans()
    maker.bylines()
    maker.rest()
    order = {b.id: n for n, b in enumerate(relations.blocks)}
    pieces = sorted((p for p in maker.pieces if p.ids), key=lambda p: min(order[i] for i in p.ids))
    return Assembly(tuple(pieces), run, tuple(possible), frozenset(maker.subheads))


def _beginnings(relations: Relations, possible: Sequence[Start]) -> dict[int, float]:
    """For each block of running text the log-odds that an article begins with it, by its likeliest headline."""
    best: dict[int, float] = {b.id: _HEADLESS for b in relations.stream}
    spoken: set[int] = set()
    for start in possible:  # the likeliest first; a headline speaks for one block only
        if start.head not in spoken:
            spoken.add(start.head)
            best[start.block] = max(best[start.block], min(_SURE, start.score))
    for b in relations.stream:
        if b.is_dated or b.comes_from_elsewhere:
            best[b.id] = max(best[b.id], 0.0)
    return best


class _Maker:
    """Builds the pieces step by step: the chains first, then what goes to them."""

    def __init__(self, relations: Relations, run: Chains, possible: Sequence[Start]) -> None:
        self._relations, self._chains, self._starts = relations, run, possible
        self.pieces: list[Piece] = []
        self.subheads: set[int] = set()
        self._of: dict[int, Piece] = {}

    def text(self) -> None:
        """A piece for each chain of running text."""
        following, before = self._chains.following(), self._chains.before()
        for b in self._relations.stream:
            if b.id in before:
                continue
            piece, at = Piece(), b.id
            piece.stream.append(at)
            while at in following:
                at = following[at]
                piece.stream.append(at)
            self._add(piece)

    def _add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        for i in piece.ids:
            self._of[i] = piece

    def headlines(self) -> None:
        """Each headline to the piece that it starts; one inside a running text becomes a subhead there."""
        by_head: dict[int, list[Start]] = defaultdict(list)
        for start in self._starts:
            by_head[start.head].append(start)
        before = self._chains.before()
        homeless = []
        for h in self._relations.heads:
            found = by_head.get(h.id, [])
            best = found[0] if found else None
            if best is not None and best.score > 0 and best.block in before and not h.lines[0].crosses:
                self._interrupt(h.id, best.block)
                continue
            first = next((s for s in found if s.block not in before and s.score > _LEAST), None)
            if first is None:
                homeless.append(h)
            else:
                self._of[first.block].heads.append(h.id)
                self._of[h.id] = self._of[first.block]
        self._without_text(homeless)
        for piece in self.pieces:
            piece.heads.sort(key=lambda i: self._place(i))

    def orphans(self) -> None:
        """Subheads that no text was linked to, and scraps of a column, to the text right under or over them."""
        for piece in list(self.pieces):
            blocks = [self._relations.blocks[i] for i in piece.stream]
            alone = not piece.heads and bool(blocks)
            if not alone or not (all(b.label is Label.SUBHEAD for b in blocks) or self._is_scrap(blocks)):
                continue
            where = self._beside_text(blocks[0], piece)
            if where is None:
                continue
            home, at = where
            home.stream[at:at] = piece.stream
            for i in piece.stream:
                self._of[i] = home
            self.pieces.remove(piece)

    def _is_scrap(self, blocks: Sequence[TextBlock]) -> bool:
        """Whether blocks are one line that is shorter than half of its column."""
        only = blocks[0]
        return len(blocks) == 1 and len(only.lines) == 1 and only.rect.width < 0.5 * (only.column[1] - only.column[0])

    def _beside_text(self, block: TextBlock, own: Piece) -> tuple[Piece, int] | None:
        """The piece whose text stands right under or over a block in its column, and the place in its text."""
        relations = self._relations
        under, over = relations.under[block.id], relations.over[block.id]
        found: list[tuple[float, Piece, int]] = []
        for other, behind in ((under, 0), (over, 1)):
            piece = self._of.get(other) if other is not None else None
            if other is None or piece is None or piece is own:
                continue
            upper, lower = (block.id, other) if behind == 0 else (other, block.id)
            gap = relations.blocks[lower].rect.y0 - relations.blocks[upper].rect.y1
            if gap < _ORPHAN and not relations.parted_level(upper, lower):
                found.append((gap, piece, piece.stream.index(other) + behind))
        return min(found, key=lambda f: f[0])[1:] if found else None

    def _interrupt(self, head: int, block: int) -> None:
        """Puts a headline into a running text, before the block that follows it."""
        piece = self._of[block]
        piece.stream.insert(piece.stream.index(block), head)
        self._of[head] = piece
        self.subheads.add(head)

    def _place(self, block: int) -> tuple[float, float]:
        rect = self._relations.blocks[block].rect
        return rect.y0, rect.x0

    def _without_text(self, homeless: Sequence[TextBlock]) -> None:
        """Headlines without a text: with those of their tile or right beside them, else alone."""
        for h in homeless:
            near = [
                p
                for p in self.pieces
                if p.heads and any(self._away(h.id, other) < 2.0 for other in p.heads)
            ]
            if near:
                piece = min(near, key=lambda p: min(self._away(h.id, other) for other in p.heads))
                piece.heads.append(h.id)
                self._of[h.id] = piece
            else:
                self._add(Piece(heads=[h.id]))

    def _away(self, one: int, other: int) -> float:
        return away(self._relations.blocks[one].rect, self._relations.blocks[other].rect)

    def bylines(self) -> None:
        """Each byline to the piece whose beginning or end it stands closest to."""
        texts = [p for p in self.pieces if p.stream]
        for b in (b for b in self._relations.blocks if b.label is Label.BYLINE):
            piece = min(texts, key=lambda p: self._from_ends(b, p), default=None)
            if piece is None or self._from_ends(b, piece) > _CAPTION_REACH:
                self._add(Piece(bylines=[b.id]))
            else:
                piece.bylines.append(b.id)
                self._of[b.id] = piece

    def _from_ends(self, b: TextBlock, piece: Piece) -> float:
        """Ems from a byline to a piece's ends; one over the text, or under its last line, is nearest."""
        blocks = self._relations.blocks
        first, last = blocks[piece.stream[0]], blocks[piece.stream[-1]]
        ends = [away(b.rect, first.rect) + (b.rect.y0 > first.rect.y0), away(b.rect, last.rect) + 0.5]
        ends += [away(b.rect, blocks[i].rect) + 0.5 for i in piece.heads]
        ends += [away(b.rect, blocks[i].rect) + 2.0 for i in piece.stream]
        same = any(blocks[i].article == b.article is not None for i in piece.ids)
        ruled = self._relations.upright_rule_between(b.rect, first.rect)
        return min(ends) - 2.0 * same + 2.0 * ruled

    def rest(self) -> None:
        """Captions to the piece of their tile, or to the nearest; tables, adverts and furniture for themselves."""
        by_tile = self._tiles()
        apart: dict[object, Piece] = {}
        for b in self._relations.blocks:
            if b.id in self._of:
                continue
            if b.label is Label.CAPTION:
                self._caption(b, by_tile)
            else:
                key: object = b.label if b.label is Label.FURNITURE else (b.label, b.article, b.frame)
                if key not in apart:
                    apart[key] = Piece()
                    self.pieces.append(apart[key])
                apart[key].others.append(b.id)
                self._of[b.id] = apart[key]

    def _tiles(self) -> dict[int, Piece]:
        """For each of layout's tiles the piece that holds most of its text."""
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        for n, piece in enumerate(self.pieces):
            for i in piece.ids:
                block = self._relations.blocks[i]
                if block.article is not None:
                    votes[block.article][n] += len(block.text)
        return {tile: self.pieces[count.most_common(1)[0][0]] for tile, count in votes.items()}

    def _caption(self, b: TextBlock, by_tile: dict[int, Piece]) -> None:
        piece = by_tile.get(b.article) if b.article is not None else None
        if piece is None:
            near = [p for p in self.pieces if p.stream or p.heads]
            piece = min(near, key=lambda p: min(self._away(b.id, i) for i in p.ids), default=None)
            if piece is not None and min(self._away(b.id, i) for i in piece.ids) > _CAPTION_REACH:
                piece = None
        if piece is None:
            self._add(Piece(others=[b.id]))
        else:
            piece.others.append(b.id)
            self._of[b.id] = piece


def away(a: Rect, b: Rect) -> float:
    """Ems of white between two rectangles; 0 where they touch."""
    return hypot(max(0.0, -a.overlap_x(b)), max(0.0, -a.overlap_y(b)))


def is_running(blocks: Iterable[TextBlock]) -> bool:
    """Whether any of the blocks is running text."""
    return any(b.label in STREAM for b in blocks)
