"""Setting lines: the grid of hanzi squares, indents, 避头尾, marks squeezed, lines justified."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from samples.typeset.faces import Face, advance

NOT_FIRST: Final = frozenset("，、。：；！？）》〉」』】〕”’·%％℃….,)")
"""No line begins with one of these."""
NOT_LAST: Final = frozenset("（《〈「『【〔“‘(￥")
"""No line ends with one of these."""
LEFT_HALF: Final = frozenset("，、。：；！？）》〉」』】〕”’")
"""Full-width marks whose ink stands in the left half: half an em can be taken off at their right."""
RIGHT_HALF: Final = frozenset("（《〈「『【〔“‘")
LONGEST_RUN: Final = 10
"""Characters of a Latin word or a number that are kept together."""
PAIRED: Final = frozenset("—…")
"""Marks that come in twos, never parted."""


def is_narrow(char: str) -> bool:
    """Whether the character is set at its own width, and not in a square."""
    return "!" <= char <= "~"


@dataclass(frozen=True, slots=True)
class Atom:
    """What is never parted at a line's end: a hanzi with its mark, a number, a Latin word, a dash of two."""

    text: str
    width: float
    """Ems."""
    alt: bool = False
    """Set in the run-in face (a dateline)."""


@dataclass(frozen=True, slots=True)
class CharacterSpot:
    """A character and where its square begins in the line, in ems from the line's start."""

    char: str
    at: float
    alt: bool = False


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line as set; `measure` is its full width in ems, the indent included."""

    text: str
    spots: tuple[CharacterSpot, ...]
    measure: float


@dataclass(frozen=True, slots=True)
class SettingStyle:
    """How lines are set."""

    face: Face
    wide_figures: bool = False
    """Each digit in a square of its own, cut at the line's end like hanzi."""
    cut_words: bool = False
    """Latin words and numbers are cut where the line ends."""
    tracking: float = 0.0
    """White after each square, in ems."""
    vertical: bool = False


@lru_cache(maxsize=50000)
def char_width(manner: SettingStyle, char: str) -> float:
    """The width of a character in ems, the white after it included."""
    if char == " ":
        return 0.5
    wide = not is_narrow(char) or manner.vertical or (manner.wide_figures and (char.isdigit() or char in "%."))
    return (1.0 if wide else advance(manner.face, char)) + manner.tracking


def atoms(text: str, manner: SettingStyle, alt: int = 0) -> list[Atom]:
    """The text in pieces that no line end parts; the first `alt` characters are in the run-in face."""
    out: list[Atom] = []
    i = 0
    while i < len(text):
        j = _end(text, i, manner)
        out.append(Atom(text[i:j], sum(char_width(manner, c) for c in text[i:j]), i < alt))
        i = j
    return out


def _end(text: str, i: int, manner: SettingStyle) -> int:
    char = text[i]
    if char in PAIRED:
        return i + 2 if text[i + 1 : i + 2] == char else i + 1
    if not is_narrow(char) or manner.cut_words or manner.vertical or (manner.wide_figures and char.isdigit()):
        return i + 1
    j = i
    while j < len(text) and is_narrow(text[j]) and j - i < LONGEST_RUN:
        j += 1
    return j


def _slack(atom: Atom) -> float:
    return 0.45 if atom.text in LEFT_HALF or atom.text in RIGHT_HALF else 0.0


def _may_break(parts: list[Atom], at: int) -> bool:
    if at >= len(parts):
        return True
    return parts[at].text[0] not in NOT_FIRST and parts[at - 1].text[-1] not in NOT_LAST


def take_line(parts: list[Atom], start: int, measure: float) -> int:
    """The index after the last atom of the line that begins at `start` and has `measure` ems.

    A mark that would open the next line is squeezed in where other marks give way; otherwise the line is broken
    earlier and spread.
    """
    width, end = 0.0, start
    while end < len(parts) and width + parts[end].width <= measure + 1e-6:
        width += parts[end].width
        end += 1
    if end >= len(parts):
        return end
    end = max(end, start + 1)
    squeezed = _squeeze_in(parts, start, end, width - measure)
    if squeezed is not None:
        return squeezed
    back = end
    while back > start + 1 and not _may_break(parts, back):
        back -= 1
    return back if back > start + 1 or end <= start + 1 else end


def _squeeze_in(parts: list[Atom], start: int, end: int, over: float) -> int | None:
    slack = sum(_slack(a) for a in parts[start:end])
    while end < len(parts) and parts[end].text[0] in NOT_FIRST:
        over += parts[end].width
        slack += _slack(parts[end])
        end += 1
        if over <= slack and _may_break(parts, end):
            return end
    return None


def justify(line: list[Atom], measure: float, manner: SettingStyle, *, last: bool) -> tuple[CharacterSpot, ...]:
    """The characters of a line in their places: squeezed when too wide, spread when too narrow and not `last`."""
    chars = [(c, a.alt) for a in line for c in a.text]
    widths = [char_width(manner, c) for c, _ in chars]
    over = sum(widths) - manner.tracking - measure
    shift = [0.0] * len(chars)
    if over > 1e-6:
        _squeeze(chars, widths, shift, over)
    elif not last and len(chars) > 1:
        gap = -over / (len(chars) - 1)
        widths = [w + gap for w in widths]
    spots, at = [], 0.0
    for (char, alt), width, moved in zip(chars, widths, shift, strict=True):
        spots.append(CharacterSpot(char, at - moved, alt))
        at += width
    return tuple(spots)


def _squeeze(chars: list[tuple[str, bool]], widths: list[float], shift: list[float], over: float) -> None:
    for i in reversed(range(len(chars))):
        char = chars[i][0]
        if over > 0 and (char in LEFT_HALF or char in RIGHT_HALF):
            taken = min(0.45, over)
            widths[i] -= taken
            over -= taken
            if char in RIGHT_HALF:
                shift[i] = taken


def single_line(text: str, manner: SettingStyle) -> SetLine:
    """The text in one line at its natural width."""
    parts = atoms(text, manner)
    measure = sum(a.width for a in parts) - manner.tracking
    return SetLine(text, justify(parts, measure, manner, last=True), measure)
