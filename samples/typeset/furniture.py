"""What stands round the articles: the folio line, the masthead, adverts, tables, rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from samples.typeset.canvas import CharacterStyle, FrameRect, InkCanvas, Tag
from samples.typeset.faces import Face
from samples.typeset.headline import break_title
from samples.typeset.picture import photograph, square_code
from samples.typeset.piece import print_frame
from samples.typeset.rules import STYLES
from samples.typeset.setting import SettingStyle, single_line
from samples.typeset.truth import PieceKind, TruthPart

SMALLEST_ADVERT: Final = 30
"""Pixels an em; an advert's line that would be smaller goes over two lines."""


@dataclass(frozen=True, slots=True)
class FolioLine:
    """The line at a page's head: section name 版名 at one side, date and page number 版次 and editors at the other."""

    section: str
    details: tuple[str, ...]
    section_face: Face
    face: Face
    size: int
    rule: str = "medium"
    at_foot: bool = False
    dark: bool = False
    """White type on a dark bar."""
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class Masthead:
    """The newspaper's own name with its data below or beside."""

    name: str
    data: tuple[str, ...]
    face: Face
    data_face: Face
    rect: FrameRect
    size: int


@dataclass(frozen=True, slots=True)
class Advert:
    """An advert: words of rising size in a frame, with a picture or a square code now and then."""

    id: int
    rect: FrameRect
    lines: tuple[tuple[str, float], ...]
    """Text and its size in shares of the advert's width a line may take."""
    face: Face
    minor: Face
    rule: str = "double"
    picture: str | None = None
    code: bool = False
    dark: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table: rows of cells, ruled or set by white alone."""

    id: int
    rect: FrameRect
    title: str
    rows: tuple[tuple[str, ...], ...]
    face: Face
    head_face: Face
    size: int
    ruled: bool = True


def put(canvas: InkCanvas, text: str, at: tuple[float, float], look: CharacterStyle, tag: Tag) -> float:
    """Print a text in one line from `at` on; its width in pixels comes back."""
    line = single_line(text, SettingStyle(look.face, vertical=canvas.vertical != look.upright))
    canvas.line(line.spots, at, look, tag)
    return line.measure * look.size * look.spread


def width_of(canvas: InkCanvas, text: str, look: CharacterStyle) -> float:
    return (
        single_line(text, SettingStyle(look.face, vertical=canvas.vertical != look.upright)).measure
        * look.size
        * look.spread
    )


def print_folio(canvas: InkCanvas, folio: FolioLine, at: FrameRect) -> str:
    """Print the folio over `at` (its rule at the lower edge, or the upper one at the foot); the text comes back."""
    rule, thick = STYLES[folio.rule]
    edge = at.v0 if folio.at_foot else at.v1 - thick
    if folio.dark:
        canvas.fill(at, 40)
        canvas.mark("panel", at)
    else:
        canvas.rule(FrameRect(at.u0, edge, at.u1, edge + thick), rule)
    section = CharacterStyle(folio.section_face, round(folio.size * 1.5), white=folio.dark)
    plain = CharacterStyle(folio.face, folio.size, white=folio.dark)
    text = _that_fits(canvas, folio, at.width - width_of(canvas, folio.section, section) - 3 * folio.size)
    wide = width_of(canvas, text, plain)
    v = at.v0 + (at.height - section.size) / 2
    base = at.v0 + (at.height - plain.size) / 2
    inner = folio.size * 0.5
    u_section = at.u1 - width_of(canvas, folio.section, section) - inner if folio.mirrored else at.u0 + inner
    u_text = at.u0 + inner if folio.mirrored else at.u1 - wide - inner
    if folio.section:
        put(canvas, folio.section, (u_section, v), section, Tag(PieceKind.FOLIO))
    put(canvas, text, (u_text, base), plain, Tag(PieceKind.FOLIO))
    return f"{folio.section} {text}".strip()


def _that_fits(canvas: InkCanvas, folio: FolioLine, room: float) -> str:
    """The folio's details, as many from the first on as the room has place for."""
    look = CharacterStyle(folio.face, folio.size)
    for count in range(len(folio.details), 0, -1):
        text = "  ".join(folio.details[:count])
        if width_of(canvas, text, look) <= room:
            return text
    return folio.details[0]


def print_masthead(canvas: InkCanvas, head: Masthead) -> None:
    """Print the newspaper's name and the lines of its data at the right of it (below it in a narrow space)."""
    name = CharacterStyle(head.face, head.size)
    wide = put(canvas, head.name, (head.rect.u0, head.rect.v0), name, Tag(PieceKind.MASTHEAD))
    size = max(20, round(head.size * 0.16))
    data = CharacterStyle(head.data_face, size)
    for n, text in enumerate(head.data):
        v = head.rect.v0 + head.size * 0.1 + n * size * 1.5
        put(canvas, text, (head.rect.u0 + wide + size, v), data, Tag(PieceKind.MASTHEAD))


