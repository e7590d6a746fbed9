"""The training data of the segmentation network: labels that lie where the print is."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import pytest

from layout.components import labelled as labelled_pieces
from samples.segmentation.augment import turned
from samples.segmentation.board import Area, Board, BoardSetting
from samples.segmentation.collage import Studio
from samples.segmentation.drawings import signboard
from samples.segmentation.labels import BODY, CLASS, CORE, DISPLAY, EM, VERTICAL, core, paint_line
from samples.segmentation.pages import labelled, size_factor
from samples.segmentation.printing import initials, upright_caption
from samples.typeset.chance import random_issue
from samples.typeset.faces import SONG


def test_a_core_is_the_middle_of_its_line() -> None:
    quad = np.array(((10, 10), (90, 10), (90, 20), (10, 20)), float)
    inner = core(quad, vertical=False)
    assert inner[:, 1].min() == pytest.approx(12.5)
    assert inner[:, 1].max() == pytest.approx(17.5)
    assert inner[:, 0].min() == pytest.approx(12.5)
    assert inner[:, 0].max() == pytest.approx(87.5)
    upright = core(quad[:, ::-1][[0, 3, 2, 1]], vertical=True)
    assert np.ptp(upright[:, 0]) == pytest.approx(5)
    assert np.ptp(upright[:, 1]) == pytest.approx(75)


def test_lines_that_touch_have_separate_cores() -> None:
    label = np.zeros((60, 100), np.uint8)
    for y in range(0, 56, 8):
        paint_line(label, np.array(((4, y), (96, y), (96, y + 8), (4, y + 8)), float), BODY)
    assert cv2.connectedComponents(((label & CORE) > 0).astype(np.uint8))[0] == 8


@pytest.mark.parametrize("vertical", [False, True])
def test_a_line_of_a_board_is_labelled_where_its_ink_is(vertical: bool) -> None:
    board = Board(Random(1))
    board.line("城门外的老槐树", (100, 100), BoardSetting(SONG, EM, 1.0, vertical=vertical))
    ink = cv2.resize(255 - board.gray, board.label.shape, interpolation=cv2.INTER_AREA) > 60
    assert ink.any()
    assert ((board.label[ink] & CLASS) == BODY).mean() > 0.97
    assert bool((board.label & VERTICAL).any()) == vertical


def test_a_quarter_turn_exchanges_directions() -> None:
    board = Board(Random(1))
    board.line("城门外的老槐树", (100, 100), BoardSetting(SONG))
    _, label = turned(board.gray, board.label, 1)
    text = (label & CLASS) == BODY
    assert ((label[text] & VERTICAL) > 0).all()
    _, again = turned(board.gray, board.label, 2)
    assert not (again & VERTICAL).any()


def test_collages_follow_from_their_seed() -> None:
    one, two = Studio([]).collage(3), Studio([]).collage(3)
    assert (one[0] == two[0]).all()
    assert (one[1] == two[1]).all()
    assert (one[0] != Studio([]).collage(4)[0]).any()


@pytest.mark.parametrize("level", ["office", "coarse"])
def test_page_labels_know_body_from_headlines_at_any_resolution(level: str) -> None:
    """A line's size is counted on the clean sheet; the page's type size in pixels of the scan."""
    truth = random_issue(11, 1, level, small=True).pages[0].truth
    scale = EM / truth.type_size
    label = labelled(truth, np.full((round(truth.height * scale), round(truth.width * scale)), 255, np.uint8))
    assert size_factor(truth) == pytest.approx(truth.dpi / 300, rel=0.1)
    assert ((label & CLASS) == BODY).mean() > 3 * ((label & CLASS) == DISPLAY).mean() > 0


def test_a_drop_capital_has_a_core_of_its_own() -> None:
    """It is display type beside lines of body type, and hangs together with none of them."""
    board = Board(Random(4))
    initials(board, Area(20, 20, 300, 400))
    display = (board.label & CLASS) == DISPLAY
    cores, stats = labelled_pieces((((board.label & CORE) > 0) * np.uint8(255)).astype(np.uint8))
    own = np.unique(cores[display & (cores > 0)])
    assert len(own) >= 1
    assert all(stats[n][2] < 2 * stats[n][3] for n in own)


def test_an_upright_caption_keeps_off_what_is_printed() -> None:
    """Beside a picture it is upright body type; where something stands already it prints nothing."""
    board = Board(Random(2))
    strip = Area(400, 40, 430, 300)
    board.picture(Area(100, 40, 398, 300), np.full((50, 60), 90, np.uint8))
    before = board.label.copy()
    upright_caption(board, strip, ink=0)
    fresh = board.label[before != board.label]
    assert fresh.size
    assert ((fresh & VERTICAL) > 0).all()
    assert np.isin(fresh & CLASS, (BODY, DISPLAY)).all()
    done = board.label.copy()
    upright_caption(board, strip, ink=0)
    assert (board.label == done).all()


def test_a_signboard_changes_a_photograph_and_no_more() -> None:
    """Its letters are of the picture; a picture too small for a board stays as it is."""
    pixels = np.full((400, 500), 120, np.uint8)
    signboard(pixels, Random(3))
    assert (pixels != 120).any()
    small = np.full((8, 8), 120, np.uint8)
    signboard(small, Random(3))
    assert (small == 120).all()
