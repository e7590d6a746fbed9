"""Words as FTS5 takes them: every character stands for itself, and words of one or two characters are found too."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from banmian.search.folding import folded
from layout.errors import UsageError

_TRIGRAM: Final = 3
"""Number of characters of a term of the index."""
_SAMPLE: Final = 400
"""Number of articles that tell whether a character is common."""
_COMMON: Final = 20
"""Articles, among the first, that hold a common character: such a character is soon found in the texts themselves."""
_LAST: Final = "\U0010ffff"
_QUOTED: Final = re.compile(r'"([^"]+)"|“([^”]+)”|(\S+)')
"""A phrase in quotes, or what stands between spaces."""


def words_of(asked: Sequence[str]) -> tuple[str, ...]:
    """The words that were asked for, as they are compared; all of them are to stand in an article.

    Raises UsageError where none is left.
    """
    found = [next(filter(None, match.groups())) for text in asked for match in _QUOTED.finditer(text)]
    words = tuple(dict.fromkeys(filter(None, (folded(word).strip() for word in found))))
    if not words:
        raise UsageError("No word to search for was given.", "Write: banmian search WORK 春茶")
    return words


@dataclass(frozen=True, slots=True)
class Query:
    """What to ask the index: `match` is an expression of FTS5, and the texts that it finds are to hold `within`.

    Without an expression every text is looked at. `ranked` tells that the expression is one that can be weighed.
    """

    match: str | None
    within: tuple[str, ...]
    ranked: bool


def query(database: sqlite3.Connection, words: Sequence[str]) -> Query | None:
    """The query for the words; None where one of them stands nowhere."""
    expressions, within = [], []
    for word in words:
        if len(word) >= _TRIGRAM:
            expressions.append(_phrase(word))
            continue
        if len(word) == 1 and _is_common(database, word):
            within.append(word)
            continue
        begun = list(_begun(database, word))
        if not begun:
            return None
        expressions.append(f"({' OR '.join(map(_phrase, begun))})")
    ranked = all(len(word) >= _TRIGRAM for word in words)
    return Query(" AND ".join(expressions) or None, tuple(within), ranked)


def _is_common(database: sqlite3.Connection, char: str) -> bool:
    sample = f"SELECT head || body AS text FROM words LIMIT {_SAMPLE}"
    (found,) = database.execute(f"SELECT count(*) FROM ({sample}) WHERE instr(text, ?)", (char,)).fetchone()
    return int(found) >= _COMMON


def _begun(database: sqlite3.Connection, word: str) -> Iterator[str]:
    """The trigrams in the index that begin with the word."""
    sql = "SELECT term FROM trigrams WHERE term >= ? AND term <= ?"
    return (term for (term,) in database.execute(sql, (word, word + _LAST)))


def _phrase(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
