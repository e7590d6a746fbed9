"""The press: an issue's description becomes scans and their truth."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from samples.typeset.canvas import FrameRect, Ink, InkCanvas
from samples.typeset.furniture import (
    Advert,
    FolioLine,
    Masthead,
    PrintedTable,
    print_advert,
    print_folio,
    print_masthead,
    print_table,
)
from samples.typeset.piece import PlannedPiece, print_piece
from samples.typeset.rules import STYLES
from samples.typeset.scanner import ScanDamage, carried, jpeg, moved, scan
from samples.typeset.story import Para
from samples.typeset.truth import Mark, PageTruth, PieceKind, TruthLine, TruthPart


@dataclass(frozen=True, slots=True)
class PageRule:
    """A rule of the page: where it stands and its style."""

    rect: FrameRect
    style: str


@dataclass(frozen=True)
class PagePlan:
    """One page: its size in pixels at 300 dpi, and everything on it."""

    number: int
    width: int
    height: int
    pieces: tuple[PlannedPiece, ...]
    folio: FolioLine | None = None
    folio_at: FrameRect | None = None
    """The place of the folio in the sheet's own pixels, on a vertical page too."""
    masthead: Masthead | None = None
    adverts: tuple[Advert, ...] = ()
    tables: tuple[PrintedTable, ...] = ()
    rules: tuple[PageRule, ...] = ()
    vertical: bool = False
    colour: bool = False


@dataclass(frozen=True)
class IssuePlan:
    """A newspaper's issue: its name, its date, its pages."""

    name: str
    date: str
    pages: tuple[PagePlan, ...]


@dataclass(frozen=True)
class Scanned:
    """One page as scanned, with its truth in the scan's pixels."""

    image: Image.Image
    truth: PageTruth
    damage: ScanDamage

    def file(self) -> bytes:
        return jpeg(self.image, self.damage)


@dataclass(frozen=True)
class PrintedIssue:
    """An issue typeset and scanned."""

    name: str
    pages: tuple[Scanned, ...]

    def gold(self) -> dict[str, Any]:
        """The truth as it is written into gold.json."""
        parts = [p for page in self.pages for p in page.truth.parts]
        return {
            "articles": _articles(parts),
            "parts": [_part_record(p) for p in parts if p.kind == "article"],
            "pages": [_page_record(page.truth) for page in self.pages],
        }

    def write(self, folder: Path) -> list[Path]:
        """The scans as page1.jpg … and gold.json; the files written come back."""
        folder.mkdir(parents=True, exist_ok=True)
        files = []
        for page in self.pages:
            file = folder / f"page{page.truth.number}.{'png' if page.image.mode == '1' else 'jpg'}"
            file.write_bytes(page.file())
            files.append(file)
        gold = folder / "gold.json"
        gold.write_text(gold_json(self.gold()), encoding="utf-8")
        return [*files, gold]


def typeset(issue: IssuePlan, damage: ScanDamage, seed: int = 0) -> PrintedIssue:
    """The issue typeset page by page and scanned with `damage`; texts that jump go on where their pieces say.

    With a double damage two pages lie side by side on each scan, the fold between them.
    """
    sheets = printed_sheets(issue)
    if damage.double:
        pairs = [sheets[n : n + 2] for n in range(0, len(sheets), 2)]
        sheets = [_beside(*pair) if len(pair) == 2 else pair[0] for pair in pairs]
    scans = []
    for n, (sheet, truth) in enumerate(sheets):
        behind = sheets[n ^ 1][0] if n ^ 1 < len(sheets) else sheets[n - 1][0]
        same = behind.ink.shape == sheet.ink.shape
        image, warp = scan(sheet.ink, behind.ink if same else None, damage, seed * 100 + n, sheet.hues)
        scans.append(Scanned(image, carried(truth, warp, image.size, damage.dpi), damage))
    return PrintedIssue(issue.name, tuple(scans))


def printed_sheets(issue: IssuePlan) -> list[tuple[PressSheet, PageTruth]]:
    """The pages as the press gives them out, before any scanner."""
    rest: dict[int, tuple[Para, ...]] = {}
    return [_print_page(page, rest) for page in issue.pages]


@dataclass(frozen=True)
class PressSheet:
    """What the press gives to the scanner."""

    ink: Ink
    hues: Ink | None = None


