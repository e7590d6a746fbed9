"""A stage's results change with its declared version, and not without it."""

from __future__ import annotations

import importlib.metadata
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from layout.errors import ReaderMissing
from tests.golden import __main__ as command
from tests.golden import stages
from tests.golden.stages import COMMAND, LANGUAGES, STAGES, Stage, pinned, recorded

PAGES = sorted(LANGUAGES)
by_room = pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.room)


@pytest.mark.parametrize("name", PAGES)
@by_room
def test_equal_versions_make_equal_bytes(stage: Stage, name: str) -> None:
    """Under the recorded key (input, version, settings) the result is the recorded one."""
    known = recorded()[f"{stage.room}/{name}"]
    try:
        software = stage.software
    except (ReaderMissing, importlib.metadata.PackageNotFoundError) as e:
        pytest.skip(f"a reader is missing: {e}")
    if software != known.software:
        pytest.skip(f"recorded with {known.software}; installed are {software}")
    result = stage.make(name)
    now = stage.recorded(name, result)
    assert now.key == known.key, f"nothing is recorded for {now.key}. Record it: {COMMAND}"
    assert now == known, f"{stage.advice}\n{stage.changes(name, result)}"


def test_results_are_recorded_with_the_pinned_packages() -> None:
    """A new lock wants a new record: with other packages than those of the record the test above is skipped."""
    used = {package for each in recorded().values() for package in each.software if not package.startswith("tesseract")}
    assert used <= pinned(), f"Record the results anew: {COMMAND}"


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Stage]:
    """Stages whose last one makes something else, with a record of their own in place of ours."""
    record = tmp_path / "recorded.json"
    record.write_bytes(stages.RECORD.read_bytes())
    monkeypatch.setattr(stages, "RECORD", record)
    monkeypatch.setattr(command, "RECORD", record)
    monkeypatch.setattr(command, "ROOT", tmp_path)
    articles = STAGES[-1]
    told = [replace(articles, make=lambda name: articles.make(name) + b" ")]
    monkeypatch.setattr(command, "STAGES", told)
    return told


def test_a_change_without_a_version_is_refused(changed: list[Stage]) -> None:
    """The message names the constant, its file and the command; --same-version records it all the same."""
    before = stages.RECORD.read_bytes()
    refused = CliRunner().invoke(command.main, ["record"])
    assert refused.exit_code == 1
    assert "Raise CLEANUP_VERSION in cleanup/version.py, then: python -m tests.golden record" in refused.output
    assert stages.RECORD.read_bytes() == before
    assert CliRunner().invoke(command.main, ["record", "--same-version"]).exit_code == 0
    assert stages.RECORD.read_bytes() != before


def test_a_change_with_a_version_is_recorded(changed: list[Stage], monkeypatch: pytest.MonkeyPatch) -> None:
    """With a raised version the record takes the new digest."""
    key = changed[0].depends
    monkeypatch.setattr(command, "STAGES", [replace(changed[0], depends=lambda name: key(name) + "9")])
    assert CliRunner().invoke(command.main, ["record"]).exit_code == 0
    assert {at: r.key[-1] for at, r in recorded().items() if at.startswith("cleanup")} == {
        "cleanup/harbour": "9",
        "cleanup/morning": "9",
    }
