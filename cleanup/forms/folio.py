"""Folios: the lines at a page's head and foot, and the date, 版次 and 版名 that they tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from cleanup.language.surnames import SURNAMES

_DIGITS: Final = {c: n % 10 for n, c in enumerate("〇一二三四五六七八九零一二三四五六七八九○")}
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９：／　", "0123456789:/ ")
_NUMERAL: Final = "[一二三四五六七八九十]{1,3}"
_FORMAL: Final = str.maketrans(
    {**dict(zip("壹貳叁肆伍陸柒捌玖拾弍參", "一二三四五六七八九十二三", strict=True)), "廿": "二十", "卅": "三十"}
)
"""The numerals of dates in old print, by the plain ones."""

_ARABIC_DATE: Final = re.compile(
    r"(?<!\d)((?:1[6-9]|20)\d\d) ?[年./-] ?(\d{1,2}) ?[月./-] ?(\d{1,2}) ?(?:日|号|(?!\d))"
)
_HANZI_DATE: Final = re.compile(rf"([一二][〇零○一二三四五六七八九]{{3}})年({_NUMERAL})月({_NUMERAL})[日号]")
_OLD_NUMERAL: Final = "[一二三四五六七八九十廿卅壹貳弍叁參肆伍陸柒捌玖拾]{1,4}"
_REPUBLIC: Final = re.compile(rf"(?:中[華华]|^|(?<= ))民[國国]({_OLD_NUMERAL})年({_OLD_NUMERAL})月({_OLD_NUMERAL})日")
"""A date by the years of the Republic: 中華民國二十八年四月廿六日."""
_BEFORE_REPUBLIC: Final = 1911
"""Number of years that is added to a year of the Republic."""
_WEEKDAY: Final = re.compile(r"(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]")
_COUNTED: Final = r"[A-Z][0-9]{1,2}|0[1-9]|[0-9]{1,3}(?= ?版)"
_EDITION: Final = re.compile(
    rf"第 ?([A-Z]?[0-9]{{1,3}}|{_NUMERAL}) ?[版页頁]"
    r"|(?<![A-Za-z0-9/])([A-Z]?[0-9]{1,2}) ?版|(?<![A-Za-z0-9-])([A-Z][0-9]{1,2})(?![A-Za-z0-9-])"
)
_PAGE_NUMBER: Final = re.compile(r"[-—–·•~]{0,2} ?[0-9]{1,3} ?[-—–·•~]{0,2}")
_BESIDE: Final = "[ ·・:：|丨—-]{1,3}"
_LABEL: Final = re.compile(
    rf"(?:(?:第 ?)?(?P<one>{_COUNTED})(?: ?版)?|第 ?(?P<three>{_NUMERAL}) ?版){_BESIDE}(?P<first>[一-鿿]{{2,6}})"
    rf"|(?P<second>[一-鿿]{{2,6}}){_BESIDE}(?:(?:第 ?)?(?P<two>{_COUNTED})(?: ?版)?|第 ?(?P<four>{_NUMERAL}) ?版)"
)
"""A page's number beside its name: A03 要闻, 02·综合, 第3版：文体, 要闻 01."""
_ISSUE_NUMBER: Final = re.compile(
    r"(?:总|總)?第 ?[0-9一二三四五六七八九十百千万〇]+ ?(?:期|号|號)|今日 ?[0-9一二三四五六七八九十]+ ?版"
    r"|国内统一(?:连续出版物|刊)号?[^ ]*|CN ?\d\d-\d{4}|邮发代号[^ ]*"
)
_CONTACT: Final = re.compile(
    r"(?:电话|電話|邮箱|E-?mail|网址|網址|热线|熱線|传真|邮编|投稿)[ :：]*[A-Za-z0-9@.()（）—-]{5,}"
    r"|(?:https?://|www\.)[^\s/]+/?(?!\S)",
    re.I,
)
_LUNAR: Final = re.compile(r"(?:农历|農曆|夏历)?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年[一-鿿]{0,6}")
_MAKERS: Final = re.compile(
    r"(?:本版)?(?:责任|責任|值班|执行|美术|视觉)?"
    r"(?:责编|編輯|编辑|主编|校对|校對|美编|版式制作|版式|排版|组版)"
    rf"(?:[ :：/／]+[一-鿿]{{2,4}}|[{SURNAMES}][一-鿿]{{1,2}}$)(?:、[一-鿿]{{2,4}}(?![:：]))*"
)
_PARTS: Final = (_ARABIC_DATE, _HANZI_DATE, _REPUBLIC, _WEEKDAY, _ISSUE_NUMBER, _CONTACT, _LUNAR, _MAKERS, _EDITION)


