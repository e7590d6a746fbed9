"""The bench measures both programs on the same scan, in the same run."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from banmian.bench import __main__ as table
from banmian.bench import cases as development
from banmian.bench.cases import Case, cases
from banmian.bench.certainty import weighed_up
from banmian.bench.cost import Cost, spent
from banmian.bench.measure import measure
from banmian.bench.peers import measure_tesseract
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
    assert ours.certainty.wrong < 5
    assert ours.certainty.right is None or ours.certainty.right > 0.98
    rows = table.row(case, ours, theirs), table.row(case, ours, None), table.peer_row(case, theirs, theirs)
    assert {len(cells) for cells in rows} == {len(table.HEADS)}


def test_the_wrong_ones_among_the_least_sure_are_counted() -> None:
    """Three in a hundred are looked at; one of two wrong ones is among them, and of the certain ones all are right."""
    told = weighed_up([(0.2, False), (0.3, True), (0.4, True), (0.5, False), *[(0.995, True)] * 96])
    assert (told.wrong, told.caught, told.certain, told.right) == (2, 0.5, 96, 1.0)
    assert weighed_up([]).caught is None


def test_the_cost_counts_what_a_program_starts() -> None:
    """CPU seconds include those of processes that the program started and waited for."""
    spin = "import time\nwhile time.process_time() < 0.6: pass"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spin!r}])"
    assert spent([sys.executable, "-c", start]).seconds >= 0.6


def test_a_program_that_fails_is_told() -> None:
    """A program that ends badly ends the bench with what it said."""
    with pytest.raises(BanmianError, match=r"ended with 3: oh dear"):
        spent([sys.executable, "-c", "import sys; print('oh dear', file=sys.stderr); sys.exit(3)"])


def test_costs_add_up() -> None:
    """Seconds are summed; memory is that of the largest."""
    assert Cost(1, 50) + Cost(2, 40) == Cost(3, 50)


def test_without_shared_data_the_samples_are_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the development data is absent, the cases are the issues in samples/."""
    monkeypatch.setattr(development, "SHARED", tmp_path / "nowhere")
    found = cases()
    assert len(found) >= 2
    assert all(c.scans and c.gold.exists() for c in found)
