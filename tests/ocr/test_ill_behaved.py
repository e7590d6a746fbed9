"""The cabinet of ill-behaved engines: each fails its page with a cause and a remedy, and none makes it an empty one."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from layout.errors import BanmianError, PageFailed, ReaderMissing
from ocr.both.reader import BothEngine, Reader
from ocr.choose import engine_named, readers_of_both
from ocr.engine import ReaderInterrupted
from ocr.setup import program
from ocr.tesseract.reader import TesseractEngine
from tests.ocr.prints import Print, set_lines

Put = Callable[[str], None]

MANNERS = """#!/bin/sh
case "$1" in
  --version) echo "tesseract 5.3.0"; exit 0;;
  --list-langs) printf 'List of available languages (2):\\nchi_sim\\neng\\n'; exit 0;;
esac
"""
"""What even an ill-behaved engine answers well, so that it is met while it reads."""

GLYPH = "<span class='ocrx_cinfo' title='x_bboxes 14 7 40 39; x_conf 98.5'>春</span>"

THREE_PAGES = 'for i in 1 2 3; do echo "<div class=\'ocr_page\'"; done > "$2.hocr"'

READING = {
    "crash": ("echo 'Error: something went to pieces' >&2; exit 1", "status 1: Error: something went to pieces"),
    "crash in another tongue": ("printf '\\377\\376 kaputt' >&2; exit 1", "kaputt|UTF-8"),
    "killed": ("kill -KILL $$", "signal 9"),
    "segmentation fault": ("kill -SEGV $$", "signal 11"),
    "hang": ("exec sleep 60", "within 2 seconds"),
    "nothing at all": ("exit 0", "left no answer"),
    "an empty answer": (': > "$2.hocr"', "0 of 3 lines"),
    "no page": ("echo '<html></html>' > \"$2.hocr\"", "0 of 3 lines"),
    "too few pages": ('echo "<div class=\'ocr_page\'" > "$2.hocr"', "1 of 3 lines"),
    "too many pages": ('for i in 1 2 3 4; do echo "<div class=\'ocr_page\'"; done > "$2.hocr"', "4 of 3 lines"),
    "blind": (f"{THREE_PAGES}; echo '</html>' >> \"$2.hocr\"", "no character in 3 lines"),
    "an answer that breaks off": (f'{THREE_PAGES}; printf \'%s\' "{GLYPH[:60]}" >> "$2.hocr"', "breaks off"),
    "killed over its answer": (f"{THREE_PAGES}; kill -KILL $$", "signal 9"),
    "invalid UTF-8": (f'printf \'%s\\377\' "{GLYPH}" > "$2.hocr"', "no valid UTF-8"),
    "a lone surrogate": ("printf '\\355\\240\\200' > \"$2.hocr\"", "no valid UTF-8"),
    "no answer but a folder": ('mkdir "$2.hocr"', "left no answer"),
}


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Puts a shell script where the only `tesseract` of the PATH is; what else the script needs is there too."""

    def write(body: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        for tool in ("cat", "mkdir", "sleep"):
            (folder / tool).unlink(missing_ok=True)
            (folder / tool).symlink_to(shutil.which(tool, path=os.defpath) or "missing")
        script = folder / "tesseract"
        script.write_text(body, encoding="utf-8")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))

    return write


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that takes every temporary file."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture(scope="module")
def three_lines() -> Print:
    return set_lines("春来江水绿如蓝", "日出江花红胜火", "能不忆江南江南忆", source="evening/page-2.png")


def every_line_twice() -> tuple[Reader, Reader]:
    """Both readers, of which the first is sure of no line."""
    first, other = readers_of_both("chi_sim")
    return replace(first, begins=None), replace(other, some=None)


def well_put(error: BanmianError) -> bool:
    """Whether a failure names its page and says what to do."""
    return "evening/page-2.png" in error.met and "page 2" in error.met and bool(error.remedy)


@pytest.mark.parametrize("name", READING)
def test_an_engine_that_misbehaves_fails_its_page(name: str, put: Put, temporary: Path, three_lines: Print) -> None:
    """Whatever an engine does instead of reading, the page fails by name, with cause and remedy; no file is left."""
    body, words = READING[name]
    put(MANNERS + body + "\n")
    engine = TesseractEngine(timeout_s=0.2 if name == "hang" else 20)
    with pytest.raises(PageFailed, match=words) as caught:
        engine.read(three_lines.page, three_lines.sheet)
    assert well_put(caught.value)
    if name != "no answer but a folder":
        assert list(temporary.iterdir()) == []


def test_a_page_failed_does_not_spoil_the_next(put: Put, temporary: Path, three_lines: Print) -> None:
    """An engine that crashed once reads the next page."""
    put(MANNERS + "exit 1\n")
    engine = TesseractEngine()
    with pytest.raises(PageFailed):
        engine.read(three_lines.page, three_lines.sheet)
    answer = "".join(f"<div class='ocr_page'>{GLYPH}</div>" for _ in range(3)) + "</html>"
    put(MANNERS + f'cat > "$2.hocr" <<"END"\n{answer}\nEND\n')
    page = engine.read(three_lines.page, three_lines.sheet)
    assert [n.text for n in page.lines] == ["春"] * 3
    assert list(temporary.iterdir()) == []


