"""Raw newspaper text in files becomes an issue of articles, and the articles text or JSON lines."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from banmian.archive.text.text import article_text, is_piece
from banmian.language import listed, said
from banmian.store.display_path import quoted, shown
from cleanup.article import Article, Issue
from cleanup.assemble import raw_issue
from cleanup.clean import clean
from cleanup.edits.pass_registry import Pass
from cleanup.plaintext.decode import decode
from cleanup.plaintext.pages import pages_of_text
from layout.errors import InputUnusable
from layout.page import Page

STDIN: Final = "-"


def clean_files(files: Sequence[Path], without: Collection[Pass] = ()) -> Issue:
    """The issue whose pages are these files of raw text, cleaned; `-`, or no file, is standard input."""
    issue = raw_files(files)
    return replace(issue, articles=tuple(cleaned(issue, without)))


def cleaned(issue: Issue, without: Collection[Pass] = ()) -> Iterator[Article]:
    """The issue's articles, each cleaned when it is asked for: the first is there long before the last."""
    return (clean(article, without) for article in issue.articles)


def raw_files(files: Sequence[Path]) -> Issue:
    """The issue whose pages are these files of raw text, in their order, its articles not cleaned yet."""
    files = files or (Path(STDIN),)
    pages: list[Page] = []
    for file in files:
        pages += pages_of_text(decode(_bytes(file), _shown(file)), len(pages) + 1, _shown(file))
    return raw_issue(_name(files), pages)


def _bytes(file: Path) -> bytes:
    if str(file) == STDIN:
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except IsADirectoryError as e:
        raise InputUnusable(f"{shown(file)} is a folder.", f"Name its files: banmian clean {quoted(file)}/*.txt") from e
    except OSError as e:
        why = f"{shown(file)} cannot be read: {e.strerror}."
        raise InputUnusable(why, "Name a text file, or - for standard input.") from e


def no_text(files: Sequence[Path]) -> str:
    """What is said of files, or of standard input, in which there is not a word."""
    return said("No text in {}.", listed(_shown(f) for f in files) if files else said("standard input"))


def _shown(file: Path) -> str:
    return "standard input" if str(file) == STDIN else str(shown(file))


def _name(files: Sequence[Path]) -> str:
    """The issue's name: that of the file, or of the folder that several files lie in."""
    first = files[0]
    if str(first) == STDIN:
        return "stdin"
    return first.stem if len(files) == 1 else first.absolute().parent.name


def texts(articles: Iterable[Article]) -> Iterator[str]:
    for place, article in enumerate(filter(is_piece, articles)):
        yield ("\n\n" if place else "") + article_text(article)
