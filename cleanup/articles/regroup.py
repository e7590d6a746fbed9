"""A page after reading, its regions regrouped into articles by geometry and text: what `layout` guessed, decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Final, Protocol

from cleanup.articles.around_cutouts import with_text_around_cutouts
from cleanup.articles.assembly import Assembly, Piece, assembly
from cleanup.articles.blocks import TextBlock, text_blocks
from cleanup.articles.credited_captions import with_credited_captions, with_upright_captions
from cleanup.articles.display import with_subheads
from cleanup.articles.frame import ReadingFrame, is_vertical, reading_frame
from cleanup.articles.headless import headed
from cleanup.articles.headline_rows import with_headline_rows
from cleanup.articles.labels import Label, labels_of
from cleanup.articles.mixed import level_lines, parted, rejoined
from cleanup.articles.reasons import decisions
from cleanup.articles.registers import registers
from cleanup.articles.relations import Relations
from cleanup.articles.ruled_rows import with_ruled_rows
from cleanup.articles.surroundings import Surroundings, surroundings
from cleanup.articles.vertical_zones import VerticalZone, vertical_zones
from cleanup.language.characters import is_latin
from layout.geometry import Box
from layout.page import WITHOUT_TEXT, Line, Page, Region, RegionKind
from ocr.setup.language_model import language_model

_TEXT: Final = frozenset({RegionKind.BODY, RegionKind.HEADLINE, RegionKind.SUBHEAD})
"""Layout's kinds of what may be running text of a zone."""
_KINDS: Final = {
    Label.HEAD: RegionKind.HEADLINE,
    Label.SUBHEAD: RegionKind.SUBHEAD,
    Label.BYLINE: RegionKind.BYLINE,
    Label.BODY: RegionKind.BODY,
    Label.CAPTION: RegionKind.CAPTION,
    Label.FURNITURE: RegionKind.FOLIO,
    Label.ADVERT: RegionKind.ADVERT,
    Label.TABLE: RegionKind.TABLE,
    Label.COLUMN: RegionKind.HEADLINE,
    Label.TEASER: RegionKind.HEADLINE,
}

_MOSTLY_LATIN: Final = 0.9
"""Share of the letters of a page of Latin script; names in other scripts are few."""


class BlockLabeller(Protocol):
    """Labels the lines of a page, with geometry and text."""

    def __call__(self, frame: ReadingFrame, around: Sequence[Surroundings]) -> tuple[Label, ...]:
        """The label of each line, in the order of the frame's lines."""
        ...


class ArticleGrouper(Protocol):
    """Groups labelled blocks into articles, each decision with its reasons."""

    def __call__(self, relations: Relations) -> Assembly:
        """The pieces of the page, in reading order."""
        ...


def regrouped(page: Page, labeller: BlockLabeller = labels_of, grouper: ArticleGrouper = assembly) -> Page:
    """The page with its regions of text parted by label, in the articles and the order that the text shows.

    A region that holds lines of several labels comes as several, all with its id. Pages without places, and pages on
    which nothing was read, come back as they are, and so do pages of Latin script in the order of their text layer. A
    page of vertical type is grouped by `registers`, unless another grouper is given; level articles on it are grouped
    by themselves.
    """
    if all(n.box is None for n in page.lines):
        return page
    frame = reading_frame(page)
    if not frame.lines or is_latin_as_set(page):
        return page
    level = level_lines(frame)
    if level:
        return rejoined(*(regrouped(part, labeller, grouper) for part in parted(page, level)))
    zone = next((z for z in vertical_zones(frame) if is_vertical(parted(page, z.lines)[1])), None)
    if zone is not None:
        return _with_zone(page, zone, labeller, grouper)
    around = surroundings(frame)
    labels = _put_right(frame, around, labeller(frame, around))
    in_registers = grouper is assembly and frame.vertical
    if in_registers:
        made, blocks = registers(frame, around, labels)
    else:
        blocks = with_headline_rows(frame, with_subheads(frame, text_blocks(frame, around, labels)))
        model = language_model()
        if grouper is assembly:
            made, blocks = headed(frame, blocks, model)
        else:
            made = grouper(Relations(frame, blocks, model))
    lines = _with_blank_lines(page, blocks)
    regions: list[Region] = []
    for number, piece in enumerate(made.pieces, start=1):
        regions += _regions(piece, blocks, lines, _Made(number, made, {r.id: r for r in page.regions}))
    regions += _left_over(page, regions)
    return replace(
        page,
        regions=tuple(regions),
        decisions=decisions(made, blocks, vertical=frame.vertical, in_registers=in_registers),
    )


def _put_right(frame: ReadingFrame, around: Sequence[Surroundings], labels: tuple[Label, ...]) -> tuple[Label, ...]:
    """The labels of lines, with what is told by pictures, credits and rules near them."""
    if not frame.vertical:
        labels = with_upright_captions(frame, with_text_around_cutouts(frame, around, labels))
    return with_ruled_rows(frame, with_credited_captions(frame, labels))


