"""Drop capitals: a large first character beside two or more lines, which becomes a line of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layout.components import HEIGHT, WIDTH, Stats, box_of, boxes_of, labelled
from layout.geometry import Box
from layout.ink import Gray, Mask, closed
from layout.params import EM
from layout.prepare.segmentation import DISPLAY, Segmentation
from layout.prepare.small_photographs import is_photograph


@dataclass(frozen=True, slots=True)
class InitialParams:
    """Bounds of a drop capital; lengths in em of the body type where nothing else is said."""

    close: float = 0.2
    """Gap between the parts of one glyph, at most; the line beside it stands further off."""
    height: tuple[float, float] = (1.8, 6.0)
    """Height of the glyph, least and most: that of two to four lines."""
    shape: tuple[float, float] = (0.5, 1.35)
    """Width for its height, least and most: the glyph fills a square, with little white."""
    ink: tuple[float, float] = (0.12, 0.75)
    """Share of its box that is ink, least and most: a picture or a bar is fuller, a frame emptier."""
    beside: float = 1.0
    """White between it and the lines beside it, at most."""
    look: float = 3.0
    """Length of the lines beside and below in which their cores are counted."""
    core: int = 110
    """Probability (0-255) from which on a pixel is a line's core."""
    full: float = 0.6
    """Share of such a length that is core, at least, where a line runs."""
    level: float = 0.5
    """Distance between its top and that of the first line, its foot and that of the last, at most."""
    pitch: float = 2.2
    """Pitch of the lines beside it, at most."""
    stroke: float = 1.1
    """Extent of its largest part, at least: more than a glyph of body type."""
    dirt: float = 0.06
    """Share of the white before it that is ink, at most."""
    through: float = 0.75
    """The same for a line that runs on under it and under what is beside it, without a gap."""
    white: float = 0.4
    """White before it, at least: nothing stands at its other side in the column."""
    large: tuple[float, float] = (0.9, 0.4)
    """Distance above it, from and to, of the strip in which large type would be that of an upright headline: the
    network sees type a third of an em beyond its ink."""
    large_share: float = 0.3
    """Share of that strip that is display type, at most."""
    fewest: int = 2
    """Lines beside it, at least."""
    white_cross: float = 0.05
    """Share of the emptiest row between two lines, and of its emptiest column, that is ink, at most, where what looks
    like one glyph is a square of smaller ones that dirt joins; the strokes of one glyph cross the one or the other."""
    rim: float = 0.25
    """Part of its width on either side in which its emptiest column is not looked for."""
    below: float = 1.9
    """Distance below it within which the column goes on under it, at most."""


DEFAULT = InitialParams()


def with_initials(
    seg: Segmentation, ink: Mask, pieces: Stats, gray: Gray, params: InitialParams = DEFAULT
) -> Segmentation:
    """The segmentation with each drop capital made display type that has a core of its own.

    The network joins a drop capital to one of the lines beside it, or takes it for a picture. `ink` is the picture's at
    body type `em`, `pieces` are its components. A portrait beside an author's name stands like one; the tones of
    `gray` tell it.
    """
    found = [b for b in find_initials(seg, ink, pieces, params) if not is_photograph(b, gray)]
    if not found:
        return seg
    out, k = seg.copied(), seg.scale
    for b in found:
        part = np.s_[int(b.y0 * k) : round(b.y1 * k), int(b.x0 * k) : round(b.x1 * k)]
        rim = max(1, round(params.close * EM * k))
        about = np.s_[max(0, int(b.y0 * k) - rim) : round(b.y1 * k) + rim, int(b.x0 * k) : round(b.x1 * k) + rim]
        out.core[about] = 0
        for plane in (out.text, out.picture, out.rule, out.table):
            plane[part] = 0
        out.vertical[part], out.reversed[part] = 0, 0
        out.label[part], out.display[part] = DISPLAY, 255
        dx, dy = b.width // 8, b.height // 4
        out.core[int((b.y0 + dy) * k) : round((b.y1 - dy) * k), int((b.x0 + dx) * k) : round((b.x1 - dx) * k)] = 255
    return out


