"""Shared words: the text that goes on names what the text before names; phrases of the trade tell nothing."""

from __future__ import annotations

from cleanup.articles.registers.article import Articles
from cleanup.articles.registers.runs import Run
from cleanup.articles.registers.stream import Stream
from cleanup.articles.registers.words import SharedWords
from tests.cleanup.articles.test_registers import TOPS, Registers

FERRY = "渡口石階昨已修竣擺渡船夫咸稱便利"
ON = "修竣之後船夫沿石階上下擺渡毋須繞道"
MARKET = "菜蔬行情略見回落鮮蛋一籃售價二角"
WIRE = "據此間消息靈通人士宣稱"


def test_text_goes_with_the_text_that_names_the_same() -> None:
    words = SharedWords.of([FERRY, MARKET, ON])
    assert words.told([0], [2]) > 0.3
    assert words.told([1], [2]) < 0


def test_a_phrase_that_many_reports_begin_with_tells_nothing() -> None:
    plain, wired = SharedWords.of([FERRY, MARKET, ON]), SharedWords.of([WIRE + FERRY, WIRE + MARKET, WIRE + ON])
    assert wired.told([1], [2]) <= 0 < wired.told([0], [2])
    assert wired.shared[1, 2] == plain.shared[1, 2]


def test_a_page_of_one_text_tells_nothing() -> None:
    assert SharedWords.of([FERRY, ON]).told([0], [1]) == 0
    assert SharedWords.of([FERRY]).told([], [0]) == 0


def test_an_article_is_gone_on_by_the_text_that_names_what_it_names() -> None:
    """Two texts may go on the first: each is weighed by what all of the article before has in common with it."""
    sheet = Registers()
    for n, text in enumerate((FERRY, MARKET, ON)):
        sheet.line(text, 5.0 + 10 * n, TOPS[0])
    page = sheet.sorted
    runs = [Run([n]) for text in (FERRY, MARKET, ON) for n in page.frame.lines if n.text == text]
    articles = Articles.of(Stream(page, runs, (), {}), ())
    assert articles.words(0, 2) > 0 >= articles.words(0, 1)
