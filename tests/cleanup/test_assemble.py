"""Regions of scanned pages become articles: every line once, parts told by kind, size and place, jumps joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup.article import Article, ArticleKind, Issue, Role, issue_from_json, issue_to_json
from cleanup.assemble import assemble
from layout.geometry import Box
from layout.page import Glyph, Line, Page, Region, RegionKind
from samples.typeset.story import Story
from tests.cleanup.dumps import STORIES, fold, story_body, wrapped
from tests.cleanup.texts import phrases

K = RegionKind
FIRST, SECOND = STORIES[0], STORIES[1]
WIDTH = 14
"""Characters in a line of the body."""
EM = 40


class Sheet:
    """Sets regions one under the other in columns of one page; ids count on."""

    def __init__(self, number: int) -> None:
        self.number, self.regions, self.count = number, list[Region](), 0

    def add(self, kind: RegionKind, texts: Sequence[str], article: int | None, **how: float) -> Sheet:
        low = max((r.box.y1 for r in self.regions if r.box), default=0)
        size, x, y = how.get("size", EM), how.get("x", 0), how.get("y", low + EM)
        lines = []
        for n, text in enumerate(texts):
            bare = text.lstrip("　")
            left = x + size * (len(text) - len(bare))
            top = y + 1.5 * size * n
            box = Box(int(left), int(top), int(left + size * max(1, len(bare))), int(top + size))
            self.count += 1
            lines.append(Line(f"n{self.count}", box.corners, bare, size=size))
        polygon = (Box.around([p for n in lines for p in n.polygon or ()])).corners if lines else None
        self.regions.append(Region(f"r{len(self.regions)}", kind, polygon, tuple(lines), article=article))
        return self

    @property
    def page(self) -> Page:
        return Page(self.number, width=4000, height=6000, type_size=EM, regions=tuple(self.regions), reader="a reader")


def body(story: Story) -> list[str]:
    return [n for p in story.paras if not p.subhead for n in wrapped(p.text, WIDTH)]


def columns(lines: Sequence[str], count: int = 3) -> list[list[str]]:
    """The lines in columns of even height, none of which begins with a paragraph."""
    high = -(-len(lines) // count)
    return [list(lines[i : i + high]) for i in range(0, len(lines), high)]


def set_article(sheet: Sheet, story: Story, number: int, lines: Sequence[str]) -> None:
    sheet.add(K.HEADLINE, [story.title], number, size=90)
    sheet.add(K.BYLINE, [str(story.printed_byline)], number)
    for n, column in enumerate(columns(lines)):
        sheet.add(K.BODY, column, number, x=700 * n)


def plain_body(story: Story) -> str:
    return fold("".join(p.text for p in story.paras if not p.subhead))


def only(issue: Issue) -> Article:
    (found,) = (a for a in issue.articles if a.kind is ArticleKind.ARTICLE)
    return found


kinds = st.sampled_from([k for k in RegionKind if k not in {K.PICTURE, K.RULE, K.FRAME}])


@st.composite
def pages(draw: st.DrawFn, number: int) -> Page:
    sheet = Sheet(number)
    for kind in draw(st.lists(kinds, max_size=8)):
        texts = [t.replace("\n", "") for t in draw(st.lists(phrases, min_size=1, max_size=4))]
        sheet.add(kind, texts, draw(st.one_of(st.none(), st.integers(0, 3))), size=draw(st.sampled_from([30, 40, 90])))
    return sheet.page


@given(st.integers(1, 3).flatmap(lambda n: st.tuples(*(pages(i) for i in range(1, n + 1)))))
def test_every_line_of_the_pages_is_in_one_article(printed: tuple[Page, ...]) -> None:
    """Whatever layout saw and readers read, no line is lost, and none stands twice."""
    issue = assemble("晨报", printed)
    held = sorted((s.page, s.line.id) for a in issue.articles for s in a.lines)
    assert held == sorted((p.number, n.id) for p in printed for n in p.lines)


@given(pages(1))
def test_an_issue_is_written_and_read_back_equal(page: Page) -> None:
    """The issue's JSON loses nothing of what assembly made, ids are unique, and the same pages give the same issue."""
    issue = assemble("晨报", [page])
    assert issue_from_json(issue_to_json(issue)) == issue
    assert len({a.id for a in issue.articles}) == len(issue.articles)
    assert issue_to_json(assemble("晨报", [page])) == issue_to_json(issue)


