"""Pages become an issue: regions become articles, jumps over pages are joined, the passes clean them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Final

from cleanup.article import (
    Article,
    ArticleKind,
    ArticleRegion,
    Issue,
    IssuePage,
    JumpEnd,
    Role,
    SourceLine,
    WaitingJump,
)
from cleanup.articles.beside_pictures import lines_at_pictures
from cleanup.articles.lost import lines_after_lost
from cleanup.articles.noise import without_noise
from cleanup.articles.regroup import regrouped
from cleanup.clean import clean
from cleanup.edits.pass_registry import Pass
from cleanup.forms.advert import is_advert
from cleanup.forms.byline import is_editors_line
from cleanup.forms.fields import fields_of
from cleanup.forms.folio import Folio, counts_a_part, is_page_head, read_folio
from cleanup.forms.jump_marker import Marker, markers_in, with_whole_markers
from cleanup.forms.page_name import page_names
from cleanup.forms.roles import roles_of
from cleanup.jumps import JumpLink, Part, link
from cleanup.language.characters import ends_sentence
from cleanup.lines.plain_line import TextLine, reading
from cleanup.lines.rows import in_rows, in_rows_of_tables
from cleanup.plaintext.hard_wrapped import are_broken
from cleanup.plaintext.printed_lines import printed_lines
from layout.geometry import Box
from layout.page import WITHOUT_TEXT, Line, Page, Region, RegionKind
from layout.prepare.deskew import straightened
from ocr.setup.language_model import language_model

_FOLIOS: Final = frozenset({RegionKind.FOLIO, RegionKind.MASTHEAD})
_ALONE: Final = {
    RegionKind.ADVERT: ArticleKind.ADVERT,
    RegionKind.TABLE: ArticleKind.TABLE,
    RegionKind.CAPTION: ArticleKind.CAPTION,
}
"""What a piece is that holds nothing else with text; a piece of folios is furniture."""
_OVER: Final = frozenset({RegionKind.HEADLINE, RegionKind.BYLINE})
_HEADS: Final = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE})
_FIRST: Final = (Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.BYLINE)
_BEHIND: Final = (Role.CAPTION, Role.CREDIT, Role.FURNITURE)
_BODY: Final = frozenset({Role.BODY, Role.SUBHEAD})
_WORDS: Final = frozenset({RegionKind.BODY, RegionKind.SUBHEAD})
_NUMBER: Final = re.compile("[0-9]+")
"""The number of a line of plain text in its id."""
_HEADLINES: Final = frozenset({RegionKind.HEADLINE})
_SCRAP: Final = 6
"""Characters of text that make no article where no headline stands over them."""
_LONGEST_BANNER: Final = 14
"""Characters."""


@dataclass(frozen=True, slots=True)
class _Printed:
    """One printed piece of a page, before jumps are joined."""

    id: str
    page: Page
    kind: ArticleKind
    regions: tuple[Region, ...]
    lines: tuple[SourceLine, ...]


def assemble(name: str, pages: Sequence[Page], without: Collection[Pass] = ()) -> Issue:
    """The issue that the pages are, with its articles cleaned; `name` goes with each article.

    The passes in `without` do not run.
    """
    issue = raw_issue(name, pages)
    return replace(issue, articles=tuple(clean(article, without) for article in issue.articles))


def raw_issue(name: str, pages: Sequence[Page]) -> Issue:
    """The issue that the pages are, its articles as they were recognized: no pass has seen them yet.

    Pages with places and pages of plain text are taken alike, and a page that failed gives nothing. Each group of
    regions (`Region.article`) becomes an article, and parts on several pages become one where both ends of a jump
    agree; ends that do not are in `Issue.waiting`. Text that belongs to no article comes as adverts, captions and
    furniture.
    """
    folios = {page.number: _folio(page) for page in pages}
    printed = [piece for page in pages for piece in _printed(page)]
    names = page_names({number: folio.edition for number, folio in folios.items()})
    written = _as_written(pages)
    articles = [p for p in printed if p.kind is ArticleKind.ARTICLE]
    jumps, waiting = _linked([_part(p, names[p.page.number], at_edge=p.page.number in written) for p in articles])
    date = next((f.date.isoformat() for f in folios.values() if f.date), None)
    made = (replace(a, issue=name, date=date) for a in _joined(printed, jumps, waiting))
    return Issue(
        name=name,
        newspaper=next((t for page in pages for t in _texts(page, RegionKind.MASTHEAD)), None),
        date=date,
        pages=tuple(IssuePage(p.number, folios[p.number].edition, folios[p.number].title) for p in pages),
        articles=tuple(replace(a, as_written=written.issuperset(a.pages)) for a in made),
        waiting=tuple(waiting),
    )


def _as_written(pages: Sequence[Page]) -> frozenset[int]:
    """The numbers of the pages of files of plain text whose lines no column broke."""
    files: dict[str, list[Page]] = {}
    for page in pages:
        if page.regions and all(n.polygon is None for r in page.regions for n in r.lines):
            files.setdefault(page.source, []).append(page)
    return frozenset(
        p.number for file in files.values() if not are_broken(printed_lines(_text_lines(file))) for p in file
    )


def _text_lines(pages: Sequence[Page]) -> list[TextLine]:
    """The lines of a file, with a gap where one does not stand right behind the one before it."""
    found: list[TextLine] = []
    for line in (line for page in pages for region in page.regions for line in region.lines):
        number = int(told[0]) if (told := _NUMBER.search(line.id)) else 0
        gap = not found or number not in (found[-1].number, found[-1].number + 1)
        found.append(TextLine(number, line.text, int(gap)))
    return found


def _folio(page: Page) -> Folio:
    return read_folio([t for kind in (RegionKind.FOLIO, RegionKind.MASTHEAD) for t in _texts(page, kind)])


def _texts(page: Page, kind: RegionKind) -> Iterator[str]:
    return (line.text.strip() for r in page.regions if r.kind is kind for line in r.lines if line.text.strip())


# --- printed pieces ---------------------------------------------------------------------------------------------------


def _with_words(page: Page, noise: Collection[str]) -> Iterator[Region]:
    """The regions of text of a page but for those whose lines are all noise, given by their ids."""
    for region in page.regions:
        if region.kind not in WITHOUT_TEXT and region.lines and any(n.id not in noise for n in region.lines):
            yield _as_furniture(region)


def _lines(number: int, regions: Sequence[Region], kind: ArticleKind) -> tuple[SourceLine, ...]:
    """The lines of a piece on a page, each with its role; those of furniture have none of their own.

    Those of a table stand row by row.
    """
    lines = tuple(roles_of(number, regions))
    if kind is ArticleKind.TABLE:
        told = {s.line.id: s for s in lines}
        return tuple(told[n.id] for n in in_rows_of_tables(regions))
    return tuple(replace(s, role=Role.BODY) for s in lines) if kind is ArticleKind.FURNITURE else lines


def _printed(page: Page) -> Iterator[_Printed]:
    """The pieces of one page in reading order: articles first by their first region, then what stands alone.

    What stands above what is asked on the straightened page; the pieces have their places on the scan.
    """
    read = {n.id for n in page.lines if n.text.strip()}
    page = without_noise(page)
    noise = read.difference(n.id for n in page.lines if n.text.strip())
    scanned = {n.id: n for n in page.lines}
    whole = {r.id: r for r in page.regions}
    page = regrouped(page)
    texts = list(_with_words(straightened(page), noise))
    lost, at_picture = lines_after_lost(page.regions, page.lost), lines_at_pictures(page.regions)
    groups: dict[object, list[Region]] = {}
    for region in texts:
        groups.setdefault(_group(region), []).append(in_rows(region))
    for n, group in enumerate(groups.values(), start=1):
        regions, kind = _between_markers(group), _kind(group, texts)
        lines = _lines(page.number, regions, kind)
        lines = tuple(
            replace(s, line=scanned[s.line.id], after_lost=s.line.id in lost, at_picture=s.line.id in at_picture)
            for s in lines
        )
        regions = tuple(_on_scan(r, scanned, whole) for r in regions)
        yield _Printed(f"p{page.number}-{n:02d}", page, kind, regions, lines)


def _on_scan(region: Region, scanned: Mapping[str, Line], whole: Mapping[str, Region]) -> Region:
    """A region of the straightened page with its places on the scan; of a part the box of its lines."""
    lines = tuple(scanned[n.id] for n in region.lines)
    full = len(lines) == len(whole[region.id].lines) or any(n.polygon is None for n in lines)
    around = whole[region.id].polygon if full else Box.around([p for n in lines for p in n.polygon or ()]).corners
    return replace(region, polygon=around, lines=lines)


def _as_furniture(region: Region) -> Region:
    """The region as a folio where all that it holds is a line of the page's makers, wherever layout put it."""
    if region.kind not in _WORDS or len(region.lines) > 1 or region.lines[0].polygon is None:
        return region
    made = is_editors_line(reading(region.lines[0].text))
    return replace(region, kind=RegionKind.FOLIO, article=None) if made else region


