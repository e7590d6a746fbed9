"""What a reader is: something that takes a page with lines and gives it back with their text."""

from __future__ import annotations

from typing import Protocol

from layout.errors import PageFailed
from layout.page import Page
from layout.sheet import Sheet


class Engine(Protocol):
    """A reader of lines. It never adds, drops or moves a line; it fills `text` and `glyphs`."""

    @property
    def identity(self) -> str:
        """Name, version, model and settings, in one line: the same identity reads the same sheet to the same text."""
        ...

    def read(self, page: Page, sheet: Sheet) -> Page:
        """The page with each line's text and glyphs; raises PageFailed when the reader fails, hangs or says nothing."""
        ...


class Begun(Protocol):
    """A page that a reader has looked at once: the lines that leave it no doubt are read."""

    @property
    def doubted(self) -> frozenset[str]:
        """The ids of the lines that another reader should read too."""
        ...

    def ended(self, other: Page) -> Page:
        """The page with every line read, those in doubt beside what `other` shows of them; raises PageFailed."""
        ...


class ReaderInterrupted(PageFailed):
    """A reader was stopped by what the machine did, not by what is on the page: no time left, or no memory.

    Another run may read the page, so no other reader takes over: the same page would have different text.
    """
