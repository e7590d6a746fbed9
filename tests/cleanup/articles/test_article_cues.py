"""Cues from the article that a run of a page in registers ends so far."""

from __future__ import annotations

import pytest

from cleanup.articles.labels import labels_of
from cleanup.articles.registers.article import Articles
from cleanup.articles.registers.make_up import headed
from cleanup.articles.registers.stream import Stream
from cleanup.articles.registers.text import Sorted
from cleanup.articles.registers.weights import RegisterWeights, register_weights
from cleanup.articles.successors import Link
from cleanup.articles.surroundings import surroundings
from samples.registers.makeup import made_up


@pytest.fixture(scope="module")
def stream() -> Stream:
    """The runs of a made-up page with a dozen articles."""
    frame, _ = made_up(2)
    around = surroundings(frame)
    page = Sorted.of(frame, around, labels_of(frame, around))
    return headed(page, register_weights())


def test_the_headline_of_the_text_before_and_its_length_are_cues(stream: Stream) -> None:
    one, two = sorted(stream.over)[:2]
    cues = Articles.of(stream, []).cues(one, two)
    sizes = [stream.heads[stream.over[n].head].size for n in (one, two)]
    assert any("of the article's headline" in name for name in cues)
    assert ("headed: 0.9-1.1 of the article's headline" in cues) is (0.9 <= sizes[1] / sizes[0] < 1.1)
    assert not any("subhead" in name for name in cues)


def test_links_of_the_pass_before_make_the_article_longer(stream: Stream) -> None:
    """Where the first run goes on another headed one, its length counts too, and that headline is a subhead."""
    first, second, third = sorted(stream.over)[:3]
    linked = Articles.of(stream, [Link(first, second, 1.0, {})])
    alone, longer = Articles.of(stream, []).cues(second, third), linked.cues(second, third)
    assert any("a subhead" in name for name in longer)
    assert alone != longer


def test_a_chain_that_comes_back_to_the_second_run_stops_there(stream: Stream) -> None:
    first, second = sorted(stream.over)[:2]
    circle = Articles.of(stream, [Link(second, first, 1.0, {})])
    assert circle.cues(first, second) == Articles.of(stream, []).cues(first, second)


def test_pairs_of_cues_count_where_both_are_there() -> None:
    table = RegisterWeights({}, {}, {"left": 1.0, "headed": -1.0, "headed & left": 0.5, "headed & next": 9.0})
    assert table.run_score({"left": 1.0, "headed": 1.0}) == 0.5
    assert table.run_score({"left": 1.0}) == 1.0
    assert set(table.crossed({"left": 1.0, "headed": 1.0})) == {"left", "headed", "headed & left"}
