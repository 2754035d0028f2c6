"""What is known of the requests that are being answered, for the page of the operators."""

import time
import uuid
from dataclasses import dataclass, field


@dataclass
class Context:
    path: str
    body: bytes = b""
    begun: float = field(default_factory=time.monotonic)


contexts = {}


class RequestContext:
    """ASGI middleware: gives each request a number, and keeps its context under it."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number = uuid.uuid4().hex
        contexts[number] = scope["state"]["context"] = Context(scope["path"])

        async def sending(message):
            if message["type"] == "http.response.start":
                message["headers"] += [(b"x-request-id", number.encode())]
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            del contexts[number]
