"""Jumps over an issue: both ends agree, or wait."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup.article import JumpEnd
from cleanup.jumps import Part, link
from samples.typeset.story import Story
from tests.cleanup.dumps import STORIES, articles_of, body, body_lines, fold, issue_of, story_body, text_of

TITLES = st.sampled_from([s.title for s in STORIES[:3]] + [None])
PAGES = st.sampled_from(["1", "2", "3", "A1"])
ENDS = st.lists(st.one_of(PAGES, st.none()), max_size=1).map(tuple)
BODIES = st.sampled_from([s.paras[0].text for s in STORIES[:4]])


@st.composite
def issues(draw: st.DrawFn) -> list[Part]:
    count = draw(st.integers(0, 8))
    return [
        Part(f"p{n}", draw(PAGES), draw(TITLES), draw(BODIES), draw(st.booleans()), draw(ENDS), draw(ENDS))
        for n in range(count)
    ]


@given(issues())
def test_each_end_is_joined_or_waits(parts: list[Part]) -> None:
    """Every marker of an issue is an end of one jump, or is in the list of those that wait; none is both."""
    jumps, waiting = link(parts)
    ends = [(j.start, JumpEnd.TO) for j in jumps] + [(j.end, JumpEnd.FROM) for j in jumps]
    ends += [(w.article, w.end) for w in waiting]
    marked = [(p.id, JumpEnd.TO) for p in parts if p.goes_to] + [(p.id, JumpEnd.FROM) for p in parts if p.comes_from]
    assert sorted(ends) == sorted(marked)


@given(issues())
def test_both_ends_of_a_jump_name_each_others_page(parts: list[Part]) -> None:
    """No jump is made on one end's word."""
    named = {p.id: p for p in parts}
    for jump in link(parts)[0]:
        start, end = named[jump.start], named[jump.end]
        assert start.goes_to[0] in (None, end.page)
        assert end.comes_from[0] in (None, start.page)


@given(issues())
def test_jumps_make_no_circle(parts: list[Part]) -> None:
    """Whoever follows the jumps from any part comes to an end."""
    following = {j.start: j.end for j in link(parts)[0]}
    for part in parts:
        at, steps = part.id, 0
        while at in following:
            at, steps = following[at], steps + 1
            assert steps <= len(parts)


@given(issues(), st.randoms())
def test_the_order_of_the_parts_decides_nothing(parts: list[Part], random: st.Random) -> None:
    """The same parts in another order are joined alike."""
    shuffled = list(parts)
    random.shuffle(shuffled)
    assert {(j.start, j.end) for j in link(parts)[0]} == {(j.start, j.end) for j in link(shuffled)[0]}


FIRST, SECOND, THIRD = STORIES[:3]


