"""A colon between figures is as wide as it is printed, whatever the reader guessed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ocr.line.seen import Seen
from ocr.marks.widths import with_colon_widths


@dataclass
class Picture:
    """What is asked of a line's picture."""

    height: int = 48
    stretch: float = 0.8


def line(text: str, room: float) -> list[Seen]:
    """The characters with half an em each, and so much room in ems between those on either side of a colon."""
    em, x, out = 48 * 0.8, 0.0, []
    for char in text:
        if char in ":：":
            dots = x + room * em / 3
            out.append(Seen(char, round(dots), 10, round(dots) + 3, 40, 0.99))
            x += room * em
        else:
            out.append(Seen(char, round(x), 5, round(x + em / 2), 44, 0.99))
            x += em / 2
    return out


@pytest.mark.parametrize("read", ["79:84", "79：84"])
@pytest.mark.parametrize(("room", "told"), [(0.95, "79：84"), (0.4, "79:84")])
def test_the_room_tells(read: str, room: float, told: str) -> None:
    """Wide or narrow, each is read as the other now and then."""
    assert "".join(s.char for s in with_colon_widths(Picture(), line(read, room))) == told


@pytest.mark.parametrize("read", ["79:84", "79：84", "记者：79", "79:记", "：84", "79：", ":"])
def test_what_tells_nothing_is_left(read: str) -> None:
    """Room of neither kind, and colons that do not stand between figures."""
    assert "".join(s.char for s in with_colon_widths(Picture(), line(read, 0.67))) == read
