"""The archive as it answers in the tests of the society."""

import json
import random
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice

GIVEN = "Anne Edward Eliza George Hannah James Jane John Mary Robert Sarah Thomas William".split()
TRADES = "labourer weaver blacksmith shepherd carrier miller mason cordwainer".split()

with open("gazetteer.csv") as file:
    PLACES = [line.split(",")[0] for line in islice(file, 1, 400)]


class ReadingRoom(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_GET(self):
        _, _, book, _, page = self.path.split("/")
        body = json.dumps({"book": book, "page": page, "entries": entries(int(book), int(page))}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def entries(book, page):
    dice = random.Random(book * 1_000 + page)
    return [
        {
            "year": 1770 + book,
            "child": dice.choice(GIVEN),
            "parents": [dice.choice(GIVEN), dice.choice(GIVEN)],
            "abode": dice.choice(PLACES),
            "trade": dice.choice(TRADES),
            "remarks": "privately baptised, received into the church " + "." * dice.randrange(1_500),
        }
        for _ in range(120)
    ]


@contextmanager
def reading_room():
    server = ThreadingHTTPServer(("127.0.0.1", 0), ReadingRoom)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
