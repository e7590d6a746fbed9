"""Shapes in pictures that layout took for text, and print that stands in pictures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleanup.articles.noise import without_noise
from cleanup.assemble import assemble
from layout.geometry import Box
from layout.page import Glyph, Line, Page, Region, RegionKind

PICTURE = (0, 0, 600, 400)
BODY = 20


def read(text: str, other: str | None, confidence: float) -> tuple[Glyph, ...]:
    """The glyphs of a text, each with what another reader says."""
    voices = other if other is not None else [None] * len(text)
    return tuple(
        Glyph(c, Box(0, 0, 10, 10), confidence, o, None if o is None else 0.5)
        for c, o in zip(text, voices, strict=True)
    )


def left(glyphs: tuple[Glyph, ...], *, at: tuple[int, int] = (100, 100), size: float = BODY) -> str:
    """What is left of a line of these glyphs on a page with one picture."""
    x, y = at
    text = "".join(g.char for g in glyphs)
    box = Box(x, y, x + round(size * len(text)), y + round(size))
    line = Line("n1", box.corners, text, glyphs, size=size)
    regions = (
        Region("m1", RegionKind.PICTURE, Box(*PICTURE).corners),
        Region("r1", RegionKind.CAPTION, box.corners, (line,), article=1),
    )
    page = Page(1, width=1000, height=1000, type_size=BODY, regions=regions)
    return without_noise(page).regions[1].lines[0].text


@pytest.mark.parametrize(
    ("text", "other", "confidence", "size"),
    [
        ("六", "人", 0.43, BODY),
        ("國", "囗", 0.9, BODY),
        ("A X", "八文二", 0.69, BODY),
        ("MONO", "川口川口", 0.82, 85),
        ("了1", None, 0.4, BODY),
    ],
    ids=["a shape", "a shape alone that looks like a character", "two shapes", "large shapes", "by one reader"],
)
def test_what_readers_see_differently_in_a_picture_is_no_text(
    text: str, other: str | None, confidence: float, size: float
) -> None:
    assert left(read(text, other, confidence), size=size) == ""


@pytest.mark.parametrize(
    ("text", "other", "confidence", "size"),
    [
        ("渡口", "渡囗", 0.6, BODY),
        ("独眼", "虫艮", 0.99, 171),
        ("青石村的书车", "育右材旳节牛", 0.6, BODY),
        ("渡口", None, 0.6, BODY),
    ],
    ids=["a character on which they agree", "large type, surely read", "a whole line", "one reader, not unsure"],
)
def test_print_in_a_picture_stays(text: str, other: str | None, confidence: float, size: float) -> None:
    assert left(read(text, other, confidence), size=size) == text


def test_a_doubtful_line_outside_of_pictures_stays() -> None:
    assert left(read("委员", "季贝", 0.4), at=(700, 700)) == "委员"


def test_specks_of_tiny_type_on_which_no_readers_agree_are_no_text() -> None:
    assert left(read("32", "ヨ己", 0.45), at=(700, 700), size=7) == ""
    assert left(read("32", "31", 0.45), at=(700, 700), size=7) == "32"


def test_the_line_keeps_its_place_and_the_page_its_other_lines() -> None:
    glyphs = read("六", "人", 0.43)
    noise = Line("n1", Box(100, 100, 120, 120).corners, "六", glyphs, size=BODY)
    print_ = replace(noise, id="n2", text="渡口", glyphs=read("渡口", "渡口", 0.9))
    regions = (
        Region("m1", RegionKind.PICTURE, Box(*PICTURE).corners),
        Region("r1", RegionKind.CAPTION, Box(100, 100, 200, 200).corners, (noise, print_), article=1),
    )
    made = without_noise(Page(1, width=1000, height=1000, type_size=BODY, regions=regions))
    assert [(n.id, n.text, n.polygon) for n in made.lines] == [("n1", "", noise.polygon), ("n2", "渡口", noise.polygon)]


def test_no_piece_is_made_of_noise_alone() -> None:
    box = Box(100, 100, 120, 120)
    noise = Line("n1", box.corners, "六", read("六", "人", 0.43), size=BODY)
    regions = (
        Region("m1", RegionKind.PICTURE, Box(*PICTURE).corners),
        Region("r1", RegionKind.CAPTION, box.corners, (noise,), article=1),
    )
    page = Page(1, width=1000, height=1000, type_size=BODY, regions=regions)
    assert assemble("issue", [page]).articles == ()


@pytest.mark.parametrize(
    ("text", "other", "confidence", "stays"),
    [("DB", "08", 0.82, False), ("DB", "DB", 0.82, True), ("DB", "08", 0.95, True), ("大桥", "火桥", 0.82, True)],
)
def test_huge_letters_on_which_the_readers_differ_are_shapes_of_a_photograph(
    text: str, other: str, confidence: float, *, stays: bool
) -> None:
    """Its edge was not found, so that they lie in no picture; hanzi, and what both readers see, are print."""
    assert left(read(text, other, confidence), at=(100, 600), size=7 * BODY) == (text if stays else "")


@pytest.mark.parametrize("other", ["", "當"], ids=["nothing", "a hanzi"])
def test_the_corner_of_a_cutout_is_no_text(other: str) -> None:
    corner = (Glyph("y", Box(0, 0, 10, 10), 0.75, other, 0.5),)
    assert left(corner, at=(605, 200)) == ""
    assert left(corner, at=(640, 200)) == "y"


def test_a_character_beside_a_picture_on_which_readers_differ_stays() -> None:
    assert left(read("国", "囗", 0.75), at=(605, 200)) == "国"
