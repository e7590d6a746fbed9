"""What commands say: each function turns what was found into the text, or the JSON, that goes to stdout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

import msgspec

from banmian.batch.doubts import doubts
from banmian.doctor import DoctorFinding, Health
from banmian.language import counted, listed, said, told, told_in_line
from banmian.piece_counts import pieces_told
from banmian.reader_line import reader_line
from banmian.store.display_path import quoted, shown
from banmian.store.remote import name_of
from banmian.store.tasks import Fault, State

if TYPE_CHECKING:  # the doctor speaks through here too, on a machine where half of it cannot be loaded
    from banmian.batch.run import Result
    from banmian.decisions.progress import Progress
    from banmian.evaluate import KeyedScore, Score, TextScore
    from banmian.store.entries import IssueEntry, PageEntry, RunEntry, Tally
    from banmian.store.workspace import Workspace

_MARKS: Final = {Health.OK: "ok", Health.MISSING: "MISSING", Health.OPTIONAL: "optional"}
_STATES: Final = {State.FAILED: "{} failed", State.WORKING: "{} working", State.WAITING: "{} waiting"}
_WIDE: Final = frozenset("WF")
"""Classes of characters that take two columns of a terminal."""
_LANGUAGES: Final = {
    "chi_sim": "simplified Chinese",
    "chi_tra": "traditional Chinese",
    "eng": "English",
    "jpn": "Japanese",
}
"""The languages of Tesseract's models in words."""


def run_summary(result: Result, workspace: Path, reader: str) -> str:
    """A line for each issue, then the readers, the sum and what to do next; `reader` as a run records it."""
    lines = [said("{}: {}", i.entry.name, issue_line(i.entry, i.pages)) for i in result.issues]
    done = sum(i.pages[State.DONE] for i in result.issues)
    lines.append(reader_line(reader, typed=sum(i.typed for i in result.issues), pages=done))
    tally, name = result.tally, quoted(name_of(workspace))
    sums = [said("{} done", counted(tally.done, "page"))]
    sums += [said("{} failed", counted(tally.failed, "page"))] if tally.failed else []
    if tally.done:
        lines.append(said("{}. Next: banmian export {} --to text --out TEXTS", listed(sums), name))
    else:
        lines.append(said("{}.", listed(sums)))
    doubtful = sum(i.doubtful for i in result.issues)
    if tally.failed or doubtful:
        lines.append(said("{} to look at: banmian status {}", counted(tally.failed + doubtful, "page"), name))
    return "\n".join(lines)


def status_text(workspace: Workspace) -> str:
    """The sum and the run that is at work on it or was cut short, the readers, a line for each issue, what failed and
    why, and pages worth a look.
    """
    issues = [(issue, list(workspace.pages(issue.id))) for issue in workspace.issues()]
    from banmian.decisions.progress import progress  # noqa: PLC0415

    reviewed = progress(workspace.root)
    run = workspace.last_run()
    readers = [] if run is None else [_readers(run.reader, [p for _, pages in issues for p in pages])]
    if model := workspace.language_model():
        readers.append(said("The language model {} was used as one cue.", model.split()[0]))
    lines = [
        _sum(workspace) + _unfinished(workspace.tally(), run),
        *readers,
        *_review_sum(reviewed, sum(len(ps) for _, ps in issues)),
        "",
    ]
    lines += [
        said("{}: {}", issue.name, issue_line(issue, Counter(p.state for p in pages)))
        + _languages(pages)
        + _review_line(reviewed.get(issue.name))
        for issue, pages in issues
    ]
    lines += _section(said("Failed"), (f for issue, pages in issues for f in _failures(issue, pages)))
    doubtful = ((issue, p, w) for issue, pages in issues for p in pages for w in doubts(p))
    lines += _section(
        said("Worth a look"), (said("{}, page {}: {}", issue.name, p.number, told(w)) for issue, p, w in doubtful)
    )
    return "\n".join(lines)


def status_json(workspace: Workspace) -> str:
    """Everything that the workspace knows, as one object."""
    from banmian.decisions.progress import NONE, progress  # noqa: PLC0415

    reviewed = progress(workspace.root)
    issues = [
        _issue_object(i, list(workspace.pages(i.id))) | {"review": _review_object(reviewed.get(i.name, NONE))}
        for i in workspace.issues()
    ]
    whole = {
        "workspace": shown(name_of(workspace.root)),
        "pages": _tally_object(workspace),
        "language_model": workspace.language_model(),
        "review": {
            "decisions": sum(p.decisions for p in reviewed.values()),
            "people": dict(_people(reviewed).most_common()),
            "pages_done": sum(len(p.done) for p in reviewed.values()),
        },
        "issues": issues,
    }
    return msgspec.json.format(msgspec.json.encode(whole)).decode()


def issue_line(issue: IssueEntry, states: Counter[State]) -> str:
    """Pages by state, then what they came to."""
    parts = [counted(states.total(), "page")]
    parts += [said(text, states[s]) for s, text in _STATES.items() if states[s]]
    if issue.state is State.DONE and issue.facts is not None:
        parts.append(pieces_told(issue.facts.pieces))
    elif issue.fault is not None:
        parts.append(said("no articles could be made"))
    return listed(parts)


