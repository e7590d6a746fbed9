"""How the text of pages in registers runs on: the cues by which one run goes on another, ends an article or begins one.

A unit is a run with the headline that stands over it. A run goes on left of where the one before it ends, or at the
beginning of a later register; a unit with a headline may go on too, under a subhead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from cleanup.articles.cues import Cues, step
from cleanup.articles.frame import Rect
from cleanup.articles.labels import Label
from cleanup.articles.registers.heads import Choice, Head
from cleanup.articles.registers.measures import FULL, ORNAMENTS, SET_IN, around, ends_report
from cleanup.articles.registers.runs import Run
from cleanup.articles.registers.text import Sorted
from cleanup.forms.byline import dateline_of
from cleanup.forms.jump_marker import markers_in
from cleanup.language.characters import PAUSES, ends_sentence

_WIRE: Final = re.compile("[^、。，]{2,10}日[^、。，]{0,6}[電訊电讯]")
"""The beginning of a report by wire, its brackets lost or misread: a place, a day and the wire's name."""
_ADJOINING: Final = (-1.5, 4.0)
"""Ems of white between a run and the unit left of it in one register."""
_LOW: Final = 4.0
"""Ems that two runs of one register share at least, where both are longer."""
_SAME_TOP: Final = 2.0
"""Ems by which the beginnings of two runs of one register differ at most."""
_BESIDE: Final = 2.6
"""Ems of white between a headline and text that begins beside it, at most."""
_NEXT: Final = 4.0
"""Ems of white between a register and the next, at most."""
_LATER: Final = 30.0
"""Ems from a register's foot to the beginning of a later one that its text goes on in, at most."""
_FURTHER: Final = 1.2
"""Ems of white between two texts of one register that do not follow each other, at least."""
_TALL: Final = 2.5
"""Ems by which text that hangs down from an earlier register begins higher, at least."""
_SIZES: Final = (1.2, 1.5, 2.0, 3.0)
_GAPS: Final = (-0.3, 0.4, 0.8, 1.4, 2.5)
_FAR: Final = (-20.0, -6.0, -1.5, 1.5, 6.0, 20.0)
_COUNTS: Final = (1, 2, 4)


