"""Coming in and going out: the password or the address, a name, a language, and the proof that this is the server."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from banmian.review.attempts import SECONDS
from banmian.review.guard import proof, refused
from banmian.review.routes.house import (
    as_json,
    clean_name,
    form_of,
    house_of,
    rendered,
)
from banmian.review.words import LANGUAGES


async def _enter(request: Request) -> Response:
    house = house_of(request)
    if request.method == "POST":
        form = await form_of(request)
        async with house.attempts.turn(request):
            key = await run_in_threadpool(house.sessions.by_password, form.get("password", ""))
            if key is None:
                await asyncio.sleep(SECONDS)
                return rendered(request, "enter.html", status=403, wrong=True, told=clean_name(form.get("name", "")))
        await run_in_threadpool(house.sessions.call, key, clean_name(form.get("name", "")))
        return _keyed(request, key)
    token = request.query_params.get("token")
    if token is None and house.sessions.password is not None:
        return rendered(request, "enter.html", wrong=False, told="")
    key = await run_in_threadpool(house.sessions.by_token, token or "")
    if key is None and house.sessions.knows(request.state.key):
        return RedirectResponse("/", 303)
    if key is None:
        return refused(request.headers, "used", 403)
    return _keyed(request, key)


def _keyed(request: Request, key: str) -> Response:
    """The way to the batch, with the key in a cookie that no script reads; given on https it stays there."""
    response = RedirectResponse("/", 303)
    house = house_of(request)
    secure = house.door.is_secure(request.headers)
    response.set_cookie(house.cookie, key, httponly=True, samesite="strict", secure=secure)
    return response


async def _prove(request: Request) -> Response:
    """The answer to a nonce: what only this workspace's server knows to say.

    No key is asked for, and none is to be sent.
    """
    try:
        return as_json({"proof": proof(house_of(request).secret, request.query_params.get("nonce", ""))})
    except ValueError:
        raise HTTPException(403) from None


async def _leave(request: Request) -> Response:
    """Ends the session: the next one at this browser enters anew."""
    house = house_of(request)
    await run_in_threadpool(house.sessions.leave, request.state.key)
    token = house.sessions.password is None
    response: Response = rendered(request, "left.html") if token else RedirectResponse("/enter", 303)
    response.delete_cookie(house.cookie)
    return response


async def _name(request: Request) -> Response:
    name = clean_name((await form_of(request)).get("name", ""))
    if name:
        await run_in_threadpool(house_of(request).sessions.call, request.state.key, name)
    return RedirectResponse("/", 303)


async def _language(request: Request) -> Response:
    language = request.path_params["language"]
    if language not in LANGUAGES:
        raise HTTPException(404)
    back = request.query_params.get("back", "/")
    response = RedirectResponse(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/", 303)
    response.set_cookie("banmian-language", language, samesite="strict", max_age=31_536_000)
    return response


ROUTES: Final = (
    Route("/enter", _enter, methods=["GET", "POST"]),
    Route("/name", _name, methods=["POST"]),
    Route("/leave", _leave, methods=["POST"]),
    Route("/api/prove", _prove),
    Route("/language/{language}", _language),
)
