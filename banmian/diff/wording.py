"""The words and colours of a diff: what each pass is called, its colour, how a change is put in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from banmian.diff.rows import JOINT
from banmian.language import ZH, language, listed, said, told
from cleanup.article import Article, Issue, Role, SourceLine, WaitingJump
from cleanup.edits.edit import LINE_BREAK, Edit, Pass

MENDS: Final = {p: p.declaration.mends.en for p in Pass}
"""What each pass mends, in English, as exports say it."""
COLOURS: Final = {p: p.declaration.colour for p in Pass}
"""Colours of the passes: dark enough on white, and distinct without the difference of red and green alone."""
TERMINAL: Final = {p: p.declaration.terminal for p in Pass}
ROLES: Final[dict[Role, str]] = {
    Role.KICKER: "kicker",
    Role.TITLE: "title",
    Role.SUBTITLE: "subtitle",
    Role.BYLINE: "byline",
    Role.DATELINE: "dateline",
    Role.SUBHEAD: "subhead",
    Role.BODY: "",
    Role.CAPTION: "caption",
    Role.CREDIT: "credit",
    Role.FURNITURE: "page furniture",
}


_NUMBERED: Final = re.compile(r"l[0-9]+")
"""The id of a line of a text file: its number."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Changes of one pass for one reason."""

    by: Pass
    reason: str
    edits: tuple[Edit, ...]

    @property
    def is_routine(self) -> bool:
        """Whether the changes only take line breaks away, so that to list each would tell nothing more."""
        return all(is_routine(e) for e in self.edits)


def mends(name: Pass) -> str:
    """What the pass mends, in the language of the interface."""
    words = name.declaration.mends
    return words.zh if language() == ZH else words.en


def role_told(role: Role) -> str:
    """What a headline's part, a byline or a caption is called; empty for body text."""
    return said(ROLES[role]) if ROLES[role] else ""


def kind_told(article: Article) -> str:
    """What kind of piece it is."""
    return said(article.kind.value)


def changes_told(article: Article) -> str:
    """How many changes are in force."""
    changes = len(article.clean.resolution.applied)
    return said("{} change" if changes == 1 else "{} changes", changes)


def pages_told(article: Article) -> str:
    """The pages on which it is printed."""
    return said("page {}", listed(map(str, article.pages)))


def after_told(edit: Edit) -> str:
    """What a change puts in place, to be seen."""
    return visible(edit.after) or said("nothing")


def conflict_told(winner: Edit, loser: Edit) -> str:
    """One line about two changes of which one stands."""
    return said("conflict  {}: {} stands, {} stays out; refuse one of the two", place(winner), winner.by, loser.by)


def is_routine(edit: Edit) -> bool:
    """Whether a change touches line breaks and white space alone."""
    return not edit.before.strip() and not edit.after.strip()


def headline_behind(article: Article) -> str | None:
    """Where the headline was found, if its article's body was printed before it."""
    page = article.lines[0].page if article.lines else 0
    places = {s.role: int(s.line.id[1:]) for s in reversed(article.lines) if s.page == page and _is_numbered(s)}
    title, body = places.get(Role.TITLE), places.get(Role.BODY)
    if title is None or body is None or title < body:
        return None
    return said("the headline stands behind its text, in line {}", title)


def _is_numbered(source: SourceLine) -> bool:
    """Whether the line's id is its number in a file of plain text."""
    return source.line.polygon is None and _NUMBERED.fullmatch(source.line.id) is not None


def reasons(edits: Sequence[Edit]) -> Iterator[Reason]:
    """The changes by pass and reason, passes in their order."""
    order = list(Pass)
    ranked = sorted(edits, key=lambda e: (order.index(e.by), e.reason))
    for (by, reason), group in groupby(ranked, key=lambda e: (e.by, e.reason)):
        yield Reason(by, reason, tuple(group))


def contained(article: Article, edit: Edit) -> tuple[Edit, ...]:
    """The earlier changes whose work is within this one, at any depth."""
    found: list[Edit] = []
    for name in edit.supersedes:
        if name in article.ledger:
            below = article.ledger[name].edit
            found += [below, *contained(article, below)]
    return tuple(dict.fromkeys(found))


def visible(text: str) -> str:
    """The text with line breaks and spaces to be seen."""
    return text.replace(LINE_BREAK, JOINT).replace("　", "□").replace(" ", "␣")


def place(edit: Edit) -> str:
    """Where a change is: the page, and the line or lines."""
    first, last = edit.places[0], edit.places[-1]
    one = first.line == last.line
    lines = _line(first.line) if one else said("{} to {}", _line(first.line), _line(last.line))
    return said("page {}, {}", first.page, lines)


def places(edits: Sequence[Edit]) -> str:
    """Where changes are that differ in nothing else; numbered lines that follow one another are put together."""
    spans = [(e.places[0].page, e.places[0].line) for e in edits]
    found = []
    for page, group in groupby(spans, key=lambda s: s[0]):
        lines = [line for _, line in group]
        numbers = [int(line[1:]) for line in lines if _NUMBERED.fullmatch(line)]
        found.append(said("page {}, {}", page, _ranges(numbers) if len(numbers) == len(lines) else listed(lines)))
    return ("；" if language() == ZH else "; ").join(found)


def _line(name: str) -> str:
    return said("line {}", name[1:]) if _NUMBERED.fullmatch(name) else name


def _ranges(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    found = listed(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)
    return said("line {}" if len(numbers) == 1 else "lines {}", found)


def name(article: Article) -> str:
    """The headline, or the beginning of the text where there is none."""
    return article.title or next((f"{p[:18]}…" for p in article.paragraphs), "") or article.kind.value


def jump_told(issue: Issue, jump: WaitingJump) -> str:
    """One line about an end of a jump that waits."""
    article = next((a for a in issue.articles if a.id == jump.article), None)
    word = "上接" if jump.end == "from" else "下转"
    title = f" {name(article)}" if article else ""
    return said("{}{}: {} {} waits, for {}", jump.article, title, word, jump.page or "?", told(jump.reason))
