"""Page marks: a page's number, head or foot, as extractors leave them between two lines of running text."""

from __future__ import annotations

import re
from typing import Final

from cleanup.forms.folio import is_folio, read_folio

_N: Final = "[A-Z]?[0-9]{1,4}"
_STROKES: Final = "[-—–―·•~～*=|/]{1,3}"
_HANZI_N: Final = "[一二三四五六七八九十百〇]{1,5}"
_NUMBER: Final = re.compile(
    rf"{_STROKES} ?{_N} ?{_STROKES}"
    rf"|第 ?(?:{_N}|{_HANZI_N}) ?[页頁](?:[ 　,，/]*[共/] ?(?:{_N}|{_HANZI_N}) ?[页頁])?"
    rf"|{_N} ?/ ?{_N}(?: ?[页頁])?"
    rf"|(?:[Pp]age|PAGE|[Pp]p?\.|PP?\.?) ?{_N}(?: ?(?:of|/) ?{_N})?"
    rf"|[【\[［〔] ?(?:第 ?)?{_N} ?[页頁]?[】\]］〕]"
)
_BRACKETED: Final = re.compile(rf"[（(] ?{_N} ?[)）]")
_PAPER: Final = r"[一-鿿]{1,8}(?:日|晚|早|晨|时|時|商|都市|周|週|青年|农民|農民|工人)[报報](?:社)?"
_PARTED: Final = "[ 　|｜·•/_—–-]{1,8}"
_HEAD: Final = re.compile(
    rf"(?:{_PARTED})?{_N}(?: ?版)?{_PARTED}{_PAPER}(?:{_PARTED})?"
    rf"|(?:{_PARTED})?{_PAPER}{_PARTED}(?:第 ?)?{_N}(?: ?[版页頁])?(?:{_PARTED})?"
)
"""A newspaper's name beside the page's number: 12 | 某某日报, 某某晚报 · A03."""
_SLASHED: Final = re.compile("(?<=[年月日报報])/(?=[0-9第])")
"""The stroke between the parts of a head as a database writes it: 某报/2019年/10月/20日/第002版."""
_LONGEST_NUMBER: Final = 20
"""Number of characters of a page's number in words, at most."""
_LONGEST_HEAD: Final = 100
"""Number of characters of a page's head, at most."""
_WEEKDAY: Final = re.compile("(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]")


def is_page_number(text: str) -> bool:
    """Whether the line is no more than a page's number in a form of its own: - 9 -, 第7页 共12页, Page 4, [12]."""
    return len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text) is not None


def is_bracketed_number(text: str) -> bool:
    """Whether the line is a number in round brackets, as a page's can be, and an entry's of a list."""
    return len(text) <= _LONGEST_NUMBER and _BRACKETED.fullmatch(text) is not None


def is_running_head(text: str) -> bool:
    """Whether the line is a page's whole head or foot: a date with a page or a weekday, or the paper with a page."""
    if len(text) > _LONGEST_HEAD or not any(map(str.isdigit, text)):
        return False
    if _HEAD.fullmatch(text):
        return True
    text = _SLASHED.sub(" ", text)
    told = read_folio([text]) if is_folio(text) else None
    return told is not None and told.date is not None and (told.edition is not None or bool(_WEEKDAY.search(text)))
