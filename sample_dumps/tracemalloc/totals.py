"""Prints what Python's tracemalloc says of snapshots: name, traces, bytes, bytes of domain 7, cut stacks."""

import sys
import tracemalloc
from pathlib import Path

for path in sys.argv[1:]:
    snapshot = tracemalloc.Snapshot.load(path)
    outside = snapshot.filter_traces([tracemalloc.DomainFilter(True, 7)])
    whole = snapshot.statistics("traceback")
    print(
        Path(path).name,
        sum(statistic.count for statistic in whole),
        sum(statistic.size for statistic in whole),
        sum(statistic.size for statistic in outside.statistics("traceback")),
        sum(
            getattr(trace.traceback, "total_nframe", None) not in (None, len(trace.traceback))
            for trace in snapshot.traces
        ),
    )
