"""Picture texture: what the line detector takes for lines amid a picture, windows, grass, a crowd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from layout.components import AREA, HEIGHT, WIDTH, components
from layout.geometry import Box
from layout.ink import Gray, Mask, grown
from layout.lines.detected_line import DetectedLine
from layout.marks.marks import Marks
from layout.page import Direction
from layout.params import EM
from layout.prepare.segmentation import PICTURE, Segmentation

WEIGHTS: Mapping[str, float] = {
    "text": -4.6,
    "picture": 5.0,
    "solid": 8.1,
    "strokes": -1.5,
    "widths": -1.5,
    "length": -0.4,
    "contrast": -11.8,
}
"""Weights of the cues in log-odds that a line is texture, fitted by `python -m samples.texture`."""
BIAS = 4.5
"""Log-odds where every cue is zero."""
_BESIDE = 5
"""Pixels beside a stroke's blurred edge whose tone is its ground's."""


@dataclass(frozen=True, slots=True)
class LineTextureParams:
    """Bounds of the cues by which texture is told from type, and of the answer."""

    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    """Weight of each cue."""
    bias: float = BIAS
    """Log-odds where every cue is zero."""
    least: float = 1.6
    """Log-odds from which on a line is texture: a line that is dropped is lost, one that is kept is noise."""
    least_beside: float = 0.0
    """The same beside a line that is texture: windows, leaves, faces come in numbers."""
    beside: float = 2.0
    """Distance from such a line, in em of the body type, at most."""
    sure: float = 0.9
    """Mean probability of text over a line's box from which on the network's word stands."""
    least_text: float = 0.4
    """The same below which less text tells no more."""
    ring: float = 3.0
    """Width of the ring about a line's box in which the picture is looked for, in em of the body type."""
    most_picture: float = 0.5
    """Share of box and ring that is picture above which more tells no more: captions lie in pictures too."""
    large: float = 0.3
    """Extent of a component, in line thicknesses, from which on its shape is asked."""
    thinnest: float = 0.4
    """Share of a component's box that is ink below which less tells no more; hanzi have about as much."""
    most_strokes: float = 2.0
    """Strokes in a line's thickness along its middle above which more tell no more."""
    lengths: tuple[float, float] = (0.5, 8.0)
    """Length of a line in its thicknesses, least and most that tell."""
    most_contrast: float = 0.5
    """Contrast of the line's ink with the ground beside it, in that of most lines of the page, above which more tells
    no more: type on a shaded panel has half the contrast of black on white."""


DEFAULT = LineTextureParams()


def without_picture_texture(
    lines: Sequence[DetectedLine], marks: Marks, gray: Gray, params: LineTextureParams = DEFAULT
) -> list[DetectedLine]:
    """The lines without those that are the texture of a picture; `gray` is the normalized picture.

    Windows, grass and faces are lines to the network now and then. Their shapes are solid where hanzi are strokes,
    alike where hanzi differ, faint where type is set to be read.
    """
    p = params
    doubted = {n.id for n in lines if marks.segmentation.text_share(n.box) < p.sure}
    sure = [n for n in lines if n.id not in doubted]
    if not doubted or not sure:
        return list(lines)
    usual = usual_contrast(sure, marks.type_ink, gray)
    odds = {n.id: _log_odds(texture_cues(n, marks, gray, usual, p), p) for n in lines if n.id in doubted}
    gone = [n for n in lines if odds.get(n.id, p.least_beside) >= p.least]
    near = [n for n in lines if p.least_beside < odds.get(n.id, p.least_beside) < p.least]
    for n in gone:  # grows while it is gone through
        reach = n.box.grown(round(p.beside * EM))
        gone += (o for o in near if o not in gone and _meet(o.box, reach))
    told = {n.id for n in gone}
    return [n for n in lines if n.id not in told]


def _meet(a: Box, b: Box) -> bool:
    return a.overlap_x(b) > 0 and a.overlap_y(b) > 0


def usual_contrast(lines: Sequence[DetectedLine], ink: Mask, gray: Gray) -> float:
    """The contrast in grey levels of most of the lines; at least one level."""
    return max(1.0, float(np.median([_contrast(n.box, ink, gray) for n in lines])))


def texture_cues(
    line: DetectedLine, marks: Marks, gray: Gray, usual: float, params: LineTextureParams = DEFAULT
) -> dict[str, float]:
    """What tells texture from type, by the names of the weights; `usual` is the contrast of most lines."""
    p, b = params, line.box
    ink = marks.type_ink[b.y0 : b.y1, b.x0 : b.x1]
    ink = ink if line.direction is Direction.HORIZONTAL else np.ascontiguousarray(ink.T)
    thickness = ink.shape[0]
    stats = components(ink)
    shapes = stats[np.maximum(stats[:, WIDTH], stats[:, HEIGHT]) > p.large * thickness]
    shapes = shapes if len(shapes) else stats
    area = shapes[:, AREA].astype(np.float64)
    filled = area / (shapes[:, WIDTH] * shapes[:, HEIGHT])
    rows = ink[thickness // 4 : max(thickness // 4 + 1, 3 * thickness // 4)] > 0
    strokes = np.count_nonzero(rows[:, 1:] & ~rows[:, :-1], axis=1)
    length = ink.shape[1] / thickness
    return {
        "text": max(p.least_text, marks.segmentation.text_share(b)),
        "picture": min(p.most_picture, _picture_share(b, marks.segmentation, p)),
        "solid": max(p.thinnest, float((filled * area).sum() / area.sum())) if len(area) else 1.0,
        "strokes": min(p.most_strokes, float(np.median(strokes)) / max(1.0, length)),
        "widths": float(np.log(shapes[:, WIDTH]).std()) if len(area) else 0.0,
        "length": float(np.log(np.clip(length, *p.lengths))),
        "contrast": min(p.most_contrast, _contrast(b, marks.type_ink, gray) / usual),
    }


def _log_odds(cues: Mapping[str, float], p: LineTextureParams) -> float:
    return p.bias + sum(p.weights[name] * value for name, value in cues.items())


def _picture_share(box: Box, seg: Segmentation, p: LineTextureParams) -> float:
    b = box.grown(round(p.ring * EM))
    k = seg.scale
    part = seg.label[max(0, int(b.y0 * k)) : round(b.y1 * k), max(0, int(b.x0 * k)) : round(b.x1 * k)]
    return float((part == PICTURE).mean()) if part.size else 0.0


def _contrast(b: Box, ink: Mask, gray: Gray) -> float:
    """Grey levels between the mean of a line's ink and that of the ground beside its strokes, the edges left out."""
    about = b.grown(_BESIDE) & Box(0, 0, ink.shape[1], ink.shape[0])
    own, tones = ink[about.y0 : about.y1, about.x0 : about.x1], gray[about.y0 : about.y1, about.x0 : about.x1]
    edge = grown(own, 3, 3)
    ground = (grown(edge, _BESIDE, _BESIDE) > 0) & (edge == 0)
    if not own.any() or not ground.any():
        return 0.0
    core = cv2.erode(own, np.ones((3, 3), np.uint8)) > 0
    inked = core if core.any() else own > 0
    return abs(float(tones[inked].mean()) - float(tones[ground].mean()))
