"""What each line of print measures: numbers of geometry, type and text, of the line and of what is around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from cleanup.articles.frame import ReadingFrame, as_array
from cleanup.articles.surroundings import FAR, Surroundings
from cleanup.articles.wording import CLASSES, WORDING, amounts, wording
from cleanup.language.characters import CLOSING, OPENING, PAUSES, SENTENCE_ENDS, ends_sentence, is_hanzi
from layout.page import RegionKind

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
"""Places of lines in the frame's lines; -1 where there is none."""
NOWHERE: Final = -1
"""Place of a line that is not there."""
ABOVE: Final = "above"
BELOW: Final = "below"
LEFT: Final = "left"
RIGHT: Final = "right"
_KINDS: Final = tuple(RegionKind)
_IN_ROW: Final = 0.4
"""Share of the lower of two lines that must lie beside the other for the two to stand in one row."""
_OVERLAP: Final = 0.5
"""Ems by which the boxes of two lines of one row may overlap."""
_OVER: Final = 0.3
"""Share of the narrower of two lines that must lie over the other for the two to be of one column."""
_ONE_SIZE: Final = 0.06
"""Share by which the sizes of lines of one size differ at most."""
_BODY_SIZE: Final = 0.1
"""Share by which the size of running text differs from the body's at most."""
_FILLED: Final = 0.8
"""Share of its column that a line of running text fills, at least."""
_HEADED: Final = 12.0
"""Ems over a line within which larger type of its column speaks of it."""
_COLONS: Final = frozenset("：:")
_CALLS: Final = frozenset("！？!?")
_NUMBER: Final = re.compile(r"[0-9０-９](?:[-－—.．:：/ ]?[0-9０-９])*")
Sorts = Sequence[Callable[[str], bool]]
"""Sorts of characters, each by what holds for it; the first that holds counts."""
_SORTS: Final[Sorts] = (
    is_hanzi,
    str.isdigit,
    lambda c: c.isascii() and c.isalpha(),
    lambda c: c in SENTENCE_ENDS,
    lambda c: c in PAUSES,
    lambda c: c in _COLONS,
    lambda c: c in OPENING,
    lambda c: c in CLOSING,
    lambda c: c in "—-－…",
    lambda c: c in "●○■□◆◇▲△▼▽★☆※►▶◀◎◉⊙•·▪",
)
"""The sorts of characters."""
_LEAST: Final = 0.2
"""Size, width or weight below which it is unknown; ratios are taken to no less."""


@dataclass(frozen=True, slots=True)
class LineMeasures:
    """The measures of a page's lines, and which lines stand together.

    `values` has a row a line and a column a name, shape (lines, names). `regions` and `frames` number the region and
    the smallest frame of each line, -1 without a frame, shape (lines,). `alike` tells of each two lines whether their
    type is of one size, shape (lines, lines).
    """

    names: tuple[str, ...]
    values: Floats
    beside: dict[str, Places]
    """Place of the line next to each, for each side."""
    regions: Places
    frames: Places
    alike: npt.NDArray[np.bool_]


def line_measures(frame: ReadingFrame, around: Sequence[Surroundings]) -> LineMeasures:
    """The measures of the frame's lines, at least one of them, in the order of its lines. Lengths are ems."""
    page = _Page(frame, around)
    columns = {
        **_of_type(page),
        **_of_text(page),
        **_of_words(page),
        **_of_place(page),
        **_of_frames(page),
        **_of_regions(page),
        **_of_neighbours(page),
        **_of_page(page),
    }
    values = np.column_stack([np.broadcast_to(np.asarray(c, dtype=np.float64), len(page)) for c in columns.values()])
    beside = {side: places for side, (places, _) in page.neighbours.items()}
    return LineMeasures(tuple(columns), values, beside, page.regions, page.frames, page.alike)


