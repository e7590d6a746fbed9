"""How many articles, adverts and notices there are, in words: run, status, export and report say it alike."""

from __future__ import annotations

from collections.abc import Mapping

from banmian.language import counted, language, listed, said


def pieces_told(pieces: Mapping[str, int], into: str = "") -> str:
    """How many pieces of each kind, articles first; in the language of the interface, or in `into`.

    `pieces` has the number by the kind. Page furniture (folios, page heads) is not told: nobody looks for it.
    """
    into = into or language()
    kinds = sorted((k for k, n in pieces.items() if n and k != "furniture"), key=lambda k: (k != "article", k))
    return listed((counted(pieces[k], k, into) for k in kinds), into) if kinds else said("no articles", into=into)
