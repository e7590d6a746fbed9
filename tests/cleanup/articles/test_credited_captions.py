"""Captions with credits, beside their pictures or where no picture was found, between parts of the text."""

from __future__ import annotations

from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

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
