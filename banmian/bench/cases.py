"""What is measured: typeset issues and real pages with their gold files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from banmian.batch.intake import SUFFIXES
from banmian.evaluate import read_gold
from banmian.store.display_path import natural

ROOT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = ROOT.parent / "shared" / "data"
FORMS: Final = "forms.tsv"
"""The table of variant forms beside the gold files of keyed pages."""

_BEFORE_HANZI: Final = "\u2e80"
"""The first character of the radicals: what stands before them is of another script or a mark."""


class Group(StrEnum):
    """Where the scans of a case come from."""

    TYPESET = "typeset"
    REAL = "real"


@dataclass(frozen=True, slots=True)
class Case:
    """Scans with their gold file; `source` is what Banmian is given."""

    name: str
    source: Path
    scans: tuple[Path, ...]
    gold: Path
    lang: str
    group: Group = Group.TYPESET
    forms: Path | None = None
    """A table of variant forms, where the gold file was keyed."""


def cases() -> list[Case]:
    """The development data where it lies beside the checkout, the samples otherwise."""
    if SHARED.is_dir():
        issues = [_issue(f, "gold.json") for f in sorted((SHARED / "dev").iterdir())]
        return [*issues, *(_page(f) for f in sorted((SHARED / "real").glob("*.json")))]
    return [_issue(f.parent, f.name) for f in sorted((ROOT / "samples").glob("*/gold.json"))]


def language(texts: Iterable[str]) -> str:
    """Return the reader's model for a text: chi_tra where it has more characters in Big5 than in GB 2312."""
    hanzi = "".join(c for text in texts for c in text if c > _BEFORE_HANZI)
    traditional, simplified = (len(hanzi.encode(code, "ignore")) for code in ("big5", "gb2312"))
    return "chi_tra" if traditional > simplified else "chi_sim"


def _issue(folder: Path, gold: str) -> Case:
    scans = sorted((p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES), key=lambda p: natural(p.name))
    return Case(folder.name, folder, tuple(scans), folder / gold, _language(folder / gold))


def _page(gold: Path) -> Case:
    scan = _scan(gold)
    forms = gold.parent / FORMS if read_gold(gold).is_keyed else None
    return Case(gold.stem, scan, (scan,), gold, _language(gold), Group.REAL, forms)


def _scan(gold: Path) -> Path:
    """The scan of the gold file's own name, or the one that it names."""
    beside = (p for p in sorted(gold.parent.glob(f"{gold.stem}.*")) if p.suffix.lower() in SUFFIXES)
    return next(beside, None) or gold.parent / json.loads(gold.read_text(encoding="utf-8"))["image"]


def _language(gold: Path) -> str:
    return language(t for a in read_gold(gold).articles for t in a.everything())
