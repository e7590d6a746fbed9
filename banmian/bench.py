"""`make bench`: Banmian and `tesseract --psm 3` on the same scans, measured in the same run, beside each other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from banmian.batch.intake import SUFFIXES, natural
from banmian.evaluate import Score, TextScore, read_gold, read_output, read_text, score, score_text
from layout.errors import BanmianError

ROOT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = ROOT.parent / "shared" / "data"
ENGINES: Final = ("tesseract", "both", "ppocr")
_LANGUAGES: Final = {"hkej_2024": "chi_tra"}
_ONE_THREAD: Final = {**os.environ, "OMP_THREAD_LIMIT": "1"}


@dataclass(frozen=True, slots=True)
class Case:
    """Scans with their gold file; `source` is what Banmian is given."""

    name: str
    source: Path
    scans: tuple[Path, ...]
    gold: Path
    lang: str


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of a program and of all that it started, and the memory in MB of the largest process of them."""

    seconds: float = 0.0
    memory: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.seconds + other.seconds, max(self.memory, other.memory))


@dataclass(frozen=True, slots=True)
class Ours:
    """What Banmian made of a case with an engine."""

    engine: str
    score: Score
    cost: Cost
    layout_seconds: float


@dataclass(frozen=True, slots=True)
class Theirs:
    """What Tesseract's own page analysis made of it, and what `banmian clean` makes of that text."""

    score: TextScore
    cost: Cost
    cleaned: TextScore


def cases() -> list[Case]:
    """The development data where it lies beside the checkout, the samples otherwise."""
    if SHARED.is_dir():
        issues = [_issue(f, "gold.json") for f in sorted((SHARED / "dev").iterdir())]
        return [*issues, *(_single(f) for f in sorted((SHARED / "real").glob("*.json")))]
    return [_issue(f.parent, f.name) for f in sorted((ROOT / "samples").glob("*/gold.json"))]


def measure(case: Case, engine: str, folder: Path) -> Ours:
    """Runs Banmian on the case, one page at a time, in processes of its own."""
    work, out = folder / f"{case.name}-{engine}", folder / f"{case.name}-{engine}.jsonl"
    run = ["run", str(case.source), "--workspace", str(work), "--engine", engine, "--lang", case.lang, "--jobs", "1"]
    cost = _spent(_banmian(*run))
    cost += _spent(_banmian("export", str(work), "--to", "jsonl", "--out", str(out)))
    status = json.loads(_said(_banmian("status", str(work), "--json")))
    layout = sum(p["facts"]["layout_seconds"] for i in status["issues"] for p in i["pages"] if p["facts"])
    return Ours(engine, score(read_gold(case.gold), read_output(out)), cost, layout)


def measure_tesseract(case: Case, folder: Path) -> Theirs:
    """Runs Tesseract on each whole page, and `banmian clean` on what it says."""
    raw, clean = folder / f"{case.name}.txt", folder / f"{case.name}.clean.txt"
    pages = [folder / f"{case.name}-{scan.stem}" for scan in case.scans]
    cost = Cost()
    for scan, page in zip(case.scans, pages, strict=True):
        cost += _spent(["tesseract", str(scan), str(page), "--psm", "3", "-l", case.lang])
    texts = [page.with_name(f"{page.name}.txt") for page in pages]
    raw.write_bytes(b"\n".join(t.read_bytes() for t in texts))
    clean.write_bytes(_said(_banmian("clean", *map(str, texts))))
    gold = read_gold(case.gold)
    return Theirs(score_text(gold, read_text(raw)), cost, score_text(gold, read_text(clean)))


def _issue(folder: Path, gold: str) -> Case:
    scans = sorted((p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES), key=lambda p: natural(p.name))
    return Case(folder.name, folder, tuple(scans), folder / gold, "chi_sim")


def _single(gold: Path) -> Case:
    scan = gold.parent / json.loads(gold.read_text(encoding="utf-8"))["image"]
    return Case(gold.stem, scan, (scan,), gold, _LANGUAGES.get(gold.stem, "chi_sim"))


def _banmian(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "banmian", *arguments]


def _said(command: Sequence[str]) -> bytes:
    """What the command prints; raises where it fails."""
    ended = subprocess.run(command, env=_ONE_THREAD, capture_output=True, check=False)
    _check(command, ended.returncode, ended.stderr)
    return ended.stdout


def _check(command: Sequence[str], code: int, told: bytes) -> None:
    if code != 0:
        raise BanmianError(f"{' '.join(command)} ended with {code}: {told.decode(errors='replace')}")


def _spent(command: Sequence[str]) -> Cost:
    """Runs the command and says what it cost; raises where it fails."""
    process = subprocess.Popen(command, env=_ONE_THREAD, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    with process:
        told = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    _check(command, process.returncode, told)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


_HEADS: Final = (
    "case", "engine", "body_cer", "recovered", "article_f1", "title", "byline", "jump", "para", "char_f1",
    "T para", "T char_f1", "T para cleaned", "CPU s", "layout s/page", "T CPU s", "CPU/T", "MB", "T MB",
)  # fmt: skip


def row(case: Case, ours: Ours, theirs: Theirs | None) -> list[str]:
    """One line of the table; T is Tesseract alone."""
    s = ours.score
    cells = [case.name, ours.engine, _share(s.body_cer)]
    cells += [_share(v) for v in (s.recovered, s.article_f1, s.title, s.byline, s.jump, s.para, s.char_f1)]
    told = (theirs.score.para, theirs.score.char_f1, theirs.cleaned.para) if theirs else (None, None, None)
    cells += [_share(v) for v in told]
    cells += [f"{ours.cost.seconds:.1f}", f"{ours.layout_seconds / len(case.scans):.2f}"]
    if theirs is None:
        return [*cells, "-", "-", f"{ours.cost.memory:.0f}", "-"]
    ratio = ours.cost.seconds / theirs.cost.seconds
    return [
        *cells,
        f"{theirs.cost.seconds:.1f}",
        f"{ratio:.2f}",
        f"{ours.cost.memory:.0f}",
        f"{theirs.cost.memory:.0f}",
    ]


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rows(chosen: Sequence[Case], engines: Sequence[str], *, alone: bool) -> Iterator[list[str]]:
    with tempfile.TemporaryDirectory(prefix="banmian-bench-") as name:
        folder = Path(name)
        for case in chosen:
            theirs = None if alone else measure_tesseract(case, folder)
            for engine in engines:
                yield row(case, measure(case, engine, folder), theirs)


@click.command()
@click.option("--only", multiple=True, metavar="NAME", help="Only cases whose name holds NAME; may be given again.")
@click.option("--engine", "engines", multiple=True, default=ENGINES, help="The engine; may be given again.")
@click.option("--alone", is_flag=True, help="Leave Tesseract's own page analysis out; it takes most of the time.")
def main(only: tuple[str, ...], engines: tuple[str, ...], *, alone: bool) -> None:
    """Measure Banmian and `tesseract --psm 3` (T) on the same scans; a line of a Markdown table a case."""
    chosen = [c for c in cases() if not only or any(part in c.name for part in only)]
    if not chosen:
        raise click.UsageError(
            f"no case is named like {', '.join(only)}; there are {', '.join(c.name for c in cases())}"
        )
    click.echo(_line(_HEADS))
    click.echo(_line("---" for _ in _HEADS))
    for cells in _rows(chosen, engines, alone=alone):
        click.echo(_line(cells))


if __name__ == "__main__":
    main()
