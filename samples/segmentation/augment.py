"""Random crops of training pictures, each damaged and lit in another way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from samples.segmentation.labels import BODY, CLASS, DISPLAY, PICTURE, REVERSED, UNKNOWN, VERTICAL, Gray, Label, Points

CROP: Final = 320
"""Side of a training crop, in pixels: 40 em, wide enough to show a photograph next to text."""
COLLAGES: Final = 0.6
"""Share of the crops that come from collages; the rest come from pages."""
SCALE_SPREAD: Final = 0.14
"""Standard deviation of the logarithm of the scale: the estimate of the type size errs by about that much."""
SCALES: Final = (0.7, 1.4)
NEGATIVES: Final = 0.02
"""Share of the crops that are shown as negatives, as some films are."""
PHOTOS_IN_BOXES: Final = 0.8
"""Share of a page's picture boxes that get a natural photograph."""

Floats = npt.NDArray[np.float32]
"""Grey values, shape (height, width), 0 black to 255 white."""


@dataclass(frozen=True, slots=True)
class TrainingPicture:
    """A training picture in memory; `boxes`, shape (n, 4, 2), are the corners of pictures to be replaced."""

    gray: Gray
    label: Label
    boxes: Points


class Sampler:
    """Training crops from folders of pages, collages and photographs."""

    def __init__(self, pages: Path, collages: Path, photos: Path, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self._folders = (pages, collages)
        self._pictures: dict[Path, list[TrainingPicture]] = {}
        self.pages: list[TrainingPicture] = []
        self.collages: list[TrainingPicture] = []
        self._photos = [p for f in sorted(photos.glob("*.png")) if (p := cv2.imread(str(f), 0)) is not None]
        self.look()

    def look(self) -> None:
        """Read what is new in the folders."""
        for folder in self._folders:
            for path in sorted(folder.glob("*.npz")):
                if path not in self._pictures and ".part" not in path.name:
                    self._pictures[path] = read(path)
        parts = sorted(self._pictures.items())
        self.pages = [p for f, ps in parts for p in ps if f.parent == self._folders[0]]
        self.collages = [p for f, ps in parts for p in ps if f.parent == self._folders[1]]

    def batch(self, count: int) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
        """Grey crops and their labels, both of shape (count, CROP, CROP)."""
        crops = [self._crop() for _ in range(count)]
        return np.stack([c[0] for c in crops]), np.stack([c[1] for c in crops])

    def _crop(self) -> tuple[Gray, Label]:
        rng = self._rng
        of_pages = not self.collages or (self.pages and rng.random() > COLLAGES)
        pictures = self.pages if of_pages else self.collages
        picture = pictures[rng.integers(len(pictures))]
        gray, label = _window(picture, rng, self._photos)
        shown = gray.astype(np.float32)
        if rng.random() < 0.15:
            shown, label = _patch(shown, label, rng)
        if rng.random() < NEGATIVES:
            shown = 255 - shown
            label[is_text(label)] ^= REVERSED
        shown = damaged(shown, rng)
        k = int(rng.choice(4, p=(0.82, 0.06, 0.06, 0.06)))
        return turned(np.clip(shown, 0, 255).astype(np.uint8), label, k)


def read(path: Path) -> list[TrainingPicture]:
    """The pictures of a file: one page, or a stack of collages."""
    with np.load(path) as z:
        gray, label = z["gray"], z["label"]
        if gray.ndim == 2:
            return [TrainingPicture(gray, label, z["boxes"])]
    none = np.zeros((0, 4, 2), np.float32)
    return [TrainingPicture(g, m, none) for g, m in zip(gray, label, strict=True)]


def turned(gray: Gray, label: Label, quarters: int) -> tuple[Gray, Label]:
    """Both turned by quarter turns; an odd number of them turns horizontal lines into vertical ones."""
    gray, label = np.rot90(gray, quarters).copy(), np.rot90(label, quarters).copy()
    if quarters % 2:
        label[is_text(label)] ^= VERTICAL
    return gray, label


def is_text(label: Label) -> npt.NDArray[np.bool_]:
    """Where body or display text is."""
    kind = label & CLASS
    return np.asarray((kind == BODY) | (kind == DISPLAY))


def _window(picture: TrainingPicture, rng: np.random.Generator, photos: list[Gray]) -> tuple[Gray, Label]:
    """A crop at a random place, scale and small angle."""
    h, w = picture.gray.shape
    scale = float(np.clip(np.exp(rng.normal(0, SCALE_SPREAD)), *SCALES))
    angle = float(rng.normal(0, 0.7)) if rng.random() < 0.4 else 0.0
    side = CROP / scale
    x, y = (rng.uniform(min(side, n) / 2 - 8, n - min(side, n) / 2 + 8) for n in (w, h))
    turn = cv2.getRotationMatrix2D((x, y), angle, scale)
    turn[:, 2] += CROP / 2 - np.array((x, y))
    # Only what the crop shows is copied.
    x0, y0 = (max(0, int(v - side * 0.55)) for v in (x, y))
    x1, y1 = int(x + side * 0.55) + 2, int(y + side * 0.55) + 2
    gray, label = picture.gray[y0:y1, x0:x1].copy(), picture.label[y0:y1, x0:x1]
    if photos:
        for box in picture.boxes:
            if rng.random() < PHOTOS_IN_BOXES:
                _paste(gray, label, box - (x0, y0), photos[rng.integers(len(photos))], rng)
    turn[:, 2] += turn[:, :2] @ (x0, y0)
    way = cv2.INTER_LINEAR if scale < 1 or rng.random() < 0.5 else cv2.INTER_CUBIC
    size = (CROP, CROP)
    edge = UNKNOWN
    out = cv2.warpAffine(gray, turn, size, flags=way, borderMode=cv2.BORDER_REPLICATE)
    marks = cv2.warpAffine(label, turn, size, flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT, borderValue=edge)
    return out.astype(np.uint8), marks.astype(np.uint8)


def _paste(gray: Gray, label: Label, box: Points, photo: Gray, rng: np.random.Generator) -> None:
    """Put a photograph where the label says picture inside `box`."""
    h, w = gray.shape
    x0, y0 = (int(v) for v in box.min(axis=0))
    x1, y1 = (int(v) for v in box.max(axis=0))
    if x1 - x0 < 10 or y1 - y0 < 10 or x1 <= 0 or y1 <= 0 or x0 >= w or y0 >= h:
        return
    shown = fitted(photo, x1 - x0, y1 - y0, rng)
    cut = (slice(max(0, y0), min(h, y1)), slice(max(0, x0), min(w, x1)))
    inside = shown[cut[0].start - y0 : cut[0].stop - y0, cut[1].start - x0 : cut[1].stop - x0]
    there = (label[cut] & CLASS) == PICTURE
    gray[cut][there] = inside[there]


def fitted(photo: Gray, width: int, height: int, rng: np.random.Generator) -> Gray:
    """A random part of a photograph at that size, in other tones, sometimes as a halftone."""
    ph, pw = photo.shape
    share = rng.uniform(0.35, 1.0)
    cw = min(pw, int(ph * width / height))
    cw = max(8, int(cw * share))
    ch = max(8, min(ph, int(cw * height / width)))
    ox, oy = rng.integers(0, pw - cw + 1), rng.integers(0, ph - ch + 1)
    part = photo[oy : oy + ch, ox : ox + cw]
    out = cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32)
    out = (out - out.mean()) * rng.uniform(0.7, 1.6) + rng.uniform(70, 190)
    if rng.random() < 0.3:
        out = out + 0.8 * (out - cv2.GaussianBlur(out, (0, 0), 1.2))
    if rng.random() < 0.3:
        out = halftone(out, rng)
    if rng.random() < 0.15:
        out = np.where(out + rng.normal(0, 25, out.shape) > 128, 245.0, 20.0).astype(np.float32)
    return np.clip(out, 0, 255).astype(np.uint8)


