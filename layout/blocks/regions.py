"""What was found on the picture becomes the regions of a Page, in reading order and grouped into pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from layout.blocks.blocks import Block
from layout.blocks.headlines import is_strong
from layout.blocks.order import reading_order
from layout.blocks.partition import Partition, Tiling
from layout.blocks.partition_features import Item, Role, Way
from layout.geometry import Box, Polygon, Projection
from layout.lines.detected_line import DetectedLine
from layout.page import Decision, Direction, Line, Page, Region, RegionKind
from layout.params import EM

BOLD = 1.15
"""Strokes this many times the body's are bold; within a page's body type they vary by a twentieth."""

BOLD_FEW = 1.4
"""The same of a line of fewer than FEW characters: strokes that close up in two dense glyphs come to a third more."""

FEW = 4.0

SMALL = 0.9
"""Of the body's type, under which a caption's is."""

KICKER = 2.0
"""Em over a headline within which its kicker stands."""

LONGEST_NAME = 10
"""Characters of a newspaper's name, with the wide space between them; a headline over the whole page has more."""

LEAST_NAME = 2.5
"""Sizes of the body in which a newspaper's name is set at least; the headline of a picture alone may be smaller."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Blocks and marks in pixels of the analysed picture; `body` and `stroke` are the body type's
    size and the width of its strokes there."""

    text: tuple[Block, ...]
    headlines: tuple[Block, ...]
    head: tuple[DetectedLine, ...]
    pictures: tuple[Box, ...]
    rules: tuple[Box, ...]
    frames: tuple[Box, ...]
    tables: tuple[Box, ...]
    body: float
    stroke: float
    uncovered: float
    lost: tuple[Box, ...] = ()


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
        follows = len(part.lines) <= 3 and caption.box.y0 < box.y0 and box.y0 - caption.box.y1 < 0.6 * EM
        return follows and any(
            -0.5 * EM < caption.box.y0 - p.y1 < 1.3 * EM and p.x0 - EM < box.x0 and box.x1 < p.x1 + EM
            for p in self._p.pictures
            if caption.box.overlap_x(p) > 0.8 * caption.box.width
        )

    def _without_caption(self, block: Block) -> list[Block]:
        """The block, parted after lines of smaller type at its top that stand under a picture."""
        above = [p for p in self._p.pictures if -0.5 * EM < block.box.y0 - p.y1 < 1.3 * EM]
        if not any(p.overlap_x(block.box) > 0.8 * block.box.width for p in above):
            return [block]
        for n in (3, 2, 1):
            small, rest = block.lines[:n], block.lines[n:]
            if len(rest) >= 3 and max(x.size for x in small) < SMALL * float(np.median([x.size for x in rest])):
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

    def _text_kind(self, block: Block) -> RegionKind:
        box = block.box
        if len(block.lines) > 4:
            return RegionKind.BODY
        if any(box.within(p) > 0.8 for p in self._p.pictures):
            return RegionKind.CAPTION
        if block.size > 1.05 * self._p.body:
            return RegionKind.BODY
        for p in self._p.pictures:
            at = -0.5 * EM < box.y0 - p.y1 < 1.3 * EM or -0.5 * EM < p.y0 - box.y1 < 0.8 * EM
            within = p.x0 - EM < box.x0 and box.x1 < p.x1 + EM
            if at and within and (block.size < 0.94 * self._p.body or self._is_apart(block) or self._is_of(block, p)):
                return RegionKind.CAPTION
        return RegionKind.BODY

    def _is_apart(self, block: Block) -> bool:
        """Whether the block differs from the text that follows below: a break in it, or more columns than one."""
        box = block.box
        below = [
            b for b in self._p.text if b.box.overlap_x(box) > EM and -EM < b.box.y0 - box.y1 < 3 * EM and b is not block
        ]
        return (
            bool(below)
            and len(block.lines) <= 3
            and any(b.box.width < 0.8 * box.width or b.lines[0].box.x0 > b.box.x0 + EM for b in below)
        )

    def _is_of(self, block: Block, picture: Box) -> bool:
        """Whether lines that end a column are of the picture over them, and of no column that it interrupts.

        Such a column is aligned with them; and where its paragraph had ended, the next one is set in.
        """
        box = block.box
        others = [b for b in self._p.text if b is not block and b.box.overlap_x(box) > 0.5 * box.width]
        ends = len(block.lines) <= 3 and not any(-EM < b.box.y0 - box.y1 < 3 * EM for b in others)
        if not ends or box.y0 < picture.y1 - 0.5 * EM or abs(box.x0 - picture.x0) > 0.3 * EM:
            return False
        above = max((b for b in others if b.box.y1 < picture.y0 + EM), key=lambda b: b.box.y1, default=None)
        if above is None or abs(above.box.x0 - box.x0) > 0.5 * EM or above.box.x1 < box.x1 - EM:
            return True
        return above.lines[-1].box.x1 < above.box.x1 - 1.5 * EM and block.lines[0].box.x0 < above.box.x0 + 0.7 * EM

    # -- frames ------------------------------------------------------------------------------------------------------

    def _nested(self) -> dict[int, int | None]:
        """For each frame the smallest frame around it."""
        out: dict[int, int | None] = {}
        for i, f in enumerate(self._p.frames):
            around = [j for j, o in enumerate(self._p.frames) if j != i and o.area > f.area and _inside(f, o)]
            out[i] = min(around, key=lambda j: self._p.frames[j].area, default=None)
        return out

    def _pieces(self, parts: Sequence[_Part], frame: int | None, nested: dict[int, int | None]) -> list[_Piece]:
        """The pieces among the parts, in reading order; each frame inside is done by itself and put in its place."""
        within = self._held([i for i, outer in nested.items() if outer == frame], parts)
        own = [p for p in parts if not any(p in ps for ps in within.values())]
        insets = [_Part(self._p.frames[i], RegionKind.FRAME, frame=i) for i in within]
        small = [p for p in own if self._is_scrap(p)]
        whole = [*(p for p in own if p not in small), *insets]
        if not whole:
            return [_Piece(tuple(small), frame)] if small else []
        together = _Piece(tuple(self._ordered(parts)), frame)
        if not insets and _is_advert(together):
            return [together]
        tiling = Partition([self._item(p) for p in whole], self._free_rules()).best
        self._explain(tiling, whole)
        out: list[_Piece] = []
        for tile in self._with_scraps(tiling, whole, small):
            texts = [p for p in tile if p.kind is not RegionKind.FRAME]
            if texts:
                out.append(_Piece(tuple(self._ordered(texts)), frame))
            for inset in (p for p in tile if p.frame is not None):
                assert inset.frame is not None
                out += self._pieces(within[inset.frame], inset.frame, nested)
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
        return box.width < 2.2 * EM or box.height < 0.4 * EM or any(_inside(box, p) for p in self._p.pictures)

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
            RegionKind.HEADLINE: Role.HEADLINE,
            RegionKind.SUBHEAD: Role.MINOR,
            RegionKind.PICTURE: Role.PICTURE,
            RegionKind.FRAME: Role.INSET,
            RegionKind.CAPTION: Role.PICTURE,
        }.get(p.kind, Role.TEXT)
        upright = bool(p.lines) and p.lines[0].direction is Direction.VERTICAL_RL
        size = max((n.size for n in p.lines), default=0.0) / max(1.0, self._p.body)
        amount = sum(n.length / max(1.0, n.size) for n in p.lines)
        if role is not Role.TEXT:
            return Item(p.box, role, upright, size=size, amount=amount)
        if p.kind is RegionKind.TABLE:
            return Item(p.box, role, upright, opens=True, amount=amount)
        column = self._column(p)
        first, last = p.lines[0].box, p.lines[-1].box
        opens, runs_on = first.x0 > column.x0 + 1.1 * EM, last.x1 > column.x1 - 1.3 * EM
        return Item(p.box, role, upright, opens, runs_on, size, amount)

    def _column(self, p: _Part) -> Box:
        """The column that the block stands in: its own width, or that of a longer block above or below it."""
        if len(p.lines) >= 4:
            return p.box
        same = [
            b for b in self._p.text if b.box.overlap_x(p.box) > 0.7 * p.box.width and _distance(b.box, p.box) < 12 * EM
        ]
        longest = max(same, key=lambda b: len(b.lines), default=None)
        return longest.box if longest and longest.box.width < 1.6 * max(p.box.width, 8 * EM) else p.box

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
        order = reading_order([t.box for t in texts])
        return [*(replace(h, kind=RegionKind.HEADLINE) for h in heads), *(texts[i] for i in order), *rest]

    def _opens_paragraph(self, line: DetectedLine, part: _Part) -> bool:
        """Whether the line is set in at its beginning alone: a dateline in bold (本报讯), and no subhead."""
        return part.box.x1 - line.box.x1 < 0.7 * EM < line.box.x0 - part.box.x0

    def _is_kicker(self, part: _Part, heads: Sequence[_Part]) -> bool:
        """A line of small type right over the headline of its piece."""
        head, box = heads[0].box, part.box
        small = part.kind in (RegionKind.BODY, RegionKind.SUBHEAD) and len(part.lines) == 1 and box.width > 2.5 * EM
        over = -0.5 * EM < head.y0 - box.y1 < KICKER * EM and box.overlap_x(head) > 0.8 * box.width
        return small and over and not any(n.direction is Direction.VERTICAL_RL for n in heads[0].lines)

    def _by_weight(self, part: _Part) -> list[_Part]:
        """A body block parted at its subheads: one to three bold lines that do not fill the column."""
        if part.kind is not RegionKind.BODY or len(part.lines) < 2:
            return [part]
        # White type and a bolder face have strokes of their own: only what is bold in its block too is a subhead.
        usual = max(self._p.stroke, float(np.percentile([n.stroke for n in part.lines], 25)))
        bold = [
            n.stroke > (BOLD if n.length > FEW * n.size else BOLD_FEW) * usual and n.length > 2.4 * n.size
            for n in part.lines
        ]
        runs = [(b, [n for _, n in g]) for b, g in groupby(zip(bold, part.lines, strict=True), key=lambda p: p[0])]
        width = part.box.width
        out: list[_Part] = []
        for heavy, lines in runs:
            opens = lines[0] is part.lines[0] and self._opens_paragraph(lines[-1], part)
            subhead = heavy and len(lines) <= 3 and max(n.length for n in lines) < 0.93 * width and not opens
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
        decisions = tuple(
            Decision(names[id(a.box)], names[id(b.box)], joined, score, why)
            for a, b, joined, score, why in self._decisions
            if id(a.box) in names and id(b.box) in names
        )
        return replace(self._page, regions=tuple(regions), decisions=decisions, uncovered=round(self._p.uncovered, 4))

    def _is_masthead(self, piece: _Piece) -> bool:
        """The largest type of the page, at its head, with hardly a line beside it: the newspaper's name."""
        heads = [n for p in piece.parts if p.kind is RegionKind.HEADLINE for n in p.lines]
        largest = max((n.size for g in self._p.headlines for n in g.lines), default=0.0)
        if not heads or piece.frame is not None or _amount(piece, display=False) > 40:
            return False
        if sum(n.length / n.size for n in heads if n.size > 0.5 * largest) > LONGEST_NAME:
            return False
        if max(n.size for n in heads) < max(0.8 * largest, LEAST_NAME * self._p.body):
            return False
        top = min(g.box.y0 for g in (*self._p.headlines, *self._p.text))
        return min(n.box.y0 for n in heads) < top + 0.1 * self._page.sheet_height * self._scale

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
    slack, least = round(0.6 * EM), 2 * EM
    if r.width >= r.height:
        if min(abs(r.centre[1] - f.y0), abs(r.centre[1] - f.y1)) > slack:
            return [r]
        parts = [Box(r.x0, r.y0, min(r.x1, f.x0 - slack), r.y1), Box(max(r.x0, f.x1 + slack), r.y0, r.x1, r.y1)]
        return [p for p in parts if p.width > least]
    return [p.turned for p in _without_side(r.turned, f.turned)]


