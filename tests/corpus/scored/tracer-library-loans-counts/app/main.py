import logging

from loans.counter import day
from watch import Watch

log = logging.getLogger("library")
watch = Watch("loans")

if __name__ == "__main__":
    with watch.on():
        stamps, shelved = day(readers=9_000)
    log.info("%d calls", watch.calls.total())
    print(stamps, shelved, watch.busiest())
