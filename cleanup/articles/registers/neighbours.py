"""What stands next to a run in its register: text, a headline, a rule, a border, a picture, a frame or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from cleanup.articles.placed import Rect
from cleanup.articles.registers.heads import Choice, Head
from cleanup.articles.registers.runs import Run
from cleanup.articles.registers.text import Sorted


@dataclass(frozen=True, slots=True)
class NeighbourParams:
    """Bounds of what stands beside a run; lengths in ems."""

    further: float = 1.2
    """Ems of white between two texts of one register that do not follow each other, at least."""
    tall: float = 2.5
    """Ems by which text that hangs down from an earlier register begins higher, at least."""
    border: float = 1.8
    """Heights of a register from which a rule is a border between zones."""
    behind: float = 0.01
    """Ems by which what stands behind a rule is further off, at least."""
    ruled: float = 0.6
    """Share of a band's width that a rule beside it covers, at least."""
    shared: float = 0.4
    """Share of the narrower that a band and what stands beside it have in common, at least."""


P: Final = NeighbourParams()


class Placed(Protocol):
    """Runs and headlines with their places."""

    @property
    def page(self) -> Sorted: ...

    @property
    def runs(self) -> Sequence[Run]: ...

    @property
    def heads(self) -> Sequence[Head]: ...

    @property
    def over(self) -> Mapping[int, Choice]: ...

    @property
    def units(self) -> Sequence[Rect]: ...


def nearest(page: Placed, n: int, *, left: bool) -> str:
    """What stands left of a run's end, or right of its beginning and of the headline over it."""
    run = page.runs[n]
    own = run.lines[-1].rect if left else run.lines[0].rect
    edge = own.y1 if left else page.units[n].y0
    band = Rect(max(run.top, own.x0), edge, min(run.foot, own.x1), edge)
    found = [*_type(page, n, band, left=left), *_marks(page.page, run, own, band, left=left)]
    near = [f for f in found if f[0] > -1.0]
    if not near:
        return "nothing"
    away, name = min(near)
    if name == "a rule":  # what stands behind it counts too
        more = [f for f in near if f[0] > away + P.behind and f[1] != "a rule"]
        return f"a rule and {min(more)[1]}" if more else "a rule and nothing"
    return "text further off" if name == "text" and away > P.further else name


def _type(page: Placed, n: int, band: Rect, *, left: bool) -> Iterator[tuple[float, str]]:
    """Text and display type on one side of a run, with the ems between."""
    run, edge = page.runs[n], band.y0
    for o, other in enumerate(page.runs):
        if o != n and _shares(band, other.rect):
            rect = page.units[o] if left else other.rect
            name = "headed text" if left and o in page.over else "text"
            yield _away(edge, rect, left=left), "text from above" if other.top < run.top - P.tall else name
    told = {c.head for c in page.over.values()}
    own_head = page.over[n].head if n in page.over else None
    for h, head in enumerate(page.heads):
        if h != own_head and _shares(band, head.rect):
            yield _away(edge, head.rect, left=left), "a headline" if h in told or not left else "loose type"


def _marks(page: Sorted, run: Run, own: Rect, band: Rect, *, left: bool) -> Iterator[tuple[float, str]]:
    """Pictures, rules and frames on one side of a run, with the ems between."""
    edge = band.y0
    for p in page.frame.pictures:
        if _shares(band, p):
            yield _away(edge, p, left=left), "a picture"
    for r in page.level_rules:
        if min(r.x1, band.x1) - max(r.x0, band.x0) > P.ruled * band.width:
            yield _away(edge, r, left=left), "a border" if r.width > P.border * run.height else "a rule"
    for f in page.frame.frames:
        if _shares(band, f):
            inside = f.holds(own)
            side = (f.y1 if left else f.y0) if inside else (f.y0 if left else f.y1)
            yield side - edge if left else edge - side, "the frame's edge" if inside else "a frame"


def _shares(band: Rect, other: Rect) -> bool:
    return min(band.x1, other.x1) - max(band.x0, other.x0) > P.shared * min(band.width, other.width)


def _away(edge: float, rect: Rect, *, left: bool) -> float:
    """Ems from an edge to what stands on one side of it; negative where it stands on the other."""
    return rect.y0 - edge if left else edge - rect.y1
