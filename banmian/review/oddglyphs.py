"""The odd glyphs of all characters: those that look unlike the others that were read as the same in their issue.

An issue is compared with itself alone, for its type is one; a thread of its own goes from issue to issue, and what it
found is kept beside the tiles.
"""

from __future__ import annotations

import sys
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from banmian.review.glyphcounts import MISSING, stamp_of
from banmian.review.glyphshapes import CELL, COLUMNS, around, cell_of, odd_above, shape_of, sheet_of, unlikeness
from banmian.review.shelf import Shelf
from banmian.review.tiles import Picture, Tiles, png
from banmian.store.entries import PageEntry
from banmian.store.stage_keys import key
from banmian.store.storage import make_folder, write_whole
from cleanup.lines.glyph_places import glyphs_of
from layout.errors import BanmianError, PageFailed
from layout.geometry import Box
from layout.page import Line, Page, page_from_json

LEAST: Final = 4
"""Glyphs of a character below which none of them is odd: of two or three nobody can tell which one is."""

_DISPLAY: Final = 1.5
"""Times the body type's size from which on a line is display type, which is cut otherwise and is compared apart."""

_RULE: Final = 0.8
"""Share of a block's glyphs at which is read off what they are unlike as a rule: fewer than one in five are wrong."""

_BLOCK: Final = 8
"""Glyphs of a block from which on it has a rule."""

_FORM: Final = 1.8
"""Factor between the width to height of a box and that of its kind from which on it does not hold the glyph alone."""

_MADE: Final = 1
"""Version of the search; it is raised when something else is found odd, so that issues are compared anew."""


class GlyphPlace(msgspec.Struct, frozen=True, array_like=True):
    """Where a glyph stands: issue, page, line, its offset in the line's text; its box on the scan, its confidence.

    `odd` is its unlikeness as a share of what makes a glyph of its kind odd; 0 where that was not measured.
    """

    issue: int
    page: int
    line: str
    at: int
    char: str
    box: tuple[int, int, int, int]
    confidence: float
    odd: float = 0.0


