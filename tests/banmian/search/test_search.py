"""Words are found wherever they stand, with their places on the scan, whatever signs they are made of."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banmian.errors import StorageFailed
from banmian.search.folding import folded, origins
from banmian.search.index import FILE, add_article, opened
from banmian.search.printed import PrintedPlace, PrintedText, printed
from banmian.search.query import words_of
from banmian.search.search import Hit, SearchRequest, hits, search
from banmian.store.workspace import Workspace
from cleanup.article import Article, Role, SourceLine
from layout.errors import UsageError
from layout.geometry import Box
from layout.page import Direction, Line, RegionKind
from tests.banmian.review.test_decided import Desk
from tests.banmian.review.workspaces import EM, LEFT, PITCH, Told, Trial, made

HEAD = RegionKind.HEADLINE
TEA = (
    Told("春茶开采", kind=HEAD),
    Told("　　清明前的茶山还有雾，采茶的人已经"),
    Told("上了山。王 刚说，ＧＤＰ也涨了7％。", {1: ("衣", 0.3, None)}),
)
BOAT = (Told("夜航船归", kind=HEAD), Told("　　船在夜里靠岸，春茶装满了一船。"))
CALM = (Told("风平浪静", kind=HEAD), Told("　　一夜无事。"))


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return made(tmp_path, {"晨报": [TEA, CALM], "晚报": [BOAT]})


def _search(trial: Trial, *words: str, **asked: object) -> list[Hit]:
    with Workspace.open(trial.work) as workspace:
        return search(workspace, SearchRequest(words, **asked))  # type: ignore[arg-type]


def _titles(found: list[Hit]) -> list[str]:
    return [hit.title for hit in found]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (("春茶",), ["春茶开采", "夜航船归"]),
        (("茶",), ["春茶开采", "夜航船归"]),
        (("船",), ["夜航船归"]),
        (("春茶开采",), ["春茶开采"]),
        (("已经上了",), []),
        (("春茶", "船"), ["夜航船归"]),
        (("春茶 夜里靠岸",), ["夜航船归"]),
        (('"春茶 夜里靠岸"',), []),
        (("王刚说",), ["春茶开采"]),
        (("王　刚",), ["春茶开采"]),
        (("gdp也涨了7%",), ["春茶开采"]),
        (("采夜",), []),
        (("开采清明",), []),
        (("归",), ["夜航船归"]),
        (("满了一船。",), ["夜航船归"]),
    ],
)
def test_words_of_any_length_are_found(trial: Trial, words: tuple[str, ...], titles: list[str]) -> None:
    """In headlines first; all words; phrases in quotes; width, case and spaces don't count; nothing over paragraphs."""
    assert _titles(_search(trial, *words)) == titles


def test_the_box_is_where_the_word_stands(trial: Trial) -> None:
    """The place on the scan is that of the word's own glyphs; a word over a line's end has two."""
    (hit,) = _search(trial, "靠岸")
    row = 80 + PITCH
    assert hit.matches[0].places == (PrintedPlace(1, Box(LEFT + 6 * EM, row, LEFT + 8 * EM, row + EM)),)
    (hit,) = _search(trial, "经上衣")
    assert [(p.box.x0, p.box.x1) for p in hit.matches[0].places] == [
        (LEFT + 17 * EM, LEFT + 18 * EM),
        (LEFT, LEFT + 2 * EM),
    ]


def test_what_people_corrected_is_found_and_what_they_took_away_is_not(tmp_path: Path) -> None:
    """The index follows decisions, and a second search takes in no issue again."""
    desk = Desk(made(tmp_path, {"报": [TEA]}))
    article = desk.trial.issue().articles[0].id
    assert _titles(_search(desk.trial, "上衣山")) == ["春茶开采"]
    assert desk.type(article, "上衣山", "上了山").status == 200
    assert _search(desk.trial, "上衣山") == []
    (hit,) = _search(desk.trial, "上了山")
    assert hit.matches[0].places
    taken_in: list[int] = []
    with Workspace.open(desk.trial.work) as workspace:
        search(workspace, SearchRequest(("上了山",)), lambda done, _of: taken_in.append(done))
    assert taken_in == []


def test_one_issue_and_so_many_articles(trial: Trial) -> None:
    """--issue and --limit keep their word."""
    assert _titles(_search(trial, "春茶", issue="晚报")) == ["夜航船归"]
    assert len(_search(trial, "春茶", limit=1)) == 1
    with pytest.raises(UsageError, match="no issue 午报"):
        _search(trial, "春茶", issue="午报")


def test_an_index_that_cannot_be_used_is_told_with_its_place(trial: Trial) -> None:
    """Something else under the index's name is named, and left alone."""
    (trial.work / FILE).mkdir()
    with pytest.raises(StorageFailed, match=FILE):
        _search(trial, "春茶")
    assert (trial.work / FILE).is_dir()


