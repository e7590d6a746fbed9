"""How long an issue takes to go out: eight pages in every format but PDF, each with its check."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from banmian.archive.check import check
from banmian.archive.formats import Format, writer
from banmian.archive.holding import Holding
from tests.soak.table import Row

PAGES: Final = 8
_TIME: Final = 2.0
"""Seconds of CPU for the whole issue."""
_LEFT_OUT: Final = frozenset({Format.PDF, Format.BAGIT})
"""PDF has a time of its own; a bag is a copy of the others."""


def speed(holding: Holding) -> Iterator[Row]:
    """A row a format, and one for all: the CPU time that eight of the issue's pages take, and whether that holds."""
    eight = replace(holding, sheets=holding.sheets[:PAGES])
    characters = sum(len(line.text) for sheet in eight.sheets for line in sheet.leaf().page.lines)
    times = {form: _time(eight, form) for form in Format if form not in _LEFT_OUT}
    for form, taken in times.items():
        yield Row(f"{form.value}: {len(eight.sheets)} pages, {characters} characters", f"{taken:.2f} s", taken <= _TIME)
    whole = sum(times.values())
    yield Row(f"all of these: {len(eight.sheets)} pages", f"{whole:.2f} s", whole <= _TIME)


def _time(holding: Holding, form: Format) -> float:
    """The better of two, for the first one loads what it needs."""
    return min(_once(holding, form) for _ in range(2))


def _once(holding: Holding, form: Format) -> float:
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        writer(form)(holding, Path(folder))
        check(Path(folder))
        return time.process_time() - begun
