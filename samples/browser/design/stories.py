"""Articles that fill their cells: a headline over, beside or amid columns of text, with pictures and boxes between."""

from __future__ import annotations

from html import escape
from typing import Final

from samples.browser.design.asides import framed, inset
from samples.browser.design.grid import ROWS, CssGrid
from samples.browser.design.heads import beside, byline, columnist, heading, label, upright
from samples.browser.design.html import box, element, photograph
from samples.browser.design.paper import CellPlace, FullPaper

_LEVELS: Final = ((0, 1.0, 1.4), (260, 1.4, 2.2), (700, 1.9, 3.2), (1600, 2.6, 4.4))
"""Sizes of headlines: the room in characters from which they hold, the smallest and the largest size in ems."""


def article(paper: FullPaper, place: CellPlace, *, lead: bool = False) -> str:
    """An article in one of the ways in which headlines and columns go together."""
    em, manner = paper.em, paper.manner
    if not lead and paper.chance(0.12):
        inner = place.inside(0.7 * em)
        return box(f"height:100%;padding:.7em;{manner.frame}", _article(paper, inner, lead=False))
    return _article(paper, place, lead=lead)


def _article(paper: FullPaper, place: CellPlace, *, lead: bool) -> str:
    rng, manner = paper.rng, paper.manner
    number = paper.next_article()
    count = _columns(paper, place)
    grid = CssGrid(count, upper=rng.choice((0.35, 0.5, 0.6)))
    lines = place.high / paper.line
    signed = _head(paper, place, grid, lines, lead=lead)
    width = (place.wide - (count - 1) * paper.gutter) / count
    if lines > 16 or (lines > 11 and count > 2):
        _pictures(paper, grid, place, width, lines)
        _insets(paper, grid, width, lines)
    room = 1.35 * place.wide * place.high / (paper.em * paper.line)
    blocks = text(paper, number, room, first=not signed and manner.sign_place in ("first", "under"))
    return grid.html(paper, blocks, number)


def _columns(paper: FullPaper, place: CellPlace) -> int:
    """How many columns the text has: those of the page, or one fewer or more."""
    count = place.cols + paper.rng.choice((0, 0, 0, -1, 1))
    least, most = place.wide / (25 * paper.em), place.wide / (8.5 * paper.em)
    return max(1, round(least), min(count, int(most)))


def _head(paper: FullPaper, place: CellPlace, grid: CssGrid, lines: float, *, lead: bool) -> bool:
    """Put the headline into the grid; tells whether the byline is with it."""
    rng, count = paper.rng, grid.count
    room = place.wide * place.high / (paper.em * paper.line)
    _, low, high = max(n for n in _LEVELS if n[0] <= room)
    size = paper.em * rng.uniform(low, high) * (1.25 if lead else 1)
    signed = paper.manner.sign_place == "under"
    ways = ["over"] * 8
    if place.wide > 22 * paper.em and not lead:
        ways += ["beside"] * 3 + ["upright"] * 3
    if count > 2:
        ways += ["part"] * 4
        if lines > 14 and not lead:
            ways += ["amid"] * 2
    way = rng.choice(ways)
    above = label(paper) if paper.chance(0.14) else columnist(paper) if paper.chance(0.05) else ""
    if way == "beside":
        width, html = beside(paper, place.wide, above)
        grid.side = (rng.choice((0, 0, 0, count)), width, html)
        return signed
    if way == "upright":
        width, html = upright(paper, place.high)
        grid.side = (rng.choice((0, count, rng.randint(0, count))), width, html)
        return False
    if way == "over":
        image = _on_photograph(paper, place, size) if lines > 18 and paper.chance(0.06) else ""
        grid.put("head", 0, count, above + (image or heading(paper, place.wide, size)))
        return signed
    span = rng.randint(2 if count > 3 else 1, count - 1)
    first = rng.choice((0, 0, count - span, rng.randint(0, count - span)))
    wide = (place.wide + paper.gutter) * span / count - paper.gutter
    if way == "amid":
        grid.above = paper.line * rng.uniform(3, min(9, lines / 3))
    head = heading(paper, wide, min(size, wide / 5))
    rule = (
        "border-top:1px solid #333;border-bottom:1px solid #333;padding:3px 0"
        if way == "amid" and paper.chance(0.3)
        else ""
    )
    grid.put("head", first, span, box(rule, above + head))
    return signed


