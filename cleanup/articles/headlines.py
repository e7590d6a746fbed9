"""Which block each headline starts: one choice among the blocks near it and none, by cues of place and words.

On a level page half the word is that of boosted trees (fitted by `samples.headlines`), among whose measures is what
the cues add up to: the cues alone miss what only several measures tell together, the trees alone lean on what drawn
pages have in common. On a vertical page the cues decide alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from math import exp, log
from typing import Final

import numpy as np

from cleanup.articles.blocks import Opening, TextBlock
from cleanup.articles.cues import Cues, step
from cleanup.articles.headline_measures import Measures, as_rows, headline_measures
from cleanup.articles.relations import Relations, away
from cleanup.articles.weights import scored, weights
from layout.boosted_trees import Trees

FILE: Final = "headline_trees.npz"
MODEL: Final = "start"
"""The name of the trees in the file."""
_CUES: Final = (
    "shared words",
    "centred over its columns",
    "over its columns from the left",
    "aside over its columns",
    "not over its row of columns",
    "another column before it",
)
"""Cues that are measures for the trees too."""
_REACH: Final = 25.0
"""Ems of white between a headline and the block that it starts, at most."""
_UNDER_PICTURE: Final = 6.0
"""Ems of white between a headline and the block that it starts, the pictures and captions between them left out."""
_BESIDE: Final = 3.0
"""Ems of white between two headlines that stand beside each other, at most."""
_EDGE: Final = 1.5
"""Ems that a headline may stand beyond the edges, or beside the middle, of the columns that it heads."""
_RARE: Final = 4
"""Blocks of the page that a pair of characters may stand in to count as rare."""
_LARGER: Final = 1.3
"""Ratio of type sizes from which a headline is larger than another."""
_COLUMN: Final = 0.3
"""Share of the narrower of headline and text that lies over the other where one is under the other, at least."""
_PART: Final = 2.0
"""Ems of white between two parts of a headline that stand one over the other, at most."""
_LAPPED: Final = 0.6
"""Ems by which the boxes of a headline and of text under it may overlap."""
_BEGINNING: Final = 4.0
"""Ems by which the left edges of a headline and of text under its beginning differ at most."""


@dataclass(frozen=True, slots=True)
class Start:
    """A headline and a block, by id, with the log-odds that the headline's text begins there, and the cues."""

    head: int
    block: int
    score: float
    cues: Mapping[str, float]


def starts(relations: Relations) -> list[Start]:
    """All likely pairs of a headline and a block of running text, the likeliest first."""
    found = starts_by(weights(vertical=relations.frame.vertical).heads, relations)
    if relations.frame.vertical or not found:
        return found
    trees, names = headline_trees()
    scores = trees.log_odds(as_rows(start_measures(relations, found), names))
    return _likeliest_first(
        [replace(s, score=(s.score + float(score)) / 2) for s, score in zip(found, scores, strict=True)]
    )


def start_measures(relations: Relations, found: Sequence[Start]) -> list[Measures]:
    """What the trees are told of each pair: the measures of both blocks, some cues, and what all cues add up to."""
    pairs = [(relations.blocks[s.head], relations.blocks[s.block]) for s in found]
    return [
        {**measures, "cues": start.score, **{f"cue: {name}": start.cues.get(name, 0.0) for name in _CUES}}
        for start, measures in zip(found, headline_measures(relations, pairs), strict=True)
    ]


@cache
def headline_trees() -> tuple[Trees, tuple[str, ...]]:
    """The trees that are shipped, and the names of their measures in order."""
    with as_file(files("cleanup.articles") / FILE) as path:
        with np.load(path) as f:
            names = tuple(map(str, f["measures"]))
        return Trees.load(path, MODEL), names


def _likeliest_first(found: Sequence[Start]) -> list[Start]:
    return sorted(found, key=lambda s: (-s.score, s.head, s.block))


def starts_by(table: Mapping[str, float], relations: Relations) -> list[Start]:
    """The same by a given table of weights.

    What a headline's text begins with is one choice among the blocks near it and none of them, so that a headline of
    which every single block is unlikely still has its likeliest one (conditional logit).
    """
    found: list[Start] = []
    options: dict[int, list[tuple[TextBlock, Cues]]] = {}
    for h, b in head_candidates(relations):
        options.setdefault(h.id, []).append((b, head_cues(relations, h, b)))
    for h in relations.heads:
        scores = [scored(table, cues) for _, cues in options.get(h.id, ())]
        total = np.logaddexp.reduce([*scores, scored(table, no_text_cues(relations, h))])
        for (b, cues), score in zip(options.get(h.id, ()), scores, strict=True):
            found.append(Start(h.id, b.id, log_odds(score - float(total)), cues))
    return _likeliest_first(found)


