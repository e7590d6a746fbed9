"""Starts the review's server and tells the address to open."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import secrets
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import uvicorn

from banmian.review.guard import Door, Sessions
from banmian.review.server import application
from banmian.store.display_path import quoted
from banmian.store.workspace import Workspace
from layout.errors import UsageError

_HTTP_PORT: Final = 80
"""Port that a browser leaves out of the Host header of an http address."""
_LOCAL: Final = ("127.0.0.1", "localhost", "[::1]")
PASSWORD: Final = "BANMIAN_PASSWORD"
"""The environment's variable that holds the password for reviewers on other machines."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens. Another host than this machine wants a password."""

    host: str = "127.0.0.1"
    port: int = 0
    password: str | None = None
    names: tuple[str, ...] = ()
    """Other names under which browsers reach it."""
    public: str = ""
    """The https address at which a reverse proxy shows it to others."""


def review(root: Path, address: Address, say: Callable[[str], None], *, opens: bool) -> None:
    """Serves until it is stopped; `say` gets the address to open. Raises UsageError for an address that cannot be."""
    with Workspace.open(root):
        pass  # refuses what is no workspace, before anything listens
    public = origin_of(address.public)
    local = is_local(address.host) and not public
    if not local and not address.password:
        option = f"--public-url {address.public}" if public else f"--host {address.host}"
        raise UsageError(
            f"{public or address.host} can be reached from other machines, and no password is set.",
            f"Set one: {PASSWORD}=... banmian review {quoted(root)} {option}; "
            f"or leave {option.split(maxsplit=1)[0]} away.",
        )
    listening = _listening_for(root, address)
    port = listening.getsockname()[1]
    sessions = Sessions(secrets.token_urlsafe(24) if local else None, None if local else address.password)
    app = application(root, sessions, port, Door(hosts_of(address, port), public))
    shown = public or f"http://{_shown(address.host)}:{port}"
    start = f"{shown}/" + (f"enter?token={sessions.token}" if local else "")
    say(start)
    if opens:
        webbrowser.open(start)
    config = uvicorn.Config(
        app,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
        lifespan="off",
    )
    if public:
        say(f"# proxy to http://{_shown(address.host)}:{port}")
    uvicorn.Server(config).run(sockets=[listening])


def origin_of(public: str) -> str:
    """The origin of a public address, empty where there is none; raises UsageError for what is none."""
    if not public:
        return ""
    found = urlsplit(public)
    try:
        port = found.port
    except ValueError:
        port = -1
    more = found.path.strip("/") or found.query or port == -1
    if found.scheme not in ("https", "http") or not found.hostname or more:
        raise UsageError(
            f"{public} is no address at which a reverse proxy can show the review.",
            "Give scheme and name alone, as in: --public-url https://desk.example.org",
        )
    usual = {"https": 443, "http": 80}[found.scheme]
    end = "" if port in (None, usual) else f":{port}"
    return f"{found.scheme}://{_shown(found.hostname)}{end}"


def is_local(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def hosts_of(address: Address, port: int) -> frozenset[str]:
    """The Host headers that the server answers to."""
    if is_local(address.host):
        names = {*_LOCAL, _shown(address.host)}
    else:
        names = {_shown(address.host), socket.gethostname(), *address.names}
    return frozenset({f"{n}:{port}" for n in names} | (names if port == _HTTP_PORT else set()))


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def usual_port(root: Path) -> int:
    """The port that a workspace's review is at whenever it is free, 20,000 to 29,999.

    A page that stayed open while the server was stopped finds it there again, and sends what it still holds.
    """
    digest = blake2b(os.fsencode(root.resolve()), digest_size=4).digest()
    return 20_000 + int.from_bytes(digest) % 10_000


def _listening_for(root: Path, address: Address) -> socket.socket:
    if address.port == 0:
        with contextlib.suppress(UsageError):
            return listen_at(replace(address, port=usual_port(root)))
    return listen_at(address)


def listen_at(address: Address) -> socket.socket:
    """A socket that listens at the address. Raises UsageError where nothing can.

    Its protocol is named: asyncio sends at once (TCP_NODELAY) on sockets alone that name it. Without that the body of
    each answer waits 40 ms for the browser to acknowledge the head.
    """
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address.host, address.port))
    except (OSError, OverflowError) as e:
        listening.close()
        raise UsageError(
            f"Nothing can listen at {address.host}, port {address.port}: {getattr(e, 'strerror', None) or e}.",
            "Choose another --port, or leave it away: a free one is found.",
        ) from e
    listening.listen(100)  # whoever comes before the server does waits, and is not refused
    return listening


def password() -> str | None:
    """The password in the environment."""
    return os.environ.get(PASSWORD) or None