def _on_photograph(paper: FullPaper, place: CellPlace, size: float) -> str:
    """A headline in white on a photograph."""
    high = min(0.45 * place.high, 0.5 * place.wide)
    number = paper.rng.randrange(10**6)
    size = min(size, place.wide / 8)
    title = paper.write.title(4, int(0.85 * place.wide / size))
    place_of = paper.rng.choice(("top:8%", "bottom:8%"))
    style = f"position:absolute;left:4%;{place_of};{paper.head_face()};font-size:{size:.1f}px;color:#fff"
    ground = "background:rgba(0,0,0,.55);padding:2px 8px"
    return box("position:relative;margin-bottom:4px", photograph(number, high),
               element("h1", f"{style};{ground}", escape(title), role="title", kind="t"))  # fmt: skip


# --- pictures and insets ----------------------------------------------------------------------------------------------


def _pictures(paper: FullPaper, grid: CssGrid, place: CellPlace, width: float, lines: float) -> None:
    if not paper.chance(0.5 if lines > 20 else 0.3):
        return
    rng, count = paper.rng, grid.count
    span = rng.randint(1, count) if count < 4 else rng.randint(1, count - 1)
    first = rng.choice((0, count - span, rng.randint(0, count - span)))
    wide = span * width + (span - 1) * paper.gutter
    row = rng.choice(("under", "middle", "foot", "foot"))
    grid.put(row, first, span, picture(paper, wide, min(0.4 * place.high, 0.7 * wide)))


def _insets(paper: FullPaper, grid: CssGrid, width: float, lines: float) -> None:
    if not paper.chance(0.25 if lines > 18 else 0.12):
        return
    rng, count = paper.rng, grid.count
    row = rng.choice(("under", "middle", "middle", "foot"))
    if any(p.row >= ROWS.index("under") for p in grid.parts):
        row = "under" if paper.chance(0.5) else "foot"
    if any(p.row == ROWS.index(row) for p in grid.parts):
        return
    span = 1 if count < 3 or width > 12 * paper.em else rng.choice((1, 1, 2))
    if width < 8 * paper.em and count > 1:
        span = 2
    span = min(span, count)
    first = rng.randint(0, count - span)
    wide = span * width + (span - 1) * paper.gutter
    if lines > 20 and paper.chance(0.35):
        grid.put("foot", first, span, _nested(paper, wide, paper.line * rng.uniform(8, 0.45 * lines)))
        return
    grid.put(row, first, span, inset(paper, wide))


def _nested(paper: FullPaper, wide: float, high: float) -> str:
    """Another article within an article's columns, which go round it: in a frame with a label over it, or bare."""
    number = paper.next_article()
    framed_in = paper.chance(0.6)
    grid = CssGrid(max(1, round(wide / (15 * paper.em))))
    title = paper.write.title(4, max(6, int(wide / paper.em / 1.3)))
    looks = f"{paper.head_face()};font-size:{paper.em * paper.rng.choice((1.0, 1.2, 1.5)):.1f}px;line-height:1.3"
    over = label(paper, words=paper.write.said("link_titles")) if framed_in or paper.chance(0.4) else ""
    grid.put("head", 0, grid.count, over + element("h3", looks, escape(title), role="title"))
    blocks = [_para(paper, escape(p.text)) for p in paper.write.body(round(wide * high / paper.em / paper.line), 0.0)]
    looks = paper.manner.frame if framed_in else paper.rng.choice(("border-top:1px solid #333", ""))
    style = f"height:{high:.0f}px;margin-top:.5em;padding:{'.6em' if framed_in else '.4em 0'};{looks}"
    return box(style, grid.html(paper, blocks, number))


