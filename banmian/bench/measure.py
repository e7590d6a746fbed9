"""What Banmian makes of a case, and what that costs."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path

from banmian.bench.cases import Case
from banmian.bench.certainty import Certainty, certainty
from banmian.bench.cost import Cost, banmian, said, spent
from banmian.evaluate import KeyedScore, OutputScore, read_forms, read_gold, read_output, score_keyed, score_output


@dataclass(frozen=True, slots=True)
class Ours:
    """What Banmian made of a case with an engine; `keyed` is None where the gold file was not keyed."""

    engine: str
    score: OutputScore
    cost: Cost
    layout_seconds: float
    certainty: Certainty
    keyed: KeyedScore | None = None


def measure(case: Case, engine: str, folder: Path) -> Ours:
    """Runs Banmian on the case, one page at a time, in processes of its own."""
    work, out = folder / f"{case.name}-{engine}", folder / f"{case.name}-{engine}.jsonl"
    cost = spent(_run(case, engine, work, jobs=1))
    cost += spent(banmian("export", str(work), "--to", "jsonl", "--out", str(out)))
    status = json.loads(said(banmian("status", str(work), "--json")))
    layout = sum(p["facts"]["layout_seconds"] for i in status["issues"] for p in i["pages"] if p["facts"])
    gold, pieces = read_gold(case.gold), read_output(out)
    keyed = None if case.forms is None else score_keyed(gold.articles, pieces, read_forms(case.forms))
    return Ours(engine, score_output(gold, pieces), cost, layout, certainty(work, gold.articles), keyed)


def speed_up(case: Case, engine: str, folder: Path) -> float:
    """How many times quicker two workers are than one, by the clock; for a machine of two cores with nothing else."""
    one, two = (_seconds(case, engine, folder / f"{case.name}-{engine}-{jobs}", jobs) for jobs in (1, 2))
    return one / two


def _seconds(case: Case, engine: str, work: Path, jobs: int) -> float:
    begun = time.monotonic()
    said(_run(case, engine, work, jobs))
    return time.monotonic() - begun


def _run(case: Case, engine: str, work: Path, jobs: int) -> list[str]:
    where = ["--workspace", str(work), "--jobs", str(jobs)]
    return banmian("run", str(case.source), *where, "--engine", engine, "--lang", case.lang)
