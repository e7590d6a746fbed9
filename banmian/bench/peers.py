"""The peers: what other open programs make of the same scans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from banmian.bench.cases import ROOT, Case
from banmian.bench.cost import Cost, banmian, said, spent
from banmian.evaluate import TextScore, read_gold, read_text, score_text

RAPIDOCR: Final = ROOT / ".venv-peers" / "bin" / "python"
"""`make bench` sets it up: RapidOCR in an environment of its own, for it wants other versions than Banmian does."""

_READ: Final = """
import sys
from rapidocr_onnxruntime import RapidOCR
lines, _ = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)(sys.argv[1])
open(sys.argv[2], "w", encoding="utf-8").write("".join(f"{text}\\n" for _, text, _ in lines or []))
"""


@dataclass(frozen=True, slots=True)
class Theirs:
    """What a program made of a case, and what `banmian clean` makes of its text."""

    name: str
    score: TextScore
    cost: Cost
    cleaned: TextScore


def measure_tesseract(case: Case, folder: Path) -> Theirs:
    """Runs Tesseract, with its own page analysis, on each whole page."""
    return _measured("tesseract --psm 3", case, folder, _tesseract)


def measure_rapidocr(case: Case, folder: Path) -> Theirs | None:
    """Runs RapidOCR on each whole page; None where it is not installed."""
    return _measured("rapidocr", case, folder, _rapidocr) if RAPIDOCR.exists() else None


def _tesseract(scan: Path, text: Path, lang: str) -> list[str]:
    return ["tesseract", str(scan), str(text.with_suffix("")), "--psm", "3", "-l", lang]


def _rapidocr(scan: Path, text: Path, _lang: str) -> list[str]:
    return [str(RAPIDOCR), "-c", _READ, str(scan), str(text)]


def _measured(name: str, case: Case, folder: Path, command: Callable[[Path, Path, str], list[str]]) -> Theirs:
    key = f"{case.name}.{name.split(maxsplit=1)[0]}"
    texts, cost = [folder / f"{key}.{scan.stem}.txt" for scan in case.scans], Cost()
    for scan, text in zip(case.scans, texts, strict=True):
        cost += spent(command(scan, text, case.lang))
    raw, clean = folder / f"{key}.raw", folder / f"{key}.clean"
    raw.write_bytes(b"\n".join(t.read_bytes() for t in texts))
    clean.write_bytes(said(banmian("clean", *map(str, texts))))
    gold = read_gold(case.gold).articles
    return Theirs(name, score_text(gold, read_text(raw)), cost, score_text(gold, read_text(clean)))
