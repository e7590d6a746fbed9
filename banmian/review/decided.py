"""The articles of an issue as people decided about them: the one place from which everything that shows them reads."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from banmian.review.actions.reread_page import Reread
from banmian.review.decision import Anchored, Decision, Ground, StructuralBody, TextBody
from banmian.review.ground import Former, Gone, Lines
from banmian.review.imprint import Imprint, with_imprint
from banmian.review.record import Record
from banmian.review.regrouping import Regrouping, name_of_new
from banmian.store.display_path import shown
from banmian.store.entries import IssueEntry
from cleanup.article import Article, Issue, issue_from_json
from cleanup.edits import ledger as ledgers
from cleanup.edits.edit import Edit
from cleanup.edits.ledger import Entry, Ledger, Signature
from layout.errors import WorkspaceUnusable
from layout.page import Page, page_from_json


@dataclass(frozen=True, slots=True)
class ChangedGround:
    """A decision that no longer fits: what stood there, what was decided, and what stands there now."""

    decision: int
    person: str
    time: str
    ground: Ground
    before: str
    after: str
    now: str | None


@dataclass(frozen=True, slots=True)
class LostAnswer:
    """What a person said of a place of lost text: lines that were drawn for it, or that it holds none."""

    page: int
    box: tuple[int, int, int, int]
    person: str
    no_text: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """An issue as decided. `seen` are characters that a person found right: page, line and offset."""

    issue: Issue
    changed: tuple[ChangedGround, ...] = ()
    seen: frozenset[tuple[int, str, int]] = frozenset()
    sampled: frozenset[tuple[int, str]] = frozenset()
    dropped: frozenset[tuple[int, str]] = frozenset()
    """Lines that are no text, or that another line holds now, by page and id."""
    arranged: frozenset[int] = frozenset()
    """Pages whose regions people put in another order, together or apart: exports have them as the articles do."""
    answers: tuple[LostAnswer, ...] = ()
    pages: Mapping[int, Page] = field(default_factory=dict)
    """Pages that people had read anew, by number: these stand for those of the run."""


def decided_issue(entry: IssueEntry) -> Issue:
    """The issue that lies in its folder, with all that people decided about it."""
    return decided(entry).issue


def decided(entry: IssueEntry) -> Decided:
    """The same, with what else was decided."""
    stored = stored_issue(entry)
    with Record.look(entry.folder.parents[1]) as record:
        decisions = record.decisions(entry.name)
    return Desk(entry.folder).decided(stored, decisions) if decisions else Decided(stored)


def stored_issue(entry: IssueEntry) -> Issue:
    """The issue as the run made it, before anyone decided."""
    path = entry.folder / "issue.json"
    try:
        data = path.read_bytes()
    except FileNotFoundError as e:
        raise WorkspaceUnusable(f"{shown(path)} is gone.", "Make it again: give the run's command once more.") from e
    return issue_from_json(data, shown(path))


@dataclass(slots=True)
class Desk:
    """Does decisions again on an issue. It remembers its work, so that one more decision costs one article.

    `folder` is the issue's, with its pages as they were read: it is needed where people had pages read anew.
    """

    folder: Path | None = None
    _base: tuple[object, Issue] | None = field(default=None, init=False)
    _made_up: tuple[object, _MadeUp] | None = field(default=None, init=False)
    _imprint: tuple[object, Imprint] | None = field(default=None, init=False)
    _lines: Lines | None = field(default=None, init=False)
    _articles: dict[str, tuple[object, Article, _Told]] = field(default_factory=dict, init=False)

    def decided(self, stored: Issue, decisions: Sequence[Decision]) -> Decided:
        """The issue under the decisions, in their order: pages read anew first, then the make-up, then the texts."""
        pages = reread_pages(decisions)
        stored = self._read_anew(stored, pages)
        made_up = self._make_up(stored, [d for d in decisions if isinstance(d.body, StructuralBody)])
        changed = made_up.changed
        assert self._lines is not None
        by_article: dict[str, list[Decision]] = defaultdict(list)
        for decision in (d for d in decisions if isinstance(d.body, TextBody)):
            homes = list(dict.fromkeys(h for g in decision.body.grounds() for h in self._lines.homes(g)))
            for home in homes:
                by_article[home].append(decision)
            if not homes and decision.undone is None:
                changed += (_changed(decision, None),)
        told = [self._article(a, by_article.get(a.id, [])) for a in made_up.issue.articles]
        issue = replace(made_up.issue, articles=tuple(a for a, _ in told))
        return Decided(
            with_imprint(issue, self._printed(stored)) if issue != stored else issue,
            changed + tuple(dict.fromkeys(c for _, t in told for c in t.changed)),
            frozenset(s for _, t in told for s in t.seen),
            frozenset(s for _, t in told for s in t.sampled),
            made_up.dropped,
            made_up.arranged,
            tuple(_answers(decisions, {c.decision for c in changed})),
            pages,
        )

    def _read_anew(self, stored: Issue, pages: Mapping[int, Page]) -> Issue:
        """The issue assembled again, with these pages in the place of the run's."""
        if not pages:
            return stored
        key = (id(stored), *(id(page) for page in pages.values()))
        if self._base is None or self._base[0] != key:
            from cleanup.assemble import assemble  # noqa: PLC0415 - it cleans up anew, and brings all that this needs

            assert self.folder is not None
            numbers = (p.number for p in stored.pages)
            whole = [pages.get(n) or _stored_page(self.folder, n) for n in numbers]
            self._base = (key, assemble(stored.name, whole))
        return self._base[1]

    def _printed(self, stored: Issue) -> Imprint:
        """What the page heads tell as they were recognized."""
        if self._imprint is None or self._imprint[0] is not stored:
            self._imprint = (stored, Imprint.of(stored))
        return self._imprint[1]

    def _make_up(self, stored: Issue, decisions: Sequence[Decision]) -> _MadeUp:
        standing = [d for d in decisions if d.undone is None]
        key = (id(stored), tuple(d.id for d in standing))
        if self._made_up is None or self._made_up[0] != key:
            self._made_up = (key, _made_up(stored, standing))
            self._lines, self._articles = Lines(self._made_up[1].issue.articles, self._made_up[1].formers), {}
        return self._made_up[1]

    def _article(self, article: Article, decisions: Sequence[Decision]) -> tuple[Article, _Told]:
        assert self._lines is not None
        key = tuple((d.id, d.undone) for d in decisions)
        known = self._articles.get(article.id)
        if known is None or known[0] != key:
            told = _Told(self._lines, article)
            for decision in decisions:
                assert isinstance(decision.body, TextBody)
                decision.body.tell(told, decision)
            known = (key, told.article(), told)
            self._articles[article.id] = known
        return known[1], known[2]


