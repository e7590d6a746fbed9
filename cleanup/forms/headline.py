"""A headline's parts, 引题 (kicker), 主题 (title) and 副题 (subtitle), by size and place, or by form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median
from typing import Final

from cleanup.article import Role
from cleanup.language.characters import is_hanzi
from cleanup.lines.plain_line import doubling, is_doubled, reading
from layout.page import Direction, Line

TITLE_SHARE: Final = 0.88
"""Size of a title's line in the largest type of its headline, at least."""
_LOW: Final = re.compile("[A-Za-z0-9]")
_DASH: Final = re.compile(r"^[ 　]*(?:[—─―－-]{2,}|[—―]|一一(?![一二三四五六七八九十百千万]))")
_LEADS_ON: Final = re.compile(
    r"(?:[：:]|提出|强调|強調|指出|要求|表示|主持|号召|號召|发布|發佈|显示|透露|认为|認為|^[在於].*(?<!社)[会會]上)$"
)
_ANNOUNCES: Final = re.compile(
    "(?:提出|强调|強調|指出|要求|主持召开|号召|號召|透露)[：:]?$|^[在於].{2,}(?<!社)[会會]上$"
)
_N: Final = "[一二三四五六七八九十]{1,3}"
_COUNTED: Final = re.compile(
    f"{_N}、(?![一二三四五六七八九十])|[（(]{_N}[）)]|第[一二三四五六七八九十百]{{1,3}}[章节節编編]"
)
_LABEL: Final = re.compile(r"[【\[［〔][^【】\[\]［］〔〕]{2,8}[】\]］〕]")


@dataclass(frozen=True, slots=True)
class HeadlinePartParams:
    """Bounds of the parts of a headline; shares are 0 to 1."""

    mixed_share: float = 0.7
    """Size of a title's line with figures or Latin letters in the largest type, at least: it measures smaller."""
    other_type: float = 1.8
    """Ratio of the strokes of two lines from which on they are of two types."""
    narrow: float = 0.62
    """Width of a title's first line of about the same size in the widest line below it, at least."""
    far: float = 5.0
    """Distance in ems of the title above which a line is none of its headline."""
    as_high: float = 1.15
    """Ratio of the heights of two lines in one type, at most."""
    as_heavy: float = 1.25
    """Ratio of the widths of their strokes, at most."""
    as_close: float = 1.06
    """Ratio of the distances of their characters, at most."""
    steps: int = 2
    """Number of such distances that tell of a line, at least."""
    touch: float = 0.3
    """Share of their height by which two lines under each other overlap, at most."""
    next: float = 0.9
    """White between two lines of one headline, in their height, at most."""
    single: float = 0.5
    """Share of doubled characters in a kicker below which it is not printed double."""


P: Final = HeadlinePartParams()


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line of a headline; `block` tells which lines were set together, without a blank line between."""

    line: Line
    block: int


def opens_with_dash(text: str) -> bool:
    """Whether a line begins as subtitles do: ——, however its dash was read."""
    return bool(_DASH.match(reading(text).replace(" ", "")))


def is_counted(text: str) -> bool:
    """Whether a line begins as a chapter or a section does that is counted: 一、…, （二）…, 第三章…, or 四 alone."""
    return _COUNTED.match(text) is not None


def is_label(text: str) -> bool:
    """Whether a line is a short label in brackets, which heads a part but no article: 【相关链接】, ［背景］."""
    return _LABEL.fullmatch(text) is not None


def headline_roles(lines: Sequence[HeadLine]) -> list[Role]:
    """The role of each line: KICKER, TITLE or SUBTITLE, or SUBHEAD for one that stands far off within the body.

    Where type sizes are known, the largest type is the title; smaller type before it is a kicker, and behind it a
    subtitle. A line that opens with a dash is a subtitle, and so is what follows it. In plain text, a line apart
    before the title is a kicker when it leads on to it (…提出, …：), or when only the lines behind it are doubled.
    """
    dash = next((i for i, h in enumerate(lines) if i and opens_with_dash(h.line.text)), len(lines))
    title = _by_size(lines[:dash]) if any(h.line.size > 0 for h in lines[:dash]) else _by_form(lines[:dash])
    return title + [_after_dash(h, lines, dash) for h in lines[dash:]]


def _after_dash(head: HeadLine, lines: Sequence[HeadLine], dash: int) -> Role:
    of_title = TITLE_SHARE * max(h.line.size for h in lines)
    return Role.TITLE if head.line.size >= of_title > lines[dash].line.size else Role.SUBTITLE


def _by_size(lines: Sequence[HeadLine]) -> list[Role]:
    largest = max(h.line.size for h in lines)
    titles = [h for h in lines if h.line.size >= _share(h.line.text) * largest]
    titles = [h for h in lines if h in titles or any(_are_of_one_type(h.line, t.line) for t in titles)]
    if len(titles) > 1 and (_is_narrow(titles[0], titles[1:]) or _is_of_other_type(titles[0], titles[1:])):
        titles = titles[1:]
    return [Role.TITLE if h in titles else _beside(h, titles, lines) for h in lines]


def _share(text: str) -> float:
    return P.mixed_share if _LOW.search(text) else TITLE_SHARE


def _is_narrow(first: HeadLine, rest: Sequence[HeadLine]) -> bool:
    """Whether a line of about the title's size is far shorter than what stands under it: no title is broken so."""
    one, two = first.line.box, rest[0].line.box
    if one is None or two is None or first.line.direction is Direction.VERTICAL_RL or one.y1 > two.centre[1]:
        return False
    if _are_of_one_type(first.line, rest[0].line):
        return False
    return one.width < P.narrow * max(h.line.box.width for h in rest if h.line.box)


