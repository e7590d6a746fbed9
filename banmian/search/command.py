"""`banmian search`: words in the articles of a workspace, and where on the scans they stand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from banmian.cli_types import WorkspacePlace
from banmian.language import said
from banmian.machine_output import write_utf8

if TYPE_CHECKING:
    from banmian.search.search import Hit
    from layout.geometry import Box


@click.command()
@click.argument("workspace", type=WorkspacePlace())
@click.argument("words", nargs=-1, required=True)
@click.option("--issue", metavar="NAME", help="In this issue only.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Articles at most.")
@click.option("--json", "as_json", is_flag=True, help="An article a line as JSON, with every place.")
def search(workspace: Path, words: tuple[str, ...], issue: str | None, limit: int, *, as_json: bool) -> None:
    """Find words in the articles, with their places on the scans.

    An article is found that holds all the words; what stands in quotes is one word. Width, case, and spaces beside
    hanzi make no difference; corrections by people count. The index lies in the workspace, and takes in what is new
    first.
    """
    import json

    from banmian.search.search import SearchRequest
    from banmian.search.search import search as find
    from banmian.store.workspace import Workspace

    with Workspace.open(workspace) as opened:
        found = find(opened, SearchRequest(words, limit, issue), _tell_progress)
    if as_json:
        write_utf8()
    for hit in found:
        click.echo(json.dumps(_record(hit), ensure_ascii=False) if as_json else "\n".join(_told(hit)))
    if not found:
        click.echo(said("Nothing found for {}.", " ".join(words)), err=True)
    elif len(found) == limit:
        click.echo(said("The first {} articles; --limit tells more.", limit), err=True)


def _tell_progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        click.echo("\r" + said("Taking in issues: {} of {}", done, of), nl=done == of, err=True)


def _told(hit: Hit) -> Iterator[str]:
    start, end = hit.window
    yield click.style(hit.title, bold=True)
    yield f"  {' · '.join(filter(None, (f'{hit.issue}/{hit.article}', hit.date)))}"
    yield "  " + "".join(_marked(hit, start, end))
    places = [(place, hit.text[m.start : m.end]) for m in hit.matches for place in m.places]
    for page in dict.fromkeys(place.page for place, _ in places):
        told = (f"{word} {_edges(place.box)}" for place, word in places if place.page == page)
        yield "  " + said("page {}: {}", page, "; ".join(told))


def _edges(box: Box) -> str:
    return f"{box.x0},{box.y0},{box.x1},{box.y1}"


def _marked(hit: Hit, start: int, end: int) -> Iterator[str]:
    at = start
    for match in (m for m in hit.matches if start <= m.start and m.end <= end):
        yield hit.text[at : match.start]
        yield click.style(hit.text[match.start : match.end], bold=True, fg="red")
        at = match.end
    yield hit.text[at:end]


def _record(hit: Hit) -> dict[str, object]:
    start, end = hit.window
    return {
        "issue": hit.issue,
        "id": hit.article,
        "kind": hit.kind,
        "date": hit.date,
        "title": hit.title,
        "pages": list(dict.fromkeys(p.page for m in hit.matches for p in m.places)),
        "snippet": hit.text[start:end],
        "matches": [
            {
                "text": hit.text[match.start : match.end],
                "places": [{"page": p.page, "box": [p.box.x0, p.box.y0, p.box.x1, p.box.y1]} for p in match.places],
            }
            for match in hit.matches
        ],
    }
