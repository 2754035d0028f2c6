"""The endpoint as an ASGI application, or around one (ASGI 3, on asyncio)."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from forensics.endpoint.answers import Answer, Caps
from forensics.endpoint.guard import Request
from forensics.endpoint.service import headers_of, make_service

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
_NOT_FOUND = Answer(404, "application/json", b'{"error": "not found"}\n')


def asgi(
    application: Application | None = None,
    *,
    enabled: bool | None = None,
    token: str | None = None,
    token_file: str | os.PathLike[str] | None = None,
    share: float = 0.1,
    caps: Caps | None = None,
) -> Application:
    """An application that answers the debug routes and passes everything else on.

    The arguments are those of `forensics.endpoint.wsgi`. An answer is made on a thread of the event
    loop's executor, so that the loop goes on.
    """
    service = make_service(enabled=enabled, token=token, token_file=token_file, share=share, caps=caps)

    async def respond(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = _request(scope)
            if service.wants(request.path):
                answer = service.refusal(request)
                if answer is None:
                    answer = await asyncio.to_thread(service.answer, request)
                await _send(answer, request, send)
                return
        if application is not None:
            await application(scope, receive, send)
        elif scope["type"] == "http":
            await _send(_NOT_FOUND, _request(scope), send)

    return respond


def _request(scope: Scope) -> Request:
    root, path = scope.get("root_path", ""), scope["path"]
    peer = scope.get("client")
    return Request(
        method=scope["method"],
        path=path if path.startswith(root) else root + path,
        query=scope.get("query_string", b"").decode("latin-1"),
        peer=peer[0] if peer else "",
        headers={name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]},
    )


async def _send(answer: Answer, request: Request, send: Send) -> None:
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers_of(answer)
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    body = b"" if request.method == "HEAD" else answer.body
    await send({"type": "http.response.body", "body": body})
