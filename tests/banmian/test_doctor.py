"""The doctor knows what is missing and what brings it."""

from __future__ import annotations

import pytest

from banmian import doctor
from banmian.doctor import DoctorFinding, Health, examine, installer, is_fit
from banmian.store.stage_keys import OPENCV

DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n'
MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'
FEDORA = "ID=fedora\n"
SUSE = 'ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n'
ALPINE = "ID=alpine\n"

MODEL_COMMANDS = [
    (DEBIAN, "Linux", "sudo apt-get install tesseract-ocr-chi-sim-vert"),
    (MINT, "Linux", "sudo apt-get install tesseract-ocr-chi-sim-vert"),
    (FEDORA, "Linux", "sudo dnf install tesseract-langpack-chi_sim_vert"),
    (SUSE, "Linux", "sudo zypper install tesseract-ocr-traineddata-chi_sim_vert"),
    (ALPINE, "Linux", "sudo apk add tesseract-ocr-data-chi_sim_vert"),
    ("", "Darwin", "brew install tesseract-lang"),
]


@pytest.mark.parametrize(("os_release", "system", "command"), MODEL_COMMANDS)
def test_each_system_gets_its_own_command(os_release: str, system: str, command: str) -> None:
    """The command for a model is the one of the system's own installer."""
    by = installer(os_release, system)
    assert by is not None
    assert by.model_command(["chi_sim_vert"]) == command


def test_an_unknown_system_is_not_guessed() -> None:
    """A system that is not known has no installer."""
    assert installer("ID=plan9\n", "Linux") is None


def test_a_machine_without_tesseract_is_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Tesseract is not on the PATH, it and its model are missing, each with a remedy."""
    monkeypatch.setenv("PATH", "/nowhere")
    missing = {f.name: f for f in examine() if f.health is Health.MISSING}
    assert set(missing) == {"Tesseract", "model chi_sim"}
    assert all(f.remedy for f in missing.values())
    assert not is_fit(examine())


def test_a_library_that_cannot_be_loaded_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that fails to load is named with its error, and the machine is not fit."""
    monkeypatch.setattr(doctor, "_LIBRARIES", ("numpy", "no_such_library"))
    (finding,) = [f for f in examine() if f.name == "libraries"]
    assert finding.health is Health.MISSING
    assert "no_such_library" in finding.found


def test_a_second_opencv_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two packages that bring OpenCV overwrite each other: the remedy leaves one. With one there is nothing to tell."""
    monkeypatch.setattr(doctor, "is_installed", lambda name: name.startswith("opencv-python"))
    (finding,) = [f for f in examine() if f.name == "OpenCV"]
    assert finding.health is Health.OPTIONAL
    assert "uninstall --yes opencv-python" in finding.remedy
    assert finding.remedy.endswith(f"-m pip install {OPENCV[0]}")
    monkeypatch.setattr(doctor, "is_installed", lambda name: name == OPENCV[0])
    assert not [f for f in examine() if f.name == "OpenCV"]


def test_only_what_is_missing_makes_unfit() -> None:
    """An optional thing that is not there does not keep a run from being made."""
    assert is_fit([DoctorFinding("x", Health.OPTIONAL, "not installed", "apt"), DoctorFinding("y", Health.OK, "1.0")])
