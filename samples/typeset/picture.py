"""Pictures drawn by the program itself: views, portraits, line drawings, square codes."""

from __future__ import annotations

from random import Random
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from samples.typeset.canvas import Ink

KINDS: Final = ("hills", "street", "people", "portrait", "drawing", "fields")


def photograph(width: int, height: int, kind: str, seed: int) -> Ink:
    """A picture of `height` by `width` pixels; the same seed gives the same picture."""
    rng = Random(f"{kind} {seed}")
    image = Image.new("L", (width, height), 255)
    DRAWERS[kind](image, rng)
    pixels = np.asarray(image, dtype=np.int16)
    if kind != "drawing":
        pixels = pixels + _grain(width, height, seed)
    return np.clip(pixels, 6, 250).astype(np.uint8)


def _grain(width: int, height: int, seed: int) -> np.ndarray:
    """Film grain: shape (height, width), int16, about ±20."""
    noise = np.random.default_rng(seed).integers(0, 16, (3, height, width), dtype=np.int16)
    return np.asarray(noise.sum(axis=0, dtype=np.int16) - 22)


def _clouds(width: int, height: int, rng: Random, dark: int, light: int) -> Image.Image:
    """Soft patches between two greys."""
    out = Image.new("L", (width, height), (dark + light) // 2)
    for cells, share in ((3, 0.6), (9, 0.35), (30, 0.2)):
        small = Image.new("L", (cells, cells))
        small.putdata([rng.randint(dark, light) for _ in range(cells * cells)])
        out = Image.blend(out, small.resize((width, height), Image.Resampling.BICUBIC), share)
    return out


def _sky(image: Image.Image, rng: Random, light: int = 235) -> None:
    image.paste(_clouds(image.width, image.height, rng, light - 70, light))


def _hills(image: Image.Image, rng: Random) -> None:
    _sky(image, rng)
    pen = ImageDraw.Draw(image)
    w, h = image.size
    for layer in range(4):
        gray = 165 - 38 * layer + rng.randint(-8, 8)
        y = h * (0.35 + 0.14 * layer)
        points: list[tuple[float, float]] = [(0, h)]
        for x in range(0, w + 40, 40):
            y += rng.uniform(-0.03, 0.03) * h
            points.append((x, y))
        pen.polygon([*points, (w + 40, h)], fill=gray)
    for _ in range(rng.randint(4, 12)):
        x, base = rng.randint(0, w), h * rng.uniform(0.8, 0.98)
        tall = h * rng.uniform(0.08, 0.3)
        pen.polygon([(x - tall / 3, base), (x, base - tall), (x + tall / 3, base)], fill=rng.randint(10, 45))


def _street(image: Image.Image, rng: Random) -> None:
    _sky(image, rng)
    pen = ImageDraw.Draw(image)
    w, h = image.size
    x = 0
    while x < w:
        wide, tall = rng.randint(w // 10, w // 4 + 1), h * rng.uniform(0.35, 0.85)
        gray = rng.randint(50, 190)
        pen.rectangle((x, h - tall, x + wide, h), fill=gray)
        step = max(14, wide // rng.randint(4, 8))
        for wx in range(x + step // 3, x + wide - step // 2, step):
            for wy in range(int(h - tall + step // 2), int(h * 0.9), step):
                pen.rectangle(
                    (wx, wy, wx + step // 2, wy + step // 2), fill=max(0, min(255, gray + rng.choice((-45, 60))))
                )
        x += wide
    pen.rectangle((0, h * 0.92, w, h), fill=70)
    _crowd(pen, rng, w, h, 0.16)


def _crowd(pen: ImageDraw.ImageDraw, rng: Random, w: int, h: int, size: float) -> None:
    for n in range(rng.randint(3, 9)):
        tall = h * size * rng.uniform(0.9, 1.1)
        x, foot = w * (n + rng.random()) / 9, h * rng.uniform(0.9, 1.0)
        coat = rng.randint(10, 120)
        pen.rounded_rectangle((x - tall * 0.17, foot - tall * 0.8, x + tall * 0.17, foot), tall * 0.12, fill=coat)
        pen.ellipse(
            (x - tall * 0.11, foot - tall * 1.03, x + tall * 0.11, foot - tall * 0.78), fill=rng.randint(150, 215)
        )
        pen.chord((x - tall * 0.12, foot - tall * 1.06, x + tall * 0.12, foot - tall * 0.8), 180, 360, fill=20)


def _people(image: Image.Image, rng: Random) -> None:
    image.paste(_clouds(image.width, image.height, rng, 120, 210))
    pen = ImageDraw.Draw(image)
    w, h = image.size
    for _ in range(3):
        y = h * rng.uniform(0.1, 0.4)
        pen.line((0, y, w, y + rng.randint(-30, 30)), fill=90, width=max(3, h // 90))
    _crowd(pen, rng, w, h, 0.55)
    _crowd(pen, rng, w, h, 0.7)


def _portrait(image: Image.Image, rng: Random) -> None:
    image.paste(_clouds(image.width, image.height, rng, 150, 225))
    pen = ImageDraw.Draw(image)
    w, h = image.size
    coat = rng.randint(15, 90)
    pen.ellipse((w * 0.08, h * 0.66, w * 0.92, h * 1.5), fill=coat)
    pen.polygon([(w * 0.4, h * 0.68), (w * 0.6, h * 0.68), (w * 0.5, h * 0.9)], fill=235)
    pen.ellipse((w * 0.27, h * 0.14, w * 0.73, h * 0.74), fill=200)
    pen.chord((w * 0.24, h * 0.08, w * 0.76, h * 0.55), 180, 360, fill=18)
    for x in (0.4, 0.6):
        pen.ellipse((w * (x - 0.035), h * 0.4, w * (x + 0.035), h * 0.43), fill=30)
        pen.line((w * (x - 0.06), h * 0.36, w * (x + 0.06), h * 0.36), fill=40, width=max(2, h // 90))
    pen.line((w * 0.5, h * 0.43, w * 0.48, h * 0.54), fill=120, width=max(2, h // 120))
    pen.arc((w * 0.42, h * 0.52, w * 0.58, h * 0.63), 20, 160, fill=60, width=max(2, h // 80))
    image.paste(image.filter(ImageFilter.GaussianBlur(max(1, h / 300))))


def _drawing(image: Image.Image, rng: Random) -> None:
    pen = ImageDraw.Draw(image)
    w, h = image.size
    ink = max(2, h // 110)
    base = h * 0.85
    pen.line((w * 0.03, base, w * 0.97, base), fill=0, width=ink)
    for n in range(rng.randint(2, 4)):
        x, wide, tall = w * (0.08 + 0.23 * n), w * 0.18, h * rng.uniform(0.25, 0.45)
        pen.rectangle((x, base - tall, x + wide, base), outline=0, width=ink)
        pen.polygon(
            [(x - wide * 0.15, base - tall), (x + wide / 2, base - tall * 1.6), (x + wide * 1.15, base - tall)],
            outline=0,
            width=ink,
        )
        for k in range(5):
            y = base - tall * (0.15 + 0.16 * k)
            pen.line((x + wide * 0.1, y, x + wide * 0.4, y), fill=0, width=max(1, ink // 2))
    pen.ellipse((w * 0.78, h * 0.1, w * 0.93, h * 0.1 + w * 0.15), outline=0, width=ink)
    for _ in range(14):
        x, y = w * rng.random(), h * rng.uniform(0.88, 0.98)
        pen.line((x, y, x + w * 0.03, y - h * 0.03), fill=0, width=max(1, ink // 2))


def _fields(image: Image.Image, rng: Random) -> None:
    _hills(image, rng)
    pen = ImageDraw.Draw(image)
    w, h = image.size
    for n in range(-14, 15):
        pen.line(
            (w / 2 + n * w * 0.02, h * 0.6, w / 2 + n * w * 0.16, h),
            fill=rng.choice((40, 60, 200)),
            width=max(3, h // 70),
        )


DRAWERS: Final = {
    "hills": _hills,
    "street": _street,
    "people": _people,
    "portrait": _portrait,
    "drawing": _drawing,
    "fields": _fields,
}


def halftone(pixels: Ink, cell: int) -> Ink:
    """The picture screened: dots of `cell` pixels, as coarse newspaper blocks have them."""
    h, w = pixels.shape
    order = np.add.outer(_tent(h, cell), _tent(w, cell))
    return np.where(pixels.astype(np.int32) * 2 * cell > order * 255, 250, 12).astype(np.uint8)


def _tent(n: int, cell: int) -> np.ndarray:
    """0 at the cell's edges to `cell` in its middle; shape (n,), int32."""
    return (cell - np.abs(2 * (np.arange(n) % cell) - cell)).astype(np.int32)


def square_code(cells: int, size: int, seed: int) -> Ink:
    """A square of black and white cells with three finder marks; it says nothing. Shape (size, size)."""
    grid = np.random.default_rng(seed).integers(0, 2, (cells, cells), dtype=np.uint8) * 255
    for y, x in ((0, 0), (0, cells - 7), (cells - 7, 0)):
        grid[y : y + 7, x : x + 7] = 0
        grid[y + 1 : y + 6, x + 1 : x + 6] = 255
        grid[y + 2 : y + 5, x + 2 : x + 5] = 0
    return np.asarray(Image.fromarray(grid).resize((size, size), Image.Resampling.NEAREST))


def cut_oval(pixels: Ink) -> Ink:
    """The picture within an ellipse, white outside."""
    h, w = pixels.shape
    mask = Image.new("L", (w, h), 0)
    ImageDraw.Draw(mask).ellipse((0, 0, w - 1, h - 1), fill=255)
    return np.where(np.asarray(mask) > 0, pixels, 255).astype(np.uint8)
