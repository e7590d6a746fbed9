"""The house style of one front page's newspaper: type, colours, habits, all drawn once an issue."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Final

from samples.typeset.canvas import CharacterStyle, Colour
from samples.typeset.faces import Face
from samples.typeset.flow import BodyLook, SubheadLook
from samples.typeset.front.paper import BLACK, PAPER_WHITE
from samples.typeset.front.words import FrontWriter
from samples.typeset.taste import MODERN, TRADITIONAL, TypeCase

ACCENTS: Final[tuple[Colour, ...]] = (
    (200, 22, 30), (190, 30, 45), (15, 90, 160), (0, 120, 90), (225, 100, 20), (150, 20, 70), (40, 40, 40),
)  # fmt: skip
DARKS: Final[tuple[Colour, ...]] = (
    (30, 52, 82), (26, 70, 60), (60, 20, 30), (40, 40, 44), (20, 20, 24), (48, 34, 82), (120, 24, 28), (88, 96, 104),
)  # fmt: skip
PALES: Final[tuple[Colour, ...]] = (
    (232, 240, 248), (246, 238, 222), (228, 240, 230), (240, 240, 240),
    (250, 230, 226), (222, 222, 222), (236, 232, 246),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrintGround:
    """What text is printed on, and in which inks."""

    ink: Colour = BLACK
    reversed: bool = False
    """White or pale type on a dark ground."""
    accent: Colour | None = None
    fill: Colour = PAPER_WHITE


PLAIN: Final = PrintGround()


@dataclass(frozen=True)
class FrontHouse:
    """The style of one newspaper. Shares are between 0 and 1."""

    name: str
    case: TypeCase
    colour: bool
    size: int
    pitch: int
    gutter: int
    body: Face
    heads: tuple[Face, ...]
    accent: Colour
    dark: Colour
    pale: Colour
    subhead: str
    """The usual form of subheads, a name in `pour.SUBHEADS`."""
    rule: str
    rules: float
    column_rules: float
    cut_words: bool
    wide_figures: bool
    tracking: float
    screen: bool
    caption: Face
    byline: str

    def look(
        self, face: Face, size: float, ground: PrintGround = PLAIN, colour: Colour | None = None
    ) -> CharacterStyle:
        """How a line of that face and size is printed on that ground."""
        whole = max(9, round(size))
        return CharacterStyle(face, whole, white=ground.reversed, colour=colour or ground.ink, spread=face.stretch)

    def body_look(self, ground: PrintGround = PLAIN, face: Face | None = None, scale: float = 1.0) -> BodyLook:
        """How running text is set."""
        size = round(self.size * scale)
        bold = self.case.bold[0]
        return BodyLook(
            face or self.body, size, round(self.pitch * scale), SubheadLook(bold), bold, self.wide_figures,
            self.cut_words, self.tracking, white=ground.reversed,
        )  # fmt: skip


@dataclass
class IssueDesk:
    """The state of making one issue: chance, words, style, and the numbers given to articles."""

    rng: Random
    writer: FrontWriter
    house: FrontHouse
    small: bool
    next_id: int = 0
    paper_name: str = ""
    day: tuple[int, int, int] = (2020, 1, 1)
    pages: int = 1
    jumps: list[tuple[int, int, int, str]] = field(default_factory=list)
    """Articles that go on in this issue: part, its page, the page where it goes on, its title."""
    counts: dict[str, int] = field(default_factory=dict)
    """How often each kind of element stands on the page at work."""

    def id(self) -> int:
        self.next_id += 1
        return self.next_id - 1

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def face(self) -> Face:
        """A headline face, sometimes condensed or widened."""
        return self.rng.choice(self.house.heads)


def draw_desk(seed: int, *, small: bool, traditional: bool) -> IssueDesk:
    """The beginnings of an issue."""
    rng = Random(f"front {seed} {'hant' if traditional else 'hans'}")
    case = TRADITIONAL if traditional else MODERN
    writer = FrontWriter(f"front {seed}", case.language)
    house = _draw_house(rng, case, writer, small=small)
    day = (rng.randint(1994, 2025), rng.randint(1, 12), rng.randint(1, 28))
    return IssueDesk(rng, writer, house, small, paper_name=house.name, day=day)


def _draw_house(rng: Random, case: TypeCase, writer: FrontWriter, *, small: bool) -> FrontHouse:
    size = rng.choice((30, 32, 34)) if small else rng.choice((32, 34, 36, 38, 40, 42))
    stretches = (1.0, 1.0, 1.0, 0.88, 0.78, 0.7, 1.2)
    heads = tuple(f.cut(rng.choice(stretches)) for f in rng.choices(case.heads, k=4))
    bodies = tuple(f for f in case.body if f not in (case.kai,)) or case.body
    colour = rng.random() < 0.6
    return FrontHouse(
        name=rng.choice(writer.patterns["papers"]),
        case=case,
        colour=colour,
        size=size,
        pitch=round(size * rng.choice((1.25, 1.3, 1.36, 1.44, 1.5))),
        gutter=round(size * rng.choice((1.0, 1.2, 1.5, 2.0, 2.6))),
        body=rng.choice(bodies),
        heads=heads,
        accent=rng.choice(ACCENTS),
        dark=rng.choice(DARKS),
        pale=rng.choice(PALES),
        subhead=rng.choice(("bold", "bold", "bar", "ruled", "outdented", "large", "kai", "light", "tinted")),
        rule=rng.choice(("fine", "fine", "medium", "dotted", "double", "thick_thin", "dashed")),
        rules=rng.choice((0.95, 0.8, 0.4, 0.1)),
        column_rules=rng.choice((0.0, 0.0, 0.0, 0.3, 0.9)),
        cut_words=rng.random() < 0.15,
        wide_figures=rng.random() < 0.08,
        tracking=rng.choice((0.0, 0.0, 0.0, 0.05)),
        screen=rng.random() < 0.35,
        caption=rng.choice((case.kai, case.kai, case.song, case.bold[0])),
        byline=rng.choice(("ruled", "plain", "over", "under", "right", "end", "head")),
    )
