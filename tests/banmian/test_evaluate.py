"""The measures: the same figures as the scores that count, and sane at their ends."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from dataclasses import asdict, fields
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banmian.cli_output import score_text as told
from banmian.evaluate import (
    MEASURES,
    Gold,
    KeyedScore,
    OutputArticle,
    OutputScore,
    TextScore,
    folded,
    read_forms,
    read_gold,
    read_output,
    read_text,
    score,
    score_keyed,
    score_output,
    score_text,
)
from layout.errors import InputUnusable

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCORE = SHARED / "score.py"
FORMS = SHARED / "data/real/forms.tsv"
PAGES = sorted(p for p in [*SHARED.glob("data/real/*.json"), *SHARED.glob("data/dev/front1/gold.json")])

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
    ours = score(_pieces(gold), [p for p in _pieces(output) if p.is_article])
    assert asdict(ours) == their_score.score_articles(gold, counted)


@given(st.lists(ARTICLE, min_size=1, max_size=4), st.lists(ARTICLE, max_size=4), st.lists(TEXT, min_size=1, max_size=3))
def test_the_same_coverage_as_the_score_that_counts(
    their_score: ModuleType, gold: list[dict[str, object]], output: list[dict[str, object]], others: list[str]
) -> None:
    """Over gold and outputs of any kind, what is found and what is junk equal the shared score's."""
    gold = [g | {"partial": False} for g in gold]
    ours = score_output(Gold(_pieces(gold), list(others)), _pieces(output))
    assert (ours.found, ours.junk) == their_score.found_and_junk(gold, others, output)


@pytest.fixture(scope="module", params=PAGES or [None], ids=lambda p: f"{p.parent.name}-{p.stem}" if p else "absent")
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A gold file of the development data, and an output that has it with faults of every kind."""
    if request.param is None:
        pytest.skip(f"{SHARED / 'data'} is not there")
    out = tmp_path_factory.mktemp("faulty") / "out.jsonl"
    rows = faulty(json.loads(request.param.read_text(encoding="utf-8"))["articles"])
    out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    return request.param, out


def test_real_pages_have_the_figures_of_the_shared_scores(real: tuple[Path, Path]) -> None:
    """On each shared page our measures are those that score.py and digits.py print, to the last digit."""
    gold, out = real
    ours = asdict(score_output(read_gold(gold), read_output(out)))
    numbers = _printed(SHARED / "digits.py", gold, out)
    assert ours.pop("numbers_total") == numbers["total"]
    assert (ours.pop("numbers") or 0.0) == numbers["share"]
    assert ours == _printed(SCORE, gold, out)


def test_keyed_pages_have_the_figures_of_the_shared_score(real: tuple[Path, Path]) -> None:
    """What is keyed is scored as keyed.py prints it, to the last digit."""
    gold, out = real
    if not read_gold(gold).is_keyed:
        pytest.skip(f"{gold.name} was not keyed")
    ours = score_keyed(read_gold(gold).articles, read_output(out), read_forms(FORMS))
    assert asdict(ours) == _printed(SHARED / "keyed.py", gold, out, FORMS)
    assert 0 < ours.whole < 1
    assert 0 < ours.cer < ours.found < 1


def faulty(gold: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The articles with misread characters and digits, torn and joined paragraphs, a missing one, two in one, junk."""
    rng = Random(str(len(gold)))
    rows = [_misread(rng, g) for g in gold if g["paragraphs"]]
    for row in rows:
        row["paragraphs"] = _broken(rng, row["paragraphs"])
    if len(rows) > 3:
        rows[0]["paragraphs"] += rows.pop()["paragraphs"]
        rows.pop(1)
    rows[-1]["paragraphs"] = rows[-1]["paragraphs"][:-1] or rows[-1]["paragraphs"]
    rows.append({"kind": "advert", "paragraphs": ["渡口灯会的票在城南的茶铺里卖，每张三元，孩子不要票。" * 3]})
    return [*rows, {"kind": "furniture", "title": None, "paragraphs": ["第2版"]}]


def _misread(rng: Random, article: dict[str, Any]) -> dict[str, Any]:
    """The article with one character in fifty, and one digit in ten, read as another one."""

    def read(value: Any) -> Any:
        if isinstance(value, list):
            return [read(v) for v in value]
        if not isinstance(value, str):
            return value
        return "".join("一7"[c.isdigit()] if rng.random() < (0.1 if c.isdigit() else 0.02) else c for c in value)

    kept = ("kicker", "title", "subtitle", "byline", "standfirst", "label", "paragraphs", "captions")
    return {k: read(article.get(k)) for k in kept} | {"pages": article.get("pages"), "kind": "article"}


