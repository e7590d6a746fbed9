"""Heads over short texts of one paragraph are headlines of briefs; those that part a long text are its subheads."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleanup.articles.blocks import TextBlock, text_blocks
from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import Label
from cleanup.articles.sections import Sections, section_weights
from cleanup.articles.surroundings import surroundings
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind
HEADS = ("老渡口修了栈道", "新开一班早渡船", "木船改成展览馆", "堤上种下百棵柳")
_LABELS = {K.HEADLINE: Label.HEAD, K.SUBHEAD: Label.SUBHEAD, K.BODY: Label.BODY}
NOTHING: dict[str, float] = {}


def column(texts: Sequence[str], sizes: Sequence[float] = (1.25,) * 4) -> tuple[TextBlock, ...]:
    """The blocks of a column in which each head stands over a text."""
    sheet, y = Sheet(), 4.0
    for head, text, size in zip(HEADS, texts, sizes, strict=False):
        sheet.add(K.SUBHEAD, [head], (2, y), 1, size=size)
        rows = lines(text)
        sheet.add(K.BODY, rows, (2, y + 2.2), 1)
        y += 3.2 + 1.5 * len(rows)
    frame = reading_frame(sheet.page)
    return text_blocks(frame, surroundings(frame), [_LABELS[n.region.kind] for n in frame.lines])


def odds(blocks: Sequence[TextBlock], own: Sequence[float] = (0.0,) * 4) -> list[float]:
    """The log-odds that each head is a subhead; `own` are those of its type."""
    ids = [b.id for b in blocks if b.text in HEADS]
    found = Sections(blocks, ids).subhead_odds(dict(zip(ids, own, strict=True)))
    return [found[i] for i in ids]


def briefs(length: int) -> list[str]:
    """Four texts with few words in common, each a sentence."""
    return [f"{prose(length, 17 * n)}。" for n in range(4)]


def test_heads_over_short_texts_are_headlines() -> None:
    assert all(o < 0 for o in odds(column(briefs(45))))


def test_heads_over_long_texts_about_one_thing_are_subheads() -> None:
    assert all(o > 0 for o in odds(column([f"{prose(260)}。"] * 4)))


def test_the_longer_the_texts_the_likelier_are_subheads() -> None:
    means = [sum(odds(column(briefs(n)))) for n in (30, 80, 160, 320)]
    assert means == sorted(means)
    assert means[0] < means[-1]


def test_heads_set_alike_are_decided_together() -> None:
    """One whose own type tells something else goes with the others."""
    assert all(o < 0 for o in odds(column(briefs(45)), (-1.0, 2.0, -1.0, -1.0)))


def test_a_head_in_another_type_is_not_decided_with_them() -> None:
    alone = odds(column(briefs(45), (1.25, 1.6, 1.25, 1.25)), (-3.0, 3.0, -3.0, -3.0))
    together = odds(column(briefs(45)), (-3.0, 3.0, -3.0, -3.0))
    assert alone[1] > together[1]


def test_a_head_without_text_under_it_is_what_its_type_tells() -> None:
    (head, *_) = column(briefs(45))
    assert Sections([head], [head.id]).cues(head) == NOTHING
    assert Sections([head], [head.id]).subhead_odds({head.id: 0.4}) == {head.id: 0.4}


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_every_cue_has_a_weight(count: int) -> None:
    """What is told of a made-up column is known to the shipped table, so that no cue counts nothing for its name."""
    blocks = column([f"　　（本报讯）{prose(90, 3 * n)}。" for n in range(count)])
    sections = Sections(blocks, [b.id for b in blocks if b.text in HEADS])
    told = {name for b in blocks if b.text in HEADS for name in sections.cues(b)}
    assert told <= set(section_weights())
