"""A crawl that keeps the pages that it fetched last, by address."""

import collections
import http.server
import threading
import urllib.request

PAGES = 500
PAGE_BYTES = 128 << 10
KEPT_PAGES = 16

pages = collections.OrderedDict()


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(PAGE_BYTES))
        self.end_headers()
        self.wfile.write(b"x" * PAGE_BYTES)

    def log_message(self, *_):
        pass


def fetch(address):
    if address not in pages:
        with urllib.request.urlopen(address) as answer:
            pages[address] = answer.read()
        if len(pages) > KEPT_PAGES:
            pages.popitem(last=False)
    return pages[address]


def crawl():
    server = http.server.HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for number in range(PAGES):
        fetch(f"http://127.0.0.1:{server.server_port}/page/{number}")
    server.shutdown()
    print(sum(map(len, pages.values())), "bytes kept")
