"""Pages that are full: a page is cut into cells, down to the size of what is printed on it, and each cell is filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from samples.browser.design.asides import advert, aside, classified, notices
from samples.browser.design.ends import foot, head
from samples.browser.design.html import box, element
from samples.browser.design.paper import CellPlace, FullPaper
from samples.browser.design.stories import article, items, letters, photo_cell

Maker = Callable[[FullPaper, CellPlace], str]

_POUR: Final = (Path(__file__).parent / "pour.js").read_text(encoding="utf-8")
_LEAST_LINES: Final = 9.0
"""Lines of the body that a cell is high at least."""
_ROOM_FOR_NUMBERS: Final = 12.5
"""Ems of a column from which numbers are not parted at the end of a line: in narrower ones that spreads the lines."""
_MAKERS: Final[Mapping[str, Maker]] = {
    "article": article,
    "items": items,
    "letters": letters,
    "photo": photo_cell,
    "aside": aside,
    "notices": notices,
    "classified": classified,
    "advert": advert,
}
_LARGEST: Final[Mapping[str, int]] = {"aside": 60, "advert": 90, "photo": 90, "classified": 140, "notices": 140}
"""Columns times lines of the cells that such a thing fills at most."""
_PAGES: Final[Mapping[str, Mapping[str, float]]] = {
    "news": {"article": 7, "items": 2, "photo": 0.6, "aside": 1, "advert": 0.6, "notices": 0.4, "letters": 0.3},
    "city": {"article": 5, "items": 3, "letters": 1, "aside": 1, "advert": 1.2, "notices": 0.8, "classified": 0.6},
    "opinion": {"article": 6, "letters": 4, "aside": 1.4, "items": 1, "notices": 0.3, "photo": 0.3},
    "market": {"article": 4, "items": 3, "aside": 3, "notices": 2, "advert": 1, "classified": 0.5},
    "small": {"items": 6, "article": 4, "notices": 1, "classified": 1, "advert": 1, "aside": 0.6, "letters": 1},
    "dense": {"article": 8, "items": 5, "letters": 0.5, "aside": 0.3, "notices": 0.6},
}
"""The kinds of pages, and how often each thing fills a cell of theirs."""
_SIZES: Final[Mapping[str, tuple[float, float]]] = {
    "news": (30, 110),
    "city": (25, 90),
    "opinion": (35, 130),
    "market": (20, 80),
    "small": (18, 60),
    "dense": (14, 70),
}
"""Columns times lines of their cells, from and to."""


def full_page(seed: int) -> str:
    """The HTML of a page without gaps; the same seed gives the same page."""
    paper = FullPaper.of(seed)
    rng = paper.rng
    kind = rng.choice(("news", "news", "city", "city", "opinion", "market", "small", "dense"))
    columns = max(3, min(8, round(rng.uniform(58, 92) / (paper.column + 1.4))))
    wide = paper.across(columns)
    high = wide * rng.uniform(1.0, 1.4)
    top = head(paper) + (_teaser_row(paper) if paper.chance(0.2) else "")
    body = _first(paper, CellPlace(columns, wide, high), kind)
    return _document(paper, round(wide), top + body + foot(paper))


def _first(paper: FullPaper, place: CellPlace, kind: str) -> str:
    """The whole of a page: a large article at its head or in its corner, or cells alone."""
    lines = place.high / paper.line
    if kind in ("small", "dense") or paper.chance(0.2):
        return _region(paper, place, kind)
    share = paper.rng.uniform(0.3, 0.5)
    over, under = _cut(paper, place, share)
    span = place.cols if paper.chance(0.4) else max(2, place.cols - paper.rng.choice((1, 1, 2)))
    if span == place.cols or lines < 40:
        return _stacked(paper, _cell(over, article(paper, over, lead=True)), _region(paper, under, kind))
    main, rest = _split(paper, over, span)
    parts = [(main, _cell(main, article(paper, main, lead=True))), (rest, _region(paper, rest, kind))]
    if paper.chance(0.4):
        parts.reverse()
    return _stacked(paper, _side_by_side(paper, [html for _, html in parts]), _region(paper, under, kind))


def _region(paper: FullPaper, place: CellPlace, kind: str) -> str:
    """A part of the page, cut further as long as it is too large for one thing."""
    rng, lines = paper.rng, place.high / paper.line
    goal = rng.uniform(*_SIZES[kind])
    ways = []
    if lines > 2 * _LEAST_LINES + 2:
        ways.append("rows")
    if place.cols > 1:
        ways.append("columns")
    if not ways or place.cols * lines <= goal:
        return _cell(place, _thing(paper, place, kind))
    tall = place.high > 0.8 * place.wide
    way = ways[0] if len(ways) == 1 else "rows" if paper.chance(0.85 if tall else 0.15) else "columns"
    if way == "rows":
        low = _LEAST_LINES / lines
        over, under = _cut(paper, place, rng.uniform(max(0.3, low), min(0.7, 1 - low)))
        return _stacked(paper, _region(paper, over, kind), _region(paper, under, kind))
    left, right = _split(paper, place, rng.randint(1, place.cols - 1))
    return _side_by_side(paper, [_region(paper, left, kind), _region(paper, right, kind)])


def _thing(paper: FullPaper, place: CellPlace, kind: str) -> str:
    lines = place.high / paper.line
    weights = {n: w for n, w in _PAGES[kind].items() if place.cols * lines <= _LARGEST.get(n, 1000)}
    if lines < _LEAST_LINES + 2 and place.cols > 2:
        weights["photo"] = 0
    weights = {n: w / 2 ** paper.printed[n] if n in _LARGEST else w for n, w in weights.items()}
    name = paper.rng.choices(list(weights), list(weights.values()))[0]
    paper.printed[name] += 1
    return _MAKERS[name](paper, place)


# --- cells ------------------------------------------------------------------------------------------------------------


def _gap(paper: FullPaper) -> float:
    return 2 * paper.manner.gap * paper.em + 2


def _cut(paper: FullPaper, place: CellPlace, share: float) -> tuple[CellPlace, CellPlace]:
    high = place.high - _gap(paper)
    return CellPlace(place.cols, place.wide, high * share), CellPlace(place.cols, place.wide, high * (1 - share))


def _split(paper: FullPaper, place: CellPlace, cols: int) -> tuple[CellPlace, CellPlace]:
    wide = (place.wide + paper.gutter) * cols / place.cols - paper.gutter
    return CellPlace(cols, wide, place.high), CellPlace(place.cols - cols, place.wide - wide - paper.gutter, place.high)


def _cell(place: CellPlace, content: str) -> str:
    style = f"width:{place.wide:.1f}px;height:{place.high:.1f}px"
    return element("div", style, content, kind="cell")


def _stacked(paper: FullPaper, over: str, under: str) -> str:
    half = paper.manner.gap * paper.em
    return box("", over, box(f"margin:{half:.1f}px 0;height:2px;border-top:{paper.manner.cell_rule}"), under)


def _side_by_side(paper: FullPaper, parts: list[str]) -> str:
    line = box(
        f"flex:0 0 {paper.gutter / 2:.1f}px;border-left:{paper.manner.stile};margin-left:{paper.gutter / 2:.1f}px"
    )
    return box("display:flex", line.join(parts))


def _teaser_row(paper: FullPaper) -> str:
    """Headlines of other pages, side by side, each with its page."""
    rng, em = paper.rng, paper.em
    cells = []
    for _ in range(rng.randint(2, 4)):
        page = element("span", f"color:{paper.manner.accent};font-weight:900;font-size:{em * 1.6:.1f}px",
                       f"{rng.choice(('A', '', 'B'))}{rng.randint(2, 16)}", other="teaser")  # fmt: skip
        style = f"{paper.manner.small_face};font-size:{em * 1.25:.1f}px"
        cells.append(box("flex:1", element("div", style, paper.write.said("teasers"), other="teaser"), page))
    return box("display:flex;gap:1.5em;border-bottom:1px solid #333;margin-bottom:.6em;padding:.3em 0", *cells)


def _document(paper: FullPaper, width: int, content: str) -> str:
    margin, scale = paper.rng.choice((16, 24, 40)), paper.rng.choice((1.8, 2.0, 2.2, 2.4))
    tag, language = paper.said("zh-Hans", "zh-Hant"), paper.said("chi_sim", "chi_tra")
    rule, half = paper.manner.column_rule, paper.gutter / 2
    breaks = "break-all" if paper.column < _ROOM_FOR_NUMBERS else "normal"
    return (
        f'<!DOCTYPE html><html lang="{tag}"><meta charset="utf-8">'
        f'<meta name="page" content="{width + 2 * margin} 900 {scale} {language}">'
        f"<style>*{{box-sizing:border-box}}body{{margin:{margin}px;width:{width}px;background:{paper.manner.paper};"
        f"color:#111;font:{paper.em}px/{paper.manner.line} {paper.faces.serif};text-align:justify;"
        f"line-break:strict;word-break:{breaks}}}"
        f"p,h1,h2,h3,h4,figure{{margin:0;font-weight:inherit}}h1,h2,h3{{line-height:1.2}}"
        f".row{{display:flex;align-items:flex-start;gap:{paper.gutter}px}}.row>*{{min-width:0}}"
        f".v{{writing-mode:vertical-rl;line-height:1.2;white-space:nowrap}}"
        f".cell{{contain:strict;overflow:hidden}}.box{{position:relative;min-height:0;min-width:0}}"
        f".in{{position:absolute;inset:0;overflow:hidden}}.src{{display:none}}"
        f".ruled::before{{content:'';position:absolute;top:0;bottom:0;left:-{half:.1f}px;border-left:{rule}}}"
        f"</style><body>{content}<script>{_POUR}</script></body></html>"
    )
