"""How often each character was read on each page: counted by a thread of its own, and kept beside the tiles."""

from __future__ import annotations

import sys
import threading
import time
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from banmian.review.index import PageKey
from banmian.review.shelf import Shelf
from banmian.store.entries import PageEntry
from banmian.store.stage_keys import key
from banmian.store.storage import make_folder, write_whole
from cleanup.lines.glyph_places import glyphs_of
from layout.errors import BanmianError
from layout.page import page_from_json

_LOOK: Final = 2.0
"""Seconds between two looks at whether pages were read anew: of ten thousand a look takes a tenth of one."""

MISSING: Final = -1
"""The stamp of a page that was not read."""


@dataclass(slots=True)
class _Tally:
    """What was counted so far. Ten thousand pages are some millions of numbers: they lie in arrays, not in objects."""

    stamps: dict[PageKey, int] = field(default_factory=dict)
    pages: list[PageKey] = field(default_factory=list)
    totals: Counter[str] = field(default_factory=Counter)
    holders: dict[str, array[int]] = field(default_factory=dict)
    """The places in `pages` of those that hold a character, by character."""

    def add(self, page: PageKey, stamp: int, counts: Counter[str]) -> None:
        number = len(self.pages)
        self.pages.append(page)
        for char, n in counts.items():
            self.totals[char] += n
            self.holders.setdefault(char, array("L")).append(number)
        self.stamps[page] = stamp  # last: what is told as counted is there


class GlyphCounts:
    """The counts of a workspace. Safe to use from several threads."""

    def __init__(self, root: Path, shelf: Shelf) -> None:
        self._folder = root / "review" / "characters"
        self._shelf = shelf
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._tally = _Tally()
        self._of = 0
        self._looked = -_LOOK

    def begin(self) -> None:
        """Has what is new or has changed counted in the background."""
        with self._lock:
            if (self._thread and self._thread.is_alive()) or time.monotonic() - self._looked < _LOOK:
                return
            pages = self._shelf.index.pages()
            stamps = {k: stamp_of(e) for k, e in pages.items()}
            self._looked, self._of = time.monotonic(), len(stamps)
            if stamps != self._tally.stamps:
                self._thread = threading.Thread(target=self._count, args=(pages, stamps), daemon=True)
                self._thread.start()

    def progress(self) -> tuple[int, int]:
        """How many pages are counted, and how many there are."""
        thread = self._thread
        if thread is None or not thread.is_alive():
            return self._of, self._of
        return min(len(self._tally.stamps), self._of - 1), self._of

    def batch(self) -> Counter[str]:
        """How often each character was read, on the pages that are counted."""
        return self._tally.totals.copy()

    def issue(self, issue: int) -> Counter[str]:
        """The same of one issue, of all of its pages."""
        whole: Counter[str] = Counter()
        for number in self._shelf.numbers(issue):
            whole += self._of_page((issue, number))
        return whole

    def pages_with(self, char: str, issue: int | None = None) -> list[PageKey]:
        """The pages that hold the character, in their order; of the batch those that are counted."""
        if issue is not None:
            return [(issue, n) for n in self._shelf.numbers(issue) if self._of_page((issue, n))[char]]
        tally = self._tally
        return [tally.pages[n] for n in tally.holders.get(char, ())]

    def _of_page(self, page: PageKey) -> Counter[str]:
        entry = self._shelf.index.pages().get(page)
        return Counter() if entry is None else self._counted(entry, stamp_of(entry))

    def _count(self, pages: dict[PageKey, PageEntry], stamps: dict[PageKey, int]) -> None:
        tally = _Tally()
        if not self._tally.stamps:
            self._tally = tally  # shown while it grows; what is counted again is shown when it is whole
        for page, entry in pages.items():
            tally.add(page, stamps[page], self._counted(entry, stamps[page]))
        self._tally = tally

    def _counted(self, entry: PageEntry, stamp: int) -> Counter[str]:
        """A page's counts, made once; a page that cannot be read has none, and the server's terminal says why."""
        if stamp == MISSING:
            return Counter()
        try:
            path = entry.folder / "page.json"
            file = self._folder / f"{key(path, stamp)}.json"
            if file.is_file():
                return Counter(msgspec.json.decode(file.read_bytes(), type=dict[str, int]))
            found = Counter(_characters(path))
            make_folder(file.parent)
            write_whole(file, msgspec.json.encode(dict(found)))
        except (BanmianError, OSError, msgspec.DecodeError) as e:
            print(f"{entry.shown}: {e}", file=sys.stderr, flush=True)
            return Counter()
        return found


def stamp_of(entry: PageEntry) -> int:
    """When the page was read, in nanoseconds; MISSING where it was not."""
    try:
        return (entry.folder / "page.json").stat().st_mtime_ns
    except OSError:
        return MISSING


def _characters(path: Path) -> Iterator[str]:
    for line in page_from_json(path.read_bytes(), str(path)).lines:
        for glyph in glyphs_of(line):
            if glyph is not None and glyph.box is not None:
                yield glyph.char
