"""Marks from the segmentation network: which ink is type, and where pictures, panels, rules and frames lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from layout.components import AREA, HEIGHT, WIDTH, Stats, box_of, boxes, boxes_of, labelled
from layout.geometry import Box
from layout.ink import Gray, Mask, closed, even, grown, ink, level_runs, mask_of, opened, transposed
from layout.marks.frames_and_grids import find_outlines, grid_lines
from layout.marks.initials import with_initials
from layout.marks.label_boxes import find_label_boxes, with_label_boxes
from layout.marks.marks import Marks, distinct_frames
from layout.marks.picture_shapes import picture_boxes
from layout.marks.rules import find_rules
from layout.params import EM
from layout.prepare.normalized import Normalized
from layout.prepare.segmentation import BODY, HALF, PICTURE, RULE, Segmentation
from layout.prepare.tinted_backgrounds import flat_tints
from layout.prepare.white_paper import REACH


@dataclass(frozen=True, slots=True)
class NetworkParams:
    """Bounds of the reading of the network's output; lengths in em of the body type."""

    rim: float = 0.2
    """Margin of a text area: the network works at 8 pixels per em and misses a stroke's edge by one pixel."""
    own_share: float = 0.5
    """Share of a connected component's pixels on text from which on the whole component is type."""
    largest_component: float = 14.0
    """Extent of the largest component that is type as a whole: the largest headline glyph."""
    longest_stroke: float = 3.2
    """Length of a straight run, in what hangs together beyond a glyph's size, from which on it is no stroke."""
    thinnest_stroke: float = 0.5
    """Thickness of such a run from which on it may be a stroke of large type all the same."""
    least_picture: float = 1.6
    """Extent of the smallest picture, both ways; smaller areas are errors of the network or ornaments."""
    shortest_rule: float = 6.0
    """Length of the shortest rule that only the network sees; shorter ones are edges of badges and strokes."""
    rule_ink: float = 0.15
    """Share of such a rule that is ink, at least: edges of tints and of pictures have none."""
    thickest_rule: float = 1.6
    """Thickness of an ornamental or wavy rule, at most."""
    short_rule: tuple[float, float] = (1.8, 3.6)
    """Length of an upright rule beside two or three lines, least and most; longer ones are found by their length."""
    short_rule_width: float = 0.25
    """Thickness of such a rule, at most."""
    short_rule_full: float = 0.5
    """Share of its box that is ink, at least: it is straight."""
    short_rule_text: float = 0.6
    """Share of an em on either side of it that is body type, at least."""
    wave: tuple[float, float] = (5.5, 0.7)
    """Length of a wavy or broken rule beside columns of type, at least, and its thickness, at most."""
    wave_swing: float = 0.35
    """Distance across by which such a rule swings from its middle and may leave it unmarked."""
    wave_gap: float = 0.4
    """Gap in it, at most."""
    wave_full: float = 0.8
    """Share of its length along which there is ink, at least."""
    wave_text: float = 0.4
    """Share of the strip as wide as a line of type on either side of it that is body type, at least."""
    known_rule: float = 0.1
    """Share of a rule that only the network sees that is known already, at most."""
    slender_rule: float = 3.0
    """Length of such a rule in its thicknesses, at least."""
    thinnest_panel: float = 0.5
    """Extent of the reversed type of a panel both ways, at least."""
    panel_margin: float = 0.5
    """Margin about the reversed type that is of its panel."""
    speck: float = 0.4
    """Extent of picture that is taken off as a speck of the network, at most."""
    seam: float = 0.6
    """Gap within one picture, at most."""
    bled_core: int = 110
    """Probability (0-255) from which on a pixel in the dark surround is the core of a line of type."""
    bled_line: float = 4.0
    """Length of such a core, at least: in the scanner's bed the network sees a glyph now and then, and no line."""
    bled_slender: float = 2.5
    """The same in its thicknesses."""
    bled_light: float = 0.8
    """Share of it that is light on dark, at least."""
    light_margin: float = 1.0
    """Margin around reversed text within which its ground is measured."""
    panel_gap: float = 1.6
    """Gap between reversed lines of one panel, at most."""