def picture(paper: FullPaper, wide: float, high: float) -> str:
    """A photograph, or two, with a caption under it, beside it or on it, as the paper has it."""
    rng, em, manner = paper.rng, paper.em, paper.manner
    high = max(4 * em, high * rng.uniform(0.7, 1.0))
    two = wide > 24 * em and paper.chance(0.2)
    image = photograph(rng.randrange(10**6), high)
    if two:
        image = box("display:flex;gap:4px", *(box("flex:1", photograph(rng.randrange(10**6), high)) for _ in range(2)))
    words = caption(paper, two=two)
    place = manner.caption_place if paper.chance(0.8) else "under"
    if place == "beside" and wide > 20 * em:
        side = box(
            f"flex:0 0 {em * rng.choice((6, 7, 9)):.0f}px;align-self:{rng.choice(('flex-end', 'flex-start'))}", words
        )
        parts = [box("flex:1;min-width:0", image), side]
        if paper.chance(0.4):
            parts.reverse()
        return box("display:flex;gap:7px;margin:4px 0", *parts)
    if place == "on" and high > 7 * em:
        bar = "position:absolute;left:0;right:0;bottom:0;padding:2px 6px;background:rgba(0,0,0,.62);color:#fff"
        return box("position:relative;margin:4px 0", image, box(bar, caption(paper, plain=True)))
    return box("margin:4px 0", image, words)


def caption(paper: FullPaper, *, two: bool = False, plain: bool = False) -> str:
    """The words of a picture: what is to be seen, and by whom it was taken."""
    rng, write, manner = paper.rng, paper.write, paper.manner
    text = write.said(rng.choice(("sights", "sights", "captions")))
    text = text.lstrip("■▲▶▼◀●")
    if two:
        text = paper.said("左图：", "左圖：") + text + "　" + paper.said("右图：", "右圖：") + write.said("sights")
    if text[-1] not in "。！？攝摄" and paper.chance(0.5):
        text += "。"
    words = escape(manner.caption_sign + text)
    name = escape(write.said("credits", a=write.name()))
    looks = manner.caption_looks.replace("background:#e2e2e2", "background:none") if plain else manner.caption_looks
    if manner.credit == "none" or "摄" in text or "攝" in text:
        return element("div", looks, words, role="caption")
    if manner.credit == "own":
        credit = element("div", f"{looks};text-align:{rng.choice(('right', 'left'))}", name, role="credit")
        return element("div", looks, words, role="caption") + credit
    if manner.credit == "brackets":
        return element("div", looks, words + escape(f"（{write.name()}{paper.said('摄', '攝')}）"), role="caption")
    return box(looks, element("span", None, words, role="caption"), "　", element("span", None, name, role="credit"))


# --- text -------------------------------------------------------------------------------------------------------------


def text(paper: FullPaper, number: str, room: float, *, first: bool = False) -> list[str]:
    """Blocks of an article of about `room` characters; `first` has it begin with its byline."""
    rng, write, manner = paper.rng, paper.write, paper.manner
    blocks: list[str] = []
    if first:
        blocks.append(byline(paper))
    if room > 500 and paper.chance(0.08):
        note = f"font-family:{paper.faces.brush};text-indent:2em;padding-bottom:.4em"
        blocks.append(element("p", note, escape(write.said("editor_notes")), other="notice", kind="s"))
    kind = rng.choices(("prose", "talk", "list", "verse"), (12, 1.2, 1.2, 0.8))[0]
    amount, n = 0, 0
    share = rng.choice((0.0, 0.0, 0.12, 0.2))
    start = rng.randint(2, 4)
    q, a = _talk(paper)
    while amount < room:
        if kind == "talk" and n >= start - 1:
            asked, answered = escape(write.said("asked")), escape(write.said("answered"))
            blocks += [_para(paper, f"<b>{q}{asked}</b>"), _para(paper, a + answered)]
            amount += len(asked) + len(answered)
        elif kind == "list" and start <= n < start + 4:
            made = rng.choice(("●", "●", "▪", f"{n - start + 1}．")) + escape(write.said("bullets"))
            blocks.append(_para(paper, made))
            amount += len(made)
        elif kind == "verse" and n in (start, start + 1):
            lines = rng.sample(write.patterns["poem_lines"], 4)
            blocks += [
                element("p", f"text-indent:3em;font-family:{paper.faces.brush}", t, role="p", kind="s") for t in lines
            ]
            amount += 60
        else:
            if n > 1 and paper.chance(share):
                blocks.append(element("h4", manner.subhead, escape(write.pick("subheads")), role="subhead"))
            pattern = rng.choice(write.patterns["openers"]) if n == 0 else None
            para = write.paragraph(pattern)
            made = escape(para.text)
            if n == 0 and para.run_in and paper.chance(0.4):
                made = f'<b style="font-family:{paper.faces.sans}">{made[: para.run_in]}</b>{made[para.run_in :]}'
            if n == 0 and not para.run_in and room > 700 and paper.chance(0.08):
                size = 2.15 * paper.line
                first_char = (
                    f'<span style="float:left;font-size:{size:.0f}px;line-height:1;padding-right:3px">{made[0]}</span>'
                )
                made = first_char + made[1:]
            lead = n == 0 and room > 900 and paper.look.lead != "none" and paper.chance(0.6)
            blocks.append(_lead(paper, made) if lead else _para(paper, made))
            amount += len(made)
        if room > 600 and n and paper.chance(0.03):
            blocks.append(_cut_out(paper))
        n += 1
    return blocks + _tail(paper)


