"""What was found on the picture becomes the regions of a Page, in reading order and grouped into pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from layout.blocks.blocks import LineBlock
from layout.blocks.headlines import is_strong
from layout.blocks.order import reading_order
from layout.blocks.partition import Partition, Tiling
from layout.blocks.partition_features import Item, ItemRole, Way
from layout.geometry import Box, Polygon, Projection
from layout.lines.detected_line import DetectedLine
from layout.page import Direction, JoinReason, Line, Page, Region, RegionKind
from layout.params import EM


@dataclass(frozen=True, slots=True)
class CaptionParams:
    """Bounds of a caption; lengths in em of the body type where nothing else is said."""

    most_lines: int = 4
    """Lines of a caption in one block, at most."""
    parted_lines: int = 3
    """Lines of a caption that is told by what stands about it, not by its type, at most."""
    under: tuple[float, float] = (0.5, 1.3)
    """Distance of a caption from the picture over it: by how much it may reach into it, and its white, at most."""
    over: float = 0.8
    """White between a caption and the picture under it, at most."""
    wider: float = 1.0
    """Length by which a caption reaches beyond its picture's sides, at most."""
    within: float = 0.8
    """Share of a block that lies in a picture from which on it is a caption."""
    width: float = 0.8
    """Share of a block's width that the picture over it covers, at least."""
    pitch: float = 0.6
    """White between two blocks of one caption, at most."""
    smaller: float = 0.9
    """Size of a caption in that of the text that follows it in its block, at most."""
    small: float = 0.94
    """Size of a caption in the body's, at most, where its type tells it."""
    large: float = 1.05
    """Size in the body's above which no block is a caption."""
    follows: tuple[float, float] = (1.0, 3.0)
    """Distance of the text that follows below: by how much it may overlap, and its white, at most."""
    narrower: float = 0.8
    """Width of a column below in that of the caption over it, at most: the caption runs over several."""
    inset: float = 1.0
    """Indent of the column below against the caption, at least."""
    shared: float = 0.5
    """Share of a block's width over which another is of its column, at least."""
    aligned: float = 0.3
    """Distance between the left sides of a caption and its picture, at most, where that alone tells it."""
    column: float = 0.5
    """Distance between the left sides of two blocks of one column, at most."""
    short: float = 1.5
    """White at the end of a paragraph's last line, at least."""
    indent: float = 0.7
    """Indent of a paragraph's first line, at least."""


@dataclass(frozen=True, slots=True)
class SubheadParams:
    """Bounds of a subhead within a block, and of a kicker over a headline; lengths in em of the body type."""

    bold: float = 1.15
    """Strokes of a bold line in the body's, at least; within a page's body type they vary by a twentieth."""
    bold_few: float = 1.4
    """The same of a line of few characters: strokes that close up in two dense glyphs come to a third more."""
    few: float = 4.0
    """Characters of such a line, at most."""
    shortest: float = 2.4
    """Characters of a bold line, at least."""
    usual: float = 25.0
    """Percentile of a block's strokes that is usual in it: white type and a bolder face have strokes of their own."""
    most_lines: int = 3
    """Lines of a subhead, at most."""
    full: float = 0.93
    """Length of a subhead's lines in the column's width, at most: they do not fill it."""
    indent: float = 0.7
    """Indent of a dateline in bold (本报讯), at least, and white at its end, at most."""
    kicker: float = 2.0
    """White between a kicker and its headline, at most."""
    kicker_overlap: float = 0.5
    """Height by which their boxes overlap, at most."""
    kicker_length: float = 2.5
    """Length of a kicker, at least."""
    kicker_within: float = 0.8
    """Share of a kicker's length that stands over the headline, at least."""


@dataclass(frozen=True, slots=True)
class RegionParams:
    """Bounds by which regions are made of blocks; lengths in em of the body type where nothing else is said."""

    scrap: tuple[float, float] = (2.2, 0.4)
    """Width and height of a mark or a speck, at most, that stands in the way of no cut."""
    indent: float = 1.1
    """Indent of a block's first line from which on a paragraph begins there."""
    full: float = 1.3
    """White at the end of a block's last line, at most, where its sentence may go on elsewhere."""
    own_lines: int = 4
    """Lines of a block from which on its width is its column's."""
    column_shared: float = 0.7
    """Share of a short block's width over which another is of its column, at least."""
    column_near: float = 12.0
    """Distance between two blocks of one column, at most."""
    column_wider: float = 1.6
    """Width of the column in that of the short block, or in that of `column_least`, at most."""
    column_least: float = 8.0
    """Width of a column, at least."""
    inside: float = 0.8
    """Share of a box's width and of its height that lies in another, at least, where it is inside."""
    side: float = 0.6
    """Distance of a rule from a frame's side, at most, where it is that side."""
    side_rest: float = 2.0
    """Length of what is left of such a rule beyond the frame, at least."""
    advert: tuple[float, float] = (60.0, 12.0)
    """Characters of text of a framed advert, at most: in all, and for each character of display type."""


