"""The language of a page, told by the characters that one script alone has, in a few of its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from layout.page import Direction, Line, Page
from ocr.characters.script import is_hanzi, is_kana, traditional
from ocr.pictures.crop import legible

LINES: Final = 8
"""Lines of a page that are looked at, at most: some eighty characters, of which a fifth to a third are of one script
alone."""
ENOUGH: Final = 12
"""Characters of one script alone, at least, after which no further line is looked at."""
CLEARLY: Final = 5
"""Ratio of those characters to the characters of the other script alone, at least, to stop looking."""
SHORTEST: Final = 4.0
"""Length in ems of a line that is looked at, at least."""
LIKE_BODY: Final = 1.3
"""Times the body's type size, up or down, of a line that is looked at: headlines have few characters."""
KANA: Final = 0.1
"""Share of kana among hanzi and kana from which it is Japanese: prose has half, a loan in Chinese text hardly one."""
LETTERS: Final = 3
"""Times as many Latin letters as hanzi from which it is a Latin script: a word has several letters."""

Sample = Callable[[Line], str]
"""A function that reads the beginning of a line."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many characters of a text one script alone has."""

    simplified: int = 0
    traditional: int = 0
    hanzi: int = 0
    kana: int = 0
    letters: int = 0

    @classmethod
    def of(cls, text: str) -> Count:
        kinds = [_kind(c) for c in text]
        own = kinds.count("simplified"), kinds.count("traditional")
        return cls(*own, kinds.count("both") + sum(own), kinds.count("kana"), kinds.count("letter"))

    @property
    def language(self) -> str | None:
        """The language that it tells; None where there is nothing to tell it by."""
        if self.kana >= KANA * (self.kana + self.hanzi) and self.kana:
            return "jpn"
        if self.letters > LETTERS * self.hanzi:
            return "eng"
        if self.simplified == self.traditional:
            return None
        return "chi_sim" if self.simplified > self.traditional else "chi_tra"

    @property
    def is_clear(self) -> bool:
        """Whether more lines would tell nothing new."""
        few, many = sorted((self.simplified, self.traditional))
        return many >= ENOUGH and many >= CLEARLY * few and self.kana < KANA * (self.kana + self.hanzi)


def language_of(texts: Iterable[str]) -> str | None:
    """The language of lines, looked at one by one until they tell clearly; None where they do not."""
    seen = ""
    for text in texts:
        seen += text
        if Count.of(seen).is_clear:
            break
    return Count.of(seen).language


def sampled(page: Page) -> list[Line]:
    """The lines of a page by which its language is told: of the body, from all over the page, the same each time."""
    lines = [n for n in legible(page) if n.box is not None and _length(n) >= SHORTEST]
    body = [n for n in lines if page.type_size / LIKE_BODY <= n.size <= LIKE_BODY * page.type_size] or lines
    step = max(1, len(body) // LINES)
    return _from_all_over(body[step // 2 :: step][:LINES])


def _from_all_over(lines: Sequence[Line]) -> list[Line]:
    """The lines in an order in which the first ones lie far apart."""
    return [*lines[::3], *lines[1::3], *lines[2::3]]


def _length(line: Line) -> float:
    box = line.box
    if box is None:
        return 0.0
    vertical = line.direction is Direction.VERTICAL_RL
    return (box.height if vertical else box.width) / max(1.0, line.size or min(box.width, box.height))


@lru_cache(maxsize=30_000)
def _kind(char: str) -> str:
    """Which script a character is of; forms that traditional print shares with the simplified script are of both."""
    if is_hanzi(char):
        if not char.encode("gb2312", "ignore"):
            return "traditional" if char.encode("big5", "ignore") else "both"
        return "both" if traditional(char) else "simplified"
    if is_kana(char):
        return "kana"
    return "letter" if char.isascii() and char.isalpha() else ""
