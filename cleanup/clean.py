"""Runs the passes over an article and puts what they find on its ledger: the one path from raw to clean text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache
from importlib import import_module
from typing import Final

from cleanup.article import Article
from cleanup.cleantext import Change
from cleanup.edit import Edit
from cleanup.pass_registry import ORDER, Pass, passes_without

Finder = Callable[[Article], Iterator[Change]]
"""A pass: it reads an article under its ledger and yields the changes that it proposes. Changes do not overlap."""

PASSES: Final = ORDER
"""The passes in the order in which they run."""


def clean(article: Article, without: Collection[Pass] = ()) -> Article:
    """The article with every pass's finds on its ledger; what was decided before stays decided.

    The passes in `without` do not run; edits of theirs that are on the ledger stay there.
    """
    for name in passes_without(without):
        article = run_pass(article, name)
    return article


def run_pass(article: Article, name: Pass) -> Article:
    """The article with one pass's finds on its ledger: accepted by rule from its threshold on, proposed below."""
    ledger = article.ledger.recording(found(article, name), name.declaration.accept_from)
    return article if ledger is article.ledger else article.with_ledger(ledger)


def found(article: Article, name: Pass) -> tuple[Edit, ...]:
    """What the pass finds on the article as it reads now, and the ledger does not hold yet."""
    text = article.clean
    edits = (text.edit(change, name) for change in finder(name)(article))
    return tuple(e for e in edits if e is not None and e.id not in article.ledger)


@cache
def finder(name: Pass) -> Finder:
    """The function of a pass, from the module that its declaration names."""
    function: Finder = getattr(import_module(name.declaration.module), name.value)
    return function
