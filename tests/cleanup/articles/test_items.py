"""Marked items of a column are blocks of their own, a marked paragraph is none; pictures fill the white over a text."""

from __future__ import annotations

import pytest

from cleanup.articles.blocks import TextBlock, text_blocks
from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import Label
from cleanup.articles.placed import Rect, white_under
from cleanup.articles.surroundings import surroundings
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind


def blocks_of(paragraphs: list[str]) -> list[TextBlock]:
    """The blocks of a region of running text."""
    sheet = Sheet()
    sheet.add(K.BODY, [row for p in paragraphs for row in lines(p, indent=0)], (2, 6), 1)
    frame = reading_frame(sheet.page)
    return list(text_blocks(frame, surroundings(frame), [Label.BODY] * len(frame.lines)))


@pytest.mark.parametrize("mark", ["●", "◎", "■", "【渡口】", "〔河边〕"])
def test_items_with_one_mark_are_blocks(mark: str) -> None:
    texts = [f"{mark}{prose(40, 11 * n)}。" for n in range(4)]
    assert [b.text for b in blocks_of(texts)] == texts


def test_a_mark_alone_parts_nothing() -> None:
    assert len(blocks_of([f"{prose(40)}。", f"●{prose(40, 11)}。", f"{prose(30, 5)}。"])) == 1


def test_points_in_round_brackets_are_of_one_text() -> None:
    assert len(blocks_of([f"（{n}）{prose(40, 11)}。" for n in "一二三四"])) == 1


def test_a_mark_within_a_sentence_parts_nothing() -> None:
    assert len(blocks_of([f"●{prose(23)}", f"●{prose(23)}", f"●{prose(23)}", f"●{prose(20)}。"])) == 1


def test_reports_with_datelines_are_blocks() -> None:
    texts = [f"本报讯（记者 方若谷）{prose(40, 9 * n)}。" for n in range(3)]
    assert [b.text for b in blocks_of(texts)] == texts


def test_one_more_dateline_in_a_report_parts_nothing() -> None:
    assert len(blocks_of([f"本报讯（记者 方若谷）{prose(40, 9 * n)}。" for n in range(2)])) == 1


def test_white_is_what_no_picture_fills() -> None:
    head, text = Rect(2, 2, 20, 5), Rect(2, 20, 14, 40)
    assert white_under(head, text, ()) == 15
    assert white_under(head, text, (Rect(0, 6, 30, 18),)) == 3
    assert white_under(head, text, (Rect(0, 6, 30, 12), Rect(0, 10, 30, 18))) == 3
    assert white_under(head, text, (Rect(16, 6, 30, 18),)) == 15
    assert white_under(head, text, (Rect(0, 0, 30, 18),)) == 2
    assert white_under(text, head, ()) == -38
