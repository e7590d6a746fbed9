"""Pages in registers: articles run from right to left, from register to register, past what is set between them."""

from __future__ import annotations

from cleanup.article import Article, ArticleKind
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

    def __init__(self) -> None:
        self.lines: list[tuple[RegionKind, Line]] = []

    def line(
        self, text: str, left: float, top: float, *, size: float = 1.0, kind: RegionKind = RegionKind.BODY
    ) -> None:
        """A line of vertical type; `left` is how far from the right edge it begins."""
        x1 = WIDE - left
        box = Box(
            round((x1 - size) * EM), round(top * EM), round(x1 * EM), round((top + size * len(text)) * EM)
        )  # fmt: skip
        made = Line(
            f"n{len(self.lines) + 1}", box.corners, text, size=size * EM, direction=Direction.VERTICAL_RL
        )  # fmt: skip
        self.lines.append((kind, made))

    def head(self, text: str, left: float, register: int, *, size: float = 2.0) -> None:
        """A headline that begins at a register's top."""
        self.line(text, left, TOPS[register], size=size, kind=RegionKind.HEADLINE)

    def text(self, words: str, left: float, register: int, *, indent: int = 1) -> float:
        """Text in a register; gives how far left it comes."""
        rows = [words[: HIGH - indent]]
        rows += [words[i : i + HIGH] for i in range(HIGH - indent, len(words), HIGH)]
        for n, row in enumerate(rows):
            self.line(row, left + 1.3 * n, TOPS[register] + (indent if n == 0 else 0))
        return left + 1.3 * len(rows)

    @property
    def articles(self) -> list[Article]:
        """The page's articles."""
        regions = tuple(
            Region(f"r{n}", kind, line.polygon, (line,), direction=Direction.VERTICAL_RL, article=1)
            for n, (kind, line) in enumerate(self.lines, start=1)
        )
        page = Page(
            1, width=WIDE * EM, height=45 * EM, sheet_width=WIDE * EM, sheet_height=45 * EM, type_size=EM,
            regions=regions, reader="by hand",
        )  # fmt: skip
        return [a for a in assemble("issue", [page]).articles if a.kind is ArticleKind.ARTICLE]


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
