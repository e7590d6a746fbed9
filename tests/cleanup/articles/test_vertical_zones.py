"""Vertical articles on a level page: the zone is found with its headline, and read from right to left."""

from __future__ import annotations

import pytest

from cleanup.articles.frame import reading_frame
from cleanup.articles.vertical_zones import VerticalZone, vertical_zones
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind
HEAD = "老船歇脚"
LEVEL_HEAD = "渡口换新船"
UPPER = [f"　　{prose(10)}", *(prose(12, 10 + 12 * n) for n in range(7))]
LOWER = [*(prose(12, 94 + 12 * n) for n in range(7)), f"{prose(5, 178)}。"]
COLUMN = 60.0
"""The right edge of the vertical text, in ems."""


def level_text(sheet: Sheet) -> None:
    """A level article that is the larger part of the page."""
    sheet.add(K.HEADLINE, ["集市搬到新河岸"], (4, 4), 1, size=2.0)
    for n in range(3):
        rows = [row for k in range(3) for row in lines(f"{prose(90, 40 * n + 31 * k)}。")]
        sheet.add(K.BODY, rows, (4 + 14 * n, 8), 1)


def page(*, upright_head: bool = True) -> Sheet:
    """A level article, and a vertical one in two registers with a headline on its right, or a level one over it."""
    sheet = Sheet()
    level_text(sheet)
    if upright_head:
        sheet.upright(K.HEADLINE, [HEAD], (COLUMN + 4, 60), size=2.5)
    else:
        sheet.add(K.HEADLINE, [LEVEL_HEAD], (COLUMN - 12, 56), None, size=2.0)
    sheet.upright(K.BODY, UPPER, (COLUMN, 60))
    sheet.upright(K.BODY, LOWER, (COLUMN, 74))
    return sheet


def zone(sheet: Sheet) -> VerticalZone:
    (found,) = vertical_zones(reading_frame(sheet.page))
    return found


def texts(sheet: Sheet, ids: frozenset[str]) -> set[str]:
    return {n.text for r in sheet.regions for n in r.lines if n.id in ids}


def test_a_zone_holds_its_text_and_its_vertical_headline() -> None:
    sheet = page()
    assert texts(sheet, zone(sheet).lines) == {HEAD, *(t.strip("　") for t in (*UPPER, *LOWER))}
    assert zone(sheet).heads == frozenset()
    assert HEAD not in texts(sheet, zone(sheet).plain)


def test_a_vertical_article_is_read_from_right_to_left_register_by_register() -> None:
    (one,) = [a for a in page().articles if a.title == HEAD]
    assert "".join(one.paragraphs) == "".join(t.strip("　") for t in (*UPPER, *LOWER))


def test_a_level_headline_over_vertical_text_is_its_headline() -> None:
    sheet = page(upright_head=False)
    assert texts(sheet, zone(sheet).heads) == {LEVEL_HEAD}
    assert {a.title for a in sheet.articles} == {LEVEL_HEAD, "集市搬到新河岸"}


def test_a_vertical_headline_or_a_few_vertical_lines_make_no_zone() -> None:
    sheet = Sheet()
    level_text(sheet)
    sheet.upright(K.HEADLINE, [HEAD], (COLUMN, 10), size=2.5)
    sheet.upright(K.CAPTION, [prose(8), prose(8, 8), prose(8, 16)], (COLUMN, 60))
    assert vertical_zones(reading_frame(sheet.page)) == []


def test_a_rule_parts_two_zones() -> None:
    sheet = page()
    sheet.mark(K.RULE, (COLUMN - 14, 72.9, COLUMN + 1, 73.1))
    assert len(vertical_zones(reading_frame(sheet.page))) == len([UPPER, LOWER])


def test_a_page_of_vertical_type_has_no_zones() -> None:
    sheet = Sheet()
    sheet.upright(K.BODY, UPPER, (COLUMN, 60))
    assert vertical_zones(reading_frame(sheet.page)) == []


def test_a_zone_that_is_mostly_level_by_its_raw_text_is_left_on_the_page() -> None:
    """Letters pulled apart make a level line's text longer than its reading."""
    sheet = page()
    for n in range(5):
        sheet.add(K.TABLE, [" ".join(prose(12, 12 * n))], (COLUMN - 13, 61 + 1.5 * n), None)
    assert sheet.articles


@pytest.mark.parametrize("kind", [K.ADVERT, K.TABLE])
def test_what_layout_holds_for_an_advert_or_a_table_is_no_text_of_a_zone(kind: RegionKind) -> None:
    sheet = Sheet()
    level_text(sheet)
    sheet.mark(K.FRAME, (COLUMN - 14, 58, COLUMN + 2, 74))
    sheet.upright(kind, [prose(9, 9 * n) for n in range(7)], (COLUMN, 60))
    assert {a.title for a in sheet.articles} == {"集市搬到新河岸"}
