"""The board on which a collage is made: grey values at three times the network's scale, labels at the network's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from samples.segmentation.labels import (
    BODY,
    DISPLAY,
    DISPLAY_SIZE,
    EM,
    PICTURE,
    REVERSED,
    RULE,
    VERTICAL,
    Gray,
    Label,
    Points,
    paint,
    paint_line,
)
from samples.typeset.faces import (
    HEI,
    HEI_BOLD,
    HEI_TC_BOLD,
    KAI,
    KAI_TW,
    MICRO_HEI,
    MING,
    MING_TW,
    SONG,
    SONG_BOLD,
    SONG_TC,
    SONG_TC_BOLD,
    UPRIGHT_FORMS,
    ZEN_HEI,
    Face,
    glyph,
)

SIDE: Final = 512
"""Side of a collage, in pixels of the network's scale."""
FINE: Final = 3
"""Pixels of the board for a pixel of the network's scale, in each direction."""
ROMAN: Final = (
    SONG,
    HEI,
    Face("truetype/dejavu/DejaVuSans.ttf"),
    Face("truetype/dejavu/DejaVuSerif.ttf"),
    Face("truetype/dejavu/DejaVuSerifCondensed.ttf"),
)
"""Faces of Latin text."""
BODY_FACES: Final = ((SONG, HEI, MING, KAI, MICRO_HEI, ZEN_HEI), (SONG_TC, MING_TW, KAI_TW, HEI, SONG_TC))
"""Body faces, simplified and traditional."""
HEAD_FACES: Final = ((SONG_BOLD, HEI_BOLD, HEI, KAI, SONG, MICRO_HEI), (SONG_TC_BOLD, HEI_TC_BOLD, KAI_TW, MING_TW))
"""Headline faces, simplified and traditional."""
STOPS: Final = "，，，，。。、；：？！"


def _hanzi(code: str, pairs: Sequence[tuple[int, int]], tails: Sequence[int]) -> str:
    out = []
    for head in (h for a, b in pairs for h in range(a, b)):
        for tail in tails:
            try:
                out.append(bytes((head, tail)).decode(code))
            except UnicodeDecodeError:
                continue
    return "".join(out)


