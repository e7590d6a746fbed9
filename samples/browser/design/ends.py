"""What stands above and below all articles: masthead or folio, teasers, a ticker, the imprint."""

from __future__ import annotations

from html import escape

from samples.browser.design.house import BrowserHouse
from samples.browser.design.html import box, element


def head(house: BrowserHouse) -> str:
    """The masthead of a front page, or the folio of an inner one."""
    write, rng = house.write, house.rng
    date = f"{rng.randint(1998, 2025)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    date += "　" + write.patterns["weekday"] + rng.choice("一二三四五六日")
    edition = write.said("page", n=rng.randint(1, 16)) if house.chance(0.5) else rng.choice(("A1", "A06", "B3", "08"))
    section = write.said("sections")
    if house.chance(0.45):
        return _masthead(house, date)
    parts = [element("b", None, edition, other="folio")]
    parts += [element("span", None, text, other="folio") for text in (section, date)]
    rng.shuffle(parts)
    border = rng.choice(("1px solid #111", "2px solid #111", "4px solid #b08a20"))
    looks = f"border-bottom:{border};margin-bottom:10px;font-family:{house.faces.sans}"
    return box(f"display:flex;justify-content:space-between;{looks}", *parts)


def _masthead(house: BrowserHouse, date: str) -> str:
    write, rng = house.write, house.rng
    ground = rng.choice(("", "background:#b01018;color:#fff;padding:8px 14px", "border-bottom:3px double #111"))
    size = rng.choice((50, 64, 80, 100))
    looks = f"{house.face()};font-size:{size}px;line-height:1.15"
    name = element("span", looks, write.said("papers"), other="masthead")
    about = "".join(element("div", None, text, other="date") for text in (date, write.said("today", n=8)))
    bar = box(f"{ground};display:flex;gap:30px;align-items:center", name, element("div", None, about))
    return bar + (_teasers(house) if house.chance(0.4) else "")


def _teasers(house: BrowserHouse) -> str:
    cells = [_teaser(house) for _ in range(house.rng.randint(2, 4))]
    return element("div", "margin:8px 0", *cells, kind="row")


def _teaser(house: BrowserHouse) -> str:
    bold = f"font-weight:700;font-size:{house.em * 1.2:.1f}px"
    return box(
        "flex:1;border-left:4px solid #b01018;padding-left:6px",
        element("div", bold, house.write.said("teasers"), other="teaser"),
        element("div", None, house.write.said("refer", n=house.rng.randint(2, 9)), other="teaser"),
    )


def ticker(house: BrowserHouse) -> str:
    """A bar with figures of the day."""
    write, rng = house.write, house.rng
    ground = rng.choice(("background:#1f2d4d;color:#fff", "background:#eee", "border-bottom:1px solid #111"))
    items = [
        f"{escape(write.filled('{product}'))} {rng.randint(80, 29000):,} {rng.choice('▲▼')}{rng.randint(1, 99) / 10}"
        for _ in range(rng.randint(3, 6))
    ]
    looks = f"font-family:{house.faces.sans};font-weight:{rng.choice((400, 700))}"
    return box(
        f"{ground};display:flex;justify-content:space-between;padding:3px 8px;margin:6px 0;{looks}",
        *(element("span", None, text, other="index") for text in items),
    )


def foot(house: BrowserHouse) -> str:
    """The imprint."""
    write, count = house.write, house.rng.randint(1, 4)
    text = "　".join(write.said("imprints", paper=write.said("papers")) for _ in range(count))
    looks = f"border-top:1px solid #111;text-align:center;font-size:{house.em * 0.85:.1f}px"
    return element("div", looks, escape(text), other="imprint")
