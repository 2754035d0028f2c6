"""Stands in for the shop: every sitemap has the same number of lists."""

import random
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

SUBJECTS = ("gardens", "islands", "chess", "botany", "railways", "ballads", "glass", "comets")


def sitemap(number, lists):
    dice = random.Random(number)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<urlset>\n'
    for index in range(lists):
        yield (
            f" <url>\n  <loc>https://books.example/lists/{dice.choice(SUBJECTS)}/{number}-{index}</loc>\n"
            f"  <lastmod>20{dice.randint(10, 26)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
            "</lastmod>\n"
            f"  <changefreq>{dice.choice(('daily', 'weekly', 'monthly'))}</changefreq>\n"
            f"  <priority>0.{dice.randint(1, 9)}</priority>\n </url>\n"
        )
    yield "</urlset>\n"


@contextmanager
def shop(lists):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            number = int(self.path.rsplit("-", 1)[1])
            self.wfile.write("".join(sitemap(number, lists)).encode())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
