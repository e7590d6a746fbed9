"""The manner of a newspaper whose pages have no gaps: how it parts, heads, signs and labels what it prints."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final, Self

from samples.browser.design.house import FACES, GUTTER, BrowserHouse, Faces, draw_look
from samples.typeset.front.words import FrontWriter

_HERE: Final = Path(__file__).parent
_RULES: Final = ("1px solid #222", "1px solid #888", "2px solid #111", "3px double #222", "1px dotted #333", "none")
_PEN: Final = "南北春秋山川竹石雨文墨耕舟野笛月溪木田白"


@cache
def _words(language: str) -> dict[str, Any]:
    return dict(json.loads((_HERE / f"words.{language}.json").read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A part of the page: the columns that it spans, its width and height in CSS pixels."""

    cols: int
    wide: float
    high: float

    def inside(self, padding: float) -> CellPlace:
        """What is left of it within a frame."""
        return CellPlace(self.cols, self.wide - 2 * padding, self.high - 2 * padding)


@dataclass(frozen=True, slots=True)
class NewspaperStyle:
    """What all pages of one newspaper have in common, as CSS where it is a look."""

    line: float
    """Distance of lines of the body, in em."""
    paper: str
    """The colour of the page."""
    accent: str
    head_faces: tuple[str, str]
    """The face of most headlines, and that of the others."""
    small_face: str
    """The face of kickers and subtitles."""
    align: str
    indent: str
    cell_rule: str
    stile: str
    """The rule between cells that stand side by side."""
    column_rule: str
    gap: float
    """Ems of white between cells that stand over each other."""
    signs: tuple[str, str]
    """The two forms of its bylines."""
    signs_end: str
    sign_place: str
    sign_looks: str
    caption_looks: str
    caption_place: str
    caption_sign: str
    credit: str
    """How the photographer is named: on the caption's line, on a line alone, in brackets, not at all."""
    label: str
    item_head: str
    """The look of the headlines of short articles."""
    item_gap: str
    item_lead: str
    """How short articles begin: with a headline, with words in brackets, with a dot."""
    frame: str
    subhead: str
    quote: str
    reversed: float
    """Share of headlines in white on a dark ground."""


@dataclass(kw_only=True)
class FullPaper(BrowserHouse):
    """A house of which all pages are full."""

    manner: NewspaperStyle
    chains: int = 0
    printed: Counter[str] = field(default_factory=Counter)
    """How often the page has each thing already."""

    @classmethod
    def of(cls, seed: int) -> Self:
        """The newspaper of a seed."""
        rng = Random(f"full page {seed}")
        language = rng.choice(("hans", "hans", "hant"))
        em = rng.choice((11.0, 12.0, 12.5, 13.0, 14.0))
        column = rng.choice((8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 16.0, 18.0, 21.0))
        write = FrontWriter(f"full {seed}", language)
        write.patterns |= _words(language)
        look = draw_look(rng, language, em)
        manner = _manner(rng, FACES[language], em, write)
        return cls(
            rng=rng,
            write=write,
            language=language,
            em=em,
            column=column,
            look=look,
            mixed=True,
            manner=manner,
        )

    @property
    def line(self) -> float:
        """CSS pixels from a line of the body to the next."""
        return self.em * self.manner.line

    @property
    def gutter(self) -> float:
        return GUTTER * self.em

    def next_chain(self) -> str:
        """The number of a text that is poured into boxes."""
        self.chains += 1
        return str(self.chains)

    def head_face(self) -> str:
        """The face of a headline."""
        return self.manner.head_faces[0 if self.chance(0.7) else 1]

    def sign(self, pattern: str) -> str:
        """A byline of the form, or a pen name alone."""
        if self.chance(0.12):
            return "".join(self.rng.sample(_PEN, self.rng.choice((2, 2, 3))))
        return self.write.said(pattern, a=self.write.name(), b=self.write.name())