def find_initials(seg: Segmentation, ink: Mask, pieces: Stats, params: InitialParams = DEFAULT) -> Iterator[Box]:
    """The drop capitals of level type, as boxes in pixels of `ink`, whose components are `pieces`."""
    core, seen = seg.core >= params.core, list[Box]()
    extent = np.maximum(pieces[:, WIDTH], pieces[:, HEIGHT])
    for piece in boxes_of(pieces[(extent > params.stroke * EM) & (extent < params.height[1] * EM)]):
        # A glyph in one piece may stand close to a picture, another is whole only with its small parts.
        for b in (piece, _whole(piece, ink, params)):
            if any((b & o).area > 0 for o in seen):
                continue
            if _is_glyph(b, ink, params) and _opens_column(b, core, seg.scale, params):
                if _in_headline(b, seg, params) or _is_square_of_glyphs(b, ink, params):
                    continue
                seen.append(b)
                yield b


def _whole(piece: Box, ink: Mask, p: InitialParams) -> Box:
    """The box of the glyph whose part the piece is."""
    gap, reach = round(p.close * EM), round(0.5 * p.height[1] * EM)
    window = piece.grown(reach) & Box(0, 0, ink.shape[1], ink.shape[0])
    near = closed(ink[window.y0 : window.y1, window.x0 : window.x1], gap, gap)
    labels, stats = labelled(near)
    own = labels[piece.y0 - window.y0 : piece.y1 - window.y0, piece.x0 - window.x0 : piece.x1 - window.x0]
    counts = np.bincount(own.ravel(), minlength=len(stats))
    counts[0] = 0
    b = box_of(stats[int(counts.argmax())])
    return Box(b.x0 + window.x0, b.y0 + window.y0, b.x1 + window.x0, b.y1 + window.y0)


def _is_glyph(b: Box, ink: Mask, p: InitialParams) -> bool:
    """Whether the box has the size, the shape and the fullness of one large glyph, with white before it."""
    if not (p.height[0] * EM < b.height < p.height[1] * EM and p.shape[0] < b.width / b.height < p.shape[1]):
        return False
    if not p.ink[0] < float((ink[b.y0 : b.y1, b.x0 : b.x1] > 0).mean()) < p.ink[1]:
        return False
    before = ink[b.y0 : b.y1, max(0, b.x0 - round(p.white * EM)) : b.x0]
    return not before.size or float((before > 0).mean()) < p.dirt


def _opens_column(b: Box, core: npt.NDArray[np.bool_], k: float, p: InitialParams) -> bool:
    """Whether rows of type stand beside the box from its top to its foot, and the column goes on under it."""
    e, right = EM * k, b.x1 * k + p.beside * EM * k
    beside = core[int(b.y0 * k) : round(b.y1 * k), int(right) : int(right + p.look * e)]
    under = core[round(b.y1 * k) : round(b.y1 * k + p.below * e), int(b.x0 * k) : int(right + p.look * e)]
    if not beside.size or not under.size:
        return False
    # A line of body type runs on under it; where an upright headline does, its core is long.
    below, runs = _runs(under.mean(axis=1) >= p.through), _runs(beside.mean(axis=1) >= p.full)
    middles = [(a + c) / 2 for a, c in runs]
    if not below or len(runs) < p.fewest or max(c - a for a, c in (*below, *runs)) > e:
        return False
    pitch = (middles[-1] - middles[0]) / (len(runs) - 1)
    level = abs(middles[0] - 0.5 * e) < p.level * e and abs(b.height * k - middles[-1] - 0.5 * e) < p.level * e
    return bool(level and e < pitch < p.pitch * e)


def _is_square_of_glyphs(b: Box, ink: Mask, p: InitialParams) -> bool:
    """Whether white runs through the box both ways: it is glyphs of two lines or more, which dirt or a rule joins."""
    own, rim = ink[b.y0 : b.y1, b.x0 : b.x1] > 0, round(p.rim * b.width)
    rows, columns = own.mean(axis=1)[round(p.rim * b.height) : -round(p.rim * b.height)], own.mean(axis=0)[rim:-rim]
    return bool(rows.min() <= p.white_cross and columns.min() <= p.white_cross)


def _in_headline(b: Box, seg: Segmentation, p: InitialParams) -> bool:
    """Whether large type stands right above: the glyph is the last of an upright headline beside text."""
    k = seg.scale
    above = seg.label[
        max(0, int((b.y0 - p.large[0] * EM) * k)) : max(0, int((b.y0 - p.large[1] * EM) * k)),
        int(b.x0 * k) : round(b.x1 * k),
    ]
    return bool(above.size) and float((above == DISPLAY).mean()) > p.large_share


def _runs(there: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where runs begin and end."""
    turns = np.flatnonzero(np.diff(np.concatenate(([0], there.astype(np.int8), [0]))))
    return list(zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True))
