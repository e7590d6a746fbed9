"""The make-up of a page in registers as pieces, by the steps that other pages take too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from cleanup.articles.assembly import Assembly, assembled
from cleanup.articles.blocks import TextBlock, block_of
from cleanup.articles.headlines import Start
from cleanup.articles.labels import Label
from cleanup.articles.placed import PlacedLine
from cleanup.articles.registers.heads import Head
from cleanup.articles.registers.make_up import MakeUp
from cleanup.articles.registers.measures import MARKS, around
from cleanup.articles.relations import Relations
from cleanup.articles.successors import Chains, Link
from cleanup.articles.surroundings import smallest_around
from cleanup.forms.advert import is_notice

UNDER_SUBHEAD: Final[Mapping[str, float]] = {"a subhead stands between": 1.0}
"""The cue of text that goes on under a subhead."""
_SURE: Final = 1.0
"""Log-odds that a subhead goes with the text under it."""
_REFUSED: Final = 60
"""Refused links that are kept for the reasons."""
_SHORT: Final = 40
"""Characters under a headline, at most, that may be an advert by their words: news says more."""
_SCRAP: Final = 14
"""Characters of a text without a headline and without a mark, at most, that is of no article."""


def pieces_of(made: MakeUp) -> tuple[Assembly, tuple[TextBlock, ...]]:
    """The pieces of the page, and its blocks."""
    maker = _Blocks(made)
    held = tuple(maker.blocks)
    return assembled(Relations(made.stream.page.frame, held), maker.chains(), maker.starts(), maker.signed), held


class _Blocks:
    """The blocks of a page's runs, headlines and other lines."""

    def __init__(self, made: MakeUp) -> None:
        self._made, self._stream = made, made.stream
        linked = {n.second for n in made.links}
        self._adverts = _adverts(made)
        self._subheads = {run: c.head for run, c in made.stream.over.items() if run in linked}
        """For each run that goes on under a headline which one that is."""
        self.blocks: list[TextBlock] = []
        self._of_run: dict[int, int] = {}
        self._of_head: dict[int, int] = {}
        for is_run, at in self._order():
            (self._of_run if is_run else self._of_head)[at] = len(self.blocks)
            held = made.stream.runs[at].lines if is_run else made.stream.heads[at].lines
            label = self._label_of_run(at) if is_run else self._label_of_head(at)
            self._add(tuple(held), label, at if is_run else None)
        for lines, label in self._others():
            self._add(lines, label, None)

    @property
    def signed(self) -> Mapping[int, int]:
        """For each block that is a signature the block of the text that it ends."""
        places = {id(r): n for n, r in enumerate(self._stream.runs)}
        by = {b.id: self._stream.signed.get(b.lines[0].line.id) for b in self.blocks if b.label is Label.BYLINE}
        return {b: self._of_run[places[id(run)]] for b, run in by.items() if run is not None}

    def _add(self, lines: tuple[PlacedLine, ...], label: Label, run: int | None) -> None:
        rect = around(n.rect for n in lines)
        column = (rect.x0, rect.x1) if run is None else (self._stream.runs[run].top, self._stream.runs[run].foot)
        frame = smallest_around(rect, self._stream.page.frame.frames)
        self.blocks.append(block_of(len(self.blocks), label, lines, column, frame))

    def chains(self) -> Chains:
        """The links between blocks, by way of the subheads between them."""
        taken: list[Link] = []
        for n in self._made.links:
            if n.first in self._adverts:
                continue
            first, second = self._of_run[n.first], self._of_run[n.second]
            if n.second in self._subheads:
                middle = self._of_head[self._subheads[n.second]]
                taken.append(Link(first, middle, n.score, n.cues))
                taken.append(Link(middle, second, _SURE, UNDER_SUBHEAD))
            else:
                taken.append(Link(first, second, n.score, n.cues))
        refused = [Link(self._of_run[n.first], self._of_run[n.second], n.score, n.cues) for n in self._made.refused]
        return Chains(tuple(taken), tuple(refused[:_REFUSED]))

    def starts(self) -> list[Start]:
        """The beginnings of texts under headlines."""
        return [
            Start(self._of_head[c.head], self._of_run[c.run], max(c.score, _SURE), c.cues)
            for c in self._stream.over.values()
            if c.run not in self._subheads and c.run not in self._adverts
        ]

    def _label_of_run(self, at: int) -> Label:
        return Label.ADVERT if at in self._adverts else Label.BODY

    def _label_of_head(self, at: int) -> Label:
        run = next((run for run, c in self._stream.over.items() if c.head == at), None)
        if run in self._adverts:
            return Label.ADVERT
        if run is None:
            if self._names_column(self._stream.heads[at]):
                return Label.COLUMN
            label = self._stream.page.label(self._stream.heads[at].lines[0])
            return Label.ADVERT if label in (Label.ADVERT, Label.BODY) else Label.HEAD
        return Label.SUBHEAD if run in self._subheads else Label.HEAD

    def _names_column(self, head: Head) -> bool:
        """Whether display type without a text, in a box of its own, is the name of a column of items: 電報, 要聞."""
        page = self._stream.page
        boxed = smallest_around(head.rect, page.frame.frames) is not None and page.zone(head.rect) is None
        return boxed and any(h.opens_item for h in self._stream.heads)

    def _order(self) -> list[tuple[bool, int]]:
        """Runs and headlines, by their places, as a reader comes to them; a headline right before its text."""
        before = {run: c.head for run, c in self._stream.over.items()}
        out: list[tuple[bool, int]] = []
        for r in range(len(self._stream.runs)):
            out += [(False, before[r])] if r in before else []
            out.append((True, r))
        told = set(before.values())
        return out + [(False, h) for h in range(len(self._stream.heads)) if h not in told]

    def _others(self) -> Iterator[tuple[tuple[PlacedLine, ...], Label]]:
        """The lines that are of no run and no headline, those of one region and label together."""
        stream = self._stream
        taken = {n.line.id for r in stream.runs for n in r.lines} | {n.line.id for h in stream.heads for n in h.lines}
        at: list[PlacedLine] = []
        for n in (n for n in stream.page.frame.lines if n.line.id not in taken):
            if at and self._key(at[-1]) != self._key(n):
                yield tuple(at), self._key(at[-1])[1]
                at = []
            at.append(n)
        if at:
            yield tuple(at), self._key(at[-1])[1]

    def _key(self, n: PlacedLine) -> tuple[str, Label]:
        label = self._stream.page.label(n)
        if n.line.id in self._stream.signed:
            return n.line.id, Label.BYLINE
        return n.region.id, Label.ADVERT if label in (Label.BODY, Label.HEAD, Label.SUBHEAD) else label


def _adverts(made: MakeUp) -> frozenset[int]:
    """The runs of texts that are notices and adverts by their words: without a headline, or hardly a line under one."""
    stream, after = made.stream, {n.first: n.second for n in made.links}
    found: set[int] = set()
    for first in set(range(len(stream.runs))) - set(after.values()):
        text = [first]
        while text[-1] in after:
            text.append(after[text[-1]])
        words = "".join(stream.runs[n].text for n in text)
        head = stream.head(first)
        if head is not None and len(words) > _SHORT:
            continue
        is_scrap = head is None and len(words) <= _SCRAP and not set(words) & MARKS
        if is_scrap or is_notice("".join([*(n.text for n in (head.lines if head is not None else ())), words])):
            found.update(text)
    return frozenset(found)
