"""The house: one owner for each import name, pins without addresses, short functions."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("layout", "ocr", "cleanup", "banmian")
SOURCES = sorted(p for room in ROOMS for p in (ROOT / room).rglob("*.py"))
DOCUMENTED = [*SOURCES, *sorted((ROOT / "samples").rglob("*.py"))]
WALL = 50
FRAGMENT = re.compile(
    "(?:Added|And|As|At|Because|Behind|Below|But|By|From|In|It|Its|Not|Of|On|Only|Or|So|Such|Taken|Than"
    "|That|These|Those|To|Up|Whose|With|Without) "
)
"""The first word of a docstring that says neither what is returned or done, nor which quantity a constant is."""
COMPARED = {"layout": 40, "ocr": 10, "cleanup": 20, "banmian": 15}
"""Numbers other than 0, 1 and 2 that stand inside comparisons of a room, at most: the others are parameters."""
COMPLEX = 15
"""Cyclomatic complexity of a function, at most, with what comprehensions and operators branch counted."""
MORE_COMPLEX = {"layout": 2, "ocr": 2, "cleanup": 6, "banmian": 1}
"""Functions of a room that pass it, at most."""
FOLDER_ARROWS = {"layout": 8, "ocr": 47, "cleanup": 30, "banmian/archive": 14}
"""Imports between the folders of a room, at most, counted once for each pair of folders."""


@pytest.mark.parametrize("room", ROOMS)
def test_each_import_name_has_one_owner(room: str) -> None:
    """In the environment, a room is found in exactly one place, and no distribution but ours brings one of its name."""
    places = {p.resolve() for folder in sys.path if (p := Path(folder or ".") / room).is_dir() and _is_package(p)}
    owners = {d.name for d in importlib.metadata.distributions() for f in d.files or () if f.parts[0] == room}
    assert len(places) == 1
    assert owners <= {"banmian"}


def test_the_wheel_holds_the_rooms_and_nothing_else(tmp_path: Path) -> None:
    """What is installed elsewhere are the four rooms, whole."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = [n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n]
    assert {n.split("/")[0] for n in names} == set(ROOMS)
    assert {n for n in names if n.endswith(".py")} == {str(p.relative_to(ROOT)) for p in SOURCES}


def test_there_is_one_command() -> None:
    """One console script is installed, and it is ours."""
    scripts = importlib.metadata.distribution("banmian").entry_points.select(group="console_scripts")
    assert [(s.name, s.value) for s in scripts] == [("banmian", "banmian.cli:main")]


def test_every_dependency_is_pinned_with_hashes() -> None:
    """The lock names one version and at least one hash for each package, covers what we ask for, and no address."""
    lock = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"\n(?=[a-z0-9])", lock[lock.index("\n", lock.rindex("#")) :].strip()) if "#" in lock else []
    pinned = [re.match(r"([a-z0-9-]+)==\S+", e) for e in entries]
    assert entries
    assert all(pinned)
    assert all("--hash=sha256:" in e for e in entries)
    assert "://" not in lock
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*asked["dependencies"], *(d for ds in asked["optional-dependencies"].values() for d in ds)]
    names = {re.split(r"[><=\[; ]", w)[0].lower().replace("_", "-") for w in wanted}
    assert names <= {m.group(1) for m in pinned if m}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_function_passes_the_wall(path: Path) -> None:
    """No function is longer than fifty lines."""
    functions = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)]
    assert [n.name for n in functions if (n.end_lineno or 0) - n.lineno + 1 > WALL] == []


@pytest.mark.parametrize("room", ROOMS)
def test_functions_decide_little(room: str) -> None:
    """Ruff counts statements alone; here a condition inside of an expression is a branch, too."""
    trees = {p: ast.parse(p.read_text(encoding="utf-8")) for p in SOURCES if p.is_relative_to(ROOT / room)}
    functions = [(p, n) for p, t in trees.items() for n in ast.walk(t) if isinstance(n, ast.FunctionDef)]
    found = [f"{p.relative_to(ROOT)}: {n.name} {c}" for p, n in functions if (c := _complexity(n)) > COMPLEX]
    assert len(found) <= MORE_COMPLEX[room], found


def _complexity(function: ast.FunctionDef) -> int:
    return sum(_branches(node) for node in ast.walk(function))


