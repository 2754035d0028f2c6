"""pprof and tracemalloc against their own tools: ``python -m benchmarks.pprof_tracemalloc``.

Inputs are made from a fixed seed in ``build/benchmarks``. Ours and the peer run in turn, each in a
process of its own; CPU seconds and peak resident set are the kernel's, so that a busy
machine does not change the ratio. *warm* is a second call within one process.
"""

from __future__ import annotations

import gzip
import pickle
import random
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.measured import Cost, measured

FOLDER = Path("build/benchmarks")
LOCATIONS, PREFIXES, SHARED_FRAMES, OWN_FRAMES = 5000, 1000, 19, 11
TRACEBACKS, DEEPEST_TRACEBACK = 100_000, 12

OURS_TOP = """
import sys, numpy as np, forensics as hf
profile = hf.load(sys.argv[1]).profile()
function = profile.frames["function"].to_numpy()
frame = profile.callsites["frame_id"].to_numpy()
own = np.bincount(frame, profile.own(), len(function))
for row in np.argsort(own)[::-1][:10]:
    print(int(own[row]), function[row])
"""
OURS_COMPARE = """
import sys, time
import forensics as hf
from forensics.export.one_tree import one_tree
def run():
    base, head = (hf.load(path).profile() for path in sys.argv[1:3])
    tree = one_tree([base, head])
    import numpy as np
    change = np.zeros(len(tree.callsites), np.int64)
    for profile, rows, sign in ((base, tree.rows[0], -1), (head, tree.rows[1], 1)):
        np.add.at(change, rows[profile.allocations["callsite_id"]], sign * profile.allocations["bytes"])
    return int(change.sum()), [int(change[row]) for row in np.argsort(np.abs(change))[::-1][:10]]
print(run())
started = time.process_time()
run()
print("warm", time.process_time() - started, file=sys.stderr)
"""
PEER_COMPARE = """
import sys, tracemalloc
base, head = (tracemalloc.Snapshot.load(path) for path in sys.argv[1:3])
changes = head.compare_to(base, "traceback")
print(sum(change.size_diff for change in changes), [change.size_diff for change in changes[:10]])
"""


class Row(NamedTuple):
    """One line of the table; a peer that is missing has no cost."""

    what: str
    ours: Cost
    peer: Cost | None
    warm_seconds: float | None = None


def profile_file(samples: int) -> Path:
    """A Go-like heap profile of this many samples of 30 frames, about eleven callsites each."""
    path = FOLDER / f"heap-{samples}.pb.gz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(profile_bytes(samples), 1, mtime=0))
    return path


def profile_bytes(samples: int) -> bytes:
    """Samples are records of one length: ids are varints of two bytes, values of four."""
    from tests.pprof_messages import Message

    chance = np.random.default_rng(1)
    message = Message(("inuse_objects", "count"), ("inuse_space", "bytes")).period("space", "bytes", 524288)
    for line in range(128 + LOCATIONS):
        message.location(
            (f"example.org/service/package{line % 97}.Function{line}", f"/src/file{line % 331}.go", line)
        )
    depth = SHARED_FRAMES + OWN_FRAMES
    record = bytearray(
        b"\x12\x00" + b"\x0a" + bytes([2 * depth]) + bytes(2 * depth) + b"\x12\x05\x01" + bytes(4)
    )
    record[1] = len(record) - 2
    rows = np.tile(np.frombuffer(bytes(record), np.uint8), (samples, 1))
    prefixes = chance.integers(128, LOCATIONS, (PREFIXES, SHARED_FRAMES))
    own = chance.integers(128, LOCATIONS, (samples, OWN_FRAMES))
    ids = np.concatenate([own, prefixes[chance.integers(0, PREFIXES, samples)]], axis=1)
    rows[:, 4 : 4 + 2 * depth : 2] = (ids & 127 | 128).astype(np.uint8)
    rows[:, 5 : 5 + 2 * depth : 2] = (ids >> 7).astype(np.uint8)
    sizes = chance.integers(1 << 21, 1 << 27, samples)
    for digit in range(4):
        rows[:, digit - 4] = (sizes >> 7 * digit & 127).astype(np.uint8) | (128 if digit < 3 else 0)
    message.body += rows.tobytes()
    return message.encoded()


