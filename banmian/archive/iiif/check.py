"""What is wrong with a IIIF manifest that an export made, and with the files that it leads to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import msgspec

from banmian.archive.content.finding import ExportFault, ExportFinding
from banmian.archive.iiif.iiif import MANIFEST
from banmian.archive.iiif.line_annotations import LinePage, lines_from_json
from banmian.archive.iiif.manifest import ArticleRange, IssueRange, Manifest, PaintingPage, manifest_from_json
from banmian.store.display_path import shown


def findings(path: Path) -> Iterator[ExportFinding]:
    """All that is wrong: no valid manifest, a file that it names and that is not there, an id that stands twice, a
    range or a line that leads to no canvas.
    """
    try:
        manifest = manifest_from_json(path.read_bytes())
        base = manifest.id.removesuffix(MANIFEST)
        lines = [_beside(path, base, page.id) for canvas in manifest.items for page in canvas.annotations]
        pages = [lines_from_json(file.read_bytes()) for file in lines if file.is_file()]
    except (msgspec.DecodeError, ValueError) as e:
        yield ExportFinding(shown(path), ExportFault.DAMAGED, " ".join(str(e).split())[:200])
        return
    scans = [_beside(path, base, a.body.id) for page in _paintings(manifest) for a in page.items]
    for file in (*scans, *lines):
        if not file.is_file():
            yield ExportFinding(shown(path), ExportFault.MISSING, f"{shown(file)} is not there")
    for told, fault in (*_twice(manifest, pages), *_leading_nowhere(manifest, pages)):
        yield ExportFinding(shown(path), fault, told)


def _beside(manifest: Path, base: str, address: str) -> Path:
    """The file of an address, where the manifest's folder is what is served at its base."""
    return manifest.parent / unquote(address.removeprefix(base))


def _twice(manifest: Manifest, pages: list[LinePage]) -> Iterator[tuple[str, ExportFault]]:
    paintings = _paintings(manifest)
    ids = [manifest.id, *(canvas.id for canvas in manifest.items), *(page.id for page in paintings)]
    ids += [annotation.id for page in paintings for annotation in page.items]
    ids += [issue.id for issue in _issue_ranges(manifest)] + [article.id for article in _article_ranges(manifest)]
    texts = [id_ for page in pages for id_ in (page.id, *(text.id for text in page.items))]
    for id_, count in Counter([*ids, *texts]).items():
        if count > 1:
            yield f"{id_} stands {count} times", ExportFault.ID_TWICE


def _leading_nowhere(manifest: Manifest, pages: list[LinePage]) -> Iterator[tuple[str, ExportFault]]:
    canvases = {canvas.id for canvas in manifest.items}
    targets = [item.id for article in _article_ranges(manifest) for item in article.items]
    for target in (*targets, *(text.target for page in pages for text in page.items)):
        if target.split("#")[0] not in canvases:
            yield f"{target} is no canvas of it", ExportFault.DANGLING


def _paintings(manifest: Manifest) -> list[PaintingPage]:
    return [page for canvas in manifest.items for page in canvas.items]


def _issue_ranges(manifest: Manifest) -> tuple[IssueRange, ...]:
    return () if manifest.structures is msgspec.UNSET else manifest.structures


def _article_ranges(manifest: Manifest) -> list[ArticleRange]:
    return [article for issue in _issue_ranges(manifest) for article in issue.items]
