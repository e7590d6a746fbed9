"""The faultless page and the reader that knows: they hand over exactly what is printed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layout.geometry import Projection
from layout.page import Page, page_from_json, page_to_json
from layout.sheet import Sheet
from samples.oracle import Oracle
from samples.truepage import true_page
from samples.typeset import random_issue
from samples.typeset.truth import PageTruth

DRAWN = [(2, "clean", "modern"), (8, "skewed", "modern"), (4, "clean", "vertical")]


@pytest.fixture(scope="module", params=DRAWN, ids=lambda d: f"{d[2]}-{d[1]}")
def truth(request: pytest.FixtureRequest) -> PageTruth:
    """The truth of pages drawn by chance."""
    seed, level, style = request.param
    return random_issue(seed, 1, level, small=True, style=style).pages[0].truth


def sheet_of(truth: PageTruth) -> Sheet:
    """A blank sheet that lies as the scan does."""
    return Sheet(np.full((truth.height, truth.width), 255, np.uint8), Projection())


def unread(page: Page) -> Page:
    """The page before reading."""
    return page.with_lines({n.id: replace(n, text="", glyphs=()) for n in page.lines})


def test_the_faultless_page_holds_every_line_once(truth: PageTruth) -> None:
    """Every printed character stands in the page, once, and the page survives its JSON."""
    page = true_page(truth)
    printed = sorted("".join("".join(n.text.split()) for n in truth.lines))
    assert sorted("".join(n.text for n in page.lines)) == printed
    assert page_from_json(page_to_json(page)) == page


def test_each_paragraph_stands_in_one_run_of_the_faultless_page(truth: PageTruth) -> None:
    """Joined in the page's order, the lines of a piece hold each of its paragraphs whole."""
    page = true_page(truth)
    for part in truth.parts:
        text = "".join(n.text for r in page.regions if r.article == part.id for n in r.lines)
        for paragraph in part.paragraphs:
            assert "".join(paragraph.split()) in text


@pytest.mark.parametrize(("seed", "style"), [(2, "modern"), (10, "modern"), (4, "vertical")])
def test_the_oracle_reads_what_is_printed(seed: int, style: str) -> None:
    """On the lines of a straight page, their text taken away, the oracle puts back the text and loses nothing."""
    truth = random_issue(seed, 1, "clean", small=True, style=style).pages[0].truth
    page, oracle, sheet = true_page(truth), Oracle(truth), sheet_of(truth)
    read = oracle.read(unread(page), sheet)
    assert oracle.lost(page, sheet) == []
    assert [n.text for n in read.lines] == [n.text for n in page.lines]
