"""Lines that are a block of their own, or part of another one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from banmian.decisions.action import ReviewAction, Wish
from banmian.decisions.asked import Key, Refused
from banmian.decisions.decision import Ground, StructuralBody
from banmian.decisions.ground import Gone
from banmian.decisions.regrouping import key_of
from cleanup.article import SourceLine
from layout.declaration import Words
from layout.page import Direction, RegionKind

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted
    from banmian.decisions.regrouping import Regrouping


class Blocked(StructuralBody, frozen=True, tag="blocked"):
    """Lines that are a region of their own, or part of the region of the line `into`."""

    lines: tuple[Ground, ...]
    into: Ground | None = None

    def grounds(self) -> tuple[Ground, ...]:
        """The lines, and the one whose region they join."""
        return self.lines if self.into is None else (*self.lines, self.into)

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Makes the lines a region; put into another one they take its part, and their place in print."""
        sources = make_up.find(self.lines)
        page = sources[0].page
        if self.into is None:
            region = make_up.regions.get((page, sources[0].region or ""))
            kind = RegionKind.BODY.value if region is None else region.kind
            make_up.new_region(page, name, kind, [s.line for s in sources])
            make_up.replace({key_of(s): (replace(s, region=name),) for s in sources})
        else:
            _join(make_up, sources, make_up.find([self.into])[0])
        make_up.arranged.add(page)


def _join(make_up: Regrouping, sources: list[SourceLine], into: SourceLine) -> None:
    """Puts lines into the region of another, each behind the last of its lines that is printed before it."""
    if into in sources:
        raise Gone(into.line.text)
    home = next(d for d in make_up.drafts.values() if into in d.lines)
    mine = [s for s in home.lines if (s.page, s.region) == (into.page, into.region) and s not in sources]
    order = {key_of(s): n for n, s in enumerate(s for d in make_up.drafts.values() for s in d.lines)}
    make_up.take(sources)
    for source in sources:
        made = replace(source, region=into.region, role=into.role if source.region != into.region else source.role)
        before = [m for m in mine if _is_before(m, source, order)]
        at = home.lines.index(before[-1]) + 1 if before else home.lines.index(mine[0])
        home.lines.insert(at, made)
        mine.insert(len(before), made)
    home.touched = True


def _is_before(one: SourceLine, other: SourceLine, order: dict[tuple[int, str], int]) -> bool:
    """Whether a line is printed before another of its column; without places, whether it stands before it."""
    a, b = one.line.box, other.line.box
    if a is None or b is None:
        return order[key_of(one)] < order[key_of(other)]
    if one.line.direction is Direction.VERTICAL_RL:
        return a.x0 + a.x1 > b.x0 + b.x1
    if min(a.y1, b.y1) - max(a.y0, b.y0) > min(a.height, b.height) / 2:  # side by side
        return a.x0 < b.x0
    return a.y0 < b.y0


class FormBlock(Wish, frozen=True, forbid_unknown_fields=True, tag="block"):
    """Lines that are a block of their own, or of the block of the line `into`."""

    lines: tuple[Key, ...]
    into: Key | None = None

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision about lines of one page; a block of their own is less than the block that they are in."""
        grounds = asked.some(self.lines)
        sources = [asked.source(key) for key in self.lines]
        if len({s.page for s in sources}) > 1 or (self.into is not None and self.into[0] != sources[0].page):
            raise Refused("two_pages")
        regions = {s.region for s in sources}
        if self.into is not None:
            if self.into in self.lines or regions == {asked.source(self.into).region}:
                raise Refused("no_change")
            return [asked.want(Blocked(grounds, Ground.of(asked.source(self.into))))]
        page = sources[0].page
        whole = {key_of(s) for s in asked.article.lines if s.page == page and s.region in regions}
        if len(regions) == 1 and whole == set(self.lines):
            raise Refused("no_change")
        return [asked.want(Blocked(grounds))]


ACTION = ReviewAction(
    name="block", wish=FormBlock, body=Blocked, did=Words("put a block together or apart", "调整区块")
)
