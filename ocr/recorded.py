"""A reader that knows its text beforehand: for tests, and to run everything but reading."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Self

from layout.errors import PageFailed
from layout.page import Page
from layout.sheet import Sheet


class RecordedEngine:
    """Gives each line the text recorded under its page and id; a line that was never recorded is a failure."""

    def __init__(self, texts: Mapping[str, str], name: str = "recorded") -> None:
        self._texts = dict(texts)
        self._name = name

    @property
    def identity(self) -> str:
        return f"{self._name} {len(self._texts)} lines"

    @staticmethod
    def key(page: Page, line_id: str) -> str:
        return f"{Path(page.source).name}:{page.frame}:{line_id}"

    @classmethod
    def of_pages(cls, pages: list[Page]) -> Self:
        """A recording of pages that another engine has read."""
        return cls({cls.key(p, n.id): n.text for p in pages for n in p.lines})

    @classmethod
    def from_file(cls, path: Path) -> Self:
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def to_file(self, path: Path) -> None:
        path.write_text(json.dumps(self._texts, ensure_ascii=False, indent=0, sort_keys=True), encoding="utf-8")

    def read(self, page: Page, sheet: Sheet) -> Page:
        try:
            read = {n.id: replace(n, text=self._texts[self.key(page, n.id)]) for n in page.lines}
        except KeyError as e:
            raise PageFailed(f"{page.source}: nothing is recorded for {e}.", "Record the page again.") from e
        return replace(page.with_lines(read), reader=self.identity)