DEFAULT = NetworkParams()


@dataclass(frozen=True, slots=True)
class NetworkMarks:
    """Marks by the segmentation network; rules and frames are located exactly by their ink."""

    params: NetworkParams = DEFAULT

    def detect(self, normalized: Normalized) -> Marks:
        paper, p = normalized.paper, self.params
        seg = with_initials(normalized.segmentation, paper.ink, paper.pieces, normalized.gray)
        labels = find_label_boxes(paper.ink, paper.pieces)
        seg = with_label_boxes(seg, labels)
        shape = normalized.gray.shape
        bed = _bed_alone(paper.bed, seg, p)
        text = grown(_full(seg.is_text, shape), p.rim * EM, p.rim * EM)
        text[bed > 0] = 0
        light = _full(seg.is_reversed, shape)
        light[bed > 0] = 0
        grids = grid_lines(paper.ink)
        type_ink = _dark_type(cv2.bitwise_and(paper.ink, cv2.bitwise_not(grids)).astype(np.uint8, copy=False), text, p)
        panels = _panels(light, p)
        _add_light_type(type_ink, normalized.gray, grown(light, p.rim * EM, p.rim * EM), p)
        small = _pictures(seg, bed, p)
        pictures = _full(small, shape)
        rest = cv2.bitwise_and(paper.ink, cv2.bitwise_not(grown(type_ink, 3, 3) | grown(pictures, 0.3 * EM, 0.3 * EM)))
        for b in panels:
            rest[max(0, b.y0) : b.y1, max(0, b.x0) : b.x1] = 0
        thin = cv2.bitwise_or(rest.astype(np.uint8, copy=False), grids).astype(np.uint8, copy=False)
        outlines = find_outlines(thin, ())
        thin = cv2.bitwise_and(thin, cv2.bitwise_not(outlines.mask)).astype(np.uint8, copy=False)
        rules = find_rules(thin, panels)
        known = rules.mask | outlines.mask | grown(pictures, EM, EM)
        ornamental, ornament = _ornamental_rules(seg, known.astype(np.uint8, copy=False), paper.ink, p)
        left = cv2.bitwise_and(thin, cv2.bitwise_not(grown(known.astype(np.uint8, copy=False), 3, 3) | ornament))
        short = [*_short_rules(paper.pieces, seg, p), *wavy_rules(left.astype(np.uint8, copy=False), seg, p)]
        ruled = outlines.mask | rules.mask
        bare = cv2.bitwise_and(pictures, cv2.bitwise_not(text)).astype(np.uint8, copy=False)
        walls = bare | ruled | ornament
        type_ink = cv2.bitwise_and(type_ink, cv2.bitwise_not(ruled)).astype(np.uint8, copy=False)
        for b in short:
            walls[b.y0 : b.y1, b.x0 : b.x1], type_ink[b.y0 : b.y1, b.x0 : b.x1] = 255, 0
        for label in labels:
            label.put(walls, type_ink)
        return Marks(
            panels=panels,
            pictures=_enlarged(picture_boxes(small, EM * seg.scale), seg.scale),
            rules=(*(r.box for r in rules.rules), *ornamental, *short),
            frames=distinct_frames([*outlines.frames, *rules.frames, *_frames(seg, shape)]),
            tints=(*paper.tints, *flat_tints(paper.tone, pictures, paper.white, EM)),
            tables=outlines.tables,
            type_ink=type_ink,
            walls=walls.astype(np.uint8, copy=False),
            segmentation=seg,
        )


