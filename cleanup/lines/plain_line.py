"""Lines of plain text, measured: indent, width, the blank lines before, how they end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from cleanup.language.character_forms import plain_forms
from cleanup.language.characters import HANZI, OPENING, PAUSES, SPACE, cells, ends_sentence

_SPACES: Final = "".join(SPACE)
_MID_SENTENCE: Final = PAUSES | OPENING
ALIKE: Final = 2
"""Difference in half ems between full lines of one measure, at most."""
_HOLDS_SPACE: Final = re.compile("[ 　\xa0]")
_LOOSE: Final = re.compile(r"(?<=[^\x00-\x7f])[ 　]|[ 　](?=[^\x00-\x7f])")
_STRAY: Final = re.compile(f"(?<=[{HANZI}，。、；：！？”）》]) (?=[{HANZI}，。、；：！？“（《])")
_PAIRS: Final = re.compile(r"([^ 　])\1+[ 　]*([^ 　])\2")
"""Two characters side by side that stand there several times, as in any line that is printed double."""
_REPEATED: Final = re.compile(r"([^ ])\1+")
_GAPS: Final = re.compile(f"(?<=[^{_SPACES}])[{_SPACES}]+(?=[^{_SPACES}])")
_TIMED: Final = re.compile(r"[0-9０-９]{1,2}[:：][0-9０-９]{2}[ 　]+[^，。；]+")


@dataclass(frozen=True, slots=True)
class PlainLineParams:
    """Bounds of what a line of plain text is read as."""

    wide: int = 2
    """Width in half ems of the gap between two columns of a table, at least."""
    gaps: int = 2
    """Number of such gaps in a row of a table, at least."""
    entry: float = 2.0
    """Number of characters of an entry of a table on average, at least; a line that is pulled apart has one between
    two gaps."""
    repeated: float = 0.8
    """Share of the characters that stand in groups of equals, above which the line is printed several times."""
    loose: int = 5
    """Number of characters, at least, of a line that is pulled apart."""
    loose_per_space: float = 2.6
    """Ratio of characters to spaces in such a line, at most: nearly every two have a space between."""
    different: int = 2
    """Number of different characters, at most, in a row of signs, which is not printed double."""


P: Final = PlainLineParams()


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line that is not blank. Widths are in half an em: a hanzi has 2, a digit 1."""

    number: int
    """The place of the line in the file, from 1."""
    raw: str
    gap: int
    """Blank lines before it; at a file's or page's beginning, one more than there are."""
    rest: tuple[TextLine, ...] = ()
    """Lines that hold no more than the end of this one: a mark alone, the rest of a marker."""
    piece: int = 0
    """The place of the piece among the columns that a program printed side by side in one line, from 0."""
    text: str = field(init=False)
    """The line with its rest, without the space around it, plain characters and spaces in place of other forms."""
    indent: int = field(init=False)
    width: int = field(init=False)
    """The width in half ems from the left edge to the last character, indent included; spaces between hanzi are left
    out: they are stray."""

    count: int = field(init=False)
    """The same with every character counted as a full one, as in a text whose digits were wide when it was set."""
    ends_sentence: bool = field(init=False)

    def __post_init__(self) -> None:
        text, indent, width, count, ends = _measured(self.raw, "".join(n.text for n in self.rest) if self.rest else "")
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "indent", indent)
        object.__setattr__(self, "width", width)
        object.__setattr__(self, "count", count)
        object.__setattr__(self, "ends_sentence", ends)

    @property
    def printed(self) -> tuple[TextLine, ...]:
        """The lines of the file that it is made of."""
        return (replace(self, rest=()), *self.rest) if self.rest else (self,)

    @property
    def last(self) -> int:
        """The number of the last of them."""
        return self.rest[-1].number if self.rest else self.number

    @property
    def pauses(self) -> bool:
        """Whether it ends in a mark behind which the text must go on."""
        return self.text[-1] in _MID_SENTENCE


def width_of(raw: str) -> int:
    """The width of a line of plain text in half ems, as `TextLine.width`; 0 for a blank one."""
    return _measured(raw, "")[2] if raw else 0


