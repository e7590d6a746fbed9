"""Pages drawn by chance as HTML: a grid of rows and cells, each cell an article or something else in a design of its own.

The browser does the setting: columns of equal height, spacing, line breaks, floats. What varies is what varies between
newspapers: faces, sizes, where the headline stands, how writers sign, how subheads, boxes and captions look.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from random import Random
from typing import Final

from samples.typeset.front.words import FrontWriter
from samples.typeset.story import Para

_SERIF: Final = {"hans": "'Noto Serif CJK SC'", "hant": "'Noto Serif CJK TC'"}
_SANS: Final = {"hans": "'Noto Sans CJK SC'", "hant": "'Noto Sans CJK HK'"}
_BRUSH: Final = {"hans": "'AR PL UKai CN'", "hant": "'AR PL UKai TW'"}
_COLOURS: Final = ("#111", "#111", "#111", "#b01018", "#123c7a", "#0b5d3b", "#7a5a12")
_TINTS: Final = ("#f2f2f2", "#fbeadb", "#e8f0f8", "#eef5e6", "#e6e6e6", "#fdf6d8")
_RULES: Final = ("none", "1px solid #222", "2px solid #111", "3px double #111", "1px solid #999", "4px solid #b01018")


@dataclass
class House:
    """The style of one newspaper: what its articles have in common."""

    rng: Random
    write: FrontWriter
    language: str
    em: float
    """Body type in CSS pixels."""
    column: float
    """The width of a column in em."""
    mixed: bool = False
    """Whether its pages hold verse, rows of figures and classified adverts too."""
    ids: int = 0

    def pick(self, *choices: str) -> str:
        return self.rng.choice(choices)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def serif(self) -> str:
        return _SERIF[self.language]

    def sans(self) -> str:
        return _SANS[self.language]

    def brush(self) -> str:
        return _BRUSH[self.language]

    def face(self) -> str:
        """A face of display type, with its weight."""
        return self.pick(
            f"font-family:{self.serif()};font-weight:700", f"font-family:{self.serif()};font-weight:900",
            f"font-family:{self.sans()};font-weight:700", f"font-family:{self.sans()};font-weight:900",
            f"font-family:{self.sans()};font-weight:500", f"font-family:{self.brush()}",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How the articles of one house print what they have; each a way that is kept over the page."""

    subhead: str
    byline: str
    column_rule: str
    label: str
    caption_place: str
    caption_sign: str
    lead: str


def random_page(seed: int, *, mixed: bool = False) -> str:
    """The HTML of a page; the same seed gives the same page. A mixed one holds verse, figures and small adverts too."""
    rng = Random(f"browser page {seed}")
    language = rng.choice(("hans", "hans", "hant"))
    house = House(
        rng, FrontWriter(f"browser {seed}", language), language,
        em=rng.choice((11.0, 12.0, 12.5, 13.0, 14.0)), column=rng.choice((11.0, 12.0, 13.0, 14.0, 16.0, 18.0)), mixed=mixed,
    )  # fmt: skip
    look = _look(house)
    columns = rng.choice((4, 5, 5, 6, 6, 7))
    width = round(columns * house.column * house.em + (columns - 1) * 1.4 * house.em)
    rows = [_head(house, width)]
    if mixed and house.chance(0.4):
        rows.append(_ticker(house))
    for n in range(rng.choice((2, 2, 3))):
        rows.append(_row(house, look, columns, rng.uniform(*_ROW) if n else rng.uniform(*_LEAD_ROW)))
        rows.append(f'<div style="border-top:{rng.choice(_RULES)};margin:{rng.choice((6, 9, 14))}px 0"></div>')
    rows.append(_foot(house))
    margin = rng.choice((16, 24, 40))
    line = rng.choice((1.35, 1.42, 1.5, 1.6))
    scale = rng.choice((1.8, 2.0, 2.2, 2.4))
    lang = "chi_sim" if language == "hans" else "chi_tra"
    tag = "zh-Hans" if language == "hans" else "zh-Hant"
    return (
        f'<!DOCTYPE html><html lang="{tag}"><meta charset="utf-8">'
        f'<meta name="page" content="{width + 2 * margin} 900 {scale} {lang}">'
        f"<style>*{{box-sizing:border-box}}body{{margin:{margin}px;width:{width}px;background:#fff;color:#111;"
        f"font:{house.em}px/{line} {house.serif()};text-align:justify;line-break:strict}}"
        f"p,h1,h2,h3,h4,figure{{margin:0;font-weight:inherit}}.t{{text-align:left;line-height:1.25}}"
        f".row{{display:flex;align-items:flex-start;gap:{1.4 * house.em}px}}.row>*{{min-width:0}}"
        f".v{{writing-mode:vertical-rl;line-height:1.2;white-space:nowrap}}</style><body>{''.join(rows)}</body></html>"
    )


