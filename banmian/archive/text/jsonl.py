"""Articles as JSON lines: one article a line, UTF-8, the record that Article.record gives."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from banmian.archive.content.export_issue import ExportIssue
from banmian.archive.content.finding import ExportFault, ExportFinding
from banmian.archive.content.xml_text import whole_characters
from banmian.store.display_path import shown
from cleanup.article import Article, ArticleRecord

_SECOND: Final = 2
"""The occurrence of an id at which it is reported: once, however often it comes again."""


def write(holding: ExportIssue, part: Path, *, with_ledger: bool = False) -> None:
    """Writes `part`/NAME.jsonl."""
    with (part / f"{holding.folder}.jsonl").open("w", encoding="utf-8") as stream:
        stream.writelines(lines(holding.issue.articles, with_ledger=with_ledger))


def lines(articles: Iterable[Article], *, with_ledger: bool = False) -> Iterator[str]:
    """One line, with its line end, for every article; with the ledger also its raw lines and all its edits."""
    for article in articles:
        record: dict[str, Any] = {**article.record()}
        if with_ledger:
            record |= {"lines": msgspec.to_builtins(article.lines), "ledger": msgspec.to_builtins(article.ledger)}
        yield whole_characters(json.dumps(record, ensure_ascii=False)) + "\n"


def findings(file: Path) -> Iterator[ExportFinding]:
    """What is wrong with a file of such lines."""
    look = JsonLinesChecker(shown(file))
    with file.open("rb") as stream:
        for line in stream:
            yield from look.at(line)


@dataclass(slots=True)
class JsonLinesChecker:
    """Looks at lines as they come, under the file's name."""

    name: str
    _line: int = 0
    _ids: Counter[tuple[str, str]] = field(default_factory=Counter)

    def at(self, line: bytes) -> Iterator[ExportFinding]:
        """What is wrong with the next line."""
        self._line += 1
        try:
            record = msgspec.json.decode(line, type=ArticleRecord)
        except msgspec.ValidationError as e:
            yield ExportFinding(self.name, ExportFault.BELOW, f"line {self._line} is no article: {e}")
        except (msgspec.DecodeError, UnicodeDecodeError) as e:
            yield ExportFinding(self.name, ExportFault.DAMAGED, f"line {self._line}: {e}")
        else:
            key = (record["issue"], record["id"])
            self._ids[key] += 1
            if self._ids[key] == _SECOND:
                yield ExportFinding(self.name, ExportFault.ID_TWICE, f"{'/'.join(key)}, on line {self._line}")
