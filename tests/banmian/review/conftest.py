"""One Chromium for all tests of the review, each with a context of its own; pages in the articles they are told in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.banmian.review.serving import chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session", autouse=True)
def grouped_as_told() -> Iterator[None]:
    """Keep the articles that a told page has: how they are found, by weights that are fitted, is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleanup.assemble.regrouped", lambda page: page)
        yield
