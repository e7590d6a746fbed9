"""What a page shows about a tile and about a cut, in numbers: the evidence from which pieces are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from layout.geometry import Box
from layout.params import EM


class ItemRole(Enum):
    HEADLINE = auto()  # a group of display lines that names an article
    MINOR = auto()  # display type little larger than the body: a subhead, or the headline of a brief
    TEXT = auto()
    PICTURE = auto()
    INSET = auto()  # a frame with all that it encloses: a piece of its own, and an obstacle to its neighbours


class Way(Enum):
    """How a cut runs; its value is the evidence of that name."""

    LEVEL = 0.0
    UPRIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Item:
    """What a cut must not cross. `opens` and `runs_on` tell how the text begins and ends, where there is text."""

    box: Box
    role: ItemRole
    upright: bool = False
    opens: bool = False
    """The first line is indented: a paragraph begins here."""
    runs_on: bool = False
    """The last line is full: the sentence may go on elsewhere."""
    size: float = 1.0
    """Size of its largest type in the body's."""
    amount: float = 0.0
    """Characters, by the lengths of its lines."""


Members = tuple[int, ...]
"""Places in the sequence of items, rising."""

X0, Y0, X1, Y1 = range(4)
"""Columns of an array of boxes."""


@dataclass(frozen=True, slots=True)
class FeatureParams:
    """Bounds of what is counted, in em of the body type; the models were fitted with these values."""

    near: float = 6.0
    """Width between two columns over which one may run on in the other, at most."""
    beside: float = 3.0
    """Distance between a rule and the type that it bounds, at most."""
    far: float = 30.0
    """Distance beyond which everything counts as equally far."""
    higher: float = 3.0
    """Height by which a text begins above its headline, at least."""
    rule_near: float = 0.6
    """Distance of a rule from the cut that it runs along, at most."""
    ruled: float = 0.6
    """Share of the height that two columns share along which a rule parts them, at least."""
    level: float = 0.4
    """Height that two texts share that face each other over an upright cut, as a share of the lower, at least."""
    shared: float = 0.5
    """Width that two texts of one column share, as a share of the narrower, at least."""
    overlap: float = 0.5
    """Height by which two texts over each other overlap, at most."""
    top: float = 1.5
    """Distance from the top of a side within which something heads it."""
    through: float = 0.05
    """Share of a tile's length on which a rule must have boxes on both sides, at least, to count."""


P: Final = FeatureParams()


