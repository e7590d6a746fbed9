"""Lines of small type with numbers of all forms, drawn large and reduced as a scan of low resolution shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from layout.geometry import Box, Projection
from layout.page import Line, Page, Region, RegionKind
from layout.sheet import Gray, Sheet
from samples.typeset import faces
from samples.typeset.grammar import Writer

ENLARGED: Final = 8
"""Times the final size at which a line is drawn: strokes of small type are a fraction of a pixel."""

EXCHANGED: Final = 0.15
"""Share of the marks of drawn prose in whose place another one may stand."""

MARGIN: Final = 2.0
"""Ems of paper around the lines of a sheet."""

_PHRASES: Final = (
    "总面积{}万亩", "同比增长{}，", "全市已有{}家企业", "共培训{}人次。", "销售额达{}亿元", "比去年多{}吨，",
    "每盆卖到{}元", "合格率为{}，", "于{}注册", "今年{}，该县", "占全国总产的{}。", "比分是{}，",
    "热线电话：{}", "列车{}开出", "气温降到{}度", "平均每亩{}公斤", "第{}号文件", "客场以{}取胜",
    "利率下调{}个百分点", "路程约{}公里，",
)  # fmt: skip
_MARKS: Final = "，、。：；"
_COLUMN: Final = (11, 24)
"""Characters of a line, least and most."""
_PLAIN: Final = (
    "据有关部门介绍，",
    "村民们种上了",
    "这项工程完工后",
    "水产养殖与果园",
    "昨天上午在县城",
    "他说，",
    "经检验放行的",
)


@dataclass(frozen=True, slots=True)
class SmallTypeDamage:
    """What a scan does to small type: `ink` and `paper` are grey levels, `blur` and `noise` standard deviations.

    `blur` is in pixels of the result, `quality` that of the JPEG, `figure` the width of a figure in ems.
    """

    ink: int
    paper: int
    blur: float
    noise: float
    quality: int
    figure: float

    @classmethod
    def coarse(cls, rng: Random) -> SmallTypeDamage:
        """Damage by chance of a page put on the web or filmed: blurred, grainy, or pressed hard into a JPEG."""
        return cls(
            rng.randint(20, 110), rng.randint(200, 252), rng.uniform(0.2, 0.5), rng.uniform(1, 6),
            rng.randint(45, 92), rng.uniform(0.40, 0.54),
        )  # fmt: skip

    @classmethod
    def drawn(cls, rng: Random) -> SmallTypeDamage:
        """Damage by chance."""
        return cls(
            rng.randint(30, 110), rng.randint(222, 252), rng.uniform(0.25, 0.6), rng.uniform(1, 6),
            rng.randint(55, 92), rng.uniform(0.40, 0.54),
        )  # fmt: skip


def number(rng: Random) -> str:
    """A number as newspapers print it: with repeated figures more often than chance would have it."""
    n = _figures(rng, rng.choice((1, 2, 2, 3, 3, 4, 4, 5)))
    form = rng.randrange(12)
    return (
        n, n, f"{n}.{_tail(rng, 1)}", f"{_figures(rng, 2)}.{_tail(rng, 2)}", f"{_figures(rng, rng.choice((1, 2)))}%",
        f"{_figures(rng, 2)}.{_tail(rng, 1)}%", f"{rng.choice((1998, 2000, 2004, 2010, 2011, 2022, 2025))}年",
        f"{rng.randint(1, 12)}月{rng.randint(1, 31)}日", f"{rng.randint(0, 23)}:{rng.randint(0, 59):02d}",
        f"{rng.randint(0, 9)}:{rng.randint(0, 9)}", f"{_figures(rng, 8)}",
        f"{n}—{_figures(rng, len(n))}",
    )[form]  # fmt: skip


def _figures(rng: Random, count: int) -> str:
    out = str(rng.randint(1, 9))
    while len(out) < count:
        out += out[-1] if rng.random() < 0.35 else rng.choice("000123456789")
    return out


def _tail(rng: Random, count: int) -> str:
    """Figures behind a point."""
    return "".join(str(rng.randint(0, 9)) for _ in range(count))


def sentence(rng: Random) -> str:
    """Some phrases with numbers in them."""
    parts = [rng.choice(_PHRASES).format(number(rng)) if rng.random() < 0.75 else rng.choice(_PLAIN) for _ in range(3)]
    return "".join(parts)


def prose(rng: Random, count: int) -> list[str]:
    """A column of so many lines of prose; a share of its marks are exchanged, so that they are told by their ink."""
    text = ""
    while len(text) < count * max(_COLUMN):
        text += "".join(p.text for p in Writer(rng.random()).body(400, subheads=0))
    text = "".join(rng.choice(_MARKS) if c in _MARKS and rng.random() < EXCHANGED else c for c in text)
    lines = []
    for _ in range(count):
        width = rng.randint(*_COLUMN)
        lines.append(text[:width])
        text = text[width:]
    return lines


def sheet_of(
    texts: Sequence[str], size: float, face: faces.Face, rng: Random, damage: SmallTypeDamage | None = None
) -> tuple[Page, Sheet]:
    """A sheet with the texts set one below the other in type of `size` pixels, and its unread page.

    Without a damage one is drawn.
    """
    damage = damage or SmallTypeDamage.drawn(rng)
    pictures = [_enlarged(t, size, face, damage.figure) for t in texts]
    edge = round(MARGIN * size)
    step = round(1.6 * size)
    width = 2 * edge + max(p.shape[1] for p in pictures) // ENLARGED + 1
    large = np.zeros(((2 * edge + step * len(texts)) * ENLARGED, width * ENLARGED), np.uint8)
    lines = []
    for n, picture in enumerate(pictures):
        y = (edge + n * step) * ENLARGED + rng.randrange(ENLARGED)
        x = edge * ENLARGED + rng.randrange(ENLARGED)
        large[y : y + picture.shape[0], x : x + picture.shape[1]] = picture
        rows, columns = (np.flatnonzero(picture.any(axis=a)) for a in (1, 0))
        around = ((x + columns[0]), (y + rows[0]), (x + columns[-1] + 1), (y + rows[-1] + 1))
        box = Box(*(round(v / ENLARGED) for v in around))
        lines.append(Line(f"r1l{n}", box.grown(1).corners, size=size))
    sheet = Sheet(scanned(large, damage, rng), Projection())
    h, w = sheet.gray.shape
    region = Region("r1", RegionKind.BODY, lines=tuple(lines))
    page = Page(1, "smalltype.png", 0, w, h, sheet_width=w, sheet_height=h, type_size=size, regions=(region,))
    return page, sheet


def _enlarged(text: str, size: float, face: faces.Face, figure: float) -> Gray:
    """The ink of a line, 0 to 255; figures and their points are set `figure` ems wide."""
    em = round(size * ENLARGED)
    font = ImageFont.truetype(str(faces.ROOT / face.path), em, index=face.index)
    cells = []
    for char in text:
        natural = max(1, round(font.getlength(char)))
        cell = Image.new("L", (natural, round(1.3 * em)), 0)
        ImageDraw.Draw(cell).text((0, 0), char, font=font, fill=255)
        narrow = char.isascii()
        share = figure if char.isdigit() else figure * (1.7 if char == "%" else 0.6)
        wide = round(share * em) if narrow else em
        cells.append(np.asarray(cell.resize((wide, cell.height), Image.Resampling.BILINEAR)))
    return np.hstack(cells)


def scanned(large: Gray, damage: SmallTypeDamage, rng: Random, enlarged: int = ENLARGED) -> Gray:
    """The scan of ink, 0 to 255, that is drawn `enlarged` times as large."""
    h, w = (n // enlarged for n in large.shape)
    sharp = cv2.resize(large, (w, h), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    ink = cv2.GaussianBlur(sharp, (0, 0), damage.blur)
    grain = np.random.default_rng(rng.randrange(1 << 30)).normal(0, damage.noise, ink.shape)
    gray = np.clip(damage.paper + (damage.ink - damage.paper) * ink + grain, 0, 255).astype(np.uint8)
    _, coded = cv2.imencode(".jpg", gray, [cv2.IMWRITE_JPEG_QUALITY, damage.quality])
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
