"""What all routes work with: the house of the review, and how they take requests apart and answer them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from banmian.decisions.team import Presence
from banmian.review.attempts import Attempts
from banmian.review.batchview import Batch
from banmian.review.finding import Finding
from banmian.review.glyphgrid import Grid
from banmian.review.guard import Door, Sessions
from banmian.review.pagereading import PageReadings
from banmian.review.rereading import ReadingWorker
from banmian.review.shelf import OpenIssue, Shelf
from banmian.review.tiles import Tiles
from banmian.review.words import chosen_language, words_of
from banmian.store.entries import PageEntry

_LONGEST_NAME: Final = 40
"""Maximum number of characters of a person's name."""

_DIGITS: Final = 9
"""Maximum number of digits of a number in an address: as many as 32 bits hold."""

SMALLEST: Final = 6
"""Minimum side of a part that can be read again, in pixels of the scan."""


@dataclass(frozen=True, slots=True)
class House:
    """What the routes work with."""

    shelf: Shelf
    batch: Batch
    tiles: Tiles
    grid: Grid
    finding: Finding
    worker: ReadingWorker
    readings: PageReadings
    sessions: Sessions
    cookie: str
    pages: Environment
    door: Door
    secret: bytes
    """The secret by which a page knows this server again."""
    attempts: Attempts = field(default_factory=Attempts)
    presence: Presence = field(default_factory=Presence)

    def people(self) -> list[str]:
        """The names that are known: of those who decided, who have entered, and to whom pages were given."""
        given = {r.assigned for r in self.batch.reviews().values()}
        return sorted({*self.shelf.record.people(), *self.sessions.names(), *given} - {""})


def house_of(request: Request) -> House:
    """What the routes work with."""
    house: House = request.app.state.house
    return house


def place_of(request: Request, *, issue: bool = True) -> tuple[House, PageEntry, OpenIssue | None]:
    """The page of the request, and its issue where that is wanted; 404 where there is none."""
    house = house_of(request)
    number = request.path_params["issue"]
    entry = house.shelf.page_entry(number, request.path_params["page"])
    if entry is None:
        raise HTTPException(404)
    return house, entry, house.shelf.issue(number) if issue else None


def locked(request: Request, work: Callable[[], Any]) -> Any:
    """What the work gives while nobody else has the shelf."""
    with house_of(request).shelf.lock:
        return work()


def named_article(held: OpenIssue, name: str) -> Any:
    """An article of an open issue by its id."""
    articles = () if held.decided is None else held.decided.issue.articles
    return next((a for a in articles if a.id == name), None)


def number_of(text: str) -> int:
    """A number of a query; 400 where it is none."""
    if not text.isdecimal() or len(text) > _DIGITS:
        raise HTTPException(400)
    return int(text)


def as_json(value: object, status: int = 200) -> Response:
    """An answer as JSON."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def language_of(request: Request) -> str:
    """The language of the interface for this browser."""
    return chosen_language(request.cookies.get("banmian-language"), request.headers.get("accept-language", ""))


def rendered(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A template with what all of them need."""
    house = house_of(request)
    language = language_of(request)
    person = house.sessions.name(request.state.key)
    text = house.pages.get_template(template).render(
        language=language,
        w=words_of(language),
        person=person,
        path=request.url.path,
        root=house.shelf.root.name,
        secret=house.secret.hex() if person else "",
        renames=house.sessions.password is None,
        **values,
    )
    return HTMLResponse(text, status)


def clean_name(name: str) -> str:
    """A person's name as it is kept."""
    return " ".join("".join(c for c in name if c.isprintable()).split())[:_LONGEST_NAME]


async def form_of(request: Request, most: int = 20) -> dict[str, str]:
    """The fields of a plain form; the last of each name."""
    from urllib.parse import parse_qsl  # noqa: PLC0415

    body = (await request.body()).decode("utf-8", "replace")
    return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=most))
