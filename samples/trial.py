"""`python -m samples.trial 800 810 --level office`: layout and clean-up tried on drawn issues, no reader needed.

Each issue is drawn, scanned, analysed, read by the oracle, assembled and scored. `--faultless` leaves layout out too:
clean-up then gets pages as a faultless layout would give them, which are known of drawn issues alone.
A browser sets the random pages of the styles `browser`, `browser_mixed` and `browser_full`; `--browser` tries the pages
that were made by hand for it, all or those named: `--browser sports evening`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Final

import msgspec

from banmian.evaluate import OutputArticle, Score, score
from cleanup.assemble import assemble
from layout.analyze import analyze
from layout.input.scan import open_scan
from layout.page import Page
from samples.browser.copies import PRINT, Copy, handmade_copies, random_copies
from samples.browser.copies import STYLES as BROWSER_STYLES
from samples.oracle import Oracle
from samples.truepage import true_page
from samples.typeset.chance import LEVEL_NAMES, STYLE_NAMES, random_issue
from samples.typeset.press import PrintedIssue
from samples.typeset.truth import PageTruth

MEASURES: Final = ("recovered", "article_f1", "title", "byline", "jump", "para", "torn", "run_on")
"""Columns of the table, as `banmian evaluate` has them; torn and run_on are counts per 100 printed paragraphs."""


@dataclass(frozen=True, slots=True)
class IssueScore:
    """The result for one issue: its score, the share of characters in no line, CPU seconds of layout per page."""

    name: str
    score: Score
    lost: float
    seconds: float


def tried(printed: PrintedIssue, seed: int, *, faultless: bool = False) -> IssueScore:
    """The issue taken through layout (unless `faultless`), the oracle and clean-up, and scored."""
    issue = _Issue(str(seed), printed.name, printed.gold()["articles"], [p.truth for p in printed.pages])
    if faultless:
        return issue.faultless()
    with tempfile.TemporaryDirectory() as folder:
        return issue.read([f for f in printed.write(Path(folder)) if f.suffix != ".json"])


def tried_copy(copy: Copy) -> IssueScore:
    """The same for a page that a browser set; its truth tells lines and no regions, so layout is never left out."""
    issue = _Issue(copy.name, copy.name, copy.gold["articles"], [copy.truth])
    with tempfile.TemporaryDirectory() as folder:
        return issue.read([copy.write(Path(folder))])


@dataclass(frozen=True, slots=True)
class _Issue:
    """What is tried: its name in the table and in clean-up, its articles as its gold record has them, its pages."""

    name: str
    document: str
    gold: Sequence[dict[str, Any]]
    truths: Sequence[PageTruth]

    def faultless(self) -> IssueScore:
        return IssueScore(self.name, self._scored([true_page(t) for t in self.truths]), 0.0, 0.0)

    def read(self, files: Sequence[Path]) -> IssueScore:
        pages, lost, start = [], 0, time.process_time()
        for file, truth in zip(files, self.truths, strict=True):
            page, sheet = analyze(open_scan(file), truth.number)
            oracle = Oracle(truth)
            lost += len(oracle.lost(page, sheet))
            pages.append(oracle.read(page, sheet))
        seconds = (time.process_time() - start) / len(files)
        printed = sum(len(n.centres) for t in self.truths for n in t.lines)
        return IssueScore(self.name, self._scored(pages), lost / max(1, printed), seconds)

    def _scored(self, pages: list[Page]) -> Score:
        gold = msgspec.convert(self.gold, list[OutputArticle])
        records = [article.record() for article in assemble(self.document, pages).articles]
        output = [msgspec.convert(r, OutputArticle, strict=False) for r in records]
        return score(gold, [p for p in output if p.is_article])


def _table(trials: Iterable[IssueScore], head: str, wide: int) -> Iterator[str]:
    yield (
        f"{head:>{wide}} {'gold':>5} {'out':>4} "
        + " ".join(f"{m:>10}" for m in MEASURES)
        + f" {'lost':>6} {'CPU s':>6}"
    )
    done = []
    for trial in trials:
        done.append(trial)
        figures = " ".join(_figure(getattr(trial.score, m)) for m in MEASURES)
        counts = f"{trial.name:>{wide}} {trial.score.articles:>5} {trial.score.out:>4}"
        yield f"{counts} {figures} {trial.lost:>6.3f} {trial.seconds:>6.1f}"
    means = [[v for t in done if (v := getattr(t.score, m)) is not None] for m in MEASURES]
    yield f"{'mean':>{wide}} {'':>5} {'':>4} " + " ".join(_figure(fmean(v) if v else None) for v in means)


def _figure(value: float | None) -> str:
    return f"{'–' if value is None else format(value, '.3f'):>10}"


def _trials(chosen: argparse.Namespace) -> Iterator[IssueScore]:
    """The trials that the command asks for."""
    if chosen.browser is not None:
        for copy in handmade_copies(chosen.browser, [chosen.level or PRINT]):
            yield tried_copy(copy)
        return
    seeds = range(chosen.first, chosen.end)
    if chosen.style in BROWSER_STYLES:
        for copy in random_copies(chosen.style, seeds, chosen.level):
            yield tried_copy(copy)
        return
    for seed in seeds:
        printed = random_issue(seed, chosen.pages, chosen.level, small=chosen.small, style=chosen.style)
        yield tried(printed, seed, faultless=chosen.faultless)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.trial", description=__doc__)
    parser.add_argument("first", type=int, nargs="?", help="the first seed")
    parser.add_argument("end", type=int, nargs="?", help="the seed after the last one")
    parser.add_argument("--browser", nargs="*", metavar="PAGE", help="pages made by hand instead of drawn issues")
    parser.add_argument("--level", choices=LEVEL_NAMES, help="drawn by chance where left out; clean with --browser")
    parser.add_argument("--style", default="modern", choices=(*STYLE_NAMES, *BROWSER_STYLES))
    parser.add_argument("--pages", type=int, default=2)
    parser.add_argument("--small", action="store_true", help="sheets of some 7 megapixels")
    parser.add_argument("--faultless", action="store_true", help="without layout; drawn issues alone")
    chosen = parser.parse_args(arguments)
    if chosen.browser is None and chosen.end is None:
        parser.error("give the first seed and the seed after the last one, or --browser")
    issues = chosen.browser is None and chosen.style in STYLE_NAMES
    if chosen.faultless and not issues:
        parser.error("--faultless is for drawn issues: of pages that a browser sets no faultless layout is known")
    for line in _table(_trials(chosen), "seed" if issues else "page", 6 if issues else 28):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
