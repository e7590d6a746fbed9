"""Continuation markers: the words by which a newspaper sends its reader to another page, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cleanup.article import JumpEnd
from cleanup.forms.folio import hanzi_number
from cleanup.forms.section_names import PAGE_NAMES

_S: Final = r"[ \t　\xa0]{0,4}"
"""White space within a marker; bounded, so that a line of nothing else costs no more than another."""
_END: Final = r"[ \t\r　\xa0…。]*$"
_OPEN: Final = r"[（(\[［【〔〖〈《<{｛]"
_CLOSE: Final = r"[）)\]］】〕〗〉》>}｝]"
_ORNAMENT: Final = r"[\u2190-\u21ff\u25a0-\u25ff\u2794-\u27be\u2b00-\u2bff☞☛☜☚★☆※*＊>＞»›<＜«‹]"
"""Arrows, triangles and the like."""
_POINTERS: Final = rf"(?:{_ORNAMENT}{_S}){{1,6}}"
_MAYBE_POINTERS: Final = rf"(?:{_ORNAMENT}{_S}){{0,6}}"

# --- the words --------------------------------------------------------------------------------------------------------

_MEET: Final = "[接按技挨捱]"
"""接, and what readers make of it."""
_TURN: Final = "[转轉轶传輯较較]"
"""转, and what readers make of it."""
_STRONG_FROM: Final = rf"(?:以?[上土]{_S}{_MEET}|[紧緊文]{_S}接|[上续續]{_S}承|[续續]{_S}接){_S}自?"
_STRONG_TO: Final = rf"(?:(?:[下文卜]{_S}{_TURN}|下{_S}接|[续續]{_S}[见見转轉]){_S}[入至到往]?)"
"""Words that a sentence hardly holds before a page; they may stand without brackets."""
_WEAK_FROM: Final = rf"(?:承?接{_S}(?:自|上)?|[续續]{_S}[自上]?|承{_S}[上自])"
_WEAK_TO: Final = rf"[请請紧緊]?[转轉]{_S}[入至到往接下]?"
"""Words that need brackets, or a line of their own."""
_EITHER: Final = frozenset({"接", "续", "續", "转接", "轉接", "续接", "續接", "接续", "接續", "紧接", "緊接", "文接"})
"""Words that newspapers set at the end of a part and at the beginning of the next alike."""
_SAYS: Final[Mapping[str, int]] = {
    word: toward
    for toward, words in (
        (-2, "上 前 接 承 自 由 从 從"),
        (-1, "紧 緊 来 來"),
        (0, "续 續 继续 繼續 文 文章 本文 此文 内文 內文 稿 的 部分 报道 報道 報導 内容 內容 新闻 新聞 消息"),
        (1, "全文 全部 详 詳 详细 詳細 详情 詳情 更 见 見 阅 閱 读 讀 看 刊 载 載 请 請 入 至 到 往 未完 待续 待續"),
        (2, "转 轉 余文 餘文 其余 其餘"),
        (3, "下 后 後 余下 餘下"),
    )
    for word in words.split()
}
"""The words of a marker that says more than 上接 or 下转: below 0 those that tell where it comes from, above 0 where it
goes on, by how much each outweighs the others. In 前文见 it is 前 that tells, in 转接 nothing does, in 接下 it is 下.
"""
_WORD: Final = "(?:" + "|".join(sorted(_SAYS, key=len, reverse=True)) + ")"
_SPOKEN: Final = re.compile(_WORD)
_MOVES: Final = re.compile("[接转轉承续續刊]|[详詳余餘其全前后後下本此未].*[见見阅閱读讀看载載]|[详詳]$|文[见見]")
"""Words of which a marker holds one at least; 见 and 看 alone send to another piece."""
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
    rf"{_LETTER}{_S}(?:[0-9OolI|!]{{1,4}}|[一二三四五六七八九十〇○零]{{1,4}})"
    rf"|[—－丨ーZ_-](?={_S}[版皈板])|头|頭|本|首|[A-Z]"
)
_NAMED: Final = rf"(?:{PAGE_NAMES}|封面|封底)(?:{_S}[A-Z]?[0-9]{{1,2}}|[一二三四])?"
"""A page that is called by its name, among several of one name by a number behind it: 副刊, 要闻2."""
_RANGE: Final = rf"(?:{_S}[版页頁]?{_S}[、,，和及至到—~～/-]{{1,2}}{_S}第?{_S}(?:{_NUMBER})){{0,5}}"
_UNIT: Final = r"[版皈板页頁叠疊]|版?面"
_NUMERAL: Final = "[0-9一二三四五六七八九十]"
_PART: Final = rf"(?:[A-Z]{_S}[叠疊]|{_NUMERAL}{_S}[张張]){_S}第?{_S}(?={_NUMERAL})"
"""The part of an issue in which a page is counted: B叠 or 第二张 before 3版."""
_PLACE: Final = (
    rf"(?:(?:本[报報]|今[日天]|[上下前后後次][版页頁][，,、]?){_S})?(?P<de>[第弟笫种])?{_S}"
    rf"(?P<page>(?:{_PART})?(?:{_NUMBER})|{_NAMED}){_RANGE}{_S}(?P<ban>{_UNIT})?"
)
_SIGNS: Final = "_＿□○×Xx*?？…"
"""What is set where a page's number was left out, or was lost."""
_BLANK: Final = (
    rf"(?:本[报報]{_S})?(?P<de>第)?{_S}(?P<page>[{_SIGNS}]{{0,6}}){_S}(?P<ban>[版页頁]|中[缝縫]|背面|[左右下][栏欄])"
)
_NAME: Final = rf"(?:{_S}[·・:：]?{_S}(?:[一-鿿]{{1,4}}|[0-9]{{1,2}}))?"
"""What may follow 版: the page's own name, the number of the piece on it."""
_PARTED_NAME: Final = rf"(?:{_S}[·・]{_S}[一-鿿]{{1,4}})?"
"""The page's own name behind a dot: 下转2版·要闻."""
_BESIDE: Final = r"(?P<beside>[上下前后後次][ 　]?一?[版页頁])"
"""A page that is named by where it lies."""
_TITLE: Final = rf"(?:{_S}[：:]?{_S}[《“「『][^《》（）]{{1,30}}[》”」』](?:{_S}[一等]?[文稿])?)?"
_CONTINUED: Final = r"(?:[Cc]ont(?:inue[ds]|[’']d|d\.?|\.)|CONTINUED|CONT[’']D)"
_ENGLISH_PAGE: Final = (
    r" (?:(?P<ban>(?:Page|page|PAGE) |[Pp][Gg]?\. ?|P(?=[0-9]))?(?P<page>[A-Z]{0,2}-?[0-9]{1,3}|[Oo]ne|ONE)"
    r"|(?P<beside>(?:[Ff]ront|[Nn]ext|[Bb]ack|FRONT|NEXT|BACK) (?:[Pp]age|PAGE)))"
)
_ENGLISH: Final = (
    rf"(?:(?P<from>{_CONTINUED} (?:from|FROM)|F(?:rom|ROM)(?= [Pp](?:age|AGE|[0-9. ])))"
    rf"|(?P<to>{_CONTINUED}(?: (?:on|ON)|,)|(?:Please )?[Tt]urn to|TURN TO|J(?:ump|UMP) (?:to|TO)))"
    rf"(?P<de>){_ENGLISH_PAGE}"
)
_ENGLISH_LOOSE: Final = (
    r"(?:(?P<from>F(?:rom|ROM))"
    r"|(?P<to>(?:Please see|PLEASE SEE|See|SEE)(?: [A-Z]+,| [A-Z]{2,} on)?|(?:More|MORE|Story|STORY) (?:on|ON)))"
    rf"(?= [Pp]| [A-Z]{{1,2}}[0-9])(?P<de>){_ENGLISH_PAGE}"
)
"""What a sentence may say too: only alone in the line."""
_LATER: Final = "(?:[下次明翌后後][日天期号號回]?|[来來]日)"
_UNENDED: Final = (
    f"未完(?:[，,、 ]?(?:{_LATER})?(?:[待再][续續]|[续續][完刊]?|[接刊]))?|{_LATER}?[待再][续續]|{_LATER}[续續][完刊]?"
)
_EARLIER: Final = "[续續接承][昨前上][日天期号號报報文]?|[昨前上][日天期号號报報][续續]"
"""Words that tell of no page, of a part that follows or of one before."""
_STROKE_FOR_BRACKET: Final = r"[|丨!]?"
_DIRT: Final = r"[。.,，·•'‘’`~^:;]?"
"""A speck beside a bracket that was read as a mark."""

