"""Issues with all that a format has to carry: a jump, edits by passes and people, both directions, odd characters."""

from __future__ import annotations

from hypothesis import strategies as st

from banmian.archive.content.export_issue import ExportIssue
from cleanup.article import Article, ArticleKind, Role, SourceLine
from cleanup.edit import Edit, Pass
from cleanup.ledger import EMPTY, Ledger, Signature
from layout.geometry import Box
from layout.page import Direction, Line, Page, Region, RegionKind
from tests.banmian.archive.issues import HEIGHT, WIDTH, Desk, line

ODD = "山村邮路通到云端〇𠮷𪚥﹏—“”·，。12aé]]>&<'\"\x00\x0b\ud800\uffff\t\r　 "
PERSON = "校对 <甲>"
TIMES = ("2020-02-03T04:05:06Z", "2020-02-04T04:05:06Z")

STORED = ODD.replace("\ud800", "")
"""What a page can hold on the disk: no lone surrogates."""

texts = st.text(st.sampled_from(ODD), max_size=8)


def edit(article: Article, before: str, after: str, by: Pass, nth: int = 0) -> Edit:
    """An edit of the nth place at which `before` was recognized."""
    start = -1
    for _ in range(nth + 1):
        start = article.raw.text.index(before, start + 1)
    return Edit(article.raw.places(start, start + len(before)), before, after, by, "seen so", 0.9)


def story(desk: Desk, odd: str = STORED) -> ExportIssue:
    """Two pages and one without text; a story that goes on on page 2, a piece without a headline, and a page head."""
    first = [
        line("h1", "山村邮路", (40, 40)),
        line("k1", "新的一年", (40, 100)),
        line("b1", "清晨六点，天还没亮", (40, 160)),
        line("b2", "透，邮递员便(推)", (40, 220)),
        line("b3", "下转第二版", (40, 280)),
        line("v1", "竖排的字", (900, 300), Direction.VERTICAL_RL),
        line("v2", odd, (840, 300), Direction.VERTICAL_RL),
    ]
    second = [
        line("b1", "着车车出了 门。他", (40, 160)),
        line("b2", "走 了 二十七年。", (40, 220)),
        line("f1", "二版", (40, 20)),
    ]
    pages = [_page(1, first, [(0, 2), (2, 5), (5, 7)]), _page(2, second, [(0, 2), (2, 3)]), _page(3, [], [])]
    articles = [_main(first, second), _untitled(first), _head(second)]
    return desk.holding(pages, articles)


def _page(number: int, lines: list[Line], cuts: list[tuple[int, int]]) -> Page:
    regions = []
    for at, (start, end) in enumerate(cuts):
        part = tuple(lines[start:end])
        box = Box.around([corner for n in part for corner in n.polygon or ()])
        regions.append(Region(f"r{at}", RegionKind.BODY, box.corners, part, part[0].direction))
    picture = Region("p1", RegionKind.PICTURE, Box(500, 700, 800, 1000).corners)
    size = {"width": WIDTH, "height": HEIGHT, "sheet_width": WIDTH, "sheet_height": HEIGHT}
    regions = [*regions, picture] if lines else []
    return Page(number, f"scan {number} '报'.jpg", dpi=200.0, regions=tuple(regions), reader="reader 1", **size)


def _main(first: list[Line], second: list[Line]) -> Article:
    lines = (
        SourceLine(1, first[1], Role.KICKER, "r0"),
        SourceLine(1, first[0], Role.TITLE, "r0"),
        *(SourceLine(1, n, Role.BODY, "r1") for n in first[2:5]),
        *(SourceLine(2, n, Role.BODY, "r0") for n in second[:2]),
    )
    article = Article("a 1", "澄州", lines=lines, continued_to="5")
    edits = [
        edit(article, "下转第二版\n", "", Pass.CONTINUATION),
        edit(article, "\n", "", Pass.LINE_JOIN, 2),
        edit(article, "\n", "", Pass.LINE_JOIN, 3),
        edit(article, "(", "（", Pass.PUNCTUATION),
        edit(article, "车车", "车", Pass.DOUBLED_GLYPHS),
    ]
    ledger = EMPTY.recording(edits)
    ledger = ledger.written(edit(article, "他", "他一共", Pass.PERSON), Signature(PERSON, TIMES[0]))
    ledger = ledger.written(edit(article, "。他", "。\n他", Pass.PERSON), Signature(PERSON, TIMES[1]))
    return article.with_ledger(ledger)


def _untitled(first: list[Line]) -> Article:
    return Article("a/2", "澄州", lines=tuple(SourceLine(1, n, Role.BODY, "r2") for n in first[5:]))


def _head(second: list[Line]) -> Article:
    lines = (SourceLine(2, second[2], Role.FURNITURE, "r1"),)
    return Article("p2-01", "澄州", kind=ArticleKind.FURNITURE, lines=lines)


@st.composite
def edited(draw: st.DrawFn) -> Article:
    """An article of any lines on two pages, in any roles, with any edits, some of them by people."""
    lines = []
    for at in range(draw(st.integers(1, 5))):
        there = line(f"l{at}", draw(texts), (40, 60 * at))
        lines.append(SourceLine(1 + at // 3, there, draw(st.sampled_from(Role)), "r1"))
    article = Article("a", "i", lines=tuple(lines))
    ledger: Ledger = EMPTY
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(article.raw)))
        end = draw(st.integers(start, min(len(article.raw), start + 4)))
        before, after = article.raw.text[start:end], draw(texts | st.just("\n") | st.just("一\n二"))
        if before != after:
            made = Edit(article.raw.places(start, end), before, after, draw(st.sampled_from(Pass)), "seen so", 0.9)
            by_person = draw(st.booleans()) and made.id not in ledger
            ledger = ledger.written(made, Signature(PERSON, TIMES[0])) if by_person else ledger.recording([made])
    return article.with_ledger(ledger)
