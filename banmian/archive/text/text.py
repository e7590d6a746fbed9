"""Articles as plain text: one file an article and one a page, UTF-8, a paragraph a line, blank lines between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from banmian.archive.content.export_issue import ExportIssue
from banmian.archive.content.finding import ExportFault, ExportFinding
from banmian.archive.content.xml_text import xml_text
from banmian.store.display_path import shown
from cleanup.article import Article, ArticleKind, Issue, Role

_HEAD: Final = (Role.KICKER, Role.TITLE, Role.SUBTITLE)
_TURN: Final = "轉"
"""The verb of a marker in traditional text, taken where the article holds it."""
_TITLE_LENGTH: Final = 40
"""Maximum length, in characters, of the headline in a file's name."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file to be: its place below the export, and its text."""

    path: PurePosixPath
    text: str


def write(holding: ExportIssue, part: Path) -> None:
    """Writes the issue's files below `part`/NAME."""
    for file in files(holding.issue, holding.folder):
        place = part / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(xml_text(file.text), encoding="utf-8", newline="")


def findings(file: Path) -> Iterator[ExportFinding]:
    """What is wrong with a file of plain text: what no program for text can show."""
    try:
        text = file.read_bytes().decode()
    except UnicodeDecodeError as e:
        yield ExportFinding(shown(file), ExportFault.DAMAGED, f"it is no UTF-8: {e.reason} at byte {e.start}")
        return
    if (at := next((i for i, (a, b) in enumerate(zip(text, xml_text(text), strict=True)) if a != b), None)) is not None:
        line = text.count("\n", 0, at) + 1
        yield ExportFinding(
            shown(file), ExportFault.DAMAGED, f"U+{ord(text[at]):04X} stands in line {line}, which is no text"
        )


def files(issue: Issue, folder: str) -> Iterator[TextFile]:
    """The files below `folder`: articles/001 HEADLINE.txt and so on, then pages/0001.txt and so on."""
    root = PurePosixPath(folder)
    for place, article in enumerate(pieces(issue), start=1):
        yield TextFile(root / "articles" / f"{place:03} {_name(article)}.txt", article_text(article))
    for page in issue.pages:
        yield TextFile(root / "pages" / f"{page.number:04}.txt", page_text(issue, page.number))


def pieces(issue: Issue) -> Iterator[Article]:
    """Whatever a reader would call a piece: folios, page heads and editors' lines are left out."""
    return filter(is_piece, issue.articles)


def is_piece(article: Article) -> bool:
    """Whether a reader would call it a piece."""
    return article.kind is not ArticleKind.FURNITURE


def article_text(article: Article) -> str:
    """Headline parts and byline a line each, then the body, then the captions; of a table a line for each row."""
    head = [b.text for role in _HEAD for b in article.blocks if b.role is role]
    head += [article.byline] if article.byline else []
    turn = _TURN if _TURN in article.raw.text else "转"
    jumps = [
        f"（上接{article.continued_from}版）" if article.continued_from else "",
        f"（下{turn}{article.continued_to}版）" if article.continued_to else "",
    ]
    body = ["\n".join(article.paragraphs)] if article.kind is ArticleKind.TABLE else [*article.paragraphs]
    parts = ["\n".join(head), jumps[0], *body, jumps[1], *article.captions]
    return "\n\n".join(p for p in parts if p) + "\n"


def page_text(issue: Issue, number: int) -> str:
    """The clean text on one page, article after article; of an article that jumps, the part that is here."""
    return "\n".join(t for a in issue.articles if (t := _on_page(a, number)))


def _on_page(article: Article, number: int) -> str:
    raw, here = article.raw, [i for i, s in enumerate(article.lines) if s.page == number]
    text = "".join(article.clean.between(raw.starts[i], raw.line_end(i)) for i in here).strip()
    return text + "\n" if text else ""


def _name(article: Article) -> str:
    """The headline, or the beginning of the text, as a file name that any system takes."""
    text = article.title or next(iter(article.paragraphs or article.captions), "") or article.kind.value
    plain = "".join(c if c.isprintable() and c not in '/\\:*?"<>|$%' else " " for c in text)
    return " ".join(plain.split())[:_TITLE_LENGTH].strip(" .") or article.kind.value
