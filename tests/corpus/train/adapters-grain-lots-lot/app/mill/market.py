"""Stands in for the exchange."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PRICES = {"wheat-a": 241.5, "wheat-b": 218.0, "rye": 197.25, "oats": 204.0}


class Quotes(BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(0.12)
        grade = self.path.split("/")[2].split("?")[0]
        body = json.dumps({"grade": grade, "price": PRICES[grade]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@contextmanager
def market():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Quotes)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