def _look(house: House) -> Look:
    rng, em = house.rng, house.em
    bold = f"font-family:{house.pick(house.sans(), house.serif())};font-weight:{house.pick('700', '900')}"
    return Look(
        subhead=rng.choice(
            (
                f"{bold};text-indent:0;font-size:{em}px;text-align:left",
                f"{bold};text-align:center;text-indent:0;font-size:{em * 1.1:.1f}px;padding:.3em 0",
                f"{bold};text-align:center;text-indent:0;font-size:{em * 1.3:.1f}px;line-height:1.3;padding:.5em 0",
                f"{bold};text-indent:2em;font-size:{em}px",
                f"{bold};text-align:center;text-indent:0;background:#222;color:#fff;margin:.5em 0",
                f"{bold};text-indent:0;text-align:left;border-left:4px solid #b01018;padding-left:.5em;margin:.4em 0",
                f"{bold};text-indent:0;text-align:center;border-top:1px solid #333;border-bottom:1px solid #333;margin:.5em 0",
                f"font-family:{house.brush()};text-align:center;text-indent:0;font-size:{em * 1.25:.1f}px;padding:.4em 0",
            )
        ),  # fmt: skip
        byline=rng.choice(("under", "under", "ruled", "first", "end", "end", "boxed", "none")),
        column_rule=rng.choice(("none", "none", "none", "1px solid #888")),
        label=rng.choice(("bar", "plain", "box")),
        caption_place=rng.choice(("under", "under", "under", "beside", "on")),
        caption_sign=rng.choice(("", "", "■", "▲", "▼", "图为" if house.language == "hans" else "圖為")),
        lead=rng.choice(("none", "none", "none", "bold", "brush", "tint", "white")),
    )


# --- head and foot ----------------------------------------------------------------------------------------------------


def _head(house: House, width: int) -> str:
    write, rng = house.write, house.rng
    date = f"{rng.randint(1998, 2025)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    day = write.patterns["weekday"] + rng.choice("一二三四五六日")
    edition = write.said("page", n=rng.randint(1, 16)) if house.chance(0.5) else rng.choice(("A1", "A06", "B3", "08"))
    section = write.said("sections")
    if house.chance(0.45):
        ground = rng.choice(("", "background:#b01018;color:#fff;padding:8px 14px", "border-bottom:3px double #111"))
        size = rng.choice((50, 64, 80, 100))
        name = f'<span data-o="masthead" style="{house.face()};font-size:{size}px;line-height:1.15">{write.said("papers")}</span>'
        about = "".join(f'<div data-o="date">{t}</div>' for t in (date + "　" + day, write.said("today", n=8)))
        row = f'<div style="{ground};display:flex;gap:30px;align-items:center">{name}<div>{about}</div></div>'
        return row + (_teasers(house) if house.chance(0.4) else "")
    parts = [
        f'<b data-o="folio">{edition}</b>',
        f'<span data-o="folio">{section}</span>',
        f'<span data-o="folio">{date}　{day}</span>',
    ]
    rng.shuffle(parts)
    border = rng.choice(("1px solid #111", "2px solid #111", "4px solid #b08a20"))
    return (
        f'<div style="display:flex;justify-content:space-between;border-bottom:{border};'
        f'margin-bottom:10px;font-family:{house.sans()}">{"".join(parts)}</div>'
    )


