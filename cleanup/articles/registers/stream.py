"""The runs of a page in registers as a stream: which may go on which, and what stands around and between them.

A unit is a run with the headline that stands over it. A run goes on left of where the one before it ends, or at the
beginning of a later register; a unit with a headline may go on too, under a subhead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from cleanup.articles.placed import Rect
from cleanup.articles.registers.heads import Choice, Head
from cleanup.articles.registers.measures import FULL, NEXT, around
from cleanup.articles.registers.neighbours import nearest
from cleanup.articles.registers.runs import Run, sets_in
from cleanup.articles.registers.text import Sorted
from cleanup.articles.registers.words import SharedWords
from cleanup.forms.jump_marker import markers_in
from cleanup.language.characters import is_hanzi


@dataclass(frozen=True, slots=True)
class RegisterStreamParams:
    """Bounds by which runs lie to each other; lengths in ems."""

    adjoining: tuple[float, float] = (-1.5, 4.0)
    """Ems of white between a run and the unit left of it in one register."""
    low: float = 4.0
    """Ems that two runs of one register share at least, where both are longer."""
    same_top: float = 2.0
    """Ems by which the beginnings of two runs of one register differ at most."""
    beside: float = 2.6
    """Ems of white between a headline and text that begins beside it, at most."""
    later: float = 30.0
    """Ems from a register's foot to the beginning of a later one that its text goes on in, at most."""
    slack: float = 1.5
    """Ems by which two runs that stand under or after each other may overlap."""
    half: float = 0.5
    """Ems by which a box may reach beyond where its print ends."""
    low_share: float = 0.5
    """Share of the lower of two runs of one register that they share at least."""
    ruled: float = 0.6
    """Share of what two runs have in common that a rule between them covers, at least."""
    crosses: float = 2.0
    """Ems by which what bounds a register reaches into it on both sides, at least."""
    beside_share: float = 0.5
    """Share of the lower of two runs that hangs under display type, at least."""
    under: float = 4.5
    """Ems of white between display type and the run that hangs under it, at most."""
    high: float = 3.5
    """Ems by which such display type begins over the higher run, at most."""
    large: float = 1.8
    """Size, relative to the body's, from which a headline of one line begins a text of its own."""


P: Final = RegisterStreamParams()


