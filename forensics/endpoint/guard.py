"""Who may ask, and how often: decided before anything costly is done."""

from __future__ import annotations

import hmac
import ipaddress
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl

from forensics.errors import UsageError

SWITCH, TOKEN, TOKEN_FILE = (
    "FORENSICS_ENDPOINT",
    "FORENSICS_ENDPOINT_TOKEN",
    "FORENSICS_ENDPOINT_TOKEN_FILE",
)
SHORTEST_TOKEN = 16
#: Set by a proxy: the peer's address is then not the client's.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
_LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]", "")


class Request(NamedTuple):
    """What an endpoint sees of a request; header names in lower case."""

    method: str
    path: str
    query: str
    peer: str
    headers: Mapping[str, str]


class Refusal(NamedTuple):
    """An HTTP status and a reason that tells nothing about the service."""

    status: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Access:
    """Who may ask. Without a token only a client on this machine, not behind a proxy."""

    token: bytes = b""

    def refusal(self, request: Request) -> Refusal | None:
        """Why this request is not answered, None if it is."""
        if any(name.lower() in ("token", "access_token") for name, _ in parse_qsl(request.query)):
            return Refusal(400, "a token belongs into the Authorization header, never into a URL")
        if request.method not in ("GET", "HEAD"):
            return Refusal(405, "only GET")
        if self.token:
            return None if self._has_token(request) else Refusal(403, "forbidden")
        return None if _is_local(request) else Refusal(403, "forbidden")

    def _has_token(self, request: Request) -> bool:
        """Compared in constant time."""
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), self.token)


def _is_local(request: Request) -> bool:
    """From this machine, by no proxy, and asked for by a local name (a page in a browser cannot)."""
    if any(name in request.headers for name in _FORWARDED):
        return False
    host = request.headers.get("host", "").lower()
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    try:
        return ipaddress.ip_address(request.peer).is_loopback and name in _LOCAL_NAMES
    except ValueError:
        return False


class OneAtATime:
    """Admits one request at a time, and after each a pause in proportion to what it cost."""

    def __init__(self, *, share: float) -> None:
        self._share = share
        self._lock = threading.Lock()
        self._not_before = 0.0

    def enter(self) -> Refusal | None:
        """None if the request may go on; then `leave` has to be called."""
        if time.monotonic() < self._not_before or not self._lock.acquire(blocking=False):
            return Refusal(429, "busy, ask again later")
        return None

    def leave(self, seconds: float) -> None:
        """The request took this long; the next is admitted when the share is kept again."""
        self._not_before = time.monotonic() + seconds * (1 / self._share - 1)
        self._lock.release()


def switched_on(enabled: bool | None) -> bool:
    """What the argument says, else FORENSICS_ENDPOINT."""
    if enabled is not None:
        return enabled
    return os.environ.get(SWITCH, "").strip().lower() in ("on", "1", "yes", "true")


def token_from(given: str | None, file: str | os.PathLike[str] | None) -> bytes:
    """The token given, in a file, or in the environment; b"" where there is none.

    Raises UsageError for one of fewer than 16 characters or a file that cannot be read.
    """
    file = file or os.environ.get(TOKEN_FILE)
    try:
        text = given or (Path(file).read_text() if file else os.environ.get(TOKEN, ""))
    except OSError as error:
        raise UsageError(f"{file}: the token cannot be read ({error.strerror})") from error
    token = text.strip().encode()
    if token and len(token) < SHORTEST_TOKEN:
        raise UsageError(f"the endpoint's token has fewer than {SHORTEST_TOKEN} characters")
    return token
