"""The edits of a text and what was decided about each; raw text and ledger together are the clean text."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from heapq import heappop, heappush
from operator import itemgetter
from typing import Final

from cleanup.edits.edit import Edit, Pass
from cleanup.edits.pass_registry import ACCEPT_FROM
from cleanup.edits.raw_text import RawText

BAR: Final = ACCEPT_FROM
"""The confidence from which an edit of a pass is accepted by rule, where its declaration does not say otherwise."""


class Standing(StrEnum):
    """What is decided about an edit."""

    PROPOSED = "proposed"
    BY_RULE = "by-rule"  # accepted because its confidence reaches the bar
    ACCEPTED = "accepted"  # by a person
    REFUSED = "refused"  # by a person
    WRITTEN = "written"  # by a person, and so accepted


_IN: Final = frozenset({Standing.BY_RULE, Standing.ACCEPTED, Standing.WRITTEN})
_BY_PERSON: Final = frozenset({Standing.ACCEPTED, Standing.REFUSED, Standing.WRITTEN})


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decided, and when (ISO 8601, UTC)."""

    person: str
    time: str


@dataclass(frozen=True, slots=True)
class EditDecision:
    """One decision; a person's bears a signature. `undone` says who took it back: it stays on the record."""

    standing: Standing
    by: Signature | None = None
    undone: Signature | None = None

    def __post_init__(self) -> None:
        if (self.standing in _BY_PERSON) != (self.by is not None):
            raise ValueError(f"“{self.standing}” is {'' if self.by is None else 'not '}a person's decision")


_RULE: Final = EditDecision(Standing.BY_RULE)


@dataclass(frozen=True, slots=True)
class Entry:
    """An edit and the decisions about it, oldest first; the last that was not undone counts."""

    edit: Edit
    decisions: tuple[EditDecision, ...] = ()

    @property
    def decision(self) -> EditDecision | None:
        return next((d for d in reversed(self.decisions) if d.undone is None), None)

    @property
    def standing(self) -> Standing:
        decision = self.decision
        return Standing.PROPOSED if decision is None else decision.standing

    @property
    def accepted(self) -> bool:
        return self.standing in _IN


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two accepted edits that touch the same characters: `winner` is applied before `loser`, which stays out.

    `named` is True where the winner supersedes the loser, as a later pass does with an earlier one; otherwise the
    two are in conflict, and a person should refuse one.
    """

    winner: Edit
    loser: Edit
    named: bool


@dataclass(frozen=True)
class Ledger:
    """Edits with their decisions, one entry an edit, in the order in which they came."""

    entries: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        if len(self._index) != len(self.entries):
            raise ValueError("an edit stands twice in the ledger")

    @cached_property
    def _index(self) -> dict[str, int]:
        return {entry.edit.id: i for i, entry in enumerate(self.entries)}

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, edit_id: str) -> bool:
        return edit_id in self._index

    def __getitem__(self, edit_id: str) -> Entry:
        """The entry of an edit; KeyError where there is none."""
        return self.entries[self._index[edit_id]]

    def recording(self, edits: Iterable[Edit], bar: float = BAR) -> Ledger:
        """The ledger with a pass's finds: accepted by rule from `bar` on, proposed below.

        An edit that is already there keeps what was decided about it, and is not written twice.
        """
        fresh: dict[str, Entry] = {}
        for edit in edits:
            if edit.id not in self._index and edit.id not in fresh:
                fresh[edit.id] = Entry(edit, (_RULE,) if edit.confidence >= bar else ())
        return Ledger((*self.entries, *fresh.values())) if fresh else self

    def only(self, passes: Container[Pass]) -> Ledger:
        """The ledger with the edits of these passes alone."""
        return Ledger(tuple(entry for entry in self.entries if entry.edit.by in passes))

    def written(self, edit: Edit, by: Signature) -> Ledger:
        """The ledger with an edit that a person wrote."""
        return self._decided(edit, EditDecision(Standing.WRITTEN, by))

    def accepted(self, edit_id: str, by: Signature) -> Ledger:
        """The ledger with this edit accepted by a person; KeyError where it is not there."""
        return self._decided(self[edit_id].edit, EditDecision(Standing.ACCEPTED, by))

    def refused(self, edit_id: str, by: Signature) -> Ledger:
        """The ledger with this edit refused by a person; the others still apply."""
        return self._decided(self[edit_id].edit, EditDecision(Standing.REFUSED, by))

    def undone(self, edit_id: str, by: Signature) -> Ledger:
        """The ledger with the last decision about this edit taken back: what was decided before it counts again."""
        entry = self[edit_id]
        last = max((i for i, d in enumerate(entry.decisions) if d.undone is None), default=None)
        if last is None:
            return self
        taken_back = replace(entry.decisions[last], undone=by)
        return self._with(replace(entry, decisions=(*entry.decisions[:last], taken_back, *entry.decisions[last + 1 :])))

    def _decided(self, edit: Edit, decision: EditDecision) -> Ledger:
        entry = self[edit.id] if edit.id in self else Entry(edit)
        return self._with(replace(entry, decisions=(*entry.decisions, decision)))

    def _with(self, entry: Entry) -> Ledger:
        at = self._index.get(entry.edit.id, len(self.entries))
        return Ledger((*self.entries[:at], entry, *self.entries[at + 1 :]))


EMPTY: Final = Ledger()
"""The ledger of a text that nothing was done to."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which accepted edits are in force on a raw text, in its order, and which stay out and why."""

    applied: tuple[tuple[int, int, Edit], ...]
    """Raw start, raw end, edit; none touches another."""
    accepted: tuple[tuple[int, int, Edit], ...]
    """The same of every accepted edit."""
    overlaps: tuple[Overlap, ...]

    @property
    def conflicts(self) -> tuple[Overlap, ...]:
        """The overlaps that no pass foresaw: they wait for a person."""
        return tuple(o for o in self.overlaps if not o.named)


