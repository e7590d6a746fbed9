"""What is drawn and not set on a collage: textures, shapes, charts, maps, codes, seals, line drawings, ornaments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from samples.segmentation.board import FINE, SIMPLE, Area, Board, BoardSetting
from samples.segmentation.labels import EM, PAPER, PICTURE, RULE, TABLE_LINE, Gray, paint
from samples.segmentation.printing import body, columns, headline, rounded
from samples.typeset.faces import KAI

Alpha = npt.NDArray[np.float32]
"""Shape (height, width), 0 paper to 1 picture."""


def texture(width: int, height: int, rng: np.random.Generator) -> Gray:
    """A picture of stripes, leaves, windows, waves, a crowd or a brick wall."""
    kind = rng.integers(0, 7)
    yy, xx = np.mgrid[0:height, 0:width].astype(np.float32)
    angle, step = rng.uniform(0, np.pi), rng.uniform(10, 45)
    u, v = xx * np.cos(angle) + yy * np.sin(angle), yy * np.cos(angle) - xx * np.sin(angle)
    noise = cv2.resize(
        rng.normal(0, 1, (max(2, height // 40), max(2, width // 40))).astype(np.float32), (width, height)
    )
    if kind == 0:
        out = 128 + 110 * np.sign(np.sin(u * 6.283 / step + noise))
    elif kind == 1:
        out = 128 + 60 * np.sin(u * 6.283 / step + 3 * noise) + 60 * np.sin(v * 6.283 / (step * 1.7) + 2 * noise)
    elif kind == 2:
        out = (
            np.where((np.mod(xx, step) < step * 0.55) & (np.mod(yy, step * 1.3) < step * 0.8), 50.0, 190.0) + 30 * noise
        )
    elif kind in {3, 4}:
        out = _things(width, height, rng, leaves=kind == 3)
    elif kind == 5:
        row = np.floor(yy / step)
        out = np.where((np.mod(yy, step) < 4) | (np.mod(xx + row * step, 2 * step) < 4), 210.0, 90.0) + 25 * noise
    else:
        fine = rng.normal(0, 1, (height // 4 + 1, width // 4 + 1)).astype(np.float32)
        out = 128 + 60 * cv2.resize(fine, (width, height)) + 40 * noise
    out = out + rng.normal(0, rng.uniform(0, 12), out.shape)
    if rng.random() < 0.5:
        out = cv2.GaussianBlur(out.astype(np.float32), (0, 0), rng.uniform(1, 4))
    out = (out - 128) * rng.uniform(0.4, 1.1) + rng.uniform(70, 190)
    return np.clip(out, 0, 255).astype(np.uint8)


def in_rows(width: int, height: int, rng: np.random.Generator) -> Gray:
    """What stands in rows as type does and is none: windows, spines of books, keys, seats; seen from anywhere."""
    high, share = rng.uniform(10, 60), rng.uniform(0.4, 1.6)
    ground, tone, spread = rng.uniform(30, 230), rng.uniform(0, 255), rng.uniform(5, 60)
    wide, kind = max(6.0, high * share), int(rng.integers(0, 5))
    gaps = rng.uniform(1.1, 2.2, 2)
    out = np.full((height, width), ground, np.float32)
    y = rng.uniform(-high, 0)
    while y < height:
        x = rng.uniform(-wide, 0)
        while x < width:
            part = wide * (rng.uniform(0.3, 1.3) if kind == 1 else 1.0)
            if rng.random() < 0.93:
                _thing(out, (x, y, part, high), kind, float(rng.normal(tone, spread)), rng)
            x += part * (1.03 if kind == 1 else gaps[0])
        y += high * gaps[1]
    light = cv2.resize(rng.normal(0, 1, (3, 3)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    out = out + rng.uniform(0, 40) * light + rng.normal(0, rng.uniform(1, 12), out.shape)
    if rng.random() < 0.6:
        out = slanted(out.astype(np.float32), rng)
    if rng.random() < 0.5:
        out = cv2.GaussianBlur(out.astype(np.float32), (0, 0), rng.uniform(0.5, 3))
    return np.clip(out, 0, 255).astype(np.uint8)


def _thing(
    out: npt.NDArray[np.float32], box: tuple[float, float, float, float], kind: int, tone: float,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """A window with bars, the spine of a book, a key with a mark, a seat, a lattice."""
    x, y, w, h = (int(v) for v in box)
    low, high = (x, y), (x + w, y + h)
    other = 255 - tone if rng.random() < 0.7 else tone - 50
    if kind == 3:
        cv2.ellipse(out, (x + w // 2, y + h // 2), (max(1, w // 2), max(1, h // 2)), 0, 0, 360, tone, -1)
        cv2.ellipse(out, (x + w // 2, y + h // 3), (max(1, w // 4), max(1, h // 4)), 0, 0, 360, other, -1)
        return
    cv2.rectangle(out, low, high, tone, -1 if kind != 4 else 2)
    if kind in {0, 4}:
        for n in range(1, int(rng.integers(1, 4))):
            cv2.line(out, (x + n * w // 3, y), (x + n * w // 3, y + h), other, max(1, h // 14))
        if rng.random() < 0.8:
            cv2.line(out, (x, y + h // 2), (x + w, y + h // 2), other, max(1, h // 14))
    elif kind == 1:
        for _ in range(int(rng.integers(1, 6))):
            at = int(y + rng.uniform(0.1, 0.9) * h)
            cv2.line(out, (x + w // 4, at), (x + 3 * w // 4, at), other, max(1, h // 20))
    else:
        for _ in range(int(rng.integers(1, 4))):
            ends = [(int(x + rng.uniform(0.2, 0.8) * w), int(y + rng.uniform(0.2, 0.8) * h)) for _ in range(2)]
            cv2.line(out, ends[0], ends[1], other, max(1, h // 10))


def slanted(gray: npt.NDArray[np.float32], rng: np.random.Generator, most: float = 0.35) -> npt.NDArray[np.float32]:
    """A picture as seen from the side: its corners moved by up to `most` of its sides."""
    h, w = gray.shape
    corners = np.array(((0, 0), (w, 0), (w, h), (0, h)), np.float32)
    inner = corners + np.array(((1, 1), (-1, 1), (-1, -1), (1, -1))) * rng.uniform(0, most, (4, 2)) * (w, h)
    turn = cv2.getPerspectiveTransform(inner.astype(np.float32), corners)
    return np.asarray(cv2.warpPerspective(gray, turn, (w, h), borderMode=cv2.BORDER_REPLICATE), np.float32)


def signboard(pixels: Gray, rng: Random) -> None:
    """A board with lines of letters in a photograph, seen from the side, painted or in chalk: it is picture."""
    h, w = pixels.shape
    size, rows = rng.randint(10, 70), rng.choice((1, 1, 2, 3, 5))
    long = rng.randint(2, 9)
    board_h, board_w = int(size * (1.3 * rows + 0.6)), int(size * (long + 1))
    if board_h > 0.9 * h or board_w > 0.9 * w:
        return
    ground, ink = rng.choice(((30, 220), (60, 240), (225, 30), (190, 20), (110, 240)))
    layer = Image.new("L", (board_w, board_h), ground)
    face = rng.choice(("opentype/noto/NotoSansCJK-Bold.ttc", "opentype/noto/NotoSerifCJK-Bold.ttc", KAI.path))
    font = ImageFont.truetype(f"/usr/share/fonts/{face}", size)
    for n in range(rows):
        words = "".join(rng.choices(SIMPLE, k=long if n < rows - 1 else rng.randint(1, long)))
        ImageDraw.Draw(layer).text((size // 2, int(size * (0.3 + 1.3 * n))), words, ink, font)
    random = np.random.default_rng(rng.randrange(2**32))
    plate = np.asarray(layer, np.float32)
    if rng.random() < 0.4:
        plate = plate + (random.random(plate.shape) < 0.3) * (ground - plate)
    place = np.full((board_h * 2, board_w * 2), -999.0, np.float32)
    place[board_h // 2 : board_h // 2 + board_h, board_w // 2 : board_w // 2 + board_w] = plate
    side = rng.choice((-1, 1)) * rng.uniform(4, 14)
    turn = cv2.getRotationMatrix2D((board_w, board_h), side, 1.0)
    turn[1, 0] += rng.uniform(-0.2, 0.2)
    place = cv2.warpAffine(place, turn, place.shape[::-1], borderValue=-999.0, flags=cv2.INTER_NEAREST)
    y, x = rng.randint(-board_h // 2, h - board_h), rng.randint(-board_w // 2, w - board_w)
    y0, x0 = max(0, y), max(0, x)
    part = place[y0 - y : h - y, x0 - x : w - x]
    here = pixels[y0 : y0 + part.shape[0], x0 : x0 + part.shape[1]]
    soft = cv2.GaussianBlur(np.where(part < 0, here, part).astype(np.float32), (0, 0), rng.uniform(0.6, 2.5))
    share = rng.uniform(0.75, 1.0)
    here[:] = np.where(part < 0, here, np.clip(share * soft + (1 - share) * here, 0, 255)).astype(np.uint8)


def shadow(board: Board, area: Area) -> None:
    """The soft dark edge that a box seems to throw on the paper, to the right and below or all round."""
    rng = board.rng
    reach, dark = rng.uniform(1.5, 7), rng.uniform(0.25, 0.8)
    aside = rng.choice((0.0, 0.6 * reach, 0.6 * reach))
    rows, cols = board.cut(area.inset(-3 * reach))
    mask = np.zeros(board.gray.shape, np.uint8)
    mask[board.cut(Area(area.x0 + aside, area.y0 + aside, area.x1 + aside, area.y1 + aside))] = 255
    soft = cv2.GaussianBlur(mask[rows, cols], (0, 0), reach * FINE / 2).astype(np.float32) / 255
    here = board.gray[rows, cols]
    here[:] = (here * (1 - dark * soft)).astype(np.uint8)


def _things(width: int, height: int, rng: np.random.Generator, *, leaves: bool) -> npt.NDArray[np.float32]:
    """Many leaves, or many heads and shoulders."""
    out = np.full((height, width), float(rng.uniform(40, 200)), np.float32)
    for _ in range(int(rng.integers(60, 260))):
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        size = int(rng.uniform(6, 40))
        tone = float(rng.uniform(0, 255))
        if leaves:
            cv2.ellipse(out, (x, y), (size, max(2, size // 3)), float(rng.uniform(0, 180)), 0, 360, tone, -1)
        else:
            cv2.ellipse(out, (x, y + size), (size, size), 0, 180, 360, tone * 0.6, -1)
            cv2.circle(out, (x, y - size // 4), max(2, size // 2), 140 + tone / 4, -1)
            cv2.ellipse(out, (x, y - size // 3), (max(2, size // 2), max(2, size // 2)), 0, 180, 360, 25, -1)
    return out


def shape_of(shape: tuple[int, ...], rng: Random, *, faded: bool) -> Alpha:
    """Round corners, an ellipse, or one to four faded edges."""
    h, w = shape[:2]
    if not faded:
        if rng.random() < 0.3:
            mask = np.zeros((h, w), np.uint8)
            cv2.ellipse(mask, (w // 2, h // 2), (w // 2, h // 2), 0, 0, 360, 255, -1)
            return np.asarray(mask / 255, np.float32)
        return np.asarray(rounded(shape, rng.randint(3, 16) * FINE) / 255, np.float32)
    out = np.ones((h, w), np.float32)
    fade = rng.uniform(0.15, 0.6)
    for side in rng.sample(range(4), rng.choice((1, 1, 2, 4))):
        long = h if side % 2 else w
        ramp = np.clip(np.arange(long) / (fade * long), 0, 1).astype(np.float32)
        ramp = ramp if side < 2 else ramp[::-1]
        out *= ramp[:, None] if side % 2 else ramp[None]
    return out


def blob(shape: tuple[int, ...], rng: Random) -> Alpha:
    """The silhouette of a cut-out figure."""
    h, w = shape[:2]
    steps = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    radius = np.ones(60)
    for n in range(1, 6):
        radius += rng.uniform(-0.35, 0.35) / n * np.sin(n * steps + rng.uniform(0, 6.28))
    radius = np.clip(radius / radius.max(), 0.15, 1)
    points = np.stack((w / 2 + w / 2 * radius * np.cos(steps), h / 2 + h / 2 * radius * np.sin(steps)), 1)
    mask = np.zeros((h, w), np.uint8)
    cv2.fillPoly(mask, [points.astype(np.int32)], 255, cv2.LINE_AA)
    return np.asarray(mask / 255, np.float32)


def blurred_signs(pixels: Gray, rng: Random) -> None:
    """Slanted, blurred letters in a photograph, as on signboards: they are picture."""
    h, w = pixels.shape
    for _ in range(rng.randint(1, 4)):
        size = rng.randint(12, 60)
        layer = Image.new("L", (size * 5, size * 2), 0)
        font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", size)
        ImageDraw.Draw(layer).text(
            (4, 4), "".join(rng.choices("大中国人民路店城市商学工厂ABCE", k=rng.randint(2, 4))), 255, font
        )
        mask = np.asarray(layer.rotate(rng.choice((-1, 1)) * rng.uniform(14, 50), expand=True))
        mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(2, 5)).astype(np.float32) / 255
        y, x = rng.randint(0, max(0, h - mask.shape[0])), rng.randint(0, max(0, w - mask.shape[1]))
        here = pixels[y : y + mask.shape[0], x : x + mask.shape[1]]
        a = mask[: here.shape[0], : here.shape[1]] * rng.uniform(0.4, 0.9)
        here[:] = (here * (1 - a) + rng.choice((10, 240)) * a).astype(np.uint8)


def badge(board: Board, area: Area) -> None:
    """A small dark box with light words."""
    board.fill(area, board.rng.randint(0, 90))
    paint(board.label, area.corners - 0.5, PAPER)
    setting = BoardSetting(board.face(head=True), min(10.0, area.height - 3), 1.05, ink=250, white=True)
    count = max(1, int((area.width - 3) / setting.advance))
    y = area.y0 + (area.height - setting.size) / 2
    board.line(board.words(count, stops=False), (area.x0 + 2, y), setting)


def ornaments(board: Board, area: Area) -> None:
    """A frame of small figures."""
    rng = board.rng
    size, kind = rng.uniform(2, 6), rng.randrange(5)
    c = area.inset(size / 2).corners
    for a, b in zip(c, np.roll(c, -1, axis=0), strict=True):
        long = float(np.hypot(*(b - a)))
        for t in np.arange(0, max(1.0, long), size * rng.choice((1.1, 1.6))):
            _figure(board, a + (b - a) * t / max(1.0, long), size, kind)
    board.mark(c, max(2, round(size)), RULE, closed=True)


def _figure(board: Board, at: npt.NDArray[np.float64], size: float, kind: int) -> None:
    x, y, r = int(at[0] * FINE), int(at[1] * FINE), max(2, int(size * FINE / 2))
    if kind == 0:
        cv2.circle(board.gray, (x, y), r, 0, -1, cv2.LINE_AA)
    elif kind == 1:
        cv2.circle(board.gray, (x, y), r, 0, 2, cv2.LINE_AA)
    elif kind == 2:
        cv2.fillPoly(board.gray, [np.array(((x - r, y), (x, y - r), (x + r, y), (x, y + r)))], 0, cv2.LINE_AA)
    elif kind == 3:
        cv2.line(board.gray, (x - r, y + r), (x + r, y - r), 0, 3, cv2.LINE_AA)
    else:
        cv2.ellipse(board.gray, (x, y), (r, r), 0, 0, 270, 0, 2, cv2.LINE_AA)


def _label_words(board: Board, at: tuple[float, float], most: int) -> None:
    setting = body(board, size=EM * board.rng.uniform(0.75, 1.1), track=1.0)
    if at[0] > 0 and at[1] > 0:
        board.line(board.words(board.rng.randint(1, most), stops=False), at, setting)


def chart(board: Board, area: Area) -> None:
    """Bars or a curve between axes, with words and figures."""
    rng = board.rng
    plot = Area(area.x0 + 20, area.y0 + 14, area.x1 - 4, area.y1 - 14)
    if min(plot.width, plot.height) < 30:
        return
    paint(board.label, plot.corners, PICTURE)
    for y in np.linspace(plot.y0, plot.y1, rng.randint(2, 6)):
        board.stroke(np.array(((plot.x0, y), (plot.x1, y))), 0.3, rng.choice((0, 150)))
        _label_words(board, (area.x0, y - 4), 2)
    count = rng.randint(3, 9)
    xs = np.linspace(plot.x0 + 4, plot.x1 - 4, count)
    tops = np.array([rng.uniform(plot.y0 + 4, plot.y1 - 4) for _ in xs])
    if rng.random() < 0.6:
        wide = 0.3 * plot.width / count
        for x, y in zip(xs, tops, strict=True):
            board.fill(Area(x - wide, y, x + wide, plot.y1), rng.choice((0, 60, 110, 170)))
    else:
        board.stroke(np.stack((xs, tops), 1), rng.uniform(0.5, 1.5), 0)
    for x in xs[:: max(1, count // 4)]:
        _label_words(board, (x - 6, plot.y1 + 3), 2)


def pie(board: Board, area: Area) -> None:
    """A circle in sectors, with words."""
    rng = board.rng
    r = min(area.width, area.height) * rng.uniform(0.25, 0.42)
    x, y = (area.x0 + area.x1) / 2, (area.y0 + area.y1) / 2
    start = 0.0
    while start < 360:
        end = min(360.0, start + rng.uniform(20, 140))
        centre, axes = (int(x * FINE), int(y * FINE)), (int(r * FINE), int(r * FINE))
        cv2.ellipse(board.gray, centre, axes, 0, start, end, rng.choice((30, 90, 140, 190, 225)), -1)
        start = end
    cv2.circle(board.label, (int(x), int(y)), int(r), PICTURE, -1)
    for _ in range(rng.randint(2, 5)):
        angle = rng.uniform(0, 6.28)
        _label_words(board, (x + 1.15 * r * np.cos(angle) - 8, y + 1.1 * r * np.sin(angle) - 4), 4)


def map_of(board: Board, area: Area) -> None:
    """Coast lines, rivers, roads and hatching with place names."""
    rng = board.rng
    random = np.random.default_rng(rng.randrange(2**32))
    rows, cols = board.cut(area)
    h, w = rows.stop - rows.start, cols.stop - cols.start
    if min(h, w) < 60:
        return
    field = cv2.resize(random.normal(0, 1, (6, 6)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    here = board.gray[rows, cols]
    if rng.random() < 0.5:
        here[field > 0.3] = rng.choice((150, 190, 225))
    for level in np.linspace(-1.2, 1.2, rng.randint(2, 9)):
        lines, _ = cv2.findContours((field > level).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        cv2.drawContours(here, lines, -1, 0, rng.choice((1, 2, 3)), cv2.LINE_AA)
    paint(board.label, area.corners, PICTURE)
    board.frame(area, "thin")
    for _ in range(rng.randint(2, 10)):
        at = (rng.uniform(area.x0 + 2, area.x1 - 40), rng.uniform(area.y0 + 2, area.y1 - 10))
        _label_words(board, at, 4)


def crossword(board: Board, area: Area) -> None:
    """A grid of cells, some black, some with a character."""
    rng = board.rng
    step = rng.uniform(9, 18)
    setting = BoardSetting(board.face(), min(EM, 0.6 * step))
    for r in range(int(area.height / step)):
        for c in range(int(area.width / step)):
            cell = Area(area.x0 + c * step, area.y0 + r * step, area.x0 + (c + 1) * step, area.y0 + (r + 1) * step)
            if rng.random() < 0.25:
                board.fill(cell, 0)
                paint(board.label, cell.corners, PICTURE)
            elif rng.random() < 0.3:
                board.line(board.words(1, stops=False), (cell.x0 + 0.2 * step, cell.y0 + 0.2 * step), setting)
    for n in range(int(area.height / step) + 1):
        y, x1 = area.y0 + n * step, area.x0 + int(area.width / step) * step
        board.rule((area.x0, y), (x1, y), kind=TABLE_LINE)
    for n in range(int(area.width / step) + 1):
        x, y1 = area.x0 + n * step, area.y0 + int(area.height / step) * step
        board.rule((x, area.y0), (x, y1), kind=TABLE_LINE)


def music(board: Board, area: Area) -> None:
    """Staves with notes, and words under them."""
    rng = board.rng
    y = area.y0 + 6
    while y + 34 < area.y1:
        gap = rng.uniform(2.2, 3.5)
        for n in range(5):
            board.stroke(np.array(((area.x0, y + n * gap), (area.x1, y + n * gap))), 0.25, 0)
        for x in np.arange(area.x0 + 8, area.x1 - 4, rng.uniform(7, 14)):
            at = y + rng.uniform(-1, 5) * gap
            centre = (int(x * FINE), int(at * FINE))
            cv2.ellipse(board.gray, centre, (int(gap * 1.8), int(gap * 1.3)), -20, 0, 360, 0, -1)
            board.stroke(np.array(((x + gap / 2, at), (x + gap / 2, at - 3.2 * gap))), 0.4, 0)
        paint(board.label, Area(area.x0, y - 4, area.x1, y + 5 * gap + 2).corners, PICTURE)
        if rng.random() < 0.7:
            _label_words(board, (area.x0 + 6, y + 6 * gap + 4), max(1, int(area.width / 12)))
        y += 6 * gap + 18


def codes(board: Board, area: Area) -> None:
    """One to three square codes in a row, or a bar code, with words under them."""
    rng = board.rng
    side = min(area.width, area.height - 10, rng.choice((rng.uniform(16, 40), rng.uniform(30, 70))))
    if side < 14:
        return
    x, y = rng.uniform(area.x0, area.x1 - side), rng.uniform(area.y0, area.y1 - side - 10)
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        if x + side > area.x1 + 1:
            break
        code = _code(np.random.default_rng(rng.randrange(2**32)))
        where = Area(x, y, x + side, y + side * (1 if code.shape[0] == code.shape[1] else 0.5))
        board.fill(where.inset(-2), 255)
        rows, cols = board.cut(where)
        size = (cols.stop - cols.start, rows.stop - rows.start)
        if min(size) > 2:
            board.gray[rows, cols] = cv2.resize(code, size, interpolation=cv2.INTER_NEAREST)
        paint(board.label, where.corners - 0.5, PICTURE)
        _label_words(board, (x, where.y1 + 2), max(1, int(side / 9)))
        x += side * rng.uniform(1.1, 1.6)
    rest = replace(area, x0=x + 4)
    if rest.width > 60:
        columns(board, rest)


def _code(random: np.random.Generator) -> Gray:
    """A square code, or a bar code of 30 by 60 cells."""
    if random.random() < 0.2:
        return np.repeat((random.random((1, 60)) < 0.5).astype(np.uint8) * 255, 30, axis=0)
    cells = int(random.choice((21, 25, 29, 33, 37)))
    code = (random.random((cells, cells)) < 0.5).astype(np.uint8) * 255
    for a, b in ((0, 0), (0, cells - 7), (cells - 7, 0)):
        code[a : a + 7, b : b + 7] = 0
        code[a + 1 : a + 6, b + 1 : b + 6] = 255
        code[a + 2 : a + 5, b + 2 : b + 5] = 0
    return code


def line_art(board: Board, area: Area) -> None:
    """A drawing in strokes and hatching: figures, curves, a cartoon's frames."""
    rng = board.rng
    paint(board.label, area.corners - 0.5, PICTURE)
    ink = rng.uniform(0.3, 1.1)
    for _ in range(rng.randint(10, 45)):
        x, y = rng.uniform(area.x0, area.x1), rng.uniform(area.y0, area.y1)
        reach = min(area.width, area.height) * rng.uniform(0.05, 0.4)
        t = np.linspace(0, 1, 24)
        a = [rng.uniform(-1, 1) for _ in range(6)]
        curve = np.stack(
            (
                x + reach * (a[0] * t + a[1] * t**2 + a[2] * np.sin(6 * t)),
                y + reach * (a[3] * t + a[4] * t**2 + a[5] * np.cos(5 * t)),
            ),
            1,
        )
        curve[:, 0] = np.clip(curve[:, 0], area.x0, area.x1)
        curve[:, 1] = np.clip(curve[:, 1], area.y0, area.y1)
        roll = rng.random()
        if roll < 0.25:
            board.polygon(curve, rng.choice((0, 0, 120, 255)))
        board.stroke(curve, ink, 0)
        if roll > 0.75:
            for k in np.arange(0, reach, rng.uniform(1.2, 3)):
                board.stroke(
                    np.clip(
                        np.array(((x + k, y), (x + k + reach / 3, y + reach / 2))),
                        (area.x0, area.y0),
                        (area.x1, area.y1),
                    ),
                    0.25,
                    0,
                )
    if rng.random() < 0.5:
        board.frame(area, rng.choice(("thin", "thick")))


