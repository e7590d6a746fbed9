"""A line set to the right edge behind the last sentence signs the text; a short line beside a cut-out does not."""

from __future__ import annotations

from cleanup.articles.cues import Cues, line_cues
from cleanup.articles.frame import reading_frame
from cleanup.articles.surroundings import surroundings
from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind


def cues_of(text: str, *, below: float) -> Cues:
    """The cues of the last line of a text, which stands at the right edge; other text follows `below` ems lower."""
    sheet = Sheet()
    rows = lines(f"{prose(70)}。")
    signature = "　" * (12 - len(text)) + text
    sheet.add(K.BODY, [*rows, signature], (2, 6), 1)
    sheet.add(K.BODY, lines(f"{prose(60, 20)}。"), (2, 6 + 1.5 * len(rows) + 1 + below), 1)
    frame = reading_frame(sheet.page)
    at = [n.text for n in frame.lines].index(text)
    return line_cues(frame, surroundings(frame))[at]


def test_names_behind_the_last_sentence_sign_the_text() -> None:
    assert "signs the text above, names" in cues_of("本报记者 方若谷", below=4)


def test_a_pen_name_signs_the_text() -> None:
    assert "signs the text above, no form of a byline" in cues_of("南圍散人", below=4)


def test_a_line_that_text_goes_on_under_signs_nothing() -> None:
    assert not any(c.startswith("signs") for c in cues_of("南圍散人", below=0.5))
