"""A sentence that passes for a caption, with no picture near, is text."""

from __future__ import annotations

import pytest

from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import Label, with_text_far_from_pictures
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind


def told(text: str, *, picture: tuple[float, float, float, float] | None) -> set[Label]:
    """What the lines of a text are that passed for a caption, with a picture at a place, or none."""
    sheet = Sheet()
    sheet.add(K.BODY, lines(f"{prose(60)}。"), (2, 4), 1)
    name = sheet.add(K.CAPTION, lines(text, indent=0), (40, 60), 1)
    if picture is not None:
        sheet.mark(K.PICTURE, picture)
    frame = reading_frame(sheet.page)
    labels = [Label.CAPTION if n.region.id == name else Label.BODY for n in frame.lines]
    found = with_text_far_from_pictures(frame, labels)
    return {label for n, label in zip(frame.lines, found, strict=True) if n.region.id == name}


FAR_OFF = (2.0, 20.0, 20.0, 30.0)


def test_a_sentence_far_from_every_picture_is_text() -> None:
    assert told(f"{prose(30)}。", picture=FAR_OFF) == {Label.BODY}


@pytest.mark.parametrize("picture", [None, (40, 45, 60, 59)], ids=["its picture was not found", "its picture"])
def test_one_at_a_picture_is_a_caption(picture: tuple[float, float, float, float] | None) -> None:
    assert told(f"{prose(30)}。", picture=picture) == {Label.CAPTION}


@pytest.mark.parametrize("text", [f"图为{prose(28)}。", f"{prose(26)}。（记者甲某摄）", prose(30)])
def test_words_of_a_caption_and_what_is_no_sentence_stay(text: str) -> None:
    assert told(text, picture=FAR_OFF) == {Label.CAPTION}
