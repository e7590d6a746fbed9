"""Frames of a network become characters: repeats taken together, blanks left out, each in its place."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.ppocr.ctc import FAINTLY_SURE, decoded

ALPHABET = ("", "春", "江", "水", " ")
PATHS = st.lists(st.integers(0, len(ALPHABET) - 1), max_size=40)


@given(PATHS, st.integers(1, 4_000))
def test_a_path_becomes_its_characters(path: list[int], width: int) -> None:
    """The likeliest class of each frame, runs taken together and blanks left out, is the text; places grow."""
    frames = np.full((len(path), len(ALPHABET)), 0.01, np.float32)
    frames[np.arange(len(path)), path] = 0.9
    seen = decoded(frames, ALPHABET, width)
    runs = [kind for before, kind in pairwise([-1, *path]) if kind != before]
    assert [s.char for s in seen] == [ALPHABET[k] for k in runs if k]
    assert all(abs(s.confidence - 0.9) < 1e-6 for s in seen)
    assert all(0 <= s.x0 < s.x1 <= width + 1 for s in seen)
    assert all(a.x0 <= b.x0 for a, b in pairwise(seen))


def test_the_surest_frame_speaks_for_its_character() -> None:
    """Confidence and place are those of the frame in which the character is surest."""
    frames = np.array([[0.9, 0.1], [0.3, 0.7], [0.05, 0.95], [0.4, 0.6]], np.float32)
    (one,) = decoded(frames, ("", "春"), 40)
    assert (one.char, one.x0, one.x1) == ("春", 20, 30)
    assert abs(one.confidence - 0.95) < 1e-6


def test_a_character_of_another_width_speaks_for_it() -> None:
    """A comma that may be full or half as wide is sure to be a comma; another mark speaks against it."""
    frames = np.array([[0.02, 0.5, 0.4, 0.08]], np.float32)
    (one,) = decoded(frames, ("", "，", ",", "。"), 10, {1: 2, 2: 1})
    assert one.char == "，"
    assert abs(one.confidence - 0.9) < 1e-6


def test_a_character_in_doubt_has_rivals() -> None:
    """What else its surest frame may show, the likeliest first; a sure character has none."""
    frames = np.array([[0.1, 0.6, 0.05, 0.25, 0.00001], [0.01, 0.02, 0.95, 0.01, 0.01]], np.float32)
    doubtful, sure = decoded(frames, ("", "渡", "口", "波", "披"), 40)
    assert [(char, round(p, 2)) for char, p in doubtful.rivals] == [("波", 0.25), ("口", 0.05)]
    assert sure.rivals == ()
    assert (doubtful.next, sure.next) == ("", "渡")


def test_a_character_that_is_wholly_sure_has_no_other() -> None:
    """Neither has one beside which nothing is likely."""
    frames = np.array([[0.0, 0.999, 0.001], [0.02, 0.98, 0.00001]], np.float32)
    sure, lone = decoded(np.stack([frames[0], [1, 0, 0], frames[1]]).astype(np.float32), ("", "渡", "口"), 40)
    assert (sure.next, lone.next) == ("", "")


@pytest.mark.parametrize(
    ("path", "faint", "text"),
    [
        ("二-三年", 0.1, "二○三年"),
        ("二-=-三年", 0.1, "二○○三年"),
        ("二-三年", 0.02, "二三年"),  # too faint
        ("二-人年", 0.1, "二人年"),  # no numeral behind it
        ("人-三年", 0.1, "人三年"),  # nor in front
    ],
)
def test_a_faint_zero_between_numerals_is_read(path: str, faint: float, text: str) -> None:
    """In doubt, for networks pass over the ring. A `-` is a blank frame that shows it, a `=` one that does not."""
    alphabet = ("", "○", *"二三年人")
    frames = np.zeros((len(path), len(alphabet)), np.float32)
    for frame, char in zip(frames, path, strict=True):
        frame[0] = 1.0
        if char == "-":
            frame[:2] = 1 - faint, faint
        elif char != "=":
            frame[[0, alphabet.index(char)]] = 0.01, 0.99
    seen = decoded(frames, alphabet, 10 * len(path), zeros=(1,))
    assert "".join(s.char for s in seen) == text
    assert all(s.confidence == FAINTLY_SURE for s in seen if s.char == "○")
