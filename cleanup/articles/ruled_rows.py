"""Rows between two long level rules: lists of names and tables that are set over several columns.

Each entry of such a row stands over a column of the text above and is as long as a short line of it; entries end with
no mark, leave white before the next one, and stand level with each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cleanup.articles.cues import MARKS
from cleanup.articles.frame import ReadingFrame
from cleanup.articles.labels import Label
from cleanup.articles.placed import PlacedLine, Rect
from cleanup.language.characters import ends_sentence

_MISTAKEN: Final = frozenset({Label.BODY, Label.SUBHEAD, Label.BYLINE, Label.CAPTION})
"""What the entries of such rows are taken for."""


@dataclass(frozen=True, slots=True)
class RuledRowParams:
    """Bounds of a band between two rules, and of the rows in it; lengths in ems."""

    wide: float = 24.0
    """Length of a rule over several columns, at least."""
    alike: float = 0.8
    """Share of the longer of two rules that lies over the other one, at least."""
    low: float = 1.5
    """Distance of the two rules, at least."""
    high: float = 20.0
    """Distance of the two rules, at most."""
    level: float = 0.5
    """Difference of the heights of two entries of one row, at most."""
    entries: int = 3
    """Entries of a row, at least; the last row may have fewer."""
    rows: int = 2
    """Rows of a band, at least."""
    white: float = 2.0
    """White between two entries of one row, at least."""
    longest: int = 16
    """Characters of an entry, at most."""
    unmarked: float = 0.9
    """Share of the entries without a mark of a sentence, at least."""
    whole: float = 0.75
    """Share of the rows that have enough entries, each apart from the next, at least."""


P: Final = RuledRowParams()


def with_ruled_rows(frame: ReadingFrame, labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels; the lines of such rows that were taken for text are a table's."""
    out = list(labels)
    for band in _bands(frame.rules):
        places = [i for i, n in enumerate(frame.lines) if _is_within(n.rect, band)]
        entries = [frame.lines[i] for i in places]
        if entries and _are_rows(entries):
            for i in places:
                out[i] = Label.TABLE if out[i] in _MISTAKEN else out[i]
    return tuple(out)


def _bands(rules: Sequence[Rect]) -> Iterator[Rect]:
    """What lies between every long rule and the next one under it over the same columns."""
    long = sorted((r for r in rules if r.width >= P.wide and r.width > r.height), key=lambda r: r.y0)
    for n, upper in enumerate(long):
        for lower in long[n + 1 :]:
            shared = upper.overlap_x(lower)
            if shared > P.alike * max(upper.width, lower.width):
                if P.low < lower.y0 - upper.y1 < P.high:
                    yield Rect(min(upper.x0, lower.x0), upper.y1, max(upper.x1, lower.x1), lower.y0)
                break


def _is_within(rect: Rect, band: Rect) -> bool:
    x, y = rect.centre
    return band.x0 < x < band.x1 and band.y0 < y < band.y1


def _are_rows(entries: Sequence[PlacedLine]) -> bool:
    """Whether the lines stand in rows of short entries, with white between, and are no sentences."""
    plain = [n for n in entries if not (MARKS.search(n.text) or ends_sentence(n.text)) and len(n.text) <= P.longest]
    if len(plain) < P.unmarked * len(entries):
        return False
    rows = list(_rows(entries))
    whole = sum(len(row) >= P.entries and _are_apart(row) for row in rows)
    return len(rows) >= P.rows and whole >= P.whole * len(rows)


def _rows(entries: Sequence[PlacedLine]) -> Iterator[list[PlacedLine]]:
    """The lines by rows, from the first row down, each from left to right."""
    row: list[PlacedLine] = []
    for n in sorted(entries, key=lambda n: n.rect.centre[1]):
        if row and n.rect.centre[1] - row[-1].rect.centre[1] > P.level:
            yield sorted(row, key=lambda n: n.rect.x0)
            row = []
        row.append(n)
    yield sorted(row, key=lambda n: n.rect.x0)


def _are_apart(row: Sequence[PlacedLine]) -> bool:
    return all(b.rect.x0 - a.rect.x1 > P.white for a, b in pairwise(row))
