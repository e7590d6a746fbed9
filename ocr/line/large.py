"""Lines in display type: larger than the body, or white on dark."""

from __future__ import annotations

from typing import Final

from layout.page import Line, Page

LARGE: Final = 1.15
"""Size of a display line in sizes of the body's type, at least: the smallest decks of the pages looked at."""


def is_display(line: Line, page: Page) -> bool:
    """Whether a line is set larger than the body or white on dark."""
    return line.white_on_dark or line.size >= LARGE * page.type_size > 0
