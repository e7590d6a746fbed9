"""Pictures: tiles of the scan, lines, parts."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from banmian.review.linepicture import line_picture, part_picture
from banmian.review.routes.house import (
    SMALLEST,
    as_json,
    place_of,
)
from banmian.review.tiles import TILE
from layout.geometry import Box


async def _pyramid(request: Request) -> Response:
    def work() -> dict[str, int]:
        house, entry, _ = place_of(request, issue=False)
        made = house.tiles.of(entry)
        return {"width": made.width, "height": made.height, "levels": made.levels, "tile": TILE}

    return as_json(await run_in_threadpool(work))


async def _tile(request: Request) -> Response:
    def work() -> Path | None:
        house, entry, _ = place_of(request, issue=False)
        z, x, y = (request.path_params[n] for n in "zxy")
        return house.tiles.of(entry).tile(z, x, y)

    return _picture(await run_in_threadpool(work))


async def _small(request: Request) -> Response:
    def work() -> Path | None:
        house, entry, _ = place_of(request, issue=False)
        return house.tiles.small(entry)

    return _picture(await run_in_threadpool(work))


async def _line(request: Request) -> Response:
    def work() -> bytes | None:
        house, entry, _ = place_of(request, issue=False)
        line = house.shelf.line(request.path_params["issue"], entry, request.path_params["line"])
        return None if line is None or line.box is None else line_picture(house.tiles.of(entry), line)

    data = await run_in_threadpool(work)
    if data is None:
        raise HTTPException(404)
    return Response(data, media_type="image/png", headers={"cache-control": "private, max-age=600"})


async def _part(request: Request) -> Response:
    """A part of the scan with a little of what stands around it."""

    def work() -> bytes | None:
        house, entry, _ = place_of(request, issue=False)
        pyramid = house.tiles.of(entry)
        box = Box(*(request.path_params[n] for n in ("x0", "y0", "x1", "y1"))) & Box(
            0, 0, pyramid.width, pyramid.height
        )
        return None if box.width < SMALLEST or box.height < SMALLEST else part_picture(pyramid, box)

    data = await run_in_threadpool(work)
    if data is None:
        raise HTTPException(404)
    return Response(data, media_type="image/png", headers={"cache-control": "private, max-age=600"})


def _picture(path: Path | None) -> Response:
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, media_type="image/jpeg", headers={"cache-control": "private, max-age=86400"})


ROUTES: Final = (
    Route("/tiles/{issue:int}/{page:int}.json", _pyramid),
    Route("/tiles/{issue:int}/{page:int}/{z:int}/{x:int}/{y:int}.jpg", _tile),
    Route("/small/{issue:int}/{page:int}.jpg", _small),
    Route("/part/{issue:int}/{page:int}/{x0:int}-{y0:int}-{x1:int}-{y1:int}.png", _part),
    Route("/line/{issue:int}/{page:int}/{line}.png", _line),
)
