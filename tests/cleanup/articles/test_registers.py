"""Pages in registers: articles run from right to left, from register to register, past what is set between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from cleanup.article import Article, ArticleKind
from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import labels_of
from cleanup.articles.registers.article import Articles
from cleanup.articles.registers.cues import begin_cues
from cleanup.articles.registers.heads import Head
from cleanup.articles.registers.link_measures import UNKNOWN, link_trees
from cleanup.articles.registers.make_up import Linker, headed
from cleanup.articles.registers.runs import Run, runs_of
from cleanup.articles.registers.signatures import signatures
from cleanup.articles.registers.stream import Stream
from cleanup.articles.registers.text import Sorted
from cleanup.articles.registers.weights import register_weights
from cleanup.articles.surroundings import surroundings
from cleanup.assemble import assemble
from layout.geometry import Box
from layout.page import Direction, Line, Page, Region, RegionKind
from tests.cleanup.articles.pages import prose

EM = 20
"""Pixels of the body type."""
WIDE = 60
"""Ems of the sheet from right to left."""
HIGH = 10
"""Characters of a full line of a register."""
TOPS = (6.0, 17.5, 29.0)
"""Ems from the sheet's top to the registers."""


class Registers:
    """A page of vertical type that is being made up; places are in ems, from the sheet's right edge and its top."""

    def __init__(self, beside: float = 0.0) -> None:
        self.beside = beside
        """Ems by which marks set beside the characters widen a line."""
        self.lines: list[tuple[RegionKind, Line]] = []
        self.inner: dict[int, int] = {}
        """For each line of a text behind its first the place of the first."""
        self.marks: list[tuple[RegionKind, Box]] = []

    def line(
        self, text: str, left: float, top: float, *, size: float = 1.0, kind: RegionKind = RegionKind.BODY
    ) -> None:
        """A line of vertical type; `left` is how far from the right edge it begins."""
        x1 = WIDE - left + self.beside
        wide = size + self.beside
        box = Box(
            round((x1 - wide) * EM), round(top * EM), round(x1 * EM), round((top + size * len(text)) * EM)
        )  # fmt: skip
        made = Line(
            f"n{len(self.lines) + 1}", box.corners, text, (), Direction.VERTICAL_RL, wide * EM, weight=1.0
        )  # fmt: skip
        self.lines.append((kind, made))

    def heavy(self, text: str, left: float, *, size: float = 1.0, weight: float = 1.6) -> None:
        """A line of bold type at the top of the first register."""
        self.line(text, left, TOPS[0], size=size)
        kind, line = self.lines[-1]
        self.lines[-1] = kind, replace(line, weight=weight)

    def level(self, text: str, left: float, top: float, *, size: float = 1.2) -> None:
        """A level line, as it is read, whose right end is `left` ems from the right edge."""
        x1 = WIDE - left
        box = Box(round((x1 - size * len(text)) * EM), round(top * EM), round(x1 * EM), round((top + size) * EM))
        made = Line(f"n{len(self.lines) + 1}", box.corners, text, size=size * EM)
        self.lines.append((RegionKind.CAPTION, made))

    def picture(self, left: float, top: float, wide: float, high: float) -> None:
        """A picture whose top right corner is `left` ems from the right edge and `top` from the sheet's top."""
        self._mark(RegionKind.PICTURE, left, top, wide, high)

    def rule(self, top: float) -> None:
        """A level rule from edge to edge of the sheet, between two registers."""
        self._mark(RegionKind.RULE, 1, top, WIDE - 2, 0.1)

    def frame(self, left: float, top: float, wide: float, high: float) -> None:
        """A frame, at a place that is given as a picture's is."""
        self._mark(RegionKind.FRAME, left, top, wide, high)

    def _mark(self, kind: RegionKind, left: float, top: float, wide: float, high: float) -> None:
        x1 = WIDE - left
        box = Box(round((x1 - wide) * EM), round(top * EM), round(x1 * EM), round((top + high) * EM))
        self.marks.append((kind, box))

    def spread(self, text: str, left: float, top: float, *, size: float, step: float) -> None:
        """A vertical line of display type whose characters stand `step` ems apart."""
        x1 = WIDE - left
        high = step * (len(text) - 1) + size
        box = Box(round((x1 - size) * EM), round(top * EM), round(x1 * EM), round((top + high) * EM))
        made = Line(f"n{len(self.lines) + 1}", box.corners, text, size=size * EM, direction=Direction.VERTICAL_RL)
        self.lines.append((RegionKind.HEADLINE, made))

    def row(self, text: str, begin: float, top: float, *, size: float = 1.0) -> None:
        """A level line that begins `begin` ems from the left edge of the sheet."""
        box = Box(round(begin * EM), round(top * EM), round((begin + size * len(text)) * EM), round((top + size) * EM))
        made = Line(f"n{len(self.lines) + 1}", box.corners, text, size=size * EM)
        self.lines.append((RegionKind.HEADLINE if size > 1 else RegionKind.BODY, made))

    def head(self, text: str, left: float, register: int, *, size: float = 2.0) -> None:
        """A headline that begins at a register's top."""
        self.line(text, left, TOPS[register], size=size, kind=RegionKind.HEADLINE)

    def text(self, words: str, left: float, register: int, *, indent: int = 1) -> float:
        """Text in a register; gives how far left it comes."""
        rows = [words[: HIGH - indent]]
        rows += [words[i : i + HIGH] for i in range(HIGH - indent, len(words), HIGH)]
        first = len(self.lines)
        for n, row in enumerate(rows):
            self.line(row, left + 1.3 * n, TOPS[register] + (indent if n == 0 else 0))
            if n:
                self.inner[first + n] = first
        return left + 1.3 * len(rows)

    def _in_regions(self) -> Iterator[tuple[RegionKind, list[Line]]]:
        """The lines by region: those of a text together, every other one alone."""
        for n, (kind, line) in enumerate(self.lines):
            if n not in self.inner:
                inner = [m for m in range(n + 1, len(self.lines)) if self.inner.get(m) == n]
                yield kind, [line, *(self.lines[m][1] for m in inner)]

    @property
    def page(self) -> Page:
        """The page as layout and a reader would have left it."""
        regions = tuple(
            Region(
                f"r{n}",
                kind,
                Box.around([p for line in lines for p in line.polygon or ()]).corners,
                tuple(lines),
                direction=Direction.VERTICAL_RL,
                article=1,
            )
            for n, (kind, lines) in enumerate(self._in_regions(), start=1)
        )
        regions += tuple(
            Region(f"m{n}", kind, box.corners) for n, (kind, box) in enumerate(self.marks, start=1)
        )  # fmt: skip
        return Page(
            1, width=WIDE * EM, height=45 * EM, sheet_width=WIDE * EM, sheet_height=45 * EM, type_size=EM,
            regions=regions, reader="by hand",
        )  # fmt: skip

    @property
    def sorted(self) -> Sorted:
        """Its lines, sorted into text and display type."""
        frame = reading_frame(self.page)
        around = surroundings(frame)
        return Sorted.of(frame, around, labels_of(frame, around))

    @property
    def articles(self) -> list[Article]:
        """The page's articles."""
        return [a for a in assemble("issue", [self.page]).articles if a.kind is ArticleKind.ARTICLE]


