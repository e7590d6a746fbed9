"""Which block each block goes on in: cues for every likely pair, every end and every beginning, solved at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Final

import numpy as np

from cleanup.articles.assignment import least_costly
from cleanup.articles.blocks import Ending, Opening, TextBlock
from cleanup.articles.cues import Cues, step
from cleanup.articles.labels import Label
from cleanup.articles.relations import Relations, away
from cleanup.articles.weights import ACROSS_RULE, NO_HEADLINE, PAST_INSET, UNDER_LEDE, scored, weights
from cleanup.language.characters import PAUSES, SENTENCE_ENDS
from ocr.setup.language_model import seam_gain

_OPEN: Final = frozenset({Ending.OPEN, Ending.PAUSE})
_ENDED: Final = frozenset({Ending.STOP, Ending.CREDIT})
_MAY_GO_ON: Final = frozenset({Opening.FLUSH, Opening.UNKNOWN})
SEAM: Final = "the seam reads on"
"""What the names of the cues of a language model begin with."""


_HEADLESS: Final[Cues] = {NO_HEADLINE: 1.0}


@dataclass(frozen=True, slots=True)
class SuccessorParams:
    """Bounds by which a block may go on in another one; lengths in ems."""

    near: float = 9.0
    """Ems of white between two blocks up to which they are compared whatever else holds."""
    scrap: int = 3
    """Characters up to which a column holds no text that goes on in another column."""
    caption: int = 2
    """Lines of a caption that is printed on its picture, at most."""
    under: float = 1.5
    """Ems of white between a text and its next line, at most."""
    rare: int = 3
    """Blocks of the page that a pair of characters may stand in to count as rare."""
    few: int = 2
    """Lines of a text that may be a caption."""
    never: float = -1e6
    """Score of a pair that is out of the question."""
    fewest: int = 2
    """Blocks of a page that can follow each other, at least."""
    stray: float = 0.5
    """Share of the narrower of two blocks below which they share no column."""
    over: float = 0.5
    """Share of the narrower of two blocks that share a column, at least."""
    lapped: float = 0.5
    """Ems by which the boxes of two blocks of one column may overlap."""
    column: float = 0.4
    """Share of the narrower of two blocks that lies over the other where one is below the other, at least."""
    far: float = 3.0
    """Ems of white from which text over or under a block is far."""
    gains: tuple[float, ...] = (-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
    """Bounds of the classes of gain by which a language model finds that text reads on, base-10 logarithms."""
    headed: float = 5.0
    """Ems of white between a headline and the block under it, at most."""
    lede: float = 1.8
    """Width of a text that begins over several columns, as a multiple of the column under it, at least."""
    columns: int = 2
    """Columns that a headline set into a text parts, at least."""
    aligned: float = 3.0
    """Ems between the left edges of such a text and of the column that goes on it, at most."""


P: Final = SuccessorParams()


@dataclass(frozen=True, slots=True)
class Link:
    """Two blocks, by id, of which the second follows the first, with the log-odds that it does and its cues."""

    first: int
    second: int
    score: float
    cues: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Chains:
    """How the text runs over a page: the links taken, and those refused, the likeliest first."""

    taken: tuple[Link, ...]
    refused: tuple[Link, ...]

    def following(self) -> dict[int, int]:
        """The block that each block goes on in."""
        return {n.first: n.second for n in self.taken}

    def before(self) -> dict[int, Link]:
        """For each block that goes on another the link to it."""
        return {n.second: n for n in self.taken}


def chains(relations: Relations, words: Mapping[int, float], headless: frozenset[int] = frozenset()) -> Chains:
    """The links, ends and beginnings with the greatest sum of scores over the page, no chain closed on itself.

    Each block has one successor or ends its text, and has one predecessor or begins it. `words` holds the log-odds by
    which headlines say that a text begins with a block; `headless` are blocks for which no headline was found.
    """
    table = weights(vertical=relations.frame.vertical).successors
    ends = {b.id: scored(table, end_cues(relations, b)) for b in relations.stream}
    begins = {b.id: scored(table, begin_cues(relations, b, words)) for b in relations.stream}
    found = [
        Link(a.id, b.id, scored(table, cues) - ends[a.id] - begins[b.id], cues)
        for a, b in candidates(relations)
        for cues in ({**pair_cues(relations, a, b), **(_HEADLESS if b.id in headless else {})},)
    ]
    taken = without_circles(assigned([b.id for b in relations.stream], found))
    chosen = {(n.first, n.second) for n in taken}
    refused = sorted((n for n in found if (n.first, n.second) not in chosen), key=lambda n: -n.score)
    return Chains(tuple(taken), tuple(refused))


def assigned(ids: Sequence[int], found: Sequence[Link]) -> list[Link]:
    """The links of the best assignment of the blocks named by `ids`.

    Rows are the blocks and, behind them, a beginning for each; columns are the blocks and an end for each. The scores
    of links are above those of the end and the beginning that they save, which count nothing here.
    """
    place = {name: i for i, name in enumerate(ids)}
    n = len(ids)
    if n < P.fewest:
        return []
    scores = np.full((2 * n, 2 * n), P.never)
    for link in found:
        scores[place[link.first], place[link.second]] = link.score
    diagonal = np.arange(n)
    scores[n + diagonal, diagonal] = scores[diagonal, n + diagonal] = 0.0
    scores[n:, n:] = 0.0
    pairs = {(ids[r], ids[c]) for r, c in least_costly(-scores) if r < n and c < n}
    return [link for link in found if (link.first, link.second) in pairs and link.score > P.never / 2]


def without_circles(taken: Sequence[Link]) -> list[Link]:
    """The links, the least likely of each circle left out."""
    kept = list(taken)
    while circle := _circle(kept):
        kept.remove(min(circle, key=lambda n: (n.score, n.first)))
    return kept


def _circle(taken: Sequence[Link]) -> list[Link]:
    following = {n.first: n for n in taken}
    for start in taken:
        path, at = [start], start.second
        while at in following and at != start.first and len(path) <= len(taken):
            path.append(following[at])
            at = following[at].second
        if at == start.first:
            return path
    return []


def candidates(relations: Relations) -> Iterator[tuple[TextBlock, TextBlock]]:
    """The pairs of blocks of running text that are worth a look: near each other, or of one piece by layout's tiles."""
    for a in relations.stream:
        for b in relations.stream:
            if a.id == b.id or _is_stray(a, b) or _is_stray(b, a) or _is_over(b, a) or _is_on_picture(relations, a, b):
                continue
            x, y = max(0.0, -a.rect.overlap_x(b.rect)), max(0.0, -a.rect.overlap_y(b.rect))
            together = a.article is not None and a.article == b.article
            sentence = a.ending in _OPEN and b.opening is not Opening.INDENTED and a.frame == b.frame
            if together or hypot(x, y) < P.near or (sentence and x < 2 * P.near):
                yield a, b


