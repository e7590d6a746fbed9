"""Page marks: a page's number, head or foot, as extractors leave them between two lines of running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cleanup.forms.folio import is_folio, read_folio
from cleanup.forms.section_names import is_page_name, is_standing
from cleanup.lines.plain_line import TextLine, alike, is_timed

_N: Final = "[A-Z]?[0-9]{1,4}"
_NARROW: Final = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
"""Full-width digits to plain ones."""
_STROKES: Final = "[-—–―－·•~～*=|/]{1,3}"
_HANZI_N: Final = "[一二三四五六七八九十百〇]{1,5}"
_NUMBER: Final = re.compile(
    rf"{_STROKES} ?{_N} ?{_STROKES}"
    rf"|第 ?(?:{_N}|{_HANZI_N}) ?版|[A-Z]?[0-9]{{1,3}} ?版"
    rf"|第 ?(?:{_N}|{_HANZI_N}) ?[页頁](?:[ 　,，/]*[共/] ?(?:{_N}|{_HANZI_N}) ?[页頁])?"
    rf"|{_N} ?/ ?{_N}(?: ?[页頁])?"
    rf"|(?:[Pp]age|PAGE|[Pp]p?\.|PP?\.?) ?{_N}(?: ?(?:of|/) ?{_N})?"
    rf"|[【\[［〔] ?(?:第 ?)?{_N} ?[页頁]?[】\]］〕]"
)
_BRACKETED: Final = re.compile(rf"[（(] ?{_N} ?[)）]")
_IN_LETTERS: Final = re.compile("[A-Z][0-9]{1,3}|[IVXLC]{2,7}|[ivxlc]{2,7}")
_PAPER: Final = re.compile("[一-鿿]{1,8}(?:日|晚|早|晨|时|時|商|都市|周|週|青年|农民|農民|工人)[报報](?:社)?")
_PART: Final = re.compile("[ 　|｜·•/_—–-]+")
"""What parts the parts of a head."""
_NUMBERED: Final = re.compile(f"(?:第 ?)?(?:{_N}|{_HANZI_N}(?=[版页頁])) ?[版页頁]?")
_SECTION: Final = re.compile("[一-鿿]{2,6}")
_MOST_SECTIONS: Final = 2
"""Number of section names on one line, at most, that is a page's head."""
_ENGLISH_DATE: Final = re.compile(
    "(?:[0-9]{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    " (?:[0-9]{1,2},? )?[0-9]{4}"
)
_ENGLISH_HEAD: Final = re.compile("[A-Za-z0-9 ,.|·•–—-]*")
_LONGEST_ENGLISH: Final = 60
"""Number of characters of a head in English, at most."""
_MAKER: Final = re.compile(
    "(?:责编|責編|(?:责任|責任)?(?:编辑|編輯)|主编|主編|校对|校對"
    "|美编|版式|组版|排版|制图|检校|审读|终审|统筹)[ 　:：/／]+[一-鿿]{2,4}"
)
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
_OWN_FACT: Final = re.compile(
    "(?:零售|订价|訂價|定价|定價|报价|報價)[^，。]{0,8}[元角分]"
    "|(?:社址|[报報]社地址|(?:广告|廣告)(?:经营|經營)?(?:许可证|許可證)[^ 　:：]{0,4}|(?:邮发|郵發)代[号號]|刊[号號]"
    "|(?:发行|發行|广告|廣告)(?:部|热线|熱線)(?:电话|電話)?)[ 　:：0-9]"
)
_FACT: Final = re.compile(
    "(?:地址|邮政编码|郵政編碼|邮编|郵編|电话|電話|传真|傳真|电报挂号|网址|網址|邮箱|信箱|总编室|總編室)[ 　:：]"
)
"""What an imprint tells: what only a newspaper says of itself, and what anybody does."""
_PRINTED_BY: Final = re.compile(
    "(?:本[报報]|[一-鿿]{2,8}[报報]社?)[一-鿿]{0,6}(?:印刷[厂廠]|印[务務]中心)(?:[承]?印|印刷)?(?:[ 　].*)?"
)
_SLASHED: Final = re.compile("(?<=[年月日报報])/(?=[0-9第])")
"""The stroke between the parts of a head as a database writes it: 某报/2019年/10月/20日/第002版."""
_WEB_FOOT: Final = re.compile(r"(?:https?|file)://\S+[ \t]+[0-9]{1,4} ?/ ?[0-9]{1,4}")
"""What a browser prints at a page's foot: the address, and the page's number among all."""
_LONGEST_NUMBER: Final = 20
"""Number of characters of a page's number in words, at most."""
_LONGEST_HEAD: Final = 100
"""Number of characters of a page's head, at most."""
_WEEKDAY: Final = re.compile("(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]")


_DIGITS: Final = re.compile("[0-9][0-9./:()（）-]*")
_LINE: Final = re.compile("[一-鿿]{2,6}[:：]?[0-9]{3,}")
"""What can be called, with its number: 新闻热线：0571-6600123."""
_LATIN: Final = re.compile("[A-Za-z][A-Za-z.'-]*[0-9]{0,3}")
_NAME: Final = re.compile("(?:本版)?[一-鿿]{1,6}(?:[:：])?")
"""A section's or a column's name, a maker's, what a number is: 生活周刊, 本版编辑, 电话."""
_LONGEST_MARK: Final = 40
"""Number of characters of a line within a sentence, at most, that is of a page's head or foot."""
_MOST_MARKS: Final = 3
"""Number of lines of a page's foot and the next one's head, at most, that stand within a sentence."""
_RUNNING: Final = re.compile("[，。；]")
_FULL: Final = 16
"""Width in half ems of a line, at least, that the column's edge can have broken."""
_SHORTER: Final = 0.8
"""Width of such a line in the one before it, at most."""


