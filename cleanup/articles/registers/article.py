"""Cues from the article that a run ends so far: its headline, its subheads and its length, as a first pass links runs.

Whether display type is a subhead or a headline is seldom told by itself; beside the headline of the text before it and
the subheads that stand in that text already it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cleanup.articles.cues import Cues, step
from cleanup.articles.registers.heads import Head
from cleanup.articles.registers.stream import Stream
from cleanup.articles.successors import Link

_RATIOS: Final = (0.5, 0.7, 0.9, 1.1, 1.5)
"""Bounds of the classes of a headline's type size, relative to that of the article's headline."""
_LENGTHS: Final = (40, 90, 200, 500)
"""Bounds of the classes of a text's length, in characters."""
_ALIKE: Final = 0.12
"""Share by which the sizes of headlines of one kind differ at most."""


@dataclass(frozen=True)
class Articles:
    """The runs of a page in chains, as the links of a first pass have them."""

    stream: Stream
    before: Mapping[int, int]
    """For each run that goes on another which one that is."""
    behind: Mapping[int, int]
    """For each run that another goes on which one that is."""

    @classmethod
    def of(cls, stream: Stream, links: Sequence[Link]) -> Articles:
        """The articles that links without circles make."""
        return cls(stream, {n.second: n.first for n in links}, {n.first: n.second for n in links})

    def cues(self, a: int, b: int) -> Cues:
        """The cues for the second run going on the article that the first one ends."""
        return dict.fromkeys(self._cues(self.until(a, b), self.onward(b, a), b), 1.0)

    def words(self, a: int, b: int) -> float:
        """How much more the text from the second run on shares with the article than chance has it, in doublings."""
        return self.stream.shared_words.told(self.until(a, b), self.onward(b, a))

    def until(self, a: int, b: int) -> list[int]:
        """The runs of an article up to one, first to last; `b` is taken for another article's."""
        out = [a]
        while out[-1] in self.before and self.before[out[-1]] != b:
            out.append(self.before[out[-1]])
        return out[::-1]

    def onward(self, b: int, a: int) -> list[int]:
        """The runs of an article from one on."""
        out = [b]
        while out[-1] in self.behind and self.behind[out[-1]] != a:
            out.append(self.behind[out[-1]])
        return out

    def _cues(self, first: Sequence[int], second: Sequence[int], b: int) -> Iterator[str]:
        stream, head, own = self.stream, self.stream.head(first[0]), self.stream.head(b)
        headed = "plain" if own is None else "headed"
        before = sum(len(stream.runs[n].text) for n in first)
        yield f"{headed}: {step(before, _LENGTHS)} characters of its article before"
        if head is None:
            yield f"{headed}: no headline over the article"
        if own is None:
            return
        behind = sum(len(stream.runs[n].text) for n in second)
        yield f"headed: {step(behind, _LENGTHS)} characters under it"
        if head is not None:
            ratio = step(own.size / head.size, _RATIOS)
            lines = "fewer" if len(own.lines) < len(head.lines) else "as many or more"
            yield f"headed: {ratio} of the article's headline"
            yield f"headed: {ratio} of the article's headline, {lines} lines"
        inner = [h for n in first[1:] if (h := stream.head(n)) is not None]
        if any(are_alike(h, own) for h in inner):
            yield "headed: a subhead like it in the article"
        elif inner:
            yield "headed: a subhead unlike it in the article"


def are_alike(one: Head, other: Head) -> bool:
    """Whether two headlines are of one kind: as many lines, of one direction and size."""
    same = len(one.lines) == len(other.lines) and one.is_level == other.is_level
    return same and abs(one.size - other.size) < _ALIKE * one.size
