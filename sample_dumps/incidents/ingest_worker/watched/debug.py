"""A debug endpoint for a worker that serves nothing else: on loopback, off unless switched on."""

import os
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


def serve_if_asked() -> None:
    """Answer /debug/memory and the like on DEBUG_PORT where FORENSICS_ENDPOINT=on."""
    if os.environ.get("FORENSICS_ENDPOINT") != "on":
        return
    from forensics.endpoint import wsgi

    port = int(os.environ.get("DEBUG_PORT", "8001"))
    # no pauses between answers: nobody waits for this worker
    server = make_server("127.0.0.1", port, wsgi(share=1), handler_class=Quiet)
    threading.Thread(target=server.serve_forever, name="debug", daemon=True).start()
