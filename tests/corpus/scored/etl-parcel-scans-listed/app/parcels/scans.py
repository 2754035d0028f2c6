"""What the scanners of all depots saw in a month."""

import json
from pathlib import Path


def read(path):
    with Path(path).open() as lines:
        return [json.loads(line) for line in lines]


SCANS = read("scans.jsonl")


def latest(scans):
    """The last scan of each parcel."""
    found = {}
    for scan in scans:
        known = found.get(scan["parcel"])
        if known is None or scan["at"] >= known["at"]:
            found[scan["parcel"]] = scan
    return found
