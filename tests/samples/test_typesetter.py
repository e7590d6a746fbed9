"""The typesetter: its pages come out the same, and their truth agrees with the ink and with itself."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples.typeset import PrintedIssue, random_issue
from samples.typeset.dump import random_dump
from samples.typeset.faces import SONG
from samples.typeset.numerals import in_hanzi
from samples.typeset.press import gold_json
from samples.typeset.setting import NOT_FIRST, NOT_LAST, SettingStyle, atoms, char_width, justify, take_line
from samples.typeset.story import sentences
from samples.typeset.truth import PageTruth, PieceKind, TruthLine
from samples.typeset.works import SAMPLES, Work, sample_dump, works

DRAWN = [
    (2, "clean", "modern"),
    (16, "skewed", "modern"),
    (8, "turned", "modern"),
    (20, "bound", "modern"),
    (26, "coarse", "modern"),
    (4, "office", "vertical"),
]


@pytest.fixture(scope="module", params=DRAWN, ids=lambda d: f"{d[2]}-{d[1]}")
def drawn(request: pytest.FixtureRequest) -> PrintedIssue:
    """Issues drawn by chance, of each style and with several kinds of damage."""
    seed, level, style = request.param
    return random_issue(seed, 1, level, small=True, style=style)


def squeezed(text: str) -> str:
    """The text without white space: a line's end takes a space with it."""
    return "".join(text.split())


def area(line: TruthLine) -> int:
    x0, y0, x1, y1 = line.box
    return (x1 - x0) * (y1 - y0)


def shared(a: TruthLine, b: TruthLine) -> int:
    """The pixels that two lines' boxes share."""
    (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1) = a.box, b.box
    return max(0, min(ax1, bx1) - max(ax0, bx0)) * max(0, min(ay1, by1) - max(ay0, by0))


def body_of(truth: PageTruth, part: int) -> list[str]:
    """The part's paragraphs as its printed lines give them."""
    texts: dict[int, str] = defaultdict(str)
    for line in truth.lines:
        if line.part == part and line.kind in (PieceKind.BODY, PieceKind.SUBHEAD) and line.paragraph is not None:
            texts[line.paragraph] += line.text
    return [texts[n] for n in sorted(texts)]


def test_an_issue_drawn_twice_is_the_same_bytes() -> None:
    """The same seed gives the same scan and the same truth."""
    first, second = (random_issue(2, 1, "one_bit", small=True) for _ in range(2))
    assert first.pages[0].file() == second.pages[0].file()
    assert gold_json(first.gold()) == gold_json(second.gold())


def test_another_seed_is_another_page() -> None:
    """Chance is at work: two seeds never gave the same page."""
    one, other = (random_issue(seed, 1, "clean", small=True).pages[0] for seed in (2, 4))
    assert one.truth.lines != other.truth.lines


@pytest.mark.parametrize("work", works(), ids=lambda w: w.folder)
def test_samples_are_made_again_byte_for_byte(work: Work, tmp_path: Path) -> None:
    """What lies in samples/ is what the typesetter makes today."""
    made = work.printed().write(tmp_path)
    for file in made:
        assert file.read_bytes() == (SAMPLES / work.folder / file.name).read_bytes(), file.name


def test_the_sample_dump_is_made_again() -> None:
    """dump.txt and dump.json are what the typesetter makes today."""
    text, truth = sample_dump()
    assert text == (SAMPLES / "dump.txt").read_text(encoding="utf-8")
    assert truth == (SAMPLES / "dump.json").read_text(encoding="utf-8")


def test_every_line_has_ink_and_stands_on_the_page(drawn: PrintedIssue) -> None:
    """Within each line's box the scan is darker (or lighter, for white type) than paper, at the box's whole length."""
    for page in drawn.pages:
        gray = np.asarray(page.image.convert("L"))
        for line in page.truth.lines:
            x0, y0, x1, y1 = line.box
            assert 0 <= x0 < x1 <= gray.shape[1]
            assert 0 <= y0 < y1 <= gray.shape[0]
            crop = gray[y0:y1, x0:x1]
            assert int(crop.max()) - int(crop.min()) > 60, line


def test_lines_do_not_stand_on_each_other(drawn: PrintedIssue) -> None:
    """No two lines of a straight page share more than a sliver of their boxes."""
    page = drawn.pages[0]
    if abs(page.damage.skew) > 1:
        pytest.skip("boxes of a skewed scan reach into each other")
    for a, b in itertools.combinations(page.truth.lines, 2):
        assert shared(a, b) <= 0.12 * min(area(a), area(b)), (a, b)


def test_lines_joined_are_the_paragraphs(drawn: PrintedIssue) -> None:
    """The printed lines of each part, joined, are its paragraphs."""
    for page in drawn.pages:
        for part in page.truth.parts:
            if part.kind == "article":
                assert [squeezed(t) for t in body_of(page.truth, part.id)] == [squeezed(p) for p in part.paragraphs]


def test_headlines_joined_are_the_titles(drawn: PrintedIssue) -> None:
    """The printed title lines of each part, joined, are its title."""
    for page in drawn.pages:
        for part in page.truth.parts:
            lines = [n.text for n in page.truth.lines if n.part == part.id and n.kind is PieceKind.TITLE]
            if part.kind == "article":
                assert squeezed("".join(lines)) == squeezed(part.title or "")


def printed_lines(truth: Iterable[TruthLine]) -> list[TruthLine]:
    return [n for n in truth if n.kind is PieceKind.BODY]


