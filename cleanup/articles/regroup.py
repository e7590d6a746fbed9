"""A page after reading, its regions regrouped into articles by geometry and text: what `layout` guessed, decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from cleanup.articles.assembly import Assembly, Piece, assembly
from cleanup.articles.blocks import TextBlock, text_blocks
from cleanup.articles.display import with_subheads
from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import Label, labels_of
from cleanup.articles.relations import Relations
from cleanup.articles.surroundings import surroundings
from layout.geometry import Box
from layout.page import WITHOUT_TEXT, Line, Page, Region, RegionKind

_KINDS: Final = {
    Label.HEAD: RegionKind.HEADLINE,
    Label.SUBHEAD: RegionKind.SUBHEAD,
    Label.BYLINE: RegionKind.BYLINE,
    Label.BODY: RegionKind.BODY,
    Label.CAPTION: RegionKind.CAPTION,
    Label.FURNITURE: RegionKind.FOLIO,
    Label.ADVERT: RegionKind.ADVERT,
    Label.TABLE: RegionKind.TABLE,
}


def regrouped(page: Page) -> Page:
    """The page with its regions of text parted by label, in the articles and the order that the text shows.

    A region that holds lines of several labels comes as several, all with its id. Pages without places, and pages on
    which nothing was read, come back as they are.
    """
    frame = reading_frame(page)
    if not frame.lines:
        return page
    around = surroundings(frame)
    blocks = with_subheads(frame, text_blocks(frame, around, labels_of(frame, around)))
    made = assembly(Relations(frame, blocks))
    lines = _with_blank_lines(page, blocks)
    regions: list[Region] = []
    for number, piece in enumerate(made.pieces, start=1):
        regions += _regions(piece, blocks, lines, (number, made))
    told = {n.id for r in regions for n in r.lines}
    left = [r for r in page.regions if r.kind in WITHOUT_TEXT or not any(n.id in told for n in r.lines)]
    return replace(page, regions=(*regions, *(replace(r, article=None) for r in left)))


def _regions(
    piece: Piece, blocks: tuple[TextBlock, ...], lines: Mapping[int, tuple[Line, ...]], made: tuple[int, Assembly]
) -> Iterator[Region]:
    """The regions of one piece in reading order; `made` is its number and the assembly that it is of."""
    number, whole = made
    for i in piece.ids:
        block = blocks[i]
        kind = RegionKind.SUBHEAD if i in whole.subheads else _kind(block)
        box = Box.around([p for n in lines[i] for p in n.polygon or ()])
        furniture = kind in (RegionKind.FOLIO, RegionKind.MASTHEAD)
        yield replace(
            block.lines[0].region,
            kind=kind,
            polygon=block.lines[0].region.polygon if len(lines[i]) == len(block.lines[0].region.lines) else box.corners,
            lines=lines[i],
            article=None if furniture else number,
        )


def _kind(block: TextBlock) -> RegionKind:
    if block.label is Label.FURNITURE and block.kind is RegionKind.MASTHEAD:
        return RegionKind.MASTHEAD
    return _KINDS[block.label]


def _with_blank_lines(page: Page, blocks: tuple[TextBlock, ...]) -> dict[int, tuple[Line, ...]]:
    """The lines of each block, with those in which nothing was read that stand behind them in their region."""
    owner = {n.line.id: b.id for b in blocks for n in b.lines}
    out: dict[int, list[Line]] = {b.id: [] for b in blocks}
    for region in page.regions:
        first = next((owner[n.id] for n in region.lines if n.id in owner), None)
        at = first
        for line in region.lines:
            at = owner.get(line.id, at)
            if at is not None:
                out[at].append(line)
    return {name: tuple(lines) for name, lines in out.items()}
