"""Issues drawn by chance: grid, type, headlines, boxes, pictures, rules and damage all vary, the truth is exact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Final

from samples.typeset.canvas import FrameRect
from samples.typeset.fill import fill
from samples.typeset.front.issue import front_issue
from samples.typeset.furniture import FolioLine, Masthead
from samples.typeset.jump import NUMERALS, with_jumps
from samples.typeset.numerals import in_hanzi
from samples.typeset.parcel import Plot, part
from samples.typeset.press import IssuePlan, PagePlan, PrintedIssue, typeset
from samples.typeset.register.issue import register_issue
from samples.typeset.scanner import LEVELS, ScanDamage
from samples.typeset.taste import Draw, draw_issue

SECTIONS: Final = ("要闻", "综合新闻", "经济", "文化", "城乡", "副刊", "民生", "体育", "教育", "国内新闻")
OLD_SECTIONS: Final = ("本埠新聞", "各省要聞", "副刊", "商情", "教育界")
PAPERS: Final = ("澄州晚报", "青崖日报", "望溪商报", "岚江时报", "雁城新闻")
OLD_PAPERS: Final = ("澄州新報", "青崖日報", "望溪商報", "嵐江公報")
LEVEL_NAMES: Final = (
    "clean", "office", "poor", "skewed", "coarse", "tiny", "fine", "turned", "upside_down", "one_bit", "bound",
    "double",
)  # fmt: skip


STYLE_NAMES: Final = ("modern", "traditional", "vertical", "front", "front_traditional", "register")
FRONT_LEVEL_NAMES: Final = (
    "clean", "office", "office", "poor", "skewed", "coarse", "one_bit", "web", "web", "jpeg", "phone", "film",
)  # fmt: skip
"""Levels of damage drawn for the front styles; every name may be asked for with any style but web."""


def random_issue(
    seed: int, pages: int = 1, level: str | None = None, *, small: bool = False, style: str = "modern"
) -> PrintedIssue:
    """An issue of `pages` pages, typeset and scanned; the same arguments give the same issue.

    `level` is one of `LEVEL_NAMES`, drawn by chance when None. `small` keeps to sheets of some 7 megapixels.
    `style` is modern (simplified, horizontal), traditional (horizontal) or vertical (traditional, in registers from
    right to left), or front and front_traditional (modern front pages
    with all that real ones show), or register (old vertical pages).
    """
    if style == "register":
        return register_issue(seed, pages, register_damage(seed, level), small=small)
    if style.startswith("front"):
        damage = front_damage(seed, level)
        return front_issue(seed, pages, damage, small=small, traditional=style == "front_traditional")
    plan = random_plan(seed, pages, small=small, style=style)
    return typeset(plan, random_damage(seed, level), seed)


def front_damage(seed: int, level: str | None = None) -> ScanDamage:
    """The damage of a level for a front page; web (a page as on a screen), jpeg, phone and film are its own."""
    rng = Random(f"front damage {seed}")
    level = level or rng.choice(FRONT_LEVEL_NAMES)
    office = LEVELS["office"]
    own: dict[str, ScanDamage] = {
        "web": ScanDamage(dpi=0, quality=rng.choice((60, 75, 85, 92))),
        "jpeg": replace(office, quality=40, dpi=rng.choice((150, 200, 300)), skew=round(rng.uniform(-0.4, 0.4), 2)),
        "phone": replace(
            office,
            tilt=rng.uniform(0.01, 0.035),
            skew=round(rng.uniform(-2, 2), 2),
            border=rng.choice((60, 160)),
            shade=60,
            noise=12,
            blur=1.1,
        ),
        "film": replace(
            office,
            scratches=rng.randint(6, 40),
            noise=rng.randint(12, 30),
            border=rng.choice((60, 120)),
            dirt=rng.randint(40, 200),
            blur=1.2,
            shade=50,
            through=0.0,
            skew=round(rng.uniform(-0.8, 0.8), 2),
        ),
    }
    return own[level] if level in own else random_damage(seed, level)


def register_damage(seed: int, level: str | None = None) -> ScanDamage:
    """The damage of a level for an old page; microfilm is a scan in two tones with scratches."""
    rng = Random(f"register damage {seed}")
    level = level or rng.choice(("film", "film", "microfilm", "microfilm", "office", "poor", "one_bit", "double"))
    if level == "microfilm":
        return replace(
            LEVELS["office"], one_bit=True, scratches=rng.randint(4, 30), noise=rng.randint(20, 70),
            dirt=rng.randint(100, 700), border=rng.choice((0, 60, 140)), blur=rng.choice((0.8, 1.2)),
            spread=rng.choice((0, 0, 1)), through=0.0, skew=round(rng.uniform(-1, 1), 2), dpi=rng.choice((200, 300)),
        )  # fmt: skip
    return front_damage(seed, level)


def random_damage(seed: int, level: str | None = None) -> ScanDamage:
    """The damage of that level, its parts varied by chance."""
    rng = Random(f"damage {seed}")
    level = level or rng.choice((*LEVEL_NAMES, "office", "poor", "office", "poor"))
    office = LEVELS["office"]
    special: dict[str, ScanDamage] = {
        "skewed": replace(office, skew=rng.choice((-3.0, 3.0, 4.5, -4.5)), border=rng.choice((60, 140))),
        "coarse": replace(office, dpi=200, skew=0.4),
        "tiny": replace(office, dpi=rng.choice((80, 96, 110)), skew=0.2, noise=6, dirt=4),
        "fine": replace(office, dpi=600, blur=0.5, skew=-0.3),
        "turned": replace(office, turn=rng.choice((90, 270))),
        "upside_down": replace(office, turn=180),
        "one_bit": replace(office, one_bit=True, noise=6, through=0.0, shade=5),
        "double": replace(office, double=True, skew=0.3, border=40),
        "bound": replace(office, border=140, neighbour=rng.randint(40, 120), curl=rng.randint(10, 40), skew=0.5),
    }
    if level in special:
        return special[level]
    if level == "clean":
        return LEVELS["clean"]
    turn, border = round(rng.uniform(-1, 1), 2), rng.choice((0, 0, 40))
    if level == "office":
        return replace(office, skew=0.5 * turn, border=border, noise=rng.randint(4, 14), shade=rng.randint(5, 30))
    return replace(
        LEVELS["poor"], skew=round(1.3 * turn, 2), border=border, noise=rng.randint(16, 34), dirt=rng.randint(30, 220),
        blur=rng.choice((1.0, 1.3, 1.6)), paper=rng.randint(195, 230), ink=rng.randint(30, 70),
    )  # fmt: skip


def random_plan(seed: int, pages: int = 1, *, small: bool = False, style: str = "modern") -> IssuePlan:
    """The description of an issue drawn by chance."""
    vertical = style == "vertical"
    draw = draw_issue(seed, small=small, vertical=vertical, traditional=style != "modern")
    name = draw.rng.choice(PAPERS if style == "modern" else OLD_PAPERS)
    day = date(draw.rng.randint(1996, 2024), draw.rng.randint(1, 12), draw.rng.randint(1, 28))
    said = f"{day.year}年{day.month}月{day.day}日  星期{'一二三四五六日'[day.weekday()]}"
    said = in_hanzi(said) if vertical else said
    plans = [_page(draw, (n + 1, name, said)) for n in range(pages)]
    return IssuePlan(name, said, tuple(with_jumps(draw, plans)))


def _page(draw: Draw, about: tuple[int, str, str]) -> PagePlan:
    grid, number = draw.grid, about[0]
    vertical = grid.body.vertical
    masthead = _masthead(draw, about) if number == 1 and grid.columns >= 3 and draw.chance(0.5) else None
    first = 0 if masthead is None else round((masthead.rect.v1 - grid.top) / grid.body.pitch) + 1
    filled = fill(draw, part(draw, Plot(0, grid.columns, first, grid.rows)))
    folio, at = _folio(draw, about)
    width, height = (grid.height, grid.width) if vertical else (grid.width, grid.height)
    return PagePlan(
        number, width, height, tuple(filled.pieces), folio, at, masthead, tuple(filled.adverts), tuple(filled.tables),
        tuple(filled.rules), vertical, draw.taste.colour,
    )  # fmt: skip


def _masthead(draw: Draw, about: tuple[int, str, str]) -> Masthead:
    """The newspaper's name across the page's head, or down its right edge."""
    grid, rng = draw.grid, draw.rng
    _, name, when = about
    size = int(min(grid.width * 0.55 / len(name), grid.body.pitch * 5))
    rows = -(-int(size * 1.35) // grid.body.pitch)
    data = (
        when,
        f"第{rng.randint(1000, 9999)}期 今日{rng.choice((4, 8))}版",
        f"国内统一刊号 CN00-{rng.randint(1000, 9999)}",
    )
    if grid.body.vertical:
        data = (when.split()[0], in_hanzi(f"第{rng.randint(1000, 9999)}號"), "本報館設東門大街")
    face = rng.choice((draw.taste.case.kai, *draw.taste.case.bold))
    return Masthead(name, data, face, draw.taste.case.song, grid.rect(0, grid.columns, 0, rows), size)


def _folio(draw: Draw, about: tuple[int, str, str]) -> tuple[FolioLine, FrameRect]:
    number, _, when = about
    rng, grid, case = draw.rng, draw.grid, draw.taste.case
    old = case.language == "hant"
    page = f"第{NUMERALS[number]}版" if old else draw.page_form.format(number, NUMERALS[number])
    details = [*when.split(), page]
    if not old:
        details += [f"责任编辑 {draw.writer.name()}"] + ([f"美编 {draw.writer.name()}"] if draw.chance(0.3) else [])
    folio = FolioLine(
        rng.choice(OLD_SECTIONS if old else SECTIONS), tuple(details), rng.choice((*case.bold, case.kai)),
        rng.choice((case.song, case.kai)), round(grid.body.size * rng.uniform(0.8, 1.0)),
        rng.choice(("medium", "thick", "double", "thick_thin", "fine")), False, draw.chance(0.12), number % 2 == 0,
    )  # fmt: skip
    high, gap = 2.4 * grid.body.size, grid.body.size
    if grid.body.vertical:
        foot = grid.margin + grid.before - gap
        return folio, FrameRect(grid.margin, foot - high, grid.height - grid.margin, foot)
    return folio, FrameRect(grid.margin, grid.top - high - gap, grid.width - grid.margin, grid.top - gap)
