"""The scanner: what paper, light, optics and the hand that lays the page on the glass do to clean print.

Only whole-number arithmetic and Pillow's own filters touch the pixels, so that the same settings give the same
bytes on any machine with the same Pillow.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from math import cos, radians, sin
from random import Random
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from samples.typeset.canvas import Ink
from samples.typeset.truth import PageTruth, Quad

Matrix = npt.NDArray[np.float64]
"""Shape (3, 3): a projective map of pixels of the clean sheet to pixels of the scan."""

SHEET_DPI: Final = 300


@dataclass(frozen=True, slots=True)
class ScanDamage:
    """What is done to a page. Nothing is done by default."""

    dpi: int = SHEET_DPI
    skew: float = 0.0
    """Degrees, clockwise."""
    keystone: float = 0.0
    """Share of the width by which the upper edge is shorter than the lower."""
    turn: int = 0
    """Clockwise, in degrees: 0, 90, 180 or 270."""
    border: int = 0
    """Dark scanner bed round the page, in pixels at 300 dpi."""
    paper: int = 255
    ink: int = 0
    spread: int = 0
    """Ink squash: 1 makes strokes a pixel bolder, -1 thinner."""
    blur: float = 0.0
    noise: int = 0
    """Grain: the largest deviation that is common, in grey levels."""
    shade: int = 0
    """Uneven light: grey levels between the brightest and the darkest corner."""
    through: float = 0.0
    """Show-through of the page behind, 0 to 1."""
    dirt: int = 0
    """Specks."""
    dropout: int = 0
    """Places where ink did not take, in shares of 1/1000."""
    stain: int = 0
    fold: bool = False
    """A horizontal fold in the paper."""
    one_bit: bool = False
    neighbour: int = 0
    """Pixels (at 300 dpi) of the page beside, visible over the border of a bound volume."""
    curl: int = 0
    """Pixels by which lines sink towards the binding at the left."""
    double: bool = False
    """Two pages lie open side by side on the glass."""
    quality: int = 80
    scratches: int = 0
    """Fine lines down the film, dark and light."""
    tilt: float = 0.0
    """A photograph taken by hand: how far the corners move, as a share of the page's width."""


