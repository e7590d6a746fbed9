"""What is around a character in its line, as far as it tells how sure the character is: words, white, other marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Final, Protocol, Self

from layout.page import Direction, Glyph, Line
from ocr.characters.foreign import POINTS, is_in_name
from ocr.characters.script import is_hanzi
from ocr.setup.settings import SMALL_TYPE

VERTICAL: Final = "vertical"
"""Begins the names of the voices of vertical lines, whose weights are fitted on top of the others."""
LONGEST: Final = 3
"""Number of characters of a word, at most, that is looked for around a hanzi."""
VAGUE: Final = frozenset(".．°*") | POINTS
"""Marks that Chinese print sets in names and numbers alone: elsewhere readers see a speck, or a blurred mark."""

Voices = Mapping[str, float]
"""What speaks for or against a reading, by name; 0 where nothing speaks."""


class Lexicon(Protocol):
    """The words of a language, as far as they speak for characters."""

    def __contains__(self, word: str, /) -> bool: ...

    def knows(self, char: str, /) -> bool:
        """Whether words could have this character."""
        ...


class _NoWords(frozenset[str]):
    """The words of a language of which none are known."""

    def knows(self, _char: str, /) -> bool:
        return False


NO_WORDS: Final[Lexicon] = _NoWords()


@dataclass(frozen=True, slots=True)
class GapParams:
    """What white behind a hanzi tells of a character that was passed over, in ems."""

    between: float = 1.15
    """Distance of the middles of two hanzi, in that which is usual in their line, from which something may be lost."""
    at_end: float = 1.05
    """Width of a line's last hanzi from which a mark may be in it."""
    steeper: float = 2.0
    """Times that what is wider counts there: a mark squeezed to the end takes half an em."""
    fewest: int = 3
    """Pairs of hanzi of a line, at least, that tell which distance is usual; else it is an em."""


P: Final = GapParams()


@dataclass(frozen=True, slots=True)
class LineSetting:
    """How a line is set, as far as readers err otherwise in it: in small type, downwards."""

    small: bool = False
    vertical: bool = False

    @classmethod
    def of(cls, line: Line) -> Self:
        """The setting of a line."""
        return cls(line.size < SMALL_TYPE, line.direction is Direction.VERTICAL_RL)

    def spoken(self, voices: Voices) -> Voices:
        """The voices, and once more by the name of each setting that the line has: there each speaks otherwise too."""
        out = dict(voices)
        for name in (n for n, is_set in (("small", self.small), (VERTICAL, self.vertical)) if is_set):
            out |= {f"{name}_{voice}": value for voice, value in voices.items()}
        return out


@dataclass(frozen=True)
class LineSurroundings:
    """A read line: its setting, its glyphs, its type size in pixels of the scan, and the words of its language.

    Nothing is around a character where there are no glyphs.
    """

    setting: LineSetting = LineSetting()
    glyphs: Sequence[Glyph] = ()
    size: float = 0.0
    words: Lexicon = NO_WORDS

    @classmethod
    def of(cls, line: Line, words: Lexicon) -> Self:
        """What is around the characters of a line."""
        return cls(LineSetting.of(line), line.glyphs, line.size, words)

    def voices(self, at: int, char: str = "") -> dict[str, float]:
        """What speaks around the glyph at this place, or around `char` where another reader saw that there.

        `word` says that it makes a word with hanzi beside it, `lone` that it could and makes none; `vague` that it is
        a mark that print does not have there, `gap` how much white is behind it, 0 to 1.
        """
        if at >= len(self.glyphs):
            return {}
        own = char or self.glyphs[at].char
        makes = self._makes_word(at, own)
        vague = own in VAGUE and not self._is_in_number(at) and not (own in POINTS and is_in_name(self._text, at))
        found = {"word": float(makes is True), "lone": float(makes is False), "vague": float(vague)}
        return found if char else found | {"gap": self._gap(at)}

    @cached_property
    def _text(self) -> list[str]:
        return [g.char for g in self.glyphs]

    @cached_property
    def _usual(self) -> float:
        """The distance of neighbouring hanzi that is usual in the line, in ems, one at least."""
        found = [d for n in range(len(self.glyphs) - 1) if (d := self._distance(n)) is not None]
        return max(1.0, median(found)) if len(found) >= P.fewest else 1.0

    def _makes_word(self, at: int, own: str) -> bool | None:
        """Whether a hanzi makes a word with those beside it; None where it has none beside it, or no word has it."""
        first, last = max(0, at - LONGEST + 1), min(len(self.glyphs), at + LONGEST)
        text = [own if n == at else self._text[n] for n in range(first, last)]
        here = at - first
        beside = [n for n in (here - 1, here + 1) if 0 <= n < len(text) and is_hanzi(text[n])]
        if not is_hanzi(own) or not beside or not self.words.knows(own):
            return None
        spans = ((a, b) for a in range(here + 1) for b in range(max(a + 2, here + 1), a + LONGEST + 1))
        return any("".join(text[a:b]) in self.words for a, b in spans if b <= len(text))

    def _is_in_number(self, at: int) -> bool:
        """Whether a figure or a letter stands right beside a mark."""
        return any(c.isascii() and c.isalnum() for c in self._text[max(0, at - 1) : at + 2])

    def _gap(self, at: int) -> float:
        box = self.glyphs[at].box
        if box is None or not self.size or not is_hanzi(self._text[at]):
            return 0.0
        if at + 1 == len(self.glyphs):
            width = (box.height if self.setting.vertical else box.width) / self.size
            return min(1.0, max(0.0, P.steeper * (width - P.at_end)))
        distance = self._distance(at)
        return 0.0 if distance is None else min(1.0, max(0.0, distance - P.between * self._usual))

    def _distance(self, at: int) -> float | None:
        """The distance of the middles of a hanzi and the next one, in ems; None where either is none."""
        (a, b), size = (g.box for g in self.glyphs[at : at + 2]), self.size
        if a is None or b is None or not size or not all(is_hanzi(c) for c in self._text[at : at + 2]):
            return None
        return abs(b.centre[self.setting.vertical] - a.centre[self.setting.vertical]) / size


NOWHERE: Final = LineSurroundings()
"""A level line in type of the usual size of which nothing else is known."""
