"""Tesseract reads print: the right text, each glyph where its ink is, one process a page, nothing left behind."""

from __future__ import annotations

import os
import shutil
import tempfile
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from rapidfuzz.distance import Levenshtein

from layout.geometry import Box
from layout.page import Direction, Line, Page, page_from_json, page_to_json
from layout.sheet import Sheet
from ocr.tesseract.reader import TesseractEngine
from tests.ocr.prints import INK, PAPER, Print, Setting, bare, font, on_scan, page_of, set_lines, skew

TESSERACT = shutil.which("tesseract")
pytestmark = pytest.mark.skipif(TESSERACT is None, reason="Tesseract is not installed")

BODY = (
    "本报讯昨天上午，城东新桥正式通车，两岸居民步行",
    "过河的时间由半小时缩短为五分钟。记者在现场看到，",
    "不少老人带着孩子早早来到桥头，有人拍照留念，有人",
    "只想在桥上走一走。负责施工的工程队说，全部工程用",
    "了十八个月，比计划提前两个月完成。",
)
TITLE = "城东新桥昨日通车"

SHEETS: dict[str, tuple[tuple[Setting, ...], float]] = {
    "body": (tuple(map(Setting, BODY)), 0.0),
    "askew": (tuple(map(Setting, BODY)), 2.5),
    "12 px": (tuple(Setting(n, 12) for n in BODY), 0.0),
    "white on dark": (tuple(Setting(n, white=True) for n in BODY), 0.0),
    "display": ((Setting(TITLE, 200, bold=True),), 0.0),
    "vertical": ((Setting(TITLE, 60, vertical=True, bold=True),), 0.0),
    "vertical body": ((Setting("两岸居民步行过河的时间缩短为五分钟", vertical=True),), 0.0),
    "vertical, askew": ((Setting(TITLE, 60, vertical=True, bold=True),), -2.0),
    "vertical, white": ((Setting(TITLE, 60, vertical=True, white=True),), 0.0),
}


@cache
def engine() -> TesseractEngine:
    return TesseractEngine()


@cache
def read(name: str) -> tuple[Print, Page]:
    """A sheet and its page as Tesseract reads it; the askew ones lay on a scan of another resolution."""
    settings, degrees = SHEETS[name]
    printed = set_lines(*settings, to_scan=skew(degrees, 0.8) if degrees else None)
    return printed, engine().read(printed.page, printed.sheet)


def texts(page: Page) -> list[str]:
    return [n.text for n in page.lines]


def covered(a: Box, b: Box) -> float:
    """The share of `b` that `a` covers."""
    met = a & b
    return met.width * met.height / b.area if met.width > 0 and met.height > 0 else 0.0


@pytest.mark.parametrize("name", SHEETS)
def test_printed_lines_are_read(name: str) -> None:
    """Clean print is read with at most two per cent of errors, and no space stands where none is printed."""
    printed, page = read(name)
    truth, text = "".join(n.printed for n in printed.settings), "".join(texts(page))
    assert Levenshtein.distance(truth, text) <= 0.02 * len(truth), text
    assert " " not in text


@pytest.mark.parametrize("name", SHEETS)
def test_glyphs_carry_the_boxes_of_their_ink(name: str) -> None:
    """In a line read without fault, each glyph's box on the scan covers most of its ink and little of a neighbour's."""
    printed, page = read(name)
    checked = 0
    for line, setting, ink in zip(page.lines, printed.settings, printed.ink, strict=True):
        if "".join(g.char for g in line.glyphs) != setting.text:
            continue
        for glyph, own in zip(line.glyphs, ink, strict=True):
            assert glyph.box is not None
            others = [b for b in ink if b != own]
            assert covered(glyph.box, own) >= 0.6, glyph
            assert max(covered(glyph.box, b) for b in others) <= 0.3, glyph
            checked += 1
    assert checked >= 8


@pytest.mark.parametrize("name", ["body", "askew", "12 px", "vertical, askew"])
def test_no_box_lies_on_bare_paper(name: str) -> None:
    """On the scan itself, before it was turned back, each glyph's box holds ink."""
    printed, page = read(name)
    corners = np.array([b.corners for row in printed.ink for b in row]).reshape(-1, 2)
    scan = on_scan(printed.sheet, int(corners[:, 0].max()) + 60, int(corners[:, 1].max()) + 60)
    boxes = [g.box for n in page.lines for g in n.glyphs if g.box is not None]
    assert boxes
    assert all((scan[b.y0 : b.y1, b.x0 : b.x1] < 150).any() for b in boxes)


def test_some_lines_are_read_as_beside_all_others() -> None:
    """Those named, a short one in one picture with the line before it, and no other."""
    printed = set_lines("春来江水绿如蓝能不忆江南", "儿。”", "日出江花红胜火能不忆江南")
    whole = engine().read(printed.page, printed.sheet)
    _, short, last = (n.id for n in whole.lines)
    for wanted in ({short}, {last}, {short, last}, set()):
        some = engine().read_some(printed.page, printed.sheet, wanted)
        assert some == whole.with_lines({n.id: n for n in printed.page.lines if n.id not in wanted})


@pytest.mark.parametrize("name", SHEETS)
def test_reading_fills_text_and_glyphs_alone(name: str) -> None:
    """Reading adds, drops and moves no line: but for texts, glyphs and the reader's name, the page is as it was."""
    printed, page = read(name)
    emptied = page.with_lines({n.id: replace(n, text="", glyphs=()) for n in page.lines})
    assert replace(emptied, reader=None) == printed.page
    assert page.reader == engine().identity
    assert page_from_json(page_to_json(page)) == page


