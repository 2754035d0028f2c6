"""What the endpoint answers: plain functions that read this process, each bounded."""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import threading
import time
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from forensics.live import proc
from forensics.live.cgroups import memory_hierarchy
from forensics.live.objects import count_objects
from forensics.live.pools import pool_states
from forensics.live.traces import snapshot_cost_bytes, totals_by_stack, write_snapshot
from forensics.pprof_message import StackSample, heap_profile

SCHEMA = "forensics/live/1"
_NOT_TRACING = "tracemalloc is off: start the service with PYTHONTRACEMALLOC=10"
_MOST_TYPES = 100


class Answer(NamedTuple):
    """An HTTP answer."""

    status: int
    kind: str
    body: bytes
    file_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Caps:
    """What one answer may cost: the census, and the memory tracemalloc may hold for a snapshot."""

    census_seconds: float = 0.25
    census_objects: int = 2_000_000
    snapshot_bytes: int = 256 << 20


def memory(query: str, caps: Caps) -> Answer:
    """The state of this process as JSON; ``?census=0`` leaves the objects and pools out."""
    pid = os.getpid()
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "time_ns": time.time_ns(),
        "pid": pid,
        "language": "python {}.{}.{}".format(*sys.version_info[:3]),
        **(proc.rollup(pid) or {"rss_bytes": proc.resident(pid)}),
        **proc.status(pid),
        **proc.descriptors(pid),
        "python_threads": threading.active_count(),
        "limit_bytes": _limit(),
        "tracemalloc": _tracemalloc(),
        "gc": {"enabled": gc.isenabled(), "counts": list(gc.get_count()), "generations": gc.get_stats()},
    }
    if parse_qs(query).get("census", ["1"])[-1] != "0":
        document |= _census(caps)
    return _json(200, document)


def _limit() -> int | None:
    hierarchy = memory_hierarchy()
    return hierarchy.effective_limit() if hierarchy else None


def _tracemalloc() -> dict[str, Any]:
    if not tracemalloc.is_tracing():
        return {"tracing": False}
    now, peak = tracemalloc.get_traced_memory()
    return {
        "tracing": True,
        "frames": tracemalloc.get_traceback_limit(),
        "current_bytes": now,
        "peak_bytes": peak,
        "own_bytes": tracemalloc.get_tracemalloc_memory(),
    }


def _census(caps: Caps) -> dict[str, Any]:
    counted = count_objects(max_seconds=caps.census_seconds, max_objects=caps.census_objects)
    pools = [] if counted.objects == 0 else [state._asdict() for state in pool_states()]
    return {
        "census": {
            "types": [asdict(row) for row in counted.types[:_MOST_TYPES]],
            "types_left_out": max(len(counted.types) - _MOST_TYPES, 0),
            "objects": counted.objects,
            "looked_at": counted.looked_at,
            "seconds": round(counted.seconds, 4),
            "cut_because": counted.cut_because,
        },
        "pools": pools,
    }


def heap(_query: str, caps: Caps) -> Answer:
    """tracemalloc's live blocks as a pprof profile; 503 where it is off or too large."""
    refused = _too_much(caps)
    if refused:
        return refused
    comments = (
        "tracemalloc of a running process: blocks that Python allocated and that are alive",
        "what C libraries allocate for themselves is not in it, nor are freed blocks",
    )
    named = _NamedFrames()
    samples = (
        StackSample([named[place] for place in held.frames], held.blocks, held.bytes)
        for held in totals_by_stack()
    )
    body = heap_profile(samples, time_ns=time.time_ns(), comments=comments)
    return Answer(200, "application/octet-stream", body, "heap.pb.gz")


class _NamedFrames(dict[tuple[str, int], tuple[str, str, int]]):
    """(name, file, line) of (file, line), made once: tracemalloc knows no function, so both stand for it."""

    def __missing__(self, place: tuple[str, int]) -> tuple[str, str, int]:
        file, line = place
        named = self[place] = (f"{os.path.basename(file)}:{line}", file, line)  # noqa: PTH119  a hot path
        return named


def snapshot(_query: str, caps: Caps) -> Answer:
    """A tracemalloc snapshot as its file; 503 where tracemalloc is off or holds too much."""
    refused = _too_much(caps)
    if refused:
        return refused
    with tempfile.TemporaryDirectory(prefix="forensics-") as folder:
        path = Path(folder) / "snapshot"
        write_snapshot(path)
        body = path.read_bytes()
    return Answer(200, "application/octet-stream", body, f"{os.getpid()}.tracemalloc")


def _too_much(caps: Caps) -> Answer | None:
    if not tracemalloc.is_tracing():
        return _json(503, {"error": _NOT_TRACING})
    cost, limit = snapshot_cost_bytes(), _limit()
    if cost > caps.snapshot_bytes:
        return _json(503, {"error": f"a snapshot would take about {cost} bytes, more than is allowed"})
    if limit is not None and proc.resident(os.getpid()) + cost > limit:
        return _json(503, {"error": f"a snapshot would take about {cost} bytes and pass the memory limit"})
    return None


def _json(status: int, document: dict[str, Any]) -> Answer:
    return Answer(status, "application/json", json.dumps(document).encode() + b"\n")


ROUTES: Mapping[str, Callable[[str, Caps], Answer]] = {
    "/debug/memory": memory,
    "/debug/memory/snapshot": snapshot,
    "/debug/pprof/heap": heap,
    "/debug/pprof/allocs": heap,
}
