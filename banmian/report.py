"""What commands say: each function turns what was found into the text, or the JSON, that goes to stdout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from banmian.batch.doubts import doubts
from banmian.batch.intake import shown
from banmian.batch.remote import name_of
from banmian.batch.task import IssueFacts, State
from banmian.doctor import Finding, Health

if TYPE_CHECKING:  # the doctor speaks through here too, on a machine where half of it cannot be loaded
    from banmian.batch.run import Result
    from banmian.evaluate import Score, TextScore
    from banmian.workspace import IssueEntry, PageEntry, Workspace

_MARKS: Final = {Health.OK: "ok", Health.MISSING: "MISSING", Health.OPTIONAL: "optional"}


def run_summary(result: Result, workspace: Path) -> str:
    """A line for each issue, then the sum and what to do next."""
    lines = [f"{i.entry.name}: {issue_line(i.entry, i.pages)}" for i in result.issues]
    tally = result.tally
    failed = f", {counted(tally.failed, 'page')} failed" if tally.failed else ""
    name = shown(name_of(workspace))
    lines.append(f"{counted(tally.done, 'page')} done{failed}. Next: banmian export {name} --to text --out TEXTS")
    doubtful = sum(i.doubtful for i in result.issues)
    if tally.failed or doubtful:
        lines.append(
            f"{counted(tally.failed + doubtful, 'page')} to look at: banmian status {shown(name_of(workspace))}"
        )
    return "\n".join(lines)


def status_text(workspace: Workspace) -> str:
    """The sum, a line for each issue, what failed and why, and pages worth a look."""
    issues = [(issue, list(workspace.pages(issue.id))) for issue in workspace.issues()]
    lines = [_sum(workspace), ""]
    lines += [f"{issue.name}: {issue_line(issue, Counter(p.state for p in pages))}" for issue, pages in issues]
    lines += _section("Failed", (f for issue, pages in issues for f in _failures(issue, pages)))
    lines += _section(
        "Worth a look", (f"{issue.name}, page {p.number}: {w}" for issue, ps in issues for p in ps for w in doubts(p))
    )
    return "\n".join(lines)


def status_json(workspace: Workspace) -> str:
    """Everything that the workspace knows, as one object."""
    issues = [_issue_object(issue, list(workspace.pages(issue.id))) for issue in workspace.issues()]
    whole = {"workspace": shown(name_of(workspace.root)), "pages": _tally_object(workspace), "issues": issues}
    return msgspec.json.format(msgspec.json.encode(whole)).decode()


def issue_line(issue: IssueEntry, states: Counter[State]) -> str:
    """Pages by state, then what they came to."""
    told = [counted(states.total(), "page")]
    told += [f"{states[s]} {s.value}" for s in (State.FAILED, State.WORKING, State.WAITING) if states[s]]
    if issue.state is State.DONE and issue.facts is not None:
        told += _pieces(issue.facts)
    elif issue.fault is not None:
        told.append("no articles could be made")
    return ", ".join(told)


def score_text(score: Score | TextScore) -> str:
    """One measure a line."""
    return "\n".join(f"{name:<11} {'-' if value is None else value}" for name, value in asdict(score).items())


def score_json(score: Score | TextScore) -> str:
    """One line of JSON."""
    return msgspec.json.encode(score).decode()


def doctor_text(findings: Sequence[Finding]) -> str:
    """One finding a line, then the commands that bring what is missing."""
    width = max(len(f.name) for f in findings)
    lines = [f"{_MARKS[f.health]:<9} {f.name:<{width}}  {f.found}" for f in findings]
    for health, words in ((Health.MISSING, "To make it run"), (Health.OPTIONAL, "For other work")):
        remedies = dict.fromkeys(f.remedy for f in findings if f.health is health)
        lines += _section(words, remedies)
    return "\n".join(lines)


def _sum(workspace: Workspace) -> str:
    tally = workspace.tally()
    told = [f"{counted(tally.total, 'page')}", f"{tally.done} done", f"{tally.failed} failed", f"{tally.left} left"]
    return f"{shown(name_of(workspace.root))}: {', '.join(told)}"


def _tally_object(workspace: Workspace) -> dict[str, int]:
    tally = workspace.tally()
    return {"total": tally.total, **asdict(tally)}


def _section(title: str, lines: Iterable[str]) -> list[str]:
    found = [f"  {line}" for line in lines]
    return ["", f"{title}:", *found] if found else []


def _failures(issue: IssueEntry, pages: Sequence[PageEntry]) -> Iterator[str]:
    for page in pages:
        if page.fault is not None:
            yield f"{issue.name}, page {page.number}: {page.fault.met} {page.fault.remedy}".rstrip()
    if issue.fault is not None:
        yield f"{issue.name}: {issue.fault.met} {issue.fault.remedy}".rstrip()


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


def _pieces(facts: IssueFacts) -> list[str]:
    """Articles first; furniture is nobody's find."""
    order = sorted(facts.pieces, key=lambda k: (k != "article", k))
    return [counted(facts.pieces[k], k) for k in order if k != "furniture"] or ["no articles"]


def counted(number: int, thing: str) -> str:
    """1 page, 2 pages."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
