"""A lead between a headline and its text: on a ground of its own it passes for an advert."""

from __future__ import annotations

import pytest

from cleanup.article import SourceLine
from cleanup.articles import labels as told
from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import LABELS, Label, labels_of
from cleanup.articles.surroundings import surroundings
from cleanup.lines.clean_lines import LineView
from cleanup.lines.line_geometry import MeasuredLine
from cleanup.lines.paragraphs import body_verdicts
from cleanup.lines.wrapping import Wrapping
from layout.geometry import Box
from layout.page import Line, RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind
LEAD = [prose(18), prose(18, 18), "，".join((prose(5, 36), prose(6, 41))) + "。"]


def lead(monkeypatch: pytest.MonkeyPatch, *, top: float = 7.0, article: int = 1) -> Label:
    """The label of a lead that is told for an advert; `top` is its place, in ems, under a headline that ends at 5.6."""
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["老渡口迎来了新客人"], (2, 3), 1, size=2.6)
    sheet.add(K.BODY, LEAD, (2, top), article)
    sheet.add(K.BODY, lines(f"{prose(150)}。{prose(90, 40)}。"), (2, top + 5.5), 1)
    frame = reading_frame(sheet.page)
    likely = tuple(Label.HEAD if n.size > 2 else Label.ADVERT if n.text in LEAD else Label.BODY for n in frame.lines)
    monkeypatch.setattr(told, "likeliest_labels", lambda *_: likely)
    assert set(likely) < set(LABELS)
    return next(a for n, a in zip(frame.lines, labels_of(frame, surroundings(frame)), strict=True) if n.text in LEAD)


def test_a_lead_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lead(monkeypatch) is Label.BODY


def test_an_advert_far_from_the_headline_or_in_another_tile_stays_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lead(monkeypatch, top=11.0) is Label.ADVERT
    assert lead(monkeypatch, article=2) is Label.ADVERT


def joined(first: str, initial: str, size: float) -> bool:
    """Whether the last line of a lead goes on in what is printed under it in a region of its own."""
    lines = []
    for i, (text, em) in enumerate(((first, 24.0), (initial, size), ("口的老艄公每天清早", 20.0))):
        box = Box(0, 60 * i, round(em * len(text)), 60 * i + round(em))
        source = SourceLine(1, Line(f"n{i}", box.corners, text, size=em), region=f"r{i}")
        view = LineView(i, source, 0, text, 0, len(text), broken=True)
        lines.append(MeasuredLine(view, text, 0.0, float(len(text)), 0.0, on_scan=True, new_block=True))
    wrapping = Wrapping(set_in=True, indented=False, wrapped=True, full=True, pauses=False)
    return body_verdicts(lines, [wrapping] * len(lines))[0].join


def test_a_drop_capital_begins_a_paragraph_behind_the_last_line_of_a_lead() -> None:
    assert not joined("有了答案。", "渡", 48.0)


@pytest.mark.parametrize(
    ("first", "initial", "size"), [("有了答案", "渡", 48.0), ("有了答案。", "渡", 20.0), ("有了答案。", "渡口的", 48.0)]
)
def test_what_is_no_drop_capital_behind_a_sentence_goes_on(first: str, initial: str, size: float) -> None:
    assert joined(first, initial, size)
