"""`python -m samples.pieces rows ROWS.npz` and `… fit MODELS.npz ROWS.npz ...`: fits layout/pieces.npz.

Issues are drawn by chance, analysed, and cut into tiles with the models of the day. Of the tiles and cuts that came up,
and of others that random true cuts lead to, the truth says whether a tile holds one piece and whether a cut parts none.
Boosted trees learn both from the evidence alone (`layout.blocks.partition_features`). Fitting needs scikit-learn
(`make pieces`); the trees go into plain arrays, and layout reads them without it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final
from unittest import mock

import numpy as np

from layout.analyze import analyze
from layout.blocks.partition import Partition
from layout.blocks.partition_features import Item, ItemRole, Members, Way
from layout.geometry import Box
from layout.input.scan import Scan
from layout.page import Page
from layout.params import EM
from samples.boosting import classifier, flat
from samples.typeset.chance import random_issue
from samples.typeset.truth import Mark, PageTruth, TruthLine

LEVELS: Final = ("office", "poor", "clean", "office", "skewed", "poor")
PAGES: Final = 2
TILES: Final = 100
"""Sets of items taken from a page."""
WALKS: Final = 12
"""Ways of cutting a page by chance, most of them true."""
PARTS: Final = 5
"""Models that are fitted, each without a fifth of the issues; chance alone tells them apart, so their mean is taken."""
ASTRAY: Final = 0.25
"""The chance that a walk goes on cutting a piece that is whole already."""

Labels = Counter[str]
"""How many printed lines of each piece an item, or a set of them, holds."""


@dataclass
class Rows:
    """Evidence and truth of tiles and of cuts, one entry each, and the issue that they come from."""

    tiles: list[list[float]] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    tile_issues: list[int] = field(default_factory=list)
    cuts: list[list[float]] = field(default_factory=list)
    valid: list[bool] = field(default_factory=list)
    cut_issues: list[int] = field(default_factory=list)

    def write(self, path: Path) -> None:
        arrays = {name: np.array(values) for name, values in vars(self).items()}
        np.savez_compressed(path, **arrays)


@dataclass(frozen=True)
class Puzzle:
    """A partition as it came up, and what its items hold."""

    partition: Partition
    labels: tuple[Labels, ...]

    def of(self, members: Members) -> Labels:
        return sum((self.labels[i] for i in members), Labels())

    @property
    def total(self) -> Labels:
        return self.of(tuple(range(len(self.labels))))

    def is_mixed(self, members: Members) -> bool | None:
        """Whether the tile holds two pieces, or much of two; None where it holds nothing that is known."""
        held, total = self.of(members), self.total
        if not held:
            return None
        _, *others = held.most_common()
        return any(n >= 0.4 * total[p] or n > 0.05 * held.total() for p, n in others)

    def is_valid(self, first: Members, second: Members) -> bool:
        """Whether no piece lies on both sides."""
        a, b, total = self.of(first), self.of(second), self.total
        return all(min(a[p], b[p]) <= max(0.5, 0.05 * total[p]) for p in a.keys() & b.keys())


def puzzles(seed: int) -> Iterator[Puzzle]:
    """The partitions of the issue's pages that have anything to part."""
    style = "traditional" if seed % 7 == 0 else "modern"
    for printed in random_issue(seed, PAGES, LEVELS[seed % len(LEVELS)], style=style).pages:
        asked: list[Partition] = []
        scan = Scan(np.asarray(printed.image.convert("L")), None, 1, float(printed.truth.dpi), "drawn", 0)
        # Layout has no use of its own for the partitions it has done with, so they are caught on their way.
        with mock.patch(
            "layout.blocks.regions.Partition", side_effect=lambda *a, told=asked: _told(Partition(*a), told)
        ):
            page, _ = analyze(scan, printed.truth.number)
        for partition in asked:
            if len(partition.items) > 1:
                yield Puzzle(partition, _labels(partition.items, _places(partition.items, page), printed.truth))


def _told(partition: Partition, told: list[Partition]) -> Partition:
    told.append(partition)
    return partition


def _places(items: Sequence[Item], page: Page) -> list[Box]:
    """Where the items lie on the scan; a drawn page has one leaf."""
    scale = EM / page.type_size
    return [Box.around(page.to_scan(tuple((x / scale, y / scale) for x, y in i.box.corners))) for i in items]


def _labels(items: Sequence[Item], places: Sequence[Box], truth: PageTruth) -> tuple[Labels, ...]:
    """Each printed line is counted for the smallest item that holds its middle; furniture is a piece of its own kind.

    An inset is a piece of its own wherever it lies; only a frame that holds less than half of a piece counts for it.
    """
    out = [Labels() for _ in items]
    every = Labels(_piece(n) for n in truth.lines)
    for line in truth.lines:
        (x0, y0, x1, y1), piece = line.box, _piece(line)
        held = [i for i, b in enumerate(places) if b.x0 <= (x0 + x1) / 2 <= b.x1 and b.y0 <= (y0 + y1) / 2 <= b.y1]
        if held:
            out[min(held, key=lambda i: places[i].area)][piece] += 1
    for i, item in enumerate(items):
        if item.role is ItemRole.INSET:
            out[i] = Labels({p: n for p, n in out[i].items() if n <= 0.5 * every[p]})
        elif item.role is ItemRole.PICTURE:
            out[i] += Labels(f"piece {m.part}" for m in truth.marks if m.part is not None and _lies_in(m, places[i]))
    return tuple(out)


