"""纵校: all glyphs of a character, the odd ones of all characters, and what was looked through."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from banmian.review.routes.decisions import deciding
from banmian.review.routes.house import (
    as_json,
    house_of,
    number_of,
)


async def _characters(request: Request) -> Response:
    issue = await _issue_of_grid(request)
    return as_json(await run_in_threadpool(house_of(request).grid.characters, issue))


async def _glyphs(request: Request) -> Response:
    char, start = request.query_params.get("char", ""), number_of(request.query_params.get("start", "0"))
    if len(char) != 1:
        raise HTTPException(400)
    issue = await _issue_of_grid(request)
    return as_json(await run_in_threadpool(house_of(request).grid.sheet, char, issue, start))


async def _odd_glyphs(request: Request) -> Response:
    start = number_of(request.query_params.get("start", "0"))
    issue = await _issue_of_grid(request)
    return as_json(await run_in_threadpool(house_of(request).grid.odd, issue, start))


async def _issue_of_grid(request: Request) -> int | None:
    """The issue that is looked at alone, None where it is all pages."""
    asked = request.query_params.get("issue", "")
    if not asked:
        return None
    if await run_in_threadpool(house_of(request).shelf.entry, number_of(asked)) is None:
        raise HTTPException(404)
    return number_of(asked)


async def _glyph_sheet(request: Request) -> Response:
    data = house_of(request).grid.picture(request.path_params["sheet"])
    if data is None:
        raise HTTPException(404)
    return Response(data, media_type="image/png")


async def _mend(request: Request) -> Response:
    return await deciding(request, house_of(request).grid.mend)


async def _check(request: Request) -> Response:
    return await deciding(request, house_of(request).grid.check)


async def _unmend(request: Request) -> Response:
    return await deciding(request, house_of(request).grid.take_back)


ROUTES: Final = (
    Route("/api/characters", _characters),
    Route("/api/glyphs", _glyphs),
    Route("/api/glyphs/odd", _odd_glyphs),
    Route("/api/glyphs/checked", _check, methods=["POST"]),
    Route("/api/glyphs/mend", _mend, methods=["POST"]),
    Route("/api/glyphs/undo", _unmend, methods=["POST"]),
    Route("/glyphs/{sheet}.png", _glyph_sheet),
)