def _beside(left: tuple[PressSheet, PageTruth], right: tuple[PressSheet, PageTruth]) -> tuple[PressSheet, PageTruth]:
    """Two pages as one sheet, a shadow along the fold."""
    (a, here), (b, there) = left, right
    ink = np.hstack((a.ink, b.ink))
    width = a.ink.shape[1]
    for n in range(60):
        shade = 255 - max(0, 80 - 3 * n // 2)
        for column in (width - 1 - n, width + n):
            ink[:, column] = np.minimum(ink[:, column], shade)
    there = moved(there, width)
    truth = replace(
        here,
        width=ink.shape[1],
        lines=here.lines + there.lines,
        marks=here.marks + there.marks,
        parts=here.parts + there.parts,
        folio=f"{here.folio} {there.folio}",
    )
    return PressSheet(ink), truth


def _print_page(page: PagePlan, rest: dict[int, tuple[Para, ...]]) -> tuple[PressSheet, PageTruth]:
    canvas = InkCanvas(page.width, page.height, page.vertical, page.colour)
    folio = ""
    if page.folio is not None and page.folio_at is not None:
        canvas.vertical = False
        folio = print_folio(canvas, page.folio, page.folio_at)
        canvas.vertical = page.vertical
    if page.masthead is not None:
        print_masthead(canvas, page.masthead)
    for piece in page.pieces:
        ready = _with_rest(piece, rest)
        left = print_piece(canvas, ready, page.number)
        if left:
            rest[piece.id] = left
    for advert in page.adverts:
        print_advert(canvas, advert, page.number)
    for table in page.tables:
        print_table(canvas, table, page.number)
    for line in page.rules:
        canvas.rule(line.rect, STYLES[line.style][0])
    size = page.pieces[0].body.size if page.pieces else 40
    truth = PageTruth(
        page.number,
        page.width,
        page.height,
        300,
        size,
        tuple(canvas.lines),
        tuple(canvas.marks),
        tuple(canvas.parts),
        folio,
    )
    return PressSheet(canvas.ink, canvas.hues), truth


def _with_rest(piece: PlannedPiece, rest: dict[int, tuple[Para, ...]]) -> PlannedPiece:
    """A piece that goes on from another page, with that page's remaining text before its own."""
    if piece.part_of is None:
        return piece
    paras = rest.pop(piece.part_of, ())
    return replace(piece, story=replace(piece.story, paras=(*paras, *piece.story.paras)))


def _articles(parts: Sequence[TruthPart]) -> list[dict[str, Any]]:
    """Whole articles: each part that starts one, with the parts that go on from it."""
    out = []
    for part in parts:
        if part.kind == "article" and part.part_of is None:
            out.append(_whole(part, [p for p in parts if p.part_of == part.id]))
    return out


def _whole(first: TruthPart, others: Sequence[TruthPart]) -> dict[str, Any]:
    paragraphs = list(first.paragraphs)
    for part in others:
        head, *tail = part.paragraphs or ("",)
        paragraphs = [*paragraphs[:-1], paragraphs[-1] + head, *tail] if part.broken else [*paragraphs, head, *tail]
    record = _part_record(first)
    for name in ("page", "part_of", "box", "boxes", "broken"):
        del record[name]
    pages = [first.page, *(p.page for p in others)]
    subheads = [s for p in (first, *others) for s in p.subheads]
    captions = [c for p in (first, *others) for c in p.captions]
    whole = {"paragraphs": paragraphs, "subheads": subheads, "captions": captions, "pages": pages}
    return record | whole | {"continued_to": (others[-1] if others else first).continued_to, "continued_from": None}


def _part_record(part: TruthPart) -> dict[str, Any]:
    points = [p for q in part.quads for p in q]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    record = _plain_part(part) | {"box": [int(min(xs)), int(min(ys)), int(max(xs)), int(max(ys))]}
    record |= {"boxes": [_box(q) for q in part.quads], "vertical_title": part.vertical_title}
    if part.interrupting is not None:
        more = {"label": part.label, "interrupting": list(part.interrupting), "standfirst": None}
        record |= more | ({"lead": part.lead} if part.lead else {})
    return record


def _plain_part(part: TruthPart) -> dict[str, Any]:
    return {
        "id": part.id,
        "page": part.page,
        "kicker": part.kicker,
        "title": part.title,
        "subtitle": part.subtitle,
        "byline": part.byline,
        "standfirst": part.lead,
        "subheads": list(part.subheads),
        "captions": list(part.captions),
        "paragraphs": list(part.paragraphs),
        "continued_to": part.continued_to,
        "continued_from": part.continued_from,
        "part_of": part.part_of,
        "broken": part.broken,
    }


def _box(quad: Sequence[tuple[float, float]]) -> list[int]:
    xs, ys = [p[0] for p in quad], [p[1] for p in quad]
    return [int(min(xs)), int(min(ys)), int(max(xs)), int(max(ys))]


def _page_record(truth: PageTruth) -> dict[str, Any]:
    others = [{"kind": o.kind, "text": o.text} for o in truth.others or ()]
    others += [{"kind": "caption", "text": c} for p in truth.parts for c in p.captions]
    others += [{"kind": p.kind, "text": "".join(p.paragraphs)} for p in truth.parts if p.kind in ("advert", "table")]
    return {
        "page": truth.number,
        "width": truth.width,
        "height": truth.height,
        "dpi": truth.dpi,
        "type_size": truth.type_size,
        "folio": truth.folio,
        "others": others,
        "lines": [_line_record(n) for n in truth.lines],
        "marks": [_mark_record(m) for m in truth.marks],
    }


def _mark_record(mark: Mark) -> dict[str, Any]:
    record: dict[str, Any] = {"kind": mark.kind, "box": list(mark.box), "part": mark.part}
    return record | ({"polygon": [list(p) for p in mark.polygon]} if mark.polygon else {})


def _line_record(line: TruthLine) -> dict[str, Any]:
    record: dict[str, Any] = {"kind": str(line.kind), "text": line.text, "box": list(line.box), "part": line.part}
    if line.paragraph is not None and line.kind in (PieceKind.BODY, PieceKind.SUBHEAD, PieceKind.LEAD):
        record["paragraph"] = line.paragraph
    if line.column is not None:
        record["column"] = line.column
    return record | {name: True for name in ("vertical", "white", "backward") if getattr(line, name)}


def gold_json(gold: dict[str, Any]) -> str:
    """The text of gold.json: readable at the top, one line of print a line of the file."""

    def rows(name: str, items: list[Any]) -> str:
        body = ",\n".join(json.dumps(i, ensure_ascii=False) for i in items)
        return f'"{name}": [\n{body}\n]'

    pages = []
    for page in gold["pages"]:
        plain = {k: v for k, v in page.items() if k not in ("lines", "marks")}
        head = json.dumps(plain, ensure_ascii=False)[:-1]
        pages.append(f"{head},\n{rows('lines', page['lines'])},\n{rows('marks', page['marks'])}}}")
    joined = ",\n".join(pages)
    return f'{{{rows("articles", gold["articles"])},\n{rows("parts", gold["parts"])},\n"pages": [\n{joined}\n]}}\n'