def _lead(paper: FullPaper, text: str) -> str:
    style = {
        "bold": f"font-family:{paper.faces.sans};font-weight:700",
        "brush": f"font-family:{paper.faces.brush};font-size:{paper.em * 1.08:.1f}px",
        "tint": "background:#ececec",
        "white": "background:#333;color:#fff",
    }[paper.look.lead]
    return element("p", f"text-indent:2em;{style}", text, role="lead", kind="s")


def _tail(paper: FullPaper) -> list[str]:
    """What an article ends with: who wrote it, or where it goes on."""
    style = f"text-align:right;font-family:{paper.pick(paper.faces.brush, paper.faces.serif)}"
    if paper.manner.sign_place == "end" or paper.chance(0.05):
        text = escape(paper.sign(paper.manner.signs_end))
        return [element("div", style, text, role="byline", kind="tail")]
    if paper.chance(0.06):
        return [element("div", style, escape(paper.write.said("jumps")), other="jump", kind="tail")]
    return []


def _para(paper: FullPaper, text: str) -> str:
    return element("p", f"text-indent:{paper.manner.indent}", text, role="p", kind="s")


def _talk(paper: FullPaper) -> tuple[str, str]:
    name = paper.rng.choice(paper.write.patterns["slots"]["family"])
    return paper.rng.choice(
        (
            (paper.said("问：", "問："), "答："),
            (paper.said("记者：", "記者："), f"{name}{paper.said('师傅：', '師傅：')}"),
            ("Q：", "A："),
            ("", ""),
        )
    )


def _cut_out(paper: FullPaper) -> str:
    """A small portrait that the text runs round."""
    size = min(5.0, paper.column / 3) * paper.em
    side = paper.pick("left", "right")
    style = f"float:{side};width:{size:.0f}px;height:{size:.0f}px;border-radius:50%;object-fit:cover;margin:2px 6px"
    return f'<img class="after" src="portrait-{paper.rng.randrange(10**6)}.jpg" style="{style};shape-outside:circle()">'


# --- short articles ---------------------------------------------------------------------------------------------------


def items(paper: FullPaper, place: CellPlace) -> str:
    """Short articles under each other in columns, with or without the name of a column over them."""
    manner = paper.manner
    grid = CssGrid(_columns(paper, place))
    if paper.chance(0.7):
        span = grid.count if paper.chance(0.6) else 1
        grid.put("head", 0, span, box("padding-bottom:.3em", label(paper, large=span > 1 or paper.chance(0.4))))
    blocks: list[str] = []
    amount, room = 0, 1.4 * place.wide * place.high / (paper.em * paper.line)
    signed = paper.chance(0.25)
    sentences = paper.rng.choice((1, 1, 2))
    while amount < room:
        made = _item(paper, blocks == [], sentences, signed=signed, lead=manner.item_lead)
        blocks += made
        amount += 70 * sentences
    return _framed_or_not(paper, grid, blocks)


