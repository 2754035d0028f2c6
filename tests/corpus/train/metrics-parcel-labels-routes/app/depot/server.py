import json
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

from prometheus_client import generate_latest

from depot.figures import measured
from depot.printing import label


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    #: Answers by the key of the request: whoever asks again gets the same label and not a second one.
    answered = {}

    def do_GET(self):
        self._answer(200, generate_latest())

    def do_POST(self):
        begun = time.perf_counter()
        order = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key = self.headers["Idempotency-Key"]
        if key not in self.answered:
            self.answered[key] = label(order["parcel"], order["service"]).encode()
        self._answer(201, self.answered[key])
        measured(order, time.perf_counter() - begun, len(self.answered[key]))

    def _answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def make_server():
    return HTTPServer(("127.0.0.1", 0), Handler)
