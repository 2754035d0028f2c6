"""What the scanners of all depots saw in a month."""

import json
from pathlib import Path


def read(path):
    with Path(path).open() as lines:
        for line in lines:
            yield json.loads(line)


def latest(scans):
    """Depot, state and time of the last scan of each parcel."""
    found = {}
    for scan in scans:
        known = found.get(scan["parcel"])
        if known is None or scan["at"] >= known[2]:
            found[scan["parcel"]] = (scan["depot"], scan["state"], scan["at"])
    return found