def letters(paper: FullPaper, place: CellPlace) -> str:
    """Letters to the editor: heads in bold, text, who wrote them, now and then an answer."""
    rng, write, manner = paper.rng, paper.write, paper.manner
    grid = CssGrid(_columns(paper, place))
    if paper.chance(0.75):
        words = write.patterns["columns"][rng.choice((0, 1, 7, 27, 28, 29, 31, 32))]
        span = grid.count if paper.chance(0.6) else 1
        grid.put("head", 0, span, box("padding-bottom:.3em", label(paper, large=True, words=words)))
    blocks: list[str] = []
    amount, room = 0, 1.4 * place.wide * place.high / (paper.em * paper.line)
    face = paper.pick(paper.faces.brush, paper.faces.sans)
    sign = f"text-align:{rng.choice(('right', 'right', 'left'))};font-family:{face}"
    form = rng.choice(write.patterns["letter_signs"])
    salute = paper.chance(0.2)
    while amount < room:
        number = paper.next_article()
        looks = manner.item_head + (f";{manner.item_gap}" if blocks else "")
        blocks.append(element("h3", looks, escape(write.said("letter_titles")), role="title", article=number))
        bodies = rng.sample(write.patterns["letter_bodies"], rng.choice((2, 3, 4)))
        if salute:
            blocks.append(element("p", "", paper.said("编辑同志：", "編輯先生："), role="p", article=number, kind="s"))
        made = "".join(write.filled(b) for b in bodies)
        blocks.append(element("p", f"text-indent:{manner.indent}", escape(made), role="p", article=number, kind="s"))
        blocks.append(element("div", sign, escape(write.said(form)), role="byline", article=number, kind="after"))
        if paper.chance(0.2):
            answer = f"text-indent:2em;font-family:{paper.faces.brush}"
            blocks.append(element("p", answer, escape(write.said("answers")), role="p", article=number, kind="s"))
        amount += len(made) + 30
    return _framed_or_not(paper, grid, blocks)


def _item(paper: FullPaper, first: bool, sentences: int, *, signed: bool, lead: str) -> list[str]:
    rng, write, manner = paper.rng, paper.write, paper.manner
    number = paper.next_article()
    pattern = rng.choice(write.patterns[rng.choice(("openers", "brief_leads", "brief_leads"))])
    made = write.filled(pattern).replace("｜", "")
    made += "".join(write.filled(m) for m in rng.sample(write.patterns["middles"], rng.randint(0, sentences)))
    gap = "" if first else manner.item_gap
    looks = f"{manner.item_head};{gap}"
    title = write.said("brief_titles") if paper.chance(0.7) else write.title(4, 18)
    if lead == "head":
        text = escape(title)
        if len(title) > paper.column and paper.chance(0.4):
            text = broken_at_space(text)
        out = [element("h3", looks, text, role="title", article=number)]
        if signed and paper.chance(0.5):
            out.append(byline(paper, article=number))
        out.append(element("p", f"text-indent:{manner.indent}", escape(made), role="p", article=number, kind="s"))
        return out
    name = escape(write.filled(rng.choice(("{town}", "{office}", "{city_name}", "{product}"))))
    bold = f'<b style="font-family:{paper.faces.sans}">'
    head = f"{bold}【{name}】</b>" if lead == "brackets" else f"{bold}●{name}</b>　"
    return [element("p", f"text-indent:{manner.indent};{gap}", head + escape(made), role="p", article=number, kind="s")]


def broken_at_space(text: str) -> str:
    """A title on two lines, where it has a white space."""
    return text.replace(" ", "<br>", 1)


def _framed_or_not(paper: FullPaper, grid: CssGrid, blocks: list[str]) -> str:
    content = grid.html(paper, blocks)
    if paper.chance(0.25):
        return box(f"height:100%;padding:.6em;{paper.manner.frame}", content)
    return content


def photo_cell(paper: FullPaper, place: CellPlace) -> str:
    """A photograph with a headline and a long caption, or a short text, and nothing else."""
    number = paper.next_article()
    high = 0.6 * place.high
    head = element("h2", f"{paper.head_face()};font-size:{1.5 * paper.em:.1f}px;line-height:1.3",
                   escape(paper.write.title(4, max(5, int(place.wide / paper.em / 1.6)))), role="title")  # fmt: skip
    grid = CssGrid(max(1, min(place.cols, int(place.wide / (9 * paper.em)))))
    grid.put("head", 0, grid.count, photograph(paper.rng.randrange(10**6), high) + head)
    blocks = [_para(paper, escape(paper.write.said("sights") + "。" + paper.write.paragraph().text)) for _ in range(4)]
    return framed(paper, grid.html(paper, blocks, number), full=True)
