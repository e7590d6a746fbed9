"""The turned view of a vertical line: turned by a quarter, its glyphs lying on their sides, none of them cut."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
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

LEAST: Final = 0.003
"""Probability of a character that a view does not hold possible: it was cut badly there, or lies on its side. From .001
to .01 the same characters come out."""


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
    """The characters of the first view, each as likely as both views together make it.

    The two views err on different glyphs: glyphs set level where one is cut in two, the turned view where a glyph that
    lies on its side looks like another. What neither holds the likeliest may be what both hold possible. What is put
    aside stays on the record.
    """
    if not seen:
        return list(seen)
    first, second = ([Glyph(s.char, None, s.confidence) for s in views] for views in (seen, again))
    whose = {id(g): s for g, s in zip(second, again, strict=True)}
    places = _with_extra_behind(collated(first, second))
    return [s for one, place in zip(seen, places, strict=True) for s in _told(one, place, whose)]


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


def _told(one: Seen, place: Place, whose: Mapping[int, Seen]) -> list[Seen]:
    """What both views make of a place; `whose` are the second view's characters, by the ids of their glyphs."""
    match place.other:
        case ():
            return [one] if one.confidence >= NOTHING_SEEN or one.char.isdigit() else []
        case (only,):
            return [_together(one, whose[id(only)])]
        case (first, second) if one.confidence < DOUBT and min(first.confidence, second.confidence) > BOTH_SEEN:
            middle, one = (one.x0 + one.x1) // 2, replace(one, rivals=(), next="")
            return [
                replace(one, char=first.char, confidence=first.confidence, x1=max(one.x0 + 1, middle), other=one.char),
                replace(one, char=second.char, confidence=second.confidence, x0=middle, other=""),
            ]
        case _:
            return [one]


def _together(one: Seen, other: Seen) -> Seen:
    """A character as two views see it: each is as likely as the geometric mean of what both hold of it.

    Their product would count as two opinions what one network sees twice: of its surest one in a hundred was wrong.
    """
    chances = [{s.char: s.confidence, **dict(s.rivals)} for s in (one, other)]
    odds = {c: math.sqrt(math.prod(max(LEAST, held.get(c, 0.0)) for held in chances)) for held in chances for c in held}
    told = max(odds, key=lambda c: (odds[c], c == one.char))
    total = sum(odds.values())
    sure = odds[told] / total
    rivals = sorted(((c, v / total) for c, v in odds.items() if c != told), key=lambda r: (-r[1], r[0]))
    return replace(
        one,
        char=told,
        confidence=sure,
        other=None if folded(told) == folded(one.char) else one.char,
        rivals=tuple(rivals) if sure < DOUBT else (),
        next=rivals[0][0] if rivals else "",
    )
