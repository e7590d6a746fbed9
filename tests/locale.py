"""The Chinese of click's own words as gettext reads it; `python -m tests.locale` writes it again from click.zh.json."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import banmian.locale

FOLDER = Path(banmian.locale.__file__).parent
MO = FOLDER / "zh/LC_MESSAGES/messages.mo"
_HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"


def compiled() -> bytes:
    """A catalogue of GNU gettext: the texts sorted, each with its length and its place in the file."""
    texts = {"": _HEADER, **json.loads((FOLDER / "click.zh.json").read_text(encoding="utf-8"))}
    pairs = sorted((english.encode(), chinese.encode()) for english, chinese in texts.items())
    head, tables, strings = 28, 16 * len(pairs), b""
    places: list[tuple[int, int]] = []
    for column in (0, 1):
        for pair in pairs:
            places.append((len(pair[column]), head + tables + len(strings)))
            strings += pair[column] + b"\0"
    numbers = struct.pack("<7I", 0x950412DE, 0, len(pairs), head, head + 8 * len(pairs), 0, head + tables)
    return numbers + b"".join(struct.pack("<2I", *place) for place in places) + strings


if __name__ == "__main__":
    MO.parent.mkdir(parents=True, exist_ok=True)
    MO.write_bytes(compiled())
