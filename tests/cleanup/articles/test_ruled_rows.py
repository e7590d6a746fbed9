"""Rows of names between two long rules are a table, whatever columns of text stand over them."""

from __future__ import annotations

import pytest

from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import Label
from cleanup.articles.ruled_rows import with_ruled_rows
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind
NAMES = ("渡口村陈禾", "石桥镇许青", "青山县何月")


def told(names: tuple[str, ...] = NAMES, *, columns: int = 3, rules: tuple[float, ...] = (20.0, 25.4)) -> set[Label]:
    """What the rows are that stand under columns of text, a rule over them and one under them."""
    sheet = Sheet()
    for n in range(columns):
        sheet.add(K.BODY, lines(f"{prose(100, 9 * n)}。")[:9], (2 + 14 * n, 4), 1)
        sheet.add(K.BODY, list(names), (2 + 14 * n, 20.6), 1)
    for y in rules:
        sheet.mark(K.RULE, (1.5, y, 2 + 14 * columns, y + 0.1))
    frame = reading_frame(sheet.page)
    labels = with_ruled_rows(frame, [Label.BODY] * len(frame.lines))
    return {label for n, label in zip(frame.lines, labels, strict=True) if n.text.strip() in names}


def test_names_between_two_rules_are_a_table() -> None:
    assert told() == {Label.TABLE}


@pytest.mark.parametrize("rules", [(20.0,), (25.4,), (3.0, 25.4)], ids=["over", "under", "far apart"])
def test_names_between_no_two_rules_stay_what_they_were(rules: tuple[float, ...]) -> None:
    assert told(rules=rules) == {Label.BODY}


def test_rows_of_two_stay_what_they_were() -> None:
    assert told(columns=2, rules=(20.0, 25.4)) == {Label.BODY}


def test_the_foot_of_columns_of_text_is_no_table() -> None:
    assert told((prose(12), f"{prose(5, 30)}，{prose(6, 60)}", f"{prose(9, 44)}。")) == {Label.BODY}
