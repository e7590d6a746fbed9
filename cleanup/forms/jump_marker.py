"""Continuation markers: the words by which a newspaper sends its reader to another page, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cleanup.article import JumpEnd
from cleanup.forms.folio import hanzi_number

_S: Final = r"[ \t　\xa0]{0,4}"
"""White space within a marker; bounded, so that a line of nothing else costs no more than another."""
_END: Final = r"[ \t\r　\xa0…。]*$"
_OPEN: Final = r"[（(\[［【〔〖〈《<{｛]"
_CLOSE: Final = r"[）)\]］】〕〗〉》>}｝]"
_ORNAMENT: Final = r"[\u2190-\u21ff\u25a0-\u25ff\u2794-\u27be\u2b00-\u2bff☞☛☜☚★☆※*>＞»›<＜«‹]"
"""Arrows, triangles and the like."""
_POINTERS: Final = rf"(?:{_ORNAMENT}{_S}){{1,6}}"
_MAYBE_POINTERS: Final = rf"(?:{_ORNAMENT}{_S}){{0,6}}"

# --- the words --------------------------------------------------------------------------------------------------------

_MEET: Final = "[接按技挨捱]"
"""接, and what readers make of it."""
_TURN: Final = "[转轉轶传輯较較]"
"""转, and what readers make of it."""
_STRONG_FROM: Final = rf"(?:以?[上土]{_S}{_MEET}|[紧緊文]{_S}接|[上续續]{_S}承|续{_S}接)"
_STRONG_TO: Final = rf"(?:[下文]{_S}{_TURN}|下{_S}接|[续續]{_S}[见見转轉])"
"""Words that a sentence hardly holds before a page; they may stand without brackets."""
_WEAK_FROM: Final = rf"(?:承?接{_S}(?:自|上)?|[续續]{_S}[接自上]?|承{_S}上)"
_WEAK_TO: Final = rf"[请請紧緊]?[转轉]{_S}[入至到接下]?"
"""Words that need brackets, or a line of their own."""
_REPORT: Final = "(?:报道|報道|報導|内容|內容|新闻|新聞|全文)"
_SEE: Final = (
    rf"(?:(?:全文|(?:详细|詳細){_REPORT}?){_S}[请請]?[见見刊]|{_REPORT}?{_S}[详詳]{_S}[见見刊]|[续續文]?{_S}刊)"
)
"""Words that send to where more of the piece stands. Within a sentence they speak of something else."""
_CLEAR_FROM: Final = rf"(?:[上紧緊文]{_S}接)"
_CLEAR_TO: Final = rf"(?:[下文]{_S}[转轉]|[续續]{_S}[见見])"
"""Strong words as they are printed; where text goes on beside them none may be damaged."""
_LEAD: Final = r"(?:(?:未完待[续續]|未完|待[续續]|全文|本文|此文|文章)[，,、；;：:。 　]{0,2})?"
"""What may stand before the words."""


def _words(sources: str, targets: str) -> str:
    """Either end of a jump, by the words for it."""
    return rf"(?:(?P<from>{sources})|(?P<to>{targets}))"


_ANY: Final = _words(rf"{_STRONG_FROM}|{_WEAK_FROM}", rf"{_STRONG_TO}|{_WEAK_TO}")
_CLEAR: Final = _words(_CLEAR_FROM, _CLEAR_TO)

# --- the page ---------------------------------------------------------------------------------------------------------

_LETTER: Final = r"[A-Z]{0,2}"
_NUMBER: Final = (
    rf"{_LETTER}{_S}(?:[0-9OolI|!]{{1,4}}|[一二三四五六七八九十〇○]{{1,3}})"
    rf"|[—－丨ーZ_-](?={_S}[版皈板])|头|頭|本|首|要闻|[A-Z]"
)
_RANGE: Final = rf"(?:{_S}[版页頁]?{_S}[、,，和及至到—~～-]{{1,2}}{_S}第?{_S}(?:{_NUMBER})){{0,5}}"
_UNIT: Final = r"[版皈板页頁叠疊]|版?面"
_PLACE: Final = rf"(?:本[报報]{_S})?(?P<de>[第弟笫种])?{_S}(?P<page>{_NUMBER}){_RANGE}{_S}(?P<ban>{_UNIT})?"
_BLANK: Final = rf"(?:本[报報]{_S})?(?P<de>第)?{_S}(?P<page>[_＿]{{0,6}}){_S}(?P<ban>[版页頁])"
"""A page whose number was left out, or was lost."""
_NAME: Final = rf"(?:{_S}[·・:：]?{_S}(?:[一-鿿]{{1,4}}|[0-9]{{1,2}}))?"
"""What may follow 版: the page's own name, the number of the piece on it."""
_TITLE: Final = rf"(?:{_S}[《“「『][^《》（）]{{1,30}}[》”」』])?"
_CONTINUED: Final = r"(?:[Cc]ont(?:inue[ds]|[’']d|d\.?|\.)|CONTINUED|CONT[’']D)"
_ENGLISH: Final = (
    rf"(?:(?P<from>{_CONTINUED} (?:from|FROM)|F(?:rom|ROM)(?= [Pp](?:age|AGE)))"
    rf"|(?P<to>{_CONTINUED} (?:on|ON)|(?:Please )?[Tt]urn to|TURN TO))"
    r"(?P<de> )(?P<ban>[Pp]age |PAGE |[Pp]\. ?)?(?P<page>[A-Z]{0,2}[0-9]{1,3}|[Oo]ne|ONE)"
)
_UNENDED: Final = "未完(?:[，,、 ]?待[续續])?|待[续續]"
"""Words that tell of no page."""
_STROKE_FOR_BRACKET: Final = r"[|丨!]?"

