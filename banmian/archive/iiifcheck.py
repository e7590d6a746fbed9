"""What is wrong with a IIIF manifest that an export made, and with the files that it leads to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
from iiif_prezi3 import Manifest
from pydantic import ValidationError

from banmian.archive.finding import Fault, Finding
from banmian.archive.iiif import MANIFEST
from banmian.archive.iiiflines import LinePage, lines_from_json
from banmian.batch.intake import shown

_Node = dict[str, Any]
"""An object of the JSON, which its class in iiif_prezi3 has found valid."""


def findings(path: Path) -> Iterator[Finding]:
    """All that is wrong: no valid manifest, a file that it names and that is not there, an id that stands twice, a
    range or a line that leads to no canvas.
    """
    try:
        manifest = _parsed(path)
        base = str(manifest["id"]).removesuffix(MANIFEST)
        lines = [_beside(path, base, page["id"]) for c in manifest["items"] for page in c.get("annotations", [])]
        pages = [lines_from_json(file.read_bytes()) for file in lines if file.is_file()]
    except (ValidationError, msgspec.DecodeError, ValueError) as e:
        yield Finding(shown(path), Fault.DAMAGED, " ".join(str(e).split())[:200])
        return
    scans = [_beside(path, base, a["body"]["id"]) for c in manifest["items"] for p in c["items"] for a in p["items"]]
    for file in (*scans, *lines):
        if not file.is_file():
            yield Finding(shown(path), Fault.MISSING, f"{shown(file)} is not there")
    for told, fault in (*_twice(manifest, pages), *_leading_nowhere(manifest, pages)):
        yield Finding(shown(path), fault, told)


def _parsed(path: Path) -> _Node:
    data = path.read_bytes()
    Manifest.model_validate_json(data)
    node: _Node = json.loads(data)
    return node


def _beside(manifest: Path, base: str, address: str) -> Path:
    """The file of an address, where the manifest's folder is what is served at its base."""
    return manifest.parent / unquote(address.removeprefix(base))


def _twice(manifest: _Node, pages: list[LinePage]) -> Iterator[tuple[str, Fault]]:
    paintings = [page for canvas in manifest["items"] for page in canvas["items"]]
    nodes = [manifest, *manifest["items"], *_ranges(manifest), *paintings]
    nodes += [annotation for page in paintings for annotation in page["items"]]
    texts = [id_ for page in pages for id_ in (page.id, *(text.id for text in page.items))]
    for id_, count in Counter([*(node["id"] for node in nodes), *texts]).items():
        if count > 1:
            yield f"{id_} stands {count} times", Fault.ID_TWICE


def _leading_nowhere(manifest: _Node, pages: list[LinePage]) -> Iterator[tuple[str, Fault]]:
    canvases = {canvas["id"] for canvas in manifest["items"]}
    targets = [item["id"] for r in _ranges(manifest) for item in r["items"] if item["type"] == "Canvas"]
    for target in (*targets, *(text.target for page in pages for text in page.items)):
        if target.split("#")[0] not in canvases:
            yield f"{target} is no canvas of it", Fault.DANGLING


def _ranges(node: _Node) -> Iterator[_Node]:
    """Every range below, from the outermost in."""
    items: list[_Node] = node["structures"] if "structures" in node else node["items"]
    for below in items:
        if below["type"] == "Range":
            yield below
            yield from _ranges(below)