def test_headline_byline_and_columns_make_an_article() -> None:
    """A body over three columns is one text, its paragraphs those of the story."""
    sheet = Sheet(1)
    set_article(sheet, FIRST, 0, body(FIRST))
    found = only(assemble("晨报", [sheet.page]))
    assert fold(found.title) == fold(FIRST.title)
    assert fold(FIRST.byline) in fold(found.byline)
    assert [fold(p) for p in found.paragraphs] == [fold(p.text) for p in FIRST.paras if not p.subhead]
    assert {r.kind for r in found.regions} == {"headline", "byline", "body"}
    assert all(r.box is not None for r in found.regions)


def test_headline_parts_are_told_by_size_and_place() -> None:
    """Kicker above, subtitle below, though all three are headline regions."""
    sheet = Sheet(1)
    sheet.add(K.HEADLINE, ["老船厂开出新航线"], 0, size=45)
    sheet.add(K.HEADLINE, ["澄州港今起", "直航云门"], 0, size=90)
    sheet.add(K.HEADLINE, ["——首班客货船启程"], 0, size=45)
    sheet.add(K.BODY, body(FIRST), 0)
    found = only(assemble("晨报", [sheet.page]))
    assert found.kicker == "老船厂开出新航线"
    assert fold(found.title) == "澄州港今起直航云门"
    assert fold(found.subtitle) == fold("——首班客货船启程")


def test_a_line_of_which_nothing_was_read_is_no_title() -> None:
    """It is the largest of the headline."""
    sheet = Sheet(1).add(K.HEADLINE, [FIRST.title, ""], 1, size=90)
    title, unread = sheet.regions[0].lines
    sheet.regions[0] = replace(
        sheet.regions[0], lines=(title, replace(unread, size=120, polygon=Box(0, 180, 120, 300).corners))
    )
    article = only(assemble("issue", [sheet.add(K.BODY, body(FIRST), 1).page]))
    assert (article.title, article.kicker, article.subtitle) == (FIRST.title, None, None)


@pytest.mark.parametrize("byline", ["何青禾周小满", "本报记者 何青禾", "□何青禾 周小满"])
def test_a_byline_over_the_first_column_is_no_text(byline: str) -> None:
    """A short line of names that layout left in the body is the byline."""
    sheet = Sheet(1)
    sheet.add(K.HEADLINE, [FIRST.title], 0, size=90)
    sheet.add(K.BODY, [byline, *body(FIRST)], 0)
    found = only(assemble("晨报", [sheet.page]))
    assert fold(found.byline) == fold(byline.lstrip("□"))
    assert fold("".join(found.paragraphs)) == plain_body(FIRST)


def test_a_byline_behind_the_last_paragraph_is_no_text() -> None:
    """Names on a short line of their own at the end sign the article."""
    sheet = Sheet(1)
    sheet.add(K.HEADLINE, [FIRST.title], 0, size=90)
    sheet.add(K.BODY, [*body(FIRST), "何青禾 周小满"], 0)
    found = only(assemble("晨报", [sheet.page]))
    assert found.byline == "何青禾 周小满"
    assert fold("".join(found.paragraphs)) == plain_body(FIRST)


@pytest.mark.parametrize(
    ("last", "left", "signs"),
    [
        ("（阿 舟）", 0, True),
        ("（村医 容与）", 7, True),
        ("（村医 容与）", 0, False),  # not set to the right
        ("（未完 待续）", 8, False),
        ("（全文完）", 8, False),
        ("（节选）", 9, False),
        ("（摘译）", 9, False),
        ("（上篇）", 9, False),
    ],
)
def test_names_in_brackets_sign_a_text_at_its_end(last: str, left: int, *, signs: bool) -> None:
    sheet = Sheet(1)
    sheet.add(K.HEADLINE, [FIRST.title], 0, size=90)
    sheet.add(K.BODY, [*body(FIRST), "　" * left + last], 0)
    assert (only(assemble("晨报", [sheet.page])).byline is not None) is signs


def test_two_hanzi_set_apart_over_a_text_are_a_pen_name() -> None:
    sheet = Sheet(1)
    sheet.add(K.HEADLINE, [FIRST.title], 0, size=90)
    sheet.add(K.BODY, ["　　铁 铃", *body(FIRST)], 0)
    assert only(assemble("晨报", [sheet.page])).byline == "铁 铃"


@pytest.mark.parametrize("heading", ["前 言", "按 语", "摘 要", "立 春"])
def test_two_hanzi_that_head_a_text_sign_nothing(heading: str) -> None:
    sheet = Sheet(1)
    sheet.add(K.HEADLINE, [FIRST.title], 0, size=90)
    sheet.add(K.BODY, [f"　　{heading}", *body(FIRST)], 0)
    assert only(assemble("晨报", [sheet.page])).byline is None


