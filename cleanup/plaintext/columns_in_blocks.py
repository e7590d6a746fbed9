"""Blocks of a page of columns that a program wrote out of turn: joined where a sentence goes on in another block.

`pdftotext` writes a page in blocks with blank lines between, and where headlines stand in the columns it goes to and
fro between these. A block that breaks off in a full line within a sentence goes on in the block whose first line fits:
it is no paragraph's first, which is narrower by its indent, and a language model finds the two likelier as one.
Headlines of one row come first and the articles under them later; each then takes its headline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from cleanup.forms.byline import is_byline
from cleanup.forms.caption import closes_caption, points_at_picture
from cleanup.language.characters import PAUSES, cells
from cleanup.lines.plain_line import TextLine
from cleanup.plaintext.columns_apart import numbered
from cleanup.plaintext.columns_mixed import GUTTER
from ocr.setup.language_model import LanguageModel, seam_gain

Block = tuple[TextLine, ...]
"""Lines with no blank one between."""


@dataclass(frozen=True, slots=True)
class BlocksParams:
    """Bounds of blocks that are put together; widths in half ems, gains as base-10 logarithms."""

    fewest: int = 4
    """Number of blocks, at least."""
    most: int = 160
    """Number of blocks, at most."""
    narrowest: int = 16
    """Width of a column, at least."""
    widest: int = 84
    """Width of a column, at most."""
    less: int = 4
    """Width by which a full line may be narrower than the column."""
    more: int = 2
    """Width by which it may be wider."""
    tight: int = 2
    """Width by which a line that goes on, and ends none of its paragraph's sentences, may be narrower."""
    full: float = 0.8
    """Gain of a first line that is full, where a paragraph's first has its indent."""
    begun: float = 1.0
    """Loss of a first line that is narrower by an indent."""
    written: float = 0.8
    """Gain of the block that is written next."""
    near: float = 0.7
    """Gain of one that is written a block further on; of one behind that half as much, and so on."""
    beside: int = 3
    """Number of blocks, at most, by which such a one is further on."""
    doubtful: float = 0.3
    """Gain of the block that is written next below which others are looked at."""
    seam: float = 0.5
    """Gain of a seam, at least, that joins two blocks which are not written one after the other."""
    open: float = 1.0
    """Gain of each sentence that goes on anywhere."""
    dropped: float = 0.6
    """Share of paragraphs' first lines that are narrower by an indent, at least, where a program dropped these."""
    firsts: int = 2
    """Number of such lines, at least."""
    clear: float = 1.0
    """Gain by which all seams are better than those of the text as it was written, at least."""
    columns: int = 2
    """Number of pieces of a row that holds a text line and, beside it, a line of a headline."""
    headline: int = 3
    """Number of lines of a headline, at most."""


P: Final = BlocksParams()


def columns_in_turn(lines: Sequence[TextLine], model: LanguageModel) -> tuple[TextLine, ...]:
    """The lines with the blocks that were written out of turn put together; as they are where none was."""
    width = _width(lines)
    whole = list(_blocks(lines))
    blocks = whole if width is None else [part for block in whole for part in _cut(block, width)]
    if not P.fewest <= len(blocks) <= P.most or width is None:
        return tuple(lines)
    follows = _follows(blocks, width, model) if _are_indents_dropped(blocks, width) else {}
    moved = any(after != at + 1 for at, after in follows.items())
    if not moved and len(blocks) == len(whole):
        return tuple(lines)
    order = _with_own_headlines(list(_chains(blocks, follows)) if moved else blocks)
    return tuple(numbered([line for block in order for line in block]))


def may_be_out_of_turn(lines: Sequence[TextLine]) -> bool:
    """Whether a block breaks off within a sentence, in a line as long as others, so that another may go on with it."""
    width = _width(lines)
    blocks = list(_blocks(lines))
    return (
        width is not None and P.fewest <= len(blocks) <= P.most and any(_is_open(block, width) for block in blocks[:-1])
    )


