"""Collages: 512-pixel pictures of everything that newspapers print, put together by chance, with their labels."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Final

import cv2
import numpy as np

from samples.segmentation import drawings
from samples.segmentation.augment import fitted, halftone
from samples.segmentation.board import FINE, SIDE, Area, Board
from samples.segmentation.labels import PAPER, PICTURE, Gray, Label, paint
from samples.segmentation.printing import (
    advert,
    banner,
    byline,
    columns,
    crossed,
    headline,
    initials,
    listing,
    old_registers,
    panel,
    registers,
    roman_columns,
    table,
    upright_caption,
)
from samples.typeset.picture import KINDS, photograph

STACK: Final = 8
"""Collages in a file."""
PANEL: Final = 0.7
"""Share of an even tone from which a strip on a photograph is a panel, no picture any more."""
LEAST_CELL: Final = 110.0
"""Shortest side of a cell, in pixels."""


class Studio:
    """Collages of one seed after another; `photos` are grey photographs."""

    def __init__(self, photos: list[Gray]) -> None:
        self._photos = photos
        self._back: Gray | None = None

    def collage(self, seed: int) -> tuple[Gray, Label]:
        """The collage of that seed (its show-through is the one made before it)."""
        rng = Random(f"collage {seed}")
        board = Board(rng, old=rng.random() < 0.4, paper=rng.choice((255, 255, 250, 240, 225, 205)))
        if rng.random() < 0.025:
            pass
        elif rng.random() < 0.1:
            self._head(board, board.area.inset(rng.uniform(-4, 20)))
        elif rng.random() < 0.2:
            self._banner(board, board.area.inset(rng.uniform(-4, 20)))
        elif rng.random() < 0.12:
            self._picture_scene(board, board.area.inset(-8 if rng.random() < 0.5 else 12))
        else:
            self._cells(board, board.area.inset(rng.uniform(-6, 14)), 0)
        gray = printed(board.gray, rng, self._back)
        self._back = board.gray
        small = cv2.resize(gray, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.uint8)
        return scanned(small, board.label, rng)

    def _cells(self, board: Board, area: Area, depth: int) -> None:
        """Split an area into cells, sometimes with a rule between, and print something in each."""
        rng = board.rng
        wide, high = area.width > 2 * LEAST_CELL, area.height > 2 * LEAST_CELL
        if (not wide and not high) or (depth > 0 and rng.random() < 0.22):
            self._scene(board, area)
            return
        gap = rng.choice((4, 6, 8, 10, 14, 20))
        upright = wide and (not high or rng.random() < 0.5)
        long = area.width if upright else area.height
        at = rng.uniform(LEAST_CELL, long - LEAST_CELL)
        style = rng.choice(("thin", "thin", "thick", "double", "dotted", "dashed", "wavy"))
        if upright:
            first = replace(area, x1=area.x0 + at - gap / 2)
            second = replace(area, x0=area.x0 + at + gap / 2)
            ends = ((area.x0 + at, area.y0), (area.x0 + at, area.y1))
        else:
            first = replace(area, y1=area.y0 + at - gap / 2)
            second = replace(area, y0=area.y0 + at + gap / 2)
            ends = ((area.x0, area.y0 + at), (area.x1, area.y0 + at))
        if rng.random() < 0.35:
            board.rule(*ends, style)
        self._cells(board, first, depth + 1)
        self._cells(board, second, depth + 1)

    def _scene(self, board: Board, area: Area) -> None:
        rng = board.rng
        if rng.random() < 0.16:
            style = rng.choice(("thin", "thick", "double", "dotted", "dashed", "wavy", "wavy"))
            if rng.random() < 0.25:
                drawings.ornaments(board, area)
            else:
                board.frame(area.inset(2), style)
            area = area.inset(rng.uniform(5, 10))
        scenes = {
            self._article: 9.0, self._banner: 1.5, self._photo_story: 6.0, self._cutout: 2.5, panel: 3.0, table: 2.0,
            listing: 1.0, advert: 2.0, crossed: 1.5, initials: 1.5, self._card: 1.0, self._dark_story: 2.0,
            self._head: 0.5, self._graphic: 4.0, _blank: 1.5, roman_columns: 1.2, self._picture_scene: 1.0,
            (old_registers if board.old else registers): 7.0 if board.old else 1.0,
        }  # fmt: skip
        rng.choices(list(scenes), list(scenes.values()))[0](board, area)

    def _article(self, board: Board, area: Area) -> None:
        rest = headline(board, area) if board.rng.random() < 0.75 else area
        if board.rng.random() < 0.3:
            rest = byline(board, rest)
        columns(board, rest)

    def _head(self, board: Board, area: Area) -> None:
        """The head of a page: the newspaper's name between codes, a mark, the date; then cells."""
        rng = board.rng
        strip = replace(area, y1=area.y0 + rng.uniform(55, 120))
        edges = np.linspace(area.x0, area.x1, 4)
        parts = [replace(strip, x0=float(a), x1=float(b)).inset(4) for a, b in itertools.pairwise(edges)]
        scenes = [drawings.masthead, drawings.codes, rng.choice((drawings.logo, drawings.codes, drawings.seal, advert))]
        rng.shuffle(scenes)
        for scene, part in zip(scenes, parts, strict=True):
            scene(board, part)
        if rng.random() < 0.7:
            y = strip.y1 + 3
            board.rule((area.x0, y), (area.x1, y), rng.choice(("thin", "thick", "double")))
        self._cells(board, replace(area, y0=strip.y1 + 8), 1)

    def _banner(self, board: Board, area: Area) -> None:
        """A very large headline over the whole width, mostly light on a dark ground or a photograph."""
        rng = board.rng
        strip = replace(area, y1=min(area.y1, area.y0 + rng.uniform(45, 150)))
        ground = rng.choice(("dark", "dark", "dark", "photo", "photo", "tint", "paper"))
        white = ground in {"dark", "photo"}
        if ground == "photo":
            self._put(board, strip)
            part = board.gray[board.cut(strip)]
            part[:] = (part * rng.uniform(0.3, 0.8)).astype(np.uint8)
        elif ground != "paper":
            board.fill(strip, rng.randint(0, 120) if white else rng.randint(150, 235))
        inks = (rng.randint(200, 255), rng.randint(170, 255)) if white else (rng.randint(0, 60), rng.randint(0, 110))
        banner(board, strip.inset(rng.uniform(2, 8)), inks, white=white)
        if area.y1 - strip.y1 > 3 * LEAST_CELL / 2:
            self._cells(board, replace(area, y0=strip.y1 + 6), 1)
        else:
            columns(board, replace(area, y0=strip.y1 + 4))

    def _photo(self, board: Board, width: float, height: float) -> Gray:
        """A photograph of about that size, in pixels of the board."""
        w, h = max(12, round(width * FINE)), max(12, round(height * FINE))
        rng = np.random.default_rng(board.rng.randrange(2**32))
        if board.rng.random() < 0.12:
            return photograph(w, h, board.rng.choice(KINDS), board.rng.randrange(10**6))
        if board.rng.random() < 0.22 or not self._photos:
            return drawings.texture(w, h, rng)
        if board.rng.random() < 0.1:
            return drawings.in_rows(w, h, rng)
        photo = self._photos[board.rng.randrange(len(self._photos))]
        out = fitted(photo, w, h, rng)
        if board.rng.random() < 0.25:
            big = cv2.resize(out, None, fx=0.5, fy=0.5).astype(np.float32)
            out = cv2.resize(np.clip(halftone(big, rng), 0, 255).astype(np.uint8), (w, h))
        if board.rng.random() < 0.12:
            drawings.blurred_signs(out, board.rng)
        for _ in range(board.rng.choice((0, 0, 0, 0, 1, 2))):
            drawings.signboard(out, board.rng)
        if board.rng.random() < 0.12:
            share = board.rng.uniform(0.12, 0.5)
            out = (board.paper - share * (255.0 - out)).clip(0, 255).astype(np.uint8)
        return out

    def _put(self, board: Board, area: Area) -> None:
        """A photograph in an area: plain, framed, rounded or with faded edges."""
        rng = board.rng
        if rng.random() < 0.12:
            drawings.shadow(board, area)
        pixels = self._photo(board, area.width, area.height)
        roll = rng.random()
        if roll < 0.6:
            board.picture(area, pixels)
            if rng.random() < 0.3:
                board.gray[board.cut(area)] = _bordered(board.gray[board.cut(area)], rng.choice((0, 0, 255)))
        else:
            board.picture(area, pixels, drawings.shape_of(pixels.shape, rng, faded=roll > 0.8))

    def _picture_scene(self, board: Board, area: Area) -> None:
        """A photograph alone, or with words on it."""
        rng = board.rng
        self._put(board, area)
        if rng.random() < 0.55:
            self._words_on(board, area.inset(8))

    def _words_on(self, board: Board, area: Area) -> None:
        """A caption, a headline or a column of text on a picture, light or dark as the ground asks."""
        rng = board.rng
        high = min(area.height, rng.choice((rng.uniform(12, 40), rng.uniform(40, 130))))
        y = rng.choice((area.y0, area.y1 - high, rng.uniform(area.y0, max(area.y0, area.y1 - high))))
        part = replace(area, y0=y, y1=y + high)
        if rng.random() < 0.5:
            part = replace(part, x0=area.x0 + rng.uniform(0, 0.5) * area.width)
        ground = board.gray[board.cut(part)]
        if not ground.size:
            return
        dark = float(np.median(ground)) < 128
        if rng.random() < 0.6:
            calm = cv2.GaussianBlur(ground, (0, 0), 9).astype(np.float32)
            edge = 20.0 if dark else 240.0
            share = rng.uniform(0.3, 1.0)
            ground[:] = (calm * (1 - share) + edge * share).astype(np.uint8)
            if share > PANEL:
                paint(board.label, part.corners - 0.5, PAPER)
        ink = rng.randint(215, 255) if dark else rng.randint(0, 50)
        if rng.random() < 0.45 and high > 24:
            headline(board, part, ink=ink, white=dark)
        else:
            columns(board, part, ink=ink, white=dark)

    def _photo_story(self, board: Board, area: Area) -> None:
        """A photograph with a caption beside, under, above or on it, and perhaps a badge."""
        rng = board.rng
        share = rng.uniform(0.4, 0.85)
        if area.width > 170 and rng.random() < 0.4:
            x = area.x0 + share * area.width
            photo, rest = replace(area, x1=x), replace(area, x0=x + rng.uniform(2, 8))
            if rng.random() < 0.5:
                photo, rest = (
                    replace(area, x0=area.x1 - share * area.width),
                    replace(area, x1=area.x1 - share * area.width - 5),
                )
        else:
            y = area.y0 + share * area.height
            photo, rest = replace(area, y1=y), replace(area, y0=y + rng.uniform(1, 6))
            if rng.random() < 0.3:
                photo = replace(area, y0=area.y1 - share * area.height)
                rest = replace(area, y1=photo.y0 - rng.uniform(1, 6))
        self._put(board, photo)
        if rng.random() < 0.35:
            self._words_on(board, photo.inset(rng.uniform(2, 8)))
        if rng.random() < 0.25:
            right = rng.random() < 0.6
            margin = Area(photo.x1 - 2, photo.y0, photo.x1 + 26, photo.y1)
            upright_caption(board, margin if right else Area(photo.x0 - 26, photo.y0, photo.x0 + 2, photo.y1))
        if rng.random() < 0.25:
            corner = Area(photo.x0 - 4, photo.y0 - 4, photo.x0 + 40, photo.y0 + 14)
            drawings.badge(board, corner)
        if rng.random() < 0.4:
            rest = headline(board, rest)
        columns(board, rest)

    def _cutout(self, board: Board, area: Area) -> None:
        """Columns of text round a figure that has no straight edge."""
        rng = board.rng
        wide, high = area.width * rng.uniform(0.35, 0.7), area.height * rng.uniform(0.35, 0.75)
        x, y = rng.uniform(area.x0, area.x1 - wide), rng.uniform(area.y0, area.y1 - high)
        figure = Area(x, y, x + wide, y + high)
        pixels = self._photo(board, wide, high)
        board.picture(figure, pixels, drawings.blob(pixels.shape, rng))
        columns(board, area, round_pictures=True)

    def _dark_story(self, board: Board, area: Area) -> None:
        """Photographs, captions down their sides, columns and a headline, all on one dark panel."""
        rng = board.rng
        tone = rng.randint(0, 100)
        board.fill(area, tone)
        inner, ink = area.inset(rng.uniform(4, 12)), rng.randint(200, 255)
        if rng.random() < 0.5:
            inner = headline(board, inner, ink=ink, white=True)
        if min(inner.width, inner.height) < 70:
            return
        side = rng.uniform(10, 32)
        photo = replace(inner, x1=inner.x1 - side, y1=inner.y0 + inner.height * rng.uniform(0.45, 0.85))
        if rng.random() < 0.35:
            photo = replace(photo, x0=inner.x0 + side, x1=inner.x1)
        self._put(board, photo)
        if rng.random() < 0.5:
            part = board.gray[board.cut(photo)]
            part[:] = (part * rng.uniform(0.25, 0.8)).astype(np.uint8)
        margin = (
            replace(photo, x0=photo.x1, x1=inner.x1)
            if photo.x1 < inner.x1
            else replace(photo, x0=inner.x0, x1=photo.x0)
        )
        upright_caption(board, margin, ink=ink, white=True)
        columns(board, replace(inner, y0=photo.y1 + 4), ink=ink, white=True)

    def _card(self, board: Board, area: Area) -> None:
        """Text in a light box that throws a shadow, sometimes on a photograph."""
        rng = board.rng
        if rng.random() < 0.4:
            self._put(board, area)
            area = area.inset(rng.uniform(10, 25))
        area = area.inset(rng.uniform(4, 10))
        if min(area.width, area.height) < 50:
            return
        drawings.shadow(board, area)
        board.fill(area, rng.choice((255, 250, 235, 215)))
        paint(board.label, area.corners - 0.5, PAPER)
        inner = area.inset(rng.uniform(3, 9))
        if rng.random() < 0.5:
            inner = headline(board, inner)
        columns(board, inner)

    def _graphic(self, board: Board, area: Area) -> None:
        if board.rng.random() < 0.4:
            area = headline(board, area)
        board.rng.choice(drawings.GRAPHICS)(board, area)


