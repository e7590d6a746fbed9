"""Tesseract is asked once what it is and has, and anew where it has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ocr.setup import program

SCRIPT = """#!/bin/sh
echo asked >> "$(dirname "$0")/asked"
case $1 in
--version) echo "tesseract {version}";;
*) echo 'List of available languages in "{models}/" ({count}):'; ls {models} | sed s/.traineddata//;;
esac
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the PATH in which programs can be put, with a folder of models in it."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models/chi_sim.traineddata").touch()
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def put(folder: Path, version: str) -> None:
    """A program called tesseract of this version."""
    file = folder / "tesseract"
    file.write_text(SCRIPT.format(version=version, models=folder / "models", count=1), encoding="utf-8")
    file.chmod(0o755)


def asked(folder: Path) -> int:
    """How often it was started."""
    return len((folder / "asked").read_text(encoding="utf-8").splitlines())


def test_it_is_asked_once(folder: Path) -> None:
    """Whoever wants to know."""
    put(folder, "5.3.0")
    assert {program.version() for _ in range(3)} == {"5.3.0"}
    assert [program.models() for _ in range(3)] == [frozenset({"chi_sim"})] * 3
    assert program.folder() == folder / "models"
    assert asked(folder) == 2


def test_another_program_is_asked_anew(folder: Path) -> None:
    """In its place, too."""
    put(folder, "5.3.0")
    assert program.version() == "5.3.0"
    put(folder, "5.5.1")
    os.utime(folder / "tesseract", ns=(1, 1))
    assert program.version() == "5.5.1"


def test_a_model_that_comes_later_is_seen(folder: Path) -> None:
    """Its folder has changed."""
    put(folder, "5.3.0")
    assert program.models() == {"chi_sim"}
    (folder / "models/jpn.traineddata").touch()
    os.utime(folder / "models", ns=(1, 1))
    assert program.models() == {"chi_sim", "jpn"}