def body(article: Article) -> str:
    return "".join(article.paragraphs)


def test_text_goes_on_at_the_beginning_of_the_next_register() -> None:
    """The first article is cut off at the register's left end; the second headline stands further left below."""
    sheet = Registers()
    first, second = prose(149), prose(86, 40) + "云"
    sheet.head("老渡口擺渡", 2, 0)
    sheet.text(first[:109], 5, 0)
    left = sheet.text(first[109:], 2, 1, indent=0)
    sheet.head("石階修好", left + 1.5, 1)
    sheet.text(second, left + 5, 1)
    assert [body(a) for a in sheet.articles] == [first, second]


def test_text_beside_a_headline_over_two_registers_is_its_own() -> None:
    """Text left of a tall headline goes on under itself; text right of the headline below is another article's."""
    sheet = Registers()
    first, second = prose(69) + "云", prose(139, 17)
    left = 5 + 1.3 * 7
    sheet.head("老渡口擺渡", 2, 0)
    sheet.text(first, 5, 0)
    sheet.head("河邊又熱鬧行人多", left + 2, 0, size=2.5)
    sheet.text(second[:79], left + 6, 0)
    sheet.text(second[79:], left + 6, 1, indent=0)
    assert [body(a) for a in sheet.articles] == [first, second]


