"""The way from a browser's call to a recorded decision: the article as it is, the revision seen, the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import msgspec

from banmian.decisions.action import PageWish
from banmian.decisions.asked import Asked, Name, Refused
from banmian.decisions.decision import Decision, Step, StructuralBody, Wanted
from banmian.decisions.record import Request, Stale
from banmian.decisions.registry import AnyWish
from banmian.decisions.regrouping import name_of_new
from banmian.decisions.team import PageReview, reviews_of
from banmian.review.rebase import Conflict, Since, Stretch
from banmian.review.shelf import OpenIssue, Shelf
from banmian.review.view import article_view, outline
from cleanup.article import Article


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a browser sends: a wish about an article, the revision that its person sees, and a ticket."""

    issue: int
    article: Name
    revision: int
    ticket: Name
    wish: AnyWish
    others: dict[str, int] = {}
    """Revisions of other articles that the wish touches."""
    mark: Name = ""
    """What the article that the person sees was made from; without it the whole article must be as it was seen."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back, as an object and a status."""

    told: dict[str, Any]
    status: int = HTTPStatus.OK

    @property
    def granted(self) -> bool:
        """Whether what was asked for was done."""
        return self.status == HTTPStatus.OK


@dataclass(frozen=True, slots=True)
class Deciding:
    """Decides in a person's name."""

    shelf: Shelf
    person: str

    def decide(self, call: Call) -> Answer:
        """Records what the wish comes to. 409 with the place as it stands where someone was faster there."""
        with self.shelf.lock:
            held = self.shelf.issue(call.issue)
            article = None if held is None else _article(held, call.article)
            if held is None or (article is None and call.article and not call.mark):
                return Answer({"why": "no_such_article"}, 404)
            now = self.shelf.record.revision(held.entry.name, call.article)
            try:
                if call.article and (article is None or now != call.revision):
                    brought = self._brought_up(held, call, now)
                    if isinstance(brought, Answer):
                        return brought
                    article, call = brought
                self._check_team(held, call.wish)
                wanted = call.wish.wanted(Asked(_issue(held), article or Article("")))
            except Conflict as e:
                return self._in_conflict(held, call, now, e)
            except Refused as e:
                return Answer({"why": str(e)}, 422)
            return self._recorded(held, wanted, call)

    def _brought_up(self, held: OpenIssue, call: Call, now: int) -> Answer | tuple[Article, Call]:
        """The article and the call as if made on what stands now; an answer where it is done already, or cannot be."""
        if (known := self._known(held, call)) is not None:
            return known
        since = self._since(held, call)
        if since is None:
            return self._stale(held, call.article, now)
        article, wish = since.rebased(call.wish)
        return article, self._renewed(held, article, msgspec.structs.replace(call, wish=wish))

    def _in_conflict(self, held: OpenIssue, call: Call, now: int, conflict: Conflict) -> Answer:
        """The answer where another's change is in the same place, or is the same."""
        if conflict.place is not None and call.wish.is_done(conflict.place.text):
            return self._unchanged(held, conflict.article)
        name = conflict.article.id if conflict.article else call.article
        return self._stale(held, name, now, conflict.place)

    def _check_team(self, held: OpenIssue, wish: AnyWish) -> None:
        """Raises Refused for a mark that this person cannot make, and for a comment that is not there."""
        if isinstance(wish, PageWish):
            review = reviews_of(self.shelf.record.decisions(held.entry.name)).get(wish.page, PageReview())
            if (why := wish.refusal(review, self.person)) is not None:
                raise Refused(why)

    def _since(self, held: OpenIssue, call: Call) -> Since | None:
        """The article as the person saw it, and what was decided since; None where that cannot be told."""
        number = held.number_of(call.mark)
        if number is None:
            return None
        name = held.entry.name
        past = held.as_of(number, self.shelf.record)
        then = next((a for a in past.articles if a.id == call.article), None)
        later = tuple(d for d in self.shelf.record.decisions(name) if d.id > number and d.undone is None)
        return None if then is None else Since(then, _issue(held), later)

    def _renewed(self, held: OpenIssue, article: Article, call: Call) -> Call:
        """The call as if it had been made on what stands now."""
        revisions = self.shelf.record.revisions(held.entry.name)
        others = {name: revisions.get(name, 0) for name in call.others}
        revision = revisions.get(article.id, 0)
        return msgspec.structs.replace(call, article=article.id, revision=revision, others=others)

    def _recorded(self, held: OpenIssue, wanted: Sequence[Wanted], call: Call) -> Answer:
        name = held.entry.name
        seen = {(name, a): n for a, n in {**call.others, call.article: call.revision}.items()}
        try:
            made = self.shelf.record.add(wanted, Request(self.person, call.ticket, seen))
        except Stale as e:
            return self._stale(held, e.article, e.revision)
        return self.after(call.issue, made)

    def _known(self, held: OpenIssue, call: Call) -> Answer | None:
        """The answer to a call that was sent twice: it is not stale, it is done."""
        known = self.shelf.record.of_ticket(call.ticket)
        return self.after(call.issue, known) if known else None

    def step(self, issue: int, step: Step, ticket: str, only: str | None = None) -> Answer:
        """Undoes or does again what the person did last in the issue; with `only`, if that was under this ticket."""
        with self.shelf.lock:
            held = self.shelf.issue(issue)
            if held is None:
                return Answer({"why": "no_such_article"}, 404)
            made = self.shelf.record.step(held.entry.name, step, Request(self.person, ticket[:200], {}), only)
            if not made:
                return Answer({"why": f"nothing_to_{step.value}"}, 422)
            return self.after(issue, made)

    def after(self, issue: int, made: Sequence[Decision]) -> Answer:
        """The articles as they are now that something was decided."""
        held = self.shelf.issue(issue)
        if held is None:
            return Answer({"why": "no_such_article"}, 404)
        revisions = self.shelf.record.revisions(held.entry.name)
        names = {d.article for d in made} | {name_of_new(d.id) for d in made}
        views = [article_view(held, a, revisions.get(a.id, 0)) for a in _issue(held).articles if a.id in names]
        structural = any(isinstance(d.body, StructuralBody) for d in made)
        told: dict[str, Any] = {"decisions": [d.id for d in made], "articles": views, "structural": structural}
        told["last"] = self.shelf.record.last()
        if structural:
            told["outline"] = outline(held, revisions)
        return Answer(told)

    def _unchanged(self, held: OpenIssue, article: Article | None) -> Answer:
        """The answer where someone else has made the same change already."""
        assert article is not None
        view = article_view(held, article, self.shelf.record.revision(held.entry.name, article.id))
        return Answer({"decisions": [], "articles": [view], "structural": False, "last": self.shelf.record.last()})

    def _stale(self, held: OpenIssue, name: str, revision: int, place: Stretch | None = None) -> Answer:
        article = _article(held, name)
        revision = self.shelf.record.revision(held.entry.name, name) if article is not None else revision
        view = None if article is None else article_view(held, article, revision)
        told: dict[str, Any] = {"why": "stale", "article": view, "revision": revision, "name": name}
        told["place"] = None if place is None else {"start": place.start, "end": place.end, "text": place.text}
        return Answer(told, 409)


def _issue(held: OpenIssue) -> Any:
    assert held.decided is not None
    return held.decided.issue


def _article(held: OpenIssue, name: str) -> Article | None:
    return next((a for a in _issue(held).articles if a.id == name), None)
