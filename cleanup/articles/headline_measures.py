"""What a headline and a block of running text measure together: numbers of place, type, text and neighbours of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from cleanup.articles.blocks import STREAM, Ending, Opening, TextBlock
from cleanup.articles.line_measures import Floats, Sorts, sort_of
from cleanup.articles.placed import Rect
from cleanup.articles.relations import Relations, away
from cleanup.articles.surroundings import FAR
from cleanup.language.characters import CLOSING, OPENING, PAUSES, SENTENCE_ENDS, is_hanzi
from layout.page import RegionKind

Measures = dict[str, float]
"""Measures by name. Lengths are ems, `FAR` where nothing is there; answers are 0 or 1, -1 where they do not apply."""
_NOTHING: Final = -1.0
"""Value of an answer that does not apply."""
_KINDS: Final = tuple(RegionKind)
_ENDINGS: Final = tuple(Ending)
_OPENINGS: Final = tuple(Opening)
_SORTS: Final[Sorts] = (
    is_hanzi,
    str.isdigit,
    lambda c: c.isascii() and c.isalpha(),
    lambda c: c in SENTENCE_ENDS,
    lambda c: c in PAUSES,
    lambda c: c in OPENING,
    lambda c: c in CLOSING,
)
"""The sorts of characters."""
_TOUCH: Final = -1.0
"""Ems by which a mark beside a block may reach into it."""
_OVER: Final = 0.5
"""Share of a block's width that a mark over or under it covers, at least."""
_ALONG: Final = 0.3
"""Share of a block's height that a mark beside it covers, at least."""
_LEAST: Final = 0.1
"""Length below which ratios are taken to it."""
_SLACK: Final = 0.6
"""Ems by which boxes of neighbours may overlap."""
_LARGER: Final = 1.15
"""Ratio of type sizes from which a headline is larger than another."""
_CLOSER: Final = 0.3
"""Ems by which another headline is closer to a text, at least."""
_ROOM: Final = 8.0
"""Ems under a headline in which texts that begin there are counted."""


def headline_measures(relations: Relations, pairs: Sequence[tuple[TextBlock, TextBlock]]) -> list[Measures]:
    """The measures of each pair of a headline and a block of running text."""
    page = _Page(relations)
    return [
        {
            **{f"headline: {name}": value for name, value in page.of(h).items()},
            **{f"text: {name}": value for name, value in page.of(b).items()},
            **page.whole,
            **_place(relations, h, b),
            **_company(relations, h, b),
        }
        for h, b in pairs
    ]


def as_rows(found: Sequence[Measures], names: Sequence[str]) -> Floats:
    """The named measures as rows, shape (found, names); 0 where one is unknown."""
    return np.array([[m.get(name, 0.0) for name in names] for m in found], dtype=np.float64).reshape(
        len(found), len(names)
    )


@dataclass(frozen=True)
class _Page:
    """The measures of the single blocks of a page, each taken once."""

    relations: Relations

    @cached_property
    def _known(self) -> dict[int, Measures]:
        return {}

    def of(self, block: TextBlock) -> Measures:
        if block.id not in self._known:
            self._known[block.id] = {
                **_type(self.relations, block),
                **_text(block),
                **_marks_around(self.relations, block),
                **_groups(self.relations, block),
                **(_column(self.relations, block) if block.label in STREAM else {}),
            }
        return self._known[block.id]

    @cached_property
    def whole(self) -> Measures:
        """What the page is like."""
        frame = self.relations.frame
        return {
            "sheet: width": frame.width,
            "sheet: height": frame.height,
            "sheet: headlines": len(self.relations.heads),
            "sheet: texts": len(self.relations.stream),
            "sheet: column": frame.measure,
        }


def _within(value: float) -> float:
    return max(-FAR, min(FAR, value))


