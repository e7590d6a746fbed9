"""Articles as JSON lines: one article a line, UTF-8, the record that Article.record gives."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from banmian.archive.holding import Holding
from cleanup.article import Issue


def write(holding: Holding, part: Path) -> None:
    """Writes `part`/NAME.jsonl."""
    with (part / f"{holding.folder}.jsonl").open("w", encoding="utf-8") as stream:
        stream.writelines(lines([holding.issue]))


def lines(issues: Iterable[Issue]) -> Iterator[str]:
    """One line, with its line end, for every article, in the order of the issues and of their articles."""
    for issue in issues:
        for article in issue.articles:
            yield json.dumps(article.record(), ensure_ascii=False) + "\n"
