"""A region that is of another kind: a headline, an advert, a masthead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from banmian.decisions.action import ReviewAction, Wish
from banmian.decisions.asked import Name, Refused
from banmian.decisions.decision import Ground, StructuralBody
from cleanup.article import ArticleKind, Role
from layout.declaration import Words
from layout.page import RegionKind

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted
    from banmian.decisions.regrouping import Regrouping


ROLE_OF: Final = {
    RegionKind.HEADLINE: Role.TITLE,
    RegionKind.SUBHEAD: Role.SUBHEAD,
    RegionKind.BYLINE: Role.BYLINE,
    RegionKind.BODY: Role.BODY,
    RegionKind.CAPTION: Role.CAPTION,
    RegionKind.FOLIO: Role.FURNITURE,
    RegionKind.MASTHEAD: Role.FURNITURE,
    RegionKind.ADVERT: Role.BODY,
    RegionKind.TABLE: Role.BODY,
}
"""The role that a line takes when a person names its region's kind."""

_WHOLE: Final = {
    RegionKind.ADVERT: ArticleKind.ADVERT,
    RegionKind.TABLE: ArticleKind.TABLE,
    RegionKind.CAPTION: ArticleKind.CAPTION,
    RegionKind.FOLIO: ArticleKind.FURNITURE,
    RegionKind.MASTHEAD: ArticleKind.FURNITURE,
}
"""The kind of an article all of whose regions are of one kind; of all others it is an article."""


class Rekinded(StructuralBody, frozen=True, tag="rekinded"):
    """A region that is of another kind; its lines tell which."""

    lines: tuple[Ground, ...]
    kind: RegionKind

    def grounds(self) -> tuple[Ground, ...]:
        """The region's lines."""
        return self.lines

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Sets the kind of the lines' regions, their role, and that of an article that is all of one kind."""
        sources = make_up.find(self.lines)
        for region in {(s.page, s.region or "") for s in sources}:
            if region in make_up.regions:
                make_up.regions[region] = replace(make_up.regions[region], kind=self.kind.value)
        make_up.cast(sources, ROLE_OF.get(self.kind, Role.BODY))
        home = make_up.home(self.lines[0])
        found = [make_up.regions.get((s.page, s.region)) for s in home.lines if s.region]
        kinds = {region.kind for region in found if region is not None}
        if len(kinds) == 1:
            home.kind = _WHOLE.get(RegionKind(next(iter(kinds))), ArticleKind.ARTICLE)


class SetRegionKind(Wish, frozen=True, forbid_unknown_fields=True, tag="region"):
    """The region of this id is of this kind."""

    page: int
    region: Name
    kind: RegionKind

    def wanted(self, asked: Asked) -> list[Wanted]:
        """A decision about the region's lines in the article."""
        sources = [s for s in asked.article.lines if (s.page, s.region) == (self.page, self.region)]
        if not sources:
            raise Refused("no_such_line")
        return [asked.want(Rekinded(tuple(Ground.of(s) for s in sources), self.kind))]


ACTION = ReviewAction(
    name="region", wish=SetRegionKind, body=Rekinded, did=Words("changed a block's kind", "改区块类型")
)