def _type(relations: Relations, b: TextBlock) -> Measures:
    """The block's type, its extent and its place on the sheet and in its column."""
    rect, frame, column = b.rect, relations.frame, max(1.0, b.column[1] - b.column[0])
    return {
        "size": b.size,
        "weight": b.weight,
        "lines": len(b.lines),
        "width": rect.width,
        "height": rect.height,
        "column": column,
        "column against the page's": column / frame.measure if frame.measure else 0.0,
        "fill": rect.width / column,
        "fill of the last line": b.lines[-1].rect.width / column,
        "inset": rect.x0 - b.column[0],
        "room": b.column[1] - rect.x1,
        "indent": b.lines[0].rect.x0 - min(n.rect.x0 for n in b.lines),
        "from the left": rect.x0 / frame.width,
        "from the top": rect.y0 / frame.height,
        "to the bottom": rect.y1 / frame.height,
        "across": float(b.lines[0].crosses),
        "white on dark": float(any(n.line.white_on_dark for n in b.lines)),
        "kind": _KINDS.index(b.kind),
    }


def _text(b: TextBlock) -> Measures:
    """How the block's text begins and ends, and what it is made of."""
    length = max(1, len(b.text))
    return {
        "length": len(b.text),
        "subhead": float(b.opening is Opening.SUBHEAD),
        "opening": _OPENINGS.index(b.opening),
        "ending": _ENDINGS.index(b.ending),
        "unclosed": float(b.unclosed),
        "unopened": float(b.unopened),
        "dated": float(b.is_dated),
        "marked": float(b.is_marked),
        "from elsewhere": float(b.comes_from_elsewhere),
        "to elsewhere": float(b.goes_elsewhere),
        "first character": sort_of(b.text[0], _SORTS),
        "last character": sort_of(b.text[-1], _SORTS),
        "marks": sum(c in PAUSES or c in SENTENCE_ENDS for c in b.text) / length,
        "digits": sum(map(str.isdigit, b.text)) / length,
    }


def _across(rect: Rect, marks: Sequence[Rect]) -> list[Rect]:
    """The marks that lie over or under most of a block's width."""
    return [m for m in marks if m.overlap_x(rect) > _OVER * rect.width]


def _alongside(rect: Rect, marks: Sequence[Rect]) -> list[Rect]:
    """The marks that lie beside much of a block's height."""
    return [m for m in marks if m.overlap_y(rect) > _ALONG * rect.height]


def _marks_around(relations: Relations, b: TextBlock) -> Measures:
    """The white between the block and the nearest picture and rule on each side."""
    rect, pictures = b.rect, relations.frame.pictures
    over, beside = _across(rect, pictures), _alongside(rect, pictures)
    level, upright = _across(rect, relations.level_rules), _alongside(rect, relations.upright_rules)
    return {
        "picture above": _nearest(rect.y0 - p.y1 for p in over),
        "picture below": _nearest(p.y0 - rect.y1 for p in over),
        "picture left": _nearest(rect.x0 - p.x1 for p in beside),
        "picture right": _nearest(p.x0 - rect.x1 for p in beside),
        "rule above": _nearest(rect.y0 - r.y1 for r in level),
        "rule below": _nearest(r.y0 - rect.y1 for r in level),
        "rule left": _nearest(rect.x0 - r.x1 for r in upright),
        "rule right": _nearest(r.x0 - rect.x1 for r in upright),
    }


def _nearest(gaps: Iterable[float]) -> float:
    return min((gap for gap in gaps if _TOUCH < gap < FAR), default=FAR)


def _groups(relations: Relations, b: TextBlock) -> Measures:
    """The frame around the block, and how many headlines and texts stand in its frame and in its tile."""
    frame = None if b.frame is None else relations.frame.frames[b.frame]
    framed = b.frame is not None
    tiled = b.article is not None
    return {
        "frame: width": frame.width if frame else _NOTHING,
        "frame: height": frame.height if frame else _NOTHING,
        "frame: headlines": sum(h.frame == b.frame for h in relations.heads) if framed else _NOTHING,
        "frame: texts": sum(t.frame == b.frame for t in relations.stream) if framed else _NOTHING,
        "tile: headlines": sum(h.article == b.article for h in relations.heads) if tiled else _NOTHING,
        "tile: texts": sum(t.article == b.article for t in relations.stream) if tiled else _NOTHING,
    }


