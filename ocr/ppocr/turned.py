"""The turned view of a vertical line: turned by a quarter, its glyphs lying on their sides, none of them cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from layout.page import Direction, Glyph, Line
from layout.sheet import Gray, Sheet
from ocr.characters.alike import folded
from ocr.line.collate import Place, collated
from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture, line_box, line_crop, scaled
from ocr.pictures.views import Views
from ocr.setup.settings import DOUBT, TURNED_STRETCH, Form

BOTH_SEEN: Final = 0.5
"""Confidence of two characters, at least, that the second view sees in place of one that is in doubt."""

MARK_SEEN: Final = 0.5
"""Confidence of a mark, at least, that the second view sees between characters of which the first is sure."""
MORE_SURE: Final = 0.9
"""Confidence of any other character there, at least."""

NOTHING_SEEN: Final = 0.3
"""Confidence of a character below which it goes where the second view sees nothing."""


def is_incomplete(picture: LinePicture, seen: Sequence[Seen]) -> bool:
    """Whether a line has cells for more characters than were seen."""
    return len(seen) < len(picture.cells)


def is_in_doubt(line: Line, seen: Sequence[Seen]) -> bool:
    """Whether a line is vertical and has a character that is worth a second view."""
    return line.direction is Direction.VERTICAL_RL and any(s.confidence < DOUBT for s in seen)


def turned_strip(sheet: Sheet, line: Line, form: Form) -> Gray:
    """The line's crop turned counter-clockwise, so that it runs from left to right, at the form's height."""
    turned = cv2.rotate(line_crop(sheet, line, form), cv2.ROTATE_90_COUNTERCLOCKWISE)
    return scaled(np.asarray(turned, dtype=np.uint8), replace(form, stretch=TURNED_STRETCH))


def set_level(turned: Sequence[Seen], strip: Gray, views: Views) -> list[Seen]:
    """The characters seen on a turned strip, each where the usual picture, of glyphs set level, shows it."""
    box, picture = line_box(views.sheet, views.line, views.form), views.usual
    scale = box.height / strip.shape[1]
    places = ([round(picture.column(box.y0 + x * scale)) for x in (s.x0, s.x1)] for s in turned)
    return [replace(s, x0=x0, x1=max(x0 + 1, x1)) for s, (x0, x1) in zip(turned, places, strict=True)]


def merged(seen: Sequence[Seen], again: Sequence[Seen]) -> list[Seen]:
    """The characters of the first view, and in place of one in doubt what the second view is surer of.

    The two views err on different glyphs: glyphs set level where one is cut in two, the turned view where a glyph that
    lies on its side looks like another. What is put aside stays on the record.
    """
    if not seen:
        return list(seen)
    glyphs = ([Glyph(s.char, None, s.confidence) for s in views] for views in (seen, again))
    places = _with_extra_behind(collated(*glyphs))
    return [s for one, place in zip(seen, places, strict=True) for s in _surer(one, place)]


def with_more(seen: Sequence[Seen], again: Sequence[Seen]) -> list[Seen]:
    """The characters of one view, and between them those that another view alone sees and is sure of.

    A mark takes little of a glyph that lies on its side, and the turned view passes over most of them.
    """
    out: list[Seen] = []
    steps = Levenshtein.opcodes([folded(s.char) for s in seen], [folded(s.char) for s in again])
    for step in steps:
        out += seen[step.src_start : step.src_end]
        if step.tag == "insert":
            more = again[step.dest_start : step.dest_end]
            sure = [s for s in more if s.confidence >= (MORE_SURE if s.char.isalnum() else MARK_SEEN)]
            left = out[-1].x1 if out else 0
            right = seen[step.src_start].x0 if step.src_start < len(seen) else max(left, again[-1].x1)
            out += [replace(s, x0=min(max(s.x0, left), right), x1=max(left + 1, min(s.x1, right))) for s in sure]
    return out


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