def _is_stray(a: TextBlock, b: TextBlock) -> bool:
    """Whether a block is a few characters in a column no wider, and stands beside the other block's column.

    Those that end a sentence are the end of a text, for which the next column was needed.
    """
    if a.label is not Label.BODY or len(a.text) > P.scrap or a.column[1] - a.column[0] > P.scrap + 1:
        return False
    if len(a.text) > 1 and a.text[-1] in SENTENCE_ENDS:
        return False
    return a.rect.overlap_x(b.rect) < P.stray * min(a.rect.width, b.rect.width)


def _is_over(b: TextBlock, a: TextBlock) -> bool:
    """Whether a block stands over another one in its column: no text goes on upwards there."""
    return b.rect.y1 < a.rect.y0 + P.lapped and a.rect.overlap_x(b.rect) > P.over * min(a.rect.width, b.rect.width)


def _is_on_picture(relations: Relations, a: TextBlock, b: TextBlock) -> bool:
    """Whether a line or two on a picture stand away from a text that is at its end: they are the picture's caption."""
    right_under = a.rect.overlap_x(b.rect) > 0 and -P.lapped < b.rect.y0 - a.rect.y1 < P.under
    if len(b.lines) > P.caption or a.ending is not Ending.STOP or right_under:
        return False
    return any(p.holds(b.rect) for p in relations.frame.pictures)


