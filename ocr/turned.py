"""A second view of a vertical line: turned by a quarter, its glyphs lying on their sides, none of them cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import cv2
import numpy as np

from layout.page import Direction, Glyph, Line
from layout.sheet import Gray, Sheet
from ocr.collate import Place, collated
from ocr.crop import line_crop, scaled
from ocr.hocr import Seen
from ocr.settings import DOUBT, Form

BOTH_SEEN: Final = 0.5
"""Confidence of two characters, at least, that the second view sees in place of one that is in doubt."""

NOTHING_SEEN: Final = 0.3
"""Confidence of a character below which it goes where the second view sees nothing."""


def is_in_doubt(line: Line, seen: Sequence[Seen]) -> bool:
    """Whether a line is vertical and has a character that is worth a second view."""
    return line.direction is Direction.VERTICAL_RL and any(s.confidence < DOUBT for s in seen)


def turned_strip(sheet: Sheet, line: Line, form: Form) -> Gray:
    """The line's crop turned counter-clockwise, so that it runs from left to right, at the form's height."""
    turned = cv2.rotate(line_crop(sheet, line, form), cv2.ROTATE_90_COUNTERCLOCKWISE)
    return scaled(np.asarray(turned, dtype=np.uint8), form)


def merged(seen: Sequence[Seen], turned: Sequence[Seen]) -> list[Seen]:
    """The characters of the first view, and in place of one in doubt what the turned view is surer of.

    The two views err on different glyphs: the first where a glyph is cut in two, the second where a glyph that lies on
    its side looks like another. What is put aside stays on the record.
    """
    if not seen:
        return list(seen)
    glyphs = ([Glyph(s.char, None, s.confidence) for s in views] for views in (seen, turned))
    places = _with_extra_behind(collated(*glyphs))
    return [s for one, place in zip(seen, places, strict=True) for s in _surer(one, place)]


def _with_extra_behind(places: Sequence[Place]) -> list[Place]:
    """The places; a glyph more that stands with a sure one goes to the one behind it where that is in doubt."""
    out = list(places)
    for n, (place, after) in enumerate(pairwise(places)):
        match out[n].other:
            case (own, extra) if place.glyph.confidence >= DOUBT > after.glyph.confidence:
                out[n] = replace(place, other=(own,))
                out[n + 1] = replace(after, other=(extra, *after.other))
    return out


def _surer(one: Seen, place: Place) -> list[Seen]:
    if place.agrees or one.confidence >= DOUBT:
        return [one]
    match place.other:
        case ():
            return [one] if one.confidence >= NOTHING_SEEN or one.char.isdigit() else []
        case (only,) if only.confidence > one.confidence:
            return [replace(one, char=only.char, confidence=only.confidence, other=one.char)]
        case (first, second) if min(first.confidence, second.confidence) > BOTH_SEEN:
            middle = (one.x0 + one.x1) // 2
            return [
                replace(one, char=first.char, confidence=first.confidence, x1=max(one.x0 + 1, middle), other=one.char),
                replace(one, char=second.char, confidence=second.confidence, x0=middle, other=""),
            ]
        case _:
            return [one]
