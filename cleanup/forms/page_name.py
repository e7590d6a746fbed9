"""What the pages of an issue call themselves, so that a jump finds them: 2, A3."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from cleanup.forms.jump_marker import page_name

_PARTS: Final = re.compile(r"([A-Z]*)([0-9]+)")


def page_names(editions: Mapping[int, str | None]) -> dict[int, str]:
    """The name of each page by its number in the issue, as markers write it in plain digits.

    A folio tells it (`editions`: 版次 as printed, None where none was found). Where most pages that have a folio are
    counted alike, say A1 for the first and on from there, a page without one, or with one that does not fit, is
    counted so too. A page of which nothing is known is called by its number.
    """
    told = {number: page_name(e) for number, e in editions.items() if e}
    counts = Counter(c for number, name in told.items() if (c := _count(number, name)))
    common = next((c for c, n in counts.most_common(1) if n > 1 and 2 * n > len(told)), None)
    return {number: _name(number, told.get(number), common) for number in editions}


def _count(number: int, name: str | None) -> tuple[str, int] | None:
    """The letters of a page's name, and by how much its digits are ahead of its number."""
    found = _PARTS.fullmatch(name or "")
    return (found[1], int(found[2]) - number) if found else None


def _name(number: int, told: str | None, common: tuple[str, int] | None) -> str:
    if common is not None and number + common[1] > 0:
        return f"{common[0]}{number + common[1]}"
    return told or str(number)
