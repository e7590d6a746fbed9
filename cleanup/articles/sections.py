"""Headlines and subheads told apart by the sections that they part in a column.

The heads of briefs stand over short texts, each of one paragraph and about something else; the subheads of an article
part longer ones that share its words. The weights of the cues (section_weights.json, fitted by `samples.sections`) come
on top of what the display type itself tells.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import combinations
from math import log2
from statistics import fmean
from typing import Final

import msgspec

from cleanup.articles.blocks import Ending, TextBlock
from cleanup.articles.cues import Cues
from cleanup.articles.labels import Label
from cleanup.articles.weights import scored

FILE: Final = "section_weights.json"
_ENDED: Final = frozenset({Ending.STOP, Ending.CREDIT})
_THROUGH: Final = frozenset({Label.BODY, Label.BYLINE})
"""Labels of what stands in a section."""
_PAIR: Final = 2
"""Sections that can be compared, at least."""


@dataclass(frozen=True, slots=True)
class SectionParams:
    """Bounds by which a column is parted into sections; lengths in ems."""

    column: float = 0.4
    """Share of the narrower of two blocks that lies over the other where they are of one column, at least."""
    close: float = 4.0
    """Ems of white within a section, at most."""
    same_size: float = 0.09
    """Share by which the sizes of heads set alike are measured to differ at most."""
    as_heavy: float = 1.2
    """Ratio of the weights of heads set alike, at most."""
    as_wide: float = 2.0
    """Ems by which the columns of heads set alike differ in width, at most."""
    larger: float = 1.15
    """Ratio of type sizes from which one head is larger than another."""
    usual: float = 80.0
    """Characters of a section between those of briefs and those of articles."""
    farthest: float = 2.0
    """Greatest power of two by which a section's length counts as longer or shorter than the usual."""
    words: int = 20
    """Pairs of hanzi of a text, more than which tell what it is about."""
    shared: float = 0.1
    """Share of such pairs in two texts that counts as 1: the texts are about one thing."""
    many: int = 4
    """Heads set alike that are many, at least."""
    compared: int = 12
    """Sections set alike whose words are compared with each other, at most: the first of them."""
    own: float = 0.7
    """Weight of what the display type itself tells, beside what its sections tell: these are fitted with it."""
    together: float = 0.7
    """Part of it that all display type set alike tells together."""


P: Final = SectionParams()


@dataclass(frozen=True)
class Section:
    """The text under a block of display type, down to what ends it in its column."""

    head: TextBlock
    texts: tuple[TextBlock, ...]
    then: TextBlock | None
    """The display type that ends it; none at the foot of the column, or where something else stands there."""

    @property
    def length(self) -> int:
        """The number of its characters."""
        return sum(len(t.text) for t in self.texts)

    @property
    def is_closed(self) -> bool:
        """Whether it ends where other display type begins, or with a sentence at the foot of its column."""
        return self.then is not None or self.texts[-1].ending in _ENDED

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of hanzi in its text."""
        return frozenset[str]().union(*(t.pairs for t in self.texts))


@dataclass(frozen=True)
class Sections:
    """The sections of a page."""

    blocks: Sequence[TextBlock]
    display: Collection[int]
    """The ids of the blocks of display type."""

    def subhead_odds(self, own: Mapping[int, float]) -> dict[int, float]:
        """The log-odds that each block of display type is a subhead and no headline; `own` are those of it alone."""
        told = {b.id: odds + scored(section_weights(), cues) for b, cues, odds in self.parting(own)}
        return {**own, **told}

    def parting(self, own: Mapping[int, float]) -> Iterator[tuple[TextBlock, Cues, float]]:
        """The blocks that part sections, with the cues of these, and what the type of all that are set alike tells."""
        for b in (b for b in self.blocks if b.id in own):
            cues = self.cues(b)
            if cues:
                mean = fmean(own[s.head.id] for s in self._alike(b) if s.head.id in own)
                yield b, cues, P.own * ((1 - P.together) * own[b.id] + P.together * mean)

    def _alike(self, block: TextBlock) -> list[Section]:
        """The sections with a text whose heads are set like a block."""
        return [s for s in self._sections.values() if s.texts and _are_set_alike(s.head, block)]

    def cues(self, block: TextBlock) -> Cues:
        """The cues to whether a block of display type is a subhead; none where no text stands under it."""
        section = self._sections.get(block.id)
        if section is None or not section.texts:
            return {}
        return {"always": 1.0, **_of_own(section), **_of_alike(self._alike(block)), **self._of_section_over(section)}

    @cached_property
    def _sections(self) -> dict[int, Section]:
        return {b.id: self._section(b) for b in self.blocks if b.id in self.display and not b.lines[0].crosses}

    def _section(self, head: TextBlock) -> Section:
        texts: list[TextBlock] = []
        foot = head.rect.y1
        for b in sorted((b for b in self.blocks if _is_under(b, head)), key=lambda b: b.rect.y0):
            near = b.rect.y0 - foot < P.close
            if near and b.id in self.display:
                return Section(head, tuple(texts), b)
            if not near or b.label not in _THROUGH:
                break
            foot = max(foot, b.rect.y1)
            if b.label is Label.BODY:
                texts.append(b)
        return Section(head, tuple(texts), None)

    def _of_section_over(self, own: Section) -> Cues:
        """What stands over the block in its column: the section that it ends, and that section's head."""
        block = own.head
        over = next((s for s in self._sections.values() if s.then is not None and s.then.id == block.id), None)
        if over is None:
            return {"no section ends at it": 1.0}
        if not over.texts:
            return {"display type right over it": 1.0}
        alike = _are_set_alike(over.head, block)
        larger = not alike and over.head.size > P.larger * block.size
        which = "a head like it" if alike else "another head"
        return {
            f"the section over it is under {which}": 1.0,
            f"length of the section over it, under {which}": _length(over.length),
            **({"a larger head over the section over it": 1.0} if larger else {}),
            **_shared("words shared with the section over it", [(over, own)]),
        }


