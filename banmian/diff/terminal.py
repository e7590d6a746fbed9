"""The diff on the terminal: each paragraph with its changes in place, coloured by pass, and the reasons below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from banmian.diff.rows import JOINT, Row, conflicts, rows_of, waiting
from banmian.diff.wording import (
    TERMINAL,
    Reason,
    after_told,
    changes_told,
    conflict_told,
    contained,
    headline_behind,
    is_routine,
    jump_told,
    kind_told,
    name,
    pages_told,
    place,
    places,
    reasons,
    role_told,
    visible,
)
from banmian.language import listed, said, told
from cleanup.article import Article, Issue
from cleanup.edits.edit import LINE_BREAK, Edit, Pass


def show(issues: Iterable[tuple[Issue, tuple[Article, ...]]], console: Console) -> None:
    """Prints the diff of these articles of each issue, and the ends of jumps that wait."""
    for issue, articles in issues:
        for article in articles:
            for line in _article(issue, article):
                console.print(line)
        here = {a.id for a in articles}
        for jump in issue.waiting:
            if jump.article in here:
                console.print(Text(jump_told(issue, jump), style=TERMINAL[Pass.CONTINUATION]))


def _article(issue: Issue, article: Article) -> Iterator[Text]:
    rows = list(rows_of(article))
    yield _heading(issue, article)
    yield from (_paragraph(row) for row in rows)
    for reason in _reasons(article, rows):
        yield Text("")
        yield reason
    yield Text("\n")


def _heading(issue: Issue, article: Article) -> Text:
    text = Text(f"{issue.name}/{article.id}  ", style="dim")
    text.append(name(article), style="bold not dim")
    facts = [kind_told(article), pages_told(article), headline_behind(article), changes_told(article)]
    return text.append(f"  {listed(f for f in facts if f)}\n", style="dim")


def _paragraph(row: Row) -> Text:
    """The paragraph: what was taken away struck through, what was put there underlined; each in its pass's colour."""
    text = Text(f"{role}  " if (role := role_told(row.role)) else "", style="dim italic")
    for piece in _woven(row):
        text.append_text(piece)
    return text


def _woven(row: Row) -> Iterator[Text]:
    """The text before and after in one: text that stayed once, changes as [-before-]{+after+}."""
    after = {id(p.edit): p.text for p in row.after if p.edit}
    told: set[int] = set()
    for piece in (p for line in row.before for p in line.pieces):
        if piece.edit is None:
            yield Text(piece.text, style="not dim not italic")
        elif id(piece.edit) not in told:
            told.add(id(piece.edit))
            yield _change(piece.edit, after.get(id(piece.edit), ""))
    yield from (_change(p.edit, p.text) for p in row.after if p.edit and id(p.edit) not in told)


def _change(edit: Edit, after: str) -> Text:
    """A line break that was taken away is a ⏎, white space before a line is nothing; all else shows both sides."""
    colour = f"{TERMINAL[edit.by]} not dim not italic"
    if is_routine(edit):
        return Text(JOINT if LINE_BREAK in edit.before else "", style=colour)
    text = Text(f"[-{visible(edit.before)}-]" if edit.before else "", style=f"{colour} strike")
    return text.append(f"{{+{visible(after)}+}}" if after else "", style=f"{colour} underline not strike")


def _reasons(article: Article, rows: Iterable[Row]) -> Iterator[Text]:
    edits = tuple(dict.fromkeys(e for row in rows for e in row.edits))
    for reason in reasons(edits):
        yield _reason(article, reason)
    for entry in waiting(article):
        change = f"{visible(entry.edit.before)} → {visible(entry.edit.after)}"
        text = Text(said("waits  {}: {}", place(entry.edit), change) + "  ", style="bold")
        yield text.append(f"{told(entry.edit.reason)} ({entry.edit.confidence:.2f})", style="not bold")
    for winner, loser in conflicts(article):
        yield Text(conflict_told(winner, loser), style="bold")


def _reason(article: Article, reason: Reason) -> Text:
    text = Text()
    text.append(f"{reason.by}", style=f"bold {TERMINAL[reason.by]}")
    text.append(f" ×{len(reason.edits)}  {told(reason.reason)}")
    if reason.is_routine:
        return text.append(f"\n  {places(reason.edits)}", style="dim")
    for edit in reason.edits:
        text.append(f"\n  {place(edit)}: ", style="dim")
        text.append(f"{visible(edit.before)} → {after_told(edit)}")
        for below in contained(article, edit):
            text.append("\n    " + said("with {}: {}", below.by, told(below.reason)), style="dim")
    return text
