"""What is declared once: formats and passes are whole, documented, and told by name where they are not."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from banmian.archive.formats import BAGGED, Format, FormatDeclaration, writer
from banmian.cli import main
from banmian.help_text import chinese_help
from banmian.review.rereading import ENGINES as DESK_ENGINES
from cleanup.clean import finder
from cleanup.edits.pass_registry import ORDER, Pass, PassDeclaration
from layout.declaration import Declaration, DeclarationWrong, DeclaredEnum, Words, check_declarations
from layout.errors import BanmianError, ReaderMissing, UsageError
from ocr.choose import engine_named
from ocr.setup.engine_registry import REREADING, EngineName
from ocr.setup.identity import identity_of
from tests.documents import DOCS, ROOT, chinese, code

ROOMS = ("layout", "ocr", "cleanup", "banmian")
NAMED = (*ROOMS, "samples")
"""Rooms of which no two public classes are called the same."""


def _enumeration(*declarations: Declaration) -> type[DeclaredEnum]:
    """An enumeration of the declarations, made as the real ones are; its keys are A, B, C."""
    return DeclaredEnum("Made", list(zip("ABC", declarations, strict=False)))  # type: ignore[return-value, arg-type]


WHOLE = FormatDeclaration(
    name="whole", module="banmian.archive.text.text", what=Words("a file", "文件"), readers=Words("all", "人")
)


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ((WHOLE, WHOLE), "export format whole is wrong: it is there twice, as A and as B"),
        ((FormatDeclaration(name="half", module="banmian.archive.text.text"),), "half is wrong: it has no what"),
        (
            (FormatDeclaration(name="half", module="cleanup.clean", what=Words("x", ""), readers=Words("a", "b")),),
            "half is wrong: it has no what",
        ),
        (
            (FormatDeclaration(name="lost", module="banmian.archive.nowhere", what=WHOLE.what, readers=WHOLE.readers),),
            "lost is wrong: its module banmian.archive.nowhere is not there",
        ),
        ((PassDeclaration(name="pale", module="cleanup.clean", label=WHOLE.what, mends=WHOLE.what),), "has no colour"),
    ],
)
def test_what_is_declared_twice_or_half_is_named(declared: tuple[Declaration, ...], told: str) -> None:
    """The message names the thing and what is wrong with it."""
    with pytest.raises(DeclarationWrong, match=re.escape(told)):
        check_declarations("export format", _enumeration(*declared))


def test_a_declaration_cannot_be_changed() -> None:
    """As a type checker says, at run time too; nor can it have what its class has not."""
    made = FormatDeclaration(name="whole", module="cleanup.clean")
    with pytest.raises(AttributeError, match="FormatDeclaration is declared once: name cannot be changed"):
        made.name = "half"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="module cannot be changed"):
        del made.module
    assert (made.name, made.module) == ("whole", "cleanup.clean")


@pytest.mark.parametrize(
    ("file", "there", "damaged", "told"),
    [
        (
            "banmian/archive/formats.py",
            '"hOCR 1.2，每版一个文件"',
            '""',
            "export format hocr is wrong: it has no what.",
        ),
        (
            "banmian/archive/formats.py",
            'name="tei"',
            'name="hocr"',
            "hocr is wrong: it is there twice, as HOCR and as TEI",
        ),
        ("cleanup/edits/pass_registry.py", '"重影字"', '""', "pass doubled_glyphs is wrong: it has no label."),
        (
            "ocr/setup/engine_registry.py",
            '"ocr.both.reader"',
            '"ocr.all"',
            "engine both is wrong: its module ocr.all is not there",
        ),
    ],
)
def test_the_program_says_so_at_start(file: str, there: str, damaged: str, told: str, tmp_path: Path) -> None:
    """A copy with a damaged declaration does nothing but name it, and leaves with an exit code of its own."""
    tree = _copy(tmp_path)
    text = (tree / file).read_text(encoding="utf-8")
    assert text.count(there) == 1
    (tree / file).write_text(text.replace(there, damaged), encoding="utf-8")
    ended = _run(tree, "--help")
    assert ended.returncode == 9
    assert ended.stderr.startswith("banmian: The declaration of the ")
    assert told in ended.stderr
    assert ended.stdout == ""


def test_all_declarations_are_whole() -> None:
    """Formats can be written and passes can run."""
    check_declarations("export format", Format)
    check_declarations("pass", Pass)
    check_declarations("engine", EngineName)
    assert all(callable(writer(f)) for f in Format)
    assert all(callable(finder(p)) for p in ORDER)
    assert [f.value for f in BAGGED] == ["text", "jsonl", "page", "mets"]


@pytest.mark.parametrize("page", [DOCS / "archive.md", chinese(DOCS / "archive.md")], ids=lambda p: p.name)
def test_every_format_is_documented(page: Path) -> None:
    """Both tables of formats have a row for each, with the words of its declaration."""
    at = 1 if page.name.endswith(".zh.md") else 0
    rows = {f"| `{f.value}` | {f.declaration.what[at]} | {f.declaration.readers[at]} |" for f in Format}
    assert rows - set(page.read_text(encoding="utf-8").splitlines()) == set()


@pytest.mark.parametrize("page", [DOCS / "clean-up.md", chinese(DOCS / "clean-up.md")], ids=lambda p: p.name)
def test_every_pass_is_documented(page: Path) -> None:
    """Both tables of passes have a row for each, with the words and the threshold of its declaration."""
    at = 1 if page.name.endswith(".zh.md") else 0
    rows = {f"| `{p.value}` | {p.declaration.mends[at]} | {p.declaration.accept_from} |" for p in ORDER}
    assert rows - set(page.read_text(encoding="utf-8").splitlines()) == set()


@pytest.mark.parametrize("page", [DOCS / "readers.md", chinese(DOCS / "readers.md")], ids=lambda p: p.name)
def test_every_engine_is_documented(page: Path) -> None:
    """Both tables of readers have a row for each, with the words of its declaration."""
    at = 1 if page.name.endswith(".zh.md") else 0
    rows = {f"| `{e.value}` | {e.declaration.reads[at]} | {e.declaration.serves[at]} |" for e in EngineName}
    assert rows - set(page.read_text(encoding="utf-8").splitlines()) == set()


def test_every_engine_can_be_chosen() -> None:
    """Help names each in both languages, each has an identity or says what is missing, and the desk offers its own."""
    (option,) = (o for o in main.commands["run"].params if "--engine" in o.opts)
    for told in (getattr(option, "help", ""), chinese_help()["run --engine"]):
        assert [e for e in EngineName if e not in told] == []
    for engine in EngineName:
        with contextlib.suppress(ReaderMissing):
            assert identity_of(engine.value)
    with pytest.raises(UsageError, match="both, ppocr, tesseract, textlayer"):
        engine_named("abacus")
    assert set(DESK_ENGINES) == set(REREADING)


@pytest.mark.parametrize("page", [DOCS / "errors.md", chinese(DOCS / "errors.md")], ids=lambda p: p.name)
def test_every_exit_code_is_documented(page: Path) -> None:
    """The page of errors has a row for each exit code, 0, 130 and those of the error family, and none besides."""
    codes = {0, 130, *(kind.exit_code for kind in _family(BanmianError))}
    assert {int(n) for n in re.findall(r"^\| (\d+) \|", page.read_text(encoding="utf-8"), re.MULTILINE)} == codes


def test_a_pass_is_one_file_and_one_declaration(tmp_path: Path) -> None:
    """The template of the documentation, put into a copy as it stands there: the pass runs, and has its switch."""
    module, declaration = code(DOCS / "new-pass.md", "python")
    assert len(module.splitlines()) <= 30
    tree = _copy(tmp_path)
    (tree / "cleanup/passes/list_numbers.py").write_text(module, encoding="utf-8")
    registry = tree / "cleanup/edits/pass_registry.py"
    text = registry.read_text(encoding="utf-8")
    before = "    PERSON = PassDeclaration("
    assert text.count(before) == 1
    indented = "".join(f"    {line}\n" for line in declaration.splitlines())
    registry.write_text(text.replace(before, f"{indented}\n{before}"), encoding="utf-8")
    raw = "　　（1）清点码头上的货箱，逐一登记入册。\n"
    assert "⑴清点" in _run(tree, "clean", given=raw).stdout
    assert "（1）清点" in _run(tree, "clean", "--without", "list_numbers", given=raw).stdout


@pytest.mark.parametrize("room", NAMED)
def test_public_classes_have_names_of_their_own(room: str) -> None:
    """One meaning for each name: no two public classes of the repository are called the same."""
    twice = _named_twice()
    here = {name for name, files in twice.items() if any(f.startswith(f"{room}/") for f in files)}
    assert here == set()


def _named_twice() -> dict[str, list[str]]:
    places: dict[str, list[str]] = {}
    for room in NAMED:
        for file in (ROOT / room).rglob("*.py"):
            for name in re.findall(r"^class ([A-Z]\w*)", file.read_text(encoding="utf-8"), re.MULTILINE):
                places.setdefault(name, []).append(str(file.relative_to(ROOT)))
    return {name: files for name, files in places.items() if len(files) > 1}


def _family(kind: type[BanmianError]) -> list[type[BanmianError]]:
    return [kind, *(k for below in kind.__subclasses__() for k in _family(below))]


def _copy(folder: Path) -> Path:
    """The sources in a folder of their own; only what may change is copied."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__", "*.onnx", "*.npz"))
    return folder


def _run(tree: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(tree), "LANG": "C.UTF-8", "LC_ALL": ""}
    command = [sys.executable, "-m", "banmian", *arguments]
    return subprocess.run(command, cwd=tree, env=environment, input=given, capture_output=True, text=True, check=False)
