"""Decisions of people: what was decided, on which ground, by whom and when. They are only ever added to.

What can be decided is declared in `banmian.decisions.actions`, a file for each action; here is what all of them share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import msgspec

from cleanup.article import SourceLine
from cleanup.edits.edit import Edit, Pass, Span
from layout.geometry import Box

if TYPE_CHECKING:
    from banmian.decisions.regrouping import Regrouping
    from banmian.decisions.team import PageReview
    from cleanup.edits.ledger import Standing


class Ground(msgspec.Struct, frozen=True, array_like=True):
    """A line as it was when someone decided about it: found again by its id, its place on the scan, or its text."""

    page: int
    line: str
    text: str
    box: tuple[int, int, int, int] | None = None

    @classmethod
    def of(cls, source: SourceLine) -> Ground:
        box = source.line.box
        return cls(source.page, source.line.id, source.line.text, None if box is None else edges(box))

    @property
    def key(self) -> tuple[int, str]:
        return self.page, self.line


def edges(box: Box) -> tuple[int, int, int, int]:
    """Left, top, right and bottom."""
    return box.x0, box.y0, box.x1, box.y1


class Anchored(msgspec.Struct, frozen=True):
    """An edit with the lines that it stands on."""

    places: tuple[tuple[int, str, int, int], ...]
    before: str
    after: str
    by: Pass
    reason: str
    confidence: float
    grounds: tuple[Ground, ...]
    supersedes: tuple[str, ...] = ()

    @classmethod
    def of(cls, edit: Edit, grounds: tuple[Ground, ...]) -> Anchored:
        places = tuple((s.page, s.line, s.start, s.end) for s in edit.places)
        return cls(places, edit.before, edit.after, edit.by, edit.reason, edit.confidence, grounds, edit.supersedes)

    @property
    def edit(self) -> Edit:
        places = tuple(Span(*p) for p in self.places)
        return Edit(places, self.before, self.after, self.by, self.reason, self.confidence, self.supersedes)


class Body(msgspec.Struct, frozen=True):
    """What was decided, as the record keeps it. Each action has its own, under a tag that never changes."""

    def grounds(self) -> tuple[Ground, ...]:
        """The lines that it is about, the first one first; none where it is about a page or an issue."""
        return ()

    def pages(self) -> set[int]:
        """The pages that it is about, by number."""
        return {ground.page for ground in self.grounds()}

    def told(self) -> tuple[str, str]:
        """What stood there and what stands there now, for a list of what was done; empty where that says nothing."""
        return "", ""

    def outdated(self, now: str | None) -> tuple[Ground, str, str, str | None]:
        """What is told of a decision that no longer fits: its line, what was there, what was decided, what is there."""
        ground = self.grounds()[0]
        return ground, ground.text, "", now

    def answered(self) -> tuple[int, tuple[int, int, int, int], bool] | None:
        """The page and the box of lost text that it answers, and whether by saying that there is none."""
        return None


class ArticleText(Protocol):
    """The text of one article while decisions about it are done again."""

    def decide(self, decision: Decision, edits: Iterable[Anchored], standing: Standing) -> None:
        """Gives edits a standing; those whose ground has changed are told of."""

    def see(self, ground: Ground, start: int, end: int) -> None:
        """Takes the characters of a line, as it was recognized, as found right."""

    def sample(self, ground: Ground) -> None:
        """Takes a line as sampled."""


class TextBody(Body, frozen=True):
    """A decision about the text of articles."""

    def tell(self, article: ArticleText, decision: Decision) -> None:
        """Does the decision again on an article; the ones that were undone are told too."""
        raise NotImplementedError


class StructuralBody(Body, frozen=True):
    """A decision about the make-up: which lines there are, their parts, blocks, articles and order."""

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Does the decision again; `name` is the id of what it makes. Raises Gone where a line is no longer there."""
        raise NotImplementedError


class PageBody(Body, frozen=True):
    """What a team says of a page; it changes no text."""

    page: int

    def pages(self) -> set[int]:
        """The page."""
        return {self.page}

    def review_after(self, review: PageReview, decision: Decision) -> PageReview:
        """The review of the page with this decision."""
        raise NotImplementedError


class TakenBack(Body, frozen=True, tag="taken-back"):
    """Decisions undone, or (`again`) done once more after that."""

    of: tuple[int, ...]
    again: bool


class Step(StrEnum):
    """What a person does with what was decided last."""

    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as it was recorded. Those of one `group` are undone together. Times are ISO 8601, UTC.

    `undone` is by whom and when it was taken back, if it is so now.
    """

    id: int
    issue: str
    article: str
    person: str
    time: str
    body: Body
    group: str
    undone: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A decision that a person wants recorded; `touched` are the articles that it changes, its own among them."""

    issue: str
    article: str
    body: Body
    touched: tuple[str, ...] = ()