def _between_markers(regions: Sequence[Region]) -> tuple[Region, ...]:
    """The regions with what begins with 上接 before the other body, and what ends with 下转 behind it."""

    def place(region: Region) -> int:
        if region.kind is not RegionKind.BODY:
            return 0
        ends = (region.lines[0], region.lines[-1])
        found = [m.jump for line in ends for m in markers_in(reading(line.text)) if not m.either]
        return (JumpEnd.TO in found) - (JumpEnd.FROM in found)

    places = {id(r): place(r) for r in regions}
    if not any(places.values()):
        return tuple(regions)
    heads = [r for r in regions if r.kind in _OVER]
    rest = [r for r in regions if r.kind not in _OVER]
    return (*heads, *sorted(rest, key=lambda r: places[id(r)]))


def _group(region: Region) -> object:
    """What a region is put together with: its article, the page's other folios, or itself alone."""
    if region.kind in _FOLIOS:
        return "folio"
    return region.id if region.article is None else region.article


def _is_furniture(regions: Sequence[Region], page: Sequence[Region], texts: Sequence[str]) -> bool:
    """Whether regions are an editors' line, a scrap beside others, the page's banner or its head."""
    words = all(r.kind in _WORDS for r in regions)
    if words and is_editors_line("".join(texts)):
        return True
    placed = any(n.polygon is not None for r in regions for n in r.lines)
    scrap = placed and words and len(page) > len(regions) and sum(map(len, texts)) < _SCRAP
    scrap = scrap or _is_banner(regions, page) or is_page_head(texts)
    return scrap and not all(map(counts_a_part, texts))


