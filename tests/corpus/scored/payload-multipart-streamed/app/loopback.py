"""Sends requests to an application in this process, as the nightly check does."""

import asyncio
import json

BOUNDARY = b"----lists4711"


def form(supplier, lines):
    """The body of a form with a file, in pieces of some kilobytes."""
    yield (
        b"--"
        + BOUNDARY
        + b'\r\nContent-Disposition: form-data; name="supplier"\r\n\r\n'
        + supplier.encode()
        + b"\r\n"
    )
    yield b"--" + BOUNDARY + b'\r\nContent-Disposition: form-data; name="list"; filename="list.csv"\r\n'
    yield b"Content-Type: text/csv\r\n\r\n"
    yield from lines
    yield b"\r\n--" + BOUNDARY + b"--\r\n"


async def post(app, path, body):
    sent = []
    pieces = ({"type": "http.request", "body": piece, "more_body": True} for piece in body)

    async def receive():
        await asyncio.sleep(0)
        return next(pieces, {"type": "http.request", "body": b"", "more_body": False})

    async def send(message):
        sent.append(message)

    content_type = b"multipart/form-data; boundary=" + BOUNDARY
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "headers": [(b"content-type", content_type), (b"host", b"localhost")],
        "query_string": b"",
        "server": ("localhost", 80),
    }
    await app(scope, receive, send)
    return json.loads(b"".join(message.get("body", b"") for message in sent))
