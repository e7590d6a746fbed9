"""The two issues that lie in samples/, described plot by plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from samples.typeset import faces as f
from samples.typeset.canvas import FrameRect
from samples.typeset.flow import BodyLook, SubheadLook
from samples.typeset.furniture import Advert, FolioLine, Masthead, PrintedTable
from samples.typeset.grid import PageGrid, redivided
from samples.typeset.headline import HeadLook
from samples.typeset.piece import Figure, Frame, HeadPlace, PlannedPiece
from samples.typeset.press import IssuePlan, PagePlan, PageRule
from samples.typeset.rules import STYLES
from samples.typeset.story import Story, own_stories


def told(title: str) -> Story:
    """The story of that title, or whose title begins so."""
    return next(s for s in own_stories() if s.title.startswith(title))


def _rule_below(grid: PageGrid, c0: int, c1: int, row: float, style: str = "fine") -> PageRule:
    """A rule in the white above `row`, over the columns c0 up to c1."""
    span = grid.rect(c0, c1, 0, 1)
    v = grid.v(row) - 0.7 * grid.body.pitch
    return PageRule(FrameRect(span.u0, v, span.u1, v + STYLES[style][1]), style)


def _rule_beside(grid: PageGrid, column: int, r0: float, r1: float, style: str = "fine") -> PageRule:
    """A rule in the gutter before `column`, from row r0 to row r1."""
    u = grid.u(column) - grid.gutter / 2
    return PageRule(FrameRect(u, grid.v(r0), u + STYLES[style][1], grid.v(r1)), style)


def _columns(grid: PageGrid, plots: Sequence[tuple[int, int, float, float]]) -> tuple[FrameRect, ...]:
    """Each plot (c0, c1, r0, r1) in its columns, one after another."""
    return tuple(grid.rect(c, c + 1, r0, r1) for c0, c1, r0, r1 in plots for c in range(c0, c1))


def _boxed(grid: PageGrid, plot: tuple[int, int, float, float], count: int) -> tuple[FrameRect, tuple[FrameRect, ...]]:
    """A frame over a plot, and `count` columns within it."""
    frame = grid.rect(*plot)
    inner = frame.inset(grid.body.size * 0.9, grid.body.pitch * 0.75)
    return frame, redivided(inner, count, grid.body, grid.gutter)


EVENING_BODY: Final = BodyLook(f.SONG, 36, 48, SubheadLook(f.HEI_BOLD, 2), f.HEI_BOLD)
EVENING: Final = PageGrid(2400, 3400, 126, 290, 4, 14, 44, EVENING_BODY, 62)


def _evening_folio(section: str, page: str, editor: str, number: int) -> tuple[FolioLine, FrameRect]:
    details = ("2019年11月6日", "星期三", page, f"责任编辑 {editor}", "美编 白露")
    folio = FolioLine(section, details, f.SONG_BOLD, f.KAI, 34, "thick_thin", mirrored=number % 2 == 0)
    return folio, FrameRect(126, 150, 2274, 250)


def _head(size: int, **more: object) -> HeadLook:
    look = HeadLook(f.HEI_BOLD, size, 44, f.HEI, 46)
    return replace(look, **more)  # type: ignore[arg-type]


def evening() -> IssuePlan:
    """澄州晚报: two pages; one article jumps."""
    return IssuePlan("澄州晚报", "2019年11月6日", (_evening_one(), _evening_two()))


def _evening_one() -> PagePlan:
    g = EVENING
    folio, at = _evening_folio("要闻", "第1版", "冉知微", 1)
    data = ("2019年11月6日 星期三", "第7318期 今日2版", "国内统一刊号 CN00-0127", "己亥年十月初十")
    masthead = Masthead("澄州晚报", data, f.KAI, f.SONG, g.rect(0, 4, 0, 5), 190)
    port = told("澄州港")
    harbour = PlannedPiece(
        0,
        port,
        _columns(g, [(0, 3, 6, 37)]),
        g.body,
        HeadPlace(_head(150), 0, 2, byline_face=f.KAI),
        (Figure(g.rect(1, 3, 14.2, 28), "street", 11, port.captions[0], caption_face=f.KAI),),
        goes_to=2,
        to_text="（下转第二版）",
        marker_face=f.KAI,
    )
    rain_head = HeadPlace(_head(62, face=f.SONG_BOLD, title_lines=3), 0, 0, byline="none")
    rain = PlannedPiece(1, told("我市连降"), _columns(g, [(3, 4, 6, 43)]), g.body, rain_head)
    frame, boxed = _boxed(g, (0, 2, 38.5, 61.5), 2)
    view = Figure(
        FrameRect(boxed[0].u0, g.v(55.5), boxed[1].u1, g.v(60.7)), "fields", 3, "已完工的一段步道。", caption_face=f.KAI
    )
    path = PlannedPiece(
        2,
        told("新修步道"),
        boxed,
        g.body,
        HeadPlace(_head(84), 0, 1, byline="none"),
        (view,),
        frame=Frame(frame, "double"),
    )
    nurse_head = HeadPlace(_head(70, face=f.SONG_BOLD, minor=f.KAI), 0, 0, byline_face=f.KAI)
    nurse = PlannedPiece(3, told("夜班护士"), _columns(g, [(2, 3, 38.5, 61.5), (3, 4, 44.5, 61.5)]), g.body, nurse_head)
    rules = (
        _rule_below(g, 0, 4, 6, "medium"),
        _rule_beside(g, 3, 6, 43),
        _rule_below(g, 0, 3, 38.5),
        _rule_below(g, 3, 4, 44.5),
    )
    return PagePlan(1, g.width, g.height, (harbour, rain, path, nurse), folio, at, masthead, rules=rules)


def _evening_two() -> PagePlan:
    g = EVENING
    folio, at = _evening_folio("综合新闻", "第2版", "冉知微", 2)
    rest = PlannedPiece(
        10,
        Story("澄州港今起直航云门", ()),
        _columns(g, [(0, 2, 0, 21.5)]),
        g.body,
        HeadPlace(_head(76), 0, 1),
        comes_from=1,
        from_text="（上接第一版）",
        part_of=0,
        marker_face=f.HEI_BOLD,
    )
    bridge = told("百年石桥")
    stones = PlannedPiece(
        11,
        bridge,
        _columns(g, [(0, 3, 23, 55.2)]),
        g.body,
        HeadPlace(_head(128, face=f.SONG_BOLD, minor=f.KAI), 0, 2, byline_face=f.KAI),
        (
            Figure(
                FrameRect(g.u(1) - 290, g.v(34), g.u(1) + 290, g.v(44.5)),
                "hills",
                5,
                bridge.captions[0],
                caption_face=f.KAI,
            ),
        ),
    )
    game_look = _head(80, panel="dark", title_lines=1)
    games = PlannedPiece(
        12, told("港务队"), _columns(g, [(2, 4, 0, 21.5)]), g.body, HeadPlace(game_look, 0, 1, byline="none")
    )
    tree = PlannedPiece(
        13,
        told("把座位"),
        _columns(g, [(3, 4, 23, 61.5)]),
        g.body,
        HeadPlace(_head(60), 0, 0, byline="right", byline_face=f.KAI),
    )
    lines = (("修理钟表", 0.8), ("北门城墙根 老贺", 0.7), ("每日八时至十八时", 0.65))
    advert = Advert(15, g.rect(0, 2, 56.5, 61.5), lines, f.KAI, f.SONG, "wave", "drawing", seed=4)
    prices = (("品名", "批发", "零售"), ("青菜", "1.20", "1.80"), ("萝卜", "0.85", "1.30"), ("莲藕", "2.60", "3.50"))
    table = PrintedTable(16, g.rect(2, 3, 56.5, 61.5), "今日菜价", prices, f.SONG, f.HEI_BOLD, 34)
    rules = (
        _rule_below(g, 0, 4, 23),
        _rule_beside(g, 2, 0, 21.5),
        _rule_beside(g, 3, 23, 61.5),
        _rule_below(g, 0, 3, 56.5),
    )
    pieces = (rest, games, stones, tree)
    return PagePlan(2, g.width, g.height, pieces, folio, at, adverts=(advert,), tables=(table,), rules=rules)


DAILY_BODY: Final = BodyLook(f.MING, 38, 50, SubheadLook(f.SONG_BOLD, 2), f.KAI)
DAILY: Final = PageGrid(2300, 3250, 116, 290, 5, 10, 42, DAILY_BODY, 56)


def _daily_folio(section: str, page: str, editor: str) -> tuple[FolioLine, FrameRect]:
    details = ("2003年10月12日", "星期日", f"第{page}版", f"编辑：{editor}")
    return FolioLine(section, details, f.KAI, f.SONG, 34, "double", mirrored=page == "二"), FrameRect(
        116, 150, 2184, 250
    )


def _daily_head(size: int, **more: object) -> HeadLook:
    look = HeadLook(f.SONG_BOLD, size, 46, f.HEI_BOLD, 44, gap=0.25)
    return replace(look, **more)  # type: ignore[arg-type]


def daily() -> IssuePlan:
    """青崖日报: three pages; one article jumps from the first to the third."""
    return IssuePlan("青崖日报", "2003年10月12日", (_daily_one(), _daily_two(), _daily_three()))


def _daily_one() -> PagePlan:
    g = DAILY
    folio, at = _daily_folio("要闻", "一", "葛念初")
    masthead = Masthead(
        "青崖日报",
        ("2003年10月12日", "星期日 今日三版", "第4056期", "癸未年九月十七"),
        f.SONG_BOLD,
        f.HEI,
        g.rect(0, 5, 0, 6),
        200,
    )
    rice = told("三百亩旱稻")
    harvest = PlannedPiece(
        0,
        rice,
        _columns(g, [(0, 3, 7, 34)]),
        g.body,
        HeadPlace(_daily_head(118), 0, 2, byline_face=f.KAI),
        (
            Figure(
                g.rect(0, 2, 21, 33.4),
                "fields",
                21,
                "图为沙坪镇农民在收割旱稻。董立秋 摄",
                caption_face=f.KAI,
                screen=6,
            ),
        ),
        goes_to=3,
        to_text="（下转第三版）",
        marker_face=f.KAI,
    )
    pipe = PlannedPiece(
        1,
        told("一根水管"),
        _columns(g, [(3, 5, 7, 34)]),
        g.body,
        HeadPlace(_daily_head(82, face=f.HEI_BOLD), 0, 1, byline="none"),
    )
    sorting = PlannedPiece(
        2,
        told("“零差错”"),
        _columns(g, [(0, 3, 35.5, 55.8)]),
        g.body,
        HeadPlace(_daily_head(100, face=f.HEI, least=90), 2, 2, "upright", 0, 13, "first_line", f.KAI),
    )
    frame, boxed = _boxed(g, (3, 5, 35.5, 48.5), 2)
    weather = PlannedPiece(
        3,
        told("一周气象"),
        boxed,
        g.body,
        HeadPlace(_daily_head(74, face=f.KAI), 0, 1, byline="none"),
        frame=Frame(frame, "thick_thin"),
    )
    lines = (("招 生", 0.5), ("县文化馆秋季书法班", 0.8), ("报名电话：3120966", 0.7))
    advert = Advert(4, g.rect(3, 5, 49.5, 55.8), lines, f.HEI_BOLD, f.SONG, "dotted", code=False)
    rules = (_rule_below(g, 0, 5, 7, "thick"), _rule_below(g, 0, 5, 35.5), _rule_beside(g, 3, 7, 34))
    return PagePlan(
        1, g.width, g.height, (harvest, pipe, sorting, weather), folio, at, masthead, (advert,), rules=rules
    )


def _daily_two() -> PagePlan:
    g = DAILY
    folio, at = _daily_folio("城乡", "二", "路思齐")
    market = PlannedPiece(
        10,
        told("一座菜场"),
        _columns(g, [(0, 3, 0, 34)]),
        g.body,
        HeadPlace(_daily_head(110, face=f.KAI, align="left"), 0, 2, byline="first_line", byline_face=f.KAI),
        column_rules="fine",
    )
    dye = told("织布声")
    cloth = PlannedPiece(
        11,
        dye,
        _columns(g, [(3, 5, 0, 43.5)]),
        g.body,
        HeadPlace(_daily_head(96), 0, 1, byline_face=f.KAI),
        (Figure(g.rect(3, 5, 32.2, 39), "drawing", 8, dye.captions[0], caption_face=f.KAI, border=True),),
    )
    letter = PlannedPiece(
        12,
        told("读者来信"),
        _columns(g, [(0, 3, 35.5, 50.5)]),
        g.body,
        HeadPlace(
            _daily_head(80, face=f.HEI_BOLD, panel="lined", title_lines=1), 0, 2, byline="right", byline_face=f.KAI
        ),
    )
    brief_body = replace(g.body, indent=0)
    frame, boxed = _boxed(g, (3, 5, 44.3, 55.8), 2)
    briefs = PlannedPiece(
        13, told("短讯三则"), boxed, brief_body, HeadPlace(_daily_head(60), 0, 1), frame=Frame(frame, None, 226)
    )
    rules = (_rule_beside(g, 3, 0, 55.5), _rule_below(g, 0, 3, 35.5))
    lines = (
        ("寻 物 启 事", 0.6),
        ("本人于东门渡口遗失棕色琴盒一只，内有二胡", 0.9),
        ("拾到者请电 3120447，必有酬谢", 0.8),
    )
    notice = Advert(14, g.rect(0, 3, 51.3, 55.8), lines, f.SONG_BOLD, f.SONG, "fine")
    return PagePlan(2, g.width, g.height, (market, cloth, letter, briefs), folio, at, None, (notice,), rules=rules)


def _daily_three() -> PagePlan:
    g = DAILY
    folio, at = _daily_folio("副刊", "三", "桑晚")
    rest = PlannedPiece(
        20,
        Story("旱稻亩产过了九百斤", ()),
        _columns(g, [(0, 2, 0, 19)]),
        g.body,
        HeadPlace(_daily_head(72), 0, 1),
        comes_from=1,
        from_text="（上接第一版）",
        from_place="own_line",
        part_of=0,
        marker_face=f.HEI_BOLD,
    )
    watch = PlannedPiece(
        21,
        told("古城墙"),
        _columns(g, [(2, 5, 0, 19)]),
        g.body,
        HeadPlace(_daily_head(90, face=f.KAI), 1, 2, byline_face=f.KAI),
    )
    birds = PlannedPiece(
        22,
        told("科学家"),
        _columns(g, [(0, 2, 20.5, 55.8), (2, 3, 20.5, 46)]),
        g.body,
        HeadPlace(_daily_head(104, face=f.HEI_BOLD), 0, 2, byline_face=f.KAI),
        (Figure(FrameRect(g.u(2) - 340, g.v(32), g.u(2) + 300, g.v(45)), "hills", 31, "", oval=True),),
    )
    lines = (("旧书交换", 0.8), ("每月首个星期日", 0.85), ("县文化馆门前", 0.75), ("欢迎带书来", 0.65))
    books = Advert(24, g.rect(2, 3, 47, 55.8), lines, f.KAI, f.SONG, "fine")
    boat = PlannedPiece(
        23,
        told("他们把课堂"),
        _columns(g, [(3, 5, 20.5, 55.8)]),
        g.body,
        HeadPlace(_daily_head(76, face=f.SONG_BOLD), 0, 1, byline_face=f.KAI),
        (Figure(g.rect(3, 5, 46, 55.5), "people", 12, "孩子们在船舱里上课。", caption_face=f.KAI, screen=6),),
    )
    rules = (_rule_below(g, 0, 5, 20.5, "wave"), _rule_beside(g, 2, 0, 19), _rule_beside(g, 3, 20.5, 55.5))
    return PagePlan(3, g.width, g.height, (rest, watch, birds, boat), folio, at, None, (books,), rules=rules)
