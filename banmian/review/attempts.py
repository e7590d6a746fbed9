"""Wrong passwords: whoever errs waits, each address for itself, and nobody else does."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final

from starlette.requests import Request

SECONDS: Final = 1.0
"""How long an address waits after a wrong password before its next one is looked at."""

_MOST: Final = 4096
"""Addresses that are remembered."""


@dataclass(slots=True)
class Attempts:
    """One lock for each address that tries: its passwords are looked at one after the other."""

    behind_proxy: bool = False
    _locks: OrderedDict[str, asyncio.Lock] = field(default_factory=OrderedDict)

    @asynccontextmanager
    async def turn(self, request: Request) -> AsyncIterator[None]:
        """The turn of the address that asks; what lies within is done by one of its requests at a time."""
        address = self.address(request)
        lock = self._locks.setdefault(address, asyncio.Lock())
        self._locks.move_to_end(address)
        for old in [a for a, held in self._locks.items() if not held.locked() and a != address]:
            if len(self._locks) <= _MOST:
                break
            del self._locks[old]
        async with lock:
            yield

    def address(self, request: Request) -> str:
        """Where the request comes from; what our own proxy tells of it is believed, what others tell is not."""
        peer = request.client.host if request.client else ""
        told = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if not self.behind_proxy or not told:
            return peer
        try:
            return str(ip_address(told))
        except ValueError:
            return peer
