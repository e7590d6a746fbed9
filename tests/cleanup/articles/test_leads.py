"""A lead on a ground of its own, between a headline and its text, that passes for an advert."""

from __future__ import annotations

import pytest

from cleanup.articles import labels as told
from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import LABELS, Label, labels_of
from cleanup.articles.surroundings import surroundings
from layout.page import RegionKind
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
