"""Training pages: issues of samples.typeset at the network's scale, labelled from the truth."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import cv2
import numpy as np

from samples.segmentation.labels import (
    BODY,
    DISPLAY,
    DISPLAY_SIZE,
    EM,
    PICTURE,
    REVERSED,
    RULE,
    TABLE_LINE,
    VERTICAL,
    Gray,
    Label,
    Points,
    paint,
    paint_line,
)
from samples.typeset.chance import random_issue
from samples.typeset.truth import Mark, PageTruth, PrintedLine

STYLES: Final = {"modern": 8, "traditional": 2, "vertical": 3}
"""Styles of the drawn issues, with their weights."""
LEVELS: Final = {"clean": 3, "office": 5, "poor": 4, "one_bit": 2, "coarse": 2, "skewed": 1, "bound": 1, "tiny": 1}
"""Damage levels of the drawn issues, with their weights."""
BODY_KINDS: Final = frozenset({"body", "lead", "byline", "marker", "caption", "folio", "advert", "table", "subhead"})
PICTURES: Final = frozenset({"picture", "cutout", "logo", "code", "drawing", "ornament", "photo"})
RULES: Final = frozenset({"rule", "frame", "wavy", "byline_rule"})
LEAST_THICKNESS: Final = 0.75
"""Em; thickness of a line whose ink is flatter (a row of dashes, a line of 一)."""


@dataclass(frozen=True, slots=True)
class TrainingPage:
    """A page at the network's scale: `boxes`, shape (n, 4, 2), are the corners of its rectangular pictures."""

    gray: Gray
    label: Label
    boxes: Points


def draw(out: Path, first: int, end: int, styles: dict[str, int] | None = None) -> None:
    """Draw one page for each seed from `first` to before `end` into `out`; pages already there are kept."""
    out.mkdir(parents=True, exist_ok=True)
    for seed in range(first, end):
        path = out / f"page-{seed}.npz"
        if not path.exists():
            page = training_page(seed, styles or STYLES)
            part = path.with_suffix(".part.npz")
            np.savez_compressed(part, gray=page.gray, label=page.label, boxes=page.boxes)
            part.rename(path)


def training_page(seed: int, styles: dict[str, int]) -> TrainingPage:
    """The page of that seed."""
    rng = Random(f"segmentation page {seed}")
    style = rng.choices(list(styles), list(styles.values()))[0]
    level = rng.choices(list(LEVELS), list(LEVELS.values()))[0]
    printed = random_issue(seed, 1, level, style=style, small=rng.random() < 0.3).pages[0]
    truth, picture = printed.truth, np.asarray(printed.image.convert("L"))
    scale = EM / truth.type_size * truth.width / picture.shape[1]
    gray = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return TrainingPage(gray, labelled(truth, gray), _boxes(truth, gray.shape[1] / truth.width))


def labelled(truth: PageTruth, gray: Gray) -> Label:
    """The label picture of a page that was scaled to `gray`."""
    scale = gray.shape[1] / truth.width
    label = np.zeros(gray.shape, np.uint8)
    for mark in truth.marks:
        if mark.kind == "cutout":
            _paint_cutout(label, _quad(mark, scale), gray)
        elif mark.kind in PICTURES:
            paint(label, _quad(mark, scale) - 0.5, PICTURE)
    tables = [m.box for m in truth.marks if m.kind == "table"]
    for mark in truth.marks:
        if mark.kind in RULES:
            _paint_rule(label, _quad(mark, scale), TABLE_LINE if _inside(mark.box, tables) else RULE)
    for line in truth.lines:
        paint_line(label, line_quad(line, scale), line_value(line, truth.type_size))
    return label


def line_value(line: PrintedLine, type_size: float) -> int:
    """The label of a line's pixels."""
    small = line.kind in BODY_KINDS and line.size < DISPLAY_SIZE * type_size
    value = BODY if small or line.size < 1.1 * type_size else DISPLAY
    return value | (REVERSED if line.white else 0) | (VERTICAL if line.vertical else 0)


def line_quad(line: PrintedLine, scale: float) -> Points:
    """The line's quad at that scale, at least three quarters of an em thick."""
    quad = np.array(line.quad, np.float64) * scale
    middle = quad.mean(axis=0)
    across = (quad[3] - quad[0] + quad[2] - quad[1]) / 2
    if line.vertical:
        across = (quad[1] - quad[0] + quad[2] - quad[3]) / 2
    thick = float(np.linalg.norm(across))
    least = LEAST_THICKNESS * line.size * scale
    if thick >= least or thick == 0:
        return quad
    unit = across / thick
    offset = (quad - middle) @ unit
    return np.asarray(quad + np.outer(offset * (least / thick - 1), unit))


def _quad(mark: Mark, scale: float) -> Points:
    return np.array(mark.quad, np.float64) * scale


def _paint_cutout(label: Label, quad: Points, gray: Gray) -> None:
    """Only what is inked: the paper round a cut-out figure is paper."""
    inside = np.zeros_like(label)
    paint(inside, quad - 0.5, 1)
    if inside.any():
        paper = float(np.median(gray))
        inked = ((gray < 0.88 * paper) & (inside > 0)).astype(np.uint8)
        closed = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
        label[(closed > 0) & (inside > 0)] = PICTURE


def _paint_rule(label: Label, quad: Points, value: int) -> None:
    quad = quad - 0.5
    cv2.polylines(label, [np.round(quad * 16).astype(np.int32)], True, value, 2, shift=4)
    if min(np.ptp(quad[:, 0]), np.ptp(quad[:, 1])) < EM / 2:
        paint(label, quad, value)


def _inside(box: tuple[int, int, int, int], outer: list[tuple[int, int, int, int]]) -> bool:
    slack = 8
    return any(
        o[0] - slack <= box[0] and o[1] - slack <= box[1] and box[2] <= o[2] + slack and box[3] <= o[3] + slack
        for o in outer
    )


def _boxes(truth: PageTruth, scale: float) -> Points:
    boxes = [_quad(m, scale) for m in truth.marks if m.kind == "picture"]
    return np.array(boxes, np.float32).reshape(-1, 4, 2)
