"""Articles of pages of vertical type in registers: a stream of runs of text that headlines start and registers cut.

In the turned frame a register is a column, its lines run along x, and the next register stands on its right. A run is
text whose lines follow each other between the same two edges. A run without a headline of its own goes on an article
whose run was cut off: at a register's end the text goes on at the beginning of the next register, past articles that
are set into the stream.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from cleanup.articles.assembly import Assembly, assembled
from cleanup.articles.blocks import TextBlock, block_of
from cleanup.articles.frame import ReadingFrame
from cleanup.articles.headlines import Start
from cleanup.articles.labels import Label
from cleanup.articles.placed import PlacedLine, Rect
from cleanup.articles.relations import Relations
from cleanup.articles.successors import Chains, Link
from cleanup.articles.surroundings import Surroundings, smallest_around
from cleanup.articles.weights import scored
from cleanup.forms.byline import is_byline, is_names
from cleanup.forms.jump_marker import markers_in
from cleanup.language.characters import OPENING, PAUSES, SENTENCE_ENDS, ends_sentence, is_hanzi

_COMMAS: Final = 0.02
"""Share of ， among a page's characters from which it marks its clauses."""
_STOPS: Final = 0.012
"""Share of 。 among a page's characters from which it marks its sentences."""
_TYPE: Final = (0.72, 1.28)
"""Sizes, relative to the body's, of a line that may be running text; short lines are measured badly."""
_DISPLAY: Final = 1.28
"""Size, relative to the body's, from which type is display type."""
_WRONG: Final = 1.55
"""Size of a line of running text that is measured wrong, at most."""
_LONG_RULE: Final = 8.0
"""Ems of a rule that is taken to go on a little further than it was found, at least."""
_BOX_GAP: Final = 0.5
"""Ems of white before text in a box, at least."""
_BOX_INSET: Final = 0.2
"""Ems by which text in a box is set in on either side, at least."""
_LOW: Final = 4.0
"""Ems that two runs of one register share at least, where both are longer."""
_COUNTED: Final = 8
"""Characters from which a line's length tells its type size, too."""
_LONE: Final = 0.15
"""Share by which the size of a single character of running text differs from the body's at most."""
_MINOR: Final = 1.07
"""Size, relative to the body's, from which a line right beside display type may be a part of the headline."""
_SUBHEAD: Final = 1.12
"""Size, relative to the body's, from which a few characters over a line of text may be a subhead."""
_FEW: Final = 4
"""Characters of such a subhead at most."""
_APART: Final = 6.0
"""Ems between two parts of a run that badly measured lines part, at most."""
_SAME: Final = 0.4
"""Ems by which the edges of full lines of one register differ at most."""
_LONG: Final = 0.6
"""Share of the sheet from which a line of display type is of no headline, but of the sheet's margin."""
_EDGE: Final = 0.9
"""Ems by which the edges of the lines of one register differ at most."""
_INDENT: Final = 2.6
"""Ems by which the first line of a paragraph is set in at most."""
_CUT: Final = 4.6
"""Ems of a line's beginning that may be lost, at most; less than a register's height."""
_SET_IN: Final = 0.55
"""Ems by which it is set in at least."""
_PITCH: Final = 1.0
"""Ems of white between two lines of one run, at most; more is a break."""
_LOOSE: Final = 0.6
"""Ems by which the boxes of two lines that follow each other may overlap."""
_RUN: Final = 3
"""Lines from which lines between the same edges are running text, whatever their labels."""
_SHARED: Final = 0.5
"""Share of the shorter of two lines that lies beside the other where one follows the other."""
_PART: Final = 1.4
"""Ems of white between two parts of one headline, at most."""
_TOUCH: Final = 2.6
"""Ems of white between a headline and its text, at most."""
_UNDER: Final = 4.5
"""Ems of white between a level headline and the text under it, at most."""
_FULL: Final = 1.3
"""Ems that a full line leaves free at most."""
_FAR: Final = 4.0
"""The same for a headline whose minor lines were lost, and a text that begins with an indent."""
_NEXT: Final = 4.0
"""Ems of white between a register and the next, at most."""
_LEAST_TEXT: Final = 12
"""Characters of a run that goes on another, at least, where it is a single line."""
_PLAIN: Final = frozenset({Label.FURNITURE, Label.CAPTION, Label.TABLE, Label.TEASER})

WEIGHTS: Final[Mapping[str, float]] = {
    "begins left of it": 4.0,
    "begins left of it, in another register": 0.5,
    "a zone's border between": -4.0,
    "begins the next register": 2.0,
    "begins a later register": 0.4,
    "beside the same headline": 3.5,
    "set around another article": 1.0,
    "a subhead stands between": 4.0,
    "the last line is full": 1.6,
    "the last line is short": -1.4,
    "the text says that it ends": -1.2,
    "the first line is flush": 0.7,
    "the first line is set in": -0.7,
    "a rule between": -1.5,
    "apart from it": -4.0,
    "another frame": -5.0,
    "another register's height": -0.8,
    "far to the left": -1.0,
    "the first goes on in its register": -3.0,
    "text nearer to the register's end": -0.9,
    "size of the headline": 0.4,
    "text stands before it in its register": -1.2,
    "always": -1.5,
}
"""What each cue counts for one run that goes on another, in log-odds."""
_UNDER_SUBHEAD: Final[Mapping[str, float]] = {"a subhead stands between": 1.0}
_NEAREST: Final = "it is the nearest text left of the headline or under it"
HEAD_WEIGHTS: Final[Mapping[str, float]] = {_NEAREST: 9.0}
"""What the cue counts by which a headline is given its text."""
_MARKS: Final = PAUSES | SENTENCE_ENDS | frozenset("○△▲◎●")
"""Marks and ornaments that running text has and a headline has not."""
_ENDS: Final = ("云", "完", "矣", "也")
"""Last characters of reports in old newspapers."""


