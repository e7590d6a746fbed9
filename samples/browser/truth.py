"""The truth of a page that a browser set: its printed lines out of the places of its characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from samples.browser.roles import KIND_OF_OTHER, KIND_OF_ROLE, PARAGRAPHS
from samples.typeset.truth import PageTruth, PieceKind, TruthLine, corners

_NEXT_LINE: Final = 0.5
"""Ems across its direction by which a character must be off the one before to stand in another line."""
_BACK: Final = 0.6
"""Ems against its direction by which it must be back."""
_PRINT_DPI: Final = 300


class TextNode(msgspec.Struct, frozen=True):
    """The characters of one text node, with their places in CSS pixels: x0, y0, x1, y1 each, white space left out."""

    element: int
    role: str | None
    other: str | None
    article: str | None
    join: bool
    size: float
    vertical: bool
    text: str
    places: tuple[float, ...]

    @property
    def kind(self) -> PieceKind:
        return KIND_OF_ROLE[self.role] if self.role is not None else KIND_OF_OTHER[self.other or "advert"]


@dataclass(frozen=True, slots=True)
class _Glyph:
    run: TextNode
    char: str
    box: tuple[float, float, float, float]

    @property
    def along(self) -> float:
        """The middle of its place along its line, in CSS pixels."""
        x0, y0, x1, y1 = self.box
        return (y0 + y1) / 2 if self.run.vertical else (x0 + x1) / 2

    @property
    def across(self) -> float:
        """The middle of its place across its line, in CSS pixels."""
        x0, y0, x1, y1 = self.box
        return (x0 + x1) / 2 if self.run.vertical else (y0 + y1) / 2

    @property
    def em(self) -> float:
        x0, y0, x1, y1 = self.box
        return max(self.run.size, y1 - y0 if self.run.vertical else x1 - x0)


def page_truth(runs: Sequence[TextNode], width: int, height: int, scale: float) -> PageTruth:
    """The truth of a print of `width` by `height` pixels, `scale` pixels to a CSS pixel."""
    articles = list(dict.fromkeys(r.article for r in runs if r.role is not None))
    paragraphs = _paragraphs(runs)
    lines = [_printed(glyphs, scale, articles, paragraphs) for glyphs in _lines(runs)]
    sizes = sorted(n.size for n in lines if n.kind is PieceKind.BODY for _ in n.centres)
    return PageTruth(
        number=1,
        width=width,
        height=height,
        dpi=_PRINT_DPI,
        type_size=sizes[len(sizes) // 2] if sizes else 0.0,
        lines=tuple(lines),
        marks=(),
        parts=(),
    )


def _paragraphs(runs: Sequence[TextNode]) -> dict[int, int]:
    """For each element that is a paragraph its number: its own, or that of the element which it is joined to."""
    found: dict[int, int] = {}
    latest: dict[str | None, int] = {}
    for run in runs:
        if run.role in PARAGRAPHS and run.element not in found:
            joined = run.join and run.article in latest
            found[run.element] = latest[run.article] if joined else run.element
            latest[run.article] = found[run.element]
    return found


def _lines(runs: Sequence[TextNode]) -> Iterator[list[_Glyph]]:
    """The characters of each printed line: those of one element that follow each other without a turn."""
    line: list[_Glyph] = []
    for run in runs:
        boxes = list(zip(*[iter(run.places)] * 4, strict=True))
        for char, box in zip((c for c in run.text if not c.isspace()), boxes, strict=True):
            glyph = _Glyph(run, char, box)
            if line and not _goes_on(line[-1], glyph):
                yield line
                line = []
            line.append(glyph)
    if line:
        yield line


def _goes_on(a: _Glyph, b: _Glyph) -> bool:
    if a.run.element != b.run.element or a.run.vertical is not b.run.vertical:
        return False
    em = min(a.em, b.em)
    return abs(a.across - b.across) < _NEXT_LINE * em and b.along > a.along - _BACK * em


def _printed(
    glyphs: Sequence[_Glyph], scale: float, articles: Sequence[str | None], paragraphs: Mapping[int, int]
) -> TruthLine:
    first = glyphs[0].run
    boxes = [g.box for g in glyphs]
    x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
    x1, y1 = max(b[2] for b in boxes), max(b[3] for b in boxes)
    return TruthLine(
        kind=first.kind,
        text="".join(g.char for g in glyphs),
        quad=corners(x0 * scale, y0 * scale, x1 * scale, y1 * scale),
        size=first.size * scale,
        part=articles.index(first.article) if first.role is not None else None,
        paragraph=paragraphs.get(first.element),
        vertical=first.vertical,
        centres=tuple(((b[0] + b[2]) / 2 * scale, (b[1] + b[3]) / 2 * scale) for b in boxes),
    )
