"""The pages of a PDF gathered on the disk, so that a long issue takes no more memory than a short one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf


class Pages:
    """Pages, each taken in as a PDF of its own, that become one PDF. Its files lie in `folder`, which is the caller's.

    qpdf joins them from file to file: pages that pikepdf takes over from another PDF it would hold in memory.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()  # so that no path looks like an option
        self._leaves: list[Path] = []

    def add(self, page: pikepdf.Pdf) -> None:
        """Takes the page in; `page` may be closed after."""
        path = self._folder / f"{len(self._leaves):06}.pdf"
        page.save(path)
        self._leaves.append(path)

    @contextmanager
    def bound(self) -> Iterator[pikepdf.Pdf]:
        """All pages in their order as one PDF, at least one; to be saved elsewhere while the block lasts."""
        whole = self._folder / "whole.pdf"
        leaves = map(str, self._leaves)
        pikepdf.Job(["qpdf", "--empty", "--deterministic-id", "--pages", *leaves, "--", str(whole)]).run()
        for leaf in self._leaves:
            leaf.unlink()
        with pikepdf.open(whole, access_mode=pikepdf.AccessMode.stream) as pdf:
            yield pdf
