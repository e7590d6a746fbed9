"""Headlines of two phrases, set in one row with white between, over two columns: parted at the gutter, one again.

Where the white between the phrases falls on the gutter, each phrase seems to head a column. That both head one text is
said by the text of the first column where it goes on in the second, in the middle of a sentence, or where it opens as
reports do and the second does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from cleanup.articles.blocks import Ending, Opening, TextBlock
from cleanup.articles.frame import ReadingFrame
from cleanup.articles.relations import Relations
from cleanup.forms.section_names import is_standing

_OPEN: Final = frozenset({Ending.OPEN, Ending.PAUSE})


@dataclass(frozen=True, slots=True)
class HeadlineRowParams:
    """Bounds by which two lines of display type are of one row of a headline; lengths in their type's size."""

    white: float = 1.8
    """White between two phrases, at most; the usual one is as wide as a character."""
    lapped: float = 0.3
    """Length by which their boxes may overlap."""
    level: float = 0.3
    """Difference of their heights on the page, at most."""
    sizes: float = 1.06
    """Ratio of their sizes, at most."""


P: Final = HeadlineRowParams()


def with_headline_rows(frame: ReadingFrame, blocks: tuple[TextBlock, ...]) -> tuple[TextBlock, ...]:
    """The blocks, with headlines in one block that are phrases of one row; ids count anew where there are such."""
    joined = {row[0]: row for row in _rows(Relations(frame, blocks))}
    if not joined:
        return blocks
    taken = {i for row in joined.values() for i in row[1:]}
    whole = [[blocks[i] for i in joined.get(b.id, [b.id])] for b in blocks if b.id not in taken]
    return tuple(_one(row, n) for n, row in enumerate(whole))


def _rows(relations: Relations) -> list[list[int]]:
    """The headlines, by their ids, that are phrases of one row, from left to right; two of them or more in each."""
    heads = sorted((h for h in relations.heads if len(h.lines) == 1), key=lambda h: (h.rect.x0, h.id))
    row_of: dict[int, list[int]] = {}
    for second in heads:
        first = next((h for h in heads if _are_a_row(relations, h, second)), None)
        row_of[second.id] = row_of[first.id] if first is not None and first.id in row_of else []
        row_of[second.id].append(second.id)
    return [row for name, row in row_of.items() if len(row) > 1 and row[0] == name]


def _one(row: Sequence[TextBlock], number: int) -> TextBlock:
    """The blocks of one row as one, with its number among the page's blocks."""
    return replace(row[0], id=number, lines=tuple(line for b in row for line in b.lines))


def _are_a_row(relations: Relations, first: TextBlock, second: TextBlock) -> bool:
    """Whether two lines are phrases of one headline: of one type, on one level, over a text that goes on."""
    size = min(first.size, second.size)
    white = second.rect.x0 - first.rect.x1
    in_row = (
        -P.lapped * size < white < P.white * size
        and abs(first.rect.y0 - second.rect.y0) < P.level * size
        and max(first.size, second.size) < P.sizes * size
        and not (first.lines[0].crosses or second.lines[0].crosses)
    )
    if not in_row or is_standing(first.text) or relations.upright_rule_between(first.rect, second.rect):
        return False
    one, other = _under(relations, first), _under(relations, second)
    return _goes_on(one, other) or _is_one_report(one, other)


def _under(relations: Relations, head: TextBlock) -> list[TextBlock]:
    """The running text right under a headline, from top to bottom."""
    found = (b for b in relations.stream if relations.head_over[b.id] == head.id)
    return sorted(found, key=lambda b: (b.rect.y0, b.id))


def _goes_on(one: Sequence[TextBlock], other: Sequence[TextBlock]) -> bool:
    """Whether a column breaks off within a sentence, and the next one begins within one."""
    if not one or not other:
        return False
    last, first = one[-1], other[0]
    begins = first.opening is not Opening.FLUSH or first.is_dated or first.is_marked
    return last.ending in _OPEN and not begins and first.rect.x0 > last.rect.x0


def _is_one_report(one: Sequence[TextBlock], other: Sequence[TextBlock]) -> bool:
    """Whether a column opens as reports do, and the one right of it does not, as a report's second column.

    Two reports side by side both name their source, or neither does, as a newspaper's custom is.
    """
    if not one or not other or other[0].rect.x0 < one[0].rect.x1:
        return False
    return one[0].is_dated and not (other[0].is_dated or other[0].is_marked)
