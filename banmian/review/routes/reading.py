"""Reading again: a part of a page at once, a whole page beside the work."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from banmian.review.deciding import Answer, Deciding
from banmian.review.pagereading import PageAsking, PageTaking
from banmian.review.rereading import ENGINES, ReaderChoice, ScanPart
from banmian.review.routes.decisions import deciding
from banmian.review.routes.house import (
    SMALLEST,
    as_json,
    house_of,
    place_of,
)
from banmian.review.view import line_told
from layout.errors import PageFailed
from layout.geometry import Box
from layout.page import Direction, Line

LangName = Annotated[str, msgspec.Meta(max_length=60, pattern="^[a-z_+A-Z]+$")]
"""The name of a language's model, or several with + between them."""


class ReaderAsking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reader that is about to be asked."""

    engine: str
    lang: LangName


class Asking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the page to be read: left, top, right, bottom on the scan; as one line, or as what layout finds."""

    box: tuple[int, int, int, int]
    engine: str
    lang: LangName
    single: bool
    direction: Direction | None = None


async def _read(request: Request) -> Response:
    """The lines of a part of a page as an engine reads them now: a proposal, nothing is decided by it."""
    try:
        asking = msgspec.json.decode(await request.body(), type=Asking)
    except msgspec.DecodeError:
        return as_json({"why": "no_json"}, 400)
    if asking.engine not in ENGINES:
        return as_json({"why": "no_json"}, 400)

    def work() -> list[Line] | None:
        house, entry, _ = place_of(request, issue=False)
        pyramid = house.tiles.of(entry)
        box = Box(*asking.box) & Box(0, 0, pyramid.width, pyramid.height)
        if box.width < SMALLEST or box.height < SMALLEST:
            return None
        part = ScanPart("", 0, 0, asking.single, asking.direction)
        return house.worker.read(ReaderChoice(asking.engine, asking.lang), pyramid.crop(box), (box.x0, box.y0), part)

    try:
        lines = await run_in_threadpool(work)
    except PageFailed as e:
        print(f"{e.met} {e.remedy}", file=sys.stderr, flush=True)
        return as_json({"why": "not_read"}, 424)
    if lines is None:
        return as_json({"why": "too_small"}, 422)
    return as_json({"lines": [line_told(n) for n in lines]})


async def _prepare(request: Request) -> Response:
    """Has a reader loaded while its person still looks at the choice."""
    try:
        asking = msgspec.json.decode(await request.body(), type=ReaderAsking)
    except msgspec.DecodeError:
        return as_json({"why": "no_json"}, 400)
    if asking.engine not in ENGINES:
        return as_json({"why": "no_json"}, 400)
    await run_in_threadpool(house_of(request).worker.prepare, ReaderChoice(asking.engine, asking.lang))
    return as_json({})


async def _rereading(request: Request) -> Response:
    """A whole page read anew: begun, told of, or given up; nothing is decided by it."""
    house, entry, _ = await run_in_threadpool(place_of, request)
    issue = request.path_params["issue"]
    if request.method == "GET":
        return as_json(await run_in_threadpool(house.readings.told, issue, entry))
    if request.method == "DELETE":
        await run_in_threadpool(house.readings.drop, issue, entry)
        return as_json({})

    def work(deciding: Deciding, body: bytes) -> Answer:
        asking = msgspec.json.decode(body, type=PageAsking)
        return house.readings.begin(issue, entry, asking, deciding.person)

    return await deciding(request, work)


async def _take_reading(request: Request) -> Response:
    house, entry, _ = await run_in_threadpool(place_of, request)

    def work(deciding: Deciding, body: bytes) -> Answer:
        taking = msgspec.json.decode(body, type=PageTaking)
        return house.readings.take(deciding, request.path_params["issue"], entry, taking)

    return await deciding(request, work)


ROUTES: Final = (
    Route("/api/reader", _prepare, methods=["POST"]),
    Route("/api/read/{issue:int}/{page:int}", _read, methods=["POST"]),
    Route("/api/reread/{issue:int}/{page:int}", _rereading, methods=["GET", "POST", "DELETE"]),
    Route("/api/reread/{issue:int}/{page:int}/take", _take_reading, methods=["POST"]),
)