def _teasers(house: House) -> str:
    cells = "".join(
        f'<div style="flex:1;border-left:4px solid #b01018;padding-left:6px"><div data-o="teaser" '
        f'style="font-weight:700;font-size:{house.em * 1.2:.1f}px">{house.write.said("teasers")}</div>'
        f'<div data-o="teaser">{house.write.said("refer", n=house.rng.randint(2, 9))}</div></div>'
        for _ in range(house.rng.randint(2, 4))
    )
    return f'<div class="row" style="margin:8px 0">{cells}</div>'


def _foot(house: House) -> str:
    text = "　".join(
        house.write.said("imprints", paper=house.write.said("papers")) for _ in range(house.rng.randint(1, 4))
    )
    return (
        f'<div data-o="imprint" style="border-top:1px solid #111;text-align:center;'
        f'font-size:{house.em * 0.85:.1f}px">{escape(text)}</div>'
    )


# --- rows and cells ---------------------------------------------------------------------------------------------------

_SPLITS: Final[dict[int, tuple[tuple[int, ...], ...]]] = {
    4: ((4,), (3, 1), (1, 3), (2, 2), (2, 1, 1)),
    5: ((5,), (3, 2), (2, 3), (4, 1), (1, 4), (2, 2, 1), (1, 3, 1)),
    6: ((4, 2), (2, 4), (3, 3), (2, 2, 2), (3, 2, 1), (5, 1), (1, 4, 1)),
    7: ((5, 2), (4, 3), (3, 4), (2, 3, 2), (3, 2, 2), (5, 1, 1)),
}


_ROW: Final = (10.0, 20.0)
_LEAD_ROW: Final = (15.0, 28.0)
"""Heights of rows of cells in lines of body type."""
_HEADS: Final = 5.0
"""Lines of body type that a headline takes with what belongs to it."""


def _row(house: House, look: Look, columns: int, height: float) -> str:
    """A row of cells, each with about as much as fills so many lines."""
    split = house.rng.choice(_SPLITS[columns])
    rule = house.rng.choice(("", "", "border-left:1px solid #444;padding-left:.7em"))
    cells = []
    for n, span in enumerate(split):
        wide = span * house.column * house.em + (span - 1) * 1.4 * house.em
        made = _cell(house, look, _Room(span, wide, height))
        side = rule if n else ""
        cells.append(f'<div style="flex:{span} 1 {wide:.0f}px;{side}">{made}</div>')
    return f'<div class="row">{"".join(cells)}</div>'


@dataclass(frozen=True, slots=True)
class _Room:
    """A cell: the columns that it spans, its width in CSS pixels, its height in lines of body type."""

    span: int
    wide: float
    height: float

    def amount(self, house: House) -> float:
        """The characters of an article that fills it."""
        return max(60.0, 0.75 * (self.height - _HEADS) * house.column * self.span - 60)


def _cell(house: House, look: Look, room: _Room) -> str:
    """One thing, or several over each other, in a cell."""
    parts, left = [], room.height
    while left > _HEADS + 3:
        low = room.height if room.span > 2 or house.chance(0.3) else house.rng.uniform(9, 16)
        height = left if left - low < _HEADS + 3 else low
        parts.append(_thing(house, look, _Room(room.span, room.wide, height)))
        left -= height
    rule = house.rng.choice(_RULES)
    return f'<div style="border-top:{rule};margin:8px 0"></div>'.join(parts)