def _inside(a: Box, b: Box) -> bool:
    x, y = a.centre
    return b.x0 <= x <= b.x1 and b.y0 <= y <= b.y1 and (a & b).width > 0.8 * a.width and (a & b).height > 0.8 * a.height


def _distance(a: Box, b: Box) -> float:
    return float(np.hypot(max(0, -a.overlap_x(b)), max(0, -a.overlap_y(b))))


def _around(lines: Sequence[DetectedLine]) -> Box:
    out = lines[0].box
    for n in lines[1:]:
        out = out | n.box
    return out


def _nearest_pair(first: Sequence[_Part], second: Sequence[_Part]) -> tuple[_Part, _Part]:
    return min(((a, b) for a in first for b in second), key=lambda ab: _distance(ab[0].box, ab[1].box))


def _amount(piece: _Piece, *, display: bool) -> float:
    """How many characters of display type, or of other type, a piece holds, by the lengths of its lines."""
    parts = (p for p in piece.parts if (p.kind is RegionKind.HEADLINE) is display)
    return sum(n.length / max(1.0, n.size) for p in parts for n in p.lines)


def _is_advert(piece: _Piece) -> bool:
    """A framed piece of little more than display type: a name, a price, an address."""
    text, large = _amount(piece, display=False), _amount(piece, display=True)
    return piece.frame is not None and large > 0 and text < min(60, 12 * large)
