import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from maps import map_of
from timetable import rows


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        line = self.path.rsplit("/", 1)[-1]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(map_of(line)[:100])
        for row in rows(line):
            self.wfile.write(row)

    def log_message(self, *arguments):
        pass


@contextmanager
def running():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[:2]
    server.shutdown()
