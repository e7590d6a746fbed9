"""What has running text, words or figures on a full page and is no article: notices, adverts, boxes, tables.

Those that are made for a width alone are insets too, within an article's columns or beside it.
"""

from __future__ import annotations

from html import escape
from typing import Final

from samples.browser.design.grid import CssGrid
from samples.browser.design.heads import label
from samples.browser.design.html import box, element
from samples.browser.design.paper import CellPlace, FullPaper

_BOLD: Final = "font-weight:700"


def _sans(paper: FullPaper) -> str:
    return f"font-family:{paper.faces.sans}"


# --- insets -----------------------------------------------------------------------------------------------------------


def quotation(paper: FullPaper, wide: float) -> str:
    """A sentence in display type between rules, its source under it."""
    rng, em = paper.rng, paper.em
    text = escape(paper.write.said("quotes"))
    text = rng.choice((f"“{text}”", f"「{text}」", text))
    size = min(em * rng.choice((1.2, 1.4, 1.6, 1.9)), wide / 6)
    face = rng.choice((paper.manner.head_faces[0], paper.manner.small_face))
    align = rng.choice(("left", "center"))
    words = element(
        "div", f"{face};font-size:{size:.1f}px;line-height:1.35;text-align:{align}", text, other="pullquote"
    )
    source = ""
    if paper.chance(0.6):
        style = f"font-size:{0.95 * em:.1f}px;text-align:{rng.choice(('right', align))}"
        source = element("div", style, escape(paper.write.said("quote_signs")), other="pullquote")
    return box(f"margin:.5em 0;{paper.manner.quote}", words, source)


def facts(paper: FullPaper, wide: float, rows: int) -> str:
    """A box of facts, each a line: names and values, sentences with a dot, or numbered ones."""
    rng, em, write = paper.rng, paper.em, paper.write
    sign = rng.choice(("", "", "●", "■", "▪", "◆", "n"))
    size = em * rng.choice((0.88, 0.95, 1.0))
    face = rng.choice((_sans(paper), f"font-family:{paper.faces.brush}", ""))
    items = []
    bold = paper.chance(0.4)
    for n in range(rows):
        text = escape(write.said(rng.choice(("facts", "facts", "bullets"))))
        name, colon, value = text.partition("：")
        if colon and bold:
            text = f"<b>{name}{colon}</b>{value}"
        mark = f"{n + 1}. " if sign == "n" else sign
        items.append(element("div", "", mark + text, other="box", kind="opt" if n > 1 else "row-1"))
    style = f"font-size:{size:.1f}px;line-height:1.4;{face}"
    return _box_title(paper, wide) + box(style, *items)


def timeline(paper: FullPaper, wide: float, rows: int) -> str:
    """Dates, each with what happened."""
    rng, em = paper.rng, paper.em
    years = sorted(rng.sample(range(1951, 2025), max(2, rows)))
    across = wide > 16 * em and paper.chance(0.5)
    items = []
    for n, year in enumerate(years):
        date = f"{year}年" if paper.chance(0.6) else f"{year}年{rng.randint(1, 12)}月"
        head = element("div", f"{_sans(paper)};{_BOLD};flex:0 0 5.5em", date, other="infographic")
        text = element("div", None, escape(paper.write.said("events")), other="infographic")
        style = "display:flex;gap:6px" if across else "margin-top:2px"
        items.append(element("div", f"{style};border-left:2px solid #999;padding-left:5px", head, text,
                             kind="opt" if n > 1 else "row-1"))  # fmt: skip
    return _box_title(paper, wide) + box(f"font-size:{0.92 * em:.1f}px;line-height:1.35", *items)


