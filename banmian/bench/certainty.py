"""How well the confidences tell where the errors are: suspects, and what is said to be certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rapidfuzz.distance import Levenshtein

from banmian.decisions.decided import stored_issue
from banmian.evaluate import OutputArticle, folded, pairs, whole_articles
from banmian.store.tasks import State
from banmian.store.workspace import Workspace
from cleanup.article import Article, Role
from cleanup.lines.glyph_places import glyphs_of

SUSPECT: Final = 0.03
"""Share of the characters that are counted as suspects, the least sure first."""
CERTAIN: Final = 0.99
"""Confidence from which on a character counts as certain."""
_BODY: Final = frozenset({Role.BODY, Role.SUBHEAD})

Judged = tuple[float, bool]
"""A character's confidence, and whether it is right."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """The share of `wrong` characters that is among the most suspect ones, and of `certain` ones that is right.

    None where there is nothing to share out.
    """

    wrong: int
    caught: float | None
    certain: int
    right: float | None


def certainty(work: Path, gold: Sequence[OutputArticle]) -> Certainty:
    """What the confidences in a workspace are worth, beside the bodies of the gold articles."""
    with Workspace.open(work) as workspace:
        articles = [a for e in workspace.issues() if e.state is State.DONE for a in stored_issue(e).articles]
    return weighed_up(list(_judged(articles, whole_articles(gold))))


def weighed_up(characters: Sequence[Judged]) -> Certainty:
    """The figures; of characters as sure as the last that is looked at, those at hand."""
    ordered = sorted(characters, key=lambda c: c[0])
    wrong = sum(not right for _, right in ordered)
    caught = sum(not right for _, right in ordered[: round(SUSPECT * len(ordered))])
    sure = [right for confidence, right in ordered if confidence >= CERTAIN]
    return Certainty(wrong, caught / wrong if wrong else None, len(sure), sum(sure) / len(sure) if sure else None)


def _judged(articles: Sequence[Article], gold: Sequence[OutputArticle]) -> Iterator[Judged]:
    """The characters of the bodies that are paired with a gold one, each right where the two agree."""
    ours = [list(_dashes_once(_characters(article))) for article in articles]
    texts = ["".join(char for char, _ in body) for body in ours]
    for i, j in pairs([g.body for g in gold], texts).items():
        for op in Levenshtein.opcodes(texts[j], gold[i].body):
            for _, confidence in ours[j][op.src_start : op.src_end]:
                yield confidence, op.tag == "equal"


def _characters(article: Article) -> Iterator[tuple[str, float]]:
    """The body as it is scored, each character with the confidence of the glyph that it was read from."""
    sure = [g.confidence if g else 1.0 for s in article.lines for g in (*glyphs_of(s.line), None)]
    roles = [s.role for s in article.lines for _ in range(len(s.line.text) + 1)]
    for segment in article.clean.segments:
        for at, char in enumerate(segment.text):
            origin = min(segment.start + at, segment.end - 1) if segment.edit else segment.start + at
            if 0 <= origin < len(roles) and roles[origin] in _BODY:
                yield from ((plain, sure[origin]) for plain in folded(char))


def _dashes_once(characters: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """The characters; of a long dash one, as `folded` has it."""
    before = ""
    for char, sure in characters:
        if char != "-" or before != "-":
            yield char, sure
        before = char
