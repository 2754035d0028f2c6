"""What one command costs: wall and CPU seconds, peak resident set, and what it printed.

The kernel hands a process's peak resident set on through fork and exec, so a command that is started by
a large process never seems to take less than that one. A small process in between forks afresh.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

BETWEEN = """
import json, os, sys, time
told, *command = sys.argv[1:]
started = time.perf_counter()
pid = os.fork()
if not pid:
    os.execvp(command[0], command)
_, status, used = os.wait4(pid, 0)
unit = 1 if sys.platform == "darwin" else 1024
cost = [time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss * unit]
with open(told, "w") as file:
    json.dump(cost, file)
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Cost(NamedTuple):
    """Wall and CPU seconds and the peak resident set of one process, and what it printed."""

    wall: float
    cpu: float
    rss_bytes: int
    output: str
    errors: str


def measured(command: Sequence[str]) -> Cost:
    """What one run of this command costs. Raises RuntimeError where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "cost.json"
        between = [sys.executable, "-I", "-S", "-c", BETWEEN, str(told), *command]
        done = subprocess.run(between, capture_output=True, text=True, errors="replace", check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command[:3])} failed: {done.stderr[-500:]}")
        return Cost(*json.loads(told.read_text()), done.stdout, done.stderr)
