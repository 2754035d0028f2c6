"""The browser: asks for the home page and waits for all of it."""

import json
import sys
import urllib.request

port, requests = int(sys.argv[1]), int(sys.argv[2])
for _ in range(requests):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/movies") as answer:
        print(len(json.load(answer)), "films", file=sys.stderr)