def figure_cells(paper: FullPaper, wide: float) -> str:
    """Large figures, each with a few words under it, beside or under each other."""
    rng, em, write = paper.rng, paper.em, paper.write
    count = max(1, min(4, int(wide / (8 * em))))
    cells = []
    for _ in range(count if count > 1 else rng.choice((1, 2, 3))):
        size = em * rng.choice((2.0, 2.6, 3.2))
        figure = write.filled(rng.choice(("{percent}", "{amount}", "{money}", "{count}个", "{count}倍")))
        size = min(size, wide / count / max(3, 0.6 * len(figure)))
        style = f"{paper.manner.head_faces[0]};font-size:{size:.1f}px;color:{paper.manner.accent};line-height:1.15"
        big = element("div", style, figure, other="infographic")
        word = write.filled(
            rng.choice(("{county}{product}产量", "{works}总数", "比去年增长", "{office}服务人次", "今年投资"))
        )
        cells.append(box("flex:1;text-align:center", big, element("div", f"{_sans(paper)};font-size:{0.9 * em:.1f}px",
                                                                  escape(word), other="infographic")))  # fmt: skip
    way = "row" if count > 1 else "column"
    return box(f"display:flex;flex-direction:{way};gap:6px;margin:.4em 0;align-items:flex-end", *cells)


def rows_of_figures(paper: FullPaper, wide: float, rows: int) -> str:
    """Results, prices or the weather: rows of a word and figures."""
    rng, em, write = paper.rng, paper.em, paper.write
    size = em * rng.choice((0.85, 0.92, 1.0))
    columns = max(1, min(4, int((wide / size - 5) / 6)))
    kind = rng.choice(("table", "weather", "figures"))
    lines = []
    for n in range(rows):
        cells = [element("td", None, escape(write.filled(rng.choice(("{city}", "{product}", "{town}")))), other=kind)]
        for _ in range(columns):
            value = (
                f"{rng.randint(-9, 12)}～{rng.randint(13, 30)}℃"
                if kind == "weather"
                else f"{rng.randint(10, 9999) / 10}"
            )
            value = escape(rng.choice(write.patterns["dishes"])) if kind == "weather" and paper.chance(0.4) else value
            cells.append(element("td", "text-align:right", value, other=kind))
        lines.append(element("tr", "border-bottom:1px solid #aaa" if n % 2 else "", *cells, kind="opt"))
    title = _box_title(paper, wide, "result_titles", kind)
    style = f"width:100%;border-collapse:collapse;font-size:{size:.1f}px;{_sans(paper)};line-height:1.4"
    return title + element("table", style, *lines)


def index(paper: FullPaper, wide: float, rows: int) -> str:
    """Headlines of other pages with the numbers of the pages."""
    rng, em, write = paper.rng, paper.em, paper.write
    items = []
    size = em * rng.choice((1.0, 1.1))
    for n in range(rows):
        text = (
            escape(write.said("teasers"))
            + f"<b>　{rng.choice(('A', 'B', ''))}{rng.randint(2, 16)}{rng.choice(('', '版'))}</b>"
        )
        style = f"font-size:{size:.1f}px;line-height:1.4;border-bottom:1px dotted #555"
        items.append(element("div", style, text, other="index", kind="opt" if n else "row-1"))
    return label(
        paper, words=paper.said("导读", "導讀") if paper.chance(0.5) else paper.said("今日导读", "今日導讀")
    ) + box("", *items)


