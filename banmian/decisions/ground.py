"""Finding again, after another reading or another layout, the place on which someone decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein

from banmian.decisions.decision import Anchored, Ground
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
class LineInArticle:
    """A line in the article that it stands in now."""

    article: str
    source: SourceLine


@dataclass(frozen=True, slots=True)
class LinePart:
    """Characters `start` to `end` of a former line: they are in the line `key` now, from its character `at` on."""

    start: int
    end: int
    key: tuple[int, str]
    at: int


@dataclass(frozen=True, slots=True)
class Former:
    """A line as it was before a person divided it, or united it with others; and where its characters are now.

    The line break behind it counts as its last character, where it still has one.
    """

    source: SourceLine
    parts: tuple[LinePart, ...]

    @property
    def key(self) -> tuple[int, str]:
        return self.source.page, self.source.line.id

    def now(self, span: Span) -> list[Span]:
        """Where the characters of a span are now; nothing of a line break that is no more."""
        found: list[Span] = []
        for part in self.parts:
            start, end = max(span.start, part.start), min(span.end, part.end)
            if start < end or (start == end == span.start == span.end and not found):
                shift = part.at - part.start
                found.append(Span(part.key[0], part.key[1], start + shift, end + shift))
        return found


class Lines:
    """The lines of an issue's articles, found by what was once known of them.

    `formers` are lines that people divided or united since the reading, in the order in which they did so.
    """

    def __init__(self, articles: Sequence[Article], formers: Sequence[Former] = ()) -> None:
        self._lines = {(s.page, s.line.id): LineInArticle(a.id, s) for a in articles for s in a.lines}
        self._pages: dict[int, list[LineInArticle]] = defaultdict(list)
        self._formers = tuple(formers)
        for standing in self._lines.values():
            self._pages[standing.source.page].append(standing)

    def find(self, ground: Ground) -> LineInArticle | None:
        """The line by its id where place or text agree, else by its place on the scan, else by its text."""
        named = self._lines.get(ground.key)
        if named is not None and (named.source.line.text == ground.text or _share(ground, named.source) >= _SAME_PLACE):
            return named
        here = self._pages.get(ground.page, [])
        placed = self.at(ground)
        if placed is not None:
            return placed
        alike = [s for s in here if s.source.line.text == ground.text]
        return alike[0] if len(alike) == 1 else None

    def at(self, ground: Ground) -> LineInArticle | None:
        """What stands in a place on the scan now, whatever it is called or reads; None where nothing does."""
        here = self._pages.get(ground.page, [])
        placed = max(here, key=lambda s: _share(ground, s.source), default=None)
        return placed if placed is not None and _share(ground, placed.source) >= _SAME_PLACE else None

    def homes(self, ground: Ground) -> list[str]:
        """The articles in which the characters of a line are now; none where it is no longer found."""
        found = self._known(ground)
        if isinstance(found, Former):
            spans = self._now(Span(*found.key, 0, len(found.source.line.text) + 1), found)
            return list(
                dict.fromkeys(self._lines[s.page, s.line].article for s in spans if (s.page, s.line) in self._lines)
            )
        return [] if found is None else [found.article]

    def same(self, ground: Ground, start: int, end: int) -> list[Span]:
        """Where characters of a line are now that reads as it did; nothing where it reads otherwise or is gone."""
        found = self._known(ground)
        if found is None or found.source.line.text != ground.text:
            return []
        span = Span(found.source.page, found.source.line.id, start, end)
        return self._now(span, found) if isinstance(found, Former) else [span]

    def _spans(self, anchored: Anchored, known: Sequence[LineInArticle | Former]) -> Iterator[Span]:
        """Where the places of an anchored edit are now; `known` are the lines that they are in."""
        for place, ground, line in zip(anchored.edit.places, anchored.grounds, known, strict=True):
            carried = _carried(place, ground, line.source)
            yield from self._now(carried, line) if isinstance(line, Former) else [carried]

    def _all_at(self, spans: Sequence[Span]) -> list[LineInArticle]:
        """The lines that the spans are in; raises Gone where one is no longer there."""
        here = [now for s in spans if (now := self._lines.get((s.page, s.line))) is not None]
        if len(here) < len(spans):
            raise Gone(None)
        return here

    def place(self, anchored: Anchored) -> tuple[str, Edit | None]:
        """The article and the edit as it is written there now; None where the reading says the same by itself.

        Raises Gone where the ground has changed.
        """
        found = [self._known(g) for g in anchored.grounds]
        known = [s for s in found if s is not None]
        if len(known) < len(found):
            raise Gone(None)
        edit = anchored.edit
        standing = [s for s in known if isinstance(s, LineInArticle)]
        if len(standing) == len(known) and all(map(_is_unmoved, anchored.grounds, known)):
            return _only([s.article for s in standing]), edit
        spans = list(self._spans(anchored, known))
        here = self._all_at(spans)
        home = _only([s.article for s in here])
        text = "".join(_text(span, s.source) for span, s in zip(spans, here, strict=True))
        if text == edit.before:
            return home, replace(edit, places=tuple(spans), supersedes=())
        if text == edit.after:
            return home, None
        raise Gone(text)

    def _known(self, ground: Ground) -> LineInArticle | Former | None:
        """The line that was decided about: as it is now, or the former one that it was.

        Of several, that one is it which reads the same, or else whose size on the scan is nearest.
        """
        real = self.find(ground)
        formers = [f for f in self._formers if f.key == ground.key or _share(ground, f.source) >= _SAME_PLACE]
        if not formers:
            return real
        alike: list[LineInArticle | Former] = [*([] if real is None else [real]), *formers]
        return max(alike, key=lambda s: (s.source.line.text == ground.text, _size_alike(ground, s.source)))

    def _now(self, span: Span, former: Former) -> list[Span]:
        """A span of a former line in the lines that there are now, through all that was done since."""
        spans, after = former.now(span), self._formers.index(former) + 1
        for later in self._formers[after:]:
            spans = [n for s in spans for n in (later.now(s) if (s.page, s.line) == later.key else [s])]
        return spans


def _only(articles: Sequence[str]) -> str:
    """The one article that is named; raises Gone where there are none or several."""
    if len(set(articles)) != 1:
        raise Gone(None)
    return articles[0]


def _is_unmoved(ground: Ground, standing: LineInArticle | Former) -> bool:
    return ground.key == (standing.source.page, standing.source.line.id) and ground.text == standing.source.line.text


def _size_alike(ground: Ground, source: SourceLine) -> float:
    """1 where the line is as large on the scan as it was, towards 0 the more it differs."""
    box = source.line.box
    return 0.0 if ground.box is None or box is None else _alike(Box(*ground.box).area, box.area)


def _share(ground: Ground, source: SourceLine) -> float:
    box = source.line.box
    if ground.box is None or box is None:
        return 0.0
    was = Box(*ground.box)
    return (was & box).area / max(1, min(was.area, box.area)) * _alike(was.height, box.height)


def _alike(one: int, other: int) -> float:
    return min(one, other) / max(1, one, other)


def _carried(place: Span, ground: Ground, source: SourceLine) -> Span:
    """The same characters of the line as it is read now, by the best alignment of the two readings."""
    line = source.line
    ends = _positions(ground.text, line.text)
    start, end = ends[min(place.start, len(ground.text))], ends[min(place.end, len(ground.text))]
    break_ = place.end > len(ground.text)
    return Span(source.page, line.id, start, len(line.text) + 1 if break_ else max(start, end))


def carried_offset(old: str, new: str, at: int) -> int:
    """Where an offset of one reading of a line lies in another reading of it."""
    return at if old == new else _positions(old, new)[min(at, len(old))]


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


def _text(span: Span, source: SourceLine) -> str:
    return (source.line.text + LINE_BREAK)[span.start : span.end]