def _thing(house: House, look: Look, room: _Room) -> str:
    if house.mixed and house.chance(0.35):
        return house.rng.choice((_verse, _figures, _small_adverts, _verse))(house, look, room)
    roll, span, wide = house.rng.random(), room.span, room.wide
    if roll < 0.6:
        return _article(house, look, span, wide, room.amount(house))
    if roll < 0.72 and span <= 2 and room.height > 14:
        return _briefs(house, room)
    if roll < 0.84:
        return _boxed(house, look, room)
    if roll < 0.9 and span <= 2 and room.height < 18:
        return _advert(house, wide)
    if roll < 0.95 and room.height < 24:
        return _photo_story(house, look, wide)
    return _article(house, look, span, wide, room.amount(house))


def _boxed(house: House, look: Look, room: _Room) -> str:
    style = house.rng.choice((
        "border:1px solid #222;padding:8px", "border:3px double #222;padding:9px",
        f"background:{house.rng.choice(_TINTS)};padding:9px", f"border:1px dashed #555;padding:8px;background:{house.rng.choice(_TINTS)}",
    ))  # fmt: skip
    if room.span <= 2 and house.chance(0.3):
        text = _list(house)
    else:
        text = _article(house, look, room.span, room.wide - 20, 0.85 * room.amount(house))
    return f'<div style="{style}">{text}</div>'


# --- articles ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Text:
    """An article that is being written: its number, its headline and what belongs to its body."""

    number: int
    title: str
    byline: str
    paras: list[Para]


def _article(house: House, look: Look, span: int, wide: float, amount: float) -> str:
    house.ids += 1
    write, rng, em = house.write, house.rng, house.em
    text = _Text(
        house.ids, write.title(6, 10 + 5 * span), write.byline_pair()[1],
        write.body(round(amount), subheads=rng.choice((0.0, 0.1, 0.2))),
    )  # fmt: skip
    upright = span >= 2 and house.chance(0.2)
    size = min(em * rng.uniform(1.5, 3.2), 0.9 * wide / (0.62 * len(text.title)))
    body = _columns(house, look, text, span - upright if upright else span, wide)
    heading = _heading(house, look, text, max(size, 1.25 * em), upright=upright)
    if upright:
        order = [heading, f'<div style="flex:1">{body}</div>']
        if house.chance(0.6):
            order.reverse()
        inner = f'<div style="display:flex;gap:{em}px;align-items:flex-start">{"".join(order)}</div>'
    elif span >= 3 and house.chance(0.15):
        inner = _beside(house, look, text, wide, heading)
    else:
        inner = heading + body
    return f'<div data-a="{text.number}">{inner}</div>'


