"""Areas of the paper that are printed in a tone: tints under type, photographs with their skies, dark panels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

import cv2
import numpy as np

from layout.components import boxes, labelled, large
from layout.edges import beside_panels, between_edges, squared, to_the_edge, trimmed, with_skies
from layout.geometry import Box
from layout.ground import LIGHTEST, SCALE, Ground, Tone, edged, enlarged, glyph_middles, mask_of, odd, reduced
from layout.ink import Gray, Mask, closed, filled, grown, opened, rect
from layout.panels import lettered
from layout.paper import Paper

SMALLEST: Final = 5.0
"""Of an area, in em, both ways."""

FLAT: Final = 0.03
"""Standard deviation of a tint's tone against the paper; photographs have 0.1 and more."""

DARKEST_TINT: Final = 0.6
"""What is darker and flat is a panel, whose type is light."""

LIGHTEST_PICTURE: Final = 0.88
"""Of the parts of a picture that show where it lies; its skies may be lighter."""

RECTANGLE: Final = 0.6
"""Of its rectangle that a picture fills with its dark parts, where it is one."""

LEAST_PANEL: Final = 0.6
"""Of a band between dark edges that is an even dark tone, where it is one panel."""

DARKEST_SHADOW: Final = 0.7
"""What is darker is printed."""

SMOOTH: Final = 0.045
"""Change of tone over an em in a shadow at most; a photograph's is 0.07 and more on the average."""

EVEN: Final = 0.07
"""By which a panel's tone varies over an em."""

LETTERED: Final = 0.2
"""Of a panel that is brightened by its type; a black coat has some 0.05."""

BARE: Final = 0.01
"""The same of a rectangle of one tone: an advert of three words on much black."""

SQUARE: Final = 0.95
"""Of its rectangle that a panel fills."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was found before the tones, so that no picture beside it runs into it: boxes in pixels of the picture."""

    bands: Sequence[Box]
    headlines: Sequence[Box]


@dataclass(frozen=True, slots=True)
class Tones:
    """Areas in pixels of the picture: `tints` of one light tone, `pictures` of many tones, `panels` of one dark tone.

    `shapes` holds the pictures' own pixels, a cut-out's as well; `dark` those of the panels.
    """

    tints: tuple[Box, ...]
    pictures: tuple[Box, ...]
    panels: tuple[Box, ...]
    shapes: Mask
    dark: Mask


def find_tones(paper: Paper, known: Known, em: float) -> Tones:
    """The areas of the paper that are darker than it with all type taken off, but for the tints known by now.

    `em` is the body's type size in pixels. Tints are rectangles; pictures and panels may have any outline. Dirt, the
    shadows of a fold and show-through are left to others.
    """
    gray, ink, ground, e = paper.white, paper.ink, paper.ground, SCALE * em
    dark = _panels(paper.scanned, ink, e)  # on a tint too a panel is as dark as elsewhere, and its grain as fine
    for b in (reduced(b) for b in known.bands):
        known_part = float((dark[b.y0 : b.y1, b.x0 : b.x1] > 0).mean())
        # A band that is much larger than the panel in it was put together from edges of two things.
        if (known_part == 0.0 or known_part > LEAST_PANEL) and not _amid(ground, b, e):
            dark[b.y0 : b.y1, b.x0 : b.x1] = 255
    no_picture = dark.copy()
    for b in (reduced(b.grown(round(0.3 * em))) for b in known.headlines):
        no_picture[max(0, b.y0) : b.y1, max(0, b.x0) : b.x1] = 255
    shapes = _pictures(ground, no_picture, e)
    tints, plain = [], []
    for b in _areas(ground.tone, shapes | dark, e):
        inside = ground.tone[b.y0 : b.y1, b.x0 : b.x1][shapes[b.y0 : b.y1, b.x0 : b.x1] == 0]
        if inside.size < 0.3 * b.area:
            plain.append(b)
        elif _spread(inside) <= FLAT:
            if float(np.median(inside)) > DARKEST_TINT:
                tints.append(b)
        elif not _has(dark, b):
            plain.append(b)
    for b in plain:
        shapes[b.y0 : b.y1, b.x0 : b.x1] = 255
    glyphs = glyph_middles(paper.pieces, ink.shape, em)
    shapes = between_edges(shapes, ground.tone, glyphs, e)
    shapes = with_skies(squared(shapes, glyphs, _inked(ink), e), ground.tone, glyphs, e)
    shapes = beside_panels(shapes, dark, e)
    solid = to_the_edge(_full_size(dark, gray), ink, em)
    whole = trimmed(_full_size(shapes, gray), gray, ink, em)
    return Tones(
        tints=tuple(enlarged(b, gray) for b in tints),
        pictures=tuple(boxes(whole)),
        panels=tuple(boxes(solid)),
        shapes=whole,
        dark=solid,
    )


