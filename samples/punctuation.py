"""`python -m samples.punctuation ocr/marks/shapes.npz`: fits what tells marks by their shape.

Lines of prose with marks of all kinds are drawn in several faces, scanned with damage, specks and squeezed marks, and
cut as PP-OCR wants them. Each mark stands in the place that reading gives it, or, where reading is made to pass over
it, in what a hanzi's ink leaves beside it. Lines drawn by seeds from HELD_OUT measure.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from layout.geometry import Box, Projection
from layout.page import Line
from layout.sheet import Gray, Sheet
from ocr.line.places import set_apart
from ocr.line.seen import Seen
from ocr.marks.shapes import HEIGHT, NARROW, NOTHING, OTHER, SHAPES, WIDTH, MarkPlace, mark_places, shapes_at
from ocr.pictures.crop import LinePicture, line_box, line_picture
from ocr.setup.settings import SMALL_TYPE, STRIPS
from ocr.setup.weights import Model
from samples.descent import Descent
from samples.smalltype import SmallTypeDamage, prose, scanned, sentence
from samples.typeset import faces

FIT: Final = 1000
"""The first seed of the lines that the network is fitted on."""
HELD_OUT: Final = 9000
"""The first seed of the lines that measure it."""
DRAWS: Final = 460
"""Draws that the network is fitted on: what is drawn and fitted in a quarter of an hour."""
MEASURED: Final = 40
"""Draws that measure it, for shares to a hundredth."""
LINES: Final = 14
"""Lines of one draw: they share a face, a size and a damage."""
FACES: Final = (
    faces.SONG, faces.SONG, faces.MING, faces.MING, faces.KAI, faces.HEI, faces.SONG_BOLD, faces.HEI_BOLD,
    faces.MICRO_HEI,
)  # fmt: skip
CENTRED: Final = (faces.MING_TW, faces.KAI_TW, faces.SONG_TC)
"""Faces with marks in the middle of the em, as Hong Kong and Taiwan print them."""
MARKS: Final = "".join(SHAPES[1:-1])
MORE_MARKS: Final = "，。、；：·“”！？；：。，、·"
"""Marks put among the hanzi, those that readers confuse twice."""
ENDS: Final = ("，", "。", "、", "；", "：", "，", "。”", "！”", "？”", "，”")
"""Marks at the ends of lines."""
FINEST: Final = 64
"""Pixels of an em as drawn, about."""
FRAME: Final = 8
"""Pixels of a line's picture by which a network's places are counted."""
OFF: Final = (0.05, 0.1, 0.2)
"""Standard deviation in ems of the places that a reader gives."""
ASIDE: Final = 0.2
"""Ems between a mark's ink and the middle of what was cut out for it, at most: what is further off is another's ink."""
FEWEST: Final = 0.04
"""Share of a shape, at least, by which its likelihood is divided: a rare one would seem likely everywhere."""
HIDDEN: Final = 48
"""Units of the hidden layer: the file of weights stays below 40 KB."""
DESCENT: Final = Descent(rounds=40, batch=128, rate=2e-3)
"""How the network is fitted; the rate falls to nothing by the last round."""
DECAY: Final = 2e-4
"""Weight of the squares of the weights of the first layer, which has most of them."""
JITTER_SEED: Final = 7
"""The seed of the first weights, of the portions and of how pictures are moved."""
STRENGTH: Final = (0.75, 1.25)
"""Times as dark as drawn, least and most, that a picture is shown to the network."""


@dataclass(frozen=True, slots=True)
class MarkLineParams:
    """How the lines are drawn: wider than print is, so that the network meets nothing new. Sizes are in pixels."""

    small: tuple[float, float] = (8, 16)
    """Sizes of small type, which the small model reads in a narrower strip."""
    small_share: float = 0.4
    """Share of the draws in it: its marks are the hardest to tell."""
    usual: tuple[float, float] = (16, 42)
    """Sizes of the others: a body at 200 to 300 dpi."""
    step: float = 14
    """Size that adds a step to the most blur and grain: larger type stays legible with more of them."""
    blur: tuple[float, float] = (0.2, 0.5)
    """Blur of the smallest type, least and most."""
    blur_step: float = 0.25
    """What a step adds to the most blur."""
    grain: tuple[float, float] = (1, 6)
    """Grain in grey levels: the least, and what each step adds to the most of the smallest type."""
    grain_steps: float = 3
    """Steps that add grain, at most: with more of it no mark is seen."""
    ink: tuple[int, int] = (15, 130)
    """Grey levels of ink."""
    paper: tuple[int, int] = (165, 252)
    """Grey levels of paper."""
    quality: tuple[int, int] = (35, 92)
    """Quality of the JPEG."""
    figure: tuple[float, float] = (0.40, 0.54)
    """Width of a figure in ems."""
    centred_share: float = 0.15
    """Share of the draws in a face of CENTRED."""
    squeezed: tuple[float, ...] = (0, 0.3, 0.8)
    """Shares of the marks that are set close, by draw."""
    beside: tuple[float, float] = (0.04, 0.14)
    """White in ems on either side of such a mark."""
    close: tuple[float, ...] = (1, 1, 0.9)
    """Widths of a hanzi's square in ems, by draw."""
    more_marks: float = 0.12
    """Share of the hanzi in whose place a mark is put: prose has one in ten characters, and few rare ones."""
    ended: float = 0.3
    """Share of the lines that end in marks of ENDS."""
    ended_at: int = 10
    """Characters in front of them."""
    numbers: float = 0.15
    """Share of the lines that hold numbers instead."""
    specks: tuple[int, ...] = (0, 0, 0, 2, 4, 8)
    """Specks in a line, by chance."""
    speck: tuple[float, float] = (0.02, 0.09)
    """Radius of a speck in ems: smaller than the ring of a full stop."""
    speck_ink: tuple[int, int] = (120, 255)
    """How dark a speck is drawn; ink has 255."""
    passed_over: tuple[float, ...] = (0, 0, 0.5)
    """Shares of the marks that reading passes over, by line."""
    white: float = 0.12
    """White between two characters in ems, at least, that is shown as one without a mark."""
    white_share: float = 0.08
    """Share of such white without a speck in it that is shown: there is far more of it than of marks."""


