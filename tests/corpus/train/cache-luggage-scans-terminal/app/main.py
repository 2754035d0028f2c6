"""The baggage hall: every scanner on the belts reports the tags it reads."""

import flights
from tracker import Tracker
from belts import readings


def run():
    plan = flights.plan(days=14)
    tracker = Tracker(keep_seconds=2_400)
    misled = 0
    for now, tag, belt, flight in readings(bags=28_000):
        last = tracker.seen(tag, belt, now)
        misled += plan[flight].belt_group != last
        if now % 60 == 0:
            tracker.sweep(now)
    return misled, len(tracker)


if __name__ == "__main__":
    print(*run())