def _kind(regions: Sequence[Region], page: Sequence[Region]) -> ArticleKind:
    kinds = {r.kind for r in regions}
    texts = [n.text for r in regions for n in r.lines]
    if kinds <= _FOLIOS or _is_furniture(regions, page, texts):
        return ArticleKind.FURNITURE
    if kinds <= _OVER:
        placed = any(n.polygon is not None for r in regions for n in r.lines)
        return ArticleKind.FURNITURE if placed and not kinds <= _HEADLINES else ArticleKind.NOTICE
    if (RegionKind.ADVERT in kinds and RegionKind.BODY not in kinds) or is_advert(texts):
        return ArticleKind.ADVERT
    return _ALONE.get(next(iter(kinds)), ArticleKind.ARTICLE) if len(kinds) == 1 else ArticleKind.ARTICLE


def _is_banner(regions: Sequence[Region], page: Sequence[Region]) -> bool:
    """Whether it is no more than a word over all else on the page: the name of a column, or of an event."""
    lines = [n for r in regions for n in r.lines]
    if len(lines) > 1 or len(lines[0].text) > _LONGEST_BANNER or ends_sentence(lines[0].text):
        return False
    own, box = regions[0], regions[0].box
    if own.kind not in _WORDS | _HEADLINES or box is None:
        return False
    below = [r.box for r in page if r.id != own.id and r.kind not in _FOLIOS and r.box is not None]
    return bool(below) and all(box.y1 <= o.y0 for o in below)


# --- jumps ------------------------------------------------------------------------------------------------------------


def _linked(parts: Sequence[Part]) -> tuple[list[JumpLink], list[WaitingJump]]:
    """The jumps, and the ends that wait; a language model is loaded only where both ends of one may be there."""
    over_pages = any(p.goes_to for p in parts) and any(p.comes_from for p in parts)
    return link(parts, language_model() if over_pages else None)


