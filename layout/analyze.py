"""Layout analysis: a scan becomes a page with its regions and lines, not read yet.

prepare → marks → lines → blocks → Page. Each detector can be exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from layout.blocks.blocks import LineBlock, body_size, find_blocks, is_display
from layout.blocks.headlines import headline_groups, with_small_titles
from layout.blocks.line_detection import CoreLines, DetectedLines, LineDetector
from layout.blocks.regions import Printed, laid_out
from layout.blocks.running_head import levelled, running_head
from layout.blocks.tables import as_cell, find_tables
from layout.components import HEIGHT, WIDTH, Stats, components
from layout.geometry import Box, Projection, corners
from layout.ink import Gray
from layout.input.scan import Scan
from layout.lines.detected_line import DetectedLine
from layout.lines.lost_text import characters, lost_text
from layout.lines.picture_texture import rows_of_blocks, without_picture_texture
from layout.lines.quarter_turn import Quarter
from layout.lines.stroke_weight import with_weights
from layout.marks.marks import MarkDetector, Marks, distinct_frames
from layout.marks.network_marks import NetworkMarks
from layout.marks.picture_outlines import with_outlines, without_outlines
from layout.page import Direction, LostText, Page
from layout.params import EM
from layout.pdf_glyph import TypedGlyph, carried
from layout.prepare.large_type import segment_scales
from layout.prepare.normalized import Normalized
from layout.prepare.page_split import Leaves, bound_together, cut_out, find_leaves, in_reading_order
from layout.prepare.prepared import Prepared, prepare
from layout.prepare.segmentation import Segmentation
from layout.prepare.tinted_backgrounds import dark_grounds
from layout.prepare.vertical_pages import lying_down, stood_up
from layout.sheet import Sheet


@dataclass(frozen=True, slots=True)
class PageParams:
    """Bounds by which what the detectors found is put together; lengths in em of the body type."""

    least_text: float = 0.3
    """Mean probability of text over a line's box, at least: picture texture, dirt and ornaments have less."""
    head_bar: float = 3.0
    """Height of a panel over the whole page, at most, where it is a bar that holds the page's head."""
    rule_in_line: float = 0.9
    """Share of a rule that lies in a line, at most: what lies in it is a stroke of the line."""
    in_table: float = 0.5
    """Share of a line that lies in a table, from which on it is of the table."""
    on_tint: float = 0.8
    """Share of a line that lies on a tint, from which on it stands on it."""
    tint_lines: int = 3
    """Lines on a tint that bounds an article, at least; a shadow has none, a headline's ground one or two."""
    story_lines: int = 5
    """Light lines of body type on a dark ground that is a story's own, at least; a headline alone has two or three."""
    speck: float = 0.25
    """Extent of ink, at most, that is not counted where it lies in no line: a comma is larger."""


P = PageParams()


@dataclass(frozen=True, slots=True)
class Detectors:
    """The exchangeable steps of layout analysis."""

    marks: MarkDetector = field(default_factory=NetworkMarks)
    lines: LineDetector = field(default_factory=CoreLines)


DEFAULT = Detectors()


@dataclass(frozen=True, slots=True)
class Detected:
    """Marks and lines of one leaf, in pixels of its normalized picture."""

    normalized: Normalized
    marks: Marks
    lines: DetectedLines


def analyze(scan: Scan, number: int, detectors: Detectors = DEFAULT) -> tuple[Page, Sheet]:
    """The page with its regions and lines, not read yet, and the sheet on which they lie.

    A blank page has no regions and says so in its warnings; raises PageFailed where what looks like type is far too
    small for the page. Cost: about 2 CPU seconds for 25 megapixels.
    """
    prepared = prepare(scan, number)
    if prepared.picture is None:
        return prepared.page, prepared.sheet
    leaves, parts = _leaves(prepared, prepared.picture)
    found = [_leaf(prepared, leaf, normalized, detectors) for leaf, normalized in parts]
    page = bound_together(prepared.page, found)
    page = with_weights(page, prepared.sheet)
    return replace(page, warnings=(*page.warnings, *leaves.left_out)), prepared.sheet


def _leaf(prepared: Prepared, leaf: Page, normalized: Normalized, detectors: Detectors) -> Page:
    """One leaf by itself."""
    scale = prepared.scale
    printed = find_print(normalized, detectors)
    lost = tuple(LostText(normalized.to_scan(b.corners), characters(b)) for b in printed.lost)
    if not normalized.lying:
        return replace(laid_out(leaf, printed, leaf.to_scan, scale), lost=lost)
    lying = lying_down(leaf)
    return replace(stood_up(laid_out(lying, printed, lying.to_scan, scale), leaf), lost=lost)


