"""Pages made by hand for the tests of articles: columns of body type, headlines and marks at given places, in ems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cleanup.article import Article, ArticleKind
from cleanup.assemble import assemble
from layout.geometry import Box
from layout.page import Direction, Line, Page, Region, RegionKind

EM = 20
"""Pixels of the body type."""
MEASURE = 12
"""Characters in a full line."""
PROSE = (
    "渡口的老艄公每天清早把木船擦洗一遍然后坐在石阶上等第一批赶集的人他说河水记得每一个过河的人也记得他们挑着的担子"
    "有人带着新摘的菱角有人抱着要去看病的孩子还有人只是想到对岸看一眼那棵开花的老树船桨划过水面声音很轻像翻动一页旧书"
)
"""Invented wording without marks; tests set the marks where they want them."""


def prose(characters: int, at: int = 0) -> str:
    """So many characters of the wording, from a place on; it begins anew at its end."""
    text = PROSE * (2 + (at + characters) // len(PROSE))
    return text[at : at + characters]


def lines(text: str, *, indent: int = 2) -> list[str]:
    """A paragraph in lines of the measure, the first set in."""
    padded = "　" * indent + text
    return [padded[i : i + MEASURE] for i in range(0, len(padded), MEASURE)]


@dataclass
class Sheet:
    """A page that is being made up; ids count on, places are in ems."""

    regions: list[Region] = field(default_factory=list)
    count: int = 0

    def add(
        self,
        kind: RegionKind,
        texts: Sequence[str],
        place: tuple[float, float],
        article: int | None = 1,
        *,
        size: float = 1.0,
    ) -> str:
        """A region of level lines one under the other; gives its id."""
        made = []
        for n, text in enumerate(texts):
            bare = text.lstrip("　")
            self.count += 1
            x, y = place[0] + size * (len(text) - len(bare)), place[1] + 1.5 * size * n
            box = Box(round(x * EM), round(y * EM), round((x + size * len(bare)) * EM), round((y + size) * EM))
            made.append(Line(f"n{self.count}", box.corners, bare, size=size * EM))
        around = Box.around([p for n in made for p in n.polygon or ()])
        name = f"r{len(self.regions) + 1}"
        self.regions.append(Region(name, kind, around.corners, tuple(made), article=article))
        return name

    def upright(self, kind: RegionKind, texts: Sequence[str], place: tuple[float, float], *, size: float = 1.0) -> str:
        """A region of vertical lines, each left of the one before; `place` is the top right corner of the first."""
        made = []
        for n, text in enumerate(texts):
            bare = text.lstrip("　")
            self.count += 1
            x, y = place[0] - 1.5 * size * n - size, place[1] + size * (len(text) - len(bare))
            box = Box(round(x * EM), round(y * EM), round((x + size) * EM), round((y + size * len(bare)) * EM))
            made.append(Line(f"n{self.count}", box.corners, bare, size=size * EM, direction=Direction.VERTICAL_RL))
        around = Box.around([p for n in made for p in n.polygon or ()])
        name = f"r{len(self.regions) + 1}"
        self.regions.append(Region(name, kind, around.corners, tuple(made), article=None))
        return name

    def embolden(self, weight: float) -> None:
        """Makes the lines of the last region so heavy, relative to the body's."""
        region = self.regions[-1]
        self.regions[-1] = replace(region, lines=tuple(replace(n, weight=weight) for n in region.lines))

    def mark(self, kind: RegionKind, place: tuple[float, float, float, float]) -> None:
        """A picture, a rule or a frame."""
        x0, y0, x1, y1 = (round(v * EM) for v in place)
        self.regions.append(Region(f"m{len(self.regions) + 1}", kind, Box(x0, y0, x1, y1).corners))

    @property
    def page(self) -> Page:
        return Page(
            1, width=100 * EM, height=140 * EM, sheet_width=100 * EM, sheet_height=140 * EM, type_size=EM,
            regions=tuple(self.regions), reader="by hand",
        )  # fmt: skip

    @property
    def articles(self) -> list[Article]:
        """The page's articles; pieces of other kinds are left out."""
        return [a for a in assemble("issue", [self.page]).articles if a.kind is ArticleKind.ARTICLE]