class Evidence:
    """The items and rules of a page, laid out for counting; every length given out is in em."""

    def __init__(self, items: Sequence[Item], rules: Sequence[Box]) -> None:
        self.items = tuple(items)
        boxes = _array([i.box for i in items])
        origin = (
            np.tile(boxes[:, :2].min(axis=0), 2) if len(boxes) else np.zeros(4)
        )  # rounding must not tell places apart
        self._box = (boxes - origin) / EM
        self._role = np.array([i.role.value for i in items])
        self._text, self._picture = self._of(ItemRole.TEXT), self._of(ItemRole.PICTURE)
        self._head, self._minor, self._inset = (
            self._of(ItemRole.HEADLINE),
            self._of(ItemRole.MINOR),
            self._of(ItemRole.INSET),
        )
        self._size = np.array([i.size for i in items])
        self._amount = np.array([i.amount for i in items])
        self._opens = np.array([i.opens for i in items])
        self._runs_on = np.array([i.runs_on for i in items])
        self._upright = np.array([i.upright for i in items])
        lines = (_array(rules) - origin) / EM
        tall = (lines[:, Y1] - lines[:, Y0]) > (lines[:, X1] - lines[:, X0])
        self._tall, self._flat = lines[tall], lines[~tall]
        widths = (self._box[:, X1] - self._box[:, X0])[self._text]
        self._column = float(np.median(widths)) if len(widths) else 10.0
        self._page = _hull(self._box)

    def _of(self, role: ItemRole) -> npt.NDArray[np.bool_]:
        return np.asarray(self._role == role.value, dtype=np.bool_)

    # -- tiles -------------------------------------------------------------------------------------------------------

    def tile(self, members: Members) -> list[float]:
        """The evidence on whether the members are one piece, in the order of TILE."""
        m = np.array(members)
        hull = _hull(self._box[m])
        texts = m[self._text[m]]
        heads = m[self._head[m]]
        minors = m[self._minor[m]]
        return [
            *self._counts(m, hull),
            *self._headlines(heads, texts, hull),
            *self._minors(minors, m),
            *self._columns(texts),
            *self._flow(texts),
            *self._rules_within(m, hull, texts),
        ]

    def _counts(self, m: npt.NDArray[np.intp], hull: npt.NDArray[np.float64]) -> list[float]:
        w, h = hull[X1] - hull[X0], hull[Y1] - hull[Y0]
        boxes = self._box[m]
        filled = float(((boxes[:, X1] - boxes[:, X0]) * (boxes[:, Y1] - boxes[:, Y0])).sum()) / max(1.0, w * h)
        text = self._amount[m[self._text[m]]].sum()
        return [
            float(self._text[m].sum()),
            float(self._picture[m].sum()),
            float(self._inset[m].sum()),
            float(np.log1p(text)),
            w / self._column,
            h,
            min(1.5, filled),
            (w * h) / max(1.0, _area(self._page)),
        ]

    def _headlines(
        self, heads: npt.NDArray[np.intp], texts: npt.NDArray[np.intp], hull: npt.NDArray[np.float64]
    ) -> list[float]:
        """The place of the main headline (the largest, of equals the upper), and what stands above the others."""
        if not len(heads):
            return [0.0] * 13
        order = sorted(heads, key=lambda i: (-round(float(self._size[i]), 1), self._box[i, Y0]))
        main, rest = order[0], order[1:]
        b = self._box[main]
        above, higher, beyond = self._placed(main, texts)
        second = self._size[rest[0]] / self._size[main] if rest else 0.0
        under = sum(1.0 for i in rest if self._has_above(i, texts))
        apart = max((self._apart(b, self._box[i]) for i in rest), default=0.0)
        below = self._gap_below(b, texts)
        return [
            float(len(heads)),
            self._size[main],
            second,
            under,
            apart,
            above,
            higher,
            beyond,
            (b[X1] - b[X0]) / max(1.0, hull[X1] - hull[X0]),
            (b[X0] - hull[X0]) / self._column,
            (hull[X1] - b[X1]) / self._column,
            b[Y0] - hull[Y0],
            below,
        ]

    def _placed(self, head: int, texts: npt.NDArray[np.intp]) -> tuple[float, float, float]:
        """Em of text above the headline, of text that begins higher beside it, and of text not beside it if upright."""
        b, t = self._box[head], self._box[texts]
        if not len(t):
            return 0.0, 0.0, 0.0
        height = t[:, Y1] - t[:, Y0]
        over = np.minimum(t[:, X1], b[X1]) - np.maximum(t[:, X0], b[X0]) > 1
        above = over & (t[:, Y1] < b[Y0] + 1)
        higher = ~above & (t[:, Y0] < b[Y0] - P.higher)
        level = np.minimum(t[:, Y1], b[Y1]) - np.maximum(t[:, Y0], b[Y0]) > 0
        beyond = height[~level].sum() if self._upright[head] else 0.0
        return float(height[above].sum()), float(height[higher].sum()), float(beyond)

    def _has_above(self, i: int, texts: npt.NDArray[np.intp]) -> bool:
        b, t = self._box[i], self._box[texts]
        over = np.minimum(t[:, X1], b[X1]) - np.maximum(t[:, X0], b[X0]) > 1
        return bool((over & (t[:, Y1] < b[Y0] + 1)).any())

    def _apart(self, a: npt.NDArray[np.float64], b: npt.NDArray[np.float64]) -> float:
        x = max(0.0, max(a[X0], b[X0]) - min(a[X1], b[X1]))
        y = max(0.0, max(a[Y0], b[Y0]) - min(a[Y1], b[Y1]))
        return min(P.far, float(np.hypot(x, y)))

    def _gap_below(self, b: npt.NDArray[np.float64], texts: npt.NDArray[np.intp]) -> float:
        t = self._box[texts]
        over = np.minimum(t[:, X1], b[X1]) - np.maximum(t[:, X0], b[X0]) > 1
        under = t[over & (t[:, Y0] > b[Y0]), Y0] - b[Y1]
        return float(min(P.far, under.min())) if len(under) else P.far

    def _minors(self, minors: npt.NDArray[np.intp], m: npt.NDArray[np.intp]) -> list[float]:
        """How many there are, how many top the tile, the widest white above one that stands under text, its size."""
        top, white, size = 0.0, 0.0, 0.0
        for i in minors:
            b = self._box[i]
            over = [j for j in m if j != i and self._box[j, Y0] < b[Y0] and _shared(self._box[j], b) > 0]
            size = max(size, self._size[i])
            if not over:
                top += 1
                continue
            nearest = max(over, key=lambda j: self._box[j, Y1])
            if self._text[nearest]:
                white = max(white, b[Y0] - self._box[nearest, Y1])
        return [float(len(minors)), top, min(white, 5.0), size]

    def _columns(self, texts: npt.NDArray[np.intp]) -> list[float]:
        """Their number, the evenness of their widths, heads and feet, the widest white across and down."""
        if not len(texts):
            return [0.0] * 7
        t = self._box[texts]
        columns = _columns(t)
        widths = np.array([b[:, X1].max() - b[:, X0].min() for b in columns])
        tops = np.array([b[:, Y0].min() for b in columns])
        feet = np.array([b[:, Y1].max() for b in columns])
        gaps = [max(0.0, b[:, X0].min() - a[:, X1].max()) for a, b in pairwise(columns)]
        down = max(float(_hole(b)) for b in columns)
        return [
            float(len(columns)),
            float(widths.min() / widths.max()),
            float(widths.max()) / self._column,
            float(np.ptp(tops)),
            float(np.ptp(feet)),
            max(gaps, default=0.0),
            down,
        ]

    def _flow(self, texts: npt.NDArray[np.intp]) -> list[float]:
        """How the columns pass on to each other: joins that run on, that part, and that contradict; both ends."""
        if not len(texts):
            return [0.0] * 5
        groups = _column_members(self._box, texts)
        on = part = odd = 0
        for a, b in pairwise(groups):
            full, indented = self._runs_on[a[-1]], self._opens[b[0]]
            on += full and not indented
            part += not full and indented
            odd += bool(full) == bool(indented)
        return [
            float(on),
            float(part),
            float(odd),
            float(self._opens[groups[0][0]]),
            float(self._runs_on[groups[-1][-1]]),
        ]

    def _rules_within(
        self, m: npt.NDArray[np.intp], hull: npt.NDArray[np.float64], texts: npt.NDArray[np.intp]
    ) -> list[float]:
        """Rules that run through the tile: the longest each way by its share, all of them, and rules in its gutters."""
        v = _through(self._tall, self._box[m], hull, along=1)
        h = _through(self._flat, self._box[m], hull, along=0)
        return [max(v, default=0.0), sum(v), max(h, default=0.0), sum(h), self._ruled_gutters(texts)]

    def _ruled_gutters(self, texts: npt.NDArray[np.intp]) -> float:
        """The share of the gutters between its columns in which a rule stands."""
        columns = _columns(self._box[texts]) if len(texts) else []
        if len(columns) <= 1:
            return 0.0
        return float(np.mean([self._rule_between(_hull(a), _hull(b)) for a, b in pairwise(columns)]))

    def _rule_between(self, a: npt.NDArray[np.float64], b: npt.NDArray[np.float64]) -> bool:
        y0, y1 = max(a[Y0], b[Y0]), min(a[Y1], b[Y1])
        r = self._tall
        there = (r[:, X0] > a[X1] - 1) & (r[:, X1] < b[X0] + 1)
        return bool((there & (np.minimum(r[:, Y1], y1) - np.maximum(r[:, Y0], y0) > P.ruled * (y1 - y0))).any())

    # -- cuts --------------------------------------------------------------------------------------------------------

    def cut(self, first: Members, second: Members, way: Way) -> list[float]:
        """The evidence on whether the cut between the two sides parts pieces, in the order of CUT."""
        a, b = np.array(first), np.array(second)
        one, two = _hull(self._box[a]), _hull(self._box[b])
        whole = _hull(np.array([one, two]))
        gap, ruled, length = self._along(one, two, whole, way)
        page = self._page[2:] - self._page[:2]
        return [
            way.value,
            gap,
            ruled,
            length,
            length / max(1.0, float(page[1 if way is Way.UPRIGHT else 0])),
            *self._facing(a, b, way),
            *self._side(a, one),
            *self._side(b, two),
            *self._tops(a, b, one, two, vertical=way is Way.UPRIGHT),
        ]

    def _along(
        self,
        one: npt.NDArray[np.float64],
        two: npt.NDArray[np.float64],
        whole: npt.NDArray[np.float64],
        way: Way,
    ) -> tuple[float, float, float]:
        """The gap, the share of its length along which a printed rule runs, and the length of a straight cut."""
        vertical = way is Way.UPRIGHT
        axis = 0 if vertical else 1
        lo, hi = float(one[axis + 2]), float(two[axis])
        start, end = float(whole[1 - axis]), float(whole[3 - axis])
        return hi - lo, self._ruled(lo, hi, (start, end), vertical=vertical) / max(1.0, end - start), end - start

    def _ruled(self, lo: float, hi: float, span: tuple[float, float], *, vertical: bool) -> float:
        """The length within the span along which a rule runs between `lo` and `hi`."""
        lines, axis = (self._tall, 0) if vertical else (self._flat, 1)
        middle = (lines[:, axis] + lines[:, axis + 2]) / 2
        near = lines[(middle >= lo - P.rule_near) & (middle <= hi + P.rule_near)]
        spans = [(max(r[1 - axis], span[0]), min(r[3 - axis], span[1])) for r in near]
        return min(span[1] - span[0], covered(spans))

    def _facing(self, a: npt.NDArray[np.intp], b: npt.NDArray[np.intp], way: Way) -> list[float]:
        """Texts that face each other over the cut: how many run on, part, contradict, or have a rule between them."""
        vertical = way is Way.UPRIGHT
        on = part = odd = ruled = 0
        for i in a[self._text[a]]:
            for j in b[self._text[b]]:
                p, q = self._box[i], self._box[j]
                if vertical:
                    shared = min(p[Y1], q[Y1]) - max(p[Y0], q[Y0])
                    facing = shared > P.level * min(p[Y1] - p[Y0], q[Y1] - q[Y0]) and 0 <= q[X0] - p[X1] < P.near
                else:
                    column = _shared(p, q) > P.shared * min(p[X1] - p[X0], q[X1] - q[X0])
                    facing = column and -P.overlap < q[Y0] - p[Y1] < P.near
                if not facing:
                    continue
                if vertical and self._rule_between(p, q):
                    ruled += 1
                    continue
                full, indented = bool(self._runs_on[i]), bool(self._opens[j])
                on += full and not indented
                part += indented and not full
                odd += full == indented
        return [float(on), float(part), float(odd), float(ruled)]

    def _side(self, m: npt.NDArray[np.intp], hull: npt.NDArray[np.float64]) -> list[float]:
        """One side of a cut: headlines, minor ones, characters, its width, and what stands at its head."""
        top = m[self._box[m, Y0] < hull[Y0] + P.top]
        head = 2.0 if self._head[top].any() else 1.0 if self._minor[top].any() else 0.0
        texts = m[self._text[m]]
        return [
            float(self._head[m].sum()),
            float(self._minor[m].sum()),
            float(np.log1p(self._amount[texts].sum())),
            (hull[X1] - hull[X0]) / self._column,
            hull[Y1] - hull[Y0],
            head,
            float(self._size[top].max()),
            float((self._picture[m] | self._inset[m]).all()),
        ]

    def _tops(
        self,
        a: npt.NDArray[np.intp],
        b: npt.NDArray[np.intp],
        one: npt.NDArray[np.float64],
        two: npt.NDArray[np.float64],
        *,
        vertical: bool,
    ) -> list[float]:
        """How the sides lie to each other: heads, feet, columns level or not; how far the first's headline reaches."""
        s, t = a[self._text[a]], b[self._text[b]]
        if not len(s) or not len(t):
            return [0.0, 0.0, 0.0, 0.0, 0.0]
        p, q = self._box[s], self._box[t]
        if vertical:
            left, right = p[p[:, X1] > p[:, X1].max() - 2], q[q[:, X0] < q[:, X0].min() + 2]
            tops, feet = right[:, Y0].min() - left[:, Y0].min(), right[:, Y1].max() - left[:, Y1].max()
        else:
            tops, feet = float(len(_columns(q)) - len(_columns(p))), two[X0] - one[X0]
        widths = np.median(q[:, X1] - q[:, X0]) / max(1.0, float(np.median(p[:, X1] - p[:, X0])))
        heads = self._box[a[self._head[a]]]
        reach = float((heads[:, X1] - heads[:, X0]).max(initial=0.0)) / max(1.0, one[X1] - one[X0])
        grid = abs(float(np.min(np.abs(q[:, X0][:, None] - p[:, X0][None, :])))) if not vertical else 0.0
        return [float(tops), float(feet), float(widths), reach, grid]


