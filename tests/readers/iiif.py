"""Validates IIIF manifests with iiif-prezi3. Run with the Python of .venv-readers.

Prints a line for each file: its name, and `valid` or what is wrong.
"""

from __future__ import annotations

import sys
from pathlib import Path

from iiif_prezi3 import Manifest
from pydantic import ValidationError


def main(files: list[str]) -> None:
    for file in files:
        try:
            Manifest.model_validate_json(Path(file).read_bytes())
        except ValidationError as e:
            print(file, " ".join(str(e).split()))
        else:
            print(file, "valid")


if __name__ == "__main__":
    main(sys.argv[1:])
