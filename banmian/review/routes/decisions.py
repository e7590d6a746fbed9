"""Decisions that come from the browser, steps back and forth, find and replace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from banmian.decisions.decision import Step
from banmian.review.deciding import Answer, Call, Deciding
from banmian.review.finding import LONGEST_SOUGHT, Sought
from banmian.review.routes.house import (
    as_json,
    house_of,
    number_of,
)


async def _decide(request: Request) -> Response:
    return await deciding(request, lambda d, b: d.decide(msgspec.json.decode(b, type=Call)))


async def _step(request: Request) -> Response:
    def work(deciding: Deciding, body: bytes) -> Answer:
        asked = msgspec.json.decode(body, type=tuple[int, Step, str])
        return deciding.step(*asked)

    return await deciding(request, work)


async def deciding(request: Request, work: Callable[[Deciding, bytes], Answer]) -> Response:
    """The answer to work that decides in the name of the person who asks."""
    house = house_of(request)
    person = house.sessions.name(request.state.key)
    if not person:
        return as_json({"why": "no_name"}, 403)
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return as_json({"why": "no_json"}, 415)
    body = await request.body()
    try:
        answer = await run_in_threadpool(work, Deciding(house.shelf, person), body)
    except msgspec.DecodeError as e:
        long = "length <=" in str(e)
        return as_json({"why": "too_long"} if long else {"why": "no_json", "told": str(e)}, 413 if long else 400)
    return as_json(answer.told, answer.status)


async def _find(request: Request) -> Response:
    asked = request.query_params
    issue, page = (None if n not in asked else number_of(asked[n]) for n in ("issue", "page"))
    text = asked.get("text", "")
    if not 0 < len(text) <= LONGEST_SOUGHT or (page is not None and issue is None):
        raise HTTPException(400)
    return as_json(await run_in_threadpool(house_of(request).finding.found, Sought(text, issue, page)))


async def _replace(request: Request) -> Response:
    return await deciding(request, house_of(request).finding.replace)


async def _unreplace(request: Request) -> Response:
    return await deciding(request, house_of(request).finding.take_back)


ROUTES: Final = (
    Route("/api/decide", _decide, methods=["POST"]),
    Route("/api/step", _step, methods=["POST"]),
    Route("/api/find", _find),
    Route("/api/replace", _replace, methods=["POST"]),
    Route("/api/replace/undo", _unreplace, methods=["POST"]),
)
