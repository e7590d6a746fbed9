"""Photographs made by the program, or taken from a folder of natural ones when the environment names one."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

from samples.typeset.front.paper import Pixels

FOLDER_VARIABLE: Final = "TYPESET_PHOTOS"
"""Environment variable: a folder of photographs (jpg, png) to print instead of made ones, for training."""
WORKING: Final = 560
"""Pixels of the longer side at which a photograph is made before it is enlarged: print shows no more detail."""

Field = npt.NDArray[np.float32]
"""Shape (height, width), about 0 to 1."""


def _folder() -> tuple[Path, ...]:
    """The photographs of the folder that the environment names, in order."""
    named = os.environ.get(FOLDER_VARIABLE)
    return _photographs(named) if named else ()


@lru_cache(maxsize=4)
def _photographs(named: str) -> tuple[Path, ...]:
    return tuple(sorted(p for p in Path(named).rglob("*") if p.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp")))


def photo(size: tuple[int, int], seed: int) -> Pixels:
    """A photograph of (width, height); the same seed gives the same one."""
    rng = Random(f"photo {seed}")
    natural = _folder()
    image = _natural(rng.choice(natural), size, rng) if natural and rng.random() < 0.8 else _made(size, rng)
    return np.asarray(image.convert("RGB"), dtype=np.uint8)


def _natural(path: Path, size: tuple[int, int], rng: Random) -> Image.Image:
    """A crop of a photograph with the sides' proportion that is wanted."""
    image = Image.open(path)
    image.draft("RGB", (size[0], size[1]))
    image = image.convert("RGB")
    w, h = image.size
    part = min(w / size[0], h / size[1]) * rng.uniform(0.6, 1.0)
    wide, high = size[0] * part, size[1] * part
    x, y = rng.uniform(0, w - wide), rng.uniform(0, h - high)
    return image.resize(size, Image.Resampling.BILINEAR, box=(x, y, x + wide, y + high))