def _beside(house: House, look: Look, text: _Text, wide: float, heading: str) -> str:
    """The headline over the later columns alone; the first column begins beside it, at the same height."""
    cut = max(1, len(text.paras) // 3)
    first, rest = text.paras[:cut], text.paras[cut:]
    first_wide = house.column * house.em
    one = _flow(house, look, _Text(text.number, "", text.byline, first), 1, "")
    count = max(1, round((wide - first_wide) / first_wide) - 1)
    other = _flow(house, look, _Text(text.number, "", "", rest), count, "")
    return (
        f'<div style="display:flex;gap:{1.4 * house.em}px"><div style="flex:0 0 {first_wide:.0f}px" data-later="1">{one}</div>'
        f'<div style="flex:1">{heading}{other}</div></div>'
    )


def _heading(house: House, look: Look, text: _Text, size: float, *, upright: bool) -> str:
    write, rng, em = house.write, house.rng, house.em
    align = rng.choice(("left", "left", "center"))
    colour = rng.choice(_COLOURS)
    squeeze = rng.choice((1.0, 1.0, 1.0, 0.85)) if not upright else 1.0
    title = (
        f'<h1 class="{"v" if upright else "t"}" data-r="title" style="{house.face()};font-size:{size:.1f}px;color:{colour};'
        f'text-align:{align};transform:scaleX({squeeze});transform-origin:{align}">{escape(text.title)}</h1>'
    )
    small = max(1.05 * em, size * rng.uniform(0.4, 0.55))
    kind = "v" if upright else "t"
    kicker = (
        f'<h2 class="{kind}" data-r="kicker" style="{house.face()};font-size:{small:.1f}px;text-align:{align}">'
        f"{escape(write.said('kickers'))}</h2>"
        if house.chance(0.35) and not upright
        else ""
    )
    deck = (
        f'<h3 class="{kind}" data-r="subtitle" style="font-family:{house.pick(house.brush(), house.sans(), house.serif())};'
        f'font-size:{small:.1f}px;text-align:{align}">{escape(write.said("subtitles"))}</h3>'
        if house.chance(0.35)
        else ""
    )
    label = _label(house, look) if house.chance(0.12) else ""
    byline = _byline(house, look, text) if look.byline in ("under", "ruled", "boxed") and not upright else ""
    ground = "background:#1c2b3a;color:#fff;padding:6px 10px" if house.chance(0.06) and not upright else ""
    if ground:
        title = title.replace(f"color:{colour}", "color:#fff")
    if upright:
        return f'<div style="display:flex;flex-direction:row-reverse;align-items:flex-start">{title}{deck}</div>'
    gap = rng.choice((2, 5, 9))
    return f'{label}<div style="{ground}">{kicker}{title}{deck}</div>{byline}<div style="height:{gap}px"></div>'


def _label(house: House, look: Look) -> str:
    style = {
        "bar": "background:#8a1016;color:#fff;padding:1px 10px",
        "plain": "border-bottom:2px solid #8a1016",
        "box": "border:1px solid #111;padding:1px 8px",
    }[look.label]
    text = escape(house.write.said("labels"))
    return f'<span data-o="label" style="display:inline-block;{house.face()};font-size:{house.em * 1.3:.1f}px;{style}">{text}</span>'


def _byline(house: House, look: Look, text: _Text) -> str:
    align = house.pick("center", "left", "center", "right")
    face = house.pick(house.brush(), house.brush(), house.serif(), house.sans())
    border = {
        "ruled": "border-top:1px solid #666;border-bottom:1px solid #666",
        "boxed": "border-bottom:1px solid #111",
    }
    return (
        f'<div data-r="byline" style="font-family:{face};text-align:{align};{border.get(look.byline, "")}">'
        f"{escape(text.byline)}</div>"
    )


def _columns(house: House, look: Look, text: _Text, span: int, wide: float) -> str:
    picture = _picture(house, look, wide, text.number) if house.chance(0.35) else ""
    count = max(1, span)
    if not picture:
        return _flow(house, look, text, count, "")
    if count >= 3 and house.chance(0.5):
        share = house.pick("34%", "50%", "60%")
        side = house.pick("row", "row-reverse")
        other = _flow(house, look, text, max(1, round(count * (0.6 if share == "34%" else 0.5))), "")
        return (
            f'<div style="display:flex;flex-direction:{side};gap:{1.2 * house.em}px;align-items:flex-start">'
            f'<div style="flex:0 0 {share}">{picture}</div><div style="flex:1">{other}</div></div>'
        )
    if house.chance(0.5):
        return picture + _flow(house, look, text, count, "")
    return _flow(house, look, text, count, picture)


def _flow(house: House, look: Look, text: _Text, count: int, picture: str) -> str:
    """The paragraphs in columns, a picture between two of them."""
    parts = []
    at = house.rng.randrange(len(text.paras)) if picture else -1
    named = f"{escape(text.byline)}" if look.byline == "first" and text.byline else ""
    if named:
        parts.append(f'<p data-r="byline" style="font-family:{house.brush()};text-indent:2em">{named}</p>')
    for n, para in enumerate(text.paras):
        if n == at:
            parts.append(picture)
        if para.subhead:
            parts.append(f'<h4 data-r="subhead" style="{look.subhead};break-after:avoid">{escape(para.text)}</h4>')
        elif n == 0 and look.lead != "none":
            parts.append(_lead(house, look, para.text))
        else:
            parts.append(f'<p data-r="p" style="text-indent:2em">{escape(para.text)}</p>')
    if look.byline == "end" and text.byline:
        face = house.pick(house.brush(), house.serif(), house.sans())
        parts.append(f'<div data-r="byline" style="text-align:right;font-family:{face}">{escape(text.byline)}</div>')
    gap = house.rng.choice((1.0, 1.4, 1.8))
    return f'<div style="columns:{count};column-gap:{gap * house.em:.1f}px;column-rule:{look.column_rule}">{"".join(parts)}</div>'


def _lead(house: House, look: Look, text: str) -> str:
    style = {
        "bold": f"font-family:{house.sans()};font-weight:700",
        "brush": f"font-family:{house.brush()};font-size:{house.em * 1.1:.1f}px",
        "tint": f"background:{_TINTS[0]};padding:4px",
        "white": "background:#333;color:#fff;padding:6px",
    }[look.lead]
    return f'<p data-r="lead" style="text-indent:2em;{style}">{escape(text)}</p>'


def _picture(house: House, look: Look, wide: float, number: int) -> str:
    rng, em = house.rng, house.em
    height = round(rng.uniform(0.3, 0.55) * min(wide, 420))
    name = f"{rng.randrange(10**6)}.jpg"
    size = em * rng.choice((0.8, 0.85, 0.9, 1.0))
    face = house.pick(house.sans(), house.brush(), house.serif())
    caption = escape(look.caption_sign + house.write.said("captions").lstrip("■▲▶▼◀●"))
    credit = house.write.said("credits", a=house.write.name())
    text = f'<span data-r="caption">{caption}</span>'
    if rng.random() < 0.5:
        text += f'　<span data-r="credit">{escape(credit)}</span>'
    style = f"font:{size:.1f}px/1.35 {face};text-align:left"
    image = f'<img src="{name}" style="display:block;width:100%;height:{height}px;object-fit:cover">'
    if look.caption_place == "beside" and wide > 24 * em:
        return (
            f'<figure style="display:flex;gap:8px;break-inside:avoid;margin:4px 0"><div style="flex:1">{image}</div>'
            f'<figcaption style="flex:0 0 {em * 7:.0f}px;{style}">{text}</figcaption></figure>'
        )
    if look.caption_place == "on" and height > 80:
        return (
            f'<figure style="position:relative;break-inside:avoid;margin:4px 0">{image}<figcaption style="position:absolute;'
            f'left:0;right:0;bottom:0;padding:3px 6px;background:rgba(0,0,0,.6);color:#fff;{style}">{text}</figcaption></figure>'
        )
    return f'<figure style="break-inside:avoid;margin:4px 0">{image}<figcaption style="{style}">{text}</figcaption></figure>'


# --- what else a page holds -------------------------------------------------------------------------------------------


def _briefs(house: House, room: _Room) -> str:
    write, rng, em = house.write, house.rng, house.em
    label = write.pick("labels") if house.chance(0.3) else rng.choice(("简讯", "要闻速览", "本埠短讯", "一周回眸"))
    if house.language == "hant":
        label = (
            label
            if label not in ("简讯", "要闻速览", "本埠短讯", "一周回眸")
            else rng.choice(("簡訊", "要聞速覽", "港聞簡訊"))
        )
    ground = rng.choice(("background:#222;color:#fff", "border-bottom:2px solid #111", "color:#b01018"))
    bold = f"font-family:{house.pick(house.sans(), house.serif())};font-weight:700"
    size = em * rng.choice((1.0, 1.15, 1.35, 1.6))
    align = rng.choice(("left", "center"))
    rule = rng.choice(
        ("", "border-top:1px solid #999;margin-top:5px", "border-top:1px dotted #333;margin-top:5px", "margin-top:6px")
    )
    parts = [
        f'<div data-o="label" style="{house.face()};font-size:{em * 1.5:.1f}px;text-align:center;{ground}">{escape(label)}</div>'
    ]
    for _ in range(max(2, round(room.height / 7))):
        house.ids += 1
        body = write.paragraph(rng.choice(write.patterns["openers"]) if house.chance(0.4) else None).text
        parts.append(
            f'<div data-a="{house.ids}" style="{rule}"><h3 data-r="title" style="{bold};font-size:{size:.1f}px;'
            f'text-align:{align};line-height:1.3">{escape(write.title(5, 11))}</h3>'
            f'<p data-r="p" style="text-indent:2em">{escape(body)}</p></div>'
        )
    return "".join(parts)


def _list(house: House) -> str:
    write = house.write
    title = f'<div data-o="list" style="{house.face()};font-size:{house.em * 1.5:.1f}px;text-align:center">{escape(write.said("list_titles"))}</div>'
    sign = house.pick("●", "■", "·", "◆", "")
    items = "".join(
        f'<div data-o="list">{sign}{escape(write.title(8, 20))}</div>' for _ in range(house.rng.randint(4, 8))
    )
    return title + items


def _advert(house: House, wide: float) -> str:
    lines = house.write.advert()
    ground = house.rng.choice(
        ("border:2px solid #111", "background:#0d3b2a;color:#fff", "background:#fdf0d0;border:1px solid #b08a20")
    )
    size = min(house.em * 2.6, wide / max(4, len(lines[0])))
    first = f'<div data-o="advert" style="{house.face()};font-size:{size:.1f}px">{escape(lines[0])}</div>'
    rest = "".join(f'<div data-o="advert">{escape(t)}</div>' for t in lines[1:])
    return f'<div style="{ground};padding:14px;text-align:center">{first}{rest}</div>'


def _photo_story(house: House, look: Look, wide: float) -> str:
    """A picture with a headline and a short text beside or under it."""
    house.ids += 1
    picture = f'<img src="{house.rng.randrange(10**6)}.jpg" style="display:block;width:100%;height:{min(260, wide * 0.5):.0f}px;object-fit:cover">'
    title = f'<h2 class="t" data-r="title" style="{house.face()};font-size:{house.em * 1.8:.1f}px">{escape(house.write.title(5, 14))}</h2>'
    paras = "".join(
        f'<p data-r="p" style="text-indent:2em">{escape(p.text)}</p>' for p in house.write.body(90, 0.0)[:2]
    )
    sign = f'<div data-r="byline" style="text-align:right;font-family:{house.brush()}">{escape(house.write.byline_pair()[1])}</div>'
    text = title + paras + (sign if look.byline == "end" else "")
    if wide > 30 * house.em:
        return (
            f'<div data-a="{house.ids}" style="display:flex;gap:10px;border:1px solid #777;padding:7px">'
            f'<div style="flex:3">{picture}</div><div style="flex:2">{text}</div></div>'
        )
    return f'<div data-a="{house.ids}" style="border:1px solid #777;padding:7px">{picture}{text}</div>'


# --- what mixed pages hold --------------------------------------------------------------------------------------------


def _ticker(house: House) -> str:
    """A bar with figures of the day."""
    write, rng = house.write, house.rng
    ground = rng.choice(("background:#1f2d4d;color:#fff", "background:#eee", "border-bottom:1px solid #111"))
    items = "".join(
        f'<span data-o="index">{escape(write.filled("{product}"))} {rng.randint(80, 29000):,} '
        f"{rng.choice('▲▼')}{rng.randint(1, 99) / 10}</span>"
        for _ in range(rng.randint(3, 6))
    )
    return (
        f'<div style="{ground};display:flex;justify-content:space-between;padding:3px 8px;margin:6px 0;'
        f'font-family:{house.sans()};font-weight:{rng.choice((400, 700))}">{items}</div>'
    )


def _verse(house: House, look: Look, room: _Room) -> str:
    """A poem: lines without marks, each a paragraph, its writer under the title or at the end."""
    house.ids += 1
    write, rng, em = house.write, house.rng, house.em
    pieces = [p for p in _phrases(write) if 4 <= len(p) <= 12]
    lines = pieces[: rng.choice((8, 10, 12, 14))]
    pen = "".join(rng.sample("南北春秋山川竹石雨文墨耕舟野笛月溪木田白", 2))
    writer = rng.choice((write.name(), pen))
    sign = f'<div data-r="byline" style="font-family:{house.brush()};text-align:{rng.choice(("left", "center"))}">{writer}</div>'
    align = rng.choice(("left", "left", "center"))
    face = house.pick(house.serif(), house.brush())
    rows = "".join(
        f'<p data-r="p" style="{"margin-top:1em" if n and n % 4 == 0 else ""}">{escape(t)}</p>'
        for n, t in enumerate(lines)
    )
    size = rng.choice((1.3, 1.6, 2.0)) * em
    title = f'<h3 class="t" data-r="title" style="{house.face()};font-size:{size:.1f}px;text-align:{align}">{escape(write.title(4, 9))}</h3>'
    return (
        f'<div data-a="{house.ids}">{title}{sign}<div style="font-family:{face};text-align:{align};'
        f'padding-left:{0 if align == "center" else 2}em;columns:{1 if room.span == 1 else 2}">{rows}</div></div>'
    )


def _phrases(write: FrontWriter) -> list[str]:
    """Pieces of sentences between marks, without figures."""
    text = "".join(p.text for p in write.body(900, 0.0))
    for mark in "，。；：、！？“”‘’（）《》「」":
        text = text.replace(mark, "\n")
    return [t for t in text.split("\n") if t and not any(c.isascii() for c in t)]


def _figures(house: House, look: Look, room: _Room) -> str:
    """Large figures, each with a word under it, or rows of words and figures."""
    write, rng, em = house.write, house.rng, house.em
    ground = rng.choice(_TINTS)
    head = f'<div data-o="figures" style="{house.face()};font-size:{em * 1.4:.1f}px;text-align:center">{escape(write.said("figure_titles"))}</div>'
    count = rng.randint(3, 5)
    if rng.random() < 0.5:
        cells = "".join(
            f'<div style="flex:1;text-align:center"><div data-o="figures" style="{house.face()};font-size:{em * 2:.1f}px;color:#b01018">'
            f"{write.filled(rng.choice(('{percent}', '{count}', '{amount}')))}</div>"
            f'<div data-o="figures">{escape(write.said("figure_items"))}</div></div>'
            for _ in range(count)
        )
        return f'<div style="background:{ground};padding:8px">{head}<div style="display:flex;flex-wrap:wrap">{cells}</div></div>'
    rows = "".join(
        f'<tr><td data-o="figures">{escape(write.said("figure_items"))}</td>'
        + "".join(
            f'<td data-o="figures" style="text-align:right">{rng.randint(1, 9999) / 10}</td>'
            for _ in range(2 + (room.span > 1))
        )
        + "</tr>"
        for _ in range(count + 3)
    )
    return f'<div style="background:{ground};padding:8px">{head}<table style="width:100%">{rows}</table></div>'


def _small_adverts(house: House, look: Look, room: _Room) -> str:
    """A column of classified adverts."""
    write, rng, em = house.write, house.rng, house.em
    sign = rng.choice(("▲", "◆", "●", ""))
    label = "分類廣告" if house.language == "hant" else "分类广告"
    head = f'<div data-o="label" style="background:#222;color:#fff;text-align:center;{house.face()};font-size:{em * 1.2:.1f}px">{label}</div>'
    items = "".join(
        f'<div data-o="advert" style="border-bottom:1px dotted #555">{sign}{escape(write.said("small_ads"))}</div>'
        for _ in range(max(3, round(room.height / 3)))
    )
    return f'{head}<div style="columns:{room.span};font-size:{em * 0.9:.1f}px;font-family:{house.sans()}">{items}</div>'
