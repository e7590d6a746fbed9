"""The review's server: pages for the browser, pictures of scans, and the decisions that come back."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from banmian.archive.content.metadata import KEYS
from banmian.review.attempts import SECONDS, Attempts
from banmian.review.batchview import SORTS, Batch, Counts, Look, Stage
from banmian.review.deciding import Answer, Call, Deciding
from banmian.review.decision import Step
from banmian.review.describing import LEVELS, NotDescribed, describe, save
from banmian.review.finding import Finding, Replacing, Sought, Unreplacing
from banmian.review.glyphgrid import Checking, Grid, Marked, Taken
from banmian.review.guard import Door, Guard, Sessions, TooLarge, proof, refused
from banmian.review.linepicture import line_picture, part_picture
from banmian.review.oddglyphs import GlyphPlace
from banmian.review.pagereading import PageAsking, PageReadings, PageTaking
from banmian.review.people import people, told
from banmian.review.record import Record
from banmian.review.registry import keys_told
from banmian.review.rereading import ENGINES, ReaderChoice, ReadingAnswer, ReadingWorker, ScanPart
from banmian.review.sampling import rate
from banmian.review.shelf import OpenIssue, Shelf
from banmian.review.team import PageReview, Presence
from banmian.review.tiles import TILE, Tiles
from banmian.review.view import article_view, line_told, outline, page_view, team_view
from banmian.review.words import LANGUAGES, chosen_language, words_of
from banmian.store.entries import PageEntry
from layout.errors import BanmianError, PageFailed
from layout.geometry import Box
from layout.page import Direction, Line, Page, page_from_json, page_to_json

_TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_LOOK: Final = 0.4
"""Seconds between two looks for decisions of others."""
_LONGEST_NAME: Final = 40
SMALLEST: Final = 6
"""Pixels of the scan on a side of the smallest part that can be read again."""


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
    """By which a page knows this server again."""
    attempts: Attempts = field(default_factory=Attempts)
    presence: Presence = field(default_factory=Presence)

    def people(self) -> list[str]:
        """The names that are known: of those who decided, who have entered, and to whom pages were given."""
        given = {r.assigned for r in self.batch.reviews().values()}
        return sorted({*self.shelf.record.people(), *self.sessions.names(), *given} - {""})


def application(root: Path, sessions: Sessions, port: int, door: Door) -> Guard:
    """The server for the workspace at `root`, behind its guard."""
    prepare_decoders()
    record = Record.open(root)
    sessions.outlive(record)
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
        record.secret(),
        Attempts(behind_proxy=bool(door.public)),
    )
    app = Starlette(routes=_routes(), exception_handlers=_HANDLERS)
    app.state.house = house
    return Guard(app, sessions, door, house.cookie)


def _routes() -> list[Route | Mount]:
    leaflet = files("xstatic.pkg.leaflet").joinpath("data")
    return [
        Route("/enter", _enter, methods=["GET", "POST"]),
        Route("/", _batch_page),
        Route("/name", _name, methods=["POST"]),
        Route("/leave", _leave, methods=["POST"]),
        Route("/api/prove", _prove),
        Route("/language/{language}", _language),
        Route("/page/{issue:int}/{page:int}", _page_page),
        Route("/glyphs", _grid_page),
        Route("/people", _people_page),
        Route("/find", _find_page),
        Route("/metadata/{issue:int}", _metadata_page, methods=["GET", "POST"]),
        Route("/api/batch", _batch),
        Route("/api/count/{issue:int}", _count, methods=["POST"]),
        Route("/api/page/{issue:int}/{page:int}", _page),
        Route("/api/article/{issue:int}/{article}", _article),
        Route("/api/outline/{issue:int}", _outline),
        Route("/api/next/{issue:int}/{page:int}", _next),
        Route("/api/decide", _decide, methods=["POST"]),
        Route("/api/step", _step, methods=["POST"]),
        Route("/api/events", _events),
        Route("/api/rate", _rate),
        Route("/api/characters", _characters),
        Route("/api/glyphs", _glyphs),
        Route("/api/glyphs/odd", _odd_glyphs),
        Route("/api/glyphs/checked", _check, methods=["POST"]),
        Route("/api/glyphs/mend", _mend, methods=["POST"]),
        Route("/api/glyphs/undo", _unmend, methods=["POST"]),
        Route("/api/read/{issue:int}/{page:int}", _read, methods=["POST"]),
        Route("/api/reread/{issue:int}/{page:int}", _rereading, methods=["GET", "POST", "DELETE"]),
        Route("/api/reread/{issue:int}/{page:int}/take", _take_reading, methods=["POST"]),
        Route("/api/find", _find),
        Route("/api/replace", _replace, methods=["POST"]),
        Route("/api/replace/undo", _unreplace, methods=["POST"]),
        Route("/glyphs/{sheet}.png", _glyph_sheet),
        Route("/tiles/{issue:int}/{page:int}.json", _pyramid),
        Route("/tiles/{issue:int}/{page:int}/{z:int}/{x:int}/{y:int}.jpg", _tile),
        Route("/small/{issue:int}/{page:int}.jpg", _small),
        Route("/part/{issue:int}/{page:int}/{x0:int}-{y0:int}-{x1:int}-{y1:int}.png", _part),
        Route("/line/{issue:int}/{page:int}/{line}.png", _line),
        Route("/static/{file}", _static),
        Mount("/leaflet", StaticFiles(directory=str(leaflet))),
    ]


# Entering


async def _enter(request: Request) -> Response:
    house = _house(request)
    if request.method == "POST":
        form = await _form(request)
        async with house.attempts.turn(request):
            key = await run_in_threadpool(house.sessions.by_password, form.get("password", ""))
            if key is None:
                await asyncio.sleep(SECONDS)
                return _shown(request, "enter.html", status=403, wrong=True, told=_clean_name(form.get("name", "")))
        await run_in_threadpool(house.sessions.call, key, _clean_name(form.get("name", "")))
        return _keyed(request, key)
    token = request.query_params.get("token")
    if token is None and house.sessions.password is not None:
        return _shown(request, "enter.html", wrong=False, told="")
    key = await run_in_threadpool(house.sessions.by_token, token or "")
    if key is None and house.sessions.knows(request.state.key):
        return RedirectResponse("/", 303)
    if key is None:
        return refused(request.headers, "used", 403)
    return _keyed(request, key)


def _keyed(request: Request, key: str) -> Response:
    """To the batch, with the key in a cookie that no script reads, and that stays on https where it was given there."""
    response = RedirectResponse("/", 303)
    house = _house(request)
    secure = house.door.is_secure(request.headers)
    response.set_cookie(house.cookie, key, httponly=True, samesite="strict", secure=secure)
    return response


async def _form(request: Request, most: int = 20) -> dict[str, str]:
    """The fields of a plain form; the last of each name."""
    from urllib.parse import parse_qsl  # noqa: PLC0415

    body = (await request.body()).decode("utf-8", "replace")
    return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=most))


async def _prove(request: Request) -> Response:
    """To a nonce what only this workspace's server knows to say; no key is asked for, and none is to be sent."""
    try:
        return _json({"proof": proof(_house(request).secret, request.query_params.get("nonce", ""))})
    except ValueError:
        raise HTTPException(403) from None


