"""One IIIF Presentation 3 manifest an issue: its pages as canvases, its articles as ranges, its lines as annotations.

For viewers such as Mirador: put the folder on a web server under the address that metadata.toml gives as `base`. The
lines of a page lie in a file of their own beside the manifest, which viewers fetch when the page is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

from msgspec import UNSET

from banmian.archive.content.corrected_page import CorrectedPage
from banmian.archive.content.export_issue import ExportIssue, ExportPage
from banmian.archive.content.labels import issue_title, page_name, title_of
from banmian.archive.content.masters import SCANS, master
from banmian.archive.content.reading_order import in_order
from banmian.archive.content.xml_text import escaped, xml_text
from banmian.archive.iiif.base_address import http_address
from banmian.archive.iiif.line_annotations import LineAnnotation, line_text, lines_to_json
from banmian.archive.iiif.manifest import (
    CONTEXT,
    ArticleRange,
    Canvas,
    CanvasReference,
    Fact,
    Image,
    ImageFormat,
    IssueRange,
    LanguageMap,
    LinesReference,
    Manifest,
    Painting,
    PaintingPage,
    manifest_to_json,
)
from banmian.archive.iiif.web_image import put_web_scan
from banmian.archive.text.text import pieces
from cleanup.article import Article
from layout.errors import InputUnusable
from layout.geometry import Box
from layout.page import Direction

DEFAULT_BASE: Final = "http://localhost:8000"
"""Address at which `python3 -m http.server` in the exported folder serves it: for a look before publication."""

MANIFEST: Final = "manifest.json"

_RIGHTS: Final = re.compile(r"http://(creativecommons\.org|rightsstatements\.org/vocab)/[\w./-]+", re.ASCII)
"""What a manifest may give as its rights; any other statement is shown beside the scan instead."""

_FORMATS: Final[dict[str, ImageFormat]] = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
_NO_LANGUAGE: Final = "none"

_NAMES: Final = (
    ("报纸", "Newspaper"),
    ("日期", "Date"),
    ("ISSN", "ISSN"),
    ("国内统一刊号", "CN"),
    ("出版者", "Publisher"),
    ("出版地", "Place"),
)
_RIGHTS_LABEL: Final = {"zh": ["权利"], "en": ["Rights"]}
_LANGUAGE: Final = re.compile("[A-Za-z]+(-[A-Za-z]+)*")
"""The part of a language's tag that the schema takes."""


def write(holding: ExportIssue, part: Path) -> None:
    """Writes `part`/NAME/manifest.json, beside it scans/0001.jpg and lines/0001.json and so on.

    Raises PageFailed for a scan that is gone or damaged.
    """
    folder = part / holding.folder
    for name in (SCANS, "lines"):
        (folder / name).mkdir(parents=True)
    issue = _Issue(holding)
    manifest = _manifest(issue, tuple(_add_canvas(issue, sheet, folder) for sheet in holding.sheets))
    (folder / MANIFEST).write_text(manifest_to_json(manifest), encoding="utf-8")


class _Issue:
    """The holding, and the addresses of its parts; the same parts have the same addresses in every export."""

    def __init__(self, holding: ExportIssue) -> None:
        self.holding = holding
        tag = _LANGUAGE.match(holding.metadata.language or "")
        self.language = tag[0] if tag else _NO_LANGUAGE
        self._address = f"{_base(holding)}/{quote(holding.folder)}"

    def at(self, *parts: str) -> str:
        return "/".join([self._address, *(quote(part) for part in parts)])

    def canvas(self, number: int, box: Box | None = None) -> str:
        """The address of a page's canvas, or of a box on it."""
        return self.at("canvas", f"{number:04}") + ("" if box is None else _place(box))

    def label(self, text: str) -> LanguageMap:
        return {self.language: [xml_text(text)]}


def _place(box: Box) -> str:
    """The box as what follows the address of its canvas."""
    return f"#xywh={box.x0},{box.y0},{box.width},{box.height}"


def _base(holding: ExportIssue) -> str:
    """The address under which exports are served, without the stroke at its end; raises InputUnusable for another."""
    told = holding.metadata.base or DEFAULT_BASE
    address = http_address(told)
    if address is None:
        met = f"{holding.issue.name}: the base {told!r} in metadata.toml is no http address."
        raise InputUnusable(met, f'Give the address of a folder: base = "{DEFAULT_BASE}"')
    if "?" in told or "#" in told:
        met = f"{holding.issue.name}: the base {told!r} in metadata.toml goes on behind its path."
        raise InputUnusable(met, "Leave out what begins with ? or #.")
    return address.rstrip("/")


