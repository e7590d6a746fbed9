"""The bench measures both programs on the same scan, in the same run."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from banmian import bench
from banmian.bench import Case, Cost, measure, measure_tesseract, row
from layout.errors import BanmianError
from tests.banmian import pages


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("bench") / "邮报"
    folder.mkdir()
    scan = pages.page(folder / "p1.png")
    gold = {"articles": [{"title": pages.HEADLINE, "paragraphs": [pages.BODY], "pages": [1]}]}
    (folder / "gold.json").write_text(json.dumps(gold))
    return Case("邮报", folder, (scan,), folder / "gold.json", "chi_sim")


def test_both_are_measured(case: Case, tmp_path: Path) -> None:
    """A case gives both scores and both costs, and a line of the table with a cell for each head."""
    ours, theirs = measure(case, "tesseract", tmp_path), measure_tesseract(case, tmp_path)
    assert ours.score.recovered == 1
    assert theirs.score.para == 1
    assert 0 < ours.layout_seconds < ours.cost.seconds
    assert theirs.cost.seconds > 0
    assert min(ours.cost.memory, theirs.cost.memory) > 10
    assert len(row(case, ours, theirs)) == len(row(case, ours, None)) == len(bench._HEADS)


def test_the_cost_counts_what_a_program_starts() -> None:
    """CPU seconds include those of processes that the program started and waited for."""
    spin = "import time\nwhile time.process_time() < 0.6: pass"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spin!r}])"
    assert bench._spent([sys.executable, "-c", start]).seconds >= 0.6


def test_a_program_that_fails_is_told() -> None:
    """A program that ends badly ends the bench with what it said."""
    with pytest.raises(BanmianError, match=r"ended with 3: oh dear"):
        bench._spent([sys.executable, "-c", "import sys; print('oh dear', file=sys.stderr); sys.exit(3)"])


def test_costs_add_up() -> None:
    """Seconds are summed; memory is that of the largest."""
    assert Cost(1, 50) + Cost(2, 40) == Cost(3, 50)


def test_without_shared_data_the_samples_are_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the development data is absent, the cases are the issues in samples/."""
    monkeypatch.setattr(bench, "SHARED", tmp_path / "nowhere")
    found = bench.cases()
    assert len(found) >= 2
    assert all(c.scans and c.gold.exists() for c in found)