def _broken(rng: Random, paragraphs: list[str]) -> list[str]:
    """The paragraphs, some torn in two and some joined with the next one."""
    out: list[str] = []
    for paragraph in paragraphs:
        if out and rng.random() < 0.15:
            out[-1] += paragraph
        elif len(paragraph) > 30 and rng.random() < 0.15:
            out += [paragraph[:17], paragraph[17:]]
        else:
            out.append(paragraph)
    return out


def _printed(script: Path, *arguments: Path) -> dict[str, Any]:
    """What one of the shared programs prints, without its list of wrong numbers."""
    command = [sys.executable, script.name, *map(str, arguments)]
    told = json.loads(subprocess.run(command, cwd=script.parent, check=True, capture_output=True).stdout)
    return {name: value for name, value in told.items() if name != "wrong"}


@given(TEXT)
def test_folding_agrees(their_score: ModuleType, text: str) -> None:
    """A text is folded as the shared score folds it."""
    assert folded(text) == their_score.norm(text)


def test_the_command_agrees_on_files(their_score: ModuleType, tmp_path: Path) -> None:
    """Gold and output read from files give the shared score's numbers, for articles and for plain text."""
    gold, out = _write(tmp_path, [GOLD[1], {**GOLD[0], "title": "渡囗"}])
    assert asdict(score(read_gold(gold).articles, read_output(out))) == their_score.score_articles(
        GOLD, their_score.load_pred(out)
    )
    text = their_score.norm(read_text(out))
    para, _ = their_score.para_found([their_score.norm(p) for a in GOLD for p in a["paragraphs"]], text)
    assert score_text(read_gold(gold).articles, read_text(out)).para == round(para, 4)


def test_a_perfect_output_is_perfect(tmp_path: Path) -> None:
    """Gold given back as output has no error and every share is one."""
    gold, out = _write(tmp_path, GOLD)
    ours = score_output(read_gold(gold), read_output(out))
    assert (ours.body_cer, ours.recovered, ours.article_f1, ours.spurious) == (0, 1, 1, 0)
    assert (ours.title, ours.byline, ours.jump, ours.para, ours.char_f1) == (1, 1, 1, 1, 1)
    assert (ours.breaks, ours.torn, ours.run_on, ours.found) == (1, 0, 0, 1)


def test_an_empty_output_is_all_wrong(tmp_path: Path) -> None:
    """No articles at all: every character of gold is an error, and nothing is recovered."""
    gold, out = _write(tmp_path, [])
    ours = score_output(read_gold(gold), read_output(out))
    assert (ours.body_cer, ours.recovered, ours.article_f1, ours.title, ours.para, ours.found) == (1, 0, 0, 0, 0, 0)


def test_two_articles_run_together_are_not_recovered(tmp_path: Path) -> None:
    """An article with another's text mixed in does not count as recovered."""
    mixed = {"title": "渡口", "paragraphs": [*GOLD[0]["paragraphs"], *GOLD[1]["paragraphs"]]}
    gold, out = _write(tmp_path, [mixed])
    assert score_output(read_gold(gold), read_output(out)).recovered == 0


@pytest.mark.parametrize(
    ("paragraphs", "breaks", "torn", "run_on"),
    [
        (LONG, 1, 0, 0),
        ([LONG[0][:9], LONG[0][9:], LONG[1]], 0.6667, 50, 0),
        (["".join(LONG)], 0, 0, 50),
        ([LONG[0][:-1], LONG[1]], 1, 0, 0),
        ([LONG[0] + LONG[1][:5], LONG[1][5:]], 0, 50, 50),
    ],
    ids=["as printed", "torn", "run on", "a mark lost at the break", "in the wrong place"],
)
def test_paragraph_breaks_are_counted(paragraphs: list[str], breaks: float, torn: float, run_on: float) -> None:
    """A break that is not printed is torn, a printed one that is lost is run on, each per 100 printed paragraphs."""
    ours = score([OutputArticle("渡口", paragraphs=LONG)], [OutputArticle("渡口", paragraphs=paragraphs)])
    assert (ours.breaks, ours.torn, ours.run_on) == (breaks, torn, run_on)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("全年收粮3.5万斤，增长12%，共有48户。", 1),
        ("全年收粮3·5万斤，增长12%，共有48户。", 1),
        ("全年收粮35万斤，增长12%，共有48户。", 0.6667),
        ("全年收粮3.5万斤，增长12，共有4户。", 0.3333),
        ("这里说的是另外一件事情，和它没有一点关系。", None),
    ],
)
def test_numbers_are_compared(text: str, share: float | None) -> None:
    """A number counts with its point and its sign; a paragraph that was not found has no numbers to compare."""
    gold = Gold([OutputArticle(paragraphs=["全年收粮3.5万斤，增长12%，共有48户。"])])
    assert score_output(gold, [OutputArticle("渡口的灯会", paragraphs=[text])]).numbers == share


