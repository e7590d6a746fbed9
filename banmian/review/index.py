"""The issues and pages of a workspace in memory, read again when a run has changed them."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Final

from banmian.store.entries import IssueEntry, PageEntry
from banmian.store.workspace import Workspace

_LOOK: Final = 1.0
"""Seconds between two looks at whether the workspace has changed."""

PageKey = tuple[int, int]
"""The issue's number in the workspace and the page's number in the issue."""


class Index:
    """What there is. Safe to use from several threads."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._looked = 0.0
        self._stamp: object = None
        self._issues: dict[int, IssueEntry] = {}
        self._pages: dict[PageKey, PageEntry] = {}

    def issues(self) -> dict[int, IssueEntry]:
        """Every issue by its number, in natural order of the names."""
        self._refresh()
        return self._issues

    def pages(self) -> dict[PageKey, PageEntry]:
        """Every page, in the order of the issues."""
        self._refresh()
        return self._pages

    def _refresh(self) -> None:
        with self._lock:
            if time.monotonic() - self._looked < _LOOK:
                return
            with Workspace.open(self._root, results=False) as workspace:
                stamp = workspace.stamp()
                if stamp != self._stamp:
                    issues = workspace.issues()
                    self._pages = {(i.id, p.number): p for i in issues for p in workspace.pages(i.id)}
                    self._issues = {i.id: i for i in issues}
                    self._stamp = stamp
            self._looked = time.monotonic()
