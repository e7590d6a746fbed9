"""The scanner for sheets of one or three channels: paper, light, film, optics, and photographs taken by hand."""

from __future__ import annotations

from random import Random
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

from samples.typeset.front.paper import Pixels
from samples.typeset.scanner import SHEET_DPI, Matrix, ScanDamage, Warp, placement, turned_page

WEB_TYPE: Final = (10.0, 13.0)
"""Pixels an em of body type on a page as it is shown on a screen."""
TINTS: Final = ((255, 249, 236), (255, 255, 255), (252, 246, 230), (246, 246, 240))
"""What white paper looks like to a colour scanner."""


def photographed(
    clean: Pixels, behind: Pixels | None, damage: ScanDamage, chance: tuple[int, float]
) -> tuple[Image.Image, Warp, int]:
    """The scan, the way from the sheet's pixels to its own, and its resolution.

    `chance` is the seed and the size of the body type, which a screen page's resolution follows.
    """
    seed, size = chance
    rng = Random(f"front scanner {seed}")
    dpi = damage.dpi or round(SHEET_DPI * rng.uniform(*WEB_TYPE) / size)
    page = _toned(clean, behind, damage, rng)
    image = _squashed(Image.fromarray(page[..., 0] if page.shape[2] == 1 else page), damage)
    image, matrix = _laid(image, damage, (dpi, rng))
    light = np.asarray(image).copy()
    light = light[..., None] if light.ndim == 2 else light
    _soiled(light, damage, (rng, seed))
    image = Image.fromarray(light[..., 0] if light.shape[2] == 1 else light)
    image, turned = turned_page(image, damage.turn)
    if damage.one_bit:
        image = image.convert("L").point(lambda p: 255 if p > 140 else 0).convert("1", dither=Image.Dither.NONE)
    return image, Warp(matrix, turned=turned), dpi


