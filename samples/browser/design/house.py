"""The style of one drawn newspaper, kept over its page, and the room that a cell of the page has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from samples.typeset.front.words import FrontWriter

INK: Final = ("#111", "#111", "#111", "#b01018", "#123c7a", "#0b5d3b", "#7a5a12")
"""Colours of headlines."""
TINTS: Final = ("#f2f2f2", "#fbeadb", "#e8f0f8", "#eef5e6", "#e6e6e6", "#fdf6d8")
"""Grounds of boxes."""
RULES: Final = ("none", "1px solid #222", "2px solid #111", "3px double #111", "1px solid #999", "4px solid #b01018")
"""Rules between the parts of a page."""
GUTTER: Final = 1.4
"""Ems between columns."""
HEADS: Final = 5.0
"""Lines of body type that a headline takes with what belongs to it."""


@dataclass(frozen=True, slots=True)
class Faces:
    """The typefaces for one kind of characters, as CSS names them."""

    serif: str
    sans: str
    brush: str


FACES: Final[Mapping[str, Faces]] = {
    "hans": Faces("'Noto Serif CJK SC'", "'Noto Sans CJK SC'", "'AR PL UKai CN'"),
    "hant": Faces("'Noto Serif CJK TC'", "'Noto Sans CJK HK'", "'AR PL UKai TW'"),
}
"""The faces by language, as FrontWriter names it."""


@dataclass(frozen=True, slots=True)
class ArticleStyle:
    """How the articles of one house print what they have; each a way that is kept over the page."""

    subhead: str
    byline: str
    column_rule: str
    label: str
    caption_place: str
    caption_sign: str
    lead: str


@dataclass
class BrowserHouse:
    """The style of one newspaper: what its articles have in common."""

    rng: Random
    write: FrontWriter
    language: str
    em: float
    """Body type in CSS pixels."""
    column: float
    """The width of a column in em."""
    look: ArticleStyle
    mixed: bool
    """Whether its pages hold verse, rows of figures and classified adverts too."""
    articles: int = 0
    """The number of its last article; the first is 1."""

    @classmethod
    def drawn(cls, seed: int, *, mixed: bool) -> BrowserHouse:
        """A house drawn by chance."""
        rng = Random(f"browser page {seed}")
        language = rng.choice(("hans", "hans", "hant"))
        em = rng.choice((11.0, 12.0, 12.5, 13.0, 14.0))
        column = rng.choice((11.0, 12.0, 13.0, 14.0, 16.0, 18.0))
        write = FrontWriter(f"browser {seed}", language)
        return cls(rng, write, language, em, column, draw_look(rng, language, em), mixed)

    @property
    def faces(self) -> Faces:
        return FACES[self.language]

    def pick(self, *choices: str) -> str:
        return self.rng.choice(choices)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def said(self, language_hans: str, language_hant: str) -> str:
        """The one of two words that is of its language."""
        return language_hans if self.language == "hans" else language_hant

    def face(self) -> str:
        """A face of display type, with its weight."""
        serif, sans = f"font-family:{self.faces.serif}", f"font-family:{self.faces.sans}"
        return self.pick(
            f"{serif};font-weight:700",
            f"{serif};font-weight:900",
            f"{sans};font-weight:700",
            f"{sans};font-weight:900",
            f"{sans};font-weight:500",
            f"font-family:{self.faces.brush}",
        )

    def across(self, columns: int) -> float:
        """CSS pixels that so many columns take."""
        return columns * self.column * self.em + (columns - 1) * GUTTER * self.em

    def next_article(self) -> str:
        """The number of an article that begins."""
        self.articles += 1
        return str(self.articles)


@dataclass(frozen=True, slots=True)
class Room:
    """A cell: the columns that it spans, its width in CSS pixels, its height in lines of body type."""

    span: int
    wide: float
    height: float

    def amount(self, house: BrowserHouse) -> float:
        """The characters of an article that fills it."""
        return max(60.0, 0.75 * (self.height - HEADS) * house.column * self.span - 60)


def draw_look(rng: Random, language: str, em: float) -> ArticleStyle:
    """The look of a house, drawn by chance."""
    faces = FACES[language]
    bold = f"font-family:{rng.choice((faces.sans, faces.serif))};font-weight:{rng.choice(('700', '900'))}"
    centred = "text-align:center;text-indent:0"
    subheads = (
        f"{bold};text-indent:0;font-size:{em}px;text-align:left",
        f"{bold};{centred};font-size:{em * 1.1:.1f}px;padding:.3em 0",
        f"{bold};{centred};font-size:{em * 1.3:.1f}px;line-height:1.3;padding:.5em 0",
        f"{bold};text-indent:2em;font-size:{em}px",
        f"{bold};{centred};background:#222;color:#fff;margin:.5em 0",
        f"{bold};text-indent:0;text-align:left;border-left:4px solid #b01018;padding-left:.5em;margin:.4em 0",
        f"{bold};text-indent:0;text-align:center;border-top:1px solid #333;border-bottom:1px solid #333;margin:.5em 0",
        f"font-family:{faces.brush};{centred};font-size:{em * 1.25:.1f}px;padding:.4em 0",
    )
    return ArticleStyle(
        subhead=rng.choice(subheads),
        byline=rng.choice(("under", "under", "ruled", "first", "end", "end", "boxed", "none")),
        column_rule=rng.choice(("none", "none", "none", "1px solid #888")),
        label=rng.choice(("bar", "plain", "box")),
        caption_place=rng.choice(("under", "under", "under", "beside", "on")),
        caption_sign=rng.choice(("", "", "■", "▲", "▼", "图为" if language == "hans" else "圖為")),
        lead=rng.choice(("none", "none", "none", "bold", "brush", "tint", "white")),
    )
