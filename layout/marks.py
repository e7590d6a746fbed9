"""Marks: all that is printed beside type, and the ink of the type alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import components
from layout.drawings import find_drawings
from layout.geometry import Box
from layout.ink import Gray, Mask, grown, opened, rect
from layout.lines import firm_rows
from layout.normalized import EM, Normalized
from layout.outlines import find_outlines
from layout.panels import find_bands, merged
from layout.rules import find_rules, same_frame
from layout.segmentation import Segmentation
from layout.tones import Known, Tones, find_tones

WIDEST_STROKE = 2.0
"""Stroke width of the largest light type on a panel, in em."""

RULE_END = 0.4
"""Length beyond the visible end of a rule to which it may have been printed, in em: ends fade."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks as boxes in pixels of the normalized picture.

    `panels` are dark with light type, `tints` light areas under type. `type_ink` is the ink of type alone, the light
    type of panels included; `walls` is what no line of type crosses. Both have the picture's shape, 255 where it holds.
    """

    panels: tuple[Box, ...]
    pictures: tuple[Box, ...]
    rules: tuple[Box, ...]
    frames: tuple[Box, ...]
    tints: tuple[Box, ...]
    tables: tuple[Box, ...]
    type_ink: Mask
    walls: Mask
    segmentation: Segmentation | None = None
    """What the network said of the picture; None for marks that were found without it."""


class MarkDetector(Protocol):
    """Finds the marks of a normalized picture."""

    def detect(self, normalized: Normalized) -> Marks:
        """The marks; the same for the same picture."""
        ...


@dataclass(frozen=True, slots=True)
class ThresholdMarks:
    """Marks by thresholds on tone, size and shape."""

    def detect(self, normalized: Normalized) -> Marks:
        paper = normalized.paper
        firm = firm_rows(paper.pieces, EM)
        tones = find_tones(paper, Known(find_bands(paper.evened, EM), firm), EM)
        thin = _without_tones(paper.ink, tones)
        outlines = find_outlines(thin, firm, EM)
        thin = _without(thin, outlines.mask)
        rules = find_rules(thin, EM, tones.panels)
        loose = _without(thin, rules.mask)
        drawings = find_drawings(loose, firm, EM)
        boxes = tuple(r.box for r in rules.rules)
        return Marks(
            panels=tones.panels,
            pictures=merged([*tones.pictures, *drawings.pictures]),
            rules=boxes,
            frames=distinct_frames([*outlines.frames, *rules.frames]),
            tints=(*paper.tints, *tones.tints),
            tables=outlines.tables,
            type_ink=_with_light_type(_without(loose, drawings.mask), paper.evened, tones),
            walls=_walls(tones.shapes | outlines.mask | rules.mask | drawings.mask, tones.panels, boxes),
        )


def distinct_frames(frames: Sequence[Box]) -> tuple[Box, ...]:
    """The frames, of two that lie one on the other (a double rule, a frame about its tint) the first."""
    out: list[Box] = []
    for f in frames:
        if not any(same_frame(f, o, 1.5 * EM) for o in out):
            out.append(f)
    return tuple(out)


def _without(ink: Mask, mask: Mask) -> Mask:
    return cv2.bitwise_and(ink, cv2.bitwise_not(mask)).astype(np.uint8, copy=False)


def _without_tones(ink: Mask, tones: Tones) -> Mask:
    """The ink off pictures and panels; their edges go with them, else each would leave four rules."""
    solid = tones.shapes | tones.dark
    return _without(ink, grown(solid, 0.5 * EM, 0.5 * EM) | grown(tones.dark, EM, EM))


def _with_light_type(type_ink: Mask, evened: Gray, tones: Tones) -> Mask:
    """The ink with the light type of each panel as ink."""
    for p in tones.panels:
        own = tones.dark[p.y0 : p.y1, p.x0 : p.x1] > 0
        type_ink[p.y0 : p.y1, p.x0 : p.x1][own] = _light_type(evened[p.y0 : p.y1, p.x0 : p.x1], own)[own]
    return type_ink


def _walls(solid: Mask, panels: Sequence[Box], rules: Sequence[Box]) -> Mask:
    """What no line crosses: `solid`, the edges of panels, and rules somewhat longer than they are seen."""
    walls = solid
    for p in panels:
        cv2.rectangle(walls, (p.x0, p.y0), (p.x1, p.y1), 255, 2)
    for b in rules:
        dx, dy = (round(RULE_END * EM), 0) if b.width > b.height else (0, round(RULE_END * EM))
        walls[max(0, b.y0 - dy) : b.y1 + dy, max(0, b.x0 - dx) : b.x1 + dx] = 255
    return walls.astype(np.uint8, copy=False)


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
