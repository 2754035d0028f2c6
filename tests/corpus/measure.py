"""What a dump says of the owner's bytes, read with the recorder's own library, not with ours."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.corpus.cases import Truth


def measure(dump: Path, mode: str, truth: Truth) -> dict[str, Any]:
    """Bytes in all, and with the owner's function on the stack, at the moment of the truth.

    The owner's bytes are None where the format has no function names (tracemalloc, goroutine text).
    """
    if mode == "tracemalloc":
        total = sum(trace[1] for trace in pickle.loads(dump.read_bytes()).traces._traces)
        return {"total_bytes": total, "owner_bytes": None}
    if mode == "goroutines":
        total = int(dump.read_text().split("total ", 1)[1].split(None, 1)[0])
        return {"total_bytes": None, "owner_bytes": None, "goroutines": total}
    if mode == "pprof":
        return _pprof(dump, truth)
    return _memray(dump, truth)


def _memray(dump: Path, truth: Truth) -> dict[str, Any]:
    from memray import AllocatorType, FileReader

    with FileReader(dump, max_memory_records=1_000_000) as reader:
        highest = max((record.rss for record in reader.get_memory_snapshots()), default=0)
        records = (
            reader.get_high_watermark_allocation_records(merge_threads=True)
            if truth.moment == "peak"
            else reader.get_leaked_allocation_records(merge_threads=True)
        )
        total = owned = mapped = 0
        for record in records:
            total += record.size
            mapped += record.size if record.allocator == AllocatorType.MMAP else 0
            frames = record.stack_trace()
            owned += record.size if any(_is(f[0], truth.function) for f in frames) else 0
    return {
        "total_bytes": total,
        "owner_bytes": owned,
        "mapped_bytes": mapped,
        "peak_rss_bytes": highest,
    }


def _is(name: str, function: str) -> bool:
    return name.rsplit(".", 1)[-1] == function


def _pprof(dump: Path, truth: Truth) -> dict[str, Any]:
    """From the text that ``go tool pprof`` prints of the live bytes."""
    command = ["go", "tool", "pprof", "-sample_index=inuse_space", "-unit=B", "-top", "-cum", str(dump)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    rows = [line.split(None, 5) for line in lines if line[:1] == " "]
    held = {
        row[5].removesuffix(" (inline)").rsplit(".", 1)[-1]: _bytes(row[3]) for row in rows if len(row) == 6
    }
    total, owned = max(held.values(), default=0), held.get(truth.function, 0)
    return {"total_bytes": total, "owner_bytes": owned}


def _bytes(text: str) -> int:
    return int(float(text.removesuffix("B"))) if text.endswith("B") else 0


if __name__ == "__main__":
    from tests.corpus.cases import cases

    chosen = next(case for case in cases() if case.name == sys.argv[1])
    print(json.dumps(measure(Path(sys.argv[3]), sys.argv[2], chosen.truth)))