def score_text(score: Score | TextScore | KeyedScore) -> str:
    """One measure a line: its name, its value, what it is; `-` where the gold has nothing of the kind."""
    from banmian.evaluate import MEASURES  # noqa: PLC0415

    values = {name: "-" if value is None else str(value) for name, value in asdict(score).items()}
    names, width = max(map(len, values)), max(map(len, values.values()))
    return "\n".join(f"{name:<{names}}  {value:>{width}}  {said(MEASURES[name])}" for name, value in values.items())


def score_json(score: Score | TextScore | KeyedScore) -> str:
    """One line of JSON."""
    return msgspec.json.encode(score).decode()


def doctor_text(findings: Sequence[DoctorFinding]) -> str:
    """One finding a line, then the commands that bring what is missing."""
    width = max(_columns(f.name) for f in findings)
    lines = [f"{_padded(said(_MARKS[f.health]), 9)} {_padded(f.name, width)}  {f.found}" for f in findings]
    for health, title in ((Health.MISSING, said("To make it run")), (Health.OPTIONAL, said("For other work"))):
        remedies = dict.fromkeys(f.remedy for f in findings if f.health is health)
        lines += _section(title, remedies)
    return "\n".join(lines)


def _columns(text: str) -> int:
    """Columns of a terminal that the text takes."""
    return sum(1 + (east_asian_width(c) in _WIDE) for c in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _sum(workspace: Workspace) -> str:
    tally = workspace.tally()
    parts = [
        counted(tally.total, "page"),
        said("{} done", tally.done),
        said("{} failed", tally.failed),
        said("{} left", tally.left),
    ]
    return said("{}: {}", shown(name_of(workspace.root)), listed(parts))


def _unfinished(tally: Tally, run: RunEntry | None) -> str:
    """What is going on with pages that are left, or how the run ended that left them."""
    from banmian.batch.watch import at_work, run_words  # noqa: PLC0415

    return run_words(run, tally) if tally.left or at_work(run) else ""


def _people(reviewed: Mapping[str, Progress]) -> Counter[str]:
    return sum((p.people for p in reviewed.values()), Counter())


def _review_sum(reviewed: Mapping[str, Progress], pages: int) -> list[str]:
    """What people have decided so far, in a line; nothing where nobody has."""
    if not reviewed:
        return []
    people = listed(f"{shown(name)} {n}" for name, n in _people(reviewed).most_common())
    decisions = sum(p.decisions for p in reviewed.values())
    done = sum(len(p.done) for p in reviewed.values())
    counts = done, counted(pages, "page"), counted(decisions, "decision")
    return [said("reviewed: {} of {} done, {} ({})", *counts, people or said("nobody"))]


def _readers(reader: str, pages: Sequence[PageEntry]) -> str:
    """The readers of a workspace's pages; `reader` as its last run records it."""
    done = [p for p in pages if p.state is State.DONE]
    typed = sum(p.facts is not None and p.facts.typed for p in done)
    return reader_line(reader, typed=typed, pages=len(done))


def _languages(pages: Sequence[PageEntry]) -> str:
    """The languages in which an issue's pages were found to be printed, the most frequent first."""
    read = [p.facts for p in pages if p.facts is not None and p.facts.characters]
    found = Counter(_in_words(facts.language) for facts in read if facts.language)
    if len(found) <= 1:
        return "".join(said("; found to be {}", name) for name in found)
    return said("; found to be {}", listed(f"{name} ({counted(n, 'page')})" for name, n in found.most_common()))


def _in_words(model: str) -> str:
    """The languages of Tesseract's models in words, those without words by the model's name."""
    return " + ".join(said(_LANGUAGES[name]) if name in _LANGUAGES else name for name in model.split("+"))


def _review_line(one: Progress | None) -> str:
    if one is None:
        return ""
    return said("; reviewed: {} done, {}", counted(len(one.done), "page"), counted(one.decisions, "decision"))


def _review_object(one: Progress) -> dict[str, object]:
    return {"decisions": one.decisions, "people": dict(one.people.most_common()), "pages_done": sorted(one.done)}


def _tally_object(workspace: Workspace) -> dict[str, int]:
    tally = workspace.tally()
    return {"total": tally.total, **asdict(tally)}


def _section(title: str, lines: Iterable[str]) -> list[str]:
    found = [f"  {line}" for line in lines]
    return ["", said("{}:", title), *found] if found else []


def _told(fault: Fault) -> str:
    return told_in_line(fault.met, fault.remedy)


def _failures(issue: IssueEntry, pages: Sequence[PageEntry]) -> Iterator[str]:
    for page in pages:
        if page.fault is not None:
            yield said("{}, page {}: {}", issue.name, page.number, _told(page.fault))
    if issue.fault is not None:
        yield said("{}: {}", issue.name, _told(issue.fault))


def _issue_object(issue: IssueEntry, pages: Sequence[PageEntry]) -> dict[str, object]:
    return {
        "name": issue.name,
        "state": issue.state,
        "pieces": issue.facts.pieces if issue.facts else {},
        "fault": issue.fault,
        "pages": [_page_object(p) for p in pages],
    }


def _page_object(page: PageEntry) -> dict[str, object]:
    return {
        "number": page.number,
        "scan": page.shown,
        "frame": page.frame,
        "state": page.state,
        "attempts": page.attempts,
        "fault": page.fault,
        "facts": page.facts,
    }
