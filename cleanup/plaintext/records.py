"""Whether a plain text is a list of records, each on a line of its own: a log, a chat, values, settings.

The lines of such a text can be as long as one another, and can end within a sentence, as lines do that a column broke.
What tells them apart is how they begin, or how often the same mark parts them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from cleanup.lines.plain_line import TextLine, is_row

_SHARE: Final = 0.6
"""Share of the lines that must be records of one kind. Paragraphs that begin so are fewer among wrapped lines."""
_FEWEST: Final = 3
"""Lines from which on a text can be a list of records."""
_STAMP: Final = re.compile(r"[\[(<【（]?(?:[0-9]{1,2}[:：][0-9]{2}|[0-9]{2,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2})")
_NUMBER: Final = re.compile(r"[\[(#（【]?([0-9]{1,5})(?![0-9年月日])[\])）】.、:：|]?[ \t　]+\S")
_KEY: Final = re.compile(r"[-*+#\"'\s]*[^\s，。；！？：:=<>]{1,16}[ \t]*(?:[:=]|：)[ \t]*(?:\S|$)")
_QUOTE: Final = re.compile(r"[>|+*#$%/]|[-*+•][ \t]|[{}\[\]<]")
_CODE: Final = re.compile(
    r"[{}();,\[\]>:]$|^[}\])<@]|^(?:def|class|return|import|from|if|for|while|const|let|var|function)\b"
)
_TITLE_FIELD: Final = re.compile("[【\\[]?(?:标题|標題|题名|題名|题目|題目|篇名)[】\\]]?[ 　]?[:：】\\]][ 　]*\\S")
_OTHER_FIELD: Final = re.compile(
    "[【\\[]?(?:正文|内容|內容|全文|作者|日期|版次|来源|來源|出处|出處)[】\\]]?[ 　]?[:：】\\]]"
)
"""Fields of a record that a database of articles exports."""
_DELIMITERS: Final = ",\t|;"
_QUOTED: Final = re.compile('"[^"]*"')
"""A field in quotes: a mark within parts nothing."""
_MIXED_SHARE: Final = 0.75
"""Share of the lines, at least, that are rows of a table, or key and value, where a text has both."""
_EACH_SHARE: Final = 0.2
"""Share of the lines, at least, that are of either kind in such a text. Rows alone may be columns that were not cut."""
_FIGURE: Final = re.compile(r"(?:^|[ \t　])[-+−(（]?[0-9][0-9.,:：%％/-]*[)）]?(?=[ \t　]|$)")
"""A field of a table that is a figure."""
_PROSE_MARK: Final = re.compile("[，。；！？]")
_ROWS_SHARE: Final = 0.75
"""Share of the lines, at least, that are rows with figures where a text is a table; its head may have none."""
_MARKED_SHARE: Final = 0.1
"""Share of the rows of a table, at most, that hold a mark of running text."""
_FEWEST_FIELDS: Final = 3
"""Fields of a record that a comma or the like parts; two are often the halves of a sentence."""


def are_records(lines: Sequence[TextLine]) -> bool:
    """Whether most lines are records: stamped with a time, counted, key and value, quoted, or parted by one mark."""
    if len(lines) < _FEWEST:
        return False
    texts = [line.text for line in lines]
    least = _SHARE * len(texts)
    starts = max(sum(form.match(t) is not None for t in texts) for form in (_STAMP, _QUOTE))
    return (
        starts >= least
        or sum(_CODE.search(t) is not None for t in texts) >= least
        or sum(_KEY.match(t) is not None for t in texts) >= least
        or _are_mixed(texts)
        or _are_rows(texts)
        or _are_counted(texts)
        or _are_delimited(texts)
    )


def records_of_articles(lines: Sequence[TextLine]) -> list[tuple[TextLine, Sequence[TextLine]]]:
    """The line with the title and the lines behind it of each record of an export whose lines are labelled fields.

    Empty where none are: a record begins with its title, 标题：…, and one of its other lines tells the text, the author
    or the day.
    """
    starts = [at for at, line in enumerate(lines) if _TITLE_FIELD.match(line.text)]
    if not starts or starts[0]:
        return []
    found = [(lines[a], lines[a + 1 : b]) for a, b in pairwise([*starts, len(lines)])]
    return found if all(any(_OTHER_FIELD.match(n.text) for n in rest) for _, rest in found) else []


def _are_mixed(texts: Sequence[str]) -> bool:
    """Whether rows of a table and lines of key and value, some of each, are nearly all of the text."""
    rows, keys = ([at for at, t in enumerate(texts) if says(t)] for says in (is_row, _KEY.match))
    both = min(len(rows), len(keys)) >= _EACH_SHARE * len(texts)
    return both and len({*rows, *keys}) >= _MIXED_SHARE * len(texts)


def _are_rows(texts: Sequence[str]) -> bool:
    """Whether nearly all lines are rows of a table with figures: columns of running text hold marks."""
    rows = [text for text in texts if is_row(text)]
    figures = sum(_FIGURE.search(text) is not None for text in rows)
    marked = sum(_PROSE_MARK.search(text) is not None for text in rows)
    return bool(rows) and figures >= _ROWS_SHARE * len(texts) and marked <= _MARKED_SHARE * len(rows)


def _are_counted(texts: Sequence[str]) -> bool:
    """Whether most lines begin with a number that is one more than that of the line before."""
    numbers = [int(found[1]) if (found := _NUMBER.match(t)) else None for t in texts]
    steps = sum(a is not None and b is not None and b == a + 1 for a, b in pairwise(numbers))
    return steps >= _FEWEST and steps >= _SHARE * (len(texts) - 1)


def _are_delimited(texts: Sequence[str]) -> bool:
    """Whether the same mark parts nearly all lines into the same number of fields."""
    for mark in _DELIMITERS:
        counts = Counter(_QUOTED.sub("", t).count(mark) for t in texts)
        fields, times = counts.most_common(1)[0]
        if fields + 1 >= _FEWEST_FIELDS and times >= 0.8 * len(texts):
            return True
    return False