def _with_zone(page: Page, zone: VerticalZone, labeller: BlockLabeller, grouper: ArticleGrouper) -> Page:
    """The page with a zone of vertical articles grouped by itself, behind the others.

    Level lines over the zone are the headline of its largest article where that one has none of its own.
    """
    level, upright = parted(page, zone.lines)
    grouped = regrouped(upright, partial(_with_plain_text, zone.plain, labeller), grouper)
    headless = _largest_headless(grouped)
    if zone.heads and headless is not None:
        level, over = parted(level, zone.heads)
        heads = [replace(r, kind=RegionKind.HEADLINE, article=headless) for r in over.regions if r.lines]
        grouped = replace(grouped, regions=(*heads, *grouped.regions))
    return rejoined(regrouped(level, labeller, grouper), grouped)


def _with_plain_text(
    plain: frozenset[str], labeller: BlockLabeller, frame: ReadingFrame, around: Sequence[Surroundings]
) -> tuple[Label, ...]:
    """The labels of a zone's lines; those set in the type of its text are of it.

    Names may sign it, and what layout holds for an advert, a table or a caption is told by its words.
    """
    text = {n.line.id for n in frame.lines if n.region.kind in _TEXT} & plain
    told = zip(frame.lines, labeller(frame, around), strict=True)
    return tuple(Label.BODY if n.line.id in text and own is not Label.BYLINE else own for n, own in told)


def _largest_headless(page: Page) -> int | None:
    """The number of the article without a headline that has most text."""
    headed = {r.article for r in page.regions if r.kind is RegionKind.HEADLINE}
    amount: Counter[int] = Counter()
    for r in page.regions:
        if r.kind is RegionKind.BODY and r.article is not None and r.article not in headed:
            amount[r.article] += sum(len(n.text) for n in r.lines)
    return max(amount, key=lambda a: amount[a], default=None)


def is_latin_as_set(page: Page) -> bool:
    """Whether a text layer gave every line of the page, and nearly all letters are of a Latin script."""
    lines = [n for n in page.lines if n.text]
    if not lines or any(not n.glyphs or n.glyphs[0].confidence < 1.0 for n in lines):
        return False
    letters = [c for n in lines for c in n.text if c.isalpha()]
    return sum(map(is_latin, letters)) >= _MOSTLY_LATIN * max(1, len(letters))


@dataclass(frozen=True, slots=True)
class _Made:
    """The number of a piece, the assembly that it is of, and the page's regions by id."""

    number: int
    assembly: Assembly
    regions: Mapping[str, Region]


def _regions(
    piece: Piece, blocks: tuple[TextBlock, ...], lines: Mapping[int, Sequence[tuple[str, Line]]], made: _Made
) -> Iterator[Region]:
    """The regions of one piece in reading order."""
    number, whole, regions = made.number, made.assembly, made.regions
    for i in piece.ids:
        kind = _kind(blocks[i], whole.labels[i])
        article = None if kind in (RegionKind.FOLIO, RegionKind.MASTHEAD) else number
        for region, run in groupby(lines[i], key=lambda n: n[0]):
            held = tuple(n for _, n in run)
            box = Box.around([p for n in held for p in n.polygon or ()])
            polygon = regions[region].polygon if len(held) == len(regions[region].lines) else box.corners
            yield replace(regions[region], kind=kind, polygon=polygon, lines=held, article=article)


def _kind(block: TextBlock, label: Label) -> RegionKind:
    if label is Label.FURNITURE and block.kind is RegionKind.MASTHEAD:
        return RegionKind.MASTHEAD
    return _KINDS[label]


def _left_over(page: Page, regions: Sequence[Region]) -> list[Region]:
    """The regions of the page without text, and those of whose lines none is in the regions."""
    told = {n.id for r in regions for n in r.lines}
    left = [r for r in page.regions if r.kind in WITHOUT_TEXT or not any(n.id in told for n in r.lines)]
    return [replace(r, article=None) for r in left]


def _with_blank_lines(page: Page, blocks: tuple[TextBlock, ...]) -> dict[int, list[tuple[str, Line]]]:
    """The lines of each block by the ids of their regions, with the unread ones that stand behind them there."""
    behind: dict[str, list[Line]] = {}
    read = {n.line.id for b in blocks for n in b.lines}
    for region in page.regions:
        at = next((n.id for n in region.lines if n.id in read), None)
        for line in region.lines:
            at = line.id if line.id in read else at
            if at is not None and line.id not in read:
                behind.setdefault(at, []).append(line)
    return {
        b.id: [(n.region.id, line) for n in b.lines for line in (n.line, *behind.get(n.line.id, ()))] for b in blocks
    }