def pair_cues(relations: Relations, a: TextBlock, b: TextBlock) -> Cues:
    """The cues to whether `b` goes on the text of `a`."""
    where = _where(a, b)
    cues = dict.fromkeys(
        [
            "always",
            where,
            *_of_place(relations, a, b, where),
            *_of_seam(a, b, where),
            *_of_reading_on(relations, a, b),
            *_of_make_up(relations, a, b),
            *_of_pictures(relations, a, b, where),
            *([UNDER_LEDE] if _is_under_lede(relations, a, b) else []),
            *([PAST_INSET] if _is_past_inset(relations, a, b) else []),
            *([ACROSS_RULE] if where != "below" and relations.level_rule_over_both(a.rect, b.rect) else []),
        ],
        1.0,
    )
    cues["shared rare words"] = _shared_words(relations, a, b)
    return cues


def end_cues(relations: Relations, a: TextBlock) -> Cues:
    """The cues to whether a block is the last of its text on the page."""
    facts = ["end", f"end: with {a.ending}", f"end: {a.label}"]
    if a.goes_elsewhere:
        facts.append("end: continued elsewhere")
    if a.unclosed:
        facts.append("end: a quotation is left open")
    under = relations.under[a.id]
    if under is not None and not relations.parted_level(a.id, under):
        facts.append("end: text follows below")
    if len(a.lines) == 1:
        facts.append("end: one line")
    return dict.fromkeys(facts, 1.0)


def begin_cues(relations: Relations, b: TextBlock, words: Mapping[int, float]) -> Cues:
    """The cues to whether a text begins with a block; `words` are those of the headlines."""
    facts = ["begin", f"begin: {b.opening}", f"begin: {b.label}"]
    word = words.get(b.id)
    if word is None:
        facts.append("begin: no headline speaks for it")
    else:
        facts.append(f"begin: a headline's word {step(word, (-4.0, -2.0, -0.5, 0.5, 2.0, 4.0))}")
    if b.is_dated:
        facts.append("begin: a dateline")
    if b.is_marked:
        facts.append("begin: an ornament or a bracket")
    if b.comes_from_elsewhere:
        facts.append("begin: comes from elsewhere")
    if b.unopened:
        facts.append("begin: a quotation is closed unopened")
    if b.text[0] in PAUSES or b.text[0] in SENTENCE_ENDS:
        facts.append("begin: a mark")
    if relations.top[b.id] != b.id:
        facts.append("begin: hangs under other text")
    if len(b.lines) == 1:
        facts.append("begin: one line")
    return dict.fromkeys(facts, 1.0)


def _where(a: TextBlock, b: TextBlock) -> str:
    """Where the second block lies from the first."""
    p, q = a.rect, b.rect
    if p.overlap_x(q) > P.column * min(p.width, q.width):
        return "below" if q.centre[1] > p.centre[1] else "above"
    if q.centre[0] > p.centre[0]:
        return "right" if p.overlap_y(q) > 0 or q.y1 < p.y1 else "right and below"
    return "left and below" if q.y0 > p.y1 - 1.0 else "left"


def _of_place(relations: Relations, a: TextBlock, b: TextBlock, where: str) -> Iterator[str]:
    p, q = a.rect, b.rect
    if where == "below":
        yield from _of_column(relations, a, b)
        return
    if where.startswith("right"):
        yield f"{where} by {step(q.x0 - p.x1, (0.8, 2.5, 5.0, 10.0))}"
        if relations.upright_rule_between(p, q):
            yield "right, a rule between"
        if relations.column_between(p, q):
            yield "right, a column between"
        yield from _of_columns(relations, a, b)
    else:
        yield f"{where}, away {step(hypot(max(0.0, -p.overlap_x(q)), max(0.0, -p.overlap_y(q))), (3.0, 9.0, 20.0))}"
        if relations.upright_rule_between(p, q) or relations.level_rule_between(p, q):
            yield f"{where}, a rule between"
    under = relations.under[a.id]
    if under is not None and not relations.parted_level(a.id, under):
        yield f"the column goes on below, {'far' if relations.blocks[under].rect.y0 - p.y1 > P.far else 'near'}"
    over = relations.over[b.id]
    if over is not None and not relations.parted_level(over, b.id):
        yield f"text stands over the second, {'far' if q.y0 - relations.blocks[over].rect.y1 > P.far else 'near'}"


