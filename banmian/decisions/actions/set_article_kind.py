"""An article that is an advert, a notice, furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banmian.decisions.action import ReviewAction, Wish
from banmian.decisions.decision import Ground, StructuralBody
from cleanup.article import ArticleKind
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted
    from banmian.decisions.regrouping import Regrouping


class ArticleKindSet(StructuralBody, frozen=True, tag="sorted"):
    """The kind of an article: an advert, a notice, furniture …."""

    anchor: Ground
    kind: ArticleKind

    def grounds(self) -> tuple[Ground, ...]:
        """A line of the article."""
        return (self.anchor,)

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Sets the article's kind."""
        draft = make_up.home(self.anchor)
        draft.kind, draft.touched = self.kind, True


class SetArticleKind(Wish, frozen=True, forbid_unknown_fields=True, tag="piece"):
    """The article is of this kind."""

    kind: ArticleKind

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision."""
        return [asked.want(ArticleKindSet(asked.first, self.kind))]


ACTION = ReviewAction(
    name="piece", wish=SetArticleKind, body=ArticleKindSet, did=Words("changed a piece's kind", "改整篇类型")
)
