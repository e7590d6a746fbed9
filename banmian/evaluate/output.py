"""Scores of a whole output: the pieces of a program that makes articles, or the plain text of one that does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from banmian.evaluate.articles import Score, bag_f1, score
from banmian.evaluate.coverage import coverage
from banmian.evaluate.folding import folded
from banmian.evaluate.numbers import numbers
from banmian.evaluate.paragraphs import paragraphs_found
from banmian.evaluate.records import Gold, OutputArticle


@dataclass(frozen=True, slots=True)
class OutputScore(Score):
    """Measures of the articles and of everything else in an output; `MEASURES` describes each."""

    found: float
    junk: float | None
    numbers: float | None
    numbers_total: int


@dataclass(frozen=True, slots=True)
class TextScore:
    """Measures of a running text; `MEASURES` describes each."""

    para: float
    para_cer: float
    char_f1: float


def score_output(gold: Gold, output: Sequence[OutputArticle]) -> OutputScore:
    """Score an output: articles by those pieces that are articles, coverage and numbers by pieces of every kind."""
    articles = score(gold.articles, [p for p in output if p.is_article])
    covered, counted = coverage(gold, output), numbers(gold.articles, output)
    return OutputScore(
        **asdict(articles),
        found=covered.found,
        junk=covered.junk,
        numbers=counted.share,
        numbers_total=counted.total,
    )


def score_text(gold: Sequence[OutputArticle], text: str) -> TextScore:
    """Score a running text, in any order."""
    plain = folded(text)
    found = paragraphs_found(gold, plain)
    return TextScore(found.share, found.cer, bag_f1("".join(g.body for g in gold), plain))
