"""Every pass on its case drawers: damage from the wild and made up, what to leave alone, what is known to fail."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cleanup.article import Article, Role, SourceLine
from cleanup.clean import PASSES, clean, run_pass
from cleanup.edits.edit import LINE_BREAK, Pass
from cleanup.forms.jump_marker import markers_in
from layout.geometry import Box, Polygon
from layout.page import Direction, Glyph, Line
from tests.cleanup.texts import SOMEONE

DRAWERS = Path(__file__).parent.parent / "cases"


@cache
def drawer(name: Pass, which: str) -> dict[str, Any]:
    with (DRAWERS / name / f"{which}.toml").open("rb") as file:
        return tomllib.load(file)


def cases(which: str) -> Iterator[Any]:
    """Every case of the drawers of this name, with its pass; a leave-alone text is a case that stays as it is."""
    for name in PASSES:
        held = drawer(name, which)
        told = [{"name": text, "raw": text} for text in held.get("texts", [])] + held.get("case", [])
        for case in told:
            yield pytest.param(name, case, id=f"{name}: {case['name']}")


def polygon_of(case: dict[str, Any], at: int) -> Polygon | None:
    if "polygons" in case:
        return tuple((float(x), float(y)) for x, y in case["polygons"][at])
    if "boxes" in case:
        return Box(*case["boxes"][at]).corners
    if "glyphs" in case:
        boxes = [Box(*box) for box in case["glyphs"][at]]
        return Box.around(corner for box in boxes for corner in box.corners).corners
    return None


def line_of(case: dict[str, Any], at: int, text: str) -> Line:
    boxes = case["glyphs"][at] if "glyphs" in case else []
    printed = [char for char in text if not char.isspace()] if boxes else []
    glyphs = tuple(Glyph(char, Box(*box), 0.9) for char, box in zip(printed, boxes, strict=True))
    if "others" in case:
        glyphs = read_twice(text, case["others"][at])
    direction = Direction(case.get("direction", "horizontal"))
    return Line(f"l{at}", polygon_of(case, at), text, glyphs, direction)


def read_twice(text: str, others: list[list[Any]]) -> tuple[Glyph, ...]:
    """The text's glyphs as two readers saw them: alike, but for the places that `others` names."""
    glyphs = [Glyph(char, None, 0.99, char, 0.99) for char in text if not char.isspace()]
    for at, chance, other, other_chance in others:
        glyphs[at] = Glyph(glyphs[at].char, None, chance, other, other_chance)
    return tuple(glyphs)


def article_of(case: dict[str, Any]) -> Article:
    """The case's raw text as an article; an empty line ends a block, and is no line of its own unless it is kept."""
    lines: list[SourceLine] = []
    block = 0
    for text in case["raw"].strip(LINE_BREAK).split(LINE_BREAK):
        if not text and not case.get("keep_blank"):
            block += 1
            continue
        role = Role(case["roles"][len(lines)] if "roles" in case else case.get("role", "body"))
        lines.append(SourceLine(1, line_of(case, len(lines), text), role, f"r{block}"))
    return Article("a1", lines=tuple(lines))


def text_of(article: Article) -> str:
    return article.clean.text.removesuffix(LINE_BREAK)


def mended(name: Pass, case: dict[str, Any]) -> Article:
    """The case after the pass alone, or after all of them where the case says that it needs them."""
    article = clean(article_of(case)) if case.get("joined") else run_pass(article_of(case), name)
    return answered(article, name) if case.get("asked") else article


def answered(article: Article, name: Pass) -> Article:
    """The article after a person has said yes to every question of the pass, of which there is one at least."""
    asked = [entry.edit.id for entry in article.ledger if entry.edit.by is name]
    assert asked
    assert not any(article.ledger[edit].accepted for edit in asked)
    ledger = article.ledger
    for edit in asked:
        ledger = ledger.accepted(edit, SOMEONE)
    return article.with_ledger(ledger)


def wanted(case: dict[str, Any]) -> str:
    """What the case says; without a word the raw text, but for white space around lines, which is layout."""
    if "clean" in case:
        return str(case["clean"]).removeprefix(LINE_BREAK).removesuffix(LINE_BREAK)
    return LINE_BREAK.join(line.strip() for line in case["raw"].strip().split(LINE_BREAK) if line.strip())


@pytest.mark.parametrize(("name", "case"), [*cases("wild"), *cases("made")])
def test_a_pass_mends_its_damage(name: Pass, case: dict[str, Any]) -> None:
    """The pass turns the raw text into the clean one, and every edit says why."""
    article = mended(name, case)
    assert text_of(article) == wanted(case)
    assert all(entry.edit.reason.endswith(".") for entry in article.ledger)


@pytest.mark.parametrize(("name", "case"), [*cases("leave-alone")])
def test_a_pass_leaves_good_text_alone(name: Pass, case: dict[str, Any]) -> None:
    """The pass accepts no change of a text that is as it was written."""
    lines = [line.strip() for line in text_of(mended(name, case)).split(LINE_BREAK)]
    assert LINE_BREAK.join(lines) == wanted(case)


@pytest.mark.parametrize(("name", "case"), [*cases("leave-alone")])
def test_all_passes_together_leave_good_text_alone(name: Pass, case: dict[str, Any]) -> None:
    """What one pass leaves alone, no other one touches."""
    assert text_of(clean(article_of(case))) == wanted(case)


@pytest.mark.parametrize(("name", "case"), [*cases("known-failures")])
@pytest.mark.xfail(strict=True, reason="known failure")
def test_a_known_failure_still_fails(name: Pass, case: dict[str, Any]) -> None:
    """A case that begins to pass is moved to another drawer."""
    assert text_of(mended(name, case)) == wanted(case)


@pytest.mark.parametrize(("text", "page"), drawer(Pass.CONTINUATION, "made")["markers"])
def test_a_marker_is_read_whole_and_names_its_page(text: str, page: str) -> None:
    """Each variant of a marker is one marker, from its first character to its last, and its page is in plain digits."""
    found = [(m.start, m.end, m.page) for m in markers_in(text)]
    assert found == [(0, len(text), page)]


def test_every_pass_has_its_four_drawers() -> None:
    """No pass goes without cases, and the drawer of what to leave alone is never empty."""
    for name in PASSES:
        assert all(drawer(name, which) for which in ("wild", "made", "leave-alone", "known-failures"))


@pytest.mark.parametrize(
    "unit",
    [
        " ",
        "　",
        "a",
        "a@",
        "（",
        "“",
        '"',
        "上接",
        "上接 ",
        "（上接" + " " * 40,
        "—",
        "…",
        "好",
        "好 ",
        "，",
        "-",
        "。",
        "1",
        "\t",
        "▲",
    ],
)
def test_a_line_of_one_thing_is_cleaned_too(unit: str) -> None:
    """Fifty thousand times the same, in one line or one a line: no pass is lost in it, and replay holds."""
    for raw in (unit * (50_000 // len(unit)), LINE_BREAK.join([unit] * 5_000)):
        article = clean(article_of({"raw": raw, "keep_blank": True}))
        assert clean(article).ledger == article.ledger
