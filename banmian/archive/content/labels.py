"""What an issue, its pages and its articles are called where a reader chooses among them."""

from __future__ import annotations

from typing import Final

from banmian.archive.content.export_issue import ExportIssue, ExportPage
from banmian.archive.content.xml_text import xml_text
from cleanup.article import Article

_TITLE: Final = 60
"""Maximum length, in characters, of the label of an article."""


def issue_title(holding: ExportIssue) -> str:
    """Newspaper and date where they are known, else the name of the issue's folder."""
    told = (holding.metadata.newspaper, holding.metadata.date)
    return xml_text(" ".join(filter(None, told)) or holding.issue.name)


def page_label(sheet: ExportPage) -> str:
    """The page's 版次 as printed, else its number."""
    return xml_text(sheet.edition or str(sheet.number))


def page_name(sheet: ExportPage) -> str:
    """The name of a page, such as 3版 要闻."""
    return " ".join(filter(None, (f"{page_label(sheet)}版", xml_text(sheet.section or ""))))


def title_of(article: Article) -> str:
    """The headline, or the beginning of the text, or what kind of piece it is."""
    text = article.title or next(iter(article.paragraphs or article.captions), "")
    return " ".join(xml_text(text).split())[:_TITLE] or article.kind.value