def _panels(ground: Ground, ink: Mask, e: float) -> Mask:
    """Even dark areas that hold strokes lighter than themselves, thus no paper under type and no black coat."""
    w = rect(odd(e), odd(e))
    even = cv2.dilate(ground.deep, w) - cv2.erode(ground.deep, w) < EVEN
    core = even & (ground.deep < DARKEST_TINT) & (ground.tone < LIGHTEST_PICTURE)
    flat = opened(mask_of(core), odd(2 * e), odd(e))
    out = np.zeros_like(flat)
    labels, stats = labelled(grown(flat, odd(e), odd(e)))
    for n, b in large(stats, 6 * e, 2 * e):
        own = labels[b.y0 : b.y1, b.x0 : b.x1] == n
        tone, deep, bare = (g[b.y0 : b.y1, b.x0 : b.x1][own] for g in (ground.tone, ground.deep, ground.bare))
        # A black coat is neither a rectangle nor of one tone; what is both needs hardly a word on it.
        least = BARE if float(own.mean()) > SQUARE and float(np.std(deep)) < FLAT else LETTERED
        printed = float((tone - deep > 0.15).mean()) > least and float(own.mean()) > 0.85
        mostly_dark = 2 * float(bare.mean()) < float(tone.mean()) + float(deep.mean())
        f = enlarged(b, ink)
        letters = cv2.bitwise_not(ink[f.y0 : f.y1, f.x0 : f.x1]).astype(np.uint8, copy=False)
        letters[cv2.resize(mask_of(own), (f.width, f.height), interpolation=cv2.INTER_NEAREST) == 0] = 0
        if printed and mostly_dark and not _amid(ground, b, e) and lettered(letters, e / SCALE):
            out[b.y0 : b.y1, b.x0 : b.x1][own] = 255
    return out


def _amid(ground: Ground, b: Box, e: float) -> bool:
    """Whether the area is a part of a picture: what surrounds it is mostly dark too, and of many tones."""
    near, far = (b.grown(round(k * e)) & ground.extent for k in (1.0, 2.0))
    ring = np.ones((far.height, far.width), dtype=bool)
    ring[near.y0 - far.y0 : near.y1 - far.y0, near.x0 - far.x0 : near.x1 - far.x0] = False
    about, change = (g[far.y0 : far.y1, far.x0 : far.x1][ring] for g in (ground.tone, ground.change))
    return bool(about.size) and float(((about < LIGHTEST_PICTURE) & (change > SMOOTH)).mean()) > 0.4


def _pictures(ground: Ground, others: Mask, e: float) -> Mask:
    """Areas much darker than the lightest tints whose tone changes from em to em, with what they enclose.

    A shadow, or a tint under one, changes too, but slowly; where an area is a rectangle with edges, its own smooth
    parts are of it.
    """
    free = grown(others, odd(e), odd(e)) == 0
    dark = (ground.tone < LIGHTEST_PICTURE) & free
    rough = closed(mask_of(ground.change > SMOOTH), odd(4 * e), odd(4 * e)) > 0
    out = np.zeros_like(others)
    for b, own in _changing(ground, mask_of(dark & rough), e):
        out[b.y0 : b.y1, b.x0 : b.x1] |= own
    for b, own in _changing(ground, mask_of(dark), e):
        if float((own > 0).mean()) > RECTANGLE and edged(ground.tone, b, e):
            out[b.y0 : b.y1, b.x0 : b.x1] |= own
    coats = opened(mask_of((ground.tone < DARKEST_SHADOW) & free), odd(e), odd(e))
    return cast(Mask, np.where(free, filled(out | _touching(coats, out)), 0).astype(np.uint8))


