"""The decisions about a page's articles in words: what was joined, what was kept apart, and the cues that decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cleanup.articles.assembly import Assembly
from cleanup.articles.blocks import TextBlock
from cleanup.articles.registers.weights import AND, register_weights
from cleanup.articles.weights import strongest, weights
from layout.page import JoinReason

_NOTABLE: Final = -2.0
"""Log-odds from which a refused join is worth telling."""
_SHOWN: Final = 3
"""Cues that are told of each decision."""
_WORDS: Final = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"below by -([\d.]+)$", r"it follows less than \1 em below"),
        (r"below by ([\d.]+)-([\d.]+)$", r"it follows \1 to \2 em below"),
        (r"below by ([\d.]+)-$", r"it stands more than \1 em below"),
        (r"right by -?([\d.]+)$", r"it is the next column, less than \1 em away"),
        (r"right by ([\d.]+)-([\d.]+)$", r"it is the next column, \1 to \2 em away"),
        (r"right by ([\d.]+)-$", r"it stands more than \1 em to the right"),
        (
            r"(?:below|right|elsewhere): open sentence, (.+)$",
            r"the sentence is open at the end, and the next text is \1",
        ),
        (r"(?:below|right|elsewhere): stop, (.+)$", r"a sentence ends, and the next text is \1"),
        (r"(?:below|right|elsewhere): short line, (.+)$", r"the last line breaks off short, and the next text is \1"),
        (r"\w+: subhead behind (.+)$", r"a subhead stands behind \1"),
        (r"first ends with (.+), second (.+)$", r"the first ends with \1, the second is \2"),
        (
            r"the seam reads on by (?:--1|-1-0|0-0\.5)$",
            r"a language model finds that the sentence hardly reads on in the second",
        ),
        (
            r"the seam reads on by ([\d.]+)-([\d.]+)$",
            r"a language model finds that the sentence reads on in the second (gain \1 to \2)",
        ),
        (
            r"the seam reads on by ([\d.]+)-$",
            r"a language model finds that the sentence reads on in the second (gain more than \1)",
        ),
        (r"the column goes on below, (?:near|far)$", r"other text follows below in the same column"),
        (r"text stands over the second, (?:near|far)$", r"other text stands over the second in its column"),
        (r"heads of the columns -([\d.]+) apart$", r"the columns begin less than \1 em apart in height"),
        (r"heads of the columns ([\d.]+)-([\d.]+) apart$", r"the columns begin \1 to \2 em apart in height"),
        (r"heads of the columns ([\d.]+)- apart$", r"the columns begin more than \1 em apart in height"),
        (r"one piece by the tiles$", r"no rule or white space cuts between them"),
        (r"two pieces by the tiles$", r"a rule or white space cuts between them"),
        (r"next in its tile$", r"it is the next text of the same rectangle"),
        (r"sizes differ (.+)$", r"their type sizes differ by a factor of \1"),
        (r"strokes differ (.+)$", r"their types' weights differ by a factor of \1"),
        (r"widths differ (.+)$", r"their columns' widths differ by a factor of \1"),
        (r"a headline over the second, (.+)$", r"a headline stands over the second"),
        (r"^left by .*$", r"it stands just left of it in its register"),
        (r"^next: (.+)$", r"at the beginning of the next register: \1"),
        (r"^later: (.+)$", r"at the beginning of a later register: \1"),
        (r"^(?:plain|headed|left): ends as reports do, then (.+)$", r"the first ends as reports do, the second is \1"),
        (r"^(?:plain|headed|left): (.+), then (.+)$", r"the first ends with \1, the second is \2"),
        (r"shared rare words$", r"they share rare words"),
        (r"shared words$", r"the text holds words of the headline"),
        (r"under by (.+)$", r"the text begins \1 em under the headline"),
        (r"first of its tile$", r"it is the first text of the same rectangle"),
    )
)
"""How cues are told; one that is not listed is told by its name."""


def decisions(
    made: Assembly, blocks: Sequence[TextBlock], *, vertical: bool, in_registers: bool = False
) -> tuple[JoinReason, ...]:
    """The joins that were made, and the likely ones that were refused, each with the cues that counted most."""
    table = weights(vertical=vertical)
    of_registers = register_weights()
    successors = of_registers.successors if in_registers else table.successors
    heads = of_registers.heads if in_registers else table.heads
    return (
        *_joins(made, blocks, successors),
        *_refused(made, blocks, successors),
        *_headlines(made, blocks, heads),
    )


def _region(blocks: Sequence[TextBlock], block: int) -> str:
    return blocks[block].lines[0].region.id


def _last_region(blocks: Sequence[TextBlock], block: int) -> str:
    return blocks[block].lines[-1].region.id


def _joins(made: Assembly, blocks: Sequence[TextBlock], table: Mapping[str, float]) -> Iterator[JoinReason]:
    for link in made.chains.taken:
        words = f"the text goes on: {_told(table, link.cues)}"
        yield JoinReason(
            _last_region(blocks, link.first), _region(blocks, link.second), True, round(link.score, 2), words
        )


def _refused(made: Assembly, blocks: Sequence[TextBlock], table: Mapping[str, float]) -> Iterator[JoinReason]:
    piece = {i: n for n, p in enumerate(made.pieces) for i in p.ids}
    following, before = made.chains.following(), made.chains.before()
    for link in made.chains.refused:
        if link.score < _NOTABLE or piece.get(link.first) == piece.get(link.second):
            continue
        why = "the text does not go on"
        if link.first in following:
            why += f"; it goes on in {_region(blocks, following[link.first])}"
        elif link.second in before:
            why += f"; the second goes on {_last_region(blocks, before[link.second].first)}"
        yield JoinReason(
            _last_region(blocks, link.first),
            _region(blocks, link.second),
            False,
            round(link.score, 2),
            f"{why}: {_told(table, link.cues)}",
        )


def _headlines(made: Assembly, blocks: Sequence[TextBlock], table: Mapping[str, float]) -> Iterator[JoinReason]:
    of = {h: p for p in made.pieces for h in p.heads}
    told: set[int] = set()
    for start in made.starts:
        piece = of.get(start.head)
        if start.head in told or piece is None or start.block not in piece.stream[:1]:
            continue
        told.add(start.head)
        words = f"the headline's text begins here: {_told(table, start.cues)}"
        yield JoinReason(_region(blocks, start.head), _region(blocks, start.block), True, round(start.score, 2), words)


def _told(table: Mapping[str, float], cues: Mapping[str, float]) -> str:
    """The cues that counted most, in words; those against behind "although"."""
    parts = strongest(table, cues, _SHOWN)
    speak = [_words(name) for name, value in parts if value > 0]
    against = [_words(name) for name, value in parts if value < 0]
    if speak and against:
        return f"{', '.join(speak)}; against it: {', '.join(against)}"
    return ", ".join(speak) if speak else f"against it: {', '.join(against)}"


def _words(name: str) -> str:
    first, both, second = name.partition(AND)
    if both:
        return f"{_words(first)}{AND}{_words(second)}"
    for pattern, words in _WORDS:
        found = pattern.search(name)
        if found:
            return found.expand(words)
    return name
