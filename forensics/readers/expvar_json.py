"""Counters of a Go program from expvar, ``/debug/vars``.

Format: one JSON object a scrape, its ``memstats`` the runtime.MemStats; several may follow each other.
Source: Go's expvar/expvar.go. Seen: Go 1.19.
"""

from __future__ import annotations

from forensics.capture import Capture
from forensics.profile import Origin
from forensics.readers.bounded_json import json_documents
from forensics.readers.metrics_rows import TIMES_OF_LAST_COLLECTION, memstats_row, timeline_of
from forensics.readers.snapshot_capture import snapshot_capture
from forensics.readers.source import Source

FORMAT = "expvar"
DESCRIPTION = "expvar JSON of a Go program"

_MARKS = (b'"memstats"', b'"HeapAlloc"')


def matches(source: Source) -> bool:
    head = source.head.lstrip()
    return head.startswith(b"{") and all(mark in head for mark in _MARKS)


def load(source: Source) -> Capture:
    """A capture of no moments, whose timeline has one row a scrape.

    ``extras["memstats"]`` holds the counters of the last scrape, ``extras["variables"]`` its other
    variables. Raises BadDump.
    """
    documents, health = json_documents(source)
    scrapes = [document for document in documents if isinstance(document.get("memstats"), dict)]
    rows = [memstats_row(scrape["memstats"]) for scrape in scrapes]
    last = scrapes[-1] if scrapes else {}
    command = last.get("cmdline")
    words = [word for word in command if isinstance(word, str)] if isinstance(command, list) else []
    return snapshot_capture(
        source,
        {},
        origin=Origin(
            format=FORMAT,
            producer="Go expvar",
            language="go",
            command=" ".join(words),
            notes=(TIMES_OF_LAST_COLLECTION,),
        ),
        health=health,
        timeline=timeline_of(rows),
        extras={
            "memstats": last.get("memstats", {}),
            "variables": {name: last[name] for name in last if name not in ("memstats", "cmdline")},
        },
    )
