"""What the script of a language makes of a network's answer: the classes left share what the others held."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from ocr.ppocr.network import Frames, Network

PRIOR = np.array([1.0, 1.0, 0.25, 0.0, 0.0], dtype=np.float32)
"""Two classes of the script, one that it has seldom, two that it never has."""


def in_script(frames: Frames) -> Frames:
    network = SimpleNamespace(_prior=PRIOR, _unlikely=np.array([2]), _foreign=np.array([3, 4]))
    return Network._in_script(cast("Network", network), frames)


@pytest.mark.parametrize("foreign", [0.0, 0.3, 0.999, 1 - 1e-6, 1 - 1e-8, 1.0])
def test_confidences_are_shares_of_what_is_left(foreign: float) -> None:
    """However sure the network was of what the script never has."""
    left = 1 - foreign
    frames = np.array([[0.7 * left, 0.1 * left, 0.2 * left, 0.5 * foreign, 0.5 * foreign]], dtype=np.float32)
    plain = frames.astype(np.float64) * PRIOR
    wanted = plain / np.maximum(plain.sum(axis=1, keepdims=True), np.finfo(np.float32).tiny)
    assert in_script(frames.copy()) == pytest.approx(wanted, abs=1e-4)
    assert in_script(frames.copy()).max() <= 1 + 1e-5