class OddGlyphs:
    """The odd glyphs of a workspace. Safe to use from several threads."""

    def __init__(self, root: Path, shelf: Shelf, tiles: Tiles) -> None:
        self._folder = root / "review" / "characters"
        self._shelf = shelf
        self._tiles = tiles
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wanted: list[int] = []
        self._found: dict[int, tuple[str, list[GlyphPlace]]] = {}

    def begin(self, issue: int | None = None) -> None:
        """Has an issue, or every issue, compared in the background; the one that was asked for last comes first."""
        with self._lock:
            asked = [*self._shelf.index.issues()] if issue is None else [issue]
            fresh = [n for n in asked if self._name(n) != self._found.get(n, ("",))[0]]
            self._wanted = [*fresh, *(n for n in self._wanted if n not in fresh)]
            if self._wanted and (self._thread is None or not self._thread.is_alive()):
                self._thread = threading.Thread(target=self._compare_all, daemon=True)
                self._thread.start()

    def progress(self, issue: int | None = None) -> tuple[int, int]:
        """How many of the issues that are asked for are compared, and how many there are."""
        waits = set(self._wanted)
        asked = [*self._shelf.index.issues()] if issue is None else [issue]
        return sum(n in self._found and n not in waits for n in asked), len(asked)

    def found(self, issue: int) -> list[tuple[GlyphPlace, Picture]] | None:
        """The odd glyphs of an issue, each with its picture as a cell; None where it is not compared yet."""
        with self._lock:
            held = None if issue in self._wanted else self._found.get(issue)
        if held is None:
            return None
        name, places = held
        cells = _cells(self._folder / f"odd-{name}.png", len(places)) if places else []
        return list(zip(places, cells, strict=True))

    def _name(self, issue: int) -> str:
        """What an issue's odd glyphs are made from: its pages as they were read."""
        return key(_MADE, [(str(e.folder), stamp_of(e)) for e in self._pages(issue)])

    def _pages(self, issue: int) -> list[PageEntry]:
        entries = (self._shelf.page_entry(issue, n) for n in self._shelf.numbers(issue))
        return [e for e in entries if e is not None and stamp_of(e) != MISSING]

    def _compare_all(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    self._thread = None
                    return
                issue = self._wanted[0]
            made = self._name(issue), self._of_issue(issue)
            with self._lock:
                self._found[issue] = made
                self._wanted = [n for n in self._wanted if n != issue]

    def _of_issue(self, issue: int) -> list[GlyphPlace]:
        """An issue's odd glyphs, compared once; where it cannot be, none, and the server's terminal says why."""
        file = self._folder / f"odd-{self._name(issue)}.json"
        try:
            if file.is_file():
                return msgspec.json.decode(file.read_bytes(), type=list[GlyphPlace])
            found = list(self._compared(issue))
            make_folder(file.parent)
            write_whole(file.with_suffix(".png"), png(sheet_of([cell for _, cell in found])))
            write_whole(file, msgspec.json.encode([place for place, _ in found]))
        except (BanmianError, OSError, msgspec.DecodeError) as e:
            entry = self._shelf.entry(issue)
            print(f"{entry.name if entry else issue}: {e}", file=sys.stderr, flush=True)
            return []
        return [place for place, _ in found]

    def _compared(self, issue: int) -> Iterator[tuple[GlyphPlace, Picture]]:
        """The odd ones with their cells: all shapes are held at once, the pictures of odd ones are cut out anew."""
        kinds: defaultdict[tuple[str, bool], list[_Shaped]] = defaultdict(list)
        for entry in self._pages(issue):
            page = page_from_json((entry.folder / "page.json").read_bytes(), str(entry.folder))
            places = [(r.id, n, p) for r in page.regions for n in r.lines for p in places_of(issue, entry.number, n)]
            crops = self._tiles.crops(entry, [around(Box(*p.box)) for *_, p in places])
            for (region, line, place), picture in zip(places, crops, strict=True):
                shape = np.asarray(shape_of(picture) * 255, dtype=np.uint8)  # a quarter of the room
                kinds[place.char, _is_display(line, page)].append(_Shaped(place, (entry.number, region), shape))
        odd = list(_odd([held for held in kinds.values() if len(held) >= LEAST]))
        for entry in self._pages(issue):
            here = [p for p in odd if p.page == entry.number]
            crops = self._tiles.crops(entry, [around(Box(*p.box)) for p in here]) if here else []
            yield from zip(here, map(cell_of, crops), strict=True)


@dataclass(frozen=True, slots=True)
class _Shaped:
    """A glyph with its block, by page and id, and its shape (SIDE, SIDE), 0 to 255."""

    place: GlyphPlace
    block: tuple[int, str]
    shape: npt.NDArray[np.uint8]

    @property
    def aspect(self) -> float:
        x0, y0, x1, y1 = self.place.box
        return (x1 - x0) / max(1, y1 - y0)


def places_of(issue: int, page: int, line: Line, char: str | None = None) -> Iterator[GlyphPlace]:
    """The glyphs of a line that have a place on the scan; those of one character alone where it is given."""
    for at, glyph in enumerate(glyphs_of(line)):
        if glyph is not None and glyph.box is not None and char in (None, glyph.char):
            b = glyph.box
            yield GlyphPlace(issue, page, line.id, at, glyph.char, (b.x0, b.y0, b.x1, b.y1), glyph.confidence)


def _cells(file: Path, count: int) -> list[Picture]:
    """The cells of a sheet; raises PageFailed where it is damaged."""
    sheet = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
    rows = -(-count // COLUMNS)
    if sheet is None or sheet.shape != (rows * CELL, COLUMNS * CELL):
        raise PageFailed(f"The sheet {file} is damaged.", f"Delete the folder {file.parent}; it is made again.")
    places = (divmod(n, COLUMNS) for n in range(count))
    return [np.asarray(sheet[y * CELL : (y + 1) * CELL, x * CELL : (x + 1) * CELL], np.uint8) for y, x in places]


def _is_display(line: Line, page: Page) -> bool:
    return bool(page.type_size) and line.size >= _DISPLAY * page.type_size


def _odd(kinds: Sequence[Sequence[_Shaped]]) -> Iterator[GlyphPlace]:
    """Finds the odd ones among glyphs by kind.

    Where a block is set in another face, most of its glyphs are unlike their kind; what they are so as a rule is taken
    off. A box that is far from the form of the others holds more or less than its glyph, which tells of no reading.
    """
    found = [unlikeness(np.asarray([g.shape for g in held], dtype=np.float32) / np.float32(255)) for held in kinds]
    blocks: defaultdict[tuple[int, str], list[float]] = defaultdict(list)
    for held, unlike in zip(kinds, found, strict=True):
        for glyph, value in zip(held, unlike, strict=True):
            blocks[glyph.block].append(float(value - np.median(unlike)))
    usual = {b: max(0.0, float(np.quantile(v, _RULE))) for b, v in blocks.items() if len(v) >= _BLOCK}
    for held, unlike in zip(kinds, found, strict=True):
        values = unlike - np.asarray([usual.get(g.block, 0.0) for g in held])
        limit, form = odd_above(values), float(np.median([g.aspect for g in held]))
        for glyph, value in zip(held, values, strict=True):
            if value > limit and form / _FORM < glyph.aspect < form * _FORM:
                yield msgspec.structs.replace(glyph.place, odd=round(float(value) / limit, 3))
