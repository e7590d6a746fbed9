"""The words in a model of Tesseract are those that its own tools list, and a damaged file has none."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.setup import program
from ocr.setup.tessdata import word_graphs
from ocr.words.dictionary import WordGraph, dictionary

LETTERS = ["春", "江", "水", "暖"]
BITS = 3
LAST, ENDS = 1, 4


def edge(letter: str, after: int, flags: int) -> int:
    return LETTERS.index(letter) | flags << BITS | after << (BITS + 3)


def graph(*edges: int, mark: int = 42) -> bytes:
    return struct.pack(f"<hii{len(edges)}Q", mark, len(LETTERS), len(edges), *edges)


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


def test_the_words_are_those_that_tesseract_lists(tmp_path: Path) -> None:
    """Each word that Tesseract's own tool lists is found, and none of its beginnings that the tool doesn't list."""
    models = program.folder()
    if shutil.which("dawg2wordlist") is None or models is None or not (models / "chi_sim.traineddata").exists():
        pytest.skip("Tesseract's tools or its model chi_sim are not installed")
    ((data, letters),) = word_graphs("chi_sim")
    (tmp_path / "graph").write_bytes(data)
    subprocess.run(
        ["combine_tessdata", "-e", models / "chi_sim.traineddata", tmp_path / "chi_sim.lstm-unicharset"],
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
