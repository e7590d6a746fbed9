"""Headlines and subheads of pages in registers: display type that stands together, and the text that it stands over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from cleanup.articles.assignment import least_costly
from cleanup.articles.cues import Cues, step
from cleanup.articles.placed import PlacedLine, Rect
from cleanup.articles.registers.measures import (
    AS_ALL,
    EDGE,
    INDENT,
    ITEM_SIGNS,
    PART,
    RUN,
    SET_IN,
    UNDER,
    around,
    size_of,
)
from cleanup.articles.registers.runs import Run, sets_in
from cleanup.articles.registers.text import Sorted, stands_over
from cleanup.articles.registers.weights import RegisterWeights
from cleanup.articles.surroundings import smallest_around
from cleanup.articles.weights import scored

_SIZES: Final = (1.2, 1.5, 2.0, 3.0)
"""Bounds of the classes of type size, relative to the body's."""
_GAPS: Final = (-0.5, 0.8, 1.5, 2.6, 4.0)
"""Bounds of the classes of white between a headline and text, in ems."""
_OFFSETS: Final = (-1.5, -0.5, 0.5, 1.5, 4.0)
"""Bounds of the classes of how much lower or further left text begins, in ems."""


@dataclass(frozen=True, slots=True)
class RegisterHeadParams:
    """Bounds by which a headline lies to the text of registers; lengths in ems, sizes relative to the body's."""

    left: float = 6.0
    """Ems of white between a headline and text left of it, at most."""
    page: float = 0.6
    """Share of the sheet that a rule under the page's head covers, at least."""
    small: float = 1.45
    """Size of a run-in subhead, relative to the body's, at most."""
    few: int = 2
    """Lines of a run-in subhead at most."""
    apart: float = 0.9
    """White between two parts of one headline, in the size of the larger one, at most."""
    register: float = 3.0
    """Ems by which a level line begins lower than the upright headline right of it where it is of the next register."""
    border: float = 8.0
    """Ems of a rule between registers, at least; one under a headline's first line is shorter."""
    level_title: int = 4
    """Characters of such a line at least: fewer may be of wide lines side by side that were found across."""
    item: float = 3.0
    """Log-odds added to the standing over text of a headline that begins as the titles of items do. They come on top of
    the fitted weights, which have no cue for it: those tell by places alone which text stands under a headline."""
    never: float = -1e6
    """Score of a pair that is out of the question."""
    of_line: float = 0.6
    """Share of the thinner of two pieces that lies beside the other where they are of one upright line, at least."""
    apiece: float = 0.2
    """Ems by which two pieces of one upright line may overlap."""
    half: float = 0.5
    """Ems by which a box may reach beyond where its print ends."""
    left_from: float = -1.5
    """Ems of white between a headline and text left of it, at least: boxes of large type overlap."""
    along: float = 0.8
    """Ems that a headline and text left of it share along the register, at least."""
    under_from: float = -0.8
    """Ems of white between a headline and text under it, at least."""
    before: float = 2.5
    """Ems by which text under a headline begins before it, at most."""
    between: float = 0.6
    """Ems by which text between a headline and a run may reach into the run."""
    higher: float = 1.5
    """Ems by which a run begins higher that stands over another one, at least."""
    level: float = 2.0
    """Ems by which two runs that begin beside each other differ at most."""
    beside: float = 0.5
    """Share of the first line of a run that lies beside another run, at least."""


P: Final = RegisterHeadParams()


@dataclass(eq=False)
class Head:
    """Display type that stands together."""

    lines: list[PlacedLine]

    @cached_property
    def rect(self) -> Rect:
        return around(n.rect for n in self.lines)

    @cached_property
    def size(self) -> float:
        """The largest type size, relative to the body's."""
        return max(size_of(n) for n in self.lines)

    def with_lines(self, lines: Sequence[PlacedLine]) -> Head:
        """The headline with more lines."""
        return Head([*self.lines, *lines])

    @property
    def opens_item(self) -> bool:
        """Whether it begins with an ornament as the titles of items do."""
        return _opens_item(self.lines[0])

    @property
    def is_level(self) -> bool:
        return max(self.lines, key=lambda n: len(n.text)).crosses


def _opens_item(n: PlacedLine) -> bool:
    return n.text[0] in ITEM_SIGNS


def heads_of(page: Sorted, runs: Sequence[Run]) -> tuple[Head, ...]:
    """The display type of the page that is of no run, in groups."""
    groups: list[list[PlacedLine]] = []
    for n in sorted(_lone_display(page, runs), key=lambda n: n.rect.y0):
        near = [g for g in groups if any(_together(page, m, n) for m in g) and not _stands_lower(n, g)]
        groups = [g for g in groups if g not in near]
        groups.append([m for g in near for m in g] + [n])
    return tuple(Head(_as_read(g)) for g in groups)


def _lone_display(page: Sorted, runs: Sequence[Run]) -> list[PlacedLine]:
    """The lines of display type that are of no run and not over all of the page."""
    taken = {n.line.id for r in runs for n in r.lines}
    lines = [n for n in page.frame.lines if n.line.id not in taken and page.is_display(n)]
    return [n for n in lines if not _is_over_page(page, runs, n)]


