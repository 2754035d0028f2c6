"""Start the service on loopback, ask it, stop.

python drive.py health            start, one health check
python drive.py text              … and 200 text searches
python drive.py crowd             … and 600 text searches by 30 at a time
python drive.py meaning           … and one search by meaning
"""

import sys
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from werkzeug.serving import make_server

from app import create_app

TEXT = "/search?q=soup"
MEANING = "/similar?q=something+warm+for+winter"
#: Of each run: what is asked, and by how many at a time.
RUNS = {
    "health": (["/health"], 1),
    "text": (["/health", *[TEXT] * 200], 1),
    "crowd": ([TEXT] * 600, 30),
    "meaning": (["/health", *[TEXT] * 200, MEANING], 1),
}


def ask(address: str) -> None:
    with urllib.request.urlopen(address) as answer:
        answer.read()


def main(run: str) -> None:
    server = make_server("127.0.0.1", 0, create_app(), threaded=True)
    serving = threading.Thread(target=server.serve_forever, name="serving")
    serving.start()
    paths, at_a_time = RUNS[run]
    with ThreadPoolExecutor(at_a_time) as browsers:
        list(browsers.map(ask, [f"http://127.0.0.1:{server.server_port}{path}" for path in paths]))
    server.shutdown()
    serving.join()


if __name__ == "__main__":
    main(sys.argv[1])
