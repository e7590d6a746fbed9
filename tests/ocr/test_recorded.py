"""A recording gives back what was read, and only that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.errors import PageFailed, UsageError
from layout.page import Line, Page
from ocr.choose import engine_named
from ocr.recorded import RecordedEngine
from ocr.setup.engine_registry import EngineName
from tests.ocr.prints import bare, page_of

SHEET = bare(40, 40)
TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=6)


def read_page(texts: list[str]) -> Page:
    return page_of([Line(f"r1l{i}", text=t) for i, t in enumerate(texts)], SHEET)


def blank(page: Page) -> Page:
    return page.with_lines({n.id: replace(n, text="") for n in page.lines})


@given(TEXTS)
def test_a_recording_replays_what_was_read(texts: list[str]) -> None:
    """A page that is replayed has the texts of the page that was recorded, and is otherwise as it was."""
    page = read_page(texts)
    engine = RecordedEngine.of_pages([page])
    again = engine.read(blank(page), SHEET)
    assert again == replace(page, reader=engine.identity)


@given(TEXTS)
def test_a_recording_in_a_file_is_the_same(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """A recording written to a file and taken from it reads alike and is called alike."""
    page = read_page(texts)
    engine = RecordedEngine.of_pages([page])
    file: Path = tmp_path_factory.mktemp("record") / "texts.json"
    engine.to_file(file)
    again = RecordedEngine.from_file(file)
    assert again.identity == engine.identity
    assert again.read(blank(page), SHEET) == engine.read(blank(page), SHEET)


def test_pages_of_one_file_are_told_apart() -> None:
    """Lines of the same id on two frames of one scan keep their own texts."""
    first, second = read_page(["甲"]), replace(read_page(["乙"]), frame=1)
    engine = RecordedEngine.of_pages([first, second])
    assert [n.text for p in (first, second) for n in engine.read(blank(p), SHEET).lines] == ["甲", "乙"]


def test_a_line_that_was_never_recorded_fails_its_page() -> None:
    """A line without a record fails the page by name, and is not taken for an empty one."""
    with pytest.raises(PageFailed, match=r"evening/page-2\.png.*r1l1") as caught:
        RecordedEngine.of_pages([read_page(["甲"])]).read(read_page(["甲", "乙"]), SHEET)
    assert caught.value.remedy


def test_an_unknown_reader_is_a_usage_error() -> None:
    """A name that stands for no reader is refused with those that do."""
    with pytest.raises(UsageError, match="no reader called 'abbyy'") as caught:
        engine_named("abbyy")
    assert all(name in caught.value.remedy for name in EngineName)