def _as_read(group: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines from right to left, the pieces of one upright line from above to below."""
    columns: list[list[PlacedLine]] = []
    for n in sorted(group, key=lambda n: n.rect.y0):
        fitting = (c for c in columns if c[0].rect.overlap_y(n.rect) > P.of_line * min(c[0].rect.height, n.rect.height))
        own = next((c for c in fitting if all(m.rect.overlap_x(n.rect) < P.apiece for m in c)), None)
        if own is None:
            columns.append([n])
        else:
            own.append(n)
    return [n for c in columns for n in sorted(c, key=lambda n: n.rect.x0)]


def _is_over_page(page: Sorted, runs: Sequence[Run], n: PlacedLine) -> bool:
    """Whether a level line stands over a rule that runs over most of the sheet, as a page's head does."""
    if not n.crosses:
        return False
    wide = [r for r in page.upright_rules if r.height > P.page * page.frame.height and r.x0 > n.rect.x1 - P.half]
    return bool(wide) and not any(r.rect.x0 < n.rect.x1 for r in runs if len(r.lines) >= RUN)


def _stands_lower(n: PlacedLine, group: Sequence[PlacedLine]) -> bool:
    """Whether a level line stands left of an upright headline that begins in the register above: another headline."""
    if not n.crosses or len(n.text) < P.level_title or any(m.crosses or m.rect.overlap_y(n.rect) > 0 for m in group):
        return False
    return n.rect.x0 - min(m.rect.x0 for m in group) > P.register


def _together(page: Sorted, m: PlacedLine, n: PlacedLine) -> bool:
    """Whether two lines of display type are of one headline."""
    behind = max(m, n, key=lambda line: line.rect.y0)
    if _opens_item(behind) and m.rect.overlap_y(n.rect) <= 0:
        return False
    if page.spread.get(m.line.id, -1) == page.spread.get(n.line.id, -2):
        return True
    if smallest_around(m.rect, page.frame.frames) != smallest_around(n.rect, page.frame.frames):
        return False
    box = smallest_around(m.rect, page.frame.frames)
    if box is not None and page.frame.frames[box] not in page.zones:
        return True
    gap = -m.rect.overlap_y(n.rect)
    near = gap < PART or (gap < P.apart * max(size_of(m), size_of(n)) and not _text_between(page, m.rect, n.rect))
    beside = m.rect.overlap_x(n.rect) > 0 and near
    level = m.crosses or n.crosses
    below = level and m.rect.overlap_y(n.rect) > 0 and -m.rect.overlap_x(n.rect) < PART
    below = below and not _of_two_registers(page, m.rect, n.rect)
    if not (beside or below):
        return False
    return not page.ruled(*sorted((m.rect, n.rect), key=lambda r: r.y0)) if beside else True


def _of_two_registers(page: Sorted, m: Rect, n: Rect) -> bool:
    """Whether a rule between registers lies between two lines of display type of which one stands below the other."""
    high, low = sorted((m, n), key=lambda r: r.x0)
    y0, y1 = max(m.y0, n.y0), min(m.y1, n.y1)
    return any(
        high.x1 - P.half < r.centre[0] < low.x0 + P.half and r.height > P.border and r.y0 < y0 and r.y1 > y1
        for r in page.upright_rules
    )


def _text_between(page: Sorted, m: Rect, n: Rect) -> bool:
    """Whether a line of text stands between two lines of display type, from right to left."""
    first, last = sorted((m, n), key=lambda r: r.y0)
    return any(
        first.y1 - P.half < t.rect.y0
        and t.rect.y1 < last.y0 + P.half
        and min(t.rect.overlap_x(first), t.rect.overlap_x(last)) > 0
        for t in page.text
    )


@dataclass(frozen=True)
class Option:
    """A run that the text under a headline may begin with, by their places, with the cues for it."""

    head: int
    run: int
    cues: Cues


@dataclass(frozen=True)
class Choice:
    """A headline and the run it stands over, with the log-odds against its standing over none."""

    head: int
    run: int
    score: float
    cues: Cues


def options(page: Sorted, heads: Sequence[Head], runs: Sequence[Run]) -> Iterator[Option]:
    """The runs near each headline that its text may begin with."""
    flush = "flush" if sets_in(runs) else AS_ALL
    for h, head in enumerate(heads):
        rect = _with_picture(page, head)
        near = [(r, _where(rect, run)) for r, run in enumerate(runs)]
        some = [(r, where) for r, where in near if where is not None]
        for r, where in some:
            rivals = [runs[o] for o, w in some if o != r]
            opens = "set in" if runs[r].indent >= SET_IN else flush
            yield Option(h, r, dict.fromkeys(_cues(page, head, runs[r], (where, opens), rivals), 1.0))


def no_text_cues(page: Sorted, head: Head) -> Cues:
    """The cues for a headline's standing over no text of an article."""
    label = page.label(max(head.lines, key=lambda n: len(n.text)))
    out = {"always": 1.0, f"{label.value}": 1.0, f"size {step(head.size, _SIZES)}": 1.0}
    if smallest_around(head.rect, page.frame.frames) is not None:
        out["in a frame"] = 1.0
        if page.zone(head.rect) is None:
            out["in a frame without text"] = 1.0
    return out


def _with_picture(page: Sorted, head: Head) -> Rect:
    """Where a headline stands; a level one over a picture stands over what is under the picture."""
    under = [p for p in page.frame.pictures if head.is_level and stands_over(head.rect, p)]
    return around([head.rect, *under])


def _where(h: Rect, run: Run) -> str | None:
    """Where a run begins, seen from a headline: left of it, under it, or around it; None where it is too far."""
    first = run.lines[0].rect
    left = first.y0 - h.y1
    if P.left_from < left < P.left and min(h.x1, run.foot) - max(h.x0, run.top) > P.along:
        return "left"
    under = min(run.top, first.x0) - h.x1
    if P.under_from < under < UNDER + 1.0 and run.rect.overlap_y(h) > 0 and first.y0 > h.y0 - P.before:
        return "under"
    if abs(run.top - h.x0) < INDENT and run.foot > h.x1 and run.rect.y0 < h.y0 and run.rect.y1 > h.y1:
        return "around"
    return None


def _cues(page: Sorted, head: Head, run: Run, how: tuple[str, str], rivals: Sequence[Run]) -> Iterator[str]:
    """The cues for a headline's standing over a run; where the run begins, and how, is told by the first two words."""
    (where, opens), h, first = how, _with_picture(page, head), run.lines[0].rect
    kind = ("level" if h == head.rect else "over a picture") if head.is_level else "upright"
    yield f"{kind}, {where}"
    yield f"{where}: {opens}"
    large = "large" if head.size > P.small or len(head.lines) > P.few else "small"
    yield f"{large} {kind}, {where}: {opens}"
    if where == "left":
        yield from _cues_left(large, h, run, rivals)
    elif where == "under":
        yield from _cues_under((large, kind), h, run, rivals)
    if page.ruled(h, first):
        yield f"{where}: a rule between"
    if page.zone(h) != page.zone(first):
        yield f"{kind}, {where}: another frame"
    elif smallest_around(h, page.frame.frames) != smallest_around(first, page.frame.frames):
        yield f"{kind}, {where}: in a box of its own"
    if len(run.lines) < RUN:
        yield f"few lines, {opens}"
    if abs(run.foot - max([run.foot, *(o.foot for o in rivals)])) > EDGE:
        yield "another run reaches lower"


def _cues_left(large: str, h: Rect, run: Run, rivals: Sequence[Run]) -> Iterator[str]:
    """How a run lies that begins left of a headline, and which of its rivals do, too."""
    first = run.lines[0].rect
    yield f"left by {step(first.y0 - h.y1, _GAPS)}"
    yield f"{large}, left by {step(first.y0 - h.y1, _GAPS)}"
    yield f"left, begins {step(run.top - h.x0, _OFFSETS)} lower"
    if any(
        o.rect.y0 < first.y0 - P.half and o.rect.y1 < first.y0 + P.between and _beside(o.rect, first) for o in rivals
    ):
        yield "text between"
    if any(o.top < run.top - P.higher and abs(o.lines[0].rect.y0 - first.y0) < P.level for o in rivals):
        yield "left, text over it begins there too"


def _cues_under(sort: tuple[str, str], h: Rect, run: Run, rivals: Sequence[Run]) -> Iterator[str]:
    """How a run lies that begins under a headline of a sort (large or small, level or upright)."""
    large, kind = sort
    first = run.lines[0].rect
    gap = run.top - h.x1 if run.top > h.x0 else first.x0 - h.x1
    yield f"{kind}, under by {step(gap, _GAPS)}"
    yield f"{large} {kind}, under by {step(gap, _GAPS)}"
    yield f"{kind}, under, begins {step(first.y0 - h.y0, _OFFSETS)} left of its right edge"
    if any(o.top < run.top - 1.0 and o.top > h.x1 - 1.0 for o in rivals):
        yield "under, other text nearer"


def _beside(o: Rect, first: Rect) -> bool:
    return o.overlap_x(first) > P.beside * first.width


def chosen(
    page: Sorted, heads: Sequence[Head], found: Sequence[Option], runs: int, table: RegisterWeights
) -> tuple[Choice, ...]:
    """The run that each headline's text begins with, each run under one headline, by the greatest sum of scores."""
    if not found:
        return ()
    n = len(heads)
    scores = np.full((n, runs + n), P.never)
    scores[np.arange(n), runs + np.arange(n)] = 0.0
    against = [scored(table.no_text, no_text_cues(page, h)) for h in heads]
    held: dict[tuple[int, int], Choice] = {}
    for o in found:
        score = scored(table.heads, o.cues) - against[o.head] + P.item * heads[o.head].opens_item
        scores[o.head, o.run] = score
        held[o.head, o.run] = Choice(o.head, o.run, score, o.cues)
    return tuple(held[pair] for pair in least_costly(-scores) if pair in held)
