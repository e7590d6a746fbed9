"""Changes of the passes, accepted or refused by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banmian.decisions.action import DeskKey, ReviewAction, Subject, Wish
from banmian.decisions.asked import Name, Refused
from banmian.decisions.decision import Anchored, ArticleText, Decision, Ground, TextBody
from cleanup.edits.ledger import Standing
from layout.declaration import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted
    from cleanup.article import Article
    from cleanup.edits.edit import Edit


class Judged(TextBody, frozen=True, tag="judged"):
    """Edits of the passes, accepted or refused."""

    edits: tuple[Anchored, ...]
    accepted: bool

    def grounds(self) -> tuple[Ground, ...]:
        """The lines of all edits."""
        return tuple(g for e in self.edits for g in e.grounds)

    def told(self) -> tuple[str, str]:
        """The first edit, and how many there are."""
        return edits_told(self.edits) if self.accepted else edits_told((), self.edits)

    def outdated(self, now: str | None) -> tuple[Ground, str, str, str | None]:
        """The first edit."""
        return self.edits[0].grounds[0], self.edits[0].before, self.edits[0].after, now

    def tell(self, article: ArticleText, decision: Decision) -> None:
        """Gives the edits their standing."""
        article.decide(decision, self.edits, Standing.ACCEPTED if self.accepted else Standing.REFUSED)


class JudgeEdits(Wish, frozen=True, forbid_unknown_fields=True, tag="judge"):
    """The edits of these ids are right, or wrong."""

    edits: tuple[Name, ...]
    accept: bool

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision about all of them."""
        return [judged(asked, [asked.edit(e) for e in self.edits], accept=self.accept)]

    def stands(self, then: Asked, now: Asked) -> bool | None:
        """Whether each edit has the standing that was seen."""
        return all(standing_of(then.article, e) == standing_of(now.article, e) for e in self.edits)


def judged(asked: Asked, edits: Sequence[Edit], *, accept: bool) -> Wanted:
    """The decision about edits; Refused where there is none."""
    if not edits:
        raise Refused("no_such_edit")
    return asked.want(Judged(tuple(asked.anchored(e) for e in edits), accept))


def standing_of(article: Article, edit: str) -> Standing | None:
    """How an edit stands in an article; None where it is not there."""
    return article.ledger[edit].standing if edit in article.ledger else None


def edits_told(edits: Sequence[Anchored], refused: Sequence[Anchored] = ()) -> tuple[str, str]:
    """The first change for the eye, and how many there are; what is refused goes back to what it was."""
    changes = [*((e.before, e.after) for e in edits), *((e.after, e.before) for e in refused)]
    more = f" … ×{len(changes)}" if len(changes) > 1 else ""
    return changes[0][0][:40], changes[0][1][:40] + more


ACTION = ReviewAction(
    name="judge",
    wish=JudgeEdits,
    body=Judged,
    did=Words("judged a change", "取舍修改"),
    keys=(
        DeskKey(
            "accept", "a Enter", Words("accept; the reading is right", "接受；读得对"), Subject.TEXT, 10, shown="a ⏎"
        ),
        DeskKey("refuse", "r", Words("refuse", "否决"), Subject.TEXT, 11),
    ),
)
