"""Marks of a page compared with each other: one face prints a mark in one shape, and a page has many of each.

A network that knows every face sees in small type one blur for ， and 、. On the page itself the two differ, if only by
a pixel. What was read of the marks tells which is which on the whole; from that each mark's own shape is judged anew.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from layout.page import Glyph, Page
from ocr.characters.foreign import POINTS, is_in_name
from ocr.line.seen import Seen
from ocr.line.transcript import OUTVOTED, with_glyphs
from ocr.marks.shapes import MOST_SURE, NARROW, mark_place, shapes_at
from ocr.pictures.crop import LinePicture

MISTAKEN: Final = {
    "，": {"、": 0.45, "。": 0.45, "；": 0.05, "：": 0.05},
    "。": {"，": 0.7, "、": 0.2, "；": 0.05, "：": 0.05},
    "、": {"，": 0.7, "。": 0.2, "；": 0.05, "：": 0.05},
    "；": {"：": 0.7, "，": 0.1, "。": 0.1, "、": 0.1},
    "：": {"；": 0.7, "，": 0.1, "。": 0.1, "、": 0.1},
}
"""What is printed where each of the marks that are compared is read by mistake: shares of such mistakes, as 130 of them
in drawn small type and on drawn poor scans have them, rounded."""
KINDS: Final = tuple(MISTAKEN)
"""The marks that are compared, in the order of their columns."""
COMMA: Final = KINDS.index("，")
"""The column of commas: in a blur one is often read as a point. Of 74 points that were read outside of names in drawn
small type 60 were commas."""
PAUSE: Final = KINDS.index("、")
"""The column of the marks that part the items of a list."""
TINY: Final = 1e-9
"""What is added to a divisor that may be 0."""

Rows = npt.NDArray[np.float64]
"""Shape (n, k): a row for each mark."""


@dataclass(frozen=True, slots=True)
class MarkComparisonParams:
    """How much the other marks of a page count. The figures fit 2,700 marks on drawn pages best, rounded."""

    width: int = 6
    """Width in pixels of what is compared of a mark's shape."""
    height: int = 12
    """The same height."""
    least: float = 4.0
    """Marks of a kind, at least, that show how the page prints it; kinds with fewer are left as they were read."""
    shrink: float = 0.6
    """Part of the pixels' covariance that is taken to be the same for each pixel: a page has fewer marks than pixels
    have pairs."""
    near: float = 5.0
    """Squared Mahalanobis distance that is as good as none."""
    steep: float = 4.0
    """Log odds that are lost when the squared distance, counted from `near`, grows e times as large. A face other than
    that of most lines is far from all kinds alike."""
    most: float = 8.0
    """Log odds against a kind, at most."""
    rounds: int = 3
    """Times that the kinds' means are taken, each time from the marks as they are judged then."""
    told: float = 0.4
    """Part of a reader's doubt that falls to the mark which it, or its first look, held possible too."""
    temper: float = 0.8
    """Factor of the reader's own log odds: in small type they are too large."""
    surest: float = 0.99
    """Confidence beyond which a reader is not followed here."""
    changed: float = 0.9
    """Confidence, at most, of a mark that was judged otherwise than it was read."""
    item: int = 5
    """Characters of an item of a list, at most, whose length speaks for it: longer ones are equally long by chance."""
    listed: float = 2.0
    """Log odds for 、 between two equally long items, with 、 before or behind them. On four real pages 22 of 23 such
    marks are 、, and 186 of all 829 commas; half of the log odds that follow, since phrases of four characters come in
    pairs too."""
    alike: float = 4.0
    """Squared distance of a mark from the mean of a kind, in the mean one of that kind's own marks, up to which it may
    be of it: dirt beside a mark makes it unlike all."""
    level: float = 0.06
    """Distance of the middle of such a point's ink from that of the commas', in line heights, at most: between them lie
    0.12 and more where commas stand at the foot of the line. Where a face sets both in the middle nothing tells them
    apart, and text has more commas."""


P: Final = MarkComparisonParams()