def halftone(gray: Floats, rng: np.random.Generator) -> Floats:
    """The picture as a screen of dots of 1.5 to 4 pixels."""
    step = rng.uniform(1.5, 4.0)
    angle = rng.choice((0.0, 15.0, 45.0, 75.0)) * np.pi / 180
    yy, xx = np.mgrid[0 : gray.shape[0], 0 : gray.shape[1]].astype(np.float32)
    u = (xx * np.cos(angle) + yy * np.sin(angle)) * (2 * np.pi / step)
    v = (yy * np.cos(angle) - xx * np.sin(angle)) * (2 * np.pi / step)
    screen = 255 * (0.5 + 0.25 * (np.sin(u) + np.sin(v)))
    soft = rng.uniform(1.5, 6)
    return np.asarray(np.clip((gray - screen) * soft + 128, 0, 255), np.float32)


def _patch(gray: Floats, label: Label, rng: np.random.Generator) -> tuple[Floats, Label]:
    """A tinted or reversed rectangle."""
    w, h = rng.integers(40, CROP), rng.integers(30, CROP)
    x, y = rng.integers(-20, CROP - 20), rng.integers(-20, CROP - 20)
    cut = (slice(max(0, y), y + h), slice(max(0, x), x + w))
    label = label.copy()
    if rng.random() < 0.5:
        gray[cut] *= rng.uniform(0.5, 0.95)
    else:
        gray[cut] = 255 - gray[cut] * rng.uniform(0.6, 1)
        there = is_text(label[cut])
        label[cut][there] ^= REVERSED
    return gray, label


def damaged(gray: Floats, rng: np.random.Generator) -> Floats:
    """The crop as a worse scan shows it: blur, low resolution, light, contrast, noise, JPEG, two tones."""
    side = gray.shape[0]
    if rng.random() < 0.2:
        share = rng.uniform(0.6, 0.95)
        small = cv2.resize(gray, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        gray = cv2.resize(small, (side, side), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    roll = rng.random()
    if roll < 0.25:
        gray = cv2.GaussianBlur(gray, (0, 0), rng.uniform(0.3, 1.0)).astype(np.float32)
    elif roll < 0.45:
        gray = gray + rng.uniform(0.3, 1.2) * (gray - cv2.GaussianBlur(gray, (0, 0), 1.0))
    if rng.random() < 0.3:
        yy, xx = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
        slope = rng.normal(0, 0.12, 3)
        gray = gray * (1 + slope[0] * xx + slope[1] * yy + slope[2] * xx * yy).astype(np.float32)
    contrast = rng.uniform(0.45, 1.1) if rng.random() < 0.5 else rng.uniform(0.85, 1.1)
    gray = (gray - 255) * contrast + rng.uniform(200, 262)
    if rng.random() < 0.35:
        grain = rng.normal(0, 1, gray.shape).astype(np.float32)
        if rng.random() < 0.4:
            grain = cv2.GaussianBlur(grain, (0, 0), rng.uniform(0.5, 1.5)).astype(np.float32) * 2
        gray = gray + grain * rng.uniform(2, 14)
    if rng.random() < 0.25:
        _, code = cv2.imencode(
            ".jpg", np.clip(gray, 0, 255).astype(np.uint8), (cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(20, 85)))
        )
        gray = cv2.imdecode(code, 0).astype(np.float32)
    if rng.random() < 0.06:
        local = cv2.GaussianBlur(gray, (0, 0), 15)
        gray = np.where(gray < local * rng.uniform(0.78, 0.95), 20.0, 240.0).astype(np.float32)
    return gray
