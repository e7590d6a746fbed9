"""Decisions of people: what was decided, on which ground, by whom and when. They are only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import msgspec

from cleanup.article import ArticleKind, Role, SourceLine
from cleanup.edits.edit import Edit, Pass, Span
from layout.geometry import Box
from layout.page import Line, Page, RegionKind


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


class Judged(msgspec.Struct, frozen=True, tag="judged"):
    """Edits of the passes, accepted or refused."""

    edits: tuple[Anchored, ...]
    accepted: bool


class Written(msgspec.Struct, frozen=True, tag="written"):
    """Edits that the person wrote, and edits of passes that stood in their way and are refused with it."""

    edits: tuple[Anchored, ...]
    refused: tuple[Anchored, ...] = ()


class Seen(msgspec.Struct, frozen=True, tag="seen"):
    """A reading in doubt was looked at and is right: the characters `start` to `end` of a line."""

    ground: Ground
    start: int
    end: int


class Moved(msgspec.Struct, frozen=True, tag="moved"):
    """Lines taken to another article (`to`; None is a new one) or place: before a line, or to the end."""

    lines: tuple[Ground, ...]
    to: str | None = None
    anchor: Ground | None = None
    before: Ground | None = None


class Cast(msgspec.Struct, frozen=True, tag="cast"):
    """Lines given another role: parts of a headline, a byline, a caption."""

    lines: tuple[Ground, ...]
    role: Role


class Rekinded(msgspec.Struct, frozen=True, tag="rekinded"):
    """A region that is of another kind; its lines tell which."""

    lines: tuple[Ground, ...]
    kind: RegionKind


class ArticleKindSet(msgspec.Struct, frozen=True, tag="sorted"):
    """An article that is an advert, a notice, furniture …"""

    anchor: Ground
    kind: ArticleKind


class Jumped(msgspec.Struct, frozen=True, tag="jumped"):
    """The article in which `start` stands goes on with the one in which `end` stands."""

    start: Ground
    end: Ground


class Cut(msgspec.Struct, frozen=True, tag="cut"):
    """From this line on it is another article; `heads` are lines before it that are the other one's headline."""

    at: Ground
    heads: tuple[Ground, ...] = ()


class HeadsAs(StrEnum):
    """What the headline of an article becomes that is merged with the one before it."""

    HEADLINE = "headline"  # a part of the whole article's headline
    SUBHEAD = "subhead"  # a headline within the body


class Merged(msgspec.Struct, frozen=True, tag="merged"):
    """The article in which `end` stands is a part of the one in which `start` stands, behind its lines."""

    start: Ground
    end: Ground
    heads: HeadsAs


class Ordered(msgspec.Struct, frozen=True, tag="ordered"):
    """The article in which `anchor` stands comes right before the one in which `before` stands, or last of all."""

    anchor: Ground
    before: Ground | None = None


class Blocked(msgspec.Struct, frozen=True, tag="blocked"):
    """Lines that are a region of their own, or part of the region of the line `into`."""

    lines: tuple[Ground, ...]
    into: Ground | None = None


class Divided(msgspec.Struct, frozen=True, tag="divided"):
    """A line that is two: the second begins at the character `at` of the recognized text."""

    ground: Ground
    at: int


class United(msgspec.Struct, frozen=True, tag="united"):
    """Lines that are one, in this order."""

    lines: tuple[Ground, ...]


class Reshaped(msgspec.Struct, frozen=True, tag="reshaped"):
    """A line with other borders, and what is read within them; `line` has no id of its own."""

    ground: Ground
    line: Line


class Drawn(msgspec.Struct, frozen=True, tag="drawn"):
    """Lines that a person drew on the scan where layout had found none.

    `ground` is the whole place, `lines` what stands there, `at` the line that they stand before, or `behind`; None
    makes them an article of their own. `lost` is the place of lost text that they answer, in pixels of the scan.
    """

    ground: Ground
    lines: tuple[Line, ...]
    role: Role
    kind: RegionKind
    at: Ground | None = None
    behind: bool = True
    lost: tuple[int, int, int, int] | None = None