@dataclass(frozen=True)
class _Page:
    """A page's lines as arrays, one entry a line."""

    frame: ReadingFrame
    around: Sequence[Surroundings]

    def __len__(self) -> int:
        return len(self.frame.lines)

    @cached_property
    def boxes(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Left, top, right and bottom edges."""
        x0, y0, x1, y1 = as_array([n.rect for n in self.frame.lines]).T
        return x0, y0, x1, y1

    @cached_property
    def width(self) -> Floats:
        return self.boxes[2] - self.boxes[0]

    @cached_property
    def height(self) -> Floats:
        return self.boxes[3] - self.boxes[1]

    @cached_property
    def size(self) -> Floats:
        return np.array([n.size for n in self.frame.lines])

    @cached_property
    def weight(self) -> Floats:
        return np.array([n.weight for n in self.frame.lines])

    @cached_property
    def length(self) -> Floats:
        """Characters."""
        return np.array([len(n.text) for n in self.frame.lines], dtype=np.float64)

    def share(self, holds: Callable[[str], bool]) -> Floats:
        """The share of each line's characters for which the test holds."""
        return np.array([sum(map(holds, n.text)) for n in self.frame.lines]) / np.maximum(1.0, self.length)

    @cached_property
    def digits(self) -> Floats:
        return self.share(str.isdigit)

    @cached_property
    def marks(self) -> Floats:
        """Marks of running text, as a number."""
        return np.round(self.share(lambda c: c in PAUSES or c in SENTENCE_ENDS) * self.length)

    @cached_property
    def ended(self) -> Floats:
        return np.array([ends_sentence(n.text) for n in self.frame.lines], dtype=np.float64)

    @cached_property
    def left(self) -> Floats:
        """The left edge of the line's column."""
        return np.array([a.left for a in self.around])

    @cached_property
    def right(self) -> Floats:
        return np.array([a.right for a in self.around])

    @cached_property
    def column(self) -> Floats:
        """The width of the line's column."""
        return np.maximum(1.0, self.right - self.left)

    @cached_property
    def fill(self) -> Floats:
        return self.width / self.column

    @cached_property
    def running(self) -> npt.NDArray[np.bool_]:
        """Whether each line looks like one of running text."""
        plain: npt.NDArray[np.bool_] = np.abs(self.size - 1.0) < _BODY_SIZE
        return plain & (self.fill > _FILLED) & (self.marks > 0)

    @cached_property
    def regions(self) -> Places:
        numbers = {name: i for i, name in enumerate(self.frame.by_region)}
        return np.array([numbers[n.region.id] for n in self.frame.lines], dtype=np.intp)

    @cached_property
    def frames(self) -> Places:
        return np.array([NOWHERE if a.frame is None else a.frame for a in self.around], dtype=np.intp)

    @cached_property
    def tiles(self) -> Places:
        """The rectangle in which layout put each line's region, by number."""
        found = [n.region.article for n in self.frame.lines]
        return np.array([NOWHERE if i is None else i for i in found], dtype=np.intp)

    @cached_property
    def alike(self) -> npt.NDArray[np.bool_]:
        size = self.size
        same: npt.NDArray[np.bool_] = np.abs(size[:, None] - size[None]) < _ONE_SIZE * size[:, None]
        return same

    @cached_property
    def of_one_column(self) -> npt.NDArray[np.bool_]:
        """Whether two lines lie over each other, for each pair; shape (n, n)."""
        x0, _, x1, _ = self.boxes
        shared = np.minimum(x1[:, None], x1[None]) - np.maximum(x0[:, None], x0[None])
        over: npt.NDArray[np.bool_] = shared > _OVER * np.minimum(self.width[:, None], self.width[None])
        return over

    @cached_property
    def neighbours(self) -> dict[str, tuple[Places, Floats]]:
        """Place of the line next to each and the ems of white between the two, for each side."""
        x0, y0, x1, y1 = self.boxes
        shared = np.minimum(y1[:, None], y1[None]) - np.maximum(y0[:, None], y0[None])
        in_row = shared > _IN_ROW * np.minimum(self.height[:, None], self.height[None])
        np.fill_diagonal(in_row, val=False)
        return {
            ABOVE: (_places([a.above for a in self.around]), np.array([a.gap_above for a in self.around])),
            BELOW: (_places([a.below for a in self.around]), np.array([a.gap_below for a in self.around])),
            LEFT: _nearest(x0[:, None] - x1[None], in_row),
            RIGHT: _nearest(x0[None] - x1[:, None], in_row),
        }


def _places(found: Sequence[int | None]) -> Places:
    return np.array([NOWHERE if i is None else i for i in found], dtype=np.intp)


def _nearest(gap: Floats, in_row: npt.NDArray[np.bool_]) -> tuple[Places, Floats]:
    """The nearest line of its row on one side of each, and the white between, no more than `FAR`."""
    gap = np.where(in_row & (gap > -_OVERLAP), gap, np.inf)
    nearest = gap.min(axis=1)
    return np.where(nearest < FAR, gap.argmin(axis=1), NOWHERE), np.minimum(FAR, nearest)


def _of_type(page: _Page) -> dict[str, Floats]:
    return {
        "size": page.size,
        "weight": page.weight,
        "width": page.width,
        "height": page.height,
        "pitch": page.width / np.maximum(1.0, page.length) / np.maximum(_LEAST, page.size),
        "across": np.array([n.crosses for n in page.frame.lines], dtype=np.float64),
        "white on dark": np.array([n.line.white_on_dark for n in page.frame.lines], dtype=np.float64),
        "kind": np.array([_KINDS.index(n.region.kind) for n in page.frame.lines], dtype=np.float64),
    }


def _of_text(page: _Page) -> dict[str, Floats]:
    return {
        "length": page.length,
        "hanzi": page.share(is_hanzi),
        "digits": page.digits,
        "letters": page.share(lambda c: c.isascii() and c.isalpha()),
        "spaces": page.share(str.isspace),
        "marks": page.marks,
        "density of marks": page.marks / np.maximum(1.0, page.length),
        "longest number": np.array([_longest_number(n.text) for n in page.frame.lines], dtype=np.float64),
        "colons": page.share(lambda c: c in _COLONS) * page.length,
        "calls": page.share(lambda c: c in _CALLS) * page.length,
        "quotes and brackets": page.share(lambda c: c in OPENING or c in CLOSING) * page.length,
        "first character": np.array([sort_of(n.text[0], _SORTS) for n in page.frame.lines], dtype=np.float64),
        "last character": np.array([sort_of(n.text[-1], _SORTS) for n in page.frame.lines], dtype=np.float64),
    }


def _of_words(page: _Page) -> dict[str, Floats]:
    """The classes of words in each line, and in the texts of its region, its frame and its tile; 0 without one."""
    texts = [n.text for n in page.frame.lines]
    shares = (amounts(texts) / np.maximum(1.0, page.length)[:, None]).T
    out = {f"words: {name}": row for name, row in zip(CLASSES, shares, strict=True)}
    for name, groups in (("region", page.regions), ("frame", page.frames), ("tile", page.tiles)):
        told = np.zeros((len(WORDING), len(page)))
        for number in set(groups.tolist()) - {NOWHERE}:
            own = np.flatnonzero(groups == number)
            told[:, own] = wording("".join(texts[i] for i in own))[:, None]
        out |= {f"{name}: words: {fact}": row for fact, row in zip(WORDING, told, strict=True)}
    return out


def _longest_number(text: str) -> int:
    """Digits of the longest number in a text; marks within it, as those of a telephone number, do not end it."""
    return max((sum(map(str.isdigit, run)) for run in _NUMBER.findall(text)), default=0)


def sort_of(char: str, sorts: Sorts) -> int:
    """What sort of character it is, as a number without a meaning of its own."""
    return next((n for n, holds in enumerate(sorts) if holds(char)), len(sorts))


def _of_place(page: _Page) -> dict[str, Floats]:
    x0, y0, x1, y1 = page.boxes
    around = page.around
    return {
        "from the left": x0 / page.frame.width,
        "to the right": x1 / page.frame.width,
        "from the top": y0 / page.frame.height,
        "to the bottom": y1 / page.frame.height,
        "fill": page.fill,
        "indent": x0 - page.left,
        "room": page.right - x1,
        "off centre": np.abs((x0 - page.left) - (page.right - x1)),
        "column": page.column,
        "picture above": np.array([a.picture_above for a in around]),
        "picture below": np.array([a.picture_below for a in around]),
        "rule above": np.array([a.ruled_above for a in around]),
        "rule below": np.array([a.ruled_below for a in around]),
        "on a picture": np.array([a.on_picture for a in around], dtype=np.float64),
    }


def _of_frames(page: _Page) -> dict[str, Floats]:
    """The smallest frame around each line and what it holds, and the same of its tile; 0 where there is none."""
    rects = page.frame.frames
    sides = np.array([(rects[i].width, rects[i].height) if i != NOWHERE else (0.0, 0.0) for i in page.frames]).T
    return {
        "in a frame": (page.frames != NOWHERE).astype(np.float64),
        "frame: width": sides[0],
        "frame: height": sides[1],
        **_of_groups(page, "frame", page.frames),
        **_of_groups(page, "tile", page.tiles),
    }


def _of_groups(page: _Page, name: str, groups: Places) -> dict[str, Floats]:
    """What the lines of each line's group are like together; 0 without a group."""
    names = ("lines", "running text", "largest type", "digits", "mean size", "marks", "mean length", "mean fill")
    out = np.zeros((len(names), len(page)))
    for number in set(groups.tolist()) - {NOWHERE}:
        held = groups == number
        size = page.size[held]
        facts = (
            held.sum(),
            page.running[held].mean(),
            size.max(),
            page.digits[held].mean(),
            size.mean(),
            page.marks[held].sum() / max(1.0, page.length[held].sum()),
            page.length[held].mean(),
            page.fill[held].mean(),
        )
        out[:, held] = np.array(facts, dtype=np.float64)[:, None]
    return {f"{name}: {fact}": row for fact, row in zip(names, out, strict=True)}


def _of_regions(page: _Page) -> dict[str, Floats]:
    """The line's place in its region, and what the region's lines are like."""
    names = (
        *("lines", "mean size", "spread of sizes", "width", "width in columns", "lines with marks", "digits"),
        *("ended lines", "mean length", "fill", "mean weight", "density of marks", "before", "behind"),
    )
    x0, _, x1, _ = page.boxes
    out = np.zeros((len(names), len(page)))
    for number in range(len(page.frame.by_region)):
        own = np.flatnonzero(page.regions == number)
        if not len(own):
            continue
        wide = float(x1[own].max() - x0[own].min())
        facts = (
            len(own),
            page.size[own].mean(),
            page.size[own].std(),
            wide,
            wide / page.frame.measure if page.frame.measure else 0.0,
            (page.marks[own] > 0).mean(),
            page.digits[own].mean(),
            page.ended[own].mean(),
            page.length[own].mean(),
            page.width[own].mean() / max(_LEAST, wide),
            page.weight[own].mean(),
            page.marks[own].sum() / max(1.0, page.length[own].sum()),
        )
        out[: len(facts), own] = np.array(facts, dtype=np.float64)[:, None]
        out[-2, own] = np.arange(len(own))
        out[-1, own] = np.arange(len(own))[::-1]
    return {f"region: {name}": row for name, row in zip(names, out, strict=True)}


def _of_neighbours(page: _Page) -> dict[str, Floats]:
    """What the lines on all four sides are like, beside the line itself."""
    out: dict[str, Floats] = {}
    x0 = page.boxes[0]
    lines = np.bincount(page.regions, minlength=1)[page.regions].astype(np.float64)
    for side, (at, gap) in page.neighbours.items():
        there = at != NOWHERE

        def of(values: Floats, other: float = -1.0, at: Places = at, there: npt.NDArray[np.bool_] = there) -> Floats:
            return np.where(there, values[at], other)

        out |= {
            f"{side}: white": gap,
            f"{side}: size": of(page.size) / np.maximum(_LEAST, page.size),
            f"{side}: weight": of(page.weight) / np.maximum(_LEAST, page.weight),
            f"{side}: length": of(page.length),
            f"{side}: marks": of(page.marks),
            f"{side}: fill": of(page.fill),
            f"{side}: ended": of(page.ended),
            f"{side}: width": of(page.width) / np.maximum(_LEAST, page.width),
            f"{side}: height": of(page.height),
            f"{side}: digits": of(page.digits),
            f"{side}: indent": of(x0 - page.left),
            f"{side}: shift": of(x0, -FAR) - np.where(there, x0, 0.0),
            f"{side}: lines of its region": of(lines),
            f"{side}: of its region": np.where(there, page.regions[at] == page.regions, -1.0),
            f"{side}: of its frame": np.where(there, page.frames[at] == page.frames, -1.0),
            f"{side}: running text": of(page.running.astype(np.float64)),
        }
    return out


def _of_page(page: _Page) -> dict[str, Floats]:
    """What the whole page says: its size, how much type is set like the line, text and larger type of its column."""
    _, y0, _, y1 = page.boxes
    size, over = page.size, page.of_one_column & ~np.eye(len(page), dtype=np.bool_)
    headed = over & (y1[None] <= y0[:, None] + _OVER) & (y0[None] > y0[:, None] - _HEADED)
    text = over & page.running[None]
    below, above = y0[None] - y1[:, None], y0[:, None] - y1[None]
    one = np.ones(len(page))
    return {
        "sheet: width": page.frame.width * one,
        "sheet: height": page.frame.height * one,
        "sheet: lines": len(page) * one,
        "sheet: running text": page.running.mean() * one,
        "sheet: in frames": (page.frames != NOWHERE).mean() * one,
        "sheet: column": page.frame.measure * one,
        "lines of its size": page.alike.sum(axis=1).astype(np.float64),
        "characters of its size": (page.alike * page.length[None]).sum(axis=1) / max(1.0, page.length.sum()),
        "running text of its size": (page.alike & page.running[None]).sum(axis=1).astype(np.float64),
        "larger type over it": np.where(headed, size[None], 0.0).max(axis=1) / np.maximum(_LEAST, size),
        "text over it": _least(np.where(text & (above > -_OVER), above, FAR)),
        "text under it": _least(np.where(text & (below > -_OVER), below, FAR)),
    }


def _least(white: Floats) -> Floats:
    """The least of each row, no more than `FAR`."""
    return np.asarray(np.minimum(FAR, white.min(axis=1)))