def _changing(ground: Ground, dark: Mask, e: float) -> Iterator[tuple[Box, Mask]]:
    """Those pieces, holes filled, whose tone changes as a picture's does."""
    wide, window = odd(2 * e), rect(odd(e), odd(e))
    labels, stats = labelled(closed(opened(dark, wide, wide), odd(0.8 * e), odd(0.8 * e)))
    for n, b in large(stats, SMALLEST * e, SMALLEST * e):
        own = filled(_shut(mask_of(labels[b.y0 : b.y1, b.x0 : b.x1] == n), b, ground.extent))
        inner = cv2.erode(own, window) > 0
        if inner.any() and float(ground.change[b.y0 : b.y1, b.x0 : b.x1][inner].mean()) > SMOOTH:
            yield b, own


def _touching(coats: Mask, shapes: Mask) -> Mask:
    """Even areas darker than any shadow on paper that touch a picture: they are of it."""
    labels, _ = labelled(coats)
    touching = np.unique(labels[grown(shapes, 3, 3) > 0])
    return mask_of(np.isin(labels, touching[touching > 0]))


def _shut(own: Mask, b: Box, page: Box) -> Mask:
    """The piece with what lies between its parts at the page's edge: a picture that is cut there encloses it too."""
    out = own.copy()
    at_edge = ((b.y0 == 0, out[0]), (b.y1 == page.y1, out[-1]), (b.x0 == 0, out[:, 0]), (b.x1 == page.x1, out[:, -1]))
    for edge in (side for there, side in at_edge if there):
        held = np.flatnonzero(edge)
        edge[held[0] : held[-1] + 1] = 255
    return out


def _inked(ink: Mask) -> Tone:
    """The share of ink in each pixel at SCALE."""
    return (cv2.resize(ink, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_AREA) / 255).astype(np.float32)


def _has(mask: Mask, b: Box) -> bool:
    return bool((mask[b.y0 : b.y1, b.x0 : b.x1] > 0).any())


def _full_size(mask: Mask, gray: Gray) -> Mask:
    return cv2.resize(mask, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_NEAREST).astype(
        np.uint8, copy=False
    )


def _areas(tone: Tone, solid: Mask, e: float) -> list[Box]:
    """Rectangles that are darker than the paper, with an edge on every side.

    What is `solid`, pictures and panels, may be a part of them, lie on them, or touch them.
    """
    darker = mask_of(tone < LIGHTEST)
    found: list[Box] = []
    gap = odd(0.5 * e)
    bare = cv2.bitwise_and(darker, cv2.bitwise_not(grown(solid, 3, 3))).astype(np.uint8, copy=False)
    # The second width takes off what touches an area: a headline's glyph, a bridge of dirt.
    for mask, least in ((darker, odd(2 * e)), (darker, odd(4 * e)), (bare, odd(2 * e))):
        area = closed(opened(mask, least, least), gap, gap)
        labels, stats = labelled(area)
        for n, b in large(stats, SMALLEST * e, SMALLEST * e):
            fresh = not any((b & o).width > 0 and (b & o).height > 0 for o in found)
            own = labels[b.y0 : b.y1, b.x0 : b.x1] == n
            held = float((own | (solid[b.y0 : b.y1, b.x0 : b.x1] > 0)).mean())
            if fresh and held > 0.9 and edged(tone, b, e):
                found.append(b)
    return found


def _spread(inside: Tone) -> float:
    """The standard deviation of the tone, its darkest and lightest twentieth left out (bold strokes, gaps)."""
    low, high = np.percentile(inside, (10, 95))
    return float(np.std(inside[(inside >= low) & (inside <= high)]))
