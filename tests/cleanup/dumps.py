"""Raw newspaper text made from the samples' own stories, with its truth, for the tests of plain text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from cleanup.article import Article, ArticleKind, Issue
from cleanup.assemble import assemble
from cleanup.plaintext.pages import pages_of_text
from samples.typeset.story import Story, own_stories

STORIES = tuple(s for s in own_stories() if s.printed_byline and len(s.paras) > 3)
INDENT = "　　"


def fold(text: str | None) -> str:
    """The text without white space, widths and lengths of dashes folded: what reading it aloud would keep."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text or "") if not c.isspace())
    while "——" in plain:
        plain = plain.replace("——", "—")
    return plain


def issue_of(*texts: str) -> Issue:
    """The issue whose pages are these texts, cleaned."""
    pages = [page for n, text in enumerate(texts, start=1) for page in pages_of_text(text, n)]
    return assemble("晨报", pages)


def articles_of(*texts: str) -> list[Article]:
    return [a for a in issue_of(*texts).articles if a.kind is ArticleKind.ARTICLE]


def body(article: Article) -> str:
    return fold("".join(article.paragraphs))


def gold_body(record: dict[str, Any]) -> str:
    return fold("".join(record["paragraphs"]))


def story_body(story: Story) -> str:
    return fold("".join(p.text for p in story.paras))


def wrapped(text: str, width: int, indent: str = INDENT) -> list[str]:
    """The paragraph cut into lines of `width` characters, the first one indented by two."""
    first = width - 2 if indent else width
    return [indent + text[:first], *(text[i : i + width] for i in range(first, len(text), width))]


def body_lines(story: Story, width: int = 18, indent: str = INDENT) -> list[str]:
    """The story's paragraphs in lines; a subhead stands apart, set in as a paragraph is."""
    lines: list[str] = []
    for para in story.paras:
        lines += ["", indent + para.text, ""] if para.subhead else wrapped(para.text, width, indent)
    return lines


def text_of(blocks: Sequence[Sequence[str]]) -> str:
    return "\n".join("\n".join(block) + "\n" for block in blocks)
