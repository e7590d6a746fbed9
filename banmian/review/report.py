"""The quality report: one file of HTML that needs nothing else, for a tender's folder."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from banmian.language import EN, ZH
from banmian.piece_counts import pieces_told
from banmian.reader_line import lacks_second
from banmian.review.plots import Bar, Dot, bars, calibration
from banmian.review.quality import Quality, Wrong, measure
from banmian.review.suspects import THRESHOLD
from banmian.review.words import words_of
from banmian.store.storage import write_whole
from banmian.store.tasks import State
from banmian.store.workspace import Workspace
from cleanup.edits.edit import Pass
from cleanup.edits.ledger import Standing

_STANDINGS: Final = (
    Standing.BY_RULE,
    Standing.ACCEPTED,
    Standing.PROPOSED,
    Standing.REFUSED,
    Standing.WRITTEN,
)
_ROWS: Final = 200
"""Rows of a table at most; how many more there are is told below it."""

_INK: Final = (0.0, 0.001, 0.005, 0.01, 0.02, 0.05, 1.01)
"""Bounds of the classes of uncovered ink, as shares of a page's ink; the last one holds 1 itself."""


def write_report(workspace: Workspace, out: Path) -> Quality:
    """Writes the report to `out`, whole or not at all; gives what it tells."""
    quality = measure(workspace)
    write_whole(out.absolute(), html(quality, workspace.root.name).encode())
    return quality


def html(quality: Quality, name: str) -> str:
    """The report as HTML 5, style and plots within."""
    pages = Environment(
        loader=PackageLoader("banmian.review"), autoescape=select_autoescape(), undefined=StrictUndefined
    )
    plots = {"classes": _classes(quality), "passes": _passes(quality), "calibration": _calibration(quality)}
    return pages.get_template("report.html").render(
        q=quality,
        name=name,
        now=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        version=version("banmian"),
        done=quality.pages[State.DONE],
        failed=quality.pages[State.FAILED],
        total=quality.pages.total(),
        wrongs=list(Wrong),
        standings=_STANDINGS,
        pieces={into: pieces_told(quality.pieces, into) for into in (ZH, EN)},
        w=words_of("zh"),
        e=words_of("en"),
        begun=quality.begun[:10],
        alone=lacks_second(quality.reader),
        decided=None if quality.decided is None else tuple(t[:10] for t in quality.decided),
        most=_ROWS,
        bar=THRESHOLD,
        plots={k: Markup(v) for k, v in {**plots, "ink": _ink(quality)}.items()},
    )


def _classes(quality: Quality) -> str:
    rows = [
        Bar(w.value, (a, b), f"{a + b:.1f}")
        for w in Wrong
        for a, b in [(quality.per_10000(quality.by_person[w]), quality.per_10000(quality.by_rule[w]))]
    ]
    return bars(rows, "多字 少字 错字 符号 / 10,000")


def _passes(quality: Quality) -> str:
    zh = words_of("zh")
    rows = []
    for by, counts in sorted((b, c) for b, c in quality.passes.items() if b is not Pass.PERSON):
        share = counts[Standing.REFUSED] / counts.total()
        rows.append(
            Bar(zh[f"pass_{by.value}"], (share * 100,), f"{share:.1%} ({counts[Standing.REFUSED]}/{counts.total()})")
        )
    return bars(rows, "否决 refused")


def _calibration(quality: Quality) -> str:
    dots = [Dot((b.low + b.high) / 2, b.right / b.looked, b.looked) for b in quality.bins if b.looked]
    if quality.sampled.characters:
        expected = 1 - quality.sampled.expected / quality.sampled.characters
        dots.append(Dot(max(0.0, expected), 1 - quality.sampled.share, quality.sampled.characters))
    return calibration(dots, "置信度校准 calibration")


def _ink(quality: Quality) -> str:
    rows = []
    for low, high in pairwise(_INK):
        count = sum(low <= share < high for share in quality.ink)
        rows.append(Bar(f"{100 * low:g}–{min(100.0, 100 * high):g} %", (float(count),), str(count)))
    return bars(rows, "墨迹未覆盖 ink not covered")
