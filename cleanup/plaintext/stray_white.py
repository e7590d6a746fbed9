"""White that a reader of scans set at random places into the lines of one column, which is no gutter.

A gutter stands where a column ends: the pieces before it are as wide as one another, or begin at the same places.
Stray white leaves pieces of every width, and the lines, that white left out, are of one measure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Final

from cleanup.language.characters import HANZI, cells, ends_sentence
from cleanup.lines.plain_line import TextLine, is_loose, is_row

_CHINESE: Final = f"{HANZI}，。、；：！？“”‘’（）《》「」『』…—"
_GAP: Final = re.compile(f"(?<=[{_CHINESE}])([ 　]+)(?=[{_CHINESE}])")
_MARK: Final = re.compile("[，。、；：！？]")


@dataclass(frozen=True, slots=True)
class StrayWhiteParams:
    """Bounds of stray white; widths in half ems."""

    fewest: int = 4
    """Number of lines that are full, at least: fewer show no measure."""
    widest: int = 84
    """Width of the column, at most."""
    narrowest: int = 16
    """Width of the column, at least."""
    less: int = 4
    """Width by which a full line may be narrower than the column."""
    of_measure: float = 0.75
    """Share of the lines within a sentence that are full, at least."""
    wide: float = 0.15
    """Share of the gaps, at most, that are wider than one space."""
    places: float = 0.3
    """Share of the gaps, at most, that stand at the commonest places: a gutter's gaps stand there in most lines."""
    near: int = 1
    """Half ems by which the places of one gutter's gaps differ, at most, to either side."""
    longest: int = 200
    """Characters of a line that is looked at, at most: no column is as wide."""
    gaps: float = 0.5
    """Number of gaps per line, at least, for stray white to be looked for."""


P: Final = StrayWhiteParams()


def is_white_stray(lines: Sequence[TextLine]) -> bool:
    """Whether the white within the lines is a reader's, and they are those of one column."""
    texts = [line.raw.strip() for line in lines if _may_be_of_column(line.raw)]
    gaps = [(text, m) for text in texts for m in _GAP.finditer(text)]
    if not gaps or len(gaps) < P.gaps * len(lines) or sum(len(m[1]) > 1 for _, m in gaps) > P.wide * len(gaps):
        return False
    places = Counter(cells(_GAP.sub("", text[: m.start() + 1])) for text, m in gaps)
    commonest = max(sum(places[p + by] for by in range(-P.near, P.near + 1)) for p in places)
    return commonest <= P.places * len(gaps) and _is_of_one_measure(texts)


def _may_be_of_column(raw: str) -> bool:
    """Whether a line may be one of a column: no wider than columns are, no row of a table, not letter-spaced."""
    text = raw.strip()
    return len(text) <= P.longest and not is_loose(text) and not is_row(raw)


def _is_of_one_measure(texts: Sequence[str]) -> bool:
    """Whether the lines within sentences are as wide as one another, the white left out."""
    widths = [cells(_GAP.sub("", text)) for text in texts if _MARK.search(text) and not ends_sentence(text)]
    if len(widths) < P.fewest:
        return False
    measure = median_low(widths)
    full = sum(abs(width - measure) <= P.less for width in widths)
    return P.narrowest <= measure <= P.widest and full >= P.of_measure * len(widths)