def _toned(clean: Pixels, behind: Pixels | None, damage: ScanDamage, rng: Random) -> Pixels:
    """Black and white become ink and paper; the page behind shines through."""
    tint = rng.choice(TINTS) if clean.shape[2] == 3 else (255,)
    depth = damage.paper - damage.ink
    out = np.empty_like(clean)
    levels = np.arange(256, dtype=np.uint32)
    for channel, white in enumerate(tint):
        table = (damage.ink + levels * depth // 255) * white // 255
        out[..., channel] = table.astype(np.uint8)[clean[..., channel]]
    if behind is not None and damage.through and behind.shape[:2] == clean.shape[:2]:
        ghost = Image.fromarray(255 - behind[:, ::-1].min(axis=2)).reduce(4).filter(ImageFilter.GaussianBlur(1))
        shade = np.asarray(ghost.resize((clean.shape[1], clean.shape[0]), Image.Resampling.BILINEAR), np.float32)
        out = np.clip(out.astype(np.int16) - (shade * damage.through).astype(np.int16)[..., None], 0, 255).astype(
            np.uint8
        )
    return out


def _squashed(image: Image.Image, damage: ScanDamage) -> Image.Image:
    if damage.spread > 0:
        image = image.filter(ImageFilter.MinFilter(3))
    if damage.spread < 0:
        image = image.filter(ImageFilter.MaxFilter(3))
    return image.filter(ImageFilter.GaussianBlur(damage.blur)) if damage.blur else image


def _corner_map(size: tuple[int, int], damage: ScanDamage, rng: Random) -> Matrix:
    """The projective map that moves each corner of the image by up to `tilt` of its width."""
    w, h = size
    far = damage.tilt * w
    source = [(0, 0), (w, 0), (w, h), (0, h)]
    target = [
        (x + rng.uniform(0, far) * (1 if x == 0 else -1), y + rng.uniform(0, far) * (1 if y == 0 else -1))
        for x, y in source
    ]
    rows, known = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        known += [u, v]
    return np.append(np.linalg.solve(np.array(rows, float), np.array(known, float)), 1.0).reshape(3, 3)


def _laid(image: Image.Image, damage: ScanDamage, at: tuple[int, Random]) -> tuple[Image.Image, Matrix]:
    """The page on the glass, or before the lens, at the scanner's resolution."""
    dpi, rng = at
    matrix, size = placement(image.width, image.height, damage, dpi)
    if damage.tilt:
        matrix = _corner_map(size, damage, rng) @ matrix
    plain = not damage.tilt and not damage.skew and not damage.keystone and not damage.border
    if plain:
        return (
            image
            if size == image.size
            else image.resize(size, Image.Resampling.BOX if dpi < 150 else Image.Resampling.BICUBIC)
        ), matrix
    if dpi < SHEET_DPI:
        image = image.filter(ImageFilter.BoxBlur(SHEET_DPI / dpi / 2 - 0.5))
    back = np.linalg.inv(matrix)
    values = tuple(float(v) for v in (back / back[2, 2]).ravel()[:8])
    bed = rng.choice((12, 30, 45)) if damage.border or damage.tilt else damage.paper
    fill = bed if image.mode == "L" else (bed, bed, bed)
    return image.transform(size, Image.Transform.PERSPECTIVE, values, Image.Resampling.BILINEAR, fillcolor=fill), matrix


def _soiled(light: Pixels, damage: ScanDamage, chance: tuple[Random, int]) -> None:
    """Uneven light, stains, a fold, grain, specks and scratches, in place."""
    rng, seed = chance
    shadow = _shadow(light.shape[:2], damage, rng)
    if shadow is not None:
        light[:] = (light.astype(np.uint16) * (255 - shadow[..., None].astype(np.uint16)) // 255).astype(np.uint8)
    _scratched(light, damage, rng)
    if damage.noise:
        grain = np.random.default_rng(seed).integers(0, damage.noise + 1, (2, *light.shape[:2]), dtype=np.int16)
        sum_ = grain[0] + grain[1] - damage.noise
        light[:] = np.clip(light.astype(np.int16) + sum_[..., None], 0, 255).astype(np.uint8)
    for _ in range(damage.dirt):
        x, y, r = rng.randrange(light.shape[1]), rng.randrange(light.shape[0]), rng.randint(1, 3)
        light[max(0, y - r) : y + r, max(0, x - r) : x + r] = rng.choice(
            (rng.randint(30, 120), 250 if damage.scratches else 60)
        )


def _shadow(shape: tuple[int, int], damage: ScanDamage, rng: Random) -> npt.NDArray[np.uint8] | None:
    """What light is lost where: shape (height, width), 0 none to 255 all."""
    if not (damage.shade or damage.stain or damage.fold):
        return None
    h, w = shape
    small = Image.new("L", (max(3, w // 8), max(3, h // 8)), 0)
    rough = Image.new("L", (3, 3))
    rough.putdata([rng.randint(0, max(1, damage.shade)) for _ in range(9)])
    small.paste(rough.resize(small.size, Image.Resampling.BICUBIC))
    pen = ImageDraw.Draw(small, "L")
    for _ in range(damage.stain):
        x, y, r = rng.randrange(small.width), rng.randrange(small.height), rng.randint(12, 45)
        pen.ellipse((x - r, y - r, x + r, y + r * 3 // 4), fill=rng.randint(14, 44))
    if damage.stain:
        small = small.filter(ImageFilter.GaussianBlur(5))
    if damage.fold:
        y = small.height // 2 + rng.randint(-20, 20)
        ImageDraw.Draw(small).line((0, y, small.width, y + rng.randint(-3, 3)), fill=50, width=1)
        small = small.filter(ImageFilter.GaussianBlur(1))
    return np.asarray(small.resize((w, h), Image.Resampling.BILINEAR))


def _scratched(light: Pixels, damage: ScanDamage, rng: Random) -> None:
    """Lines down the film: dark ones and light ones, broken here and there."""
    h, w = light.shape[:2]
    for _ in range(damage.scratches):
        x, y = rng.uniform(0, w), rng.randrange(h)
        long, drift = rng.randint(h // 30, h), rng.uniform(-0.01, 0.01)
        tone = rng.choice((20, 60, 235, 255))
        rows = np.arange(y, min(h, y + long))
        columns = np.clip((x + drift * (rows - y)).astype(int), 0, w - 1)
        keep = np.random.default_rng(rng.randrange(10**9)).random(rows.size) > 0.15
        light[rows[keep], columns[keep]] = tone