def is_page_number(text: str) -> bool:
    """Whether the line is no more than a page's number in a form of its own: - 9 -, 第7页 共12页, Page 4, [12]."""
    return len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text.translate(_NARROW)) is not None


def is_bracketed_number(text: str) -> bool:
    """Whether the line is a number in round brackets, as a page's can be, and an entry's of a list."""
    return len(text) <= _LONGEST_NUMBER and _BRACKETED.fullmatch(text) is not None


def is_number_in_letters(text: str) -> bool:
    """Whether the line is a page's number with a section's letter or in Roman numerals: A05, XII."""
    return _IN_LETTERS.fullmatch(text) is not None


def is_running_head(text: str) -> bool:
    """Whether the line is a page's whole head or foot: a date with a page or a weekday, the paper with a page, makers.

    12 | 某某日报, 某某晚报 第6版 要闻, 编辑：甲某 版式：乙某, Morning News 18 June 2024, a web address with 1/2.
    """
    if _WEB_FOOT.fullmatch(text):
        return True
    if len(text) > _LONGEST_HEAD:
        return False
    makers = _MAKER.findall(text)
    if makers:
        several = len(makers) > 1 or _ADDRESS.search(text) is not None
        return (several and is_folio(_ADDRESS.sub("", text))) or is_running_head(_MAKER.sub(" ", text).strip())
    if not any(map(str.isdigit, text)):
        return False
    if _is_paper_with_page(text) or _is_english_head(text):
        return True
    text = _SLASHED.sub(" ", text)
    told = read_folio([text]) if is_folio(text) else None
    return told is not None and told.date is not None and (told.edition is not None or bool(_WEEKDAY.search(text)))


def is_imprint(text: str) -> bool:
    """Whether the line is of the newspaper's imprint: 社址：… 邮政编码：… 电话：…, 本报印刷厂印刷.

    What only a newspaper says of itself must be in it, beside another fact or alone: a notice too gives a place and a
    number to call.
    """
    if len(text) > _LONGEST_HEAD or any(c in "。，；！？" for c in text):
        return False
    if _PRINTED_BY.fullmatch(text):
        return True
    own = len(_OWN_FACT.findall(text))
    return own > 0 and own + len(_FACT.findall(text)) > 1


def is_like_head(text: str) -> bool:
    """Whether the line is no more than names, numbers, dates and Latin words, of which one tells of a page.

    3 要闻, 某某晚报, SHENGHUO 生活周刊 B4. Of itself it proves nothing: within a broken sentence it is no text.
    """
    if len(text) > _LONGEST_MARK or any(c in "。，；！？、" for c in text):
        return False
    parts = [part for part in _PART.split(text) if part]
    tells = [
        any(form.fullmatch(p) for form in (_DIGITS, _LINE))
        or _NUMBERED.fullmatch(p) is not None
        or _PAPER.fullmatch(p) is not None
        for p in parts
    ]
    named = all(told or _LATIN.fullmatch(p) or _NAME.fullmatch(p) for p, told in zip(parts, tells, strict=True))
    return named and (any(tells) or is_folio(text))


def heads_within(lines: Sequence[TextLine]) -> frozenset[int]:
    """The numbers of the lines that a page's end put into a sentence: its foot, and the head of the next page.

    The line before is full and breaks off; behind a few short ones, of which one tells of a page, a line goes on.
    """
    found = set[int]()
    at = 1
    while at < len(lines):
        before, end = lines[at - 1], at
        if not before.ends_sentence and before.width >= _FULL:
            while end < len(lines) and end - at < _MOST_MARKS and _may_be_mark(lines[end], before):
                end += 1
        marks = lines[at:end]
        if marks and end < len(lines) and _goes_on(lines, at, end) and any(_tells_page(n.text) for n in marks):
            found |= {line.number for line in marks}
        at = max(at + 1, end)
    return frozenset(found)


def _may_be_mark(line: TextLine, before: TextLine) -> bool:
    return (
        (line.width <= _SHORTER * before.width or _WEB_FOOT.fullmatch(line.text) is not None)
        and not is_timed(line.text)
        and (_tells_page(line.text) or is_page_name(line.text) or is_standing(line.text))
    )


def _tells_page(text: str) -> bool:
    """Whether a line within a sentence is of a page's head or foot, a date with its weekday among them."""
    return is_like_head(text) or is_running_head(text)


def _goes_on(lines: Sequence[TextLine], at: int, end: int) -> bool:
    """Whether the line before `at` is as wide as one beside it, and that at `end` goes on at the margin."""
    before, after = lines[at - 1], lines[end]
    beside = (*lines[max(0, at - 2) : at - 1], after)
    fills = any(alike(before, n) for n in beside) and _RUNNING.search(before.text + after.text) is not None
    return fills and after.indent <= before.indent and (after.ends_sentence or alike(before, after))


def _is_paper_with_page(text: str) -> bool:
    """Whether the line names the newspaper, the page's number, and no more than the page's own name."""
    parts = [part for part in _PART.split(text) if part]
    papers = [part for part in parts if _PAPER.fullmatch(part)]
    numbers = [part for part in parts if _NUMBERED.fullmatch(part)]
    others = len(parts) - len(papers) - len(numbers)
    sections = sum(_SECTION.fullmatch(part) is not None for part in parts) - len(papers)
    return len(papers) == 1 and len(numbers) == 1 and others == max(0, sections) <= _MOST_SECTIONS


def _is_english_head(text: str) -> bool:
    """Whether the line is of Latin letters and holds a whole date."""
    short = len(text) <= _LONGEST_ENGLISH and _ENGLISH_HEAD.fullmatch(text) is not None
    return short and _ENGLISH_DATE.search(text) is not None and not text.endswith((".", ","))