def words_of(possible: Sequence[Start]) -> dict[int, float]:
    """For each block that a headline may start the log-odds that one does: the likeliest headline's word."""
    best: dict[int, float] = {}
    for start in possible:
        best[start.block] = max(best.get(start.block, start.score), start.score)
    return best


def log_odds(log_probability: float) -> float:
    """The log-odds of a chance that is given by its logarithm, -12 to 12."""
    chance = min(max(exp(log_probability), 1e-6), 1 - 1e-6)
    return max(-12.0, min(12.0, log(chance / (1 - chance))))


def head_candidates(relations: Relations) -> Iterator[tuple[TextBlock, TextBlock]]:
    """The pairs of a headline and a block of running text that are near each other, or of one piece by the tiles."""
    for h in relations.heads:
        for b in relations.stream:
            near = away(h.rect, b.rect) < _REACH or _is_near_under(relations, h, b)
            if near or (h.article is not None and h.article == b.article):
                yield h, b


def _is_near_under(relations: Relations, h: TextBlock, b: TextBlock) -> bool:
    """Whether the block stands under a headline with hardly more than pictures between."""
    return _where(h, b) == "under" and relations.white_under(h.rect, b.rect) < _UNDER_PICTURE


def head_cues(relations: Relations, h: TextBlock, b: TextBlock) -> Cues:
    """The cues to whether the text of a headline begins with the block."""
    where = _where(h, b)
    facts = ["always", where, *_of_place(relations, h, b, where), *_of_start(relations, h, b)]
    cues = dict.fromkeys(facts, 1.0)
    cues["shared words"] = _shared_words(relations, h, b)
    return cues


def no_text_cues(relations: Relations, h: TextBlock) -> Cues:
    """The cues to whether no block begins the headline's text: it is a page's head, or an advert's."""
    facts = ["no text", f"no text: size {step(h.size, (1.2, 1.6, 2.3, 3.3, 6.0))}"]
    facts.append(f"no text: length {step(len(h.text), (3, 6, 10, 16))}")
    facts.append(f"no text: layout {h.kind}")
    if h.lines[0].crosses:
        facts.append("no text: upright")
    if any(n.line.white_on_dark for n in h.lines):
        facts.append("no text: white on dark")
    if h.frame is not None:
        facts.append("no text: in a frame")
    under = [b for b in relations.stream if b.rect.overlap_x(h.rect) > 0 and b.rect.centre[1] > h.rect.centre[1]]
    nearest = min((relations.white_under(h.rect, b.rect) for b in under), default=_REACH)
    facts.append(f"no text: text under it by {step(nearest, (1.5, 3.0, 6.0, 12.0))}")
    if not any(b.rect.y0 < h.rect.y1 for b in relations.stream):
        facts.append("no text: above all running text")
    if not any(b.rect.y1 > h.rect.y0 for b in relations.stream):
        facts.append("no text: below all running text")
    if _larger_beside(relations, h):
        facts.append("no text: a larger headline beside it")
    return dict.fromkeys(facts, 1.0)


def _larger_beside(relations: Relations, h: TextBlock) -> bool:
    """Whether a larger headline stands beside one."""
    larger = (o for o in relations.heads if o.id != h.id and o.size > _LARGER * h.size)
    return any(away(o.rect, h.rect) < _BESIDE for o in larger)


def _where(h: TextBlock, b: TextBlock) -> str:
    p, q = h.rect, b.rect
    if p.overlap_x(q) > _COLUMN * min(p.width, q.width):
        return "under" if q.centre[1] > p.centre[1] else "over"
    side = "left of" if q.centre[0] < p.centre[0] else "right of"
    if p.overlap_y(q) > 0:
        return side
    return f"{side}, lower" if q.y0 >= p.y1 else f"{side}, higher"


