"""Articles out of blocks: chains of running text, their headlines, bylines and captions; what belongs to none apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cleanup.articles.blocks import TextBlock
from cleanup.articles.captions import CaptionedPage, PrintedStory
from cleanup.articles.cues import BOLD
from cleanup.articles.headlines import Start, starts, words_of
from cleanup.articles.labels import Label
from cleanup.articles.relations import Relations, away
from cleanup.articles.successors import Chains, chains
from cleanup.forms.byline import is_label_long, is_names, may_be_byline, may_name_writers, opens_report
from cleanup.forms.jump_marker import is_from_marker
from cleanup.language.characters import is_hanzi

_APART: Final = frozenset({Label.ADVERT, Label.TABLE, Label.FURNITURE, Label.TEASER})
"""Labels of text that is of no article."""


@dataclass(frozen=True, slots=True)
class AssemblyParams:
    """Bounds by which blocks become articles; lengths in ems, sizes relative to the body's."""

    least: float = -1.5
    """Log-odds from which a headline takes a block that begins a chain, where no likelier one is left."""
    large: float = 2.2
    """Size, relative to the body's, from which display type is no subhead."""
    part: float = 4.0
    """Ems of white between two parts of one headline, at most."""
    sure_part: float = 2.0
    """Log-odds from which a headline is of a text that has one already, however far the two are apart."""
    display: float = 1.25
    """Size, relative to the body's, from which type that stands over a text without a headline is its headline."""
    under: float = 4.0
    """Ems of white between such a headline and its text, at most."""
    gutter: float = 3.5
    """Ems of white between two columns of one article, at most."""
    as_wide: float = 1.15
    """Ratio of the widths of two columns of one article, at most."""
    none: float = 100.0
    """Where a headline that may start nothing comes in the order of the others."""
    few: int = 60
    """Characters of a text without a headline that goes to the advert or table that it stands in."""
    orphan: float = 2.5
    """Ems of white between a subhead or a scrap and the text that it goes to, at most."""
    byline_reach: float = 12.0
    """Ems from a byline to the article that it goes to, at most."""
    unnamed_reach: float = 2.0
    """The same where its words name nobody that is known for a writer."""
    caption_lines: int = 8
    """Lines of a caption at most."""
    sign: int = 6
    """Characters of a sign or a poster in a picture that passes for display type, at most."""
    label_size: float = 0.8
    """Type size of a column's label in that of the headline under it, below; a larger one is no kicker."""
    over_text: float = 0.5
    """Share of the narrower one's width that a headline lies over the text it heads, at least."""
    heading: float = 1.3
    """Width of a heading within a text, as a share of its column's, at most."""
    scrap: float = 0.5
    """Width of a line, as a share of its column's, below which it is a scrap."""
    lapped: float = 0.5
    """Ems by which what stands over a headline may reach into its height."""
    near: float = 2.0
    """Ems between two headlines without a text that are one, at most."""


P: Final = AssemblyParams()


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
    labels: Mapping[int, Label]
    """The label of each block, put right where its surroundings say otherwise."""


def assembly(relations: Relations) -> Assembly:
    """The pieces of the page."""
    possible = starts(relations)
    return assembled(relations, chains(relations, words_of(possible)), possible)


def assembled(
    relations: Relations, run: Chains, possible: Sequence[Start], signed: Mapping[int, int] | None = None
) -> Assembly:
    """The pieces of the page, the chains of its text and the beginnings of its headlines given.

    `signed` tells for blocks that are signatures the block of the text that each ends.
    """
    maker = _Maker(relations, run, possible)
    maker.text()
    maker.headlines()
    maker.from_markers()
    maker.orphans()
    maker.strays()
    maker.captions()
    maker.arms()
    maker.columns_beside_headlines()
    maker.column_labels()
    maker.framed_labels()
    maker.bylines(signed or {})
    maker.rest()
    order = {b.id: n for n, b in enumerate(relations.blocks)}
    pieces = sorted((p for p in maker.pieces if p.ids), key=lambda p: min(order[i] for i in p.ids))
    return Assembly(tuple(pieces), run, tuple(possible), maker.labels)


