"""`python -m samples.registers draw FOLDER`, `… fit FOLDER` and `… trees FOLDER`: the fits for pages in registers.

`fit` makes cleanup/articles/registers/weights.json, `trees`, which are told what the weights say, link_trees.npz there.

Old pages are drawn by the typesetter, others, made by hand, are set by Chromium; they are analysed and read by the
oracle, and kept with their truth in FOLDER. The weights are fitted on them and on pages that are made up without being
drawn. The same seeds and pages give the same table.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np

from cleanup.articles.frame import reading_frame
from cleanup.articles.mixed import level_lines, parted
from samples.articles import Sample, issue_samples, keep
from samples.browser.copies import handmade_copies
from samples.registers import trees
from samples.registers.fit import OUT, SEEDS, fitted, pages, previous_weights, write
from samples.registers.printed import told_pages
from samples.registers.trees import rows_of
from samples.typeset.chance import random_issue

DRAWN: Final[Mapping[str, Sequence[int]]] = {"register": range(60000, 60012), "vertical": range(44000, 44008)}
"""The pages that are drawn, by style."""
DRAWN_FOR_TREES: Final[Mapping[str, Sequence[int]]] = {
    "register": (*range(61000, 61024), *range(63000, 63060)),
    "vertical": range(47000, 47040),
}
"""The pages that are drawn for the trees, beside those made by hand."""
HANDMADE: Final = ("old_daily", "old_local", "old_supplement", "old_taiwan")
"""The old pages made by hand that the weights are fitted on; the other ones are for trials alone."""
LEVELS: Final = ("clean", "office")
"""What each of them is drawn as: the print itself, and a scan."""


def draw(folder: Path) -> Iterator[str]:
    """Draws a small page for each seed, and the handmade ones, and keeps each by its name; gives the names."""
    for style, seeds in (*DRAWN.items(), *DRAWN_FOR_TREES.items()):
        for seed in seeds:
            printed = random_issue(seed, 1, style=style, small=True)
            with tempfile.TemporaryDirectory() as scans:
                files = [f for f in printed.write(Path(scans)) if f.suffix != ".json"]
                keep(folder / f"{style}-{seed}", files[0], printed.pages[0].truth)
            yield f"{style}-{seed}"
    for copy in handmade_copies(HANDMADE, LEVELS):
        with tempfile.TemporaryDirectory() as scans:
            keep(folder / copy.name, copy.write(Path(scans)), copy.truth)
        yield copy.name


def drawn(folder: Path, seeds: Mapping[str, Sequence[int]]) -> Iterator[Iterator[Sample]]:
    """The drawn pages that are kept, without their level articles: of each style in the order of their seeds."""
    for style, own in seeds.items():
        yield _vertical([folder / f"{style}-{seed}" for seed in own])


def by_hand(folder: Path) -> Iterator[Sample]:
    """The pages made by hand that are kept, without their level articles."""
    return _vertical(folder / f"{name}-{level}" for name in HANDMADE for level in LEVELS)


def _fit(folder: Path, out: Path) -> None:
    printed = [page for found in (*drawn(folder, DRAWN), by_hand(folder)) for page in told_pages(found)]
    write(fitted([*pages(SEEDS), *printed], previous_weights()), out)


def _fit_trees(folder: Path, out: Path) -> None:
    on_paper = (rows_of(told_pages(found), trees.DRAWN) for found in drawn(folder, DRAWN_FOR_TREES))
    by_hands = rows_of(told_pages(by_hand(folder)), trees.BY_HAND)
    rows = chain(*on_paper, by_hands, rows_of(trees.made_up_pages(), 1.0))
    np.savez_compressed(out, **trees.fitted_trees(rows))


def _vertical(issues: Iterable[Path]) -> Iterator[Sample]:
    for issue in issues:
        for sample in issue_samples(issue):
            level = level_lines(sample.frame)
            frame = reading_frame(parted(sample.frame.page, level)[0]) if level else sample.frame
            if frame.vertical and frame.lines:
                yield Sample(frame, sample.truth)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.registers", description=__doc__)
    parser.add_argument("task", choices=("draw", "fit", "trees"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args(arguments)
    if chosen.task == "draw":
        for name in draw(chosen.folder):
            print(name, file=sys.stderr)
    elif chosen.task == "fit":
        _fit(chosen.folder, chosen.out or OUT)
    else:
        _fit_trees(chosen.folder, chosen.out or trees.OUT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
