"""Captions with credits, beside their pictures or where no picture was found, between parts of the text."""

from __future__ import annotations

import pytest

from cleanup.articles.credited_captions import with_upright_captions
from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import Label
from layout.geometry import Box
from layout.page import Direction, Line, Region, RegionKind
from tests.cleanup.articles.pages import EM, Sheet, lines, prose

K = RegionKind
CAPTION = ["渡口的新跳板昨天", "铺好，船工老孟（", "左）在试走。"]


def sheet(credit: str) -> Sheet:
    """Two columns whose text runs on from one to the other; a picture over the second, a narrow text on its right."""
    made = Sheet()
    made.add(K.HEADLINE, ["老渡口的新木板"], (2, 2), 1, size=2.6)
    body = lines(f"{prose(70)}，{prose(70, 11)}，{prose(90, 37)}。")
    made.add(K.BODY, body[:12], (2, 6), 1)
    made.mark(K.PICTURE, (16, 6, 24, 16))
    made.add(K.BODY, [*CAPTION, credit], (24.6, 7), 1)
    made.add(K.BODY, body[12:], (16, 18), 1)
    return made


def test_a_narrow_text_beside_a_picture_that_closes_with_a_credit_is_its_caption() -> None:
    (article,) = sheet("（受访者供图）").articles
    assert not any("跳板" in p or "供图" in p for p in article.paragraphs)
    assert "".join(CAPTION) in "".join(article.captions)
    assert len(article.paragraphs) == 1


def test_a_line_alone_that_ends_with_a_photographers_name_is_a_caption() -> None:
    made = Sheet()
    made.add(K.HEADLINE, ["老渡口的新木板"], (2, 2), 1, size=2.6)
    body = lines(f"{prose(70)}，{prose(70, 11)}，{prose(90, 37)}。")
    made.add(K.BODY, body[:12], (2, 6), 1)
    made.add(K.BODY, ["渡口的新跳板昨天铺好。苗雨摄"], (2, 32), 1)
    made.add(K.BODY, body[12:], (2, 36), 1)
    (article,) = made.articles
    assert len(article.paragraphs) == 1
    assert article.captions == ("渡口的新跳板昨天铺好。苗雨摄",)


def test_a_line_on_a_picture_away_from_the_text_does_not_go_on_with_it() -> None:
    made = Sheet()
    made.add(K.HEADLINE, ["老渡口的新木板"], (2, 2), 1, size=2.6)
    for x in (2, 16):
        made.add(K.BODY, lines(f"{prose(190, x)}。"), (x, 6), 1)
    made.mark(K.PICTURE, (20, 24, 42, 36))
    made.add(K.BODY, ["渡口的新跳板昨天铺好。"], (22, 34), 1)
    (article,) = made.articles
    assert not any("新跳板" in p for p in article.paragraphs)


def upright(x: float, count: int, *, picture: bool) -> set[Label]:
    """The labels of vertical lines that were told for text, beside the right edge of a picture that ends at 24 ems."""
    made = Sheet()
    made.add(K.BODY, lines(f"{prose(190)}。"), (2, 6), 1)
    if picture:
        made.mark(K.PICTURE, (16, 6, 24, 18))
    boxes = [Box(round((x + 1.5 * n) * EM), 7 * EM, round((x + 1.5 * n + 1) * EM), 16 * EM) for n in range(count)]
    own = [
        Line(f"u{n}", b.corners, prose(9, 9 * n), direction=Direction.VERTICAL_RL, size=EM) for n, b in enumerate(boxes)
    ]
    made.regions.append(Region("u", K.BODY, Box.hull(boxes).corners, tuple(own), Direction.VERTICAL_RL, 1))
    frame = reading_frame(made.page)
    told = with_upright_captions(frame, [Label.BODY] * len(frame.lines))
    return {label for n, label in zip(frame.lines, told, strict=True) if n.crosses}


def test_a_few_vertical_lines_at_the_side_of_a_picture_are_its_caption() -> None:
    assert upright(24.5, 2, picture=True) == {Label.CAPTION}


@pytest.mark.parametrize(
    ("x", "count", "picture"),
    [(30, 2, True), (24.5, 2, False), (24.5, 4, True)],
    ids=["far away", "no picture", "a text of many lines"],
)
def test_other_vertical_lines_stay_what_they_are(x: float, count: int, picture: bool) -> None:
    assert upright(x, count, picture=picture) == {Label.BODY}