def _blank(board: Board, area: Area) -> None:
    """Nothing but paper, sometimes tinted."""
    if board.rng.random() < 0.3:
        board.fill(area, board.rng.randint(170, 250))


def draw(photos: Path, out: Path, first: int, end: int) -> None:
    """Draw the stacks from `first` to before `end`, of STACK collages each; files already there are kept."""
    out.mkdir(parents=True, exist_ok=True)
    studio = Studio([p for f in sorted(photos.glob("*.png")) if (p := cv2.imread(str(f), 0)) is not None])
    for number in range(first, end):
        path = out / f"collages-{number}.npz"
        if not path.exists():
            made = [studio.collage(STACK * number + n) for n in range(STACK)]
            part = path.with_suffix(".part.npz")
            np.savez_compressed(part, gray=np.stack([m[0] for m in made]), label=np.stack([m[1] for m in made]))
            part.rename(path)


def _bordered(gray: Gray, ink: int) -> Gray:
    out = gray.copy()
    if min(out.shape) > 12:
        cv2.rectangle(out, (0, 0), (out.shape[1] - 1, out.shape[0] - 1), ink, 4)
    return out


def printed(gray: Gray, rng: Random, back: Gray | None) -> Gray:
    """What press and paper do: ink that spreads, show-through, grain, two tones."""
    random = np.random.default_rng(rng.randrange(2**32))
    out: Gray = gray
    roll = rng.random()
    if roll < 0.12:
        out = cv2.erode(out, np.ones((2, 2), np.uint8)).astype(np.uint8)
    elif roll < 0.2:
        out = cv2.dilate(out, np.ones((2, 2), np.uint8)).astype(np.uint8)
    shown = out.astype(np.float32)
    if back is not None and rng.random() < 0.2:
        through = cv2.GaussianBlur(back[:, ::-1].copy(), (0, 0), rng.uniform(1, 3)).astype(np.float32)
        shown *= 1 - rng.uniform(0.05, 0.3) * (255 - through) / 255
    if rng.random() < 0.5:
        shown = cv2.GaussianBlur(shown, (0, 0), rng.uniform(0.5, 1.6)).astype(np.float32)
    if rng.random() < 0.3:
        dark = rng.uniform(20, 90)
        shown = dark + shown * (255 - dark) / 255
    if rng.random() < 0.3:
        grain = cv2.resize(random.normal(0, 1, (SIDE, SIDE)).astype(np.float32), shown.shape[::-1])
        shown += grain * rng.uniform(5, 25)
    if rng.random() < 0.13:
        noisy = shown + random.normal(0, rng.uniform(5, 40), shown.shape)
        local = cv2.blur(shown, (121, 121))
        shown = np.where(noisy < local * rng.uniform(0.72, 0.92), 0.0, 255.0)
    return np.clip(shown, 0, 255).astype(np.uint8)


