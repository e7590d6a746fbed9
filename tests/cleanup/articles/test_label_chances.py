"""Labels of level pages: what lines measure, the chances that the trees give, the body type they are measured by."""

from __future__ import annotations

import numpy as np
import pytest

from cleanup.articles.cues import line_cues
from cleanup.articles.frame import ReadingFrame, reading_frame
from cleanup.articles.label_chances import company, features, label_trees
from cleanup.articles.labels import LABELS, Label, labels_of
from cleanup.articles.line_measures import ABOVE, LEFT, NOWHERE, RIGHT, LineMeasures, line_measures
from cleanup.articles.surroundings import surroundings
from layout.page import RegionKind
from tests.cleanup.articles.pages import EM, Sheet, lines, prose

K = RegionKind


def two_columns() -> Sheet:
    """A headline over two columns of running text, a telephone number and a picture under them."""
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["老渡口迎来了新的客人"], (2, 2), 1, size=2.6)
    rows = lines(f"{prose(61)}。{prose(60, 70)}，{prose(34, 20)}。")
    sheet.add(K.BODY, rows[:7], (2, 6), 1)
    sheet.add(K.BODY, rows[7:], (16, 6), 1)
    sheet.add(K.ADVERT, ["电话：027-8800 1234"], (2, 30), 2)
    sheet.mark(K.PICTURE, (2, 33, 14, 40))
    return sheet


def measured(sheet: Sheet) -> tuple[ReadingFrame, LineMeasures]:
    frame = reading_frame(sheet.page)
    return frame, line_measures(frame, surroundings(frame))


def of(found: LineMeasures, name: str, line: int) -> float:
    return float(found.values[line, found.names.index(name)])


def test_a_line_is_measured_against_its_column_and_its_neighbours() -> None:
    frame, found = measured(two_columns())
    head, first, second = 0, 1, 2
    assert of(found, "size", head) == pytest.approx(2.6, rel=0.02)
    assert of(found, "indent", first) == pytest.approx(2.0, abs=0.1)
    assert of(found, "indent", second) == pytest.approx(0.0, abs=0.1)
    assert of(found, "region: lines", first) == 7
    assert of(found, "region: before", second) == 1
    assert found.beside[ABOVE][second] == first
    assert frame.lines[found.beside[RIGHT][second]].rect.x0 == pytest.approx(16, abs=0.1)
    assert found.beside[LEFT][second] == NOWHERE


def test_a_telephone_number_is_one_number() -> None:
    frame, found = measured(two_columns())
    at = [n.text for n in frame.lines].index("电话：027-8800 1234")
    assert of(found, "longest number", at) == 11
    assert of(found, "picture below", at) == pytest.approx(1.9, abs=0.3)


def test_each_line_has_chances_that_add_up_to_one() -> None:
    frame, found = measured(two_columns())
    cues = line_cues(frame, surroundings(frame))
    chances = np.exp(label_trees().log_chances(found, cues))
    assert chances.shape == (len(frame.lines), len(LABELS))
    np.testing.assert_allclose(chances.sum(axis=1), 1.0)
    assert LABELS[int(chances[0].argmax())] is Label.HEAD


def test_cues_that_the_trees_do_not_know_are_left_out() -> None:
    _, found = measured(two_columns())
    rows = features(found, [{"always": 1.0, "unheard of": 1.0}] * len(found.values), ("always", "never"))
    np.testing.assert_array_equal(rows[:, -2:], [[1.0, 0.0]] * len(rows))
    np.testing.assert_array_equal(rows[:, :-2], found.values)


def test_company_is_the_chances_of_the_lines_around() -> None:
    _, found = measured(two_columns())
    chances = np.zeros((len(found.values), 2))
    chances[:, 0] = 1.0
    chances[1] = (0.0, 1.0)
    around = company(found, chances).reshape(len(chances), -1, 2)
    own, above, region = around[2, 0], around[2, 1], around[2, 5]
    np.testing.assert_array_equal(own, (1.0, 0.0))
    np.testing.assert_array_equal(above, (0.0, 1.0))
    np.testing.assert_allclose(region, (6 / 7, 1 / 7))


def test_rows_of_figures_do_not_make_the_body_type() -> None:
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["老渡口迎来了新的客人"], (2, 2), 1, size=2.6)
    rows = lines(f"{prose(61)}。{prose(40, 70)}，{prose(74, 20)}。")
    sheet.add(K.BODY, rows, (2, 6), 1)
    for column in range(4):
        sheet.add(K.TABLE, ["12.40 -0.10 3.55"] * 40, (20 + 12 * column, 6), 2, size=0.5)
    frame = reading_frame(sheet.page)
    assert frame.em == pytest.approx(EM, rel=0.05)
    labels = labels_of(frame, surroundings(frame))
    told = {n.text: label for n, label in zip(frame.lines, labels, strict=True)}
    assert [told[r.strip("　")] for r in rows] == [Label.BODY] * len(rows)
