"""`python -m samples.gutters draw FOLDER` and `… fit FOLDER`: fits layout/lines/gutter_trees.npz.

Pages are drawn by the typesetter and by a browser, by the seeds below and from the pages made by hand that are fitted
(`samples.articles`). Of each the lines before they are parted are kept, the ink, the network's cores, and which
printed line each character is of: where the white in a row, or between two rows, has characters of two printed lines at
its sides, it is a gutter.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any, Final
from zlib import crc32

import cv2
import numpy as np
import numpy.typing as npt

from layout.analyze import Detectors, detected
from layout.blocks.line_detection import DetectedLines
from layout.input.scan import open_scan
from layout.lines.core_lines import unparted_lines
from layout.lines.detected_line import DetectedLine
from layout.lines.gutters import FILE, FIRST, SECOND, Candidates, candidates, company, may_run_over, measures
from layout.marks.marks import Marks
from layout.page import Direction
from layout.params import EM
from layout.prepare.normalized import Normalized
from layout.prepare.segmentation import SCALE
from samples.articles import FITTED_PAGES
from samples.boosting import classifier, flat
from samples.browser.copies import PRINT, handmade_copies, random_copies
from samples.typeset.chance import random_issue
from samples.typeset.truth import PageTruth

OUT: Final = Path(__file__).parents[1] / "layout" / "lines" / FILE
TYPESET: Final[Mapping[str, Sequence[int]]] = {
    "front": range(47000, 47015),
    "modern": range(47100, 47112),
    "vertical": range(47200, 47208),
    "register": range(47300, 47312),
}
"""The typesetter's issues, by style."""
BROWSER: Final[Mapping[str, Sequence[int]]] = {"browser_full": range(7000, 7045), "browser_mixed": range(7100, 7120)}
"""The random pages that a browser sets."""
LEVELS: Final = (PRINT, "office")
PARTS: Final = 2
"""Parts of the pages: the first pass tells the second of each part by trees that were fitted on the other."""
_HANDMADE: Final = 3.0
"""Weight of a white of a page made by hand, where one of another page counts 1."""
_UNKNOWN: Final = -1
"""The label of a white without printed characters on both sides, and of one before a note that ends a row."""
_BRIDGED: Final = 0.2
"""Share of the rows with one beside them that are joined with it in the second copy of a page."""
_SEEN: Final = 0.7
"""Share of these rows over whose white the network's core runs on."""
_HOLES: Final = 0.2
"""Share of the other rows in which a white is made that is no gutter."""
_HOLED: Final = 9.0
"""Length of such a row in em, at least."""
_TORN: Final = 0.15
"""Share of the rest of these rows that are torn at a white of theirs, as where the core of digits or a dash fails."""
_TEAR: Final = (0.2, 1.0)
"""Width of such a white, and its distance from the row's ends, at least, in em."""
_HOLE: Final = (0.8, 3.5)
"""Width of such a white in em."""
_HUNG: Final = 0.3
"""Share of these rows whose first part ends with a comma that hangs in the gutter."""
_ROOM: Final = 0.8
"""White in em that such a comma needs, at least."""
_COMMA: Final = (0.2, 0.4, 0.3)
"""The width and height of such a comma, and the white before it, in em."""
_SIDE_BY_SIDE: Final = 0.6
"""Overlap of two such rows, in the height of the lower."""
_GAP: Final = (0.4, 4.5)
"""White between them in em, at least and at most."""
_OPEN: Final = slice(6, 8)
"""The places among a white's measures of how far it goes on above and below."""
_CELLS: Final = 1.5
"""How far, in em, a white between two parts of one printed line goes on both ways, at least, where they are cells."""
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
    """The leaves of a scan; one of vertical type lies down."""
    points = np.array([c for line in truth.lines for c in line.centres], dtype=np.float64).reshape(-1, 2)
    owner = np.array([n for n, line in enumerate(truth.lines) for _ in line.centres], dtype=np.int64)
    notes = np.array([line.kind.value in _NOTES for line in truth.lines for _ in line.centres], dtype=np.bool_)
    for leaf in detected(open_scan(file), truth.number, Detectors(lines=_NoLines())):
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

    name: str
    """The page's, without the level of its copy."""
    found: Candidates
    measures: npt.NDArray[np.float64]
    labels: npt.NDArray[np.int64]
    weight: float


def labelled_pages(folder: Path) -> Iterator[LabelledWhites]:
    """The whites of the kept pages, each page as it was found and with some of its rows joined."""
    for number, file in enumerate(sorted(folder.glob("*.npz"))):
        page = KeptPage.load(file)
        yield labelled(page)
        yield labelled(bridged(page, Random(number)))


def labelled(page: KeptPage) -> LabelledWhites:
    """The page's whites, each with what the truth says."""
    boxes, level = page.rows[:, :4].astype(np.int64), page.rows[:, 5] > 0
    found = candidates(boxes, may_run_over(level, page.rows[:, 4]), page.ink)
    rows = measures(boxes[level], found, page.ink, page.core)
    style = page.name.partition("-")[0]
    name, weight = (style, _HANDMADE) if style in FITTED_PAGES else (page.name, 1.0)
    return LabelledWhites(name, found, rows, _labels(page, found, rows), weight)


