"""IIIF manifests: valid, their ids unique and stable, their places on the scan; what is damaged is found."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from PIL import Image

from banmian.archive.content.export_issue import ExportIssue
from banmian.archive.content.finding import ExportFault
from banmian.archive.iiif import check as iiifcheck
from banmian.archive.iiif import iiif
from banmian.archive.iiif.base_address import http_address
from layout.errors import InputUnusable, PageFailed
from layout.page import Direction
from tests.banmian.archive.issues import HEIGHT, WIDTH, Desk, article, line, page
from tests.banmian.archive.standards import read_by

VALIDATOR = Path(__file__).resolve().parents[2] / "readers/iiif.py"
SCHEMA = Path(__file__).resolve().parents[4] / "shared/schemas/iiif/iiif_3_0.json"
BASE = "http://localhost:8000/%E6%BE%84%E5%B7%9E%20%271%27"


def _holding(folder: Path) -> ExportIssue:
    """Two pages, an article over both, one without a title, a page without text; odd characters."""
    title, body = line("l:1 '", "山村邮路\x00<&>", (40, 100)), line("l2", "清晨六点𠮷。", (40, 200))
    rest, lone = line("l1", "山路弯弯。", (900, 100), Direction.VERTICAL_RL), line("l2", "老人们。", (40, 300))
    jump = article("a/1", [(1, title), (1, body), (2, rest)])
    return Desk(folder).holding(
        [page(1, [title, body]), page(2, [lone, rest]), page(3, [])],
        [jump, article("a2", [(2, lone)], titled=False)],
    )


def _write(holding: ExportIssue, folder: Path) -> Path:
    folder.mkdir()
    iiif.write(holding, folder)
    return folder / holding.folder / "manifest.json"


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_schema_takes_manifest_and_lines(tmp_path: Path) -> None:
    """The published schema finds the manifest and each page of annotations valid."""
    if not SCHEMA.exists():
        pytest.skip(f"the published schema is not at {SCHEMA}")
    manifest = _write(_holding(tmp_path), tmp_path / "out")
    validator = jsonschema.Draft7Validator(_json(SCHEMA))
    files = [manifest, *sorted(manifest.parent.glob("lines/*.json"))]
    assert len(files) == 4
    assert [e.message for file in files for e in validator.iter_errors(_json(file))] == []


def test_iiif_prezi3_takes_the_manifest(tmp_path: Path) -> None:
    """A program that is not ours reads it, and finds a damaged one invalid."""
    manifest = _write(_holding(tmp_path), tmp_path / "out")
    damaged = tmp_path / "damaged.json"
    damaged.write_text(manifest.read_text(encoding="utf-8").replace('"Canvas"', '"Page"'), encoding="utf-8")
    with_it = read_by("python", "-c", "import importlib.util as u; print(u.find_spec('iiif_prezi3') is not None)")
    if with_it.strip() != "True":
        pytest.skip("iiif-prezi3 is not in .venv-readers: make install-tests")
    first, second = read_by("python", VALIDATOR, manifest, damaged).splitlines()
    assert first == f"{manifest} valid"
    assert not second.endswith(" valid")


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("http://localhost:8000", "http://localhost:8000/"),
        ("HTTPS://iiif.Example.org:443/b/", "https://iiif.example.org/b/"),
        ("https://a.example:80/x", "https://a.example:80/x"),
        ("http://报.example/报 纸/", "http://xn--4ru.example/%E6%8A%A5%20%E7%BA%B8/"),
        ("http://a.example/x/../%20y'", "http://a.example/%20y'"),
        ("http://me:word@[::1]:80/", "http://me:word@[::1]/"),
        ("http://a.example/x;y=1,@:+", "http://a.example/x;y=1,@:+"),
        ("http://a b/", None),
        ("http://a.example:99999/", None),
        ("http://a..b/", None),
        ("ftp://a.example/", None),
        ("报", None),
        ("http://", None),
        ("", None),
    ],
)
def test_an_address_has_one_spelling(told: str, address: str | None) -> None:
    """Scheme, host, port and path as ids have them; what is no http address is none, and none becomes another twice."""
    assert http_address(told) == address
    if address is not None:
        assert http_address(address) == address


def test_articles_are_ranges_and_lines_annotations(tmp_path: Path) -> None:
    """A range has its headline and its boxes over both pages; a line its clean text and its box; scans lie beside."""
    path = _write(_holding(tmp_path), tmp_path / "out")
    manifest, lines = _json(path), _json(path.parent / "lines/0001.json")
    (articles,) = manifest["structures"]
    assert [r["label"]["zh-Hans"] for r in articles["items"]] == [["山村邮路\ufffd<&>"], ["老人们。"]]
    jump = [item["id"] for item in articles["items"][0]["items"]]
    assert jump[0] == f"{BASE}/canvas/0001#xywh=40,100,320,40"
    assert jump[2] == f"{BASE}/canvas/0002#xywh=900,100,40,200"
    assert [a["body"]["value"] for a in lines["items"]] == ["山村邮路\ufffd<&>", "清晨六点𠮷。"]
    assert lines["items"][1]["target"] == f"{BASE}/canvas/0001#xywh=40,200,240,40"
    assert manifest["requiredStatement"]["value"] == {"zh-Hans": ["仅供研究 <&>"]}
    assert (manifest["items"][0]["width"], manifest["items"][0]["height"]) == (WIDTH, HEIGHT)
    assert [p.name for p in sorted(path.parent.glob("scans/*"))] == ["0001.jpg", "0002.jpg", "0003.jpg"]
    assert list(iiifcheck.findings(path)) == []


def test_a_second_export_has_the_same_bytes(tmp_path: Path) -> None:
    """Ids and all else stay; under another address only the address changes."""
    holding = _holding(tmp_path)
    first, second = (_write(holding, tmp_path / name) for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()
    elsewhere = replace(holding, metadata=replace(holding.metadata, base="HTTPS://iiif.Example.org/b/"))
    moved = _write(elsewhere, tmp_path / "three").read_text()
    assert moved.replace("https://iiif.example.org/b", "http://localhost:8000") == first.read_text()


@pytest.mark.parametrize("base", ["iiif.example.org", "ftp://a.example/", "http://", "http://a.example/?x=1", "报"])
def test_a_base_that_is_no_address_is_told(tmp_path: Path, base: str) -> None:
    """What ids cannot be made from is refused with the key's name."""
    holding = _holding(tmp_path)
    with pytest.raises(InputUnusable, match="base"):
        _write(replace(holding, metadata=replace(holding.metadata, base=base)), tmp_path / "out")


