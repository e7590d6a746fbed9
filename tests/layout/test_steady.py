"""A part of a page holds the same lines however it was scanned: askew, turned, coarser, finer, in two tones."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from layout.analyze import analyze
from layout.geometry import Box
from layout.ink import Gray
from layout.input.scan import Scan
from layout.page import Direction
from samples.typeset.chance import random_issue

SIDE = 1500
"""Height and width in pixels of the part, from the page's top left corner: five to fifteen lines of each column."""

LOST = 0.06
"""Share of the length of all lines, at most, that is in no line of the changed part: lines cut at its edge, mostly."""

Affine = npt.NDArray[np.float64]
"""Shape (2, 3): carries points of the part to the changed part."""
Change = Callable[[Gray], tuple[Gray, Affine]]
Lines = list[tuple[Box, bool]]
"""Boxes of lines, and whether each runs from top to bottom."""


def askew(gray: Gray) -> tuple[Gray, Affine]:
    """Turned by two degrees, on larger paper."""
    turn = cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), 2.0, 1.0)
    turn[:, 2] += SIDE * 0.02
    size = round(SIDE * 1.04)
    return cv2.warpAffine(gray, turn, (size, size), flags=cv2.INTER_CUBIC, borderValue=255).astype(np.uint8), turn


def scaled(factor: float) -> Change:
    def change(gray: Gray) -> tuple[Gray, Affine]:
        way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
        return (
            cv2.resize(gray, None, fx=factor, fy=factor, interpolation=way).astype(np.uint8),
            np.array([[factor, 0, 0], [0, factor, 0]]),
        )

    return change


def pressed(gray: Gray) -> tuple[Gray, Affine]:
    """As a JPEG of quality 40."""
    data = cv2.imencode(".jpg", gray, [cv2.IMWRITE_JPEG_QUALITY, 40])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8), np.eye(2, 3)


CHANGES: dict[str, Change] = {
    "askew": askew,
    "on its side": lambda gray: (
        np.ascontiguousarray(np.rot90(gray)),
        np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, gray.shape[1]]]),
    ),
    "coarser": scaled(0.6),
    "finer": scaled(1.5),
    "type of six pixels": scaled(0.16),
    "pressed": pressed,
    "in two tones": lambda gray: (np.where(gray < 140, 0, 255).astype(np.uint8), np.eye(2, 3)),
}
KINDS = {"modern": 5, "vertical": 4, "front": 2, "front_traditional": 3, "register": 7}
"""Styles of pages, each with the seed by which one is drawn."""


@cache
def part(style: str) -> Gray:
    page = random_issue(KINDS[style], 1, "clean", small=True, style=style).pages[0]
    return np.ascontiguousarray(np.asarray(page.image.convert("L"), np.uint8)[:SIDE, :SIDE])


def lines_of(gray: Gray, back: Affine) -> Lines:
    page = analyze(Scan(gray, None, 1, 300.0, "drawn", 0), 1)[0]
    carried = [
        (cv2.transform(np.array([n.polygon]), back)[0], n.direction is Direction.VERTICAL_RL)
        for n in page.lines
        if n.polygon is not None
    ]
    return [(Box.around([tuple(p) for p in points.tolist()]), upright) for points, upright in carried]


@cache
def lines_as_they_are(style: str) -> Lines:
    return lines_of(part(style), np.eye(2, 3))


def lost(line: Box, found: list[Box]) -> float:
    """Length of a line that runs from left to right in whose middle no line of about its thickness runs."""
    alike = [
        b for b in found if 0.5 < b.height / line.height < 2 and abs(b.centre[1] - line.centre[1]) < line.height / 2
    ]
    held = np.zeros(line.width, dtype=np.bool_)
    for b in alike:
        held[max(0, b.x0 - line.x0 - line.height // 5) : max(0, b.x1 - line.x0 + line.height // 5)] = True
    return float((~held).sum())


@pytest.mark.parametrize("style", KINDS)
@pytest.mark.parametrize("name", CHANGES)
def test_a_part_of_a_page_keeps_its_lines(style: str, name: str) -> None:
    picture, there = CHANGES[name](part(style))
    found, known = lines_of(picture, cv2.invertAffineTransform(there)), lines_as_they_are(style)
    gone = sum(
        lost(b.turned if upright else b, [f.turned if upright else f for f, way in found if way is upright])
        for b, upright in known
    )
    assert gone / sum(max(b.width, b.height) for b, _ in known) <= LOST


@pytest.mark.parametrize("style", KINDS)
def test_no_cutting_of_a_page_fails(style: str) -> None:
    """Wherever a cutting cuts through lines, rules and pictures, it is analysed, and no line is empty."""
    chance, page = Random(11), part(style)
    for _ in range(5):
        high, wide = chance.randint(80, 700), chance.randint(80, 700)
        y, x = chance.randint(0, SIDE - high), chance.randint(0, SIDE - wide)
        cutting = np.ascontiguousarray(page[y : y + high, x : x + wide])
        assert [b for b, _ in lines_of(cutting, np.eye(2, 3)) if b.area <= 0] == []
