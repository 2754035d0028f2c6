"""What the kernel log says of an out-of-memory kill, where it may be read.

Source: https://docs.kernel.org/core-api/printk-basics.html (/dev/kmsg: "priority,sequence,µs,flags;text")
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection

_KILLED = re.compile(r"Killed process (\d+)")


def memory_kills(pids: Collection[int], since: float) -> list[str] | None:
    """The lines that say one of these processes was killed for memory, since this `boot_clock`.

    None where the log may not be read (``kernel.dmesg_restrict``).
    """
    try:
        log = os.open("/dev/kmsg", os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return None
    found = []
    try:
        while (record := _next(log)) is not None:
            microseconds, text = record
            killed = _KILLED.search(text)
            if killed and int(killed[1]) in pids and microseconds / 1e6 >= since:
                found.append(text)
    finally:
        os.close(log)
    return found


def boot_clock() -> float:
    """Seconds on the clock that stamps the kernel log."""
    return time.monotonic()


def _next(log: int) -> tuple[int, str] | None:
    """One record, None after the last."""
    while True:
        try:
            head, _, text = os.read(log, 8192).decode(errors="replace").partition(";")
        except BlockingIOError:
            return None
        except BrokenPipeError:  # overwritten while it was read: go on with the next one
            continue
        return int(head.split(",")[2]), text.split("\n", 1)[0]
