"""The whole of layout on bare, odd and damaged pages, and twice on the same one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from layout.analyze import Detectors, PageParams, analyze, find_print
from layout.blocks.line_detection import CoreLines, DetectedLines
from layout.draw import draw
from layout.input.scan import Scan
from layout.lines.detected_line import DetectedLine
from layout.marks.marks import Marks
from layout.page import Page, RegionKind, page_from_json, page_to_json
from layout.params import EM
from layout.prepare.normalized import Normalized
from layout.prepare.prepared import resized, sheet_of
from samples.typeset.picture import photograph
from tests.layout.truth import drawn, sample

Gray = npt.NDArray[np.uint8]


def scan(gray: Gray) -> Scan:
    return Scan(gray, None, 1, 300.0, "made up", 0)


def paper(width: int = 1_000, height: int = 1_300) -> Gray:
    """Paper with its grain and an uneven light, nothing printed on it."""
    chance = np.random.default_rng(3)
    light = 225 - 25 * np.linspace(0, 1, width)[None, :]
    return np.clip(light + chance.normal(0, 4, (height, width)), 0, 255).astype(np.uint8)


BARE = {
    "white": lambda: np.full((900, 700), 255, dtype=np.uint8),
    "black": lambda: np.zeros((900, 700), dtype=np.uint8),
    "paper": paper,
    "one pixel": lambda: np.full((1, 1), 200, dtype=np.uint8),
    "a strip": lambda: np.full((3, 4_000), 230, dtype=np.uint8),
}


@pytest.mark.parametrize("kind", BARE)
def test_a_blank_page_says_so(kind: str) -> None:
    """A page without print has no region, says so in its warnings, and can be drawn all the same."""
    blank = scan(BARE[kind]())
    page, sheet = analyze(blank, 4)
    assert page.number == 4
    assert page.regions == ()
    assert page.warnings
    assert sheet.gray.shape == blank.gray.shape
    assert draw(blank, page).shape[2] == 3


VIEWS = ("hills", "people", "portrait", "drawing", "street", "fields")


@pytest.mark.parametrize("kind", VIEWS)
def test_a_page_that_is_a_picture_has_no_text(kind: str) -> None:
    """Nothing is read in a picture that fills the page."""
    page, _ = analyze(scan(photograph(500, 650, kind, 5)), 1)
    assert [n.id for n in page.lines] == []


def test_the_same_scan_gives_the_same_page() -> None:
    """Analysed again, with another number of threads too, a scan gives an equal page, to the byte."""
    c = sample("chengzhou-evening", 1)
    threads = cv2.getNumThreads()
    try:
        cv2.setNumThreads(1 if threads > 1 else 2)
        again, _ = analyze(c.scan, 1)
    finally:
        cv2.setNumThreads(threads)
    assert page_to_json(again) == page_to_json(c.page)


@pytest.mark.parametrize(("seed", "level"), [(2, "clean"), (3, "coarse"), (6, "skewed")])
def test_the_sheet_of_a_stored_page_is_the_same(seed: int, level: str) -> None:
    """From a scan and its stored page the sheet comes out as it was when the page was analysed."""
    c = drawn(seed, level)
    again = sheet_of(c.scan, page_from_json(page_to_json(c.page)))
    assert np.array_equal(again.gray, c.sheet.gray)
    assert again.to_scan == c.sheet.to_scan


@dataclass(frozen=True)
class _Watched:
    """A line detector that keeps what it found."""

    found: list[DetectedLine]

    def detect(self, normalized: Normalized, marks: Marks) -> DetectedLines:
        lines = CoreLines().detect(normalized, marks)
        self.found.extend(n for n in lines.all if marks.segmentation.text_share(n.box) > PageParams().least_text)
        return lines


def test_every_line_found_is_in_one_region() -> None:
    """On a real page each line that was found comes out in exactly one region, and no id is given twice."""
    found: list[DetectedLine] = []
    c = sample("chengzhou-evening", 2)
    page, _ = analyze(c.scan, 2, Detectors(lines=_Watched(found)))
    ids = [n.id for n in page.lines] + [r.id for r in page.regions]
    # A row of a table's cells may be one line; every other printed line is one.
    assert len(list(page.lines)) == len(found) >= sum(n.kind != "table" for n in c.lines)
    assert max(Counter(ids).values()) == 1


def test_the_rows_of_a_small_ruled_table_are_lines() -> None:
    """Its grid is no large hanzi: each printed cell lies in a line of its height, in a region of a table."""
    c = sample("chengzhou-evening", 2)
    (table,) = (r for r in c.page.regions if r.kind is RegionKind.TABLE)
    assert table.box is not None
    cells = [n.box for n in c.lines if n.kind == "table" and n.box.within(table.box) > 0.8]
    assert len(cells) == 12
    for cell in cells:
        found = (n.box for n in table.lines if n.box is not None)
        assert any(cell.within(box) > 0.8 and box.height < 1.6 * cell.height for box in found), cell


@dataclass(frozen=True)
class _LinesBelow:
    """A line detector that sees nothing above `edge`, in pixels of the normalized picture."""

    edge: float

    def detect(self, normalized: Normalized, marks: Marks) -> DetectedLines:
        found = CoreLines().detect(normalized, marks)
        return replace(found, along=tuple(n for n in found.along if n.box.y0 >= self.edge))


def test_ink_that_no_line_holds_is_reported() -> None:
    """Where lines are left out, the share of uncovered ink tells how much of the page is lost."""
    c = drawn(2, "clean")
    picture = Normalized(resized(c.sheet.gray, EM / c.page.type_size))
    edges = [part * picture.gray.shape[0] for part in (0.0, 0.25, 0.5, 1.0)]
    shares = [find_print(picture, Detectors(lines=_LinesBelow(e))).uncovered for e in edges]
    assert shares[0] < 0.01
    assert shares == sorted(shares)
    assert 0.1 < shares[1] < 0.4 < shares[2] < 0.7
    assert shares[3] == pytest.approx(1.0, abs=0.01)


def test_places_lie_on_the_scan() -> None:
    """On a skewed page each region's corners lie on the scan, and the page knows both sizes."""
    c = drawn(6, "skewed")
    assert (c.page.width, c.page.height) == c.scan.gray.shape[::-1]
    assert (c.page.sheet_width, c.page.sheet_height) == c.sheet.gray.shape[::-1]
    for region in c.page.regions:
        assert region.polygon is not None
        assert all(-2 <= x <= c.page.width + 2 and -2 <= y <= c.page.height + 2 for x, y in region.polygon)


def test_decisions_are_shown() -> None:
    """Each piece of a page with several is told from another by a decision in words, and holds together by one."""
    page = sample("chengzhou-evening", 2).page
    pieces = {r.id: r.article for r in page.regions if r.article is not None}
    apart = {pieces[i] for d in page.decisions if not d.joined for i in (d.first, d.second) if i in pieces}
    together = [(pieces[d.first], pieces[d.second]) for d in page.decisions if d.joined]
    assert len(set(pieces.values())) > 3
    assert apart
    assert together
    assert all(d.reason for d in page.decisions)


def test_a_drawn_page_shows_its_regions() -> None:
    """On a real page the drawing differs from the bare scan wherever there is text."""
    c = sample("chengzhou-evening", 1)
    bare, seen = draw(c.scan, Page(1)), draw(c.scan, c.page)
    changed = (bare != seen).any(axis=2)
    scale = bare.shape[1] / c.scan.width
    for region in c.page.regions:
        if region.kind is RegionKind.BODY and region.box is not None:
            x0, y0, x1, y1 = (round(v * scale) for v in (region.box.x0, region.box.y0, region.box.x1, region.box.y1))
            assert changed[y0:y1, x0:x1].mean() > 0.3