LEVELS: Final[dict[str, ScanDamage]] = {
    "clean": ScanDamage(quality=85),
    "office": ScanDamage(skew=0.25, paper=238, ink=25, blur=0.8, noise=10, shade=18, through=0.04, dirt=20, quality=75),
    "poor": ScanDamage(
        skew=-0.7, keystone=0.002, paper=214, ink=52, spread=0, blur=1.5, noise=34, shade=44, through=0.12, dirt=260,
        dropout=2, stain=2, fold=True, quality=55,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Warp:
    """The way from the clean sheet's pixels to the scan's: a curl behind a projective map, then a turn."""

    matrix: Matrix
    curl: tuple[float, float] = (0.0, 1.0)
    """Pixels by which lines sink at the left edge, and the width over which the sinking fades."""
    turned: Matrix = field(default_factory=lambda: np.eye(3))

    def __call__(self, quad: Quad) -> Quad:
        """Points of the clean sheet on the scan, to a tenth of a pixel."""
        if not quad:
            return ()
        laid = _projected(quad, self.matrix)
        sunk = [(x, y + _sinking(x, self.curl)) for x, y in laid]
        return tuple((round(x, 1), round(y, 1)) for x, y in _projected(sunk, self.turned))


HUES: Final = (
    ("multiply", (255, 255, 255)),
    ("ink", (215, 20, 35)),
    ("ink", (0, 110, 70)),
    ("ink", (20, 60, 140)),
    ("multiply", (250, 215, 205)),
    ("multiply", (205, 235, 210)),
    ("multiply", (205, 225, 245)),
)
"""How a hue colours the grey under it: `ink` makes black print that colour and leaves white white; `multiply` makes
white paper that colour and leaves black black. The first is plain paper."""
PAPER: Final = (255, 249, 236)


def _coloured(page: Image.Image, hues: Ink, damage: ScanDamage, warp: Warp) -> Image.Image:
    """The grey scan in colour: paper a little yellow, panels and heads in their hues."""
    back = np.linalg.inv(warp.matrix)
    coefficients = tuple(float(v) for v in (back / back[2, 2]).ravel()[:8])
    upright = page.size if damage.turn in (0, 180) else page.size[::-1]
    laid = Image.fromarray(hues).transform(upright, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.NEAREST)
    laid, _ = turned_page(laid, damage.turn)
    gray, where = np.asarray(page, dtype=np.int32), np.asarray(laid)
    planes = []
    for channel in range(3):
        out = gray * PAPER[channel] // 255
        for number, (how, colour) in enumerate(HUES[1:], 1):
            there = where == number
            c = colour[channel]
            out[there] = _inked(gray[there], c, damage.paper) if how == "ink" else out[there] * c // 255
        planes.append(out.astype(np.uint8))
    return Image.fromarray(np.dstack(planes))


def _inked(gray: npt.NDArray[np.int32], colour: int, paper: int) -> npt.NDArray[np.int32]:
    """Grey values with their black made `colour` and their paper left as it is."""
    whiteness = np.minimum(255, gray * 290 // paper)
    return (colour * (255 - whiteness) + gray * whiteness) // 255


def _projected(points: Iterable[tuple[float, float]], matrix: Matrix) -> list[tuple[float, float]]:
    out = np.array([(x, y, 1.0) for x, y in points]) @ matrix.T
    return [(float(x / w), float(y / w)) for x, y, w in out]


def _sinking(x: float, curl: tuple[float, float]) -> float:
    deep, wide = curl
    return deep * max(0.0, 1 - x / wide) ** 2


def scan(
    clean: Ink, behind: Ink | None, damage: ScanDamage, seed: int, hues: Ink | None = None
) -> tuple[Image.Image, Warp]:
    """The scan (mode L, RGB with `hues`, or 1 for one bit) and the way from the clean sheet's pixels to its own."""
    rng = Random(f"scanner {seed}")
    page = Image.fromarray(clean)
    page = _squash(page, damage.spread)
    page = _dropout(page, damage, rng)
    page = _tone(page, behind, damage)
    page = _stained(page, damage, rng)
    page, matrix = _laid(page, damage)
    page = _beside(page, behind, damage)
    page, curl = _curled(page, damage)
    page = _lit(page, damage, rng)
    page = _grained(page, damage, seed)
    page = _dirty(page, damage, rng)
    page, turned = turned_page(page, damage.turn)
    if hues is not None and not damage.curl and not damage.one_bit:
        page = _coloured(page, hues, damage, Warp(matrix))
    if damage.one_bit:
        page = page.point(lambda p: 255 if p > 128 else 0).convert("1", dither=Image.Dither.NONE)
    return page, Warp(matrix, curl, turned)


def _squash(page: Image.Image, spread: int) -> Image.Image:
    if spread > 0:
        return page.filter(ImageFilter.MinFilter(3))
    return page.filter(ImageFilter.MaxFilter(3)) if spread < 0 else page


def _dropout(page: Image.Image, damage: ScanDamage, rng: Random) -> Image.Image:
    """Small white holes in the print."""
    if not damage.dropout:
        return page
    pen = ImageDraw.Draw(page)
    for _ in range(page.width * page.height * damage.dropout // 1_000_000):
        x, y = rng.randrange(page.width), rng.randrange(page.height)
        pen.ellipse((x, y, x + rng.randint(1, 4), y + rng.randint(1, 3)), fill=255)
    return page


def _tone(page: Image.Image, behind: Ink | None, damage: ScanDamage) -> Image.Image:
    """Black and white become ink and paper; the page behind shines through."""
    depth = damage.paper - damage.ink
    page = page.point([damage.ink + p * depth // 255 for p in range(256)])
    if behind is None or not damage.through:
        return page
    ghost = ImageOps.mirror(Image.fromarray(behind)).resize(page.size).filter(ImageFilter.GaussianBlur(3))
    ghost = ghost.point([round((255 - p) * damage.through) for p in range(256)])
    light = np.asarray(page, dtype=np.int16) - np.asarray(ghost, dtype=np.int16)
    return Image.fromarray(np.clip(light, damage.ink, 255).astype(np.uint8))


def _stained(page: Image.Image, damage: ScanDamage, rng: Random) -> Image.Image:
    if not damage.stain and not damage.fold:
        return page
    shadow = Image.new("L", (page.width // 8, page.height // 8), 0)
    pen = ImageDraw.Draw(shadow)
    for _ in range(damage.stain):
        x, y, r = rng.randrange(shadow.width), rng.randrange(shadow.height), rng.randint(12, 45)
        pen.ellipse((x - r, y - r, x + r, y + r * 3 // 4), fill=rng.randint(14, 34))
    shadow = shadow.filter(ImageFilter.GaussianBlur(6))
    pen = ImageDraw.Draw(shadow)
    if damage.fold:
        y = shadow.height // 2 + rng.randint(-20, 20)
        pen.line((0, y, shadow.width, y + rng.randint(-3, 3)), fill=40, width=1)
    shadow = shadow.filter(ImageFilter.GaussianBlur(2)).resize(page.size, Image.Resampling.BILINEAR)
    light = np.asarray(page, dtype=np.int16) - np.asarray(shadow, dtype=np.int16)
    return Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))


def placement(width: int, height: int, damage: ScanDamage, dpi: int | None = None) -> tuple[Matrix, tuple[int, int]]:
    """The map from the sheet to the glass, and the size of what the scanner sees."""
    scale = (dpi or damage.dpi) / SHEET_DPI
    angle = radians(damage.skew)
    cx, cy = width / 2, height / 2
    centre = np.array([[1, 0, -cx], [0, 1, -cy], [0, 0, 1]], dtype=np.float64)
    turn = np.array([[cos(angle), -sin(angle), 0], [sin(angle), cos(angle), 0], [0, 0, 1]])
    stone = np.array([[1, 0, 0], [0, 1, 0], [0, damage.keystone / height, 1]])
    out_w, out_h = round((width + 2 * damage.border) * scale), round((height + 2 * damage.border) * scale)
    back = np.array([[scale, 0, out_w / 2], [0, scale, out_h / 2], [0, 0, 1]])
    return back @ stone @ turn @ centre, (out_w, out_h)


def _laid(page: Image.Image, damage: ScanDamage) -> tuple[Image.Image, Matrix]:
    """The page on the glass: turned a little, out of square, at the scanner's resolution."""
    matrix, size = placement(page.width, page.height, damage)
    if damage.blur:
        page = page.filter(ImageFilter.GaussianBlur(damage.blur))
    if np.allclose(matrix, np.eye(3)) and size == page.size:
        return page, matrix
    back = np.linalg.inv(matrix)
    back = back / back[2, 2]
    bed = 45 if damage.border else damage.paper
    coefficients = tuple(float(v) for v in back.ravel()[:8])
    if damage.dpi < SHEET_DPI:
        page = page.filter(ImageFilter.BoxBlur(SHEET_DPI / damage.dpi / 2 - 0.5))
    laid = page.transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC, fillcolor=bed)
    return laid, matrix


def _beside(page: Image.Image, behind: Ink | None, damage: ScanDamage) -> Image.Image:
    """A strip of the neighbour page over the border at the left, a dark gap between."""
    if not damage.neighbour or behind is None:
        return page
    scale = damage.dpi / SHEET_DPI
    wide = round(min(damage.neighbour, damage.border - 20) * scale)
    strip = Image.fromarray(behind[:, 300 : 300 + damage.neighbour]).resize((wide, page.height))
    depth = damage.paper - damage.ink
    out = page.copy()
    out.paste(strip.point([damage.ink + p * depth // 255 for p in range(256)]), (0, 0))
    return out


def _curled(page: Image.Image, damage: ScanDamage) -> tuple[Image.Image, tuple[float, float]]:
    """Lines that sink towards the binding, which lies in shadow."""
    if not damage.curl:
        return page, (0.0, 1.0)
    w, h = page.size
    curl = damage.curl * damage.dpi / SHEET_DPI, w * 0.22
    edges = [*range(0, round(curl[1]), 24), round(curl[1])]
    mesh = [
        (
            (x0, 0, x1, h),
            (x0, -_sinking(x0, curl), x0, h - _sinking(x0, curl), x1, h - _sinking(x1, curl), x1, -_sinking(x1, curl)),
        )
        for x0, x1 in itertools.pairwise(edges)
    ]
    bent = page.transform(page.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR, fillcolor=45)
    out = page.copy()
    out.paste(bent.crop((0, 0, edges[-1], h)), (0, 0))
    shade = Image.new("L", (24, 1))
    shade.putdata([max(0, 90 - 14 * n) for n in range(24)])
    dark = shade.resize(page.size, Image.Resampling.BILINEAR)
    light = np.asarray(out, dtype=np.int16) - np.asarray(dark, dtype=np.int16)
    return Image.fromarray(np.clip(light, 0, 255).astype(np.uint8)), curl


def _lit(page: Image.Image, damage: ScanDamage, rng: Random) -> Image.Image:
    """The light falls off towards a side and a corner."""
    if not damage.shade:
        return page
    corners = [rng.randint(0, damage.shade) for _ in range(9)]
    small = Image.new("L", (3, 3))
    small.putdata(corners)
    shadow = small.resize(page.size, Image.Resampling.BICUBIC)
    light = np.asarray(page, dtype=np.int16)
    darker = light - np.asarray(shadow, dtype=np.int16) * light // 255
    return Image.fromarray(darker.astype(np.uint8))


def _grained(page: Image.Image, damage: ScanDamage, seed: int) -> Image.Image:
    if not damage.noise:
        return page
    light = np.asarray(page, dtype=np.int16)
    rng = np.random.default_rng(seed)
    grain = sum(rng.integers(0, damage.noise + 1, light.shape, dtype=np.int16) for _ in range(3))
    noisy = light + np.asarray(grain, dtype=np.int16) - 3 * damage.noise // 2
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


def _dirty(page: Image.Image, damage: ScanDamage, rng: Random) -> Image.Image:
    pen = ImageDraw.Draw(page)
    for _ in range(damage.dirt):
        x, y, r = rng.randrange(page.width), rng.randrange(page.height), rng.randint(1, 4)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=rng.randint(30, 120))
    return page


def turned_page(page: Image.Image, turn: int) -> tuple[Image.Image, Matrix]:
    w, h = page.size
    turns: dict[int, tuple[Image.Transpose, list[list[float]]]] = {
        90: (Image.Transpose.ROTATE_270, [[0, -1, h], [1, 0, 0], [0, 0, 1]]),
        180: (Image.Transpose.ROTATE_180, [[-1, 0, w], [0, -1, h], [0, 0, 1]]),
        270: (Image.Transpose.ROTATE_90, [[0, 1, 0], [-1, 0, w], [0, 0, 1]]),
    }
    if turn not in turns:
        return page, np.eye(3)
    how, by = turns[turn]
    return page.transpose(how), np.array(by, dtype=np.float64)


def carried(truth: PageTruth, warp: Warp, size: tuple[int, int], dpi: int) -> PageTruth:
    """The truth of the clean sheet in the scan's pixels."""
    return replace(
        truth,
        width=size[0],
        height=size[1],
        dpi=dpi,
        type_size=round(truth.type_size * dpi / SHEET_DPI, 2),
        lines=tuple(replace(n, quad=warp(n.quad), centres=warp(n.centres)) for n in truth.lines),
        marks=tuple(replace(m, quad=warp(m.quad), polygon=warp(m.polygon)) for m in truth.marks),
        parts=tuple(replace(p, quads=tuple(warp(q) for q in p.quads)) for p in truth.parts),
    )


def moved(truth: PageTruth, right: float) -> PageTruth:
    """The truth with everything so many pixels further to the right."""
    return carried(
        truth, Warp(np.array([[1, 0, right], [0, 1, 0], [0, 0, 1.0]])), (truth.width, truth.height), truth.dpi
    )


def jpeg(page: Image.Image, damage: ScanDamage) -> bytes:
    """The scan as a JPEG file, its resolution written in; PNG for one bit."""
    out = io.BytesIO()
    dpi = (damage.dpi, damage.dpi)
    if page.mode == "1":
        page.save(out, "PNG", dpi=dpi, compress_level=9)
    else:
        page.save(out, "JPEG", quality=damage.quality, dpi=dpi, optimize=True, progressive=False, subsampling=2)
    return out.getvalue()
