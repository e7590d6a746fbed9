"""Closed outlines in one piece: frames of any ornament, and the grids of tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from layout.components import labelled, large
from layout.geometry import Box
from layout.ink import Mask, closed, grown, opened
from layout.params import EM


@dataclass(frozen=True, slots=True)
class OutlineParams:
    """Bounds of outlines that hang together; lengths in em of the body type where nothing else is said."""

    smallest: tuple[float, float] = (4.0, 5.0)
    """Shorter and longer side of an outline, at least; the squares of large hanzi are smaller, or stand in a row."""
    in_row: float = 0.4
    """Share of an outline that lies in a row of display type, at most."""
    broken: float = 0.15
    """Gap in an outline, at most."""
    border: float = 1.3
    """Distance from a frame's edge within which its ornament lies."""
    inner: float = 0.1
    """Share of a frame's ink that lies further in, at most."""
    side: float = 0.8
    """Share of each side of a frame along which there is ink, at least."""
    straight: float = 0.6
    """Share of a table's ink that is straight lines, at least."""
    fullest: float = 0.38
    """Share of its box that a table's lines cover, at most; the strokes of a bold hanzi cover half."""
    narrowest_table: float = 8.0
    """Width of a table, at least; the thin strokes of a large 来 or 用 make a grid as well."""
    highest_row: float = 5.0
    """Height of a table's rows on the average, at most; boxes that share their sides and are higher hold articles."""
    line: float = 2.5
    """Length of a straight line of a table, at least, in em, or `line_share` of the table where that is less."""
    line_share: float = 0.5
    """Share of the table's width or height that a line runs over, at least."""


P: Final = OutlineParams()


@dataclass(frozen=True, slots=True)
class Outlines:
    """Boxes in pixels of the mask that was given, and the ink of them all, 255 where it lies."""

    frames: tuple[Box, ...]
    tables: tuple[Box, ...]
    mask: Mask


def find_outlines(ink: Mask, rows: Sequence[Box]) -> Outlines:
    """Frames and tables whose outline hangs together; those whose rules only meet are found from their rules.

    `rows` are rows of display type known beforehand, whose bold hanzi look like little frames and grids. `em` is the
    body's type size in pixels of `ink`.
    """
    joined = closed(ink, P.broken * EM, P.broken * EM)
    labels, stats = labelled(joined)
    mask = np.zeros_like(ink)
    frames, tables = [], []
    for n, box in large(stats, P.smallest[1] * EM, P.smallest[0] * EM):
        own = labels[box.y0 : box.y1, box.x0 : box.x1] == n
        if any(box.within(r) > P.in_row for r in rows):
            continue
        if box.width > P.narrowest_table * EM and is_grid(own):
            tables.append(box)
            own &= grown(_straight(own), 3, 3) > 0  # type that touches a line stays
        elif is_frame(own):
            frames.append(box)
        else:
            continue
        mask[box.y0 : box.y1, box.x0 : box.x1][own] = 255
    return Outlines(tuple(frames), tuple(tables), cv2.bitwise_and(grown(mask, 3, 3), ink).astype(np.uint8, copy=False))


def grid_lines(ink: Mask) -> Mask:
    """The ink of the grids of tables, 255 where it lies: so a table is one whose cells hold type in every corner."""
    labels, stats = labelled(closed(ink, P.broken * EM, P.broken * EM))
    mask = np.zeros_like(ink)
    for n, box in large(stats, P.narrowest_table * EM, P.smallest[0] * EM):
        own = labels[box.y0 : box.y1, box.x0 : box.x1] == n
        if box.width > P.narrowest_table * EM and is_grid(own):
            mask[box.y0 : box.y1, box.x0 : box.x1][own & (grown(_straight(own), 3, 3) > 0)] = 255
    return cv2.bitwise_and(mask, ink).astype(np.uint8, copy=False)


def is_frame(own: npt.NDArray[np.bool_]) -> bool:
    """Whether the ink lies along the box's four sides and nowhere else, and nearly all along each of them."""
    h, w = own.shape
    t = round(P.border * EM)
    inner = own[t : h - t, t : w - t]
    sides = (own[:t].any(axis=0), own[-t:].any(axis=0), own[:, :t].any(axis=1), own[:, -t:].any(axis=1))
    return bool(inner.sum() < P.inner * own.sum() and min(float(s.mean()) for s in sides) > P.side)


def is_grid(own: npt.NDArray[np.bool_]) -> bool:
    """Whether the ink is straight lines of both directions, some inside, close enough for a line of type a row."""
    flat, upright = _flat(own), _upright(own)
    lines = float(((_straight(own) > 0) & own).sum())
    if lines < P.straight * float(own.sum()) or float(own.sum()) > P.fullest * own.size:
        return False
    h, w = own.shape
    rows, columns = _inner(_lines(flat.mean(axis=1)), h), _inner(_lines(upright.mean(axis=0)), w)
    return bool(rows and columns) and h / (len(rows) + 1) < P.highest_row * EM


def _flat(own: npt.NDArray[np.bool_]) -> Mask:
    """Level runs too long for type."""
    return opened(own.view(np.uint8), min(P.line * EM, P.line_share * own.shape[1]), 1)


def _upright(own: npt.NDArray[np.bool_]) -> Mask:
    """Upright runs too long for type."""
    return opened(own.view(np.uint8), 1, min(P.line * EM, P.line_share * own.shape[0]))


def _straight(own: npt.NDArray[np.bool_]) -> Mask:
    """The long runs both ways, and what clings to them."""
    return cv2.bitwise_or(grown(_flat(own), 1, 3), grown(_upright(own), 3, 1)).astype(np.uint8, copy=False)


def _inner(lines: list[int], length: int) -> list[int]:
    """The lines that are not of a double or ornamental border."""
    return [i for i in lines if P.border * EM < i < length - P.border * EM]


def _lines(profile: npt.NDArray[np.float64]) -> list[int]:
    """Where lines that run over enough of the length begin in a profile of shares."""
    there = np.concatenate(([0], (profile > P.line_share).astype(np.int8)))
    return [int(i) for i in np.flatnonzero(np.diff(there) == 1)]
