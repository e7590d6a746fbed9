"""What layout found on a page laid beside what is printed there."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np

from layout.analyze import analyze
from layout.geometry import Box, Polygon
from layout.input.scan import Scan, open_scan
from layout.page import Line, Page, Region, RegionKind
from layout.sheet import Sheet
from samples.typeset import random_issue
from samples.typeset.press import Scanned
from samples.typeset.works import SAMPLES, works


@dataclass(frozen=True)
class TrueLine:
    """One printed line: its kind, its four corners on the scan, and the piece that it belongs to."""

    kind: str
    quad: Polygon
    part: int | None
    white: bool = False
    vertical: bool = False

    @property
    def box(self) -> Box:
        return Box.around(self.quad)

    @property
    def spine(self) -> Polygon:
        """Nine points along the line's middle, from end to end."""
        a, b, c, d = (np.asarray(p) for p in self.quad)
        start, end = ((a + b) / 2, (d + c) / 2) if self.vertical else ((a + d) / 2, (b + c) / 2)
        return tuple((float(x), float(y)) for x, y in np.linspace(start, end, 11)[1:-1])


@dataclass(frozen=True)
class Comparison:
    """A page as layout found it, and the lines and marks that stand on it."""

    scan: Scan
    page: Page
    sheet: Sheet
    skew: float
    """Of the hand that laid the page on the glass, in degrees, clockwise."""
    type_size: float
    lines: tuple[TrueLine, ...]
    marks: Mapping[str, Sequence[Box]]

    # -- lines -------------------------------------------------------------------------------------------------------

    @cached_property
    def homes(self) -> tuple[tuple[Region, Line] | None, ...]:
        """For each printed line, the line found that holds most of it, and its region; None where most is lost."""
        places = [(r, n, Box.around(self.sheet.place(n))) for r in self.page.regions for n in r.lines]
        return tuple(_home(places, self.page.to_scan.inverse(n.spine)) for n in self.lines)

    def of_kind(self, *kinds: str) -> list[int]:
        return [i for i, n in enumerate(self.lines) if n.kind in kinds]

    def found_single(self, *kinds: str) -> float:
        """The share of printed lines of those kinds that were found as one line each, box on box."""
        boxes = [n.box for n in self.page.lines if n.box is not None]
        asked = [self.lines[i].box for i in self.of_kind(*kinds)]
        return sum(max((iou(a, b) for b in boxes), default=0.0) > 0.6 for a in asked) / max(1, len(asked))

    # -- pieces ------------------------------------------------------------------------------------------------------

    def pieces(self) -> dict[int, frozenset[int]]:
        """The printed lines that each of the page's pieces holds."""
        held: dict[int, set[int]] = defaultdict(set)
        for i, home in enumerate(self.homes):
            if home is not None and home[0].article is not None:
                held[home[0].article].add(i)
        return {piece: frozenset(lines) for piece, lines in held.items()}

    def f1(self) -> dict[int, float]:
        """For each printed piece, how well the piece found that fits it best holds its lines and no others."""
        parts: dict[int, set[int]] = defaultdict(set)
        for i, n in enumerate(self.lines):
            if n.part is not None:
                parts[n.part].add(i)
        found = self.pieces().values()
        return {p: max((2 * len(s & f) / (len(s) + len(f)) for f in found), default=0.0) for p, s in parts.items()}

    def orders(self) -> dict[int, list[int]]:
        """For each printed piece, the places in the page of its body lines, taken in the order of the print."""
        place = {n.id: i for i, n in enumerate(self.page.lines)}
        out: dict[int, list[int]] = defaultdict(list)
        for i in self.of_kind("body", "subhead"):
            home, part = self.homes[i], self.lines[i].part
            if home is not None and part is not None:
                out[part].append(place[home[1].id])
        return dict(out)

    # -- marks -------------------------------------------------------------------------------------------------------

    def regions(self, kind: RegionKind) -> list[Box]:
        return [b for r in self.page.regions if r.kind is kind and (b := r.box) is not None]


