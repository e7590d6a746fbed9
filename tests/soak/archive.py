"""Exports in the large: how long eight pages take in each format, and how much memory a thousand."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path
from typing import Final

import click

from banmian.archive.check import check
from banmian.archive.content.export_issue import ExportIssue
from banmian.archive.export import fill
from banmian.archive.formats import Format, writer
from cleanup.article import ArticleRegion
from layout.geometry import Box
from samples.typeset.grammar import Writer
from tests.banmian.archive.issues import EM, Desk, article, line, page
from tests.soak.table import Row

PAGES: Final = 8
_LINES, _ROW = 400, 16
"""A full page: so many lines of so many characters."""
_TIME: Final = 2.0
"""Seconds of CPU for the whole issue in these formats; and for a page of PDF one."""
_FEW, _MANY = 10, 125
"""Issues of a small and of a large batch."""
_GROWTH: Final = 1.2
_LEFT_OUT: Final = frozenset({Format.PDF, Format.BAGIT})
"""PDF has a time of its own; a bag is a copy of the others."""


def main() -> None:
    """Prints a row for the time of each format, and one for its memory."""
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        for row in chain(speed(issue(Path(name))), memory()):
            click.echo(str(row))


def issue(folder: Path) -> ExportIssue:
    """Eight full pages, an article of forty lines after the other, each a block of its own."""
    text = "".join(para.text for para in Writer("export").body(_LINES * _ROW))
    pages, articles = [], []
    for number in range(1, PAGES + 1):
        rows = [text[at * _ROW % (len(text) - _ROW) :][:_ROW] for at in range(number, number + _LINES)]
        lines = [line(f"l{at}", row, (EM, EM * at)) for at, row in enumerate(rows)]
        pages.append(page(number, lines))
        for at, (begin, end) in enumerate(pairwise(range(0, _LINES + 1, 40))):
            block = ArticleRegion(number, "r1", "body", Box(EM, EM * begin, EM * (_ROW + 1), EM * end))
            story = article(f"p{number}-{at}", [(number, one) for one in lines[begin:end]])
            articles.append(replace(story, regions=(block,)))
    return Desk(folder).holding(pages, articles)


def speed(holding: ExportIssue) -> Iterator[Row]:
    """A row a format, and one for all but PDF: the CPU time of the issue, with its check."""
    characters = sum(len(n.text) for sheet in holding.sheets for n in sheet.leaf().page.lines)
    times = {form: _time(holding, form) for form in Format if form is not Format.BAGIT}
    for form, taken in times.items():
        limit = len(holding.sheets) if form is Format.PDF else _TIME
        yield Row(
            f"{form.value}: {len(holding.sheets)} pages, {characters} characters", f"{taken:.2f} s", taken <= limit
        )
    whole = sum(taken for form, taken in times.items() if form not in _LEFT_OUT)
    yield Row(f"all of these but pdf: {len(holding.sheets)} pages", f"{whole:.2f} s", whole <= _TIME)


def memory() -> Iterator[Row]:
    """A row a format: the peak of a batch of 1,000 pages beside that of 80, each in a process of its own."""
    for form in Format:
        small, large = (_peak(form, issues) for issues in (_FEW, _MANY))
        told = f"{large:.0f} MB, {small:.0f} MB for {_FEW * PAGES}"
        yield Row(f"{form.value}: memory of {_MANY * PAGES} pages", told, large <= small * _GROWTH)


def batch(form: Format, issues: int) -> float:
    """The peak memory of this process in MB after an export of so many issues."""
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        desk, part = Path(name) / "desk", Path(name) / "part"
        desk.mkdir()
        part.mkdir()
        one = issue(desk)
        fill(part, (replace(one, folder=f"{at:03}") for at in range(issues)), writer(form))
    return _peak_of_this()


def _peak_of_this() -> float:
    """In MB, from the kernel's own count of this program: rusage would count the one that started it as well."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _peak(form: Format, issues: int) -> float:
    code = f"from tests.soak.archive import *; print(json.dumps(batch(Format({form.value!r}), {issues})))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(json.loads(told.stdout))


def _time(holding: ExportIssue, form: Format) -> float:
    """The better of two, for the first one loads what it needs."""
    return min(_once(holding, form) for _ in range(2))


def _once(holding: ExportIssue, form: Format) -> float:
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        writer(form)(holding, Path(folder))
        check(Path(folder))
        taken = time.process_time() - begun
    gc.enable()
    return taken