def cut(story: Story, to: str, start: str, title: str | None = None) -> tuple[list[str], list[str]]:
    """The story in two parts, cut within a sentence in its middle."""
    lines = [n for n in body_lines(story) if n]
    at = next(i for i in range(len(lines) // 2, len(lines)) if lines[i][-1].isalnum() and lines[i + 1][0] != "　")
    signed = str(story.printed_byline)
    repeated = [title, ""] if title else []
    return [story.title, "", signed, "", *lines[: at + 1], f"（下转{to}版）"], [
        *repeated,
        f"（上接{start}版）",
        *lines[at + 1 :],
    ]


def whole(story: Story) -> list[str]:
    return [story.title, "", str(story.printed_byline), "", *body_lines(story)]


@pytest.mark.parametrize("repeated", [None, FIRST.title, FIRST.title[: len(FIRST.title) // 2]])
def test_an_article_over_two_pages_is_one(repeated: str | None) -> None:
    """Its headline repeated, shortened or left out on the second page: it is one article, and its sentence is whole."""
    here, there = cut(FIRST, "3", "1", repeated)
    found = articles_of(text_of([here]), text_of([whole(SECOND)]), text_of([there, whole(THIRD)]))
    joined = found[0]
    assert fold(joined.title) == fold(FIRST.title)
    assert body(joined) == story_body(FIRST)
    assert joined.pages == (1, 3)
    assert (joined.continued_from, joined.continued_to) == (None, None)
    assert len(found) == 3


def test_a_paragraph_whose_first_line_alone_stands_before_the_jump_goes_on() -> None:
    """The line is set in and a little short, for the next character may not be parted from its mark: no subhead."""
    told = "摆渡的人说，渡口开不开得下去，不看"
    here = [FIRST.title, str(FIRST.printed_byline), *body_lines(FIRST), f"　　{told}", "（下转4版）"]
    there = ["（上接1版）", "船，看人。有人来过河，有人来听水，有人", "什么也不做，就坐着。"]
    found = articles_of(text_of([here]), *([text_of([whole(SECOND)])] * 2), text_of([there]))[0]
    assert found.paragraphs[-1] == f"{told}{''.join(there[1:])}"


def test_two_articles_that_jump_to_one_page_are_told_apart() -> None:
    """Headlines and texts say which end belongs to which beginning."""
    one, rest_one = cut(FIRST, "2", "1", FIRST.title)
    two, rest_two = cut(SECOND, "二", "一", SECOND.title)
    found = articles_of(text_of([one, two]), text_of([rest_two, rest_one]))
    assert [body(a) for a in found] == [story_body(FIRST), story_body(SECOND)]


def test_an_article_over_three_pages_is_one() -> None:
    """A part that comes from one page and goes on to another is the middle."""
    here, rest = cut(FIRST, "2", "1", FIRST.title)
    middle, end = rest[: len(rest) // 2], rest[len(rest) // 2 :]
    pages = [here, [*middle, "（下转3版）"], [FIRST.title, "", "（上接2版）", *end]]
    found = articles_of(*(text_of([p]) for p in pages))
    assert [a.pages for a in found] == [(1, 2, 3)]
    assert body(found[0]) == story_body(FIRST)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (cut(FIRST, "4", "1")[0], whole(SECOND), "page 4 is not in this issue"),
        (cut(FIRST, "2", "1")[0], whole(SECOND), "no 上接 of a page 2 agrees"),
        (whole(SECOND), cut(FIRST, "2", "1")[1], "no 下转 of a page 1 agrees"),
        (cut(FIRST, "2", "1")[0], cut(FIRST, "2", "3")[1], "no 上接 of a page 2 agrees"),
        (cut(FIRST, "2", "1")[0], cut(SECOND, "2", "1", THIRD.title)[1], "no 上接 of a page 2 agrees"),
    ],
    ids=["other-issue", "one-sided-to", "one-sided-from", "pages-contradict", "headlines-contradict"],
)
def test_ends_that_do_not_agree_wait(first: list[str], second: list[str], reason: str) -> None:
    """A jump that one end alone speaks for is not made; it is listed with the reason, the page on the article."""
    issue = issue_of(text_of([first]), text_of([second]))
    assert any(reason in w.reason for w in issue.waiting)
    for waits in issue.waiting:
        article = next(a for a in issue.articles if a.id == waits.article)
        assert waits.page in (article.continued_from, article.continued_to)
        assert len(article.pages) == 1


def test_the_pages_own_number_counts() -> None:
    """Where a folio says that the second file is page 5, a jump to page 5 leads there."""
    here, there = cut(FIRST, "5", "1", FIRST.title)
    folio = "某城日报 2024年4月3日 星期三 第5版\n\n"
    found = articles_of(text_of([here]), folio + text_of([there]))
    assert [a.pages for a in found] == [(1, 2)]
    assert body(found[0]) == story_body(FIRST)


def test_a_page_does_not_jump_to_itself() -> None:
    """（上接1版） and （下转1版） on one page 1 are two articles' ends, whose others are elsewhere."""
    first, _ = cut(FIRST, "1", "1")
    _, rest = cut(SECOND, "1", "1")
    issue = issue_of(text_of([first, rest]))
    assert len([a for a in issue.articles if a.kind == "article"]) == 2
    assert [w.reason for w in issue.waiting] == ["page 1 is not in this issue"] * 2


def test_words_at_the_edge_tell_two_jumps_to_one_page_apart() -> None:
    """Two articles go from page 1 to page 2, neither headline is repeated: the words cut at the edge decide."""
    heads = [cut(s, "2", "1")[0] for s in (FIRST, SECOND)]
    rests = [cut(s, "2", "1")[1] for s in (SECOND, FIRST)]
    found = articles_of(text_of(heads), text_of(rests))
    assert [a.pages for a in found] == [(1, 2), (1, 2)]
    assert [body(a) for a in found] == [story_body(FIRST), story_body(SECOND)]


@pytest.mark.parametrize("to", ["（下转本版）", "（转本版）"])
def test_a_jump_within_the_page_is_joined(to: str) -> None:
    """下转本版 and 上接本版 name no page: the other end is on this one."""
    first, rest = cut(FIRST, "2", "1")
    first[-1] = to
    rest = ["（上接本版）" if "上接" in n else n for n in rest]
    found = articles_of(text_of([first, before_of(SECOND), rest]))
    assert [body(a) for a in found] == [story_body(FIRST), story_body(SECOND)]


def test_a_page_called_by_its_name_agrees_with_any_and_is_told_where_it_waits() -> None:
    """下转副刊 is joined with the part that comes from its page; alone it tells the name."""
    first, rest = cut(FIRST, "2", "1")
    first[-1] = "（下转副刊）"
    assert [body(a) for a in articles_of(text_of([first]), text_of([rest]))] == [story_body(FIRST)]
    (alone,) = articles_of(text_of([[*whole(FIRST), "（下转副刊）"]]))
    assert alone.continued_to == "副刊"


@pytest.mark.parametrize("marker", ["（下转要闻2版）", "（下转要闻2）", "（下转要闻二版）", "（下转第二张第二版）"])
def test_a_page_counted_as_no_folio_counts_it_agrees_with_any(marker: str) -> None:
    """要闻2 and the second page of the second sheet are in no folio, though a number stands in them."""
    first, rest = cut(FIRST, "2", "1")
    first[-1] = marker
    assert [body(a) for a in articles_of(text_of([first]), text_of([rest]))] == [story_body(FIRST)]


@pytest.mark.parametrize("words", ["（續昨）", "（续前期）"])
def test_a_part_of_an_earlier_issue_waits(words: str) -> None:
    """What says that its beginning was printed on another day stays in the text, and is listed."""
    lines = whole(FIRST)
    issue = issue_of(text_of([[*lines[:4], words, *lines[4:]]]))
    assert [w.end.value for w in issue.waiting] == ["from"]
    assert words in body(issue.articles[0]) or fold(words) in body(issue.articles[0])


EITHER = ["续A2版", "（续A2版）", "（转接A2版）", "（接A2版）", "（紧接A2版）", "【文接A2版】"]


@pytest.mark.parametrize("words", EITHER)
@pytest.mark.parametrize("behind", [True, False])
def test_words_that_serve_either_end_are_read_by_their_place(words: str, behind: bool) -> None:
    """续2版 before the text tells where it comes from, behind the text where it goes on."""
    lines = whole(FIRST)
    lines = [*lines, words] if behind else [*lines[:4], words, *lines[4:]]
    (article,) = articles_of(text_of([lines]))
    ends = (article.continued_from, article.continued_to)
    assert ends == ((None, "A2") if behind else ("A2", None))
    assert body(article) == story_body(FIRST)


@pytest.mark.parametrize("marker", ["（下转第　版）", "（下转第□版）", "（下转中缝）", "（续下页）"])
def test_a_marker_that_names_no_page_is_kept_and_waits(marker: str) -> None:
    """A page left out, a sign for it, or a place beside: the words stay, and the end is listed as waiting."""
    issue = issue_of(text_of([[*whole(FIRST), marker]]))
    assert [(w.end, w.page) for w in issue.waiting] == [(JumpEnd.TO, None)]
    assert body(issue.articles[0]).endswith(fold(marker))


@pytest.mark.parametrize(
    ("head", "edition", "section"),
    [
        ("A01 要闻", "A01", "要闻"),
        ("1版 要闻", "1", "要闻"),
        ("02·综合", "02", "综合"),
        ("第A03版：文体", "A03", "文体"),
        ("国际 04", "04", "国际"),
    ],
)
def test_a_page_head_of_number_and_name_is_read(head: str, edition: str, section: str) -> None:
    """A page's number beside its name is its 版次 and 版名, and stands in no article."""
    issue = issue_of(text_of([[head], before_of(FIRST)]))
    assert (issue.pages[0].edition, issue.pages[0].section) == (edition, section)
    assert [fold(a.title) for a in issue.articles if a.kind == "article"] == [fold(FIRST.title)]


def before_of(story: Story) -> list[str]:
    return [story.title, "", str(story.printed_byline), "", *body_lines(story)]


class Told:
    """A language model that knows two phrases, each far likelier than all else."""

    identity = "told"

    def log_probability(self, text: str, /) -> float:
        return -len(text) + 3.0 * ("缆绳解开" in text or "账本翻到" in text)


def test_a_language_model_tells_which_sentence_goes_on() -> None:
    """Two texts jump from one page to another and neither end has a headline: without a model both wait."""
    parts = [
        Part("boat", "1", "渡口的早晨", "天刚亮，老艄公就把缆绳", True, (), ("2",)),
        Part("shop", "1", "街角的杂货铺", "打烊以后，她又把账本", True, (), ("2",)),
        Part("turned", "2", None, "翻到了昨天那一页。", False, ("1",), ()),
        Part("untied", "2", None, "解开，等第一批赶集的人。", False, ("1",), ()),
    ]
    assert link(parts)[0] == []
    jumps, waiting = link(parts, Told())
    assert {j.start: j.end for j in jumps} == {"boat": "untied", "shop": "turned"}
    assert waiting == []


@pytest.mark.parametrize("rest", ["解开，等第一批赶集的人。", "翻到了昨天那一页。"])
def test_the_reason_tells_of_a_language_model_where_it_spoke_for_the_jump(rest: str) -> None:
    """A jump that it did not speak for, or that was made without one, tells nothing of it."""
    parts = [
        Part("boat", "1", None, "天刚亮，老艄公就把缆绳", True, (), ("2",)),
        Part("rest", "2", None, rest, False, ("1",), ()),
    ]
    told = "; a language model finds that the sentence reads on"
    reasons = [j.reason for model in (None, Told()) for j in link(parts, model)[0]]
    assert [told in reason for reason in reasons] == [False, rest.startswith("解开")]


def test_a_language_model_joins_nothing_that_no_marker_names() -> None:
    parts = [
        Part("boat", "1", None, "天刚亮，老艄公就把缆绳", True, (), ("3",)),
        Part("untied", "2", None, "解开，等第一批赶集的人。", False, ("1",), ()),
    ]
    assert link(parts, Told())[0] == []
