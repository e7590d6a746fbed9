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
from ocr.both.latin_print import with_latin_told
from ocr.confidence.pairs import Pairs
from ocr.confidence.trust import USUAL, Kind, LineSetting, Readers, Table, kind_of, table, voices_at
from ocr.confidence.weighed import weighed
from ocr.engine import Engine, ReaderInterrupted
from ocr.line.collate import Place, collated
from ocr.line.rightleft import with_right_to_left
from ocr.numbers.runs import is_odd, runs, same_number

CERTAIN: Final = 0.9
"""Confidence of both readers from which a character on which they agree vouches for others."""

NUMBER_IN_DISPUTE: Final = 0.75
"""Confidence, at most, of every figure of a number that has two readings: just below what a reviewer looks at."""


@dataclass(frozen=True)
class Reader:
    """A reader in the pair: its name, its engine, what it can say (empty where not known).

    `beside` reads a page and looks again where the page that the other reader read differs.
    """

    name: str
    engine: Engine
    alphabet: Callable[[], frozenset[str]]
    alone: Kind
    beside: Callable[[Page, Sheet, Page], Page] | None = None

    def read(self, page: Page, sheet: Sheet, other: Page | None) -> Page:
        """The page as this reader reads it, given the other's reading, if there is one."""
        if other is None or self.beside is None:
            return self.engine.read(page, sheet)
        return self.beside(page, sheet, other)


class BothEngine:
    """Reads with two readers; the first one's text is the text as recognized, and each glyph knows the other's.

    A glyph's confidence is the chance that it is right, all voices heard, and its `other_confidence` the chance that
    the other reading is. Where one reader fails, the other carries on alone, and the page says so in its warnings;
    where the machine stopped it, the page fails, so that the text of a page does not depend on the machine's load.
    """

    def __init__(self, first: Reader, other: Reader) -> None:
        self._readers = (first, other)
        self._table = table()

    @cached_property
    def identity(self) -> str:
        """Both readers' identities, and the table by which they are weighed."""
        return f"both {' + '.join(r.engine.identity for r in self._readers)} {self._table.identity}"

    def read(self, page: Page, sheet: Sheet) -> Page:
        """The page with every line read twice; raises PageFailed when both readers fail, or one was interrupted."""
        pages: list[Page | None] = [None, None]
        failures: list[PageFailed | ReaderMissing] = []
        for at in (1, 0):
            try:
                pages[at] = self._readers[at].read(page, sheet, pages[1])
            except ReaderInterrupted:
                raise
            except (PageFailed, ReaderMissing) as e:
                failures.insert(0, e)
        if len(failures) == len(pages):
            raise PageFailed("\n".join(e.met for e in failures), failures[0].remedy)
        alone = next(r.name for r, p in zip(self._readers, pages, strict=True) if p is not None)
        warnings = tuple(f"{e.met} This page was read by {alone} alone." for e in failures)
        read = self._joined(pages)
        whole = with_right_to_left(page.with_lines(read))
        return replace(whole, reader=self.identity, warnings=(*page.warnings, *warnings))

    def _joined(self, pages: Sequence[Page | None]) -> dict[str, Line]:
        first, other = pages
        if first is None or other is None:
            (alone,) = (i for i in (0, 1) if pages[i] is not None)
            page = pages[alone]
            return {n.id: weighed(n, self._readers[alone].alone, self._table) for n in page.lines} if page else {}
        texts = []
        for a, b in zip(first.lines, other.lines, strict=True):
            line, places = with_latin_told(a, collated(a.glyphs, b.glyphs) if a.glyphs else [], b)
            texts.append((line, b, places))
        pairs = Pairs(run for _, _, places in texts for run in certain_runs(places))
        sayable = Readers(*(r.alphabet() for r in self._readers))
        return {
            a.id: self._line(a, b, ReadingJudge(places, sayable, pairs, self._table, LineSetting.of(a)))
            for a, b, places in texts
        }

    def _line(self, first: Line, other: Line, judge: ReadingJudge) -> Line:
        if first.text:
            vouched = [is_vouched(g) for g in first.glyphs]
            return replace(first, glyphs=tuple(with_numbers_doubted(list(judge.glyphs()), vouched)))
        lone = weighed(other, self._readers[1].alone, self._table)
        return replace(lone, glyphs=tuple(replace(g, other="", other_confidence=0.0) for g in lone.glyphs))


@dataclass(frozen=True, slots=True)
class ReadingJudge:
    """Says of each place of one line how likely either reading is right."""

    places: Sequence[Place]
    readers: Readers
    pairs: Pairs
    table: Table
    setting: LineSetting = USUAL

    def glyphs(self) -> Iterator[Glyph]:
        """The first reader's glyphs, each with the other's and both chances."""
        for at, place in enumerate(self.places):
            voices = voices_at(self.places, at, self.readers, self.pairs, self.setting)
            chances = self.table.chances(kind_of(place), voices)
            other = chances.first if place.agrees else chances.other
            glyph = place.glyph
            if (
                place.agrees and glyph.other is not None and not is_vouched(glyph)
            ):  # one view of the first reader stands against all others
                yield Glyph(glyph.char, glyph.box, round(chances.first, 4), glyph.other, glyph.other_confidence)
            else:
                yield Glyph(glyph.char, glyph.box, round(chances.first, 4), place.text, round(other, 4))


def is_vouched(glyph: Glyph) -> bool:
    """Whether the reader itself asked a witness about the number that a glyph is of, who saw the same."""
    return glyph.other == glyph.char


def with_numbers_doubted(glyphs: Sequence[Glyph], vouched: Sequence[bool] = ()) -> list[Glyph]:
    """The glyphs of a line; a number of which one figure or mark has another reading is in doubt as a whole.

    Not so where it is `vouched` for, glyph by glyph; but always where its points stand as in no number.
    """
    out = list(glyphs)
    for start, end in runs("".join(g.char for g in out)) if all(len(g.char) == 1 for g in out) else ():
        own = out[start:end]
        open_ = not (vouched and all(vouched[start:end]))
        begins = (out[start - 1].other or "")[-1:].isdigit() if start else False  # more figures seen in front of it
        differs = begins or any(g.other is not None and not same_number(g.char, g.other) for g in own)
        if (open_ and differs) or is_odd("".join(g.char for g in own)):
            out[start:end] = [replace(g, confidence=min(g.confidence, NUMBER_IN_DISPUTE)) for g in own]
    return out


def certain_runs(places: Sequence[Place]) -> Iterator[str]:
    """The runs of characters on which both readers agree without a doubt."""
    for sure, run in groupby(places, key=_is_certain):
        if sure:
            yield "".join(p.glyph.char for p in run)


def _is_certain(place: Place) -> bool:
    return place.agrees and min(place.glyph.confidence, place.other[0].confidence) >= CERTAIN
