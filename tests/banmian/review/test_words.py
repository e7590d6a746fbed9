"""The interface's words: each that is asked for is there in both languages, with the same values to fill in."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from banmian.review import words
from cleanup.article import ArticleKind, Role
from cleanup.edits.edit import Pass
from cleanup.edits.ledger import Standing
from tests.banmian.review.serving import serving
from tests.banmian.review.test_decided import FIRST
from tests.banmian.review.workspaces import Told, made

FOLDER = Path(words.__file__).parent
FOLDERS = (FOLDER, FOLDER.parent / "decisions")
ASKED = {
    "*.js": re.compile(r'word\("(\w+)"'),
    "*.html": re.compile(r"\bw\.(\w+)"),
    "*.py": re.compile(r'(?:Refused\(|"why": )"(\w+)"'),
}


def test_every_word_that_is_asked_for_is_there() -> None:
    """What scripts, templates and refusals name has an entry, and so has every role, kind, pass and standing."""
    asked = {
        name
        for files, named in ASKED.items()
        for folder in FOLDERS
        for f in folder.rglob(files)
        for name in named.findall(f.read_text())
    }
    asked |= {f"role_{r}" for r in Role} | {f"kind_{k}" for k in ArticleKind} | {f"standing_{s}" for s in Standing}
    asked |= {f"{part}_{p}" for p in Pass for part in ("pass", "why")}
    asked |= {f"key_{n}" for n in re.findall(r'command\("[^"]+", "(\w+)"', (FOLDER / "static/page.js").read_text())}
    assert len(asked) > 100
    assert asked - set(words.words_of("zh")) == set()


def test_both_languages_fill_in_the_same_values() -> None:
    """A value that one language tells is told in the other, and no Chinese entry is empty but the one that must be."""
    zh, en = words.words_of("zh"), words.words_of("en")
    for key, text in zh.items():
        values = [set(re.findall(r"\{(\w+)", t)) for t in (text, en[key])]
        assert values[0] == values[1], key
        assert text or key == "why_person"


def test_reasons_go_out_in_both_languages(tmp_path: Path) -> None:
    """An edit and a waiting jump tell their own reason in Chinese too, not only what the pass is for."""
    waits = Told("　　清明前的茶山还有雾，采茶的人已经上了山。（下转第9版）")
    trial = made(tmp_path, {"报": [(*FIRST, waits)]})
    with serving(trial.work) as server, contextlib.closing(server.client()) as client:
        articles = client.get("/api/page/1/1").json()["articles"]
    edits = [e for a in articles for e in a["edits"].values()]
    reasons = [w["reason_zh"] for a in articles for w in a["waiting"]] + [e["reason_zh"] for e in edits]
    assert len(reasons) > 1
    assert "本期没有第 9 版" in reasons
    assert [r for r in reasons if not re.search("[一-鿿]", r) or re.search("[A-Za-z]{3,}", r)] == []
