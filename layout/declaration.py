"""Declarations: a pass or an export format is one object with a name, and whatever needs it reads that object."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from importlib.util import find_spec
from typing import ClassVar, Final, NamedTuple

from layout.errors import BanmianError


class DeclarationWrong(BanmianError):
    """Something is declared twice, or its declaration is incomplete: this copy of Banmian is damaged."""

    exit_code: ClassVar[int] = 9


class Words(NamedTuple):
    """One text in the two languages of the interface."""

    en: str
    zh: str


NO_WORDS: Final = Words("", "")
"""What a declaration has that says nothing yet: it is incomplete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What is declared of anything: its name as people type it, and the module that does the work (dotted)."""

    name: str = ""
    module: str = ""


def check_declarations(what: str, declared: type[StrEnum]) -> None:
    """Raises DeclarationWrong for a member of an enumeration that is declared twice, or whose declaration has a gap.

    Each member has its `declaration`, whose texts and words may not be empty and whose module is there; `what` is what
    a member is called in the message (export format, pass).
    """
    for key, member in declared.__members__.items():
        if member.name != key:
            raise _wrong(what, member, f"it is there twice, as {member.name} and as {key}")
        _check(what, member, member.declaration)  # type: ignore[attr-defined]


def _check(what: str, name: str, declaration: Declaration) -> None:
    for field in fields(declaration):
        value = getattr(declaration, field.name)
        if value == "" or (isinstance(value, Words) and not all(value)):
            raise _wrong(what, name or "without a name", f"it has no {field.name}")
    if not _is_there(declaration.module):
        raise _wrong(what, name, f"its module {declaration.module} is not there")


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # a package above it is not there
        return False


def _wrong(what: str, name: str, fault: str) -> DeclarationWrong:
    return DeclarationWrong(
        f"The declaration of the {what} {name} is wrong: {fault}.", "Correct its declaration, or install Banmian again."
    )