def _bed_alone(bed: Mask, seg: Segmentation, p: NetworkParams) -> Mask:
    """The dark surround without the lines of light type on it: a dark masthead or photograph that bleeds is print."""
    if not bed.any():
        return bed
    out = bed.copy()
    _, stats = labelled(mask_of(seg.core >= p.bled_core))
    for row in stats[1:]:
        core = box_of(row)
        thickness, length = sorted((core.width, core.height))
        part = np.s_[core.y0 : core.y1, core.x0 : core.x1]
        long = length > max(p.bled_line * EM * seg.scale, p.bled_slender * thickness)
        if long and float((seg.reversed[part] > HALF).mean()) > p.bled_light:
            b = core.grown(thickness + 1).unscaled(seg.scale)
            out[max(0, b.y0) : b.y1, max(0, b.x0) : b.x1] = 0
    return out


def _full(mask: Mask, shape: tuple[int, ...]) -> Mask:
    """The mask at the size of the normalized picture."""
    large = cv2.resize(mask, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
    return mask_of(large > HALF)


def _dark_type(black: Mask, text: Mask, p: NetworkParams) -> Mask:
    """The ink of dark type: components mostly on text as a whole, of the others what lies on text."""
    labels, stats = labelled(black)
    inked = np.flatnonzero(black > 0)
    piece, own = labels.ravel()[inked], text.ravel()[inked] > 0
    on_text = np.bincount(piece[own], minlength=len(stats))
    small = np.maximum(stats[:, WIDTH], stats[:, HEIGHT]) < p.largest_component * EM
    whole = (on_text > p.own_share * stats[:, AREA]) & small
    out = np.zeros_like(black)
    out.ravel()[inked] = mask_of(whole[piece] | own)
    part = np.zeros_like(black)
    part.ravel()[inked] = mask_of(own & ~small[piece])
    out[_thin_runs(part, p) > 0] = 0
    return out


def _thin_runs(mask: Mask, p: NetworkParams) -> Mask:
    """Straight runs too long and too thin for type: sides of frames that run past text."""
    if not mask.any():
        return mask
    long = level_runs(mask, p.longest_stroke * EM) | opened(mask, 1, p.longest_stroke * EM)
    thick = opened(mask, p.thinnest_stroke * EM, p.thinnest_stroke * EM)
    return cv2.bitwise_and(long, cv2.bitwise_not(thick)).astype(np.uint8, copy=False)


def _add_light_type(type_ink: Mask, gray: Gray, light: Mask, p: NetworkParams) -> None:
    """Put the ink of light type on dark ground in place of whatever was found there."""
    margin = round(p.light_margin * EM)
    for place in boxes(closed(light, EM, EM)):
        b = place.grown(margin) & Box(0, 0, gray.shape[1], gray.shape[0])
        part = np.s_[b.y0 : b.y1, b.x0 : b.x1]
        own = light[part] > 0
        inverted = cv2.bitwise_not(gray[part]).astype(np.uint8, copy=False)
        strokes = ink(even(inverted, REACH * EM), EM)
        type_ink[part][own] = strokes[own]


def _panels(light: Mask, p: NetworkParams) -> tuple[Box, ...]:
    """Dark areas under light type, as the boxes of the type with a margin."""
    near = closed(light, p.panel_gap * EM, p.panel_gap * EM)
    return tuple(
        b.grown(round(p.panel_margin * EM)) for b in boxes(near) if min(b.width, b.height) > p.thinnest_panel * EM
    )


def _pictures(seg: Segmentation, bed: Mask, p: NetworkParams) -> Mask:
    """The pixels of pictures in the network's picture, each as large as one is; the scanner's `bed` is none."""
    own = mask_of(seg.label == PICTURE)
    own[cv2.resize(bed, (own.shape[1], own.shape[0]), interpolation=cv2.INTER_AREA) > HALF] = 0
    k = seg.scale * EM
    solid = closed(opened(own, p.speck * k, p.speck * k), p.seam * k, p.seam * k)
    labels, stats = labelled(solid)
    large = np.minimum(stats[:, WIDTH], stats[:, HEIGHT]) > p.least_picture * k
    large[0] = False
    return mask_of(large)[labels]


def _enlarged(found: Sequence[Box], k: float) -> tuple[Box, ...]:
    """Boxes of the network's picture in pixels of the normalized picture."""
    return tuple(Box(*(round(v / k) for v in (b.x0, b.y0, b.x1, b.y1))) for b in found)


def _ornamental_rules(seg: Segmentation, known: Mask, ink: Mask, p: NetworkParams) -> tuple[tuple[Box, ...], Mask]:
    """Rules that only the network sees (wavy, of ornaments), as boxes, and their pixels."""
    own = _full(mask_of(seg.label == RULE), ink.shape)
    labels, stats = labelled(own)
    seen = np.bincount(labels[cv2.bitwise_and(known, own) > 0], minlength=len(stats))
    inked = np.bincount(labels[cv2.bitwise_and(ink, own) > 0], minlength=len(stats))
    wide, high, area = stats[:, WIDTH], stats[:, HEIGHT], stats[:, AREA]
    length, thickness = np.maximum(wide, high), np.minimum(wide, high)
    fresh = (seen < p.known_rule * area) & (length > p.shortest_rule * EM) & (thickness < p.thickest_rule * EM)
    fresh &= (length > p.slender_rule * thickness) & (inked > p.rule_ink * area)
    fresh[0] = False
    pixels = mask_of(fresh)[labels] if fresh.any() else np.zeros_like(own)
    return tuple(box_of(stats[n]) for n in np.flatnonzero(fresh)), pixels


def _short_rules(pieces: Stats, seg: Segmentation, p: NetworkParams) -> list[Box]:
    """Upright rules between two or three lines of two columns: too short for a rule, too tall for a stroke of a line.

    Body type stands on both sides of them from end to end.
    """
    wide, high, area = pieces[:, WIDTH], pieces[:, HEIGHT], pieces[:, AREA]
    thin = (wide <= p.short_rule_width * EM) & (area > p.short_rule_full * wide * high)
    found = boxes_of(pieces[thin & (high > p.short_rule[0] * EM) & (high < p.short_rule[1] * EM)])
    return [b for b in found if _between_type(b, seg, p.short_rule_text)]


def wavy_rules(left: Mask, seg: Segmentation, p: NetworkParams) -> list[Box]:
    """Wavy and broken rules along lines of type, in ink that is of no type, picture or known rule.

    A border of waves around a brief seldom hangs together, and its runs are too short for a rule; the sides that part
    its text from the text beside it are what matters.
    """
    out = []
    for turned in (False, True):
        ink = transposed(left) if turned else left
        near = closed(grown(ink, 1, p.wave_swing * EM), p.wave_gap * EM, 1)
        for b in boxes(level_runs(near, p.wave[0] * EM)):
            inked = float((ink[b.y0 : b.y1, b.x0 : b.x1] > 0).any(axis=0).mean())
            if b.height <= p.wave[1] * EM and inked > p.wave_full:
                out.append(b.turned if turned else b)
    return [b for b in out if _between_type(b, seg, p.wave_text)]


def _between_type(b: Box, seg: Segmentation, share: float) -> bool:
    """Whether at least a share of the strip as wide as a line of type on either side of a rule is dark body type.

    Ink between two rows of light type is their ground.
    """
    k, side = seg.scale, round(EM * seg.scale)
    body = (seg.label == BODY) & (seg.reversed <= HALF)
    body, b = (body, b) if b.height >= b.width else (body.T, b.turned)

    def beside(x: int) -> bool:
        part = body[round(b.y0 * k) : round(b.y1 * k), max(0, x) : x + side]
        return bool(part.size) and float(part.mean()) > share

    return beside(int(b.x0 * k) - side - 1) and beside(round(b.x1 * k) + 1)


def _frames(seg: Segmentation, shape: tuple[int, ...]) -> list[Box]:
    """Frames of any ornament: outlines that hang together in the network's rules."""
    own = _full(mask_of(seg.label == RULE), shape)
    return list(find_outlines(own, ()).frames)