@pytest.mark.parametrize("damage", [b"", b"not a database, but long enough to look like one" * 100])
def test_an_index_that_is_damaged_is_made_again(trial: Trial, damage: bytes) -> None:
    """Emptied, overwritten, or broken in its middle: the search goes on with a new one."""
    _search(trial, "春茶")
    index = trial.work / FILE
    index.write_bytes(damage)
    assert len(_search(trial, "春茶")) == 2
    data = bytearray(index.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    index.write_bytes(data)
    assert len(_search(trial, "春茶")) == 2


def test_an_index_of_another_form_is_made_anew(trial: Trial) -> None:
    """What a later Banmian wrote is no index of this one."""
    database = sqlite3.connect(trial.work / FILE)
    database.execute("PRAGMA user_version = 999")
    database.close()
    assert len(_search(trial, "春茶")) == 2


def test_an_issue_that_is_gone_is_forgotten(trial: Trial) -> None:
    """What is in the index and no longer in the workspace is not found."""
    _search(trial, "春茶")
    with sqlite3.connect(trial.work / FILE) as database:
        database.execute("UPDATE issue SET name = '午报' WHERE name = '晚报'")
    assert [(h.issue, h.title) for h in _search(trial, "夜航船")] == [("晚报", "夜航船归")]


def test_several_at_once(trial: Trial) -> None:
    """Four processes that begin together make one index, and all find the same."""
    command = [sys.executable, "-m", "banmian", "search", str(trial.work), "春茶", "--json"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    told = {process.communicate(timeout=120)[0] for process in running}
    assert [process.returncode for process in running] == [0] * 4
    (lines,) = told
    records = [json.loads(line) for line in lines.splitlines()]
    assert [(r["issue"], r["id"], r["title"], r["pages"]) for r in records] == [
        ("晨报", "p1-01", "春茶开采", [1]),
        ("晚报", "p1-01", "夜航船归", [1]),
    ]
    assert records[1]["matches"][0] == {
        "text": "春茶",
        "places": [{"page": 1, "box": [LEFT + 9 * EM, 80 + PITCH, LEFT + 11 * EM, 80 + PITCH + EM]}],
    }


# Any signs at all

signs = st.sampled_from("春茶茶A a-*\"“”()'\n𠮷〇㎏Ａé:^+\\\u0301\ufe00\x00NEAR AND OR") | st.characters(codec="utf-8")
texts = st.text(signs, max_size=14)


def _article(number: int, title: str, body: str) -> Article:
    lines = [(title.replace("\n", " "), Role.TITLE), *((row, Role.BODY) for row in body.split("\n"))]
    corners = Box(0, 0, 900, 30).corners
    sources = (SourceLine(1, Line(f"l{at}", corners, row), role, "r1") for at, (row, role) in enumerate(lines))
    return Article(f"a{number}", lines=tuple(sources))


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5), st.lists(texts, min_size=1, max_size=3))
def test_found_is_what_holds_all_words(stories: list[tuple[str, str]], asked: list[str]) -> None:
    """Whatever the signs, the index finds what looking through every text finds, and no sign is an operator."""
    try:
        words = words_of(asked)
    except UsageError:
        return
    articles = [_article(n, *story) for n, story in enumerate(stories)]
    database = opened(Path(":memory:"))
    database.execute("INSERT INTO issue (id, name, stamp) VALUES (1, '报', '')")
    for article in articles:
        add_article(database, 1, article)
    found = {hit.article for hit in hits(database, words, SearchRequest(words))}
    assert found == {a.id for a in articles if all(w in folded(printed(a).text) for w in words)}


@given(texts)
def test_each_folded_character_has_its_origin(text: str) -> None:
    """As many origins as characters, none before the one in front of it."""
    found = origins(text)
    assert len(found) == len(folded(text))
    assert found == sorted(found)


@given(texts, st.sampled_from(Direction))
def test_a_printed_text_is_packed_without_loss(text: str, direction: Direction) -> None:
    """Unpacked it is the same, and every character of the line has a place in the line's box."""
    box = Box(10, 20, 910, 50)
    line = Line("l", box.corners, text.replace("\n", ""), direction=direction)
    text_of = printed(Article("a", lines=(SourceLine(1, line, Role.BODY, "r"),)))
    again = PrintedText.unpacked(text_of.packed())
    assert again == text_of
    for at in range(len(again.text) - 1):
        for place in again.places(at, at + 1):
            assert (place.box | box) == box


def test_no_word_at_all_is_refused(trial: Trial) -> None:
    """Only spaces are no word."""
    with pytest.raises(UsageError, match="No word"):
        _search(trial, " ", "　")