def test_subheads_are_paragraphs_and_captions_stand_apart() -> None:
    """A subhead between two columns is a paragraph of its own, a caption is none."""
    lines = body(FIRST)
    sheet = Sheet(1)
    sheet.add(K.HEADLINE, [FIRST.title], 0, size=90)
    sheet.add(K.BODY, lines[:8], 0)
    sheet.add(K.CAPTION, ["图为首航客船驶离码头。"], 0)
    sheet.add(K.BODY, lines[8:], 0)
    sheet.add(K.SUBHEAD, ["停航十九年 复航用了三年"], 0, size=50)
    sheet.add(K.BODY, body(SECOND), 0)
    found = only(assemble("晨报", [sheet.page]))
    assert found.subheads == ("停航十九年 复航用了三年",)
    assert found.captions == ("图为首航客船驶离码头。",)
    assert found.paragraphs.index(found.subheads[0]) == len([p for p in FIRST.paras if not p.subhead])
    assert fold("".join(found.paragraphs[: found.paragraphs.index(found.subheads[0])])) == plain_body(FIRST)


@pytest.mark.parametrize(
    ("text", "y", "caption"),
    [
        ("首航客船驶离码头。温如松摄", 700, True),
        ("▲首航客船驶离码头。", 700, True),
        ("首航客船驶离了码头。", 700, True),
    ],
)
def test_what_reads_as_a_caption_beside_a_picture_is_one(text: str, y: int, *, caption: bool) -> None:
    """Though layout took it for body: where a picture is close, or where it closes with a photographer's name."""
    sheet = Sheet(1).add(K.HEADLINE, [FIRST.title], 0, size=90).add(K.BODY, body(FIRST), 0, x=640)
    sheet.add(K.BODY, [text], 0, y=y)
    picture = Region("p", K.PICTURE, Box(0, 300, 600, 680).corners, article=0)
    (found,) = assemble("报", [replace(sheet.page, regions=(*sheet.page.regions, picture))]).articles
    assert found.captions == ((text,) if caption else ())


@pytest.mark.parametrize("y", [-300, 2000])
def test_the_name_of_a_column_is_no_title(y: int) -> None:
    """Over the articles it is of the page, or the kicker of the one under it; elsewhere a piece of its own."""
    sheet = Sheet(1).add(K.FOLIO, ["澄州晚报 2019年11月6日"], None, y=-400).add(K.SUBHEAD, ["航运·对话"], 2, y=y)
    sheet.add(K.HEADLINE, [FIRST.title], 0, size=90, y=0).add(K.BODY, body(FIRST), 0, y=150)
    made = assemble("报", [sheet.page]).articles
    assert [a.title for a in made if a.kind is ArticleKind.ARTICLE] == [FIRST.title]
    (held,) = [a for a in made if "对话" in a.raw.text]
    assert held.kind.value in {"furniture", "advert", "notice"} or held.kicker == "航运·对话"


def test_adverts_captions_and_folios_are_kinds_of_their_own() -> None:
    """What belongs to no article is an advert, a caption, or the page's furniture, which tells date and page."""
    sheet = Sheet(1)
    sheet.add(K.MASTHEAD, ["某城日报"], None, size=120)
    sheet.add(K.FOLIO, ["2024年4月3日 星期三 第2版"], None)
    sheet.add(K.ADVERT, ["新店开业", "电话：8439000"], None)
    sheet.add(K.CAPTION, ["图为首航客船驶离码头。"], None)
    sheet.add(K.TABLE, ["甲队 3 乙队 1", "丙队 2 丁队 2", "戊队 0 己队 4"], None)
    issue = assemble("晨报", [sheet.page])
    assert [a.kind.value for a in issue.articles] == ["furniture", "advert", "caption", "table"]
    assert (issue.newspaper, issue.date) == ("某城日报", "2024-04-03")
    assert (issue.pages[0].number, issue.pages[0].edition) == (1, "2")


def set_cells(sheet: Sheet, rows: Sequence[str], x: int, y: int, *, apart: int = 200) -> None:
    """Sets a table as one region: its rows, the cells of a row parted by spaces, column by column."""
    rows_of = [row.split() for row in rows]
    cells = [(n, at, row[at]) for at in range(len(rows_of[0])) for n, row in enumerate(rows_of) if at < len(row)]
    lines = []
    for n, at, text in cells:
        box = Box(x + apart * at, y + 60 * n, x + apart * at + EM * len(text), y + 60 * n + EM)
        sheet.count += 1
        lines.append(Line(f"n{sheet.count}", box.corners, text, size=EM))
    polygon = Box.around([p for n in lines for p in n.polygon or ()]).corners
    sheet.regions.append(Region(f"r{len(sheet.regions)}", K.TABLE, polygon, tuple(lines), article=0))


