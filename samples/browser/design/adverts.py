"""Adverts: one in a frame or on a ground, and columns of classified ones."""

from __future__ import annotations

from html import escape

from samples.browser.design.house import BrowserHouse, Room
from samples.browser.design.html import box, element


def advert(house: BrowserHouse, room: Room) -> str:
    """A display advert, its first line large."""
    lines = house.write.advert()
    ground = house.pick(
        "border:2px solid #111", "background:#0d3b2a;color:#fff", "background:#fdf0d0;border:1px solid #b08a20"
    )
    size = min(house.em * 2.6, room.wide / max(4, len(lines[0])))
    first = element("div", f"{house.face()};font-size:{size:.1f}px", escape(lines[0]), other="advert")
    rest = (element("div", None, escape(text), other="advert") for text in lines[1:])
    return box(f"{ground};padding:14px;text-align:center", first, *rest)


def small_adverts(house: BrowserHouse, room: Room) -> str:
    """A column of classified adverts."""
    sign = house.pick("▲", "◆", "●", "")
    bar = f"background:#222;color:#fff;text-align:center;{house.face()};font-size:{house.em * 1.2:.1f}px"
    label = element("div", bar, house.said("分类广告", "分類廣告"), other="label")
    looks = "border-bottom:1px dotted #555"
    items = (
        element("div", looks, sign + escape(house.write.said("small_ads")), other="advert")
        for _ in range(max(3, round(room.height / 3)))
    )
    style = f"columns:{room.span};font-size:{house.em * 0.9:.1f}px;font-family:{house.faces.sans}"
    return label + box(style, *items)
