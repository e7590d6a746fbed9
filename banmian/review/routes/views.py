"""The views as the browser gets them first, before their scripts ask for more."""

from __future__ import annotations

from typing import Final

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from banmian.archive.content.metadata import KEYS
from banmian.decisions.registry import keys_told
from banmian.review.describing import LEVELS, NotDescribed, describe, save
from banmian.review.finding import LONGEST_SOUGHT
from banmian.review.people import people, told
from banmian.review.routes.house import (
    clean_name,
    form_of,
    house_of,
    language_of,
    number_of,
    rendered,
)


async def _batch_page(request: Request) -> Response:
    return rendered(request, "batch.html")


async def _page_page(request: Request) -> Response:
    issue, page = request.path_params["issue"], request.path_params["page"]
    house = house_of(request)
    entry = await run_in_threadpool(house.shelf.page_entry, issue, page)
    found = await run_in_threadpool(house.shelf.entry, issue)
    if entry is None or found is None:
        raise HTTPException(404)
    numbers = await run_in_threadpool(house.shelf.numbers, issue)
    at = numbers.index(page)
    before, behind = (numbers[n] if 0 <= n < len(numbers) else None for n in (at - 1, at + 1))
    told = {"issue": issue, "page": page, "name": found.name, "before": before, "behind": behind}
    keys = keys_told(language_of(request))
    named = {key.name: key.label for subject in keys for key in subject.keys}
    return rendered(request, "page.html", **told, keys=[msgspec.to_builtins(subject) for subject in keys], named=named)


async def _grid_page(request: Request) -> Response:
    issues = await run_in_threadpool(house_of(request).shelf.index.issues)
    return rendered(request, "glyphs.html", issues=[(n, e.name) for n, e in issues.items()])


async def _people_page(request: Request) -> Response:
    house = house_of(request)
    decisions = await run_in_threadpool(lambda: list(house.shelf.record.all()))
    who = clean_name(request.query_params.get("who", "")) or house.sessions.name(request.state.key)
    done = await run_in_threadpool(told, decisions, house.shelf.index, who)
    return rendered(request, "people.html", rows=people(decisions), who=who, done=done)


async def _metadata_page(request: Request) -> Response:
    """The metadata of an issue and of its batch in a plain form; what cannot be saved stands in it still."""
    house, number = house_of(request), request.path_params["issue"]
    person, told, typed = house.sessions.name(request.state.key), "", None
    wrong: tuple[str, ...] = ()
    if request.method == "POST" and person:
        form = await form_of(request, len(KEYS) * len(LEVELS) + len(LEVELS))
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
        return rendered(request, "metadata.html", found=None, told="", wrong=(), typed=None, keys=KEYS, number=number)
    bad = told not in ("", "metadata_saved", "no_change")
    return rendered(
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
    house, asked = house_of(request), request.query_params
    issue, page = (number_of(asked.get(n) or "0") for n in ("issue", "page"))
    found = await run_in_threadpool(house.shelf.entry, issue)
    name = "" if found is None else found.name
    number, text = issue if found else 0, asked.get("text", "")[:LONGEST_SOUGHT]
    return rendered(request, "find.html", issue=number, page=page, name=name, text=text)


ROUTES: Final = (
    Route("/", _batch_page),
    Route("/page/{issue:int}/{page:int}", _page_page),
    Route("/glyphs", _grid_page),
    Route("/people", _people_page),
    Route("/find", _find_page),
    Route("/metadata/{issue:int}", _metadata_page, methods=["GET", "POST"]),
)