def test_no_body_line_begins_with_a_closing_mark(drawn: PrintedIssue) -> None:
    """避头尾 holds on the printed pages."""
    for page in drawn.pages:
        begun = [n for n in printed_lines(page.truth.lines) if n.text[0] in NOT_FIRST]
        assert not begun


@pytest.mark.parametrize("folder", [w.folder for w in works()])
def test_articles_are_their_parts_joined(folder: str) -> None:
    """In gold.json each article's text is that of its parts, the jump's two ends joined."""
    gold = json.loads((SAMPLES / folder / "gold.json").read_text(encoding="utf-8"))
    jumped = 0
    for article in gold["articles"]:
        parts = [p for p in gold["parts"] if article["id"] in (p["id"], p["part_of"])]
        jumped += len(parts) > 1
        assert "".join(article["paragraphs"]) == "".join(t for p in parts for t in p["paragraphs"])
        assert article["pages"] == [p["page"] for p in parts]
    assert jumped == 1


@pytest.mark.parametrize("folder", [w.folder for w in works()])
def test_both_ends_of_a_jump_name_each_other(folder: str) -> None:
    """Where one part goes on to a page, a part of that page comes from it."""
    gold = json.loads((SAMPLES / folder / "gold.json").read_text(encoding="utf-8"))
    parts = {p["id"]: p for p in gold["parts"]}
    for part in parts.values():
        if part["part_of"] is not None:
            source = parts[part["part_of"]]
            assert (source["page"], source["continued_to"]) == (part["continued_from"], part["page"])


def test_a_jump_by_chance_loses_no_text() -> None:
    """Over the pages of an issue, what the first part leaves over is printed in the second."""
    gold = random_issue(20, 2, "clean", small=True).gold()
    jumped = [a for a in gold["articles"] if len(a["pages"]) > 1]
    assert jumped
    for article in jumped:
        parts = [p for p in gold["parts"] if article["id"] in (p["id"], p["part_of"])]
        assert all(p["paragraphs"] for p in parts)
        assert "".join(article["paragraphs"]) == "".join(t for p in parts for t in p["paragraphs"])


ALPHABET = "天地玄黄宇宙洪荒，。、；：？！（）《》“”‘’——…·%0123456789ABCxyz "
texts = st.text(ALPHABET, min_size=1, max_size=120).map(squeezed).filter(bool)
manners = st.builds(
    SettingStyle, st.just(SONG), st.booleans(), st.booleans(), st.sampled_from([0.0, 0.05]), st.booleans()
)


@given(texts, manners, st.integers(6, 24))
def test_setting_loses_no_character(text: str, manner: SettingStyle, measure: int) -> None:
    """The lines of a text, joined, are the text, and each takes at least one character."""
    parts, at, lines = atoms(text, manner), 0, []
    while at < len(parts):
        end = take_line(parts, at, measure)
        assert end > at
        lines.append("".join(a.text for a in parts[at:end]))
        at = end
    assert "".join(lines) == text


hanzi = st.text("天地玄黄宇宙洪荒", min_size=1, max_size=6)
clauses = st.tuples(st.sampled_from(["", "“", "（", "《"]), hanzi, st.sampled_from("，。；？"))
prose = st.lists(clauses, min_size=1, max_size=12).map(
    lambda cs: "".join(o + t + {"": "", "“": "”", "（": "）", "《": "》"}[o] + e for o, t, e in cs)
)


@given(prose, st.integers(8, 24))
def test_no_line_of_prose_begins_or_ends_wrongly(text: str, measure: int) -> None:
    """In prose no line begins with a closing mark or ends with an opening one, and none is wider than its measure."""
    manner = SettingStyle(SONG)
    parts, at = atoms(text, manner), 0
    while at < len(parts):
        end = take_line(parts, at, measure)
        line = parts[at:end]
        assert line[0].text[0] not in NOT_FIRST or at == 0
        assert end == len(parts) or line[-1].text[-1] not in NOT_LAST
        spots = justify(line, measure, manner, last=end == len(parts))
        assert spots[-1].at + char_width(manner, spots[-1].char) / 2 <= measure + 0.51
        at = end


@given(prose)
def test_sentences_joined_are_the_text(text: str) -> None:
    """Cutting a text into sentences loses nothing."""
    assert "".join(sentences(text)) == text


def unworn(text: str) -> str:
    """A dump's text without what wear puts in: white space, long dashes."""
    return squeezed(text).replace("———", "——")


@pytest.mark.parametrize("seed", range(4))
def test_a_dump_holds_its_truth(seed: int) -> None:
    """Each paragraph of the truth stands in the dump, once its line ends and spaces are taken out."""
    text, records = random_dump(seed)
    bare = unworn(text)
    for record in records:
        for paragraph in record["paragraphs"]:
            doubled = "".join(c * 2 for c in squeezed(paragraph))
            assert unworn(paragraph) in bare or doubled in bare


@pytest.mark.parametrize(
    ("figures", "hanzi"),
    [
        ("45个", "四十五个"),
        ("10", "十"),
        ("110", "一百一十"),
        ("1005", "一千零五"),
        ("6.4%", "百分之六點四"),
        ("1997年", "一九九七年"),
    ],
)
def test_numbers_in_hanzi(figures: str, hanzi: str) -> None:
    """Numbers on vertical pages read as they are said."""
    assert in_hanzi(figures) == hanzi
