"""Quotation marks that a reader lost: found by their ink, and by the other reader's word."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ocr.line.seen import Seen
from ocr.marks.quotes import ALONE, TOLD, with_quotes
from ocr.pictures.crop import LinePicture, line_picture
from ocr.setup.settings import STRIP
from tests.ocr.prints import Print, set_lines


def printed(text: str) -> tuple[LinePicture, list[Seen]]:
    """The picture of a line, and all its characters as a reader without doubts sees them."""
    made: Print = set_lines(text)
    picture = line_picture(made.sheet, *made.page.lines, form=STRIP)
    (cell,) = picture.cells
    scale = (cell.right - cell.left) / cell.box.width
    at = [(cell.left + (b.x0 - cell.box.x0) * scale, cell.left + (b.x1 - cell.box.x0) * scale) for b in made.ink[0]]
    return picture, [Seen(char, round(a), 0, round(b), 48, 0.99) for char, (a, b) in zip(text, at, strict=True)]


CASES = [
    ("他说“没问题”", 6, "", ALONE),
    ("他说“没问题”", 6, "他说“没问题”", TOLD),
    ("他说“没问题”", 2, "", ALONE),
    ("“春风”行动", 3, "", ALONE),
    ("“春风”行动", 0, "", ALONE),
]


@pytest.mark.parametrize(("text", "lost", "beside", "sure"), CASES)
def test_a_lost_mark_comes_back(text: str, lost: int, beside: str, sure: float) -> None:
    """Opening or closing as its partner and its place say; what only the ink shows is a suspect."""
    picture, seen = printed(text)
    found = with_quotes(picture, seen[:lost] + seen[lost + 1 :], beside)
    assert "".join(s.char for s in found) == text
    assert found[lost].confidence == sure
    assert all(a.x0 < b.x0 and a.x1 <= b.x1 for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["他说“没问题”", "小心求术，八川河", "气温升到38℃", "第十二届", "一二三六八"])
def test_nothing_is_invented(text: str) -> None:
    """Marks that were read, dots of hanzi and rings of degrees are no lost marks."""
    picture, seen = printed(text)
    assert with_quotes(picture, seen) == seen
