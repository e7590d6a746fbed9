"""Continuation markers: the words by which a newspaper sends its reader to another page, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cleanup.article import JumpEnd
from cleanup.folio import hanzi_number

_S: Final = r"[ \t　\xa0]{0,4}"
"""White space within a marker; bounded, so that a line of nothing else costs no more than another."""
_MEET: Final = "[接按技挨捱]"
"""接, and what readers make of it."""
_FROM: Final = rf"以?(?:[上土]{_S}{_MEET}|[紧緊]{_S}接|接{_S}(?:自|上)?)"
_TO: Final = rf"下{_S}[转轉轶传輯较較]|[转轉]{_S}[入至到接]?"
_OPEN: Final = r"[（(\[［【〔〈《<{｛]"
_CLOSE: Final = r"[）)\]］】〕〉》>}｝]"
_ORNAMENT: Final = r"[▲△▼▽◀▶◁▷■□●◆◇→←↑↓☞↘↗]"
_LETTER: Final = r"[A-Z]{0,2}"
_NUMBER: Final = (
    rf"{_LETTER}{_S}(?:[0-9OolI|!]{{1,3}}|[一二三四五六七八九十〇○]{{1,3}})"
    rf"|[—－丨ーZ_-](?={_S}[版皈板])|头|頭|本|首|要闻|[A-Z]"
)
_PLACE: Final = (
    rf"(?:本[报報]{_S})?(?P<de>[第弟笫种])?{_S}(?P<page>{_NUMBER})(?:{_S}[、,，和至—~-]{_S}(?:{_NUMBER}))?{_S}"
    rf"(?P<ban>[版皈板页頁叠疊]|版?面)?"
)
_NAME: Final = rf"(?:{_S}[·・:：]?{_S}[一-鿿]{{1,4}})?"
"""What may follow 版: the page's own name."""
_TITLE: Final = rf"(?:{_S}[《“「『][^《》（）]{{1,30}}[》”」』])?"

_CORE: Final = rf"{_S}(?:(?P<from>{_FROM})|(?P<to>{_TO})){_S}{_PLACE}"
_MISREAD: Final = rf"(?P<page>[^（()）、，。；：]{{1,4}})(?P<ban>{_CLOSE})"
_CLEAR: Final = rf"{_S}{_ORNAMENT}{{0,4}}{_S}(?:(?P<from>[紧緊上]{_S}接)|(?P<to>下{_S}[转轉])){_S}{_PLACE}"
_ALONE: Final = (
    rf"{_S}{_ORNAMENT}{{0,4}}{_S}(?:(?P<from>[紧緊上土]{_S}{_MEET})|(?P<to>下{_S}[转轉轶传輯较較])){_S}{_PLACE}"
)
"""The words alone in their line may be damaged more than elsewhere."""
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"{_OPEN}{{1,2}}{_CORE}{_NAME}{_TITLE}{_S}[|丨!]?{_S}{_CLOSE}{{1,2}}",
        rf"^{_ALONE}{_TITLE}[ \t\r　\xa0…。]*$",
        rf"{_OPEN}{{1,2}}{_CORE}(?:{_S}[|丨!lI][ \t\r　\xa0]*$)?",  # the second bracket was lost, or read as a stroke
        rf"(?:^|(?<=[。！？”])){_S}{_ORNAMENT}{{0,4}}{_CORE}{_S}{_CLOSE}",  # the first was
        rf"^{_CLEAR}(?=[ \t　\xa0]+\S)",  # none, but a space parts it from the text
        rf"(?<=[。！？”]){_CLEAR}{_S}$",  # or the end of the sentence does
        # the words about the page were misread, but brackets and place are a marker's
        rf"^{_S}{_ORNAMENT}{{0,4}}{_OPEN}{_S}(?P<from>[上土]{_S}{_MEET})(?P<to>(?!))?(?P<de>){_MISREAD}",
        rf"^{_S}{_OPEN}{_S}(?P<from>[卜士土]{_S}[一-鿿])(?P<to>(?!))?{_S}{_PLACE}{_S}{_CLOSE}",  # both words were
        rf"{_OPEN}{_S}(?P<from>(?!))?(?P<to>下{_S}[转轉])(?P<de>){_MISREAD}{_S}$",
    )
)
_WORDS: Final = re.compile("[卜士土接按技挨捱转轉轶传輯较較]")
_STROKE: Final = frozenset("—－丨ー_-lI|!")
"""What readers make of 1 and of 一."""
_NARROW: Final = {w: w - 0xFEE0 for w in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
"""Full-width digits and letters, to their ASCII; a text keeps its length."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at `start` to `end` of a text. `page` is what it names, digits plain: 2, A3; None for 本版 or 要闻版."""

    start: int
    end: int
    jump: JumpEnd
    page: str | None


def markers_in(text: str) -> Iterator[Marker]:
    """The markers of a line from left to right: in brackets anywhere, without them only where they stand apart.

    Knows round, square and corner brackets of either width, one of which may be lost; 第2版, A03版, 第四版, 头版,
    本版; 上接, 紧接, 接, 下转, 转; and what readers make of them: 第l版, 第—版, 土接, 皈. A sentence that talks of
    上接 or of 二版 is none.
    """
    if not _WORDS.search(text):
        return
    taken: list[re.Match[str]] = []
    narrow = text.translate(_NARROW)
    for form in _FORMS:
        for found in form.finditer(narrow):
            names_page = found["ban"] or found["de"] or re.match("[A-Z]{1,2}[0-9]", found["page"])
            if names_page and all(found.start() >= t.end() or found.end() <= t.start() for t in taken):
                taken.append(found)
    for found in sorted(taken, key=lambda f: f.start()):
        yield _marker(found)


def _marker(found: re.Match[str]) -> Marker:
    jump = JumpEnd.FROM if found["from"] else JumpEnd.TO
    start, end = found.span()
    blank = len(found[0]) - len(found[0].lstrip(" \t　\xa0"))
    return Marker(start + blank, end, jump, page_name(found["page"]) or _numeral(found["page"]))


def _numeral(misread: str) -> str | None:
    """The one number among characters that were misread."""
    numbers = re.findall(r"[0-9]+|[一二三四五六七八九十]+", misread)
    return page_name(numbers[0]) if len(numbers) == 1 else None


def page_name(printed: str) -> str | None:
    """The page's name in plain digits: 二 is 2, Ａ０３ is A3, 头 is 1."""
    name = "".join(printed.split())
    if name in {"头", "頭", "首"}:
        return "1"
    if name in {"本", "要闻"}:
        return None
    if re.fullmatch(r"[一二三四五六七八九十〇○]+", name):
        return str(hanzi_number(name))
    return _with_digits(name)


def _with_digits(name: str) -> str | None:
    """A page in digits, a section's letters before them; strokes are 1, an O among digits 0, a Z alone 2."""
    if name in _STROKE or name == "Z":
        return "2" if name == "Z" else "1"
    found = re.fullmatch(r"([A-Z]{0,2}?)([0-9OolI|!]*)", name)
    if found is None:
        return None
    letters, digits = (found[1], found[2]) if not set(found[1]) <= set("OI") else ("", name)
    digits = "".join("1" if d in _STROKE else "0" if d in "Oo" else d for d in digits)
    return f"{letters}{digits.lstrip('0')}" or None
