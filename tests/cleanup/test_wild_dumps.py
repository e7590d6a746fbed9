"""Dumps of every kind that PDF programs and readers make, drawn by chance: the articles come back."""

from __future__ import annotations

from statistics import fmean
from typing import Any, Final

import pytest

from cleanup.article import Article
from tests.cleanup.dumps import articles_of, fold
from tests.cleanup.wild_dumps import RECOVERED, error, nearest, wild_dump

SEEDS: Final = range(40_000, 40_080)


@pytest.fixture(scope="module")
def read() -> list[tuple[dict[str, Any], Article | None]]:
    """Every piece of every dump with the article that it became."""
    dumps = [(gold, articles_of(text)) for text, gold in map(wild_dump, SEEDS)]
    return [(record, nearest(record, found)) for gold, found in dumps for record in gold]


def test_bodies_come_back_whole(read: list[tuple[dict[str, Any], Article | None]]) -> None:
    """Ninety-seven of a hundred pieces are whole, nothing else mixed in, and hardly a character is wrong."""
    errors = [error(record, article) for record, article in read]
    assert fmean(e <= RECOVERED for e in errors) >= 0.97
    assert sorted(errors)[int(0.95 * len(errors))] <= 0.003


def test_headlines_and_bylines_come_back(read: list[tuple[dict[str, Any], Article | None]]) -> None:
    """Ninety-seven of a hundred headlines are right, and each writer is named whose text is there."""
    titles = [a is not None and fold(a.title) == fold(r["title"]) for r, a in read if r["title"]]
    bylines = [a is not None and fold(r["byline"]) in fold(a.byline) for r, a in read if r["byline"]]
    assert fmean(titles) >= 0.95
    assert fmean(bylines) >= 0.95


def test_what_goes_on_from_another_page_says_so(read: list[tuple[dict[str, Any], Article | None]]) -> None:
    """Every 上接, in whatever brackets, tells its page."""
    told = [a is not None and a.continued_from is not None for r, a in read if r["continued"]]
    assert fmean(told) >= 0.97
