"""Serves bank statements over HTTP and asks for those of one evening."""

import threading
from http.client import HTTPConnection

from audit import AuditTrail
from statements import create_app
from werkzeug.serving import WSGIRequestHandler, make_server


class QuietHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *args):
        pass


def evening(port, accounts):
    line = HTTPConnection("127.0.0.1", port)
    received = 0
    for account in range(accounts):
        line.request("GET", f"/statements/{account}")
        received += len(line.getresponse().read())
    line.request("GET", "/branch/700.zip")
    archive = line.getresponse()
    while chunk := archive.read(65_536):
        received += len(chunk)
    line.close()
    return received


def serve(accounts):
    trail = AuditTrail(create_app())
    server = make_server("127.0.0.1", 0, trail, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        received = evening(server.server_port, accounts)
    finally:
        server.shutdown()
        thread.join()
    return received, trail.count()


if __name__ == "__main__":
    print(serve(700))
