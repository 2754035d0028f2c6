"""Lists parcels that have been on their way for too long, for the depots that had them last."""

import sys
from collections import Counter

from parcels.depots import name_of, serves
from parcels.scans import latest, read

LATE = "2026-03-20"


def main(path):
    late, near = Counter(), 0
    for depot, state, at in latest(read(path)).values():
        if state != "delivered" and at < LATE:
            late[name_of(depot)] += 1
            near += serves(depot, f"{depot[1:]}00017")
    print(late.total(), near, late.most_common(3))


main(*sys.argv[1:])
