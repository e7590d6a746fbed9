"""Pages as a worse analysis would have left them: on real pages layout errs where it seldom does on drawn ones.

The article weights are fitted on drawn pages and on disturbed copies of them, so that no fact of layout's is believed
more than it deserves: type sizes are measured a little off, pictures and rules are missed or cut, tiles are merged and
split, kinds are taken for others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random
from typing import Final

from cleanup.articles.frame import ReadingFrame
from cleanup.articles.placed import Rect
from layout.geometry import Box
from layout.page import WITHOUT_TEXT, Line, Page, Region, RegionKind

_SHORT: Final = 6
"""Characters up to which a line's type size is measured badly."""
_KINDS: Final = (RegionKind.HEADLINE, RegionKind.SUBHEAD, RegionKind.BODY, RegionKind.CAPTION)


@dataclass(frozen=True, slots=True)
class Disturbance:
    """How much is wrong; shares are chances for each thing, 0 to 1."""

    size: float = 0.025
    """Standard deviation of the measured type size, as a share of it."""
    size_of_short: float = 0.06
    """The same for lines of a few characters."""
    weight: float = 0.06
    """Standard deviation of the measured weight, as a share of it."""
    no_weights: float = 0.15
    """Chance of a page that the weight of no line is known."""
    missed_picture: float = 0.2
    cut_picture: float = 0.15
    missed_rule: float = 0.15
    missed_frame: float = 0.1
    other_kind: float = 0.05
    merged_tiles: float = 0.3
    """Chance of a page that neighbouring tiles are taken for one, each with chance .4."""
    split_tiles: float = 0.3
    """Chance of a page that tiles are split in two, each with chance .4."""
    one_tile: float = 0.1
    """Chance of a page that it is one tile."""


def disturbed(page: Page, rng: Random, how: Disturbance = Disturbance()) -> Page:
    """A copy of the page with chance errors; text, glyphs and the ids of regions and lines stay."""
    if rng.random() < how.no_weights:
        page = page.with_lines({n.id: replace(n, weight=0.0) for n in page.lines})
    regions = [r for region in page.regions for r in _region(region, rng, how)]
    return replace(page, regions=tuple(_tiles(regions, rng, how)))


def cutting(frame: ReadingFrame, rng: Random) -> ReadingFrame:
    """A part of the page alone, as in a cutting: the lines and marks around two tiles, moved to the top left corner."""
    tiles = sorted({n.region.article for n in frame.lines if n.region.article is not None})
    chosen = rng.sample(tiles, min(len(tiles), rng.choice((1, 1, 2))))
    own = [n.rect for n in frame.lines if n.region.article in chosen]
    if not own:
        return frame
    margin = rng.uniform(0.3, 4.0)
    around = Rect(
        min(r.x0 for r in own) - margin,
        min(r.y0 for r in own) - margin,
        max(r.x1 for r in own) + margin,
        max(r.y1 for r in own) + margin,
    )

    def moved(rect: Rect) -> Rect:
        return Rect(rect.x0 - around.x0, rect.y0 - around.y0, rect.x1 - around.x0, rect.y1 - around.y0)

    def inside(rects: Iterable[Rect]) -> tuple[Rect, ...]:
        return tuple(moved(r) for r in rects if around.holds(r))

    return replace(
        frame,
        width=around.width,
        height=around.height,
        lines=tuple(replace(n, rect=moved(n.rect)) for n in frame.lines if around.holds(n.rect)),
        pictures=inside(frame.pictures),
        rules=inside(frame.rules),
        frames=inside(frame.frames),
    )


def _region(region: Region, rng: Random, how: Disturbance) -> list[Region]:
    if region.kind in WITHOUT_TEXT:
        return _mark(region, rng, how)
    lines = tuple(_line(n, rng, how) for n in region.lines)
    kind = rng.choice(_KINDS) if region.kind in _KINDS and rng.random() < how.other_kind else region.kind
    return [replace(region, lines=lines, kind=kind)]


def _line(line: Line, rng: Random, how: Disturbance) -> Line:
    spread = how.size_of_short if len(line.text) <= _SHORT else how.size
    size = line.size * max(0.5, 1 + rng.gauss(0, spread))
    return replace(line, size=size, weight=line.weight * max(0.5, 1 + rng.gauss(0, how.weight)))


def _mark(region: Region, rng: Random, how: Disturbance) -> list[Region]:
    missed = {
        RegionKind.PICTURE: how.missed_picture,
        RegionKind.RULE: how.missed_rule,
        RegionKind.FRAME: how.missed_frame,
    }
    if rng.random() < missed[region.kind]:
        return []
    if region.kind is RegionKind.PICTURE and region.box is not None and rng.random() < how.cut_picture:
        return _halves(region, region.box, rng.uniform(0.3, 0.7))
    return [region]


def _halves(region: Region, box: Box, at: float) -> list[Region]:
    """The two parts of a picture cut across its longer side."""
    if box.width > box.height:
        x = round(box.x0 + at * box.width)
        parts = Box(box.x0, box.y0, x, box.y1), Box(x, box.y0, box.x1, box.y1)
    else:
        y = round(box.y0 + at * box.height)
        parts = Box(box.x0, box.y0, box.x1, y), Box(box.x0, y, box.x1, box.y1)
    return [replace(region, id=f"{region.id}{name}", polygon=b.corners) for name, b in zip("ab", parts, strict=True)]


def _tiles(regions: list[Region], rng: Random, how: Disturbance) -> list[Region]:
    if rng.random() < how.one_tile:
        return [replace(r, article=None if r.article is None else 1) for r in regions]
    tiles = sorted({r.article for r in regions if r.article is not None})
    if rng.random() < how.merged_tiles:
        into = dict(zip(tiles, tiles, strict=True))
        for a, b in pairwise(tiles):
            if rng.random() < 0.4:
                into[b] = into[a]
        regions = [replace(r, article=None if r.article is None else into[r.article]) for r in regions]
    if rng.random() < how.split_tiles:
        regions = _split(regions, [t for t in tiles if rng.random() < 0.4], rng)
    return regions


def _split(regions: list[Region], tiles: list[int], rng: Random) -> list[Region]:
    """The regions; the later ones of each of the tiles, from a place drawn by chance, are of a tile of their own."""
    out = list(regions)
    new = max((r.article for r in regions if r.article is not None), default=0)
    for tile in tiles:
        places = [i for i, r in enumerate(out) if r.article == tile]
        if len(places) > 1:
            new += 1
            for i in places[rng.randrange(1, len(places)) :]:
                out[i] = replace(out[i], article=new)
    return out