def test_the_cells_of_a_row_stand_on_one_line() -> None:
    """Row by row, a tab between two cells; the names over the columns belong to the table, two tables stay apart."""
    sheet = Sheet(1)
    sheet.add(K.TABLE, ["队名"], 0, x=0, y=0)
    sheet.add(K.TABLE, ["积分"], 0, x=200, y=0)
    set_cells(sheet, ["东港 21", "西津 17"], 0, 60)
    set_cells(sheet, ["主队 比分 客队", "东港 3:1 石城"], 900, 60)
    (table,) = assemble("晨报", [sheet.page]).articles
    assert table.kind is ArticleKind.TABLE
    assert table.paragraphs == ("队名\t积分", "东港\t21", "西津\t17", "主队\t比分\t客队", "东港\t3:1\t石城")


def test_pieces_of_one_cell_are_joined_and_running_text_is_not() -> None:
    """Two lines that touch are one cell; the lines of a note under the table are no row with what is beside it."""
    sheet = Sheet(1)
    set_cells(sheet, ["海 门", "江 口"], 0, 0, apart=EM + 6)
    sheet.add(K.TABLE, ["注：数字为当日，", "次日另行公布。"], 0, x=500, y=0)
    (table,) = assemble("晨报", [sheet.page]).articles
    assert table.paragraphs == ("海门", "江口", "注：数字为当日，", "次日另行公布。")


def test_a_jump_joins_the_parts_of_two_pages() -> None:
    """Markers go, the repeated headline stands once, the sentence that the page broke is whole, regions are of both."""
    lines = body(FIRST)
    at = next(i for i in range(len(lines) // 2, len(lines)) if lines[i][-1].isalnum() and lines[i + 1][0] != "　")
    one, two = Sheet(1), Sheet(2)
    set_article(one, FIRST, 0, [*lines[: at + 1], "（下转第2版）"])
    two.add(K.HEADLINE, [FIRST.title], 0, size=60)
    two.add(K.BODY, ["（上接第1版）", *lines[at + 1 :]], 0)
    set_article(two, SECOND, 1, body(SECOND))
    found = [a for a in assemble("晨报", [one.page, two.page]).articles if a.kind is ArticleKind.ARTICLE]
    assert [fold(a.title) for a in found] == [fold(FIRST.title), fold(SECOND.title)]
    assert found[0].pages == (1, 2)
    assert {r.page for r in found[0].regions} == {1, 2}
    assert fold("".join(found[0].paragraphs)) == plain_body(FIRST)
    assert [s.role for s in found[0].lines].count(Role.TITLE) == 1


def test_a_failed_page_takes_nothing_with_it() -> None:
    """A page with a recorded failure gives no article, and the others stay whole."""
    sheet = Sheet(2)
    set_article(sheet, FIRST, 0, body(FIRST))
    issue = assemble("晨报", [Page(1, failure="the scan ends early"), sheet.page])
    assert [p.number for p in issue.pages] == [1, 2]
    assert fold("".join(only(issue).paragraphs)) == plain_body(FIRST)


def test_a_page_without_text_gives_no_article() -> None:
    """Pictures and rules alone are no article."""
    page = Page(1, regions=(Region("r1", K.PICTURE), Region("r2", K.BODY)))
    assert assemble("晨报", [page]).articles == ()


def test_the_confidence_is_that_of_the_glyphs() -> None:
    """An article is as sure as its characters are on the average."""
    glyphs = tuple(Glyph(c, None, s) for c, s in zip("晨报", (0.5, 0.9), strict=True))
    page = Sheet(1).add(K.BODY, ["码头上站满了人，", "客船靠岸了。"], 0).page
    lines = tuple(replace(n, glyphs=glyphs) for n in page.lines)
    page = replace(page, regions=(replace(page.regions[0], lines=lines),))
    assert only(assemble("晨报", [page])).confidence == pytest.approx(0.7)


def test_plain_text_and_scans_are_assembled_alike() -> None:
    """The story's text is the same whether its lines have places or not."""
    sheet = Sheet(1)
    set_article(sheet, FIRST, 0, [n for p in FIRST.paras for n in wrapped(p.text, WIDTH)])
    assert fold("".join(only(assemble("晨报", [sheet.page])).paragraphs)) == story_body(FIRST)