def _add_canvas(issue: _Issue, sheet: ExportPage, folder: Path) -> Canvas:
    """The page's canvas; its scan and its lines are put into the folder."""
    leaf, name = sheet.leaf(), f"{sheet.number:04}"
    scan = put_web_scan(master(sheet), sheet.frame, folder / SCANS / name)
    lines = issue.at("lines", f"{name}.json")
    (folder / "lines" / f"{name}.json").write_bytes(lines_to_json(lines, tuple(_lines(issue, leaf))))
    width, height = leaf.page.width, leaf.page.height
    image = Image(issue.at(SCANS, scan.name), "Image", height, width, _FORMATS[scan.suffix])
    canvas = issue.canvas(sheet.number)
    painting = Painting(issue.at("canvas", name, "scan"), "Annotation", "painting", image, canvas)
    page = PaintingPage(issue.at("canvas", name, "scans"), "AnnotationPage", (painting,))
    label = issue.label(page_name(sheet))
    return Canvas(canvas, "Canvas", label, height, width, (page,), (LinesReference(lines, "AnnotationPage"),))


def _lines(issue: _Issue, leaf: CorrectedPage) -> Iterator[LineAnnotation]:
    """The clean text of each line that has some and has a place, in reading order."""
    number = leaf.page.number
    language = None if issue.language == _NO_LANGUAGE else issue.language
    canvas = issue.canvas(number)
    for line, text in in_order(issue.holding.issue, leaf):
        box = line.box
        if box is not None and text.strip():
            yield line_text(f"{canvas}/line/{escaped(line.id)}", xml_text(text), language, canvas + _place(box))


def _manifest(issue: _Issue, canvases: tuple[Canvas, ...]) -> Manifest:
    told, label = issue.holding.metadata, issue.label(issue_title(issue.holding))
    ranges = tuple(_range(issue, article) for article in pieces(issue.holding.issue))
    licence = told.rights if told.rights and _RIGHTS.fullmatch(told.rights) else None
    statement = Fact(_RIGHTS_LABEL, issue.label(told.rights)) if told.rights and not licence else UNSET
    return Manifest(
        context=CONTEXT,
        id=issue.at(MANIFEST),
        type="Manifest",
        label=label,
        metadata=tuple(_facts(issue)),
        required_statement=statement,
        viewing_direction="right-to-left" if _runs_down(issue.holding) else "left-to-right",
        rights=licence or UNSET,
        date=f"{told.day}T00:00:00Z" if told.day and len(told.day) == len("2019-11-06") else UNSET,
        behavior=("paged",),
        items=canvases,
        structures=(IssueRange(issue.at("range", "articles"), "Range", label, ranges),) if ranges else UNSET,
    )


def _facts(issue: _Issue) -> Iterator[Fact]:
    """What metadata.toml and the folio tell, by names in Chinese and English."""
    told = issue.holding.metadata
    values = (told.newspaper, told.date, told.issn, told.cn, told.publisher, told.place)
    for (zh, en), value in zip(_NAMES, values, strict=True):
        if value:
            yield Fact({"zh": [zh], "en": [en]}, {_NO_LANGUAGE: [xml_text(value)]})


def _range(issue: _Issue, article: Article) -> ArticleRange:
    """The article: each of its regions on its canvas, in reading order; byline and pages beside its headline."""
    known = {sheet.number for sheet in issue.holding.sheets}
    boxes = [issue.canvas(r.page, r.box) for r in article.regions if r.box is not None and r.page in known]
    places = boxes or [issue.canvas(page) for page in article.pages if page in known]
    items = tuple(CanvasReference(place, "Canvas") for place in places)
    return ArticleRange(issue.at("range", escaped(article.id)), "Range", issue.label(title_of(article)), items)


def _runs_down(holding: ExportIssue) -> bool:
    """Whether most of the print runs down the page, and its pages so from right to left."""
    directions = [s.line.direction for a in holding.issue.articles for s in a.lines]
    return directions.count(Direction.VERTICAL_RL) * 2 > len(directions)