def _of_column(relations: Relations, a: TextBlock, b: TextBlock) -> Iterator[str]:
    """What stands between two blocks of one column, the first over the second."""
    p, q = a.rect, b.rect
    yield f"below by {step(q.y0 - p.y1, (0.4, 0.9, 1.6, 3.0, 6.0, 12.0))}"
    if relations.under[a.id] != b.id or relations.over[b.id] != a.id:
        yield "below, not the next"
    if relations.head_between(a.id, b.id):
        yield "below, a headline between"
    if relations.level_rule_between(p, q):
        if Label.SUBHEAD in (a.label, b.label):
            yield "at a subhead, a rule between"
        else:
            yield "below, a rule between"
            yield f"below, a rule between: {'stop' if a.ending in _ENDED else 'short line'}, {b.opening}"
    if relations.picture_between(p, q):
        yield "below, a picture between"


def _of_columns(relations: Relations, a: TextBlock, b: TextBlock) -> Iterator[str]:
    """How the columns of two blocks side by side lie to each other."""
    top = relations.blocks[relations.top[a.id]]
    yield f"heads of the columns {step(abs(top.rect.y0 - b.rect.y0), (0.7, 2.0, 5.0, 12.0))} apart"
    if b.rect.y0 > a.rect.y1:
        yield "the second begins under the first's foot"
    one, two = relations.head_over[top.id], relations.head_over[b.id]
    if one is not None and one == two:
        yield "under the same headline"
    elif two is not None and relations.blocks[two].rect.overlap_x(top.rect) < 1.0:
        yield "the second under a headline of its own"
    if relations.head_between_columns(a, b):
        yield "an upright headline between"


def _of_seam(a: TextBlock, b: TextBlock, where: str) -> Iterator[str]:
    """How the text passes from the first to the second."""
    yield f"first ends with {a.ending}, second {b.opening}"
    open_end = a.ending in _OPEN
    way = "below" if where == "below" else "right" if where.startswith("right") else "elsewhere"
    if b.opening is Opening.SUBHEAD:
        yield f"{way}: subhead behind {'an open sentence' if open_end else 'a stop'}"
    elif open_end:
        yield f"{way}: open sentence, {b.opening}"
    else:
        yield f"{way}: {'stop' if a.ending in _ENDED else 'short line'}, {b.opening}"
    yield f"{a.label} then {b.label}"
    yield from _of_words(a, b)


def _of_words(a: TextBlock, b: TextBlock) -> Iterator[str]:
    """What marks, datelines and markers at the seam of two blocks say."""
    first = b.text[0]
    if first in PAUSES or first in SENTENCE_ENDS:
        yield "second begins with a mark"
    if a.unclosed and b.unopened:
        yield "a quotation goes on"
    elif a.unclosed != b.unopened:
        yield "a quotation is left open, or closed unopened"
    if b.is_dated:
        yield "second opens with a dateline"
    if b.mark:
        yield "both open with the same mark" if a.mark == b.mark else "the second alone opens with a mark"
    if a.goes_elsewhere:
        yield "first is continued elsewhere"
    if b.comes_from_elsewhere:
        yield "second comes from elsewhere"


def _of_reading_on(relations: Relations, a: TextBlock, b: TextBlock) -> Iterator[str]:
    """What a language model says of an open sentence and text that may go on it: how much likelier both are as one."""
    if relations.model is None or a.ending is not Ending.OPEN or b.opening not in _MAY_GO_ON:
        return
    gain = seam_gain(relations.model, a.text, b.text)
    if gain is not None:
        yield f"{SEAM} by {step(gain, P.gains)}"