def _of_own(section: Section) -> Cues:
    """How long the text under the block is, or that it runs on in another column."""
    return {"length of its section": _length(section.length)} if section.is_closed else {"its section runs on": 1.0}


def _of_alike(alike: Sequence[Section]) -> Cues:
    """What the sections under all display type tell that is set like the block, its own among them."""
    count = len(alike)
    facts: Cues = {
        "a dateline opens the sections alike": fmean(s.texts[0].is_dated for s in alike),
        **_shared("words shared by the sections alike", combinations(alike[: P.compared], 2)),
        f"heads alike: {count if count < P.many else 'many'}": 1.0,
    }
    closed = [s.length for s in alike if s.is_closed]
    if count >= _PAIR and closed:
        which = "more sections alike" if count > _PAIR else "two sections alike"
        facts[f"mean length of {which}"] = _length(fmean(closed))
        facts["length of the longest section alike"] = _length(max(closed))
        facts["sections alike that are closed"] = len(closed) / count
    return facts


def _length(characters: float) -> float:
    """A section's length as a power of two above or below the usual, between the farthest."""
    return max(-P.farthest, min(P.farthest, log2(max(characters, 1.0) / P.usual)))


def _shared(name: str, pairs: Iterable[tuple[Section, Section]]) -> Cues:
    """The share of words that the two of each pair have in common, on the average; nothing where all are too short."""
    least = [(min(len(a.pairs), len(b.pairs)), len(a.pairs & b.pairs)) for a, b in pairs]
    shares = [shared / count for count, shared in least if count > P.words]
    return {name: min(1.0, fmean(shares) / P.shared)} if shares else {}


def _is_under(b: TextBlock, head: TextBlock) -> bool:
    """Whether a block stands under display type, in its column and frame."""
    narrower = min(b.rect.width, head.column_rect.width)
    below = b.id != head.id and b.rect.centre[1] > head.rect.centre[1]
    return below and b.frame == head.frame and b.rect.overlap_x(head.column_rect) > P.column * narrower


def _are_set_alike(a: TextBlock, b: TextBlock) -> bool:
    """Whether two blocks of display type are of one frame, type and measure."""
    heavy = a.weight and b.weight and max(a.weight, b.weight) > P.as_heavy * min(a.weight, b.weight)
    widths = [c.column[1] - c.column[0] for c in (a, b)]
    of_one_size = abs(a.size - b.size) <= P.same_size * a.size
    return a.frame == b.frame and of_one_size and not heavy and abs(widths[0] - widths[1]) < P.as_wide


@cache
def section_weights() -> dict[str, float]:
    """The weights that are shipped, in units of log-odds by cue."""
    return msgspec.json.decode((files("cleanup.articles") / FILE).read_bytes(), type=dict[str, float])
