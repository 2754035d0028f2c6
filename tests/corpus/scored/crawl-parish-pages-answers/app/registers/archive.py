"""Stands in for the archive of the diocese."""

import random
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NAMES = "Ahlers Brandt Carstens Dierks Ehlers Fock Gerdes Harms Ihde Jessen Kruse Lührs Meyer Nissen".split()
FIRST = "Anna Beke Cord Dirk Elsabe Gesche Hinrich Ilsabe Johann Lucia Marten Peter Tibbe Wobke".split()


def register(parish, year, entries=520):
    die = random.Random(f"{parish}/{year}")
    yield f"<html><head><title>Parish {parish}, {year}</title></head><body><table>\n"
    for number in range(entries):
        who = f"{die.choice(NAMES)}-{die.choice(NAMES)}"
        on = f"{year}-{1 + number * 12 // entries:02d}-{die.randint(1, 28):02d}"
        yield f'<tr class="entry"><td>{on}</td><td>{die.choice(FIRST)}</td><td class="name">{who}</td></tr>\n'
    yield "</table></body></html>"


class Archive(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        _, parish, year = self.path.split("?")[0].split("/")
        body = "".join(register(parish, year)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@contextmanager
def archive():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Archive)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
