"""Texts without a headline, once the articles of a page are known: hardly any newspaper prints a long one.

What a line of display type is, and whether a text begins with a block, are told before anything is known of the
articles. With the articles known, a long text without a headline says that one of the two was told wrongly. Either a
line near it passed for an advert's, for a column's label or for a subhead, and is its headline; or nothing begins with
it, and it goes on another text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cleanup.articles.assembly import Assembly, assembled, assembly
from cleanup.articles.blocks import TextBlock, relabelled
from cleanup.articles.frame import ReadingFrame
from cleanup.articles.headlines import starts, words_of
from cleanup.articles.labels import Label
from cleanup.articles.relations import Relations
from cleanup.articles.successors import chains
from cleanup.language.characters import is_hanzi
from ocr.setup.language_model import LanguageModel

_PASSED_FOR: Final = frozenset({Label.ADVERT, Label.COLUMN, Label.TEASER})
"""What a headline may have passed for. Furniture is none: a page's own head stands over its first text as well."""


@dataclass(frozen=True, slots=True)
class HeadlessParams:
    """Bounds by which a text wants a headline, and a block may be one."""

    text: int = 50
    """Characters of a text that wants a headline, at least."""
    size: float = 1.25
    """Size of a headline's type relative to the body's, at least."""
    hanzi: int = 2
    """Hanzi of a headline, at least."""
    length: int = 80
    """Characters of a headline of several lines, at most."""
    likely: float = 0.0
    """Log-odds from which a text begins a headline's."""


P: Final = HeadlessParams()


def headed(
    frame: ReadingFrame, blocks: tuple[TextBlock, ...], model: LanguageModel | None = None
) -> tuple[Assembly, tuple[TextBlock, ...]]:
    """The articles of a page, made again with what texts without a headline tell, and the blocks as labelled."""
    relations = Relations(frame, blocks, model)
    made = assembly(relations)
    found = with_missing_heads(frame, blocks, made)
    if found != blocks:
        blocks, relations = found, Relations(frame, found, model)
        made = assembly(relations)
    going_on = frozenset(b.id for b in _headless(blocks, made) if not (b.is_dated or b.is_marked))
    if going_on:
        possible = made.starts
        made = assembled(relations, chains(relations, words_of(possible), going_on), possible)
    return made, blocks


def with_missing_heads(frame: ReadingFrame, blocks: tuple[TextBlock, ...], made: Assembly) -> tuple[TextBlock, ...]:
    """The blocks, those relabelled that are the headlines of texts without one."""
    wanting = {b.id: b for b in _headless(blocks, made)}
    found = {i for i, b in wanting.items() if b.label is Label.SUBHEAD}
    might = {b.id for b in blocks if _might_be_head(b)}
    if wanting.keys() - found and might:
        trial = Relations(frame, _as_heads(blocks, might))
        likely = (s for s in starts(trial) if s.score > P.likely and s.head in might)
        found |= {s.head for s in likely if s.block in wanting.keys() - found}
    return _as_heads(blocks, found)


def _as_heads(blocks: tuple[TextBlock, ...], which: set[int]) -> tuple[TextBlock, ...]:
    return tuple(relabelled(b, Label.HEAD) if b.id in which else b for b in blocks)


def _headless(blocks: Sequence[TextBlock], made: Assembly) -> Iterator[TextBlock]:
    """The first blocks of the long texts that have no headline and are not continued from elsewhere."""
    for piece in made.pieces:
        texts = [blocks[i] for i in piece.stream]
        long = sum(len(b.text) for b in texts) >= P.text
        if long and not piece.heads and not texts[0].comes_from_elsewhere:
            yield texts[0]


def _might_be_head(b: TextBlock) -> bool:
    """Whether a block passed for something else, and has the type and the length of a headline."""
    long = len(b.text) > P.length or sum(map(is_hanzi, b.text)) < P.hanzi
    return b.label in _PASSED_FOR and b.size >= P.size and not long
