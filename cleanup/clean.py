"""Runs the passes over an article and puts what they find on its ledger: the one path from raw to clean text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from cleanup.article import Article
from cleanup.cleantext import Change
from cleanup.edit import ORDER, Edit, Pass
from cleanup.ledger import BAR
from cleanup.passes.character_forms import character_forms
from cleanup.passes.confusables import confusables
from cleanup.passes.continuation import continuation
from cleanup.passes.doubled_glyphs import doubled_glyphs
from cleanup.passes.letter_spacing import letter_spacing
from cleanup.passes.line_join import line_join
from cleanup.passes.punctuation import punctuation
from cleanup.passes.second_reader import BAR as LIKELIER
from cleanup.passes.second_reader import second_reader

Finder = Callable[[Article], Iterator[Change]]
"""A pass: it looks at an article under its ledger and hands back what it wants changed. Changes do not overlap."""

_FINDERS: Final[Mapping[Pass, Finder]] = {
    Pass.SECOND_READER: second_reader,
    Pass.CHARACTER_FORMS: character_forms,
    Pass.DOUBLED_GLYPHS: doubled_glyphs,
    Pass.LETTER_SPACING: letter_spacing,
    Pass.CONTINUATION: continuation,
    Pass.LINE_JOIN: line_join,
    Pass.PUNCTUATION: punctuation,
    Pass.CONFUSABLES: confusables,
}
PASSES: Final[Mapping[Pass, Finder]] = {name: _FINDERS[name] for name in ORDER}
"""The passes in their order."""

BARS: Final[Mapping[Pass, float]] = {Pass.LINE_JOIN: 0.5, Pass.SECOND_READER: LIKELIER}
"""Where a pass has a bar of its own. A break that is left says that a paragraph ends, and what is left of a reading
that it was the better one: the likelier counts."""


def clean(article: Article) -> Article:
    """The article with every pass's finds on its ledger; what was decided before stays decided."""
    for name in PASSES:
        article = run_pass(article, name)
    return article


def run_pass(article: Article, name: Pass) -> Article:
    """The article with one pass's finds on its ledger: accepted by rule from the bar on, proposed below."""
    ledger = article.ledger.recording(found(article, name), BARS.get(name, BAR))
    return article if ledger is article.ledger else article.with_ledger(ledger)


def found(article: Article, name: Pass) -> tuple[Edit, ...]:
    """What the pass finds on the article as it reads now, and the ledger does not hold yet."""
    text = article.clean
    edits = (text.edit(change, name) for change in PASSES[name](article))
    return tuple(e for e in edits if e is not None and e.id not in article.ledger)
