"""What is set in type on a collage: columns, registers, headlines, panels, tables, adverts."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from samples.segmentation.board import FINE, ROMAN, Area, Board, BoardSetting
from samples.segmentation.labels import CLASS, EM, PICTURE, TABLE_LINE, paint_line
from samples.typeset.faces import Face

RIFTS: Final = 0.06
"""Share of the lines at which stops begin to stand under one another, which leaves a white rift across lines."""
OLD_LEADS: Final = (1.06, 1.1, 1.14, 1.2, 1.28, 1.4)
"""Pitches of the lines of old registers, in ems: they are set tightly."""
BRACKETS: Final = ("“{}”", "「{}」", "《{}》", "【{}】", "{}！", "{}？", "——{}", "{}")


def body(board: Board, **changes: object) -> BoardSetting:
    """A setting for running text."""
    rng = board.rng
    face = board.face()
    if rng.random() < 0.15:
        face = face.cut(rng.uniform(0.8, 1.25))
    setting = BoardSetting(
        face, EM * rng.choice((0.75, 0.85, 0.92, 1, 1, 1, 1, 1.08, 1.18)), rng.choice((1, 1, 1, 1, 1.03, 1.08, 1.2)),
        rng.choice((1.1, 1.15, 1.2, 1.25, 1.35, 1.45, 1.55, 1.7, 1.9)), rng.choice((0, 0, 10, 40, 70)),
    )  # fmt: skip
    return replace(setting, **changes)  # type: ignore[arg-type]


def columns(board: Board, area: Area, *, ink: int = -1, white: bool = False, round_pictures: bool = False) -> None:
    """Columns of horizontal lines."""
    rng = board.rng
    setting = body(board)
    if ink >= 0:
        setting = replace(setting, ink=ink, white=white)
    if area.width < 3 * EM or area.height < EM:
        return
    most = max(1, int(area.width / (7 * setting.advance)))
    count = rng.randint(1, min(5, most))
    gutter = setting.advance * rng.choice((0.5, 0.7, 1, 1, 1.3, 1.5, 2, 3))
    wide = (area.width - gutter * (count - 1)) / count
    ruled = rng.random() < 0.15 and gutter > 6
    for n in range(count):
        x = area.x0 + n * (wide + gutter)
        column = Area(x, area.y0, x + wide, area.y1)
        if ruled and n:
            board.rule((x - gutter / 2, area.y0), (x - gutter / 2, area.y1), rng.choice(("thin", "dotted")))
        _column(board, column, setting, round_pictures=round_pictures)


def _column(board: Board, area: Area, setting: BoardSetting, *, round_pictures: bool) -> None:
    """Paragraphs down a column, with subheads now and then."""
    rng = board.rng
    y, left = area.y0, rng.randint(1, 12)
    indent = rng.choice((0, 2, 2, 2))
    first = True
    rift, deep = 0, 0
    if rng.random() < board.initials:
        y = _drop_capital(board, area, setting)
    while y + setting.size <= area.y1 + 0.5:
        if left == 0:
            if rng.random() < 0.1:
                y = _subhead(board, replace(area, y0=y), setting)
            if board.initials > 0.5 and rng.random() < 0.5:
                y = _drop_capital(board, replace(area, y0=y), setting)
            left, first = rng.randint(1, 14), True
            continue
        left -= 1
        start = area.x0 + (indent * setting.advance if first else 0)
        end = area.x1
        if left == 0:
            end = start + (end - start) * rng.uniform(0.1, 1.0)
        for x0, x1 in _free_spans(board, Area(start, y, end, y + setting.size), on=round_pictures):
            count = int((x1 - x0) / setting.advance)
            if count >= 1:
                full = left > 0 and count > 6
                if not deep and rng.random() < RIFTS:
                    rift, deep = rng.randint(2, 16), rng.randint(2, 5)
                words = board.words(count)
                if deep and rift < count - 1:
                    words = words[:rift] + rng.choice("，，。、") + words[rift + 1 :]
                board.line(words, (x0, y), setting, x1 - x0 if full else None)
                deep = max(0, deep - 1)
        y, first = y + setting.pitch, False


def _free_spans(board: Board, row: Area, *, on: bool) -> list[tuple[float, float]]:
    """The parts of a row with no picture in them, a little apart from it."""
    if not on:
        return [(row.x0, row.x1)]
    y0, y1 = max(0, int(row.y0) - 1), int(row.y1) + 2
    there = ((board.label[y0:y1] & CLASS) == PICTURE).any(axis=0) if y0 < board.label.shape[0] else np.zeros(1, bool)
    spans, x = [], row.x0
    taken = [n for n in range(max(0, int(row.x0)), min(len(there), int(row.x1))) if there[n]]
    if not taken:
        return [(row.x0, row.x1)]
    for a, b in ((x, min(taken) - 4.0), (max(taken) + 5.0, row.x1)):
        if b - a > 2.5 * EM:
            spans.append((a, b))
    return spans


def _drop_capital(board: Board, area: Area, setting: BoardSetting) -> float:
    """A large first character with short lines beside it; where the column goes on."""
    rng = board.rng
    rows = rng.choice((2, 2, 3, 4))
    size = setting.pitch * (rows - 1) + setting.size
    if area.width < 2.5 * size or area.height < size:
        return area.y0
    large = replace(setting, face=board.face(head=True), size=size, display=True)
    x = area.x0 + size * large.face.stretch + rng.choice((0.1, 0.25, 0.4, 0.7)) * setting.size
    if rng.random() < 0.2 and setting.ink < 128:
        board.fill(Area(area.x0, area.y0, area.x0 + size, area.y0 + size), rng.randint(0, 110))
        small = replace(large, size=0.9 * size, ink=rng.randint(220, 255), white=True)
        board.line(board.words(1, stops=False), (area.x0 + 0.05 * size, area.y0 + 0.05 * size), small)
        x = max(x, area.x0 + size + 0.2 * setting.size)
    else:
        board.line(board.words(1, stops=False), (area.x0, area.y0), replace(large, ink=rng.choice((large.ink, 90))))
    for n in range(rows):
        count = int((area.x1 - x) / setting.advance)
        if count > 0:
            board.line(board.words(count), (x, area.y0 + n * setting.pitch), setting)
    return area.y0 + rows * setting.pitch


def _subhead(board: Board, area: Area, setting: BoardSetting) -> float:
    """A subhead, plain, on a bar or between rules; where the column goes on."""
    rng = board.rng
    size = setting.size * rng.choice((1, 1, 1.1, 1.2, 1.4))
    style = rng.choice(("plain", "plain", "bar", "dark", "rules"))
    room = size * (1.3 if style == "plain" else 1.9)
    if area.height < room + size:
        return area.y0 + setting.pitch
    face = board.face(head=True)
    head = replace(setting, face=face, size=size, track=rng.choice((1, 1, 1.2)))
    count = max(1, min(rng.randint(4, 12), int(area.width / head.advance) - 1))
    band = Area(area.x0, area.y0, area.x1, area.y0 + room).inset(0, 1)
    if style == "bar":
        board.fill(band, rng.randint(150, 225))
    elif style == "dark" and setting.ink < 128:
        board.fill(band, rng.randint(0, 90))
        head = replace(head, ink=rng.randint(225, 255), white=True)
    elif style == "rules":
        for y in (band.y0, band.y1):
            board.rule((band.x0, y), (band.x1, y), rng.choice(("thin", "thin", "thick", "dotted")))
    x = area.x0 + (area.width - count * head.advance) * rng.choice((0, 0.5, 0.5))
    board.line(board.words(count, stops=False), (x, area.y0 + (room - size) / 2), head)
    return area.y0 + room + rng.choice((0.0, 0.2, 0.5)) * setting.size


def byline(board: Board, area: Area) -> Area:
    """A byline, often with a rule; the rest of the area."""
    rng = board.rng
    setting = body(board)
    if area.height < 5 * setting.size or area.width < 10 * setting.size:
        return area
    x = area.x0 + rng.choice((0, 0.3)) * area.width
    board.line(board.words(rng.randint(4, 9), stops=False), (x, area.y0), setting)
    y = area.y0 + 1.35 * setting.size
    if rng.random() < 0.6:
        board.rule(
            (area.x0, y), (area.x0 + area.width * rng.choice((0.3, 1, 1)), y), rng.choice(("thin", "thin", "thick"))
        )
    return replace(area, y0=y + 0.5 * setting.size)


def headline(board: Board, area: Area, *, ink: int = -1, white: bool = False) -> Area:
    """A headline of one to three lines, across or down the page; the rest of the area."""
    rng = board.rng
    if ink < 0:
        ink, white = rng.choice((0, 0, 0, 30, 70, 110)), False
    if area.height > 90 and rng.random() < (0.35 if board.old else 0.2):
        return _headline_down(board, area, (ink, white))
    y = area.y0
    lines = rng.choice((1, 1, 1, 2, 2, 3))
    main = rng.randrange(lines)
    gap = rng.choice((1.05, 1.1, 1.2, 1.4, 1.8))
    left = rng.choice((0, 0.5, 0.5))
    face = board.face(head=True)
    for n in range(lines):
        size = main_size(board, area) if n == main else rng.uniform(9, 15)
        stretch = rng.choice((1, 1, 1, 0.7, 0.8, 1.3, 1.6))
        look = BoardSetting(
            _headline_face(board, face, stretch),
            size,
            rng.choice((1, 1, 1, 1.05, 1.3, 1.8, 2.6)),
            1.0,
            ink,
            white=white,
        )
        look = replace(look, display=n == main or size >= 10)
        most = int((area.width - size * stretch) / look.advance) + 1
        if most < 2 or y + size > area.y1:
            continue
        count = rng.randint(2, most) if rng.random() < 0.6 else most
        words = _with_brackets(board, count)
        long = look.advance * (len(words) - 1) + size * stretch
        board.line(words, (area.x0 + max(0.0, area.width - long) * left, y), look)
        y += size * gap
    return replace(area, y0=min(area.y1, y + rng.uniform(1, 8)))


def main_size(board: Board, area: Area) -> float:
    """Type size of a main headline: mostly two to six ems, now and then as large as the area lets it be."""
    if board.rng.random() < 0.12:
        return max(15.0, min(area.height * 0.8, area.width / 3, board.rng.uniform(40, 110)))
    return board.rng.uniform(15, 48)


def banner(board: Board, area: Area, inks: tuple[int, int], *, white: bool) -> None:
    """One very large line that fills the width, in one or two tones, with a smaller line above it now and then."""
    rng = board.rng
    if area.height > 60 and rng.random() < 0.5:
        size = rng.uniform(10, 0.3 * area.height)
        small = BoardSetting(
            board.face(head=True), size, rng.choice((1, 1.05, 1.2)), ink=inks[0], white=white, display=True
        )
        count = max(2, int(area.width * rng.uniform(0.4, 1) / small.advance))
        x = area.x0 + (area.width - count * small.advance) * rng.choice((0, 0.5))
        board.line(board.words(count, stops=False), (x, area.y0), small)
        area = replace(area, y0=area.y0 + 1.15 * size)
    face = _headline_face(board, board.face(head=True), rng.choice((1, 1, 0.75, 0.85)))
    setting = BoardSetting(face, 0.95 * area.height, rng.choice((1, 1, 1.03)), ink=inks[0], white=white, display=True)
    count = int(area.width / setting.advance)
    if count < 1:
        return
    first = rng.choice((count, count, rng.randint(1, count)))
    x = area.x0 + (area.width - count * setting.advance) * rng.choice((0, 0.5))
    box = board.line(board.words(first, stops=False), (x, area.y0), setting)
    if first < count:
        at = (x + first * setting.advance, area.y0)
        rest = board.line(board.words(count - first, stops=False), at, replace(setting, ink=inks[1]))
        paint_line(board.label, replace(box, x1=rest.x1).corners, setting.value)


def _headline_face(board: Board, face: Face, stretch: float) -> Face:
    rng = board.rng
    cut = face.cut(stretch)
    roll = rng.random()
    if roll < 0.1:
        return replace(cut, stroke=3, hollow=True)
    if roll < 0.25:
        return replace(cut, stroke=rng.choice((2, 4, 6)))
    return cut


def _with_brackets(board: Board, count: int) -> str:
    rng = board.rng
    if count < 4 or rng.random() < 0.5:
        words = board.words(count, stops=False)
        if count > 6 and rng.random() < 0.4:
            at = rng.randint(2, count - 3)
            words = words[:at] + rng.choice("　 　，、：") + words[at + 1 :]
        return words
    form = rng.choice(BRACKETS)
    inner = count - (len(form) - 2)
    at = rng.randint(0, inner - 1)
    part = board.words(rng.randint(1, inner - at), stops=False)
    return board.words(at, stops=False) + form.format(part) if at else form.format(part)


def _headline_down(board: Board, area: Area, look: tuple[int, bool]) -> Area:
    """A headline in one to three upright lines at the left or right edge."""
    rng = board.rng
    at_right = board.old or rng.random() < 0.5
    used = 0.0
    for n in range(rng.choice((1, 1, 2, 3))):
        size = rng.uniform(14, 34) if n == 0 else rng.uniform(9, 14)
        stretch = rng.choice((1, 1, 1, 0.75, 1.3))
        setting = BoardSetting(
            _headline_face(board, board.face(head=True), stretch), size, rng.choice((1, 1, 1.1, 1.4)), 1.0, look[0],
            True, look[1], True,
        )  # type: ignore[arg-type] # fmt: skip
        most = int(area.height / setting.advance)
        if most < 2 or used + setting.thick > area.width / 2:
            break
        count = rng.randint(2, most) if rng.random() < 0.6 else most
        x = area.x1 - used - setting.thick if at_right else area.x0 + used
        y = area.y0 + (area.height - count * setting.advance) * rng.choice((0, 0.5))
        board.line(board.words(count, stops=False), (x, y), setting)
        used += setting.thick * rng.choice((1.08, 1.2, 1.5))
    used += rng.uniform(2, 6)
    return replace(area, x1=area.x1 - used) if at_right else replace(area, x0=area.x0 + used)


def registers(board: Board, area: Area) -> None:
    """Upright lines from right to left, in one or more registers with rules between."""
    rng = board.rng
    setting = body(board, vertical=True)
    if board.old:
        setting = replace(setting, lead=rng.choice(OLD_LEADS))
    count = max(1, min(rng.randint(1, 5), int(area.height / (7 * setting.size))))
    gap = rng.choice((3, 5, 7, 10, 14))
    high = (area.height - gap * (count - 1)) / count
    style = rng.choice(("thin", "thin", "thick", "double", "wavy"))
    ruled = rng.random() < 0.6 and gap >= 4
    upright = rng.random() < 0.12
    for n in range(count):
        y = area.y0 + n * (high + gap)
        if n and ruled:
            board.rule((area.x0, y - gap / 2), (area.x1, y - gap / 2), style)
        part = Area(area.x0, y, area.x1, y + high)
        if rng.random() < 0.3:
            part = headline(board, part)
        _register(board, part, setting, upright=upright)


def _register(board: Board, area: Area, setting: BoardSetting, *, upright: bool) -> None:
    rng = board.rng
    marked = setting.lead > 1.15 and rng.random() < (0.4 if board.old else 0.05)
    x, left = area.x1 - setting.thick, rng.randint(2, 16)
    while x >= area.x0 - 0.5:
        left -= 1
        most = int(area.height / setting.advance)
        if most < 1:
            return
        if left <= 0:
            left = rng.randint(2, 16)
            most = max(1, int(most * rng.uniform(0.15, 1)))
            if rng.random() < 0.25 and x - 4 * EM > area.x0:
                x = _upright_subhead(board, replace(area, x1=x + setting.thick), setting) - setting.thick
                continue
        start = 1 if rng.random() < 0.12 and most > 3 else 0
        board.line(board.words(most - start), (x, area.y0 + start * setting.advance), setting)
        if marked:
            _emphasis(board, Area(x, area.y0 + start * setting.advance, x + setting.thick, area.y1), setting)
        if upright:
            at = x - (setting.pitch - setting.thick) / 2
            board.rule((at, area.y0), (at, area.y1))
        x -= setting.pitch


def _emphasis(board: Board, line: Area, setting: BoardSetting) -> None:
    """Dots or small circles at the right of the characters of part of an upright line."""
    rng = board.rng
    radius = min(0.13 * setting.size, 0.4 * (setting.pitch - setting.thick)) * FINE
    hollow = rng.random() < 0.4
    x = round((line.x1 + (setting.pitch - setting.thick) / 2) * FINE)
    first, last = sorted((rng.uniform(line.y0, line.y1), rng.uniform(line.y0, line.y1)))
    if rng.random() < 0.5:
        first, last = line.y0, line.y1
    for y in np.arange(line.y0 + setting.advance / 2, line.y1, setting.advance):
        if first <= y <= last and rng.random() < 0.95:
            at = (x, round(y * FINE))
            cv2.circle(board.gray, at, max(1, round(radius)), setting.ink, 1 if hollow else -1, cv2.LINE_AA)


def _upright_subhead(board: Board, area: Area, setting: BoardSetting) -> float:
    rng = board.rng
    size = setting.size * rng.choice((1.4, 1.8, 2.4, 3))
    head = replace(setting, face=board.face(head=True), size=size, display=True, track=rng.choice((1, 1, 1.3)))
    most = int(area.height / head.advance)
    if most < 2 or area.width < 2 * head.thick:
        return area.x1
    count = rng.randint(2, most)
    y = area.y0 + (area.height - count * head.advance) * rng.choice((0, 0.5))
    board.line(board.words(count, stops=False), (area.x1 - head.thick - 2, y), head)
    return area.x1 - head.thick - 2 - 0.4 * size


def old_registers(board: Board, area: Area) -> None:
    """Registers of an old page, tightly set."""
    registers(board, area)


def roman_columns(board: Board, area: Area) -> None:
    """Columns of Latin text."""
    rng = board.rng
    setting = BoardSetting(
        rng.choice(ROMAN),
        EM * rng.uniform(0.95, 2.1),
        1.0,
        rng.choice((1.15, 1.2, 1.3, 1.5)),
        rng.choice((0, 30)),
        roman=True,
    )
    if area.height > 80 and rng.random() < 0.5:
        large = replace(setting, size=setting.size * rng.uniform(1.6, 3), display=True)
        board.line(board.latin(max(2, int(area.width / (0.62 * large.size)))), (area.x0, area.y0), large)
        area = replace(area, y0=area.y0 + 1.4 * large.size)
    count = max(1, min(rng.randint(1, 3), int(area.width / 80)))
    gutter = rng.uniform(7, 16)
    wide = (area.width - gutter * (count - 1)) / count
    for n in range(count):
        x, y = area.x0 + n * (wide + gutter), area.y0
        while y + 1.1 * setting.size < area.y1:
            share = rng.uniform(0.2, 1) if rng.random() < 0.15 else rng.uniform(0.9, 1)
            text = board.latin(max(2, int(share * wide / (0.56 * setting.size))))
            board.line(text, (x, y), setting)
            y += setting.pitch


def panel(board: Board, area: Area) -> None:
    """Text on a tint, a gradient or a dark panel."""
    rng = board.rng
    dark = rng.random() < 0.55
    rows, cols = board.cut(area)
    ground = board.gray[rows, cols]
    if min(ground.shape) < 20:
        return
    edge = rng.randint(0, 110) if dark else rng.randint(150, 235)
    end = min(255, max(0, edge + rng.choice((0, 0, 0, -50, 50))))
    slope = np.linspace(edge, min(end, 130) if dark else max(end, 140), ground.shape[0])[:, None]
    fill = np.broadcast_to(slope, ground.shape).astype(np.uint8)
    mask = np.full(ground.shape, 255, np.uint8)
    if rng.random() < 0.3:
        mask = rounded(ground.shape, rng.randint(4, 14) * FINE)
    if rng.random() < 0.2:
        grain = np.random.default_rng(rng.randrange(2**32)).normal(0, rng.uniform(4, 20), ground.shape)
        fill = np.clip(fill + grain, 0, 255).astype(np.uint8)
    ground[:] = np.where(mask > 0, fill, ground)
    inner = area.inset(rng.uniform(4, 12))
    ink = rng.randint(200, 255) if dark else rng.choice((0, 0, 20, 60))
    if rng.random() < 0.6:
        inner = headline(board, inner, ink=ink, white=dark)
    if rng.random() < 0.85:
        columns(board, inner, ink=ink, white=dark)


def crossed(board: Board, area: Area) -> None:
    """Columns and headlines whose lines run over the edges of tints, light or deep."""
    rng = board.rng
    for _ in range(rng.choice((1, 1, 2, 3))):
        wide, high = area.width * rng.uniform(0.2, 0.9), area.height * rng.uniform(0.2, 0.9)
        x, y = rng.uniform(area.x0 - 10, area.x1 - wide), rng.uniform(area.y0 - 10, area.y1 - high)
        tone = rng.choice((rng.randint(85, 150), rng.randint(130, 230)))
        board.fill(Area(x, y, x + wide, y + high), tone)
    ink = rng.choice((0, 0, 20))
    if rng.random() < 0.7:
        area = headline(board, area, ink=ink)
    columns(board, area, ink=ink)


def initials(board: Board, area: Area) -> None:
    """Columns whose paragraphs begin with a drop capital, dark on light or light on dark."""
    rng = board.rng
    dark = rng.random() < 0.3
    if dark:
        board.fill(area, rng.randint(0, 110))
        area = area.inset(rng.uniform(4, 10))
    few, board.initials = board.initials, 0.8
    columns(board, area, ink=rng.randint(215, 255) if dark else rng.choice((0, 20)), white=dark)
    board.initials = few


def upright_caption(board: Board, area: Area, *, ink: int = 0, white: bool = False) -> None:
    """A caption of one to three short upright lines in a narrow strip, where nothing else stands."""
    rng = board.rng
    setting = body(board, vertical=True, ink=ink, white=white, size=EM * rng.choice((0.75, 0.85, 0.9, 1, 1, 1.1)))
    setting = replace(setting, track=rng.choice((1, 1, 1.05, 1.15, 1.3)), lead=rng.choice((1.15, 1.25, 1.4)))
    x, y0 = area.x1 - rng.uniform(1, 4) - setting.thick, area.y0 + rng.uniform(0, 0.3) * area.height
    most = int((area.y1 - y0) / setting.advance)
    first = True
    while x >= area.x0 + 1 and most >= 3:
        box = Area(x - 1, y0, x + setting.thick + 1, y0 + most * setting.advance)
        there = board.label[max(0, int(box.y0)) : int(box.y1), max(0, int(box.x0)) : int(box.x1) + 1]
        if not there.size or (there & CLASS).any():
            return
        last = rng.random() < 0.4
        count = rng.randint(2, most) if last else most
        words = board.words(count)
        board.line(("■" if first and rng.random() < 0.5 else words[0]) + words[1:], (x, y0), setting)
        if last:
            return
        x, first = x - setting.pitch, False


def rounded(shape: tuple[int, ...], radius: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """A mask of a rectangle with round corners."""
    mask = np.zeros(shape[:2], np.uint8)
    h, w = shape[:2]
    r = max(1, min(radius, h // 2 - 1, w // 2 - 1))
    cv2.rectangle(mask, (r, 0), (w - r, h), 255, -1)
    cv2.rectangle(mask, (0, r), (w, h - r), 255, -1)
    for x in (r, w - r - 1):
        for y in (r, h - r - 1):
            cv2.circle(mask, (x, y), r, 255, -1)
    return mask


def table(board: Board, area: Area) -> None:
    """Rows and columns of words and figures, with lines or without."""
    rng = board.rng
    setting = body(board)
    pitch = setting.size * rng.uniform(1.3, 2.4)
    count = max(2, min(rng.randint(2, 7), int(area.width / (4 * setting.size))))
    edges = np.linspace(area.x0, area.x1, count + 1)
    rows = max(1, int(area.height / pitch))
    lines = rng.choice(("none", "all", "all", "level", "head"))
    style = rng.choice(("thin", "thin", "thin", "thick"))
    centred = rng.random() < 0.6
    for r in range(rows + 1):
        y = area.y0 + r * pitch
        if lines in {"all", "level"} or (lines == "head" and r in {0, 1, rows}):
            board.rule((area.x0, y), (area.x1, y), style, kind=TABLE_LINE)
    for x in edges if lines == "all" else ():
        board.rule((x, area.y0), (x, area.y0 + rows * pitch), style, kind=TABLE_LINE)
    for r in range(rows):
        for c in range(count):
            room = int((edges[c + 1] - edges[c]) / setting.advance) - 1
            if room < 1 or rng.random() < 0.06:
                continue
            words = _cell(board, room, figures=c > 0)
            free = edges[c + 1] - edges[c] - len(words) * setting.advance
            at = (
                edges[c] + (free / 2 if centred else 0.4 * setting.size),
                area.y0 + r * pitch + (pitch - setting.size) / 2,
            )
            board.line(words, at, setting)


def _cell(board: Board, room: int, *, figures: bool) -> str:
    rng = board.rng
    if figures and rng.random() < 0.75:
        value = f"{rng.uniform(0, 10 ** rng.randint(1, 5)):.{rng.choice((0, 1, 2))}f}"
        return (rng.choice(("", "", "", "+", "-")) + value + rng.choice(("", "", "%")))[:room]
    return board.words(rng.randint(1, min(room, 8)), stops=False)


def listing(board: Board, area: Area) -> None:
    """Dense small columns of names and figures, as of stock prices or results."""
    rng = board.rng
    setting = body(board, size=EM * rng.choice((0.75, 0.85, 1)), track=rng.choice((0.6, 0.7, 1)))
    pitch = setting.size * rng.uniform(1.1, 1.4)
    wide = setting.size * rng.uniform(8, 16)
    for n in range(max(1, int(area.width / wide))):
        x, y = area.x0 + n * wide, area.y0
        while y + setting.size < area.y1:
            figures = f"{rng.uniform(0, 1000):.2f}"
            board.line(board.words(rng.randint(2, 4), stops=False), (x, y), replace(setting, track=1.0))
            narrow = replace(setting, track=setting.track)
            board.line(figures, (x + wide - 1.5 * EM - len(figures) * narrow.advance, y), narrow)
            y += pitch


def advert(board: Board, area: Area) -> None:
    """Lines of very different sizes, in a frame."""
    rng = board.rng
    if rng.random() < 0.7:
        board.frame(area.inset(1), rng.choice(("thin", "thick", "double", "wavy", "dotted")))
        area = area.inset(6)
    if board.old and rng.random() < 0.6:
        x = area.x1
        while x > area.x0 + 8:
            size = min(rng.choice((7, 8, 9, 12, 16, 24, 36)), x - area.x0)
            setting = BoardSetting(
                board.face(head=size > 10), size, rng.choice((1, 1, 1.2, 1.6)), vertical=True, display=size > 11
            )
            most = int(area.height / setting.advance)
            if most >= 2:
                board.line(board.words(rng.randint(2, most), stops=False), (x - setting.thick, area.y0), setting)
            x -= setting.thick * rng.uniform(1.15, 1.8)
        return
    y = area.y0
    while y < area.y1 - 8:
        size = rng.choice((7, 8, 8, 9, 12, 16, 24, 36))
        setting = BoardSetting(
            board.face(head=size > 10),
            size,
            rng.choice((1, 1, 1.2, 1.6, 2.2)),
            ink=rng.choice((0, 0, 80)),
            display=size > 11,
        )
        most = int(area.width / setting.advance)
        if most >= 2 and y + size <= area.y1:
            count = rng.randint(2, most)
            x = area.x0 + (area.width - count * setting.advance) * rng.choice((0, 0.5, 0.5))
            board.line(board.words(count, stops=False), (x, y), setting)
        y += size * rng.uniform(1.15, 2)