@pytest.mark.parametrize(
    ("gold", "has_f1", "has_junk"),
    [
        (Gold([OutputArticle(paragraphs=LONG)], ["河岸日报"]), True, True),
        (Gold([OutputArticle(paragraphs=LONG)]), True, False),
        (
            Gold([OutputArticle(paragraphs=LONG), OutputArticle(paragraphs=["灯会"], partial=True)], ["河岸日报"]),
            False,
            False,
        ),
        (
            Gold([OutputArticle(paragraphs=LONG), OutputArticle(title="图片新闻", paragraphs=[])], ["河岸日报"]),
            False,
            True,
        ),
    ],
    ids=["whole", "without others", "with a partial article", "with an article of pictures"],
)
def test_a_measure_that_the_gold_cannot_carry_has_no_value(gold: Gold, has_f1: bool, has_junk: bool) -> None:
    """Of a page that is transcribed only in part neither precision nor junk is known."""
    ours = score_output(
        gold, [OutputArticle(paragraphs=LONG), OutputArticle(kind="furniture", paragraphs=["天地玄黄宇宙洪荒"])]
    )
    assert (ours.article_f1 is not None, ours.junk is not None) == (has_f1, has_junk)
    assert not has_junk or (ours.junk or 0) > 0


def test_variant_forms_and_marks_do_not_count_in_keyed_text(tmp_path: Path) -> None:
    """A keyed article is whole with other forms and other marks; characters that are wrong count."""
    forms = tmp_path / "forms.tsv"
    forms.write_text("爲\t為\tnote\n吿\t告\n強的\t强\n\n", encoding="utf-8")
    table = read_forms(forms)
    keyed = "，".join(["此事已爲衆人所知，縣長出示布吿"] * 4)
    ours = score_keyed(
        [OutputArticle(paragraphs=[keyed])],
        [OutputArticle(paragraphs=[keyed.replace("爲", "為").replace("，", "。")])],
        table,
    )
    assert (ours.articles, ours.whole, ours.found, ours.cer) == (1, 1, 1, 0)
    assert (
        score_keyed(
            [OutputArticle(paragraphs=[keyed])], [OutputArticle(paragraphs=[keyed.replace("縣長", "商人")])], table
        ).cer
        > 0
    )
    assert score_keyed([OutputArticle(paragraphs=[keyed])], [], table).cer == 1


@pytest.mark.parametrize("kind", [OutputScore, KeyedScore, TextScore])
def test_every_measure_is_described(kind: type) -> None:
    """Each measure that is printed has a sentence that says what it is."""
    assert {f.name for f in fields(kind)} <= set(MEASURES)


def test_the_table_gives_each_measure_its_meaning() -> None:
    """A line a measure: name, value, meaning; a dash where there is no value."""
    lines = told(
        score_output(Gold([OutputArticle("渡口", paragraphs=LONG)]), [OutputArticle("渡口", paragraphs=LONG)])
    ).splitlines()
    assert [line.split()[0] for line in lines] == [f.name for f in fields(OutputScore)]
    assert "junk             -  " + MEASURES["junk"] in lines


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


def _pieces(records: list[dict[str, object]]) -> list[OutputArticle]:
    data = json.dumps(records).encode()
    import msgspec  # noqa: PLC0415

    return msgspec.json.decode(data, type=list[OutputArticle])


def _write(folder: Path, output: list[dict[str, object]]) -> tuple[Path, Path]:
    gold, out = folder / "gold.json", folder / "out.jsonl"
    gold.write_text(json.dumps({"articles": GOLD, "pages": []}, ensure_ascii=False))
    out.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in output))
    return gold, out