def _of_place(relations: Relations, h: TextBlock, b: TextBlock, where: str) -> Iterator[str]:
    p, q = h.rect, b.rect
    tall = "upright" if h.lines[0].crosses else "level"
    yield f"{tall}, {where}"
    if tall == "level":
        yield from _over_columns(relations, h, b)
    if where == "under":
        yield f"under by {step(relations.white_under(p, q), (1.0, 2.0, 3.5, 6.0, 12.0))}"
        hidden = relations.head_over[b.id] != h.id
        if hidden:
            over = relations.head_over[b.id]
            near = over is not None and relations.blocks[over].rect.y0 - p.y1 < _PART
            yield "under, not next" if not near else "under, behind the headline's next part"
        above = relations.over[b.id]
        if above is not None and relations.blocks[above].rect.y0 > p.y1 - _LAPPED:
            yield "text between"
        if relations.level_rule_between(p, q):
            yield "under, a rule between"
        begins = abs(q.x0 - p.x0) < _BEGINNING
        yield "under its beginning" if begins else "under its middle" if q.x0 > p.x0 else "begins before it"
        if _has_column_before(relations, h, b):
            yield "another column before it"
    else:
        yield f"{tall}, {where}, away {step(away(p, q), (1.5, 3.0, 6.0, 12.0))}"
        yield f"tops {step(q.y0 - p.y0, (-12.0, -3.0, -1.0, 1.0, 3.0, 12.0))}"
        if relations.upright_rule_between(p, q):
            yield "beside, a rule between"
        if relations.column_between(p, q):
            yield "beside, a column between"


def _over_columns(relations: Relations, h: TextBlock, b: TextBlock) -> Iterator[str]:
    """How the headline lies over the row of columns that the block begins, and whether the row begins before it."""
    if relations.top[b.id] != b.id or b.rect.y0 < h.rect.y1 - 1.0:
        return
    row = relations.row_of_columns(b.id, h.rect.y1 - 1.0)
    best = None
    for last in row:
        end = relations.blocks[last].column[1]
        if end >= h.rect.x1 - _EDGE and b.column[0] <= h.rect.x0 + _EDGE:
            aside = abs((h.rect.x0 + h.rect.x1) / 2 - (b.column[0] + end) / 2)
            best = aside if best is None else min(best, aside)
    if best is None:
        yield "not over its row of columns"
    elif best < _EDGE:
        yield "centred over its columns"
    elif abs(h.rect.x0 - b.column[0]) < _EDGE:
        yield "over its columns from the left"
    else:
        yield "aside over its columns"
    if relations.begins_row(b.id, h.rect.y1 - 1.0):
        yield "first of its row of columns"


def _has_column_before(relations: Relations, h: TextBlock, b: TextBlock) -> bool:
    """Whether another block begins under the headline, left of this one and no lower."""
    return any(
        s.id != b.id
        and s.rect.x1 < b.rect.x0 + 1.0
        and s.rect.overlap_x(h.rect) > 1.0
        and h.rect.y1 - 1.0 < s.rect.y0 < b.rect.y0 + 2.0
        and relations.top[s.id] == s.id
        for s in relations.stream
    )


def _of_start(relations: Relations, h: TextBlock, b: TextBlock) -> Iterator[str]:
    """Whether a text seems to begin with the block, and what the two have in common."""
    yield f"head of size {step(h.size, (1.2, 1.6, 2.3, 3.3))}"
    yield f"begins with {b.label}, {b.opening}"
    if b.is_dated:
        yield "begins with a dateline"
    if b.is_marked:
        yield "begins with an ornament or a bracket"
    if b.opening is Opening.FLUSH and relations.top[b.id] == b.id:
        yield "heads its column, flush"
    if relations.top[b.id] != b.id:
        yield "hangs under other text"
    if h.frame != b.frame:
        yield "another frame"
    if h.article is not None and b.article is not None:
        if h.article != b.article:
            yield "two pieces by the tiles"
        else:
            yield "one piece by the tiles"
            if relations.first_of_tile.get(b.article) == b.id:
                yield "first of its tile"


def _shared_words(relations: Relations, h: TextBlock, b: TextBlock) -> float:
    """The share of the headline's pairs of characters, the frequent ones left out, that the block holds; 0 to 1."""
    own = [pair for pair in h.pairs if relations.spread[pair] <= _RARE]
    return sum(pair in b.pairs for pair in own) / len(own) if own else 0.0
