"""Elements of HTML as text, with the attributes that the truth is made from (samples.browser.roles)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TITLE: Final = "t"
"""The class of level display type."""
UPRIGHT: Final = "v"
"""The class of display type set from top to bottom."""
_MARKS: Final[Mapping[str, str]] = {"kind": "class", "role": "data-r", "other": "data-o", "article": "data-a"}
"""The attributes by the names that they have here."""


def element(tag: str, style: str | None, *content: str, **marks: str) -> str:
    """An element around content that is HTML already; its marks are a role, an other, an article or a kind."""
    told = "".join(f' {name}="{marks[mark]}"' for mark, name in _MARKS.items() if mark in marks)
    looks = "" if style is None else f' style="{style}"'
    return f"<{tag}{told}{looks}>{''.join(content)}</{tag}>"


def box(style: str, *content: str) -> str:
    """A part of the page that is nothing itself, a `div` around others."""
    return element("div", style, *content)


def paragraph(text: str, more: str = "") -> str:
    """A paragraph of a body, its first line indented by two characters."""
    return element("p", f"text-indent:2em{more}", text, role="p")


def photograph(number: int | str, height: float) -> str:
    """A photograph as wide as its place and `height` CSS pixels high; its number is its name."""
    style = f"display:block;width:100%;height:{height:.0f}px;object-fit:cover"
    return f'<img src="{number}.jpg" style="{style}">'
