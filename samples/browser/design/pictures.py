"""Photographs with their captions."""

from __future__ import annotations

from html import escape

from samples.browser.design.house import BrowserHouse
from samples.browser.design.html import box, element, photograph


def picture(house: BrowserHouse, wide: float) -> str:
    """A photograph in a place of `wide` CSS pixels; its caption is under it, beside it or on it."""
    rng, em, place = house.rng, house.em, house.look.caption_place
    height = round(rng.uniform(0.3, 0.55) * min(wide, 420))
    image = photograph(rng.randrange(10**6), height)
    size = em * rng.choice((0.8, 0.85, 0.9, 1.0))
    style = (
        f"font:{size:.1f}px/1.35 {house.pick(house.faces.sans, house.faces.brush, house.faces.serif)};text-align:left"
    )
    text = _caption(house)
    if place == "beside" and wide > 24 * em:
        side = element("figcaption", f"flex:0 0 {em * 7:.0f}px;{style}", text)
        return element("figure", "display:flex;gap:8px;break-inside:avoid;margin:4px 0", box("flex:1", image), side)
    if place == "on" and height > 80:
        bar = "position:absolute;left:0;right:0;bottom:0;padding:3px 6px;background:rgba(0,0,0,.6);color:#fff"
        on = element("figcaption", f"{bar};{style}", text)
        return element("figure", "position:relative;break-inside:avoid;margin:4px 0", image, on)
    return element("figure", "break-inside:avoid;margin:4px 0", image, element("figcaption", style, text))


def _caption(house: BrowserHouse) -> str:
    words = house.look.caption_sign + house.write.said("captions").lstrip("■▲▶▼◀●")
    caption = element("span", None, escape(words), role="caption")
    credit = house.write.said("credits", a=house.write.name())
    if house.chance(0.5):
        return caption + "　" + element("span", None, escape(credit), role="credit")
    return caption
