"""A debug endpoint for a running service: plain WSGI and ASGI, the standard library alone.

    application = forensics.endpoint.wsgi(application)     # Flask (app.wsgi_app), Django, plain
    application = forensics.endpoint.asgi(application)     # FastAPI, Starlette, Django, plain

Off unless FORENSICS_ENDPOINT=on or ``enabled=True``; then it answers to loopback only, or to whoever
has the token. Routes: /debug/memory, /debug/memory/snapshot, /debug/pprof/heap, /debug/pprof/allocs.
"""

from __future__ import annotations

from forensics.endpoint.asgi import asgi as asgi
from forensics.endpoint.wsgi import wsgi as wsgi
