"""Nothing gets in that should not, no path leads out, and what was acknowledged is there after any end."""

from __future__ import annotations

import os
import re
import threading

import httpx
import pytest
from starlette.routing import Route

from banmian.review.record import Record
from banmian.review.server import _routes
from tests.banmian.review.serving import Server, decide, serving
from tests.banmian.review.workspaces import Told, Trial, made

SEE = {"type": "see", "start": 2, "end": 3}
STORY = tuple(Told("　　春天的渡口人来人往，船票要提前两天才买得到。") for _ in range(3))


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return made(tmp_path_factory.mktemp("guard"), {"报": [STORY], "乙": [STORY]})


def addresses() -> list[tuple[str, str]]:
    """Every route with every method, places filled in."""
    values = {"issue": "1", "page": "1", "z": "0", "x": "0", "y": "0", "article": "p1-01", "line": "l1", "sheet": "a"}
    values |= {"file": "core.js", "language": "en"}
    found = [("GET", "/leaflet/leaflet.js"), ("GET", "/nowhere")]
    for route in _routes():
        if isinstance(route, Route):
            path = re.sub(r"\{(\w+)(:int)?\}", lambda m: values[m.group(1)], route.path)
            found += [(method, path) for method in sorted(route.methods or ()) if method != "HEAD"]
    return found


def test_every_route_refuses_wrong_hosts_foreign_pages_and_those_without_a_key(trial: Trial) -> None:
    """Each route × wrong Host, foreign Origin, cross-site fetch, no key: refused; and the token opens once only."""
    with serving(trial.work) as server:
        client = server.client()
        bare = httpx.Client(base_url=server.base)
        assert client.get("/api/batch").status_code == 200
        for method, path in addresses():
            for headers, status in (
                ({"host": "evil.example"}, 421),
                ({"host": f"evil.example:{server.base.rpartition(':')[2]}"}, 421),
                ({"origin": "https://evil.example"}, 403),
                ({"origin": "null"}, 403),
                ({"sec-fetch-site": "cross-site"}, 403),
            ):
                assert client.request(method, path, headers=headers).status_code == status, (method, path, headers)
            answer = bare.request(method, path)
            assert answer.status_code in (401, 403), (method, path)
            assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert bare.get(server.address).status_code == 403
        assert bare.get("/api/batch", headers={"cookie": f"banmian-{server.base[-5:]}=x"}).status_code == 401


CLIMBING = (
    "/static/..%2f..%2fserver.py",
    "/static/%2e%2e/server.py",
    "/leaflet/..%2f..%2f..%2f__init__.py",
    "/leaflet/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/line/1/1/..%2f..%2fpage.png",
    "/glyphs/..%2f..%2fworkspace.png",
    "/tiles/1/1/0/0/99999999.jpg",
    "/tiles/1/999/0/0/0.jpg",
    "/api/article/1/..%2f..%2fissue.json",
    "/api/glyphs?char=%2e%2e",
)


def test_no_path_leads_out_of_the_workspace(trial: Trial) -> None:
    """Addresses that climb get nothing."""
    with serving(trial.work) as server:
        client = server.client()
        for path in CLIMBING:
            assert client.get(path, follow_redirects=False).status_code in (400, 404), path


def test_another_host_wants_a_password(trial: Trial) -> None:
    """Without a password nothing listens on other addresses; with one, a wrong one does not open."""
    server = Server(trial.work, "--host", "0.0.0.0", env={**os.environ, "BANMIAN_PASSWORD": ""})
    assert server.process.wait(timeout=20) == 2
    with serving(
        trial.work, "--host", "0.0.0.0", "--name", "127.0.0.1", env={**os.environ, "BANMIAN_PASSWORD": "渡口"}
    ) as s:
        base = s.base.replace("0.0.0.0", "127.0.0.1")
        client = httpx.Client(base_url=base, follow_redirects=True)
        assert client.post("/enter", data={"name": "甲", "password": "falsch"}).status_code == 403
        assert client.get("/api/batch").status_code == 401
        assert client.post("/enter", data={"name": "甲", "password": "渡口"}).status_code == 200
        assert client.get("/api/batch").status_code == 200


def hammer(trial: Trial, clients: int, each: int) -> tuple[int, int]:
    """So many clients decide at once on one article; how many decisions were kept, and how many were stale."""
    with serving(trial.work) as server, Record.open(trial.work) as record:
        before = len(record.decisions("报"))
        first = server.client()
        kept, stale = [0] * clients, [0] * clients

        def work(n: int) -> None:
            with server.twin(first) as client:
                revision = 0
                while kept[n] < each:
                    answer = decide(client, "p1-01", revision, SEE, trial.entry("报").id)
                    assert answer.status_code in (200, 409), answer.text
                    told = answer.json()
                    revision = told["articles"][0]["revision"] if answer.status_code == 200 else told["revision"]
                    kept[n] += answer.status_code == 200
                    stale[n] += answer.status_code == 409

        threads = [threading.Thread(target=work, args=(n,)) for n in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(record.decisions("报")) - before == sum(kept)
        assert sum(kept) == clients * each
        assert record.revision("报", "p1-01") == len(record.decisions("报"))
        return sum(kept), sum(stale)


def test_many_clients_at_once_lose_nothing(trial: Trial) -> None:
    """Of six who decide on one article at once every acknowledged decision is there, and stale ones are refused."""
    kept, stale = hammer(trial, 6, 8)
    assert kept == 48
    assert stale > 0


def kill_while_saving(trial: Trial, times: int) -> int:
    """Kills the server in the midst of saving, so often; how many decisions were acknowledged, all of them kept."""
    acknowledged: set[int] = set()
    for _ in range(times):
        server = Server(trial.work)
        client = server.client()
        first = threading.Event()

        def work(client: httpx.Client = client, first: threading.Event = first) -> None:
            revision = 0
            try:
                while True:
                    answer = decide(client, "p1-01", revision, SEE, trial.entry("乙").id)
                    told = answer.json()
                    if answer.status_code == 200:
                        acknowledged.update(told["decisions"])
                        first.set()
                    revision = told["articles"][0]["revision"] if answer.status_code == 200 else told["revision"]
            except httpx.HTTPError:
                return

        thread = threading.Thread(target=work)
        thread.start()
        assert first.wait(30)
        server.stop(kill=True)
        thread.join()
        with Record.open(trial.work) as record:
            there = {d.id for name in ("报", "乙") for d in record.decisions(name)}
            assert acknowledged <= there
    return len(acknowledged)


def test_what_was_acknowledged_survives_a_kill(trial: Trial) -> None:
    """The server is killed three times in the midst of saving; no acknowledged decision is missing."""
    assert kill_while_saving(trial, 3) >= 3
