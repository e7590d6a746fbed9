"""Reading frames as a poor scan, a worse layout and a worse reader would have left them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random
from typing import Final

from cleanup.articles.frame import ReadingFrame
from cleanup.articles.placed import PlacedLine, Rect
from layout.page import RegionKind
from samples.registers.sheet import Truth, What

_KINDS: Final = (RegionKind.HEADLINE, RegionKind.SUBHEAD, RegionKind.BODY, RegionKind.CAPTION, RegionKind.ADVERT)
_SHORT: Final = 4
"""Characters up to which a line's type size is measured badly."""
_MISREAD: Final = "一丨目日月人入口田由甲申電雷重里量墨土士千干于王玉主未末天夫失國圍園閣間問1Il、·.-0O"
"""Characters that damaged ones are read as."""

_THIN: Final = 0.5
"""Ems of a mark's shorter side from which it is no rule."""

Placed = tuple[PlacedLine, Truth]


@dataclass(frozen=True, slots=True)
class RegisterDamage:
    """How much is wrong; shares are chances for each line or mark, 0 to 1, spreads standard deviations."""

    scale: float = 0.05
    """Spread of the measured body type, as a share of it: all places and sizes are off alike."""
    size: float = 0.08
    """Spread of a line's type size, as a share of it."""
    size_of_short: float = 0.12
    jitter: float = 0.15
    """Spread of an edge of a line's box, in ems."""
    tilt: float = 0.002
    """Spread of the page's remaining skew, in ems an em."""
    dropped: float = 0.03
    cut: float = 0.03
    """Chance of a line that up to three characters at one end are in no box."""
    split: float = 0.02
    merged: float = 0.02
    """Chance of a line that it is read as one with the line that goes on it in the next register."""
    misread: float = 0.1
    """Chance of a character."""
    unread_mark: float = 0.3
    """Chance of a mark that it is not seen."""
    other_kind: float = 0.06
    missed_rule: float = 0.3
    cut_rule: float = 0.3
    missed_picture: float = 0.2
    missed_frame: float = 0.3
    specks: float = 0.02
    """Specks read as a character, for each line."""


@dataclass(frozen=True, slots=True)
class _Pull:
    """How all places of a page are off: `tilt` ems an em, and `scale` times."""

    tilt: float
    scale: float

    def moved(self, r: Rect) -> Rect:
        lean, k = self.tilt * r.centre[0], self.scale
        return Rect(r.x0 * k, (r.y0 + lean) * k, r.x1 * k, (r.y1 + lean) * k)


def damaged(
    frame: ReadingFrame, truth: Sequence[Truth], rng: Random, how: RegisterDamage = RegisterDamage()
) -> tuple[ReadingFrame, tuple[Truth, ...]]:
    """The frame with chance errors, and the truth about the lines that are left."""
    lines = list(_kinds(list(zip(frame.lines, truth, strict=True)), rng, how))
    lines = _merged(lines, rng, how)
    pull = _Pull(rng.gauss(0, how.tilt), max(0.8, 1 + rng.gauss(0, how.scale)))
    out: list[Placed] = []
    for n, t in lines:
        if rng.random() < how.dropped:
            continue
        for part in _parts(n, rng, how):
            moved = pull.moved(_jittered(part.rect, rng, how))
            spread = how.size_of_short if len(n.text) <= _SHORT else how.size
            size = part.size * pull.scale * max(0.5, 1 + rng.gauss(0, spread))
            out.append((replace(part, rect=moved, size=size, text=_text(part.text, rng, how)), t))
        if rng.random() < how.specks:
            out.append((_speck(n, len(out), rng), Truth(What.OTHER, None, t.rank)))
    pictures = _marks(frame.pictures, how.missed_picture, rng, how)
    rules = _marks(frame.rules, how.missed_rule, rng, how)
    frames = _marks(frame.frames, how.missed_frame, rng, how)
    found = replace(
        frame,
        width=frame.width * pull.scale,
        height=frame.height * pull.scale,
        lines=tuple(n for n, _ in out),
        pictures=tuple(map(pull.moved, pictures)),
        rules=tuple(map(pull.moved, rules)),
        frames=tuple(map(pull.moved, frames)),
    )
    return found, tuple(t for _, t in out)


def _kinds(lines: Sequence[Placed], rng: Random, how: RegisterDamage) -> Iterator[Placed]:
    """The lines; regions, or what is left of one from some line on, are taken for others."""
    kinds: dict[str, tuple[str, RegionKind]] = {}
    for n, t in lines:
        name, kind = kinds.get(n.region.id, (n.region.id, n.region.kind))
        if n.region.id not in kinds and rng.random() < how.other_kind:
            kind = rng.choice(_KINDS)
        elif rng.random() < how.other_kind / 3:
            name += "x"
        kinds[n.region.id] = name, kind
        yield replace(n, region=replace(n.region, id=name, kind=kind)), t