def _is_of_other_type(first: HeadLine, rest: Sequence[HeadLine]) -> bool:
    """Whether a line of about the title's size is set in far heavier or lighter type than what stands under it.

    It names the series that the article is of, as bold type on a bar does.
    """
    strokes = [h.line.weight * h.line.size for h in (first, *rest)]
    if not all(strokes) or first.line.size > max(h.line.size for h in rest):
        return False
    own, others = strokes[0], strokes[1:]
    return own > P.other_type * max(others) or P.other_type * own < min(others)


def _are_of_one_type(one: Line, two: Line) -> bool:
    """Whether two level lines, one right under the other, show the same type: as high, as heavy and as closely set.

    The measured size of a few characters may be far off, so it is not asked.
    """
    a, b = one.box, two.box
    if a is None or b is None or Direction.VERTICAL_RL in (one.direction, two.direction):
        return False
    high, low = max(a.height, b.height), min(a.height, b.height)
    apart = max(a.y0, b.y0) - min(a.y1, b.y1)
    if high > P.as_high * low or not -P.touch * high < apart < P.next * high:
        return False
    strokes = one.weight * one.size, two.weight * two.size
    if all(strokes) and max(strokes) > P.as_heavy * min(strokes):
        return False
    steps = [_step(line) for line in (one, two)]
    return not all(steps) or max(steps) < P.as_close * min(steps)


def _step(line: Line) -> float:
    """The distance in pixels from the middle of a hanzi to that of the next, for most; 0 where there are too few."""
    found = [
        b.box.centre[0] - a.box.centre[0]
        for a, b in pairwise(line.glyphs)
        if a.box is not None and b.box is not None and is_hanzi(a.char) and is_hanzi(b.char)
    ]
    return median(found) if len(found) >= P.steps else 0.0


def _beside(head: HeadLine, titles: Sequence[HeadLine], lines: Sequence[HeadLine]) -> Role:
    """Kicker or subtitle, by the side of the title on which the smaller line stands; a subhead far from it."""
    boxes = [t.line.box for t in titles if t.line.box]
    if head.line.box is None or not boxes:
        return Role.KICKER if lines.index(head) < lines.index(titles[0]) else Role.SUBTITLE
    if min(max(-head.line.box.overlap_x(b), -head.line.box.overlap_y(b)) for b in boxes) > P.far * titles[0].line.size:
        return Role.SUBHEAD
    if titles[0].line.direction is Direction.VERTICAL_RL and head.line.direction is Direction.VERTICAL_RL:
        return Role.KICKER if head.line.box.centre[0] > max(b.centre[0] for b in boxes) else Role.SUBTITLE
    return Role.KICKER if head.line.box.centre[1] < min(b.centre[1] for b in boxes) else Role.SUBTITLE


def _by_form(lines: Sequence[HeadLine]) -> list[Role]:
    """Roles in plain text: all title, but for labels, and for first lines or a first block that lead on to it."""
    if not lines:
        return []
    leading = _leading(lines)
    if leading:
        return [Role.KICKER] * leading + _by_form(lines[leading:])
    kicker = [h for h in lines if h.block == lines[0].block]
    rest = lines[len(kicker) :]
    if not rest or not _is_kicker(kicker, rest):
        return [Role.TITLE] * len(lines)
    return [Role.KICKER] * len(kicker) + [Role.TITLE] * len(rest)


def _leading(lines: Sequence[HeadLine]) -> int:
    """How many lines before the last are labels, or up to a word that a further line of the headline must follow."""
    texts = [reading(h.line.text) for h in lines[:-1]]
    labels = len(list(takewhile(is_label, texts)))
    return labels or next((i + 1 for i, text in enumerate(texts[:2]) if _ANNOUNCES.search(text)), 0)


def _is_kicker(block: Sequence[HeadLine], rest: Sequence[HeadLine]) -> bool:
    if _LEADS_ON.search(reading(block[-1].line.text)):
        return True
    return all(doubling(h.line.text) < P.single for h in block) and all(is_doubled(h.line.text) for h in rest)
