"""Writes a tracemalloc snapshot when the program ends; installed as ``sitecustomize`` of its run."""

import atexit
import gc
import os
import tracemalloc


def _write() -> None:
    snapshot = tracemalloc.take_snapshot()
    tracemalloc.stop()
    snapshot.dump(os.environ["SNAPSHOT_TO"])


if "SNAPSHOT_TO" in os.environ and tracemalloc.is_tracing():
    gc.collect()
    atexit.register(_write)