def test_a_small_headline_inside_a_sentence_is_a_subhead() -> None:
    sheet = Registers()
    words = prose(120)
    sheet.head("老渡口擺渡", 2, 0)
    left = sheet.text(words[:59], 5, 0)
    sheet.line("昨日渡口", left + 0.6, TOPS[0] + 1, size=1.5, kind=RegionKind.HEADLINE)
    sheet.text(words[59:], left + 3, 0, indent=0)
    (article,) = sheet.articles
    assert "昨日渡口" in article.subheads
    assert body(article).replace("昨日渡口", "") == words


def test_a_level_headline_over_a_picture_begins_the_text_under_it() -> None:
    """Though the text stands right left of another article's, and far below its headline."""
    sheet = Registers()
    first, second = prose(69) + "云", prose(160, 17)
    sheet.head("老渡口擺渡", 2, 0)
    sheet.text(first, 5, 0)
    sheet.level("河道新舊形勢圖說", 16.5, TOPS[0], size=1.4)
    sheet.picture(15.5, TOPS[0] + 1.8, 14, 9)
    sheet.text(second, 15.5, 1)
    assert [body(a) for a in sheet.articles] == [first, second]
    assert "河道新舊形勢圖說" in (sheet.articles[1].title or "")


def test_a_headline_spread_over_two_registers_is_one_line() -> None:
    """Its characters stand so far apart that they were found one by one and in pairs; they are read downwards."""
    sheet = Registers()
    words = prose(138, 17)
    for n, piece in enumerate(("老渡", "口", "擺", "渡")):
        place = TOPS[0] + (0.5, 9.5, 14.0, 18.5)[n]
        if len(piece) == 2:
            sheet.spread(piece, 2, place, size=2.0, step=4.5)
        else:
            sheet.line(piece, 2, place, size=2.0, kind=RegionKind.ADVERT)
    sheet.text(words[:79], 6, 0)
    sheet.text(words[79:], 6, 1, indent=0)
    (article,) = sheet.articles
    assert article.title == "老渡口擺渡"
    assert body(article) == words


def test_a_line_with_white_on_both_sides_is_a_heading() -> None:
    """Though it is hardly larger than the text and reaches from edge to edge of its register."""
    sheet = Registers()
    first, second = prose(69) + "云", prose(69, 17)
    sheet.head("老渡口擺渡", 2, 0)
    left = sheet.text(first, 5, 0)
    sheet.line("河邊石階昨日修好", left + 0.6, TOPS[0] + 0.5, size=1.12)
    sheet.text(second, left + 2.9, 0)
    assert [body(a) for a in sheet.articles] == [first, second]
    assert sheet.articles[1].title == "河邊石階昨日修好"


def test_a_headline_in_a_box_of_its_own_begins_the_text_beside_the_box() -> None:
    sheet = Registers()
    words = prose(139)
    sheet.frame(1.5, TOPS[0] - 0.3, 4, 22)
    sheet.head("老渡口擺渡人", 2.4, 0, size=2.4)
    sheet.text(words[:79], 6, 0)
    sheet.text(words[79:], 6, 1, indent=0)
    (article,) = sheet.articles
    assert article.title == "老渡口擺渡人"
    assert body(article) == words


def test_a_level_article_on_a_vertical_page_is_read_level() -> None:
    """A level headline over seven level lines at the sheet's left, vertical text in registers at its right."""
    sheet = Registers()
    first, second = prose(138), prose(118, 17)
    sheet.head("老渡口擺渡", 2, 0)
    sheet.text(first[:79], 5, 0)
    sheet.text(first[79:], 5, 1, indent=0)
    sheet.row("河邊石階昨日修好", 8, TOPS[0], size=2.0)
    rows = [second[:18], *(second[i : i + 20] for i in range(18, len(second), 20))]
    for n, row in enumerate(rows):
        sheet.row(row, 6 if n else 8, TOPS[0] + 3 + 1.5 * n)
    assert [body(a) for a in sheet.articles] == [first, second]
    assert sheet.articles[1].title == "河邊石階昨日修好"