@dataclass(frozen=True, slots=True)
class MastheadParams:
    """Bounds of the newspaper's own name."""

    text: float = 40.0
    """Characters of text beside it, at most."""
    longest: float = 10.0
    """Characters of the name, with the wide space between them; a headline over the whole page has more."""
    counted: float = 0.5
    """Size of type that is counted among them, in the page's largest, at least."""
    largest: float = 0.8
    """Size of the name in the page's largest type, at least."""
    least: float = 2.5
    """The same in the body's size; the headline of a picture alone may be smaller."""
    top: float = 0.1
    """Share of the page's height, from the first line, within which the name stands."""


CAPTION, SUBHEAD, REGION, MASTHEAD = CaptionParams(), SubheadParams(), RegionParams(), MastheadParams()


@dataclass(frozen=True, slots=True)
class Printed:
    """Blocks and marks in pixels of the analysed picture; `body` and `stroke` are the body type's
    size and the width of its strokes there."""

    text: tuple[LineBlock, ...]
    headlines: tuple[LineBlock, ...]
    head: tuple[DetectedLine, ...]
    pictures: tuple[Box, ...]
    rules: tuple[Box, ...]
    frames: tuple[Box, ...]
    tables: tuple[Box, ...]
    body: float
    stroke: float
    uncovered: float
    lost: tuple[Box, ...] = ()
    lying: bool = False
    """Whether the picture is that of a vertical page, which lies: its columns are registers."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One future region: a block, a picture, or a frame with its own tiling inside."""

    box: Box
    kind: RegionKind
    lines: tuple[DetectedLine, ...] = ()
    frame: int | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """The parts of one printed piece in reading order; `advert` where display type is nearly all there is."""

    parts: tuple[_Part, ...]
    frame: int | None = None


def laid_out(page: Page, printed: Printed, to_scan: Projection, scale: float) -> Page:
    """The page with regions; `scale` is the analysed picture's against the sheet."""
    return _Maker(page, printed, to_scan, scale).page()


