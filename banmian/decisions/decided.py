"""The articles of an issue as people decided about them: the one place from which everything that shows them reads."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from banmian.decisions.actions.reread_page import Reread
from banmian.decisions.decision import Anchored, Decision, Ground, StructuralBody, TextBody
from banmian.decisions.ground import Former, Gone, Lines
from banmian.decisions.imprint import Imprint, with_imprint
from banmian.decisions.record import Record
from banmian.decisions.regrouping import Regrouping, name_of_new
from banmian.store.display_path import shown
from banmian.store.entries import IssueEntry
from banmian.store.workspace import Workspace
from cleanup.article import Article, Issue, issue_from_json
from cleanup.edits import ledger as ledgers
from cleanup.edits.edit import Edit
from cleanup.edits.ledger import Entry, Ledger, Signature
from layout.errors import WorkspaceUnusable
from layout.page import Page, page_from_json
from ocr.setup.language_model import none_but


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
    _articles: dict[str, _Told] = field(default_factory=dict, init=False)
    _course: _Course | None = field(default=None, init=False)
    _model: str | None = field(default=None, init=False)

    def decided(self, stored: Issue, decisions: Sequence[Decision]) -> Decided:
        """The issue under the decisions, in their order: pages read anew first, then the make-up, then the texts.

        What is cleaned up anew for it is so with the language model of the run, or with none.
        """
        with none_but(self._spoke()):
            return self._decided(stored, decisions)

    def _spoke(self) -> str:
        """The identity of the language model that spoke in the run; empty where none did."""
        if self._model is None:
            if self.folder is None:
                return ""
            with Workspace.open(self.folder.parents[1], results=False) as workspace:
                self._model = workspace.language_model()
        return self._model

    def _decided(self, stored: Issue, decisions: Sequence[Decision]) -> Decided:
        if self._course is None or not self._course.leads_to(stored, decisions):
            self._course = self._begun(stored, decisions)
        course = self._course
        touched = self._followed(course, decisions[len(course.done) :])
        told = [self._article(a, course, anew=a.id in touched) for a in course.made_up.issue.articles]
        issue = replace(course.made_up.issue, articles=tuple(t.article() for t in told))
        return Decided(
            with_imprint(issue, self._printed(course.base)) if issue != course.base else issue,
            (*course.made_up.changed, *course.homeless, *dict.fromkeys(c for t in told for c in t.changed)),
            frozenset().union(*(t.seen for t in told)),
            frozenset().union(*(t.sampled for t in told)),
            course.made_up.dropped,
            course.made_up.arranged,
            tuple(course.answers),
            course.pages,
        )

    def _begun(self, stored: Issue, decisions: Sequence[Decision]) -> _Course:
        """The course of these decisions before the first one about the text."""
        pages = reread_pages(decisions)
        base = self._read_anew(stored, pages)
        made_up = self._make_up(base, [d for d in decisions if isinstance(d.body, StructuralBody)])
        return _Course(stored, base, pages, made_up)

    def _followed(self, course: _Course, decisions: Sequence[Decision]) -> set[str]:
        """Takes the decisions into the course, and returns the ids of the articles whose text they are about."""
        assert self._lines is not None
        touched: set[str] = set()
        for decision in decisions:
            if not isinstance(decision.body, TextBody):
                continue
            homes = list(dict.fromkeys(h for g in decision.body.grounds() for h in self._lines.homes(g)))
            touched.update(homes)
            for home in homes:
                course.by_article[home].append(decision)
            if not homes and decision.undone is None:
                course.homeless.append(_changed(decision, None))
        course.answers += _answers(decisions, {c.decision for c in course.made_up.changed})
        course.done += decisions
        return touched

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
            self._lines = Lines(self._made_up[1].issue.articles, self._made_up[1].formers)
            self._articles = {}
        return self._made_up[1]

    def _article(self, article: Article, course: _Course, *, anew: bool) -> _Told:
        """The article under its decisions; `anew` is whether there may be others than before."""
        assert self._lines is not None
        known = self._articles.get(article.id)
        if known is not None and not anew and known.of is course:
            return known
        decisions = course.by_article.get(article.id, [])
        if known is None or not (known.of is course or known.precedes(decisions)):
            known = self._articles[article.id] = _Told(self._lines, article)
        known.tell(decisions[len(known) :])
        known.of = course
        return known


@dataclass(slots=True)
class _Course:
    """Decisions as far as they were done again, one after the other, on one make-up.

    `base` is the issue with the `pages` that people had read anew. `homeless` are decisions whose lines are gone.
    """

    stored: Issue
    base: Issue
    pages: Mapping[int, Page]
    made_up: _MadeUp
    done: list[Decision] = field(default_factory=list)
    by_article: dict[str, list[Decision]] = field(default_factory=lambda: defaultdict(list))
    homeless: list[ChangedGround] = field(default_factory=list)
    answers: list[LostAnswer] = field(default_factory=list)

    def leads_to(self, stored: Issue, decisions: Sequence[Decision]) -> bool:
        """Whether these decisions go on from what was done, and change neither make-up nor pages."""
        number = len(self.done)
        if self.stored is not stored or decisions[:number] != self.done:
            return False
        return not any(isinstance(d.body, StructuralBody | Reread) for d in decisions[number:])


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
    """The text decisions about one article, as they come; `len` is how many were told."""

    def __init__(self, lines: Lines, article: Article) -> None:
        self.of: _Course | None = None
        self._lines = lines
        self._base = article
        self._entries: dict[str, Entry] = {e.edit.id: e for e in article.ledger}
        self._by_rule = sorted((*article.raw.extent(e.edit), e.edit.id) for e in article.ledger if e.accepted)
        self._made: Article | None = article
        self._told: list[tuple[int, tuple[str, str] | None]] = []
        self.changed: list[ChangedGround] = []
        self.seen: set[tuple[int, str, int]] = set()
        self.sampled: set[tuple[int, str]] = set()

    def __len__(self) -> int:
        return len(self._told)

    def precedes(self, decisions: Sequence[Decision]) -> bool:
        """Whether what was told is what these decisions begin with."""
        return self._told == [(d.id, d.undone) for d in decisions[: len(self._told)]]

    def tell(self, decisions: Sequence[Decision]) -> None:
        """Does decisions about the text again, behind those that were told before."""
        for decision in decisions:
            assert isinstance(decision.body, TextBody)
            decision.body.tell(self, decision)
            self._told.append((decision.id, decision.undone))

    def article(self) -> Article:
        """The article as it stands by now; the same one as long as no edit gets another standing."""
        if self._made is None:
            self._made = self._base.with_ledger(Ledger(tuple(self._entries.values())))
        return self._made

    def sample(self, ground: Ground) -> None:
        """Takes a line as sampled."""
        self.sampled |= {(s.page, s.line) for s in self._lines.same(ground, 0, len(ground.text))}

    def see(self, ground: Ground, start: int, end: int) -> None:
        """Takes characters as found right; one that is read otherwise now has not been seen."""
        for span in self._lines.same(ground, start, end):
            self.seen |= {(span.page, span.line, at) for at in range(span.start, span.end)}

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
        self._made = None

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