P: Final = MarkLineParams()

Array = npt.NDArray[np.float32]
"""Figures of single precision; shapes are told where they are made."""


@dataclass(frozen=True, slots=True)
class LineLook:
    """How the lines of one draw look: `times` is how much larger than the scan they are drawn."""

    size: float
    times: int
    face: faces.Face
    damage: SmallTypeDamage
    squeezed: float
    """Share of the marks that are set close to what is beside them."""
    close: float
    """Width of a hanzi's square in ems."""

    @classmethod
    def drawn(cls, rng: Random) -> LineLook:
        """A look by chance."""
        size = rng.uniform(*P.small) if rng.random() < P.small_share else rng.uniform(*P.usual)
        steps = max(1.0, size / P.step)
        blur = (P.blur[0], P.blur[1] + P.blur_step * steps)
        grain = (P.grain[0], P.grain[1] * (1 + min(steps, P.grain_steps)))
        damage = SmallTypeDamage(
            rng.randint(*P.ink), rng.randint(*P.paper), rng.uniform(*blur),
            rng.uniform(*grain), rng.randint(*P.quality), rng.uniform(*P.figure),
        )  # fmt: skip
        face = rng.choice(CENTRED if rng.random() < P.centred_share else FACES)
        return cls(size, max(2, round(FINEST / size)), face, damage, rng.choice(P.squeezed), rng.choice(P.close))


def texts(rng: Random) -> Iterator[str]:
    """Lines of prose with more marks than prose has, and some with numbers."""
    for line in prose(rng, LINES):
        out = [rng.choice(MORE_MARKS) if c not in MARKS and rng.random() < P.more_marks else c for c in line]
        text = "".join(out)
        if rng.random() < P.ended:
            text = text[: P.ended_at] + rng.choice(ENDS)
        yield "".join((sentence(rng) if rng.random() < P.numbers else text).split())


def drawn(text: str, look: LineLook, rng: Random) -> tuple[Gray, list[float]]:
    """The ink of a line, 0 to 255, and the middle of each character's ink, in its pixels."""
    em = round(look.size * look.times)
    font = ImageFont.truetype(str(faces.ROOT / look.face.path), em, index=look.face.index)
    cells, middles, x = [], [], 0
    for char in text:
        cell = _cell(char, font, em, look)
        inked = np.flatnonzero(cell.any(axis=0))
        if char in MARKS and len(inked) and rng.random() < look.squeezed:
            beside = round(em * rng.uniform(*P.beside))
            cell = cell[:, max(0, inked[0] - beside) : inked[-1] + 1 + beside]
            inked = np.flatnonzero(cell.any(axis=0))
        middles.append(x + (float(inked[0] + inked[-1] + 1) if len(inked) else cell.shape[1]) / 2)
        x += cell.shape[1]
        cells.append(cell)
    return np.hstack(cells), middles