class _Maker:
    """Holds what every step needs; each step is a method that returns a value."""

    def __init__(self, page: Page, printed: Printed, to_scan: Projection, scale: float) -> None:
        self._page, self._p, self._to_scan, self._scale = page, printed, to_scan, scale
        self._decisions: list[tuple[_Part, _Part, bool, float, str]] = []

    def page(self) -> Page:
        text = [*self._headlines(), *self._texts()]
        tables = self._tables(text)
        held = {n.id for t in tables for n in t.lines}
        text = [p for p in text if not any(n.id in held for n in p.lines)]
        parts = [*text, *tables, *(_Part(b, RegionKind.PICTURE) for b in self._p.pictures)]
        frames = self._nested()
        pieces = self._pieces(parts, None, frames)
        return self._written(pieces)

    # -- parts -------------------------------------------------------------------------------------------------------

    def _headlines(self) -> list[_Part]:
        kind = {True: RegionKind.HEADLINE, False: RegionKind.SUBHEAD}
        return [_Part(g.box, kind[is_strong(g, self._p.body)], g.lines) for g in self._p.headlines]

    def _texts(self) -> list[_Part]:
        """Text blocks, parted at their bold lines; captions told by the picture that they stand at."""
        blocks = [part for b in self._p.text for part in self._without_caption(b)]
        parts = [_Part(b.box, self._text_kind(b), b.lines) for b in blocks]
        return [p for part in self._with_whole_captions(parts) for p in self._by_weight(part)]

    def _with_whole_captions(self, parts: Sequence[_Part]) -> list[_Part]:
        """The parts; what goes on right under a caption, under the same picture, is of it too."""
        out = sorted(parts, key=lambda p: p.box.y0)
        captions = [p for p in out if p.kind is RegionKind.CAPTION]
        for at, part in enumerate(out):
            if part.kind is RegionKind.BODY and any(self._goes_on_in(part, c) for c in captions):
                out[at] = replace(part, kind=RegionKind.CAPTION)
                captions.append(out[at])
        return out

    def _goes_on_in(self, part: _Part, caption: _Part) -> bool:
        """Whether up to three lines are the next ones of a caption, by its pitch and by the picture over both."""
        box = part.box
        close = caption.box.y0 < box.y0 and box.y0 - caption.box.y1 < CAPTION.pitch * EM
        if len(part.lines) > CAPTION.parted_lines or not close:
            return False
        over = (p for p in self._p.pictures if caption.box.overlap_x(p) > CAPTION.width * caption.box.width)
        return any(_is_under(caption.box, p) and _is_between_sides(box, p) for p in over)

    def _without_caption(self, block: LineBlock) -> list[LineBlock]:
        """The block, parted after lines of smaller type at its top that stand under a picture."""
        above = [p for p in self._p.pictures if _is_under(block.box, p)]
        if not any(p.overlap_x(block.box) > CAPTION.width * block.box.width for p in above):
            return [block]
        for n in range(CAPTION.parted_lines, 0, -1):
            small, rest = block.lines[:n], block.lines[n:]
            if len(rest) < CAPTION.parted_lines:
                continue
            if max(x.size for x in small) < CAPTION.smaller * float(np.median([x.size for x in rest])):
                return [replace(block, lines=small), replace(block, lines=rest)]
        return [block]

    def _tables(self, text: Sequence[_Part]) -> list[_Part]:
        """Each table as one part, its cells read row by row."""
        out = []
        for t in self._p.tables:
            cells = [n for p in text if _inside(p.box, t) for n in p.lines]
            if cells:
                rows = sorted(cells, key=lambda n: (round(n.box.centre[1] / EM), n.box.x0))
                out.append(_Part(t, RegionKind.TABLE, tuple(rows)))
        return out

    def _text_kind(self, block: LineBlock) -> RegionKind:
        box = block.box
        if len(block.lines) > CAPTION.most_lines:
            return RegionKind.BODY
        if any(box.within(p) > CAPTION.within for p in self._p.pictures):
            return RegionKind.CAPTION
        if block.size > CAPTION.large * self._p.body:
            return RegionKind.BODY
        for p in self._p.pictures:
            at = (_is_under(box, p) or _is_over(box, p)) and _is_between_sides(box, p)
            small = block.size < CAPTION.small * self._p.body
            if at and (small or self._is_apart(block) or self._is_of(block, p)):
                return RegionKind.CAPTION
        return RegionKind.BODY

    def _is_apart(self, block: LineBlock) -> bool:
        """Whether the block differs from the text that follows below: a break in it, or more columns than one."""
        box = block.box
        if len(block.lines) > CAPTION.parted_lines:
            return False
        below = (b for b in self._p.text if b.box.overlap_x(box) > EM and _follows(b.box, box) and b is not block)
        return any(
            b.box.width < CAPTION.narrower * box.width or b.lines[0].box.x0 > b.box.x0 + CAPTION.inset * EM
            for b in below
        )

    def _is_of(self, block: LineBlock, picture: Box) -> bool:
        """Whether lines that end a column are of the picture over them, and of no column that it interrupts.

        Such a column is aligned with them; and where its paragraph had ended, the next one is set in.
        """
        box = block.box
        others = [b for b in self._p.text if b is not block and b.box.overlap_x(box) > CAPTION.shared * box.width]
        ends = len(block.lines) <= CAPTION.parted_lines and not any(_follows(b.box, box) for b in others)
        aligned = abs(box.x0 - picture.x0) <= CAPTION.aligned * EM
        if not ends or box.y0 < picture.y1 - CAPTION.under[0] * EM or not aligned:
            return False
        above = max((b for b in others if b.box.y1 < picture.y0 + EM), key=lambda b: b.box.y1, default=None)
        if above is None or abs(above.box.x0 - box.x0) > CAPTION.column * EM or above.box.x1 < box.x1 - EM:
            return True
        ended = above.lines[-1].box.x1 < above.box.x1 - CAPTION.short * EM
        return ended and block.lines[0].box.x0 < above.box.x0 + CAPTION.indent * EM

    # -- frames ------------------------------------------------------------------------------------------------------

    def _nested(self) -> dict[int, int | None]:
        """For each frame the smallest frame around it."""
        out: dict[int, int | None] = {}
        for i, f in enumerate(self._p.frames):
            around = [j for j, o in enumerate(self._p.frames) if j != i and o.area > f.area and _inside(f, o)]
            out[i] = min(around, key=lambda j: self._p.frames[j].area, default=None)
        return out

    def _scraps_apart(
        self, parts: Sequence[_Part], within: Mapping[int, Sequence[_Part]]
    ) -> tuple[list[_Part], list[_Part]]:
        """The scraps among the parts that are in no frame inside, and the others."""
        own = [p for p in parts if not any(p in ps for ps in within.values())]
        small = [p for p in own if self._is_scrap(p)]
        return small, [p for p in own if p not in small]

    def _pieces(self, parts: Sequence[_Part], frame: int | None, nested: dict[int, int | None]) -> list[_Piece]:
        """The pieces among the parts, in reading order; each frame inside is done by itself and put in its place."""
        within = self._held(_frames_in(frame, nested), parts)
        small, whole = self._scraps_apart(parts, within)
        whole += [_Part(self._p.frames[i], RegionKind.FRAME, frame=i) for i in within]
        if not whole:
            return [_Piece(tuple(small), frame)] if small else []
        together = _Piece(tuple(self._ordered(parts)), frame)
        if not within and _is_advert(together):
            return [together]
        tiling = Partition([self._item(p) for p in whole], self._free_rules()).best
        self._explain(tiling, whole)
        out: list[_Piece] = []
        for tile in self._with_scraps(tiling, whole, small):
            texts = [p for p in tile if p.kind is not RegionKind.FRAME]
            if texts:
                out.append(_Piece(tuple(self._ordered(texts)), frame))
            for inner in (p.frame for p in tile if p.frame is not None):
                out += self._pieces(within[inner], inner, nested)
        return out

    def _held(self, frames: Sequence[int], parts: Sequence[_Part]) -> dict[int, list[_Part]]:
        """The parts in each of the frames that holds any text; each part in one, frames that cross notwithstanding."""
        out: dict[int, list[_Part]] = {}
        left = list(parts)
        for i in frames:
            inside = [p for p in left if _inside(p.box, self._p.frames[i])]
            if any(p.lines for p in inside):
                out[i] = inside
                left = [p for p in left if p not in inside]
        return out

    def _free_rules(self) -> list[Box]:
        """Rules, or the parts of them, that are no side of a frame."""
        pieces = list(self._p.rules)
        for f in self._p.frames:
            pieces = [q for r in pieces for q in _without_side(r, f)]
        return pieces

    def _is_scrap(self, part: _Part) -> bool:
        """A mark or a speck of noise, too small to stand in the way of a cut."""
        if len(part.lines) != 1 or part.kind is RegionKind.HEADLINE:
            return False
        box = part.box
        small = box.width < REGION.scrap[0] * EM or box.height < REGION.scrap[1] * EM
        return small or any(_inside(box, p) for p in self._p.pictures)

    def _with_scraps(self, tiling: Tiling, whole: Sequence[_Part], small: Sequence[_Part]) -> list[list[_Part]]:
        """The tiles' parts, each scrap put to the nearest part."""
        tiles = [[whole[i] for i in t.items] for t in tiling.tiles]
        for scrap in small:
            nearest = min(
                tiles,
                key=lambda t: (
                    min(_distance(scrap.box, p.box) for p in t if p.kind is not RegionKind.FRAME)
                    if any(p.kind is not RegionKind.FRAME for p in t)
                    else 1e9
                ),
            )
            nearest.append(scrap)
        return tiles

    # -- items for the partition -------------------------------------------------------------------------------------

    def _item(self, p: _Part) -> Item:
        role = {
            RegionKind.HEADLINE: ItemRole.HEADLINE,
            RegionKind.SUBHEAD: ItemRole.MINOR,
            RegionKind.PICTURE: ItemRole.PICTURE,
            RegionKind.FRAME: ItemRole.INSET,
            RegionKind.CAPTION: ItemRole.PICTURE,
        }.get(p.kind, ItemRole.TEXT)
        upright = bool(p.lines) and p.lines[0].direction is Direction.VERTICAL_RL
        size = max((n.size for n in p.lines), default=0.0) / max(1.0, self._p.body)
        amount = sum(n.length / max(1.0, n.size) for n in p.lines)
        if role is not ItemRole.TEXT:
            return Item(p.box, role, upright, size=size, amount=amount)
        if p.kind is RegionKind.TABLE:
            return Item(p.box, role, upright, opens=True, amount=amount)
        column = self._column(p)
        first, last = p.lines[0].box, p.lines[-1].box
        opens, runs_on = first.x0 > column.x0 + REGION.indent * EM, last.x1 > column.x1 - REGION.full * EM
        return Item(p.box, role, upright, opens, runs_on, size, amount)

    def _column(self, p: _Part) -> Box:
        """The column that the block stands in: its own width, or that of a longer block above or below it."""
        if len(p.lines) >= REGION.own_lines:
            return p.box
        over = (b for b in self._p.text if b.box.overlap_x(p.box) > REGION.column_shared * p.box.width)
        same = [b for b in over if _distance(b.box, p.box) < REGION.column_near * EM]
        longest = max(same, key=lambda b: len(b.lines), default=None)
        widest = REGION.column_wider * max(p.box.width, REGION.column_least * EM)
        return longest.box if longest and longest.box.width < widest else p.box

    # -- order -------------------------------------------------------------------------------------------------------

    def _ordered(self, parts: Sequence[_Part]) -> list[_Part]:
        """Headlines first, then the text down its columns, then pictures with their captions."""
        heads = sorted((p for p in parts if p.kind is RegionKind.HEADLINE), key=lambda p: (p.box.y0, p.box.x0))
        heads = [*(p for p in parts if self._is_kicker(p, heads)), *heads] if heads else self._promoted(parts)
        texts = [p for p in parts if p.kind in (RegionKind.BODY, RegionKind.SUBHEAD) and all(p is not h for h in heads)]
        rest = sorted(
            (p for p in parts if p.kind in (RegionKind.PICTURE, RegionKind.CAPTION, RegionKind.TABLE)),
            key=lambda p: (p.box.y0, p.box.x0),
        )
        order = reading_order([t.box for t in texts], ragged=self._p.lying)
        return [*(replace(h, kind=RegionKind.HEADLINE) for h in heads), *(texts[i] for i in order), *rest]

    def _opens_paragraph(self, line: DetectedLine, part: _Part) -> bool:
        """Whether the line is set in at its beginning alone: a dateline in bold (本报讯), and no subhead."""
        return part.box.x1 - line.box.x1 < SUBHEAD.indent * EM < line.box.x0 - part.box.x0

    def _is_kicker(self, part: _Part, heads: Sequence[_Part]) -> bool:
        """A line of small type right over the headline of its piece."""
        head, box = heads[0].box, part.box
        small = part.kind in (RegionKind.BODY, RegionKind.SUBHEAD) and len(part.lines) == 1
        close = -SUBHEAD.kicker_overlap * EM < head.y0 - box.y1 < SUBHEAD.kicker * EM
        over = box.width > SUBHEAD.kicker_length * EM and box.overlap_x(head) > SUBHEAD.kicker_within * box.width
        return small and close and over and not any(n.direction is Direction.VERTICAL_RL for n in heads[0].lines)

    def _by_weight(self, part: _Part) -> list[_Part]:
        """A body block parted at its subheads: one to three bold lines that do not fill the column."""
        if part.kind is not RegionKind.BODY or len(part.lines) <= 1:
            return [part]
        # White type and a bolder face have strokes of their own: only what is bold in its block too is a subhead.
        usual = max(self._p.stroke, float(np.percentile([n.stroke for n in part.lines], SUBHEAD.usual)))
        width = part.box.width
        out: list[_Part] = []
        for heavy, run in groupby(part.lines, key=lambda n: _is_bold(n, usual)):
            lines = list(run)
            opens = lines[0] is part.lines[0] and self._opens_paragraph(lines[-1], part)
            short = len(lines) <= SUBHEAD.most_lines and max(n.length for n in lines) < SUBHEAD.full * width
            subhead = heavy and short and not opens
            if subhead:
                out.append(replace(part, box=_around(lines), kind=RegionKind.SUBHEAD, lines=tuple(lines)))
            elif out and out[-1].kind is RegionKind.BODY:
                together = (*out[-1].lines, *lines)
                out[-1] = replace(part, box=_around(together), lines=together)
            else:
                out.append(replace(part, box=_around(lines), lines=tuple(lines)))
        return out

    def _promoted(self, parts: Sequence[_Part]) -> list[_Part]:
        """The minor headline that tops a piece without a strong one."""
        minor = sorted((p for p in parts if p.kind is RegionKind.SUBHEAD), key=lambda p: (p.box.y0, p.box.x0))
        top = min((p.box.y0 for p in parts if p.kind is RegionKind.BODY), default=0)
        return [m for m in minor[:1] if m.box.y0 < top + EM]

    # -- the page's own form -----------------------------------------------------------------------------------------

    def _explain(self, tiling: Tiling, whole: Sequence[_Part]) -> None:
        for cut, first, second in tiling.cuts:
            way = {Way.UPRIGHT: "left and right", Way.LEVEL: "above and below"}[cut.way]
            a, b = _nearest_pair([whole[i] for i in first], [whole[i] for i in second])
            self._decisions.append((a, b, False, round(-cut.price, 2), f"cut {way}: {cut.evidence}"))
        for tile in tiling.tiles:
            parts = [whole[i] for i in tile.items]
            head = next((p for p in parts if p.kind is RegionKind.HEADLINE), parts[0])
            for p in parts:
                if p is not head:
                    self._decisions.append(
                        (head, p, True, round(-tile.price, 2), f"one tile: {tile.doubts or 'nothing parts them'}")
                    )

    def _written(self, pieces: Sequence[_Piece]) -> Page:
        regions: list[Region] = []
        names: dict[int, str] = {}
        frames = {i: f"f{i + 1}" for i in range(len(self._p.frames))}
        if self._p.head:
            regions.append(self._region("r1", _Part(_around(self._p.head), RegionKind.FOLIO, self._p.head), None, None))
        number = 0
        for piece in pieces:
            advert, masthead = _is_advert(piece), self._is_masthead(piece)
            number += not masthead
            for part in piece.parts:
                name = f"r{len(regions) + 1}"
                names[id(part.box)] = name
                kind = part.kind
                if part.lines and (advert or masthead):
                    kind = RegionKind.ADVERT if advert else RegionKind.MASTHEAD
                frame = frames[piece.frame] if piece.frame is not None else None
                regions.append(self._region(name, replace(part, kind=kind), None if masthead else number, frame))
        marks = [(RegionKind.FRAME, b, frames[i]) for i, b in enumerate(self._p.frames)]
        marks += [(RegionKind.RULE, b, f"m{i + 1}") for i, b in enumerate(self._p.rules)]
        regions += [Region(n, k, self._polygon(b)) for k, b, n in marks]
        decisions, uncovered = self._reasons(names), round(self._p.uncovered, 4)
        return replace(self._page, regions=tuple(regions), decisions=decisions, uncovered=uncovered)

    def _reasons(self, names: Mapping[int, str]) -> tuple[JoinReason, ...]:
        """Why parts are, or are not, of one piece; `names` are those of their regions, by the ids of their boxes."""
        return tuple(
            JoinReason(names[id(a.box)], names[id(b.box)], joined, score, why)
            for a, b, joined, score, why in self._decisions
            if id(a.box) in names and id(b.box) in names
        )

    def _is_masthead(self, piece: _Piece) -> bool:
        """The largest type of the page, at its head, with hardly a line beside it: the newspaper's name."""
        heads = _headlines_of(piece)
        largest = max((n.size for g in self._p.headlines for n in g.lines), default=0.0)
        if not heads or piece.frame is not None or _amount(piece, display=False) > MASTHEAD.text:
            return False
        if _length_in_ems([n for n in heads if n.size > MASTHEAD.counted * largest]) > MASTHEAD.longest:
            return False
        if max(n.size for n in heads) < max(MASTHEAD.largest * largest, MASTHEAD.least * self._p.body):
            return False
        top = min(g.box.y0 for g in (*self._p.headlines, *self._p.text))
        return min(n.box.y0 for n in heads) < top + MASTHEAD.top * self._page.sheet_height * self._scale

    def _region(self, name: str, part: _Part, article: int | None, frame: str | None) -> Region:
        lines = tuple(self._line(f"{name}l{i}", n) for i, n in enumerate(part.lines, start=1))
        direction = part.lines[0].direction if part.lines else Direction.HORIZONTAL
        return Region(name, part.kind, self._polygon(part.box), lines, direction, article, frame)

    def _line(self, name: str, n: DetectedLine) -> Line:
        size = round(n.size / self._scale, 1)
        return Line(name, self._polygon(n.box), direction=n.direction, size=size, white_on_dark=n.white_on_dark)

    def _polygon(self, b: Box) -> Polygon:
        return self._to_scan(tuple((x / self._scale, y / self._scale) for x, y in b.corners))


