"""The page: its head, its rows, its foot, and the style sheet."""

from __future__ import annotations

from typing import Final

from samples.browser.design.cells import row
from samples.browser.design.ends import foot, head, ticker
from samples.browser.design.house import GUTTER, RULES, BrowserHouse
from samples.browser.design.html import box

_ROW: Final = (10.0, 20.0)
_LEAD_ROW: Final = (15.0, 28.0)
"""Heights of rows of cells in lines of body type."""


def random_page(seed: int, *, mixed: bool = False) -> str:
    """The HTML of a page; the same seed gives the same page. A mixed one holds verse, figures and small adverts too."""
    house = BrowserHouse.drawn(seed, mixed=mixed)
    rng = house.rng
    columns = rng.choice((4, 5, 5, 6, 6, 7))
    width = round(house.across(columns))
    rows = [head(house)]
    if mixed and house.chance(0.4):
        rows.append(ticker(house))
    for n in range(rng.choice((2, 2, 3))):
        rows.append(row(house, columns, rng.uniform(*_ROW) if n else rng.uniform(*_LEAD_ROW)))
        rows.append(box(f"border-top:{rng.choice(RULES)};margin:{rng.choice((6, 9, 14))}px 0"))
    rows.append(foot(house))
    return _document(house, width, "".join(rows))


def _document(house: BrowserHouse, width: int, content: str) -> str:
    margin = house.rng.choice((16, 24, 40))
    line = house.rng.choice((1.35, 1.42, 1.5, 1.6))
    scale = house.rng.choice((1.8, 2.0, 2.2, 2.4))
    tag, language = house.said("zh-Hans", "zh-Hant"), house.said("chi_sim", "chi_tra")
    return (
        f'<!DOCTYPE html><html lang="{tag}"><meta charset="utf-8">'
        f'<meta name="page" content="{width + 2 * margin} 900 {scale} {language}">'
        f"<style>*{{box-sizing:border-box}}body{{margin:{margin}px;width:{width}px;background:#fff;color:#111;"
        f"font:{house.em}px/{line} {house.faces.serif};text-align:justify;line-break:strict}}"
        f"p,h1,h2,h3,h4,figure{{margin:0;font-weight:inherit}}.t{{text-align:left;line-height:1.25}}"
        f".row{{display:flex;align-items:flex-start;gap:{GUTTER * house.em}px}}.row>*{{min-width:0}}"
        f".v{{writing-mode:vertical-rl;line-height:1.2;white-space:nowrap}}</style><body>{content}</body></html>"
    )
