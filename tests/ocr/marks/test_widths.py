"""A mark between figures is as wide as it is printed, whatever the reader guessed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from ocr.line.seen import Seen
from ocr.marks.widths import with_widths_told


@dataclass
class Picture:
    """What is asked of a line's picture."""

    height: int = 48
    stretch: float = 0.8


def line(text: str, room: float) -> list[Seen]:
    """The characters with half an em each, and so much room in ems between those on either side of a mark."""
    em, x, out = 48 * 0.8, 0.0, []
    for char in text:
        if char in ":：,，":
            dots = x + room * em / 3
            out.append(Seen(char, round(dots), 10, round(dots) + 3, 40, 0.99))
            x += room * em
        else:
            out.append(Seen(char, round(x), 5, round(x + em / 2), 44, 0.99))
            x += em / 2
    return out


@pytest.mark.parametrize("read", ["79{}841", "7{}184"])
@pytest.mark.parametrize("forms", [":：", ",，"])
@pytest.mark.parametrize("seen", [0, 1])
@pytest.mark.parametrize(("room", "printed"), [(0.95, 1), (0.4, 0)])
def test_the_room_tells(read: str, forms: str, seen: int, room: float, printed: int) -> None:
    """Wide or narrow, each is read as the other now and then."""
    read, told = read.format(forms[seen]), read.format(forms[printed])
    assert "".join(s.char for s in with_widths_told(Picture(), line(read, room))) == told


@pytest.mark.parametrize("read", ["79:84", "79：84", "记者：79", "79:记", "：84", "79：", ":", "79,84", "79，84"])
def test_what_tells_nothing_is_left(read: str) -> None:
    """Room of neither kind, and colons that do not stand between figures."""
    assert "".join(s.char for s in with_widths_told(Picture(), line(read, 0.67))) == read


@pytest.mark.parametrize(
    ("read", "told"),
    [
        ("72：80,79：84", "72：80，79：84"),
        ("72：80,79：84,86", "72：80，79：84，86"),
        ("8:30,9:15", "8:30,9:15"),
        ("电话：8439,6250", "电话：8439,6250"),
    ],
)
def test_a_comma_between_scores_is_as_wide_as_their_colons(read: str, told: str) -> None:
    """Where its own room tells nothing; a colon behind a word joins no score."""
    assert "".join(s.char for s in with_widths_told(Picture(), line(read, 0.67))) == told


@pytest.mark.parametrize(
    ("read", "room", "told"),
    [
        ("89,72", 0.4, "89.72"),
        ("8,079", 0.4, "8,079"),
        ("1,2,3", 0.4, "1,2,3"),
        ("72:80,79", 0.4, "72:80,79"),
        ("第2,3版", 0.4, "第2,3版"),
        ("8,9月", 0.4, "8,9月"),
        ("12,14日", 0.4, "12,14日"),
    ],
)
def test_a_narrow_comma_without_thousands_is_a_point(read: str, room: float, told: str) -> None:
    """In doubt; between numbers commas are wide, and what has other marks is no such number."""
    found = with_widths_told(Picture(), line(read, room))
    assert "".join(s.char for s in found) == told
    assert [(s.other, s.confidence < 0.75) for s in found if s.char == "."] == [(",", True)] * told.count(".")


@pytest.mark.parametrize(("y0", "told"), [(38, "22.4"), (22, "22·4")])
def test_a_point_at_the_foot_is_a_decimal_point(y0: int, told: str) -> None:
    """In the middle it parts the figures of a day, as in 9·18."""
    read = [replace(s, y0=y0, y1=y0 + 5) if s.char == "·" else s for s in line("22·4", 0.4)]
    found = with_widths_told(Picture(), read)
    assert "".join(s.char for s in found) == told
    assert found[2].other == (None if told[2] == "·" else "·")
    assert "".join(s.char for s in with_widths_told(Picture(), [replace(s, char="二") for s in read])) == "二" * 4
