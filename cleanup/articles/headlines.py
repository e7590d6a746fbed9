"""Which block each headline starts: cues of place and words for every likely pair of headline and block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Final

from cleanup.articles.blocks import Opening, TextBlock
from cleanup.articles.cues import Cues
from cleanup.articles.relations import Relations
from cleanup.articles.successors import step
from cleanup.articles.weights import scored, weights

_REACH: Final = 25.0
"""Ems of white between a headline and the block that it starts, at most."""
_RARE: Final = 4
"""Blocks of the page that a pair of characters may stand in to count as rare."""


@dataclass(frozen=True, slots=True)
class Start:
    """A headline and a block, by id, with the log-odds that the headline's text begins there, and the cues."""

    head: int
    block: int
    score: float
    cues: Mapping[str, float]


def starts(relations: Relations) -> list[Start]:
    """All likely pairs of a headline and a block of running text, the likeliest first."""
    table = weights().heads
    found = [
        Start(h.id, b.id, scored(table, cues), cues)
        for h, b in head_candidates(relations)
        for cues in (head_cues(relations, h, b),)
    ]
    return sorted(found, key=lambda s: (-s.score, s.head, s.block))


def head_candidates(relations: Relations) -> Iterator[tuple[TextBlock, TextBlock]]:
    """The pairs of a headline and a block of running text that are near each other, or of one piece by the tiles."""
    for h in relations.heads:
        for b in relations.stream:
            away = hypot(max(0.0, -h.rect.overlap_x(b.rect)), max(0.0, -h.rect.overlap_y(b.rect)))
            if away < _REACH or (h.article is not None and h.article == b.article):
                yield h, b


def head_cues(relations: Relations, h: TextBlock, b: TextBlock) -> Cues:
    """The cues to whether the text of a headline begins with the block."""
    where = _where(h, b)
    facts = ["always", where, *_of_place(relations, h, b, where), *_of_start(relations, h, b)]
    cues = dict.fromkeys(facts, 1.0)
    cues["shared words"] = _shared_words(relations, h, b)
    return cues


def _where(h: TextBlock, b: TextBlock) -> str:
    p, q = h.rect, b.rect
    if p.overlap_x(q) > 0.3 * min(p.width, q.width):
        return "under" if q.centre[1] > p.centre[1] else "over"
    side = "left of" if q.centre[0] < p.centre[0] else "right of"
    if p.overlap_y(q) > 0:
        return side
    return f"{side}, lower" if q.y0 >= p.y1 else f"{side}, higher"


def _of_place(relations: Relations, h: TextBlock, b: TextBlock, where: str) -> Iterator[str]:
    p, q = h.rect, b.rect
    tall = "upright" if h.lines[0].crosses else "level"
    yield f"{tall}, {where}"
    if where == "under":
        yield f"under by {step(q.y0 - p.y1, (1.0, 2.0, 3.5, 6.0, 12.0))}"
        hidden = relations.head_over[b.id] != h.id
        if hidden:
            over = relations.head_over[b.id]
            near = over is not None and relations.blocks[over].rect.y0 - p.y1 < 2.0
            yield "under, not next" if not near else "under, behind the headline's next part"
        above = relations.over[b.id]
        if above is not None and relations.blocks[above].rect.y0 > p.y1 - 0.6:
            yield "text between"
        if relations.level_rule_between(p, q):
            yield "under, a rule between"
        yield (
            "under its beginning" if abs(q.x0 - p.x0) < 4 else "under its middle" if q.x0 > p.x0 else "begins before it"
        )
        if _has_column_before(relations, h, b):
            yield "another column before it"
    else:
        away = hypot(max(0.0, -p.overlap_x(q)), max(0.0, -p.overlap_y(q)))
        yield f"{tall}, {where}, away {step(away, (1.5, 3.0, 6.0, 12.0))}"
        yield f"tops {step(q.y0 - p.y0, (-12.0, -3.0, -1.0, 1.0, 3.0, 12.0))}"
        if relations.upright_rule_between(p, q):
            yield "beside, a rule between"
        if relations.column_between(p, q):
            yield "beside, a column between"


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
