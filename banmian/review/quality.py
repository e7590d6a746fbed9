"""How good a batch is, counted from its articles, its edits and what people decided; nothing in it is guessed."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Final

from banmian.decisions.actions.sample import Sampled
from banmian.decisions.actions.see import FoundRight
from banmian.decisions.actions.type_text import Written
from banmian.decisions.decided import Decided, Desk, stored_issue
from banmian.decisions.decision import Decision, Ground
from banmian.decisions.difference import differences, graphemes
from banmian.decisions.ground import Lines
from banmian.decisions.record import Record
from banmian.decisions.team import ProofState
from banmian.review.lost import LostPlace, LostState, lost_places
from banmian.review.reading import ReadBy, reading_of
from banmian.review.sampling import Rate, latest, rate
from banmian.review.suspects import THRESHOLD as BAR
from banmian.review.suspects import below, suspects_of
from banmian.store.entries import PageEntry
from banmian.store.tasks import State
from banmian.store.workspace import Workspace
from cleanup.article import Article
from cleanup.edits.edit import Edit, Pass
from cleanup.edits.ledger import Standing
from cleanup.lines.glyph_places import glyphs_of
from layout.page import page_from_json

BINS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.0)
"""Edges of the bins in which confidence is compared with what was found."""


_MUCH: Final = 0.01
"""A share of ink that no region covers from which on a page is named."""


class Wrong(StrEnum):
    """The classes in which Chinese archives count errors."""

    EXTRA = "多字"
    MISSING = "少字"
    OTHER = "错字"
    MARK = "符号"

    @property
    def english(self) -> str:
        """The class in English."""
        return {"多字": "extra", "少字": "missing", "错字": "wrong", "符号": "marks"}[self.value]


@dataclass(frozen=True, slots=True)
class Bin:
    """Readings of about one confidence that a person decided about: how many, how many of them were right."""

    low: float
    high: float
    looked: int
    right: int


@dataclass(slots=True)
class IssueRow:
    """What was counted of one issue; `ink` is the largest share that no region covers on any of its pages.

    `readers` and `languages` are the engines that read its pages, and the languages that they read them as.
    """

    name: str
    pages: int = 0
    failed: int = 0
    finished: int = 0
    characters: int = 0
    suspects: int = 0
    by_person: int = 0
    waiting: int = 0
    ink: float = 0.0
    readers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Jump:
    """An end of a jump that waits for its other end."""

    issue: str
    title: str
    end: str
    page: str | None
    reason: str


@dataclass(slots=True)
class LostTextRow:
    """The places of a page that look like text and lie in no line, by what became of them.

    `characters` is an estimate for those that are still open.
    """

    issue: str
    page: int
    open: int = 0
    drawn: int = 0
    no_text: int = 0
    characters: int = 0

    def count(self, place: LostPlace) -> None:
        self.open += place.state is LostState.OPEN
        self.drawn += place.state is LostState.DRAWN
        self.no_text += place.state is LostState.NO_TEXT
        self.characters += place.characters if place.state is LostState.OPEN else 0


@dataclass(slots=True)
class Quality:
    """What was counted, `pieces` by their kind. Suspects are at the usual bar.

    `ink` is the share of a page's ink that no region covers, for each page. `lost` are the pages on which more than a
    hundredth of the ink is covered by no region, the worst first, `lost_text` those with places of lost text, the most
    open characters first. `reader` and `begun` are of the last run, `typed` counts the pages whose text was taken from
    a PDF's text layer, `decided` are the times of the first and the last decision.
    """

    pages: Counter[State] = field(default_factory=Counter)
    failures: list[tuple[str, int, str]] = field(default_factory=list)
    finished: int = 0
    validated: int = 0
    issues: int = 0
    pieces: Counter[str] = field(default_factory=Counter)
    characters: int = 0
    suspects: int = 0
    by_rule: Counter[Wrong] = field(default_factory=Counter)
    by_person: Counter[Wrong] = field(default_factory=Counter)
    passes: dict[Pass, Counter[Standing]] = field(default_factory=dict)
    ink: list[float] = field(default_factory=list)
    lost: list[tuple[str, int, float]] = field(default_factory=list)
    lost_text: list[LostTextRow] = field(default_factory=list)
    rows: list[IssueRow] = field(default_factory=list)
    jumps: list[Jump] = field(default_factory=list)
    reader: str = ""
    begun: str = ""
    typed: int = 0
    decided: tuple[str, str] | None = None
    joined: int = 0
    waiting: int = 0
    changed: int = 0
    people: Counter[str] = field(default_factory=Counter)
    sampled: Rate = field(default_factory=lambda: Rate(0, 0, 0, 0.0))
    lines: list[Sampled] = field(default_factory=list)
    readings: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def bins(self) -> list[Bin]:
        """The readings that were decided about, by their confidence."""
        found = []
        for low, high in pairwise(BINS):
            here = [right for c, right in self.readings if low <= c < high or (high == 1.0 and c == 1.0)]
            found.append(Bin(low, high, len(here), sum(here)))
        return found

    def per_10000(self, count: int) -> float:
        """A count per 10,000 characters as recognized."""
        return 10_000 * count / self.characters if self.characters else 0.0


def measure(workspace: Workspace) -> Quality:
    """The quality of all that is finished in the workspace."""
    quality = Quality()
    with Record.look(workspace.root) as record:
        for entry in workspace.issues():
            pages = list(workspace.pages(entry.id))
            row = _count_pages(quality, entry.name, pages)
            decided = None
            if entry.state is State.DONE:
                decisions = record.decisions(entry.name)
                decided = Desk(entry.folder).decided(stored_issue(entry), decisions)
                _count_issue(quality, row, decided, decisions)
            quality.lost_text += _lost_text(entry.name, pages, decided)
        everything = list(record.all())
        quality.sampled = rate(everything)
        reviews = record.reviews()
    for row in quality.rows:
        row.finished = sum(r.done for (name, _), r in reviews.items() if name == row.name)
    quality.finished = sum(r.done for r in reviews.values())
    quality.validated = sum(r.state is ProofState.VALIDATED for r in reviews.values())
    quality.lost.sort(key=lambda p: -p[2])
    quality.lost_text.sort(key=lambda p: -p.characters)
    quality.people.update(d.person for d in everything if d.undone is None)
    if everything:
        quality.decided = min(d.time for d in everything), max(d.time for d in everything)
    run = workspace.last_run()
    quality.reader, quality.begun = ("", "") if run is None else (run.reader, run.begun)
    return quality


def _count_pages(quality: Quality, issue: str, pages: Iterable[PageEntry]) -> IssueRow:
    row = IssueRow(issue)
    quality.rows.append(row)
    read = set[ReadBy]()
    for page in pages:
        row.pages += 1
        quality.pages[page.state] += 1
        if page.facts is not None:
            quality.typed += page.facts.typed
            quality.ink.append(page.facts.uncovered)
            row.ink = max(row.ink, page.facts.uncovered)
            if page.facts.uncovered > _MUCH:
                quality.lost.append((issue, page.number, page.facts.uncovered))
        if page.fault is not None:
            row.failed += 1
            quality.failures.append((issue, page.number, page.fault.met))
        read |= {reading_of(page)} if page.state is State.DONE else set()
    row.readers = tuple(sorted({r.engine for r in read if r.engine}))
    row.languages = tuple(sorted({r.language for r in read if r.language}))
    return row


def _lost_text(issue: str, pages: Iterable[PageEntry], decided: Decided | None) -> Iterator[LostTextRow]:
    """What became of the lost text of each page that has any."""
    for entry in pages:
        path = entry.folder / "page.json"
        if entry.facts is None or not entry.facts.lost or not path.is_file():
            continue
        row = LostTextRow(issue, entry.number)
        anew = None if decided is None else decided.pages.get(entry.number)
        for place in lost_places(anew or page_from_json(path.read_bytes(), str(path)), decided):
            row.count(place)
        yield row


def _count_issue(quality: Quality, row: IssueRow, decided: Decided, decisions: Sequence[Decision]) -> None:
    before = quality.characters, quality.suspects, quality.by_person.total()
    _count(quality, decided, decisions)
    row.characters, row.suspects = quality.characters - before[0], quality.suspects - before[1]
    row.by_person, row.waiting = quality.by_person.total() - before[2], len(decided.issue.waiting)


def _count(quality: Quality, decided: Decided, decisions: Sequence[Decision]) -> None:
    quality.issues += 1
    titles = {a.id: a.title or a.clean.text.strip()[:20] for a in decided.issue.articles}
    quality.jumps += [
        Jump(decided.issue.name, titles.get(w.article, ""), w.end, w.page, w.reason) for w in decided.issue.waiting
    ]
    quality.waiting += len(decided.issue.waiting)
    quality.changed += len(decided.changed)
    for article in decided.issue.articles:
        quality.pieces[article.kind.value] += 1
        quality.joined += max(0, len(article.pages) - 1)
        quality.characters += sum(not c.isspace() for c in article.raw.text)
        quality.suspects += len(below(suspects_of(article, decided.seen), BAR))
        _count_edits(quality, article)
    lines = Lines(decided.issue.articles)
    for decision in decisions:
        if decision.undone is None:
            quality.readings += _readings(decision, lines)
    quality.lines += latest(decisions)


def _count_edits(quality: Quality, article: Article) -> None:
    applied = {e.id for *_, e in article.clean.resolution.applied}
    for entry in article.ledger:
        quality.passes.setdefault(entry.edit.by, Counter())[entry.standing] += 1
        if entry.edit.id in applied:
            found = quality.by_person if entry.edit.by is Pass.PERSON else quality.by_rule
            found.update(classes(entry.edit))


def classes(edit: Edit) -> Iterator[Wrong]:
    """What was wrong where an edit mended it, one a character; white space and line ends are none of it."""
    before, after = "".join(edit.before.split()), "".join(edit.after.split())
    for difference in differences(before, after):
        gone, come = graphemes(before[difference.start : difference.end]), graphemes(difference.after)
        marks = sum(_is_mark(g) for g in (gone if len(gone) >= len(come) else come))
        yield from [Wrong.MARK] * marks
        both = min(len(gone), len(come))
        letters = max(len(gone), len(come)) - marks
        wrong = min(letters, both)
        yield from [Wrong.OTHER] * wrong
        yield from [Wrong.EXTRA if len(gone) > len(come) else Wrong.MISSING] * (letters - wrong)


def _is_mark(grapheme: str) -> bool:
    return unicodedata.category(grapheme[0])[0] in "PSZ"


def _readings(decision: Decision, lines: Lines) -> Iterator[tuple[float, bool]]:
    """The confidence of each reading in doubt that was decided about, and whether it was right.

    Of surer ones only the wrong are ever decided about: what they are worth the sampled lines tell.
    """
    match decision.body:
        case FoundRight() as found:
            yield from _right(found, lines)
        case Written(edits=edits, seen=seen):
            for found in seen:
                yield from _right(found, lines)
            for edit in edits:
                if len(edit.places) == 1 and edit.before.strip():
                    _, _, start, end = edit.places[0]
                    sure = _confidences(lines, edit.grounds[0], start, end)
                    yield from ((c, False) for c in sure if c < BAR)
        case _:
            return


def _right(found: FoundRight, lines: Lines) -> Iterator[tuple[float, bool]]:
    sure = _confidences(lines, found.ground, found.start, found.end)
    return ((c, True) for c in sure if c < BAR)


def _confidences(lines: Lines, ground: Ground, start: int, end: int) -> Iterator[float]:
    home = lines.find(ground)
    if home is not None and home.source.line.text == ground.text:
        yield from (g.confidence for g in glyphs_of(home.source.line)[start:end] if g is not None)
