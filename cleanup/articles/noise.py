"""Lines that are no print: folds, windows and faces in a photograph that layout took for text.

Layout sees shapes alone. Two readers agree about print, even where it is small or blurred; about a shape in a picture
they say different things, or one of them nothing, and neither is sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from cleanup.articles.frame import is_vertical
from cleanup.language.characters import is_hanzi
from layout.geometry import Box
from layout.page import Glyph, Line, Page, Region, RegionKind


@dataclass(frozen=True, slots=True)
class NoiseParams:
    """Bounds within which a line in a picture, in tiny type, or of a few huge letters, is no print."""

    inside: float = 0.5
    """Share of the line's box that lies in a picture, at least."""
    longest: int = 4
    """Characters of such a line at most: what is longer holds a character on which the readers agree, or is print."""
    doubt: float = 0.75
    """Mean confidence below which a line of the body's size is none."""
    doubt_single: float = 0.95
    """The same for a character alone, for which any shape can be taken."""
    doubt_large: float = 0.9
    """The same for large type, which is easily read where it is print."""
    large: float = 1.6
    """Type size, relative to the body's, from which type is large."""
    tiny: float = 0.6
    """Type size, relative to the body's, below which a line is as doubtful outside of pictures; no text is so small."""
    longest_tiny: int = 2
    """Characters of such a speck, at most."""
    huge: float = 3.0
    """Type size, relative to the body's, from which letters are as doubtful outside of pictures: shapes of a photograph
    whose edge was not found."""
    longest_huge: int = 3
    """Letters of such a line, at most."""
    doubt_alone: float = 0.5
    """The same where a line has been read by one reader only."""
    ragged: float = 1.0
    """Distance from a picture's box, in type sizes of the body, up to which a character alone of which the second
    reader saw nothing, or a letter for a hanzi, is as doubtful: the corner of a cut-out."""


DEFAULT: Final = NoiseParams()


def without_noise(page: Page, params: NoiseParams = DEFAULT) -> Page:
    """The page without the text of lines that are no print; the lines stay, unread, in their places.

    Pages of vertical type come back as they are.
    """
    if is_vertical(page):  # readers agree less about such type, and its drawings hold more print
        return page
    pictures = [r.box for r in page.regions if r.kind is RegionKind.PICTURE and r.box is not None]
    return replace(page, regions=tuple(_cleared(r, pictures, page.type_size, params) for r in page.regions))


def _cleared(region: Region, pictures: Sequence[Box], body: float, params: NoiseParams) -> Region:
    found = {n.id for n in region.lines if _is_noise(n, pictures, body, params)}
    if not found:
        return region
    return replace(region, lines=tuple(replace(n, text="", glyphs=()) if n.id in found else n for n in region.lines))


def _is_noise(line: Line, pictures: Sequence[Box], body: float, params: NoiseParams) -> bool:
    if line.box is None or not line.glyphs or len(line.glyphs) > params.longest:
        return False
    if any(g.char == g.other for g in line.glyphs):
        return False
    sure = _confidence(line)
    if _share_in_pictures(line, line.box, pictures, round(params.ragged * body)) >= params.inside:
        return sure < _doubt(line, body, params)
    if line.size >= params.huge * body and len(line.glyphs) <= params.longest_huge:
        return _is_letters(line) and sure < _doubt(line, body, params)
    tiny = 0 < line.size < params.tiny * body and len(line.glyphs) <= params.longest_tiny
    return tiny and sure < params.doubt and any(g.other is not None for g in line.glyphs)


def _share_in_pictures(line: Line, box: Box, pictures: Sequence[Box], ragged: int) -> float:
    """The share of a line's box that lies in a picture; beside one, too, where its character may be the corner of one.

    `ragged` is how far beside, in pixels.
    """
    margin = ragged if len(line.glyphs) == 1 and not _is_alike(line.glyphs[0]) else 0
    return max((box.within(p.grown(margin)) for p in pictures), default=0.0)


def _confidence(line: Line) -> float:
    """The mean confidence of a line's characters, 0 to 1."""
    return sum(g.confidence for g in line.glyphs) / len(line.glyphs)


def _is_alike(glyph: Glyph) -> bool:
    """Whether the second reader, where there is one, saw a character of the same script."""
    return glyph.other is None or (bool(glyph.other) and is_hanzi(glyph.char) is is_hanzi(glyph.other[0]))


def _is_letters(line: Line) -> bool:
    return all(g.char.isascii() and g.char.isalpha() for g in line.glyphs)


def _doubt(line: Line, body: float, params: NoiseParams) -> float:
    """The mean confidence below which the line is no print."""
    if all(g.other is None for g in line.glyphs):
        return params.doubt_alone
    if len(line.glyphs) == 1:
        return params.doubt_single
    return params.doubt_large if line.size and line.size >= params.large * body else params.doubt
