"""How much white a line on a scan has between its characters: its length, less what they take by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from cleanup.article import Article
from cleanup.edits.edit import Pass
from cleanup.language.characters import CLOSING, OPENING, PAUSES, SENTENCE_ENDS, SPACE, cells
from cleanup.lines.clean_lines import LineView, line_views_before
from cleanup.lines.line_geometry import MeasuredLine, measured

_SPACES: Final = "".join(SPACE)
_HALF_EMPTY: Final = CLOSING | PAUSES | SENTENCE_ENDS
"""Marks whose right half is white, which a line's box does not hold at its end."""


@dataclass(frozen=True, slots=True)
class LetterSpaceParams:
    """Bounds of the lines that tell how far apart a region sets its characters."""

    fewest: int = 3
    """Number of such lines in a region, at least."""
    long: float = 6.0
    """Width in ems of such a line, at least."""


P: Final = LetterSpaceParams()


def room_before(article: Article, name: Pass) -> dict[int, float]:
    """`room_between` of the lines as the pass found them when it first ran; empty where none has a place."""
    placed = any(s.line.polygon for s in article.lines)
    return room_between(line_views_before(article, name)) if placed else {}


def room_between(views: Sequence[LineView]) -> dict[int, float]:
    """For lines on a scan, by their index in the article, the ems of white that their characters leave.

    The pitch of a region is the middle one of its longer lines, for the eye and the reader both err on the single
    line. Lines of regions too short to tell are left out. Negative where marks were set tight.
    """
    regions: dict[tuple[int, str | None], list[MeasuredLine]] = defaultdict(list)
    for line in measured(views):
        if line.on_scan:
            regions[line.view.source.page, line.view.source.region].append(line)
    return {
        line.view.index: line.width / pitch - _advance(line.text)
        for region in regions.values()
        if (pitch := _pitch(region)) > 0
        for line in region
    }


def _pitch(region: Sequence[MeasuredLine]) -> float:
    """How far apart the region's hanzi stand, in ems; 0 where too few lines tell."""
    long = [n for n in region if _advance(n.text) >= P.long]
    return median(n.width / _advance(n.text) for n in long) if len(long) >= P.fewest else 0.0


def _advance(text: str) -> float:
    """The ems that the characters of a line take by themselves, from ink to ink."""
    bare = text.translate(_WITHOUT_SPACE)
    ends = 0.5 * (bare[-1:] in _HALF_EMPTY and not bare.endswith("…")) + 0.5 * (bare[:1] in OPENING)
    return max(0.5, cells(bare) / 2 - ends)


_WITHOUT_SPACE: Final = {ord(c): None for c in _SPACES}
