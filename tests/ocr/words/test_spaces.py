"""A space that a network lost is where the white is wide and both sides are words."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ocr.line.seen import Seen
from ocr.words.spaces import with_spaces

WORDS = {"the", "harbour", "wall", "was", "old", "mill", "a", "with", "he", "said", "not", "on", "quay"}
NARROW, WIDE, LETTER = 2, 6, 10


@dataclass
class Picture:
    """What is asked of a line's picture: its height and stretch, and the columns without ink."""

    whites: list[tuple[int, int]]
    height: int = 30
    stretch: float = 1.0


def line(text: str) -> tuple[Picture, list[Seen]]:
    """A printed line: a space that the network saw is ␣, one that it lost is a space; other letters stand close."""
    seen: list[Seen] = []
    whites, x, spaced = [], 0, False
    for before, char in zip(f" {text}", text, strict=False):
        if char in " ␣":
            spaced = char == "␣"
            continue
        white = WIDE if before in " ␣" else NARROW
        if seen:
            whites.append((x, x + white))
            x += white
        seen.append(Seen(char, x, 0, x + LETTER, 20, 0.95, spaced=spaced))
        x, spaced = x + LETTER, False
    return Picture(whites), seen


def told(text: str) -> str:
    picture, seen = line(text)
    return "".join(" " * s.spaced + s.char for s in with_spaces(picture, seen, WORDS))


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("the␣old mill␣was", "the old mill was"),
        ("the old mill␣was␣the␣harbour", "the old mill was the harbour"),
        ('he␣said: "Not␣a␣wall', 'he said: "Not a wall'),
        ("was␣with a␣wall", "was with a wall"),
    ],
)
def test_a_lost_space_is_found(printed: str, read: str) -> None:
    """One or several words that run together come apart where the white is."""
    assert told(printed) == read


@pytest.mark.parametrize(
    "printed",
    [
        "the␣oldmill␣was",  # no white
        "the␣har bour␣wall",  # a word
        "the␣Quar row␣wall",  # a name: neither side is a word
        "was␣on␣the␣not a-",  # cut by a hyphen: its second half is on the next line
    ],
)
def test_what_stays_together(printed: str) -> None:
    """Without a white, within a word, in a name and in a word that goes on in the next line no space is added."""
    assert told(printed) == printed.replace(" ", "").replace("␣", " ")
