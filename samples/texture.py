"""`python -m samples.texture SEED END`: fits the weights by which layout tells the texture of pictures from type.

Random pages are printed by a browser and their lines detected. A line with no printed character in it is texture. The
weights of `layout.lines.picture_texture` are those of a logistic regression on its cues, and are printed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from layout.analyze import P, detected
from layout.input.scan import Scan, open_scan
from layout.lines.picture_texture import DEFAULT, WEIGHTS, texture_cues, usual_contrast
from samples.browser.copies import STYLES, random_copies
from samples.typeset.truth import PageTruth

_SHRINK: Final = 2.0
"""Weight of the squared weights of the standardized cues in the loss."""
_MARGIN: Final = 3
"""Pixels about a line's box within which a character is of the line."""
_STEPS: Final = 50
"""Steps of Newton's method; it settles in some twenty."""

Rows = npt.NDArray[np.float64]
"""Shape (n, cues)."""


def rows(scan: Scan, truth: PageTruth) -> Iterator[tuple[list[float], bool]]:
    """The cues of each doubtful line of a page, in the order of the weights, and whether it is texture."""
    for leaf in detected(scan, 1):
        seg = leaf.marks.segmentation
        lines = [n for n in leaf.lines.all if seg.text_share(n.box) > P.least_text]
        sure = [n for n in lines if seg.text_share(n.box) >= DEFAULT.sure]
        usual = usual_contrast(sure, leaf.marks.type_ink, leaf.normalized.gray)
        printed = [p for n in truth.lines for p in n.centres]
        at = np.array(leaf.normalized.to_scan.inverse(map(tuple, printed))).reshape(-1, 2)
        for n in lines:
            if seg.text_share(n.box) < DEFAULT.sure:
                cues = texture_cues(n, leaf.marks, leaf.normalized.gray, usual)
                b = n.box.grown(_MARGIN)
                inside = (at >= (b.x0, b.y0)).all(axis=1) & (at <= (b.x1, b.y1)).all(axis=1)
                yield [cues[name] for name in WEIGHTS], not bool(inside.any())


def fitted(cues: Rows, texture: npt.NDArray[np.bool_]) -> tuple[Rows, float]:
    """Weights of the cues and the bias of a logistic regression."""
    middle, spread = cues.mean(axis=0), cues.std(axis=0)
    one = np.column_stack([(cues - middle) / spread, np.ones(len(cues))])
    shrink = np.append(np.full(cues.shape[1], _SHRINK), 1e-6)
    weights = np.zeros(one.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-one @ weights))
        slope = one.T @ (p - texture) + shrink * weights
        weights -= np.linalg.solve((one * (p * (1 - p))[:, None]).T @ one + np.diag(shrink), slope)
    own = weights[:-1] / spread
    return own, float(weights[-1] - (own * middle).sum())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.texture", description=__doc__)
    parser.add_argument("first", type=int)
    parser.add_argument("end", type=int)
    chosen = parser.parse_args(arguments)
    found: list[tuple[list[float], bool]] = []
    with tempfile.TemporaryDirectory() as folder:
        for style in STYLES:
            for copy in random_copies(style, range(chosen.first, chosen.end)):
                found += rows(open_scan(copy.write(Path(folder))), copy.truth)
    cues, texture = np.array([c for c, _ in found]), np.array([t for _, t in found])
    weights, bias = fitted(cues, texture)
    for name, weight in zip(WEIGHTS, weights, strict=True):
        print(f"{name:>10} {weight:6.1f}")
    told = cues @ weights + bias >= DEFAULT.least
    print(f"{'bias':>10} {bias:6.1f}")
    print(f"texture told {int((told & texture).sum())} of {int(texture.sum())}, type {int((told & ~texture).sum())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