def _home(places: Sequence[tuple[Region, Line, Box]], spine: Polygon) -> tuple[Region, Line] | None:
    held = Counter(n for n, (_, _, b) in enumerate(places) for x, y in spine if b.x0 <= x <= b.x1 and b.y0 <= y <= b.y1)
    inside = sum(any(b.x0 <= x <= b.x1 and b.y0 <= y <= b.y1 for _, _, b in places) for x, y in spine)
    if inside < 0.5 * len(spine):
        return None
    region, line, _ = places[held.most_common(1)[0][0]]
    return region, line


def iou(a: Box, b: Box) -> float:
    """Shared area over joint area."""
    shared = a & b
    area = max(0, shared.width) * max(0, shared.height)
    return area / max(1, a.area + b.area - area)


def covered(box: Box, by: Iterable[Box]) -> float:
    """The share of the box's pixels that the others cover together."""
    mask = np.zeros((box.height, box.width), dtype=bool)
    for b in by:
        mask[max(0, b.y0 - box.y0) : max(0, b.y1 - box.y0), max(0, b.x0 - box.x0) : max(0, b.x1 - box.x0)] = True
    return float(mask.mean())


# -- pages with truth --------------------------------------------------------------------------------------------------


def _rows(lines: Iterable[TrueLine]) -> tuple[TrueLine, ...]:
    """The printed lines; 上接 and the words that follow it in the same row are one."""
    out: list[TrueLine] = []
    for line in lines:
        before = out[-1] if out else line
        row = {before.kind, line.kind} == {"marker", "body"} and before.part == line.part
        if row and before.box.overlap_y(line.box) > 0.5 * min(before.box.height, line.box.height):
            first, second = sorted((before, line), key=lambda n: n.quad[0][0])
            (a, _, _, d), (_, b, c, _) = first.quad, second.quad
            out[-1] = TrueLine("body", (a, b, c, d), line.part)
        else:
            out.append(line)
    return tuple(out)


@cache
def sample(folder: str, number: int) -> Comparison:
    """Page `number` of one of the sample issues."""
    gold = json.loads((SAMPLES / folder / "gold.json").read_text(encoding="utf-8"))
    record: dict[str, Any] = next(p for p in gold["pages"] if p["page"] == number)
    printed = (TrueLine(n["kind"], Box(*n["box"]).corners, n["part"], n.get("white", False)) for n in record["lines"])
    marks = ((m["kind"], Box(*m["box"]), m["part"]) for m in record["marks"])
    scan = open_scan(SAMPLES / folder / f"page{number}.jpg")
    skew = next(w.damage.skew for w in works() if w.folder == folder)
    return Comparison(scan, *analyze(scan, number), skew, record["type_size"], _rows(printed), _by_kind(marks))


@cache
def drawn(seed: int, level: str, style: str = "modern") -> Comparison:
    """The one page of an issue drawn by chance."""
    return compared(random_issue(seed, 1, level, small=True, style=style).pages[0])


def compared(printed: Scanned) -> Comparison:
    """A typeset page analysed, beside its truth."""
    truth = printed.truth
    lines = (TrueLine(n.kind, n.quad, n.part, n.white, n.vertical) for n in truth.lines)
    marks = ((m.kind, Box(*m.box), m.part) for m in truth.marks)
    scan = scan_of(printed)
    found = analyze(scan, truth.number)
    return Comparison(scan, *found, printed.damage.skew, truth.type_size, _rows(lines), _by_kind(marks))


def scan_of(printed: Scanned) -> Scan:
    """The scan as if it had been opened from a file, without the file."""
    return Scan(np.asarray(printed.image.convert("L")), None, 1, float(printed.truth.dpi), "drawn", 0)


def _by_kind(marks: Iterable[tuple[str, Box, int | None]]) -> dict[str, list[Box]]:
    """The marks' places; a rule that is a piece's own (a frame's side, a table's line) is a "side"."""
    out: dict[str, list[Box]] = defaultdict(list)
    for kind, box, part in marks:
        out["side" if kind == "rule" and part is not None else kind].append(box)
    return out
