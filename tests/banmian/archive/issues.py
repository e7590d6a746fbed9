"""Small issues as they go out: drawn scans, lines with a place for each glyph, articles over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from banmian.archive.content.export_issue import ExportIssue, ExportPage
from banmian.archive.content.metadata import Metadata
from cleanup.article import Article, ArticleRegion, Issue, IssuePage, Role, SourceLine
from layout.geometry import Box
from layout.page import Direction, Glyph, Line, Page, Region, RegionKind, page_to_json

WIDTH, HEIGHT = 1000, 1400
EM = 40
MADE = "2020-01-02T03:04:05Z"
TOLD = Metadata(
    newspaper="澄州晚报",
    issn="1234-5679",
    cn="CN00-0127",
    place="澄州",
    publisher="澄州晚报社",
    rights="仅供研究 <&>",
    language="zh-Hans",
    date="2019-11-06",
)


def line(name: str, text: str, place: tuple[int, int], direction: Direction = Direction.HORIZONTAL) -> Line:
    """A line that begins at `place`, each of its characters an em of its own; spaces have no glyph."""
    x, y = place
    boxes = [Box(x + EM * i, y, x + EM * (i + 1), y + EM) for i in range(len(text))]
    end = Box(x, y, x + EM * max(1, len(text)), y + EM)
    if direction is Direction.VERTICAL_RL:
        boxes = [Box(x, y + EM * i, x + EM, y + EM * (i + 1)) for i in range(len(text))]
        end = Box(x, y, x + EM, y + EM * max(1, len(text)))
    glyphs = tuple(Glyph(c, box.grown(-2), 0.9) for c, box in zip(text, boxes, strict=True) if not c.isspace())
    return Line(name, end.corners, text, glyphs, direction)


def page(number: int, lines: Sequence[Line], source: Path = Path("scan.jpg")) -> Page:
    """A page of one region that holds the lines."""
    region = Region("r1", RegionKind.BODY, Box(0, 0, WIDTH, HEIGHT).corners, tuple(lines))
    size = {"width": WIDTH, "height": HEIGHT, "sheet_width": WIDTH, "sheet_height": HEIGHT}
    return Page(number, str(source), dpi=200.0, regions=(region,) if lines else (), **size)


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder in which issues are put together."""

    folder: Path

    def scan(self, name: str = "scan 1 '报'.jpg") -> Path:
        """A grey sheet of paper."""
        path = self.folder / name
        Image.new("L", (WIDTH, HEIGHT), 235).save(path, dpi=(200, 200))
        return path

    def holding(self, pages: Sequence[Page], articles: Sequence[Article], name: str = "澄州 '1'") -> ExportIssue:
        """The issue of the pages, each stored and with a scan of its own."""
        issue = Issue(name, pages=tuple(IssuePage(p.number) for p in pages), articles=tuple(articles))
        return ExportIssue(issue, TOLD, name, MADE, tuple(self._sheet(p, issue) for p in pages))

    def _sheet(self, page: Page, issue: Issue) -> ExportPage:
        stored = self.folder / f"{page.number:04}.json"
        stored.write_bytes(page_to_json(page))
        scan = self.scan(f"scan {page.number} '报'.jpg")
        return ExportPage(page.number, f"A{page.number}", "要闻", scan, 0, stored, issue, MADE)


def article(name: str, parts: Sequence[tuple[int, Line]], *, titled: bool = True) -> Article:
    """An article of lines by their pages, the first one its headline."""
    roles = [Role.TITLE if titled and at == 0 else Role.BODY for at in range(len(parts))]
    lines = tuple(SourceLine(number, part, role, "r1") for (number, part), role in zip(parts, roles, strict=True))
    boxes = [(number, part.box) for number, part in parts]
    regions = tuple(ArticleRegion(number, "r1", "body", box) for number, box in boxes)
    return Article(name, "澄州", lines=lines, regions=regions)
