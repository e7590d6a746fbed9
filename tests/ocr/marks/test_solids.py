"""Solid ornaments that no view showed are found by their ink, and no hanzi is taken for one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from ocr.line.seen import Seen
from ocr.marks.solids import ALONE, with_solids
from ocr.pictures.views import Views
from ocr.setup.settings import STRIP
from tests.ocr.prints import Setting, set_lines

SIDE: Final = 26
CORNERS: Final = {
    "■": [(0, 0), (0, SIDE), (SIDE, SIDE), (SIDE, 0)],
    "◆": [(0, SIDE // 2), (SIDE // 2, SIDE), (SIDE, SIDE // 2), (SIDE // 2, 0)],
    "▶": [(0, 0), (0, SIDE), (SIDE, SIDE // 2)],
    "◀": [(SIDE, 0), (SIDE, SIDE), (0, SIDE // 2)],
    "▲": [(0, SIDE), (SIDE, SIDE), (SIDE // 2, 0)],
    "▼": [(0, 0), (SIDE, 0), (SIDE // 2, SIDE)],
}


@dataclass
class Picture:
    """What is asked of a line's picture: here shapes stand in front of a hanzi, or behind it."""

    char: str
    in_front: bool
    count: int = 1
    height: int = 48
    stretch: float = 1.0
    top: float = 0.0

    @cached_property
    def ink(self) -> npt.NDArray[np.bool_]:
        drawn = np.zeros((self.height, 60 + self.count * (SIDE + 4)), np.uint8)
        for n in range(self.count):
            self.shape(drawn, (4 if self.in_front else 54) + n * (SIDE + 4))
        self.hanzi(drawn, 14 + self.count * (SIDE + 4) if self.in_front else 4)
        return drawn.astype(np.bool_)

    def shape(self, drawn: npt.NDArray[np.uint8], x: int) -> None:
        if self.char == "●":
            cv2.circle(drawn, (x + SIDE // 2, 10 + SIDE // 2), SIDE // 2, 1, -1)
        elif self.char:
            cv2.fillPoly(drawn, [np.add(CORNERS[self.char], (x, 10))], (1,))

    def hanzi(self, drawn: npt.NDArray[np.uint8], x: int) -> None:
        """干, in three strokes."""
        for start, end in (((3, 8), (36, 8)), ((0, 22), (39, 22)), ((19, 8), (19, 42))):
            cv2.line(drawn, (x + start[0], start[1]), (x + end[0], end[1]), (1,), 3)


def told(char: str, *, in_front: bool, wide: bool = True, count: int = 1) -> list[Seen]:
    picture = Picture(char, in_front, count)
    inked = np.flatnonzero(picture.ink.any(axis=0))
    box = (int(inked[0]), int(inked[-1]) + 1) if wide else (0, 40)
    return with_solids(picture, [Seen("干", box[0], 4, box[1], 46, 0.999)])


@pytest.mark.parametrize("in_front", [True, False])
@pytest.mark.parametrize("char", ["●", "■"])
def test_an_ornament_is_found_by_its_ink(char: str, *, in_front: bool) -> None:
    """On its side of the hanzi that had taken it in; nobody takes its word for certain."""
    found = told(char, in_front=in_front)
    assert "".join(s.char for s in found) == (f"{char}干" if in_front else f"干{char}")
    assert next(s.confidence for s in found if s.char == char) == ALONE
    first, second = found
    assert first.x1 <= second.x0


@pytest.mark.parametrize("in_front", [True, False])
@pytest.mark.parametrize("count", [2, 3])
def test_of_several_ornaments_each_has_its_own_ink(count: int, *, in_front: bool) -> None:
    """And the hanzi, which stands outside of all, none of theirs."""
    found = told("■", in_front=in_front, count=count)
    assert "".join(s.char for s in found) == ("■" * count + "干" if in_front else "干" + "■" * count)
    assert all(a.x1 <= b.x0 for a, b in pairwise(found))


@pytest.mark.parametrize("char", sorted(set(CORNERS) - {"■"}))
def test_a_triangle_or_a_lozenge_may_be_anything(char: str) -> None:
    """The slanting edge of a photograph beside a line is such a shape too."""
    assert [s.char for s in told(char, in_front=True)] == ["干"]


def test_a_hanzi_of_the_usual_width_is_left() -> None:
    """Whatever stands beside it."""
    assert [s.char for s in told("●", in_front=True, wide=False)] == ["干"]
    assert [s.char for s in told("", in_front=False)] == ["干"]


@pytest.mark.parametrize("size", [14, 20, 38])
def test_no_hanzi_is_an_ornament(size: int) -> None:
    """Not even where the box of each is far too wide."""
    text = "一口田山卜个心小三丁回国口日月工土王主八人入"
    printed = set_lines(Setting(text, size))
    (line,) = printed.page.lines
    picture = Views(printed.sheet, line, STRIP).usual
    step = picture.pixels.shape[1] / len(text)
    seen = [Seen(c, max(0, round((n - 1) * step)), 0, round((n + 1) * step), 40, 0.99) for n, c in enumerate(text)]
    assert "".join(s.char for s in with_solids(picture, seen)) == text
