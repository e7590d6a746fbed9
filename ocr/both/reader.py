"""Double keying: two readers read the same lines, and what they see differently stays on the record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby
from typing import Final

from layout.errors import PageFailed, ReaderMissing
from layout.page import Glyph, Line, Page
from layout.sheet import Sheet
from ocr.both.latin_print import with_latin_told
from ocr.confidence.around import NO_WORDS, NOWHERE, Lexicon, LineSurroundings
from ocr.confidence.pairs import Pairs
from ocr.confidence.trust import Kind, Readers, Table, kind_of, table, voices_at
from ocr.confidence.weighed import weighed
from ocr.engine import Begun, Engine, ReaderInterrupted
from ocr.line.collate import Place, collated
from ocr.line.rightleft import with_right_to_left
from ocr.numbers.runs import is_odd, runs, same_number
from ocr.setup.identity import both

Failure = PageFailed | ReaderMissing

CERTAIN: Final = 0.9
"""Confidence of both readers from which a character on which they agree vouches for others."""

NUMBER_IN_DISPUTE: Final = 0.75
"""Confidence, at most, of every figure of a number that has two readings: just below what a reviewer looks at."""


@dataclass(frozen=True)
class Reader:
    """A reader in the pair: its name, its engine, what it can say (empty where not known).

    Where it `begins`, only lines of which it is in doubt are read by the other one too; otherwise all are. Of a page it
    can read `some` lines, by their ids, where that is given.
    """

    name: str
    engine: Engine
    alphabet: Callable[[], frozenset[str]]
    alone: Kind
    begins: Callable[[Page, Sheet], Begun] | None = None
    some: Callable[[Page, Sheet, Collection[str]], Page] | None = None

    def begun(self, page: Page, sheet: Sheet) -> Begun:
        """The page as this reader begins it; as one that can only read a page whole, all lines are in doubt."""
        return self.begins(page, sheet) if self.begins is not None else _Whole(self.engine.read(page, sheet))

    def read(self, page: Page, sheet: Sheet, wanted: Collection[str]) -> Page:
        """The page with the lines of these ids read."""
        return self.engine.read(page, sheet) if self.some is None else self.some(page, sheet, wanted)


@dataclass(frozen=True, slots=True)
class _Whole:
    """A page that was read whole: another reader is to read all of it too."""

    page: Page

    @property
    def doubted(self) -> frozenset[str]:
        """All lines."""
        return frozenset(n.id for n in self.page.lines)

    def ended(self, other: Page) -> Page:
        """The page as it is."""
        return self.page


class BothEngine:
    """Reads with two readers; the first one's text is the text as recognized.

    The other one reads the lines of which the first is in doubt, and each of their glyphs knows what it saw.

    A glyph's confidence is the chance that it is right, all voices heard, and its `other_confidence` the chance that
    the other reading is. Where one reader fails, the other carries on alone, and the page says so in its warnings;
    where the machine stopped it, the page fails, so that the text of a page does not depend on the machine's load.
    """

    def __init__(self, first: Reader, other: Reader, words: Lexicon = NO_WORDS) -> None:
        """`words` are those of the language that is read."""
        self._readers = (first, other)
        self._words = words
        self._table = table()

    @cached_property
    def identity(self) -> str:
        """Both readers' identities, and the table by which they are weighed."""
        return f"{both(*(r.engine.identity for r in self._readers))} {self._table.identity}"

    def read(self, page: Page, sheet: Sheet) -> Page:
        """The page with every line read; raises PageFailed when both readers fail, or one was interrupted."""
        read = _tried(lambda: self._read_first(page, sheet))
        if isinstance(read, Page):
            return read
        other = self._readers[1]
        whole = _tried(lambda: other.engine.read(page, sheet))
        if isinstance(whole, Page):
            return self._alone(page, other, whole, read)
        raise PageFailed(f"{read.met}\n{whole.met}", read.remedy)

    def _read_first(self, page: Page, sheet: Sheet) -> Page:
        """The page with every line read by the first reader; raises what that one raises."""
        first, other = self._readers
        begun = first.begun(page, sheet)
        theirs = _tried(lambda: other.read(page, sheet, begun.doubted)) if begun.doubted else page
        if isinstance(theirs, Page):
            return self._whole(page, self._joined(begun.ended(theirs), theirs, begun.doubted))
        return self._alone(page, first, begun.ended(page), theirs)

    def _alone(self, page: Page, reader: Reader, read: Page, failure: Failure) -> Page:
        """The page as one reader read it, after the other one failed."""
        lines = {n.id: weighed(n, reader.alone, self._table, self._words) for n in read.lines}
        return self._whole(page, lines, f"{failure.met} This page was read by {reader.name} alone.")

    def _whole(self, page: Page, read: Mapping[str, Line], *warnings: str) -> Page:
        whole = with_right_to_left(page.with_lines(dict(read)))
        return replace(whole, reader=self.identity, warnings=(*page.warnings, *warnings))

    def _joined(self, first: Page, other: Page, doubted: Collection[str]) -> dict[str, Line]:
        texts = []
        sure = [n for n in first.lines if n.id not in doubted]
        for a, b in zip(first.lines, other.lines, strict=True):
            if a.id in doubted:
                line, places = with_latin_told(a, collated(a.glyphs, b.glyphs) if a.glyphs else [], b)
                texts.append((line, b, places))
        agreed = (run for _, _, places in texts for run in certain_runs(places))
        pairs = Pairs(chain(agreed, ("".join(g.char for g in n.glyphs) for n in sure)))
        sayable = Readers(*(r.alphabet() for r in self._readers))
        return {n.id: self._stands(n) for n in sure} | {
            a.id: self._line(
                a, b, ReadingJudge(places, sayable, pairs, self._table, LineSurroundings.of(a, self._words))
            )
            for a, b, places in texts
        }

    def _stands(self, line: Line) -> Line:
        """A line that the first reader reads alone, since it is sure of it."""
        lone = weighed(line, self._readers[0].alone, self._table, self._words)
        return replace(lone, glyphs=tuple(with_numbers_doubted(lone.glyphs)))

    def _line(self, first: Line, other: Line, judge: ReadingJudge) -> Line:
        if first.text:
            vouched = [is_vouched(g) for g in first.glyphs]
            return replace(first, glyphs=tuple(with_numbers_doubted(list(judge.glyphs()), vouched)))
        lone = weighed(other, self._readers[1].alone, self._table, self._words)
        return replace(lone, glyphs=tuple(replace(g, other="", other_confidence=0.0) for g in lone.glyphs))


def _tried(reads: Callable[[], Page]) -> Page | Failure:
    """The page that a reader gives, or the failure that leaves the page to the other one; raises ReaderInterrupted."""
    try:
        return reads()
    except ReaderInterrupted:
        raise
    except (PageFailed, ReaderMissing) as e:
        return e


@dataclass(frozen=True, slots=True)
class ReadingJudge:
    """Says of each place of one line how likely either reading is right."""

    places: Sequence[Place]
    readers: Readers
    pairs: Pairs
    table: Table
    line: LineSurroundings = NOWHERE

    def glyphs(self) -> Iterator[Glyph]:
        """The first reader's glyphs, each with the other's and both chances."""
        for at, place in enumerate(self.places):
            voices = voices_at(self.places, at, self.readers, self.pairs, self.line)
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
        differs = begins or _differ(own)
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


def _differ(number: Sequence[Glyph]) -> bool:
    """Whether the readers saw another figure or mark somewhere in a number."""
    return any(g.other is not None and not same_number(g.char, g.other) for g in number)
