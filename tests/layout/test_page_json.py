"""A Page on disk: versioned, loss-free, and refused with a remedy when it is foreign or damaged."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.errors import WorkspaceUnusable
from layout.page import SCHEMA, Line, Page, Region, RegionKind, page_from_json, page_to_json
from tests.layout.strategies import pages, patient

PAGE = Page(2, "issue/page2.jpg", regions=(Region("r1", RegionKind.BODY, lines=(Line("r1l1", text="澄州"),)),))


@patient
@given(pages)
def test_a_page_written_and_read_back_is_equal(page: Page) -> None:
    """JSON loses nothing: rare hanzi, vertical lines, lines without a place, what a second reader saw, decisions."""
    data = page_to_json(page)
    assert page_from_json(data) == page
    assert page_to_json(page_from_json(data)) == data


@patient
@given(pages)
def test_a_page_is_one_line_of_utf8(page: Page) -> None:
    """The file is UTF-8 and holds no raw line end, so that a folder of pages can be joined into one stream."""
    assert "\n" not in page_to_json(page).decode("utf-8")


@patient
@given(st.integers().filter(lambda n: n != SCHEMA))
def test_another_version_is_refused(schema: int) -> None:
    """A page of a form that is not ours is no page: the error names the file, both forms, and what to do."""
    document = json.loads(page_to_json(PAGE)) | {"schema": schema}
    with pytest.raises(WorkspaceUnusable) as refused:
        page_from_json(json.dumps(document).encode(), "work/page2.json")
    assert "work/page2.json" in refused.value.met
    assert str(schema) in refused.value.met
    assert refused.value.remedy


@patient
@given(st.integers(0, len(page_to_json(PAGE)) - 1))
def test_a_page_cut_short_is_refused(end: int) -> None:
    """However a half-written file ends, it is an error that names the file, never a shorter page."""
    with pytest.raises(WorkspaceUnusable, match=r"work/page2\.json"):
        page_from_json(page_to_json(PAGE)[:end], "work/page2.json")


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"null", b'{"schema": 1}', b"\xff\xfe", b'{"schema":"1","page":{}}']
)
def test_what_is_no_page_is_refused(data: bytes) -> None:
    """Other JSON, and what is no JSON, is refused with the same error class."""
    with pytest.raises(WorkspaceUnusable):
        page_from_json(data)


@patient
@given(pages)
def test_lines_are_put_in_place_by_id(page: Page) -> None:
    """`with_lines` changes the lines that it names, and leaves every other, their number and their order."""
    named = {n.id: replace(n, text=n.text + "读") for n in list(page.lines)[::2]}
    after = page.with_lines(named)
    assert [n.id for n in after.lines] == [n.id for n in page.lines]
    assert all(
        new == named.get(old.id, old) or new.id in named for new, old in zip(after.lines, page.lines, strict=True)
    )
    assert replace(after, regions=page.regions) == page
