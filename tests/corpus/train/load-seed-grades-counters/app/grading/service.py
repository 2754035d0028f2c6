import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from grading.grader import Grader

TREES = "trees.json"
_mine = threading.local()


def grader():
    """The grader of this thread; a grader is not to be shared, as somebody once wrote."""
    if not hasattr(_mine, "grader"):
        _mine.grader = Grader.from_file(TREES)
    return _mine.grader


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        lot = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        grades = [round(grader().grade(sample), 3) for sample in lot["samples"]]
        body = json.dumps({"lot": lot["number"], "grades": grades}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *about):
        pass


@contextmanager
def serving():
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address
        server.shutdown()
