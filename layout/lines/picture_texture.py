"""Picture texture: what the line detector takes for lines amid a picture, grass, reeds, a crowd, rows of windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layout.components import AREA, HEIGHT, WIDTH, boxes_of, components
from layout.geometry import Box
from layout.ink import Gray, Mask, grown
from layout.lines.detected_line import DetectedLine
from layout.marks.marks import Marks
from layout.params import EM
from layout.prepare.segmentation import PICTURE, Segmentation


@dataclass(frozen=True, slots=True)
class LineTextureParams:
    """Bounds of what is texture and no line; all of them must hold."""

    ring: float = 1.0
    """Width of the ring about a line's box in which the picture is looked for, in em of the body type."""
    picture: float = 0.3
    """Share of box and ring that is picture, at least."""
    text: float = 0.6
    """Mean probability of text over the box, at most; a headline set on a picture has more."""
    faint: float = 0.5
    """Contrast of the line's ink with its ground in that of most lines of the page, at most: type on a picture is set
    to be read, the tones of a picture run into each other."""


@dataclass(frozen=True, slots=True)
class BlockRowParams:
    """Bounds of a row of windows, tiles or seats in a photograph; all of them must hold."""

    full: float = 0.7
    """Share of its box that a block fills with ink, at least; strokes of a hanzi leave more white."""
    thick: float = 0.25
    """Extent of a block both ways, in thicknesses of the line, at least; a thin stroke fills its box too."""
    rim: int = 2
    """Width in pixels of a block's edge, which is blurred; of a block under four times that, a quarter."""
    tone: float = 0.3
    """Distance of an even pixel's grey from the block's usual one, in its contrast with the ground, at most."""
    text: float = 0.75
    """Mean probability of text over a line from which on its blocks must be even: it may be type."""
    even: float = 0.8
    """Share of a block within its edge that is even, at least; counters of small type that ink has filled come to three
    quarters."""
    blocks: float = 0.7
    """Share of the line's ink that is of blocks, at least; small white type on a photograph comes to a half."""
    blocks_beside: float = 0.3
    """The same beside several such rows, where a wall's edge or a figure before it is of the line too."""
    beside: float = 2.0
    """Distance to such a row, in em of the body type, at most."""
    rows: int = 3
    """Number of such rows, at least."""
    grain_ink: float = 0.15
    """Extent in thicknesses of the line under which ink is grain and is not counted."""
    light: float = 90.0
    """Percentile of a page's grey levels that is its paper."""
    margin: float = 0.5
    """Width of the ring about a line in which its ground is measured, in em of the body type."""
    blur: int = 5
    """Width in pixels of the brush by which ink is kept out of the ground: an edge is blurred."""
    dark: float = 40.0
    """Grey levels by which the ground is darker than the paper, at least: worn or smeared type may be as full."""
    grain: float = 1.5
    """Mean difference of neighbouring pixels of the ground, in grey levels, at least: a panel is flat."""


BLOCK_ROWS = BlockRowParams()
DEFAULT = LineTextureParams()


def without_picture_texture(
    lines: Sequence[DetectedLine], marks: Marks, gray: Gray, params: LineTextureParams = DEFAULT
) -> list[DetectedLine]:
    """The lines without those that are the texture of a picture; `gray` is the normalized picture."""
    p, seg = params, marks.segmentation
    doubted = {n.id for n in lines if _picture_share(n.box, seg, p) >= p.picture and seg.text_share(n.box) < p.text}
    sure = [n.box for n in lines if n.id not in doubted]
    if not doubted or not sure:
        return list(lines)
    usual = float(np.median([_contrast(b, marks.type_ink, gray) for b in sure]))
    return [n for n in lines if n.id not in doubted or _contrast(n.box, marks.type_ink, gray) > p.faint * usual]