class Dropped(msgspec.Struct, frozen=True, tag="dropped"):
    """Lines that are no text: a stroke of a picture, dirt."""

    lines: tuple[Ground, ...]


class Reread(msgspec.Struct, frozen=True, tag="reread"):
    """A page as it was laid out and read anew, which takes the place of what a run made of it.

    `turned` is by how many degrees its person told that the print is turned clockwise on the scan.
    """

    page: Page
    turned: float = 0.0


class NoText(msgspec.Struct, frozen=True, tag="no-text"):
    """A place that looked like lost text and is none: a drawing, dirt. `ground` has its box alone."""

    ground: Ground


class Finished(msgspec.Struct, frozen=True, tag="finished"):
    """A page that is done, or open again."""

    page: int
    done: bool


class ProofState(StrEnum):
    """How often a page was proofread: not yet, by one person, and by a second one who validated it."""

    OPEN = "open"
    PROOFREAD = "proofread"
    VALIDATED = "validated"


class PageMarked(msgspec.Struct, frozen=True, tag="marked"):
    """A page that the person has proofread, has validated as the second one, or opens again."""

    page: int
    state: ProofState


class Assigned(msgspec.Struct, frozen=True, tag="assigned"):
    """A page that is for a person to review; an empty name takes it from everybody."""

    page: int
    to: str


class Noted(msgspec.Struct, frozen=True, tag="noted"):
    """A comment on a page, an article or a place; with `ask` it waits for a colleague, with `to` it answers another.

    `ground` is the line of the place, or the article's first one; `start` to `end` are its characters, the same
    number where it is the whole article.
    """

    page: int
    text: str
    ask: bool
    ground: Ground | None = None
    start: int = 0
    end: int = 0
    to: int | None = None


class Settled(msgspec.Struct, frozen=True, tag="settled"):
    """A comment that is settled."""

    page: int
    note: int


class Sampled(msgspec.Struct, frozen=True, tag="sampled"):
    """A confident line that was checked: how many of its characters were wrong, and what its reader expected."""

    ground: Ground
    characters: int
    errors: int
    expected: float


class TakenBack(msgspec.Struct, frozen=True, tag="taken-back"):
    """Decisions undone, or (`again`) done once more after that."""

    of: tuple[int, ...]
    again: bool


Structural = (
    Moved
    | Cast
    | Rekinded
    | ArticleKindSet
    | Jumped
    | Cut
    | Merged
    | Ordered
    | Blocked
    | Divided
    | United
    | Reshaped
    | Drawn
    | Dropped
)
Team = PageMarked | Assigned | Noted | Settled
Body = Judged | Written | Seen | Structural | Reread | NoText | Finished | Team | Sampled | TakenBack
STRUCTURAL: Final = (
    Moved,
    Cast,
    Rekinded,
    ArticleKindSet,
    Jumped,
    Cut,
    Merged,
    Ordered,
    Blocked,
    Divided,
    United,
    Reshaped,
    Drawn,
    Dropped,
)

TEAM: Final = (PageMarked, Assigned, Noted, Settled)
"""What a team says of a page; it changes no text."""


def grounds_of(body: Structural) -> tuple[Ground, ...]:
    """The lines that a decision about the make-up is about, the first one first."""
    match body:
        case Blocked(lines=lines, into=into):
            return lines if into is None else (*lines, into)
        case (
            Moved(lines=lines) | Cast(lines=lines) | Rekinded(lines=lines) | United(lines=lines) | Dropped(lines=lines)
        ):
            return lines
        case Jumped(start=start, end=end) | Merged(start=start, end=end):
            return start, end
        case Cut(at=at, heads=heads):
            return (at, *heads)
        case (
            ArticleKindSet(anchor=ground)
            | Ordered(anchor=ground)
            | Divided(ground=ground)
            | Reshaped(ground=ground)
            | Drawn(ground=ground)
        ):
            return (ground,)


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
