"""Runs of figures in a text: a number with its points, a percentage, a date, a time, a score, a telephone number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Levenshtein

from ocr.characters.alike import folded

Span = tuple[int, int]
"""A run of characters: the index of its first, and the index after its last."""

_INNER: Final = re.escape(".,:-—–~/·") + "，：．～∶／"
"""Marks that belong to a number between two figures."""


@dataclass(frozen=True, slots=True)
class PointedNumberParams:
    """Bounds of the numbers that are printed with several points."""

    parts: int = 3
    """Number of parts between points, at least, of a number with several points."""
    year: int = 4
    """Figures of the first part of a date or of a section, at most: a year has four."""
    month: int = 2
    """Figures of each further part, at most: a month and a day have two."""
    address_parts: int = 4
    """Number of parts of a network address."""
    byte: int = 3
    """Figures of each part of an address, at most: its value is at most 255."""


P: Final = PointedNumberParams()

RUN: Final = re.compile(rf"\d(?:[\d{_INNER}]*\d)?[%‰％]?")

_ONE_FORM: Final = str.maketrans({"·": ".", "∶": ":", "，": ",", "～": "~", "/": "/"})


def runs(text: str) -> list[Span]:
    """Every run of figures, in order."""
    return [m.span() for m in RUN.finditer(text)]


def same_number(a: str, b: str) -> bool:
    """Whether two readings of a number differ in nothing but the width or the shape of a mark."""
    return _plain(a) == _plain(b)


def _plain(text: str) -> str:
    return "".join(folded(c.translate(_ONE_FORM)) for c in text).translate(_ONE_FORM)


def is_odd(number: str) -> bool:
    """Whether points stand in a number as in no print: 7.551.21, where a comma was read as a point.

    Dates (2010.12.16), sections (3.2.1) and addresses (10.0.0.1) have several points.
    """
    parts = _plain(number).rstrip("%‰").split(".")
    if len(parts) < P.parts:
        return False
    first, *others = map(len, parts)
    is_date = first <= P.year and max(others) <= P.month
    is_address = len(parts) == P.address_parts and max(first, *others) <= P.byte
    return not is_date and not is_address


def counterpart(text: str, span: Span, again: str) -> Span | None:
    """The run of figures in another reading of the same print that stands where `span` stands in `text`.

    None where the other reading has no figure there. By the least number of edits between the two readings.
    """
    left, right = _carried(text, again, span[0], last=False), _carried(text, again, span[1], last=True)
    overlap = {run: min(run[1], right) - max(run[0], left) for run in runs(again)}
    near = [run for run, shared in overlap.items() if shared > 0 or (shared == 0 and left == right)]
    return max(near, key=lambda run: (overlap[run], run[1] - run[0]), default=None)


def _carried(text: str, again: str, at: int, *, last: bool) -> int:
    """Where a boundary in `text` lies in `again`; of several places the last or the first."""
    places = [len(again) if last else 0] if at == (len(text) if last else 0) else []
    for step in Levenshtein.opcodes([folded(c) for c in text], [folded(c) for c in again]):
        if step.src_start <= at <= step.src_end:
            places.append(min(step.dest_end, step.dest_start + at - step.src_start))
            if at == step.src_end:
                places.append(step.dest_end)
    return (max if last else min)(places, default=0)
