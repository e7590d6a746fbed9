"""Grain is measured as it is, and only a sheet that has much of it is smoothed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.geometry import Projection
from layout.prepare.noise import grain
from layout.sheet import Sheet
from ocr.pictures.calm import DISTURBING, calmed
from tests.ocr.prints import set_lines

TEXT = ("春来江水绿如蓝日出江花红胜火", "能不忆江南江南忆最忆是杭州") * 6


def with_grain(deviation: float) -> Sheet:
    """A sheet of print with so much grain, in grey levels."""
    gray = set_lines(*TEXT).sheet.gray.astype(np.float64) * 0.8
    noise = np.random.default_rng(5).normal(0, deviation, gray.shape) if deviation else 0.0
    return Sheet(np.clip(gray + noise, 0, 255).astype(np.uint8), Projection())


@pytest.mark.parametrize("deviation", [0.0, 3.0, 8.0, 20.0])
def test_grain_is_measured_beside_print(deviation: float) -> None:
    """On a page full of print the grain of its paper is found, to a fifth or half a grey level."""
    assert abs(grain(with_grain(deviation).gray) - deviation) <= max(0.5, 0.2 * deviation)


def test_a_clean_sheet_is_left_as_it_is() -> None:
    """Below what disturbs, the very same sheet comes back."""
    sheet = with_grain(DISTURBING - 1.5)
    assert calmed(sheet, 38) is sheet


def test_a_grainy_sheet_is_smoothed_not_binarized() -> None:
    """Grain goes down by half at least, and greys between paper and ink stay."""
    sheet = with_grain(15)
    smooth = calmed(sheet, 38)
    assert grain(smooth.gray) < 0.5 * grain(sheet.gray)
    assert len(np.unique(smooth.gray)) > 100
    assert smooth.to_scan == sheet.to_scan


@settings(max_examples=30)
@given(st.integers(1, 700), st.integers(1, 700))
def test_any_sheet_has_a_grain(height: int, width: int) -> None:
    """Sheets of a pixel, and long thin ones, are measured too."""
    assert grain(np.full((height, width), 200, np.uint8)) == 0.0
