"""Briefs: lists that set one ornament before each entry, ▲… ▲…, where a single ▲ would open a caption, □ a byline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from cleanup.forms.byline import is_byline
from cleanup.forms.caption import closes_caption, points_at_picture
from cleanup.lines.plain_line import TextLine

_ARROWS: Final = frozenset("▲△▼▽◀▶◁▷")
_BULLETS: Final = frozenset("□■◆◇●○◎☐☑☒✓✗•·")
_FEWEST: Final = 3
"""Number of lines with a bullet in a row, at least, that are a list; fewer can name writers: □甲某某."""
_LONGEST: Final = 24
"""Number of lines of one entry, at most."""


def entries_of_lists(lines: Sequence[TextLine]) -> frozenset[int]:
    """The numbers of the lines that open an entry of a list: the paragraph beside it opens with the same ornament.

    Captions of two pictures can stand so too: those that point at a picture, or name who took it, open no entry.
    """
    openings = [at for at, line in enumerate(lines) if line.text[0] in _ARROWS and not _is_other(line.text)]
    listed = {lines[at].number for pair in _neighbours(lines, openings) for at in pair}
    return frozenset(listed.union(_bulleted(lines)))


def _bulleted(lines: Sequence[TextLine]) -> Iterator[int]:
    """The numbers of the lines of lists that set a bullet before each line, whatever the lines say: □ 酱油."""
    for bullets, run in groupby(lines, key=lambda line: line.text[0] in _BULLETS):
        numbers = [line.number for line in run] if bullets else []
        if len(numbers) >= _FEWEST:
            yield from numbers


def _is_other(text: str) -> bool:
    """Whether the line says that it is a caption, or a byline."""
    return points_at_picture(text) or is_byline(text)


def _neighbours(lines: Sequence[TextLine], openings: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs of openings with the same ornament that no blank line parts, but for one before the second."""
    for one, other in pairwise(openings):
        entry = lines[one + 1 : min(other, one + _LONGEST)]
        together = other - one <= _LONGEST and not any(line.gap for line in entry)
        if together and lines[one].text[0] == lines[other].text[0] and not closes_caption(lines[other - 1].text):
            yield one, other
