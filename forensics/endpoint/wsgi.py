"""The endpoint as a WSGI application, or around one (PEP 3333)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from forensics.endpoint.answers import Answer, Caps
from forensics.endpoint.guard import Request
from forensics.endpoint.service import headers_of, make_service

Environment = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environment, StartResponse], Iterable[bytes]]
_NOT_FOUND = Answer(404, "application/json", b'{"error": "not found"}\n')


def wsgi(
    application: Application | None = None,
    *,
    enabled: bool | None = None,
    token: str | None = None,
    token_file: str | os.PathLike[str] | None = None,
    share: float = 0.1,
    caps: Caps | None = None,
) -> Application:
    """An application that answers the debug routes and passes everything else on.

    ``enabled`` None asks FORENSICS_ENDPOINT; while off everything is passed on. Without a token
    (argument, file, or FORENSICS_ENDPOINT_TOKEN[_FILE]) only loopback is answered. ``share`` is the
    largest part of time the answers may take. Raises UsageError for a token that is too short.
    """
    service = make_service(enabled=enabled, token=token, token_file=token_file, share=share, caps=caps)

    def respond(environment: Environment, start_response: StartResponse) -> Iterable[bytes]:
        request = _request(environment)
        if service.wants(request.path):
            return _send(service.refusal(request) or service.answer(request), request, start_response)
        if application is not None:
            return application(environment, start_response)
        return _send(_NOT_FOUND, request, start_response)

    return respond


def _request(environment: Environment) -> Request:
    headers = {
        name[5:].replace("_", "-").lower(): value
        for name, value in environment.items()
        if name.startswith("HTTP_")
    }
    return Request(
        method=environment.get("REQUEST_METHOD", "GET"),
        path=environment.get("SCRIPT_NAME", "") + environment.get("PATH_INFO", ""),
        query=environment.get("QUERY_STRING", ""),
        peer=environment.get("REMOTE_ADDR", ""),
        headers=headers,
    )


def _send(answer: Answer, request: Request, start_response: StartResponse) -> Iterable[bytes]:
    status = HTTPStatus(answer.status)
    start_response(f"{status.value} {status.phrase}", headers_of(answer))
    return [] if request.method == "HEAD" else [answer.body]