def logo(board: Board, area: Area) -> None:
    """A mark in simple shapes beside a headline."""
    rng = board.rng
    r = min(area.height, area.width) * rng.uniform(0.1, 0.3)
    x, y = area.x0 + r + 2, area.y0 + r + 2
    gray = rng.choice((0, 0, 70, 130))
    if rng.random() < 0.5:
        cv2.circle(board.gray, (int(x * FINE), int(y * FINE)), int(r * FINE), gray, rng.choice((-1, 4, 8)), cv2.LINE_AA)
    else:
        board.polygon(np.array(((x - r, y + r), (x, y - r), (x + r, y + r))), gray)
    for _ in range(rng.randint(1, 5)):
        angle = rng.uniform(0, 6.28)
        spoke = np.array((np.cos(angle), np.sin(angle))) * r
        board.stroke(
            np.array(((x - spoke[0], y - spoke[1]), (x + spoke[0], y + spoke[1]))),
            rng.uniform(0.5, 3),
            rng.choice((0, 255)),
        )
    cv2.circle(board.label, (int(x), int(y)), int(r) + 1, PICTURE, -1)
    rest = replace(area, x0=x + r + 5)
    if rest.width > 40:
        columns(board, headline(board, rest))


def seal(board: Board, area: Area) -> None:
    """A square seal: dark with light old characters, or the reverse; it is picture. A brush masthead beside it."""
    rng = board.rng
    side = rng.uniform(16, 36)
    where = Area(area.x0, area.y0, area.x0 + side, area.y0 + side)
    dark = rng.random() < 0.5
    if dark:
        board.fill(where, rng.randint(0, 110))
    before = board.label.copy()
    setting = BoardSetting(board.face(head=True), side / 2 - 2, ink=250 if dark else 0)
    for n in range(4):
        board.line(
            board.words(1, stops=False),
            (where.x0 + 2 + (n % 2) * (side / 2 - 1), where.y0 + 2 + (n // 2) * (side / 2 - 1)),
            setting,
        )
    board.label[:] = before
    paint(board.label, where.corners - 0.5, PICTURE)
    if not dark:
        board.stroke(np.vstack((where.corners, where.corners[:1])), 1.2, 0)
    masthead(board, replace(area, x0=where.x1 + 6))


def masthead(board: Board, area: Area) -> None:
    """A newspaper's name in brush script."""
    rng = board.rng
    count = rng.randint(2, 5)
    size = min(area.height, area.width / count / 1.05, rng.uniform(30, 90))
    if size < 14:
        return
    face = replace(board.face(head=True), stroke=rng.choice((0, 3, 6)))
    setting = BoardSetting(face, size, rng.uniform(0.9, 1.15), 1.0, display=True)
    where = Area(area.x0, area.y0, area.x0 + count * setting.advance + 4, area.y0 + size + 4)
    board.line(board.words(count, stops=False), (area.x0, area.y0), setting)
    rows, cols = board.cut(where)
    part = board.gray[rows, cols]
    if min(part.shape) > 10:
        random, swing = np.random.default_rng(rng.randrange(2**32)), rng.uniform(0.05, 0.14)
        if rng.random() < 0.3:
            part[:] = cv2.morphologyEx(part, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8), iterations=rng.randint(1, 3))
        shift = [
            cv2.resize(random.normal(0, 1, (5, 9)).astype(np.float32), part.shape[::-1], interpolation=cv2.INTER_CUBIC)
            * size
            * swing
            for _ in range(2)
        ]
        yy, xx = np.mgrid[0 : part.shape[0], 0 : part.shape[1]].astype(np.float32)
        part[:] = cv2.remap(part, xx + shift[0], yy + shift[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    rest = replace(area, y0=where.y1 + 3)
    if rest.height > 20:
        columns(board, rest)


GRAPHICS: Final[tuple[Callable[[Board, Area], None], ...]] = (
    chart, pie, map_of, crossword, music, codes, codes, line_art, line_art, logo, seal, masthead,
)  # fmt: skip
"""Everything that is drawn, as scenes of a collage."""
