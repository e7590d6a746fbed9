"""The words in a model of Tesseract are those that its own tools list, and a damaged file has none."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.setup import program
from ocr.setup.tessdata import alphabet, models, word_graphs
from ocr.words.dictionary import WordGraph, dictionary

LETTERS = ["春", "江", "水", "暖"]
BITS = 3
LAST, ENDS = 1, 4


def edge(letter: str, after: int, flags: int) -> int:
    return LETTERS.index(letter) | flags << BITS | after << (BITS + 3)


def graph(*edges: int, mark: int = 42) -> bytes:
    return struct.pack(f"<hii{len(edges)}Q", mark, len(LETTERS), len(edges), *edges)


def traineddata(words: bytes) -> bytes:
    """A model's file with no more than these words, its part 19, and the letters, its part 21."""
    letters = "\n".join([str(len(LETTERS)), *(f"{c} 1" for c in LETTERS), ""]).encode()
    begin = 4 + 22 * 8
    return struct.pack("<i22q", 22, *[-1] * 19, begin, -1, begin + len(words)) + words + letters


def is_installed() -> bool:
    """Whether Tesseract's model chi_sim is there."""
    folder = program.folder()
    return folder is not None and (folder / "chi_sim.traineddata").exists()


SPRING = graph(edge("春", 2, 0), edge("江", 2, LAST), edge("水", 3, ENDS | LAST), edge("暖", 0, ENDS | LAST))
"""The words 春水, 江水, 春水暖, 江水暖."""


def test_a_word_is_a_path_that_ends() -> None:
    """Neither the beginning of a word is one, nor what goes on behind its end."""
    found = WordGraph.of(SPRING, LETTERS)
    assert found is not None
    words = ["春水", "江水", "春水暖", "江水暖", "春", "水", "春江", "春水暖春", "", "山水"]
    assert [w for w in words if w in found] == words[:4]


@pytest.mark.parametrize("data", [b"", b"\0" * 5, graph(mark=41), SPRING[:-3], struct.pack("<hii", 42, 0, 0)])
def test_a_damaged_graph_is_none(data: bytes) -> None:
    """What is cut short, or no graph at all, has no words and does no harm."""
    assert WordGraph.of(data, LETTERS) is None


@given(st.binary(max_size=200), st.text("春江水暖", max_size=4))
def test_no_bytes_make_it_fail(data: bytes, word: str) -> None:
    """Whatever stands in the file, looking a word up ends."""
    found = WordGraph.of(struct.pack("<hii", 42, len(LETTERS), len(data) // 8) + data, LETTERS)
    assert found is not None
    assert (word in found) in {True, False}


def test_a_model_that_is_not_there_knows_nothing() -> None:
    """A language without a model has an empty dictionary."""
    assert "新闻" not in dictionary("xyz")


@pytest.mark.skipif(not is_installed(), reason="Tesseract or its model chi_sim is not installed")
def test_words_come_with_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it was not there at first, it is found once it is: what was read before leaves no trace."""
    with monkeypatch.context() as bare:
        bare.setenv("PATH", str(tmp_path))
        assert dictionary("chi_sim").graphs == ()
        assert alphabet("chi_sim") == frozenset()
    assert "新闻" in dictionary("chi_sim")
    assert "春" in alphabet("chi_sim")


def test_a_model_that_changes_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that an update replaces has other words and characters; without a change it is read once."""
    monkeypatch.setattr(program, "folder", lambda: tmp_path)
    model = tmp_path / "chi_sim.traineddata"
    model.write_bytes(traineddata(SPRING))
    assert "春水" in dictionary("chi_sim")
    assert dictionary("chi_sim") is dictionary("chi_sim")
    model.write_bytes(traineddata(graph(edge("暖", 0, ENDS | LAST))))
    os.utime(model, ns=(1, 1))
    assert "春水" not in dictionary("chi_sim")
    assert "暖" in dictionary("chi_sim")
    model.unlink()
    assert "暖" not in dictionary("chi_sim")


def test_the_words_are_those_that_tesseract_lists(tmp_path: Path) -> None:
    """Each word that Tesseract's own tool lists is found, and none of its beginnings that the tool doesn't list."""
    folder = program.folder()
    if shutil.which("dawg2wordlist") is None or folder is None or not is_installed():
        pytest.skip("Tesseract's tools or its model chi_sim are not installed")
    ((data, letters),) = word_graphs(models("chi_sim"))
    (tmp_path / "graph").write_bytes(data)
    subprocess.run(
        ["combine_tessdata", "-e", folder / "chi_sim.traineddata", tmp_path / "chi_sim.lstm-unicharset"],
        check=True,
        capture_output=True,
    )
    unpacked = [tmp_path / "chi_sim.lstm-unicharset", tmp_path / "graph", tmp_path / "words"]
    subprocess.run(["dawg2wordlist", *unpacked], check=True, capture_output=True)
    listed = (tmp_path / "words").read_text(encoding="utf-8").split()
    found = WordGraph.of(data, letters)
    assert found is not None
    assert all(word in found for word in listed)
    known = set(listed)
    assert not any(w[:-1] in found for w in listed[::50] if w[:-1] not in known)
