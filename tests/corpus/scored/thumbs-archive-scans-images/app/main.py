"""Runs the service and hands in the pages of one box, as the scanner in the cellar does."""

import threading
from http.client import HTTPConnection

from archive.scanner import pages
from archive.service import create_app
from werkzeug.serving import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *args):
        pass


def hand_in(port, number):
    line = HTTPConnection("127.0.0.1", port)
    for name, png in pages(number):
        line.request("PUT", f"/pages/{name}", png)
        line.getresponse().read()
    line.request("GET", "/pages")
    summary = line.getresponse().read().decode()
    line.close()
    return summary


def box(number):
    server = make_server("127.0.0.1", 0, create_app(), request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        return hand_in(server.server_port, number)
    finally:
        server.shutdown()
        thread.join()


if __name__ == "__main__":
    print(box(45))
