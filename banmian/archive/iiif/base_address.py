"""The http address under which an archive serves its manifests, in the one spelling that ids are made from."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

_PORTS: Final = {"http": 80, "https": 443}
"""Port numbers that an address leaves out."""

_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_.])?|[0-9a-f:.]*:[0-9a-f:.]*")
"""A host's name in ASCII and lower case, or an IPv6 address."""

_KEPT: Final = "/%!$&'()*+,;=:@~[]|^"
"""Characters that a path keeps beside letters, digits and -._; all others are written as %XX."""


def http_address(text: str) -> str | None:
    """The address with scheme and host in lower case, a host of hanzi in Punycode, and a path in ASCII.

    A standard port is left out and dots in the path are resolved, so that an address has one spelling; a query and a
    fragment are left out. None for what is no http or https address.
    """
    try:
        parts = urlsplit(text.strip())
        port, host = parts.port, (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in _PORTS or not _HOST.fullmatch(host):
        return None
    user = parts.netloc.rpartition("@")[0]
    place = f"[{host}]" if ":" in host else host
    shown_port = "" if port is None or port == _PORTS[parts.scheme] else f":{port}"
    root = f"{parts.scheme}://{user + '@' if user else ''}{place}{shown_port}/"
    return urljoin(root, "./" + quote(parts.path.lstrip("/"), safe=_KEPT))