def _leaves(prepared: Prepared, picture: Gray) -> tuple[Leaves, list[tuple[Page, Normalized]]]:
    """The leaves on the picture, and of each its page and its normalized picture, in reading order."""
    segmentation = segment_scales(picture)
    leaves = find_leaves(picture, EM, segmentation)
    places = in_reading_order(leaves, prepared.direction)
    return leaves, [_normalized(prepared, picture, place, segmentation) for place in places]


def _normalized(prepared: Prepared, picture: Gray, place: Box, segmentation: Segmentation) -> tuple[Page, Normalized]:
    """The page of one leaf, and its part of the picture, lying down where its type is vertical."""
    leaf, part = cut_out(prepared.page, place, prepared.scale), picture[place.y0 : place.y1, place.x0 : place.x1]
    to_sheet = np.diag([1 / prepared.scale, 1 / prepared.scale, 1.0])
    own, typed = segmentation.part(place), prepared.sheet.typed
    if prepared.direction is Direction.HORIZONTAL:
        to_scan, flat = leaf.to_scan.behind(to_sheet), np.ascontiguousarray(part)
        return leaf, Normalized(flat, to_scan, known=own, typed=_on_picture(typed, to_scan, flat))
    to_scan, lying = lying_down(leaf).to_scan.behind(to_sheet), np.ascontiguousarray(np.rot90(part))
    own, typed = own.turned(), _on_picture(typed, to_scan, lying)
    return leaf, Normalized(lying, to_scan, lying=True, known=own, typed=typed)


def _on_picture(typed: Sequence[TypedGlyph], to_scan: Projection, picture: Gray) -> tuple[TypedGlyph, ...]:
    """The glyphs that lie on a picture, in its pixels."""
    height, width = picture.shape
    return tuple(
        g for g in carried(typed, to_scan.inverse) if 0 <= g.box.centre[0] < width and 0 <= g.box.centre[1] < height
    )


def detected(scan: Scan, number: int, detectors: Detectors = DEFAULT) -> Iterator[Detected]:
    """What the detectors find on each leaf of a scan, before lines become blocks: for looking at, and for tests."""
    prepared = prepare(scan, number)
    if prepared.picture is None:
        return
    for _, normalized in _leaves(prepared, prepared.picture)[1]:
        marks = detectors.marks.detect(normalized)
        yield Detected(normalized, marks, detectors.lines.detect(normalized, marks))


def find_print(normalized: Normalized, detectors: Detectors = DEFAULT) -> Printed:
    """All that is printed on a normalized picture."""
    marks = detectors.marks.detect(normalized)
    return _printed(normalized, marks, detectors.lines.detect(normalized, marks))


def _printed(normalized: Normalized, marks: Marks, detected: DetectedLines) -> Printed:
    """Lines gathered into blocks, the page's head apart."""
    shape = normalized.gray.shape
    sure = _sure_lines(detected.all, marks)
    blocks_of_picture = rows_of_blocks(sure, marks, normalized.gray)
    gone = {n.id for n in blocks_of_picture}
    found = without_picture_texture([n for n in sure if n.id not in gone], marks, normalized.gray)
    bars = [p for p in marks.panels if p.height < P.head_bar * EM]
    head, lines = _running_head(found, [*marks.rules, *bars], shape, lying=normalized.lying)
    body = body_size(lines)
    blocks = _blocks(lines, detected.across, marks, body)
    text = [b for b in blocks if not b.display]
    groups = headline_groups([n for b in blocks if b.display for n in b.lines], text, marks.walls, body)
    places = [n.box for n in [*lines, *head, *blocks_of_picture]]
    grounds = _grounds(normalized, marks, lines)
    rules = _without_strokes(marks.rules, found)
    pictures = with_outlines(marks.pictures, rules, places)
    return Printed(
        text=tuple(text),
        headlines=tuple(groups),
        head=tuple(head),
        pictures=pictures,
        rules=without_outlines(rules, pictures),
        frames=distinct_frames([*marks.frames, *_under_text(marks.tints, lines), *_under_story(grounds, lines, body)]),
        tables=(*marks.tables, *find_tables([n for n in lines if not _in_any(n.box, marks.tables)], marks.rules)),
        body=body,
        stroke=_stroke(text),
        lost=lost_text(marks.segmentation, marks.type_ink, places),
        uncovered=_uncovered(components(marks.type_ink), shape, [*places, *pictures]),
        lying=normalized.lying,
    )


