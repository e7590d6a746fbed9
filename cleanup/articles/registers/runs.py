"""Runs: lines of running text that follow each other between the same two edges, from right to left on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from cleanup.articles.placed import PlacedLine, Rect
from cleanup.articles.registers.measures import (
    CUT,
    EDGE,
    FULL,
    INDENT,
    PITCH,
    RUN,
    SAME,
    SET_IN,
    UNDER,
    WRONG,
    around,
    ends_report,
)
from cleanup.articles.registers.text import Sorted
from cleanup.language.characters import ends_sentence, is_hanzi


@dataclass(frozen=True, slots=True)
class RunParams:
    """Bounds by which vertical lines become runs; lengths in ems."""

    box_gap: float = 0.5
    """Ems of white before text in a box, at least."""
    box_inset: float = 0.2
    """Ems by which text in a box is set in on either side, at least."""
    loose: float = 0.6
    """Ems by which the boxes of two lines that follow each other may overlap."""
    shared: float = 0.5
    """Share of the shorter of two lines that lies beside the other where one follows the other."""
    apart: float = 6.0
    """Ems between two parts of a run that badly measured lines part, at most."""
    rows: float = 1.0
    """Ems of white between two level lines of one heading, at most."""
    step: float = 2.0
    """Ems by which lines under display type begin lower than those beside it, at least."""
    advance: float = 0.4
    """Ems by which the middle of the next line lies further on, at least."""
    hangs: float = 0.3
    """Share of a line that hangs under what stands over it, at least."""
    lapped: float = 0.6
    """Ems by which the boxes of display type and of a line under it may overlap."""
    opening: int = 2
    """Lines of a run that is still opening, at most."""
    of_run: int = 2
    """Lines of a run that scraps may join to another one, at least."""
    missed: float = 0.5
    """Ems by which the white of a lost line may be less than a pitch."""
    into: float = 0.5
    """Ems by which display type reaches into a hole, at least, to stand in it."""
    indented: float = 0.04
    """Share of lines that are set in, at least, on a page whose paragraphs are. Of 40 pages one had .10 to .21 or below
    .03, but for one of .06."""
    told: int = 40
    """Lines of a page that tell so, at least; on a page of fewer paragraphs are taken to be set in."""


P: Final = RunParams()


@dataclass(eq=False)
class Run:
    """Lines of running text between two edges."""

    lines: list[PlacedLine]
    rect: Rect = field(init=False)
    top: float = field(init=False)
    foot: float = field(init=False)

    def __post_init__(self) -> None:
        rects = [n.rect for n in self.lines]
        self.rect = around(rects)
        most = 1 if len(rects) < RUN else (2 * len(rects) + 2) // 3
        self.top = median(sorted(r.x0 for r in rects)[:most])
        self.foot = median(sorted((r.x1 for r in rects), reverse=True)[:most])

    @property
    def height(self) -> float:
        """Ems of a full line."""
        return self.foot - self.top

    @property
    def indent(self) -> float:
        """Ems by which the first line is set in."""
        first = self.lines[0].rect.x0
        near = [n.rect.x0 for n in self.lines[1:4] if abs(n.rect.x0 - first) < CUT]
        if near:
            return first - min(near)
        return first - self.top if len(self.lines) == 1 and first - self.top < INDENT else 0.0

    @property
    def opens_in_rows(self) -> bool:
        """Whether its first two lines are set in alike and the next is not: a subhead of two rows stands in them."""
        if len(self.lines) <= RUN:
            return False
        first, second, third, fourth = (n.rect.x0 for n in self.lines[:4])
        same = abs(first - second) < SAME and abs(third - fourth) < SAME
        return same and SET_IN <= first - third < INDENT

    @property
    def text(self) -> str:
        return "".join(n.text for n in self.lines)

    @property
    def room(self) -> float:
        """Ems that the last line leaves free."""
        return max(n.rect.x1 for n in self.lines[-4:]) - self.lines[-1].rect.x1


def runs_of(page: Sorted) -> tuple[Run, ...]:
    """The runs, in the order of their registers; in one register from right to left."""
    maker = _Maker(page)
    runs: list[list[PlacedLine]] = []
    for n in page.text:
        fitting = [r for r in runs if maker.follows(r, n)]
        best = min(fitting, key=lambda r: abs(r[-1].rect.x0 - n.rect.x0) + n.rect.y0 - r[-1].rect.y1, default=None)
        if best is None:
            runs.append([n])
        else:
            best.append(n)
    runs = maker.around_headings(_with_wide_lines(_with_scraps(maker.mended(runs))))
    made = [Run(part) for lines in runs if page.is_running(lines) for part in _at_boxes(lines)]
    return tuple(sorted(made, key=lambda r: (round(r.rect.x0), r.rect.y0)))


def sets_in(runs: Sequence[Run]) -> bool:
    """Whether paragraphs of a page are set in; where none is, text that begins flush may well begin an article."""
    found = [SET_IN <= n.rect.x0 - r.top < INDENT for r in runs if len(r.lines) > RUN for n in r.lines]
    return len(found) < P.told or sum(found) > P.indented * len(found)


class _Maker:
    """Puts the lines of a page together."""

    def __init__(self, page: Sorted) -> None:
        self._page = page
        self._over = [*(n.rect for n in page.others), *page.frame.pictures]
        self._display = [n.rect for n in page.others if page.is_display(n)]

    def follows(self, run: Sequence[PlacedLine], n: PlacedLine) -> bool:
        """Whether a line is the next of a run: close by, between its edges, nothing between."""
        last, new = run[-1].rect, n.rect
        gap = new.y0 - last.y1
        if not -P.loose < gap < PITCH or new.centre[1] - last.centre[1] < P.advance:
            return False
        top = min(m.rect.x0 for m in run[-3:])
        foot = max(m.rect.x1 for m in run[-3:])
        if min(foot, new.x1) - max(top, new.x0) < P.shared * min(foot - top, new.width):
            return False
        opens = _opens(run, new, top, foot)
        shares = opens or _shares_edges(top, foot, new) or _shares_edges(last.x0, last.x1, new)
        steps = self._steps(last, new) and not (len(run) == 1 and last.width < new.width)
        if steps or not (shares or self._hangs(last, new)):
            return False
        return not (self._page.ruled(last, new) or self._page.begins_bold(n))

    def _hangs(self, last: Rect, new: Rect) -> bool:
        """Whether the shorter of two lines that end together hangs under display type or a picture."""
        if abs(last.x1 - new.x1) > EDGE:
            return False
        short, long = (last, new) if last.width < new.width else (new, last)
        return any(
            o.overlap_y(short) > P.hangs * short.height and -P.lapped < short.x0 - o.x1 < UNDER and o.x0 > long.x0 - 1.0
            for o in self._over
        )

    def _steps(self, last: Rect, new: Rect) -> bool:
        """Whether only one of two lines stands under display type, so that a text may begin or end between them."""
        if abs(last.x0 - new.x0) < P.step:
            return False
        short, long = (last, new) if last.x0 > new.x0 else (new, last)
        return any(
            d.overlap_y(short) > P.hangs * short.height
            and d.overlap_y(long) < P.hangs * long.height
            and -P.lapped < short.x0 - d.x1 < UNDER
            and d.x0 > long.x0 - 1.0
            for d in self._display
        )

    def mended(self, runs: list[list[PlacedLine]]) -> list[list[PlacedLine]]:
        """The runs; two between the same edges are one where only badly measured lines stand between them."""
        long = sorted((r for r in runs if len(r) >= P.of_run), key=lambda r: r[0].rect.y0)
        out = list(runs)
        for n, first in enumerate(long):
            for second in long[n + 1 :]:
                between = self._scraps_between(out, first, second)
                if between:
                    lines = sorted([*first, *(m for r in between for m in r)], key=lambda m: m.rect.y0)
                    out = [r for r in out if not any(r is o for o in (*between, first))]
                    second[:0] = lines
                    break
        return out

    def around_headings(self, runs: list[list[PlacedLine]]) -> list[list[PlacedLine]]:
        """The runs; text that runs under a level heading from the lines before it to those behind it is one run."""
        out = list(runs)
        for heading in self._level_headings():
            parts = self._parts_around(out, heading)
            if parts is not None:
                first, under, last = parts
                held = {n.line.id for n in (*first, *under, *last)}
                out = [r for r in out if not any(n.line.id in held for n in r)]
                out.append([*first, *under, *last])
        return out

    def _level_headings(self) -> Iterator[Rect]:
        """The places of level display type, lines that stand over each other together."""
        groups: list[Rect] = []
        for n in sorted(
            (n for n in self._page.others if n.crosses and self._page.is_display(n)), key=lambda n: n.rect.x0
        ):
            near = [g for g in groups if g.overlap_y(n.rect) > 0 and n.rect.x0 - g.x1 < P.rows]
            groups = [g for g in groups if g not in near] + [around([n.rect, *near])]
        yield from groups

    def _parts_around(
        self, runs: Sequence[list[PlacedLine]], h: Rect
    ) -> tuple[list[PlacedLine], list[PlacedLine], list[PlacedLine]] | None:
        """The lines before, under and behind a heading where a sentence seems to run through all three."""
        for first, last in _cut_by(runs, h):
            one, two = Run(first), Run(last)
            room = Rect(h.x1 - P.loose, h.y0 - P.loose, one.foot + EDGE, h.y1 + P.loose)
            under = sorted((n for n in self._page.frame.lines if _stands_in(n, room)), key=lambda n: n.rect.y0)
            if not _have_same_edges(one, two) or not under or self._page.ruled(first[-1].rect, last[0].rect):
                continue
            if not (_is_ended(one) or _is_set_in(under, two)):
                return first, under, last
        return None

    def _scraps_between(
        self, runs: list[list[PlacedLine]], first: list[PlacedLine], second: list[PlacedLine]
    ) -> list[list[PlacedLine]]:
        """The scraps in the hole between two runs with the same edges, where nothing else stands in it."""
        a, b = Run(first), Run(second)
        gap = b.rect.y0 - a.rect.y1
        if not (_have_same_edges(a, b) and a.room < INDENT and PITCH - P.missed < gap < P.apart) or self._page.ruled(
            first[-1].rect, second[0].rect
        ):
            return []
        hole = Rect(a.top, a.rect.y1 - 0.3, a.foot, b.rect.y0 + 0.3)
        if any(hole.overlap_x(d) > P.into and hole.overlap_y(d) > P.into for d in self._display):
            return []
        between = [r for r in runs if r is not first and r is not second and hole.holds(Run(r).rect)]
        return between if _lie_between(between, hole.x0 - 2.0, hole.x1 + 2.0) else []


def _is_cut(run: Sequence[PlacedLine], heading: Rect) -> bool:
    """Whether lines of a register are as high as a heading in it and the text under it."""
    one = Run(list(run))
    return abs(one.top - heading.x0) < INDENT and one.foot > heading.x1 + 1.0


def _stands_in(n: PlacedLine, room: Rect) -> bool:
    """Whether a line of text lies in some room."""
    return not n.crosses and n.size < WRONG and is_hanzi(n.text[0]) and room.holds(n.rect)


def _shares_edges(top: float, foot: float, new: Rect) -> bool:
    """Whether a line stands between the edges, or begins or ends short of them as lines of a paragraph do."""
    same_top, same_foot = abs(new.x0 - top) < EDGE, abs(new.x1 - foot) < EDGE
    if same_top:
        return new.x1 < foot + EDGE
    if -EDGE < new.x0 - top < INDENT and new.x1 < foot + EDGE:
        return True
    return same_foot and -CUT < new.x0 - top < CUT


def _at_boxes(lines: list[PlacedLine]) -> Iterator[list[PlacedLine]]:
    """The parts of a run: text in a box stands apart, and is set narrower on both sides."""
    begin = 0
    for n in range(RUN, len(lines) - RUN + 1):
        gap = lines[n].rect.y0 - lines[n - 1].rect.y1
        if gap < P.box_gap or n - begin < RUN:
            continue
        before, behind = lines[max(begin, n - 4) : n], lines[n : n + 4]
        top = median(m.rect.x0 for m in behind) - median(m.rect.x0 for m in before)
        foot = median(m.rect.x1 for m in before) - median(m.rect.x1 for m in behind)
        if min(top, foot) > P.box_inset or max(top, foot) < -P.box_inset:
            yield lines[begin:n]
            begin = n
    yield lines[begin:]


def _with_scraps(runs: list[list[PlacedLine]]) -> list[list[PlacedLine]]:
    """The runs; a line or two inside another run, badly measured, are lines of it."""
    out = list(runs)
    for scrap in [r for r in runs if len(r) < RUN]:
        own = around(n.rect for n in scrap)
        for run in out:
            if run is scrap or len(run) < RUN:
                continue
            r = around(n.rect for n in run)
            if r.y0 < own.centre[1] < r.y1 and r.x0 - EDGE < own.x0 and own.x1 < r.x1 + EDGE:
                run[:] = sorted([*run, *scrap], key=lambda n: n.rect.centre[1])
                out = [o for o in out if o is not scrap]
                break
    return out


def _with_wide_lines(runs: list[list[PlacedLine]]) -> list[list[PlacedLine]]:
    """The runs; a line that was read across two registers goes to the one that it begins in."""
    out = list(runs)
    for wide in [r for r in runs if len(r) == 1]:
        own = wide[0].rect
        near = [
            r
            for r in out
            if len(r) >= RUN
            and -P.loose < r[0].rect.y0 - own.y1 < PITCH
            and own.x0 - INDENT < r[0].rect.x0
            and r[0].rect.x1 < own.x1 + EDGE
        ]
        near.sort(key=lambda r: r[0].rect.x0)
        if len(near) > 1 and near[1][0].rect.x0 > near[0][0].rect.x1:
            out.remove(wide)
            near[0].insert(0, wide[0])
    return out


def _opens(run: Sequence[PlacedLine], new: Rect, top: float, foot: float) -> bool:
    """Whether the first lines of a run, from `top` to `foot`, are a paragraph's indented one and the next of it."""
    inner = INDENT if ends_sentence(run[-1].text) else SET_IN
    opening = len(run) <= P.opening and new.x1 > foot and -EDGE < new.x0 - top < inner
    return opening or (len(run) == 1 and SET_IN / 2 < top - new.x0 < INDENT and new.x1 < foot + EDGE)


