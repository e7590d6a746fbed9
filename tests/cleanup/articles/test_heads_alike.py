"""Briefs under each other, each with a head in one type, are articles; subheads are set smaller or lighter."""

from __future__ import annotations

import pytest

from cleanup.articles.blocks import relabelled, text_blocks
from cleanup.articles.display import with_heads_alike
from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import Label
from cleanup.articles.surroundings import surroundings
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind
HEADS = ("老渡口修了栈道", "新开一班早渡船", "木船改成展览馆")


def told(*, second: float = 1.25, heavy: float = 1.6, end: str = "。", label: Label = Label.SUBHEAD) -> list[Label]:
    """What the heads of three briefs under each other are, of which the last two passed for something else."""
    sheet, y = Sheet(), 4.0
    for n, head in enumerate(HEADS):
        size = second if n else 1.25
        sheet.add(K.HEADLINE if n == 0 else K.SUBHEAD, [head], (2, y), 1, size=size)
        sheet.embolden(heavy if n else 1.6)
        rows = lines(f"{prose(40, 11 * n)}{end}")
        sheet.add(K.BODY, rows, (2, y + 2.2), 1)
        y += 3.2 + 1.5 * len(rows)
    frame = reading_frame(sheet.page)
    first = {HEADS[0]: Label.HEAD, HEADS[1]: label, HEADS[2]: label}
    labels = [first.get(n.text.strip(), Label.BODY) for n in frame.lines]
    blocks = text_blocks(frame, surroundings(frame), labels)
    blocks = tuple(relabelled(b, first.get(b.text.strip(), Label.BODY)) for b in blocks)
    found = {b.text.strip(): b.label for b in with_heads_alike(blocks)}
    return [found[head] for head in HEADS]


@pytest.mark.parametrize("label", [Label.SUBHEAD, Label.ADVERT])
def test_heads_of_one_type_are_headlines(label: Label) -> None:
    assert told(label=label) == [Label.HEAD] * 3


@pytest.mark.parametrize(
    "other", [{"second": 1.08}, {"heavy": 1.1}, {"end": "，"}], ids=["smaller", "lighter", "in a sentence"]
)
def test_others_stay_subheads(other: dict[str, float | str]) -> None:
    assert told(**other) == [Label.HEAD, Label.SUBHEAD, Label.SUBHEAD]  # type: ignore[arg-type]
