"""Signatures of old articles: a pen name at the foot of a column of its own, right behind the text that it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cleanup.articles.placed import PlacedLine, Rect
from cleanup.articles.registers.heads import Head
from cleanup.articles.registers.measures import EDGE, PITCH, RUN, TYPE, size_of
from cleanup.articles.registers.runs import Run
from cleanup.articles.registers.text import Sorted
from cleanup.language.characters import is_hanzi


@dataclass(frozen=True, slots=True)
class PenNameParams:
    """Bounds of a signature; lengths in ems."""

    hanzi: tuple[int, int] = (2, 4)
    """Hanzi of a pen name, least and most."""
    foot: float = 1.6
    """Ems by which it ends over the register's foot, at most."""
    lower: float = 0.4
    """Share of the register's height below which it begins."""
    white: float = 1.5
    """Ems of white over it at least, where it stands under the text's last line."""
    lapped: float = 0.6
    """Ems by which its box and that of the line before it may overlap."""


P: Final = PenNameParams()


def signatures(page: Sorted, runs: Sequence[Run], heads: Sequence[Head]) -> Mapping[str, Run]:
    """The run that each signature ends, by the id of the signature's line, which is of no headline or longer run."""
    groups = [*(r.lines for r in runs if len(r.lines) > 1), *(h.lines for h in heads)]
    taken = {n.line.id for lines in groups for n in lines}
    out: dict[str, Run] = {}
    for n in page.frame.lines:
        if n.line.id not in taken and _may_sign(page, n):
            ended = (run for run in runs if n not in run.lines and _ends(page, _foot(run, runs), run, n))
            best = min(ended, key=lambda run: n.rect.y0 - run.rect.y1, default=None)
            if best is not None:
                out[n.line.id] = best
    return out


def without_signatures(page: Sorted, runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs but for those that are a signature."""
    found = signatures(page, runs, ())
    return tuple(r for r in runs if len(r.lines) > 1 or r.lines[0].line.id not in found)


def _may_sign(page: Sorted, n: PlacedLine) -> bool:
    """Whether a line is a few hanzi of the text's size."""
    few = P.hanzi[0] <= len(n.text) <= P.hanzi[1] and all(map(is_hanzi, n.text))
    return few and not n.crosses and TYPE[0] <= size_of(n) <= TYPE[1] and not page.surroundings[n.line.id].on_picture


def _foot(run: Run, runs: Sequence[Run]) -> float:
    """The foot of a run's register; a line or two may end over it, the other text that begins there does not."""
    if len(run.lines) >= RUN:
        return run.foot
    return max(o.foot for o in runs if abs(o.top - run.top) < EDGE)


def _ends(page: Sorted, foot: float, run: Run, n: PlacedLine) -> bool:
    """Whether a line stands at the foot of the column right behind a run, or of its last line's, white over it."""
    at_foot = abs(foot - n.rect.x1) < P.foot and n.rect.x0 > run.top + P.lower * (foot - run.top)
    if not at_foot or page.zone(n.rect) != page.zone(run.rect):
        return False
    last = run.lines[-1].rect
    if last.overlap_y(n.rect) > P.lapped * last.height:
        return n.rect.x0 > last.x1 + P.white
    behind = -P.lapped < n.rect.y0 - last.y1 < PITCH
    over = Rect(run.top - 1.0, n.rect.y0, n.rect.x0 - P.lapped, n.rect.y1)
    return behind and not any(
        m is not n and m.rect.overlap_x(over) > 0 and m.rect.overlap_y(over) > P.lapped for m in page.frame.lines
    )
