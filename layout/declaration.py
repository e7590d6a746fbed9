"""Declarations: a pass or an export format is one object with a name, and whatever needs it reads that object."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from inspect import get_annotations
from os.path import dirname, exists, join
from typing import ClassVar, Final, NamedTuple, Self, dataclass_transform

from layout.errors import BanmianError

_ROOT: Final = dirname(dirname(__file__))
"""The folder in which the rooms lie."""


class DeclarationWrong(BanmianError):
    """Something is declared twice, or its declaration is incomplete: this copy of Banmian is damaged."""

    exit_code: ClassVar[int] = 9


class Words(NamedTuple):
    """One text in the two languages of the interface."""

    en: str
    zh: str


NO_WORDS: Final = Words("", "")
"""What a declaration has that says nothing yet: it is incomplete."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
class _Fields:
    """Keyword arguments as attributes.

    A type checker sees the classes below it as frozen dataclasses. None is generated, because every start of the
    program, that of `--help` too, makes these classes, and generating them is half of what that costs. Setting or
    deleting an attribute raises AttributeError, as there; but each object equals itself alone.
    """

    def __init__(self, **values: object) -> None:
        for name in values.keys() - set(self.fields()):
            raise TypeError(f"{type(self).__name__} has no {name}.")
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> None:
        raise self._is_frozen(name)

    def __delattr__(self, name: str) -> None:
        raise self._is_frozen(name)

    def _is_frozen(self, name: str) -> AttributeError:
        return AttributeError(f"{type(self).__name__} is declared once: {name} cannot be changed.")

    @classmethod
    def fields(cls) -> Iterator[str]:
        """The names of the attributes, those of the base class first."""
        for declared in reversed(cls.__mro__):
            yield from get_annotations(declared)


class Declaration(_Fields):
    """What is declared of anything: its name as people type it, and the module that does the work (dotted)."""

    name: str = ""
    module: str = ""


class DeclaredEnum(StrEnum):
    """An enumeration of what is declared: each member is the name in its declaration, and has that declaration."""

    declaration: Declaration

    def __new__(cls, declaration: Declaration) -> Self:
        member = str.__new__(cls, declaration.name)
        member._value_ = declaration.name
        member.declaration = declaration
        return member


def check_declarations(what: str, declared: type[DeclaredEnum]) -> None:
    """Raises DeclarationWrong for a member of an enumeration that is declared twice, or whose declaration has a gap.

    The texts and words of a declaration may not be empty, and its module is there; `what` is what a member is called
    in the message (export format, pass).
    """
    for key, member in declared.__members__.items():
        if member.name != key:
            raise _wrong(what, member, f"it is there twice, as {member.name} and as {key}")
        _check(what, member, member.declaration)


def _check(what: str, name: str, declaration: Declaration) -> None:
    for field in declaration.fields():
        value = getattr(declaration, field)
        if value == "" or (isinstance(value, Words) and not all(value)):
            raise _wrong(what, name or "without a name", f"it has no {field}")
    if not _is_there(declaration.module):
        raise _wrong(what, name, f"its module {declaration.module} is not there")


def _is_there(module: str) -> bool:
    """Whether the module's file is there; it is not loaded, for most declared things are not used in this process."""
    return exists(join(_ROOT, *module.split(".")) + ".py")


def _wrong(what: str, name: str, fault: str) -> DeclarationWrong:
    return DeclarationWrong(
        f"The declaration of the {what} {name} is wrong: {fault}.", "Correct its declaration, or install Banmian again."
    )