# --- how the two are set ----------------------------------------------------------------------------------------------

_CORE: Final = rf"{_S}{_LEAD}{_ANY}{_S}{_MAYBE_POINTERS}{_PLACE}"
_SAID: Final = rf"{_S}(?P<said>(?:{_WORD}{_S}[，,、；;：:。]?{_S}){{1,6}})"
_BEHIND: Final = rf"(?P<behind>(?:{_S}(?:继续|繼續|续文|續文|[转轉来來续續阅閱读讀])){{0,3}})"
_SENTENCE: Final = rf"{_SAID}(?:{_PLACE}{_BEHIND}|{_BESIDE})"
_MISREAD: Final = rf"(?P<page>(?=.{{0,3}}(?:{_NUMERAL}|[版皈板页頁]))[^（()）、，。；：]{{1,4}})(?P<ban>{_CLOSE})"
_OF_PAGE: Final = "(?:(?<=[版皈板页頁面])|(?<=[A-Z0][0-9])|(?<=[A-Z][0-9][0-9]))"
"""What a page's number ends in that can be no other number."""
_NOT_OF_TEXT: Final = r"(?![ \t　\xa0]*[版皈板页頁叠疊面的那这這之稿与與和及、，。；：！？”》刊登])"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        # in brackets
        rf"{_OPEN}{{1,2}}{_DIRT}{_MAYBE_POINTERS}{_CORE}{_NAME}{_TITLE}{_S}{_STROKE_FOR_BRACKET}{_S}{_MAYBE_POINTERS}"
        rf"{_DIRT}{_CLOSE}{{1,2}}",
        rf"{_OPEN}{{1,2}}{_MAYBE_POINTERS}{_CORE}[ 　:：]{{1,2}}[^（()）。《]{{2,24}}{_CLOSE}",
        rf"{_OPEN}{{1,2}}{_S}{_LEAD}{_ANY}{_S}{_BLANK}{_S}{_CLOSE}{{1,2}}",
        rf"{_OPEN}{_S}(?P<from>(?!))?(?P<to>{_UNENDED}){_S}(?P<de>)(?P<page>)(?P<ban>{_CLOSE}){_END}",
        rf"^{_S}{_OPEN}{_S}(?P<from>{_EARLIER})(?P<to>(?!))?{_S}(?P<de>)(?P<page>)(?P<ban>{_CLOSE})",
        # alone in the line
        rf"^{_S}[—…]{{0,4}}{_MAYBE_POINTERS}{_CORE}{_PARTED_NAME}{_TITLE}{_S}{_MAYBE_POINTERS}[：:—]{{0,4}}{_END}",
        rf"^{_S}[「『]{_CORE}{_TITLE}{_S}[」』](?:{_END}|(?<=[版页頁][」』])(?=[一-鿿]))",
        rf"^{_S}{_MAYBE_POINTERS}{_CLEAR}{_S}{_BLANK}{_S}{_MAYBE_POINTERS}{_END}",
        # in more words: in brackets at the line's beginning or end, or alone in the line
        rf"^{_S}{_OPEN}{_MAYBE_POINTERS}{_SENTENCE}{_NAME}{_TITLE}{_S}{_MAYBE_POINTERS}{_CLOSE}",
        rf"{_OPEN}{_MAYBE_POINTERS}{_SENTENCE}{_NAME}{_TITLE}{_S}{_MAYBE_POINTERS}{_CLOSE}{_END}",
        rf"^{_S}{_MAYBE_POINTERS}{_SENTENCE}{_TITLE}{_S}{_MAYBE_POINTERS}{_END}",
        # in English
        rf"(?:^|(?<=[.!?”\"]) ?|{_OPEN}){_S}{_MAYBE_POINTERS}{_ENGLISH}{_S}[)\]]?{_S}{_MAYBE_POINTERS}{_END}",
        rf"^{_S}{_OPEN}?{_S}{_MAYBE_POINTERS}{_ENGLISH_LOOSE}{_S}[)\]]?{_S}{_MAYBE_POINTERS}{_END}",
        # arrows part it from the text before it
        rf"(?<=[。！？”]){_S}{_POINTERS}{_CORE}{_S}{_MAYBE_POINTERS}{_END}",
        rf"{_words('(?!)', _CLEAR_TO)}{_S}{_PLACE}{_S}{_POINTERS}{_END}",
        # one bracket was lost, or read as a stroke
        rf"{_OPEN}{{1,2}}{_CORE}(?:{_S}[|丨!lIJjD~][ \t\r　\xa0]*$)?",
        rf"(?:^|(?<=[。！？”])){_S}(?:[CcGEeLtf](?={_S}[上下])|{_MAYBE_POINTERS}){_CORE}{_S}{_CLOSE}",
        # no bracket, but an arrow, white space or the end of the sentence parts it from the text
        rf"^{_S}{_POINTERS}{_words(_CLEAR_FROM, '(?!)')}{_S}{_PLACE}{_S}{_MAYBE_POINTERS}",
        rf"^{_S}{_MAYBE_POINTERS}{_CLEAR}{_S}{_PLACE}(?=[ \t　\xa0]+\S|[：:][一-鿿“])",
        rf"(?<=[。！？”]){_S}[—…]{{0,4}}{_MAYBE_POINTERS}{_CLEAR}{_S}{_PLACE}{_S}$",
        rf"^{_S}{_MAYBE_POINTERS}(?P<from>[自由从從])(?P<to>(?!))?{_S}{_PLACE}{_S}[转轉续續][来來](?=[ \t　]+\S|[：:])",
        # glued to the text that it precedes
        rf"^{_S}{_words(_CLEAR_FROM, '(?!)')}{_S}{_PLACE}{_S}{_POINTERS}(?=[一-鿿“《「])",
        rf"^{_S}{_words(_CLEAR_FROM, '(?!)')}{_S}{_PLACE}{_OF_PAGE}{_NOT_OF_TEXT}(?=[一-鿿“《「])",
        # the words about the page were misread, but brackets and place are a marker's
        rf"^{_S}{_MAYBE_POINTERS}{_OPEN}{_S}(?P<from>[上土]{_S}{_MEET})(?P<to>(?!))?(?P<de>){_MISREAD}",
        rf"^{_S}{_OPEN}{_S}(?P<from>[卜士土]{_S}[一-鿿])(?P<to>(?!))?{_S}{_PLACE}{_S}{_CLOSE}",  # both words were
        rf"{_OPEN}{_S}(?P<from>(?!))?(?P<to>下{_S}[转轉])(?P<de>){_MISREAD}{_S}$",
    )
)
"""How a marker can be set, the surest first: a part of a line that one form takes is open to no other."""
_WORDS: Final = re.compile(
    "[卜士土接按技挨捱转轉轶传輯较較续續承]|未完"
    "|[见見刊看阅閱读讀载載详詳](?:今[日天]|本[报報])?[ 　]?(?:第|[A-Z]|[0-9０-９]|[一二三四五六七八九十])"
    "|ed, P| (?:on|ON|from|FROM|to|TO) |F(?:rom|ROM) [PpA-Z]|[Ss](?:ee|EE) [A-Zp]"
)
"""Words without which no form is tried."""
_WEAK: Final = re.compile(rf"{_WEAK_FROM}|{_WEAK_TO}")
_NUMBERED: Final = re.compile("[A-Z]{1,2} ?[0-9]|0[0-9]|[一-鿿]{2,8}(?:[A-Z]?[0-9]{1,2}|(?<=[刊面底]))$")
"""A page's number or name that can be nothing else."""
_ELSEWHERE: Final = re.compile("[转轉][载載]")
"""Words that tell of another publication."""
_BEGUN: Final = re.compile(
    rf"{_OPEN}[^）)\]］】〕]{{0,16}}$|[上下紧緊文续續]$|(?:[上紧緊文下]{_S}接|[下文]{_S}[转轉]|[续續]{_S}[见見]){_S}[^。！？]{{0,6}}$"
)
"""The end of a line in which a marker may have begun."""
_CALLED: Final = re.compile(_NAMED)
_LETTERED: Final = re.compile("[A-Z][0-9]{1,2}$")
_SHEET: Final = re.compile(r"([0-9]+|[一二三四五六七八九十]+)[张張](.+)")
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
    | {ord(small): ord(plain) for small, plain in zip("﹙﹚﹝﹞﹤﹥⟨⟩ニハ", "（）〔〕<>〈〉二八", strict=True)}
)
"""Circled, Roman and full-width digits and letters to their ASCII, small brackets to plain ones, kana to the numerals
that they look like: one for one."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at `start` to `end` of a text. `page` is what it names, digits plain: 2, A3; None for 本版 or 要闻版."""

    start: int
    end: int
    jump: JumpEnd
    page: str | None
    blank: bool = False
    """Whether the marker names no page at all: the number was left out."""
    either: bool = False
    """Whether its words are set at either end of a jump, so that its place in the article says which one it is."""


