"""`python -m samples.gutters draw FOLDER` and `… fit FOLDER`: fits layout/lines/gutter_trees.npz.

Pages are drawn by the typesetter and by a browser, by the seeds below and from the pages made by hand that are fitted
(`samples.articles`). Of each the lines before they are parted are kept, the ink, the network's cores, and which
printed line each character is of: where the white in a row has characters of two printed lines at its sides, it is a
gutter.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from layout.analyze import Detectors, detected
from layout.blocks.line_detection import DetectedLines
from layout.input.scan import open_scan
from layout.lines.core_lines import unparted_lines
from layout.lines.detected_line import DetectedLine
from layout.lines.gutters import FILE, FIRST, SECOND, Whites, company, may_run_over, measures, whites_of
from layout.marks.marks import Marks
from layout.page import Direction
from layout.prepare.normalized import Normalized
from samples.articles import FITTED_PAGES
from samples.boosting import classifier, flat
from samples.browser.copies import PRINT, handmade_copies, random_copies
from samples.typeset.chance import random_issue
from samples.typeset.truth import PageTruth

OUT: Final = Path(__file__).parents[1] / "layout" / "lines" / FILE
TYPESET: Final[Mapping[str, Sequence[int]]] = {"front": range(47000, 47015), "modern": range(47100, 47112)}
"""The typesetter's issues, by style."""
BROWSER: Final[Mapping[str, Sequence[int]]] = {"browser_full": range(7000, 7045), "browser_mixed": range(7100, 7120)}
"""The random pages that a browser sets."""
LEVELS: Final = (PRINT, "office")
PARTS: Final = 2
"""Parts of the pages: the first pass tells the second of each part by trees that were fitted on the other."""
_HANDMADE: Final = 3.0
"""Weight of a white of a page made by hand, where one of another page counts 1."""
_UNKNOWN: Final = -1
"""Of a white without printed characters on both sides, and of one before a note that ends a row."""
_NOTES: Final = frozenset({"marker", "credit", "byline"})
"""What stands at the end of a row behind its text: the white before it is no gutter, and parting it does no harm."""


@dataclass(frozen=True)
class KeptPage:
    """A page before its rows are parted: `rows` are x0, y0, x1, y1, size and whether it is level, a row a line."""

    name: str
    rows: npt.NDArray[np.float64]
    ink: npt.NDArray[np.uint8]
    core: npt.NDArray[np.uint8]
    points: npt.NDArray[np.float64]
    """The middles of the printed characters, shape (characters, 2)."""
    owner: npt.NDArray[np.int64]
    """The printed line of each."""
    notes: npt.NDArray[np.bool_]
    """Whether it is of a note."""

    def save(self, file: Path) -> None:
        """The page as one file; the pictures are kept as PNG."""
        pictures = {k: cv2.imencode(".png", v)[1] for k, v in (("ink", self.ink), ("core", self.core))}
        np.savez(file, rows=self.rows, points=self.points, owner=self.owner, notes=self.notes, **pictures)

    @classmethod
    def load(cls, file: Path) -> KeptPage:
        with np.load(file) as f:
            ink, core = (np.asarray(cv2.imdecode(f[k], cv2.IMREAD_GRAYSCALE), dtype=np.uint8) for k in ("ink", "core"))
            return cls(file.stem, f["rows"], ink, core, f["points"], f["owner"], f["notes"])