def _cut_by(runs: Sequence[list[PlacedLine]], h: Rect) -> Iterator[tuple[list[PlacedLine], list[PlacedLine]]]:
    """The pairs of runs of which one ends right before a heading that stands in them, the other begins behind it."""
    cut = [r for r in runs if _is_cut(r, h)]
    before = [r for r in cut if -P.loose < h.y0 - r[-1].rect.y1 < PITCH]
    behind = [r for r in cut if -P.loose < r[0].rect.y0 - h.y1 < PITCH]
    return ((a, b) for a in before for b in behind if a is not b)


def _have_same_edges(one: Run, two: Run) -> bool:
    """Whether two runs begin and end level with each other."""
    return abs(one.top - two.top) < EDGE and abs(one.foot - two.foot) < EDGE


def _is_ended(run: Run) -> bool:
    """Whether a sentence or a report ends with a run, or its last line is short."""
    return ends_sentence(run.text) or ends_report(run.text) or run.room > FULL


def _is_set_in(under: Sequence[PlacedLine], behind: Run) -> bool:
    """Whether the first line under a heading, or the run behind it, is set in."""
    return under[0].rect.x0 - min(n.rect.x0 for n in under) > SET_IN or behind.indent > SET_IN


def _lie_between(runs: Sequence[Sequence[PlacedLine]], top: float, foot: float) -> bool:
    """Whether all lines of the runs lie between two places down the register."""
    return all(top < n.rect.x0 and n.rect.x1 < foot for r in runs for n in r)
