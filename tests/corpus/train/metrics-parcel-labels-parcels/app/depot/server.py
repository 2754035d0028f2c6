import json
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

from prometheus_client import generate_latest

from depot.figures import measured
from depot.printing import label


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        self._answer(200, generate_latest())

    def do_POST(self):
        begun = time.perf_counter()
        order = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = label(order["parcel"], order["service"])
        self._answer(201, text.encode())
        measured(order, time.perf_counter() - begun, len(text))

    def _answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def make_server():
    return HTTPServer(("127.0.0.1", 0), Handler)