def test_marks_beside_the_characters_do_not_enlarge_the_type() -> None:
    """Lines found with the marks beside them are joined as others are: an indent is one em of the type."""
    sheet = Registers(beside=0.25)
    first, second = prose(45), prose(59, 17)
    sheet.line("老渡口擺渡", 2, TOPS[0], size=2.0, kind=RegionKind.HEADLINE)
    left = sheet.text(first, 5, 0)
    sheet.text(second, left, 0)
    (article,) = sheet.articles
    assert article.paragraphs == (first, second)


def test_text_around_a_level_heading_is_one_article() -> None:
    """A text begins right of a heading over a few short lines, runs on under it, and goes on left of it."""
    sheet = Registers()
    told = prose(70)
    sheet.head("老渡口擺渡", 2, 0)
    sheet.text(prose(79, 40) + "云", 5, 0)
    at = sheet.text(told[:29], 2, 1)
    sheet.level("石階修好", at + 0.2, TOPS[1] + 0.3, size=1.5)
    rest, short = told[29:], at + 1.3 * 5
    for n in range(5):
        sheet.line(rest[6 * n : 6 * n + 6], at + 1.3 * n, TOPS[1] + 4)
    sheet.text(rest[30:], short, 1, indent=0)
    assert told in [body(a) for a in sheet.articles]


def test_two_lines_tell_a_register_by_the_longer_one() -> None:
    """An indented line that ends full and a short last one stand between the register's edges, not between theirs."""
    sheet = Registers()
    sheet.line("渡船今晨到埠石階已修", 2, TOPS[0])
    sheet.line("旅客稱便", 3.3, TOPS[0])
    frame = reading_frame(sheet.page)
    run = Run(list(frame.lines))
    assert run.foot == max(n.rect.x1 for n in frame.lines)
    assert run.top == min(n.rect.x0 for n in frame.lines)


def test_short_lines_under_a_headline_are_no_verse() -> None:
    """Three lines without marks under a headline set into the register end where the full lines behind them end."""
    sheet = Registers()
    told = prose(95)
    sheet.line("石階", 2.6, TOPS[0], size=2.4, kind=RegionKind.HEADLINE)
    for n in range(3):
        sheet.line(told[5 * n : 5 * n + 5], 2 + 1.3 * n, TOPS[0] + 5)
        sheet.inner |= {2 + n: 1} if n else {}
    sheet.text(told[15:], 2 + 1.3 * 3, 0, indent=0)
    assert any(p.startswith(told[:20]) for a in sheet.articles for p in a.paragraphs)


def test_a_narrow_register_without_marks_is_prose() -> None:
    """Lines of five characters that all reach the register's foot, some of three under a level heading."""
    sheet = Registers()
    told = prose(60)
    sheet.head("老渡口擺渡", 2, 0)
    rows = [told[5 * n : 5 * n + 5] for n in range(6)] + [told[30 + 3 * n : 33 + 3 * n] for n in range(5)]
    for n, row in enumerate(rows):
        sheet.line(row, 5 + 1.3 * n, TOPS[0] + (0 if n < 6 else 2))
        sheet.inner |= {1 + n: 1} if n else {}
    (article,) = sheet.articles
    assert article.paragraphs == ("".join(rows),)


def test_a_line_that_begins_with_a_disc_is_the_title_of_an_item() -> None:
    """Titles little larger than the text, one after another under the boxed name of their column."""
    sheet = Registers()
    sheet.frame(2, TOPS[0], 3.5, HIGH)
    sheet.line("電報", 2.7, TOPS[0] + 2, size=2.2, kind=RegionKind.HEADLINE)
    titles, texts, left = ["●渡口添船", "●石階將修", "●豆價漲落"], [prose(48), prose(57, 30), prose(38, 70)], 6.0
    for title, text in zip(titles, texts, strict=True):
        sheet.line(title, left, TOPS[0], size=1.3, kind=RegionKind.SUBHEAD)
        left = sheet.text(text, left + 1.7, 0, indent=0) + 0.3
    assert [body(a) for a in sheet.articles] == texts
    assert [a.title for a in sheet.articles] == titles


