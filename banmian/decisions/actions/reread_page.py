"""A page that was laid out and read anew."""

from __future__ import annotations

from banmian.decisions.action import DeskKey, ReviewAction, Subject
from banmian.decisions.decision import Body
from layout.declaration import Words
from layout.page import Page


class Reread(Body, frozen=True, tag="reread"):
    """A page as it was laid out and read anew, which takes the place of what a run made of it.

    `turned` is by how many degrees its person told that the print is turned clockwise on the scan.
    """

    page: Page
    turned: float = 0.0

    def pages(self) -> set[int]:
        """The page."""
        return {self.page.number}


ACTION = ReviewAction(
    name="reread",
    body=Reread,
    did=Words("had a page read again", "整版重新识别"),
    keys=(
        DeskKey(
            "reread_page",
            "T",
            Words("read the whole page again; turn it, correct the skew", "整版重新识别；转正、校斜"),
            Subject.SCAN,
            21,
        ),
    ),
)
