"""The interface's words: each that is asked for is there in both languages, with the same values to fill in."""

from __future__ import annotations

import re
from pathlib import Path

from banmian.review import words
from cleanup.article import ArticleKind, Role
from cleanup.edits.edit import Pass
from cleanup.edits.ledger import Standing

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
