"""A newspaper's habits, drawn by chance: its grid, its type, its rules, its pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Final

from samples.typeset import faces as f
from samples.typeset.faces import Face
from samples.typeset.flow import BodyLook, SubheadLook
from samples.typeset.grammar import Writer
from samples.typeset.grid import PageGrid
from samples.typeset.story import Story, own_stories

PAGE_FORMS: Final = ("第{0}版", "{0}版", "第{1}版", "A{0:02d}")


@dataclass(frozen=True, slots=True)
class TypeCase:
    """The type that a composing room has."""

    language: str
    body: tuple[Face, ...]
    heads: tuple[Face, ...]
    minor: tuple[Face, ...]
    bold: tuple[Face, ...]
    kai: Face
    song: Face


MODERN: Final = TypeCase(
    "hans",
    (f.SONG, f.SONG, f.SONG, f.MING, f.MING, f.HEI, f.KAI, f.MICRO_HEI),
    (f.HEI_BOLD, f.HEI_BOLD, f.SONG_BOLD, f.SONG_BOLD, f.ZEN_HEI, f.KAI, f.HEI, f.SONG, f.MING),
    (f.HEI_BOLD, f.HEI, f.KAI, f.SONG_BOLD),
    (f.HEI_BOLD, f.SONG_BOLD),
    f.KAI,
    f.SONG,
)
TRADITIONAL: Final = TypeCase(
    "hant",
    (f.SONG_TC, f.SONG_TC, f.MING_TW, f.KAI_TW),
    (f.SONG_TC_BOLD, f.HEI_TC_BOLD, f.KAI_TW, f.MING_TW, f.SONG_TC),
    (f.HEI_TC_BOLD, f.SONG_TC_BOLD, f.KAI_TW),
    (f.HEI_TC_BOLD, f.SONG_TC_BOLD),
    f.KAI_TW,
    f.SONG_TC,
)


@dataclass(frozen=True, slots=True)
class Taste:
    """A newspaper's habits; shares are between 0 and 1."""

    case: TypeCase
    head_faces: tuple[Face, ...]
    minor: Face
    byline_face: Face
    caption_face: Face
    rules: str
    """Whether rules stand between pieces: all, some, none."""
    rule_style: str
    column_rules: str | None
    frames: float
    uprights: float
    panels: float
    pictures: float
    leads: float
    screen: int
    align: str
    colour: bool
    tightness: float
    """White between pieces, in lines of the body."""


@dataclass
class Draw:
    """The state of drawing one issue."""

    rng: Random
    writer: Writer
    grid: PageGrid
    taste: Taste
    stories: list[Story] = field(default_factory=list)
    """The written stories that were not used yet."""
    page_form: str = "第{0}版"
    """How the folios of this issue name a page: {0} its number, {1} in hanzi."""
    next_id: int = 0

    def id(self) -> int:
        self.next_id += 1
        return self.next_id - 1

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def story(self, shortest: int = 4, longest: int = 22) -> Story:
        """A story with its headline parts; a written one now and then, otherwise its text is still to come."""
        if self.stories and self.chance(0.25):
            told = self.stories.pop()
            if shortest <= len(told.title) <= longest:
                return told
        writer = self.writer
        names, printed = writer.byline() if self.chance(0.5) else (None, None)
        kicker = writer.pick("kickers") if self.chance(0.3) else None
        subtitle = writer.pick("subtitles") if self.chance(0.25) else None
        lead = writer.paragraph().text if self.chance(self.taste.leads) else None
        return Story(writer.title(shortest, longest), (), kicker, subtitle, names, printed, lead)


def draw_issue(seed: int, *, small: bool, vertical: bool, traditional: bool) -> Draw:
    """The beginnings of an issue: grid and habits."""
    rng = Random(f"plan {seed}")
    case = TRADITIONAL if traditional else MODERN
    grid = vertical_grid(rng, case, small=small) if vertical else horizontal_grid(rng, case, small=small)
    taste = draw_taste(rng, case, vertical=vertical)
    stories = list(own_stories(case.language))
    rng.shuffle(stories)
    if vertical:
        stories = [s for s in stories if not any(c.isascii() for p in s.paras for c in p.text)]
    writer = Writer(seed, case.language, hanzi=vertical)
    return Draw(rng, writer, grid, taste, stories, rng.choice(PAGE_FORMS))


