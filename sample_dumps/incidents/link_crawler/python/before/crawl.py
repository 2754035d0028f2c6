"""The faults that the incident document alleges, each alone, in Python: ``python crawl.py FAULT``."""

import sys
import time

import connections
import page_store
import pools
import waiting

FAULTS = {
    "threads": pools.run_jobs,
    "tasks": waiting.run_jobs,
    "dict": page_store.crawl,
    "connections": connections.listen_through_outages,
}

if __name__ == "__main__":
    FAULTS[sys.argv[1]]()
    time.sleep(1)  # a crawler goes on; time to see what is left