@dataclass(frozen=True)
class Stream:
    """The runs of a page, the headlines over them, and what stands around them."""

    page: Sorted
    runs: Sequence[Run]
    heads: Sequence[Head]
    over: Mapping[int, Choice]
    """For each run under a headline which one that is."""
    zones: tuple[int | None, ...] = field(init=False)

    def __post_init__(self) -> None:
        frames = self.page.frame.frames
        text = [
            i for i, f in enumerate(frames) if sum(f.holds(n.rect) for r in self.runs for n in r.lines) >= 3
        ]  # frames that hold running text
        zones = []
        for r in self.runs:
            held = [i for i in text if frames[i].holds(r.rect)]
            zones.append(min(held, key=lambda i: frames[i].width * frames[i].height, default=None))
        object.__setattr__(self, "zones", tuple(zones))

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
        """The pairs of runs of which the second may go on the first, by their places, and how it stands to it."""
        for a in range(len(self.runs)):
            if any(m.jump.value == "to" for m in markers_in(self.runs[a].lines[-1].text)):
                continue
            for b in range(len(self.runs)):
                where = self._where(a, b) if a != b else None
                if where is not None:
                    yield a, b, where

    def _where(self, a: int, b: int) -> str | None:
        one, two = self.runs[a], self.runs[b]
        if self.adjoins(a, b):
            lower = two.top - one.top
            return "left" if abs(lower) < _SAME_TOP else "left, lower" if lower > 0 else "left, higher"
        lower = two.top - one.foot
        if lower > -1.5:
            return "next" if lower < _NEXT else "later" if lower < _LATER else None
        if one.rect.y1 < self.units[b].y0 + 1.5 and one.top - 2.0 < two.top < one.foot:
            return "apart"
        return None

    def adjoins(self, a: int, b: int) -> bool:
        """Whether the second unit stands right left of the first run, in one register with it."""
        one, two = self.runs[a], self.runs[b]
        gap = self.units[b].y0 - one.rect.y1
        shared = min(one.foot, two.foot) - max(one.top, two.top)
        near = _ADJOINING[0] < gap < _ADJOINING[1] and one.rect.y1 < two.rect.y0 + 1.5
        return near and shared > min(_LOW, 0.5 * min(one.height, two.height))

    # ---- cues ----

    def pair(self, a: int, b: int, where: str) -> Cues:
        """The cues for one run going on another."""
        return dict(self._pair(a, b, where))

    def _pair(self, a: int, b: int, where: str) -> Iterator[tuple[str, float]]:
        one, two = self.runs[a], self.runs[b]
        headed = "headed" if b in self.over else "plain"
        kind = where.split(",")[0]
        yield f"{where}", 1.0
        yield f"{headed} {kind}", 1.0
        yield from ((c, 1.0) for c in self._seam(a, b, kind, headed))
        if self.zones[a] != self.zones[b]:
            yield "another frame", 1.0
        if self._bordered[a, b]:
            yield f"{kind}: a border of zones between", 1.0
        if abs(one.height - two.height) > 1.5:
            yield f"{kind}: another height", 1.0
        if kind == "left":
            yield f"left by {step(self.units[b].y0 - one.rect.y1, _GAPS)}", 1.0
            if self.page.ruled(one.lines[-1].rect, two.lines[0].rect):
                yield f"left: a rule between, {headed}", 1.0
            if where != "left" and self._under_display(a, b):
                yield f"{where}: display type or a picture over the lower", 1.0
        elif kind in ("next", "later"):
            yield from self._jump(a, b, kind, headed)

    def _jump(self, a: int, b: int, kind: str, headed: str) -> Iterator[tuple[str, float]]:
        """Cues for going on at the beginning of a later register."""
        one, two = self.runs[a], self.runs[b]
        after, before = self.after[a], self.before[b]
        yield f"{kind}: {after} after the first", 1.0
        yield f"{kind}, {headed}: {before} before the second", 1.0
        yield f"{kind}: {after} after the first, {before} before the second", 1.0
        if kind == "next":
            last = self._last_above[b]
            order = ", ".join(name for name, run in last if run == a) or "none of the last"
            yield f"next: {order}", 1.0
            yield f"next, {headed}: {order}, {before} before the second", 1.0
        opening = self._opening(two)
        yield f"{kind}, {headed}: {opening}, {before} before the second", 1.0
        aside = self.units[b].y0 - one.rect.y0
        yield f"{kind}: begins {step(aside, _FAR)} left of the first's beginning", 1.0
        yield f"{kind}: begins {step(self.units[b].y0 - one.rect.y1, _FAR)} left of the first's end", 1.0
        if abs(self.units[b].y0 - self.units[a].y0) < 1.5 and two.top - one.foot < _NEXT:
            close = abs(two.rect.y1 - one.rect.y1) < 2.5
            yield f"{kind}: right under the first{', as wide' if close else ''}", 1.0
        if self._beside_one_head(a, b):
            yield f"{kind}: beside the same headline", 1.0
        ahead, between = self._ends_later(a, b), self._between(a, b)
        yield f"{kind}: full runs nearer to the register's end {step(ahead, _COUNTS)}", 1.0
        yield f"{kind}: runs between {step(between, _COUNTS)}", 1.0
        if self._ruled_across(one, two):
            yield f"{kind}: a rule between the registers", 1.0

    def _seam(self, a: int, b: int, kind: str, headed: str) -> Iterator[str]:
        one, two = self.runs[a], self.runs[b]
        ending, opening = self._ending(one), self._opening(two)
        yield f"{kind}: {ending}, then {opening}"
        yield f"{headed}: {ending}"
        yield f"{headed}: {ending}, then {opening}"

    @staticmethod
    def _ending(run: Run) -> str:
        text = run.lines[-1].text
        if ends_report(text) and run.room > 0.5:
            return "ends as reports do"
        full = "full" if run.room < FULL else "short"
        if ends_sentence(text):
            return f"a stop in a {full} line"
        return f"a pause in a {full} line" if text[-1] in PAUSES else f"a {full} line"

    @staticmethod
    def _opening(run: Run) -> str:
        text = run.lines[0].text
        if text[0] in ORNAMENTS or text[0] in "【〔":
            return "an ornament"
        if _WIRE.match(text) or dateline_of(text[:60]) is not None or text[0] in "（(":
            return "a dateline"
        return "set in" if run.indent >= SET_IN else "flush"

    def end(self, a: int) -> Cues:
        """The cues for an article's ending with a run."""
        run = self.runs[a]
        ending = self._ending(run)
        out = {"end": 1.0, f"end: {ending}": 1.0, f"end: {self.after[a]} after it": 1.0}
        out[f"end: {ending}, {self.after[a]} after it"] = 1.0
        return out

    def begin(self, b: int) -> Cues:
        """The cues for an article's beginning with a run."""
        run, head = self.runs[b], self.head(b)
        opening = self._opening(run)
        if head is None:
            before = self.before[b]
            return {
                "begin: no headline": 1.0,
                f"begin: no headline, {opening}": 1.0,
                f"begin: no headline, {before} before it": 1.0,
                f"begin: no headline, {opening}, {before} before it": 1.0,
            }
        choice = self.over[b]
        out = {
            "begin: a headline": 1.0,
            f"begin: a headline, {opening}": 1.0,
            f"begin: a headline, {self.before[b]} before it": 1.0,
            f"begin: {'level' if head.is_level else 'upright'} headline": 1.0,
            f"begin: headline of size {step(head.size, _SIZES)}": 1.0,
            f"begin: headline of {min(3, len(head.lines))} lines": 1.0,
            "begin: sure of the headline": max(-3.0, min(3.0, choice.score)),
        }
        label = self.page.label(max(head.lines, key=lambda n: n.size * len(n.text)))
        out[f"begin: headline labelled {label.value}"] = 1.0
        r = head.rect
        inside = r.x0 > run.top - 0.8 and r.x1 < run.foot + 0.8
        out[f"begin: {'inside' if inside else 'past'} the register"] = 1.0
        if not head.is_level:
            share = r.width / max(1.0, run.height)
            out[f"begin: headline over {step(share, (0.3, 0.55, 0.8, 1.1))} of the register"] = 1.0
            if r.overlap_y(run.lines[0].rect) > 0.3:
                out["begin: text runs on under the headline's lines"] = 1.0
            if any(self.page.ruled(Rect(r.x0, r.y0 - 2.5, r.x1, r.y0 - 1.5), r) for _ in (0,)):
                out["begin: a rule before the headline"] = 1.0
        if any(f.holds(r) and f.width < r.width + 2.5 and f.height < r.height + 3.0 for f in self.page.frame.frames):
            out["begin: the headline in a frame of its own"] = 1.0
        alike = sum(
            o is not head and len(o.lines) == len(head.lines) and abs(o.size - head.size) < 0.12 * head.size
            for o in self.heads
        )
        out[f"begin: {step(alike, _COUNTS)} headlines like it"] = 1.0
        if label is Label.SUBHEAD and len(head.lines) == 1:
            out["begin: a single line labelled subhead"] = 1.0
        return out

    # ---- what stands around ----

    @cached_property
    def after(self) -> tuple[str, ...]:
        """For each run what stands left of its end in its register."""
        return tuple(self._nearest(n, left=True) for n in range(len(self.runs)))

    @cached_property
    def before(self) -> tuple[str, ...]:
        """For each run what stands right of its beginning, and of its headline's, in its register."""
        return tuple(self._nearest(n, left=False) for n in range(len(self.runs)))

    def _nearest(self, n: int, *, left: bool) -> str:
        run = self.runs[n]
        own = run.lines[-1].rect if left else run.lines[0].rect
        edge = own.y1 if left else self.units[n].y0
        band = Rect(max(run.top, own.x0), edge, min(run.foot, own.x1), edge)
        found: list[tuple[float, str]] = []
        for o, other in enumerate(self.runs):
            if o != n and _shares(band, other.rect):
                rect = self.units[o] if left else other.rect
                name = "headed text" if left and o in self.over else "text"
                if other.top < run.top - _TALL:
                    name = "text from above"
                found.append((_away(edge, rect, left=left), name))
        told = {c.head for c in self.over.values()}
        own_head = self.over[n].head if n in self.over else None
        for h, head in enumerate(self.heads):
            if h != own_head and _shares(band, head.rect):
                found.append((_away(edge, head.rect, left=left), "a headline" if h in told or not left else "loose type"))
        found += [(_away(edge, p, left=left), "a picture") for p in self.page.frame.pictures if _shares(band, p)]
        for r in self.page.level_rules:
            if min(r.x1, band.x1) - max(r.x0, band.x0) > 0.6 * band.width:
                border = r.width > 1.8 * run.height
                found.append((_away(edge, r, left=left), "a border" if border else "a rule"))
        for i, f in enumerate(self.page.frame.frames):
            if _shares(band, f):
                inside = f.holds(own)
                side = (f.y1 if left else f.y0) if inside else (f.y0 if left else f.y1)
                away = side - edge if left else edge - side
                found.append((away, "the frame's edge" if inside else "a frame"))
        near = [f for f in found if f[0] > -1.0]
        if not near:
            return "nothing"
        away, name = min(near)
        if name == "a rule":  # what stands behind it counts too
            more = [f for f in near if f[0] > away + 0.01 and f[1] != "a rule"]
            name = f"a rule and {min(more)[1]}" if more else "a rule and nothing"
        elif name == "text" and away > _FURTHER:
            name = "text further off"
        return name

    @cached_property
    def _places(self) -> npt.NDArray[np.float64]:
        """The top, foot, right and left edges of the runs, and the room of their last lines; shape (5, n)."""
        rows = [(r.top, r.foot, r.rect.y0, r.rect.y1, r.room) for r in self.runs]
        return np.array(rows, dtype=np.float64).reshape(-1, 5).T

    @cached_property
    def _in_zone(self) -> npt.NDArray[np.bool_]:
        """Whether two runs are of one zone, shape (n, n)."""
        zones = np.array([-1 if z is None else z for z in self.zones])
        return zones[:, None] == zones[None, :]

    @cached_property
    def _bordered(self) -> npt.NDArray[np.bool_]:
        """Whether a rule that crosses the registers of both stands between two runs, shape (n, n)."""
        top, foot, right, left, _ = self._places
        middle, high = (right + left) / 2, foot - top
        found = np.zeros((len(self.runs), len(self.runs)), dtype=np.bool_)
        for r in self.page.level_rules:
            crossed = np.minimum(r.x1, foot) - np.maximum(r.x0, top) > 0.6 * high
            before = crossed & (middle < r.centre[1])
            behind = crossed & (middle > r.centre[1])
            found |= before[:, None] & behind[None, :]
        return found | found.T

    @cached_property
    def _in_register(self) -> npt.NDArray[np.bool_]:
        """Whether two runs of one zone share a register with no border between, shape (n, n)."""
        top, foot, *_ = self._places
        shared = np.minimum(foot[:, None], foot[None, :]) - np.maximum(top[:, None], top[None, :]) > 2.0
        return shared & self._in_zone & ~self._bordered

    @cached_property
    def _last_above(self) -> tuple[tuple[tuple[str, int], ...], ...]:
        """For each run the runs of the register above that its text may come from, by the place that tells so.

        They are the last of that register, the last before something that spans both registers, and the last before
        the next headline, seen from where the run begins.
        """
        return tuple(tuple(self._last_over(b)) for b in range(len(self.runs)))

    def _last_over(self, b: int) -> Iterator[tuple[str, int]]:
        top, foot, _, left, _ = self._places
        begin = self.units[b].y0
        above = (foot - top[b] < 1.5) & (top[b] - foot < _NEXT) & self._in_zone[b] & ~self._bordered[b]
        above &= left > begin - 1.0
        above[b] = False
        order = sorted((int(n) for n in np.flatnonzero(above)), key=lambda n: self.units[n].y0)
        if not order:
            return
        yield "the last of the register", order[-1]
        spans = [*(h.rect for h in self.heads), *(r.rect for r in self.runs), *self.page.frame.pictures]
        spans += [f for f in self.page.frame.frames if not f.holds(self.runs[b].rect)]
        limits = [r.y0 for r in spans if r.x0 < top[b] - 2.0 and r.x1 > top[b] + 2.0 and r.y0 > begin + 0.5]
        limit = min(limits, default=self.page.frame.height)
        near = [n for n in order if self.units[n].y0 < limit - 0.5]
        if near:
            yield "the last before what spans both", near[-1]
        headed = next((k for k, n in enumerate(order) if k and n in self.over), len(order))
        yield "the last before the next headline", order[headed - 1]

    def _under_display(self, a: int, b: int) -> bool:
        """Whether the lower of two runs, beside the other, stands under display type or a picture."""
        one, two = self.runs[a], self.runs[b]
        low, high = (one, two) if one.top > two.top else (two, one)
        over = [*self.page.frame.pictures, *(h.rect for h in self.heads)]
        return any(
            p.overlap_y(low.rect) > 0.5 * low.rect.height and -1.0 < low.top - p.x1 < 4.5 and p.x0 > high.top - 2.0
            for p in over
        )

    def _ends_later(self, a: int, b: int) -> int:
        """Other runs with a full last line that stand further left than the first in the same register."""
        _, foot, right, left, room = self._places
        found = (np.abs(foot - foot[a]) < 2.0) & self._in_zone[a] & ~self._bordered[a]
        found &= (right > left[a] - 0.5) & (room < FULL)
        found[[a, b]] = False
        return int(found.sum())

    def _between(self, a: int, b: int) -> int:
        """Runs between two in the order of print: further in the first's register, before the second, between both."""
        top, foot, right, left, _ = self._places
        further = self._in_register[a] & (right > left[a] - 0.5)
        before = self._in_register[b] & (left < self.units[b].y0 + 0.5)
        middle = (top > foot[a] - 1.0) & (foot < top[b] + 1.0)
        found = self._in_zone[a] & (further | before | middle)
        found[[a, b]] = False
        return int(found.sum())

    def _ruled_across(self, one: Run, two: Run) -> bool:
        y0, y1 = max(one.rect.y0, two.rect.y0), min(one.rect.y1, two.rect.y1)
        y0, y1 = (y0, y1) if y1 - y0 > 1.0 else (one.rect.y1 - 2.0, one.rect.y1)
        return any(
            one.foot - 1.0 < r.centre[0] < two.top + 1.0 and min(r.y1, y1) - max(r.y0, y0) > 0.6 * (y1 - y0)
            for r in self.page.upright_rules
        )

    def _beside_one_head(self, a: int, b: int) -> bool:
        """Whether the second run stands under the first, beside a headline that spans both registers."""
        one, two = self.runs[a], self.runs[b]
        if not (two.top > one.foot - 1.5 and two.top - one.foot < _NEXT):
            return False
        for h in self.heads:
            r = h.rect
            if _begins_beside(r, two) and r.x0 < two.top - 1.0 and one.rect.y1 > two.rect.y0:
                for c in self.runs:
                    same = abs(c.foot - one.foot) < 2.0 and c.rect.y0 <= one.rect.y0
                    if same and _begins_beside(r, c) and not self._anew_between(c, one):
                        return True
        return False

    def _anew_between(self, first: Run, last: Run) -> bool:
        """Whether text under a headline begins in a register after the first run and not after the last."""
        return any(
            abs(self.runs[n].foot - last.foot) < 2.0 and first.rect.y0 < self.runs[n].rect.y0 <= last.rect.y0
            for n, c in self.over.items()
            if len(self.heads[c.head].lines) > 1 or self.heads[c.head].size > 1.8
        )


def _shares(band: Rect, other: Rect) -> bool:
    return min(band.x1, other.x1) - max(band.x0, other.x0) > 0.4 * min(band.width, other.width)


def _away(edge: float, rect: Rect, *, left: bool) -> float:
    """Ems from an edge to what stands on one side of it; negative where it stands on the other."""
    return rect.y0 - edge if left else edge - rect.y1


def _begins_beside(h: Rect, run: Run) -> bool:
    """Whether a run begins right left of a headline, in a register that the headline spans."""
    return -1.5 < run.rect.y0 - h.y1 < _BESIDE and min(h.x1, run.foot) - max(h.x0, run.top) > 1.5
