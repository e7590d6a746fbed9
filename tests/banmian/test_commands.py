"""The commands as an archivist meets them: results on stdout, talk on stderr, an exit code for each kind of end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.banmian import pages

ROOT = Path(__file__).resolve().parents[2]


def banmian(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "banmian", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an issue of two pages, and the workspace in which it was run."""
    folder = tmp_path_factory.mktemp("done")
    (folder / "邮报").mkdir()
    pages.page(folder / "邮报/p1.png")
    pages.page(folder / "邮报/p2.png", headline="灯塔守望者归来", body=pages.BODY[::-1])
    ended = banmian("run", "邮报", "--workspace", "w", "--jobs", "2", cwd=folder)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("邮报: 2 pages")
    assert "\nScans were read by PP-OCR and Tesseract.\n2 pages done." in ended.stdout
    return folder


def test_run_then_export_gives_articles(done: Path) -> None:
    """Scans become articles as JSON lines, each record as the contract has it."""
    ended = banmian("export", "w", "--to", "jsonl", "--out", "a.jsonl", cwd=done)
    assert ended.returncode == 0, ended.stderr
    records = [json.loads(line) for line in (done / "a.jsonl").read_text().splitlines()]
    first = next(r for r in records if r["kind"] == "article" and r["pages"] == [1])
    assert list(first) == [
        "id", "issue", "date", "kind", "pages", "kicker", "title", "subtitle", "byline", "dateline", "paragraphs",
        "subheads", "captions", "continued_from", "continued_to", "regions", "confidence", "edits",
    ]  # fmt: skip
    assert first["issue"] == "邮报"
    assert first["title"] == pages.HEADLINE
    assert "他已经走了二十七年" in "".join(first["paragraphs"])
    assert {"page", "kind", "box"} == set(first["regions"][0])


def test_export_to_text_gives_a_file_an_article_and_one_a_page(done: Path, tmp_path: Path) -> None:
    """The text export has the articles by number and headline, and the pages by number."""
    assert banmian("export", "w", "--to", "text", "--out", tmp_path / "t", cwd=done).returncode == 0
    names = sorted(str(p.relative_to(tmp_path / "t")) for p in (tmp_path / "t").rglob("*.txt"))
    assert f"邮报/articles/001 {pages.HEADLINE}.txt" in names
    assert {"邮报/pages/0001.txt", "邮报/pages/0002.txt"} <= set(names)
    assert "他已经走了二十七年" in (tmp_path / "t/邮报/pages/0001.txt").read_text()
    assert banmian("export", "w", "--to", "text", "--out", tmp_path / "t", cwd=done).returncode == 2


def test_export_to_the_screen(done: Path) -> None:
    """`--out -` writes to standard output what it would write to a file."""
    banmian("export", "w", "--to", "jsonl", "--out", "b.jsonl", cwd=done)
    screen = banmian("export", "w", "--to", "jsonl", "--out", "-", cwd=done)
    assert screen.stdout == (done / "b.jsonl").read_text()