@dataclass(frozen=True)
class Stream:
    """The runs of a page, the headlines over them, and what stands around them."""

    page: Sorted
    runs: Sequence[Run]
    heads: Sequence[Head]
    over: Mapping[int, Choice]
    """For each run under a headline which one that is."""
    signed: Mapping[str, Run] = field(default_factory=dict)
    """The run that each signature ends, by the id of the signature's line."""
    zones: tuple[int | None, ...] = field(init=False)
    """For each run the smallest frame with running text that holds it; None outside of all."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "zones", tuple(self.page.zone(r.rect) for r in self.runs))

    @cached_property
    def units(self) -> tuple[Rect, ...]:
        """For each run its rectangle with that of the headline over it."""
        return tuple(
            around([r.rect, self.heads[self.over[n].head].rect]) if n in self.over else r.rect
            for n, r in enumerate(self.runs)
        )

    def head(self, n: int) -> Head | None:
        """The headline over a run."""
        return self.heads[self.over[n].head] if n in self.over else None

    def candidates(self) -> Iterator[tuple[int, int, str]]:
        """The pairs of runs of which the second may go on the first, by their places, and how it stands to it.

        What is signed, or says that it goes on elsewhere, has come to its end.
        """
        signed = {id(run) for run in self.signed.values()}
        for a in range(len(self.runs)):
            if id(self.runs[a]) in signed or any(m.jump.value == "to" for m in markers_in(self.runs[a].lines[-1].text)):
                continue
            for b in range(len(self.runs)):
                where = self._where(a, b) if a != b else None
                if where is not None:
                    yield a, b, where

    def _where(self, a: int, b: int) -> str | None:
        one, two = self.runs[a], self.runs[b]
        if self.adjoins(a, b):
            lower = two.top - one.top
            return "left" if abs(lower) < P.same_top else "left, lower" if lower > 0 else "left, higher"
        lower = two.top - one.foot
        if lower > -P.slack:
            return "next" if lower < NEXT else "later" if lower < P.later else None
        if one.rect.y1 < self.units[b].y0 + P.slack and one.top - P.crosses < two.top < one.foot:
            return "apart"
        return None

    def adjoins(self, a: int, b: int) -> bool:
        """Whether the second unit stands right left of the first run, in one register with it."""
        one, two = self.runs[a], self.runs[b]
        gap = self.units[b].y0 - one.rect.y1
        shared = min(one.foot, two.foot) - max(one.top, two.top)
        near = P.adjoining[0] < gap < P.adjoining[1] and one.rect.y1 < two.rect.y0 + P.slack
        return near and shared > min(P.low, P.low_share * min(one.height, two.height))

    @cached_property
    def after(self) -> tuple[str, ...]:
        """For each run what stands left of its end in its register."""
        return tuple(nearest(self, n, left=True) for n in range(len(self.runs)))

    @cached_property
    def before(self) -> tuple[str, ...]:
        """For each run what stands right of its beginning, and of its headline's, in its register."""
        return tuple(nearest(self, n, left=False) for n in range(len(self.runs)))

    @cached_property
    def sets_in(self) -> bool:
        """Whether paragraphs of the page are set in."""
        return sets_in(self.runs)

    @cached_property
    def words(self) -> Counter[str]:
        """How often two hanzi stand side by side in the lines of the page."""
        texts = [n.text for n in self.page.frame.lines]
        return Counter(a + b for t in texts for a, b in pairwise(t) if is_hanzi(a) and is_hanzi(b))

    @cached_property
    def shared_words(self) -> SharedWords:
        """What the runs, each with the headline over it, share of their wording."""
        heads = (self.head(n) for n in range(len(self.runs)))
        over = ("".join(n.text for n in h.lines) if h is not None else "" for h in heads)
        return SharedWords.of([f"{head}\n{run.text}" for head, run in zip(over, self.runs, strict=True)])

    @cached_property
    def _places(self) -> npt.NDArray[np.float64]:
        """The top, foot, right and left edges of the runs, and the room of their last lines; shape (5, n)."""
        rows = [(r.top, r.foot, r.rect.y0, r.rect.y1, r.room) for r in self.runs]
        return np.array(rows, dtype=np.float64).reshape(-1, 5).T

    @cached_property
    def _in_zone(self) -> npt.NDArray[np.bool_]:
        """Whether two runs are of one zone, shape (n, n)."""
        zones = np.array([-1 if z is None else z for z in self.zones])
        same: npt.NDArray[np.bool_] = zones[:, None] == zones[None, :]
        return same

    @cached_property
    def bordered(self) -> npt.NDArray[np.bool_]:
        """Whether a rule that crosses the registers of both stands between two runs, shape (n, n)."""
        top, foot, right, left, _ = self._places
        middle, high = (right + left) / 2, foot - top
        found = np.zeros((len(self.runs), len(self.runs)), dtype=np.bool_)
        for r in self.page.level_rules:
            crossed = np.minimum(r.x1, foot) - np.maximum(r.x0, top) > P.ruled * high
            before = crossed & (middle < r.centre[1])
            behind = crossed & (middle > r.centre[1])
            found |= before[:, None] & behind[None, :]
        both: npt.NDArray[np.bool_] = found | found.T
        return both

    @cached_property
    def _in_register(self) -> npt.NDArray[np.bool_]:
        """Whether two runs of one zone share a register with no border between, shape (n, n)."""
        top, foot, *_ = self._places
        shared = np.minimum(foot[:, None], foot[None, :]) - np.maximum(top[:, None], top[None, :]) > P.same_top
        found: npt.NDArray[np.bool_] = shared & self._in_zone & ~self.bordered
        return found

    @cached_property
    def last_above(self) -> tuple[tuple[tuple[str, int], ...], ...]:
        """For each run the runs of the register above that its text may come from, by the place that tells so.

        They are the last of that register, the last before something that spans both registers, and the last before
        the next headline, seen from where the run begins.
        """
        return tuple(tuple(self._last_over(b)) for b in range(len(self.runs)))

    def _last_over(self, b: int) -> Iterator[tuple[str, int]]:
        top, foot, _, left, _ = self._places
        begin = self.units[b].y0
        above = (foot - top[b] < P.slack) & (top[b] - foot < NEXT) & self._in_zone[b] & ~self.bordered[b]
        above &= left > begin - 1.0
        above[b] = False
        order = sorted((int(n) for n in np.flatnonzero(above)), key=lambda n: self.units[n].y0)
        if not order:
            return
        yield "the last of the register", order[-1]
        near = [n for n in order if self.units[n].y0 < self._limit_over(b) - P.half]
        if near:
            yield "the last before what spans both", near[-1]
        headed = next((k for k, n in enumerate(order) if k and n in self.over), len(order))
        yield "the last before the next headline", order[headed - 1]

    def _limit_over(self, b: int) -> float:
        """Where the first that spans the place over a run and the run itself begins, behind the run's beginning."""
        top, begin = self._places[0][b], self.units[b].y0
        spans = [*(h.rect for h in self.heads), *(r.rect for r in self.runs), *self.page.frame.pictures]
        spans += [f for f in self.page.frame.frames if not f.holds(self.runs[b].rect)]
        across = [r for r in spans if r.x0 < top - P.crosses and r.x1 > top + P.crosses]
        return min((r.y0 for r in across if r.y0 > begin + P.half), default=self.page.frame.height)

    def under_display(self, a: int, b: int) -> bool:
        """Whether the lower of two runs, beside the other, stands under display type or a picture."""
        one, two = self.runs[a], self.runs[b]
        low, high = (one, two) if one.top > two.top else (two, one)
        over = [*self.page.frame.pictures, *(h.rect for h in self.heads)]
        return any(
            p.overlap_y(low.rect) > P.beside_share * low.rect.height
            and -1.0 < low.top - p.x1 < P.under
            and p.x0 > high.top - P.high
            for p in over
        )

    def ends_later(self, a: int, b: int) -> int:
        """Other runs with a full last line that stand further left than the first in the same register."""
        _, foot, right, left, room = self._places
        found = (np.abs(foot - foot[a]) < P.same_top) & self._in_zone[a] & ~self.bordered[a]
        found &= (right > left[a] - P.half) & (room < FULL)
        found[[a, b]] = False
        return int(found.sum())

    def between(self, a: int, b: int) -> int:
        """Runs between two in the order of print: further in the first's register, before the second, between both."""
        top, foot, right, left, _ = self._places
        further = self._in_register[a] & (right > left[a] - P.half)
        before = self._in_register[b] & (left < self.units[b].y0 + P.half)
        middle = (top > foot[a] - 1.0) & (foot < top[b] + 1.0)
        found = self._in_zone[a] & (further | before | middle)
        found[[a, b]] = False
        return int(found.sum())

    def ruled_across(self, one: Run, two: Run) -> bool:
        y0, y1 = max(one.rect.y0, two.rect.y0), min(one.rect.y1, two.rect.y1)
        y0, y1 = (y0, y1) if y1 - y0 > 1.0 else (one.rect.y1 - 2.0, one.rect.y1)
        return any(
            one.foot - 1.0 < r.centre[0] < two.top + 1.0 and min(r.y1, y1) - max(r.y0, y0) > P.ruled * (y1 - y0)
            for r in self.page.upright_rules
        )

    def beside_one_head(self, a: int, b: int) -> bool:
        """Whether the second run stands under the first, beside a headline that spans both registers."""
        one, two = self.runs[a], self.runs[b]
        if not (two.top > one.foot - P.slack and two.top - one.foot < NEXT):
            return False
        for h in self.heads:
            r = h.rect
            if _begins_beside(r, two) and r.x0 < two.top - 1.0 and one.rect.y1 > two.rect.y0:
                for c in self.runs:
                    same = abs(c.foot - one.foot) < P.same_top and c.rect.y0 <= one.rect.y0
                    if same and _begins_beside(r, c) and not self._anew_between(c, one):
                        return True
        return False

    def _anew_between(self, first: Run, last: Run) -> bool:
        """Whether text under a headline begins in a register after the first run and not after the last."""
        return any(
            abs(self.runs[n].foot - last.foot) < P.same_top and first.rect.y0 < self.runs[n].rect.y0 <= last.rect.y0
            for n, c in self.over.items()
            if len(self.heads[c.head].lines) > 1 or self.heads[c.head].size > P.large
        )


def _begins_beside(h: Rect, run: Run) -> bool:
    """Whether a run begins right left of a headline, in a register that the headline spans."""
    return -P.slack < run.rect.y0 - h.y1 < P.beside and min(h.x1, run.foot) - max(h.x0, run.top) > P.slack
