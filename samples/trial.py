"""`python -m samples.trial 800 810 --level office`: layout and clean-up tried on drawn issues, no reader needed.

Each issue is drawn, scanned, analysed, read by the oracle, assembled and scored. `--faultless` leaves layout out too:
clean-up then gets pages as a faultless layout would give them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Final

import msgspec

from banmian.evaluate import OutputArticle, Score, score
from cleanup.assemble import assemble
from layout.analyze import analyze
from layout.input.scan import open_scan
from layout.page import Page
from samples.oracle import Oracle
from samples.truepage import true_page
from samples.typeset import chance
from samples.typeset.chance import LEVEL_NAMES, random_issue
from samples.typeset.press import Printed

MEASURES: Final = ("recovered", "article_f1", "title", "byline", "jump", "para", "torn", "run_on")
"""Columns of the table, as `banmian evaluate` has them; torn and run_on are counts per 100 printed paragraphs."""

STYLE_NAMES: Final[tuple[str, ...]] = getattr(chance, "STYLE_NAMES", ("modern", "traditional", "vertical"))
"""The styles that the typesetter draws issues in."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The result for one issue: its score, the share of characters in no line, CPU seconds of layout per page."""

    seed: int
    score: Score
    lost: float
    seconds: float


def tried(printed: Printed, seed: int, *, faultless: bool = False) -> Trial:
    """The issue taken through layout (unless `faultless`), the oracle and clean-up, and scored."""
    if faultless:
        return Trial(seed, _scored(printed, [true_page(p.truth) for p in printed.pages]), 0.0, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        files = [f for f in printed.write(Path(folder)) if f.suffix != ".json"]
        pages, lost, start = [], 0, time.process_time()
        for file, truth in zip(files, (p.truth for p in printed.pages), strict=True):
            page, sheet = analyze(open_scan(file), truth.number)
            oracle = Oracle(truth)
            lost += len(oracle.lost(page, sheet))
            pages.append(oracle.read(page, sheet))
        seconds = (time.process_time() - start) / len(files)
    printed_characters = sum(len(n.centres) for p in printed.pages for n in p.truth.lines)
    return Trial(seed, _scored(printed, pages), lost / max(1, printed_characters), seconds)


def _scored(printed: Printed, pages: list[Page]) -> Score:
    gold = msgspec.convert(printed.gold()["articles"], list[OutputArticle])
    records = [article.record() for article in assemble(printed.name, pages).articles]
    output = [msgspec.convert(r, OutputArticle, strict=False) for r in records]
    return score(gold, [p for p in output if p.is_article])


def _table(trials: Iterator[Trial]) -> Iterator[str]:
    yield f"{'seed':>6} {'gold':>5} {'out':>4} " + " ".join(f"{m:>10}" for m in MEASURES) + f" {'lost':>6} {'CPU s':>6}"
    done = []
    for trial in trials:
        done.append(trial)
        figures = " ".join(_figure(getattr(trial.score, m)) for m in MEASURES)
        counts = f"{trial.seed:>6} {trial.score.articles:>5} {trial.score.out:>4}"
        yield f"{counts} {figures} {trial.lost:>6.3f} {trial.seconds:>6.1f}"
    means = [[v for t in done if (v := getattr(t.score, m)) is not None] for m in MEASURES]
    yield f"{'mean':>6} {'':>5} {'':>4} " + " ".join(_figure(fmean(v) if v else None) for v in means)


def _figure(value: float | None) -> str:
    return f"{'–' if value is None else format(value, '.3f'):>10}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.trial", description=__doc__)
    parser.add_argument("first", type=int, help="the first seed")
    parser.add_argument("end", type=int, help="the seed after the last one")
    parser.add_argument("--level", choices=LEVEL_NAMES, help="drawn by chance where left out")
    parser.add_argument("--style", default="modern", choices=STYLE_NAMES)
    parser.add_argument("--pages", type=int, default=2)
    parser.add_argument("--small", action="store_true", help="sheets of some 7 megapixels")
    parser.add_argument("--faultless", action="store_true", help="without layout")
    chosen = parser.parse_args(arguments)
    seeds = range(chosen.first, chosen.end)
    trials = (
        tried(
            random_issue(seed, chosen.pages, chosen.level, small=chosen.small, style=chosen.style),
            seed,
            faultless=chosen.faultless,
        )
        for seed in seeds
    )
    for line in _table(trials):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
