import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Invoices(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    lines = json.dumps({"lines": "position, amount, price; " * 4_000}).encode()

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.lines)))
        self.end_headers()
        self.wfile.write(self.lines)

    def log_message(self, *arguments):
        pass


class Provider:
    """The billing service, on a port of its own."""

    def __enter__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Invoices)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
