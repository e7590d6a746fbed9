"""The score: the same numbers as the score that counts, and sane at its ends."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import asdict
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banmian.evaluate import Piece, folded, read_gold, read_output, read_text, score, score_text
from layout.errors import InputUnusable

SCORE = Path(__file__).resolve().parents[3] / "shared" / "score.py"

TEXT = st.text("春风又绿江南岸明月何时照我还。，“”‘’——…（）()\u3000 ·•2０", min_size=1, max_size=60)
PARAGRAPHS = st.lists(TEXT, max_size=5)
ARTICLE = st.fixed_dictionaries(
    {"title": st.none() | TEXT, "paragraphs": PARAGRAPHS},
    optional={
        "byline": st.none() | TEXT,
        "pages": st.lists(st.integers(1, 4) | st.just("A3"), min_size=1, max_size=2),
        "partial": st.booleans(),
        "kind": st.sampled_from(["article", "advert", "furniture", None]),
    },
)
LONG = ["江水在这里转了一个弯，两岸的芦苇便密了起来，白鹭贴着水面飞。", "渡口的老人说，船已经有三年没有靠过岸了。"]
GOLD = [
    {"title": "渡口", "byline": "（记者 林一舟）", "paragraphs": LONG, "pages": [1, 2]},
    {"title": "灯会", "paragraphs": ["元宵节的晚上，城南的巷子里挂满了纸糊的鲤鱼灯。"]},
]


@pytest.fixture(scope="module")
def their_score() -> ModuleType:
    if not SCORE.exists():
        pytest.skip(f"{SCORE} is not there")
    spec = importlib.util.spec_from_file_location("their_score", SCORE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@given(st.lists(ARTICLE, min_size=1, max_size=4), st.lists(ARTICLE, max_size=4), st.data())
def test_the_same_numbers_as_the_score_that_counts(
    their_score: ModuleType, gold: list[dict[str, object]], made_up: list[dict[str, object]], data: st.DataObject
) -> None:
    """Over gold and outputs of any kind, each measure equals that of the shared score."""
    kept = data.draw(st.lists(st.sampled_from(gold), unique_by=id))
    output = [*made_up, *kept]
    counted = [p for p in output if p.get("kind", "article") in ("article", "text", None)]
    whole = [g for g in gold if not g.get("partial") and g.get("paragraphs")]
    if not any(len(their_score.norm(p)) >= 8 for g in whole for p in g["paragraphs"]):
        return  # the shared score has no number for gold without a paragraph of eight characters
    ours = score(_pieces(gold), [p for p in _pieces(output) if p.kind in {"article", "text", None}])
    assert asdict(ours) == their_score.score_articles(gold, counted)


@given(TEXT)
def test_folding_agrees(their_score: ModuleType, text: str) -> None:
    """A text is folded as the shared score folds it."""
    assert folded(text) == their_score.norm(text)


def test_the_command_agrees_on_files(their_score: ModuleType, tmp_path: Path) -> None:
    """Gold and output read from files give the shared score's numbers, for articles and for plain text."""
    gold, out = _write(tmp_path, [GOLD[1], {**GOLD[0], "title": "渡囗"}])
    assert asdict(score(read_gold(gold), read_output(out))) == their_score.score_articles(
        GOLD, their_score.load_pred(out)
    )
    text = their_score.norm(read_text(out))
    para, _ = their_score.para_found([their_score.norm(p) for a in GOLD for p in a["paragraphs"]], text)
    assert score_text(read_gold(gold), read_text(out)).para == round(para, 4)


def test_a_perfect_output_is_perfect(tmp_path: Path) -> None:
    """Gold given back as output has no error and every share is one."""
    gold, out = _write(tmp_path, GOLD)
    ours = score(read_gold(gold), read_output(out))
    assert (ours.body_cer, ours.recovered, ours.article_f1, ours.spurious) == (0, 1, 1, 0)
    assert (ours.title, ours.byline, ours.jump, ours.para, ours.char_f1) == (1, 1, 1, 1, 1)


def test_an_empty_output_is_all_wrong(tmp_path: Path) -> None:
    """No articles at all: every character of gold is an error, and nothing is recovered."""
    gold, out = _write(tmp_path, [])
    ours = score(read_gold(gold), read_output(out))
    assert (ours.body_cer, ours.recovered, ours.article_f1, ours.title, ours.para) == (1, 0, 0, 0, 0)


def test_two_articles_run_together_are_not_recovered(tmp_path: Path) -> None:
    """An article with another's text mixed in does not count as recovered."""
    mixed = {"title": "渡口", "paragraphs": [*GOLD[0]["paragraphs"], *GOLD[1]["paragraphs"]]}
    gold, out = _write(tmp_path, [mixed])
    assert score(read_gold(gold), read_output(out)).recovered == 0


@pytest.mark.parametrize(
    ("data", "expected"),
    [("not json", "no gold file"), ("{}", "no gold file"), ("[1]", "no gold file")],
)
def test_a_file_that_is_no_gold_is_told(tmp_path: Path, data: str, expected: str) -> None:
    """A gold file of another form is refused with its path and the form that is expected."""
    path = tmp_path / "gold.json"
    path.write_text(data)
    with pytest.raises(InputUnusable, match=expected) as e:
        read_gold(path)
    assert str(path) in str(e.value)


def test_a_line_that_is_no_article_is_told(tmp_path: Path) -> None:
    """A damaged line of an output is named by its number."""
    path = tmp_path / "out.jsonl"
    path.write_text('{"title": "渡口"}\n\n渡口\n')
    with pytest.raises(InputUnusable, match="line 3"):
        read_output(path)


def _pieces(records: list[dict[str, object]]) -> list[Piece]:
    data = json.dumps(records).encode()
    import msgspec  # noqa: PLC0415

    return msgspec.json.decode(data, type=list[Piece])


def _write(folder: Path, output: list[dict[str, object]]) -> tuple[Path, Path]:
    gold, out = folder / "gold.json", folder / "out.jsonl"
    gold.write_text(json.dumps({"articles": GOLD, "pages": []}, ensure_ascii=False))
    out.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in output))
    return gold, out
