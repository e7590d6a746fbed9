"""Text set round the edge of a picture: a line that begins farther in than the one before begins no paragraph."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleanup.assemble import assemble
from layout.geometry import Box
from layout.page import Line, Page, Region, RegionKind
from tests.cleanup.articles.pages import prose

EM = 20
K = RegionKind


def paragraphs(lefts: list[float], texts: list[str], whole: int | None = None) -> list[str]:
    return read(column(lefts, texts, whole))


def read(page: Page) -> list[str]:
    """The paragraphs of the page's one article."""
    (article,) = assemble("issue", [page]).articles
    return list(article.record()["paragraphs"])


def column(lefts: list[float], texts: list[str], whole: int | None) -> Page:
    """A page with a column of lines of twelve characters, each of which begins so many ems in.

    The first of these lines are one region, as many as are `whole` (all if None); each of the others is one by itself.
    """
    found = [
        Line(
            f"n{i}",
            Box(round(EM * x), 100 + 30 * i, round(EM * (x + len(text))), 120 + 30 * i).corners,
            text,
            size=float(EM),
        )
        for i, (x, text) in enumerate(zip(lefts, texts, strict=True))
    ]
    runs = [found[:whole], *([n] for n in found[whole or len(found) :])]
    regions = tuple(
        Region(f"r{i}", K.BODY, Box.around([p for n in run for p in n.polygon or ()]).corners, tuple(run), article=1)
        for i, run in enumerate(runs, start=1)
    )
    return Page(1, width=900, height=900, sheet_width=900, sheet_height=900, type_size=EM, regions=regions)


def rows(ended: set[int], count: int = 8) -> list[str]:
    """Full lines; a sentence ends with each of those named."""
    return [prose(11, 11 * n) + ("。" if n in ended else prose(1, 100 + n)) for n in range(count)]


@pytest.mark.parametrize("whole", [12, 10])
def test_a_slanting_edge_begins_no_paragraph(whole: int) -> None:
    """Neither where all the lines are one region nor where those farther in are regions of their own."""
    lefts = [4.0, 2, 2, 4, 2, 2, 2, 2, 2.1, 3.9, 5.6, 7.2]
    assert len(paragraphs(lefts, rows({2, 11}, 12), whole)) == 2


@pytest.mark.parametrize("at", [3, 4, 5])
def test_a_line_set_in_behind_a_sentence_begins_one(at: int) -> None:
    lefts = [2.0] * 8
    lefts[0] = lefts[at] = 4.0
    assert len(paragraphs(lefts, rows({at - 1, 7}))) == 2


@pytest.mark.parametrize(("cut_out", "count"), [(True, 2), (False, 7)])
def test_lines_that_end_at_a_picture_are_no_verse(count: int, *, cut_out: bool) -> None:
    """Beside a cut-out they are as short as lines of verse, of other lengths, and within one sentence."""
    before = [f"{prose(7, 11 * n)}，{prose(4, 31 + n)}" for n in range(9)]
    behind = [f"{prose(9, 61 + n)}，{prose(2)}" for n in range(3)]
    texts = [*before, *(prose(6 - n % 2, 90 + 9 * n) for n in range(5)), *behind, f"{prose(9, 61)}。"]
    page = column([4.0 if n in (0, 4) else 2.0 for n in range(len(texts))], texts, None)
    if cut_out:
        beside = Box(9 * EM, 100 + 30 * 9, 20 * EM, 90 + 30 * 14)
        page = replace(page, regions=(*page.regions, Region("p1", K.PICTURE, beside.corners)))
    assert len(read(page)) == count