async def _leave(request: Request) -> Response:
    """Ends the session: the next one at this browser enters anew."""
    house = _house(request)
    await run_in_threadpool(house.sessions.leave, request.state.key)
    token = house.sessions.password is None
    response: Response = _shown(request, "left.html") if token else RedirectResponse("/enter", 303)
    response.delete_cookie(house.cookie)
    return response


async def _name(request: Request) -> Response:
    name = _clean_name((await _form(request)).get("name", ""))
    if name:
        await run_in_threadpool(_house(request).sessions.call, request.state.key, name)
    return RedirectResponse("/", 303)


def _clean_name(name: str) -> str:
    return " ".join("".join(c for c in name if c.isprintable()).split())[:_LONGEST_NAME]


async def _language(request: Request) -> Response:
    language = request.path_params["language"]
    if language not in LANGUAGES:
        raise HTTPException(404)
    back = request.query_params.get("back", "/")
    response = RedirectResponse(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/", 303)
    response.set_cookie("banmian-language", language, samesite="strict", max_age=31_536_000)
    return response


# Pages


def _shown(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    house = _house(request)
    language = _language_of(request)
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


def _language_of(request: Request) -> str:
    return chosen_language(request.cookies.get("banmian-language"), request.headers.get("accept-language", ""))


async def _batch_page(request: Request) -> Response:
    return _shown(request, "batch.html")


async def _page_page(request: Request) -> Response:
    issue, page = request.path_params["issue"], request.path_params["page"]
    house = _house(request)
    entry = await run_in_threadpool(house.shelf.page_entry, issue, page)
    found = await run_in_threadpool(house.shelf.entry, issue)
    if entry is None or found is None:
        raise HTTPException(404)
    numbers = await run_in_threadpool(house.shelf.numbers, issue)
    at = numbers.index(page)
    before, behind = (numbers[n] if 0 <= n < len(numbers) else None for n in (at - 1, at + 1))
    told = {"issue": issue, "page": page, "name": found.name, "before": before, "behind": behind}
    keys = keys_told(_language_of(request))
    named = {key.name: key.label for subject in keys for key in subject.keys}
    return _shown(request, "page.html", **told, keys=[msgspec.to_builtins(subject) for subject in keys], named=named)


async def _grid_page(request: Request) -> Response:
    issues = await run_in_threadpool(_house(request).shelf.index.issues)
    return _shown(request, "glyphs.html", issues=[(n, e.name) for n, e in issues.items()])


async def _people_page(request: Request) -> Response:
    house = _house(request)
    decisions = await run_in_threadpool(lambda: list(house.shelf.record.all()))
    who = _clean_name(request.query_params.get("who", "")) or house.sessions.name(request.state.key)
    done = await run_in_threadpool(told, decisions, house.shelf.index, who)
    return _shown(request, "people.html", rows=people(decisions), who=who, done=done)


async def _metadata_page(request: Request) -> Response:
    """The metadata of an issue and of its batch in a plain form; what cannot be saved stands in it still."""
    house, number = _house(request), request.path_params["issue"]
    person, told, typed = house.sessions.name(request.state.key), "", None
    wrong: tuple[str, ...] = ()
    if request.method == "POST" and person:
        form = await _form(request, len(KEYS) * len(LEVELS) + len(LEVELS))
        typed = {n: {k: form[f"{n}.{k}"] for k in KEYS if f"{n}.{k}" in form} for n in LEVELS}
        seen = {n: form.get(f"{n}.seen", "") for n in LEVELS}
        try:
            changed = await run_in_threadpool(save, house.shelf, number, typed, seen, person)
            told, typed = "metadata_saved" if changed else "no_change", None
        except NotDescribed as e:
            told, wrong = str(e), e.keys
    found = await run_in_threadpool(describe, house.shelf, number)
    if found is None:
        if await run_in_threadpool(house.shelf.entry, number) is None:
            raise HTTPException(404)
        return _shown(request, "metadata.html", found=None, told="", wrong=(), typed=None, keys=KEYS, number=number)
    bad = told not in ("", "metadata_saved", "no_change")
    return _shown(
        request,
        "metadata.html",
        422 if bad else 200,
        found=found,
        told=told,
        wrong=wrong,
        typed=typed,
        keys=KEYS,
        number=number,
    )


async def _find_page(request: Request) -> Response:
    house, asked = _house(request), request.query_params
    issue, page = (_number(asked.get(n) or "0") for n in ("issue", "page"))
    found = await run_in_threadpool(house.shelf.entry, issue)
    name = "" if found is None else found.name
    number, text = issue if found else 0, asked.get("text", "")[:200]
    return _shown(request, "find.html", issue=number, page=page, name=name, text=text)


# What is there


async def _batch(request: Request) -> Response:
    asked = request.query_params
    stage = asked.get("stage")
    sort = asked.get("sort", "order")
    if sort not in SORTS or (stage and stage not in set(Stage)):
        raise HTTPException(400)
    start, house = asked.get("start", "0"), _house(request)
    mine = house.sessions.name(request.state.key) if asked.get("assigned") == "me" else ""
    words = asked.get("words", "")[:100]
    pages = None
    if asked.get("within") == "text" and words.strip():
        pages = await run_in_threadpool(house.finding.pages, words)
        words = ""
    look = Look(Stage(stage) if stage else None, words, sort, _number(start), mine, asked.get("asked") == "yes", pages)
    view = await run_in_threadpool(house.batch.view, look, house.sessions.name(request.state.key))
    for card in view["cards"]:
        card["here"] = house.presence.on((card["issue"], card["page"]))
    return _json(view)


async def _count(request: Request) -> Response:
    await run_in_threadpool(_house(request).batch.count, request.path_params["issue"])
    return _json({})


async def _page(request: Request) -> Response:
    def work() -> dict[str, Any]:
        house, entry, held = _place(request)
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

    return _json(await run_in_threadpool(_locked, request, work))


async def _article(request: Request) -> Response:
    def work() -> dict[str, Any] | None:
        house = _house(request)
        held = house.shelf.issue(request.path_params["issue"])
        name = request.path_params["article"]
        found = None if held is None else _named(held, name)
        if held is None or found is None:
            return None
        return article_view(held, found, house.shelf.record.revision(held.entry.name, name))

    view = await run_in_threadpool(_locked, request, work)
    if view is None:
        raise HTTPException(404)
    return _json(view)


async def _outline(request: Request) -> Response:
    def work() -> list[dict[str, Any]]:
        house = _house(request)
        held = house.shelf.issue(request.path_params["issue"])
        return [] if held is None else outline(held, house.shelf.record.revisions(held.entry.name))

    return _json(await run_in_threadpool(_locked, request, work))


async def _next(request: Request) -> Response:
    key = (request.path_params["issue"], request.path_params["page"])
    house = _house(request)
    person = house.sessions.name(request.state.key)
    return _json({"next": await run_in_threadpool(house.batch.next_open, key, person)})


async def _rate(request: Request) -> Response:
    def work() -> dict[str, Any]:
        found = rate(_house(request).shelf.record.all())
        low, high = found.bounds
        return {"lines": found.lines, "characters": found.characters, "errors": found.errors, "low": low, "high": high}

    return _json(await run_in_threadpool(work))


async def _events(request: Request) -> Response:
    """Server-sent events: one for each decision, by whomever and from whichever process.

    A page's view names itself: its people are told who is there with them, each time that this changes.
    """
    house = _house(request)
    record, person = house.shelf.record, house.sessions.name(request.state.key)
    key = tuple(_number(request.query_params.get(n, "0")) for n in ("issue", "page"))

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
            if quiet > 15:
                quiet = 0.0
                yield ": still here\n\n"
            await asyncio.sleep(_LOOK)

    async def present() -> AsyncIterator[str]:
        with house.presence.at((key[0], key[1]), person):
            async for event in stream():
                yield event

    told = present() if key[1] and person else stream()
    return StreamingResponse(told, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


# Decisions


async def _decide(request: Request) -> Response:
    return await _deciding(request, lambda d, b: d.decide(msgspec.json.decode(b, type=Call)))


async def _step(request: Request) -> Response:
    def work(deciding: Deciding, body: bytes) -> Answer:
        asked = msgspec.json.decode(body, type=tuple[int, Step, str])
        return deciding.step(*asked)

    return await _deciding(request, work)


async def _mend(request: Request) -> Response:
    return await _deciding(request, _house(request).grid.mend)


async def _check(request: Request) -> Response:
    return await _deciding(request, _house(request).grid.check)


async def _unmend(request: Request) -> Response:
    return await _deciding(request, _house(request).grid.take_back)


async def _deciding(request: Request, work: Callable[[Deciding, bytes], Answer]) -> Response:
    house = _house(request)
    person = house.sessions.name(request.state.key)
    if not person:
        return _json({"why": "no_name"}, 403)
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return _json({"why": "no_json"}, 415)
    body = await request.body()
    try:
        answer = await run_in_threadpool(work, Deciding(house.shelf, person), body)
    except msgspec.DecodeError as e:
        long = "length <=" in str(e)
        return _json({"why": "too_long"} if long else {"why": "no_json", "told": str(e)}, 413 if long else 400)
    return _json(answer.told, answer.status)


# Reading again


class Asking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the page to be read: left, top, right, bottom on the scan; as one line, or as what layout finds."""

    box: tuple[int, int, int, int]
    engine: str
    lang: Annotated[str, msgspec.Meta(max_length=60, pattern="^[a-z_+A-Z]+$")]
    single: bool
    direction: Direction | None = None


DECODED: Final = (
    *(Asking, Call, PageAsking, PageTaking, Checking, Marked, Taken, Replacing, Unreplacing),
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


async def _read(request: Request) -> Response:
    """The lines of a part of a page as an engine reads them now: a proposal, nothing is decided by it."""
    try:
        asking = msgspec.json.decode(await request.body(), type=Asking)
    except msgspec.DecodeError:
        return _json({"why": "no_json"}, 400)
    if asking.engine not in ENGINES:
        return _json({"why": "no_json"}, 400)

    def work() -> list[Line] | None:
        house, entry, _ = _place(request, issue=False)
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
        return _json({"why": "not_read"}, 424)
    if lines is None:
        return _json({"why": "too_small"}, 422)
    return _json({"lines": [line_told(n) for n in lines]})


async def _rereading(request: Request) -> Response:
    """A whole page read anew: begun, told of, or given up; nothing is decided by it."""
    house, entry, _ = await run_in_threadpool(_place, request)
    issue = request.path_params["issue"]
    if request.method == "GET":
        return _json(await run_in_threadpool(house.readings.told, issue, entry))
    if request.method == "DELETE":
        await run_in_threadpool(house.readings.drop, issue, entry)
        return _json({})

    def work(deciding: Deciding, body: bytes) -> Answer:
        asking = msgspec.json.decode(body, type=PageAsking)
        return house.readings.begin(issue, entry, asking, deciding.person)

    return await _deciding(request, work)


async def _take_reading(request: Request) -> Response:
    house, entry, _ = await run_in_threadpool(_place, request)

    def work(deciding: Deciding, body: bytes) -> Answer:
        taking = msgspec.json.decode(body, type=PageTaking)
        return house.readings.take(deciding, request.path_params["issue"], entry, taking)

    return await _deciding(request, work)


# Find and replace


async def _find(request: Request) -> Response:
    asked = request.query_params
    issue, page = (None if n not in asked else _number(asked[n]) for n in ("issue", "page"))
    text = asked.get("text", "")
    if not 0 < len(text) <= 200 or (page is not None and issue is None):
        raise HTTPException(400)
    return _json(await run_in_threadpool(_house(request).finding.found, Sought(text, issue, page)))


async def _replace(request: Request) -> Response:
    return await _deciding(request, _house(request).finding.replace)


async def _unreplace(request: Request) -> Response:
    return await _deciding(request, _house(request).finding.take_back)


# Pictures


async def _pyramid(request: Request) -> Response:
    def work() -> dict[str, int]:
        house, entry, _ = _place(request, issue=False)
        made = house.tiles.of(entry)
        return {"width": made.width, "height": made.height, "levels": made.levels, "tile": TILE}

    return _json(await run_in_threadpool(work))


async def _tile(request: Request) -> Response:
    def work() -> Path | None:
        house, entry, _ = _place(request, issue=False)
        z, x, y = (request.path_params[n] for n in "zxy")
        return house.tiles.of(entry).tile(z, x, y)

    return _picture(await run_in_threadpool(work))


async def _small(request: Request) -> Response:
    def work() -> Path | None:
        house, entry, _ = _place(request, issue=False)
        return house.tiles.small(entry)

    return _picture(await run_in_threadpool(work))


async def _line(request: Request) -> Response:
    def work() -> bytes | None:
        house, entry, _ = _place(request, issue=False)
        line = house.shelf.line(request.path_params["issue"], entry, request.path_params["line"])
        return None if line is None or line.box is None else line_picture(house.tiles.of(entry), line)

    data = await run_in_threadpool(work)
    if data is None:
        raise HTTPException(404)
    return Response(data, media_type="image/png", headers={"cache-control": "private, max-age=600"})


async def _part(request: Request) -> Response:
    """A part of the scan with a little of what stands around it."""

    def work() -> bytes | None:
        house, entry, _ = _place(request, issue=False)
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


# 纵校


async def _characters(request: Request) -> Response:
    issue = await _issue_of_grid(request)
    return _json(await run_in_threadpool(_house(request).grid.characters, issue))


async def _glyphs(request: Request) -> Response:
    char, start = request.query_params.get("char", ""), _number(request.query_params.get("start", "0"))
    if len(char) != 1:
        raise HTTPException(400)
    issue = await _issue_of_grid(request)
    return _json(await run_in_threadpool(_house(request).grid.sheet, char, issue, start))


async def _odd_glyphs(request: Request) -> Response:
    start = _number(request.query_params.get("start", "0"))
    issue = await _issue_of_grid(request)
    return _json(await run_in_threadpool(_house(request).grid.odd, issue, start))


async def _issue_of_grid(request: Request) -> int | None:
    """The issue that is looked at alone, None where it is all pages."""
    asked = request.query_params.get("issue", "")
    if not asked:
        return None
    if await run_in_threadpool(_house(request).shelf.entry, _number(asked)) is None:
        raise HTTPException(404)
    return _number(asked)


async def _glyph_sheet(request: Request) -> Response:
    data = _house(request).grid.picture(request.path_params["sheet"])
    if data is None:
        raise HTTPException(404)
    return Response(data, media_type="image/png")


# The rest


async def _static(request: Request) -> Response:
    name = request.path_params["file"]
    folder = files("banmian.review").joinpath("static")
    found = next((f for f in folder.iterdir() if f.name == name and f.is_file()), None)
    kind = _TYPES.get(Path(name).suffix)
    if found is None or kind is None:
        raise HTTPException(404)
    return Response(found.read_bytes(), media_type=kind, headers={"cache-control": "no-cache"})


def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


def _place(request: Request, *, issue: bool = True) -> tuple[House, PageEntry, OpenIssue | None]:
    house = _house(request)
    number = request.path_params["issue"]
    entry = house.shelf.page_entry(number, request.path_params["page"])
    if entry is None:
        raise HTTPException(404)
    return house, entry, house.shelf.issue(number) if issue else None


def _locked(request: Request, work: Callable[[], Any]) -> Any:
    with _house(request).shelf.lock:
        return work()


def _named(held: OpenIssue, name: str) -> Any:
    articles = () if held.decided is None else held.decided.issue.articles
    return next((a for a in articles if a.id == name), None)


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise HTTPException(400)
    return int(text)


def _json(value: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


async def _too_large(request: Request, error: Exception) -> Response:
    return refused(request.headers, "too_long", 413)


async def _failed(request: Request, error: Exception) -> Response:
    """Told in the page's words; what it was stands in the server's own terminal, with the paths of this machine."""
    met = f"{error.met} {error.remedy}" if isinstance(error, BanmianError) else str(error)
    print(met, file=sys.stderr, flush=True)
    return _json({"why": "failed"}, 424 if isinstance(error, PageFailed) else 500)


async def _broken(request: Request, error: Exception) -> Response:
    """A fault of the program: where it lies stands in the server's own terminal."""
    traceback.print_exception(error)
    return _json({"why": "failed"}, 500)


_HANDLERS: Final[dict[Any, Any]] = {TooLarge: _too_large, BanmianError: _failed, Exception: _broken}
