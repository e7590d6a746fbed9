"""What a reviewer can do: the declaration of an action, its keys, and what its wishes have in common."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, Self

import msgspec

from banmian.decisions.decision import Body, Wanted
from layout.declaration import NO_WORDS, Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.team import PageReview


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a browser asks for: checked when it is decoded, and made into decisions here."""

    follows: ClassVar[bool] = False
    """Whether it holds for its stretch of text however that reads by now."""

    def wanted(self, asked: Asked) -> list[Wanted]:
        """The decisions that it comes to; raises Refused where it fits nothing that is there."""
        raise NotImplementedError

    def refusal(self, review: PageReview, person: str) -> str | None:
        """Why this person cannot have it on a page so reviewed, as a key of the interface's words."""
        return None

    def stretch(self) -> tuple[int, int] | None:
        """The clean text that it is about, first offset and the one behind the last; None where it is about no text."""
        return None

    def elsewhere(self, start: int, end: int) -> Self:
        """The same wish about another stretch."""
        raise NotImplementedError

    def stands(self, then: Asked, now: Asked) -> bool | None:
        """Whether its place is as it was; None where any change of the article's make-up changes it."""
        return None

    def is_done(self, text: str) -> bool:
        """Whether the text of its stretch already is what it asks for."""
        return False


class PageWish(Wish, frozen=True, forbid_unknown_fields=True):
    """A wish about a page."""

    page: int


class Subject(Enum):
    """What keys are about: the headings of the list of keys, in its order."""

    GO = Words("Going about", "移动")
    TEXT = Words("Text", "文字")
    MAKE_UP = Words("Make-up", "结构")
    SCAN = Words("Scan", "扫描图")
    TEAM = Words("Page and team", "版面与团队")


@dataclass(frozen=True, slots=True)
class DeskKey:
    """Keys of the page's view that do one thing.

    `name` is the command in the page's scripts, which is told which of the keys was pressed. `pressed` are the keys as
    KeyboardEvent.key has them, with spaces between; empty where the browser presses it otherwise. `place` is where it
    stands among those of its subject. `shown` is what is told of the keys where that is something else.
    """

    name: str
    pressed: str
    label: Words
    subject: Subject
    place: int
    shown: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, one by one."""
        return tuple(self.pressed.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAction:
    """An action, declared once in its file: server, page, list of keys, documentation and tests read it.

    `name` is the tag of its wish, `body` what the record keeps of it, `did` what the list of a person's decisions says,
    `keys` its keys in the page's view; an action without any is reached from a dialog or another view.
    """

    name: str
    body: type[Body]
    did: Words = NO_WORDS
    wish: type[Wish] | None = None
    keys: tuple[DeskKey, ...] = ()