def print_advert(canvas: InkCanvas, advert: Advert, page: int) -> None:
    """Print an advert in its frame."""
    r = advert.rect
    inner = r.inset(r.width * 0.04, min(r.height * 0.06, r.width * 0.05))
    if advert.dark:
        canvas.fill(r, 35)
        canvas.mark("panel", r, advert.id)
    else:
        print_frame(canvas, r, advert.rule, advert.id)
    inner = _print_advert_picture(canvas, advert, inner)
    advert = _wrapped(canvas, advert, inner)
    sizes = [_advert_size(canvas, advert, n, inner) for n in range(len(advert.lines))]
    high = sum(sizes) * 1.35
    shrink = min(1.0, inner.height / high)
    v = inner.v0 + (inner.height - high * shrink) / 2
    for n, (text, _) in enumerate(advert.lines):
        look = CharacterStyle(
            advert.face if n == 0 else advert.minor, max(12, int(sizes[n] * shrink)), white=advert.dark
        )
        u = inner.u0 + (inner.width - width_of(canvas, text, look)) / 2
        put(canvas, text, (u, v), look, Tag(PieceKind.ADVERT, advert.id))
        v += sizes[n] * shrink * 1.35
    paragraphs = tuple(text for text, _ in advert.lines)
    canvas.parts.append(TruthPart(advert.id, page, "advert", paragraphs=paragraphs, quads=(canvas.quad(r),)))


def _wrapped(canvas: InkCanvas, advert: Advert, inner: FrameRect) -> Advert:
    """The advert with each minor line that would become tiny over two lines."""
    lines: list[tuple[str, float]] = []
    for n, (text, share) in enumerate(advert.lines):
        size = inner.width * share / (width_of(canvas, text, CharacterStyle(advert.minor, 100)) / 100)
        lines += [(t, share) for t in (break_title(text, 2) if n and size < SMALLEST_ADVERT else [text])]
    return replace(advert, lines=tuple(lines))


def _advert_size(canvas: InkCanvas, advert: Advert, n: int, inner: FrameRect) -> float:
    text, share = advert.lines[n]
    face = advert.face if n == 0 else advert.minor
    measure = width_of(canvas, text, CharacterStyle(face, 100)) / 100
    return max(12.0, min(inner.width * share / measure, inner.height * (0.4 if n == 0 else 0.16)))


def _print_advert_picture(canvas: InkCanvas, advert: Advert, inner: FrameRect) -> FrameRect:
    """The advert's picture printed at its left (or its code at the right); what remains comes back."""
    side = min(inner.height, inner.width * 0.36)
    if advert.picture and inner.height > 1.3 * inner.width:
        r = FrameRect(inner.u0, inner.v0, inner.u1, inner.v0 + 0.8 * inner.width)
        x0, y0, x1, y1 = canvas.on_sheet(r)
        canvas.picture(r, photograph(x1 - x0, y1 - y0, advert.picture, advert.seed), advert.id)
        return FrameRect(inner.u0, r.v1 + side * 0.1, inner.u1, inner.v1)
    if advert.picture:
        r = FrameRect(inner.u0, inner.v0, inner.u0 + side, inner.v1)
        x0, y0, x1, y1 = canvas.on_sheet(r)
        canvas.picture(r, photograph(x1 - x0, y1 - y0, advert.picture, advert.seed), advert.id)
        return FrameRect(r.u1 + side * 0.1, inner.v0, inner.u1, inner.v1)
    if advert.code:
        side = int(min(inner.height, inner.width * 0.25))
        r = FrameRect(inner.u1 - side, inner.v1 - side, inner.u1, inner.v1)
        x0, y0, x1, y1 = canvas.on_sheet(r)
        canvas.picture(r, square_code(25, max(x1 - x0, y1 - y0) + 1, advert.seed), advert.id)
        return FrameRect(inner.u0, inner.v0, r.u0 - side * 0.1, inner.v1)
    return inner


def print_table(canvas: InkCanvas, table: PrintedTable, page: int) -> None:
    """Print a table with its title."""
    r, size = table.rect, table.size
    title = CharacterStyle(table.head_face, round(size * 1.3))
    spare = r.width - width_of(canvas, table.title, title)
    put(canvas, table.title, (r.u0 + spare / 2, r.v0), title, Tag(PieceKind.TABLE, table.id))
    top = r.v0 + size * 1.8
    count = len(table.rows)
    step = min(size * 2.0, (r.v1 - top) / count)
    across = r.width / max(len(row) for row in table.rows)
    for n, row in enumerate(table.rows):
        for m, text in enumerate(row):
            look = CharacterStyle(table.head_face if n == 0 else table.face, size)
            room = across - width_of(canvas, text, look)
            put(
                canvas,
                text,
                (r.u0 + m * across + room / 2, top + n * step + (step - size) / 2),
                look,
                Tag(PieceKind.TABLE, table.id),
            )
    if table.ruled:
        _print_table_rules(
            canvas, FrameRect(r.u0, top, r.u1, top + count * step), (count, max(map(len, table.rows))), table.id
        )
    canvas.mark("table", FrameRect(r.u0, top, r.u1, top + count * step), table.id)
    paragraphs = tuple(" ".join(row) for row in table.rows)
    canvas.parts.append(
        TruthPart(table.id, page, "table", title=table.title, paragraphs=paragraphs, quads=(canvas.quad(r),))
    )


def _print_table_rules(canvas: InkCanvas, r: FrameRect, shape: tuple[int, int], part: int) -> None:
    rule, thick = STYLES["fine"]
    rows, columns = shape
    for n in range(rows + 1):
        v = r.v0 + n * r.height / rows
        canvas.rule(FrameRect(r.u0, v, r.u1, v + thick), rule, part)
    for m in range(columns + 1):
        u = r.u0 + m * r.width / columns
        canvas.rule(FrameRect(u, r.v0, u + thick, r.v1), rule, part)
