"""A scan becomes a Page: the one story of layout, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from layout.bend import Shifts
from layout.blocks import body_size, find_blocks
from layout.components import Stats, components, labelled
from layout.crosswise import Quarter, find_crosswise
from layout.drawings import find_drawings
from layout.errors import PageFailed
from layout.flatten import shifts_of
from layout.furniture import levelled, running_head
from layout.geometry import Box
from layout.grain import calm
from layout.headlines import headline_groups, with_small_titles
from layout.ink import Gray, Mask, even, grown, ink, opened, rect, without_surround
from layout.leaves import bound_together, cut_out, find_leaves, in_reading_order
from layout.lines import TextLine, find_lines, firm_rows
from layout.orientation import Orientation, orientation
from layout.outlines import find_outlines
from layout.overprint import made_whole, without_badges, without_scraps, without_slivers
from layout.page import Direction, Page
from layout.panels import find_bands, merged
from layout.paper import Paper, on_white
from layout.printed import Printed, laid_out
from layout.rules import find_rules, same_frame
from layout.scan import Scan
from layout.sheet import Sheet
from layout.straighten import levelling, on_sheet, skew, turned_back
from layout.tables import find_tables
from layout.tones import Known, find_tones
from layout.typesize import type_size
from layout.upright import lying_down, stood_up

EM = 20.0
"""The body's type size, in pixels, in the picture that is analysed: enough to tell strokes from dust, and no more."""

FIRST_LOOK = 8_000_000
"""Pixels above which the first look at a page (its skew, its type size) is taken at half size, or at a part of that.

With larger type the points that are asked for the skew would be too few for each row of pixels.
"""


BAR = 3.0
"""Em; a panel of that height over the whole page holds its head."""

WIDEST_STROKE = 2.0
"""Em; of the largest light type on a panel."""

RULE_END = 0.4
"""Em beyond the end of a rule that is seen, to which it may have been printed."""

MOST_PIXELS = 36_000_000
"""Of the analysed picture; a full broadsheet needs 8 to 12 million."""


def analyze(scan: Scan, number: int) -> tuple[Page, Sheet]:
    """The page with its regions and lines, not read yet, and the sheet on which they lie.

    A blank page has no regions and says so in its warnings; raises PageFailed where what looks like type is far too
    small for the page. Cost: about 2 CPU seconds for 25 megapixels.
    """
    look = _upright_look(scan.gray)
    em, degrees = look.em, look.skew
    gray, to_scan = turned_back(scan.gray, degrees, look.turn, look.shifts)
    page = Page(
        number=number,
        source=scan.source,
        frame=scan.frame,
        width=scan.width,
        height=scan.height,
        dpi=scan.dpi,
        skew=degrees,
        to_scan=to_scan,
        sheet_width=gray.shape[1],
        sheet_height=gray.shape[0],
        type_size=round(em, 2),
        warnings=look.doubts,
    )
    sheet = Sheet(gray, to_scan, scan.typed)
    if em == 0.0:
        return replace(page, warnings=("no type was found on this page",)), sheet
    scale = EM / em
    if gray.size * scale**2 > MOST_PIXELS:
        raise PageFailed(
            f"{scan.source}, picture {scan.frame + 1}: all that looks like type is {em:.0f} pixels high, on a page of "
            f"{scan.width} by {scan.height} pixels.",
            "This is a picture, noise, or a scan too coarse to be read; look at it, and scan it again at 300 dpi.",
        )
    return _laid_out(page, calm(resized(gray, scale)), scale, look.direction), sheet


def sheet_of(scan: Scan, page: Page) -> Sheet:
    """The sheet of a page that was analysed before, made again from its scan."""
    gray = on_sheet(scan.gray, page.to_scan, (page.sheet_width, page.sheet_height))
    return Sheet(gray, page.to_scan, scan.typed)