TILE: Final = (
    "texts", "pictures", "insets", "characters", "width", "height", "filled", "share of the page",
    "headlines", "size of the headline", "size of the second", "headlines under text", "headlines apart",
    "text above the headline", "text begins higher", "text beyond the upright headline",
    "headline's share of the width", "headline from the left", "headline from the right", "headline from the top",
    "headline from its text",
    "minor headlines", "minor headlines on top", "white above a minor headline", "size of the minor headline",
    "columns", "evenness of columns", "widest column", "tops", "feet", "white across", "white down",
    "joins that run on", "joins that part", "joins that contradict", "opens", "runs on",
    "longest upright rule", "upright rules", "longest level rule", "level rules", "ruled gutters",
)  # fmt: skip

CUT: Final = (
    "way", "gap", "ruled", "length", "share of the page",
    "runs on", "parts", "contradicts", "ruled between",
    *(f"{side}: {what}" for side in ("first", "second") for what in (
        "headlines", "minor headlines", "characters", "width", "height", "headed",
        "size at its head", "only pictures")),
    "tops", "feet", "widths", "reach of the headline", "grid",
)  # fmt: skip


def _array(boxes: Sequence[Box]) -> npt.NDArray[np.float64]:
    return np.array([(b.x0, b.y0, b.x1, b.y1) for b in boxes], dtype=np.float64).reshape(-1, 4)


