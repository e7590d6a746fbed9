"""The lines of a page in the order in which its articles are read."""

from __future__ import annotations

from collections.abc import Iterator

from banmian.archive.content.corrected_page import CorrectedPage
from cleanup.article import Issue
from layout.page import Line


def in_order(issue: Issue, leaf: CorrectedPage) -> Iterator[tuple[Line, str]]:
    """The page's lines with their clean text, article after article; lines of no article come last."""
    here = [s.line for a in issue.articles for s in a.lines if s.page == leaf.page.number]
    known = {line.id for line in here}
    for line in (*here, *(line for line in leaf.page.lines if line.id not in known)):
        yield line, leaf.text(line)
