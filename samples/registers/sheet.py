"""A sheet in registers that is being made up in ems: lines, rules, frames and pictures, with what each line is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from cleanup.articles.frame import ReadingFrame
from cleanup.articles.placed import PlacedLine, Rect
from layout.page import Direction, Line, Page, Region, RegionKind

EM = 24.0
"""Pixels of the body type."""


class What(StrEnum):
    """What a line is in its article."""

    HEAD = "headline"
    SUBHEAD = "subhead"
    TEXT = "running text"
    BYLINE = "byline"
    OTHER = "of no article"


class Truth(NamedTuple):
    """What a line is: `part` numbers the articles, `rank` the lines in the order of reading."""

    what: What
    part: int | None
    rank: int


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A printed line."""

    text: str
    rect: Rect
    size: float
    crosses: bool
    kind: RegionKind
    region: int
    truth: Truth


class RegisterSlot(NamedTuple):
    """Room for one line of text: from `u0` to `u1` down a register, `v` ems from the first edge; and its register."""

    u0: float
    u1: float
    v: float
    register: int


@dataclass
class RegisterSheet:
    """What has been printed so far; ems of the reading frame, which x runs down the page and y from its right edge."""

    width: float
    height: float
    prints: list[RegisterLine] = field(default_factory=list)
    rules: list[Rect] = field(default_factory=list)
    frames: list[Rect] = field(default_factory=list)
    pictures: list[Rect] = field(default_factory=list)
    regions: int = 0
    parts: int = 0

    def region(self) -> int:
        self.regions += 1
        return self.regions

    def part(self) -> int:
        self.parts += 1
        return self.parts

    def down(self, text: str, at: tuple[float, float], size: float, what: tuple[What, int | None], region: int) -> None:
        """A line of type that runs as the body does, from `at` (u, v) on."""
        self._put(text, Rect(at[0], at[1], at[0] + size * len(text), at[1] + size), what, region)

    def level(
        self, text: str, at: tuple[float, float], size: float, what: tuple[What, int | None], region: int
    ) -> None:
        """A level line, read from right to left, whose right edge is at `at` (u, v)."""
        self._put(text, Rect(at[0], at[1], at[0] + size, at[1] + size * len(text)), what, region)

    def _put(self, text: str, rect: Rect, what: tuple[What, int | None], region: int) -> None:
        if text.strip():
            truth = Truth(what[0], what[1], len(self.prints))
            crosses = rect.height > rect.width + 0.01
            size = rect.width if crosses else rect.height
            self.prints.append(RegisterLine(text, rect, size, crosses, KIND_OF[what[0]], region, truth))


KIND_OF = {
    What.HEAD: RegionKind.HEADLINE,
    What.SUBHEAD: RegionKind.SUBHEAD,
    What.TEXT: RegionKind.BODY,
    What.BYLINE: RegionKind.BYLINE,
    What.OTHER: RegionKind.ADVERT,
}


def slots(
    registers: Sequence[tuple[float, float]], across: tuple[float, float], pitch: float, obstacles: Sequence[Rect]
) -> Iterator[RegisterSlot]:
    """The room that registers (u0, u1) leave between two edges `across`, in the order of reading."""
    for n, (u0, u1) in enumerate(registers):
        v = across[0]
        while v + 1.0 <= across[1] + 0.05:
            free = [(u0, u1)]
            for o in obstacles:
                if v < o.y1 and o.y0 < v + 1.0:
                    free = [p for a, b in free for p in ((a, min(b, o.x0)), (max(a, o.x1), b)) if p[1] - p[0] > 0.5]
            best = max(free, key=lambda f: f[1] - f[0], default=(0.0, 0.0))
            if best[1] - best[0] >= 3.9:
                yield RegisterSlot(best[0], best[1], v, n)
            v += pitch


def frame_of(sheet: RegisterSheet) -> tuple[ReadingFrame, tuple[Truth, ...]]:
    """The sheet as a reading frame, and for each of its lines what it is."""
    by_region: dict[int, list[RegisterLine]] = {}
    for p in sheet.prints:
        by_region.setdefault(p.region, []).append(p)
    placed: list[PlacedLine] = []
    truth: list[Truth] = []
    for number, prints in by_region.items():
        lines = [_line(f"r{number}l{n}", p) for n, p in enumerate(prints)]
        region = Region(f"r{number}", prints[0].kind, None, tuple(lines), Direction.VERTICAL_RL, article=1)
        placed += [
            PlacedLine(line, region, p.rect, p.size, p.crosses, p.text) for line, p in zip(lines, prints, strict=True)
        ]
        truth += [p.truth for p in prints]
    page = Page(1, round(sheet.height * EM), round(sheet.width * EM), type_size=EM)
    marks = tuple(sheet.pictures), tuple(sheet.rules), tuple(sheet.frames)
    return ReadingFrame(page, True, EM, sheet.width, sheet.height, tuple(placed), *marks), tuple(truth)


def _line(name: str, p: RegisterLine) -> Line:
    direction = Direction.HORIZONTAL if p.crosses else Direction.VERTICAL_RL
    return Line(name, None, p.text, size=p.size * EM, direction=direction)
