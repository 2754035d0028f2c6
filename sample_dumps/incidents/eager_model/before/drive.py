"""Start the service on loopback, ask it, stop.

python drive.py health            start, one health check
python drive.py text              … and 200 text searches
python drive.py meaning           … and one search by meaning
"""

import sys
import threading
import urllib.request

from werkzeug.serving import make_server

from app import create_app

REQUESTS = {
    "health": ["/health"],
    "text": ["/health", *["/search?q=soup"] * 200],
    "meaning": ["/health", *["/search?q=soup"] * 200, "/similar?q=something+warm+for+winter"],
}


def ask(port: int, path: str) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        answer.read()


def main(run: str) -> None:
    server = make_server("127.0.0.1", 0, create_app(), threaded=True)
    serving = threading.Thread(target=server.serve_forever, name="serving")
    serving.start()
    for path in REQUESTS[run]:
        ask(server.server_port, path)
    server.shutdown()
    serving.join()


if __name__ == "__main__":
    main(sys.argv[1])
