"""Addresses of mail and of the web: in lower case an upright stroke is l, and no capital I."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ocr.line.seen import Seen

ADDRESS: Final = re.compile(r"(?:[\w.+-]+@[\w-]+|www\.[\w-]+)(?:\.[\w-]+)+", re.ASCII)
MOST_SURE: Final = 0.75
"""Confidence, at most, of a letter that its company decided: below what a reviewer looks at."""


def with_addresses(seen: Sequence[Seen]) -> list[Seen]:
    """The characters of a line; in an address without other capitals each I is l, with the reader's own on its record.

    The two look alike in many types, and hardly an address has a single capital.
    """
    out = list(seen)
    for found in ADDRESS.finditer("".join(s.char if len(s.char) == 1 else "\0" for s in seen)):
        if any(c.isupper() and c != "I" for c in found[0]):
            continue
        for at in range(found.start(), found.end()):
            if out[at].char == "I":
                out[at] = replace(out[at], char="l", confidence=min(MOST_SURE, out[at].confidence), other="I")
    return out
