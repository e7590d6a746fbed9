"""Dumps written by hand, each of another kind of newspaper: every piece comes back to the character.

Beside each dump (NAME.txt, bytes as a program would write them) lies its truth (NAME.json): the pieces in order with
their paragraphs, headline, byline and the pages that they come from and go to.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleanup.article import Article, ArticleKind
from cleanup.plaintext.decode import decode
from tests.cleanup.dumps import fold, issue_of

WRITTEN = Path(__file__).with_name("written")
DUMPS = sorted(path.stem for path in WRITTEN.glob("*.txt"))
ALWAYS = ("kicker", "title", "subtitle")
WHERE_TOLD = ("byline", "continued_from", "continued_to")


def found_in(name: str) -> list[Article]:
    data = (WRITTEN / f"{name}.txt").read_bytes()
    return [a for a in issue_of(decode(data, name)).articles if a.kind is ArticleKind.ARTICLE]


def truth_of(name: str) -> list[dict[str, Any]]:
    pieces: list[dict[str, Any]] = json.loads((WRITTEN / f"{name}.json").read_text("utf-8"))
    return pieces


def test_dumps_are_there() -> None:
    """The folder holds dumps, and each its truth."""
    assert len(DUMPS) >= 12
    assert all((WRITTEN / f"{name}.json").is_file() for name in DUMPS)


@pytest.mark.parametrize("name", DUMPS)
def test_every_paragraph_comes_back(name: str) -> None:
    """Each piece has its own paragraphs, to the character and in order, and there is no other piece."""
    assert [list(a.paragraphs) for a in found_in(name)] == [piece["paragraphs"] for piece in truth_of(name)]


@pytest.mark.parametrize("name", DUMPS)
def test_every_piece_has_its_own_headline_and_byline(name: str) -> None:
    """Kicker, title and subtitle are the piece's own; byline and jumps too, where the truth tells them."""
    for article, piece in zip(found_in(name), truth_of(name), strict=True):
        told = [key for key in WHERE_TOLD if key in piece]
        for key in (*ALWAYS, *told):
            assert fold(getattr(article, key)) == fold(piece.get(key)), key
