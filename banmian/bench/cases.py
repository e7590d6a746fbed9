"""What is measured: issues and single pages with their gold files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from banmian.batch.intake import SUFFIXES, natural

ROOT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = ROOT.parent / "shared" / "data"
_LANGUAGES: Final = {"hkej_2024": "chi_tra"}


@dataclass(frozen=True, slots=True)
class Case:
    """Scans with their gold file; `source` is what Banmian is given."""

    name: str
    source: Path
    scans: tuple[Path, ...]
    gold: Path
    lang: str


def cases() -> list[Case]:
    """The development data where it lies beside the checkout, the samples otherwise."""
    if SHARED.is_dir():
        issues = [_issue(f, "gold.json") for f in sorted((SHARED / "dev").iterdir())]
        return [*issues, *(_single(f) for f in sorted((SHARED / "real").glob("*.json")))]
    return [_issue(f.parent, f.name) for f in sorted((ROOT / "samples").glob("*/gold.json"))]


def _issue(folder: Path, gold: str) -> Case:
    scans = sorted((p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES), key=lambda p: natural(p.name))
    return Case(folder.name, folder, tuple(scans), folder / gold, "chi_sim")


def _single(gold: Path) -> Case:
    scan = gold.parent / json.loads(gold.read_text(encoding="utf-8"))["image"]
    return Case(gold.stem, scan, (scan,), gold, _LANGUAGES.get(gold.stem, "chi_sim"))
