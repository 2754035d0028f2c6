"""Our decoder against memray's own commands, in turn, on the same captures.

``make bench`` runs this with every other module here that has a ``run``. Captures are recorded once
into ``benchmarks/captures``. Each command is a fresh process; wall and CPU seconds and peak RSS.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured import Cost, measured

TITLE = "memray captures"
CAPTURES = Path(__file__).parent / "captures"
SMALL = (("churn", 1), ("deep", 1), ("python", 1), ("threads", 1), ("wide", 1))
LARGE = (("python", 10), ("wide", 10), ("wide", 50))
#: Loads a capture and builds the profile of every moment.
OURS = "import sys, forensics; c = forensics.load(sys.argv[1]); [c.profile(m) for m in c.moments]"
#: The same in a process that has read a capture before, as a notebook's kernel has; prints what it took.
WARM = """
import json, sys, time
import forensics
from forensics.readers.memray_capture.kernels import compile_kernels
compile_kernels()
wall, cpu = time.perf_counter(), time.process_time()
c = forensics.load(sys.argv[1])
[c.profile(m) for m in c.moments]
print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu]))
"""


#: Above this many million records the temporal flame graph takes more memory than a machine of 24 GiB has.
TEMPORAL_UP_TO = 10


def commands(capture: Path, folder: Path, *, temporal: bool = True) -> dict[str, list[str]]:
    """Name to command line, ours first."""
    page, memray = str(folder / "page.html"), [sys.executable, "-m", "memray"]
    found = {
        "forensics": [sys.executable, "-c", OURS, str(capture)],
        "memray stats": [*memray, "stats", str(capture)],
        "memray table": [*memray, "table", "-f", "-o", page, str(capture)],
        "memray flamegraph": [*memray, "flamegraph", "-f", "-o", page, str(capture)],
        "memray flamegraph --temporal": [*memray, "flamegraph", "--temporal", "-f", "-o", page, str(capture)],
    }
    return found if temporal else {name: line for name, line in found.items() if "--temporal" not in name}


def measured_warm(capture: Path) -> Cost:
    """What loading costs in a warm process; its peak RSS is that of the whole process."""
    whole = measured([sys.executable, "-c", WARM, str(capture)])
    wall, cpu = json.loads(whole.output)
    return whole._replace(wall=wall, cpu=cpu)


def recorded(shape: str, millions: int) -> Path:
    """The capture of this shape, recorded where it is not there yet."""
    path = CAPTURES / f"{shape}-{millions}m.bin"
    if not path.exists():
        CAPTURES.mkdir(exist_ok=True)
        part = path.with_suffix(".part")
        command = [
            sys.executable,
            "-m",
            "benchmarks.memray_workload",
            shape,
            str(millions * 1_000_000),
            str(part),
        ]
        subprocess.run(command, check=True)
        part.rename(path)
    return path


def run(*, large: bool) -> Iterator[str]:
    """Lines of a Markdown table: each peer's cost as a multiple of ours, in a fresh and in a warm process."""
    yield "| capture | command | wall s | CPU s | MiB | wall × ours | CPU × ours | wall × warm | CPU × warm |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    with tempfile.TemporaryDirectory() as folder:
        for shape, millions in SMALL + (LARGE if large else ()):
            capture = recorded(shape, millions)
            asked = commands(capture, Path(folder), temporal=millions <= TEMPORAL_UP_TO)
            costs = {name: measured(command) for name, command in asked.items()}
            ours, warm = costs["forensics"], measured_warm(capture)
            for name, cost in {"forensics": ours, "forensics, warm": warm, **costs}.items():
                spent = f"{cost.wall:.2f} | {cost.cpu:.2f} | {cost.rss_bytes >> 20}"
                ratios = [
                    cost.wall / ours.wall,
                    cost.cpu / ours.cpu,
                    cost.wall / warm.wall,
                    cost.cpu / warm.cpu,
                ]
                told = " | ".join(f"{ratio:.1f}" for ratio in ratios)
                yield f"| {shape} {millions} M | {name} | {spent} | {told} |"
