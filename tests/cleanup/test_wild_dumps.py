"""Dumps of every kind that PDF programs and readers make, drawn by chance: the articles come back."""

from __future__ import annotations

from typing import Final

import pytest

from banmian.evaluate import Score
from tests.cleanup.wild_dumps import Wear, articles_found, scored, shares, wild_dump, without_blank_lines, without_white

SEEDS: Final = range(40_000, 40_060)


@pytest.fixture(scope="module")
def scores() -> list[Score]:
    return [scored(seed) for seed in SEEDS]


def test_articles_come_back_whole(scores: list[Score]) -> None:
    """Ninety-seven pieces of a hundred are whole, nothing else mixed in, under their own headline."""
    recovered, error, title = shares(scores)
    assert recovered >= 0.97
    assert error <= 0.01
    assert title >= 0.97


def test_hardly_a_character_of_most_dumps_is_wrong(scores: list[Score]) -> None:
    """Nine dumps of ten are right to three characters in a thousand."""
    assert sorted(s.body_cer for s in scores)[int(0.9 * len(scores))] <= 0.003


def test_what_goes_on_from_another_page_says_so() -> None:
    """Every 上接, in whatever brackets, tells its page: as many articles go on as were cut."""
    for seed in SEEDS[:25]:
        told = [a.continued_from for a in articles_found(seed) if a.continued_from]
        assert len(told) == sum(r["continued"] for r in wild_dump(seed)[1])


@pytest.mark.parametrize(
    ("wear", "least"), [(without_blank_lines, 0.87), pytest.param(without_white, 0.65, marks=pytest.mark.slow)]
)
def test_pages_without_a_blank_line_keep_their_pieces(wear: Wear, least: float) -> None:
    """Blank lines gone, most pieces are still whole under their own headlines; indents gone too, two of three."""
    recovered, _, title = shares([scored(seed, wear) for seed in SEEDS[:30]])
    assert recovered >= least
    assert title >= least - 0.1