def scanned(gray: Gray, label: Label, rng: Random) -> tuple[Gray, Label]:
    """What scanner and film do: scratches, folds, stains, dust, the dark bed beside the sheet."""
    shown = gray.astype(np.float32)
    if rng.random() < 0.12:
        for _ in range(rng.randint(1, 6)):
            x, lean = rng.uniform(0, SIDE), rng.uniform(-0.05, 0.05)
            ends = [(int(x), 0), (int(x + lean * SIDE), SIDE)]
            scratch = np.zeros_like(gray)
            cv2.line(scratch, *ends, 255, 1, cv2.LINE_AA)
            shown += scratch * (rng.choice((-1, -1, 1)) * rng.uniform(0.15, 0.6))
    if rng.random() < 0.1:
        at, spread = rng.uniform(0, SIDE), rng.uniform(1, 6)
        fold = np.exp(-(((np.arange(SIDE) - at) / spread) ** 2)) * rng.uniform(-90, 60)
        shown += fold[None] if rng.random() < 0.5 else fold[:, None]
    for _ in range(rng.randint(1, 3) if rng.random() < 0.12 else 0):
        stain = np.zeros(gray.shape, np.float32)
        cv2.circle(stain, (rng.randrange(SIDE), rng.randrange(SIDE)), rng.randint(10, 90), 1, -1)
        shown *= 1 - rng.uniform(0.1, 0.4) * cv2.GaussianBlur(stain, (0, 0), rng.uniform(2, 15))
    for _ in range(rng.randint(10, 120) if rng.random() < 0.15 else 0):
        spot = (rng.randrange(SIDE), rng.randrange(SIDE))
        cv2.circle(shown, spot, rng.choice((0, 0, 0, 1, 1, 2)), rng.uniform(0, 140), -1)
    if rng.random() < 0.16:
        label = label.copy()
        wide, dark = rng.randint(6, 60), rng.choice((0, 10, 30, 60, 90))
        strip = np.zeros(gray.shape, np.uint8)
        strip[:, :wide] = 1
        strip = np.rot90(strip, rng.randrange(4))
        bed = dark + np.random.default_rng(rng.randrange(2**32)).normal(0, rng.uniform(0, 8), gray.shape)
        shown = np.where(strip > 0, bed, shown)
        label[strip > 0] = PICTURE
    return np.clip(shown, 0, 255).astype(np.uint8), label
