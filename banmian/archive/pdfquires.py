"""The pages of a PDF gathered on the disk, so that a long issue takes no more memory than a short one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import pikepdf

_LEAVES: Final = 32
"""Pages that are gathered into one quire: so many files are open at a time, and one for each quire at the end."""


class Quires:
    """Pages, each taken in as a PDF of its own, that become one PDF. Its files lie in `folder`, which is the caller's.

    Merging copies encoded streams from file to file; no page's picture is held in memory.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self._leaves: list[Path] = []
        self._quires: list[Path] = []

    def add(self, page: pikepdf.Pdf) -> None:
        """Takes the page in; `page` may be closed after."""
        self._leaves.append(self._saved(page))
        if len(self._leaves) == _LEAVES:
            self._fold()

    @contextmanager
    def bound(self) -> Iterator[pikepdf.Pdf]:
        """All pages in their order as one PDF, to be saved while the block lasts."""
        if self._leaves:
            self._fold()
        with _merged(self._quires) as pdf:
            yield pdf

    def _fold(self) -> None:
        with _merged(self._leaves) as quire:
            self._quires.append(self._saved(quire))
        for leaf in self._leaves:
            leaf.unlink()
        self._leaves = []

    def _saved(self, pdf: pikepdf.Pdf) -> Path:
        self._count += 1
        path = self._folder / f"{self._count:06}.pdf"
        pdf.save(path)
        return path


@contextmanager
def _merged(paths: list[Path]) -> Iterator[pikepdf.Pdf]:
    with ExitStack() as stack:
        out = stack.enter_context(pikepdf.new())
        for path in paths:
            part = stack.enter_context(pikepdf.open(path, access_mode=pikepdf.AccessMode.stream))
            out.pages.extend(part.pages)
        yield out