class PrintedMark(NamedTuple):
    """A mark in a line: `at` is the place of its glyph, `rival` what else was seen there, or empty.

    `shape` is its picture, float32 of shape (height, width), 0 paper.
    """

    at: int
    rival: str
    shape: npt.NDArray[np.float32]


def printed_marks(picture: LinePicture, seen: Sequence[Seen]) -> tuple[PrintedMark, ...]:
    """The marks of a level line that can be compared with others, but those between figures and letters."""
    text = [s.char for s in seen]
    read = (n for n, c in enumerate(text) if _kind(c) in MISTAKEN or (c in POINTS and not is_in_name(text, n)))
    places = [p for p in (mark_place(picture, seen, at) for at in read) if p is not None]
    shapes = shapes_at(picture, places) if places else ()
    own = (seen[p.at] for p in places)
    return tuple(PrintedMark(p.at, s.other or s.next, v) for p, s, v in zip(places, own, shapes, strict=True))


def with_marks_compared(page: Page, marks: Mapping[str, Sequence[PrintedMark]]) -> Page:
    """The page, each of its marks as the others of the page let it be, with the confidence that follows.

    `marks` are those of the lines of running text, by the lines' ids.
    """
    lines = {n.id: n for n in page.lines}
    found = [(line, mark) for line, own in marks.items() for mark in own]
    read = [lines[line].glyphs[mark.at] for line, mark in found]
    if not read:
        return page
    as_read = _as_read(read, [m.rival for _, m in found])
    as_read[_are_in_lists(page, marks), PAUSE] *= math.exp(P.listed)
    own = [_kind(g.char) for g in read]
    told = compared(_pixels([m.shape for _, m in found]), as_read, [KINDS.index(k) if k in KINDS else -1 for k in own])
    judged: dict[str, dict[int, Glyph]] = {}
    for (line, mark), glyph, chances in zip(found, read, told, strict=True):
        if chances.any():
            judged.setdefault(line, {})[mark.at] = _judged(glyph, chances)
    return page.with_lines({line: with_glyphs(lines[line], changed) for line, changed in judged.items()})


def compared(pixels: Rows, as_read: Rows, read: Sequence[int]) -> Rows:
    """How likely each mark is of each of the KINDS, from how likely it is `as_read`; both of shape (n, len(KINDS)).

    `pixels` are the marks' shapes, (n, pixels), and `read` the kinds that they were read as, -1 for points. All 0 where
    the page does not tell: it shows a mark's kind, or any second one, too seldom, or the mark is unlike all others, or
    it is a point unlike the commas.
    """
    own = np.array(read)
    points = own < 0
    chances = as_read * ~points[:, None]
    nothing: Rows = np.zeros_like(as_read)
    for _ in range(P.rounds):
        shown = chances.sum(axis=0) >= P.least
        if shown.sum() < 2:  # noqa: PLR2004 - a kind is compared with another one
            return nothing
        away = _away(pixels, chances, shown)
        against = -P.steep * np.log1p(away / P.near)
        against[:, ~shown] = -np.inf
        odds = np.log(as_read) + np.maximum(against - against.max(axis=1, keepdims=True), -P.most)
        odds[:, ~shown] = -np.inf
        odds -= odds.max(axis=1, keepdims=True)
        likely = np.exp(odds)
        likely /= likely.sum(axis=1, keepdims=True)
        told = points | shown[own]
        chances = np.where(told[:, None], likely, as_read) * ~points[:, None]
    best = likely.argmax(axis=1)
    usual = (chances * away).sum(axis=0) / (chances.sum(axis=0) + TINY)
    near = (away <= P.alike * usual)[np.arange(len(best)), best]
    middles = _middles(pixels)
    level = abs(middles - np.average(middles, weights=chances[:, COMMA] + TINY)) <= P.level
    told &= near & (~points | ((best == COMMA) & level))
    return np.where(told[:, None], likely, nothing)


def _middles(pixels: Rows) -> npt.NDArray[np.float64]:
    """How far down the middle of each mark's ink lies, in line heights."""
    rows = pixels.reshape(len(pixels), P.height, P.width).sum(axis=2) + TINY
    middles: npt.NDArray[np.float64] = rows @ (np.arange(P.height) + 0.5) / P.height / rows.sum(axis=1)
    return middles


