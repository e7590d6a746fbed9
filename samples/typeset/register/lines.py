"""Lines of furniture and headlines on a vertical page: down the page, or level and read from right to left."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from samples.typeset.canvas import CharacterStyle, FrameRect, Tag
from samples.typeset.faces import QUOTES_DOWN, Face, glyph
from samples.typeset.front.mast import rough
from samples.typeset.front.paper import ColouredSheet
from samples.typeset.setting import SettingStyle, single_line
from samples.typeset.truth import PieceKind, TruthLine, corners


def down(paper: ColouredSheet, text: str, at: tuple[float, float], look: CharacterStyle, tag: Tag) -> None:
    """Print a line down the page from (u, v) on; v is its right edge."""
    line = single_line(text.translate(QUOTES_DOWN), SettingStyle(look.face, vertical=True))
    paper.line(line.spots, at, look, tag)


def level(paper: ColouredSheet, text: str, at: tuple[float, float], look: CharacterStyle, tag: Tag) -> None:
    """Print a level line that is read from right to left; v is where it begins, at the right."""
    line = single_line(text, SettingStyle(look.face, vertical=True))
    paper.line(line.spots, at, replace(look, upright=True), tag)


def fit(text: str, most: float, room: float) -> int:
    """The largest size up to `most` at which every character finds a square in the room."""
    return max(9, int(min(most, room / max(1, len(text)))))


def level_centred(paper: ColouredSheet, text: str, r: FrameRect, look: CharacterStyle, tag: Tag) -> None:
    """A level line in the middle of a rectangle."""
    v = r.v0 + (r.height - len(text) * look.size) / 2
    level(paper, text, (r.u0 + (r.width - look.size) / 2, v), look, tag)


def down_centred(paper: ColouredSheet, text: str, r: FrameRect, look: CharacterStyle, tag: Tag) -> None:
    """A line down the middle of a rectangle."""
    u = r.u0 + (r.width - len(text) * look.size) / 2
    down(paper, text, (u, r.v0 + (r.height - look.size) / 2), look, tag)


def brush_level(paper: ColouredSheet, name: str, r: FrameRect, how: tuple[Face, Random]) -> None:
    """A newspaper's name in brush strokes, level, from right to left."""
    face, rng = how
    size = int(min(r.width * 0.95, r.height / len(name)))
    step = r.height / len(name)
    stroke = rng.choice((0, 2, 3, 4))
    boxes = []
    for n, char in enumerate(name):
        mask = rough(glyph(replace(face, stroke=stroke), int(size * rng.uniform(0.88, 1.0)), char).mask, rng)
        u = r.u0 + (r.width - mask.shape[0]) / 2
        v = r.v0 + n * step + (step - mask.shape[1]) / 2
        box = paper.blend(mask, (max(0, round(paper.width - v - mask.shape[1])), max(0, round(u))), (15, 15, 15))
        if box is not None:
            boxes.append(box)
    x0, y0, x1, y1 = (f(b[k] for b in boxes) for k, f in ((0, min), (1, min), (2, max), (3, max)))
    centres = tuple(((b[0] + b[2]) / 2, (b[1] + b[3]) / 2) for b in boxes)
    paper.lines.append(
        TruthLine(
            PieceKind.MASTHEAD, name, corners(x0, y0, x1, y1), size, vertical=False, backward=True, centres=centres
        )
    )
