import json
import random
from contextlib import contextmanager
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from tours.clock import Clock
from tours.exhibits import WINGS, exhibits
from tours.sessions import Sessions

STOPS = 60


class Guide:
    def __init__(self, clock):
        self.sessions = Sessions(clock)
        self._exhibits = exhibits(480, texts=12)
        self._dice = random.Random(55)

    def tour(self, _, wing):
        """A tour of its own for each visitor, its texts put together for who listens."""
        chosen = [exhibit for exhibit in self._exhibits if exhibit.wing == WINGS[int(wing)]][:STOPS]
        self._dice.shuffle(chosen)
        stops = [
            f"Stop {place} of {len(chosen)}, exhibit {exhibit.number}. {self._dice.choice(exhibit.texts)}"
            for place, exhibit in enumerate(chosen, 1)
        ]
        return {"stops": len(stops)}, self.sessions.begin(stops)

    def stop(self, session, number):
        visit = self.sessions.get(session)
        visit.heard.add(int(number))
        return {"text": visit.stops[int(number)], "left": len(visit.stops) - len(visit.heard)}, session


class Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    guide = None

    def do_GET(self):
        asked = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        cookie = SimpleCookie(self.headers.get("Cookie", ""))
        session = cookie["visit"].value if "visit" in cookie else None
        answer, session = getattr(self.guide, asked.path[1:])(session, **query)
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Set-Cookie", f"visit={session}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *about):
        pass


@contextmanager
def serving():
    clock = Clock()
    with HTTPServer(("127.0.0.1", 0), type("OurDesk", (Desk,), {"guide": Guide(clock)})) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address, clock
        server.shutdown()
