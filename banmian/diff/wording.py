"""The words and colours of a diff: what each pass is called, its colour, how a change is put in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from banmian.diff.rows import JOINT
from cleanup.article import Article, Issue, Role, SourceLine, WaitingJump
from cleanup.edit import LINE_BREAK, Edit, Pass

MENDS: Final = {p: p.declaration.mends.en for p in Pass}
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
    return f"the headline stands behind its text, in line {title}"


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
    lines = _line(first.line) if first.line == last.line else f"{_line(first.line)} to {_line(last.line)}"
    return f"page {first.page}, {lines}"


def places(edits: Sequence[Edit]) -> str:
    """Where changes are that differ in nothing else; numbered lines that follow one another are put together."""
    spans = [(e.places[0].page, e.places[0].line) for e in edits]
    told = []
    for page, group in groupby(spans, key=lambda s: s[0]):
        lines = [line for _, line in group]
        numbers = [int(line[1:]) for line in lines if _NUMBERED.fullmatch(line)]
        told.append(f"page {page}, " + (_ranges(numbers) if len(numbers) == len(lines) else ", ".join(lines)))
    return "; ".join(told)


def _line(name: str) -> str:
    return f"line {name[1:]}" if _NUMBERED.fullmatch(name) else name


def _ranges(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)
    return f"line {told}" if len(numbers) == 1 else f"lines {told}"


def name(article: Article) -> str:
    """The headline, or the beginning of the text where there is none."""
    return article.title or next((f"{p[:18]}…" for p in article.paragraphs), "") or article.kind.value


def jump_told(issue: Issue, jump: WaitingJump) -> str:
    """One line about an end of a jump that waits."""
    article = next((a for a in issue.articles if a.id == jump.article), None)
    word = "上接" if jump.end == "from" else "下转"
    title = f" {name(article)}" if article else ""
    return f"{jump.article}{title}: {word} {jump.page or '?'} waits, for {jump.reason}"
