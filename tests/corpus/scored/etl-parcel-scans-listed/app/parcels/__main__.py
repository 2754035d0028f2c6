"""Lists parcels that have been on their way for too long, for the depots that had them last."""

from collections import Counter

from parcels.scans import SCANS, latest

LATE = "2026-03-20"


def main():
    late = Counter()
    for scan in latest(SCANS).values():
        if scan["state"] != "delivered" and scan["at"] < LATE:
            late[scan["depot"]] += 1
    print(late.total(), late.most_common(3))


main()