@pytest.mark.parametrize(
    "told",
    [{"language": "中文"}, {"language": "es-419"}, {"date": "2019-13-45"}, {"rights": "http://creativecommons.org/ x"}],
)
def test_odd_metadata_leave_the_manifest_valid(tmp_path: Path, told: dict[str, str]) -> None:
    """What IIIF has no place for goes where it has one, or stays out."""
    holding = _holding(tmp_path)
    path = _write(replace(holding, metadata=replace(holding.metadata, **told)), tmp_path / "out")
    assert list(iiifcheck.findings(path)) == []
    if SCHEMA.exists():
        assert list(jsonschema.Draft7Validator(_json(SCHEMA)).iter_errors(_json(path))) == []


def test_what_browsers_cannot_show_becomes_a_picture_that_they_can(tmp_path: Path) -> None:
    """A TIFF of two tones goes out as PNG, a grey one as JPEG, and both as large as they were."""
    holding = _holding(tmp_path)
    for at, mode in enumerate(["1", "L"]):
        Image.new(mode, (WIDTH, HEIGHT), 1).save(tmp_path / f"{mode}.tif")
        sheet = replace(holding.sheets[at], scan=tmp_path / f"{mode}.tif")
        holding = replace(holding, sheets=(*holding.sheets[:at], sheet, *holding.sheets[at + 1 :]))
    path = _write(holding, tmp_path / "out")
    assert [p.name for p in sorted(path.parent.glob("scans/*"))] == ["0001.png", "0002.jpg", "0003.jpg"]
    for scan in path.parent.glob("scans/*"):
        with Image.open(scan) as image:
            assert image.size == (WIDTH, HEIGHT)


def test_a_missing_scan_is_refused(tmp_path: Path) -> None:
    """Without a page's scan there is no manifest."""
    holding = _holding(tmp_path)
    scan = holding.sheets[1].scan
    assert scan is not None
    scan.unlink()
    with pytest.raises(PageFailed, match=r"Page 2: the scan .* is gone"):
        _write(holding, tmp_path / "out")


def test_each_damage_is_found(tmp_path: Path) -> None:
    """A file that is gone, an id that stands twice, a line on no canvas, no manifest at all."""
    path = _write(_holding(tmp_path), tmp_path / "out")
    (path.parent / "scans/0001.jpg").unlink()
    lines = path.parent / "lines/0001.json"
    told = _json(lines)
    told["items"][0]["id"] = told["items"][1]["id"]
    told["items"][0]["target"] = "http://localhost:8000/elsewhere#xywh=1,2,3,4"
    lines.write_text(json.dumps(told))
    assert sorted(f.fault for f in iiifcheck.findings(path)) == [
        ExportFault.DANGLING,
        ExportFault.ID_TWICE,
        ExportFault.MISSING,
    ]
    for broken in (b"", b"{}", b"[1]", b'{"id": 1}', path.read_bytes()[:300]):
        path.write_bytes(broken)
        assert [f.fault for f in iiifcheck.findings(path)] == [ExportFault.DAMAGED]