def _piece(line: TruthLine) -> str:
    return f"piece {line.part}" if line.part is not None else str(line.kind)


def _lies_in(mark: Mark, place: Box) -> bool:
    shared = Box(*mark.box) & place
    least = 0.5 * min(Box(*mark.box).area, place.area)
    return mark.kind == "picture" and min(shared.width, shared.height) > 0 and shared.area > least


# -- rows --------------------------------------------------------------------------------------------------------------


def rows(seeds: Sequence[int]) -> Rows:
    """Evidence and truth from the issues of those seeds."""
    out = Rows()
    for seed in seeds:
        rng = Random(f"pieces {seed}")
        for puzzle in puzzles(seed):
            _taken(puzzle, seed, rng, out)
        print(f"{seed}: {len(out.tiles):,} tiles, {len(out.cuts):,} cuts", file=sys.stderr)
    return out


def _taken(puzzle: Puzzle, seed: int, rng: Random, out: Rows) -> None:
    """Tiles and cuts of one page added to the rows."""
    p = puzzle.partition
    sets = sorted({*p.known, *_walked(puzzle, rng)})
    rng.shuffle(sets)
    for members in sets[:TILES]:
        mixed = puzzle.is_mixed(members)
        if mixed is None:
            continue
        out.tiles.append(p.evidence.tile(members))
        out.whole.append(not mixed)
        out.tile_issues.append(seed)
        for first, second, way in _likely(p, members, rng):
            out.cuts.append(p.evidence.cut(first, second, way))
            out.valid.append(puzzle.is_valid(first, second))
            out.cut_issues.append(seed)


def _likely(p: Partition, members: Members, rng: Random) -> list[tuple[Members, Members, Way]]:
    """The cuts that the models of the day would try, and two others."""
    if len(members) < 2:
        return []
    tried = [(a, b, cut.way) for cut, a, b in p.priced(p.straight(members))]
    rest = [c for c in p.straight(members) if c not in tried]
    return [*tried, *rng.sample(rest, min(2, len(rest)))]


def _walked(puzzle: Puzzle, rng: Random) -> Iterator[Members]:
    """Sets of items that true cuts lead to, and now and then a false one."""
    for _ in range(WALKS):
        todo = [tuple(range(len(puzzle.labels)))]
        while todo:
            members = todo.pop()
            yield members
            cuts = puzzle.partition.straight(members) if len(members) > 1 else []
            true = [c for c in cuts if puzzle.is_valid(c[0], c[1])]
            if puzzle.is_mixed(members) and true:
                todo += rng.choice(true)[:2]
            elif cuts and rng.random() < ASTRAY:
                todo += rng.choice(cuts)[:2]


# -- the fit -----------------------------------------------------------------------------------------------------------


def fit(files: Sequence[Path], out: Path) -> None:
    """Fits both models on the rows of all the files, and says how well they hold on issues that had no part in it."""
    data = [np.load(f) for f in files]
    saved: dict[str, np.ndarray] = {}
    for name, evidence, truth, issues in (
        ("tile", "tiles", "whole", "tile_issues"),
        ("cut", "cuts", "valid", "cut_issues"),
    ):
        x, y, issue = (np.concatenate([d[k] for d in data]) for k in (evidence, truth, issues))
        models, losses = [], []
        for part in range(PARTS):
            others = issue % PARTS == part
            models.append(_model().fit(x[~others], y[~others]))
            losses.append(_log_loss(y[others], models[-1].predict_proba(x[others])[:, 1]))
        print(f"{name}: {len(x):,} rows, log loss on others {np.mean(losses):.3f}")
        saved |= {f"{name}_{k}": v for k, v in flat(models).items()}
    np.savez_compressed(out, **saved)


def _model() -> Any:
    return classifier(
        max_iter=220,
        learning_rate=0.06,
        max_leaf_nodes=20,
        min_samples_leaf=50,
        l2_regularization=1.0,
        max_features=0.5,
    )


def _log_loss(truth: np.ndarray, chances: np.ndarray) -> float:
    return float(-np.mean(np.log(np.clip(np.where(truth, chances, 1 - chances), 1e-9, 1))))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m samples.pieces", description=__doc__)
    tasks = parser.add_subparsers(dest="task", required=True)
    drawn = tasks.add_parser("rows", help="draw issues and write down their evidence and truth")
    drawn.add_argument("out", type=Path)
    drawn.add_argument("--seeds", type=int, nargs=2, default=(5000, 5300), metavar=("FIRST", "LAST"))
    fitted = tasks.add_parser("fit", help="fit the models on rows")
    fitted.add_argument("out", type=Path)
    fitted.add_argument("rows", type=Path, nargs="+")
    chosen = parser.parse_args(arguments)
    if chosen.task == "rows":
        rows(range(*chosen.seeds)).write(chosen.out)
    else:
        fit(chosen.rows, chosen.out)


if __name__ == "__main__":
    main()
