"""Rules and what only looks like one, and light type at the paper's edge."""

from __future__ import annotations

import numpy as np

from layout.geometry import Box
from layout.marks.network_marks import NetworkMarks
from layout.marks.rules import find_rules
from layout.prepare.normalized import Normalized
from tests.layout.segmented import segmentation

EM = 20.0


def test_specks_between_two_rows_of_type_are_no_dotted_rule() -> None:
    """In white they are one; between rows set close they are in a row by chance."""
    ink = np.zeros((400, 600), np.uint8)
    ink[200:202, 100:340:12] = ink[201:203, 101:341:12] = 255
    assert len(find_rules(ink).rules) == 1
    for x in range(60, 560, 22):
        ink[176:196, x : x + 18 : 4] = ink[207:227, x : x + 18 : 4] = 255
    assert find_rules(ink).rules == ()


def test_a_short_rule_may_end_at_a_border() -> None:
    """A rule of five ems that ends half an em before a wavy border is a rule; at a large glyph it is a dash."""
    ink = np.zeros((600, 400), np.uint8)
    ink[300:303, 100:200] = 255
    glyph = ink.copy()
    for y in range(40, 560):
        x = 212 + round(4 * np.sin(y / 5))
        ink[y, x : x + 5] = 255
    glyph[280:320:8, 210:250] = glyph[280:320, 210:214] = glyph[280:320, 246:250] = 255
    place = Box(100, 300, 200, 303)
    assert [r.horizontal for r in find_rules(ink).rules if (r.box & place).area] == [True]
    assert [r for r in find_rules(glyph).rules if (r.box & place).area] == []


def test_light_type_on_a_band_to_the_edge_is_type() -> None:
    """A colour band that runs to three edges of the paper is no scanner's bed: the white type on it is found."""
    gray = np.full((400, 600), 250, np.uint8)
    gray[:60] = 70
    row = Box(40, 20, 440, 40)
    for x in range(row.x0, row.x1, 20):
        gray[22:38, x + 2 : x + 5] = gray[22:38, x + 13 : x + 16] = gray[22:25, x + 2 : x + 16] = 245
    seg = segmentation(gray.shape, [row])
    seg.reversed[:] = 255
    ink = NetworkMarks().detect(Normalized(gray, known=seg)).type_ink
    assert (ink[20:40, 40:440] > 0).mean() > 0.2
    assert not ink[44:].any()