@pytest.mark.parametrize("sign", "◇◆●")
def test_a_heavy_line_behind_an_ornament_is_the_title_of_an_item(sign: str) -> None:
    """It is hardly larger than the text, in whose lines it stands, and layout takes it for a line of the text."""
    sheet = Registers()
    titles, texts, left = [f"{sign}渡口添船", f"{sign}石階將修"], [prose(48), prose(57, 30)], 3.0
    for title, text in zip(titles, texts, strict=True):
        sheet.heavy(title, left, size=1.1)
        left = sheet.text(text, left + 1.4, 0, indent=0)
    assert [(a.title, body(a)) for a in sheet.articles] == list(zip(titles, texts, strict=True))


def test_decks_behind_ornaments_are_of_the_headline_before_them() -> None:
    sheet = Registers()
    sheet.head("渡口添設渡船", 3, 0, size=1.6)
    sheet.heavy("▲行人稱便", 4.9, size=1.25, weight=1.3)
    sheet.heavy("△票價不加", 6.4, size=1.25, weight=1.3)
    sheet.text(prose(76), 8.2, 0)
    (article,) = sheet.articles
    assert body(article) == prose(76)
    assert article.title == "渡口添設渡船"


@pytest.mark.parametrize(
    ("line", "weight", "before", "display"),
    [
        ("石階將修水溝", 1.6, "。", True),
        ("石階將修水溝", 1.6, "的", False),
        ("石階將修水溝", 1.0, "。", False),
        ("▲石階將修", 1.6, "的", True),
        ("▲石階將修，", 1.6, "。", False),
    ],
)
def test_a_bold_line_behind_the_end_of_a_text_is_display_type(
    line: str, weight: float, before: str, *, display: bool
) -> None:
    """A line of the register's height between two texts; one behind an ornament needs no end before it."""
    sheet = Registers()
    left = sheet.text(prose(79) + before, 3, 0, indent=0)
    sheet.heavy(line, left, size=1.08, weight=weight)
    sheet.text(prose(57, 30), left + 1.3, 0, indent=0)
    page = sheet.sorted
    assert [n.text for n in page.others if page.is_display(n)] == [line] * display


def test_text_that_begins_in_bold_type_is_a_run_of_its_own() -> None:
    """The bold words are of one line with text behind them, so that the line is hardly larger than the others."""
    sheet = Registers()
    left = sheet.text(prose(76) + "。", 3, 0, indent=0)
    first = len(sheet.lines)
    sheet.heavy("石階將修" + prose(6), left)
    sheet.text(prose(57, 30), left + 1.3, 0, indent=0)
    page = sheet.sorted
    line = page.frame.lines[first]
    assert page.begins_bold(line)
    assert line.line.id in {r.lines[0].line.id for r in runs_of(page)}


def rows_of(*starts: float) -> Run:
    """A run whose lines begin so many ems down the register."""
    sheet = Registers()
    for n, start in enumerate(starts):
        sheet.line(prose(8, 9 * n), 5 + 1.3 * n, TOPS[0] + start)
    return Run(list(sheet.sorted.frame.lines))


def test_two_lines_that_are_set_in_open_with_a_subhead_of_two_rows() -> None:
    """A paragraph's first line alone is set in; where all are, none is."""
    assert rows_of(0.9, 0.9, 0, 0, 0).opens_in_rows
    assert not rows_of(0.9, 0, 0, 0, 0).opens_in_rows
    assert not rows_of(0.9, 0.9, 0.9, 0.9).opens_in_rows


def test_text_under_a_subhead_of_two_rows_goes_on_a_report_that_has_ended() -> None:
    """The rows were found as one line each with the text behind them; the report nearest before tells other things."""
    sheet = Registers()
    boats = "渡口船工昨日停擺、渡船木槳皆繫岸邊、過渡行人在碼頭久候、船工求加工錢、渡口商會出面調停云、"
    beans = "豆行市面前日忽漲、黃豆每斗加價五分、豆行存底甚少、鄉間黃豆未到、市面人心不定云、"
    steps = "石匠三人修了半月、石階已修好、鄉人稱便云、"
    left = 3.0
    for title, text in (("豆價漲落", beans), ("船工罷渡", boats), ("石階修好", steps)):
        sheet.head(title, left, 0, size=1.8)
        left = sheet.text(text, left + 2.4, 0) + 1
    sheet.rule(TOPS[1] - 0.8)
    rows = ["添設渡口商會撥出", "渡船木槳分泊碼頭", "兩岸過渡行人不再久候", "船工各得工錢照舊往來"]
    rows += ["碼頭渡船昨日又撥木槳", "過渡行人至渡口求船工", "商會出面渡船皆繫碼頭"]
    first = len(sheet.lines)
    for n, row in enumerate(rows):
        sheet.line(row, 4 + 1.3 * n, TOPS[1] + (0.9 if n < 2 else 0))
        sheet.inner |= {first + n: first} if n else {}
    told = {a.title: body(a) for a in sheet.articles}
    assert told["船工罷渡"] == boats + "".join(rows)


