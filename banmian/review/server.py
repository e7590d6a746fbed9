"""The review's server: its routes, its guard, and what it says of what goes wrong."""

from __future__ import annotations

import sys
import traceback
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from banmian.decisions.record import Record
from banmian.review.attempts import Attempts
from banmian.review.batchview import Batch, Counts
from banmian.review.deciding import Call
from banmian.review.finding import Finding, Replacing, Unreplacing
from banmian.review.glyphgrid import Checking, Grid, Marked, Taken
from banmian.review.guard import Door, Guard, Sessions, TooLarge, refused
from banmian.review.oddglyphs import GlyphPlace
from banmian.review.pagereading import PageAsking, PageReadings, PageTaking
from banmian.review.rereading import ReadingAnswer, ReadingWorker
from banmian.review.routes import decisions, entering, glyphs, pictures, reading, telling, views
from banmian.review.routes.house import House, as_json, rendered
from banmian.review.routes.reading import Asking, ReaderAsking
from banmian.review.shelf import Shelf
from banmian.review.tiles import Tiles
from layout.errors import BanmianError, PageFailed
from layout.page import Page, page_from_json, page_to_json

_NOT_FOUND: Final = 404
"""The status of an address at which there is nothing."""

_TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


async def _static(request: Request) -> Response:
    name = request.path_params["file"]
    found = _given_out().get(name)
    kind = _TYPES.get(Path(name).suffix)
    if found is None or kind is None:
        raise HTTPException(404)
    return Response(found.read_bytes(), media_type=kind, headers={"cache-control": "no-cache"})


@cache
def _given_out() -> dict[str, Traversable]:
    """The files of the pages by their addresses: those of the folder, and of the folders in it."""
    folder = files("banmian.review").joinpath("static")
    within = ((f"{d.name}/{f.name}", f) for d in folder.iterdir() if d.is_dir() for f in d.iterdir())
    return {f.name: f for f in folder.iterdir() if f.is_file()} | dict(within)


async def _too_large(request: Request, error: Exception) -> Response:
    return refused(request.headers, "too_long", 413)


async def _failed(request: Request, error: Exception) -> Response:
    """Told in the page's words; what it was stands in the server's own terminal, with the paths of this machine."""
    met = f"{error.met} {error.remedy}" if isinstance(error, BanmianError) else str(error)
    print(met, file=sys.stderr, flush=True)
    return as_json({"why": "failed"}, 424 if isinstance(error, PageFailed) else 500)


async def _missing(request: Request, error: Exception) -> Response:
    """A page for a person who followed a wrong address; a status alone for scripts and pictures."""
    assert isinstance(error, HTTPException)
    if error.status_code == _NOT_FOUND and "text/html" in request.headers.get("accept", ""):
        return rendered(request, "missing.html", _NOT_FOUND)
    answer = as_json({"why": "failed"}, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


async def _broken(request: Request, error: Exception) -> Response:
    """A fault of the program: where it lies stands in the server's own terminal."""
    traceback.print_exception(error)
    return as_json({"why": "failed"}, 500)


_HANDLERS: Final[dict[Any, Any]] = {
    TooLarge: _too_large,
    HTTPException: _missing,
    BanmianError: _failed,
    Exception: _broken,
}


def application(root: Path, sessions: Sessions, port: int, door: Door) -> Guard:
    """The server for the workspace at `root`, behind its guard."""
    prepare_decoders()
    record = Record.open(root)
    sessions.outlive(record.sessions)
    shelf = Shelf(root, record)
    tiles = Tiles(root)
    environment = Environment(
        loader=PackageLoader("banmian.review"), autoescape=select_autoescape(), undefined=StrictUndefined
    )
    house = House(
        shelf,
        Batch(shelf),
        tiles,
        Grid(root, shelf, tiles),
        Finding(shelf),
        ReadingWorker(),
        PageReadings(shelf),
        sessions,
        f"banmian-{port}",
        environment,
        door,
        record.sessions.secret(),
        Attempts(behind_proxy=bool(door.public)),
    )
    app = Starlette(routes=_routes(), exception_handlers=_HANDLERS)
    app.state.house = house
    return Guard(app, sessions, door, house.cookie)


def _routes() -> list[Route | Mount]:
    leaflet = files("xstatic.pkg.leaflet").joinpath("data")
    subjects = (entering, views, telling, decisions, reading, pictures, glyphs)
    return [
        *(route for subject in subjects for route in subject.ROUTES),
        Route("/static/{file:path}", _static),
        Mount("/leaflet", StaticFiles(directory=str(leaflet))),
    ]


DECODED: Final = (
    *(Asking, ReaderAsking, Call, PageAsking, PageTaking, Checking, Marked, Taken, Replacing, Unreplacing),
    *(Counts, GlyphPlace, ReadingAnswer),
)
"""What threads of the server decode, by the modules of the review."""


def prepare_decoders() -> None:
    """Has msgspec make its tables of all that threads decode.

    It makes those of a type when the type is first decoded; two threads that make them at once crash the process.
    """
    for kind in DECODED:
        msgspec.json.Decoder(kind)
    page_from_json(page_to_json(Page(1)))