def test_a_bag_of_every_format_is_whole(done: Path, tmp_path: Path) -> None:
    """All formats go into one bag that its check and bagit find whole; what is changed in it afterwards is found."""
    formats = ["text", "jsonl", "alto", "page", "mets", "hocr", "tei", "iiif", "pdf"]
    chosen = [word for name in formats for word in ("--with", name)]
    made = banmian("export", "w", "--to", "bagit", "--out", tmp_path / "bags", *chosen, cwd=done)
    assert made.returncode == 0, made.stderr
    bag = tmp_path / "bags/邮报"
    assert sorted(p.name for p in (bag / "data").iterdir()) == sorted([*formats, "scans"])
    assert banmian("check", tmp_path / "bags", cwd=done).stdout == ""
    command = [sys.executable, "-m", "bagit", "--validate", str(bag)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    (bag / "data/pdf/邮报.pdf").write_bytes(b"%PDF-1.7")
    told = banmian("check", tmp_path / "bags", cwd=done)
    assert told.returncode == 1
    assert "邮报.pdf: changed" in told.stdout


def test_a_second_run_does_nothing(done: Path) -> None:
    """Given again, the command finds everything done and touches no result."""
    before = {p: p.stat().st_mtime_ns for p in (done / "w/issues").rglob("*.json")}
    ended = banmian("run", "邮报", "--workspace", "w", cwd=done)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert {p: p.stat().st_mtime_ns for p in (done / "w/issues").rglob("*.json")} == before


def test_results_do_not_depend_on_jobs(done: Path, tmp_path: Path) -> None:
    """One worker and two leave the same pages and the same articles, byte for byte."""
    banmian("run", done / "邮报", "--workspace", tmp_path / "w", "--jobs", "1", cwd=tmp_path)
    ours = {p.relative_to(done / "w"): p.read_bytes() for p in (done / "w/issues").rglob("*.json")}
    assert {p.relative_to(tmp_path / "w"): p.read_bytes() for p in (tmp_path / "w/issues").rglob("*.json")} == ours


def test_status_tells_people_and_machines(done: Path) -> None:
    """`status` gives the sum and a line an issue; with --json everything, page by page."""
    assert banmian("status", "w", cwd=done).stdout.startswith("w: 2 pages, 2 done, 0 failed, 0 left\n")
    told = json.loads(banmian("status", "w", "--json", cwd=done).stdout)
    assert told["pages"] == {"total": 2, "done": 2, "failed": 0, "waiting": 0, "working": 0}
    assert [p["state"] for p in told["issues"][0]["pages"]] == ["done", "done"]
    assert told["issues"][0]["pages"][0]["facts"]["characters"] > 100


def test_draw_leaves_a_picture_a_page(done: Path) -> None:
    """`draw` writes a PNG of each page and names it; with --decisions it says why."""
    ended = banmian("draw", "w", "--out", "drawings", cwd=done)
    assert ended.stdout.splitlines() == ["drawings/邮报/0001.png", "drawings/邮报/0002.png"]
    assert (done / "drawings/邮报/0001.png").read_bytes().startswith(b"\x89PNG")


def test_evaluate_scores_an_output(done: Path) -> None:
    """`evaluate` compares an export with gold; with --text any program's plain text."""
    gold = {"articles": [{"title": pages.HEADLINE, "paragraphs": [pages.BODY], "pages": [1]}]}
    (done / "gold.json").write_text(json.dumps(gold))
    banmian("export", "w", "--to", "jsonl", "--out", "c.jsonl", cwd=done)
    told = json.loads(banmian("evaluate", "gold.json", "c.jsonl", "--json", cwd=done).stdout)
    assert (told["articles"], told["title"]) == (1, 1)
    (done / "plain.txt").write_text(pages.BODY)
    assert json.loads(banmian("evaluate", "gold.json", "plain.txt", "--text", "--json", cwd=done).stdout)["para"] == 1


def test_bad_pages_cost_only_themselves(tmp_path: Path) -> None:
    """What is no picture, or torn, fails with path and remedy; a blank page says so; the rest is done."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    pages.page(folder / "p1.png")
    (folder / "p2.jpg").write_text("This is a shopping list, not a scan.")
    pages.truncated(folder / "p3.png")
    pages.blank(folder / "p4.png")
    pages.photograph(folder / "p5.png")
    (folder / "p6.tif").write_bytes(b"")
    ended = banmian("run", folder, "--workspace", "w", "--jobs", "2", cwd=tmp_path)
    told = json.loads(banmian("status", "w", "--json", cwd=tmp_path).stdout)["issues"][0]["pages"]
    assert ended.returncode == 1
    assert [p["state"] for p in told] == ["done", "failed", "failed", "done", "done", "failed"]
    for name, page in zip(("p2.jpg", "p3.png", "p6.tif"), (told[1], told[2], told[5]), strict=True):
        assert str(folder / name) in page["fault"]["met"]
        assert page["fault"]["remedy"]
        assert str(folder / name) in ended.stderr
    assert told[3]["facts"]["warnings"]
    assert told[3]["facts"]["characters"] == 0
    assert "Traceback" not in ended.stderr
    assert not list((tmp_path / "w").rglob("*.part"))
    assert banmian("export", "w", "--to", "jsonl", "--out", "a.jsonl", cwd=tmp_path).returncode == 1
    assert pages.HEADLINE in (tmp_path / "a.jsonl").read_text()


def test_progress_is_silent_when_nobody_watches(done: Path, tmp_path: Path) -> None:
    """Where stderr is no terminal a run that goes well says nothing on it."""
    ended = banmian("run", done / "邮报/p1.png", "--workspace", "w", cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")


REFUSALS = [
    (["run", "nowhere", "--workspace", "w"], 3, "nowhere is not there"),
    (["run", "--workspace", "w"], 2, "INPUT"),
    (["run", "empty", "--workspace", "w"], 3, "empty holds no scans"),
    (["run", "scan", "--workspace", "full"], 4, "full is not a workspace, and not empty"),
    (["run", "scan", "--workspace", "other"], 4, "form 999"),
    (["run", "scan", "--workspace", "torn"], 4, "torn"),
    (["run", "scan", "--workspace", "w", "--lang", "chi_nowhere"], 5, "chi_nowhere"),
    (["run", "scan", "--workspace", "w", "--engine", "nothing"], 2, "nothing"),
    (["status", "nowhere"], 4, "nowhere is not a workspace"),
    (["export", "other", "--to", "jsonl", "--out", "x"], 4, "form 999"),
    (["export", "fresh", "--to", "jsonl", "--out", "x"], 2, "No issue of fresh is finished yet"),
    (["evaluate", "nowhere", "nowhere"], 3, "nowhere cannot be read"),
]


@pytest.mark.parametrize(
    ("arguments", "code", "words"), REFUSALS, ids=lambda v: " ".join(v) if isinstance(v, list) else ""
)
def test_what_cannot_be_done_is_refused(refused: Path, arguments: list[str], code: int, words: str) -> None:
    """Each refusal has its exit code and says what was met and what to do, and leaves nothing behind."""
    ended = banmian(*arguments, cwd=refused)
    assert ended.returncode == code, ended.stderr
    assert words in ended.stderr
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    assert sorted(p.name for p in refused.iterdir()) == ["empty", "fresh", "full", "other", "scan", "torn"]


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inputs and workspaces that nothing can be done with, and one good scan."""
    folder = tmp_path_factory.mktemp("refused")
    for name in ("scan", "empty", "full", "other", "torn", "fresh"):
        (folder / name).mkdir()
    pages.page(folder / "scan/p1.png")
    (folder / "full/letter.txt").write_text("Dear Sir")
    (folder / "torn/workspace.sqlite").write_bytes(b"SQLite format 3\0" + b"torn" * 500)
    for name in ("other", "fresh"):
        from banmian.store.workspace import Workspace  # noqa: PLC0415

        Workspace.make(folder / name).close()
    database = sqlite3.connect(folder / "other/workspace.sqlite")
    database.execute("PRAGMA user_version = 999")
    database.close()
    return folder


def test_a_machine_without_tesseract_is_told_what_to_install(refused: Path, tmp_path: Path) -> None:
    """Without the reader `run` refuses before it begins, and the doctor says the same."""
    ended = banmian("run", refused / "scan", "--workspace", "w", cwd=tmp_path, PATH="/nowhere")
    assert ended.returncode == 5
    assert "tesseract" in ended.stderr.lower()
    assert "banmian doctor" in ended.stderr
    assert os.listdir(tmp_path) == []
    assert banmian("doctor", cwd=tmp_path, PATH="/nowhere").returncode == 5


def test_the_doctor_finds_this_machine_fit(tmp_path: Path) -> None:
    """Where the tests run, everything is there."""
    ended = banmian("doctor", cwd=tmp_path)
    assert ended.returncode == 0, ended.stdout


def test_a_full_disk_stops_the_run_with_its_exit_code(done: Path, small_disk: Path) -> None:
    """A disk that fills up ends the run with exit code 6 and the remedy; with room again, the run goes on."""
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * 150_000)
    ended = banmian("run", done / "邮报", "--workspace", small_disk / "w", "--jobs", "1", cwd=done)
    assert ended.returncode == 6, ended.stderr
    assert "space" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not [p for p in small_disk.rglob("*.json") if not p.read_bytes().endswith(b"}")]
    filler.unlink()
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    assert banmian("run", done / "邮报", "--workspace", small_disk / "w", cwd=done).returncode == 0