def _laid_out(page: Page, picture: Gray, scale: float, direction: Direction) -> Page:
    """The page with all that its leaves hold; `picture` is its sheet at `scale`, where the type size is EM."""
    leaves = find_leaves(picture, EM)
    found = [_leaf(page, picture, (b, scale), direction) for b in in_reading_order(leaves, direction)]
    return replace(bound_together(page, found), warnings=(*page.warnings, *leaves.left_out))


def _leaf(page: Page, picture: Gray, place: tuple[Box, float], direction: Direction) -> Page:
    """One leaf by itself; `place` is its box in the picture, and the picture's scale."""
    b, scale = place
    leaf, part = cut_out(page, b, scale), picture[b.y0 : b.y1, b.x0 : b.x1]
    if direction is Direction.HORIZONTAL:
        return laid_out(leaf, find_print(np.ascontiguousarray(part)), leaf.to_scan, scale)
    lying = lying_down(leaf)
    printed = find_print(np.ascontiguousarray(np.rot90(part)), lying=True)
    return stood_up(laid_out(lying, printed, lying.to_scan, scale), leaf)


def resized(gray: Gray, scale: float) -> Gray:
    """The picture at another size, smoothly."""
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(gray, None, fx=scale, fy=scale, interpolation=way).astype(np.uint8, copy=False)


@dataclass(frozen=True, slots=True)
class _Look:
    """What the first look tells of a scan: its skew in degrees, its type size in pixels, and how the print stands."""

    skew: float
    em: float
    stands: Orientation
    shifts: Shifts | None = None
    """By how many pixels print is moved where the paper bends; None where it lies flat."""

    @property
    def turn(self) -> int:
        return self.stands.turn if self.stands.sure else 0

    @property
    def direction(self) -> Direction:
        return self.stands.direction

    @property
    def doubts(self) -> tuple[str, ...]:
        if self.stands.sure or self.stands.turn == 0:
            return ()
        return (f"which way is up is unclear, perhaps turned by {self.stands.turn} degrees; taken as it lies",)