# --- how the two are set ----------------------------------------------------------------------------------------------

_CORE: Final = rf"{_S}{_LEAD}{_ANY}{_S}{_PLACE}"
_MISREAD: Final = rf"(?P<page>[^（()）、，。；：]{{1,4}})(?P<ban>{_CLOSE})"
_NOT_OF_TEXT: Final = r"(?![ \t　\xa0]*[版皈板页頁叠疊面的那这這之稿与與和及、，。；：！？”》刊登])"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        # in brackets
        rf"{_OPEN}{{1,2}}{_MAYBE_POINTERS}{_CORE}{_NAME}{_TITLE}{_S}{_STROKE_FOR_BRACKET}{_S}{_MAYBE_POINTERS}[。.]?{_CLOSE}{{1,2}}",
        rf"{_OPEN}{{1,2}}{_S}{_LEAD}{_ANY}{_S}{_BLANK}{_S}{_CLOSE}{{1,2}}",
        rf"{_OPEN}{_S}(?P<from>(?!))?(?P<to>{_UNENDED}){_S}(?P<de>)(?P<page>)(?P<ban>{_CLOSE}){_END}",
        # alone in the line
        rf"^{_S}[—…]{{0,4}}{_MAYBE_POINTERS}{_CORE}{_TITLE}{_S}{_MAYBE_POINTERS}[：:—]{{0,4}}{_END}",
        rf"^{_S}{_MAYBE_POINTERS}{_CLEAR}{_S}{_BLANK}{_S}{_MAYBE_POINTERS}{_END}",
        # what sends to the whole of the piece: the line's end, or alone in the line
        rf"{_OPEN}{_S}{_words('(?!)', _SEE)}{_S}{_PLACE}{_NAME}{_S}{_CLOSE}{_END}",
        rf"^{_S}{_MAYBE_POINTERS}{_words('(?!)', _SEE)}{_S}{_PLACE}{_S}{_MAYBE_POINTERS}{_END}",
        # in English
        rf"(?:^|(?<=[.!?”\"]) ?|{_OPEN}){_S}{_MAYBE_POINTERS}{_ENGLISH}{_S}[)\]]?{_S}{_MAYBE_POINTERS}{_END}",
        # arrows part it from the text before it
        rf"{_words('(?!)', _CLEAR_TO)}{_S}{_PLACE}{_S}{_POINTERS}{_END}",
        # one bracket was lost, or read as a stroke
        rf"{_OPEN}{{1,2}}{_CORE}(?:{_S}[|丨!lI][ \t\r　\xa0]*$)?",
        rf"(?:^|(?<=[。！？”])){_S}{_MAYBE_POINTERS}{_CORE}{_S}{_CLOSE}",
        # no bracket, but an arrow, white space or the end of the sentence parts it from the text
        rf"^{_S}{_POINTERS}{_words(_CLEAR_FROM, '(?!)')}{_S}{_PLACE}{_S}{_MAYBE_POINTERS}",
        rf"^{_S}{_MAYBE_POINTERS}{_CLEAR}{_S}{_PLACE}(?=[ \t　\xa0]+\S)",
        rf"(?<=[。！？”]){_S}[—…]{{0,4}}{_MAYBE_POINTERS}{_CLEAR}{_S}{_PLACE}{_S}$",
        # glued to the text that it precedes
        rf"^{_S}{_words(_CLEAR_FROM, '(?!)')}{_S}{_PLACE}{_S}{_POINTERS}(?=[一-鿿“《「])",
        rf"^{_S}{_words(_CLEAR_FROM, '(?!)')}{_S}{_PLACE}{_NOT_OF_TEXT}(?=[一-鿿“《「])",
        # the words about the page were misread, but brackets and place are a marker's
        rf"^{_S}{_MAYBE_POINTERS}{_OPEN}{_S}(?P<from>[上土]{_S}{_MEET})(?P<to>(?!))?(?P<de>){_MISREAD}",
        rf"^{_S}{_OPEN}{_S}(?P<from>[卜士土]{_S}[一-鿿])(?P<to>(?!))?{_S}{_PLACE}{_S}{_CLOSE}",  # both words were
        rf"{_OPEN}{_S}(?P<from>(?!))?(?P<to>下{_S}[转轉])(?P<de>){_MISREAD}{_S}$",
    )
)
"""How a marker can be set, the surest first: a part of a line that one form takes is open to no other."""
_WORDS: Final = re.compile(
    "[卜士土接按技挨捱转轉轶传輯较較续續承]|未完|[见見刊][ 　]?(?:第|[A-Z]|[0-9０-９]|[一二三四五六七八九十])"
    "| (?:on|ON|from|FROM|to|TO) |F(?:rom|ROM) P"
)
_WEAK: Final = re.compile(rf"{_WEAK_FROM}|{_WEAK_TO}|{_SEE}")
_NUMBERED: Final = re.compile("[A-Z]{1,2} ?[0-9]|0[0-9]")
_BEGUN: Final = re.compile(
    rf"{_OPEN}[^）)\]］】〕]{{0,16}}$|[上下紧緊文续續]$|(?:[上紧緊文下]{_S}接|[下文]{_S}[转轉]|[续續]{_S}[见見]){_S}[^。！？]{{0,6}}$"
)
"""The end of a line in which a marker may have begun."""
_REST: Final = re.compile(rf"{_S}(?:[版页頁]{_S}{_CLOSE}|{_CLOSE})")
"""What is left of a marker of which the number already says enough."""
_LINES: Final = 3
"""Number of lines over which a marker can break, at most."""
_LINES_KEPT: Final = 8192
"""Number of lines of which what was found is kept: those of a few pages."""
_STROKE: Final = frozenset("—－丨ー_-lI|!")
"""What readers make of 1 and of 一."""
_NARROW: Final = (
    {
        **{0x2460 + n: ord("1") + n for n in range(9)},
        **{0x2160 + n: ord("1") + n for n in range(9)},
    }
    | {w: w - 0xFEE0 for w in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
    | {ord(small): ord(plain) for small, plain in zip("﹙﹚﹝﹞﹤﹥⟨⟩", "（）〔〕<>〈〉", strict=True)}
)
"""Circled, Roman and full-width digits and letters to their ASCII, small brackets to plain ones: one for one."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at `start` to `end` of a text. `page` is what it names, digits plain: 2, A3; None for 本版 or 要闻版."""

    start: int
    end: int
    jump: JumpEnd
    page: str | None
    blank: bool = False
    """Whether the marker names no page at all: the number was left out."""


def markers_in(text: str) -> Iterator[Marker]:
    """The markers of a line from left to right: in brackets anywhere, without them only where they stand apart.

    Knows round, square and corner brackets of either width, one of which may be lost, and arrows; 第2版, A03版, 第四版,
    2-3版, 3557页, 头版, 本版, and a page left blank; 未完, 待续 in brackets; 上接, 紧接, 文接, 接, 续, 下转, 文转,
    续见, 转; and what readers make of them: 第l版, 第—版, 土接, 皈. A sentence that talks of 上接 or of 二版 is none.
    """
    return iter(_found(text))


@lru_cache(maxsize=_LINES_KEPT)
def _found(text: str) -> tuple[Marker, ...]:
    """The markers of a line; lines are looked at several times, each time anew for another purpose."""
    if _WORDS.search(text) is None:
        return ()
    taken: list[re.Match[str]] = []
    narrow = text.translate(_NARROW)
    for form in _FORMS:
        for found in form.finditer(narrow):
            if _names_page(found) and all(found.start() >= t.end() or found.end() <= t.start() for t in taken):
                taken.append(found)
    return tuple(_marker(found) for found in sorted(taken, key=lambda f: f.start()))


def is_from_marker(text: str) -> bool:
    """Whether a line is （上接…） and nothing else."""
    return any(m.jump is JumpEnd.FROM and m.start == 0 and m.end == len(text) for m in markers_in(text))


def _names_page(found: re.Match[str]) -> bool:
    """Whether what follows the words is a page, and no other number; behind a weak word it must say so itself."""
    numbered = found["ban"] or _NUMBERED.match(found["page"])
    weak = _WEAK.fullmatch(found["from"] or found["to"]) is not None
    return bool(numbered or (found["de"] and not weak))


def _marker(found: re.Match[str]) -> Marker:
    jump = JumpEnd.FROM if found["from"] else JumpEnd.TO
    start, end = found.span()
    white = len(found[0]) - len(found[0].lstrip(" \t　\xa0"))
    page = found["page"].strip("_＿")
    return Marker(start + white, end, jump, page_name(page) or _numeral(page), blank=not page)


@lru_cache(maxsize=_LINES_KEPT)
def may_begin_marker(text: str) -> bool:
    """Whether the line ends in what can be the beginning of a marker that goes on in the next line."""
    return _BEGUN.search(text) is not None


def lines_of_marker(texts: Sequence[str]) -> int:
    """How many of the lines a marker runs over that begins at the end of the first and breaks there; 1 for none."""
    text = texts[0]
    if not may_begin_marker(text):
        return 1
    for taken, following in enumerate(texts[1:_LINES], start=2):
        break_, text = len(text), text + following
        if any(m.start < break_ < m.end for m in markers_in(text)):
            rest = texts[taken] if taken < min(len(texts), _LINES) else ""
            return taken + (_REST.match(rest) is not None)
    return 1


def with_whole_markers(texts: Sequence[str]) -> list[str]:
    """The texts of lines, those put together over which a marker breaks."""
    found, at = list[str](), 0
    while at < len(texts):
        taken = lines_of_marker(texts[at : at + _LINES])
        found.append("".join(texts[at : at + taken]))
        at += taken
    return found


def _numeral(misread: str) -> str | None:
    """The one number among characters that were misread."""
    numbers = re.findall(r"[0-9]+|[一二三四五六七八九十]+", misread)
    return page_name(numbers[0]) if len(numbers) == 1 else None


def page_name(printed: str) -> str | None:
    """The page's name in plain digits: 二 is 2, Ａ０３ is A3, 头 is 1."""
    name = "".join(printed.split())
    if name in {"头", "頭", "首"} or name.lower() == "one":
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
