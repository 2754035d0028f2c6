import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit


class Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    store = None

    def do_GET(self):
        asked = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/search":
            page = self.store.search(query["street"])
        else:
            page = self.store.more(int(query["scroll"]))
        body = json.dumps(page).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *about):
        pass


@contextmanager
def serving(store):
    with HTTPServer(("127.0.0.1", 0), type("OurDesk", (Desk,), {"store": store})) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address
        server.shutdown()
