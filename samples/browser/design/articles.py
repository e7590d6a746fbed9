"""Articles: headline, signature, body in columns with a picture; briefs, photo stories and verse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Final

from samples.browser.design.house import GUTTER, INK, TINTS, BrowserHouse, Room
from samples.browser.design.html import TITLE, UPRIGHT, box, element, paragraph, photograph
from samples.browser.design.pictures import picture
from samples.typeset.front.words import FrontWriter
from samples.typeset.story import Para

_TOP: Final = ("under", "ruled", "boxed")
"""The looks of a byline that stands under the headline."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What an article says; its byline is empty where another part of the article has it."""

    title: str
    byline: str
    paras: Sequence[Para]


def article(house: BrowserHouse, room: Room, fill: float = 1.0) -> str:
    """An article that takes about the share `fill` of the room."""
    number, write, rng, span = house.next_article(), house.write, house.rng, room.span
    title, byline = write.title(6, 10 + 5 * span), write.byline_pair()[1]
    body = write.body(round(fill * room.amount(house)), subheads=rng.choice((0.0, 0.1, 0.2)))
    text = _Text(title, byline, body)
    upright = span >= 2 and house.chance(0.2)
    size = min(house.em * rng.uniform(1.5, 3.2), 0.9 * room.wide / (0.62 * len(title)))
    columns = _columns(house, text, span - 1 if upright else span, room.wide)
    heading = _heading(house, text, max(size, 1.25 * house.em), upright=upright)
    if upright:
        order = [heading, box("flex:1", columns)]
        if house.chance(0.6):
            order.reverse()
        inner = box(f"display:flex;gap:{house.em}px;align-items:flex-start", *order)
    elif span >= 3 and house.chance(0.15):
        inner = _beside(house, text, room.wide, heading)
    else:
        inner = heading + columns
    return element("div", None, inner, article=number)


# --- headlines --------------------------------------------------------------------------------------------------------


def _heading(house: BrowserHouse, text: _Text, size: float, *, upright: bool) -> str:
    """The headline with its kicker, its deck, its column label and its signature."""
    write, rng, em, faces = house.write, house.rng, house.em, house.faces
    align = rng.choice(("left", "left", "center"))
    colour = rng.choice(INK)
    squeeze = 1.0 if upright else rng.choice((1.0, 1.0, 1.0, 0.85))
    face = house.face()
    small = f"font-size:{max(1.05 * em, size * rng.uniform(0.4, 0.55)):.1f}px;text-align:{align}"
    kind = UPRIGHT if upright else TITLE
    kicker = deck = ""
    if house.chance(0.35) and not upright:
        kicker = element("h2", f"{house.face()};{small}", escape(write.said("kickers")), role="kicker", kind=kind)
    if house.chance(0.35):
        family = house.pick(faces.brush, faces.sans, faces.serif)
        words = escape(write.said("subtitles"))
        deck = element("h3", f"font-family:{family};{small}", words, role="subtitle", kind=kind)
    label = _label(house) if house.chance(0.12) else ""
    byline = _byline(house, text.byline) if house.look.byline in _TOP and not upright else ""
    dark = house.chance(0.06) and not upright
    looks = (
        f"{face};font-size:{size:.1f}px;color:{'#fff' if dark else colour};text-align:{align};"
        f"transform:scaleX({squeeze});transform-origin:{align}"
    )
    title = element("h1", looks, escape(text.title), role="title", kind=kind)
    if upright:
        return box("display:flex;flex-direction:row-reverse;align-items:flex-start", title, deck)
    ground = "background:#1c2b3a;color:#fff;padding:6px 10px" if dark else ""
    gap = rng.choice((2, 5, 9))
    return label + box(ground, kicker, title, deck) + byline + box(f"height:{gap}px")


def _label(house: BrowserHouse) -> str:
    ground = {
        "bar": "background:#8a1016;color:#fff;padding:1px 10px",
        "plain": "border-bottom:2px solid #8a1016",
        "box": "border:1px solid #111;padding:1px 8px",
    }[house.look.label]
    words = escape(house.write.said("labels"))
    looks = f"display:inline-block;{house.face()};font-size:{house.em * 1.3:.1f}px;{ground}"
    return element("span", looks, words, other="label")


