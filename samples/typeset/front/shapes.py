"""Outlines of cut-out pictures, and the way lines of text keep clear of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from random import Random

import numpy as np

from samples.typeset.canvas import FrameRect
from samples.typeset.front.paper import polygon_mask

Points = list[tuple[float, float]]


@dataclass(frozen=True)
class Shape:
    """A polygon with white around it, in the sheet's pixels of a level page."""

    points: tuple[tuple[float, float], ...]
    margin: float

    def span(self, v0: float, v1: float) -> tuple[float, float] | None:
        """What it covers along the lines between v0 and v1."""
        rows = self._rows()
        top = min(p[1] for p in self.points)
        first, last = int(v0 - self.margin - top), int(v1 + self.margin - top)
        part = rows[max(0, first) : max(0, last)]
        if not part.size or not (part[:, 1] >= 0).any():
            return None
        part = part[part[:, 1] >= 0]
        left = min(p[0] for p in self.points)
        return left + float(part[:, 0].min()) - self.margin, left + float(part[:, 1].max()) + self.margin

    def _rows(self) -> np.ndarray:
        return _extents(self.points)


_KNOWN: dict[tuple[tuple[float, float], ...], np.ndarray] = {}


def _extents(points: tuple[tuple[float, float], ...]) -> np.ndarray:
    """First and last column that each row of a polygon covers, -1 where none; shape (rows, 2), from its own corner."""
    if points not in _KNOWN:
        _KNOWN.clear()
        left, top = min(p[0] for p in points), min(p[1] for p in points)
        size = int(max(p[0] for p in points) - left) + 2, int(max(p[1] for p in points) - top) + 2
        mask = polygon_mask(size, [(x - left, y - top) for x, y in points]) > 0
        any_row = mask.any(axis=1)
        first, last = mask.argmax(axis=1), size[0] - 1 - mask[:, ::-1].argmax(axis=1)
        _KNOWN[points] = np.stack([np.where(any_row, first, 1), np.where(any_row, last, -1)], axis=1)
    return _KNOWN[points]


def oval(r: FrameRect) -> Points:
    """An ellipse in a rectangle, as a polygon."""
    cx, cy, a, b = (r.u0 + r.u1) / 2, (r.v0 + r.v1) / 2, r.width / 2, r.height / 2
    return [(cx + a * cos(t * pi / 24), cy + b * sin(t * pi / 24)) for t in range(48)]


def blob(r: FrameRect, rng: Random) -> Points:
    """A smooth uneven outline, as of a figure cut out of its ground."""
    waves = [(rng.randint(2, 5), rng.uniform(0.03, 0.13), rng.uniform(0, 2 * pi)) for _ in range(3)]
    return _polar(r, [1 - sum(a * (1 + sin(k * t + p)) / 2 for k, a, p in waves) for t in _angles(72)])


def burst(r: FrameRect, rng: Random) -> Points:
    """A star of many points, or a scalloped edge."""
    count, deep = rng.randint(9, 26), rng.uniform(0.06, 0.3)
    return _polar(r, [1.0 if n % 2 else 1 - deep * rng.uniform(0.7, 1.0) for n in range(2 * count)])


def figure(r: FrameRect, rng: Random) -> Points:
    """A head on shoulders."""
    cx, w, h = (r.u0 + r.u1) / 2, r.width, r.height
    head, neck = rng.uniform(0.16, 0.22) * w, rng.uniform(0.3, 0.42) * h
    top = [(cx + head * cos(pi * n / 10), r.v0 + neck * 0.5 - neck * 0.5 * sin(pi * n / 10)) for n in range(11)]
    left = [(cx - head * 0.6, r.v0 + neck), (cx - w * 0.4, r.v0 + neck * 1.35), (r.u0, r.v1)]
    right = [(r.u1, r.v1), (cx + w * 0.4, r.v0 + neck * 1.3), (cx + head * 0.6, r.v0 + neck)]
    return [*top, *left, *right]


def _angles(count: int) -> list[float]:
    return [2 * pi * n / count for n in range(count)]


def _polar(r: FrameRect, radii: list[float]) -> Points:
    cx, cy = (r.u0 + r.u1) / 2, (r.v0 + r.v1) / 2
    angles = _angles(len(radii))
    return [(cx + r.width / 2 * q * cos(t), cy + r.height / 2 * q * sin(t)) for q, t in zip(radii, angles, strict=True)]