def draw(folder: Path) -> Iterator[str]:
    """Draws all pages, keeps them in the folder, and gives their names."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scans:
        for name, file, truth in _scans(Path(scans)):
            for n, page in enumerate(_kept(name, file, truth)):
                page.save(folder / f"{name}-{truth.number}-{n}.npz")
            yield name


def _scans(folder: Path) -> Iterator[tuple[str, Path, PageTruth]]:
    for style, seeds in TYPESET.items():
        for seed in seeds:
            issue = random_issue(seed, 2, style=style, small=True)
            files = [f for f in issue.write(folder) if f.suffix != ".json"]
            yield from ((f"{style}-{seed}", f, p.truth) for f, p in zip(files, issue.pages, strict=True))
    for style, seeds in BROWSER.items():
        yield from ((c.name, c.write(folder), c.truth) for c in random_copies(style, seeds))
    yield from ((c.name, c.write(folder), c.truth) for c in handmade_copies(FITTED_PAGES, LEVELS))


def _kept(name: str, file: Path, truth: PageTruth) -> Iterator[KeptPage]:
    """The leaves of a scan whose type is level."""
    points = np.array([c for line in truth.lines for c in line.centres], dtype=np.float64).reshape(-1, 2)
    owner = np.array([n for n, line in enumerate(truth.lines) for _ in line.centres], dtype=np.int64)
    notes = np.array([line.kind.value in _NOTES for line in truth.lines for _ in line.centres], dtype=np.bool_)
    for leaf in detected(open_scan(file), truth.number, Detectors(lines=_NoLines())):
        if leaf.normalized.lying:
            continue
        upright = np.array(leaf.normalized.to_scan.inverse(map(tuple, points))).reshape(-1, 2)
        lines = unparted_lines(leaf.marks)
        seg = leaf.marks.segmentation
        yield KeptPage(name, _rows(lines), leaf.marks.type_ink, seg.core, upright, owner, notes)


@dataclass(frozen=True, slots=True)
class _NoLines:
    """A line detector that finds nothing: the lines are asked for before they are parted."""

    def detect(self, normalized: Normalized, marks: Marks) -> DetectedLines:
        del normalized, marks
        return DetectedLines(())


def _rows(lines: Sequence[DetectedLine]) -> npt.NDArray[np.float64]:
    rows = [(n.box.x0, n.box.y0, n.box.x1, n.box.y1, n.size, n.direction is Direction.HORIZONTAL) for n in lines]
    return np.array(rows, dtype=np.float64).reshape(-1, 6)


@dataclass(frozen=True, slots=True)
class LabelledWhites:
    """The whites of a page with their measures and whether each is a gutter (1, 0, or unknown)."""

    boxes: npt.NDArray[np.int64]
    found: Whites
    measures: npt.NDArray[np.float64]
    labels: npt.NDArray[np.int64]
    weight: float


def labelled(page: KeptPage) -> LabelledWhites:
    """The page's whites, each with what the truth says."""
    boxes, level = page.rows[:, :4].astype(np.int64), page.rows[:, 5] > 0
    found = whites_of(boxes, may_run_over(level, page.rows[:, 4]), page.ink)
    rows = measures(boxes[level], boxes, found, page.ink, page.core)
    style = page.name.split("-")[0]
    return LabelledWhites(boxes, found, rows, _labels(page, boxes, found), _HANDMADE if style in FITTED_PAGES else 1.0)


def _labels(page: KeptPage, boxes: npt.NDArray[np.int64], found: Whites) -> npt.NDArray[np.int64]:
    out = np.full(len(found), _UNKNOWN, dtype=np.int64)
    x, y = page.points.T
    for k in range(len(found)):
        x0, y0, x1, y1 = boxes[found.row[k]]
        held = np.flatnonzero((x >= x0) & (x <= x1) & (y >= y0) & (y <= y1))
        middle = (found.begin[k] + found.right[k]) / 2
        left, right = held[x[held] < middle], held[x[held] > middle]
        if not len(left) or not len(right):
            continue
        a, b = left[x[left].argmax()], right[x[right].argmin()]
        if page.owner[a] == page.owner[b]:
            out[k] = 0
        elif not page.notes[b] or page.notes[a]:
            out[k] = 1
    return out


def fit(pages: Sequence[LabelledWhites]) -> dict[str, npt.NDArray[Any]]:
    """The trees of both passes, as the arrays of the file."""
    odds: dict[int, npt.NDArray[np.float64]] = {}
    first = []
    for part in range(PARTS):
        first.append(_fitted([p.measures for p in pages[part::PARTS]], pages[part::PARTS]))
        odds |= {
            n: first[-1].decision_function(p.measures)
            for n, p in enumerate(pages)
            if n % PARTS != part and len(p.found)
        }
    rows = [np.hstack([p.measures, company(p.boxes, p.found, odds.get(n, np.zeros(0)))]) for n, p in enumerate(pages)]
    second = _fitted(rows, pages)
    models = ((FIRST, first), (SECOND, [second]))
    return {f"{name}_{k}": v for name, own in models for k, v in flat(own).items()}


def _fitted(rows: Sequence[npt.NDArray[np.float64]], pages: Sequence[LabelledWhites]) -> Any:
    kept = [(x, p) for x, p in zip(rows, pages, strict=True) if len(p.found)]
    labels = np.concatenate([p.labels for _, p in kept])
    weights = np.concatenate([np.full(len(p.labels), p.weight) for _, p in kept])
    known = labels != _UNKNOWN
    print(f"{known.sum():,} whites, {(labels == 1).sum():,} gutters", file=sys.stderr)
    return _model().fit(np.vstack([x for x, _ in kept])[known], labels[known], sample_weight=weights[known])


def _model() -> Any:
    return classifier(
        max_iter=120,
        learning_rate=0.08,
        max_leaf_nodes=8,
        min_samples_leaf=12,
        l2_regularization=5.0,
        max_features=0.4,
        max_bins=128,
        early_stopping=False,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.gutters", description=__doc__)
    parser.add_argument("what", choices=("draw", "fit"))
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args(arguments)
    if chosen.what == "draw":
        for name in draw(chosen.folder):
            print(name, file=sys.stderr)
    else:
        pages = [labelled(KeptPage.load(f)) for f in sorted(chosen.folder.glob("*.npz"))]
        np.savez_compressed(chosen.out, **fit(pages))
    return 0


if __name__ == "__main__":
    sys.exit(main())