def _hull(boxes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.concatenate((boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)))


def _area(b: npt.NDArray[np.float64]) -> float:
    return float((b[X1] - b[X0]) * (b[Y1] - b[Y0]))


def _shared(a: npt.NDArray[np.float64], b: npt.NDArray[np.float64]) -> float:
    return float(min(a[X1], b[X1]) - max(a[X0], b[X0]))


def _column_members(boxes: npt.NDArray[np.float64], texts: npt.NDArray[np.intp]) -> list[list[int]]:
    """Texts gathered into columns, from left to right, each from top to bottom."""
    groups: list[list[int]] = []
    ends: list[tuple[float, float]] = []
    for i in sorted(texts, key=lambda i: (boxes[i, X0], boxes[i, Y0])):
        x0, x1 = boxes[i, X0], boxes[i, X1]
        for n, (a, b) in enumerate(ends):
            if min(x1, b) - max(x0, a) > P.shared * min(x1 - x0, b - a):
                groups[n].append(int(i))
                ends[n] = (min(a, x0), max(b, x1))
                break
        else:
            groups.append([int(i)])
            ends.append((x0, x1))
    return [sorted(g, key=lambda i: boxes[i, Y0]) for g in groups]


def _columns(t: npt.NDArray[np.float64]) -> list[npt.NDArray[np.float64]]:
    return [t[g] for g in _column_members(t, np.arange(len(t)))]