def _made(size: tuple[int, int], rng: Random) -> Image.Image:
    shrink = min(1.0, WORKING / max(size))
    w, h = max(24, round(size[0] * shrink)), max(24, round(size[1] * shrink))
    scene = rng.choice(SCENES)(w, h, rng)
    low, high = sorted((rng.uniform(0, 0.14), rng.uniform(0.82, 1.0)))
    scene = np.clip(scene, 0, 1) * (high - low) + low
    image = Image.fromarray((scene * 255).astype(np.uint8))
    if rng.random() < 0.3:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.5)))
    image = image.resize(size, Image.Resampling.BICUBIC)
    noise = np.random.default_rng(rng.randrange(10**9)).integers(-14, 15, (size[1] // 2 + 1, size[0] // 2 + 1))
    grain = np.repeat(np.repeat(noise, 2, 0), 2, 1)[: size[1], : size[0], None]
    return Image.fromarray(np.clip(np.asarray(image, np.int16) + grain, 0, 255).astype(np.uint8))


def clouds(w: int, h: int, rng: Random, roughness: float = 0.55) -> Field:
    """Noise of many sizes, 0 to 1: rough at 0.8, smooth at 0.4."""
    source = np.random.default_rng(rng.randrange(10**9))
    out = np.zeros((h, w), np.float32)
    weight, total, cells = 1.0, 0.0, 3
    while cells < max(w, h):
        small = source.random((max(2, cells * h // max(w, h)), max(2, cells * w // max(w, h))), dtype=np.float32)
        out += weight * np.asarray(Image.fromarray(small).resize((w, h), Image.Resampling.BICUBIC))
        total += weight
        weight *= roughness
        cells *= 2
    out /= total
    return np.clip((out - out.min()) / max(1e-6, float(out.max() - out.min())), 0, 1)


def _tinted(field: Field, dark: tuple[float, ...], light: tuple[float, ...]) -> Field:
    d, t = np.array(dark, np.float32), np.array(light, np.float32)
    return np.asarray(d + field[..., None] * (t - d), np.float32)


def _hue(rng: Random, low: float = 0.1, high: float = 0.9) -> tuple[float, ...]:
    return tuple(rng.uniform(low, high) for _ in range(3))


def _landscape(w: int, h: int, rng: Random) -> Field:
    sky = _tinted(clouds(w, h, rng, 0.45), (0.35, 0.5, 0.75), (0.95, 0.96, 0.98))
    land = _tinted(clouds(w, h, rng, 0.85), (0.05, 0.12, 0.04), (0.6, 0.65, 0.35))
    line = h * rng.uniform(0.25, 0.6) + (clouds(w, 8, rng, 0.6)[0] - 0.5) * h * 0.3
    below = np.arange(h)[:, None] > line[None, :]
    return np.where(below[..., None], land, sky)


def _aerial(w: int, h: int, rng: Random) -> Field:
    """Fields and stripes from above, with dots of people."""
    ground = clouds(w, h, rng, 0.8) * 0.35
    y, x = np.mgrid[0:h, 0:w]
    slope, pitch = rng.uniform(-1, 1), rng.uniform(14, 60)
    stripes = ((x + slope * y) // pitch % 2) * 0.25
    out = _tinted(ground + stripes.astype(np.float32) + 0.2, (0.1, 0.2, 0.05), _hue(rng, 0.5, 0.95))
    return _with_people(out, rng, rng.randint(8, 40), 0.045)


def _muted(rng: Random) -> tuple[int, ...]:
    """A colour as clothes have: rarely bright."""
    gray, part = rng.choice((25, 40, 60, 90, 150, 220)), rng.choice((0.15, 0.3, 0.7))
    return tuple(max(0, min(255, round(gray + part * rng.randint(-90, 90)))) for _ in range(3))


def _with_people(scene: Field, rng: Random, count: int, tall: float) -> Field:
    """Figures of a head, a body and legs, the nearer ones larger."""
    h, w = scene.shape[:2]
    image = Image.fromarray((np.clip(scene, 0, 1) * 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    for n in range(count):
        near = 0.6 + 0.8 * n / max(1, count)
        high = h * tall * near * rng.uniform(0.85, 1.15)
        foot = h * min(1.08, 0.35 + 0.6 * (n + 1) / count + rng.uniform(-0.05, 0.05))
        x = w * rng.random()
        coat, legs = (_muted(rng) for _ in range(2))
        skin = (rng.randint(170, 225), rng.randint(130, 175), rng.randint(105, 140))
        pen.rounded_rectangle((x - high * 0.1, foot - high * 0.45, x + high * 0.1, foot), high * 0.03, fill=legs)
        pen.rounded_rectangle(
            (x - high * 0.15, foot - high * 0.82, x + high * 0.15, foot - high * 0.4), high * 0.07, fill=coat
        )
        pen.ellipse((x - high * 0.075, foot - high, x + high * 0.075, foot - high * 0.8), fill=skin)
        pen.chord(
            (x - high * 0.08, foot - high * 1.02, x + high * 0.08, foot - high * 0.84), 180, 360, fill=(25, 22, 20)
        )
    shade = clouds(w, h, rng, 0.8)[..., None]
    soft = image.filter(ImageFilter.GaussianBlur(max(0.6, h * tall / 60)))
    return np.asarray(soft, np.float32) / 255 * (0.55 + 0.75 * shade)


def _crowd(w: int, h: int, rng: Random) -> Field:
    back = _tinted(clouds(w, h, rng, 0.6), _hue(rng, 0.0, 0.4), _hue(rng, 0.5, 0.95))
    return _with_people(back, rng, rng.randint(4, 14), rng.uniform(0.35, 0.75))


def _indoors(w: int, h: int, rng: Random) -> Field:
    """A room: a wall, a floor, upright and level edges, people at a table."""
    scene = _tinted(clouds(w, h, rng, 0.5) * 0.4 + 0.3, (0.1, 0.1, 0.12), _hue(rng, 0.6, 1.0))
    image = Image.fromarray((np.clip(scene, 0, 1) * 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    for _ in range(rng.randint(4, 12)):
        x, y = w * rng.uniform(-0.1, 0.95), h * rng.uniform(-0.1, 0.6)
        wide, high = w * rng.uniform(0.05, 0.4), h * rng.uniform(0.1, 0.5)
        pen.rectangle((x, y, x + wide, y + high), fill=tuple(rng.randint(20, 245) for _ in range(3)))
        pen.rectangle((x, y, x + wide, y + high), outline=(30, 30, 30), width=rng.choice((0, 1, 2, 3)))
    out = _with_people(np.asarray(image, np.float32) / 255, rng, rng.randint(2, 8), rng.uniform(0.4, 0.7))
    table = int(h * rng.uniform(0.72, 0.9))
    out = out.copy()
    out[table:] = _tinted(clouds(w, h - table, rng, 0.5), _hue(rng, 0.1, 0.5), _hue(rng, 0.4, 0.9))
    return out


def _texture(w: int, h: int, rng: Random) -> Field:
    """Leaves, stones, goods in heaps: high contrast at a fine scale."""
    fine = clouds(w, h, rng, 0.95)
    edges = np.clip((fine - 0.5) * rng.uniform(2, 5) + 0.5, 0, 1)
    return _tinted(edges * (0.5 + 0.5 * clouds(w, h, rng, 0.4)), _hue(rng, 0.0, 0.25), _hue(rng, 0.6, 1.0))


def _branches(w: int, h: int, rng: Random) -> Field:
    """Bare twigs before a pale sky, a few people among them."""
    scene = _with_people(_tinted(clouds(w, h, rng, 0.5), (0.6, 0.6, 0.6), (1, 1, 1)), rng, 4, 0.7)
    image = Image.fromarray((scene * 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    for _ in range(rng.randint(20, 60)):
        x, y, angle = w * rng.random(), h * rng.random(), rng.uniform(-2.6, 2.6)
        for step in range(rng.randint(4, 12)):
            nx, ny = x + w * 0.05 * np.cos(angle), y + w * 0.05 * np.sin(angle)
            pen.line((x, y, nx, ny), fill=(40, 35, 30), width=max(1, 5 - step // 2))
            x, y, angle = nx, ny, angle + rng.uniform(-0.7, 0.7)
    return np.asarray(image, np.float32) / 255


def _portrait(w: int, h: int, rng: Random) -> Field:
    scene = _tinted(clouds(w, h, rng, 0.5), _hue(rng, 0.1, 0.6), _hue(rng, 0.5, 0.95))
    image = Image.fromarray((np.clip(scene, 0, 1) * 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    s = min(w, h)
    cx = w * rng.uniform(0.35, 0.65)
    coat = tuple(rng.randint(10, 200) for _ in range(3))
    pen.ellipse((cx - s * 0.5, h * 0.72, cx + s * 0.5, h * 1.6), fill=coat)
    pen.polygon([(cx - s * 0.1, h * 0.7), (cx + s * 0.1, h * 0.7), (cx, h * 0.95)], fill=(235, 235, 240))
    pen.ellipse((cx - s * 0.2, h * 0.2, cx + s * 0.2, h * 0.78), fill=(222, 178, 148))
    pen.chord((cx - s * 0.23, h * 0.13, cx + s * 0.23, h * 0.6), 175, 365, fill=(28, 24, 22))
    for side in (-1, 1):
        x = cx + side * s * 0.08
        pen.ellipse((x - s * 0.02, h * 0.44, x + s * 0.02, h * 0.47), fill=(20, 15, 12))
        pen.line((x - s * 0.04, h * 0.41, x + s * 0.04, h * 0.41), fill=(40, 30, 25), width=max(1, s // 80))
    pen.arc((cx - s * 0.07, h * 0.55, cx + s * 0.07, h * 0.66), 20, 160, fill=(150, 60, 60), width=max(1, s // 90))
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(max(1.0, s / 160))), np.float32) / 255
    return soft * (0.6 + 0.6 * clouds(w, h, rng, 0.7)[..., None])


def _city(w: int, h: int, rng: Random) -> Field:
    """Buildings with rows of windows, by day or by night."""
    night = rng.random() < 0.4
    sky = _tinted(
        clouds(w, h, rng, 0.4), (0.02, 0.03, 0.12) if night else (0.5, 0.65, 0.85), (0.3,) * 3 if night else (1,) * 3
    )
    image = Image.fromarray((np.clip(sky, 0, 1) * 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    x = -w * 0.05
    while x < w:
        wide, tall = w * rng.uniform(0.06, 0.2), h * rng.uniform(0.3, 0.9)
        base = rng.randint(15, 60) if night else rng.randint(70, 200)
        pen.rectangle((x, h - tall, x + wide, h), fill=(base, base, base + 10))
        step = max(3, int(wide / rng.randint(4, 9)))
        for wx in range(int(x) + 2, int(x + wide) - step, step):
            for wy in range(int(h - tall) + 3, h, step + 1):
                lit = rng.random() < 0.5
                pen.rectangle(
                    (wx, wy, wx + step // 2, wy + step // 2),
                    fill=(250, 230, 160) if lit and night else (base // 2,) * 3,
                )
        x += wide * rng.uniform(0.7, 1.3)
    return np.asarray(image, np.float32) / 255


Scene = Callable[[int, int, Random], Field]
SCENES: Final[tuple[Scene, ...]] = (
    _landscape, _aerial, _crowd, _crowd, _indoors, _indoors, _texture, _branches, _portrait, _city,
)  # fmt: skip
