"""All actions of the review, found in their folder and checked: what can be asked for, and what the record can hold."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final, TypeVar, Union

import msgspec

from banmian.decisions import actions
from banmian.decisions.action import DeskKey, ReviewAction, Subject, Wish
from banmian.decisions.decision import Body, PageBody, TakenBack
from banmian.decisions.looking import LOOKING
from layout.declaration import DeclarationWrong, Words

_Found = TypeVar("_Found", bound=Hashable)
_REMEDY: Final = "Correct its file in banmian/decisions/actions, or install Banmian again."


def declared() -> tuple[ReviewAction, ...]:
    """The actions of the folder, by the names of their files; raises DeclarationWrong where one is half or twice."""
    found = {}
    for module in iter_modules(actions.__path__):
        action = getattr(import_module(f"{actions.__name__}.{module.name}"), "ACTION", None)
        if not isinstance(action, ReviewAction):
            raise DeclarationWrong(f"banmian/decisions/actions/{module.name}.py declares no ACTION.", _REMEDY)
        found[f"{module.name}.py"] = action
    check_actions(found)
    return tuple(found.values())


def check_actions(found: dict[str, ReviewAction], looking: Iterable[DeskKey] = LOOKING) -> None:
    """Raises DeclarationWrong, which names the file, for an action that is declared half, or something twice."""
    for file, action in found.items():
        _check_whole(file, action)
    _once(found, lambda a: [a.name], "the name {} is that of {} too")
    _once(found, lambda a: [] if a.wish is None else [_tag(a.wish)], "a wish tagged {} is in {} too")
    bodies = {action.body: file for file, action in found.items()}
    tags: dict[str, str] = {}
    for body, file in bodies.items():
        if (other := tags.setdefault(_tag(body), file)) != file:
            raise _wrong(file, f"a decision tagged {_tag(body)} is in {other} too")
    _check_keys(found, looking)


def _check_whole(file: str, action: ReviewAction) -> None:
    """Raises DeclarationWrong where a part of an action is missing, or its wish has another name."""
    if not action.name:
        raise _wrong(file, "it has no name")
    if not all(action.did):
        raise _wrong(file, "did lacks one of the two languages")
    if action.wish is not None and _tag(action.wish) != action.name:
        raise _wrong(file, f"its wish is tagged {_tag(action.wish)}, and it is named {action.name}")
    for key in action.keys:
        if not key.name or not all(key.label):
            raise _wrong(file, f"the key {key.shown or key.pressed} lacks its name or one of the two languages")


def _check_keys(found: dict[str, ReviewAction], looking: Iterable[DeskKey]) -> None:
    """Raises DeclarationWrong for a key that two actions have."""
    taken = {key: "looking.py" for k in looking for key in k.keys}
    for file, action in found.items():
        for pressed in (key for k in action.keys for key in k.keys):
            if (other := taken.setdefault(pressed, file)) != file:
                raise _wrong(file, f"the key {pressed} is that of {other} too")


def _once(found: dict[str, ReviewAction], of: Callable[[ReviewAction], list[str]], told: str) -> None:
    taken: dict[str, str] = {}
    for file, action in found.items():
        for name in of(action):
            if (other := taken.setdefault(name, file)) != file:
                raise _wrong(file, told.format(name, other))


def _tag(kind: type[msgspec.Struct]) -> str:
    return str(kind.__struct_config__.tag)


def _wrong(file: str, fault: str) -> DeclarationWrong:
    return DeclarationWrong(f"The review action in {file} is wrong: {fault}.", _REMEDY)


ACTIONS: Final = declared()
"""Every action."""

if TYPE_CHECKING:
    AnyWish = Wish
    AnyBody = Body
else:  # what may be decoded: the wishes of all actions; and their decisions, with steps back and forth
    AnyWish = Union[tuple(dict.fromkeys(a.wish for a in ACTIONS if a.wish is not None))]  # noqa: UP007
    AnyBody = Union[(*dict.fromkeys(a.body for a in ACTIONS), TakenBack)]

PAGE_TAGS: Final = tuple(dict.fromkeys(_tag(a.body) for a in ACTIONS if issubclass(a.body, PageBody)))
"""The tags of decisions by which a team says something of a page."""


@cache
def did(body: type[Body]) -> Words:
    """What the list of a person's decisions calls a decision of this kind."""
    return next(a.did for a in ACTIONS if a.body is body)


class KeyTold(msgspec.Struct, frozen=True):
    """A command of the page's view for the browser: its name in the scripts, its keys, and what is told of both."""

    name: str
    keys: tuple[str, ...]
    shown: tuple[str, ...]
    label: str


class SubjectTold(msgspec.Struct, frozen=True):
    """A heading of the list of keys, and what stands under it."""

    heading: str
    keys: tuple[KeyTold, ...]


def keys_told(language: str) -> list[SubjectTold]:
    """The keys of the page's view in a language of the interface."""
    at = Words._fields.index(language)
    return [
        SubjectTold(
            subject.value[at],
            tuple(KeyTold(k.name, k.keys, tuple((k.shown or k.pressed).split()), k.label[at]) for k in keys),
        )
        for subject, keys in desk_keys()
    ]


def desk_keys() -> list[tuple[Subject, list[DeskKey]]]:
    """The keys of the page's view by subject, in the order in which they are listed."""
    keys = [*LOOKING, *(k for a in ACTIONS for k in a.keys)]
    mine = ((s, [k for k in keys if k.subject is s]) for s in Subject)
    return [(s, sorted(here, key=lambda k: k.place)) for s, here in mine]
