"""The tables of the bench in Markdown: one for typeset issues, one for real pages, one for keyed pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from banmian.bench.cases import Case, Group
from banmian.bench.measure import Ours
from banmian.bench.peers import Theirs


@dataclass(frozen=True, slots=True)
class BenchRun:
    """Banmian's result on a case, and that of `tesseract --psm 3` where it was run too."""

    case: Case
    ours: Ours
    tesseract: Theirs | None = None


@dataclass(frozen=True, slots=True)
class PeerRun:
    """Another program's result on a case, and that of `tesseract --psm 3`."""

    case: Case
    theirs: Theirs
    tesseract: Theirs


@dataclass(frozen=True, slots=True)
class Column:
    """A head, the cell of a run of Banmian, and the cell of a peer's run."""

    head: str
    ours: Callable[[BenchRun], str]
    theirs: Callable[[PeerRun], str] = field(default=lambda _: "-")


def _measure(name: str) -> Column:
    return Column(name, lambda run: share(getattr(run.ours.score, name)))


def _rate(name: str) -> Column:
    """A count per 100 paragraphs."""
    return Column(name, lambda run: share(getattr(run.ours.score, name), 1))


def _keyed(name: str) -> Column:
    return Column(name, lambda run: "-" if run.ours.keyed is None else share(getattr(run.ours.keyed, name)))


def _ratio(run: BenchRun) -> str:
    return "-" if run.tesseract is None else f"{run.ours.cost.seconds / run.tesseract.cost.seconds:.2f}"


def share(value: float | None, digits: int = 3) -> str:
    """Return the value with so many digits; `-` where there is none."""
    return "-" if value is None else f"{value:.{digits}f}"


def line(cells: Iterable[str]) -> str:
    """Return a row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


_ENGINE: Final = Column("engine", lambda run: run.ours.engine, lambda run: run.theirs.name)
_PARA: Final = Column(
    "para",
    lambda run: share(run.ours.score.para),
    lambda run: f"{share(run.theirs.score.para)} (cleaned {share(run.theirs.cleaned.para)})",
)
"""Paragraphs found; for a peer also after `banmian clean`."""
_CHAR_F1: Final = Column(
    "char_f1", lambda run: share(run.ours.score.char_f1), lambda run: share(run.theirs.score.char_f1)
)
_BREAKS: Final = (_measure("breaks"), _rate("torn"), _rate("run_on"), _measure("found"), _measure("junk"))
_NUMBERS: Final = (_measure("numbers"),)
_COST: Final = (
    Column("CPU s", lambda run: share(run.ours.cost.seconds, 1), lambda run: share(run.theirs.cost.seconds, 1)),
    Column("layout s/page", lambda run: share(run.ours.layout_seconds / len(run.case.scans), 2)),
    Column("CPU/T", _ratio, lambda run: share(run.theirs.cost.seconds / run.tesseract.cost.seconds, 2)),
    Column("MB", lambda run: share(run.ours.cost.memory, 0), lambda run: share(run.theirs.cost.memory, 0)),
)
"""CPU seconds of everything; of layout for a page; of everything over those of `tesseract --psm 3`; largest process."""
_CERTAINTY: Final = (
    Column("wrong", lambda run: str(run.ours.certainty.wrong)),
    Column("suspects", lambda run: share(run.ours.certainty.caught)),
    Column("certain right", lambda run: share(run.ours.certainty.right, 4)),
)
"""Wrong characters; the share of them among the 3 % least sure; what is right of a confidence of .99 and more."""


@dataclass(frozen=True, slots=True)
class BenchTable:
    """A table of the bench: its title, the head of the column that names the case, and the other columns."""

    title: str
    first: str
    columns: tuple[Column, ...]

    @property
    def heads(self) -> list[str]:
        return [self.first, *(c.head for c in self.columns)]

    def start(self) -> str:
        """Return the title and the head of the table."""
        return "\n".join([f"### {self.title}", "", line(self.heads), line("---" for _ in self.heads)])

    def row(self, run: BenchRun) -> list[str]:
        return [run.case.name, *(c.ours(run) for c in self.columns)]

    def peer_row(self, run: PeerRun) -> list[str]:
        return [run.case.name, *(c.theirs(run) for c in self.columns)]


TYPESET_ISSUES: Final = BenchTable(
    "Typeset issues",
    "issue",
    (
        _ENGINE,
        *map(_measure, ("body_cer", "recovered", "article_f1", "title", "byline", "jump")),
        _PARA, _CHAR_F1, *_BREAKS, *_NUMBERS, *_COST, *_CERTAINTY,
    ),
)  # fmt: skip
REAL_PAGES: Final = BenchTable(
    "Real pages",
    "page",
    (
        _ENGINE,
        *map(_measure, ("article_f1", "title", "byline")),
        _PARA, *_BREAKS, *_NUMBERS, _measure("body_cer"), _CHAR_F1, *_COST,
    ),
)  # fmt: skip
KEYED_PAGES: Final = BenchTable("Keyed pages", "page", (_ENGINE, *map(_keyed, ("whole", "found", "cer"))))
"""Pages of old papers whose articles were keyed: marks do not count, variant forms are folded."""

TABLES: Final = {Group.TYPESET: TYPESET_ISSUES, Group.REAL: REAL_PAGES}
