"""Who may speak to the server: the right host, no foreign page, a key that was given out; and what a page may do."""

from __future__ import annotations

import hmac
import re
import secrets
import threading
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Final, Protocol

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from banmian.review.words import chosen_language, words_of

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
LARGEST: Final = 1 << 20
"""Bytes of the largest request that is read."""

_OPEN: Final = frozenset({"/enter", "/api/prove", "/static/review.css", "/static/mark.svg"})
"""For those who have no key yet: to enter, what that page is drawn with, and the proof of who the server is."""

_PROOFS: Final = re.compile(r"[0-9a-f]{16,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Door:
    """The names under which the server is reached.

    `hosts` are the values of the Host header that are ours, with the port. `public` is the https address at which a
    reverse proxy shows it, empty where there is none.
    """

    hosts: frozenset[str]
    public: str = ""

    @property
    def public_host(self) -> str:
        """The Host header of the public address."""
        return self.public.partition("://")[2]

    def knows(self, host: str) -> bool:
        return host in self.hosts or (bool(self.public) and host == self.public_host)

    def is_own(self, origin: str, host: str) -> bool:
        """Whether a page of this origin is ours, on a request that came for `host`."""
        return origin in (f"http://{host}", f"https://{host}") or (bool(self.public) and origin == self.public)

    def is_secure(self, headers: Headers) -> bool:
        """Whether the browser is at an https address, so that its cookie is never to leave https."""
        origin = headers.get("origin", "")
        behind = bool(self.public) and self.public.startswith("https://")
        return origin.startswith("https://") or (behind and headers.get("host") == self.public_host)


def proof(secret: bytes, nonce: str) -> str:
    """What only the workspace's own server can say to a page's nonce; ValueError for what is none."""
    if not _PROOFS.fullmatch(nonce):
        raise ValueError(nonce)
    return hmac.digest(secret, nonce.encode(), "sha256").hex()


class Book(Protocol):
    """Where sessions outlive the server: each by its digest, with its person's name."""

    def keep(self, digest: str, person: str) -> None: ...

    def drop(self, digest: str) -> None: ...

    def all(self) -> dict[str, str]: ...


@dataclass(slots=True)
class Sessions:
    """The keys that were given out, each with its person's name once told.

    With a book they outlive the server, so that whoever was at work goes on where the server is started again. The
    book holds digests alone: nobody gets in with what is written there. Another password ends them all.
    """

    token: str | None = field(default_factory=lambda: secrets.token_urlsafe(24))
    password: str | None = None
    _names: dict[str, str] = field(default_factory=dict)
    _book: Book | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def outlive(self, book: Book) -> None:
        """Takes up the sessions that the book holds, and keeps new ones there."""
        self._book = book
        self._names.update(book.all())

    def by_token(self, token: str) -> str | None:
        """A new key for the one-time token; None for another, or when it was used."""
        with self._lock:
            if self.token is None or not hmac.compare_digest(token.encode(), self.token.encode()):
                return None
            self.token = None
            return self._new()

    def by_password(self, password: str) -> str | None:
        """A new key for the password; None where it is wrong or none was set."""
        if self.password is None or not hmac.compare_digest(password.encode(), self.password.encode()):
            return None
        with self._lock:
            return self._new()

    def _new(self) -> str:
        key = secrets.token_urlsafe(32)
        self.call(key, "")
        return key

    def knows(self, key: str) -> bool:
        return self._digest(key) in self._names

    def name(self, key: str) -> str:
        """The person's name, empty where it was not told yet."""
        return self._names.get(self._digest(key), "")

    def names(self) -> set[str]:
        """The people whose sessions go on."""
        return {name for name in list(self._names.values()) if name}

    def call(self, key: str, name: str) -> None:
        """Notes a person's name."""
        digest = self._digest(key)
        self._names[digest] = name
        if self._book is not None:
            self._book.keep(digest, name)

    def leave(self, key: str) -> None:
        """Ends a session."""
        digest = self._digest(key)
        self._names.pop(digest, None)
        if self._book is not None:
            self._book.drop(digest)

    def _digest(self, key: str) -> str:
        return hmac.digest((self.password or "").encode(), key.encode(), "sha256").hex()


@dataclass(slots=True)
class Guard:
    """Stands before the application: nothing passes that it does not know.

    A page from elsewhere that was made to find this server under another name is refused by the door's names.
    """

    app: ASGIApp
    sessions: Sessions
    door: Door
    cookie: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send, scope["path"]))
            return
        await self.app(scope, _limited(receive), _with_headers(send, scope["path"]))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        wrong = _misplaced(headers, self.door)
        if wrong is not None:
            return wrong
        key = key_of(headers, self.cookie)
        scope.setdefault("state", {})["key"] = key
        if scope["path"] in _OPEN or self.sessions.knows(key):
            return None
        if scope["path"] == "/" and self.sessions.password is not None:
            return RedirectResponse("/enter", 303)
        return refused(headers, "stranger", 401)


def _misplaced(headers: Headers, door: Door) -> Response | None:
    """The refusal of a request that another name, another page or too many bytes lead here; None for others."""
    host, origin = headers.get("host", ""), headers.get("origin")
    if not door.knows(host) or len(headers.getlist("host")) != 1:
        return refused(headers, "wrong_name", 421)
    foreign = origin is not None and not door.is_own(origin, host)
    if foreign or headers.get("sec-fetch-site", "none") in ("cross-site", "same-site"):
        return refused(headers, "foreign_page", 403)
    size = headers.get("content-length", "0")
    if not size.isdecimal() or int(size) > LARGEST:
        return refused(headers, "too_long", 413)
    return None


def refused(headers: Headers, why: str, status: int) -> Response:
    """A refusal in the words of the language that the browser asks for."""
    try:
        chosen = SimpleCookie(headers.get("cookie", "")).get("banmian-language")
    except CookieError:
        chosen = None
    language = chosen_language(None if chosen is None else chosen.value, headers.get("accept-language", ""))
    return PlainTextResponse(words_of(language)[why] + "\n", status)


def key_of(headers: Headers, cookie: str) -> str:
    """The key in the request's cookie, empty where there is none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(cookie)
    except CookieError:
        return ""
    return "" if found is None else found.value


def _with_headers(send: Send, path: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sending


class TooLarge(Exception):
    """A request went on beyond what is read."""


def _limited(receive: Receive) -> Receive:
    read = 0

    async def receiving() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST:
            raise TooLarge
        return message

    return receiving
