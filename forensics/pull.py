"""Fetching a profile from a debug endpoint, ours or Go's, into a file.

One host, no redirect to another one, a limit on size and time, no token in a URL or an error text;
the file appears whole or not at all.
"""

from __future__ import annotations

import http.client
import os
import ssl
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urljoin, urlsplit

from forensics.errors import RecordError, UsageError

TOKEN, TOKEN_FILE = "FORENSICS_TOKEN", "FORENSICS_TOKEN_FILE"
DEFAULT_SECONDS = 60.0
DEFAULT_BYTES = 256 << 20
_CHUNK = 1 << 16
_MOST_REDIRECTS = 3
_REDIRECTS = (301, 302, 303, 307, 308)
#: Last part of a path to the extension that its dump usually has.
_EXTENSIONS = {
    "heap": ".pb.gz",
    "allocs": ".pb.gz",
    "block": ".pb.gz",
    "mutex": ".pb.gz",
    "threadcreate": ".pb.gz",
    "profile": ".pb.gz",
    "goroutine": ".pb.gz",
    "metrics": ".prom",
    "vars": ".json",
    "memory": ".json",
    "snapshot": ".tracemalloc",
}


@dataclass(frozen=True, kw_only=True)
class _Limits:
    """Bytes of one answer and the moment (monotonic) at which everything has to be there."""

    bytes: int
    deadline: float

    def seconds_left(self, url: str) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise RecordError(f"{url}: took too long; raise --timeout")
        return left


def pull(
    url: str,
    output: str | os.PathLike[str] | None = None,
    *,
    token_file: str | os.PathLike[str] | None = None,
    timeout_seconds: float = DEFAULT_SECONDS,
    max_bytes: int = DEFAULT_BYTES,
    force: bool = False,
) -> Path:
    """The file into which the answer of this URL was written.

    The token comes from a file or from FORENSICS_TOKEN[_FILE]. The default name is made from host
    and path. Raises UsageError for a URL that is none, holds a secret, or an output that exists
    (without ``force``), RecordError where the answer is refused, too large or too late.
    """
    parts = _checked(url)
    path = Path(output) if output is not None else Path(default_name(parts))
    if path.exists() and not force:
        raise UsageError(f"{path}: exists already; name another output with -o, or add --force")
    token = _token(token_file)
    limits = _Limits(bytes=max_bytes, deadline=time.monotonic() + timeout_seconds)
    part = path.with_name(f".{path.name}.part")
    try:
        _fetch(parts, part, token, limits)
        part.replace(path)
    except (OSError, http.client.HTTPException) as error:
        raise RecordError(f"{_shown(parts)}: {_reason(error)}") from error
    finally:
        part.unlink(missing_ok=True)
    return path


def default_name(parts: SplitResult) -> str:
    """``localhost-6060-heap.pb.gz``: host, port and the last part of the path."""
    last = parts.path.rstrip("/").rpartition("/")[2] or "answer"
    extension = _EXTENSIONS.get(last, "")
    if any(name == "debug" and value != "0" for name, value in parse_qsl(parts.query)):
        extension = ".txt"
    where = f"{parts.hostname}-{parts.port}" if parts.port else f"{parts.hostname}"
    return "".join(c if c.isalnum() or c in "-._" else "_" for c in f"{where}-{last}{extension}")


def _checked(url: str) -> SplitResult:
    """The parts of a URL that may be fetched. The error texts do not repeat what may be a secret."""
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError as error:
        raise UsageError(f"this is no URL ({error})") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_fine:
        raise UsageError("this is no URL; write it like http://localhost:8000/debug/memory")
    names = {name.lower() for name, _ in parse_qsl(parts.query)}
    if parts.username or parts.password or names & {"token", "access_token", "password", "key"}:
        raise UsageError(
            f"{parts.hostname}: a URL ends up in logs: give the token with --token-file or {TOKEN}"
        )
    return parts


def _token(file: str | os.PathLike[str] | None) -> str:
    file = file or os.environ.get(TOKEN_FILE)
    if not file:
        return os.environ.get(TOKEN, "").strip()
    try:
        return Path(file).read_text().strip()
    except OSError as error:
        raise UsageError(f"{file}: the token cannot be read ({error.strerror})") from error


def _fetch(parts: SplitResult, into: Path, token: str, limits: _Limits) -> None:
    """Write the answer to a file, following redirects on the same host only."""
    for _ in range(_MOST_REDIRECTS + 1):
        connection = _connection(parts, limits)
        try:
            connection.request("GET", _target(parts), headers=_headers(token))
            answer = connection.getresponse()
            if answer.status not in _REDIRECTS:
                _check_status(parts, answer)
                _save(parts, answer, connection, into, limits)
                return
            parts = _redirected(parts, answer.getheader("Location", ""))
        finally:
            connection.close()
    raise RecordError(f"{_shown(parts)}: redirects more than {_MOST_REDIRECTS} times")


def _connection(parts: SplitResult, limits: _Limits) -> http.client.HTTPConnection:
    seconds = limits.seconds_left(_shown(parts))
    host = parts.hostname or ""
    if parts.scheme == "https":
        return http.client.HTTPSConnection(
            host, parts.port, timeout=seconds, context=ssl.create_default_context()
        )
    return http.client.HTTPConnection(host, parts.port, timeout=seconds)


def _headers(token: str) -> dict[str, str]:
    headers = {"User-Agent": "heap-forensics", "Accept-Encoding": "identity"}
    return {**headers, "Authorization": f"Bearer {token}"} if token else headers


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _redirected(parts: SplitResult, location: str) -> SplitResult:
    """Where a redirect leads. Raises RecordError if that is another host, port or scheme."""
    target = _checked(urljoin(parts.geturl(), location))
    if (target.scheme, target.hostname, target.port) != (parts.scheme, parts.hostname, parts.port):
        raise RecordError(f"{_shown(parts)}: redirects to another place ({target.hostname}), not followed")
    return target


def _check_status(parts: SplitResult, answer: http.client.HTTPResponse) -> None:
    if answer.status == 200:
        return
    reasons = {
        401: "wants a token",
        403: "refuses: only loopback or the right token is let in",
        404: "has no such page: is the endpoint switched on?",
        429: "is busy; ask again in a second",
    }
    said = answer.read(300).decode(errors="replace").strip()
    raise RecordError(f"{_shown(parts)}: {reasons.get(answer.status, f'answers {answer.status}: {said}')}")


def _save(
    parts: SplitResult,
    answer: http.client.HTTPResponse,
    connection: http.client.HTTPConnection,
    into: Path,
    limits: _Limits,
) -> None:
    length = answer.headers.get("Content-Length") or ""
    promised = int(length) if length.isdecimal() else 0
    held = 0
    with into.open("wb") as file:
        while True:
            if connection.sock is not None:
                connection.sock.settimeout(limits.seconds_left(_shown(parts)))
            limits.seconds_left(_shown(parts))
            piece = answer.read1(_CHUNK)
            if not piece:
                break
            held += len(piece)
            if max(held, promised) > limits.bytes:
                raise RecordError(f"{_shown(parts)}: more than {limits.bytes} bytes; raise --max-size")
            file.write(piece)
    if held < promised:
        raise RecordError(f"{_shown(parts)}: ended after {held} of {promised} bytes; ask again")


def _shown(parts: SplitResult) -> str:
    """The URL without its query, which may hold anything."""
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "took too long; raise --timeout"
    if isinstance(error, http.client.IncompleteRead):
        return "ended early; ask again"
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