def test_ctrl_c_stops_within_seconds_and_the_next_run_goes_on(done: Path, tmp_path: Path) -> None:
    """After Ctrl-C the command ends by itself with 130, and what it had begun is waiting."""
    command = [sys.executable, "-m", "banmian", "run", str(done / "邮报/p1.png"), "--workspace", "w", "--jobs", "2"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 60
    while not list((tmp_path / "w").rglob("pages/*")) and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Stopped. The same command goes on from here." in told
    assert "Traceback" not in told
    assert banmian("run", done / "邮报/p1.png", "--workspace", "w", cwd=tmp_path).returncode == 0


@pytest.mark.slow
def test_a_second_ctrl_c_stops_at_once(done: Path, tmp_path: Path) -> None:
    """Twice Ctrl-C: the command is gone with 130 in a moment, its workers too, and the next run does the work."""
    command = [sys.executable, "-m", "banmian", "run", str(done / "邮报"), "--workspace", "w", "--jobs", "1"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 60
    while not list((tmp_path / "w").rglob("pages/*")) and time.monotonic() < end:
        time.sleep(0.02)
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    process.wait(timeout=30)
    assert time.monotonic() - begun < 1.5
    assert process.returncode == 130
    assert [w for w in workers if _alive(w)] == []
    assert banmian("run", done / "邮报", "--workspace", "w", cwd=tmp_path).returncode == 0


def _alive(pid: str) -> bool:
    """Whether the process runs; one that is dead and only not yet buried does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.slow
def test_a_run_tells_machines_what_happens(done: Path, tmp_path: Path) -> None:
    """With --json each page is a line of stdout as it is done, signs of life in between, and the sum at the end."""
    ended = banmian("run", done / "邮报", "--workspace", "w", "--json", cwd=tmp_path)
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert sorted(t["scan"] for t in told if t["event"] == "page") == ["邮报/p1.png", "邮报/p2.png"]
    assert {t["event"] for t in told} == {"intake", "page", "issue", "progress", "end"}
    assert told[-1] == {"event": "end", "total": 2, "done": 2, "failed": 0, "waiting": 0, "working": 0, "left": 0}


@pytest.mark.slow
def test_a_run_on_a_cluster_leaves_the_same(done: Path, tmp_path: Path) -> None:
    """`--dask local` leaves the bytes that workers without a cluster leave, and the same export."""
    ended = banmian("run", done / "邮报", "--workspace", "w", "--dask", "local", "--jobs", "2", cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    ours = {p.relative_to(done / "w"): p.read_bytes() for p in (done / "w/issues").rglob("*.json")}
    assert {p.relative_to(tmp_path / "w"): p.read_bytes() for p in (tmp_path / "w/issues").rglob("*.json")} == ours


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 400 KB, where this process may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("this process may not mount a small file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_help_opens_with_an_example(tmp_path: Path) -> None:
    """`--help` begins with commands that can be typed as they stand, and names every command and exit code."""
    told = banmian("--help", cwd=tmp_path).stdout
    assert told.splitlines()[2].strip().startswith("banmian run samples/")
    for word in ("clean", "diff", "doctor", "draw", "evaluate", "export", "run", "status", "130"):
        assert word in told


SLOW_TO_LOAD = {"dataclasses", "shutil", "tempfile", "email", "msgspec", "numpy", "cv2", "PIL", "rich", "lxml"}
"""Modules each of which would take a millisecond to a second of an answer that needs none."""


@pytest.mark.parametrize("locale", ["C.UTF-8", "zh_CN.UTF-8"])
def test_help_answers_at_once(locale: str, tmp_path: Path) -> None:
    """`--help` loads nothing that it does not print, in neither language."""
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "banmian", "--help"],
        cwd=tmp_path, env={**os.environ, "LC_ALL": locale, "LANGUAGE": ""}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = {line.split("|")[-1].strip().split(".")[0] for line in ended.stderr.splitlines()}
    assert "click" in loaded
    assert loaded & SLOW_TO_LOAD == set()


@pytest.mark.parametrize(("columns", "widest"), [("80", 78), ("100", 98), ("300", 108)])
def test_help_fits_the_terminal(columns: str, widest: int, tmp_path: Path) -> None:
    """Lines end before the terminal does, and are never longer than is easy to read."""
    told = banmian("clean", "--help", cwd=tmp_path, COLUMNS=columns, LC_ALL="C.UTF-8").stdout
    told = told[: told.index("Options:")]  # click breaks no list of choices
    assert widest - 12 < max(map(len, told.splitlines())) <= widest


def test_every_command_is_documented(tmp_path: Path) -> None:
    """Each command's help says what it does, and every option has a word of help."""
    from banmian.cli import main  # noqa: PLC0415

    for name, command in main.commands.items():
        assert command.help, name
        assert all(getattr(p, "help", "argument") for p in command.params if p.param_type_name == "option"), name
