"""What boosted trees are told of a link between two runs: its score by the weights, its rivals, and plain measures.

The weights say how likely one run goes on another by classes of what is measured. The trees see the measures themselves
and many of them together, and what else either run might go on: they decide where the weights leave a doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from itertools import pairwise
from statistics import median
from typing import Final

import numpy as np
import numpy.typing as npt

from cleanup.articles.labels import LABELS
from cleanup.articles.registers.article import Articles, are_alike
from cleanup.articles.registers.cues import ending_of, number_like, opening_of
from cleanup.articles.registers.measures import AS_ALL, size_of
from cleanup.articles.registers.runs import Run
from cleanup.articles.registers.stream import Stream
from cleanup.articles.successors import Link
from cleanup.language.characters import is_hanzi
from layout.boosted_trees import Trees

FILE: Final = "link_trees.npz"
NAME: Final = "link"
"""The name of the trees in the file."""
UNKNOWN: Final = -99.0
"""The value of a measure of what is not there: of a headline where there is none."""
_NO_RIVAL: Final = -9.0
"""Score of the best rival of a link that has none."""
_LARGER: Final = 1.1
"""Ratio of the sizes of two headlines from which one is larger."""
_RULED: Final = "a rule and "
_PLACES: Final = ("left", "left, lower", "left, higher", "next", "later", "apart")
_ENDINGS: Final = (
    "ends as reports do",
    "a stop in a short line",
    "a pause in a short line",
    "a short line",
    "a stop in a full line",
    "a pause in a full line",
    "a full line",
)
_OPENINGS: Final = ("an ornament", "a dateline", "bold", "a run-in subhead", "set in", AS_ALL, "flush")
_NEIGHBOURS: Final = (
    "a headline",
    "loose type",
    "headed text",
    "text from above",
    "text",
    "text further off",
    "a picture",
    "a border",
    "a rule",
    "a frame",
    "the frame's edge",
    "nothing",
)
Floats = npt.NDArray[np.float64]
Values = tuple[float, ...]


@cache
def link_trees() -> Trees:
    """The trees that are shipped; `samples.registers` fits them."""
    with as_file(files("cleanup.articles.registers") / FILE) as path:
        return Trees.load(path, NAME)


@dataclass(frozen=True)
class _Rivals:
    """The scores of all links of a page, by the run that they go on and by the one that goes on."""

    after: Mapping[int, Mapping[int, float]]
    before: Mapping[int, Mapping[int, float]]

    @classmethod
    def of(cls, links: Sequence[Link]) -> _Rivals:
        after: dict[int, dict[int, float]] = defaultdict(dict)
        before: dict[int, dict[int, float]] = defaultdict(dict)
        for n in links:
            after[n.first][n.second] = before[n.second][n.first] = n.score
        return cls(after, before)

    def of_link(self, link: Link) -> tuple[list[float], list[float]]:
        """The scores of the links that this one leaves no room for: those of its first run, and of its second."""
        after = [s for b, s in self.after[link.first].items() if b != link.second]
        return after, [s for a, s in self.before[link.second].items() if a != link.first]


@dataclass(frozen=True)
class LinkMeasures:
    """The measures of the links of a page; `ends` and `begins` are what the weights say of each run by itself."""

    stream: Stream
    ends: Sequence[float]
    begins: Sequence[float]
    where: Mapping[tuple[int, int], str]
    """How the second run of each pair stands to the first."""

    def rows(self, links: Sequence[Link], articles: Articles) -> Floats:
        """The measures of links, shape (links, measures); `articles` are those that an earlier pass has made."""
        rivals = _Rivals.of(links)
        rows = [
            (*self._of_scores(n, rivals), *self._of_pair(n.first, n.second), *self._of_article(n, articles))
            for n in links
        ]
        return np.array(rows, dtype=np.float64).reshape(len(links), -1)

    def _of_scores(self, link: Link, rivals: _Rivals) -> Values:
        after, before = rivals.of_link(link)
        best_after, best_before = max(after, default=_NO_RIVAL), max(before, default=_NO_RIVAL)
        return (
            link.score,
            self.ends[link.first],
            self.begins[link.second],
            link.score - max(best_after, 0.0),
            link.score - max(best_before, 0.0),
            best_after,
            best_before,
            len(after),
            len(before),
            sum(s > link.score for s in after),
            sum(s > link.score for s in before),
        )

    def _of_pair(self, a: int, b: int) -> Values:
        stream, where = self.stream, self.where[a, b]
        one, two = stream.runs[a], stream.runs[b]
        return (
            _PLACES.index(where),
            b in stream.over,
            a in stream.over,
            *self._of_headline(a, b),
            one.room,
            _ENDINGS.index(ending_of(one)),
            two.indent,
            _OPENINGS.index(opening_of(stream, two)),
            stream.sets_in,
            *self._of_place(a, b),
            *self._of_marks(a, b, where),
            *self._of_type(a, b),
            *self._of_seam(one, two),
        )

    def _of_headline(self, a: int, b: int) -> Values:
        """What the headline over the second run is, and where it stands."""
        stream, head = self.stream, self.stream.head(b)
        if head is None:
            return (UNKNOWN,) * 17
        one, two, r = stream.runs[a], stream.runs[b], head.rect
        largest = max(head.lines, key=lambda n: n.size * len(n.text))
        sizes = [h.size for h in stream.heads]
        return (
            head.size,
            len(head.lines),
            head.is_level,
            r.width / max(1.0, two.height),
            number_like(stream.heads, head),
            stream.over[b].score,
            head.opens_item,
            LABELS.index(stream.page.label(largest)),
            sum(len(n.text) for n in head.lines),
            r.x0 - two.top,
            r.x1 - two.foot,
            r.y0 - one.rect.y1,
            two.rect.y0 - r.y1,
            max(sizes) - head.size,
            sum(s > _LARGER * head.size for s in sizes) / len(sizes),
            r.height,
            len(largest.text),
        )

    def _of_place(self, a: int, b: int) -> Values:
        """Where the second run, with its headline, begins and ends, seen from the first."""
        one, two, begin = self.stream.runs[a], self.stream.runs[b], self.stream.units[b].y0
        return (
            begin - one.rect.y1,
            two.top - one.top,
            two.top - one.foot,
            two.foot - one.foot,
            begin - one.rect.y0,
            two.rect.y0 - one.rect.y0,
            one.height,
            two.height / max(1.0, one.height),
        )

    def _of_marks(self, a: int, b: int, where: str) -> Values:
        """Frames, rules and borders between two runs, what stands next to them, and the runs between them."""
        stream = self.stream
        one, two = stream.runs[a], stream.runs[b]
        ends = one.lines[-1].rect, two.lines[0].rect
        zones, jumps = (stream.zones[a], stream.zones[b]), where in ("next", "later")
        above = {name for name, run in stream.last_above[b] if run == a} if where == "next" else set()
        return (
            2 if zones[0] != zones[1] else zones[0] is not None,
            bool(stream.bordered[a, b]),
            stream.page.rule_between(*ends),
            stream.page.ruled(*ends),
            jumps and stream.ruled_across(one, two),
            *_neighbour(stream.after[a]),
            *_neighbour(stream.before[b]),
            stream.between(a, b) if jumps else -1,
            stream.ends_later(a, b) if jumps else -1,
            "the last of the register" in above,
            "the last before what spans both" in above,
            "the last before the next headline" in above,
            jumps and stream.beside_one_head(a, b),
            not jumps and where != "apart" and stream.under_display(a, b),
        )

    def _of_type(self, a: int, b: int) -> Values:
        """How long two runs are, and how unlike in their type."""
        one, two = self.stream.runs[a], self.stream.runs[b]
        (size, pitch, weight), (size_, pitch_, weight_) = self._type[a], self._type[b]
        return (
            len(one.lines),
            len(two.lines),
            len(one.text),
            len(two.text),
            abs(size - size_),
            abs(pitch - pitch_) if UNKNOWN not in (pitch, pitch_) else UNKNOWN,
            abs(weight - weight_) / max(weight, weight_) if weight and weight_ else UNKNOWN,
        )

    def _of_seam(self, one: Run, two: Run) -> Values:
        """What stands at the seam, and where on the page."""
        stream = self.stream
        last, first = one.lines[-1].text[-1], two.lines[0].text[0]
        wide = stream.page.frame.width
        return (
            stream.words[last + first] if is_hanzi(last) and is_hanzi(first) else -1,
            is_hanzi(last),
            len(stream.runs),
            len(stream.over) / max(1, len(stream.runs)),
            one.rect.x0 / wide,
            two.rect.x0 / wide,
        )

    def _of_article(self, link: Link, articles: Articles) -> Values:
        """The article before the second run and the text from it on, as an earlier pass has them."""
        stream, own = self.stream, self.stream.head(link.second)
        first, second = articles.until(link.first, link.second), articles.onward(link.second, link.first)
        head = stream.head(first[0])
        inner = [h for n in first[1:] if (h := stream.head(n)) is not None]
        return (
            sum(len(stream.runs[n].text) for n in first),
            sum(len(stream.runs[n].text) for n in second),
            head is None,
            own.size / head.size if own is not None and head is not None else UNKNOWN,
            len(own.lines) - len(head.lines) if own is not None and head is not None else UNKNOWN,
            own is not None and any(are_alike(h, own) for h in inner),
            len(inner),
            len(first),
            len(second),
            head.size if head is not None else UNKNOWN,
            own is not None and head is not None and are_alike(head, own),
        )

    @cached_property
    def _type(self) -> tuple[tuple[float, float, float], ...]:
        """For each run its type size, the distance of its lines, and the weight of its strokes."""
        return tuple(_type_of(run) for run in self.stream.runs)


def _type_of(run: Run) -> tuple[float, float, float]:
    """A run's type size relative to the body's, the ems from line to line, and its weight, 0 where none is known."""
    steps = [n.rect.centre[1] - m.rect.centre[1] for m, n in pairwise(run.lines)]
    pitch = median(steps) if len(steps) > 1 else UNKNOWN
    weights = [n.weight for n in run.lines if n.weight]
    return median(map(size_of, run.lines)), pitch, median(weights) if weights else 0.0


def _neighbour(name: str) -> Iterator[float]:
    """What stands next to a run, as the weights name it: whether behind a rule, and which it is."""
    own = name.removeprefix(_RULED)
    yield name.startswith(_RULED)
    yield _NEIGHBOURS.index(own)
