"""Pages that a browser set as files: the colour print itself, or a scan of it, each with its truth."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from samples.browser.design import full_page, random_page
from samples.browser.printing import PAGES, BrowserPage, browser_pages
from samples.typeset.chance import front_damage
from samples.typeset.scanner import carried, jpeg, scan
from samples.typeset.truth import PageTruth

STYLES: Final = ("browser", "browser_mixed", "browser_full")
"""The styles of random pages; mixed ones hold verse, figures and small adverts too, full ones have no gaps."""
PRINT: Final = "clean"
"""The level that leaves the colour print as it is."""
_LEVELS: Final = ("office", "poor", "jpeg", "office")
"""The damage of every second random page, by its seed; the others stay colour prints."""
_PRINT_DPI: Final = 300


@dataclass(frozen=True, slots=True)
class Copy:
    """A page as the JPEG file that is digitized: its name, its gold record, its truth in the pixels of the file."""

    name: str
    data: bytes
    gold: dict[str, Any]
    truth: PageTruth

    def write(self, folder: Path) -> Path:
        """The file, written as page1.jpg."""
        file = folder / "page1.jpg"
        file.write_bytes(self.data)
        return file


def random_copies(style: str, seeds: Sequence[int], level: str | None = None) -> Iterator[Copy]:
    """Pages drawn by chance, in the order of their seeds; the seed also draws the level where none is given."""
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            html = full_page(seed) if style == "browser_full" else random_page(seed, mixed=style == "browser_mixed")
            Path(folder, f"{seed:09}.html").write_text(html, encoding="utf-8")
        for page in browser_pages(Path(folder)):
            seed = int(page.name)
            yield _copy(page, f"{style}-{seed}", seed, level or _level(seed), quality=88)


def handmade_copies(names: Sequence[str], levels: Sequence[str]) -> Iterator[Copy]:
    """The pages of `pages/` of the given names, all where none is given, each at each of the levels."""
    for page in browser_pages(PAGES, names):
        seed = sum(page.name.encode())
        for level in levels:
            yield _copy(page, f"{page.name}-{level}", seed, level, quality=90)


def _level(seed: int) -> str:
    return PRINT if seed % 2 else _LEVELS[seed // 2 % len(_LEVELS)]


def _copy(page: BrowserPage, name: str, seed: int, level: str, *, quality: int) -> Copy:
    if level == PRINT:
        out = io.BytesIO()
        page.image.save(out, "JPEG", quality=quality, dpi=(_PRINT_DPI, _PRINT_DPI))
        return Copy(name, out.getvalue(), page.gold, page.truth)
    damage = front_damage(seed, level)
    image, warp = scan(np.asarray(page.image.convert("L")), None, damage, seed)
    return Copy(name, jpeg(image, damage), page.gold, carried(page.truth, warp, image.size, damage.dpi))