class _Maker:
    """Builds the pieces step by step: the chains first, then what goes to them."""

    def __init__(self, relations: Relations, run: Chains, possible: Sequence[Start]) -> None:
        self._relations, self._chains, self._starts = relations, run, possible
        self.pieces: list[Piece] = []
        self._of: dict[int, Piece] = {}
        self._label = {b.id: b.label for b in relations.blocks}

    @property
    def labels(self) -> Mapping[int, Label]:
        """The label of each block as it stands now."""
        return self._label

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
        """Each headline to the piece that it starts, the surest first; one inside a running text is a subhead there."""
        best: dict[int, list[Start]] = defaultdict(list)
        for start in self._starts:
            best[start.head].append(start)
        before = self._chains.before()
        homeless = []
        for h in sorted(self._relations.heads, key=lambda h: (-best[h.id][0].score if best[h.id] else P.none, h.id)):
            found = best[h.id]
            if found and found[0].score > 0 and found[0].block in before and self._may_interrupt(h, found[0].block):
                self._interrupt(h.id, found[0].block)
                continue
            first = self._start_of(h, [s for s in found if s.block not in before])
            if first is None:
                homeless.append(h)
            else:
                self._of[first.block].heads.append(h.id)
                self._of[h.id] = self._of[first.block]
        self._without_text([h for h in homeless if not self._heads_what_is_under(h)])
        for piece in self.pieces:
            piece.heads.sort(key=self._place)

    def _start_of(self, h: TextBlock, free: Sequence[Start]) -> Start | None:
        """The likeliest place where a headline may start a text that has room for it."""
        likely = (s for s in free if s.score > P.least)
        return next((s for s in likely if self._fits(h, self._of[s.block], s.score)), None)

    def _heads_what_is_under(self, h: TextBlock) -> bool:
        """Gives a headline that no text is sure of to a text without one that begins right under or beside it,
        or that is round it.
        """
        if h.lines[0].crosses or h.size < P.display:
            return False
        found = list(self._texts_under(h))
        others = [] if found else self._texts_around(h) or self._texts_beside(h)
        if not found and len(others) != 1:
            return False
        home = min(found, key=lambda f: f[:2])[2] if found else others[0]
        home.heads.append(h.id)
        self._of[h.id] = home
        return True

    def _texts_under(self, h: TextBlock) -> Iterator[tuple[float, float, Piece]]:
        """The texts without a headline right under one, each with the white between and its left edge, in ems."""
        for piece in self.pieces:
            first = self._relations.blocks[piece.stream[0]] if piece.stream and not piece.heads else None
            if first is None or first.frame != h.frame or self._relations.level_rule_between(h.rect, first.rect):
                continue
            gap, shared = first.rect.y0 - h.rect.y1, first.rect.overlap_x(h.rect)
            if -P.orphan < gap < P.under and shared > P.over_text * min(first.rect.width, h.rect.width):
                yield gap, first.rect.x0, piece

    def _texts_around(self, h: TextBlock) -> list[Piece]:
        """The texts without a headline that touch a headline set into them, in a frame or a gap of their columns."""
        return [
            p
            for p in self.pieces
            if not p.heads and self._characters(p) > P.few and sum(self._away(h.id, i) < P.under for i in p.stream) > 1
        ]

    def _characters(self, piece: Piece) -> int:
        """How many characters of running text a piece holds."""
        return sum(len(self._relations.blocks[i].text) for i in piece.stream)

    def _texts_beside(self, h: TextBlock) -> list[Piece]:
        """The texts without a headline that begin level with a headline, right beside it, with no rule between.

        A headline may stand on a panel of its own.
        """
        blocks = self._relations.blocks
        alone = h.frame is not None and not any(b.frame == h.frame for b in self._relations.stream)
        frames = (h.frame, None) if alone else (h.frame,)
        out = []
        for piece in self.pieces:
            if not piece.stream or piece.heads or self._characters(piece) < P.few:
                continue
            first = blocks[piece.stream[0]]
            gap = max(first.rect.x0 - h.rect.x1, h.rect.x0 - first.rect.x1)
            level = h.rect.y0 - P.gutter < first.rect.y0 < h.rect.y1
            ruled = self._relations.upright_rule_between(h.rect, first.rect)
            if first.frame in frames and -P.orphan < gap < P.under and level and not ruled:
                out.append(piece)
        return out

    def _may_interrupt(self, h: TextBlock, block: int) -> bool:
        """Whether a headline stands right over a block, and is small enough for a subhead of its column."""
        column, gap = self._relations.blocks[block].column, self._relations.blocks[block].rect.y0 - h.rect.y1
        return (
            gap < P.orphan
            and not h.lines[0].crosses
            and h.size < P.large
            and h.rect.width < P.heading * (column[1] - column[0])
        )

    def _fits(self, h: TextBlock, piece: Piece, score: float) -> bool:
        """Whether a headline may be one more part of a piece's: it is near another part, or sure of its text."""
        parts = [self._relations.blocks[i] for i in piece.heads]
        if _is_sign_beside(h, parts):
            return False
        if not parts or score > P.sure_part or (score > 0 and all(h.size > p.size for p in parts)):
            return True
        return any(self._away(h.id, p.id) < P.part and p.lines[0].crosses == h.lines[0].crosses for p in parts)

    def from_markers(self) -> None:
        """（上接…） over a headline to the text of that headline, at its beginning."""
        for piece in list(self.pieces):
            blocks = [self._relations.blocks[i] for i in piece.stream]
            if piece.heads or len(blocks) != 1 or not is_from_marker(blocks[0].text):
                continue
            home = self._headed_under(blocks[0], piece)
            if home is not None:
                home.stream[:0] = piece.stream
                self._of.update(dict.fromkeys(piece.stream, home))
                self.pieces.remove(piece)

    def _headed_under(self, marker: TextBlock, own: Piece) -> Piece | None:
        """The text whose headline stands right under a marker, or beside it."""
        near = [
            (away(marker.rect, head.rect), piece)
            for piece in self.pieces
            if piece is not own and piece.stream
            for head in (self._relations.blocks[i] for i in piece.heads)
            if head.rect.y1 > marker.rect.y0 and away(marker.rect, head.rect) < P.under
        ]
        return min(near, key=lambda n: n[0])[1] if near else None

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

    def strays(self) -> None:
        """Short texts without a headline inside an advert, a table or a page's head: no articles, but of those."""
        for piece in list(self.pieces):
            blocks = [self._relations.blocks[i] for i in piece.stream]
            if not blocks or piece.heads or piece.bylines or sum(len(b.text) for b in blocks) > P.few:
                continue
            label = self._label_around(blocks)
            if label is not None:
                self.pieces.remove(piece)
                for b in blocks:
                    del self._of[b.id]
                    self._label[b.id] = label

    def captions(self) -> None:
        """Short texts without a headline right under or over a picture: captions."""
        for piece in list(self.pieces):
            blocks = [self._relations.blocks[i] for i in piece.stream]
            heads = any(not self._is_on_picture(self._relations.blocks[i]) for i in piece.heads)
            if not blocks or heads or piece.bylines or blocks[0].is_dated or blocks[0].comes_from_elsewhere:
                continue
            short = sum(len(b.lines) for b in blocks) <= P.caption_lines
            if short and any(self._relations.at_picture(b) for b in (blocks[0], blocks[-1])):
                self.pieces.remove(piece)
                for i in piece.ids:
                    del self._of[i]
                    self._label[i] = Label.CAPTION

    def _is_on_picture(self, b: TextBlock) -> bool:
        """Whether it is a few characters in the middle of a picture: letters of what the picture shows."""
        return len(b.text) <= P.sign and any(p.holds(b.rect) for p in self._relations.frame.pictures)

    def arms(self) -> None:
        """Texts without a headline to the only article with one in their tile, where layout's order puts them."""
        for piece in list(self.pieces):
            blocks = [self._relations.blocks[i] for i in piece.stream]
            if not blocks or piece.heads or blocks[0].is_dated or blocks[0].comes_from_elsewhere:
                continue
            home = self._headed_in_tile(blocks[0])
            if home is None or home is piece:
                continue
            at = max((n + 1 for n, i in enumerate(home.stream) if i < piece.stream[0]), default=0)
            self._join(piece, home, at)

    def columns_beside_headlines(self) -> None:
        """Texts without a headline to the article whose headline begins right of them, level with their first line.

        Such a text fills the first column, and the headline stands over the others alone.
        """
        for piece in list(self.pieces):
            blocks = [self._relations.blocks[i] for i in piece.stream]
            if not blocks or piece.heads or blocks[0].is_dated or blocks[0].comes_from_elsewhere:
                continue
            home = next((p for p in self.pieces if p.heads and p.stream and self._is_first_column_of(blocks, p)), None)
            if home is None:
                continue
            self._join(piece, home, 0)

    def column_labels(self) -> None:
        """Texts without a headline right under a column's label: the label is their headline, as over a few briefs."""
        blocks = self._relations.blocks
        for h in (b for b in blocks if self._label[b.id] is Label.COLUMN and b.id not in self._of):
            for piece in self.pieces:
                if piece.heads or not piece.stream or self._characters(piece) < P.few:
                    continue
                first = blocks[piece.stream[0]]
                gap, shared = first.rect.y0 - h.rect.y1, first.column_rect.overlap_x(h.rect)
                if -P.orphan < gap < P.under and shared > P.over_text * h.rect.width and first.frame == h.frame:
                    self._head_with(piece, h)
                    break

    def framed_labels(self) -> None:
        """A column's label over the only article of a frame is of its headline: a comment in its box."""
        blocks = self._relations.blocks
        for h in (b for b in blocks if self._label[b.id] is Label.COLUMN and b.id not in self._of):
            held = [p for p in self.pieces if any(blocks[i].frame == h.frame for i in p.stream)]
            if h.frame is not None and len(held) == 1 and self._is_kicker_of(h, [blocks[i] for i in held[0].heads]):
                self._head_with(held[0], h)

    def _is_kicker_of(self, label: TextBlock, heads: Sequence[TextBlock]) -> bool:
        """Whether a label stands right over a headline in its frame, in type that is clearly smaller."""
        first = min(heads, key=lambda b: b.rect.y0, default=label)
        near = first.frame == label.frame and 0 < first.rect.y0 - label.rect.y1 < P.under
        return near and label.size < P.label_size * max(b.size for b in heads)

    def _head_with(self, piece: Piece, label: TextBlock) -> None:
        """Puts a column's label into the headline of an article."""
        piece.heads.insert(0, label.id)
        self._of[label.id] = piece
        self._label[label.id] = Label.HEAD

    def _join(self, piece: Piece, home: Piece, at: int) -> None:
        """Puts the text of a piece without a headline, and its bylines, into another one, at a place in its text."""
        home.stream[at:at] = piece.stream
        home.bylines += piece.bylines
        for i in piece.ids:
            self._of[i] = home
        self.pieces.remove(piece)

    def _is_first_column_of(self, blocks: Sequence[TextBlock], home: Piece) -> bool:
        """Whether some blocks are a column as wide as an article's first one, on its left and beside its headline."""
        first, last = blocks[0], blocks[-1]
        second = self._relations.blocks[home.stream[0]]
        heads = [self._relations.blocks[i] for i in home.heads]
        if any(h.lines[0].crosses for h in heads) or first.frame != second.frame or second.rect.y0 < first.rect.y0:
            return False
        wide, other = first.column[1] - first.column[0], second.column[1] - second.column[0]
        beside = 0 < second.rect.x0 - last.rect.x1 < P.gutter and max(wide, other) < P.as_wide * min(wide, other)
        level = min(h.rect.y0 for h in heads) - P.gutter < first.rect.y0 < max(h.rect.y1 for h in heads) + P.gutter
        clear = min(h.rect.x0 for h in heads) > first.column[1]
        return beside and level and clear and not self._relations.upright_rule_between(first.rect, second.rect)

    def _headed_in_tile(self, block: TextBlock) -> Piece | None:
        """The article with a headline that has text in the block's tile, where there is one alone."""
        if block.article is None:
            return None
        found = [
            p
            for p in self.pieces
            if p.heads
            and any(
                self._relations.blocks[i].article == block.article and self._relations.blocks[i].frame == block.frame
                for i in p.stream
            )
        ]
        return found[0] if len(found) == 1 else None

    def _label_around(self, blocks: Sequence[TextBlock]) -> Label | None:
        """The label of most of the other text in the frame or the tile of some blocks, where that is no article's."""
        first, own = blocks[0], {b.id for b in blocks}
        amount: Counter[Label] = Counter()
        for b in self._relations.blocks:
            same_frame = first.frame is not None and b.frame == first.frame
            same_tile = first.article is not None and b.article == first.article and b.frame == first.frame
            if b.id not in own and (same_frame or same_tile):
                amount[b.label] += len(b.text)
        if not amount:
            return None
        label, most = amount.most_common(1)[0]
        return label if label in _APART and most > sum(len(b.text) for b in blocks) else None

    def _is_scrap(self, blocks: Sequence[TextBlock]) -> bool:
        """Whether blocks are one line that is shorter than half of its column."""
        only = blocks[0]
        return (
            len(blocks) == 1 and len(only.lines) == 1 and only.rect.width < P.scrap * (only.column[1] - only.column[0])
        )

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
            if gap < P.orphan and not relations.parted_level(upper, lower):
                found.append((gap, piece, piece.stream.index(other) + behind))
        return min(found, key=lambda f: f[0])[1:] if found else None

    def _interrupt(self, head: int, block: int) -> None:
        """Puts a headline into a running text, before the block that follows it."""
        piece = self._of[block]
        piece.stream.insert(piece.stream.index(block), head)
        self._of[head] = piece
        self._label[head] = Label.SUBHEAD

    def _place(self, block: int) -> tuple[float, float]:
        rect = self._relations.blocks[block].rect
        return rect.y0, rect.x0

    def _without_text(self, homeless: Sequence[TextBlock]) -> None:
        """Headlines without a text: with those right beside them, else alone.

        One at a picture, in another tile than the headline beside it, is the picture's own.
        """
        for h in homeless:
            near = [p for p in self.pieces if p.heads and self._may_be_one_headline(h, p)]
            if near:
                piece = min(near, key=lambda p: min(self._away(h.id, other) for other in p.heads))
                piece.heads.append(h.id)
                self._of[h.id] = piece
            else:
                self._add(Piece(heads=[h.id]))

    def _may_be_one_headline(self, h: TextBlock, piece: Piece) -> bool:
        """Whether a headline stands beside those of a piece, and neither is a picture's in another tile."""
        parts = [self._relations.blocks[i] for i in piece.heads]
        if all(self._away(h.id, b.id) >= P.near for b in parts) or _is_sign_beside(h, parts):
            return False
        heads = [h, *parts]
        same = any(self._relations.blocks[i].article == h.article for i in piece.ids)
        return same or not any(self._relations.at_picture(b) for b in heads)

    def _away(self, one: int, other: int) -> float:
        return away(self._relations.blocks[one].rect, self._relations.blocks[other].rect)

    def bylines(self, signed: Mapping[int, int]) -> None:
        """Each byline to the piece that it signs, or whose beginning or end it stands closest to."""
        for b in (b for b in self._relations.blocks if b.label is Label.BYLINE):
            piece = self._of[signed[b.id]] if b.id in signed else self._beside(b)
            if piece is None:
                self._add(Piece(bylines=[b.id]))
            else:
                piece.bylines.append(b.id)
                self._of[b.id] = piece
        for piece in self.pieces:
            self._others_among_bylines(piece)

    def _others_among_bylines(self, piece: Piece) -> None:
        """Moves what passed for a byline of a headed text, and is none, to where it belongs.

        A deck names nobody and goes to the headline; what opens a report goes to the text, and so does a heading within
        it, in bold type over one of its columns. A label is as short as a name, stands over the headline, and is not
        alone: another byline names the writers.
        """
        heads = [self._relations.blocks[i] for i in piece.heads]
        if not heads:
            return
        self._opening_of_text(piece)
        decks = _decks_and_labels(self._bylines(piece), min(h.rect.y0 for h in heads))
        near = [b for b in decks if any(away(b.rect, h.rect) < P.part for h in heads)]
        self._move(piece, near, Label.HEAD)
        piece.heads[:] = sorted([*piece.heads, *(b.id for b in near)], key=self._place)
        self._headings_among(piece, [b for b in decks if b not in near])

    def _opening_of_text(self, piece: Piece) -> None:
        """Puts what opens a report before the text that it stands over or beside."""
        if piece.stream:
            first = self._relations.blocks[piece.stream[0]].rect
            opening = [b for b in self._bylines(piece) if opens_report(b.text) and b.rect.y0 < first.y1]
            self._move(piece, opening, Label.BODY)
            piece.stream[:0] = [b.id for b in opening]

    def _bylines(self, piece: Piece) -> list[TextBlock]:
        return [self._relations.blocks[i] for i in piece.bylines]

    def _headings_among(self, piece: Piece, blocks: Sequence[TextBlock]) -> None:
        """Puts each block in bold type that stands right over text of the piece before it, as its subhead."""
        for b in (b for b in blocks if b.weight > BOLD):
            under = (
                (away(b.rect, self._relations.blocks[i].rect), at)
                for at, i in enumerate(piece.stream)
                if self._relations.blocks[i].rect.y0 > b.rect.centre[1]
                and self._relations.blocks[i].rect.overlap_x(b.rect) > P.over_text * b.rect.width
            )
            gap, at = min(under, default=(P.orphan, 0))
            if gap < P.orphan:
                self._move(piece, [b], Label.SUBHEAD)
                piece.stream.insert(at, b.id)

    def _move(self, piece: Piece, blocks: Sequence[TextBlock], label: Label) -> None:
        """Takes blocks out of the bylines of a piece, and labels them anew."""
        for b in blocks:
            piece.bylines.remove(b.id)
            self._label[b.id] = label

    def _beside(self, b: TextBlock) -> Piece | None:
        """The piece with text whose beginning or end a byline stands closest to; None where it is too far from all."""
        texts = [p for p in self.pieces if p.stream]
        piece = min(texts, key=lambda p: self._from_ends(b, p), default=None)
        reach = P.byline_reach if may_be_byline(b.text) or is_names(b.text) else P.unnamed_reach
        return piece if piece is not None and self._from_ends(b, piece) <= reach else None

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
        """Captions to the story of their picture; tables, adverts and furniture for themselves."""
        free = [b for b in self._relations.blocks if b.id not in self._of]
        self._captions([b for b in free if self._label[b.id] is Label.CAPTION])
        apart: dict[object, Piece] = {}
        for b in free:
            label = self._label[b.id]
            if label is Label.CAPTION:
                continue
            key: object = label if label is Label.FURNITURE else (label, b.article, b.frame)
            if key not in apart:
                apart[key] = Piece()
                self.pieces.append(apart[key])
            apart[key].others.append(b.id)
            self._of[b.id] = apart[key]

    def _captions(self, captions: Sequence[TextBlock]) -> None:
        """Captions to the story that their picture goes with; those of a picture that stands for itself apart."""
        homes = [p for p in self.pieces if p.heads or p.stream]
        stories = [PrintedStory(tuple(p.heads), tuple(p.stream)) for p in homes]
        page = CaptionedPage(self._relations, stories, captions)
        for one in page.illustrations:
            at = page.home(one)
            if at is None:
                self._add(Piece(others=list(one.captions)))
                continue
            homes[at].others += one.captions
            self._of.update(dict.fromkeys(one.captions, homes[at]))


def _decks_and_labels(blocks: Sequence[TextBlock], top: float) -> list[TextBlock]:
    """What passed for bylines of a headline that begins at `top`, and names nobody, or is a label over it."""
    signing = [b for b in blocks if may_name_writers(b.text)]
    labels = [b for b in signing if b.rect.y1 < top + P.lapped and is_label_long(b.text)]
    sure = signing if len(labels) == len(signing) else [b for b in signing if b not in labels]
    return [b for b in blocks if b not in sure]


def _is_sign_beside(h: TextBlock, parts: Sequence[TextBlock]) -> bool:
    """Whether a block is letters or figures alone, larger than a headline in hanzi: a picture shows them."""
    return not any(map(is_hanzi, h.text)) and any(h.size > p.size and any(map(is_hanzi, p.text)) for p in parts)
