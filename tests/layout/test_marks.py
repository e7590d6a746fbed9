"""Rules and what only looks like one."""

from __future__ import annotations

import numpy as np

from layout.marks.rules import find_rules

EM = 20.0


def test_specks_between_two_rows_of_type_are_no_dotted_rule() -> None:
    """In white they are one; between rows set close they are in a row by chance."""
    ink = np.zeros((400, 600), np.uint8)
    ink[200:202, 100:340:12] = ink[201:203, 101:341:12] = 255
    assert len(find_rules(ink).rules) == 1
    for x in range(60, 560, 22):
        ink[176:196, x : x + 18 : 4] = ink[207:227, x : x + 18 : 4] = 255
    assert find_rules(ink).rules == ()
