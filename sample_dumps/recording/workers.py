"""A service with several processes: asked until every worker has loaded, measured, then ended in order."""

from __future__ import annotations

import signal
import subprocess
import time
import urllib.request
from pathlib import Path

#: How long nothing may grow until the workers count as started.
STEADY_SECONDS = 5.0
LONGEST_SECONDS = 600.0
_STEP_SECONDS = 0.5
_STILL_BYTES = 1 << 20


def steady_sizes(process: subprocess.Popen[bytes], url: str) -> dict[str, int]:
    """Sums of PSS and RSS of the service's processes once it answers and has stopped growing.

    The service is ended with SIGTERM. Raises SystemExit where it does not come up.
    """
    deadline = time.monotonic() + LONGEST_SECONDS
    steady_since, last = time.monotonic(), 0
    while time.monotonic() < min(deadline, steady_since + STEADY_SECONDS):
        time.sleep(_STEP_SECONDS)
        held = sum(_held(pid, "Pss") for pid in _service(process.pid))
        if not _answers(url) or abs(held - last) > _STILL_BYTES:
            steady_since, last = time.monotonic(), held
    if time.monotonic() >= deadline:
        raise SystemExit(f"{url}: did not come up")
    sizes = {
        f"{what.lower()}_bytes": sum(_held(pid, what) for pid in _service(process.pid))
        for what in ("Pss", "Rss")
    }
    process.send_signal(signal.SIGTERM)
    return sizes


def _service(pid: int) -> list[int]:
    """The process and what it started, without the recorder and its sampler."""
    found = [pid]
    for parent in found:
        children = Path(f"/proc/{parent}/task/{parent}/children")
        found += map(int, children.read_text().split()) if children.exists() else []
    return [each for each in found if b"forensics" not in _command_line(each)]


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _held(pid: int, what: str) -> int:
    """Bytes in a line of smaps_rollup; 0 for a process that is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith(f"{what}:")), 0)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            answer.read()
    except OSError:
        return False
    return True
