"""Front pages and old pages in registers: the truth agrees with the ink, with itself, and between articles."""

from __future__ import annotations

import itertools
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from samples.typeset import STYLE_NAMES, PrintedIssue, random_issue
from samples.typeset.front.photo import FOLDER_VARIABLE, photo
from samples.typeset.press import gold_json
from samples.typeset.truth import PageTruth, PieceKind, TruthLine

RUNNING = (PieceKind.BODY, PieceKind.SUBHEAD, PieceKind.LEAD)
JUMPING = 2
"""A seed whose second front page goes on with an article of the first."""
DRAWN = [
    ("front", 3, 2, "clean"),
    ("front", 16, 1, "office"),
    ("front", 23, 1, "web"),
    ("front_traditional", 5, 1, "phone"),
    ("register", 1, 1, "clean"),
    ("register", 4, 2, "double"),
    ("register", 9, 1, "microfilm"),
]


@pytest.fixture(scope="module", params=DRAWN, ids=lambda d: f"{d[0]}-{d[1]}-{d[3]}")
def issue(request: pytest.FixtureRequest) -> PrintedIssue:
    """Issues of each style with several kinds of damage."""
    style, seed, pages, level = request.param
    return random_issue(seed, pages, level, small=True, style=style)


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def texts_of(truth: PageTruth, part: int) -> list[str]:
    """A part's paragraphs as its printed lines give them."""
    texts: dict[int, str] = defaultdict(str)
    for line in truth.lines:
        if line.part == part and line.kind in RUNNING and line.paragraph is not None:
            texts[line.paragraph] += squeezed(line.text)
    return [texts[n] for n in sorted(texts)]


def overlap(a: TruthLine, b: TruthLine) -> float:
    """The share of the smaller line's box that the other covers."""
    (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1) = a.box, b.box
    both = max(0, min(ax1, bx1) - max(ax0, bx0)) * max(0, min(ay1, by1) - max(ay0, by0))
    return both / min((ax1 - ax0) * (ay1 - ay0), (bx1 - bx0) * (by1 - by0))


def test_the_styles_have_names() -> None:
    """Every style that is documented can be asked for."""
    assert {"modern", "traditional", "vertical", "front", "front_traditional", "register"} == set(STYLE_NAMES)


def test_every_character_has_its_place(issue: PrintedIssue) -> None:
    """Each character of each line has a centre within the line's quad, and the quad lies on the scan."""
    for page in issue.pages:
        width, height = page.image.size
        for line in page.truth.lines:
            xs, ys = [p[0] for p in line.quad], [p[1] for p in line.quad]
            assert min(xs) > -1
            assert min(ys) > -1
            assert max(xs) < width + 1
            assert max(ys) < height + 1
            assert len(line.centres) == len(squeezed(line.text)), line.text
            for x, y in line.centres:
                assert min(xs) - 1 <= x <= max(xs) + 1
                assert min(ys) - 1 <= y <= max(ys) + 1


def test_every_line_has_ink(issue: PrintedIssue) -> None:
    """Within each line's box the scan is not even."""
    for page in issue.pages:
        gray = np.asarray(page.image.convert("L"))
        for line in page.truth.lines:
            x0, y0, x1, y1 = line.box
            crop = gray[max(0, y0) : y1, max(0, x0) : x1]
            assert int(crop.max()) - int(crop.min()) > 40, line


def test_lines_joined_are_paragraphs_and_heads(issue: PrintedIssue) -> None:
    """The printed lines of each part, joined, are its paragraphs, its title, its kicker and its subtitle."""
    for page in issue.pages:
        for part in page.truth.parts:
            assert texts_of(page.truth, part.id) == [squeezed(p) for p in part.paragraphs]
            heads = {PieceKind.TITLE: part.title, PieceKind.KICKER: part.kicker, PieceKind.SUBTITLE: part.subtitle}
            for kind, text in heads.items():
                printed = "".join(n.text for n in page.truth.lines if n.part == part.id and n.kind is kind)
                assert squeezed(printed) == squeezed(text or "")
            bylines = [n for n in page.truth.lines if n.part == part.id and n.kind is PieceKind.BYLINE]
            assert bool(bylines) == bool(part.byline)