def _without_side(r: Box, f: Box) -> list[Box]:
    """What is left of a rule when its part along a side of the frame is taken away."""
    slack, least = round(REGION.side * EM), REGION.side_rest * EM
    if r.width >= r.height:
        if min(abs(r.centre[1] - f.y0), abs(r.centre[1] - f.y1)) > slack:
            return [r]
        parts = [Box(r.x0, r.y0, min(r.x1, f.x0 - slack), r.y1), Box(max(r.x0, f.x1 + slack), r.y0, r.x1, r.y1)]
        return [p for p in parts if p.width > least]
    return [p.turned for p in _without_side(r.turned, f.turned)]


def _inside(a: Box, b: Box) -> bool:
    (x, y), both, share = a.centre, a & b, REGION.inside
    middle = b.x0 <= x <= b.x1 and b.y0 <= y <= b.y1
    return middle and both.width > share * a.width and both.height > share * a.height


def _is_under(box: Box, picture: Box) -> bool:
    """Whether the box stands right under the picture."""
    return -CAPTION.under[0] * EM < box.y0 - picture.y1 < CAPTION.under[1] * EM


def _is_over(box: Box, picture: Box) -> bool:
    """Whether the box stands right over the picture."""
    return -CAPTION.under[0] * EM < picture.y0 - box.y1 < CAPTION.over * EM


