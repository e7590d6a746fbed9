"""Captions that a credit gives away: a few lines that end …甲某 摄, and texts set beside a picture.

A caption beside its picture looks like running text: it is narrow, so it is long, and is set in the body's size. One
over a part of a page that layout does not hold for a picture is no different from a short paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from cleanup.articles.frame import ReadingFrame
from cleanup.articles.labels import Label
from cleanup.articles.placed import PlacedLine, Rect
from cleanup.forms.caption import closes_caption

_MISTAKEN: Final = frozenset({Label.BODY, Label.TABLE})
"""What such captions are taken for."""


@dataclass(frozen=True, slots=True)
class CreditedCaptionParams:
    """Bounds of captions with a credit; lengths in ems."""

    narrow: float = 0.75
    """Width, as a share of a column's, below which text beside a picture has a measure of its own."""
    few: int = 4
    """Lines of a caption at most, wherever it stands."""
    gap: float = 2.5
    """Ems of white between a picture and a line of its caption, at most; the credit is set to the right."""
    beyond: float = 1.0
    """Ems by which a caption reaches beyond its picture's head or foot, at most."""
    upright: int = 3
    """Vertical lines of a caption beside its picture on a level page, at most; more of them are a text."""
    running: int = 4
    """Lines from which a region tells the width of a column."""


P: Final = CreditedCaptionParams()


def with_credited_captions(frame: ReadingFrame, labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels; a few lines of body type that close with a credit are a caption, and so is what stands over a credit
    beside a picture."""
    measure = _measure(frame, labels)
    out = list(labels)
    places = {n.line.id: i for i, n in enumerate(frame.lines)}
    for lines in frame.by_region.values():
        of_body = all(labels[places[n.line.id]] in _MISTAKEN for n in lines)
        if of_body and len(lines) <= P.few and closes_caption(lines[-1].text):
            for n in lines:
                out[places[n.line.id]] = Label.CAPTION
    for picture in frame.pictures:
        for left in (True, False):
            mistaken = (i for i, label in enumerate(labels) if label in _MISTAKEN)
            beside = [i for i in mistaken if _stands_beside(frame.lines[i], picture, measure, left=left)]
            for i in _up_to_credit(frame, beside):
                out[i] = Label.CAPTION
    return tuple(out)


def with_upright_captions(frame: ReadingFrame, labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels of a level page; a few vertical lines are a caption at the side of a picture or of another such one.

    The text of the page runs level, so they are no part of it.
    """
    out = list(labels)
    places = {n.line.id: i for i, n in enumerate(frame.lines)}
    upright = [n.rect for n, label in zip(frame.lines, labels, strict=True) if n.crosses and label is Label.CAPTION]
    for lines in frame.by_region.values():
        own = [places[n.line.id] for n in lines]
        if len(lines) > P.upright or not all(frame.lines[i].crosses and out[i] is Label.BODY for i in own):
            continue
        rect = Rect.around([n.rect for n in lines])
        if any(_is_at_side(rect, other) for other in (*frame.pictures, *upright)):
            for i in own:
                out[i] = Label.CAPTION
    return tuple(out)


def _is_at_side(rect: Rect, picture: Rect) -> bool:
    """Whether a rectangle stands on the left or the right of another, or on its edge, and within its height."""
    within = picture.y0 - P.beyond < rect.y0 and rect.y1 < picture.y1 + P.beyond
    return within and -P.gap < max(picture.x0 - rect.x1, rect.x0 - picture.x1) < P.gap


def _up_to_credit(frame: ReadingFrame, places: Sequence[int]) -> list[int]:
    """The lines at some places, down to the last that closes with a credit; none where none does."""
    down = sorted(places, key=lambda i: frame.lines[i].rect.y0)
    last = max((k for k, i in enumerate(down) if closes_caption(frame.lines[i].text)), default=-1)
    return down[: last + 1]


def _stands_beside(line: PlacedLine, picture: Rect, measure: float, *, left: bool) -> bool:
    """Whether a narrow line stands on the left, or on the right, of a picture and within its height."""
    r = line.rect
    within = picture.y0 - P.beyond < r.y0 and r.y1 < picture.y1 + P.beyond
    gap = picture.x0 - r.x1 if left else r.x0 - picture.x1
    return within and -P.gap < gap < P.gap and r.width < P.narrow * measure


def _measure(frame: ReadingFrame, labels: Sequence[Label]) -> float:
    """The width of the page's columns in ems; 0 where no text tells it."""
    of_body = {n.line.id for n, label in zip(frame.lines, labels, strict=True) if label is Label.BODY}
    widths = [
        max(n.rect.x1 for n in lines) - min(n.rect.x0 for n in lines)
        for lines in frame.by_region.values()
        if sum(n.line.id in of_body for n in lines) >= P.running
    ]
    return median(widths) if widths else 0.0
