"""Where pictures and panels end: at their edges, at type, at each other."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import box_of, boxes, labelled
from layout.geometry import Box
from layout.ground import LIGHTEST, Tone, mask_of
from layout.ink import Gray, Mask, grown

MOSTLY: Final = 0.6
"""Of its rectangle that a picture fills, if it has corners; a cut-out fills less."""

ENCLOSED: Final = 0.6
"""Of a place's outline that is picture; a quarter of what a circle leaves of its square has 0.44."""

INKED: Final = 0.08
"""Of a place in a picture's corner from which on it may hold type; a body's column has 0.15 and more."""

CLOSE: Final = 0.8
"""Em from a picture's edge within which its frame may stand."""

SET: Final = 0.05
"""Glyphs in a square em from which on a place holds type; a body's column has 0.4."""

EDGE: Final = 0.5
"""Of a picture's height along which its own edge is a step in the tone."""

STEP: Final = 0.05
"""Of the tone, at the edge of a picture against show-through."""

FAINT_STEP: Final = 0.02
"""Of the tone, where a light sky begins."""

WHOLE_EDGE: Final = 0.7
"""Of a picture's side along which a sky begins by a step."""

BODY: Final = 0.1
"""Glyphs in a square em from which on a place beside a picture is a column of type, not texture."""

PAPER: Final = 0.9
"""Of the tone of the paper about a picture, from which on a pixel is paper;"""

TYPED: Final = 0.2
"""such a share of a row is paper between the strokes of a line that stands against a picture,"""

NO_PAPER: Final = 0.1
"""and no more of a row of the picture."""

DARKEST_GHOST: Final = 0.8
"""Of paper that shows what is printed behind it."""


def squared(shapes: Mask, glyphs: Mask, inked: Tone, e: float) -> Mask:
    """Pictures with the light corners and skies that their rectangle has besides; where text stands, they end."""
    out = shapes.copy()
    for b in boxes(shapes):
        own = shapes[b.y0 : b.y1, b.x0 : b.x1] > 0
        if float(own.mean()) < MOSTLY:
            continue
        labels, stats = labelled(mask_of(~own))
        for n, c in enumerate((box_of(r) for r in stats[1:]), start=1):
            rest = labels == n
            there = int((glyphs[b.y0 : b.y1, b.x0 : b.x1][rest] > 0).sum())
            empty = there < SET * stats[n][4] / e**2 and float(inked[b.y0 : b.y1, b.x0 : b.x1][rest].mean()) < INKED
            if empty or _enclosed(rest, own) or min(c.width, c.height) < e:
                out[b.y0 : b.y1, b.x0 : b.x1][rest] = 255
    return out


def between_edges(shapes: Mask, tone: Tone, glyphs: Mask, e: float) -> Mask:
    """Pictures without what lies beyond an edge of theirs and holds type: another's show-through that touches them."""
    out = shapes.copy()
    for b in boxes(shapes):
        own, t, g = out[b.y0 : b.y1, b.x0 : b.x1], tone[b.y0 : b.y1, b.x0 : b.x1], glyphs[b.y0 : b.y1, b.x0 : b.x1]
        left = 4
        while left and own.size:  # each side in turn, turned to the left, until all four are as they were
            beyond = _beyond(own, t, g, e)
            own[:, :beyond] = 0
            own, t, g = np.rot90(own[:, beyond:]), np.rot90(t[:, beyond:]), np.rot90(g[:, beyond:])
            left = 4 if beyond else left - 1
    return out


def _beyond(own: Mask, tone: Tone, glyphs: Mask, e: float) -> int:
    """The columns at the left, before an edge, where type stands and what was taken for picture is nearly paper."""
    falls = _falls(tone, e, STEP)
    steep = np.flatnonzero(falls > EDGE)
    edges = [run[np.argmax(falls[run])] for run in np.split(steep, np.flatnonzero(np.diff(steep) > 1) + 1) if run.size]
    for x in reversed(edges):
        typed = int((glyphs[:, :x] > 0).sum()) > BODY * glyphs[:, :x].size / e**2
        taken = tone[:, :x][own[:, :x] > 0]
        if typed and taken.size and float(np.median(taken)) > DARKEST_GHOST:
            return int(x)
    return 0


def _falls(tone: Tone, e: float, step: float) -> npt.NDArray[np.float64]:
    """For each column the share of its rows where the tone falls from the left to the right of it by a step."""
    near, far = max(1, round(0.3 * e)), max(2, round(0.9 * e))
    mean = cv2.blur(tone, (far - near, 1))
    reach = (near + far) // 2
    out = np.zeros(tone.shape[1])
    if tone.shape[1] <= 2 * reach:
        return out
    out[reach:-reach] = (mean[:, : -2 * reach] - mean[:, 2 * reach :] > step).mean(axis=0)
    return out


def with_skies(shapes: Mask, tone: Tone, glyphs: Mask, e: float) -> Mask:
    """Rectangular pictures with what goes on beyond a side of theirs, as wide as they are, and ends at an edge.

    It may be hardly darker than paper, as a sky is; no type stands on it.
    """
    out = shapes.copy()
    page = Box(0, 0, tone.shape[1], tone.shape[0])
    for b in (b for b in boxes(shapes) if float((shapes[b.y0 : b.y1, b.x0 : b.x1] > 0).mean()) > 0.9):
        far = b.grown(round(1.2 * max(b.width, b.height))) & page
        for turn in range(4):  # beyond the left side, and beyond each other side turned to the left
            own, t, g = (np.rot90(m[far.y0 : far.y1, far.x0 : far.x1], turn) for m in (out, tone, glyphs))
            place = _turned_within(b, far, turn)
            x = _sky(np.asarray(t, dtype=np.float32), np.asarray(g, dtype=np.uint8), place, e)
            own[place.y0 : place.y1, x : place.x0] = 255
    return out