@dataclass(eq=False)
class _Run:
    """Lines of running text between two edges, from right to left on the page."""

    lines: list[PlacedLine]
    rect: Rect = field(init=False)
    top: float = field(init=False)
    foot: float = field(init=False)

    def __post_init__(self) -> None:
        self.measure()

    def measure(self) -> None:
        rects = [n.rect for n in self.lines]
        self.rect = _around(rects)
        self.top = median(sorted(r.x0 for r in rects)[: max(1, (2 * len(rects) + 2) // 3)])
        self.foot = median(sorted((r.x1 for r in rects), reverse=True)[: max(1, (2 * len(rects) + 2) // 3)])

    @property
    def indent(self) -> float:
        """Ems by which the first line is set in."""
        first = self.lines[0].rect.x0
        near = [n.rect.x0 for n in self.lines[1:4] if abs(n.rect.x0 - first) < _CUT]
        if near:
            return first - min(near)
        return first - self.top if len(self.lines) == 1 and first - self.top < _INDENT else 0.0

    @property
    def text(self) -> str:
        return "".join(n.text for n in self.lines)

    @property
    def room(self) -> float:
        """Ems that the last line leaves free."""
        return max(n.rect.x1 for n in self.lines[-4:]) - self.lines[-1].rect.x1


@dataclass(eq=False)
class _Head:
    """Display type that stands together."""

    lines: list[PlacedLine]

    @property
    def rect(self) -> Rect:
        return _around([n.rect for n in self.lines])

    @property
    def size(self) -> float:
        return max(_size(n) for n in self.lines)


def _size(n: PlacedLine) -> float:
    """The type size of a line relative to the body's; where two lines were read as one, no more than its text needs."""
    long = n.rect.height if n.crosses else n.rect.width
    return min(n.size, long / len(n.text)) if len(n.text) >= _COUNTED else n.size


def _is_lone(n: PlacedLine) -> bool:
    """Whether a line is one character of the body's type, as the last of a paragraph may be."""
    return is_hanzi(n.text) and abs(n.size - 1.0) < _LONE


def _around(rects: Sequence[Rect]) -> Rect:
    return Rect(min(r.x0 for r in rects), min(r.y0 for r in rects), max(r.x1 for r in rects), max(r.y1 for r in rects))


def _at_boxes(lines: list[PlacedLine]) -> Iterator[list[PlacedLine]]:
    """The parts of a run: text in a box stands apart, and is set narrower on both sides."""
    begin = 0
    for n in range(_RUN, len(lines) - _RUN + 1):
        gap = lines[n].rect.y0 - lines[n - 1].rect.y1
        if gap < _BOX_GAP or n - begin < _RUN:
            continue
        before, behind = lines[max(begin, n - 4) : n], lines[n : n + 4]
        top = median(m.rect.x0 for m in behind) - median(m.rect.x0 for m in before)
        foot = median(m.rect.x1 for m in before) - median(m.rect.x1 for m in behind)
        if min(top, foot) > _BOX_INSET or max(top, foot) < -_BOX_INSET:
            yield lines[begin:n]
            begin = n
    yield lines[begin:]


def _with_scraps(runs: list[list[PlacedLine]]) -> list[list[PlacedLine]]:
    """The runs; a line or two inside another run, badly measured, are lines of it."""
    out = list(runs)
    for scrap in [r for r in runs if len(r) < _RUN]:
        own = _around([n.rect for n in scrap])
        for run in out:
            if run is scrap or len(run) < _RUN:
                continue
            r = _around([n.rect for n in run])
            if r.y0 < own.centre[1] < r.y1 and r.x0 - _EDGE < own.x0 and own.x1 < r.x1 + _EDGE:
                run[:] = sorted([*run, *scrap], key=lambda n: n.rect.centre[1])
                out = [o for o in out if o is not scrap]
                break
    return out


def is_old_print(frame: ReadingFrame) -> bool:
    """Whether a page is of vertical type without full modern punctuation: such pages are made up in registers.

    Later vertical pages mark each sentence with 。 and each clause with ，, and are made up as level ones.
    """
    text = "".join(n.text for n in frame.lines if not n.crosses)
    marked = text.count("，") >= _COMMAS * len(text) and text.count("。") >= _STOPS * len(text)
    return frame.vertical and not marked


def registers(
    frame: ReadingFrame, around: Sequence[Surroundings], labels: Sequence[Label]
) -> tuple[Assembly, tuple[TextBlock, ...]]:
    """The pieces of a page of vertical type, and its blocks; `around` and `labels` go with the frame's lines."""
    return _Page(frame, around, labels).assembly()


class _Page:
    """The lines of a page as runs, headlines and other print, and what goes with what."""

    def __init__(self, frame: ReadingFrame, around: Sequence[Surroundings], labels: Sequence[Label]) -> None:
        self._frame = frame
        self._label = {n.line.id: label for n, label in zip(frame.lines, labels, strict=True)}
        self._around = {n.line.id: a for n, a in zip(frame.lines, around, strict=True)}
        self._rules = [r for r in frame.rules if r.width >= r.height]
        self._uprights = [r for r in frame.rules if r.height > r.width]
        self._large = [n for n in frame.lines if _size(n) > _DISPLAY and len(n.text) > 1]
        self._minor = self._minor_lines()
        self._runs = self._made_runs()
        self._heads = self._made_heads()
        self._text_frames = [
            i for i, f in enumerate(frame.frames) if sum(f.holds(n.rect) for r in self._runs for n in r.lines) >= _RUN
        ]
        self._of_head = self._texts_of_heads()
        if self._with_decks():
            self._of_head = self._texts_of_heads()
        self._links = self._linked()

    # ---- lines ----

    def _is_text(self, n: PlacedLine) -> bool:
        label = self._label[n.line.id]
        fits = _TYPE[0] <= _size(n) <= _TYPE[1] or (_size(n) < _WRONG and self._is_between_lines(n))
        if label is Label.BYLINE and (is_names(n.text) or is_byline(n.text)):
            return False
        fits = fits and not n.crosses and label is not Label.FURNITURE and (len(n.text) > 1 or _is_lone(n))
        if not fits or self._around[n.line.id].on_picture:
            return False
        return n.line.id not in self._minor

    def _is_between_lines(self, n: PlacedLine) -> bool:
        """Whether lines of text between the same edges stand right before and right after a line."""
        sides = {
            m.rect.y0 > n.rect.y0
            for m in self._frame.lines
            if m is not n
            and not m.crosses
            and _size(m) <= _TYPE[1]
            and abs(m.rect.x0 - n.rect.x0) < _SAME
            and abs(m.rect.x1 - n.rect.x1) < _SAME
            and -1.0 < -m.rect.overlap_y(n.rect) < _PITCH
        }
        return len(sides) == 2

    def _is_beside_display(self, n: PlacedLine) -> bool:
        """Whether a line stands right beside display type, as the minor lines of a headline do."""
        return any(
            m is not n
            and m.rect.overlap_x(n.rect) > 0.5 * min(n.rect.width, m.rect.width)
            and -m.rect.overlap_y(n.rect) < _PART
            for m in self._large
        )

    def _minor_lines(self) -> frozenset[str]:
        """The ids of lines that are little larger than the body's type, but stand as parts of a headline do."""
        found: set[str] = set()
        for _ in range(2):
            for n in self._frame.lines:
                if n.line.id in found or n.crosses or not _TYPE[0] < _size(n) <= _DISPLAY:
                    continue
                if not self._heads_rows(n) and (set(n.text) & _MARKS or n.text[0] in OPENING):
                    continue
                label = self._label[n.line.id]
                named = label in (Label.HEAD, Label.SUBHEAD) and _size(n) > 1.0
                beside = (named or _size(n) >= _MINOR) and self._is_beside_display(n)
                if (beside and (named or not self._has_neighbour(n))) or self._heads_rows(n):
                    found.add(n.line.id)
                    self._large.append(n)
        return frozenset(found)

    def _heads_rows(self, n: PlacedLine) -> bool:
        """Whether a few larger characters stand right over the beginning of a line of text, as a subhead does."""
        return (
            _size(n) > _SUBHEAD
            and len(n.text) <= _FEW
            and any(
                m.rect.overlap_y(n.rect) > 0.4 * n.rect.height and -0.4 < m.rect.x0 - n.rect.x1 < 1.5
                for m in self._frame.lines
                if _size(m) < _size(n) and not m.crosses and len(m.text) > 2
            )
        )

    def _has_neighbour(self, n: PlacedLine) -> bool:
        """Whether a line of text between the same edges stands right beside a line."""
        return any(
            m is not n
            and _size(m) <= _TYPE[1]
            and (
                (abs(m.rect.x1 - n.rect.x1) < _SAME and -_CUT < m.rect.x0 - n.rect.x0 < _SAME)
                or (abs(m.rect.x0 - n.rect.x0) < _SAME and n.rect.x1 < m.rect.x1 + _SAME)
            )
            and -1.0 < -m.rect.overlap_y(n.rect) < _PITCH
            for m in self._frame.lines
            if not m.crosses
        )

    def _made_runs(self) -> list[_Run]:
        """The runs, in the order of their registers; in one register from right to left."""
        able = sorted((n for n in self._frame.lines if self._is_text(n)), key=lambda n: n.rect.centre[1])
        others = [n.rect for n in self._frame.lines if not self._is_text(n)]
        runs: list[list[PlacedLine]] = []
        for n in able:
            fitting = [r for r in runs if self._follows(r, n, others)]
            best = min(fitting, key=lambda r: abs(r[-1].rect.x0 - n.rect.x0) + n.rect.y0 - r[-1].rect.y1, default=None)
            if best is None:
                runs.append([n])
            else:
                best.append(n)
        runs = self._with_wide_lines(_with_scraps(self._mended(runs)))
        made = [_Run(part) for lines in runs if self._is_running(lines) for part in _at_boxes(lines)]
        return sorted(made, key=lambda r: (round(r.rect.x0), r.rect.y0))

    def _mended(self, runs: list[list[PlacedLine]]) -> list[list[PlacedLine]]:
        """The runs; two between the same edges are one where only badly measured lines stand between them."""
        long = sorted((r for r in runs if len(r) >= 2), key=lambda r: r[0].rect.y0)
        out = list(runs)
        display = [n.rect for n in self._frame.lines if not self._is_text(n) and (len(n.text) > 1 or _size(n) > 1.5)]
        for n, first in enumerate(long):
            for second in long[n + 1 :]:
                a, b = _Run(first), _Run(second)
                gap = b.rect.y0 - a.rect.y1
                alike = abs(a.top - b.top) < _EDGE and abs(a.foot - b.foot) < _EDGE
                if not (alike and a.room < 2 * _FULL and _PITCH - 0.5 < gap < _APART):
                    continue
                hole = Rect(a.top, a.rect.y1 - 0.3, a.foot, b.rect.y0 + 0.3)
                between = [r for r in out if r is not first and r is not second and hole.holds(_Run(r).rect)]
                inside = all(hole.x0 - 2.0 < m.rect.x0 and m.rect.x1 < hole.x1 + 2.0 for r in between for m in r)
                clear = not any(hole.overlap_x(d) > 0.5 and hole.overlap_y(d) > 0.5 for d in display)
                if between and inside and clear and not self._ruled(first[-1].rect, second[0].rect):
                    lines = sorted([*first, *(m for r in between for m in r)], key=lambda m: m.rect.y0)
                    out = [r for r in out if not any(r is o for o in (*between, first))]
                    second[:0] = lines
                    break
        return out

    def _with_wide_lines(self, runs: list[list[PlacedLine]]) -> list[list[PlacedLine]]:
        """The runs; a line that was read across two registers goes to the one that it begins in."""
        out = list(runs)
        for wide in [r for r in runs if len(r) == 1]:
            own = wide[0].rect
            near = [
                r
                for r in out
                if len(r) >= _RUN
                and -_LOOSE < r[0].rect.y0 - own.y1 < _PITCH
                and own.x0 - _INDENT < r[0].rect.x0
                and r[0].rect.x1 < own.x1 + _EDGE
            ]
            near.sort(key=lambda r: r[0].rect.x0)
            if len(near) > 1 and near[1][0].rect.x0 > near[0][0].rect.x1:
                out.remove(wide)
                near[0].insert(0, wide[0])
        return out

    def _is_running(self, lines: Sequence[PlacedLine]) -> bool:
        labels = [self._label[n.line.id] for n in lines]
        if len(lines) >= _RUN:
            return 2 * sum(k in _PLAIN or k is Label.ADVERT for k in labels) <= len(lines)
        held = all(k is Label.BODY for k in labels) or any(self._is_beside_display(n) for n in lines)
        return held and sum(is_hanzi(c) for n in lines for c in n.text) > 3

    def _follows(self, run: Sequence[PlacedLine], n: PlacedLine, others: Sequence[Rect]) -> bool:
        """Whether a line is the next of a run: close by, between its edges, nothing between."""
        last, new = run[-1].rect, n.rect
        gap = new.y0 - last.y1
        if not -_LOOSE < gap < _PITCH or new.centre[1] - last.centre[1] < 0.4:
            return False
        top = min(m.rect.x0 for m in run[-3:])
        foot = max(m.rect.x1 for m in run[-3:])
        if min(foot, new.x1) - max(top, new.x0) < _SHARED * min(foot - top, new.width):
            return False
        inner = _INDENT if ends_sentence(run[-1].text) else _SET_IN
        opens = len(run) <= 2 and new.x1 > foot and -_EDGE < new.x0 - top < inner
        shares = opens or self._shares_edges(top, foot, new) or self._shares_edges(last.x0, last.x1, new)
        if not (shares or self._hangs(last, new, others)):
            return False
        return not self._ruled(last, new)

    def _shares_edges(self, top: float, foot: float, new: Rect) -> bool:
        """Whether a line stands between the edges, or begins or ends short of them as lines of a paragraph do."""
        same_top, same_foot = abs(new.x0 - top) < _EDGE, abs(new.x1 - foot) < _EDGE
        if same_top:
            return new.x1 < foot + _EDGE
        if -_EDGE < new.x0 - top < _INDENT and new.x1 < foot + _EDGE:
            return True
        return same_foot and -_CUT < new.x0 - top < _CUT

    def _hangs(self, last: Rect, new: Rect, others: Sequence[Rect]) -> bool:
        """Whether the shorter of two lines that end together hangs under display type or a picture."""
        if abs(last.x1 - new.x1) > _EDGE:
            return False
        short, long = (last, new) if last.width < new.width else (new, last)
        over = [*others, *self._frame.pictures]
        return any(
            o.overlap_y(short) > 0.3 * short.height and -0.6 < short.x0 - o.x1 < _UNDER and o.x0 > long.x0 - 1.0
            for o in over
        )

    def _ruled(self, last: Rect, new: Rect) -> bool:
        """Whether a rule stands between two lines that follow each other."""
        x0, x1 = max(last.x0, new.x0), min(last.x1, new.x1)
        low, high = last.centre[1], new.centre[1]
        for r in self._rules:
            if low < r.centre[1] < high and min(r.x1, x1) - max(r.x0, x0) > 0.6 * (x1 - x0):
                return True
            goes_on = r.width > _LONG_RULE and (-0.5 < x0 - r.x1 < 2.0 or -0.5 < r.x0 - x1 < 2.0)
            if goes_on and last.y1 - 0.4 < r.centre[1] < new.y0 + 0.4 and new.y0 - last.y1 > 0.6:
                return True
        return False

    def _made_heads(self) -> list[_Head]:
        taken = {n.line.id for r in self._runs for n in r.lines}
        lines = [n for n in self._frame.lines if n.line.id not in taken and self._is_display(n)]
        groups: list[list[PlacedLine]] = []
        for n in sorted(lines, key=lambda n: n.rect.y0):
            near = [g for g in groups if any(self._together(m, n) for m in g)]
            groups = [g for g in groups if g not in near]
            groups.append([m for g in near for m in g] + [n])
        return [_Head(g) for g in groups]

    def _is_display(self, n: PlacedLine) -> bool:
        """Whether a line may be of a headline: large or across, not of a page's head, on no picture."""
        label, place = self._label[n.line.id], self._around[n.line.id]
        if label in _PLAIN or place.on_picture or sum(map(is_hanzi, n.text)) < 2 or self._is_over_page(n):
            return False
        if max(n.rect.width / self._frame.width, n.rect.height / self._frame.height) > _LONG:
            return False
        if label is Label.HEAD or label is Label.SUBHEAD:
            return True
        if label is Label.BYLINE:
            return False
        if _size(n) > _DISPLAY or n.crosses:
            return len(n.text) <= 24 and any(c >= "一" for c in n.text)
        return n.line.id in self._minor

    def _is_over_page(self, n: PlacedLine) -> bool:
        """Whether a level line stands over a rule that runs over most of the sheet, as a page's head does."""
        wide = [r for r in self._uprights if r.height > _LONG * self._frame.height and r.x0 > n.rect.x1 - 0.5]
        above = not any(r.rect.x0 < n.rect.x1 for r in self._runs if len(r.lines) >= _RUN)
        return n.crosses and bool(wide) and above

    def _together(self, m: PlacedLine, n: PlacedLine) -> bool:
        """Whether two lines of display type are of one headline."""
        if smallest_around(m.rect, self._frame.frames) != smallest_around(n.rect, self._frame.frames):
            return False
        beside = m.rect.overlap_x(n.rect) > 0 and -m.rect.overlap_y(n.rect) < _PART
        level = m.crosses or n.crosses
        below = level and m.rect.overlap_y(n.rect) > 0 and -m.rect.overlap_x(n.rect) < _PART
        if not (beside or below):
            return False
        return not self._ruled(*sorted((m.rect, n.rect), key=lambda r: r.y0)) if beside else True

    # ---- headlines and their texts ----

    def _texts_of_heads(self) -> dict[int, int]:
        """For each headline, by its place, the run that its text begins with."""
        found: list[tuple[float, int, int]] = []
        for h, head in enumerate(self._heads):
            for r, run in enumerate(self._runs):
                cost = self._cost(head, run)
                if cost is not None:
                    found.append((cost, h, r))
        out: dict[int, int] = {}
        taken: set[int] = set()
        for _, h, r in sorted(found):
            if h not in out and r not in taken:
                out[h] = r
                taken.add(r)
        return out

    def _with_decks(self) -> bool:
        """Moves single lines without a mark between a headline and an indented text to the headline."""
        moved = []
        for h, r in self._of_head.items():
            run = self._runs[r]
            short = len(run.lines) == 1 and not set(run.text) & _MARKS and not ends_sentence(run.text)
            if short and any(
                o is not run and o.indent >= _SET_IN and self._adjoins(run, o) and o.top < run.rect.x0 + _EDGE
                for o in self._runs
            ):
                self._heads[h].lines.extend(run.lines)
                moved.append(run)
        self._runs = [r for r in self._runs if not any(r is m for m in moved)]
        return bool(moved)

    def _zone(self, rect: Rect) -> int | None:
        """The smallest frame around a rectangle that holds running text; None outside of all."""
        held = [i for i in self._text_frames if self._frame.frames[i].holds(rect)]
        return min(held, key=lambda i: self._frame.frames[i].width * self._frame.frames[i].height, default=None)

    def _cost(self, head: _Head, run: _Run) -> float | None:
        """How far a run is from where a headline's text begins; None where it cannot begin there."""
        h, first = head.rect, run.lines[0].rect
        if self._zone(h) != self._zone(first):
            return None
        low = 0.8 if run.indent < _SET_IN else 0.0
        left = first.y0 - h.y1
        reach = _FAR if run.indent >= _SET_IN and len(run.lines) >= _RUN and len(head.lines) == 1 else _TOUCH
        if -1.5 < left < reach and min(h.x1, run.foot) - max(h.x0, run.top) > 0.8 and not self._text_between(h, run):
            lower = max(0.0, run.top - h.x0)
            return max(0.0, left) + 0.35 * lower + low + 2.0 * self._ruled(h, first)
        under = run.top - h.x1 if run.top > h.x0 else first.x0 - h.x1
        reach = _UNDER if head.lines[0].crosses else _TOUCH
        if (
            -0.8 < first.x0 - h.x1 < reach + 1.0
            and run.rect.overlap_y(h) > 0
            and first.y0 > h.y0 - 2.5
            and under < reach
        ):
            return 0.5 + abs(first.y0 - h.y0) * 0.15 + low
        enclosed = abs(run.top - h.x0) < _INDENT and run.foot > h.x1 and run.rect.y0 < h.y0 and run.rect.y1 > h.y1
        if enclosed and run.indent > _SET_IN:
            return 1.5
        return None

    def _text_between(self, h: Rect, run: _Run) -> bool:
        """Whether another run stands between a headline and a run left of it."""
        first = run.lines[0].rect
        return any(
            o is not run
            and o.rect.overlap_x(first) > 0.5 * first.width
            and o.rect.centre[1] > h.centre[1]
            and o.rect.y1 < first.y0 + 0.6
            for o in self._runs
        )

    def _starts_anew(self, head: int) -> bool:
        """Whether a headline begins an article; one that a text runs on under is a subhead of it."""
        h, run = self._heads[head], self._runs[self._of_head[head]]
        if h.lines[0].crosses:
            return True
        if self._runs_through(head):
            return False
        if run.indent >= _SET_IN or h.size > 3.0:
            return True
        inside = h.rect.x0 > run.top - 1.5 and h.rect.x1 < run.foot + 1.0 and len(run.lines) >= _RUN
        flush = run.indent < _SET_IN / 2 and run.lines[0].rect.width > 0.4 * (run.foot - run.top)
        if inside and flush and len(h.lines) == 1 and h.rect.x1 - h.rect.x0 < run.foot - run.top:
            return False
        return self._broken_by(head) is None

    def _runs_through(self, head: int) -> bool:
        """Whether a single small line of display type stands inside a sentence."""
        h, before = self._heads[head], self._broken_by(head)
        if len(h.lines) > 1 or h.size > _DISPLAY * 1.3 or before is None:
            return False
        run = self._runs[before]
        return is_hanzi(run.text[-1]) and not run.text.endswith(_ENDS) and h.rect.width < run.foot - run.top

    def _broken_by(self, head: int) -> int | None:
        """The run that a small headline in a register breaks off, by its place."""
        h, run = self._heads[head].rect, self._of_head[head]
        best, nearest = None, 2.2
        for n, other in enumerate(self._runs):
            last = other.lines[-1].rect
            gap = h.y0 - last.y1
            holds = other.top < h.x0 + 1.5 and other.foot > h.x1 - 1.5
            if n != run and holds and -1.0 < gap < nearest:
                best, nearest = n, gap
        return best

    # ---- how the text runs ----

    def _linked(self) -> list[tuple[int, int, float, dict[str, float]]]:
        """The links from run to run with the greatest sum of scores."""
        headed = {r: h for h, r in self._of_head.items()}
        self.subheads = {r: h for r, h in headed.items() if not self._starts_anew(h)}
        found = []
        for b in range(len(self._runs)):
            if b in headed and b not in self.subheads:
                continue
            for a in range(len(self._runs)):
                if a != b and self._precedes(self._runs[a], self._runs[b]):
                    cues = dict(self._cues(a, b, headed))
                    found.append((a, b, scored(WEIGHTS, cues), cues))
        n = len(self._runs)
        if not found:
            return []
        scores = np.full((2 * n, 2 * n), -1e6)
        for a, b, score, _ in found:
            scores[a, b] = score
        diagonal = np.arange(n)
        scores[n + diagonal, diagonal] = scores[diagonal, n + diagonal] = 0.0
        scores[n:, n:] = 0.0
        rows, columns = linear_sum_assignment(-scores)
        pairs = {(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if r < n and c < n}
        return [f for f in found if (f[0], f[1]) in pairs]

    def _precedes(self, a: _Run, b: _Run) -> bool:
        """Whether the stream may come to the second run after the first: further left, or in a later register."""
        if any(m.jump.value == "to" for m in markers_in(a.lines[-1].text)):
            return False
        if self._adjoins(a, b):
            return True
        if b.top > a.foot - 1.5:
            return True
        return a.rect.y1 < b.rect.y0 + 1.5 and b.top > a.top - 2.0 and b.top < a.foot

    def _adjoins(self, a: _Run, b: _Run) -> bool:
        gap = b.rect.y0 - a.rect.y1
        return -1.5 < gap < 3.0 and min(a.foot, b.foot) - max(a.top, b.top) > min(
            _LOW, 0.5 * min(a.foot - a.top, b.foot - b.top)
        )

    def _cues(self, a: int, b: int, headed: Mapping[int, int]) -> Iterator[tuple[str, float]]:
        one, two = self._runs[a], self._runs[b]
        yield "always", 1.0
        first, last = two.lines[0].rect, one.lines[-1].rect
        if b in self.subheads and self._broken_by(self.subheads[b]) == a:
            yield "a subhead stands between", 1.0
        else:
            yield from self._of_place(a, b, headed)
        if self._beside_one_head(a, b, headed):
            yield "beside the same headline", 1.0
        if b in self.subheads:
            head = headed.get(a)
            yield "size of the headline", self._heads[head].size - 1.0 if head is not None else 0.0
        elif not (self._adjoins(one, two) and abs(one.top - two.top) < _INDENT):
            yield from self._of_seam(one, two)
        if self._has_text_before(b, headed):
            yield "text stands before it in its register", 1.0
        if self._bordered(one, two):
            yield "a zone's border between", 1.0
        if self._ruled(last, first) and self._adjoins(one, two):
            yield "a rule between", 1.0
        if self._zone(one.rect) != self._zone(two.rect):
            yield "another frame", 1.0
        if b not in self.subheads and abs((one.foot - one.top) - (two.foot - two.top)) > 1.5:
            yield "another register's height", 1.0

    def _of_place(self, a: int, b: int, headed: Mapping[int, int]) -> Iterator[tuple[str, float]]:
        """Where the second run stands from the first."""
        one, two = self._runs[a], self._runs[b]
        first, last = two.lines[0].rect, one.lines[-1].rect
        if self._adjoins(one, two):
            level = abs(one.top - two.top) < _INDENT or self._under_picture(one, two)
            yield ("begins left of it" if level else "begins left of it, in another register"), 1.0
        elif two.top > one.foot - 1.5:
            near = two.top - one.foot < _NEXT
            yield ("begins the next register" if near else "begins a later register"), 1.0
            if first.y0 > last.y1:
                yield "far to the left", min(3.0, (first.y0 - last.y1) / 8)
            if self._goes_on(a, headed):
                yield "the first goes on in its register", 1.0
            cut = sum(self._ends_later(one, o) for o in self._runs if o is not one and o is not two)
            yield "text nearer to the register's end", float(min(cut, 3))
        elif abs(one.top - two.top) > _INDENT:
            yield "apart from it", 1.0

    def _under_picture(self, one: _Run, two: _Run) -> bool:
        """Whether the lower of two runs, beside the other, stands under a picture or a level headline."""
        low, high = (one, two) if one.top > two.top else (two, one)
        if abs(one.foot - two.foot) > 2.5 and len(high.lines) > 1:
            return False
        over = [*self._frame.pictures, *(h.rect for h in self._heads if h.lines[0].crosses)]
        return any(
            p.overlap_y(low.rect) > 0.5 * low.rect.height and -1.0 < low.top - p.x1 < _UNDER and p.x0 > high.top - 2.0
            for p in over
        )

    def _bordered(self, one: _Run, two: _Run) -> bool:
        """Whether a rule that crosses the registers of both stands between two runs."""
        low, high = sorted((one.rect.centre[1], two.rect.centre[1]))
        return any(
            low < r.centre[1] < high
            and all(min(r.x1, o.foot) - max(r.x0, o.top) > 0.6 * (o.foot - o.top) for o in (one, two))
            for r in self._rules
        )

    def _of_seam(self, one: _Run, two: _Run) -> Iterator[tuple[str, float]]:
        if one.text.rstrip("、。，,.").endswith(_ENDS):
            yield "the text says that it ends", 1.0
        else:
            yield ("the last line is full" if one.room < _FULL else "the last line is short"), 1.0
        yield ("the first line is set in" if two.indent >= _SET_IN else "the first line is flush"), 1.0

    def _goes_on(self, a: int, headed: Mapping[int, int]) -> bool:
        """Whether text without a headline stands right left of a run in its register."""
        one = self._runs[a]
        return any(
            n != a
            and (n not in headed or n in self.subheads)
            and self._adjoins(one, o)
            and abs(one.top - o.top) < _INDENT
            and not self._ruled(one.lines[-1].rect, o.lines[0].rect)
            for n, o in enumerate(self._runs)
        )

    def _has_text_before(self, b: int, headed: Mapping[int, int]) -> bool:
        """Whether text without a headline stands in the same register before a run, apart from it."""
        two = self._runs[b]
        return any(
            n != b
            and n not in headed
            and abs(o.top - two.top) < 1.0
            and o.rect.y1 < two.rect.y0 + 0.5
            and not self._bordered(o, two)
            and two.rect.y0 - o.rect.y1 > _PITCH
            for n, o in enumerate(self._runs)
        )

    def _ends_later(self, a: _Run, o: _Run) -> bool:
        """Whether another run stands further left in the same register."""
        same = abs(a.foot - o.foot) < 2.0
        return same and o.rect.y0 > a.rect.y1 - 0.5 and (o.room < _FULL)

    def _beside_one_head(self, a: int, b: int, headed: Mapping[int, int]) -> bool:
        """Whether the second run stands under the first, beside a headline that spans both registers."""
        one, two = self._runs[a], self._runs[b]
        if not (two.top > one.foot - 1.5 and two.top - one.foot < _NEXT):
            return False
        for h in self._heads:
            r = h.rect
            if self._touches(r, two) and r.x0 < two.top - 1.0 and one.rect.y1 > two.rect.y0:
                for c in self._runs:
                    same = abs(c.foot - one.foot) < 2.0 and c.rect.y0 <= one.rect.y0
                    if same and self._touches(r, c) and not self._anew_between(c, one, headed):
                        return True
        return False

    def _touches(self, h: Rect, run: _Run) -> bool:
        """Whether a run begins right left of a headline, in a register that the headline spans."""
        return -1.5 < run.rect.y0 - h.y1 < _TOUCH and min(h.x1, run.foot) - max(h.x0, run.top) > 1.5

    def _anew_between(self, first: _Run, last: _Run, headed: Mapping[int, int]) -> bool:
        """Whether another article begins in a register after the first run and not after the last."""
        return any(
            n not in self.subheads
            and abs(self._runs[n].foot - last.foot) < 2.0
            and first.rect.y0 < self._runs[n].rect.y0 <= last.rect.y0
            for n in headed
        )

    # ---- pieces ----

    def assembly(self) -> tuple[Assembly, tuple[TextBlock, ...]]:
        """The pieces, by the steps that other pages take too."""
        order = self._order()
        blocks: list[TextBlock] = []
        of_run: dict[int, int] = {}
        of_head: dict[int, int] = {}
        for kind, at in order:
            lines = self._runs[at].lines if kind else self._heads[at].lines
            label = Label.BODY if kind else self._label_of_head(at)
            run = self._runs[at] if kind else None
            column = (run.top, run.foot) if run else (self._heads[at].rect.x0, self._heads[at].rect.x1)
            (of_run if kind else of_head)[at] = len(blocks)
            around = _around([n.rect for n in lines])
            blocks.append(
                block_of(len(blocks), label, tuple(lines), column, smallest_around(around, self._frame.frames))
            )
        blocks += self._others(len(blocks))
        links = [Link(of_run[a], of_run[b], s, cues) for a, b, s, cues in self._links]
        taken: list[Link] = []
        sub = {of_run[r]: of_head[h] for r, h in self.subheads.items() if blocks[of_head[h]].label is Label.SUBHEAD}
        linked = {n.second for n in links}
        for link in links:
            if link.second in sub:
                middle = sub[link.second]
                taken.append(Link(link.first, middle, link.score, link.cues))
                taken.append(Link(middle, link.second, link.score, _UNDER_SUBHEAD))
            else:
                taken.append(link)
        taken += [Link(h, r, 1.0, _UNDER_SUBHEAD) for r, h in sub.items() if r not in linked]
        pairs = [(of_head[h], of_run[r]) for h, r in self._of_head.items() if of_run[r] not in sub]
        starts = [Start(h, r, HEAD_WEIGHTS[_NEAREST], {_NEAREST: 1.0}) for h, r in pairs]
        held = tuple(blocks)
        return assembled(Relations(self._frame, held), Chains(tuple(taken), ()), starts), held

    def _label_of_head(self, at: int) -> Label:
        run = self._of_head.get(at)
        if run is None:
            label = self._label[self._heads[at].lines[0].line.id]
            return Label.ADVERT if label in (Label.ADVERT, Label.BODY) else Label.HEAD
        return Label.SUBHEAD if run in self.subheads else Label.HEAD

    def _order(self) -> list[tuple[bool, int]]:
        """Runs and headlines as a reader comes to them; a headline right before its text."""
        before: dict[int, list[int]] = {}
        for h, r in self._of_head.items():
            before.setdefault(r, []).append(h)
        out: list[tuple[bool, int]] = []
        for r in range(len(self._runs)):
            out += [(False, h) for h in before.get(r, ())]
            out.append((True, r))
        told = {h for hs in before.values() for h in hs}
        out += [(False, h) for h in range(len(self._heads)) if h not in told]
        return out

    def _others(self, first: int) -> Iterator[TextBlock]:
        """Blocks of the lines that are of no run and no headline."""
        taken = {n.line.id for r in self._runs for n in r.lines} | {n.line.id for h in self._heads for n in h.lines}
        left = [n for n in self._frame.lines if n.line.id not in taken]
        count = first
        at: list[PlacedLine] = []
        for i, n in enumerate(left):
            following = left[i + 1] if i + 1 < len(left) else None
            at.append(n)
            if following is None or self._key(n) != self._key(following):
                label = self._key(n)[1]
                rect = _around([m.rect for m in at])
                place = self._around[n.line.id].frame
                yield block_of(count, label, tuple(at), (rect.x0, rect.x1), place)
                count += 1
                at = []

    def _key(self, n: PlacedLine) -> tuple[str, Label]:
        label = self._label[n.line.id]
        return n.region.id, Label.ADVERT if label in (Label.BODY, Label.HEAD, Label.SUBHEAD) else label