SIMPLE: Final = _hanzi("gb2312", ((0xB0, 0xD7),), range(0xA1, 0xFF))
OLD: Final = _hanzi("big5", ((0xA4, 0xB8),), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
"""Common characters, simplified and traditional: the network sees their texture, not their sense."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the board, in pixels of the network's scale."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def inset(self, dx: float, dy: float | None = None) -> Area:
        dy = dx if dy is None else dy
        return Area(self.x0 + dx, self.y0 + dy, self.x1 - dx, self.y1 - dy)

    @property
    def corners(self) -> Points:
        return np.array(((self.x0, self.y0), (self.x1, self.y0), (self.x1, self.y1), (self.x0, self.y1)), np.float64)


@dataclass(frozen=True, slots=True)
class BoardSetting:
    """How text is set: type size in pixels of the network's scale, pitches in ems."""

    face: Face
    size: float = EM
    track: float = 1.0
    """Pitch of the characters."""
    lead: float = 1.5
    """Pitch of the lines."""
    ink: int = 0
    vertical: bool = False
    white: bool = False
    display: bool = False
    roman: bool = False

    @property
    def value(self) -> int:
        """The label of the piece."""
        large = self.display or (not self.roman and self.size >= DISPLAY_SIZE * EM)
        kind = DISPLAY if large else BODY
        return kind | (REVERSED if self.white else 0) | (VERTICAL if self.vertical else 0)

    @property
    def advance(self) -> float:
        """Pitch of the characters, in pixels of the network's scale."""
        along = self.size * (1.0 if self.vertical else self.face.stretch)
        return along * self.track

    @property
    def thick(self) -> float:
        """Thickness of a line, in pixels of the network's scale."""
        return self.size * (self.face.stretch if self.vertical else 1.0)

    @property
    def pitch(self) -> float:
        return self.thick * self.lead


@dataclass
class Board:
    """A collage in the making."""

    rng: Random
    old: bool = False
    paper: int = 255
    initials: float = 0.1
    """Share of the columns that begin with a drop capital."""
    gray: Gray = field(init=False)
    label: Label = field(init=False)

    def __post_init__(self) -> None:
        self.gray = np.full((SIDE * FINE, SIDE * FINE), self.paper, np.uint8)
        self.label = np.zeros((SIDE, SIDE), np.uint8)

    @property
    def area(self) -> Area:
        return Area(0, 0, SIDE, SIDE)

    def face(self, *, head: bool = False) -> Face:
        return self.rng.choice((HEAD_FACES if head else BODY_FACES)[self.old])

    def words(self, count: int, *, stops: bool = True) -> str:
        """A text of that many characters, with punctuation and a few figures."""
        rng = self.rng
        out = rng.choices(OLD if self.old else SIMPLE, k=count)
        if stops:
            n = rng.randint(3, 14)
            while n < count - 1:
                out[n] = rng.choice(STOPS)
                if rng.random() < 0.12:
                    out[n] = rng.choice("“”（）《》「」—·")
                if rng.random() < 0.08:
                    figures = str(rng.randint(0, 99999))
                    out[n + 1 : n + 1 + len(figures)] = figures
                n += rng.randint(3, 16)
        return "".join(out[:count])

    def latin(self, count: int) -> str:
        """Words of Latin letters."""
        rng = self.rng
        text = ""
        while len(text) < count:
            word = "".join(rng.choices("etaoinshrdlucmfwypvbgkqjxz", range(26, 0, -1), k=rng.randint(1, 10)))
            text += (word.capitalize() if rng.random() < 0.15 else word) + rng.choice(("  ", " ", " ", " ", ", ", ". "))
        return text[:count].strip() or "a"

    def cut(self, area: Area) -> tuple[slice, slice]:
        """Rows and columns of the grey board under an area."""
        v = [round(n * FINE) for n in (area.y0, area.y1, area.x0, area.x1)]
        v = [min(SIDE * FINE, max(0, n)) for n in v]
        return slice(v[0], v[1]), slice(v[2], v[3])

    def fill(self, area: Area, gray: int) -> None:
        self.gray[self.cut(area)] = gray

    def stamp(self, mask: Gray, at: tuple[int, int], ink: int) -> None:
        """Print a mask (0 to 255) with its corner at `at`, in pixels of the board."""
        x, y = at
        x0, y0 = max(0, x), max(0, y)
        x1, y1 = min(SIDE * FINE, x + mask.shape[1]), min(SIDE * FINE, y + mask.shape[0])
        if x0 >= x1 or y0 >= y1:
            return
        here = self.gray[y0:y1, x0:x1]
        alpha = mask[y0 - y : y1 - y, x0 - x : x1 - x].astype(np.int16)
        here[:] = here + (ink - here.astype(np.int16)) * alpha // 255

    def line(self, text: str, at: tuple[float, float], setting: BoardSetting, length: float | None = None) -> Area:
        """Print one line whose first character's square has its corner at `at`; `length` justifies it."""
        step = setting.advance
        if setting.roman:
            return self._roman(text, at, setting)
        if length is not None and len(text) > 1:
            step = (length - setting.size * (1 if setting.vertical else setting.face.stretch)) / (len(text) - 1)
        size = max(6, round(setting.size * FINE))
        shown = text.translate(UPRIGHT_FORMS) if setting.vertical else text
        for n, char in enumerate(shown):
            x = at[0] + (0 if setting.vertical else n * step)
            y = at[1] + (n * step if setting.vertical else 0)
            g = glyph(setting.face, size, char)
            if g.mask.size:
                top = round(y * FINE + 0.88 * size) + g.top
                left = round(x * FINE) + g.left
                if g.advance < 0.8 * size * setting.face.stretch and not setting.vertical:
                    left += round((size * setting.face.stretch - g.advance) / 2)
                self.stamp(g.mask, (left, top), setting.ink)
        long = (len(text) - 1) * step + setting.size * (1 if setting.vertical else setting.face.stretch)
        box = Area(at[0], at[1], at[0] + long, at[1] + setting.thick)
        if setting.vertical:
            box = Area(at[0], at[1], at[0] + setting.thick, at[1] + long)
        stripped = len(text) - len(text.rstrip("，。、；：？！”』」"))
        if stripped and len(text) > 1 and not setting.vertical:
            box = replace(box, x1=box.x1 - 0.5 * setting.size * setting.face.stretch)
        paint_line(self.label, box.inset(0.03 * setting.size).corners, setting.value)
        return box

    def _roman(self, text: str, at: tuple[float, float], setting: BoardSetting) -> Area:
        size = max(6, round(setting.size * FINE))
        x = at[0] * FINE
        for char in text:
            g = glyph(setting.face, size, char)
            if g.mask.size:
                self.stamp(g.mask, (round(x) + g.left, round(at[1] * FINE + 0.88 * size) + g.top), setting.ink)
            x += g.advance * setting.track
        box = Area(at[0], at[1] + 0.12 * setting.size, x / FINE, at[1] + 1.05 * setting.size)
        paint_line(self.label, box.corners, setting.value)
        return box

    def polygon(self, points: Points, gray: int) -> None:
        cv2.fillPoly(self.gray, [np.round(points * FINE).astype(np.int32)], gray)

    def stroke(self, points: Points, width: float, gray: int) -> None:
        """A line through points; `width` in pixels of the network's scale."""
        px = np.round(points * FINE).astype(np.int32)
        cv2.polylines(self.gray, [px], False, gray, max(1, round(width * FINE)), cv2.LINE_AA)

    def rule(self, a: tuple[float, float], b: tuple[float, float], style: str = "thin", *, kind: int = RULE) -> None:
        """A rule from `a` to `b`: thin, thick, double, dotted, dashed or wavy."""
        ends = np.array((a, b), np.float64)
        along = ends[1] - ends[0]
        long = float(np.hypot(*along)) or 1.0
        side = np.array((-along[1], along[0])) / long
        ink = self.rng.choice((0, 0, 0, 60, 120))
        width = {"thick": self.rng.uniform(0.6, 2.2), "thin": self.rng.uniform(0.2, 0.5)}.get(style, 0.35)
        if style == "wavy":
            t = np.arange(0, long, 0.33)
            swing, wave = self.rng.uniform(0.6, 2.2), self.rng.uniform(4, 11)
            points = ends[0] + np.outer(t, along / long) + np.outer(swing * np.sin(t * 2 * np.pi / wave), side)
            self.stroke(points, self.rng.uniform(0.4, 1.2), ink)
            self.mark(ends, max(2, round(2 * swing)), kind)
            return
        if style in {"dotted", "dashed"}:
            step = self.rng.uniform(1.5, 5)
            share = 0.3 if style == "dotted" else 0.6
            for t in np.arange(0, long, step):
                piece = ends[0] + np.outer((t, min(long, t + share * step)), along / long)
                self.stroke(piece, max(0.5, width), ink)
        else:
            self.stroke(ends, width, ink)
        if style == "double":
            apart = self.rng.uniform(0.8, 1.8)
            self.stroke(ends + side * apart, self.rng.choice((0.3, 0.9)), ink)
            ends = ends + side * apart / 2
        self.mark(ends, 2 if width < 1.2 else 3, kind)

    def mark(self, points: Points, width: int, kind: int, *, closed: bool = False) -> None:
        """Label a stroke, `width` pixels of the network's scale wide."""
        cv2.polylines(self.label, [np.round(points * 16 - 8).astype(np.int32)], closed, kind, width, shift=4)

    def frame(self, area: Area, style: str, *, kind: int = RULE) -> None:
        """Rules on the four sides of an area."""
        c = [(float(p[0]), float(p[1])) for p in area.corners]
        for a, b in zip(c, (*c[1:], c[0]), strict=True):
            self.rule(a, b, style, kind=kind)

    def picture(self, area: Area, pixels: Gray, alpha: npt.NDArray[np.floating] | None = None) -> None:
        """Print a picture of any size into an area; where `alpha`, of its shape, is above a quarter, it is picture."""
        rows, columns = self.cut(area)
        h, w = rows.stop - rows.start, columns.stop - columns.start
        if h < 3 or w < 3:
            return
        shown = cv2.resize(pixels, (w, h), interpolation=cv2.INTER_LINEAR)
        if alpha is None:
            self.gray[rows, columns] = shown
            paint(self.label, area.corners - 0.5, PICTURE)
            return
        a = cv2.resize(alpha.astype(np.float32), (w, h), interpolation=cv2.INTER_LINEAR)
        here = self.gray[rows, columns]
        here[:] = (here * (1 - a) + shown * a).astype(np.uint8)
        whole = np.zeros(self.gray.shape, np.float32)
        whole[rows, columns] = a
        self.label[cv2.resize(whole, (SIDE, SIDE), interpolation=cv2.INTER_AREA) > 0.25] = PICTURE
