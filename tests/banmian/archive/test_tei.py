"""TEI: valid, and from it the text as recognized and the clean text come back, edit by edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hypothesis import given
from lxml import etree

from banmian.archive.check import check
from banmian.archive.content.corrected_page import corrected_page_of
from banmian.archive.content.xml_text import xml_text
from banmian.archive.text.text import article_text
from banmian.archive.xml import tei
from banmian.archive.xml.tei_text import NAMESPACE, blocks, person_id
from cleanup.article import Article, ArticleKind, Issue, Role, SourceLine
from cleanup.clean import clean
from cleanup.edits.edit import LINE_BREAK
from tests.banmian.archive.issues import MADE, Desk, line, page
from tests.banmian.archive.standards import jing
from tests.banmian.archive.stories import PERSON, edited, story

T = f"{{{NAMESPACE}}}"


def _text(element: etree._Element, left_out: str) -> str:
    """The text of the element, a line break for each lb, without the readings of this kind."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != T + left_out:
            parts += [LINE_BREAK] if child.tag == f"{T}lb" else [_text(child, left_out)]
        parts.append(child.tail or "")
    return "".join(parts)


def _clean(block: etree._Element) -> str:
    return _text(block, "orig").replace(LINE_BREAK, "")


def _rows(text: str) -> Iterator[str]:
    return (row for row in xml_text(text).split(LINE_BREAK) if row)


@given(edited())
def test_each_choice_can_be_read_either_way(article: Article) -> None:
    """With orig the text as recognized comes back, with reg the clean text, block for block, whatever was edited."""
    made = blocks(article, {1, 2})
    assert "".join(_text(b, "reg") for b in made) == LINE_BREAK + xml_text(article.raw.text).removesuffix(LINE_BREAK)
    assert [t for b in made if (t := _clean(b))] == list(_rows(article.clean.text))


@given(edited())
def test_each_edit_in_force_names_who_is_responsible(article: Article) -> None:
    """As many edits as there are choices with an orig, or more where one sets a line break; each with its pass."""
    made = blocks(article, {1})
    named = {
        r.get("resp", "").split()[0].rsplit(".", 1)[-1].replace("_5f_", "_") for b in made for r in b.iter(f"{T}reg")
    }
    assert named == {edit.by.value for _, _, edit in article.clean.resolution.applied}


def test_an_issue_is_valid_and_leads_to_its_places(tmp_path: Path) -> None:
    """A jump, edits by passes and a person, odd characters, a page without text: valid for jing, nothing dangles."""
    holding = story(Desk(tmp_path))
    tei.write(holding, tmp_path / "out")
    file = tmp_path / "out" / holding.folder / "tei.xml"
    assert check(tmp_path / "out") == []
    root = etree.parse(file).getroot()
    lines = {n.get("facs") for n in root.iter(f"{T}lb")}
    assert len(lines) == sum(len(a.lines) for a in holding.issue.articles)
    assert [n.text for n in root.iter(f"{T}persName")] == [PERSON]
    assert f"#{person_id(PERSON)}" in {r for e in root.iter(f"{T}reg") for r in e.get("resp", "").split()}
    assert jing([file]) == ""


def test_a_table_has_rows_and_cells(tmp_path: Path) -> None:
    """A cell for each piece between two tabs, the text as recognized comes back, jing finds it valid."""
    cells = [("菜价", 40, 40), ("品种", 40, 100), ("今日", 240, 100), ("昨日", 440, 100), ("土豆", 40, 160)]
    cells += [("2.1", 240, 162), ("2.0", 440, 158)]
    lines = [line(f"c{n}", text, (x, y)) for n, (text, x, y) in enumerate(cells)]
    sources = tuple(SourceLine(1, n, Role.BODY, "r1") for n in lines)
    table = clean(Article("p1-01", "澄州", kind=ArticleKind.TABLE, lines=sources))
    (made,) = blocks(table, {1})
    head, *entries = made
    rows = [[_clean(cell) for cell in row] for row in entries]
    assert (head.tag, _clean(head)) == (f"{T}head", "菜价")
    assert rows == [["品种", "今日", "昨日"], ["土豆", "2.1", "2.0"]]
    assert (made.get("rows"), made.get("cols")) == ("2", "3")
    assert _text(made, "reg") == LINE_BREAK + table.raw.text.removesuffix(LINE_BREAK)
    assert article_text(table) == "菜价\n品种\t今日\t昨日\n土豆\t2.1\t2.0\n"
    holding = Desk(tmp_path).holding([page(1, lines)], [table], "table")
    tei.write(holding, tmp_path / "out")
    assert jing([tmp_path / "out/table/tei.xml"]) == ""
    corrected = corrected_page_of(page(1, lines), holding.issue, MADE)
    assert [corrected.text(n) for n in lines] == [text for text, _, _ in cells]


def test_an_issue_without_articles_is_valid(tmp_path: Path) -> None:
    """A body is never empty."""
    holding = Desk(tmp_path).holding([], [], "empty")
    assert holding.issue == Issue("empty")
    tei.write(holding, tmp_path / "out")
    assert jing([tmp_path / "out/empty/tei.xml"]) == ""