@pytest.mark.parametrize(
    ("indent", "told"), [(1, "begin: no headline, flush"), (0, "begin: no headline, flush as all")]
)
def test_a_page_that_sets_no_paragraph_in_tells_nothing_by_flush_text(indent: int, told: str) -> None:
    sheet = Registers()
    for register in range(3):
        left = sheet.text(prose(95), 3, register, indent=0)
        sheet.text(prose(95, 40), left, register, indent=indent)
        sheet.text(prose(95, 80), left + 14, register, indent=indent)
    page = sheet.sorted
    runs = runs_of(page)
    assert told in begin_cues(Stream(page, runs, (), {}), 0)


def test_a_large_level_line_under_the_rule_of_the_page_head_is_a_headline() -> None:
    """Layout takes it for the page's head; a rule over most of the sheet stands above it, and text under it."""
    sheet = Registers()
    sheet._mark(RegionKind.RULE, 1, 2.0, WIDE - 2, 0.1)
    sheet.level("各地渡口添設新船", 10, 3.0, size=2.4)
    sheet.lines[-1] = (RegionKind.MASTHEAD, sheet.lines[-1][1])
    sheet.text(prose(190), 8, 0)
    page = sheet.sorted
    (banner,) = [n for n in page.frame.lines if n.crosses]
    assert page.is_display(banner)


@pytest.mark.parametrize(
    ("read", "display"), [("十十4十->", False), ("十十十十△", False), ("十字街", True), ("天天", True)]
)
def test_one_hanzi_over_and_over_is_an_ornament_beside_a_headline(read: str, *, display: bool) -> None:
    sheet = Registers()
    sheet.head(read, 3, 0)
    sheet.head("渡口添設渡船", 5.4, 0)
    sheet.text(prose(76), 8.2, 0)
    page = sheet.sorted
    assert page.is_display(page.frame.lines[0]) is display


@pytest.mark.parametrize("sign", "●◎◉○⊙△■")
def test_a_paragraph_that_begins_with_an_ornament_begins_a_text(sign: str) -> None:
    """Whatever may begin the title of an item may begin a paragraph."""
    sheet = Registers()
    sheet.text(sign + prose(48), 5, 0)
    page = sheet.sorted
    cues = begin_cues(Stream(page, [Run(list(page.frame.lines))], (), {}), 0)
    assert "begin: no headline, an ornament" in cues


def test_a_pen_name_at_the_foot_of_the_next_column_ends_the_text() -> None:
    """What stands left of it is another article; layout holds the name for a line of the text's region."""
    sheet = Registers()
    first, second, third = prose(76), prose(66, 40), prose(58, 90)
    left = 2.0
    for title, text, name in (("老渡口", first, "說夢人"), ("石階修好", second, "老鐵"), ("豆價漲落", third, "")):
        sheet.head(title, left, 0, size=1.6)
        first_line = len(sheet.lines)
        left = sheet.text(text, left + 2.3, 0)
        if name:
            sheet.inner[len(sheet.lines)] = first_line
            sheet.line(name, left, TOPS[0] + HIGH - 0.5 - len(name))
        left += 1.5
    assert [(body(a), a.byline) for a in sheet.articles] == [(first, "說夢人"), (second, "老鐵"), (third, None)]


