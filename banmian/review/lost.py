"""The list of places that look like text and lie in no line: open, drawn, or said by a person to be no text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from banmian.decisions.decided import Decided
from cleanup.article import Issue
from layout.geometry import Box
from layout.page import Page

_COVERED: Final = 0.5
"""Share of a place's area that drawn lines, or a decision about another place, cover where they are about this one.

A person draws tighter than layout's estimate, and another layout finds the same print in a slightly other box."""


class LostState(StrEnum):
    """What has become of a place of lost text."""

    OPEN = "open"
    DRAWN = "drawn"  # lines were drawn there
    NO_TEXT = "no-text"  # a person looked, and there is none


@dataclass(frozen=True, slots=True)
class LostPlace:
    """A place in pixels of the scan, an estimate of its characters, its state, and the person who decided it."""

    box: Box
    characters: int
    state: LostState = LostState.OPEN
    person: str = ""


def _drawn(page: Page, issue: Issue) -> list[Box]:
    """The places of the lines that people drew on a page, or gave other borders."""
    known = {line.id: line.polygon for line in page.lines}
    lines = (s.line for a in issue.articles for s in a.lines if s.page == page.number)
    return [line.box for line in lines if line.box is not None and known.get(line.id) != line.polygon]


def lost_places(page: Page, decided: Decided | None) -> list[LostPlace]:
    """The page's places of lost text in the order of the page, each with its state under the decisions."""
    answers = () if decided is None else tuple(a for a in decided.answers if a.page == page.number)
    drawn = [] if decided is None else _drawn(page, decided.issue)
    found = []
    for place in page.lost:
        box = place.box
        answer = next((a for a in reversed(answers) if _share(box, [Box(*a.box)]) >= _COVERED), None)
        if answer is not None:
            state = LostState.NO_TEXT if answer.no_text else LostState.DRAWN
            found.append(LostPlace(box, place.characters, state, answer.person))
        elif _share(box, drawn) >= _COVERED:
            found.append(LostPlace(box, place.characters, LostState.DRAWN))
        else:
            found.append(LostPlace(box, place.characters))
    return sorted(found, key=lambda p: (p.box.y0, p.box.x0))


def _share(box: Box, others: Sequence[Box]) -> float:
    """The share of the box that the others cover; where they meet one another, too much."""
    return sum((box & other).area for other in others) / max(1, box.area)