def resolve(raw: RawText, ledger: Ledger) -> Resolution:
    """Which accepted edits are in force.

    An edit stays out while any accepted edit that ranks higher touches it. So to refuse or undo an edit can bring
    others in, and never puts one out. A person's edit ranks above a rule's, the longer above the shorter (the one
    that supersedes covers the superseded), the one that supersedes more above the other, then the surer; the id
    breaks ties, never the order of the entries.
    """
    ranked = _ranked(raw, ledger)
    overlaps = (*_overlaps(ranked), *_named(ranked))
    out = {o.loser.id for o in overlaps}
    accepted = tuple((start, end, edit) for start, end, edit, _ in ranked)
    return Resolution(tuple(a for a in accepted if a[2].id not in out), accepted, overlaps)


_Rank = tuple[int, int, int, float, str]
_Ranked = tuple[int, int, Edit, _Rank]


def _ranked(raw: RawText, ledger: Ledger) -> list[_Ranked]:
    """Every accepted edit with its raw offsets and its rank, sorted by place."""
    found: list[_Ranked] = []
    for entry in ledger:
        if entry.accepted:
            start, end = raw.extent(entry.edit)
            found.append((start, end, entry.edit, _rank(entry, end - start)))
    found.sort(key=lambda f: (f[0], f[1], f[3]))
    return found


def _rank(entry: Entry, length: int) -> _Rank:
    person = int(entry.standing is not Standing.BY_RULE)
    return person, length, len(entry.edit.supersedes), entry.edit.confidence, entry.edit.id


def _overlaps(ranked: Sequence[_Ranked]) -> Iterator[Overlap]:
    """Every two that touch; `ranked` is sorted by place."""
    open_: list[tuple[int, int, _Ranked]] = []
    for i, this in enumerate(ranked):
        start, end = this[0], this[1]
        while open_ and open_[0][0] < start:
            heappop(open_)
        for _, _, other in open_:
            if touch(other[:2], (start, end)):
                yield _overlap(*sorted((this, other), key=itemgetter(3), reverse=True))
        heappush(open_, (end, i, this))


def _named(ranked: Sequence[_Ranked]) -> Iterator[Overlap]:
    """Every two of which one names the other though they only lie side by side, as a covered insertion does."""
    by_id = {this[2].id: this for this in ranked}
    for this in ranked:
        for name in this[2].supersedes:
            other = by_id.get(name)
            if other is not None and not touch(this[:2], other[:2]):
                yield _overlap(*sorted((this, other), key=itemgetter(3), reverse=True))


def touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two runs share a character, or one inserts inside of the other or where the other inserts."""
    (start, end), (start2, end2) = one, other
    if start == end and start2 == end2:
        return start == start2
    return start < end2 and start2 < end


def _overlap(winner: _Ranked, loser: _Ranked) -> Overlap:
    return Overlap(winner[2], loser[2], named=loser[2].id in winner[2].supersedes)