def _hole(column: npt.NDArray[np.float64]) -> float:
    """The widest white between two texts of a column, both sorted from top to bottom."""
    return max((float(b[Y0] - a[Y1]) for a, b in pairwise(column)), default=0.0)


def _through(
    lines: npt.NDArray[np.float64], boxes: npt.NDArray[np.float64], hull: npt.NDArray[np.float64], *, along: int
) -> list[float]:
    """For each rule inside the hull the share of the hull's length on which it has boxes on both sides, close by."""
    across = 1 - along
    inside = (lines[:, across] > hull[across] + 1) & (lines[:, across + 2] < hull[across + 2] - 1)
    out = []
    for r in lines[inside]:
        start, end = max(r[along], hull[along]), min(r[along + 2], hull[along + 2])
        level = (boxes[:, along + 2] > start) & (boxes[:, along] < end)
        before = level & (np.abs(boxes[:, across + 2] - r[across]) < P.beside)
        behind = level & (np.abs(boxes[:, across] - r[across + 2]) < P.beside)
        both = _common(boxes[before][:, (along, along + 2)], boxes[behind][:, (along, along + 2)], start, end)
        share = both / max(1.0, float(hull[along + 2] - hull[along]))
        if share > P.through:
            out.append(share)
    return out


def _common(a: npt.NDArray[np.float64], b: npt.NDArray[np.float64], start: float, end: float) -> float:
    """The length between start and end that spans of both kinds cover, to half an em."""
    places = np.arange(start + 0.25, end, 0.5)
    if not len(a) or not len(b) or not len(places):
        return 0.0
    of_a = ((a[:, :1] <= places) & (a[:, 1:] >= places)).any(axis=0)
    of_b = ((b[:, :1] <= places) & (b[:, 1:] >= places)).any(axis=0)
    return 0.5 * float((of_a & of_b).sum())


def covered(spans: Sequence[tuple[float, float]]) -> float:
    """The length that intervals cover together."""
    total, end = 0.0, -1e9
    for a, b in sorted(spans):
        if b > max(a, end):
            total += b - max(a, end)
            end = b
    return total
