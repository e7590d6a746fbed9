"""Double keying: two readers read the same lines, and what they see differently stays on the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Final

from layout.errors import PageFailed, ReaderMissing
from layout.page import Glyph, Line, Page
from layout.sheet import Sheet
from ocr.collate import Place, collated
from ocr.engine import Engine
from ocr.pairs import Pairs
from ocr.trust import Kind, Readers, Table, kind_of, table, voices_at
from ocr.weighed import weighed

CERTAIN: Final = 0.9
"""Confidence of both readers from which a character on which they agree vouches for others."""


@dataclass(frozen=True)
class Reader:
    """A reader in the pair: its name, its engine, what it can say (empty where not known)."""

    name: str
    engine: Engine
    alphabet: Callable[[], frozenset[str]]
    alone: Kind


class BothEngine:
    """Reads with two readers; the first one's text is the text as recognized, and each glyph knows the other's.

    A glyph's confidence is the chance that it is right, all voices heard, and its `other_confidence` the chance that
    the other reading is. Where one reader fails, the other carries on alone, and the page says so in its warnings.
    """

    def __init__(self, first: Reader, other: Reader) -> None:
        self._readers = (first, other)
        self._table = table()

    @cached_property
    def identity(self) -> str:
        """Both readers' identities, and the table by which they are weighed."""
        return f"both {' + '.join(r.engine.identity for r in self._readers)} {self._table.identity}"

    def read(self, page: Page, sheet: Sheet) -> Page:
        """The page with every line read twice; raises PageFailed when both readers fail."""
        pages: dict[str, Page] = {}
        failures: list[tuple[Reader, PageFailed | ReaderMissing]] = []
        for reader in self._readers:
            try:
                pages[reader.name] = reader.engine.read(page, sheet)
            except (PageFailed, ReaderMissing) as e:
                failures.append((reader, e))
        if not pages:
            raise PageFailed("\n".join(e.met for _, e in failures), failures[0][1].remedy)
        alone = " and ".join(pages)
        warnings = tuple(f"{e.met} This page was read by {alone} alone." for _, e in failures)
        read = self._joined([pages.get(r.name) for r in self._readers])
        return replace(page.with_lines(read), reader=self.identity, warnings=(*page.warnings, *warnings))

    def _joined(self, pages: Sequence[Page | None]) -> dict[str, Line]:
        first, other = pages
        if first is None or other is None:
            (alone,) = (i for i in (0, 1) if pages[i] is not None)
            page = pages[alone]
            return {n.id: weighed(n, self._readers[alone].alone, self._table) for n in page.lines} if page else {}
        texts = [
            (a, b, collated(a.glyphs, b.glyphs) if a.glyphs else [])
            for a, b in zip(first.lines, other.lines, strict=True)
        ]
        pairs = Pairs(run for _, _, places in texts for run in certain_runs(places))
        sayable = Readers(*(r.alphabet() for r in self._readers))
        return {a.id: self._line(a, b, Judge(places, sayable, pairs, self._table)) for a, b, places in texts}

    def _line(self, first: Line, other: Line, judge: Judge) -> Line:
        if first.text:
            return replace(first, glyphs=tuple(judge.glyphs()))
        lone = weighed(other, self._readers[1].alone, self._table)
        return replace(lone, glyphs=tuple(replace(g, other="", other_confidence=0.0) for g in lone.glyphs))


@dataclass(frozen=True, slots=True)
class Judge:
    """Says of each place of one line how likely either reading is right."""

    places: Sequence[Place]
    readers: Readers
    pairs: Pairs
    table: Table

    def glyphs(self) -> Iterator[Glyph]:
        """The first reader's glyphs, each with the other's and both chances."""
        for at, place in enumerate(self.places):
            chances = self.table.chances(kind_of(place), voices_at(self.places, at, self.readers, self.pairs))
            other = chances.first if place.agrees else chances.other
            glyph = place.glyph
            yield Glyph(glyph.char, glyph.box, round(chances.first, 4), place.text, round(other, 4))


def certain_runs(places: Sequence[Place]) -> Iterator[str]:
    """The runs of characters on which both readers agree without a doubt."""
    for sure, run in groupby(places, key=_is_certain):
        if sure:
            yield "".join(p.glyph.char for p in run)


def _is_certain(place: Place) -> bool:
    return place.agrees and min(place.glyph.confidence, place.other[0].confidence) >= CERTAIN
