"""The command: tables in Markdown, a line a case and engine."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from banmian.bench.cases import Case, cases
from banmian.bench.measure import Ours, measure, speed_up
from banmian.bench.peers import Theirs, measure_rapidocr, measure_tesseract

ENGINES: Final = ("tesseract", "both", "ppocr")
HEADS: Final = (
    "case", "engine", "body_cer", "recovered", "article_f1", "title", "byline", "jump", "para", "char_f1",
    "CPU s", "layout s/page", "CPU/T", "MB", "wrong", "suspects", "certain right",
)  # fmt: skip


def row(case: Case, ours: Ours, theirs: Theirs | None) -> list[str]:
    """Banmian's line: `CPU/T` is against `tesseract --psm 3`; `suspects` the share of the wrong characters among the
    3 % least sure; `certain right` what is right of those with a confidence of .99 and more.
    """
    s, c = ours.score, ours.certainty
    cells = [case.name, ours.engine, _share(s.body_cer)]
    cells += [_share(v) for v in (s.recovered, s.article_f1, s.title, s.byline, s.jump, s.para, s.char_f1)]
    cells += [f"{ours.cost.seconds:.1f}", f"{ours.layout_seconds / len(case.scans):.2f}"]
    cells.append("-" if theirs is None else f"{ours.cost.seconds / theirs.cost.seconds:.2f}")
    return [*cells, f"{ours.cost.memory:.0f}", str(c.wrong), _share(c.caught), _share(c.right, 4)]


def peer_row(case: Case, theirs: Theirs, tesseract: Theirs) -> list[str]:
    """A peer's line; `cleaned` is what `banmian clean` brings its paragraphs to."""
    para = f"{_share(theirs.score.para)} (cleaned {_share(theirs.cleaned.para)})"
    cells = [case.name, theirs.name, *["-"] * 6, para, _share(theirs.score.char_f1), f"{theirs.cost.seconds:.1f}", "-"]
    return [*cells, f"{theirs.cost.seconds / tesseract.cost.seconds:.2f}", f"{theirs.cost.memory:.0f}", *["-"] * 3]


def _rows(chosen: Sequence[Case], engines: Sequence[str], *, alone: bool) -> Iterator[list[str]]:
    with tempfile.TemporaryDirectory(prefix="banmian-bench-") as name:
        folder = Path(name)
        for case in chosen:
            tesseract = None if alone else measure_tesseract(case, folder)
            if tesseract is not None:
                others = (tesseract, measure_rapidocr(case, folder))
                yield from (peer_row(case, theirs, tesseract) for theirs in others if theirs is not None)
            for engine in engines:
                yield row(case, measure(case, engine, folder), tesseract)


def _share(value: float | None, digits: int = 3) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


@click.command()
@click.option("--only", multiple=True, metavar="NAME", help="Only cases whose name holds NAME; may be given again.")
@click.option("--engine", "engines", multiple=True, default=ENGINES, help="The engine; may be given again.")
@click.option("--alone", is_flag=True, help="Leave the peers out; they take most of the time.")
@click.option("--workers", is_flag=True, help="Instead: how many times quicker two workers are than one.")
def main(only: tuple[str, ...], engines: tuple[str, ...], *, alone: bool, workers: bool) -> None:
    """Measure Banmian, `tesseract --psm 3` and RapidOCR on the same scans; a line of a Markdown table a program."""
    chosen = [c for c in cases() if not only or any(part in c.name for part in only)]
    if not chosen:
        names = ", ".join(c.name for c in cases())
        raise click.UsageError(f"no case is named like {', '.join(only)}; there are {names}")
    heads = ("case", "engine", "two workers / one") if workers else HEADS
    click.echo(_line(heads))
    click.echo(_line("---" for _ in heads))
    for cells in _speed_ups(chosen, engines) if workers else _rows(chosen, engines, alone=alone):
        click.echo(_line(cells))


def _speed_ups(chosen: Sequence[Case], engines: Sequence[str]) -> Iterator[list[str]]:
    """For issues whose pages two can share evenly."""
    with tempfile.TemporaryDirectory(prefix="banmian-bench-") as name:
        for case in (c for c in chosen if len(c.scans) % 2 == 0):
            for engine in engines:
                yield [case.name, engine, f"{speed_up(case, engine, Path(name)):.2f}"]


if __name__ == "__main__":
    main()
