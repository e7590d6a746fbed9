"""Page marks: a page's number, head or foot, as extractors leave them between two lines of running text."""

from __future__ import annotations

import re
from typing import Final

from cleanup.forms.folio import is_folio, read_folio

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
    "(?:责编|責編|编辑|編輯|主编|主編|校对|校對|美编|版式|组版|排版|制图|检校|审读|终审|统筹)[ 　:：/／]+[一-鿿]{2,4}"
)
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
_SLASHED: Final = re.compile("(?<=[年月日报報])/(?=[0-9第])")
"""The stroke between the parts of a head as a database writes it: 某报/2019年/10月/20日/第002版."""
_LONGEST_NUMBER: Final = 20
"""Number of characters of a page's number in words, at most."""
_LONGEST_HEAD: Final = 100
"""Number of characters of a page's head, at most."""
_WEEKDAY: Final = re.compile("(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]")


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

    12 | 某某日报, 某某晚报 第6版 要闻, 编辑：甲某 版式：乙某, Morning News 18 June 2024.
    """
    if len(text) > _LONGEST_HEAD:
        return False
    makers = _MAKER.findall(text)
    if makers:
        return (len(makers) > 1 or _ADDRESS.search(text) is not None) and is_folio(_ADDRESS.sub("", text))
    if not any(map(str.isdigit, text)):
        return False
    if _is_paper_with_page(text) or _is_english_head(text):
        return True
    text = _SLASHED.sub(" ", text)
    told = read_folio([text]) if is_folio(text) else None
    return told is not None and told.date is not None and (told.edition is not None or bool(_WEEKDAY.search(text)))


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
