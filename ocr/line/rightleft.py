"""Level lines that read from right to left, as on pages of vertical type: mastheads, dates, headings, advert lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from layout.page import Direction, Line, Page
from ocr.characters.script import is_hanzi

MOSTLY: Final = 0.8
"""Share of hanzi in a line from which on it can read from right to left: Latin words and figures never do."""
PRIOR: Final = 0.7
"""Pairs of characters by which right to left is likelier on a page of vertical type before a line is looked at."""
_HEADS: Final = (
    "中華民國 國二 國三 年一 年二 年三 年四 年五 年六 年七 年八 年九 年十 月一 月二 月三 月四 月五 月六 月七 "
    "月八 月九 月十 日星 星期 禮拜 第一 第二 第三 第四 一版 二版 三版 四版 一期 二期 三期 四期 日報 晚報 時報 "
    "晨報 商報 週刊 本報 報社 每日 每份 零售 大洋 廣告 公司 有限 銀行 電話 上海 特價 新聞 專電 大會 總會 大戲 "
    "戲院 國產 香煙 藥房 大藥 醫院 醫師 律師 啟事 出版 發行"
)
KNOWN: Final = frozenset(a + b for word in _HEADS.split() for a, b in pairwise(word))
"""Pairs of characters that page heads and adverts of such papers hold in the order of reading."""


def _amount(lines: Sequence[Line]) -> int:
    """The number of characters of the lines."""
    return sum(len(n.text) for n in lines)


def _pairs(texts: Sequence[str]) -> Counter[str]:
    """How often each two characters follow each other in the texts."""
    return Counter(a + b for text in texts for a, b in pairwise(text))


def with_right_to_left(page: Page) -> Page:
    """The page; where most of its type is vertical, level lines of hanzi in the order in which they read.

    A reader sees level lines from left to right. Which way a line reads is told by its pairs of characters: those that
    stand in the page's vertical lines, and those that page heads and adverts hold. Without evidence the other level
    lines of the page decide, and from right to left where they tell nothing.
    """
    level = [n for n in page.lines if n.direction is Direction.HORIZONTAL and n.polygon is not None]
    vertical = [n for n in page.lines if n.direction is Direction.VERTICAL_RL]
    if _amount(vertical) <= _amount(level):
        return page
    pairs = _pairs([n.text for n in vertical]) + Counter(KNOWN)
    told = {n.id: _told(n, pairs) for n in level if _can_turn(n)}
    lean = PRIOR if sum(told.values()) >= 0 else -PRIOR
    return page.with_lines({n.id: _turned(n) for n in level if n.id in told and told[n.id] + lean > 0})


def _can_turn(line: Line) -> bool:
    """Whether a line is of several hanzi, each in a glyph of its own."""
    text = "".join(line.text.split())
    hanzi = sum(map(is_hanzi, text))
    single = [g.char for g in line.glyphs]
    return len(text) > 1 and hanzi >= MOSTLY * len(text) and (not single or "".join(single) == text)


def _told(line: Line, pairs: Counter[str]) -> float:
    """Pairs known from right to left less those known from left to right; each counts once at most."""
    text: Sequence[str] = [c for c in line.text if not c.isspace()]
    forward = sum(min(1, pairs[a + b]) for a, b in pairwise(text))
    return float(sum(min(1, pairs[b + a]) for a, b in pairwise(text)) - forward)


def _turned(line: Line) -> Line:
    return replace(line, text=line.text[::-1], glyphs=line.glyphs[::-1])
