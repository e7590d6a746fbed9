"""PDFs with a text layer through the main command: the articles say what was set, to the last character."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from samples.typeset.works import LAYERED, SAMPLES
from tests.banmian import pdf_pages
from tests.banmian.pdf_pages import BRIDGE, FERRY, FRONT, LANTERNS, TAIL, TAIL_PIECE, Piece

FRONT_PIECES: Final = (FERRY, LANTERNS, BRIDGE)
WANTED: Final = {
    "front": FRONT_PIECES,
    "front-three-times": FRONT_PIECES,
    "front-90": FRONT_PIECES,
    "front-180": FRONT_PIECES,
    "front-270-cropped": FRONT_PIECES,
    "tail": (TAIL_PIECE,),
    "tail-twice": (TAIL_PIECE,),
    "tail-cropped": (TAIL_PIECE,),
}
"""For each page the pieces that are printed on it."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The texts of the articles of each page, white space apart, as the commands give them."""
    folder = tmp_path_factory.mktemp("pdf")
    front, tail = pdf_pages.printed(FRONT, TAIL)
    pages = {
        "front": front,
        "front-three-times": pdf_pages.again(front, 3),
        "front-90": pdf_pages.turned(front, 90),
        "front-180": pdf_pages.turned(front, 180),
        "front-270-cropped": pdf_pages.cropped(pdf_pages.turned(front, 270)),
        "tail": tail,
        "tail-twice": pdf_pages.again(tail, 2),
        "tail-cropped": pdf_pages.cropped(tail),
    }
    pdf_pages.saved(folder / "batch", pages)
    _banmian("run", "batch", "--workspace", "w", cwd=folder)
    _banmian("export", "w", "--to", "jsonl", "--out", "a.jsonl", cwd=folder)
    out: dict[str, set[str]] = {name: set() for name in pages}
    for line in (folder / "a.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        if told["kind"] == "article":
            parts = [told[k] for k in ("kicker", "title", "subtitle", "byline")]
            out[told["issue"]].add(_bare("".join([*filter(None, parts), *told["paragraphs"]])))
    return out


def _banmian(*arguments: str, cwd: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "banmian", *arguments],
        cwd=cwd,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def test_the_sample_pdf_gives_its_articles(tmp_path: Path) -> None:
    """Two pages of narrow columns round pictures, headlines printed twice, a jump: paragraphs as they were set."""
    _banmian("run", str(SAMPLES / LAYERED), "--workspace", "w", cwd=tmp_path)
    _banmian("export", "w", "--to", "jsonl", "--out", "a.jsonl", cwd=tmp_path)
    records = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = json.loads((SAMPLES / "chengzhou-evening/gold.json").read_text(encoding="utf-8"))
    told = {_bare("".join(r["paragraphs"])) for r in records if r["kind"] == "article"}
    assert told == {_bare("".join(a["paragraphs"])) for a in gold["articles"]}


def _bare(text: str) -> str:
    return "".join(text.split())


def _printed(piece: Piece) -> str:
    return _bare(piece.text)


@pytest.mark.parametrize("name", WANTED)
def test_articles_of_a_pdf_say_what_was_set(told: dict[str, set[str]], name: str) -> None:
    """Each article whole, in order, and nothing else: columns, short tails, repeats, turned and cropped pages."""
    assert told[name] == {_printed(piece) for piece in WANTED[name]}