def _cell(char: str, font: ImageFont.FreeTypeFont, em: int, look: LineLook) -> Gray:
    natural = max(1, round(font.getlength(char)))
    narrow = char.isascii()
    wide = natural if narrow else max(natural, em)
    cell = Image.new("L", (wide, round(1.3 * em)), 0)
    at = wide - natural if char == "“" else (wide - natural) // 2
    ImageDraw.Draw(cell).text((at, 0), char, font=font, fill=255)
    figure = look.damage.figure * (1 if char.isdigit() else 1.7 if char == "%" else 0.6)
    width = round((figure if narrow else look.close) * em)
    return np.asarray(cell.resize((width, cell.height), Image.Resampling.BILINEAR))


def _with_specks(large: Gray, edge: int, look: LineLook, rng: Random) -> Gray:
    """The ink of a line with specks where there is none, `edge` pixels from its ends at least."""
    out = large.copy()
    for _ in range(rng.choice(P.specks)):
        y, x = rng.randrange(edge // 2, large.shape[0] - edge // 2), rng.randrange(edge, large.shape[1] - edge // 2)
        radius = max(1, round(rng.uniform(*P.speck) * look.size * look.times))
        if not out[max(0, y - 2 * radius) : y + 2 * radius, max(0, x - 2 * radius) : x + 2 * radius].any():
            cv2.circle(out, (x, y), radius, rng.randint(*P.speck_ink), -1)
    return out


def _picture(text: str, look: LineLook, rng: Random) -> tuple[LinePicture, list[float]]:
    """The picture of a line as PP-OCR reads it, and the middle of each character's ink in its pixels."""
    ink, middles = drawn(text, look, rng)
    edge = round(2 * look.size) * look.times
    y, x = edge // 2 + rng.randrange(look.times), edge + rng.randrange(look.times)
    shape = (ink.shape[0] + edge + look.times, ink.shape[1] + 2 * edge + look.times)
    large = np.zeros(tuple(n // look.times * look.times for n in shape), np.uint8)
    large[y : y + ink.shape[0], x : x + ink.shape[1]] = ink
    rows, columns = (np.flatnonzero(ink.any(axis=a)) for a in (1, 0))
    around = (x + columns[0], y + rows[0], x + columns[-1] + 1, y + rows[-1] + 1)
    box = Box(*(round(v / look.times) for v in around)).grown(1)
    line = Line("r1l1", box.corners, size=look.size)
    gray = scanned(_with_specks(large, edge, look, rng), look.damage, rng, look.times)
    sheet = Sheet(gray, Projection())
    form = STRIPS[Model.SMALL if look.size < SMALL_TYPE else Model.TINY]
    picture, shown = line_picture(sheet, line, form=form), line_box(sheet, line, form)
    scale = picture.pixels.shape[1] / shown.width
    return picture, [((x + m) / look.times - shown.x0) * scale for m in middles]


def examples(seed: int) -> Iterator[tuple[Array, str]]:
    """Pictures of places of one draw, shape (HEIGHT, WIDTH), each with the shape that stands there."""
    rng = Random(f"shapes of marks {seed}")
    look = LineLook.drawn(rng)
    for text in texts(rng):
        picture, middles = _picture(text, look, rng)
        em = picture.height * picture.stretch
        passed_over, off = rng.choice(P.passed_over), rng.choice(OFF)
        kept = [n for n, c in enumerate(text) if c not in MARKS or rng.random() >= passed_over]
        if len(kept) < 2:
            continue
        last = picture.pixels.shape[1] - FRAME
        found = ((middles[n] + rng.gauss(0, off) * em) / FRAME for n in kept)
        places = sorted(min(last, max(0, round(x) * FRAME)) for x in found)
        seen = set_apart(picture, [Seen(text[n], x, 0, x + FRAME, 1, 1.0) for n, x in zip(kept, places, strict=True)])
        for place in mark_places(picture, seen):
            behind = kept[place.at + 1] if place.at + 1 < len(kept) else len(text)
            own = range(kept[place.at] + 1, behind) if place.unread else range(kept[place.at], kept[place.at] + 1)
            if all(_is_near(picture, place, middles[n]) for n in own):
                yield shapes_at(picture, [place])[0], _shape("".join(text[n] for n in own))
        yield from _without_marks(picture, seen, kept, rng)


def _is_near(picture: LinePicture, place: MarkPlace, middle: float) -> bool:
    """Whether the ink of a place lies about the middle of the mark's own."""
    inked = np.flatnonzero(picture.ink[:, place.left : place.right].any(axis=0))
    found = place.left + (float(inked[0] + inked[-1] + 1) / 2 if len(inked) else np.inf)
    return abs(found - middle) <= ASIDE * picture.height * picture.stretch


def _without_marks(
    picture: LinePicture, seen: Sequence[Seen], kept: Sequence[int], rng: Random
) -> Iterator[tuple[Array, str]]:
    """Whites between characters, with the specks in them."""
    em = picture.height * picture.stretch
    for at in range(len(seen) - 1):
        a, b = seen[at], seen[at + 1]
        plain = kept[at + 1] == kept[at] + 1 and a.char not in MARKS and b.char not in MARKS
        inked = plain and b.x0 > a.x1 and bool(picture.ink[:, a.x1 : b.x0].any())
        if plain and b.x0 - a.x1 > P.white * em and (inked or rng.random() < P.white_share):
            yield shapes_at(picture, [MarkPlace(at, a.x1, b.x0, unread=True)])[0], NOTHING


def _shape(text: str) -> str:
    shape = NARROW.get(text, text)
    return shape if shape in SHAPES else OTHER


def drawn_examples(first: int, count: int) -> tuple[Array, npt.NDArray[np.intp]]:
    """The pictures of `count` draws, shape (n, HEIGHT * WIDTH), and the places of their shapes in SHAPES."""
    found = [e for seed in range(first, first + count) for e in examples(seed)]
    pictures = np.stack([p.ravel() for p, _ in found])
    return pictures, np.array([SHAPES.index(s) for _, s in found])


def jittered(pictures: Array, rng: np.random.Generator) -> Array:
    """The pictures, moved by up to a pixel and made fainter or stronger."""
    square = pictures.reshape(-1, HEIGHT, WIDTH)
    out = np.empty_like(square)
    moves = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))
    for n, move in enumerate(moves):
        out[n :: len(moves)] = np.roll(square[n :: len(moves)], move, axis=(1, 2))
    strength = rng.uniform(*STRENGTH, (len(out), 1, 1)).astype(np.float32)
    return np.clip(out * strength, 0, 1).reshape(len(out), -1)


def answers(weights: dict[str, Array], pictures: Array) -> tuple[Array, Array]:
    """The hidden layer, and how likely each shape is."""
    hidden = np.maximum(0, pictures @ weights["first"] + weights["first_bias"])
    odds = hidden @ weights["second"] + weights["second_bias"]
    chances = np.exp(odds - odds.max(axis=1, keepdims=True))
    return hidden, chances / chances.sum(axis=1, keepdims=True)


def fitted(pictures: Array, shapes: npt.NDArray[np.intp]) -> dict[str, Array]:
    """The network's weights (Adam; Kingma and Ba, 2015), and the share of each shape."""
    rng = np.random.default_rng(JITTER_SEED)
    size = WIDTH * HEIGHT
    weights: dict[str, Array] = {
        "first": rng.normal(0, (2 / size) ** 0.5, (size, HIDDEN)).astype(np.float32),
        "first_bias": np.zeros(HIDDEN, dtype=np.float32),
        "second": rng.normal(0, (1 / HIDDEN) ** 0.5, (HIDDEN, len(SHAPES))).astype(np.float32),
        "second_bias": np.zeros(len(SHAPES), dtype=np.float32),
    }
    weights = DESCENT.fitted(
        weights, len(pictures), lambda w, at: _gradient(w, jittered(pictures[at], rng), shapes[at]), rng
    )
    shares = np.bincount(shapes, minlength=len(SHAPES)) / len(shapes)
    return {**weights, "prior": np.maximum(shares, FEWEST).astype(np.float32)}


def _gradient(weights: dict[str, Array], pictures: Array, shapes: npt.NDArray[np.intp]) -> dict[str, Array]:
    """The gradient of minus the mean log-likelihood of the shapes, with the decay of the weights."""
    hidden, chances = answers(weights, pictures)
    chances[np.arange(len(shapes)), shapes] -= 1
    chances /= len(shapes)
    back = (chances @ weights["second"].T) * (hidden > 0)
    return {
        "first": pictures.T @ back + DECAY * weights["first"],
        "first_bias": back.sum(axis=0),
        "second": hidden.T @ chances + DECAY * weights["second"],
        "second_bias": chances.sum(axis=0),
    }


def main(file: str) -> int:
    pictures, shapes = drawn_examples(FIT, DRAWS)
    weights = fitted(pictures, shapes)
    held, true = drawn_examples(HELD_OUT, MEASURED)
    told = answers(weights, held)[1].argmax(axis=1)
    print(f"{len(pictures)} pictures; told right {(told == true).mean():.3f} of {len(held)} of other lines")
    for n, shape in enumerate(SHAPES):
        print(f"{shape or 'nothing':<8} {(told[true == n] == n).mean():.3f} of {(true == n).sum()}")
    np.savez_compressed(Path(file), **{k: v.astype(np.float16) for k, v in weights.items()})
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
