"""Nothing gets in that should not, no path leads out, and what was acknowledged is there after any end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import re
import sqlite3
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from starlette.routing import Route

from banmian.decisions.record import Record
from banmian.review import server
from banmian.review.guard import Door, Sessions
from banmian.review.server import _routes
from tests.banmian.review.serving import Server, decide, serving
from tests.banmian.review.workspaces import Told, Trial, made

SEE = {"type": "see", "start": 2, "end": 3}
STORY = tuple(Told("　　春天的渡口人来人往，船票要提前两天才买得到。") for _ in range(3))


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return made(tmp_path_factory.mktemp("guard"), {"报": [STORY], "乙": [STORY]})


def addresses() -> list[tuple[str, str]]:
    """Every route of the application with every method, places filled in: a new route is among them by itself."""
    values = {"z": "0", "x": "0", "y": "0", "article": "p1-01", "line": "l1", "file": "core.js", "language": "en"}
    found = [("GET", "/nowhere")]
    for route in _routes():
        path = re.sub(r"\{(\w+)(:\w+)?\}", lambda m: values.get(m.group(1), "1"), route.path)
        methods = sorted(route.methods or ()) if isinstance(route, Route) else ["GET"]
        found += [(method, path) for method in methods if method != "HEAD"]
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
    with pytest.raises(AssertionError, match="ended with 2"):
        Server(trial.work, "--host", "0.0.0.0", env={**os.environ, "BANMIAN_PASSWORD": ""})
    with serving(
        trial.work, "--host", "0.0.0.0", "--name", "127.0.0.1", env={**os.environ, "BANMIAN_PASSWORD": "渡口"}
    ) as s:
        base = s.base.replace("0.0.0.0", "127.0.0.1")
        client = httpx.Client(base_url=base, follow_redirects=True)
        assert client.post("/enter", data={"name": "甲", "password": "falsch"}).status_code == 403
        assert client.get("/api/batch").status_code == 401
        assert client.post("/enter", data={"name": "甲", "password": "渡口"}).status_code == 200
        assert client.get("/api/batch").status_code == 200
        for origin, secure in ((base, False), (base.replace("http:", "https:"), True)):
            told = httpx.post(
                f"{base}/enter", data={"name": "乙", "password": "渡口"}, headers={"origin": origin}
            ).headers["set-cookie"]
            assert ("Secure" in told) is secure
            assert "HttpOnly" in told
            assert "SameSite=strict" in told


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

        with ThreadPoolExecutor(clients) as crowd:
            for ended in [crowd.submit(work, n) for n in range(clients)]:
                ended.result()  # what a client met is the test's own failure
        assert len(record.decisions("报")) - before == sum(kept)
        assert sum(kept) == clients * each
        assert record.revision("报", "p1-01") == len(record.decisions("报"))
        return sum(kept), sum(stale)


def test_many_clients_at_once_lose_nothing(trial: Trial) -> None:
    """Of six who decide on one article at once every acknowledged decision is there, and stale ones are refused."""
    kept, stale = hammer(trial, 6, 8)
    assert kept == 48
    assert stale > 0


def test_a_fault_of_the_program_is_told_in_the_terminal(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The browser gets an answer that it can read, without a word of where; the terminal has the place."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr("banmian.review.glyphgrid.Grid.characters", broken)
    door = Door(frozenset({"testserver"}))
    app = server.application(trial.work, Sessions("token", None), 1, door)

    async def asked() -> httpx.Response:
        wire = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=wire, base_url="http://testserver", follow_redirects=True) as client:
            await client.get("/enter?token=token")
            return await client.get("/api/characters")

    with ThreadPoolExecutor(1) as apart:  # the browser of other tests has a loop of its own in this thread
        answer = apart.submit(asyncio.run, asked()).result()
    assert (answer.status_code, answer.json()) == (500, {"why": "failed"})
    assert "ZeroDivisionError: a fault" in capsys.readouterr().err


def test_all_that_threads_decode_is_prepared() -> None:
    """Each type that a module of the review decodes is in the list of the server, or in one that loads with it."""
    folder = Path(server.__file__).parent
    named = {
        n for f in folder.rglob("*.py") for n in re.findall(r"json\.decode\(.*type=(?:list\[)?(\w+)", f.read_text())
    }
    alone = {"dict", "tuple", "_Document", "_Question"}  # plain, or decoded by one thread at a time
    assert {"Call", "Counts"} <= named
    assert named - alone == {kind.__name__ for kind in server.DECODED}


class Writer(threading.Thread):
    """Decides without end until its server is gone; `kept` are the decisions that were acknowledged to it."""

    def __init__(self, client: httpx.Client, issue: int) -> None:
        super().__init__(daemon=True)
        self.client, self.issue = client, issue
        self.kept: set[int] = set()
        self.error: Exception | None = None

    def run(self) -> None:
        revision = 0
        try:
            with self.client:
                while True:
                    answer = decide(self.client, "p1-01", revision, SEE, self.issue)
                    told = answer.json()
                    if answer.status_code == 200:
                        self.kept.update(told["decisions"])
                    revision = told["articles"][0]["revision"] if answer.status_code == 200 else told["revision"]
        except httpx.HTTPError:
            return  # the server was killed
        except Exception as e:  # told by the test that waits for it
            self.error = e


def kill_while_saving(trial: Trial, times: int) -> int:
    """Kills the server in the midst of saving, so often; how many decisions were acknowledged, all of them kept.

    Three write at once, and the moment is drawn, so that the kill falls on every part of a commit.
    """
    draw = random.Random(0)
    acknowledged: set[int] = set()
    for _ in range(times):
        with serving(trial.work) as server:
            client = server.client()
            writers = [Writer(server.twin(client), trial.entry(name).id) for name in ("报", "报", "乙")]
            for writer in writers:
                writer.start()
            assert _one_saves(writers, 30), [w.error for w in writers]
            time.sleep(draw.uniform(0, 0.05))
            server.stop(kill=True)
            for writer in writers:
                writer.join(timeout=60)
                assert not writer.is_alive()
                assert writer.error is None
                acknowledged |= writer.kept
            client.close()
        with Record.open(trial.work) as record:
            assert acknowledged <= {d.id for name in ("报", "乙") for d in record.decisions(name)}
    return len(acknowledged)


def _one_saves(writers: list[Writer], seconds: float) -> bool:
    """Waits until a decision was acknowledged to one of them; False where none was in time."""
    end = time.monotonic() + seconds
    while not any(w.kept for w in writers) and time.monotonic() < end:
        time.sleep(0.002)
    return any(w.kept for w in writers)


def test_what_was_acknowledged_survives_a_kill(trial: Trial) -> None:
    """The server is killed three times in the midst of saving; no acknowledged decision is missing."""
    assert kill_while_saving(trial, 3) >= 3


def crowd_with_kills(trial: Trial, clients: int, each: int, kills: int) -> tuple[int, int]:
    """So many clients decide, and send again what nobody answered, while the server is killed and started again.

    Like the page, they say what they have seen, so that the server carries their decisions to what there is by then.
    How many decisions there are, each acknowledged and there once; and how often the server was killed on the way.
    """
    draw, acknowledged, lock = random.Random(1), Counter[int](), threading.Lock()
    running = Server(trial.work)
    first = running.client()

    def work(n: int) -> None:
        revision, mark, number = 0, "", trial.entry("报").id
        with running.twin(first) as client:
            for at in range(each):
                while True:
                    call = {
                        "issue": number,
                        "article": "p1-01",
                        "revision": revision,
                        "mark": mark,
                        "ticket": f"c{n}-{at}",
                        "wish": SEE,
                    }
                    try:
                        answer = client.post("/api/decide", json=call)
                    except httpx.TransportError:
                        time.sleep(0.05)
                        continue
                    assert answer.status_code in (200, 409), answer.text
                    told = answer.json()
                    now = told["articles"][0] if answer.status_code == 200 else told["article"]
                    revision, mark = now["revision"], now["mark"]
                    if answer.status_code == 200:
                        break
                with lock:
                    acknowledged.update(told["decisions"])

    done = 0
    with ThreadPoolExecutor(clients) as crowd:
        ended = [crowd.submit(work, n) for n in range(clients)]
        while done < kills and not all(e.done() for e in ended):
            time.sleep(draw.uniform(0.2, 1.2))
            running.stop(kill=True)
            running = Server(trial.work)
            done += 1
        for one in ended:
            one.result()  # what a client met is the test's own failure
    running.stop()
    with Record.open(trial.work) as record:
        kept = Counter(d.id for d in record.decisions("报"))
    assert kept == acknowledged
    assert len(kept) == clients * each
    return len(kept), done


@pytest.mark.slow
def test_a_crowd_loses_nothing_while_the_server_is_killed(tmp_path: Path) -> None:
    """Four clients, twenty decisions each, three kills: each decision is there once."""
    trial = made(tmp_path, {"报": [STORY]})
    kept, kills = crowd_with_kills(trial, 4, 20, 3)
    assert kept == 80
    assert kills > 0


def test_whoever_was_at_work_goes_on_after_a_restart(trial: Trial) -> None:
    """A server that is killed and started again is at the same address, knows the key and the name, and keeps all."""
    with serving(trial.work) as server:
        client = server.client("白露")
        revision = decide(client, "p1-01", 0, SEE).json().get("revision")
        base = server.base
        server.stop(kill=True)
    with serving(trial.work) as server:
        assert server.base == base
        told = decide(client, "p1-01", revision or 1, SEE)
        assert told.status_code == 200, told.text
    with Record.open(trial.work) as record:
        assert record.decisions("乙" if trial.entry("乙").id == 1 else "报")[-1].person == "白露"
        assert client.cookies[f"banmian-{base.rpartition(':')[2]}"] not in repr(record.sessions.all())
    client.close()


@pytest.mark.slow
def test_another_password_ends_every_session(trial: Trial) -> None:
    """Who came in with a password that is no longer the password stays outside, and so does an old session."""
    env = {**os.environ, "BANMIAN_PASSWORD": "渡口"}
    options = ("--host", "0.0.0.0", "--port", "0", "--name", "127.0.0.1")
    with serving(trial.work, *options, env=env) as server:
        base = server.base.replace("0.0.0.0", "127.0.0.1")
        client = httpx.Client(base_url=base, follow_redirects=True)
        client.post("/enter", data={"name": "甲", "password": "渡口"})
        assert client.get("/api/batch").status_code == 200
    with serving(trial.work, *options, env={**env, "BANMIAN_PASSWORD": "渡船"}) as server:
        assert server.base.rpartition(":")[2] == base.rpartition(":")[2]
        assert client.get("/api/batch").status_code == 401
    with contextlib.closing(sqlite3.connect(trial.work / "workspace.sqlite")) as database, database:
        database.execute("UPDATE review_session SET time = '2026-01-01T00:00:00+00:00'")
    with serving(trial.work, *options, env=env):
        assert client.get("/api/batch").status_code == 401
    client.close()


def test_glyphs_of_two_issues_are_mended_together_or_not_at_all(tmp_path: Path) -> None:
    """Articles of two issues bear one id; each is held to its own revision, and a stale one holds back both."""
    trial = made(tmp_path, {"报": [STORY], "乙": [STORY]})
    with serving(trial.work) as server, Record.open(trial.work) as record:
        client = server.client()
        ids = {name: trial.entry(name).id for name in ("报", "乙")}
        assert decide(client, "p1-01", 0, SEE, ids["乙"]).status_code == 200
        wish = {"text": "码", "places": [[ids[n], 1, "l1", 5, "渡"] for n in ids]}
        stale = {**wish, "ticket": "a", "revisions": {"报/p1-01": 0, "乙/p1-01": 0}}
        assert client.post("/api/glyphs/mend", json=stale).status_code == 409
        assert record.decisions("报") == []
        fresh = {**wish, "ticket": "b", "revisions": {"报/p1-01": 0, "乙/p1-01": 1}}
        assert client.post("/api/glyphs/mend", json=fresh).status_code == 200
    for name in ids:
        assert "码口" in trial.issue(name).articles[0].clean.text
