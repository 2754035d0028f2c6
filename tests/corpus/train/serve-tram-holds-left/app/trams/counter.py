import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from trams.holds import Holds


class Counter(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    holds = Holds()

    def do_POST(self):
        order = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = getattr(self, self.path.removeprefix("/"))(**order)
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def hold(self, tram, seats):
        hold = self.holds.hold(tram, seats)
        return {"number": hold.number, "dark": hold.shown.count(40)}

    def pay(self, number):
        return {"seats": len(self.holds.pay(number).seats)}

    def drop(self, number):
        self.holds.drop(number)
        return {}

    def log_message(self, *about):
        pass


@contextmanager
def serving():
    with ThreadingHTTPServer(("127.0.0.1", 0), Counter) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address
        server.shutdown()