@pytest.mark.parametrize("name", SHEETS)
def test_text_and_glyphs_say_the_same(name: str) -> None:
    """A line's glyphs spell its text but for the spaces; confidences lie within 0 and 1; nothing is unprintable."""
    _, page = read(name)
    for line in page.lines:
        assert "".join(g.char for g in line.glyphs) == line.text.replace(" ", "")
        assert all(0 <= g.confidence <= 1 for g in line.glyphs)
        assert all(unicodedata.category(c)[0] != "C" for c in line.text)


@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize(
    "text", ["合鸣花开　筑梦跨境", "城东新桥　昨日通车", "春风化雨　桃李满园", "乡村振兴　共建家园"]
)
def test_a_printed_space_is_kept(text: str, vertical: bool) -> None:
    """The white between a headline's halves becomes one space, in its place, and no mark is read into it."""
    printed = set_lines(Setting(text, 90, bold=True, vertical=vertical))
    (line,) = engine().read(printed.page, printed.sheet).lines
    assert Levenshtein.distance(line.text, text.replace("　", " ")) <= 1, line.text
    assert line.text[4:5] == " "
    assert line.text.count(" ") == 1


def test_short_lines_keep_their_own_text() -> None:
    """Lines of one to three characters, each below a longer one, do not lend each other characters."""
    lines = ("两岸居民步行过河的时间", "缩短。", "不少老人带着孩子", "走。", "了。", "全部工程用了十八个月")
    printed = set_lines(*lines)
    assert texts(engine().read(printed.page, printed.sheet)) == list(lines)


def test_latin_words_keep_their_spaces() -> None:
    """Words of Latin letters stand apart as printed, each space in its place."""
    text = "Open daily from nine to five"
    printed = set_lines(text)
    (found,) = texts(engine().read(printed.page, printed.sheet))
    assert [len(word) for word in found.split(" ")] == [len(word) for word in text.split(" ")]


def test_no_space_is_read_into_a_number() -> None:
    """Figures set full-width are one number, though a 1 has white on both sides."""
    size, text = 38, "1月19日至11月17日"
    printed = set_lines("甲" * len(text))
    gray = np.full_like(printed.sheet.gray, PAPER)
    picture = Image.fromarray(gray)
    for i, char in enumerate(text):
        x = 40 + round(0.72 * size * i)
        ImageDraw.Draw(picture).text((x + size // 2, 40), char, font=font(round(0.72 * size)), fill=INK, anchor="ma")
    line = Line("r1l0", Box(52, 44, 60 + round(0.72 * size * len(text)), 76).corners, size=0.72 * size)
    sheet = Sheet(np.asarray(picture), printed.sheet.to_scan)
    (found,) = texts(engine().read(page_of([line], sheet), sheet))
    assert found == text


def test_reading_again_gives_the_same() -> None:
    """The same identity reads the same sheet to the same page."""
    printed, page = read("body")
    again = TesseractEngine()
    assert again.identity == engine().identity
    assert again.read(printed.page, printed.sheet) == page
    assert "\n" not in again.identity


def test_the_identity_names_what_matters() -> None:
    """Another model is another identity."""
    assert "chi_sim" in engine().identity
    assert TesseractEngine("eng").identity != engine().identity


def test_odd_crops_do_not_break_the_page() -> None:
    """Lines of one pixel, of 20,000 pixels and beside the sheet leave the text of their neighbours alone."""
    printed = set_lines(BODY[0])
    gray = np.full((400, 20_100), 242, np.uint8)
    h, w = printed.sheet.gray.shape
    gray[:h, :w] = printed.sheet.gray
    odd = {
        "pixel": (Box(300, 300, 301, 301), Direction.HORIZONTAL),
        "nothing": (Box(300, 300, 300, 300), Direction.HORIZONTAL),
        "long": (Box(0, 200, 20_000, 240), Direction.HORIZONTAL),
        "thread": (Box(0, 200, 20_000, 201), Direction.HORIZONTAL),
        "wide file": (Box(0, 200, 20_000, 240), Direction.VERTICAL_RL),
        "thin file": (Box(300, 0, 301, 400), Direction.VERTICAL_RL),
        "beside": (Box(30_000, 500, 30_040, 540), Direction.HORIZONTAL),
    }
    lines = [Line(name, box.corners, direction=way) for name, (box, way) in odd.items()]
    sheet = Sheet(gray, printed.sheet.to_scan)
    page = engine().read(page_of([*printed.page.lines, *lines], sheet), sheet)
    assert texts(page) == [BODY[0]] + [""] * len(odd)


def test_a_page_without_lines_needs_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page without lines, or with lines of plain text alone, is given back with the reader's name and its texts."""
    ready = engine()
    monkeypatch.setenv("PATH", str(tmp_path))
    sheet = bare()
    plain = page_of([Line("r1l0", text="从前读过")], sheet)
    assert ready.read(plain, sheet) == replace(plain, reader=ready.identity)
    assert ready.read(page_of([], sheet), sheet).reader == ready.identity


@pytest.fixture
def wrapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real Tesseract behind a script that writes down each call and the thread limit that it sees."""
    log, script = tmp_path / "calls", tmp_path / "bin" / "tesseract"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\necho "$OMP_THREAD_LIMIT $*" >> "{log}"\nexec "{TESSERACT}" "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("OMP_THREAD_LIMIT", "7")
    return log


def test_one_process_a_page_on_one_thread(wrapped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of several lines starts Tesseract once, with one thread, and leaves no temporary file."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    printed = set_lines(*BODY[:3], Setting(TITLE, vertical=True))
    ready = TesseractEngine()
    wrapped.unlink(missing_ok=True)
    page = ready.read(printed.page, printed.sheet)
    (call,) = wrapped.read_text(encoding="utf-8").splitlines()
    assert call.startswith("1 ")
    assert all(texts(page))
    assert list(folder.iterdir()) == []
