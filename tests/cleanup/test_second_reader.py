"""What the other reader saw is put in its place where it is the likelier, and never parts a grouped number anew."""

from __future__ import annotations

import pytest

from cleanup.assemble import assemble
from cleanup.edits.pass_registry import Pass
from layout.geometry import Box
from layout.page import Glyph, Line, Page, Region, RegionKind

EM = 20


def found(text: str, at: int, other: str) -> list[str]:
    """What is put in place of the character at an offset, of which the other reader saw something else."""
    glyphs = tuple(
        Glyph(char, Box(EM * i, 0, EM * i + EM, EM), 0.4 if i == at else 1.0, *((other, 0.6) if i == at else ()))
        for i, char in enumerate(text)
    )
    box = Box(0, 0, EM * len(text), EM)
    line = Line("n1", box.corners, text, glyphs=glyphs, size=EM)
    page = Page(1, width=900, height=200, regions=(Region("r1", RegionKind.BODY, box.corners, (line,), article=1),))
    (article,) = assemble("issue", [page]).articles
    return [e.edit.after for e in article.ledger.entries if e.edit.by is Pass.SECOND_READER]


@pytest.mark.parametrize(
    ("text", "at", "other"), [("祆陕的山路", 0, "袄"), ("组织力度，办好", 4, "。"), ("共3,5人", 2, ".")]
)
def test_the_likelier_reading_is_put_in_its_place(text: str, at: int, other: str) -> None:
    assert found(text, at, other) == [other]


@pytest.mark.parametrize("text", ["共9,670,958元", "共15，000元"])
def test_a_mark_of_a_grouped_number_stays(text: str) -> None:
    """Figures in groups of three vouch for the commas between them."""
    assert found(text, text.replace("，", ",").index(","), ".") == []


def test_a_figure_of_a_grouped_number_may_change() -> None:
    assert found("共9,670,958元", 3, "8") == ["8"]
