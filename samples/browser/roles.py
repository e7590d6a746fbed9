"""What the attributes of the HTML say: which element is which part of which article.

`data-a` names the article of an element and of those in it; `data-r` its role in the article; `data-o` tells that it is
printed and of no article. `data-join` on a paragraph makes it the rest of the paragraph before; `data-x="no"` leaves an
element out of the truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from samples.typeset.truth import Kind

KIND_OF_ROLE: Final[Mapping[str, Kind]] = {
    "kicker": Kind.KICKER,
    "title": Kind.TITLE,
    "subtitle": Kind.SUBTITLE,
    "byline": Kind.BYLINE,
    "dateline": Kind.BYLINE,
    "lead": Kind.LEAD,
    "p": Kind.BODY,
    "subhead": Kind.SUBHEAD,
    "caption": Kind.CAPTION,
    "credit": Kind.CREDIT,
    "list": Kind.LIST,
    "table": Kind.TABLE,
}
"""The kind of a printed line by the role of its element."""
PARAGRAPHS: Final = frozenset({"p", "lead", "subhead"})
"""Roles whose elements are paragraphs of the body."""
KIND_OF_OTHER: Final[Mapping[str, Kind]] = {
    "masthead": Kind.MASTHEAD,
    "folio": Kind.FOLIO,
    "date": Kind.DATE,
    "imprint": Kind.IMPRINT,
    "editors": Kind.IMPRINT,
    "label": Kind.LABEL,
    "badge": Kind.LABEL,
    "teaser": Kind.TEASER,
    "index": Kind.TEASER,
    "table": Kind.TABLE,
    "list": Kind.LIST,
    "figures": Kind.FIGURES,
    "weather": Kind.WEATHER,
    "qr": Kind.CODE,
    "jump": Kind.MARKER,
    "credit": Kind.CREDIT,
    "caption": Kind.CAPTION,
    **dict.fromkeys(("advert", "box", "infographic", "notice", "poem", "pullquote"), Kind.ADVERT),
}
"""The kind of print that is of no article, by its `data-o`; what has no kind of its own counts as an advert."""
