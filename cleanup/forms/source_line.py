"""The line of fields under a headline that tells where an article of a database comes from: 日期：… 版次：…."""

from __future__ import annotations

import re
from typing import Final

_SOURCE: Final = re.compile(
    "(?:日期|版次|版面|版名|卷期|期号|期號|来源|來源|出处|出處|作者|刊名|报纸|報紙|报名|報名|栏目|欄目|字数|字數|分类|分類|发布时间|發佈時間|出版日期)[^，。；]{0,6}[:：]"
)
_FULL_DATE: Final = re.compile(
    "(?<![:：0-9])(?<![:：] )(?:1[89]|20)[0-9]{2}(?:[-/.][0-9]{1,2}[-/.]|年[0-9]{1,2}月)[0-9]{1,2}"
)
_FIELD: Final = re.compile(
    "【(?:日期|版次|版面|版名|来源|來源|出处|出處|作者|刊名|报纸|報紙|栏目|欄目|字数|發佈時間|发布时间)】"
)
_FEWEST_FIELDS: Final = 2
"""Number of labelled fields, the date among them, of a line, at least, that tells where an article of a database comes
from."""


def is_source_line(text: str) -> bool:
    """Whether a line holds several labelled fields of a database, or begins with one in brackets: 【日期】…."""
    fields = len(_SOURCE.findall(text)) + (_FULL_DATE.search(text) is not None)
    return fields >= _FEWEST_FIELDS or _FIELD.match(text) is not None