def snapshot_files(traces: int) -> tuple[Path, Path]:
    """Two snapshots of this many traces; the second has a tenth of other traces."""
    paths = (FOLDER / f"base-{traces}.tracemalloc", FOLDER / f"head-{traces}.tracemalloc")
    if not all(path.exists() for path in paths):
        FOLDER.mkdir(parents=True, exist_ok=True)
        chance = random.Random(2)
        files = [f"/srv/app/package{n % 40}/module{n}.py" for n in range(600)]
        stacks = [
            tuple(
                (chance.choice(files), chance.randrange(1, 900, 30))
                for _ in range(chance.randrange(1, DEEPEST_TRACEBACK))
            )
            for _ in range(TRACEBACKS)
        ]
        for path, seed in zip(paths, (3, 4), strict=True):
            chance = random.Random(seed)
            rows = [
                (
                    0,
                    chance.randrange(30, 2000),
                    stack := stacks[int(chance.random() ** 2 * TRACEBACKS)],
                    len(stack),
                )
                for _ in range(traces)
            ]
            path.write_bytes(pickle.dumps(tracemalloc.Snapshot(rows, DEEPEST_TRACEBACK), 5))
    return paths


def compare_top(samples: int) -> Row:
    path = str(profile_file(samples))
    ours = measured([sys.executable, "-c", OURS_TOP, path])
    go = shutil.which("go")
    peer = measured([go, "tool", "pprof", "-top", "-nodecount=10", path]) if go else None
    return Row(f"pprof, {samples:,} samples: load and top (go tool pprof -top)", ours, peer)


def compare_snapshots(traces: int) -> Row:
    paths = [str(path) for path in snapshot_files(traces)]
    ours = measured([sys.executable, "-c", OURS_COMPARE, *paths])
    warm = float(ours.errors.split("warm ")[1])
    peer = measured([sys.executable, "-c", PEER_COMPARE, *paths])
    if ours.output.split(",")[0] != "(" + peer.output.split(" ")[0]:
        raise RuntimeError(f"the totals differ: {ours.output} {peer.output}")
    ours = ours._replace(cpu=ours.cpu - warm)
    return Row(
        f"tracemalloc, 2 x {traces:,} traces: load, group, compare (standard library)", ours, peer, warm
    )


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| what | ours, CPU s | warm | peer | ratio | warm ratio | ours, peak MiB | peer | ratio |"]
    lines.append("| --- " * 9 + "|")
    for row in rows:
        warm = f"{row.warm_seconds:.2f}" if row.warm_seconds else ""
        cells = [row.what, f"{row.ours.cpu:.2f}", warm]
        if row.peer is None:
            cells += ["not installed", "", "", f"{row.ours.rss_bytes / 2**20:.0f}", "", ""]
        else:
            cells += [
                f"{row.peer.cpu:.2f}",
                f"{row.peer.cpu / row.ours.cpu:.1f}x",
                f"{row.peer.cpu / row.warm_seconds:.1f}x" if row.warm_seconds else "",
                f"{row.ours.rss_bytes / 2**20:.0f}",
                f"{row.peer.rss_bytes / 2**20:.0f}",
                f"{row.ours.rss_bytes / row.peer.rss_bytes:.2f}",
            ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def run() -> str:
    """The table of this part of the benchmarks; kernels are compiled first."""
    subprocess.run([sys.executable, "-m", "forensics.warm"], check=True, stderr=subprocess.DEVNULL)
    parts: list[Callable[[], Row]] = [
        lambda: compare_top(100_000),
        lambda: compare_top(1_000_000),
        lambda: compare_snapshots(1_000_000),
    ]
    return table([part() for part in parts])


if __name__ == "__main__":
    print(run())
