"""The ingest worker: fetches posts, scores their language, keeps them for the duplicate check.

    python worker.py POSTS        stop after so many posts; 0 is never

The feed is a process of its own on loopback.
"""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import debug
import language
from store import Store

BESIDE = Path(__file__).parent
POSTS_PER_PAGE = 20


def fetch(feed: str, page: int) -> list[dict]:
    """One page of posts from the feed."""
    with urllib.request.urlopen(f"{feed}?page={page}&posts={POSTS_PER_PAGE}") as answer:
        return json.loads(answer.read())


def ingest(feed: str, wanted: int) -> None:
    """Fetch, score and store posts, page by page."""
    model = language.load()
    store = Store()
    seen = page = 0
    while not wanted or seen < wanted:
        for post in fetch(feed, page):
            if not store.has(post["id"]):
                post["score"] = language.score(model, post["text"])
                store.add(post)
            seen += 1
        page += 1
    print(seen, "posts seen,", len(store), "kept", file=sys.stderr)


def main(wanted: int) -> None:
    if "FORENSICS_SNAPSHOTS" in os.environ:
        from forensics.snapshots import snapshots_if_asked

        snapshots_if_asked()
    debug.serve_if_asked()
    feed = subprocess.Popen(
        [sys.executable, str(BESIDE / "feed.py")], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    )
    try:
        ingest(feed.stdout.readline().strip(), wanted)
    finally:
        feed.kill()
        feed.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]))
