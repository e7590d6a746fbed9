"""One update file an issue for Solr: a document an article, its fields named as Chinese newspaper databases name them.

For full-text search in a library's own system: `curl .../update?commit=true -H 'Content-Type: application/json'
--data-binary @solr.json`. A field that is not known of an article is left out.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from banmian.archive.content.export_issue import ExportIssue, ExportPage
from banmian.archive.content.finding import ExportFault, ExportFinding
from banmian.archive.content.labels import page_label, title_of
from banmian.archive.content.xml_text import xml_text
from banmian.archive.text.text import pieces
from banmian.store.display_path import shown
from cleanup.article import Article

FILE: Final = "solr.json"
_COLUMN: Final = re.compile(r"[·•・]\s*(.+?)\s*[·•・]|[【〔［\[](.+?)[】〕］\]]|[■◆●★▲▶□◎]\s*(.+)")
"""Patterns in which a newspaper prints the name of a column (栏目) over an article: ·今日谈·, 【今日谈】, ■今日谈."""

Value = str | int | float | bool | list[str] | list[int]

_FIELDS: Final[dict[str, type]] = {
    **dict.fromkeys(("id", "篇名", "引题", "副题", "栏目", "作者", "电头", "类别", "报名", "日期", "date_dt"), str),
    **dict.fromkeys(("上接", "下转", "期", "语种", "ISSN", "CN"), str),
    **dict.fromkeys(("正文", "插题", "图注", "版次", "版名", "页"), list),
    "无标题": bool,
    "置信度": float,
    "改动数": int,
}
"""What a field holds; a list makes it multiValued."""
_NEEDED: Final = ("id", "篇名", "正文", "类别", "期")


def write(holding: ExportIssue, part: Path) -> None:
    """Writes `part`/NAME/solr.json."""
    folder = part / holding.folder
    folder.mkdir(parents=True)
    documents = [json.dumps(document(holding, a), ensure_ascii=False) for a in pieces(holding.issue)]
    (folder / FILE).write_text("[\n" + ",\n".join(documents) + "\n]\n", encoding="utf-8", newline="")


def document(holding: ExportIssue, article: Article) -> Mapping[str, Value]:
    """The article's document: `id` is unique over all issues and the same in every export."""
    told, sheets = holding.metadata, [s for s in holding.sheets if s.number in article.pages]
    column = column_of(article)
    fields: dict[str, Value | None] = {
        "id": f"{holding.folder}/{article.id}",
        "篇名": article.title or title_of(article),
        "无标题": None if article.title else True,
        "引题": None if column else article.kicker,
        "副题": article.subtitle,
        "栏目": column,
        "作者": article.byline,
        "电头": article.dateline,
        "正文": list(article.paragraphs),
        "插题": list(article.subheads) or None,
        "图注": list(article.captions) or None,
        "类别": article.kind.value,
        "报名": told.newspaper,
        "日期": told.date,
        "date_dt": f"{told.day}T00:00:00Z" if told.day else None,
        "版次": [page_label(s) for s in sheets] or None,
        "版名": _sections(sheets) or None,
        "页": list(article.pages) or None,
        "上接": article.continued_from,
        "下转": article.continued_to,
        "期": holding.issue.name,
        "语种": told.language,
        "ISSN": told.issn,
        "CN": told.cn,
        "置信度": round(article.confidence, 4),
        "改动数": len(article.clean.resolution.applied),
    }
    return {name: _plain(value) for name, value in fields.items() if value is not None}


def column_of(article: Article) -> str | None:
    """The name of the column that the article stands in, where its kicker is printed as one."""
    match = _COLUMN.fullmatch((article.kicker or "").strip())
    return next(filter(None, match.groups()), None) if match else None


def findings(file: Path) -> Iterator[ExportFinding]:
    """What is wrong with an update file: its form, a field's type or lack, an id used twice."""
    name = shown(file)
    try:
        documents = msgspec.json.decode(file.read_bytes(), type=list[dict[str, Any]])
    except (msgspec.DecodeError, UnicodeDecodeError) as e:
        yield ExportFinding(name, ExportFault.DAMAGED, str(e))
        return
    ids = Counter(told.get("id") for told in documents)
    for at, told in enumerate(documents, start=1):
        for field in (f for f in _NEEDED if f not in told):
            yield ExportFinding(name, ExportFault.BELOW, f"document {at} has no {field}")
        for field, value in told.items():
            if not isinstance(value, _FIELDS.get(field, ())):
                yield ExportFinding(
                    name, ExportFault.BELOW, f"{field} of document {at} is no field, or of another type"
                )
        if ids[told.get("id")] > 1:
            yield ExportFinding(name, ExportFault.ID_TWICE, f"{told.get('id')} of document {at} stands in another too")


def _sections(sheets: list[ExportPage]) -> list[str]:
    return list(dict.fromkeys(s.section for s in sheets if s.section))


def _plain(value: Value) -> Value:
    """The value with what neither JSON nor Solr's answers in XML can carry replaced."""
    if isinstance(value, str):
        return xml_text(value)
    if isinstance(value, list):
        return [xml_text(v) if isinstance(v, str) else v for v in value]  # type: ignore[return-value]
    return value
