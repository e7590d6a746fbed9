"""Lists and figures, which are of no article."""

from __future__ import annotations

from html import escape

from samples.browser.design.house import TINTS, BrowserHouse, Room
from samples.browser.design.html import box, element


def headline_list(house: BrowserHouse) -> str:
    """A title over headlines of other articles, each a line."""
    write = house.write
    looks = f"{house.face()};font-size:{house.em * 1.5:.1f}px;text-align:center"
    title = element("div", looks, escape(write.said("list_titles")), other="list")
    sign = house.pick("●", "■", "·", "◆", "")
    count = house.rng.randint(4, 8)
    return title + "".join(element("div", None, sign + escape(write.title(8, 20)), other="list") for _ in range(count))


def figures(house: BrowserHouse, room: Room) -> str:
    """Large figures, each with a word under it, or rows of words and figures."""
    ground = house.rng.choice(TINTS)
    looks = f"{house.face()};font-size:{house.em * 1.4:.1f}px;text-align:center"
    title = element("div", looks, escape(house.write.said("figure_titles")), other="figures")
    count = house.rng.randint(3, 5)
    if house.chance(0.5):
        made = box("display:flex;flex-wrap:wrap", *(_large(house) for _ in range(count)))
    else:
        rows = (_row(house, 2 + (room.span > 1)) for _ in range(count + 3))
        made = element("table", "width:100%", *rows)
    return box(f"background:{ground};padding:8px", title, made)


def _large(house: BrowserHouse) -> str:
    write = house.write
    looks = f"{house.face()};font-size:{house.em * 2:.1f}px;color:#b01018"
    figure = element("div", looks, write.filled(house.pick("{percent}", "{count}", "{amount}")), other="figures")
    word = element("div", None, escape(write.said("figure_items")), other="figures")
    return box("flex:1;text-align:center", figure, word)


def _row(house: BrowserHouse, count: int) -> str:
    word = element("td", None, escape(house.write.said("figure_items")), other="figures")
    cells = (
        element("td", "text-align:right", str(house.rng.randint(1, 9999) / 10), other="figures") for _ in range(count)
    )
    return element("tr", None, word, *cells)
