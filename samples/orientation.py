"""`python -m samples.orientation layout/orientation.npz`: fits what tells which way up a glyph stands.

Glyphs are taken from drawn pages of every style and damage, as layout takes them. The network gives each glyph, turned
four ways, one figure for how upright it looks; fitted is the likelihood of the true way (a conditional logit over the
four turns), so that no way up is preferred by itself. Seeds from 7000 fit, seeds from 7900 measure.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from layout.ink import even, ink, without_surround
from layout.prepare.orientation import SIDE, Glyphs, single_glyphs
from layout.prepare.type_size import type_size
from samples.descent import Descent
from samples.typeset.chance import random_issue

LEVELS: Final = ("clean", "office", "poor", "coarse", "tiny", "one_bit", "office", "poor")
STYLES: Final = ("modern", "traditional", "vertical", "modern", "vertical")
PAGES: Final = 80
MEASURED: Final = 16
HIDDEN: Final = 64
ROUNDS: Final = 40
BATCH: Final = 256
RATE: Final = 2e-3
DECAY: Final = 1e-4

Array = npt.NDArray[np.floating]
"""Figures of single precision; shapes are told where they are made."""


def drawn_glyphs(first: int, count: int) -> Glyphs:
    """Upright glyphs of `count` drawn pages."""
    pages = []
    for n in range(count):
        level, style = LEVELS[n % len(LEVELS)], STYLES[n % len(STYLES)]
        page = random_issue(first + n, 1, level, small=True, style=style).pages[0]
        gray = np.asarray(page.image.convert("L"))
        evened = without_surround(even(gray, 160), 20)
        black = ink(evened, 20)
        em = type_size(black)
        if em:
            pages.append(single_glyphs(evened, black, em))
    return np.concatenate(pages)


def four_ways(glyphs: Glyphs) -> Array:
    """Each glyph turned back by 0, 90, 180 and 270 degrees, shape (n, 4, SIDE * SIDE); the first stands upright."""
    ways: Array = np.empty((len(glyphs), 4, SIDE**2), dtype=np.float32)
    for k in range(4):
        ways[:, k] = np.rot90(glyphs, k, axes=(1, 2)).reshape(len(glyphs), -1)
    return ways


def jittered(glyphs: Glyphs, rng: np.random.Generator) -> Glyphs:
    """The glyphs, each moved by up to a pixel and made fainter or stronger."""
    down, right = rng.integers(-1, 2, 2)
    strength = rng.uniform(0.7, 1.2, (len(glyphs), 1, 1)).astype(np.float32)
    return np.asarray(np.clip(np.roll(glyphs, (down, right), axis=(1, 2)) * strength, 0, 1), dtype=np.float32)


def fitted(glyphs: Glyphs) -> dict[str, Array]:
    """The network's weights (Adam; Kingma and Ba, 2015)."""
    rng = np.random.default_rng(7)
    weights: dict[str, Array] = {
        "first": rng.normal(0, (2 / SIDE**2) ** 0.5, (SIDE**2, HIDDEN)).astype(np.float32),
        "bias": np.zeros(HIDDEN, dtype=np.float32),
        "second": rng.normal(0, (1 / HIDDEN) ** 0.5, HIDDEN).astype(np.float32),
    }

    def slopes(now: dict[str, Array], at: npt.NDArray[np.intp]) -> dict[str, Array]:
        found = gradient(now, four_ways(jittered(glyphs[at], rng)))
        return {k: g + DECAY * now[k] for k, g in found.items()}

    return Descent(ROUNDS, BATCH, RATE).fitted(weights, len(glyphs), slopes, rng)


def figures(weights: dict[str, Array], ways: Array) -> tuple[Array, Array]:
    """How upright each way looks, shape (n, 4), and the hidden layer."""
    hidden = np.maximum(0, ways @ weights["first"] + weights["bias"])
    return hidden @ weights["second"], hidden


def gradient(weights: dict[str, Array], ways: Array) -> dict[str, Array]:
    """The gradient of minus the mean log-likelihood that the first way is the upright one."""
    out, hidden = figures(weights, ways)
    share = np.exp(out - out.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    share[:, 0] -= 1
    share /= len(ways)
    back = share[:, :, None] * weights["second"] * (hidden > 0)
    return {
        "first": np.einsum("nki,nkh->ih", ways, back, optimize=True),
        "bias": back.sum(axis=(0, 1)),
        "second": np.einsum("nk,nkh->h", share, hidden),
    }


def told(weights: dict[str, Array], glyphs: Glyphs) -> float:
    """The share of glyphs whose upright way looks the most upright."""
    return float((figures(weights, four_ways(glyphs))[0].argmax(axis=1) == 0).mean())


def main(file: str) -> int:
    glyphs = drawn_glyphs(7000, PAGES)
    weights = fitted(glyphs)
    print(f"{len(glyphs)} glyphs; told right {told(weights, glyphs):.3f} of them,", end=" ")
    print(f"{told(weights, drawn_glyphs(7900, MEASURED)):.3f} of those of other pages")
    first, bias, second = (weights[k].astype(np.float16) for k in ("first", "bias", "second"))
    np.savez_compressed(Path(file), first=first, bias=bias, second=second)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