def _is_between_sides(box: Box, picture: Box) -> bool:
    """Whether the box is no wider than the picture."""
    return picture.x0 - CAPTION.wider * EM < box.x0 and box.x1 < picture.x1 + CAPTION.wider * EM


def _follows(below: Box, box: Box) -> bool:
    """Whether the one goes on right below the other."""
    return -CAPTION.follows[0] * EM < below.y0 - box.y1 < CAPTION.follows[1] * EM


def _is_bold(line: DetectedLine, usual: float) -> bool:
    """Whether the line's strokes are bold against the `usual` ones of its block."""
    bold = SUBHEAD.bold if line.length > SUBHEAD.few * line.size else SUBHEAD.bold_few
    return line.stroke > bold * usual and line.length > SUBHEAD.shortest * line.size


def _distance(a: Box, b: Box) -> float:
    return float(np.hypot(max(0, -a.overlap_x(b)), max(0, -a.overlap_y(b))))


def _around(lines: Sequence[DetectedLine]) -> Box:
    return Box.hull(n.box for n in lines)


def _nearest_pair(first: Sequence[_Part], second: Sequence[_Part]) -> tuple[_Part, _Part]:
    return min(((a, b) for a in first for b in second), key=lambda ab: _distance(ab[0].box, ab[1].box))


def _amount(piece: _Piece, *, display: bool) -> float:
    """How many characters of display type, or of other type, a piece holds, by the lengths of its lines."""
    parts = (p for p in piece.parts if (p.kind is RegionKind.HEADLINE) is display)
    return sum(n.length / max(1.0, n.size) for p in parts for n in p.lines)


def _is_advert(piece: _Piece) -> bool:
    """A framed piece of little more than display type: a name, a price, an address."""
    text, large = _amount(piece, display=False), _amount(piece, display=True)
    return piece.frame is not None and large > 0 and text < min(REGION.advert[0], REGION.advert[1] * large)


def _length_in_ems(lines: Sequence[DetectedLine]) -> float:
    """The length of the lines together, each in ems of its own type."""
    return sum(n.length / n.size for n in lines)


def _headlines_of(piece: _Piece) -> list[DetectedLine]:
    return [n for p in piece.parts if p.kind is RegionKind.HEADLINE for n in p.lines]


def _frames_in(frame: int | None, nested: Mapping[int, int | None]) -> list[int]:
    """The frames right inside a frame, or inside none; `nested` names the one around each."""
    return [i for i, outer in nested.items() if outer == frame]
