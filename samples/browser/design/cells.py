"""Rows of cells, and what each cell holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from samples.browser.design.adverts import advert, small_adverts
from samples.browser.design.articles import article, briefs, photo_story, verse
from samples.browser.design.figures import figures, headline_list
from samples.browser.design.house import HEADS, RULES, TINTS, BrowserHouse, Room
from samples.browser.design.html import box, element

Maker = Callable[[BrowserHouse, Room], str]

_SPLITS: Final[Mapping[int, tuple[tuple[int, ...], ...]]] = {
    4: ((4,), (3, 1), (1, 3), (2, 2), (2, 1, 1)),
    5: ((5,), (3, 2), (2, 3), (4, 1), (1, 4), (2, 2, 1), (1, 3, 1)),
    6: ((4, 2), (2, 4), (3, 3), (2, 2, 2), (3, 2, 1), (5, 1), (1, 4, 1)),
    7: ((5, 2), (4, 3), (3, 4), (2, 3, 2), (3, 2, 2), (5, 1, 1)),
}
"""The ways in which a row of cells shares the columns of the page, by their number."""
_LEAST: Final = HEADS + 3
"""Lines of body type that a cell must have room for to hold one thing more."""


def row(house: BrowserHouse, columns: int, height: float) -> str:
    """A row of cells, each with about as much as fills so many lines."""
    split = house.rng.choice(_SPLITS[columns])
    rule = house.rng.choice(("", "", "border-left:1px solid #444;padding-left:.7em"))
    cells = []
    for n, span in enumerate(split):
        room = Room(span, house.across(span), height)
        cells.append(box(f"flex:{span} 1 {room.wide:.0f}px;{rule if n else ''}", _cell(house, room)))
    return element("div", None, *cells, kind="row")


def _cell(house: BrowserHouse, room: Room) -> str:
    """One thing, or several over each other, in a cell."""
    parts, left = [], room.height
    while left > _LEAST:
        low = room.height if room.span > 2 or house.chance(0.3) else house.rng.uniform(9, 16)
        height = left if left - low < _LEAST else low
        parts.append(_thing(house, Room(room.span, room.wide, height)))
        left -= height
    return box(f"border-top:{house.rng.choice(RULES)};margin:8px 0").join(parts)


def _boxed(house: BrowserHouse, room: Room) -> str:
    """An article, or a list of headlines, in a frame or on a tint."""
    style = house.rng.choice(
        (
            "border:1px solid #222;padding:8px",
            "border:3px double #222;padding:9px",
            f"background:{house.rng.choice(TINTS)};padding:9px",
            f"border:1px dashed #555;padding:8px;background:{house.rng.choice(TINTS)}",
        )
    )
    if room.span <= 2 and house.chance(0.3):
        return box(style, headline_list(house))
    return box(style, article(house, Room(room.span, room.wide - 20, room.height), fill=0.85))


_THINGS: Final[tuple[tuple[float, Callable[[Room], bool], Maker], ...]] = (
    (0.6, lambda _: True, article),
    (0.72, lambda room: room.span <= 2 and room.height > 14, briefs),
    (0.84, lambda _: True, _boxed),
    (0.9, lambda room: room.span <= 2 and room.height < 18, advert),
    (0.95, lambda room: room.height < 24, photo_story),
    (1.0, lambda _: True, article),
)
"""The number between 0 and 1 up to which each thing is drawn, and the room that it is drawn in."""
_MIXED: Final[tuple[Maker, ...]] = (verse, figures, small_adverts, verse)
"""What the cells of mixed pages hold besides."""


def _thing(house: BrowserHouse, room: Room) -> str:
    if house.mixed and house.chance(0.35):
        return house.rng.choice(_MIXED)(house, room)
    roll = house.rng.random()
    made = next(maker for below, fits, maker in _THINGS if roll < below and fits(room))
    return made(house, room)
