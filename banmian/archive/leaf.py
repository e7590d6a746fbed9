"""A page with all that its issue says about it: what the formats for single pages are written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cleanup.article import Issue, Role
from cleanup.edit import LINE_BREAK
from layout.page import Line, Page


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page, its corrected lines, and for its lines the article that holds them.

    `corrected`, `articles` and `roles` go by the line's id, `titles` by the article's; a line in no article stands as
    it was recognized. `made` is the time of the run that read the page, UTC, so that a second export gives the same
    bytes.
    """

    page: Page
    made: str
    corrected: Mapping[str, str] = field(default_factory=dict)
    articles: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def text(self, line: Line) -> str:
        """The line under the edits that are in force; what an edit does over a line's end falls to one side of it."""
        return self.corrected.get(line.id, line.text)


def leaf_of(page: Page, issue: Issue, made: str) -> Leaf:
    corrected, articles, roles, titles = {}, {}, {}, {}
    for article in issue.articles:
        here = [(index, source) for index, source in enumerate(article.lines) if source.page == page.number]
        if here:
            titles[article.id] = article.title or ""
        for index, source in here:
            clean = article.clean.between(article.raw.starts[index], article.raw.line_end(index))
            corrected[source.line.id] = clean.replace(LINE_BREAK, "")
            articles[source.line.id] = article.id
            roles[source.line.id] = source.role
    return Leaf(page, made, corrected, articles, roles, titles)
