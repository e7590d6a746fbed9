"""Pictures and figures of what the network says: overlays, and measures on labelled pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from layout.prepare.segmentation import CLASSES, SCALE, Segmentation, segment_small
from samples.segmentation.augment import is_text, read
from samples.segmentation.labels import CLASS, CORE, UNKNOWN, Gray, Label

COLOURS: Final = np.array(
    ((255, 255, 255), (255, 150, 90), (60, 60, 235), (90, 200, 90), (210, 0, 210), (0, 170, 220)), np.uint8
)
"""Blue, green, red of a class: paper white, body blue, display red, picture green, rule magenta, table line amber."""
NAMES: Final = ("paper", "body", "display", "picture", "rule", "table line")
CORE_LEVEL: Final = 128
"""Core probability, of 255, from which a pixel belongs to a core."""


def overlay(small: Gray, found: Segmentation) -> npt.NDArray[np.uint8]:
    """The page with its classes in colour: cores dark, reversed text in yellow hatching, vertical text in lines."""
    colour = COLOURS[found.label].astype(np.float32) * 0.5
    shown = colour + small[..., None].astype(np.float32) * 0.5
    core = found.core >= CORE_LEVEL
    shown[core] *= 0.55
    text = (found.label == 1) | (found.label == 2)
    yy, xx = np.mgrid[0 : small.shape[0], 0 : small.shape[1]]
    shown[text & (found.reversed > 127) & ((xx + yy) % 6 < 2)] = (0, 255, 255)
    shown[text & (found.vertical > 127) & (yy % 6 < 1)] = (0, 0, 0)
    return shown.astype(np.uint8)


@dataclass
class Measures:
    """Counts over labelled pictures."""

    both: npt.NDArray[np.int64]
    either: npt.NDArray[np.int64]
    lines: int = 0
    whole: int = 0
    """True lines that are exactly one core component, which meets no other line."""
    missed: int = 0
    joined: int = 0
    torn: int = 0
    false: int = 0
    """Core components that meet no true line."""

    def __str__(self) -> str:
        shares = ", ".join(f"{n} {b / e:.3f}" for n, b, e in zip(NAMES, self.both, self.either, strict=True) if e > 0)
        n = max(1, self.lines)
        return (
            f"IoU {shares}; lines {self.lines}: one core {self.whole / n:.4f}, missed {self.missed / n:.4f}, "
            f"joined {self.joined / n:.4f}, torn {self.torn / n:.4f}; cores without a line {self.false}"
        )


def measure(files: list[Path]) -> Measures:
    """Measures of the network on the pictures of training files it was not trained on."""
    total = Measures(np.zeros(CLASSES, np.int64), np.zeros(CLASSES, np.int64))
    for path in files:
        for picture in read(path):
            count(total, segment_small(picture.gray), picture.label)
    return total


def count(total: Measures, found: Segmentation, label: Label) -> None:
    """Add one picture."""
    known, kind = (label & UNKNOWN) == 0, label & CLASS
    for c in range(CLASSES):
        a, b = (kind == c) & known, (found.label == c) & known
        total.both[c] += int((a & b).sum())
        total.either[c] += int((a | b).sum())
    truth = ((label & CORE) > 0) & is_text(label)
    lines, true = cv2.connectedComponents(truth.astype(np.uint8), connectivity=4)
    core = (found.core >= CORE_LEVEL).astype(np.uint8)
    parts, seen = cv2.connectedComponents(core, connectivity=4)
    sizes = np.bincount(seen.ravel(), minlength=parts)
    pairs = np.bincount((true.astype(np.int64) * parts + seen).ravel(), minlength=lines * parts).reshape(lines, parts)
    meets = (pairs[1:, 1:] >= 3) if lines > 1 and parts > 1 else np.zeros((lines - 1, parts - 1), bool)
    partners, lines_met = meets.sum(axis=1), meets.sum(axis=0)
    crowded = meets @ (lines_met > 1)
    total.lines += lines - 1
    total.missed += int((partners == 0).sum())
    total.torn += int((partners > 1).sum())
    total.joined += int(((partners >= 1) & crowded).sum())
    total.whole += int(((partners == 1) & ~crowded).sum())
    total.false += int(((lines_met == 0) & (sizes[1:] >= 8)).sum())


def draw_overlays(files: list[Path], out: Path) -> None:
    """Write the overlays of pictures whose body type is 20 pixels."""
    out.mkdir(parents=True, exist_ok=True)
    for path in files:
        gray = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        if gray is None:
            raise SystemExit(f"{path} is no picture that OpenCV reads.")
        small = cv2.resize(gray, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_AREA)
        cv2.imwrite(str(out / f"{path.stem}.png"), overlay(small, segment_small(small)))