def _column(relations: Relations, b: TextBlock) -> Measures:
    """What stands over and under a block of running text in its column, and the headline over it."""
    under, over, top = relations.under[b.id], relations.over[b.id], relations.top[b.id]
    head = relations.head_over[b.id]
    blocks = relations.blocks
    out = {
        "text under it": _within(blocks[under].rect.y0 - b.rect.y1) if under is not None else FAR,
        "text under it, parted": float(relations.parted_level(b.id, under)) if under is not None else _NOTHING,
        "text over it": _within(b.rect.y0 - blocks[over].rect.y1) if over is not None else FAR,
        "text over it, parted": float(relations.parted_level(over, b.id)) if over is not None else _NOTHING,
        "top of its column": float(top == b.id),
        "under the top": b.rect.y0 - blocks[top].rect.y0,
    }
    if head is not None:
        h = blocks[head]
        out |= {
            "headline over it": b.rect.y0 - h.rect.y1,
            "headline over it: white": relations.white_under(h.rect, b.rect),
            "headline over it: size": h.size,
            "headline over it: length": len(h.text),
            "headline over it: width": h.rect.width / max(1.0, b.column[1] - b.column[0]),
            "headline over it: from the left": b.rect.x0 - h.rect.x0,
            "headline over it: to the right": h.rect.x1 - b.rect.x1,
            "headline over it: one frame": float(h.frame == b.frame),
            "headline over it: one tile": float(h.article == b.article),
        }
    else:
        out |= {"headline over it": FAR, "headline over it: white": FAR}
    return out


def _place(relations: Relations, h: TextBlock, b: TextBlock) -> Measures:
    """How the two lie to each other, and what lies between them."""
    p, q = h.rect, b.rect
    shared_x, shared_y = p.overlap_x(q), p.overlap_y(q)
    tiled = h.article is not None and b.article is not None
    return {
        "right of it by": _within(q.x0 - p.x1),
        "left of it by": _within(p.x0 - q.x1),
        "under it by": _within(q.y0 - p.y1),
        "tops": _within(q.y0 - p.y0),
        "bottoms": _within(q.y1 - p.y1),
        "left edges": _within(q.x0 - p.x0),
        "right edges": _within(q.x1 - p.x1),
        "over each other": shared_x / max(_LEAST, min(p.width, q.width)),
        "covered": shared_x / max(_LEAST, q.width),
        "beside each other": shared_y / max(_LEAST, min(p.height, q.height)),
        "away": away(p, q),
        "width in columns": p.width / max(1.0, b.column[1] - b.column[0]),
        "white under it": _within(relations.white_under(p, q)) if shared_x > 0 and q.y0 > p.y0 else FAR,
        "sizes": h.size / max(_LEAST, b.size),
        "one frame": float(h.frame == b.frame),
        "one tile": float(h.article == b.article) if tiled else _NOTHING,
        "first of its tile": float(b.article is not None and relations.first_of_tile.get(b.article) == b.id),
        "behind it": _within(b.id - h.id),
        "level rule between": float(relations.level_rule_between(p, q)),
        "upright rule between": float(relations.upright_rule_between(p, q)),
        "column between": float(relations.column_between(p, q)),
    }


def _company(relations: Relations, h: TextBlock, b: TextBlock) -> Measures:
    """What other headlines and texts near the two say."""
    p, q = h.rect, b.rect
    over, above = relations.head_over[b.id], relations.over[b.id]
    others = [o for o in relations.heads if o.id != h.id]
    return {
        "is over it": float(over == h.id),
        "a headline is over it": float(over is not None),
        "that headline under it by": _within(relations.blocks[over].rect.y0 - p.y1) if over is not None else FAR,
        "text between": float(above is not None and relations.blocks[above].rect.y0 > p.y1 - _SLACK),
        "begins a row of columns": float(relations.begins_row(b.id, p.y1 - 1.0)),
        "next headline": _least(away(o.rect, p) for o in others),
        "next larger headline": _least(away(o.rect, p) for o in others if o.size > _LARGER * h.size),
        "closer headlines": sum(away(o.rect, q) < away(p, q) - _CLOSER for o in others if o.rect.y1 < q.y0 + 1.0),
        "texts under it": sum(t.rect.overlap_x(p) > 0 and _TOUCH <= t.rect.y0 - p.y1 < _ROOM for t in relations.stream),
    }


def _least(distances: Iterator[float]) -> float:
    return min(FAR, min(distances, default=FAR))