def _byline(house: BrowserHouse, byline: str) -> str:
    align = house.pick("center", "left", "center", "right")
    face = house.pick(house.faces.brush, house.faces.brush, house.faces.serif, house.faces.sans)
    border = {
        "under": "",
        "ruled": "border-top:1px solid #666;border-bottom:1px solid #666",
        "boxed": "border-bottom:1px solid #111",
    }[house.look.byline]
    return element("div", f"font-family:{face};text-align:{align};{border}", escape(byline), role="byline")


# --- bodies -----------------------------------------------------------------------------------------------------------


def _beside(house: BrowserHouse, text: _Text, wide: float, heading: str) -> str:
    """The headline over the later columns alone; the first column begins beside it, at the same height."""
    cut = max(1, len(text.paras) // 3)
    column = house.column * house.em
    first = _flow(house, replace(text, paras=text.paras[:cut]), 1)
    count = max(1, round((wide - column) / column) - 1)
    rest = _flow(house, replace(text, byline="", paras=text.paras[cut:]), count)
    return box(
        f"display:flex;gap:{GUTTER * house.em}px", box(f"flex:0 0 {column:.0f}px", first), box("flex:1", heading, rest)
    )


def _columns(house: BrowserHouse, text: _Text, count: int, wide: float) -> str:
    """The body, with or without a picture over it, in it or beside it."""
    if not house.chance(0.35):
        return _flow(house, text, count)
    image = picture(house, wide)
    if count >= 3 and house.chance(0.5):
        share = house.pick("34%", "50%", "60%")
        side = house.pick("row", "row-reverse")
        body = _flow(house, text, max(1, round(count * (0.6 if share == "34%" else 0.5))))
        style = f"display:flex;flex-direction:{side};gap:{1.2 * house.em}px;align-items:flex-start"
        return box(style, box(f"flex:0 0 {share}", image), box("flex:1", body))
    if house.chance(0.5):
        return image + _flow(house, text, count)
    return _flow(house, text, count, image)


def _flow(house: BrowserHouse, text: _Text, count: int, image: str = "") -> str:
    """The paragraphs in columns, a picture between two of them."""
    look, faces, byline, parts = house.look, house.faces, escape(text.byline), []
    at = house.rng.randrange(len(text.paras)) if image else -1
    if look.byline == "first" and byline:
        parts.append(element("p", f"font-family:{faces.brush};text-indent:2em", byline, role="byline"))
    for n, para in enumerate(text.paras):
        if n == at:
            parts.append(image)
        parts.append(_paragraph(house, para, first=n == 0))
    if look.byline == "end" and byline:
        face = house.pick(faces.brush, faces.serif, faces.sans)
        parts.append(element("div", f"text-align:right;font-family:{face}", byline, role="byline"))
    gap = house.rng.choice((1.0, 1.4, 1.8)) * house.em
    return box(f"columns:{count};column-gap:{gap:.1f}px;column-rule:{look.column_rule}", *parts)


def _paragraph(house: BrowserHouse, para: Para, *, first: bool) -> str:
    look, text = house.look, escape(para.text)
    if para.subhead:
        return element("h4", f"{look.subhead};break-after:avoid", text, role="subhead")
    if not first or look.lead == "none":
        return paragraph(text)
    style = {
        "bold": f"font-family:{house.faces.sans};font-weight:700",
        "brush": f"font-family:{house.faces.brush};font-size:{house.em * 1.1:.1f}px",
        "tint": f"background:{TINTS[0]};padding:4px",
        "white": "background:#333;color:#fff;padding:6px",
    }[look.lead]
    return element("p", f"text-indent:2em;{style}", text, role="lead")


# --- articles of other kinds ------------------------------------------------------------------------------------------

_BRIEFS: Final = {"hans": ("简讯", "要闻速览", "本埠短讯", "一周回眸"), "hant": ("簡訊", "要聞速覽", "港聞簡訊")}
"""Names of columns of briefs."""


def briefs(house: BrowserHouse, room: Room) -> str:
    """Short articles under each other, a label over them."""
    write, rng, em = house.write, house.rng, house.em
    standing = house.chance(0.3)
    label = write.pick("labels") if standing else rng.choice(_BRIEFS["hans"])
    if house.language == "hant" and label in _BRIEFS["hans"]:
        label = rng.choice(_BRIEFS["hant"])
    ground = rng.choice(("background:#222;color:#fff", "border-bottom:2px solid #111", "color:#b01018"))
    bold = f"font-family:{house.pick(house.faces.sans, house.faces.serif)};font-weight:700"
    size = em * rng.choice((1.0, 1.15, 1.35, 1.6))
    align = rng.choice(("left", "center"))
    rule = rng.choice(
        ("", "border-top:1px solid #999;margin-top:5px", "border-top:1px dotted #333;margin-top:5px", "margin-top:6px")
    )
    looks = f"{house.face()};font-size:{em * 1.5:.1f}px;text-align:center;{ground}"
    parts = [element("div", looks, escape(label), other="label")]
    looks = f"{bold};font-size:{size:.1f}px;text-align:{align};line-height:1.3"
    for _ in range(max(2, round(room.height / 7))):
        body = write.paragraph(rng.choice(write.patterns["openers"]) if house.chance(0.4) else None).text
        title = element("h3", looks, escape(write.title(5, 11)), role="title")
        parts.append(element("div", rule, title, paragraph(escape(body)), article=house.next_article()))
    return "".join(parts)


def photo_story(house: BrowserHouse, room: Room) -> str:
    """A picture with a headline and a short text beside or under it."""
    number, write = house.next_article(), house.write
    image = photograph(house.rng.randrange(10**6), min(260, room.wide * 0.5))
    looks = f"{house.face()};font-size:{house.em * 1.8:.1f}px"
    text = element("h2", looks, escape(write.title(5, 14)), role="title", kind=TITLE)
    text += "".join(paragraph(escape(p.text)) for p in write.body(90, 0.0)[:2])
    byline = escape(write.byline_pair()[1])
    if house.look.byline == "end":
        text += element("div", f"text-align:right;font-family:{house.faces.brush}", byline, role="byline")
    frame = "border:1px solid #777;padding:7px"
    if room.wide > 30 * house.em:
        sides = box("flex:3", image), box("flex:2", text)
        return element("div", f"display:flex;gap:10px;{frame}", *sides, article=number)
    return element("div", frame, image, text, article=number)


def verse(house: BrowserHouse, room: Room) -> str:
    """A poem: lines without marks, each a paragraph, its writer under the title."""
    number, write, rng, faces = house.next_article(), house.write, house.rng, house.faces
    pieces = [p for p in _phrases(write) if 4 <= len(p) <= 12]
    lines = pieces[: rng.choice((8, 10, 12, 14))]
    pen = "".join(rng.sample("南北春秋山川竹石雨文墨耕舟野笛月溪木田白", 2))
    writer = rng.choice((write.name(), pen))
    sign = element(
        "div", f"font-family:{faces.brush};text-align:{rng.choice(('left', 'center'))}", writer, role="byline"
    )
    align = rng.choice(("left", "left", "center"))
    face = house.pick(faces.serif, faces.brush)
    rows = (
        element("p", "margin-top:1em" if n and n % 4 == 0 else "", escape(t), role="p") for n, t in enumerate(lines)
    )
    size = rng.choice((1.3, 1.6, 2.0)) * house.em
    looks = f"{house.face()};font-size:{size:.1f}px;text-align:{align}"
    title = element("h3", looks, escape(write.title(4, 9)), role="title", kind=TITLE)
    indent, columns = 0 if align == "center" else 2, 1 if room.span == 1 else 2
    style = f"font-family:{face};text-align:{align};padding-left:{indent}em;columns:{columns}"
    return element("div", None, title, sign, box(style, *rows), article=number)


def _phrases(write: FrontWriter) -> list[str]:
    """Pieces of sentences between marks, without figures."""
    text = "".join(p.text for p in write.body(900, 0.0))
    for mark in "，。；：、！？“”‘’（）《》「」":
        text = text.replace(mark, "\n")
    return [t for t in text.split("\n") if t and not any(c.isascii() for c in t)]
