"""Type that stands three times or more, and phrases that a reader stuttered: 渡渡渡口口口, 等着对岸等着对岸的学生."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Final

from cleanup.article import Role
from cleanup.edits.clean_text import Change
from cleanup.language.characters import is_hanzi
from cleanup.language.stutter import stutters
from cleanup.lines.clean_lines import LineView

_ROWS: Final = tuple((times, re.compile(rf"(?:([^\s　])\1{{{times - 1}}}[ 　]*){{3,}}")) for times in (5, 4, 3))
"""Patterns of three or more characters in a row, each several times; the most times first."""
_RUN: Final = re.compile(r"([^\s　])\1*")
_REASON: Final = "Each glyph of the row stands {0} times: bold type drawn {0} times, recorded each time."
_BULLETS: Final = re.compile("[□■◆◇●○◎▲△★☆]{2,}")
"""The mark before a byline, which is none of its names."""
_GROUP: Final = re.compile(r"([^\s　])\1+")
_DISPLAY: Final = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.SUBHEAD})


@dataclass(frozen=True, slots=True)
class RepeatedParams:
    """Bounds of glyphs and phrases that are repeated by accident."""

    fewest: int = 3
    """Number of different hanzi, at least, in a row that nobody has written so: 哈哈哈 holds one."""
    stutter: float = 0.85
    """Confidence of a change of a phrase that is not repeated on purpose."""
    question: float = 0.6
    """Confidence of a change that a person must look at."""


P: Final = RepeatedParams()


def manifold(view: LineView) -> Iterator[Change]:
    """Changes that leave one of three or more equal glyphs where a whole row stands so."""
    for times, form in _ROWS:
        found = next((m for m in form.finditer(view.text) if _fresh(m[0]) >= P.fewest), None)
        if found is None:
            continue
        text = found[0].rstrip(" 　")
        start = view.start + found.start()
        bullets = _BULLETS.match(text)
        for part in (text[: bullets.end()], text[bullets.end() :]) if bullets else (text,):
            once = _GROUP.sub(partial(_fewer, times), part)
            yield Change(start, start + len(part), once, _REASON.format(times), 0.97 if view.role in _DISPLAY else 0.9)
            start += len(part)
        return


def throughout(view: LineView, times: int) -> Iterator[Change]:
    """A change for a short line beside rows of glyphs that stand so many `times`: all of its glyphs do too."""
    text = view.text.strip(" 　")
    bare = text.replace(" ", "").replace("　", "")
    if bare and all(len(run[0]) % times == 0 for run in _RUN.finditer(bare)):
        once = _RUN.sub(partial(_fewer, times), text)
        start = view.start + view.text.index(text)
        yield Change(start, start + len(text), once, _REASON.format(times), 0.9)


def times_of(view: LineView) -> int:
    """How many times the glyphs of a row of the line stand; 1 where there is no such row."""
    return next((t for t, form in _ROWS if any(_fresh(m[0]) >= P.fewest for m in form.finditer(view.text))), 1)


def _fewer(times: int, run: re.Match[str]) -> str:
    """The text with one of each `times` equal characters."""
    return run[1] * max(1, round(len(run[0]) / times))


def _fresh(text: str) -> int:
    """How many different hanzi the text holds."""
    return len({c for c in text if is_hanzi(c)})


def stuttered(views: Sequence[LineView]) -> Iterator[Change]:
    """Changes for words of running text that stand there again, in one line or over the ends of lines.

    `views` are lines that follow one another, each but the last with its break.
    """
    ends = list(accumulate(len(v.text) for v in views))

    def place(at: int) -> int:
        line = bisect_left(ends, at)
        return views[line].end - (ends[line] - at)

    for at, again, sure in stutters("".join(v.text for v in views)):
        surety = P.stutter if sure else P.question
        start = place(at + 1) - 1
        yield Change(start, place(at + len(again)), "", "The reader read these words again in one place.", surety)