def rows_of_blocks(
    lines: Sequence[DetectedLine], marks: Marks, gray: Gray, params: BlockRowParams = BLOCK_ROWS
) -> list[DetectedLine]:
    """The lines that are rows of full blocks on the uneven ground of a photograph, such as lit windows, and no print.

    `gray` is the normalized picture.
    """
    p = params
    shares = [_share_of_blocks(n.box, marks.type_ink, p) for n in lines]
    if max(shares, default=0.0) < p.blocks:
        return []
    paper = float(np.percentile(gray, p.light))
    doubted = []
    for n, all_blocks in zip(lines, shares, strict=True):
        share = all_blocks
        if share >= p.blocks_beside:
            tones, steps = _ground(n.box, marks.type_ink, gray, p)
            if _is_uneven(tones, steps, paper, p):
                if share >= p.blocks and marks.segmentation.text_share(n.box) >= p.text:
                    share = _share_of_blocks(n.box, marks.type_ink, p, gray, float(np.median(tones)))
                doubted.append((n, share >= p.blocks))
    rows = [n.box for n, sure in doubted if sure]
    near = round(p.beside * EM)
    return [n for n, sure in doubted if sure or sum((n.box.grown(near) & r).area > 0 for r in rows) >= p.rows]


def _share_of_blocks(box: Box, ink: Mask, p: BlockRowParams, gray: Gray | None = None, ground: float = 0.0) -> float:
    """The share of a line's ink that lies in full blocks; where the grey levels are given, in those of one tone.

    `ground` is the grey level of the line's ground.
    """
    here = np.s_[box.y0 : box.y1, box.x0 : box.x1]
    pieces = components(ink[here])
    wide, high, area = pieces[:, WIDTH], pieces[:, HEIGHT], pieces[:, AREA]
    thickness = min(box.width, box.height)
    blocks = (np.minimum(wide, high) >= p.thick * thickness) & (area >= p.full * wide * high)
    if gray is not None:
        blocks[blocks] = [_is_of_one_tone(gray[here], b, ground, p) for b in boxes_of(pieces[blocks])]
    counted = float(area[np.maximum(wide, high) >= p.grain_ink * thickness].sum())
    return float(area[blocks].sum()) / max(1.0, counted)


def _is_of_one_tone(gray: Gray, block: Box, ground: float, p: BlockRowParams) -> bool:
    """Whether a block within its edge is of one grey: the counters of a glyph are of its ground's, filled with ink."""
    b = block.grown(-min(p.rim, min(block.width, block.height) // 4))
    tones = gray[b.y0 : b.y1, b.x0 : b.x1].astype(np.float32)
    usual = float(np.median(tones))
    return float((np.abs(tones - usual) < p.tone * abs(usual - ground)).mean()) >= p.even


def _ground(box: Box, ink: Mask, gray: Gray, p: BlockRowParams) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int16]]:
    """The grey levels of the ground in and about a line, and the differences of its neighbouring pixels."""
    margin = round(p.margin * EM)
    b = box.grown(margin) & Box(0, 0, gray.shape[1], gray.shape[0])
    part, near = gray[b.y0 : b.y1, b.x0 : b.x1], grown(ink[b.y0 : b.y1, b.x0 : b.x1], p.blur, p.blur)
    free = near == 0
    if not free.any():
        free = ink[b.y0 : b.y1, b.x0 : b.x1] == 0
    steps = np.abs(np.diff(part.astype(np.int16), axis=1))
    return part[free], steps[free[:, 1:] & free[:, :-1]]


def _is_uneven(tones: npt.NDArray[np.uint8], steps: npt.NDArray[np.int16], paper: float, p: BlockRowParams) -> bool:
    """Whether a ground is darker than the paper and uneven."""
    if not tones.size or not steps.size:
        return False
    return paper - float(np.median(tones)) >= p.dark and float(steps.mean()) >= p.grain


def _picture_share(box: Box, seg: Segmentation, p: LineTextureParams) -> float:
    b = box.grown(round(p.ring * EM))
    k = seg.scale
    part = seg.label[max(0, int(b.y0 * k)) : round(b.y1 * k), max(0, int(b.x0 * k)) : round(b.x1 * k)]
    return float((part == PICTURE).mean()) if part.size else 0.0


def _contrast(b: Box, ink: Mask, gray: Gray) -> float:
    """Grey levels between the mean of a line's ink and that of its ground."""
    inked, tones = ink[b.y0 : b.y1, b.x0 : b.x1] > 0, gray[b.y0 : b.y1, b.x0 : b.x1]
    if not inked.any() or inked.all():
        return 0.0
    return abs(float(tones[inked].mean()) - float(tones[~inked].mean()))
