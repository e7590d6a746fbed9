"""Find and replace over a page, an issue or the batch: every place first, then the chosen ones in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from banmian.decisions.actions.type_text import Written
from banmian.decisions.asked import BY_HAND, Asked, Name, Refused, Text
from banmian.decisions.decision import Step, Wanted
from banmian.decisions.record import Request, Stale
from banmian.review.deciding import Answer, Deciding
from banmian.review.shelf import OpenIssue, Shelf
from banmian.store.workspace import Workspace
from cleanup.article import Article
from cleanup.edits.clean_text import Change
from layout.errors import UsageError

MOST: Final = 500
"""Places that are shown, and that are replaced, at a time."""

_BESIDE: Final = 14
"""Characters shown on each side of a found place."""

LONGEST_SOUGHT: Final = 200
"""Maximum number of characters of a text to be found."""

_CANDIDATES: Final = 2000
"""Articles of the batch that are looked through at a time."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A text to find, in all of the batch, in one issue, or on one page of it."""

    text: str
    issue: int | None = None
    page: int | None = None


class Spot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A found place: its issue and article, its offsets in the clean text, and what the article was made from."""

    issue: int
    article: Name
    start: Annotated[int, Meta(ge=0)]
    mark: Name


class Replacing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Places at which `was` is to be `text`."""

    was: Annotated[str, Meta(min_length=1, max_length=LONGEST_SOUGHT)]
    text: Text
    ticket: Name
    spots: Annotated[tuple[Spot, ...], Meta(min_length=1, max_length=MOST)]


class Unreplacing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was replaced under the ticket `of` in these issues is to be taken back."""

    of: Name
    ticket: Name
    issues: Annotated[tuple[int, ...], Meta(max_length=MOST)]


class Finding:
    """Finds and replaces in a workspace."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def found(self, sought: Sought) -> dict[str, Any]:
        """The places that hold the text exactly, the first of them, and whether there are more."""
        hits: list[dict[str, Any]] = []
        for held, article in self._articles(sought):
            for hit in _hits(held, article, sought):
                if len(hits) == MOST:
                    return {"hits": hits, "more": True}
                hits.append(hit)
        return {"hits": hits, "more": False}

    def pages(self, text: str) -> frozenset[tuple[str, int]]:
        """The pages, by issue and number, with the parts of articles in which all the words stand."""
        from banmian.search.search import SearchRequest as Words  # noqa: PLC0415 - it brings SQLite's full text
        from banmian.search.search import search  # noqa: PLC0415

        with Workspace.open(self._shelf.root, results=False) as workspace:
            try:
                hits = search(workspace, Words((text,), _CANDIDATES))
            except UsageError:  # marks alone are no word
                return frozenset()
        return frozenset((h.issue, place.page) for h in hits for m in h.matches for place in m.places)

    def replace(self, deciding: Deciding, body: bytes) -> Answer:
        """Replaces at the chosen places, all or none."""
        wish = msgspec.json.decode(body, type=Replacing)
        with self._shelf.lock:
            try:
                wanted = list(self._wanted(wish))
                revisions = {(w.issue, w.article): self._shelf.record.revision(w.issue, w.article) for w in wanted}
                made = self._shelf.record.add(wanted, Request(deciding.person, wish.ticket, revisions))
            except Refused as e:
                return Answer({"why": str(e)}, 422)
            except Stale as e:
                return Answer({"why": "stale", "name": e.article}, 409)
        return Answer({"decisions": [d.id for d in made], "places": len(wish.spots)})

    def take_back(self, deciding: Deciding, body: bytes) -> Answer:
        """Undoes what was replaced in one go, in every issue where the same person decided nothing since."""
        taken = msgspec.json.decode(body, type=Unreplacing)
        told = [deciding.step(n, Step.UNDO, f"{taken.ticket}-{n}", taken.of) for n in taken.issues]
        done = sum(a.granted for a in told)
        return Answer({"issues": done}) if done else Answer({"why": "nothing_to_undo"}, 422)

    def _wanted(self, wish: Replacing) -> Iterator[Wanted]:
        places: dict[tuple[int, str], list[int]] = {}
        for spot in wish.spots:
            held = self._shelf.issue(spot.issue)
            if held is None or held.mark != spot.mark:
                raise Refused("text_moved")
            places.setdefault((spot.issue, spot.article), []).append(spot.start)
        for (issue, name), starts in places.items():
            held = self._shelf.issue(issue)
            article = None if held is None else _article(held, name)
            if held is None or held.decided is None or article is None:
                raise Refused("no_such_article")
            end = len(wish.was)
            if any(article.clean.text[s : s + end] != wish.was for s in starts):
                raise Refused("text_moved")
            changes = [Change(s, s + end, wish.text, BY_HAND, 1.0) for s in sorted(set(starts))]
            asked = Asked(held.decided.issue, article)
            yield asked.want(Written(*asked.changed(changes)))

    def _articles(self, sought: Sought) -> Iterator[tuple[OpenIssue, Article]]:
        if sought.issue is not None:
            held = self._shelf.issue(sought.issue)
            articles = () if held is None or held.decided is None else held.decided.issue.articles
            for article in articles:
                if held is not None and (sought.page is None or sought.page in article.pages):
                    yield held, article
            return
        for name, articles_ in self._candidates(sought.text).items():
            held = self._shelf.issue(name)
            for id_ in articles_:
                known = None if held is None else _article(held, id_)
                if held is not None and known is not None:
                    yield held, known

    def _candidates(self, text: str) -> Mapping[int, list[str]]:
        """The articles of the batch that the index of `banmian search` finds, by issue."""
        from banmian.search.search import SearchRequest as Words  # noqa: PLC0415 - it brings SQLite's full text
        from banmian.search.search import search  # noqa: PLC0415

        numbers = {entry.name: number for number, entry in self._shelf.index.issues().items()}
        found: dict[int, list[str]] = {}
        with Workspace.open(self._shelf.root, results=False) as workspace:
            for hit in search(workspace, Words((f'"{text}"',), _CANDIDATES)):
                found.setdefault(numbers[hit.issue], []).append(hit.article)
        return found


def _article(held: OpenIssue, name: str) -> Article | None:
    articles = () if held.decided is None else held.decided.issue.articles
    return next((a for a in articles if a.id == name), None)


def _hits(held: OpenIssue, article: Article, sought: Sought) -> Iterator[dict[str, Any]]:
    clean, at = article.clean, 0
    while (start := clean.text.find(sought.text, at)) >= 0:
        at = end = start + len(sought.text)
        page, line = article.raw.keys[article.raw.line_at(clean.raw_offset(start))]
        if sought.page is not None and page != sought.page:
            continue
        yield {
            "spot": {"issue": held.entry.id, "article": article.id, "start": start, "mark": held.mark},
            "name": held.entry.name,
            "title": (article.title or "")[:40],
            "page": page,
            "line": line,
            "before": clean.text[max(0, start - _BESIDE) : start].replace("\n", " "),
            "behind": clean.text[end : end + _BESIDE].replace("\n", " "),
        }
