"""An article's text with the place of its characters on the scans, in a form that is small and quick to read."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, repeat
from typing import Final

import msgspec

from cleanup.article import Article, Role
from cleanup.edits.clean_text import CleanText
from cleanup.lines.glyph_places import boxes_of
from layout.geometry import Box
from layout.page import Direction, Line

_HEAD: Final = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.BYLINE})
_FARTHEST: Final = 0xFFFF
"""The largest coordinate that two bytes hold."""
_NOWHERE: Final = 0
"""The number of the line of a character that no line of print holds, such as the break between paragraphs."""
_NO_PLACE: Final = (_NOWHERE, 0, 0)


class PrintedLine(msgspec.Struct, frozen=True, array_like=True):
    """A line of print: its page, its box on the scan (left, top, right, bottom), and which way it runs."""

    page: int
    box: tuple[int, int, int, int]
    vertical: bool

    def part(self, begin: int, end: int) -> Box:
        """The box of what stands between two distances from the line's beginning, in pixels."""
        x0, y0, x1, y1 = self.box
        return Box(x0, y0 + begin, x1, y0 + end) if self.vertical else Box(x0 + begin, y0, x0 + end, y1)


class _Packed(msgspec.Struct, array_like=True):
    text: str
    head: int
    lines: tuple[PrintedLine, ...]
    columns: tuple[bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """A box on a page's scan."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class PrintedText:
    """The clean text, its headline parts first, which take `head` characters, and the body behind them.

    A paragraph is a line. For each character `line` has the number of its line of print from 1, and `begin` and `end`
    how far from that line's beginning it stands, in pixels.
    """

    text: str
    head: int
    lines: tuple[PrintedLine, ...]
    line: array[int]
    begin: array[int]
    end: array[int]

    def places(self, start: int, end: int) -> Iterator[PrintedPlace]:
        """The boxes of the characters `start` to `end`, one for each line of print."""
        known = (i for i in range(start, end) if self.line[i] != _NOWHERE)
        for number, group in groupby(known, key=lambda i: self.line[i]):
            chars, line = list(group), self.lines[number - 1]
            first, last = min(self.begin[i] for i in chars), max(self.end[i] for i in chars)
            yield PrintedPlace(line.page, line.part(first, last))

    def pages(self, start: int, end: int) -> tuple[int, ...]:
        """The pages that the characters `start` to `end` stand on."""
        return tuple(dict.fromkeys(place.page for place in self.places(start, end)))

    def packed(self) -> bytes:
        """The same as bytes."""
        columns = (self.line.tobytes(), self.begin.tobytes(), self.end.tobytes())
        return zlib.compress(msgspec.msgpack.encode(_Packed(self.text, self.head, self.lines, columns)), level=1)

    @classmethod
    def unpacked(cls, data: bytes) -> PrintedText:
        """What `packed` was called for."""
        packed = msgspec.msgpack.decode(zlib.decompress(data), type=_Packed)
        line, begin, end = (array("H", column) for column in packed.columns)
        return cls(packed.text, packed.head, packed.lines, line, begin, end)


def printed(article: Article) -> PrintedText:
    """The article's clean text with the places of its characters."""
    ground, clean = _Ground(article), article.clean
    head = [block for block in article.blocks if block.role in _HEAD]
    text, columns = "", (array("H"), array("H"), array("H"))
    for block in (*head, *(b for b in article.blocks if b.role not in _HEAD)):
        start = clean.text.index(block.text, block.start)
        places = [ground.place(at) for at in range(start, start + len(block.text))]
        for column, values in zip(columns, zip(*places, _NO_PLACE, strict=True), strict=True):
            column.extend(values)
        text += block.text + "\n"
    return PrintedText(text, sum(len(b.text) + 1 for b in head), tuple(ground.lines), *columns)


class _Ground:
    """The places of the characters of an article's clean text."""

    def __init__(self, article: Article) -> None:
        self._raw = article.raw
        self._origins = list(_origins(article.clean))
        self._sources = article.lines
        self._numbers: dict[int, int] = {}
        self._spans: dict[int, list[tuple[int, int]]] = {}
        self.lines: list[PrintedLine] = []

    def place(self, at: int) -> tuple[int, int, int]:
        """The number of the line, and begin and end in it, of a clean character."""
        origin = self._origins[at]
        if origin is None:
            return _NO_PLACE
        index = self._raw.line_at(origin)
        if index not in self._numbers:
            self._add(index)
        spans = self._spans[index]
        offset = min(origin - self._raw.starts[index], len(spans) - 1)
        return (self._numbers[index], *spans[offset]) if spans else _NO_PLACE

    def _add(self, index: int) -> None:
        """Takes in a line of print; one without a place on a scan has no spans."""
        source = self._sources[index]
        box = source.line.box
        if box is not None:
            vertical = source.line.direction is Direction.VERTICAL_RL
            self.lines.append(PrintedLine(source.page, (box.x0, box.y0, box.x1, box.y1), vertical))
        self._numbers[index] = len(self.lines)
        self._spans[index] = [] if box is None else list(_spans(source.line, box))


def _origins(clean: CleanText) -> Iterator[int | None]:
    """The raw offset of each clean character; what an edit wrote stands where it took something away, else nowhere."""
    for segment in clean.segments:
        if segment.edit is None:
            yield from range(segment.start, segment.end)
        elif segment.end > segment.start:
            yield from (min(segment.start + i, segment.end - 1) for i in range(len(segment.text)))
        else:
            yield from repeat(None, len(segment.text))


def _spans(line: Line, box: Box) -> Iterator[tuple[int, int]]:
    """How far from the line's beginning each of its characters begins and ends; spread evenly where nobody saw it."""
    vertical = line.direction is Direction.VERTICAL_RL
    zero, extent = (box.y0, box.height) if vertical else (box.x0, box.width)
    step = extent / max(1, len(line.text))
    for at, seen in enumerate(boxes_of(line)):
        begin, end = (round(at * step), round((at + 1) * step))
        if seen is not None:
            begin, end = (seen.y0, seen.y1) if vertical else (seen.x0, seen.x1)
            begin, end = begin - zero, end - zero
        yield max(0, min(begin, _FARTHEST)), max(0, min(end, _FARTHEST))
