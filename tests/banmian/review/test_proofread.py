"""The scripted proofreader's plans: repairs that lead from lines in disorder to the printed order, and to the text."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from banmian.evaluate.folding import folded
from tests.soak.repairs import (
    Cut,
    Delete,
    LineNow,
    Merge,
    Move,
    Passage,
    PieceNow,
    PrintedArticle,
    Recast,
    Repair,
    Replacement,
    expected,
    next_repair,
    passages,
    places,
    replacements,
    wanted_text,
)

TEA = PrintedArticle(
    title="春茶开采",
    byline="白露",
    paragraphs=["清明前的茶山还有雾，采茶的人已经上了山。", "好茶不等人", "老茶农说，今年的雨水正好，叶子又厚又嫩。"],
    subheads=("好茶不等人",),
    captions=["茶农在炒茶。"],
)
BOAT = PrintedArticle(title="夜航船归", paragraphs=["江上的灯亮了一夜，船工把缆绳收好，没有走。"])
TRUTH = passages([TEA, BOAT], ["青崖日报", "第1版"])
LINES = (
    ("title", "春茶开采"), ("byline", "白露"), ("body", "清明前的茶山还有雾，"), ("body", "采茶的人已经上了山。"),
    ("subhead", "好茶不等人"), ("body", "老茶农说，今年的雨水"), ("body", "正好，叶子又厚又嫩。"),
    ("caption", "茶农在炒茶。"), ("title", "夜航船归"), ("body", "江上的灯亮了一夜，船"),
    ("body", "工把缆绳收好，没有走。"),
    ("furniture", "青崖日报"), ("furniture", "囗丶一丿囗丨"),
)  # fmt: skip
"""Lines of the page in printed order, and a scrap of a picture at the end."""


def lines() -> list[LineNow]:
    return [LineNow(1, f"l{n}", role, "b1", text) for n, (role, text) in enumerate(LINES)]


def applied(repair: Repair, pieces: Sequence[PieceNow]) -> list[PieceNow]:
    """The pieces after a repair, as the desk makes them."""
    found = {p.id: list(p.lines) for p in pieces}
    if isinstance(repair, Merge):
        found[repair.piece] += found.pop(repair.other)
    elif isinstance(repair, Cut):
        at = next(n for n, line in enumerate(found[repair.piece]) if line.key == repair.line)
        found[f"new{len(found)}-{repair.line[1]}"] = found[repair.piece][at:]
        found[repair.piece] = found[repair.piece][:at]
    elif isinstance(repair, Recast):
        keys = set(repair.lines)
        for name, mine in found.items():
            found[name] = [n._replace(role=repair.role) if n.key in keys else n for n in mine]
    else:
        taken = [n for mine in found.values() for n in mine if n.key in repair.lines]
        found = {name: [n for n in mine if n.key not in repair.lines] for name, mine in found.items()}
        if isinstance(repair, Move):
            home = found.setdefault(repair.to or f"new{len(found)}-{repair.lines[0][1]}", [])
            at = next((n for n, line in enumerate(home) if line.key == repair.before), len(home))
            home[at:at] = taken
    return [PieceNow(name, tuple(mine)) for name, mine in found.items() if mine]


@pytest.mark.parametrize("seed", range(30))
def test_repairs_lead_to_the_printed_order_from_any_disorder(seed: int) -> None:
    """Lines dealt out among pieces, in any order and any role, come together in as many repairs as there are faults."""
    chance = random.Random(seed)
    dealt: dict[str, list[LineNow]] = {}
    for line in lines():
        dealt.setdefault(f"p{chance.randrange(4)}", []).append(line)
    for mine in dealt.values():
        chance.shuffle(mine)
    pieces = [PieceNow(name, tuple(mine)) for name, mine in dealt.items()]
    pieces = [
        replace(p, lines=tuple(n._replace(role=chance.choice(["body", "title", n.role])) for n in p.lines))
        for p in pieces
    ]
    count = 0
    while (repair := next_repair(pieces, TRUTH)) is not None:
        pieces = applied(repair, pieces)
        count += 1
        assert count <= 3 * len(LINES), "the repairs go round in a circle"
    for article, last in ((TEA, 8), (BOAT, 11)):
        home = next(p for p in pieces if any(n.text == article.title for n in p.lines))
        wanted = LINES[:8] if last == 8 else LINES[8:11]
        assert [(n.role, n.text) for n in home.lines if n.role != "furniture"] == list(wanted)
    assert "囗丶一丿囗丨" not in {n.text for p in pieces for n in p.lines}


def test_of_what_is_right_nothing_is_repaired() -> None:
    """The page in printed order, each article a piece and the heads one too, needs nothing; the scrap is deleted."""
    all_ = lines()
    pieces = [PieceNow(name, tuple(all_[a:b])) for name, a, b in (("p1", 0, 8), ("p2", 8, 11), ("p3", 11, 12))]
    assert next_repair(pieces, TRUTH) is None
    scrap = PieceNow("p4", (all_[12],))
    assert next_repair([*pieces, scrap], TRUTH) == Delete((all_[12].key,))
    assert next_repair([*pieces, PieceNow("p5", ())], TRUTH) is None


def test_an_article_in_two_pieces_is_merged_and_two_in_one_are_cut() -> None:
    """One action of the make-up each, where the lines stand in their order."""
    all_ = lines()[:11]
    halves = [PieceNow("p1", tuple(all_[:4])), PieceNow("p2", tuple(all_[4:8])), PieceNow("p3", tuple(all_[8:]))]
    repair = next_repair(halves, TRUTH)
    assert isinstance(repair, Merge)
    assert (repair.piece, repair.other) == ("p1", "p2")
    assert next_repair([PieceNow("p1", tuple(all_))], TRUTH) == Cut("p1", all_[8].key)


def test_a_short_line_is_placed_by_its_neighbours_alone() -> None:
    """What may stand anywhere stands where the text goes on; a stray one is printed nowhere."""
    truth = [Passage(0, "body", "雨停了。船工把灯点亮，渡口的灯照着归人。灯灭了。")]
    going = [LineNow(1, "a", "body", "b", "船工把灯点亮，渡口的"), LineNow(1, "b", "body", "b", "灯照")]
    assert places([PieceNow("p", tuple(going))], truth)[1, "b"][:3] == (0, 14, 16)
    assert places([PieceNow("p", (going[1],))], truth) == {}
    named = LineNow(1, "c", "byline", "b", "本报记者 方若谷")
    assert places([PieceNow("p", (named,))], [*truth, Passage(0, "byline", "方若谷")])[1, "c"][:3] == (1, 0, 3)


def test_what_is_printed_in_two_articles_stays_where_it_stands() -> None:
    """The same sentence in each: its lines go on from those before them, and are not torn from their article."""
    said = ["船工说，今夜的灯亮到天", "明，归人不会走错路。"]
    truth = passages([PrintedArticle(title=t, paragraphs=["".join(said), t * 3]) for t in ("夜航船归", "渡口灯火")])
    pieces = [
        PieceNow(title, tuple(LineNow(1, f"{title}{n}", role, "b", text) for n, (role, text) in enumerate(rows)))
        for title in ("夜航船归", "渡口灯火")
        for rows in [[("title", title), ("body", said[0]), ("body", said[1]), ("body", title * 3)]]
    ]
    assert next_repair(pieces, truth) is None
    lead = [LineNow(1, f"a{n}", "body", "b", text) for n, text in enumerate([*said, "渡口的灯比往年早，", *said])]
    whole = passages([PrintedArticle(title="灯", paragraphs=["".join(said), "渡口的灯比往年早，" + "".join(said)])])
    assert next_repair([PieceNow("p", tuple(lead))], whole) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("江上的灯亮了一衣，船还没走。", "江上的灯亮了一夜，船还没走。"),
        ("江上的灯亮一夜，，船还没走。", "江上的灯亮了一夜，船还没走。"),
        ("归人。\n农在炒茶。", "归人。\n▶农在炒茶。"),
        ("雨停了。船还没走。", "雨停了。\n船还没走。"),
        ("雨停了。\n　　船还没走。", "雨停了。船还没走。"),
        ("𠮶的灯亮了一衣。", "𠮶的灯亮了一夜。"),
        ("甲乙\n丙丁", "甲\n乙丙丁戊"),
    ],
)
def test_replacements_make_a_text_the_wanted_one(text: str, wanted: str) -> None:
    """One after the other, the first of those that are left each time; then nothing is left to be done."""
    for _ in range(10):
        found = replacements(text, wanted)
        if not found:
            break
        start, end, given = found[0]
        text = text[:start] + given + text[end:]
    assert [folded(row) for row in text.split("\n")] == [folded(row) for row in wanted.split("\n")]


def test_what_begins_a_paragraph_is_put_in_behind_the_break() -> None:
    """A mark that the reader lost at the head of a caption does not end the paragraph before it."""
    assert replacements("归人。\n农在炒茶。", "归人。\n▶农在炒茶。") == [Replacement(4, 4, "▶")]
    assert replacements("灯亮\n船走。", "灯亮着。\n船走。") == [Replacement(2, 2, "着。")]


@pytest.mark.parametrize(("start", "end", "right"), [(6, 7, "夜"), (0, 2, "江上"), (9, 9, "还"), (10, 11, "走")])
def test_what_is_expected_in_the_place_of_a_stretch(start: int, end: int, right: str) -> None:
    """Of a character that was misread, of those that stand right, and of one that is missing."""
    assert expected("江上的灯亮了衣，船没走。", "江上的灯亮了夜，船还没走。", start, end) == right


def test_the_wanted_text_has_a_line_for_each_text_of_the_article() -> None:
    """In the order in which the desk shows them."""
    assert wanted_text(TRUTH, 1).split("\n") == ["夜航船归", *BOAT.texts]
    assert [p.role for p in TRUTH if p.article == 0] == ["title", "byline", "body", "subhead", "body", "caption"]
    assert {p.text for p in TRUTH if p.article < 0} == {"青崖日报", "第1版"}
