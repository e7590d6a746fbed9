"""The printer's rules: fine, thick, double, dotted, broken, thick and thin."""

from __future__ import annotations

from typing import Final

from samples.typeset.canvas import Ink, Rule


def solid(bar: Ink) -> None:
    bar[:] = 0


def double(bar: Ink) -> None:
    """Two fine lines at the edges."""
    bar[: max(1, bar.shape[0] // 4)] = 0
    bar[-max(1, bar.shape[0] // 4) :] = 0


def thick_thin(bar: Ink) -> None:
    """文武线: a thick line and a fine one."""
    bar[: max(2, bar.shape[0] // 2)] = 0
    bar[-max(1, bar.shape[0] // 6) :] = 0


def dotted(bar: Ink) -> None:
    step = max(6, 3 * bar.shape[0])
    for x in range(0, bar.shape[1], step):
        bar[:, x : x + step // 3] = 0


def dashed(bar: Ink) -> None:
    step = max(30, 8 * bar.shape[0])
    for x in range(0, bar.shape[1], step):
        bar[:, x : x + step * 2 // 3] = 0


def worn(bar: Ink) -> None:
    """A rule that did not take ink everywhere."""
    bar[:] = 0
    step = 211
    for n, x in enumerate(range(0, bar.shape[1], step)):
        gap = x + (n * 67) % 150
        bar[:, gap : gap + 9 + n % 14] = 255


def wave(bar: Ink) -> None:
    """水线: a wavy line."""
    h = bar.shape[0]
    thick = max(1, h // 3)
    span = max(2, 2 * (h - thick))
    for x in range(bar.shape[1]):
        phase = (x // 2) % span
        y = phase if phase <= span // 2 else span - phase
        bar[y : y + thick, x] = 0


STYLES: Final[dict[str, tuple[Rule, int]]] = {
    "fine": (solid, 3),
    "medium": (solid, 5),
    "thick": (solid, 12),
    "double": (double, 12),
    "thick_thin": (thick_thin, 16),
    "dotted": (dotted, 4),
    "dashed": (dashed, 4),
    "worn": (worn, 4),
    "wave": (wave, 9),
}
"""Each style's name, its program, and its thickness in pixels at 300 dpi."""
