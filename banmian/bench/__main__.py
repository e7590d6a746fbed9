"""The command: tables in Markdown, a row for each case and program."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from banmian.bench.cases import Case, cases
from banmian.bench.measure import measure, speed_up
from banmian.bench.peers import measure_rapidocr, measure_tesseract
from banmian.bench.table import KEYED_PAGES, TABLES, BenchRun, BenchTable, PeerRun, line, share
from banmian.evaluate import MEASURES
from ocr.setup.engine_registry import EngineName

ENGINES: Final = (EngineName.TESSERACT.value, EngineName.BOTH.value, EngineName.PPOCR.value)
_ONLY: Final = "Only cases whose name holds NAME, or all of a group: typeset, real; may be given again."
_KEEP: Final = (
    "Keep the workspaces and exports in FOLDER. A workspace that is there already goes on from where it is, and its "
    "CPU seconds are those of what was left to do."
)


@dataclass(frozen=True, slots=True)
class Bench:
    """The settings of one run of the bench: the readers, the folder for what they make, whether peers are left out."""

    engines: tuple[str, ...]
    folder: Path
    alone: bool

    def runs(self, case: Case) -> Iterator[BenchRun | PeerRun]:
        """Measure the peers, then each reader."""
        tesseract = None if self.alone else measure_tesseract(case, self.folder)
        if tesseract is not None:
            others = (tesseract, measure_rapidocr(case, self.folder))
            yield from (PeerRun(case, theirs, tesseract) for theirs in others if theirs is not None)
        for engine in self.engines:
            yield BenchRun(case, measure(case, engine, self.folder), tesseract)


def tables(bench: Bench, chosen: Sequence[Case], show: Callable[[str], None]) -> None:
    """Show a table for each group of the cases, row by row as they are measured, then one for the keyed pages.

    What the columns are follows.
    """
    keyed: list[BenchRun] = []
    shown: list[BenchTable] = []
    for group, table in TABLES.items():
        members = [c for c in chosen if c.group is group]
        if members:
            shown.append(table)
            show(table.start())
        for run in (r for c in members for r in bench.runs(c)):
            show(line(table.row(run) if isinstance(run, BenchRun) else table.peer_row(run)))
            keyed += [run] if isinstance(run, BenchRun) and run.ours.keyed is not None else []
        if members:
            show("")
    if keyed:
        shown.append(KEYED_PAGES)
        show("\n".join([KEYED_PAGES.start(), *(line(KEYED_PAGES.row(run)) for run in keyed), ""]))
    show(legend(shown))


def legend(shown: Iterable[BenchTable]) -> str:
    """Return what each measure in the tables is, as a Markdown list."""
    heads = dict.fromkeys(head for table in shown for head in table.heads)
    return "\n".join(f"- *{head}*: {MEASURES[head]}" for head in heads if head in MEASURES)


@click.command()
@click.option("--only", multiple=True, metavar="NAME", help=_ONLY)
@click.option("--engine", "engines", multiple=True, default=ENGINES, help="The reader; may be given again.")
@click.option("--alone", is_flag=True, help="Leave the peers out; they take most of the time.")
@click.option("--workers", is_flag=True, help="Instead: how many times quicker two workers are than one.")
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER", help=_KEEP)
def main(only: tuple[str, ...], engines: tuple[str, ...], *, alone: bool, workers: bool, keep: Path | None) -> None:
    """Measure Banmian, `tesseract --psm 3` and RapidOCR on the same scans: typeset issues, then real pages.

    Prints tables in Markdown, a row for each case and program, and what each measure is. A page whose gold file was
    keyed also stands in a table of its own.
    """
    chosen = [c for c in cases() if not only or any(part in c.name or part == c.group for part in only)]
    if not chosen:
        names = ", ".join(c.name for c in cases())
        raise click.UsageError(f"no case is named like {', '.join(only)}; there are {names}")
    with _folder(keep) as name:
        if workers:
            _speed_ups(chosen, engines, Path(name))
        else:
            tables(Bench(engines, Path(name), alone), chosen, click.echo)


def _folder(keep: Path | None) -> AbstractContextManager[str]:
    """The folder for workspaces and exports: one that is deleted at the end, or the one that is kept."""
    if keep is None:
        return tempfile.TemporaryDirectory(prefix="banmian-bench-")
    keep.mkdir(parents=True, exist_ok=True)
    return nullcontext(str(keep))


def _speed_ups(chosen: Sequence[Case], engines: Sequence[str], folder: Path) -> None:
    """Show a table for those issues whose pages two workers can share evenly."""
    heads = ("case", "engine", "two workers / one")
    click.echo(f"{line(heads)}\n{line('---' for _ in heads)}")
    for case in (c for c in chosen if len(c.scans) % 2 == 0):
        for engine in engines:
            click.echo(line([case.name, engine, share(speed_up(case, engine, folder), 2)]))


if __name__ == "__main__":
    main()