def _grounds(normalized: Normalized, marks: Marks, lines: Sequence[DetectedLine]) -> Sequence[Box]:
    """The dark grounds of the page; none is looked for where no type is light."""
    light = any(n.white_on_dark for n in lines)
    return dark_grounds(normalized.paper.tone, marks.pictures, normalized.gray, EM) if light else ()


def _sure_lines(lines: Sequence[DetectedLine], marks: Marks) -> list[DetectedLine]:
    """The lines that the network holds for text, those in tables as cells."""
    sure = (n for n in lines if marks.segmentation.text_share(n.box) > P.least_text)
    return [as_cell(n) if _in_any(n.box, marks.tables) else n for n in sure]


def _blocks(
    lines: Sequence[DetectedLine], across: Sequence[LineBlock], marks: Marks, body: float
) -> Sequence[LineBlock]:
    """The blocks of the lines: those found across the body's direction as they are, the others gathered."""
    own = {n.id for b in across for n in b.lines}
    kept = [b for b in (_kept(b, lines) for b in across) if b.lines]
    blocks = [*find_blocks([n for n in lines if n.id not in own], marks.walls, body), *kept]
    return with_small_titles(blocks, marks.walls, body)


def _without_strokes(rules: Sequence[Box], lines: Sequence[DetectedLine]) -> tuple[Box, ...]:
    """The rules but for those that are strokes of a line of type."""
    x0, y0, x1, y1 = corners([n.box for n in lines]).T
    out = []
    for r in rules:
        wide, high = np.minimum(x1, r.x1) - np.maximum(x0, r.x0), np.minimum(y1, r.y1) - np.maximum(y0, r.y0)
        shared = np.maximum(wide, 0) * np.maximum(high, 0)
        if int(shared.max(initial=0)) <= P.rule_in_line * max(1, r.area):
            out.append(r)
    return tuple(out)


def _stroke(text: Sequence[LineBlock]) -> float:
    """The median stroke width of running text, relative to its type size; 1 where there is none."""
    return float(np.median([n.stroke for b in text for n in b.lines])) if text else 1.0


def _in_any(b: Box, places: Sequence[Box]) -> bool:
    return any(b.within(p) > P.in_table for p in places)


def _running_head(
    lines: Sequence[DetectedLine], rules: Sequence[Box], shape: tuple[int, ...], *, lying: bool
) -> tuple[list[DetectedLine], list[DetectedLine]]:
    """The head of the page's upright sheet, and the other lines, all where they are on the picture."""
    if not lying:
        return running_head(lines, rules, shape)
    quarter = Quarter(shape[1], shape[0], clockwise=True)
    upright = [replace(n, box=quarter.there(n.box)) for n in lines]
    head, rest = running_head(upright, [quarter.there(r) for r in rules], (shape[1], shape[0]))
    head = levelled(head)
    back = [[replace(n, box=quarter.back(n.box)) for n in part] for part in (head, rest)]
    return back[0], back[1]


def _kept(block: LineBlock, lines: Sequence[DetectedLine]) -> LineBlock:
    """The block, of those lines alone that are given, told by their ids."""
    given = {n.id: n for n in lines}
    return replace(block, lines=tuple(given[n.id] for n in block.lines if n.id in given))


def _under_text(tints: Sequence[Box], lines: Sequence[DetectedLine]) -> list[Box]:
    """The tints on which several lines stand."""
    return [t for t in tints if sum(n.box.within(t) > P.on_tint for n in lines) >= P.tint_lines]


def _under_story(grounds: Sequence[Box], lines: Sequence[DetectedLine], body: float) -> list[Box]:
    """The dark grounds on which a story stands, not a headline alone: several light lines of its body's size."""
    text = [n for n in lines if n.white_on_dark and not is_display(n, body)]
    return [g for g in grounds if sum(n.box.within(g) > P.on_tint for n in text) >= P.story_lines]


def _uncovered(pieces: Stats, shape: tuple[int, ...], covered: Sequence[Box]) -> float:
    """The share of the type's ink that lies in no line or picture; specks smaller than a comma are not counted."""
    marks = pieces[np.maximum(pieces[:, WIDTH], pieces[:, HEIGHT]) > P.speck * EM]
    total = float(marks[:, 4].sum())
    if total == 0:
        return 0.0
    rest = np.zeros(shape, dtype=np.uint8)
    for b in covered:
        rest[max(0, b.y0 - 2) : b.y1 + 2, max(0, b.x0 - 2) : b.x1 + 2] = 255
    x, y = marks[:, 0] + marks[:, 2] // 2, marks[:, 1] + marks[:, 3] // 2
    return float(marks[rest[y, x] == 0, 4].sum()) / total
