"""What is around a character in its line: words, white behind it, marks where print has none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout.geometry import Box
from layout.page import Direction, Glyph, Line
from ocr.confidence.around import LineSetting, LineSurroundings
from ocr.confidence.trust import Kind, table, voices_alone

SIZE = 20


class Words(frozenset[str]):
    """Words, and the characters that they have."""

    def knows(self, char: str) -> bool:
        return any(char in word for word in self)


WORDS = Words({"渔船", "码头", "靠岸", "船坞里", "夜"})


def line(text: str, *, apart: float = 1.0, behind: dict[int, float] | None = None, down: bool = False) -> Line:
    """A line whose glyphs stand `apart` ems, with so many ems of white more `behind` some of them, by place."""
    glyphs, at = [], 0.0
    for n, char in enumerate(text):
        start = round(at)
        box = Box(0, start, SIZE, start + SIZE) if down else Box(start, 0, start + SIZE, SIZE)
        glyphs.append(Glyph(char, box, 0.999))
        at += SIZE * (apart + (behind or {}).get(n, 0.0))
    direction = Direction.VERTICAL_RL if down else Direction.HORIZONTAL
    corners = Box(0, 0, 400, 400).corners
    return Line("r1l1", corners, text, tuple(glyphs), size=float(SIZE), direction=direction)


def around(text: str, at: int, char: str = "") -> dict[str, float]:
    return LineSurroundings.of(line(text), WORDS).voices(at, char)


@pytest.mark.parametrize(
    ("text", "at", "word", "lone"),
    [
        ("修渔船的", 1, 1, 0),
        ("修渔船的", 2, 1, 0),
        ("进船坞里", 3, 1, 0),
        ("船渔在水", 1, 0, 1),
        ("船，渔，", 2, 0, 0),  # no hanzi beside it
        ("夜的灯", 1, 0, 0),  # no word has it
        ("修1船", 1, 0, 0),
    ],
)
def test_a_hanzi_makes_a_word_or_could_and_makes_none(text: str, at: int, word: int, lone: int) -> None:
    """Of two or three characters; of a rare one nothing is known."""
    voices = around(text, at)
    assert (voices["word"], voices["lone"]) == (word, lone)


def test_words_speak_for_what_another_reader_saw() -> None:
    """In its place."""
    assert around("修渔舶的", 2)["word"] == 0
    assert around("修渔舶的", 2, "船")["word"] == 1


@pytest.mark.parametrize(
    ("text", "vague"),
    [("船到了.人也", 1), ("船到了·人也", 1), ("长2.5米", 0), ("船到了。人也", 0), ("卡尔·马克思", 0), ("No.5船", 0)],
)
def test_a_point_outside_of_names_and_numbers_is_vague(text: str, vague: int) -> None:
    """Chinese print has none there."""
    at = next(n for n, c in enumerate(text) if c in ".·。")
    assert around(text, at)["vague"] == vague


@pytest.mark.parametrize("down", [False, True])
def test_white_behind_a_hanzi_tells_of_something_lost(*, down: bool) -> None:
    """Wherever the line runs, and not where all of it is set wide."""
    lost = LineSurroundings.of(line("汽车多笑脸多", behind={2: 0.8}, down=down), WORDS)
    assert lost.voices(2)["gap"] > 0.5
    assert lost.voices(1)["gap"] == 0
    assert LineSurroundings.of(line("汽车多笑脸多", apart=1.8, down=down), WORDS).voices(2)["gap"] == 0


def test_a_last_hanzi_wider_than_an_em_holds_a_mark() -> None:
    """It was lost."""
    whole = line("笑脸多")
    *before, last = whole.glyphs
    wide = replace(last, box=replace(last.box, x1=last.box.x0 + 30) if last.box else None)
    assert LineSurroundings.of(whole, WORDS).voices(2)["gap"] == 0
    assert LineSurroundings.of(replace(whole, glyphs=(*before, wide)), WORDS).voices(2)["gap"] > 0.5


def test_a_line_without_glyphs_or_boxes_says_nothing() -> None:
    """As a reader that gives no places leaves it."""
    assert LineSurroundings(LineSetting()).voices(0) == {}
    bare = replace(line("笑脸"), glyphs=(Glyph("笑", None, 0.9), Glyph("脸", None, 0.9)))
    assert LineSurroundings.of(bare, WORDS).voices(0)["gap"] == 0


def test_what_is_around_moves_the_chances() -> None:
    """A vague mark is never certain, and a hanzi with white behind it is less so; the table that is shipped says it."""
    lines = [(line("船到了·人也"), 3), (line("汽车多笑脸多", behind={2: 0.8}), 2), (line("汽车多笑脸多"), 2)]
    vague, gap, plain = (
        table().chances(Kind.FIRST_ALONE, voices_alone(n.text[at], 0.999, LineSurroundings.of(n, WORDS), at)).first
        for n, at in lines
    )
    assert vague < 0.95
    assert gap < 0.99 < plain
