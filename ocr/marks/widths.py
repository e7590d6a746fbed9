"""Marks between figures, as wide and as high as they are printed: a network guesses at the white around its dots."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture

FORMS: Final = {":": (":", "："), "：": (":", "："), ",": (",", "，"), "，": (",", "，")}
"""Marks between figures, each with its half-width and its full-width form."""
WIDE: Final = 0.75
"""White and dots between the figures on either side of a mark, in ems, from which it is full-width: a colon takes 0.9
to 1.05 on pages of several papers."""
NARROW: Final = 0.6
"""The same up to which it is half-width: one takes 0.3 to 0.55."""
THOUSANDS: Final = 3
"""Figures behind a comma in a number."""
POINT_SURE: Final = 0.5
"""Confidence, at most, of a point that was read as a comma: no number has 89,72, and a figure may be lost."""
COUNTED: Final = frozenset("版页頁月日号號年期届屆点點时時名条條章节節")
"""What figures parted by a comma count, one after the other: 第2,3版 are two pages."""
POINTS: Final = frozenset("·•・")
"""What readers see of a decimal point in a scan in two tones, and what parts figures in names of days: 3·15."""
AT_FOOT: Final = 0.75
"""Height at which a point's middle lies in that of the figure before it, from its upper edge, at least, where it is a
decimal point: that is 0.85 to 0.95, and the other one 0.4 to 0.6."""
FOOT_SURE: Final = 0.9
"""Confidence, at most, of a decimal point that its place alone tells."""
SCORES: Final = re.compile(r"(?<=\d)：\d+(?=,\d+(?:：|$))")
"""What stands in front of a comma between scores that are set with full-width colons, and so is full-width too."""
MARKS: Final = frozenset(".·") | frozenset(FORMS)
"""Marks within numbers."""


def with_widths_told(picture: LinePicture, seen: Sequence[Seen]) -> list[Seen]:
    """The characters of a level line, each with the box of its ink; marks between figures full-width or half-width.

    79：84 is a score in a paper that prints it so, and 8:30 a time; 80，79 are two numbers, and 8,079 is one. In
    between the reader's own guess stays. A point at the figures' foot is a decimal point.
    """
    out = list(seen)
    em = picture.height * picture.stretch
    for at in range(1, len(seen) - 1):
        before, one, behind = seen[at - 1 : at + 2]
        if one.char in FORMS and _is_figure(before.char) and _is_figure(behind.char):
            room = (behind.x0 - before.x1) / em
            narrow, wide = FORMS[one.char]
            char = wide if room >= WIDE else narrow if room <= NARROW else one.char
            if room <= NARROW and char == "," and _is_no_thousands(seen, at):
                out[at] = replace(one, char=".", confidence=min(one.confidence, POINT_SURE), other=",")
            else:
                out[at] = replace(one, char=char)
        elif one.char in POINTS and _is_figure(before.char) and _is_figure(behind.char) and _is_at_foot(one, before):
            out[at] = replace(one, char=".", confidence=min(one.confidence, FOOT_SURE), other=one.char)
    return _with_scores_parted(out)


def _with_scores_parted(seen: Sequence[Seen]) -> list[Seen]:
    """The characters with full-width commas between scores."""
    wide = {found.end() for found in SCORES.finditer("".join(s.char[:1] for s in seen))}
    return [replace(s, char="，") if n in wide else s for n, s in enumerate(seen)]


def _is_at_foot(point: Seen, figure: Seen) -> bool:
    return (point.y0 + point.y1) / 2 >= figure.y0 + AT_FOOT * (figure.y1 - figure.y0)


def _is_no_thousands(seen: Sequence[Seen], at: int) -> bool:
    """Whether a narrow comma is the only mark of its number, in front of too few figures for thousands.

    That it may count things one after the other is seen by the word after it.
    """
    number = "".join(s.char if _is_figure(s.char) else "," if s.char in MARKS else " " for s in seen)
    before, after = number[:at].split(" ")[-1], number[at + 1 :].split(" ")[0]
    end = at + 1 + len(after)
    counts = end < len(seen) and seen[end].char in COUNTED
    return (before + after).isdigit() and len(after) < THOUSANDS and not counts


def _is_figure(char: str) -> bool:
    return char.isascii() and char.isdigit()