def _away(pixels: Rows, chances: Rows, shown: npt.NDArray[np.bool_]) -> Rows:
    """The squared Mahalanobis distance of each mark from the mean of each kind, shape (n, len(KINDS))."""
    often = np.maximum(chances.sum(axis=0), P.least)
    means = (chances.T @ pixels) / often[:, None]
    spread = np.zeros((pixels.shape[1], pixels.shape[1]))
    for kind in np.flatnonzero(shown):
        off = (pixels - means[kind]) * np.sqrt(chances[:, kind])[:, None]
        spread += off.T @ off
    spread /= chances[:, shown].sum()
    even = max(TINY, np.trace(spread) / len(spread))
    root = np.linalg.cholesky((1 - P.shrink) * spread + P.shrink * even * np.eye(len(spread)))
    white = np.linalg.solve(root, np.vstack([pixels, means]).T).T
    marks, middles = white[: len(pixels)], white[len(pixels) :]
    away: Rows = ((marks[:, None, :] - middles[None, :, :]) ** 2).sum(axis=2) / (1 + 1 / often)
    return away


def _are_in_lists(page: Page, marks: Mapping[str, Sequence[PrintedMark]]) -> npt.NDArray[np.bool_]:
    """Whether each of the marks, line by line, parts two items of a list."""
    listed: set[tuple[str, int]] = set()
    for region in page.regions:
        places = [(n, at) for n in region.lines if n.id in marks for at in range(len(n.glyphs))]
        found = _listed("".join(n.glyphs[at].char[:1] for n, at in places))
        listed |= {(places[i][0].id, places[i][1]) for i in found}
    return np.array([(line, m.at) in listed for line, own in marks.items() for m in own], dtype=np.bool_)


def _listed(text: str) -> Iterator[int]:
    """The places of marks between two short items of equal length, with 、 before or behind the two."""
    for a, b in pairwise(re.finditer(r"\w+", text)):
        alike = b.start() == a.end() + 1 and 1 < len(a[0]) == len(b[0]) <= P.item and (a[0] + b[0]).isalpha()
        if alike and "、" in text[max(0, a.start() - 1) : a.start()] + text[b.end() : b.end() + 1]:
            yield a.end()


def _pixels(shapes: Sequence[npt.NDArray[np.float32]]) -> Rows:
    size = (P.width, P.height)
    return np.stack([cv2.resize(s, size, interpolation=cv2.INTER_AREA).ravel() for s in shapes]).astype(np.float64)


def _as_read(read: Sequence[Glyph], rivals: Sequence[str]) -> Rows:
    """How likely each mark is of each kind by what was read, its rival among them."""
    out = np.zeros((len(read), len(KINDS)))
    for row, glyph, rival in zip(out, read, rivals, strict=True):
        own, other = _kind(glyph.char), _kind(rival)
        if own not in MISTAKEN:
            row[:] = 1 / len(KINDS)
            continue
        sure = min(P.surest, max(1 / len(KINDS), glyph.confidence))
        odds = (sure / (1 - sure)) ** P.temper
        shares = MISTAKEN[own]
        if other in shares:
            shares = {k: v * (1 - P.told) + P.told * (k == other) for k, v in shares.items()}
        for kind, share in {own: odds, **shares}.items():
            row[KINDS.index(kind)] = share / (1 + odds)
    return out


def _judged(glyph: Glyph, chances: npt.NDArray[np.float64]) -> Glyph:
    """The glyph as the chances have it."""
    best, sure = KINDS[int(chances.argmax())], float(chances.max())
    if best == _kind(glyph.char):
        kept = sure if sure < glyph.confidence else max(glyph.confidence, min(sure, MOST_SURE))
        return replace(glyph, confidence=round(kept, 4))
    sure = round(min(sure, P.changed), 4)
    return Glyph(best, glyph.box, sure, glyph.char, round(min(OUTVOTED, 1 - sure), 4))


def _kind(char: str) -> str:
    return NARROW.get(char, char)
