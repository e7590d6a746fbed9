"""From a browser's call to a recorded decision: the article as it stands, the revision that was seen, the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from banmian.review.decision import STRUCTURAL, Decision, Step
from banmian.review.record import Request, Stale, Wanted
from banmian.review.shelf import OpenIssue, Shelf
from banmian.review.view import article_view, outline
from banmian.review.wish import Asked, Name, Refused, Wish
from cleanup.article import Article


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a browser sends: a wish about an article, the revision that its person sees, and a ticket."""

    issue: int
    article: Name
    revision: int
    ticket: Name
    wish: Wish
    others: dict[str, int] = {}
    """Revisions of other articles that the wish touches."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back, as an object and a status."""

    told: dict[str, Any]
    status: int = 200


@dataclass(frozen=True, slots=True)
class Deciding:
    """Decides in a person's name."""

    shelf: Shelf
    person: str

    def decide(self, call: Call) -> Answer:
        """Records what the wish comes to. 409 with the article as it stands where someone was faster."""
        with self.shelf.lock:
            held = self.shelf.issue(call.issue)
            article = None if held is None else _article(held, call.article)
            if held is None or (article is None and call.article):
                return Answer({"why": "no_such_article"}, 404)
            now = self.shelf.record.revision(held.entry.name, call.article)
            if article is not None and now != call.revision:
                return self._known(held, call) or self._stale(held, call.article, now)
            try:
                wanted = Asked(_issue(held), article or Article("")).wanted(call.wish)
            except Refused as e:
                return Answer({"why": str(e)}, 422)
            return self._recorded(held, wanted, call)

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
        names = {d.article for d in made}
        views = [article_view(held, a, revisions.get(a.id, 0)) for a in _issue(held).articles if a.id in names]
        structural = any(isinstance(d.body, STRUCTURAL) for d in made)
        told: dict[str, Any] = {"decisions": [d.id for d in made], "articles": views, "structural": structural}
        told["last"] = self.shelf.record.last()
        if structural:
            told["outline"] = outline(held, revisions)
        return Answer(told)

    def _stale(self, held: OpenIssue, name: str, revision: int) -> Answer:
        article = _article(held, name)
        view = None if article is None else article_view(held, article, revision)
        return Answer({"why": "stale", "article": view, "revision": revision, "name": name}, 409)


def _issue(held: OpenIssue) -> Any:
    assert held.decided is not None
    return held.decided.issue


def _article(held: OpenIssue, name: str) -> Article | None:
    return next((a for a in _issue(held).articles if a.id == name), None)