def bridged(page: KeptPage, rng: Random) -> KeptPage:
    """The page with some rows that stand side by side joined, as where the network's cores run on over a gutter.

    On drawn pages they seldom do at gutters that everything around tells of; on scans of printed pages they may. A
    comma hangs in some of the gutters, some other rows have a white within them, and some are torn.
    """
    rows, ink, core, gone = page.rows.copy(), page.ink.copy(), page.core.copy(), set[int]()
    torn: list[npt.NDArray[np.float64]] = []
    for a in np.flatnonzero(rows[:, 5] > 0).tolist():
        x0, y0, x1, y1 = rows[a, :4]
        shared = np.minimum(rows[:, 3], y1) - np.maximum(rows[:, 1], y0)
        level = shared > _SIDE_BY_SIDE * np.minimum(y1 - y0, rows[:, 3] - rows[:, 1])
        gap = (rows[:, 0] - x1) / EM
        beside = np.flatnonzero(level & (rows[:, 5] > 0) & (gap > _GAP[0]) & (gap < _GAP[1]))
        b = int(beside[rows[beside, 0].argmin()]) if len(beside) else None
        if a in gone:
            continue
        if b is not None and b not in gone and rng.random() < _BRIDGED:
            rows[a, :4] = x0, min(y0, rows[b, 1]), rows[b, 2], max(y1, rows[b, 3])
            gone.add(b)
            if rng.random() < _SEEN:
                core[_middle(y0, y1), int(x1 * SCALE) : int(rows[b, 0] * SCALE) + 1] = 255
            if gap[b] > _ROOM and rng.random() < _HUNG:
                _hang(ink, (x1, y1))
        elif x1 - x0 > _HOLED * EM and rng.random() < _HOLES:
            _hole(ink, core, rows[a, :4], rng)
        elif x1 - x0 > _HOLED * EM and rng.random() < _TORN:
            torn += _torn(ink, core, rows[a], rng)
    return replace(page, rows=np.vstack([np.delete(rows, sorted(gone), axis=0), *torn]), ink=ink, core=core)


def _torn(
    ink: npt.NDArray[np.uint8], core: npt.NDArray[np.uint8], row: npt.NDArray[np.float64], rng: Random
) -> list[npt.NDArray[np.float64]]:
    """The second part of a row that is torn at one of its whites; the row is shortened in place to its first part."""
    x0, y0, x1, y1 = (round(v) for v in row[:4].tolist())
    inked = (ink[y0:y1, x0:x1] > 0).any(axis=0)
    turns = np.flatnonzero(np.diff(np.concatenate(([0], inked, [0]))))
    whites = [(a, b) for a, b in zip(turns[1:-1:2].tolist(), turns[2::2].tolist(), strict=True)]
    wide = [w for w in whites if w[1] - w[0] >= _TEAR[0] * EM and min(w[0], x1 - x0 - w[1]) > _TEAR[1] * EM]
    if not wide:
        return []
    left, right = rng.choice(wide)
    core[_middle(y0, y1), int((x0 + left) * SCALE) : round((x0 + right) * SCALE)] = 0
    second = row.copy()
    row[2], second[0] = x0 + left, x0 + right
    return [second[None]]


def _middle(y0: float, y1: float) -> slice:
    """The rows of the network's picture in which the core of a line from `y0` to `y1` lies: its middle half."""
    middle, thick = (y0 + y1) / 2 * SCALE, max(1, round((y1 - y0) / 4 * SCALE))
    return slice(round(middle) - thick, round(middle) + thick)


def _hole(ink: npt.NDArray[np.uint8], core: npt.NDArray[np.uint8], row: npt.NDArray[np.float64], rng: Random) -> None:
    """A white of an em or two within a row, as a space in a list or a glyph that is not printed leaves."""
    x0, y0, x1, y1 = row.tolist()
    wide = rng.uniform(*_HOLE) * EM
    x = rng.uniform(x0 + 3 * EM, x1 - 3 * EM - wide)
    ink[int(y0) : round(y1), int(x) : round(x + wide)] = 0
    if rng.random() < _SEEN:
        core[_middle(y0, y1), int(x * SCALE) : round((x + wide) * SCALE)] = 255


def _hang(ink: npt.NDArray[np.uint8], corner: tuple[float, float]) -> None:
    """A comma behind a row that ends at the corner, its lower right one, as it hangs beyond the edge of a column."""
    width, height, white = (round(v * EM) for v in _COMMA)
    x, y = round(corner[0]) + white, round(corner[1])
    ink[y - height : y, x : x + width] = np.iinfo(np.uint8).max


def _labels(page: KeptPage, may: Candidates, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    boxes, found = may.boxes, may.whites
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
            cells = k >= may.within and rows[k, _OPEN].min() > _CELLS
            out[k] = _UNKNOWN if cells else 0
        elif not page.notes[b] or page.notes[a]:
            out[k] = 1
    return out


def fit(pages: Sequence[LabelledWhites]) -> dict[str, npt.NDArray[Any]]:
    """The trees of both passes, as the arrays of the file; a page's copies are of one part."""
    part = [crc32(p.name.encode()) % PARTS for p in pages]
    first = [_fitted([(p.measures, p) for p, own in zip(pages, part, strict=True) if own == k]) for k in range(PARTS)]
    rows = []
    for p, own in zip(pages, part, strict=True):
        others = [first[k].decision_function(p.measures) for k in range(PARTS) if k != own and len(p.found.whites)]
        odds = np.mean(others, axis=0) if others else np.zeros(0)
        rows.append((np.hstack([p.measures, company(p.found, odds)]), p))
    second = _fitted(rows)
    models = ((FIRST, first), (SECOND, [second]))
    return {f"{name}_{k}": v for name, own in models for k, v in flat(own).items()}


def _fitted(pages: Sequence[tuple[npt.NDArray[np.float64], LabelledWhites]]) -> Any:
    kept = [(x, p) for x, p in pages if len(p.found.whites)]
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
        np.savez_compressed(chosen.out, **fit(list(labelled_pages(chosen.folder))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