def _markers(texts: Sequence[str], *, at_edge: bool) -> list[Marker]:
    """The markers in lines of text; `at_edge`: those at the beginning or the end of a line alone."""
    found = [(n, m) for n, text in enumerate(texts) for m in markers_in(text)]
    found = [(n, m) for n, m in found if not at_edge or m.start == 0 or m.end == len(texts[n])]
    return [_by_place(m, before=n == 0 and m.start == 0, behind=n == len(texts) - 1) for n, m in found]


def _by_place(marker: Marker, *, before: bool, behind: bool) -> Marker:
    """A marker whose words serve either end as the one that its place tells: before all the text, or behind it."""
    if not marker.either or before == behind:
        return marker
    return replace(marker, jump=JumpEnd.FROM if before else JumpEnd.TO)


def _part(piece: _Printed, page: str, *, at_edge: bool) -> Part:
    """The piece for the jump graph; `at_edge`: only markers at the beginning or the end of a line count."""
    body = [s for s in piece.lines if s.role in _BODY]
    texts = with_whole_markers([reading(s.line.text) for s in body])
    markers = _markers(texts, at_edge=at_edge)
    behind = [s.line.text for s in body if not _is_marker_alone(s)]
    return Part(
        id=piece.id,
        page=page,
        title=_text(piece.lines, Role.TITLE),
        body="".join(map(_without_markers, texts)),
        begins_paragraph=bool(behind) and behind[0][:1].isspace(),
        comes_from=tuple(m.page for m in markers if m.jump is JumpEnd.FROM),
        goes_to=tuple(m.page for m in markers if m.jump is JumpEnd.TO),
    )


def _is_marker_alone(source: SourceLine) -> bool:
    return not _without_markers(reading(source.line.text)).strip()


def _without_markers(text: str) -> str:
    for marker in reversed(list(markers_in(text))):
        text = text[: marker.start] + text[marker.end :]
    return text


def _text(lines: Sequence[SourceLine], role: Role) -> str | None:
    return "".join(reading(s.line.text) for s in lines if s.role is role) or None


def _joined(
    printed: Sequence[_Printed], jumps: Sequence[JumpLink], waiting: Sequence[WaitingJump]
) -> Iterator[Article]:
    following, ends = {j.start: j.end for j in jumps}, {j.end for j in jumps}
    pieces = {p.id: p for p in printed}
    waits = {(w.article, w.end): w.page for w in waiting}
    for piece in printed:
        if piece.id in ends:
            continue
        chain = [piece]
        while (at := following.get(chain[-1].id)) is not None:
            chain.append(pieces[at])
        article = _article(chain)
        yield replace(
            article,
            continued_from=waits.get((piece.id, JumpEnd.FROM)),
            continued_to=waits.get((chain[-1].id, JumpEnd.TO)),
        )


def _article(chain: Sequence[_Printed]) -> Article:
    """One article of its printed parts; the headline is that of the first part that has one, and stands once."""
    titled = next((p for p in chain if _text(p.lines, Role.TITLE)), chain[0])
    lines = [s for p in chain for s in (p.lines if p is titled else _headless(p.lines))]
    ordered = in_order_of_parts(lines)
    return Article(
        id=chain[0].id,
        kind=chain[0].kind,
        lines=ordered,
        fields=fields_of(ordered),
        regions=tuple(ArticleRegion(p.page.number, r.id, r.kind.value, r.box) for p in chain for r in p.regions),
        confidence=_confidence(lines),
    )


def in_order_of_parts(lines: Sequence[SourceLine]) -> tuple[SourceLine, ...]:
    """The lines with the headline's parts and the byline first, captions and what is not of the body behind it."""
    return (
        *(s for role in _FIRST for s in lines if s.role is role),
        *(s for s in lines if s.role not in _FIRST and s.role not in _BEHIND),
        *(s for role in _BEHIND for s in lines if s.role is role),
    )


def _headless(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """The lines of a later part: its headline only repeats that of the first."""
    return (replace(s, role=Role.FURNITURE) if s.role in _HEADS else s for s in lines)


def _confidence(lines: Sequence[SourceLine]) -> float:
    """The mean confidence of the glyphs; 1 for plain text, of which nobody knows how it was read."""
    glyphs = [g.confidence for s in lines for g in s.line.glyphs]
    return fmean(glyphs) if glyphs else 1.0
