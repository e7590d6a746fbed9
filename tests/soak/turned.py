"""The same page turned, askew, coarser, finer, and on paper that does not lie flat: does it hold the same articles?

The page as it is, upright and at its own resolution, is the measure; read is with PP-OCR alone.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import click
import cv2
import numpy as np

from banmian.bench.cases import ROOT, SHARED, Case
from banmian.bench.measure import Ours, measure
from layout.ink import Gray
from layout.input.scan import open_scan
from tests.layout.paper import bent, fanning, sinking
from tests.soak.table import Row

ENGINE: Final = "ppocr"
SCANS: Final = ("dev/issue1/page1.jpg", "real/zaobao_2025.png", "real/nongmin_2010.jpg")
"""In the development data; the samples' first pages serve where that is not."""

TOLD: Final = 4
"""Characters of its text from which on an article is told from others: the score compares as many at a time."""

Change = Callable[[Gray], Gray]


def main() -> None:
    """Prints a row for each page and each way in which it may lie."""
    for scan in _scans():
        with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
            for row in rows(scan, Path(name)):
                click.echo(str(row))


def rows(scan: Path, folder: Path) -> Iterator[Row]:
    """What became of the page in each of its forms, beside the page as it is."""
    gray = open_scan(scan).gray
    gold = folder / "gold.json"
    gold.write_bytes(b"[]")
    upright = _measured("upright", gray, folder, gold)
    articles = [json.loads(line) for line in (folder / f"upright-{ENGINE}.jsonl").read_text("utf-8").splitlines()]
    articles = [a for a in articles if a["kind"] == "article"]
    told = [a for a in articles if len("".join(a["paragraphs"])) >= TOLD]
    gold.write_text(json.dumps(told), "utf-8")
    bare = len(articles) - len(told)
    for name, change in CHANGES.items():
        ours = _measured(name, change(gray), folder, gold)
        yield Row(
            f"{scan.stem} {name}", _found(ours, upright), ours.score.recovered == 1.0 and ours.score.spurious <= bare
        )


def _measured(name: str, gray: Gray, folder: Path, gold: Path) -> Ours:
    """The picture run through Banmian and scored against the articles of `gold`."""
    scan = folder / f"{name}.png"
    cv2.imwrite(str(scan), gray, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return measure(Case(name, scan, (scan,), gold, "chi_sim"), ENGINE, folder)


def _found(ours: Ours, upright: Ours) -> str:
    s, ratio = ours.score, ours.layout_seconds / upright.layout_seconds
    shares = (
        f"articles {s.recovered:.2f}, titles {s.title:.2f}, characters wrong {s.body_cer:.4f}, {s.spurious} spurious"
    )
    return f"{shares}; layout {ratio:.2f} times the CPU, {ours.cost.memory:.0f} MB"


def _scans() -> list[Path]:
    if SHARED.is_dir():
        return [SHARED / name for name in SCANS]
    return sorted((ROOT / "samples").glob("*/page1.jpg"))


def _turned(quarters: int) -> Change:
    return lambda gray: np.ascontiguousarray(np.rot90(gray, -quarters))


def _askew(degrees: float) -> Change:
    def askew(gray: Gray) -> Gray:
        h, w = gray.shape
        turn = cv2.getRotationMatrix2D((w / 2, h / 2), -degrees, 1.0)
        cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
        wide, high = round(w * cos + h * sin), round(h * cos + w * sin)
        turn[:, 2] += (wide - w) / 2, (high - h) / 2
        paper = float(np.median(gray))
        return cv2.warpAffine(gray, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=paper).astype(np.uint8)

    return askew


def _scaled(factor: float) -> Change:
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return lambda gray: cv2.resize(gray, None, fx=factor, fy=factor, interpolation=way).astype(np.uint8)


CHANGES: Final[dict[str, Change]] = {
    "turned by 90°": _turned(1),
    "turned by 180°": _turned(2),
    "turned by 270°": _turned(3),
    "askew by 0.5°": _askew(0.5),
    "askew by 1.7°": _askew(1.7),
    "askew by 3°": _askew(3.0),
    "askew by -3°": _askew(-3.0),
    "at two thirds of its resolution": _scaled(2 / 3),
    "at twice its resolution": _scaled(2.0),
    "with columns leaning apart by 2 %": lambda g: bent(g, fanning(0.02, g.shape[1], g.shape[0], columns=True)),
    "with rows fanning by 2 %": lambda g: bent(g, fanning(0.02, g.shape[1], g.shape[0], columns=False)),
    "sinking by 1 % towards its binding": lambda g: bent(g, sinking(0.01 * g.shape[1])),
}
"""A 300 dpi page at two thirds is one of 200 dpi, at twice one of 600."""
