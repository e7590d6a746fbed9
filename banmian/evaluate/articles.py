"""Articles of an output against gold: wholeness, headline, byline, jump, paragraphs and their breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from rapidfuzz import fuzz

from banmian.evaluate.alignment import distance, pairs
from banmian.evaluate.folding import folded
from banmian.evaluate.paragraphs import Breaks, breaks, paragraphs_found
from banmian.evaluate.records import OutputArticle, whole_articles

RECOVERED: Final = 0.08
"""Maximum body CER of a recovered article: it forgives a misread line, but no missing paragraph and no foreign one."""

TITLE_RIGHT: Final = 90.0
"""Minimum likeness (0 to 100) of a headline that counts as right: one wrong character in ten."""

COMPARABLE: Final = 0.3
"""Maximum body CER of an article whose paragraph breaks are compared; beyond it the alignment means little."""


@dataclass(frozen=True, slots=True)
class Score:
    """Measures of the articles; `MEASURES` describes each. None where the gold has nothing of the kind."""

    articles: int
    out: int
    spurious: int
    body_cer: float
    recovered: float | None
    article_f1: float | None
    title: float | None
    byline: float | None
    jump: float | None
    para: float
    para_cer: float
    char_f1: float
    breaks: float
    torn: float
    run_on: float


@dataclass(frozen=True)
class ArticleMatch:
    """A gold article and the output article that it is paired with, if any."""

    gold: OutputArticle
    piece: OutputArticle | None

    @cached_property
    def edits(self) -> int:
        """Edits between the bodies; all of the gold body where the article is missing."""
        return distance(self.gold.body, self.piece.body if self.piece else "")

    @cached_property
    def cer(self) -> float:
        return self.edits / max(1, len(self.gold.body))

    @property
    def is_recovered(self) -> bool:
        return self.cer <= RECOVERED

    @property
    def is_title_right(self) -> bool:
        if self.piece is None:
            return False
        return fuzz.ratio(folded(self.gold.title), folded(self.piece.title)) >= TITLE_RIGHT

    @property
    def is_byline_right(self) -> bool:
        """Whether the byline of the output holds the printed one."""
        if self.piece is None:
            return False
        return _line(self.gold.byline).strip("()") in _line(self.piece.byline)

    @property
    def is_joined(self) -> bool:
        """Whether an article that jumps came back whole, with more than one page."""
        return self.piece is not None and self.piece.spans > 1 and self.is_recovered

    def breaks(self) -> Breaks:
        """Count the paragraph breaks; none are compared where the bodies are too different."""
        if self.piece is None or not self.gold.body or self.edits > COMPARABLE * len(self.gold.body):
            return Breaks()
        return breaks(self.gold, self.piece)


def _all_text(article: OutputArticle) -> str:
    return (article.title or "") + "".join(article.texts)


def score(gold: Sequence[OutputArticle], output: Sequence[OutputArticle]) -> Score:
    """Score articles against gold; gold articles that are transcribed only in part are left out."""
    whole = whole_articles(gold)
    matches = list(_matches(whole, output))
    recovered = [m.is_recovered for m in matches]
    paired = sum(m.piece is not None for m in matches)
    found = paragraphs_found(whole, folded("".join(map(_all_text, output))))
    body = "".join(g.body for g in whole)
    counted = sum((m.breaks() for m in matches), Breaks())
    return Score(
        articles=len(whole),
        out=len(output),
        spurious=len(output) - paired,
        body_cer=round(sum(m.edits for m in matches) / max(1, len(body)), 4),
        recovered=_share(recovered),
        article_f1=None if len(whole) < len(gold) else _f1(sum(recovered), len(whole), len(output)),
        title=_share([m.is_title_right for m in matches if m.gold.title]),
        byline=_share([m.is_byline_right for m in matches if m.gold.byline]),
        jump=_share([m.is_joined for m in matches if len(m.gold.pages or []) > 1]),
        para=found.share,
        para_cer=found.cer,
        char_f1=bag_f1(body, "".join(p.body for p in output)),
        breaks=counted.f1,
        torn=counted.torn_rate,
        run_on=counted.run_on_rate,
    )


def bag_f1(gold: str, text: str) -> float:
    """Return the F1 of the characters in common, without regard to their order."""
    shared = sum((Counter(gold) & Counter(text)).values())
    return _f1(shared, len(gold), len(text))


def _matches(gold: Sequence[OutputArticle], output: Sequence[OutputArticle]) -> Iterator[ArticleMatch]:
    found = pairs([g.body for g in gold], [p.body for p in output])
    return (ArticleMatch(g, output[found[i]] if i in found else None) for i, g in enumerate(gold))


def _f1(right: int, wanted: int, given: int) -> float:
    return round(2 * right / max(1, wanted + given), 4)


def _share(right: Sequence[bool]) -> float | None:
    return round(float(np.mean(right)), 4) if right else None


def _line(text: str | list[str] | None) -> str:
    return folded("".join(text) if isinstance(text, list) else text)
