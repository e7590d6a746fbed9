"""The scripted proofreader: it reads the desk in either language, and its exit code tells of what is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from banmian.review.words import words_of
from tests.soak import proofread
from tests.soak.proofread import Diary, Proof, side_of


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_offered_place_is_told_in_the_language_of_the_desk(language: str) -> None:
    told = words_of(language)
    words = {side: told[f"where_{side}"] for side in ("before", "behind")}
    for side, word in words.items():
        assert side_of(word.replace("{text}", "夜航船归"), "夜航船归", words) == side
        assert side_of(word.replace("{text}", "夜航船归"), "夜航", words) is None


@pytest.mark.parametrize("left", [(), ("春茶: paragraphs differ",)])
@pytest.mark.parametrize("given", [True, False])
def test_the_exit_code_tells_whether_differences_are_left(
    left: tuple[str, ...], *, given: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a page that was given, and of the samples."""
    (tmp_path / "work").mkdir()
    (tmp_path / "gold.json").touch()
    proof = Proof("work", 3, Diary(), left)
    monkeypatch.setattr(proofread, "proofread", lambda *_, **__: proof)
    monkeypatch.setattr(proofread, "read_truth", lambda _: ())
    monkeypatch.setattr(proofread, "longest_block", lambda _: "r1")
    monkeypatch.setattr("subprocess.run", lambda *_, **__: None)
    places = [str(tmp_path / "work"), str(tmp_path / "gold.json")] if given else []
    ended = CliRunner().invoke(proofread.command, places)
    assert ended.exit_code == bool(left), ended.output
