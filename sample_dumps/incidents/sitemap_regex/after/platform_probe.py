"""What is around the service: a site with a large sitemap, and the platform's health check."""

import json
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGE = "<url><loc>http://bikes.example/parts/chainrings/{:05d}</loc><lastmod>2025-11-01</lastmod></url>"
TIMEOUT_SECONDS = 5


def sitemap(pages: int) -> bytes:
    return ("<urlset>\n" + "\n".join(map(PAGE.format, range(pages))) + "\n</urlset>\n").encode()


def start_site(pages: int) -> int:
    """Serve the sitemap on loopback; returns the port."""
    content = sitemap(pages)

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def main(port: int, pages: int, result: str) -> None:
    site = f"http://127.0.0.1:{start_site(pages)}"
    answers: list[dict] = []
    began = time.monotonic()

    def analyse() -> None:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/analyse?site={site}") as answer:
            answers.append(json.load(answer))

    work = threading.Thread(target=analyse)
    work.start()
    asked = failed = 0
    while work.is_alive():
        work.join(timeout=1)
        asked += 1
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=TIMEOUT_SECONDS).read()
        except OSError:
            failed += 1
    seconds = time.monotonic() - began
    outcome = {
        "answer": answers[0],
        "seconds": round(seconds, 2),
        "health_checks": asked,
        "health_checks_failed": failed,
    }
    if result:
        Path(result).write_text(json.dumps(outcome))
    print(outcome)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