@dataclass(frozen=True, slots=True)
class _MadeUp:
    """An issue under the decisions about its make-up.

    `changed` are those that no longer fit, `dropped` the lines that are no text or in another line now, `formers` the
    lines that were divided or united, `arranged` the pages whose regions were ordered, put together or parted.
    """

    issue: Issue
    changed: tuple[ChangedGround, ...] = ()
    dropped: frozenset[tuple[int, str]] = frozenset()
    formers: tuple[Former, ...] = ()
    arranged: frozenset[int] = frozenset()


def _made_up(stored: Issue, standing: Sequence[Decision]) -> _MadeUp:
    if not standing:
        return _MadeUp(stored)

    make_up, changed = Regrouping(stored), []
    for decision in standing:
        assert isinstance(decision.body, StructuralBody)
        try:
            decision.body.replay(make_up, name_of_new(decision.id))
        except Gone as e:
            changed.append(_changed(decision, e.now))
    return _MadeUp(
        make_up.result(),
        tuple(changed),
        frozenset(make_up.dropped),
        tuple(make_up.formers),
        frozenset(make_up.arranged),
    )


class _Told:
    """The text decisions about one article, as they come."""

    def __init__(self, lines: Lines, article: Article) -> None:
        self._lines = lines
        self._base = article
        self._entries: dict[str, Entry] = {e.edit.id: e for e in article.ledger}
        self._by_rule = sorted((*article.raw.extent(e.edit), e.edit.id) for e in article.ledger if e.accepted)
        self._decided = False
        self.changed: list[ChangedGround] = []
        self.seen: list[tuple[int, str, int]] = []
        self.sampled: list[tuple[int, str]] = []

    def article(self) -> Article:
        return self._base.with_ledger(Ledger(tuple(self._entries.values()))) if self._decided else self._base

    def sample(self, ground: Ground) -> None:
        """Takes a line as sampled."""
        self.sampled += [(s.page, s.line) for s in self._lines.same(ground, 0, len(ground.text))]

    def see(self, ground: Ground, start: int, end: int) -> None:
        """Takes characters as found right; one that is read otherwise now has not been seen."""
        for span in self._lines.same(ground, start, end):
            self.seen += [(span.page, span.line, at) for at in range(span.start, span.end)]

    def decide(self, decision: Decision, edits: Iterable[Anchored], standing: ledgers.Standing) -> None:
        """Gives edits a standing; those whose ground has changed are told of."""
        for anchored in edits:
            try:
                article, edit = self._lines.place(anchored)
            except Gone as e:
                if decision.undone is None:
                    told = anchored.grounds[0], anchored.before, anchored.after, e.now
                    self.changed.append(ChangedGround(decision.id, decision.person, decision.time, *told))
                continue
            if edit is not None and article == self._base.id:
                self._enter(decision, edit, standing)

    def _enter(self, decision: Decision, edit: Edit, standing: ledgers.Standing) -> None:
        known = self._entries.get(edit.id)
        fresh = known is None
        if fresh and (decision.undone is not None or standing is ledgers.Standing.REFUSED):
            return  # what was taken back stays in the record of decisions; what no pass finds needs no refusal
        entry = known or Entry(self._covering(edit))
        by = Signature(decision.person, decision.time)
        undone = None if decision.undone is None else Signature(*decision.undone)
        made = ledgers.EditDecision(standing, by, undone)
        self._entries[edit.id] = replace(entry, decisions=(*entry.decisions, made))
        self._decided = True

    def _covering(self, edit: Edit) -> Edit:
        """The edit, which also names what a rule has since found within its ground."""
        start, end = self._base.raw.extent(edit)
        first = bisect_left(self._by_rule, (start, 0, ""))
        within = [name for s, e, name in self._by_rule[first:] if s <= end and e <= end and (s < e or start < end)]
        names = sorted({*edit.supersedes, *within[:64]})
        return replace(edit, supersedes=tuple(names)) if names else edit


def reread_pages(decisions: Iterable[Decision]) -> dict[int, Page]:
    """The pages that people had read anew, as read last, by number."""
    return {d.body.page.number: d.body.page for d in decisions if d.undone is None and isinstance(d.body, Reread)}


def _stored_page(folder: Path, number: int) -> Page:
    """A page as the run left it; one that failed has no text, and says so."""
    path = folder / "pages" / f"{number:04d}" / "page.json"
    if not path.is_file():
        return Page(number, failure=f"page {number} was not read")
    return page_from_json(path.read_bytes(), shown(path))


def _answers(decisions: Sequence[Decision], changed: Container[int]) -> Iterator[LostAnswer]:
    """The answers that stand, in their order; lines that the page no longer has room for answer nothing."""
    for decision in decisions:
        answered = decision.body.answered()
        if answered is not None and decision.undone is None and decision.id not in changed:
            page, box, no_text = answered
            yield LostAnswer(page, box, decision.person, no_text)


def _changed(decision: Decision, now: str | None) -> ChangedGround:
    return ChangedGround(decision.id, decision.person, decision.time, *decision.body.outdated(now))