STARTING = {
    "broken program": "#!/bin/sh\nexit 127\n",
    "killed at once": "#!/bin/sh\nkill -KILL $$\n",
    "not for this machine": "\x7fELF nonsense",
    "no models": "#!/bin/sh\necho 'List of available languages (0):'\n",
    "a program of that name": "#!/bin/sh\necho 'usage: tesseract CUBE'\n",
    "models in another tongue": "#!/bin/sh\nprintf '\\377\\376\\n'\n",
}


@pytest.mark.parametrize("name", STARTING)
def test_an_engine_that_cannot_start_is_missing(name: str, put: Put) -> None:
    """A program that does not start, or knows no model, is said to be missing before any page, with what to install."""
    put(STARTING[name])
    with pytest.raises(ReaderMissing, match="Tesseract") as caught:
        engine_named("tesseract")
    assert "apt-get install tesseract-ocr" in caught.value.remedy


VERSIONS = {"no version": "exit 0", "no number": "echo 'tesseract next'", "fails": "exit 3", "too old": "echo 2.04"}


@pytest.mark.parametrize("name", VERSIONS)
def test_an_engine_without_a_version_is_missing(name: str, put: Put) -> None:
    """A program that cannot tell its version is refused before any page: what it read could not be traced."""
    put(f'#!/bin/sh\n[ "$1" = --list-langs ] && {{ echo chi_sim; exit 0; }}\n{VERSIONS[name]}\n')
    with pytest.raises(ReaderMissing, match="version") as caught:
        TesseractEngine()
    assert caught.value.remedy


def test_no_program_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Tesseract on the PATH the reader is missing, with the command that installs it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReaderMissing, match="not installed") as caught:
        TesseractEngine()
    assert "apt-get install tesseract-ocr" in caught.value.remedy


def test_a_program_that_goes_away(
    put: Put, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, three_lines: Print
) -> None:
    """A program that is uninstalled while the batch runs is missing, not a page without text."""
    put(MANNERS)
    engine = TesseractEngine()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReaderMissing):
        engine.read(three_lines.page, three_lines.sheet)


def test_a_model_that_is_not_there(put: Put) -> None:
    """A missing model is named with its package, beside those that are there."""
    put(MANNERS)
    with pytest.raises(ReaderMissing, match="chi_tra_vert; installed are: chi_sim, eng") as caught:
        TesseractEngine("chi_sim+chi_tra_vert")
    assert "tesseract-ocr-chi-tra-vert" in caught.value.remedy
    assert "tesseract-ocr-chi-sim" not in caught.value.remedy


@pytest.mark.parametrize("name", ["killed", "hang"])
def test_beside_an_engine_that_the_machine_stopped_no_other_reads_alone(
    name: str, put: Put, three_lines: Print
) -> None:
    """A page whose text would depend on the machine's load fails, and says what to do."""
    body, words = READING[name]
    put(MANNERS + body + "\n")
    first, other = every_line_twice()
    ill = replace(other, engine=TesseractEngine(timeout_s=0.2 if name == "hang" else 20))
    with pytest.raises(ReaderInterrupted, match=words) as caught:
        BothEngine(first, ill).read(three_lines.page, three_lines.sheet)
    assert well_put(caught.value)
    assert "--retry failed" in caught.value.remedy


def test_an_engine_that_is_slow_once_reads_at_the_second_try(put: Put, tmp_path: Path, three_lines: Print) -> None:
    """A first try that runs out of time leaves no trace in the text."""
    answer = "".join(f"<div class='ocr_page'>{GLYPH}</div>" for _ in range(3)) + "</html>"
    first = f'if ! [ -e "{tmp_path}/once" ]; then : > "{tmp_path}/once"; exec sleep 60; fi'
    put(MANNERS + f'{first}\ncat > "$2.hocr" <<"END"\n{answer}\nEND\n')
    page = TesseractEngine(timeout_s=2).read(three_lines.page, three_lines.sheet)
    assert [n.text for n in page.lines] == ["春"] * 3


@pytest.mark.parametrize("name", ["crash", "nothing at all", "an answer that breaks off"])
def test_beside_an_engine_that_misbehaves_the_other_reads(name: str, put: Put, three_lines: Print) -> None:
    """Of the pair, PP-OCR reads the page alone; the page says what became of Tesseract."""
    body, words = READING[name]
    put(MANNERS + body + "\n")
    first, other = every_line_twice()
    ill = replace(other, engine=TesseractEngine(timeout_s=20))
    page = BothEngine(first, ill).read(three_lines.page, three_lines.sheet)
    assert [n.text for n in page.lines] == [
        n.text for n in first.engine.read(three_lines.page, three_lines.sheet).lines
    ]
    (warning,) = page.warnings
    assert re.search(words, warning)
    assert "read by PP-OCR alone" in warning


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
@pytest.mark.parametrize("damage", ["cut short", "empty", "noise"])
def test_a_damaged_model(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, three_lines: Print) -> None:
    """The real Tesseract with a model that was cut short fails the page with its own words."""
    model = tmp_path / "chi_sim.traineddata"
    whole = program.folder()
    assert whole is not None
    cut = (whole / model.name).read_bytes()[:1_000_000]
    model.write_bytes({"empty": b"", "noise": os.urandom(5_000), "cut short": cut}[damage])
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    engine = TesseractEngine()
    with pytest.raises(PageFailed, match="Tesseract") as caught:
        engine.read(three_lines.page, three_lines.sheet)
    assert well_put(caught.value)