def poem(paper: FullPaper, wide: float, rows: int) -> str:
    """Lines of verse on a page of prose that are no article, such as a saying of the day."""
    lines = [
        escape(x) for x in paper.rng.sample(paper.write.patterns["poem_lines"], min(rows, 8, 4 * max(1, rows // 4)))
    ]
    align = paper.rng.choice(("left", "center"))
    style = f"font-family:{paper.faces.brush};font-size:{1.1 * paper.em:.1f}px;text-align:{align};line-height:1.5"
    title = element("div", f"{_sans(paper)};{_BOLD};text-align:{align}", escape(paper.write.title(3, 8)), other="poem")
    return title + box(
        style, *(element("div", None, t, other="poem", kind="opt" if n > 3 else "row-1") for n, t in enumerate(lines))
    )


def _box_title(paper: FullPaper, wide: float, words: str = "fact_titles", kind: str = "box") -> str:
    rng, em = paper.rng, paper.em
    if kind == "box" and paper.chance(0.3):
        return box("margin-bottom:3px", label(paper))
    text = escape(paper.write.said(words))
    size = min(em * rng.choice((1.05, 1.25, 1.5)), wide / len(text))
    face = rng.choice((f"{_sans(paper)};{_BOLD}", paper.manner.head_faces[0]))
    style = f"{face};font-size:{size:.1f}px;text-align:{rng.choice(('left', 'center'))};line-height:1.35"
    return element("div", style, text, other=kind)


def framed(paper: FullPaper, content: str, *, full: bool = False) -> str:
    """Content in the frame or on the ground of the paper's boxes, now and then without any."""
    frame = paper.manner.frame if paper.chance(0.75) else ""
    looks = f"padding:.5em {'.6em' if frame else '0'};{frame}"
    if full:
        return element("div", f"height:100%;overflow:hidden;{looks}", content, kind="fit")
    return box(f"margin:.4em 0;{looks}", content)


def inset(paper: FullPaper, wide: float) -> str:
    """Something small within an article that is not of its text."""
    inner = wide - 1.2 * paper.em
    kind = paper.rng.choices(("quote", "facts", "timeline", "figures"), (4, 3, 2, 2))[0]
    if kind == "quote":
        return quotation(paper, wide)
    if kind == "facts":
        return framed(paper, facts(paper, inner, paper.rng.randint(3, 6)))
    if kind == "timeline":
        return framed(paper, timeline(paper, inner, paper.rng.randint(3, 5)))
    return framed(paper, figure_cells(paper, inner))


# --- cells ------------------------------------------------------------------------------------------------------------


def aside(paper: FullPaper, place: CellPlace) -> str:
    """A box, a table, an index or a row of quotations in a cell of its own."""
    inner = place.inside(0.7 * paper.em)
    rows = max(2, int(inner.high / (1.5 * paper.em)))
    each = max(1, int(inner.wide / (13 * paper.em)))
    makers = (facts, timeline, rows_of_figures, rows_of_figures, index, poem, facts)
    maker = paper.rng.choice(makers)
    if maker is facts and each > 1 and rows < 12:
        columns = [box("flex:1;min-width:0", facts(paper, inner.wide / each, rows)) for _ in range(each)]
        return framed(paper, box(f"display:flex;gap:{paper.gutter}px", *columns), full=True)
    parts = []
    if rows > 9 and paper.chance(0.4):
        parts.append(figure_cells(paper, inner.wide))
        rows -= 4
    while rows > 2:
        most = min(rows, paper.rng.randint(5, 9))
        parts.append(box("margin-bottom:.5em", maker(paper, inner.wide, most)))
        rows -= most + 2
        maker = paper.rng.choice(makers)
    return framed(paper, "".join(parts), full=True)


def notices(paper: FullPaper, place: CellPlace) -> str:
    """Notices with numbered paragraphs, under each other or in columns."""
    rng, em, write = paper.rng, paper.em, paper.write
    size = em * rng.choice((0.85, 0.92, 1.0))
    title_size = em * rng.choice((1.0, 1.2, 1.5, 2.0))
    rule = rng.choice(("border-top:1px solid #333;margin-top:.4em;padding-top:.3em", "margin-top:.8em", ""))
    face = rng.choice((_sans(paper), "", f"font-family:{paper.faces.brush}"))
    align = rng.choice(("center", "center", "left"))
    blocks: list[str] = []
    amount = 0.0
    while amount < 1.3 * place.wide * place.high / (size * paper.line):
        looks = f"{paper.manner.head_faces[1]};font-size:{title_size:.1f}px;text-align:{align};{rule if blocks else ''}"
        blocks.append(element("div", looks, escape(write.said("notice_titles")), other="notice"))
        amount += 60
        first = rng.randrange(10)
        for row in write.patterns["notice_rows"][first : first + rng.choice((1, 2, 3, 5))]:
            text = write.filled(row)
            amount += len(text)
            blocks.append(_split(f"text-indent:2em;font-size:{size:.1f}px;{face}", escape(text), "notice"))
        for _ in range(rng.choice((0, 1, 2))):
            style = f"text-align:right;font-size:{size:.1f}px;{face}"
            blocks.append(element("div", style, escape(write.said("notice_signs")), other="notice", kind="after"))
    return _poured(paper, place, blocks, framed_share=0.5)


def classified(paper: FullPaper, place: CellPlace) -> str:
    """Small adverts that begin with a bold word, in narrow columns."""
    rng, em = paper.rng, paper.em
    size = em * rng.choice((0.8, 0.9, 1.0))
    sign = rng.choice(("▲", "◆", "●", "", "", "★"))
    how = rng.choice(("bold", "brackets", "line", "dark"))
    rule = rng.choice(("", "border-bottom:1px dotted #444", "border-bottom:1px solid #888"))
    blocks, amount = [], 0.0
    while amount < 1.4 * place.wide * place.high / (size * paper.line):
        head, _, text = paper.write.said("classified").partition("|")
        amount += len(text) + 10
        style = f"font-size:{size:.1f}px;{_sans(paper)};{rule}"
        if how == "line":
            blocks.append(
                element("div", f"{style};border:none;{_BOLD};text-align:center", escape(head), other="advert")
            )
            blocks.append(_split(style, escape(text), "advert"))
            continue
        lead = {
            "bold": f"<b>{sign}{head}</b>　",
            "brackets": f"<b>【{head}】</b>",
            "dark": f'<b style="background:#222;color:#fff">{head}</b> ',
        }[how]
        blocks.append(_split(style, lead + escape(text), "advert"))
    words = paper.said("分类广告", "分類廣告") if paper.chance(0.6) else paper.said("便民信息", "便民訊息")
    head = label(paper, large=True, words=words) if paper.chance(0.7) else ""
    return _poured(paper, place, blocks, framed_share=0.2, head=head)


def advert(paper: FullPaper, place: CellPlace) -> str:
    """An advert: a slogan, prose, addresses and telephone numbers."""
    rng, em, write = paper.rng, paper.em, paper.write
    slogan = write.said("slogans") if paper.chance(0.7) else write.said("contests")
    inner = place.wide - 1.6 * em
    size = max(em, min(em * rng.choice((1.6, 2.2, 3.0, 4.0)), inner / len(slogan), place.high / 5))
    if paper.chance(0.25) and len(slogan) > 6:
        size = min(2 * size, inner / 6, place.high / 6)
    dark = paper.chance(0.2)
    ground = (
        "background:#1a2a44;color:#fff"
        if dark
        else rng.choice(
            ("border:2px solid #111", "border:1px solid #333", "border:4px double #333", "background:#f3ead8", "")
        )
    )
    align = rng.choice(("center", "center", "left"))
    parts = [
        element(
            "div",
            f"{paper.head_face()};font-size:{size:.1f}px;line-height:1.25;text-wrap:balance",
            escape(slogan),
            other="advert",
        )
    ]
    prose = max(0, int((place.high - 8 * paper.line) * inner / (em * paper.line) / 55))
    for _ in range(min(prose, rng.choice((0, 1, 2, 3)))):
        style = f"{rng.choice((_sans(paper), ''))};text-align:{rng.choice(('left', 'justify'))};text-indent:2em"
        parts.append(element("div", style, escape(write.said("advert_prose")), other="advert", kind="opt"))
    for _ in range(rng.choice((1, 2, 3, 4))):
        style = f"{_sans(paper)};font-size:{em * rng.choice((0.9, 1.0, 1.3)):.1f}px;{rng.choice(('', _BOLD))}"
        parts.append(element("div", style, escape(write.said("advert_foot")), other="advert", kind="opt"))
    style = f"height:100%;overflow:hidden;padding:.7em;text-align:{align};{ground};display:flex;flex-direction:column"
    style += f";justify-content:{rng.choice(('space-evenly', 'center', 'space-between'))}"
    return element("div", style, *parts, kind="fit")


def _split(style: str, text: str, other: str) -> str:
    return element("p", style, text, other=other, kind="s")


def _poured(paper: FullPaper, place: CellPlace, blocks: list[str], *, framed_share: float, head: str = "") -> str:
    count = max(1, round(place.wide / ((paper.column + 1) * paper.em)))
    grid = CssGrid(count)
    if head:
        grid.put("head", 0, count, head)
    content = grid.html(paper, blocks)
    if not paper.chance(framed_share):
        return content
    looks = paper.pick("border:1px solid #222", "border:2px solid #444", "background:#eee")
    return box(f"height:100%;padding:.5em;{looks}", content)