def _manner(rng: Random, faces: Faces, em: float, write: FrontWriter) -> NewspaperStyle:
    serif, sans, brush = (f"font-family:{f}" for f in (faces.serif, faces.sans, faces.brush))
    old = rng.random() < 0.25
    accent = "#111" if old else rng.choice(("#111", "#b01018", "#123c7a", "#0b5d3b", "#8a1016"))
    heads = (
        f"{serif};font-weight:900",
        f"{sans};font-weight:900",
        f"{sans};font-weight:700",
        f"{serif};font-weight:700",
    )
    weight = rng.choice(("400", "700", "700", "700"))
    size = em * rng.choice((1.0, 1.0, 1.0, 1.08, 1.15, 1.3))
    face = rng.choice((serif, sans, sans, brush))
    align = rng.choice(("left", "left", "center", "center"))
    indent = ";text-indent:2em" if align == "left" and rng.random() < 0.3 else ""
    item_head = f"{face};font-weight:{weight};font-size:{size:.1f}px;text-align:{align};line-height:1.3{indent}"
    parted = rng.choice(("", "margin-top:.5em", "margin-top:1em", "border-top:1px solid #777;margin-top:.3em"))
    parted = rng.choice((parted, "", "border-top:1px dotted #333;margin-top:.3em"))
    sign_face = rng.choice((brush, brush, serif, sans, f"{sans};font-weight:700"))
    sign_rule = rng.choice(
        ("", "", "", "border-top:1px solid #666;border-bottom:1px solid #666", "border-bottom:1px solid #333")
    )
    ground = rng.choice(("", "", "", "background:#e2e2e2;padding:2px 4px"))
    bold = f"{rng.choice((sans, serif))};font-weight:700;text-indent:0"
    signs = write.patterns["signs_over"]
    return NewspaperStyle(
        line=rng.choice((1.22, 1.3, 1.38, 1.45, 1.55)),
        paper="#fff" if not old else rng.choice(("#fff", "#f7f4ea")),
        accent=accent,
        head_faces=(rng.choice(heads), rng.choice((*heads, f"{brush}"))),
        small_face=rng.choice((f"{sans};font-weight:400", brush, bold.removesuffix(";text-indent:0"))),
        align=rng.choice(("left", "left", "center")),
        indent=rng.choice(("2em", "2em", "2em", "1em")),
        cell_rule=rng.choice(_RULES),
        stile=rng.choice(("none", "1px solid #333", "1px solid #999")),
        column_rule=rng.choice(("none", "none", "none", "1px solid #888")),
        gap=rng.choice((0.4, 0.7, 1.0, 1.6)),
        signs=(rng.choice(signs), rng.choice(signs)),
        signs_end=rng.choice(write.patterns["signs_end"]),
        sign_place=rng.choice(("under", "under", "under", "first", "first", "end", "end", "none")),
        sign_looks=f"{sign_face};text-align:{rng.choice(('left', 'center', 'right', 'center'))};{sign_rule}",
        caption_looks=f"{rng.choice((sans, brush, serif))};font-size:{em * rng.choice((0.8, 0.88, 0.95, 1.0)):.1f}px;"
        f"line-height:1.3;text-align:{rng.choice(('left', 'left', 'center'))};{ground}",
        caption_place=rng.choice(("under", "under", "under", "beside", "beside", "on")),
        caption_sign=rng.choice(("", "", "▲", "◀", "▶", "■", "↑")),
        credit=rng.choice(("none", "none", "line", "own", "brackets")),
        label=rng.choice(("bar", "plain", "box", "rules", "large", "latin", "dark")),
        item_head=item_head,
        item_gap=parted,
        item_lead=rng.choice(("head", "head", "head", "head", "brackets", "dot")),
        frame=rng.choice(
            ("border:1px solid #222", "border:3px double #222", "border:2px solid #111", "background:#ececec",
             "background:#e8eef4", "background:#f8efdc", "border-top:3px solid #111;border-bottom:1px solid #111",
             "border:1px dashed #444")
        ),
        subhead=rng.choice(
            (bold, f"{bold};text-align:center", f"{bold};text-align:center;font-size:{em * 1.2:.1f}px;padding:.3em 0",
             f"{bold};text-indent:2em", f"{bold};border-left:4px solid {accent};padding-left:.4em",
             f"{bold};text-align:center;background:#333;color:#fff")
        ),
        quote=rng.choice(
            ("border-top:2px solid #111;border-bottom:2px solid #111;padding:.4em 0", "",
             "border-left:5px solid #888;padding-left:.6em", "border-top:5px solid #111;padding-top:.3em",
             "background:#e6e6e6;padding:.6em")
        ),
        reversed=rng.choice((0.03, 0.1, 0.25)),
    )  # fmt: skip