def _blocks(lines: Sequence[TextLine]) -> Iterator[Block]:
    """The runs of lines between blank ones."""
    block: list[TextLine] = []
    for line in lines:
        if line.gap and block:
            yield tuple(block)
            block = []
        block.append(line)
    if block:
        yield tuple(block)


def _cut(block: Block, width: int) -> Iterator[Block]:
    """The block, or the two that it is: the second line of a headline was written behind the text line beside it.

    The headline's first line is the block's first, for its type is larger than the text's.
    """
    parts = GUTTER.split(block[1].text) if len(block) > 1 and _is_headline(block[:1]) else []
    if len(parts) != P.columns or not width - P.less - P.more <= cells(parts[0]) <= width + P.more:
        yield block
        return
    text, rest = (replace(block[1], raw=part, gap=0) for part in parts)
    if not _is_headline([rest]) or _is_display(text) or text.ends_sentence:
        yield block
        return
    yield block[0], rest
    yield text, *block[2:]


def _width(lines: Sequence[TextLine]) -> int | None:
    """The width of most lines that break off within a sentence."""
    told = Counter(n.width for n in lines if not n.ends_sentence and P.narrowest <= n.width <= P.widest)
    return max(told, key=lambda w: (told[w], w)) if told.total() >= P.fewest else None


def _are_indents_dropped(blocks: Sequence[Block], width: int) -> bool:
    """Whether the lines behind a short one that ends a sentence are narrower, by the indent that a program dropped."""
    firsts = [
        b.width
        for block in blocks
        for a, b in pairwise(block)
        if a.ends_sentence and a.width < width - P.less and not b.ends_sentence and not _is_display(b)
    ]
    narrow = sum(width - P.less - P.more <= w <= width - P.tight for w in firsts)
    return narrow >= max(P.firsts, P.dropped * len(firsts))


def _is_display(line: TextLine) -> bool:
    """Whether the line is of a headline, a byline or a caption."""
    text = line.text
    beside = is_byline(text) or points_at_picture(text) or closes_caption(text)
    return beside or not (line.ends_sentence or PAUSES.intersection(text) or "。" in text)


def _is_text(block: Block, width: int) -> bool:
    """Whether the block holds running text of the column."""
    return any(n.width >= width - P.less for n in block) and not all(map(_is_display, block))


def _is_open(block: Block, width: int) -> bool:
    """Whether the block breaks off within a sentence in a full line."""
    last = block[-1]
    full = width - P.less <= last.width <= width + P.more
    bare = len(block) == 1 and _is_display(last)
    return full and not last.ends_sentence and not bare and not is_byline(last.text)


def _follows(blocks: Sequence[Block], width: int, model: LanguageModel) -> dict[int, int]:
    """For each block that breaks off the one that goes on with it, as far as one does: the pairs that gain most in all.

    Nothing is looked for where each goes on with the block that is written next.
    """
    ends = [at for at, block in enumerate(blocks) if _is_open(block, width)]
    written = [_gain(blocks, end, end + 1, width, model) for end in ends if end + 1 < len(blocks)]
    if all(gain is not None and gain >= P.doubtful for gain in written):
        return {}
    gains = np.array([[_worth(blocks, end, at, width, model) for at in range(len(blocks))] for end in ends])
    found = _best_pairs(gains, ends)
    now = sum(gains[row, end + 1] for row, end in enumerate(ends) if end + 1 < len(blocks))
    total = sum(gains[ends.index(end), at] for end, at in found.items())
    return found if total >= now + P.clear else {}


def _best_pairs(gains: NDArray[np.float64], ends: Sequence[int]) -> dict[int, int]:
    """The pairs of a block that breaks off and one that goes on that gain most in all, and make no circle.

    `gains`: a row for each of `ends`, the places of the blocks that break off, a column for each block; 0 for no pair.
    """
    gains = gains.copy()
    while True:
        rows, columns = linear_sum_assignment(gains, maximize=True)
        pairs = sorted(((gains[r, c], int(r), int(c)) for r, c in zip(rows, columns, strict=True)), reverse=True)
        found: dict[int, int] = {}
        circles = []
        for gain, row, at in pairs:
            if gain > 0 and _leads(found, at, ends[row]):
                circles.append((row, at))
            elif gain > 0:
                found[ends[row]] = at
        if not circles:
            return found
        for row, at in circles:
            gains[row, at] = 0


