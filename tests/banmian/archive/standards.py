"""The published schemas, and the programs of others that read what we write; a test skips where one is not there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
import xmlschema
from lxml import etree

ROOT = Path(__file__).resolve().parents[3]
SCHEMAS = ROOT.parent / "shared/schemas"
READERS = ROOT / ".venv-readers/bin"


def published(name: str) -> Path:
    """A published schema."""
    if not SCHEMAS.exists():
        pytest.skip(f"the published schemas are not at {SCHEMAS}")
    return SCHEMAS / name


class _Here(etree.Resolver):
    def resolve(self, url: str, _id: str, context: object) -> object:
        near = {"xlink.xsd": "mets/xlink.xsd", "xml.xsd": "xml/xml.xsd"}.get(url.rsplit("/", 1)[-1])
        return self.resolve_filename(str(SCHEMAS / near), context) if near else None  # type: ignore[arg-type]


def schema(name: str) -> etree.XMLSchema:
    """A schema that libxml2 takes."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Here())
    return etree.XMLSchema(etree.parse(published(name), parser))


def mods() -> xmlschema.XMLSchema:
    """MODS 3.8, which libxml2 refuses."""
    near = {
        "http://www.w3.org/1999/xlink": str(published("mets/xlink.xsd")),
        "http://www.w3.org/XML/1998/namespace": str(published("xml/xml.xsd")),
    }
    return xmlschema.XMLSchema(published("mods/mods-archivematica.xsd"), locations=near, allow="local")


def jing(files: Iterable[Path]) -> str:
    """What jing says of TEI files: nothing where all are valid."""
    if shutil.which("jing") is None:
        pytest.skip("jing is not installed: apt-get install jing")
    command = ["jing", published("tei/tei_all.rng"), *files]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def read_by(program: str, *arguments: str | Path, folder: Path | None = None) -> str:
    """What a program of the readers' environment writes, or else what it tells; it fails where the program does."""
    if not (READERS / program).exists():
        pytest.skip(f"{program} is not there: make install-tests")
    command = [READERS / program, *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=folder)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout or done.stderr
