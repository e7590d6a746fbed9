"""What there is: the batch, pages, articles; and what happens while one looks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from banmian.decisions.team import PageReview
from banmian.review.batchview import SORTS, Look, Stage
from banmian.review.routes.house import (
    as_json,
    house_of,
    locked,
    named_article,
    number_of,
    place_of,
)
from banmian.review.sampling import rate
from banmian.review.view import article_view, outline, page_view, team_view

_LOOK: Final = 0.4
"""Seconds between two looks for decisions of others."""
_QUIET: Final = 15
"""Seconds without an event before a comment is sent: a proxy closes a connection on which nothing comes."""


async def _batch(request: Request) -> Response:
    asked = request.query_params
    stage = asked.get("stage")
    sort = asked.get("sort", "order")
    if sort not in SORTS or (stage and stage not in set(Stage)):
        raise HTTPException(400)
    start, house = asked.get("start", "0"), house_of(request)
    mine = house.sessions.name(request.state.key) if asked.get("assigned") == "me" else ""
    words = asked.get("words", "")[:100]
    pages = None
    if asked.get("within") == "text" and words.strip():
        pages = await run_in_threadpool(house.finding.pages, words)
        words = ""
    look = Look(
        Stage(stage) if stage else None, words, sort, number_of(start), mine, asked.get("asked") == "yes", pages
    )
    view = await run_in_threadpool(house.batch.view, look, house.sessions.name(request.state.key))
    for card in view["cards"]:
        card["here"] = house.presence.on((card["issue"], card["page"]))
    return as_json(view)


async def _count(request: Request) -> Response:
    await run_in_threadpool(house_of(request).batch.count, request.path_params["issue"])
    return as_json({})


async def _page(request: Request) -> Response:
    def work() -> dict[str, Any]:
        house, entry, held = place_of(request)
        page = house.shelf.page(entry, held)
        view = page_view(held, entry, page)
        if held is not None and held.decided is not None:
            revisions = house.shelf.record.revisions(held.entry.name)
            here = set(view["articles"])
            view["articles"] = [
                article_view(held, a, revisions.get(a.id, 0)) for a in held.decided.issue.articles if a.id in here
            ]
            view["outline"] = outline(held, revisions)
        else:
            view["outline"] = []
        issue = house.shelf.index.issues()[request.path_params["issue"]].name
        review = house.batch.reviews().get((issue, entry.number), PageReview())
        view["done"] = review.done
        view["team"] = None if held is None else team_view(held, entry.number, review, house.people())
        view["last"] = house.shelf.record.last()
        return view

    return as_json(await run_in_threadpool(locked, request, work))


async def _article(request: Request) -> Response:
    def work() -> dict[str, Any] | None:
        house = house_of(request)
        held = house.shelf.issue(request.path_params["issue"])
        name = request.path_params["article"]
        found = None if held is None else named_article(held, name)
        if held is None or found is None:
            return None
        return article_view(held, found, house.shelf.record.revision(held.entry.name, name))

    view = await run_in_threadpool(locked, request, work)
    if view is None:
        raise HTTPException(404)
    return as_json(view)


async def _outline(request: Request) -> Response:
    def work() -> list[dict[str, Any]]:
        house = house_of(request)
        held = house.shelf.issue(request.path_params["issue"])
        return [] if held is None else outline(held, house.shelf.record.revisions(held.entry.name))

    return as_json(await run_in_threadpool(locked, request, work))


async def _next(request: Request) -> Response:
    key = (request.path_params["issue"], request.path_params["page"])
    house = house_of(request)
    person = house.sessions.name(request.state.key)
    return as_json({"next": await run_in_threadpool(house.batch.next_open, key, person)})


async def _rate(request: Request) -> Response:
    def work() -> dict[str, Any]:
        found = rate(house_of(request).shelf.record.all())
        low, high = found.bounds
        return {"lines": found.lines, "characters": found.characters, "errors": found.errors, "low": low, "high": high}

    return as_json(await run_in_threadpool(work))


async def _events(request: Request) -> Response:
    """Server-sent events: one for each decision, by whomever and from whichever process.

    A page's view names itself: its people are told who is there with them, each time that this changes.
    """
    house = house_of(request)
    record, person = house.shelf.record, house.sessions.name(request.state.key)
    key = tuple(number_of(request.query_params.get(n, "0")) for n in ("issue", "page"))

    async def stream() -> AsyncIterator[str]:
        last = await run_in_threadpool(record.last)
        yield f"retry: 1000\nevent: ready\ndata: {last}\n\n"
        quiet, here = 0.0, list[str]()
        while not await request.is_disconnected():
            found = await run_in_threadpool(record.since, last)
            for number, issue, article, who in found:
                last = number
                data = msgspec.json.encode({"id": number, "issue": issue, "article": article, "person": who})
                yield f"data: {data.decode()}\n\n"
            now = house.presence.on((key[0], key[1])) if key[1] else []
            if now != here:
                here = now
                yield f"event: here\ndata: {msgspec.json.encode(here).decode()}\n\n"
            quiet = 0.0 if found else quiet + _LOOK
            if quiet > _QUIET:
                quiet = 0.0
                yield ": still here\n\n"
            await asyncio.sleep(_LOOK)

    async def present() -> AsyncIterator[str]:
        with house.presence.at((key[0], key[1]), person):
            async for event in stream():
                yield event

    told = present() if key[1] and person else stream()
    return StreamingResponse(told, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


ROUTES: Final = (
    Route("/api/batch", _batch),
    Route("/api/count/{issue:int}", _count, methods=["POST"]),
    Route("/api/page/{issue:int}/{page:int}", _page),
    Route("/api/article/{issue:int}/{article}", _article),
    Route("/api/outline/{issue:int}", _outline),
    Route("/api/next/{issue:int}/{page:int}", _next),
    Route("/api/events", _events),
    Route("/api/rate", _rate),
)
