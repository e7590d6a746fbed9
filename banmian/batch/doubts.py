"""What of a page may have been lost without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from banmian.store.entries import PageEntry

_UNCOVERED: Final = 0.02
"""Minimum share of ink outside of every region at which a page is listed."""

_SILENT: Final = 0.02
"""Minimum share of the area of text regions without text at which a page is listed."""


_SHOWN: Final = 3
"""Maximum number of places of lost text that are named."""


def doubts(page: PageEntry) -> Iterator[str]:
    """Each reason to look at the page, in words."""
    if page.facts is None:
        return
    yield from page.facts.warnings
    if page.facts.lost:
        yield _lost(page.facts.lost)
    if page.facts.uncovered >= _UNCOVERED:
        yield f"{page.facts.uncovered:.1%} of the ink lies in no region"
    if page.facts.silent_share >= _SILENT:
        if page.facts.silent == 1:
            yield f"1 region came out without text: {page.facts.silent_share:.1%} of the area"
        else:
            yield f"{page.facts.silent} regions came out without text: {page.facts.silent_share:.1%} of the area"


def _lost(places: Sequence[tuple[int, int, int]]) -> str:
    """Text in no line: how much, where the largest places are, and the command that shows them."""
    largest = sorted(places, key=lambda p: -p[2])[:_SHOWN]
    where = ", ".join(f"{x},{y}" for x, y, _ in largest)
    told = f"about {sum(characters for _, _, characters in places)} characters of print lie in no line, at {where}"
    see = "banmian draw --step lines shows them"
    more = len(places) - len(largest)
    return f"{told} and {more} more places; {see}" if more else f"{told}; {see}"
