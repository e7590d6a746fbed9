"""The segmentation network: its tiles, its two backends, and what it says of print that is drawn here."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.ink import Gray
from layout.prepare import segmentation
from layout.prepare.segmentation import (
    BODY,
    DISPLAY,
    MARGIN,
    PICTURE,
    SCALE,
    STEP,
    TILE,
    Backend,
    onnxruntime_backend,
    opencv_backend,
    segment_small,
    tiles,
)
from samples.segmentation.board import SIDE, Area, Board, BoardSetting
from samples.segmentation.labels import CORE, EM
from samples.typeset.faces import HEI_BOLD, SONG
from samples.typeset.picture import photograph

ARRAYS = ("label", "text", "display", "picture", "rule", "table", "reversed", "vertical", "core")


@pytest.fixture(scope="module")
def opencv() -> Backend:
    return opencv_backend()


@pytest.fixture(scope="module")
def board() -> Board:
    """Two columns of text, tightly set, under a headline."""
    board = Board(Random(7))
    board.line("城门外的老槐树", (40, 30), BoardSetting(HEI_BOLD, 28.0, display=True))
    setting = BoardSetting(SONG, EM, 1.0, 1.25)
    for n in range(30):
        for x in (40.0, 260.0):
            board.line(board.words(25, stops=False), (x, 90 + n * setting.pitch), setting)
    return board


def scaled(gray: Gray) -> Gray:
    """A page whose body type is 20 px, at the network's scale."""
    return cv2.resize(gray, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def reduced(gray: Gray) -> Gray:
    return cv2.resize(gray, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.uint8)


@given(st.integers(1, 300), st.integers(1, 300))
def test_tiles_cover_a_side_once_and_stay_small(length: int, other: int) -> None:
    """What is kept of the tiles of a side is the side; a tile is no larger than TILE."""
    parts = list(tiles(length * STEP, other * STEP))
    kept = [n for _, _, (a, b) in parts for n in range(a, b)]
    assert kept == list(range(length * STEP))
    for start, end, (a, b) in parts:
        assert start % STEP == end % STEP == 0
        assert start in {0, a - MARGIN}
        assert end in {length * STEP, b + MARGIN}
        widest = max(e - s for s, e, _ in tiles(other * STEP, end - start))
        assert (end - start) * widest <= TILE * 1.1


def test_arrays_have_the_shape_of_the_scaled_page(opencv: Backend) -> None:
    """Any size will do, sides that are no multiple of the network's step too."""
    found = segment_small(scaled(np.full((333, 517), 255, np.uint8)), opencv)
    shapes = {getattr(found, name).shape for name in ARRAYS}
    assert shapes == {(round(333 * SCALE), round(517 * SCALE))}
    assert {getattr(found, name).dtype for name in ARRAYS} == {np.dtype(np.uint8)}


def test_the_same_page_gives_the_same_bytes(board: Board, opencv: Backend) -> None:
    small = reduced(board.gray)
    first, second = segment_small(small, opencv), segment_small(small, opencv)
    assert all((getattr(first, name) == getattr(second, name)).all() for name in ARRAYS)


def test_backends_agree(board: Board, opencv: Backend) -> None:
    """OpenCV and onnxruntime differ by no more than a hundredth."""
    pytest.importorskip("onnxruntime")
    small = reduced(board.gray)
    one, two = segment_small(small, opencv), segment_small(small, onnxruntime_backend())
    for name in ARRAYS[1:]:
        apart = np.abs(getattr(one, name).astype(int) - getattr(two, name).astype(int))
        assert apart.max() <= 0.01 * 255, name


def test_tiles_say_what_the_whole_page_says(board: Board, opencv: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where tiles meet, the labels are those of the page seen at once."""
    small = reduced(board.gray)
    whole = segment_small(small, opencv)
    monkeypatch.setattr(segmentation, "TILE", 150_000)
    assert len(list(tiles(SIDE, SIDE))) > 1
    assert (segment_small(small, opencv).label != whole.label).mean() < 0.005


def test_every_line_is_one_core(board: Board, opencv: Backend) -> None:
    """Tightly set lines, two columns two ems apart, a headline: each is one component of the core."""
    found = segment_small(reduced(board.gray), opencv)
    lines, true = cv2.connectedComponents(((board.label & CORE) > 0).astype(np.uint8))
    cores, seen = cv2.connectedComponents((found.core > 127).astype(np.uint8))
    met = [set(np.unique(seen[true == n])) - {0} for n in range(1, lines)]
    assert lines == 62
    assert cores == 62
    assert all(len(m) == 1 for m in met)
    assert len(set().union(*met)) == 61


def test_sizes_and_directions_are_told(board: Board, opencv: Backend) -> None:
    """Headline and body are told apart, and lines that run down the page are vertical."""
    small = reduced(board.gray)
    found = segment_small(small, opencv)
    core = (board.label & CORE) > 0
    head = np.zeros_like(core)
    head[:80] = True
    assert (found.label[core & head] == DISPLAY).mean() > 0.95
    assert (found.label[core & ~head] == BODY).mean() > 0.98
    assert (found.vertical[core] < 128).mean() > 0.98
    down = segment_small(np.rot90(small).copy(), opencv)
    assert (down.vertical[np.rot90(core)] > 127).mean() > 0.9


def test_light_text_on_a_dark_panel_is_reversed_text(opencv: Backend) -> None:
    board = Board(Random(3))
    board.fill(Area(20, 20, 400, 300), 40)
    setting = BoardSetting(SONG, EM, 1.0, 1.6, ink=255, white=True)
    for n in range(18):
        board.line(board.words(42), (40, 40 + n * setting.pitch), setting)
    found = segment_small(reduced(board.gray), opencv)
    core = (board.label & CORE) > 0
    assert (found.label[core] == BODY).mean() > 0.95
    assert (found.reversed[core] > 127).mean() > 0.95


WINDOWS = pytest.param(
    "street", marks=pytest.mark.xfail(strict=True, reason="even rows of small bright windows are taken for light text")
)


@pytest.mark.parametrize("kind", ["hills", WINDOWS, "people", "portrait", "fields"])
def test_a_photograph_holds_no_text(kind: str, opencv: Backend) -> None:
    """A picture in the middle of paper is picture, and hardly a pixel of it is text."""
    gray = np.full((1000, 1200), 250, np.uint8)
    gray[150:850, 150:1050] = photograph(900, 700, kind, 5)
    found = segment_small(scaled(gray), opencv)
    inside = (slice(64, 336), slice(64, 416))
    assert (found.label[inside] == PICTURE).mean() > 0.8
    assert np.isin(found.label, (BODY, DISPLAY)).mean() < 0.01