def _worth(blocks: Sequence[Block], end: int, at: int, width: int, model: LanguageModel) -> float:
    """What a block gains that goes on with what another breaks off in; 0 where it does not."""
    gain = None if at == end else _gain(blocks, end, at, width, model)
    worth = 0.0 if gain is None else gain + _nearness(at - end)
    if worth >= P.seam:
        return P.open + worth
    return max(0.0, worth) if at == end + 1 else 0.0


def _nearness(distance: int) -> float:
    """The gain of a block so many behind another: columns that are written in turn have few blocks between."""
    if distance == 1:
        return P.written
    return P.near / (distance - 1) if 1 < distance <= P.beside else 0.0


def _leads(follows: Mapping[int, int], start: int, end: int) -> bool:
    """Whether the chain of blocks from `start` leads to `end`."""
    while start != end and start in follows:
        start = follows[start]
    return start == end


def _gain(blocks: Sequence[Block], end: int, at: int, width: int, model: LanguageModel) -> float | None:
    """How well a block goes on with what another breaks off in; None where it begins anew."""
    first = blocks[at][0]
    short = first.ends_sentence or (len(blocks[at]) == 1 and not _is_open(blocks[at], width))
    if first.width > width + P.more or (_is_display(first) and (short or first.width < width - P.tight)):
        return None
    if first.width < width - P.less - P.more and not short:
        return None
    last = blocks[end][-1]
    gain = 0.0 if last.pauses else seam_gain(model, last.text, first.text)
    if gain is None:
        return None
    if first.width > width - P.tight:
        return gain + P.full
    return gain if short else gain - P.begun


def _chains(blocks: Sequence[Block], follows: Mapping[int, int]) -> Iterator[list[TextLine]]:
    """The blocks in the order in which they were written, each with those that go on with it."""
    claimed = set(follows.values())
    for start in range(len(blocks)):
        if start in claimed:
            continue
        chain, at = list(blocks[start]), start
        while at in follows:
            at = follows[at]
            chain += [replace(n, gap=0) if n is blocks[at][0] else n for n in blocks[at]]
        yield chain


def _with_own_headlines(blocks: Sequence[Sequence[TextLine]]) -> Iterator[Sequence[TextLine]]:
    """The blocks with each headline of a row before its article: two or more in a row, as many bylines behind them."""
    at = 0
    while at < len(blocks):
        heads = list(takewhile(_is_headline, blocks[at:]))
        stories = _stories(blocks, at + len(heads), len(heads)) if len(heads) > 1 else []
        if not stories:
            yield blocks[at]
            at += 1
            continue
        for head, story in zip(heads, stories, strict=True):
            yield head
            yield from story
        at += len(heads) + sum(map(len, stories))


def _is_headline(block: Sequence[TextLine]) -> bool:
    """Whether the block is no more than a headline."""
    return len(block) <= P.headline and all(_is_display(n) and not is_byline(n.text) for n in block)


def _stories(blocks: Sequence[Sequence[TextLine]], at: int, count: int) -> list[Sequence[Sequence[TextLine]]]:
    """The runs of blocks from `at` on, each a byline and its text, as many as headlines stand before them; else none.

    The last goes up to where another headline or byline stands.
    """
    stories: list[list[Sequence[TextLine]]] = []
    while at < len(blocks) and not _is_headline(blocks[at]):
        if is_byline(blocks[at][0].text):
            if len(stories) == count:
                return []
            stories.append([])
        if not stories:
            return []
        stories[-1].append(blocks[at])
        at += 1
    whole = all(sum(map(len, story)) > 1 for story in stories)
    return list(stories) if len(stories) == count and whole else []