def test_subheads_and_leads_are_paragraphs(issue: PrintedIssue) -> None:
    """Subheads stand among the paragraphs; the lead is the first of them; an interrupting subhead is a subhead."""
    for page in issue.pages:
        for part in page.truth.parts:
            assert set(part.subheads) <= set(part.paragraphs)
            assert set(part.interrupting or ()) <= set(part.subheads)
            assert part.lead is None or part.paragraphs[0] == part.lead


def test_no_text_stands_on_another(issue: PrintedIssue) -> None:
    """No two lines share more than a sliver of their boxes."""
    for page in issue.pages:
        if abs(page.damage.skew) > 0.3 or page.damage.tilt:
            continue
        lines = sorted(page.truth.lines, key=lambda n: n.box[1])
        for n, line in enumerate(lines):
            for other in itertools.takewhile(lambda o, foot=line.box[3]: o.box[1] < foot, lines[n + 1 :]):
                assert overlap(line, other) < 0.15, (line, other)


def test_all_print_is_accounted_for(issue: PrintedIssue) -> None:
    """A line that belongs to no article stands among the page's other texts; every other line has its part."""
    for page in issue.pages:
        others = squeezed("".join(o.text for o in page.truth.others or ()))
        parts = {p.id for p in page.truth.parts}
        for line in page.truth.lines:
            if line.part is None:
                assert squeezed(line.text) in others, line.text
            else:
                assert line.part in parts, line.text


def test_gold_says_what_the_truth_says(issue: PrintedIssue) -> None:
    """gold.json holds every article once, with the fields that a score needs, and the page's other texts."""
    gold = issue.gold()
    whole = [p for page in issue.pages for p in page.truth.parts if p.part_of is None]
    assert [a["id"] for a in gold["articles"]] == [p.id for p in whole]
    for article in gold["articles"]:
        assert {"label", "interrupting", "title", "byline", "paragraphs", "captions", "pages"} <= set(article)
        assert ("lead" in article) == bool(article.get("lead"))
    for record, page in zip(gold["pages"], issue.pages, strict=True):
        assert len(record["lines"]) == len(page.truth.lines)
        kept = [o["text"] for o in record["others"]]
        assert all(o.text in kept for o in page.truth.others or ())


def test_marks_lie_on_the_scan(issue: PrintedIssue) -> None:
    """Each mark's box meets the scan; outlines lie in the box of their mark."""
    for page in issue.pages:
        width, height = page.image.size
        for mark in page.truth.marks:
            x0, y0, x1, y1 = mark.box
            assert x0 < width
            assert y0 < height
            assert x1 > 0
            assert y1 > 0
            for x, y in mark.polygon:
                assert x0 - 2 <= x <= x1 + 2
                assert y0 - 2 <= y <= y1 + 2


@pytest.mark.parametrize("style", ["front", "register"])
def test_the_same_seed_gives_the_same_bytes(style: str) -> None:
    """Two runs give the same scan and the same truth; another seed gives another page."""
    first, second = (random_issue(11, 1, "office", small=True, style=style) for _ in range(2))
    assert first.pages[0].file() == second.pages[0].file()
    assert gold_json(first.gold()) == gold_json(second.gold())
    assert random_issue(12, 1, "clean", small=True, style=style).pages[0].truth.lines != first.pages[0].truth.lines


def test_photographs_come_from_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a folder of photographs most pictures are crops of them; without one they are made, always the same."""
    made = [photo((60, 40), seed) for seed in range(6)]
    assert all(np.array_equal(a, photo((60, 40), n)) for n, a in enumerate(made))
    Image.new("RGB", (200, 120), (10, 200, 30)).save(tmp_path / "green.png")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    green = [(photo((60, 40), seed) == (10, 200, 30)).all() for seed in range(6)]
    assert sum(green) >= 3


def test_an_article_goes_on_inside() -> None:
    """Over the pages of an issue the two parts of an article are one record, the broken paragraph joined."""
    gold = random_issue(JUMPING, 2, "clean", small=True, style="front").gold()
    jumped = [p for p in gold["parts"] if p["part_of"] is not None]
    assert jumped
    for part in jumped:
        source = next(p for p in gold["parts"] if p["id"] == part["part_of"])
        article = next(a for a in gold["articles"] if a["id"] == part["part_of"])
        assert (part["continued_from"], source["continued_to"]) == (source["page"], part["page"])
        assert source["paragraphs"][-1] + part["paragraphs"][0] in article["paragraphs"]
        assert article["pages"] == [source["page"], part["page"]]
