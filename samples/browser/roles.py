"""What the attributes of the HTML say: which element is which part of which article.

`data-a` names the article of an element and of those in it; `data-r` its role in the article; `data-o` tells that it is
printed and of no article. `data-join` on a paragraph makes it the rest of the paragraph before; `data-x="no"` leaves an
element out of the truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from samples.typeset.truth import PieceKind

KIND_OF_ROLE: Final[Mapping[str, PieceKind]] = {
    "kicker": PieceKind.KICKER,
    "title": PieceKind.TITLE,
    "subtitle": PieceKind.SUBTITLE,
    "byline": PieceKind.BYLINE,
    "dateline": PieceKind.BYLINE,
    "lead": PieceKind.LEAD,
    "p": PieceKind.BODY,
    "subhead": PieceKind.SUBHEAD,
    "caption": PieceKind.CAPTION,
    "credit": PieceKind.CREDIT,
    "list": PieceKind.LIST,
    "table": PieceKind.TABLE,
}
"""The kind of a printed line by the role of its element."""
PARAGRAPHS: Final = frozenset({"p", "lead", "subhead"})
"""Roles whose elements are paragraphs of the body."""
KIND_OF_OTHER: Final[Mapping[str, PieceKind]] = {
    "masthead": PieceKind.MASTHEAD,
    "folio": PieceKind.FOLIO,
    "date": PieceKind.DATE,
    "imprint": PieceKind.IMPRINT,
    "editors": PieceKind.IMPRINT,
    "label": PieceKind.LABEL,
    "badge": PieceKind.LABEL,
    "teaser": PieceKind.TEASER,
    "index": PieceKind.TEASER,
    "table": PieceKind.TABLE,
    "list": PieceKind.LIST,
    "figures": PieceKind.FIGURES,
    "weather": PieceKind.WEATHER,
    "qr": PieceKind.CODE,
    "jump": PieceKind.MARKER,
    "credit": PieceKind.CREDIT,
    "caption": PieceKind.CAPTION,
    **dict.fromkeys(("advert", "box", "infographic", "notice", "poem", "pullquote"), PieceKind.ADVERT),
}
"""The kind of print that is of no article, by its `data-o`; what has no kind of its own counts as an advert."""
