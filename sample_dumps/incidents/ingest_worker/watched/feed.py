"""A feed of posts on loopback: every page has new ones. Prints its address, ends with its parent."""

import json
import random
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

WORDS_PER_POST = 3_200


def post(number: int) -> dict:
    """Post ``number``: always the same about 30 kB of text."""
    words = random.Random(number).choices(range(20_000), k=WORDS_PER_POST)
    return {
        "id": f"post-{number}",
        "author": f"author-{number % 977}",
        "text": " ".join(f"word{word}" for word in words),
    }


class Feed(BaseHTTPRequestHandler):
    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        page, posts = int(query["page"][0]), int(query["posts"][0])
        body = json.dumps([post(page * posts + i) for i in range(posts)]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
