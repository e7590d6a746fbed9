"""Metadata edited at the desk, and the batch filtered by all titles and by the text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from banmian.archive.content.metadata import with_values
from banmian.archive.formats import Format
from banmian.review.describing import NotDescribed, describe, save
from layout.page import RegionKind
from tests.banmian.review.serving import Server, entered, serving, until
from tests.banmian.review.test_decided import FIRST, Desk
from tests.banmian.review.test_repair import exported
from tests.banmian.review.workspaces import Told, Trial, made

OTHER = (Told("渡口灯火", kind=RegionKind.HEADLINE), Told("　　船工把缆绳收好，灯还亮着，桥上无人。"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(made(tmp_path, {"报": [FIRST], "晚报": [OTHER]}))


def seen(desk: Desk) -> dict[str, str]:
    found = describe(desk.shelf, 1)
    assert found is not None
    return {level.name: level.digest for level in found.levels}


def test_values_are_written_to_the_files_used_by_exports_and_noted(desk: Desk, tmp_path: Path) -> None:
    """The issue's before the batch's; comments stay; who changed what, and what stood there, is told."""
    scans = desk.trial.root / "scans"
    (scans / "metadata.toml").write_text('# 由馆员填写\nplace = "澄州"\npublisher = "晚报社"\n')
    values = {"issue": {"place": "云门", "language": "zh-Hant"}, "batch": {"place": "澄州", "publisher": "晚报总社"}}
    assert save(desk.shelf, 1, values, seen(desk), "白露") == 3
    assert (scans / "metadata.toml").read_text() == '# 由馆员填写\nplace = "澄州"\npublisher = "晚报总社"\n'
    assert tomllib.loads((scans / "报" / "metadata.toml").read_text()) == {"place": "云门", "language": "zh-Hant"}
    found = describe(desk.shelf, 1)
    assert found is not None
    assert (found.effective.place, found.effective.publisher) == ("云门", "晚报总社")
    assert [level.issues for level in found.levels] == [1, 2]
    assert {(c.key, c.before, c.after, c.person) for c in found.history} == {
        ("place", "", "云门", "白露"), ("language", "", "zh-Hant", "白露"), ("publisher", "晚报社", "晚报总社", "白露"),
    }  # fmt: skip
    assert "晚报总社" in exported(desk.trial, Format.TEI, tmp_path / "tei")
    assert save(desk.shelf, 1, values, seen(desk), "白露") == 0


@pytest.mark.parametrize(
    ("values", "why", "keys"),
    [
        ({"date": "去年"}, "metadata_wrong", ("issue.date",)),
        ({"issn": "12", "language": "中文"}, "metadata_wrong", ("issue.issn", "issue.language")),
        ({"base": "archive.example"}, "metadata_wrong", ("issue.base",)),
        ({"place": "长" * 501}, "metadata_wrong", ("issue.place",)),
    ],
)
def test_what_no_export_could_use_is_refused(
    desk: Desk, values: dict[str, str], why: str, keys: tuple[str, ...]
) -> None:
    """Nothing is written then, and the keys are named."""
    with pytest.raises(NotDescribed, match=why) as e:
        save(desk.shelf, 1, {"issue": values}, seen(desk), "白露")
    assert e.value.keys == keys
    assert not (desk.trial.root / "scans" / "报" / "metadata.toml").exists()


def test_a_damaged_file_and_one_that_was_changed_meanwhile_stay_as_they_are(desk: Desk) -> None:
    """What an archivist wrote is not written over unseen."""
    file = desk.trial.root / "scans" / "报" / "metadata.toml"
    before = seen(desk)
    file.write_text('place = "云门"\n')
    with pytest.raises(NotDescribed, match="metadata_stale"):
        save(desk.shelf, 1, {"issue": {"place": "澄州"}}, before, "白露")
    file.write_text("place = 云门\n")
    with pytest.raises(NotDescribed, match="metadata_damaged"):
        save(desk.shelf, 1, {"issue": {"place": "澄州"}}, seen(desk), "白露")
    assert file.read_text() == "place = 云门\n"


def test_every_value_is_read_back_as_it_was_told() -> None:
    """Quotes, backslashes and hanzi outside of the first plane; a value over several lines comes to stand on one."""
    values = {"rights": 'a "b" \\ c', "newspaper": "𠮶报", "place": "x"}
    text = with_values('# head\nplace = """\nold\nplace"""\n\n', values)
    assert tomllib.loads(text) == values
    assert text.startswith("# head\n")
    assert tomllib.loads(with_values(text, {"place": ""})) == {}


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return made(tmp_path_factory.mktemp("described"), {"报": [FIRST], "晚报": [OTHER]})


@pytest.fixture(scope="module")
def server(trial: Trial) -> Iterator[Server]:
    with serving(trial.work) as server:
        yield server


@pytest.fixture(scope="module")
def tab(browser: Browser, server: Server) -> Page:
    return entered(browser, server)


@pytest.mark.parametrize("words", [("zh", "已保存", "导出为"), ("en", "Saved", "In exports")])
def test_metadata_is_edited_with_the_keyboard(
    tab: Page, server: Server, trial: Trial, words: tuple[str, str, str]
) -> None:
    """From the batch by its link; a wrong value stays in its field with the reason; then it is saved and told."""
    language, saved, printed = words
    tab.goto(f"{server.base}/language/{language}?back=/metadata/1")
    assert printed in tab.inner_text("thead")
    place = f"澄州{language}"
    tab.fill("input[name='issue.date']", "昨天")
    tab.fill("input[name='batch.place']", place)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("[role=alert]")
    assert tab.input_value("input[name='issue.date']") == "昨天"
    assert tab.get_attribute("input[name='issue.date']", "aria-invalid") == "true"
    tab.fill("input[name='issue.date']", "2019-11-06")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(f"p[role=status]:has-text('{saved}')")
    assert tomllib.loads((trial.root / "scans" / "metadata.toml").read_text())["place"] == place
    assert place in tab.inner_text("main")
    assert tab.errors == []  # type: ignore[attr-defined]


def test_the_batch_is_filtered_by_every_title_and_by_the_text(tab: Page, server: Server) -> None:
    """A small title finds its page as the large one does; the full text finds what no title has."""
    tab.goto(f"{server.base}/")
    tab.wait_for_selector("body[data-ready]")
    cards = "[...document.querySelectorAll('.card')].map(c => c.getAttribute('href')).join()"
    until(tab, f"{cards} === '/page/1/1,/page/2/1'")
    until(tab, "!document.getElementById('cards').textContent.includes('p1.png')")
    tab.fill("#words", "渡口")
    until(tab, f"{cards} === '/page/2/1'")
    tab.fill("#words", "缆绳")
    until(tab, f"{cards} === ''")
    tab.click("#within")
    until(tab, f"{cards} === '/page/2/1'")
    tab.fill("#words", "雨水")
    until(tab, f"{cards} === '/page/1/1'")
    tab.click("#within")
    until(tab, f"{cards} === ''")
    assert tab.errors == []  # type: ignore[attr-defined]


def test_a_form_of_another_page_or_without_a_key_changes_nothing(server: Server, trial: Trial) -> None:
    """As with every change: the right origin, and one who has entered."""
    form = {"issue.place": "别处", "issue.seen": ""}
    assert httpx.post(f"{server.base}/metadata/1", data=form).status_code == 401
    foreign = httpx.post(f"{server.base}/metadata/1", data=form, headers={"origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert "别处" not in "".join(f.read_text() for f in (trial.root / "scans").rglob("metadata.toml"))
