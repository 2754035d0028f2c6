"""From a request to an answer, for WSGI and ASGI alike."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from http import HTTPStatus

from forensics.endpoint.answers import ROUTES, Answer, Caps
from forensics.endpoint.guard import Access, OneAtATime, Refusal, Request, switched_on, token_from


@dataclass(frozen=True, kw_only=True)
class Service:
    """The endpoint of one application. ``share`` is the largest part of time it may take."""

    on: bool
    access: Access
    turn: OneAtATime
    caps: Caps

    def wants(self, path: str) -> bool:
        """Whether this path is the endpoint's: never while it is off."""
        return self.on and path.rstrip("/") in ROUTES

    def refusal(self, request: Request) -> Answer | None:
        """The answer to a request that is not let in; costs nothing."""
        refused = self.access.refusal(request)
        return _refused(refused) if refused else None

    def answer(self, request: Request) -> Answer:
        """The answer to a request that was let in, or 429 while another one is answered or paid for.

        What is paid for is processor time: that is what the service lacks meanwhile, while a thread that
        waits for the interpreter takes nothing from it.
        """
        busy = self.turn.enter()
        if busy:
            return _refused(busy)
        began = time.thread_time()
        try:
            return ROUTES[request.path.rstrip("/")](request.query, self.caps)
        finally:
            self.turn.leave(time.thread_time() - began)


def make_service(
    *,
    enabled: bool | None,
    token: str | None,
    token_file: str | os.PathLike[str] | None,
    share: float,
    caps: Caps | None,
) -> Service:
    """The service as the arguments and the environment say. Raises UsageError for a bad token."""
    on = switched_on(enabled)
    secret = token_from(token, token_file) if on else b""
    return Service(on=on, access=Access(token=secret), turn=OneAtATime(share=share), caps=caps or Caps())


def headers_of(answer: Answer) -> list[tuple[str, str]]:
    """Headers for an answer that no cache may keep and no browser may interpret."""
    headers = [
        ("Content-Type", answer.kind),
        ("Content-Length", str(len(answer.body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        headers.append(("Retry-After", "1"))
    if answer.file_name:
        headers.append(("Content-Disposition", f'attachment; filename="{answer.file_name}"'))
    return headers


def _refused(refusal: Refusal) -> Answer:
    return Answer(refusal.status, "application/json", json.dumps({"error": refusal.reason}).encode() + b"\n")