def _of_make_up(relations: Relations, a: TextBlock, b: TextBlock) -> Iterator[str]:
    """What else the two have in common or not: type, width, frame, headlines, layout's tiles."""
    small, large = sorted((a.size, b.size))
    yield f"sizes differ {step(large / max(0.1, small), (1.05, 1.12, 1.25))}"
    widths = sorted((a.column[1] - a.column[0], b.column[1] - b.column[0]))
    yield f"widths differ {step(widths[1] / max(0.1, widths[0]), (1.06, 1.25, 1.7))}"
    if a.weight and b.weight:
        light, heavy = sorted((a.weight, b.weight))
        yield f"strokes differ {step(heavy / light, (1.1, 1.25, 1.5))}"
    if a.frame != b.frame:
        yield "another frame"
    over = relations.head_over[b.id]
    if over is not None:
        head = relations.blocks[over]
        gap = b.rect.y0 - head.rect.y1
        if gap < P.headed and (a.rect.y1 < head.rect.y0 + 1.0 or head.rect.overlap_x(a.rect) < 1.0):
            yield f"a headline over the second, {step(head.size, (1.5, 2.2))}"
    if a.article is None or b.article is None:
        return
    if a.article != b.article:
        yield "two pieces by the tiles"
    else:
        yield "one piece by the tiles"
        if relations.follows_in_tile(a.id, b.id):
            yield "next in its tile"


def _of_pictures(relations: Relations, a: TextBlock, b: TextBlock, where: str) -> Iterator[str]:
    """Whether either is a few lines at a picture, as captions are that pass for text."""
    for which, block in (("first", a), ("second", b)):
        if len(block.lines) <= P.few and relations.at_picture(block):
            yield f"the {which} is a few lines at a picture, {'below' if where == 'below' else 'beside'}"


def _is_under_lede(relations: Relations, a: TextBlock, b: TextBlock) -> bool:
    """Whether a report without a headline begins under a text over several columns that stands under one.

    Reports have headlines, and this one's is over the text that stands between.
    """
    over = relations.head_over[a.id]
    if not b.is_dated or a.is_dated or over is None or relations.over[b.id] != a.id or a.frame != b.frame:
        return False
    head = relations.blocks[over]
    if any(away(p, part.rect) < P.under for p in relations.frame.pictures for part in (a, head)):
        return False  # it may be a caption that passed for text
    near = a.rect.y0 - head.rect.y1 < P.headed and b.rect.y0 - a.rect.y1 < P.headed
    wide = a.rect.width > P.lede * (b.column[1] - b.column[0]) and abs(a.rect.x0 - b.rect.x0) < P.aligned
    return near and wide and not relations.head_between(a.id, b.id)


def _is_past_inset(relations: Relations, a: TextBlock, b: TextBlock) -> bool:
    """Whether a headline over several columns parts two blocks of one column, and no text begins under it.

    In every column under it a sentence goes on that stands open over it; a text that begins does so in the first.
    """
    if relations.under[a.id] != b.id or not _reads_past(a, b):
        return False
    return any(_is_inset(relations, h) and (a, b) in _parted_by(relations, h) for h in relations.heads)


def _is_inset(relations: Relations, h: TextBlock) -> bool:
    """Whether text goes on past a headline in all columns, the first of their row among them."""
    parted = _parted_by(relations, h)
    lower = {after.id: after for _, after in parted}
    if len(lower) < P.columns or len(lower) < len(parted) or not all(_reads_past(*pair) for pair in parted):
        return False
    first = min(lower.values(), key=lambda after: after.rect.x0)
    return relations.begins_row(first.id, h.rect.y1 - 1.0)


def _reads_past(upper: TextBlock, lower: TextBlock) -> bool:
    """Whether a sentence may go on from one block in another that shows no sign of a beginning."""
    return upper.ending in _OPEN and lower.opening in _MAY_GO_ON and not (lower.is_dated or lower.is_marked)


def _parted_by(relations: Relations, h: TextBlock) -> list[tuple[TextBlock, TextBlock]]:
    """The blocks of running text right over and under a headline that are next to each other in their columns."""
    pairs = ((s, relations.under[s.id]) for s in relations.stream if s.rect.overlap_x(h.rect) > 1.0)
    return [
        (s, lower)
        for s, i in pairs
        if i is not None
        for lower in (relations.blocks[i],)
        if -1.0 < h.rect.y0 - s.rect.y1 < P.headed and -1.0 < lower.rect.y0 - h.rect.y1 < P.headed
    ]


def _shared_words(relations: Relations, a: TextBlock, b: TextBlock) -> float:
    """Rare pairs of characters that both blocks hold, against their lengths; 0 to 3."""
    shared = sum(relations.spread[pair] <= P.rare for pair in a.pairs & b.pairs)
    return min(3.0, 10 * shared / (20 + min(len(a.pairs), len(b.pairs))))
