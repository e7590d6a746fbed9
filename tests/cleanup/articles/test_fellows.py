"""Display type that comes several times alike in a box is decided together: the heads of briefs are all heads."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleanup.articles import display
from cleanup.articles.blocks import text_blocks
from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import Label
from cleanup.articles.surroundings import surroundings
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind
HEADS = ("码头夜里加班船", "渡口换了新缆绳", "岸边种下百棵树", "老街午后停水了")
MARKED = tuple(f"●{head}" for head in HEADS)
_LABELS = {K.HEADLINE: Label.HEAD, K.BODY: Label.BODY}
APIECE = (2.0, 2.0, -1.0, 2.0)
"""By how much each head is likelier a headline than a subhead, looked at by itself."""


def briefs(
    heads: Sequence[str], *, framed: bool, sizes: Sequence[float] = (1.2,) * 4, tiles: Sequence[int] = (1, 2, 3, 4)
) -> list[Label]:
    """What the heads of four briefs, each over a few lines of text, are told for."""
    sheet = Sheet()
    for n, (head, size, tile) in enumerate(zip(heads, sizes, tiles, strict=True)):
        sheet.add(K.HEADLINE, [head], (3, 4 + 8 * n), tile, size=size)
        sheet.add(K.BODY, lines(f"{prose(30, 7 * n)}。"), (3, 6 + 8 * n), tile)
    if framed:
        sheet.mark(K.FRAME, (2, 3, 16, 38))
    frame = reading_frame(sheet.page)
    labels = [_LABELS[n.region.kind] for n in frame.lines]
    blocks = display.with_subheads(frame, text_blocks(frame, surroundings(frame), labels))
    return [b.label for b in blocks if b.text in heads]


@pytest.fixture(autouse=True)
def _as_looked_at_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    told = iter(APIECE)
    unlikely = dict.fromkeys(display.CHOICES, -9.0)
    monkeypatch.setattr(display.Sections, "subhead_odds", lambda _, own: own)
    monkeypatch.setattr(display, "scores_by", lambda *_: unlikely | {Label.HEAD: next(told), Label.SUBHEAD: 0.0})


@pytest.mark.parametrize(("heads", "framed"), [(HEADS, True), (MARKED, True), (MARKED, False)])
def test_heads_set_alike_in_a_box_or_with_an_ornament_are_told_together(heads: Sequence[str], *, framed: bool) -> None:
    assert briefs(heads, framed=framed) == [Label.HEAD] * 4


@pytest.mark.parametrize(("tiles", "sizes"), [((1, 1, 1, 1), (1.2,) * 4), ((1, 2, 1, 2), (1.2, 1.2, 1.28, 1.2))])
def test_heads_of_one_tile_are_told_together(tiles: Sequence[int], sizes: Sequence[float]) -> None:
    """The subheads of an article are all subheads, and the heads of briefs are all heads; sizes are not exact."""
    assert briefs(HEADS, framed=False, tiles=tiles, sizes=sizes) == [Label.HEAD] * 4


def test_heads_of_several_tiles_are_told_one_by_one() -> None:
    """Headlines and subheads of several articles are often set alike."""
    assert briefs(HEADS, framed=False) == [Label.HEAD, Label.HEAD, Label.SUBHEAD, Label.HEAD]


def test_a_head_in_another_type_is_told_by_itself() -> None:
    found = briefs(HEADS, framed=True, sizes=(1.2, 1.2, 1.6, 1.2))
    assert found == [Label.HEAD, Label.HEAD, Label.SUBHEAD, Label.HEAD]