def _sky(tone: Tone, glyphs: Mask, b: Box, e: float) -> int:
    """Where that begins which goes on to the left of the box `b`; its own left side where nothing does."""
    rows, margin = slice(b.y0, b.y1), round(0.9 * e)
    steps = _falls(tone[rows], e, FAINT_STEP)
    beside = [tone[max(0, y - margin) : max(1, y), : b.x0].mean(axis=0) for y in (b.y0, b.y1 + margin)]
    bounded = np.minimum(*beside) > tone[rows, : b.x0].mean(axis=0) + FAINT_STEP
    for x in np.flatnonzero(steps[: max(0, b.x0 - round(e))] > WHOLE_EDGE):
        strip, typed = tone[rows, x + margin : b.x0], int((glyphs[rows, x : b.x0] > 0).sum())
        dark = strip.size and float((strip < LIGHTEST).mean()) > 0.95
        if dark and bounded[x + margin :].mean() > 0.8 and typed < SET * strip.size / e**2:
            return int(x)
    return b.x0


def _turned_within(b: Box, frame: Box, turns: int) -> Box:
    """The box's place in its frame after quarter turns to the left, as numpy.rot90 turns."""
    b = Box(b.x0 - frame.x0, b.y0 - frame.y0, b.x1 - frame.x0, b.y1 - frame.y0)
    width, height = frame.width, frame.height
    for _ in range(turns):
        b, width, height = Box(b.y0, width - b.x1, b.y1, width - b.x0), height, width
    return b


def beside_panels(shapes: Mask, panels: Mask, e: float) -> Mask:
    """Pictures without a panel along their upper or lower side that goes on beside them: it does not lie on them."""
    out = shapes.copy()
    for p in boxes(panels):
        crossed = [b for b in boxes(shapes) if (b & p).area > 0 and (p.x0 < b.x0 - e or p.x1 > b.x1 + e)]
        for b in crossed:
            if p.y0 <= b.y0 + e or p.y1 >= b.y1 - e:
                part = b & p
                out[part.y0 : part.y1, part.x0 : part.x1] = 0
    return out


def trimmed(shapes: Mask, gray: Gray, ink: Mask, em: float) -> Mask:
    """Rectangular pictures cut to the line, without the paper or the frame that stands close about them."""
    out = shapes.copy()
    reach = round(CLOSE * em)
    for b in boxes(shapes):
        if float((shapes[b.y0 : b.y1, b.x0 : b.x1] > 0).mean()) < 0.9:
            continue
        paper = float(np.percentile(_about(gray, b, 2 * em), 90))
        for turned in (False, True):
            own, tone, print_ = (m[b.y0 : b.y1, b.x0 : b.x1] for m in (out, gray, ink))
            own, tone, print_ = (own.T, tone.T, print_.T) if turned else (own, tone, print_)
            for side in (slice(0, reach), slice(own.shape[1] - 1, max(0, own.shape[1] - 1 - reach), -1)):
                own[:, side][:, : _margin((tone[:, side] / paper).astype(np.float32), print_[:, side])] = 0
    return out


def to_the_edge(panels: Mask, ink: Mask, em: float) -> Mask:
    """Panels without the paper along their sides: a row or column of theirs is mostly ink."""
    out = panels.copy()
    reach = round(0.5 * em)
    for b in boxes(panels):
        for turned in (False, True):
            own, print_ = (m[b.y0 : b.y1, b.x0 : b.x1] for m in (out, ink))
            own, print_ = (own.T, print_.T) if turned else (own, print_)
            bare = (print_ > 0).mean(axis=0) < 0.6
            for side in (slice(0, reach), slice(own.shape[1] - 1, max(0, own.shape[1] - 1 - reach), -1)):
                if not bare[side].all():
                    own[:, side][:, : int(np.argmin(bare[side]))] = 0
    return out


def _margin(tone: Tone, ink: Mask) -> int:
    """Columns at a picture's side that are not of it, its tone beside paper's: white ones, and those of a frame, or of
    a line of type, with white behind it."""
    solid, paper, white = (ink > 0).mean(axis=0), (tone > PAPER).mean(axis=0), tone.mean(axis=0) > 0.95
    bare = int(np.argmin(white)) if not white.all() else 0
    gap = int(np.flatnonzero(solid < 0.04).max(initial=0))
    if gap == 0:
        return bare
    framed = float(solid[:gap].max()) > 0.8
    typed = paper[:gap].min() > TYPED and paper[gap:].min() < NO_PAPER
    return max(gap, bare) if framed or typed else bare


def _about(gray: Gray, b: Box, margin: float) -> Gray:
    """The picture's pixels in the box and so far about it."""
    far = b.grown(round(margin)) & Box(0, 0, gray.shape[1], gray.shape[0])
    return gray[far.y0 : far.y1, far.x0 : far.x1]


def _enclosed(rest: npt.NDArray[np.bool_], own: npt.NDArray[np.bool_]) -> bool:
    """Whether most of the place's outline is the picture's: a window in it, or a lamp at its edge; no corner is."""
    wide = np.pad(mask_of(rest), 1)
    rim = (grown(wide, 3, 3) > 0) & (wide == 0)
    return float(own[rim[1:-1, 1:-1]].sum()) > ENCLOSED * float(rim.sum())
