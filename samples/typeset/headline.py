"""Headline groups: kicker, title over one or more lines, subtitle; over columns or down a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from samples.typeset.canvas import CharacterStyle, FrameRect, InkCanvas, Tag
from samples.typeset.faces import Face
from samples.typeset.rules import STYLES
from samples.typeset.setting import CharacterSpot, SettingStyle, single_line
from samples.typeset.story import Story
from samples.typeset.truth import PieceKind

SUIT: Final = 0.7
"""No title is squeezed further than this."""


@dataclass(frozen=True, slots=True)
class HeadLook:
    """How a headline group is dressed. Sizes are pixels an em."""

    face: Face
    size: int
    """The largest that the title may have; it becomes smaller to fit."""
    least: int
    """The smallest; a longer title goes over more lines, then is condensed."""
    minor: Face
    minor_size: int
    align: str = "centre"
    """Alignment: centre, left, or step (the second line further to the right)."""
    panel: str | None = None
    """None, dark (white type on a dark band), tint (type on grey), lined (rules above and below)."""
    title_lines: int = 2
    hue: int = 0
    """The colour of its print on a colour page, a number in `scanner.HUES`."""
    white: bool = False
    """All of it in white, on a panel that the piece has."""
    gap: float = 0.22
    """White between the group's lines, in ems of the lower line."""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One line of a group: along the line it begins at `along`, across at `across`, from the group's corner."""

    spots: tuple[CharacterSpot, ...]
    look: CharacterStyle
    kind: PieceKind
    along: float
    across: float


@dataclass(frozen=True)
class HeadlineGroup:
    """A composed headline group, `along` by `across` pixels."""

    lines: tuple[GroupLine, ...]
    along: float
    across: float
    band: tuple[float, float] | None = None
    """Where the title's panel begins and ends, across."""


def break_title(title: str, lines: int) -> list[str]:
    """The title over so many lines, parted at its spaces, after its marks, or evenly."""
    if lines == 1 or len(title) < 2 * lines:
        return [title]
    best = min(range(1, len(title) - 1), key=lambda i: _break_cost(title, i, lines))
    head = title[:best].rstrip()
    return [head, *break_title(title[best:].lstrip(), lines - 1)]


def _break_cost(title: str, at: int, lines: int) -> float:
    uneven = abs(at - len(title) / lines)
    if title[at] in "，、：；！？）》」』”’" or title[at - 1] in "（《「『“‘":
        return uneven + 100
    if title[at - 1].isascii() and title[at].isascii() and " " not in (title[at - 1], title[at]):
        return uneven + 50
    at_mark = title[at] == " " or title[at - 1] in " ，：！？"
    return uneven - (4 if at_mark else 0)


def _title_lines(title: str, room: float, look: HeadLook) -> tuple[list[str], int, float]:
    """The title's lines, their size, and how far they are condensed."""
    for count in range(1, look.title_lines + 1):
        texts = break_title(title, count)
        widest = max(single_line(t, SettingStyle(look.face)).measure for t in texts)
        size = min(look.size, int(room / widest))
        if size >= look.least or (count == look.title_lines and size >= SUIT * look.least):
            break
    if size >= look.least:
        return texts, size, 1.0
    condensed = max(SUIT, room / (widest * look.least))
    return texts, int(room / (widest * condensed)), condensed


def _line(text: str, face: Face, size: int, kind: PieceKind, condensed: float = 1.0) -> GroupLine:
    line = single_line(text, SettingStyle(face))
    look = CharacterStyle(face.cut(face.stretch * condensed), size, spread=condensed)
    return GroupLine(line.spots, look, kind, 0.0, 0.0)


def _extent(line: GroupLine) -> float:
    from_last = single_line(line.spots[-1].char, SettingStyle(line.look.face)).measure
    return (line.spots[-1].at + from_last) * line.look.size * line.look.spread


def compose(story: Story, room: float, look: HeadLook) -> HeadlineGroup:
    """The group over a width of `room` pixels."""
    lines: list[GroupLine] = []
    if story.kicker:
        lines.append(_fitted(story.kicker, look, room, PieceKind.KICKER))
    texts, size, condensed = _title_lines(story.title, room * (0.94 if look.panel else 1.0), look)
    lines += [_line(t, look.face, size, PieceKind.TITLE, condensed) for t in texts]
    if story.subtitle:
        lines.append(_fitted(story.subtitle, look, room, PieceKind.SUBTITLE))
    return _stack(lines, room, look)


def _fitted(text: str, look: HeadLook, room: float, kind: PieceKind) -> GroupLine:
    measure = single_line(text, SettingStyle(look.minor)).measure
    return _line(text, look.minor, min(look.minor_size, int(room / measure)), kind)


def _stack(lines: Sequence[GroupLine], room: float, look: HeadLook) -> HeadlineGroup:
    placed: list[GroupLine] = []
    across = 0.0
    pad = lines[0].look.size * 0.2
    title_top, title_end = 0.0, 0.0
    widest = max(_extent(n) for n in lines)
    for n, line in enumerate(lines):
        is_title = line.kind is PieceKind.TITLE
        first_title = is_title and (n == 0 or lines[n - 1].kind is not PieceKind.TITLE)
        after_title = not is_title and n > 0 and lines[n - 1].kind is PieceKind.TITLE
        across += line.look.size * look.gap if n else 0.0
        across += pad if look.panel and (first_title or after_title) else 0.0
        title_top = across if first_title else title_top
        spare = room - _extent(line)
        step = (room - widest) * 0.5
        along = spare / 2 if look.align == "centre" else 0.0 if look.align == "left" else min(spare, n * step)
        white = look.white or (is_title and look.panel == "dark")
        placed.append(replace(line, along=along, across=across, look=replace(line.look, white=white)))
        across += line.look.size
        title_end = across if is_title else title_end
    band = (title_top - pad, title_end + pad) if look.panel else None
    return HeadlineGroup(tuple(placed), room, across + (pad if look.panel else 0.0), band)


def print_group(canvas: InkCanvas, group: HeadlineGroup, at: FrameRect, part: int, look: HeadLook) -> None:
    """Print the group in the rectangle `at`: along u, across v."""
    if group.band:
        _print_band(canvas, FrameRect(at.u0, at.v0 + group.band[0], at.u1, at.v0 + group.band[1]), look, part)
    for line in group.lines:
        canvas.line(line.spots, (at.u0 + line.along, at.v0 + line.across), line.look, Tag(line.kind, part))


def print_upright(canvas: InkCanvas, group: HeadlineGroup, at: FrameRect, part: int, look: HeadLook) -> None:
    """Print the group turned: its lines run along v, the first of them at the right edge of `at`."""
    if group.band:
        _print_band(canvas, FrameRect(at.u1 - group.band[1], at.v0, at.u1 - group.band[0], at.v1), look, part)
    for line in group.lines:
        u = at.u1 - line.across - line.look.size
        upright = replace(line.look, upright=True)
        canvas.line(line.spots, (u, at.v0 + line.along), upright, Tag(line.kind, part))


def _print_band(canvas: InkCanvas, band: FrameRect, look: HeadLook, part: int) -> None:
    if look.panel == "lined":
        rule, thick = STYLES["medium"]
        canvas.rule(FrameRect(band.u0, band.v0, band.u1, band.v0 + thick), rule, part)
        canvas.rule(FrameRect(band.u0, band.v1 - thick, band.u1, band.v1), rule, part)
        return
    canvas.fill(band, 28 if look.panel == "dark" else 205)
    canvas.mark("panel", band, part)