def _merged(lines: list[Placed], rng: Random, how: RegisterDamage) -> list[Placed]:
    """The lines; two that stand under each other in neighbouring registers may be read as one."""
    out: list[Placed] = []
    gone: set[int] = set()
    for i, (n, t) in enumerate(lines):
        if i in gone:
            continue
        if t.what is What.TEXT and rng.random() < how.merged:
            under = next((k for k, (m, u) in enumerate(lines) if k not in gone and _goes_on(n, m, u)), None)
            if under is not None:
                m = lines[under][0]
                gone.add(under)
                out = [o for o in out if o[0] is not m]
                out.append((replace(n, text=n.text + m.text, rect=n.rect._replace(x1=m.rect.x1)), t))
                continue
        out.append((n, t))
    return out


def _goes_on(n: PlacedLine, m: PlacedLine, t: Truth) -> bool:
    level = abs(n.rect.centre[1] - m.rect.centre[1]) < 0.35
    return t.what is What.TEXT and level and 0 < m.rect.x0 - n.rect.x1 < 1.6


def _parts(n: PlacedLine, rng: Random, how: RegisterDamage) -> Iterator[PlacedLine]:
    """The line, cut short or in two."""
    count = len(n.text)
    if n.crosses or count < 5:
        yield n
    elif rng.random() < how.cut:
        k = rng.randint(1, min(3, count - 3))
        one = n.rect.width / count
        if rng.random() < 0.5:
            yield replace(n, text=n.text[k:], rect=n.rect._replace(x0=n.rect.x0 + k * one))
        else:
            yield replace(n, text=n.text[:-k], rect=n.rect._replace(x1=n.rect.x1 - k * one))
    elif rng.random() < how.split:
        k = rng.randint(2, count - 2)
        at = n.rect.x0 + n.rect.width * k / count
        yield replace(n, text=n.text[:k], rect=n.rect._replace(x1=at))
        yield replace(n, text=n.text[k:], rect=n.rect._replace(x0=at), line=replace(n.line, id=n.line.id + "b"))
    else:
        yield n


def _jittered(r: Rect, rng: Random, how: RegisterDamage) -> Rect:
    """The box with its edges measured a little off."""
    x0, x1 = r.x0 + rng.gauss(0, how.jitter), r.x1 + rng.gauss(0, how.jitter)
    y0, y1 = r.y0 + rng.gauss(0, how.jitter / 2), r.y1 + rng.gauss(0, how.jitter / 2)
    return Rect(x0, y0, max(x1, x0 + 0.3), max(y1, y0 + 0.4))


def _text(text: str, rng: Random, how: RegisterDamage) -> str:
    out = []
    for c in text:
        if not c.isalnum() and rng.random() < how.unread_mark:
            continue
        out.append(rng.choice(_MISREAD) if rng.random() < how.misread else c)
    return "".join(out) or rng.choice(_MISREAD)


def _speck(n: PlacedLine, number: int, rng: Random) -> PlacedLine:
    x, y = rng.uniform(n.rect.x0, n.rect.x1), n.rect.y1 + rng.uniform(-0.2, 1.0)
    long = rng.uniform(0.3, 1.5)
    rect = Rect(x, y, x + long, y + rng.uniform(0.3, 1.0))
    line = replace(n.line, id=f"{n.line.id}s{number}")
    return replace(n, line=line, rect=rect, size=rng.uniform(0.4, 1.4), text=rng.choice(_MISREAD))


def _marks(marks: Sequence[Rect], missed: float, rng: Random, how: RegisterDamage) -> Iterator[Rect]:
    """The marks that are found; rules come in parts."""
    for m in marks:
        if rng.random() < missed:
            continue
        if m.width < _THIN:
            yield from (m._replace(y0=m.y0 + a * m.height, y1=m.y0 + b * m.height) for a, b in _pieces(rng, how))
        elif m.height < _THIN:
            yield from (m._replace(x0=m.x0 + a * m.width, x1=m.x0 + b * m.width) for a, b in _pieces(rng, how))
        else:
            yield m


def _pieces(rng: Random, how: RegisterDamage) -> Iterator[tuple[float, float]]:
    """The parts of a rule that are found, as shares of its length."""
    if rng.random() >= how.cut_rule:
        yield 0.0, 1.0
        return
    cuts = sorted(rng.random() for _ in range(rng.choice((1, 2, 2, 4))))
    edges = [0.0, *cuts, 1.0]
    for a, b in pairwise(edges):
        if b - a > 0.04 and rng.random() < 0.75:
            yield a, b
