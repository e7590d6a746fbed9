"""The grid of an article or of items: columns of text with things that stand across some of them.

Its rows, from the top: text above the headline, the headline, what is under it, text, what is in the middle of the
text, more text, what is at the foot. A column has a box wherever nothing stands in it; the text is poured into the
boxes when the page is shown (pour.js).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from samples.browser.design.html import box, element
from samples.browser.design.paper import FullPaper

ROWS: Final = ("above", "head", "under", "text", "middle", "more", "foot")


@dataclass(frozen=True, slots=True)
class _Part:
    row: int
    first: int
    count: int
    html: str
    extra: bool


@dataclass
class CssGrid:
    """The columns, and what stands across them."""

    count: int
    above: float = 0.0
    """CSS pixels of text above the headline."""
    upper: float = 0.5
    """Share of the text's height that is above what is in the middle."""
    parts: list[_Part] = field(default_factory=list)
    side: tuple[int, str, str] | None = None
    """A track for a headline: the number of the column before which it is, its width as CSS, its content."""

    def put(self, row: str, first: int, count: int, html: str) -> None:
        """Add what stands in a row across so many columns; all but a headline goes where there is no room for it."""
        self.parts.append(_Part(ROWS.index(row), first, count, html, row != "head"))

    def html(self, paper: FullPaper, blocks: Sequence[str], number: str | None = None) -> str:
        """The grid with the text that is poured into it; `number` is that of the article, where it is only one."""
        chain = paper.next_chain()
        at = self.side[0] if self.side else self.count
        tracks = ["minmax(0,1fr)"] * self.count
        content = []
        if self.side is not None:
            tracks.insert(at, self.side[1])
            content.append(box(f"grid-area:1/{at + 1}/8/{at + 2};min-height:0;min-width:0", self.side[2]))
        for part in self.parts:
            first, last = self._track(part.first, at), self._track(part.first + part.count - 1, at)
            area = f"{part.row + 1}/{first + 1}/{part.row + 2}/{last + 2}"
            marks = {"kind": "extra"} if part.extra else {}
            content.append(element("div", f"grid-area:{area};min-width:0", part.html, **marks))
        for column in range(self.count):
            content += self._boxes(column, self._track(column, at), chain)
        rows = f"{self.above:.0f}px auto auto minmax(0,{self.upper:.2f}fr) auto minmax(0,{1 - self.upper:.2f}fr) auto"
        style = (
            f"display:grid;height:100%;column-gap:{paper.gutter:.1f}px;grid-template-rows:{rows};"
            f"grid-template-columns:{' '.join(tracks)}"
        )
        source = f'<div class="src" data-chain="{chain}">{"".join(blocks)}</div>'
        of = f' data-a="{number}"' if number else ""
        return f'<div data-root="{chain}"{of} style="{style}">{"".join(content)}{source}</div>'

    def _track(self, column: int, at: int) -> int:
        return column + (self.side is not None and column >= at)

    def _boxes(self, column: int, track: int, chain: str) -> list[str]:
        taken = {p.row for p in self.parts if p.first <= column < p.first + p.count}
        text = {3, 5} | ({0} if self.above else set())
        out, start = [], None
        for row in range(len(ROWS) + 1):
            free = row < len(ROWS) and row not in taken
            if free and start is None:
                start = row
            if not free and start is not None:
                if text & set(range(start, row)):
                    area = f"grid-area:{start + 1}/{track + 1}/{row + 1}/{track + 2}"
                    kind = "box" if column == 0 else "box ruled"
                    inner = element("div", None, kind="in")
                    out.append(f'<div class="{kind}" data-chain="{chain}" style="{area}">{inner}</div>')
                start = None
        return out