@lru_cache(maxsize=8192)
def _measured(raw: str, rest: str) -> tuple[str, int, int, int, bool]:
    """The text of a line with its rest, its indent, width and count, and whether it ends a sentence."""
    text = plain_forms(raw.strip(_SPACES) + rest)
    indent = 0
    if raw[0] in SPACE:
        lead = raw[: len(raw) - len(raw.lstrip(_SPACES))]
        indent = sum(4 if c == "\t" else cells(c) for c in lead)
    bare = text
    if _HOLDS_SPACE.search(text):
        text = text.replace("\xa0", " ")
        bare = _LOOSE.sub("", text) if is_loose(text) else _STRAY.sub("", text)
    return text, indent, indent + cells(bare), indent + 2 * len(bare), ends_sentence(text)


def alike(one: TextLine, other: TextLine) -> bool:
    """Whether the lines are of one measure: a mark hangs over the edge, or two digits make a line odd."""
    return abs(one.width - other.width) <= ALIKE or abs(one.count - other.count) <= ALIKE


def lines_of(text: str) -> Iterator[TextLine]:
    """The lines that are not blank, of one page of text."""
    gap = 1
    for number, raw in enumerate(text.split("\n"), start=1):
        if raw.strip(_SPACES):
            yield TextLine(number, raw, gap)
            gap = 0
        else:
            gap += 1


@lru_cache(maxsize=4096)
def reading(text: str) -> str:
    """The text as a person takes it in, for telling what a line is: not pulled apart, not doubled.

    推 动 我 国 is read 推动我国, and 冬冬奥奥会会 冬奥会. This only serves recognition; what becomes of the text is
    for the passes, on the record.
    """
    bare = plain_forms(text.strip(_SPACES))
    if is_loose(bare):
        bare = bare.replace(" ", "").replace("　", "")
    times = repeats(bare)
    return _every(bare, times) if times > 1 else bare


def _every(text: str, times: int) -> str:
    """The text with each run of one character shortened: of each `times` of them one stays."""
    return _REPEATED.sub(lambda run: run[1] * max(1, round(len(run[0]) / times)), text)


def repeats(text: str) -> int:
    """How many times each character of a line stands there: 2 for 抓抓住住机机遇遇, 3 for one drawn thrice, else 1."""
    if _PAIRS.search(text) is None:
        return 1
    return next((times for times in (4, 3, 2) if doubling(text, times) > P.repeated), 1)


def is_doubled(text: str) -> bool:
    """Whether nearly all characters of a line stand there twice: 抓抓住住机机遇遇."""
    return doubling(text) > P.repeated


def is_row(text: str) -> bool:
    """Whether gaps cut the line into three entries or more, as in a table; 推　动　我　国 is pulled apart, no row."""
    gaps = sorted(map(cells, _GAPS.findall(text)))
    pulled = is_loose(text) and len("".join(text.split())) < P.entry * (len(gaps) + 1)
    wide = [gap for gap in gaps if gap >= (2 * gaps[0] if pulled else P.wide)]
    return len(wide) >= P.gaps


def is_timed(text: str) -> bool:
    """Whether the line is one of a programme, with the hour before what is on: 19:00 新闻."""
    return _TIMED.fullmatch(text.strip(_SPACES)) is not None


def is_loose(text: str) -> bool:
    """Whether the characters stand apart: a space between nearly every two."""
    return len(text) >= P.loose and (text.count(" ") + text.count("　")) * P.loose_per_space >= len(text)


def doubling(text: str, times: int = 2) -> float:
    """The share of the characters that stand in groups of `times` equals: 1 for 抓抓住住机机遇遇, 0 for 抓住机遇."""
    if _PAIRS.search(text) is None:
        return 0.0
    bare = text.replace(" ", "").replace("　", "")
    if len(bare) < 2 * times or len(set(bare)) <= P.different:
        return 0.0
    grouped = sum(len(run[0]) // times for run in _REPEATED.finditer(bare) if len(run[0]) >= times)
    return times * grouped / len(bare)
