"""A text layer's own runs of glyphs put lines right that layout cut otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from layout.geometry import Box
from layout.lines.typed_runs import runs_of
from layout.page import Direction, Line, Page, Region, RegionKind
from layout.pdf_glyph import TypedGlyph
from layout.sheet import Sheet
from ocr.textlayer.typedlines import lines_put_right
from tests.ocr.prints import bare

EM: Final = 40


def set_at(text: str, x: int, y: int, *, down: bool = False) -> list[TypedGlyph]:
    step = EM + 2
    return [
        TypedGlyph(
            c,
            Box(x, y + n * step, x + EM, y + n * step + EM)
            if down
            else Box(x + n * step, y, x + n * step + EM, y + EM),
        )
        for n, c in enumerate(text)
    ]


def with_layer(glyphs: Sequence[TypedGlyph]) -> Sheet:
    return replace(bare(), typed=tuple(glyphs))


def read(glyphs: Sequence[TypedGlyph]) -> list[str]:
    return ["".join(glyphs[g].char for g in run.glyphs) for run in runs_of(glyphs)]


def test_runs_end_where_a_line_does() -> None:
    """Rows, columns and vertical lines are runs of their own, in the layer's order."""
    glyphs = [*set_at("雨天一来", 0, 0), *set_at("排起长队", 0, 60), *set_at("巷口修伞", 900, 0, down=True)]
    assert read(glyphs) == ["雨天一来", "排起长队", "巷口修伞"]


def test_text_drawn_again_in_its_place_is_of_the_same_run() -> None:
    """A second and a third drawing, a hair apart, belong to the first."""
    glyphs = [*set_at("修伞铺", 0, 0), *set_at("修伞铺", 1, 0), *set_at("修伞铺", 2, 1)]
    assert [sorted(run.glyphs) for run in runs_of(glyphs)] == [list(range(9))]


def test_a_line_cut_at_its_marks_is_whole_again_and_in_order() -> None:
    """Two rows that layout cut into three blocks come as two lines, the first row first."""
    rows = [set_at("雨天一来，排起长队", 0, 0), set_at("谁也不嫌，慢慢地等", 0, 60)]
    glyphs = [*rows[0], *rows[1]]
    pieces = {"a": (0, 5, 0, 0), "b": (5, 9, 0, 0), "c": (0, 5, 1, 1), "d": (5, 9, 1, 1)}

    def line(name: str) -> Line:
        begin, end, row, _ = pieces[name]
        return Line(name, Box.around(p for g in rows[row][begin:end] for p in g.box.corners).corners, size=EM)

    regions = (
        Region("r1", RegionKind.BODY, lines=(line("b"), line("d")), article=1),
        Region("r2", RegionKind.BODY, lines=(line("a"), line("c")), article=1),
    )
    owners = {at: name for name, (a, b, row, _) in pieces.items() for at in range(9 * row + a, 9 * row + b)}
    page, members = lines_put_right(Page(1, regions=regions, type_size=EM), with_layer(glyphs), owners)
    told = ["".join(glyphs[g].char for g in members[n.id]) for r in page.regions for n in r.lines]
    assert told == ["雨天一来，排起长队", "谁也不嫌，慢慢地等"]


def test_a_vertical_headline_that_a_rule_cuts_is_one_line() -> None:
    """The glyphs of one run go to the article that has a body."""
    glyphs = set_at("为老巷留住雨声", 0, 0, down=True)
    halves = [
        Line(n, Box(0, a * 42, EM, b * 42).corners, direction=Direction.VERTICAL_RL, size=EM)
        for n, a, b in (("a", 0, 4), ("b", 4, 7))
    ]
    body = Region("r3", RegionKind.BODY, lines=(Line("c", Box(100, 0, 400, EM).corners, size=EM),), article=1)
    heads = [Region(f"r{n}", RegionKind.HEADLINE, lines=(half,), article=n) for n, half in enumerate(halves, start=1)]
    owners = {at: "a" if at < 4 else "b" for at in range(7)}
    page, members = lines_put_right(Page(1, regions=(*heads, body), type_size=EM), with_layer(glyphs), owners)
    assert [r.article for r in page.regions if r.kind is RegionKind.HEADLINE] == [1]
    assert len(members["a"]) == len(glyphs)


def ordered(layer: Sequence[str], regions: dict[str, tuple[RegionKind, list[str]]]) -> list[list[str]]:
    """The lines of the regions of one article, each a column, as the layer's order of those lines has them."""
    columns = [found for _, found in regions.values()]
    places = {text: (800 * n, 60 * at) for n, found in enumerate(columns) for at, text in enumerate(found)}
    glyphs = [g for text in layer for g in set_at(text, *places[text])]
    owners = dict(enumerate(t for t in layer for _ in t))

    def line(text: str) -> Line:
        x, y = places[text]
        return Line(text, Box(x, y, x + len(text) * (EM + 2) - 2, y + EM).corners, size=EM)

    page = Page(
        1,
        regions=tuple(
            Region(name, kind, lines=tuple(map(line, found)), article=1) for name, (kind, found) in regions.items()
        ),
        type_size=EM,
    )
    return [[n.id for n in r.lines] for r in lines_put_right(page, with_layer(glyphs), owners)[0].regions]


COLUMN = [f"雨天一来{n}" for n in "甲乙丙丁戊"]
"""Lines of a column of body text."""


def test_a_subhead_comes_where_the_layer_has_it() -> None:
    """A subhead and the short line under it, which layout puts the other way round, are set right."""
    regions = {
        "r1": (RegionKind.BODY, COLUMN),
        "r2": (RegionKind.BODY, ["排队吗"]),
        "r3": (RegionKind.SUBHEAD, ["谁来修伞"]),
    }
    assert ordered([*COLUMN, "谁来修伞", "排队吗"], regions) == [COLUMN, ["谁来修伞"], ["排队吗"]]


def test_a_caption_in_a_columns_region_comes_apart() -> None:
    """What the layer sets after the columns behind it is no part of the column that layout put it in."""
    regions = {
        "r1": (RegionKind.BODY, ["伞铺一角", "摄影留念", *COLUMN[:2]]),
        "r2": (RegionKind.BODY, COLUMN[2:]),
    }
    layer = [*COLUMN, "伞铺一角", "摄影留念"]
    assert ordered(layer, regions) == [COLUMN[:2], COLUMN[2:], ["伞铺一角", "摄影留念"]]


def test_a_marker_that_the_layer_has_elsewhere_moves_no_column() -> None:
    """A marker at a column's foot that was set before the text is no line of the first column, and stands apart."""
    regions = {
        "r1": (RegionKind.BODY, COLUMN),
        "r2": (RegionKind.BODY, ["伞骨三根", "竹子一捆", "下转二版"]),
    }
    layer = [COLUMN[0], "下转二版", *COLUMN[1:], "伞骨三根", "竹子一捆"]
    assert ordered(layer, regions) == [COLUMN[:1], ["下转二版"], COLUMN[1:], ["伞骨三根", "竹子一捆"]]


def test_a_byline_that_layout_put_into_the_second_column_comes_first() -> None:
    """The layer has it before the first column, which stays before the rest of the second."""
    regions = {"r1": (RegionKind.BODY, COLUMN[:3]), "r2": (RegionKind.BODY, ["本报记者", *COLUMN[3:], "伞骨", "竹子"])}
    layer = ["本报记者", *COLUMN, "伞骨", "竹子"]
    assert ordered(layer, regions) == [["本报记者"], COLUMN[:3], [*COLUMN[3:], "伞骨", "竹子"]]