def test_the_short_line_of_a_longer_run_signs_nothing() -> None:
    """Nor does a line of a headline; alone at the foot behind a text it would be its pen name."""
    sheet = Registers()
    left = sheet.text(prose(28), 5, 0, indent=0)
    sheet.line("老鐵", left, TOPS[0] + HIGH - 2)
    sheet.line("渡口石", left + 1.3, TOPS[0] + HIGH - 3)
    page = sheet.sorted
    text, (name, other) = Run(list(page.frame.lines[:3])), page.frame.lines[3:]
    assert signatures(page, [text, Run([name])], ()) == {name.line.id: text}
    assert signatures(page, [text, Run([name, other])], ()) == {}
    assert signatures(page, [text], [Head([name])]) == {}


def test_a_few_hanzi_under_a_subhead_are_no_pen_name() -> None:
    """A subhead of two hanzi stands over the last two characters of a column in the middle of a sentence."""
    sheet = Registers()
    words = prose(96)
    sheet.head("老渡口擺渡", 2, 0)
    left = sheet.text(words[:49], 5, 0)
    sheet.line("添船", left, TOPS[0], size=1.4, kind=RegionKind.SUBHEAD)
    sheet.line(words[49:51], left + 0.2, TOPS[0] + HIGH - 2)
    sheet.text(words[51:], left + 1.6, 0, indent=0)
    assert [a.byline for a in sheet.articles] == [None]


def test_a_level_headline_left_of_an_upright_one_from_the_register_above_is_another() -> None:
    """The upright one stands over two registers; a level one at its foot's left heads the short text under it."""
    sheet = Registers()
    first, second = prose(128), prose(41, 60)
    sheet.line("老渡口擺渡添船", 2, TOPS[0], size=2.6, kind=RegionKind.HEADLINE)
    sheet.text(first, 5.2, 0)
    sheet.level("石階將修好", 5.4, TOPS[1], size=1.6)
    sheet.line(second[:6], 5.4, TOPS[1] + 4)
    for n in range(1, 6):
        sheet.line(second[7 * n - 1 : 7 * n + 6], 5.4 + 1.3 * n, TOPS[1] + 3)
    assert [(a.title, body(a)) for a in sheet.articles] == [("老渡口擺渡添船", first), ("石階將修好", second)]


def test_a_level_headline_under_the_foot_of_an_upright_one_is_of_the_next_register() -> None:
    """A rule between the registers lies between the two; each heads its own text."""
    sheet = Registers()
    first, second = prose(128), prose(41, 60)
    sheet.line("老渡口擺渡添船", 2, TOPS[0], size=1.56, kind=RegionKind.HEADLINE)
    sheet.text(first, 4.2, 0)
    sheet.rule(TOPS[1] - 0.5)
    sheet.level("石階將修好", 2, TOPS[1], size=1.6)
    sheet.line(second[:6], 2, TOPS[1] + 4)
    for n in range(1, 6):
        sheet.line(second[7 * n - 1 : 7 * n + 6], 2 + 1.3 * n, TOPS[1] + 3)
    assert [(a.title, body(a)) for a in sheet.articles] == [("老渡口擺渡添船", first), ("石階將修好", second)]


def test_notices_without_a_headline_are_no_article() -> None:
    """Small notices fill the rest of a register behind an article; only the article is one."""
    sheet = Registers()
    words = prose(86, 40) + "云"
    sheet.head("石階修好", 2, 0)
    left = sheet.text(words, 5, 0)
    sheet.text("遺失木質圖章一枚特此聲明作廢。石階街吉屋招租租金從廉請洽十二號。", left + 6, 0)
    assert [body(a) for a in sheet.articles] == [words]
    others = "".join(body(a) for a in assemble("issue", [sheet.page]).articles if a.kind is not ArticleKind.ARTICLE)
    assert "聲明作廢" in others


def test_the_trees_are_told_as_many_measures_as_they_were_fitted_on() -> None:
    """A measure that is put in or left out asks for new trees; one of a link without a headline is unknown."""
    sheet = Registers()
    sheet.head("老渡口擺渡", 2, 0)
    sheet.text(prose(149)[:109], 5, 0)
    sheet.text(prose(149)[109:], 2, 1, indent=0)
    stream = headed(sheet.sorted, register_weights())
    found, rows = Linker(stream, register_weights()).rows(Articles.of(stream, []))
    assert rows.shape == (len(found), 84)
    assert int(link_trees().feature.max()) < rows.shape[1]
    assert (rows == UNKNOWN).any()
