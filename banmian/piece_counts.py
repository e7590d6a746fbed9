"""How many articles, adverts and notices there are, in words: run, status, export and report say it alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from banmian.language import counted, language, listed, said
from cleanup.article import Article, ArticleKind

_UNTOLD: Final = ArticleKind.FURNITURE.value
"""Kind of pieces that are not told (folios, page heads): nobody looks for them."""


def told_kinds(articles: Iterable[Article]) -> Counter[str]:
    """How many pieces there are of each kind that is told."""
    return Counter(a.kind.value for a in articles if a.kind.value != _UNTOLD)


def pieces_told(pieces: Mapping[str, int], into: str = "") -> str:
    """How many pieces of each kind, articles first; in the language of the interface, or in `into`.

    `pieces` has the number by the kind. Page furniture is not told.
    """
    into = into or language()
    kinds = sorted((k for k, n in pieces.items() if n and k != _UNTOLD), key=lambda k: (k != "article", k))
    return listed((counted(pieces[k], k, into) for k in kinds), into) if kinds else said("no articles", into=into)
