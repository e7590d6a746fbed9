"""Review actions are declared once: found, checked, documented; one more takes a file and a line of script."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from banmian.decisions.action import DeskKey, ReviewAction, Subject
from banmian.decisions.actions.divide_line import ACTION as DIVIDE
from banmian.decisions.actions.see import ACTION as SEE
from banmian.decisions.registry import ACTIONS, check_actions, declared, desk_keys, keys_told
from layout.declaration import NO_WORDS, DeclarationWrong, Words
from tests.documents import DOCS, ROOT, chinese

PAGE = (ROOT / "banmian/review/static/page.js").read_text(encoding="utf-8")
SIDE = DeskKey("side", "S", Words("side", "边"), Subject.TEXT, 99)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"a.py": DIVIDE, "b.py": DIVIDE}, "b.py is wrong: the name divide is that of a.py too"),
        ({"a.py": replace(DIVIDE, name="part")}, "a.py is wrong: its wish is tagged divide, and it is named part"),
        ({"a.py": replace(DIVIDE, did=Words("cut", ""))}, "a.py is wrong: did lacks one of the two languages"),
        ({"a.py": replace(DIVIDE, name="")}, "a.py is wrong: it has no name"),
        ({"a.py": DIVIDE, "b.py": replace(SEE, keys=(SIDE,))}, "b.py is wrong: the key S is that of a.py too"),
        ({"a.py": replace(SEE, keys=(replace(SIDE, label=NO_WORDS),))}, "the key S lacks its name or one of the two"),
        ({"a.py": replace(SEE, keys=(replace(SIDE, pressed="j"),))}, "the key j is that of looking.py too"),
    ],
)
def test_what_is_declared_half_or_twice_is_named(found: dict[str, ReviewAction], told: str) -> None:
    """The message names the file, and what is wrong with it."""
    with pytest.raises(DeclarationWrong, match=re.escape(told)):
        check_actions(found)


def test_a_file_without_an_action_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not passed over in silence."""
    monkeypatch.delattr("banmian.decisions.actions.settle.ACTION")
    with pytest.raises(DeclarationWrong, match=re.escape("actions/settle.py declares no ACTION")):
        declared()


def test_every_key_has_its_command_and_every_command_its_key() -> None:
    """The page's scripts do what is declared, and nothing else."""
    table = re.search(r"^const COMMANDS = \{\n(.*?)^\};", PAGE, re.MULTILINE | re.DOTALL)
    assert table is not None
    whole = re.sub(r"\([^()]*\)|`[^`]*`|\{[^{}]*\}", "", re.sub(r"//.*", "", table[1]))
    commands = set(re.findall(r"(?:^|,)\s*(\w+)(?=\s*(?::|,|$))", whole, re.MULTILINE))
    keys = {k.name for _, here in desk_keys() for k in here if k.keys}
    assert commands == keys


@pytest.mark.parametrize("page", [DOCS / "review.md", chinese(DOCS / "review.md")], ids=lambda p: p.name)
def test_every_key_is_documented(page: Path) -> None:
    """The table at the end of the page has each key under its subject, in the words of its declaration."""
    language = "zh" if page.name.endswith(".zh.md") else "en"
    rows = []
    for subject in keys_told(language):
        rows += [f"| **{subject.heading}** | |"]
        rows += [f"| {' '.join(f'`{s}`' for s in key.shown)} | {key.label} |" for key in subject.keys]
    text = page.read_text(encoding="utf-8")
    assert "\n".join(rows) in text


def test_what_a_person_did_is_told_of_every_action() -> None:
    """The list of a person's decisions calls decisions of one kind by one name."""
    told = {(a.body, a.did) for a in ACTIONS}
    assert len(told) == len({body for body, _ in told})


FLAG = '''"""A line that is printed in another colour."""

from banmian.decisions.action import DeskKey, ReviewAction, Subject, Wish
from banmian.decisions.asked import Key
from banmian.decisions.decision import Ground, StructuralBody
from layout.declaration import Words


class Coloured(StructuralBody, frozen=True, tag="coloured"):
    lines: tuple[Ground, ...]

    def grounds(self):
        return self.lines

    def replay(self, make_up, name):
        make_up.find(self.lines)


class ColourLines(Wish, frozen=True, forbid_unknown_fields=True, tag="colour"):
    lines: tuple[Key, ...]

    def wanted(self, asked):
        return [asked.want(Coloured(asked.some(self.lines)))]


ACTION = ReviewAction(
    name="colour",
    wish=ColourLines,
    body=Coloured,
    did=Words("said to be coloured", "记为套色"),
    keys=(DeskKey("colour", "C", Words("printed in colour", "套色"), Subject.MAKE_UP, 60),),
)
'''
USED = """
import msgspec
from banmian.review.deciding import Call
from banmian.decisions.record import _body
from banmian.decisions.registry import did, keys_told
asked = b'{"issue":1,"article":"a","revision":0,"ticket":"t","wish":{"type":"colour","lines":[[1,"l1"]]}}'
assert type(msgspec.json.decode(asked, type=Call).wish).__name__ == "ColourLines"
kept = _body('[["a"],{"type":"coloured","lines":[[1,"l1","text",null]]}]')
assert did(type(kept)).zh == "记为套色"
assert any(key.label == "套色" for subject in keys_told("zh") for key in subject.keys)
print("found")
"""


def test_an_action_is_a_file_and_a_line_of_script(tmp_path: Path) -> None:
    """A new file in a copy: the server decodes its wish and its decision, the list of keys and of people have it."""
    for room in ("layout", "ocr", "cleanup", "banmian"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "*.onnx", "*.npz"))
    (tmp_path / "banmian/decisions/actions/colour_lines.py").write_text(FLAG, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", USED], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("found\n", "")
