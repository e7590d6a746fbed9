"""The form in which texts and words are compared: width, case and spaces don't count."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_FREE: Final = re.compile("(?<![!-~]) +| +(?![ !-~])")
"""White space beside a hanzi: names are set with it (王 刚), and no one types it. Between Latin words one stays."""


class _Table(dict[int, str]):
    """What each character becomes: half width, lower case, one code for one hanzi; nothing for variation selectors."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char == "\n" or unicodedata.category(char) == "Cs":
            plain = "\n"  # what no word reaches over
        elif char.isspace():
            plain = " "
        elif unicodedata.category(char) in {"Cc", "Cf"} or unicodedata.name(char, "").startswith("VARIATION SEL"):
            plain = ""
        else:
            plain = unicodedata.normalize("NFKC", char).casefold()
        self[code] = plain
        return plain


_TABLE: Final = _Table()


def folded(text: str) -> str:
    """The text as it is compared; line breaks stay, and no word reaches over them."""
    return _FREE.sub("", text.translate(_TABLE))


def origins(text: str) -> list[int]:
    """For each character of `folded(text)` the offset of the one in `text` that it comes from."""
    at = [i for i, char in enumerate(text) for _ in _TABLE[ord(char)]]
    free = {i for match in _FREE.finditer(text.translate(_TABLE)) for i in range(*match.span())}
    return [origin for i, origin in enumerate(at) if i not in free]
