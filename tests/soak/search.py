"""A search over 100,000 articles: how long a query takes, how large the index is, how quickly it is made."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Final

import click

from banmian.search.index import add_article, opened
from banmian.search.query import words_of
from banmian.search.search import SearchRequest, hits
from cleanup.article import Article, Role, SourceLine
from layout.geometry import Box
from layout.page import Line
from samples.typeset.grammar import Writer
from tests.soak.table import Row

ARTICLES: Final = 100_000
_ROW, _EM = 18, 40
_BODY: Final = 500
_QUERIES: Final = 40
"""For each length of word so many, cut from articles by chance: common words come more often."""
_TIME: Final = 0.1


def main() -> None:
    """Prints what the index came to, and a row for each length of word."""
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        file = Path(name) / "search.sqlite"
        for row in (*built(file), *asked(file)):
            click.echo(str(row))


def built(file: Path) -> Iterator[Row]:
    """Fills the index with articles of some 500 characters, each with a place for its every line."""
    writers = [Writer(f"search {seed}") for seed in range(400)]
    stories = [[para.text for para in writer.body(_BODY)] for writer in writers for _ in range(5)]
    chance, database, begun = Random("search"), opened(file), time.process_time()
    database.execute("BEGIN")
    for number in range(ARTICLES):
        paragraphs = [para for _ in range(2) for para in chance.choice(stories)[:3]]
        add_article(database, number // 50, _article(number, paragraphs))
    database.execute("COMMIT")
    database.close()
    taken = time.process_time() - begun
    yield Row(f"index of {ARTICLES} articles", f"{file.stat().st_size / 1e6:.0f} MB in {taken:.0f} s", holds=True)


def asked(file: Path) -> Iterator[Row]:
    """The time of queries with words of each length, the slower ones too."""
    database = opened(file)
    database.execute("INSERT OR IGNORE INTO issue (id, name, stamp) SELECT DISTINCT issue, issue, '' FROM article")
    texts = [text for (text,) in database.execute("SELECT body FROM words WHERE rowid % 997 = 0")]
    for length in (1, 2, 3, 4, 8):
        times = sorted(_time(database, word) for word in _words(texts, length))
        middle, slow = times[len(times) // 2], times[len(times) * 95 // 100]
        yield Row(f"query of {length} characters", f"{middle * 1e3:.0f} ms, 95 % {slow * 1e3:.0f} ms", slow <= _TIME)


def _words(texts: Sequence[str], length: int) -> Iterator[str]:
    chance = Random(length)
    for _ in range(_QUERIES):
        text = chance.choice(texts)
        at = chance.randrange(len(text) - 10)
        yield text[at : at + length].replace("\n", "的")


def _time(database: sqlite3.Connection, word: str) -> float:
    begun = time.perf_counter()
    words = words_of([f'"{word}"'])
    list(hits(database, words, SearchRequest(words)))
    return time.perf_counter() - begun


def _article(number: int, paragraphs: Sequence[str]) -> Article:
    """The paragraphs in a column, the beginning of the first as headline."""
    sources = [_line(0, paragraphs[0][:10], Role.TITLE)]
    for paragraph in paragraphs:
        for at in range(0, len(paragraph), _ROW):
            sources.append(_line(len(sources), paragraph[at : at + _ROW], Role.BODY))
    return Article(f"p1-{number}", "", lines=tuple(sources))


def _line(number: int, text: str, role: Role) -> SourceLine:
    top = number * _EM
    return SourceLine(1, Line(f"l{number}", Box(0, top, _EM * _ROW, top + _EM).corners, text), role, "r1")
