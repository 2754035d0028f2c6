"""Stands for the data loggers at the gauges, in a process of its own: ``loggers.py``, prints its port."""

import json
import random
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Logger(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_GET(self):
        dice = random.Random(self.path)
        levels = [round(dice.uniform(0.4, 3.9), 2) for _ in range(96)]
        body = json.dumps({"gauge": self.path.split("/")[2], "levels": levels}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Server-Timing", "sensor;dur=2.1")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Logger)
    server.daemon_threads = True
    print(server.server_port, flush=True)
    server.serve_forever()