def _upright_look(gray: Gray) -> _Look:
    """What is seen of the scan turned upright: the same for a page however it lay, to the last digit."""
    look, black = _first_look(gray)
    if look.turn:
        stands = look.stands
        look, black = _first_look(np.ascontiguousarray(np.rot90(gray, look.turn // 90)))
        look = replace(look, stands=stands)
    if look.em == 0.0:
        return look
    h, w = black.shape
    level = cv2.warpPerspective(black, levelling((w, h), look.skew), (w, h)).astype(np.uint8, copy=False)
    shifts = shifts_of(level, look.em * w / gray.shape[look.turn % 180 == 0], look.direction)
    return look if shifts is None else replace(look, shifts=shifts * look.em)


def _first_look(gray: Gray) -> tuple[_Look, Mask]:
    """What a scan shows as it lies, and the ink that was looked at."""
    scale = 0.5 if gray.size > FIRST_LOOK else 1.0
    while gray.size * scale**2 > 2 * FIRST_LOOK:
        scale /= 2
    small = resized(gray, scale) if scale != 1.0 else gray
    evened = without_surround(even(calm(small), 8 * EM), EM)
    black = ink(evened, EM)
    pieces = labelled(black)
    em = type_size(black, pieces)
    stands = orientation(evened, black, em, pieces) if em else Orientation()
    return _Look(round(skew(black, em, pieces), 3), em / scale, stands), black


@dataclass(frozen=True, slots=True)
class _Marks:
    """What is on the picture besides type, and the type's ink alone."""

    panels: tuple[Box, ...]
    pictures: tuple[Box, ...]
    rules: tuple[Box, ...]
    frames: tuple[Box, ...]
    tints: tuple[Box, ...]
    tables: tuple[Box, ...]
    type_ink: Mask
    walls: Mask


def find_print(gray: Gray, *, lying: bool = False) -> Printed:
    """All that is printed on a picture whose type size is EM; an upright page, or a vertical one `lying` down."""
    marks = _marks(on_white(gray, EM))
    pieces = components(marks.type_ink)
    across = find_crosswise(marks.type_ink, pieces, marks.walls, EM, clockwise=lying)
    along = cv2.bitwise_and(marks.type_ink, cv2.bitwise_not(across.ink)).astype(np.uint8, copy=False)
    level = find_lines(along, marks.walls, EM, None if across.ink.any() else pieces)
    found = [_shaded(n, marks.panels) for n in [*level, *across.lines]]
    page = Box(0, 0, gray.shape[1], gray.shape[0])
    pictures, found = made_whole(marks.pictures, without_slivers(found, page, EM), EM)
    found = without_scraps(found, pictures, EM)
    bars = [p for p in marks.panels if p.height < BAR * EM]
    head, lines = _running_head(found, [*marks.rules, *bars], gray.shape, lying=lying)
    body = body_size(lines)
    own = set(across.boxes)
    blocks = [*find_blocks([n for n in lines if n.box not in own], marks.walls, body), *across.blocks_of(lines)]
    blocks = with_small_titles(without_badges(blocks, pictures), marks.walls, body)
    text = [b for b in blocks if not b.display]
    groups = headline_groups([n for b in blocks if b.display for n in b.lines], text, marks.walls, body)
    return Printed(
        text=tuple(text),
        headlines=tuple(groups),
        head=tuple(head),
        pictures=pictures,
        rules=marks.rules,
        frames=_distinct([*marks.frames, *_under_text(marks.tints, lines)]),
        tables=(*marks.tables, *find_tables([n for n in lines if not _in_any(n.box, marks.tables)], marks.rules, EM)),
        body=body,
        stroke=float(np.median([n.stroke for b in text for n in b.lines])) if text else 1.0,
        em=EM,
        uncovered=_uncovered(pieces, gray.shape, [*(n.box for n in [*lines, *head]), *pictures]),
    )


def _in_any(b: Box, places: Sequence[Box]) -> bool:
    return any(b.within(p) > 0.5 for p in places)


def _running_head(
    lines: Sequence[TextLine], rules: Sequence[Box], shape: tuple[int, ...], *, lying: bool
) -> tuple[list[TextLine], list[TextLine]]:
    """The head of the page's upright sheet, and the other lines, all where they are on the picture."""
    if not lying:
        return running_head(lines, rules, shape)
    quarter = Quarter(shape[1], shape[0], clockwise=True)
    upright = [replace(n, box=quarter.there(n.box)) for n in lines]
    head, rest = running_head(upright, [quarter.there(r) for r in rules], (shape[1], shape[0]))
    head = levelled(head)
    back = [[replace(n, box=quarter.back(n.box)) for n in part] for part in (head, rest)]
    return back[0], back[1]


def _marks(paper: Paper) -> _Marks:
    evened, black = paper.evened, paper.ink
    firm = firm_rows(paper.pieces, EM)
    tones = find_tones(paper, Known(find_bands(evened, EM), firm), EM)
    # Their edges go with them, else each would leave four rules behind.
    solid = tones.shapes | tones.dark
    near = grown(solid, 0.5 * EM, 0.5 * EM) | grown(tones.dark, EM, EM)
    thin = cv2.bitwise_and(black, cv2.bitwise_not(near)).astype(np.uint8, copy=False)
    outlines = find_outlines(thin, firm, EM)
    thin = cv2.bitwise_and(thin, cv2.bitwise_not(outlines.mask)).astype(np.uint8, copy=False)
    rules = find_rules(thin, EM, tones.panels)
    loose = cv2.bitwise_and(thin, cv2.bitwise_not(rules.mask)).astype(np.uint8, copy=False)
    drawings = find_drawings(loose, firm, EM)
    type_ink = cv2.bitwise_and(loose, cv2.bitwise_not(drawings.mask)).astype(np.uint8, copy=False)
    for p in tones.panels:
        own = tones.dark[p.y0 : p.y1, p.x0 : p.x1] > 0
        type_ink[p.y0 : p.y1, p.x0 : p.x1][own] = _light_type(evened[p.y0 : p.y1, p.x0 : p.x1], own)[own]
    walls = tones.shapes | outlines.mask | rules.mask | drawings.mask
    for p in tones.panels:  # what stands on a panel does not go on beside it
        cv2.rectangle(walls, (p.x0, p.y0), (p.x1, p.y1), 255, 2)
    for b in (r.box for r in rules.rules):  # the ends fade, and no line slips by
        dx, dy = (round(RULE_END * EM), 0) if b.width > b.height else (0, round(RULE_END * EM))
        walls[max(0, b.y0 - dy) : b.y1 + dy, max(0, b.x0 - dx) : b.x1 + dx] = 255
    return _Marks(
        panels=tones.panels,
        pictures=merged([*tones.pictures, *drawings.pictures]),
        rules=tuple(r.box for r in rules.rules),
        frames=_distinct([*outlines.frames, *rules.frames]),
        tints=(*paper.tints, *tones.tints),
        tables=outlines.tables,
        type_ink=type_ink,
        walls=walls.astype(np.uint8),
    )


def _under_text(tints: Sequence[Box], lines: Sequence[TextLine]) -> list[Box]:
    """The tints on which at least three lines stand; a shadow has none, and a headline's ground bounds no article."""
    return [t for t in tints if sum(n.box.within(t) > 0.8 for n in lines) >= 3]


def _distinct(frames: Sequence[Box]) -> tuple[Box, ...]:
    """The frames, of two that lie one on the other (a double rule, a frame about its tint) the first."""
    out: list[Box] = []
    for f in frames:
        if not any(same_frame(f, o, 1.5 * EM) for o in out):
            out.append(f)
    return tuple(out)


def _light_type(panel: Gray, own: npt.NDArray[np.bool_]) -> Mask:
    """The light strokes of a dark panel, as ink; the paper that shows as a thin line along its edges is left out.

    `own` tells which pixels of the box are the panel's.
    """
    panel = np.where(own, panel, np.median(panel[own])).astype(np.uint8)
    light = _otsu(panel)
    wide = WIDEST_STROKE * EM
    if (opened(light, wide, wide) > 0).any():  # a tone that changes slowly, as evening leaves it on a large panel
        light = _otsu(cv2.morphologyEx(panel, cv2.MORPH_TOPHAT, rect(wide, wide)).astype(np.uint8))
    rim = round(0.12 * EM)
    light[:rim] = light[-rim:] = 0
    light[:, :rim] = light[:, -rim:] = 0
    for edge in (light[: round(0.5 * EM)], light[-round(0.5 * EM) :]):
        edge[opened(np.ascontiguousarray(edge), 6 * EM, 1) > 0] = 0  # no stroke is so long; a slope shows paper
    h, w = light.shape
    for x, y, pw, ph, _ in components(light):
        at_edge = min(x, y, w - x - pw, h - y - ph) <= rim + 1
        if at_edge and min(pw, ph) < 0.3 * EM and max(pw, ph) > 0.6 * EM:
            light[y : y + ph, x : x + pw] = 0
    return light


def _otsu(tones: Gray) -> Mask:
    return cv2.threshold(tones, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1].astype(np.uint8, copy=False)


def _shaded(line: TextLine, panels: Sequence[Box]) -> TextLine:
    return replace(
        line, white_on_dark=any((line.box & p).area > 0.6 * line.box.area and (line.box & p).width > 0 for p in panels)
    )


def _uncovered(pieces: Stats, shape: tuple[int, ...], covered: Sequence[Box]) -> float:
    """The share of the type's ink that lies in no line or picture; specks smaller than a comma are not counted."""
    marks = pieces[np.maximum(pieces[:, 2], pieces[:, 3]) > 0.25 * EM]
    total = float(marks[:, 4].sum())
    if total == 0:
        return 0.0
    rest = np.zeros(shape, dtype=np.uint8)
    for b in covered:
        rest[max(0, b.y0 - 2) : b.y1 + 2, max(0, b.x0 - 2) : b.x1 + 2] = 255
    x, y = marks[:, 0] + marks[:, 2] // 2, marks[:, 1] + marks[:, 3] // 2
    return float(marks[rest[y, x] == 0, 4].sum()) / total