def _body(rng: Random, case: TypeCase, size: int, pitch: int, *, vertical: bool) -> BodyLook:
    subhead = SubheadLook(
        rng.choice(case.bold), rng.choice((1, 2, 2, 3)), rng.choice((1.0, 1.0, 1.15)), centred=rng.random() < 0.8
    )
    return BodyLook(
        face=rng.choice(case.body),
        size=size,
        pitch=pitch,
        subhead=subhead,
        run_in=rng.choice((None, rng.choice(case.bold), case.kai)),
        wide_figures=rng.random() < 0.15,
        cut_words=rng.random() < 0.15,
        tracking=rng.choice((0.0, 0.0, 0.0, 0.05)),
        indent=rng.choice((2, 2, 2, 2, 1)) if vertical else 2,
        vertical=vertical,
    )


def horizontal_grid(rng: Random, case: TypeCase, *, small: bool) -> PageGrid:
    """Columns from left to right."""
    size = rng.choice((32, 34, 36, 38, 38, 40, 42, 46))
    widest, tallest = (2400, 3300) if small else (4500, 6200)
    squares = rng.choice((9, 11, 12, 13, 14, 16, 18, 20))
    gutter = round(size * rng.choice((1.0, 1.2, 1.5, 2.0)))
    margin = rng.randint(110, 170)
    most = (widest - 2 * margin + gutter) // (squares * size + gutter)
    columns = max(2, rng.randint(max(2, most - (1 if small else 3)), most))
    body = _body(rng, case, size, round(size * rng.choice((1.25, 1.3, 1.35, 1.45, 1.6))), vertical=False)
    wide = columns * (squares * body.square - body.tracking * size) + (columns - 1) * gutter
    width = round(2 * margin + wide)
    height = min(tallest, round(width * rng.uniform(1.1, 1.5)))
    top = margin + 4 * size
    rows = (height - top - margin) // body.pitch
    return PageGrid(width, height, margin, top, columns, squares, gutter, body, rows)


def vertical_grid(rng: Random, case: TypeCase, *, small: bool) -> PageGrid:
    """Registers from top to bottom, their lines from right to left. Width and height are those of the frame."""
    size = rng.choice((32, 34, 36, 38, 42))
    tallest, widest = (3300, 2400) if small else (5200, 4200)
    squares = rng.choice((10, 12, 14, 16, 20))
    gutter = round(size * rng.choice((0.8, 1.0, 1.4)))
    margin = rng.randint(110, 160)
    before = 4 * size
    most = (tallest - 2 * margin - before + gutter) // (squares * size + gutter)
    registers = max(3, rng.randint(max(3, most - 3), most))
    body = _body(rng, case, size, round(size * rng.choice((1.2, 1.3, 1.4, 1.6))), vertical=True)
    wide = registers * (squares * body.square - body.tracking * size) + (registers - 1) * gutter
    width = round(2 * margin + before + wide)
    height = min(widest, round(width * rng.uniform(0.66, 0.9)))
    rows = (height - 2 * margin) // body.pitch
    return PageGrid(width, height, margin, margin, registers, squares, gutter, body, rows, before)


def draw_taste(rng: Random, case: TypeCase, *, vertical: bool) -> Taste:
    """A newspaper's habits. An old vertical page nearly always has rules."""
    return Taste(
        case=case,
        head_faces=tuple(rng.sample(case.heads, 3)),
        minor=rng.choice(case.minor),
        byline_face=rng.choice((case.kai, case.song, *case.minor)),
        caption_face=rng.choice((case.kai, case.song, *case.bold)),
        rules="all" if vertical else rng.choice(("all", "all", "some", "none")),
        rule_style=rng.choice(("fine", "fine", "medium", "dotted", "dashed", "double", "wave", "worn", "thick_thin")),
        column_rules="fine" if vertical else rng.choice((None, None, None, "fine", "dotted")),
        frames=rng.choice((0.05, 0.15, 0.3)),
        uprights=0.05 if vertical else rng.choice((0.1, 0.2, 0.35)),
        panels=rng.choice((0.0, 0.1, 0.25)),
        pictures=rng.choice((0.1, 0.2)) if vertical else rng.choice((0.2, 0.4, 0.6)),
        leads=0.0 if vertical else rng.choice((0.0, 0.1, 0.25)),
        screen=rng.choice((0, 0, 5, 8)),
        align=rng.choice(("centre", "centre", "left", "step")),
        colour=not vertical and rng.random() < 0.25,
        tightness=rng.choice((1.0, 1.3, 1.3, 2.0)),
    )
