"""`python -m samples.registers draw FOLDER` and `… fit FOLDER`: fits cleanup/articles/registers/weights.json.

Old pages are drawn by the typesetter, others, made by hand, are set by Chromium; they are analysed and read by the
oracle, and kept with their truth in FOLDER. The weights are fitted on them and on pages that are made up without being
drawn. The same seeds and pages give the same table.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from cleanup.articles.frame import reading_frame
from cleanup.articles.mixed import level_lines, parted
from samples.articles import Sample, issue_samples, keep
from samples.browser.copies import handmade_copies
from samples.registers.fit import OUT, SEEDS, fitted, pages, previous_weights, write
from samples.registers.printed import told_pages
from samples.typeset.chance import random_issue

DRAWN: Final[Mapping[str, Sequence[int]]] = {"register": range(60000, 60012), "vertical": range(44000, 44008)}
"""The pages that are drawn, by style."""
HANDMADE: Final = ("old_daily", "old_local", "old_supplement", "old_taiwan")
"""The old pages made by hand that the weights are fitted on; the other ones are for trials alone."""
LEVELS: Final = ("clean", "office")
"""What each of them is drawn as: the print itself, and a scan."""


def draw(folder: Path) -> Iterator[str]:
    """Draws a small page for each seed, and the handmade ones, and keeps each by its name; gives the names."""
    for style, seeds in DRAWN.items():
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


def kept(folder: Path) -> Iterator[Iterator[Sample]]:
    """The kept pages without their level articles: of each style in the order of their seeds, then the handmade."""
    for style, seeds in DRAWN.items():
        yield _vertical(folder / f"{style}-{seed}" for seed in seeds)
    yield _vertical(folder / f"{name}-{level}" for name in HANDMADE for level in LEVELS)


def _vertical(issues: Iterable[Path]) -> Iterator[Sample]:
    for issue in issues:
        for sample in issue_samples(issue):
            level = level_lines(sample.frame)
            frame = reading_frame(parted(sample.frame.page, level)[0]) if level else sample.frame
            if frame.vertical and frame.lines:
                yield Sample(frame, sample.truth)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.registers", description=__doc__)
    parser.add_argument("task", choices=("draw", "fit"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args(arguments)
    if chosen.task == "draw":
        for name in draw(chosen.folder):
            print(name, file=sys.stderr)
    else:
        printed = [page for found in kept(chosen.folder) for page in told_pages(found)]
        write(fitted([*pages(SEEDS), *printed], previous_weights()), chosen.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