def markers_in(text: str) -> Iterator[Marker]:
    """The markers of a line from left to right: in brackets anywhere, without them only where they stand apart.

    Knows round, square and corner brackets of either width, one of which may be lost, and arrows; 第2版, A03版, 第四版,
    2-3版, 3557页, B叠3版, 头版, 本版, and a page left blank; 未完, 待续 in brackets; 上接, 紧接, 文接, 接, 续, 下转,
    文转, 续见, 转, and longer wordings: 余文见第二版, 由1版转来; and what readers make of them: 第l版, 第—版, 土接.
    A sentence that talks of 上接 or of 二版 is none.
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
    groups = found.groupdict()
    said = groups.get("said")
    if said and (_MOVES.search(said + (groups["behind"] or "")) is None or _ELSEWHERE.search(said)):
        return False
    weak = said is not None or _WEAK.fullmatch(found["from"] or found["to"]) is not None
    numbered = groups.get("beside") or found["ban"] or _NUMBERED.match(found["page"])
    return bool(numbered or (found["de"] and not weak))


def _marker(found: re.Match[str]) -> Marker:
    jump, either = _direction(found)
    start, end = found.span()
    white = len(found[0]) - len(found[0].lstrip(" \t　\xa0"))
    beside = found.groupdict().get("beside") or ""
    page = "1" if beside[:1] in {"F", "f"} else found["page"] or ""
    if set(page) <= set(_SIGNS):  # only a page of nothing else was left out: ○ and X stand in 二○ and X3 too
        page = ""
    return Marker(start + white, end, jump, page_name(page) or _numeral(page), blank=not page, either=either)


def _direction(found: re.Match[str]) -> tuple[JumpEnd, bool]:
    """Which end of a jump the words of a marker stand at, and whether they could stand at the other too."""
    groups = found.groupdict()
    if "said" not in groups:
        return JumpEnd.FROM if found["from"] else JumpEnd.TO, _bare(found["from"] or found["to"]) in _EITHER
    words = [word for part in ("said", "behind", "beside") for word in _SPOKEN.findall(groups[part] or "")]
    toward = sum(_SAYS[word] for word in words)
    return JumpEnd.FROM if toward < 0 else JumpEnd.TO, not toward or "".join(words) in _EITHER


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


def _bare(words: str) -> str:
    """The words of a marker without white space."""
    return "".join(words.split())


def page_name(printed: str) -> str | None:
    """The page's name in plain digits: 二 is 2, Ａ０３ is A3, 头 is 1, 第二张第三 is 2张3; 副刊 is its own name."""
    name = re.sub("[ 　\t\xa0叠疊第-]", "", printed) if len(printed) > 1 else printed
    if name in {"头", "頭", "首"} or name.lower() == "one":
        return "1"
    if name == "本":
        return None
    if _CALLED.match(name):
        lettered = _LETTERED.search(name)
        return _with_digits(lettered[0]) if lettered else name
    if sheet := _SHEET.fullmatch(name):
        return f"{page_name(sheet[1])}张{page_name(sheet[2])}"
    if found := re.fullmatch(r"([A-Z]{0,2})([一二三四五六七八九十〇○零]+)", name):
        return f"{found[1]}{hanzi_number(found[2])}"
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