def _branches(node: ast.AST) -> int:
    """The branches that a node adds; a function is one by itself."""
    match node:
        case ast.BoolOp(values=values):
            return len(values) - 1
        case ast.comprehension(ifs=conditions):
            return 1 + len(conditions)
        case ast.For(orelse=otherwise) | ast.While(orelse=otherwise):
            return 1 + bool(otherwise)
        case ast.match_case(pattern=pattern):
            return not (isinstance(pattern, ast.MatchAs) and pattern.pattern is None)
    branching = ast.If | ast.IfExp | ast.ExceptHandler | ast.Assert | ast.Lambda | ast.FunctionDef
    return isinstance(node, branching)


@pytest.mark.parametrize("path", DOCUMENTED, ids=lambda p: str(p.relative_to(ROOT)))
def test_docstrings_are_no_fragments(path: Path) -> None:
    """Each begins with a capital letter or what it quotes, with no preposition; its first paragraph ends as a sentence.

    A constant's docstring says of which quantity it is, a function's what is returned or done.
    """
    said = [" ".join(d.split("\n\n")[0].split()) for d in _docstrings(ast.parse(path.read_text(encoding="utf-8")))]
    whole = re.compile(r"[^a-z\W].*[.:!?。][`”]?|[`\"“「〈（].*[.:!?。][`”]?")
    assert [d[:60] for d in said if FRAGMENT.match(d) or not whole.fullmatch(d)] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_number_says_its_quantity(path: Path) -> None:
    """A number, or a group of them, at the head of a module or in a parameter object has a docstring under it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bodies = [tree.body, *(n.body for n in tree.body if isinstance(n, ast.ClassDef) and n.name.endswith("Params"))]
    assert [ast.unparse(a) for body in bodies for a in _without_docstring(body)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_thresholds_are_parameters(room: str) -> None:
    """Ruff sees a number that is compared by itself; this one counts those in products and sums, too."""
    found = {place for path in sorted((ROOT / room).rglob("*.py")) for place in _compared(path)}
    assert len(found) <= COMPARED[room], sorted(found)


def _compared(path: Path) -> Iterator[tuple[str, int, int]]:
    """Where numbers other than 0, 1 and 2 stand inside the comparisons of a file."""
    comparisons = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Compare))
    for node in (part for comparison in comparisons for part in ast.walk(comparison)):
        if isinstance(node, ast.Constant) and _is_number(node) and node.value not in (0, 1, 2):
            yield str(path.relative_to(ROOT)), node.lineno, node.col_offset


def _without_docstring(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that give a number a name without a docstring behind them."""
    for statement, after in zip(body, [*body[1:], ast.Pass()], strict=True):
        told = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        if isinstance(statement, ast.Assign | ast.AnnAssign) and _is_number(statement.value) and not told:
            yield statement


def _is_number(value: ast.expr | None) -> bool:
    match value:
        case ast.Tuple(elts=[_, *_] as parts):
            return all(map(_is_number, parts))
        case ast.BinOp(left=left, right=right):
            return _is_number(left) and _is_number(right)
        case ast.UnaryOp(operand=operand):
            return _is_number(operand)
        case ast.Constant(value=number):
            return isinstance(number, int | float) and not isinstance(number, bool)
    return False


def _docstrings(tree: ast.Module) -> Iterator[str]:
    """Those of the module, its classes, functions, constants and fields."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for n, statement in enumerate(body if isinstance(body, list) else ()):
            told = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
            documented = n == 0 or isinstance(body[n - 1], ast.Assign | ast.AnnAssign)
            if told and documented and isinstance(statement.value.value, str):
                yield statement.value.value


@pytest.mark.parametrize("room", FOLDER_ARROWS)
def test_folders_of_a_room_import_few_others(room: str) -> None:
    """Each pair of folders of which one imports the other is an arrow; import-linter holds that all run downwards."""
    arrows = {arrow for path in sorted((ROOT / room).rglob("*.py")) for arrow in _arrows(path, room)}
    assert len(arrows) <= FOLDER_ARROWS[room], sorted(arrows)


def _arrows(path: Path, room: str) -> Iterator[tuple[str, str]]:
    """The folders of the room from which a file imports, each with its own."""
    own = path.parent.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or node.module is None:
            continue
        place = node.module.replace(".", "/")
        for alias in node.names:
            module = place if (ROOT / f"{place}.py").exists() else f"{place}/{alias.name}"
            folder = module.rpartition("/")[0]
            if folder.startswith(f"{room}/") and own.startswith(f"{room}/") and folder != own:
                yield own, folder


def _is_package(folder: Path) -> bool:
    return (folder / "__init__.py").exists()
