"""All changes of one pass in an article, accepted or refused at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banmian.decisions.action import ReviewAction, Wish
from banmian.decisions.actions.judge import Judged, judged, standing_of
from cleanup.edits.edit import Pass
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted


class JudgePass(Wish, frozen=True, forbid_unknown_fields=True, tag="pass"):
    """All that a pass changed or proposed in the article is right, or wrong."""

    by: Pass
    accept: bool

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision about all of its edits."""
        return [judged(asked, [e.edit for e in asked.article.ledger if e.edit.by is self.by], accept=self.accept)]

    def stands(self, then: Asked, now: Asked) -> bool | None:
        """Whether the pass has the edits that were seen, as they were."""
        mine = {e.edit.id for a in (then, now) for e in a.article.ledger if e.edit.by is self.by}
        return all(standing_of(then.article, e) == standing_of(now.article, e) for e in mine)


ACTION = ReviewAction(name="pass", wish=JudgePass, body=Judged, did=Words("judged a change", "取舍修改"))
