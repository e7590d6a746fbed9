"""The bench measures both programs on the same scan, in the same run."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from banmian.bench import cases as development
from banmian.bench.__main__ import Bench, tables
from banmian.bench.cases import Case, Group, cases, language
from banmian.bench.certainty import weighed_up
from banmian.bench.cost import Cost, spent
from banmian.bench.measure import Ours, measure
from banmian.bench.peers import measure_tesseract
from banmian.bench.table import KEYED_PAGES, REAL_PAGES, TYPESET_ISSUES, BenchRun, BenchTable, PeerRun
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


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the workspace of the case is kept from test to test."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def ours(case: Case, kept: Path) -> Ours:
    """What Banmian makes of the case."""
    return measure(case, "tesseract", kept)


def test_both_are_measured(case: Case, ours: Ours, tmp_path: Path) -> None:
    """A case gives both scores and both costs, and a row of each table with a cell for each head."""
    theirs = measure_tesseract(case, tmp_path)
    assert ours.score.recovered == 1
    assert theirs.score.para == 1
    assert 0 < ours.layout_seconds < ours.cost.seconds
    assert theirs.cost.seconds > 0
    assert min(ours.cost.memory, theirs.cost.memory) > 10
    assert ours.certainty.wrong < 5
    assert ours.certainty.right is None or ours.certainty.right > 0.98
    for table in (TYPESET_ISSUES, REAL_PAGES, KEYED_PAGES):
        rows = [table.row(BenchRun(case, ours, t)) for t in (theirs, None)] + [
            table.peer_row(PeerRun(case, theirs, theirs))
        ]
        assert {len(cells) for cells in rows} == {len(table.heads)}
    told = dict(zip(REAL_PAGES.heads, REAL_PAGES.row(BenchRun(case, ours)), strict=True))
    assert (told["article_f1"], told["para"], told["junk"], told["CPU/T"]) == ("1.000", "1.000", "-", "-")
    assert float(told["found"]) > 0.9


def test_real_pages_and_keyed_ones_have_tables_of_their_own(case: Case, ours: Ours, kept: Path, tmp_path: Path) -> None:
    """Each group of cases fills its own Markdown table, and a keyed page is in two."""
    forms = tmp_path / "forms.tsv"
    forms.write_text("爲\t為\n")
    real = replace(case, name="晨报", group=Group.REAL, forms=forms)
    shutil.copytree(kept / f"{case.name}-{ours.engine}", kept / f"{real.name}-{ours.engine}")
    told: list[str] = []
    tables(Bench((ours.engine,), kept, alone=True), [real, case], told.append)
    text = "\n".join(told)
    titles = [line for line in text.splitlines() if line.startswith("### ")]
    assert titles == [f"### {t.title}" for t in (TYPESET_ISSUES, REAL_PAGES, KEYED_PAGES)]
    assert [_column(text, t, "article_f1") for t in (TYPESET_ISSUES, REAL_PAGES)] == [["1.000"], ["1.000"]]
    assert [float(cell) > 0.9 for cell in _column(text, KEYED_PAGES, "found")] == [True]
    assert {"- *torn*", "- *whole*"} <= {line.split(":")[0] for line in text.splitlines()}


def test_what_was_kept_is_not_read_again(case: Case, ours: Ours, kept: Path) -> None:
    """A second run over the same folder scores the same workspace, at the cost of looking."""
    again = measure(case, ours.engine, kept)
    assert again.score == ours.score
    assert again.cost.seconds < ours.cost.seconds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这里的学校开学了，孩子们来了。", "chi_sim"),
        ("這裏的學校開學了，孩子們來了。", "chi_tra"),
        ("山水人口", "chi_sim"),
        ("", "chi_sim"),
    ],
)
def test_the_language_is_that_of_the_gold_text(text: str, expected: str) -> None:
    """A text in traditional characters is read with their model; one that is both, with that of simplified ones."""
    assert language([text]) == expected


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


def _column(text: str, table: BenchTable, head: str) -> list[str]:
    """The cells below a head of one of the tables."""
    block = text.split(f"### {table.title}\n")[1].strip().split("\n\n", maxsplit=1)[0].splitlines()
    at = table.heads.index(head) + 1
    return [row.split("|")[at].strip() for row in block[2:]]
