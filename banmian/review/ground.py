"""Finding again, after another reading or another layout, the place on which someone decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein

from banmian.review.decision import Anchored, Ground
from cleanup.article import Article, SourceLine
from cleanup.edits.edit import LINE_BREAK, Edit, Span
from layout.geometry import Box

_SAME_PLACE: Final = 0.5
"""A line whose box shares this part of the smaller of the two is the same line of print."""


class Gone(Exception):
    """The ground has changed: `now` is what stands there, None where nothing of it is left."""

    def __init__(self, now: str | None) -> None:
        super().__init__(now)
        self.now = now


@dataclass(frozen=True, slots=True)
class Standing:
    """A line in the article that it stands in now."""

    article: str
    source: SourceLine


class Lines:
    """The lines of an issue's articles, found by what was once known of them."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._lines = {(s.page, s.line.id): Standing(a.id, s) for a in articles for s in a.lines}
        self._pages: dict[int, list[Standing]] = defaultdict(list)
        for standing in self._lines.values():
            self._pages[standing.source.page].append(standing)

    def find(self, ground: Ground) -> Standing | None:
        """The line by its id where place or text agree, else by its place on the scan, else by its text."""
        named = self._lines.get(ground.key)
        if named is not None and (named.source.line.text == ground.text or _share(ground, named) >= _SAME_PLACE):
            return named
        here = self._pages.get(ground.page, [])
        placed = max(here, key=lambda s: _share(ground, s), default=None)
        if placed is not None and _share(ground, placed) >= _SAME_PLACE:
            return placed
        alike = [s for s in here if s.source.line.text == ground.text]
        return alike[0] if len(alike) == 1 else None

    def at(self, ground: Ground) -> Standing | None:
        """What stands in a place on the scan now, whatever it is called or reads; None where nothing does."""
        here = self._pages.get(ground.page, [])
        placed = max(here, key=lambda s: _share(ground, s), default=None)
        return placed if placed is not None and _share(ground, placed) >= _SAME_PLACE else None

    def place(self, anchored: Anchored) -> tuple[str, Edit | None]:
        """The article and the edit as it is written there now; None where the reading says the same by itself.

        Raises Gone where the ground has changed.
        """
        found = [self.find(g) for g in anchored.grounds]
        known = [s for s in found if s is not None]
        if len(known) < len(found) or len({s.article for s in known}) != 1:
            raise Gone(None)
        edit = anchored.edit
        if all(_is_unmoved(g, s) for g, s in zip(anchored.grounds, known, strict=True)):
            return known[0].article, edit
        spans = [_carried(p, g, s) for p, g, s in zip(edit.places, anchored.grounds, known, strict=True)]
        now = "".join(_text(span, s) for span, s in zip(spans, known, strict=True))
        if now == edit.before:
            return known[0].article, replace(edit, places=tuple(spans), supersedes=())
        if now == edit.after:
            return known[0].article, None
        raise Gone(now)


def _is_unmoved(ground: Ground, standing: Standing) -> bool:
    return ground.key == (standing.source.page, standing.source.line.id) and ground.text == standing.source.line.text


def _share(ground: Ground, standing: Standing) -> float:
    box = standing.source.line.box
    if ground.box is None or box is None:
        return 0.0
    was = Box(*ground.box)
    return (was & box).area / max(1, min(was.area, box.area)) * _alike(was.height, box.height)


def _alike(one: int, other: int) -> float:
    return min(one, other) / max(1, one, other)


def _carried(place: Span, ground: Ground, standing: Standing) -> Span:
    """The same characters of the line as it is read now, by the best alignment of the two readings."""
    line = standing.source.line
    ends = _positions(ground.text, line.text)
    start, end = ends[min(place.start, len(ground.text))], ends[min(place.end, len(ground.text))]
    break_ = place.end > len(ground.text)
    return Span(standing.source.page, line.id, start, len(line.text) + 1 if break_ else max(start, end))


def _positions(old: str, new: str) -> list[int]:
    """Where each offset of the old text lies in the new one; one more than it has characters."""
    found = [0] * (len(old) + 1)
    for op in Levenshtein.opcodes(old, new):
        for i in range(op.src_start, op.src_end):
            found[i] = op.dest_start + (i - op.src_start if op.tag in {"equal", "replace"} else 0)
    found[len(old)] = len(new)
    for i, (one, two) in enumerate(pairwise(found)):
        found[i + 1] = max(one, two)
    return found


def _text(span: Span, standing: Standing) -> str:
    return (standing.source.line.text + LINE_BREAK)[span.start : span.end]