@dataclass(frozen=True, slots=True)
class FolioParams:
    """Bounds of a folio, in characters where nothing else is said."""

    longest_head: int = 100
    """Length of a page's head or foot, at most."""
    name_room: int = 10
    """Length of what may remain of a folio without its known parts: the name of the newspaper, the 版名."""
    longest: int = 100
    """Length of one line of it, at most."""
    parts: int = 2
    """Number of known parts (date, 版次, contacts), at least, of a line that holds more than they are."""


P: Final = FolioParams()


@dataclass(frozen=True, slots=True)
class Folio:
    """What a page's head or foot tells; None where it does not say."""

    date: date | None = None
    edition: str | None = None
    """版次 as printed, without 第 and 版: 2, A13, 三."""
    title: str | None = None
    """版名: 要闻, 综合新闻."""


@lru_cache(maxsize=8192)
def is_folio(text: str) -> bool:
    """Whether a line of its own is a page's head or foot: little remains when date, 版次, contacts are taken out.

    A single part must be all there is, or a full date: a sentence that talks of a day or a page is no folio.
    """
    line = text.translate(_FULL_WIDTH).strip()
    if not line or len(line) > P.longest or re.search("[。，；！？“”,;]|：$", line):
        return False
    if _PAGE_NUMBER.fullmatch(line) or _LABEL.fullmatch(line):
        return True
    rest, found = _without_parts(line)
    if found == 0:
        return False
    left = re.sub(r"[^\w]", "", rest)
    return len(left) == 0 or (found >= P.parts and len(left) <= P.name_room)


_COUNT: Final = re.compile("[（(][一二三四五六七八九十]{1,3}[)）]")


def counts_a_part(text: str) -> bool:
    """Whether the line is a number of hanzi in brackets, as it stands over a part of a text: （一）."""
    return _COUNT.fullmatch(text.strip()) is not None


def is_page_head(texts: Sequence[str]) -> bool:
    """Whether a whole piece is a page's head or foot, though it was not told: a folio, little else, no sentence."""
    folios = [t for t in texts if is_folio(t)]
    joined, told = "".join(texts), read_folio(folios)
    most = 2 * sum(map(len, folios)) >= len(joined)
    return most and len(joined) <= P.longest_head and "。" not in joined and bool(told.date or told.edition)


def read_folio(texts: Sequence[str]) -> Folio:
    """The facts that the folio lines of one page tell together, the first of each kind."""
    lines = [t.translate(_FULL_WIDTH).strip() for t in texts]
    joined = "  ".join(lines)
    label = next((m for line in lines if (m := _LABEL.fullmatch(line))), None)
    edition, title = (_numbered(label), label["first"] or label["second"]) if label else (None, None)
    return Folio(_date(joined), _edition(joined) or edition, _title(lines) or title)


def _numbered(label: re.Match[str]) -> str:
    """The page's number as the label writes it."""
    return next(found for name in ("one", "two", "three", "four") if (found := label[name]))


def _without_parts(line: str) -> tuple[str, int]:
    found = 0
    for part in _PARTS:
        line, n = part.subn(" ", line)
        found += min(n, 1) if part is _WEEKDAY else n  # 每个星期一和星期四 is of a sentence
    return line, found


def _date(text: str) -> date | None:
    if found := _ARABIC_DATE.search(text):
        year, month, day = (int(g) for g in found.groups())
    elif found := _HANZI_DATE.search(text):
        year = int("".join(str(_DIGITS[c]) for c in found[1]))
        month, day = hanzi_number(found[2]), hanzi_number(found[3])
    elif found := _REPUBLIC.search(text):
        count, month, day = (hanzi_number(g.translate(_FORMAL)) for g in found.groups())
        year = count + _BEFORE_REPUBLIC
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:  # a digit misread: no such day
        return None


def hanzi_number(text: str) -> int:
    """The number below 100 that 三, 十二, 二十一 or 二一 writes."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[c]) for c in text))
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _edition(text: str) -> str | None:
    found = _EDITION.search(_ISSUE_NUMBER.sub(" ", text))
    return next((g for g in found.groups() if g), None) if found else None


def _title(lines: list[str]) -> str | None:
    """What remains of the folio lines: a short name in hanzi, of which one ending in 报 is the newspaper's."""
    words = [w for line in lines for w in _without_parts(line)[0].split()]
    words = [w.strip("·・:：|丨—-") for w in words]
    names = [w for w in words if re.fullmatch(r"[一-鿿·]{2,8}", w) and not re.search(r"[报報]$", w)]
    return names[0] if len(names) == 1 else None
