"""The sampler: a small process that watches another one from outside until its very end.

Started by the recorder as ``python -I -S``; standard library alone. Its plan is a JSON object on
standard input, see `Plan`. It appends samples to the scratch directory, is the watchdog where a
limit needs one, and completes the side-car itself where the recorder is gone.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from forensics.live import proc
from forensics.live.cgroups import counters, remove
from forensics.record.files import WATCHDOG_FILE, complete_without_recorder
from forensics.samples import COLUMNS, SAMPLES_FILE, child_samples_file

_FAMILY_EVERY_SECONDS = 1.0
_INPUT = 0
#: Faster than memory can be filled by one core: how soon the limit could be reached at worst.
_FASTEST_BYTES_PER_SECOND = 2e9
_SHORTEST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.002, 0.02
#: A reading is written between two full samples when it moved by this share of the limit.
_WORTH_WRITING = 0.01


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to watch and how."""

    pid: int
    scratch: str
    interval_seconds: float
    #: Where the recorded interpreter says who it is; it may be a child of ``pid``.
    claim: str = ""
    limit_bytes: int | None = None
    #: True: send SIGKILL to the largest process of the family once it passes the limit.
    watchdog: bool = False
    #: The file that holds the bytes charged to the memory cgroup, '' if there is none.
    cgroup_usage: str = ""
    #: The cgroup made for the command and the file in it that counts kills, '' if there is none.
    cgroup_made: str = ""
    cgroup_events: str = ""
    #: Stop after this many seconds even if the process lives on; None is its end.
    for_seconds: float | None = None
    #: True: every child process has samples of its own.
    children: bool = False


class Sampler:
    """Samples one process and its family; `run` returns when the process has ended."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._file = (Path(plan.scratch) / SAMPLES_FILE).open("a", buffering=1, encoding="utf-8")
        self._subject = plan.pid
        self._family = [plan.pid]
        self._family_until = 0.0
        self._written = 0
        self._last: tuple[int, int, int] | None = None
        self._stopped = False
        self._waiter = _waiter(plan.pid)

    def run(self) -> None:
        """Sample until the process ends or its time is up."""
        ends = None if self._plan.for_seconds is None else time.monotonic() + self._plan.for_seconds
        next_full = 0.0
        while not self._stopped and self._alive() and (ends is None or time.monotonic() < ends):
            now = time.monotonic()
            if now >= next_full:
                self._full_sample()
                next_full = max(next_full + self._plan.interval_seconds, now)
            held = self._cheap_reading()
            self._wait(self._pause(held, next_full - time.monotonic()))
        self._write_last()
        self._file.close()

    def _alive(self) -> bool:
        return proc.resident(self._plan.pid) > 0

    def _wait(self, seconds: float) -> None:
        """Sleep, but not past the end of the process or the recorder's word to stop."""
        for descriptor, _ in self._waiter.poll(max(seconds, 0) * 1000):
            if descriptor == _INPUT:
                self._stopped = os.read(_INPUT, 64).startswith(b"stop")
                self._waiter.unregister(_INPUT)

    def _pause(self, held: int, until_full: float) -> float:
        """Until the next full sample; under a limit no longer than the limit could be away."""
        if self._plan.limit_bytes is None:
            return until_full
        away = (self._plan.limit_bytes - held) / _FASTEST_BYTES_PER_SECOND
        return min(until_full, _LONGEST_PAUSE_SECONDS, max(away, _SHORTEST_PAUSE_SECONDS))

    def _cheap_reading(self) -> int:
        """Resident bytes of the family now; the watchdog acts on it, and the last one is kept."""
        if self._plan.limit_bytes is None:
            return 0
        sizes = {pid: proc.resident(pid) for pid in self._family}
        held = sum(size for size in sizes.values() if size > 0)
        own = sizes.get(self._subject, proc.UNKNOWN)
        if own > 0:
            self._last = (time.time_ns(), own, held)
            if abs(own - self._written) > self._plan.limit_bytes * _WORTH_WRITING:
                self._write_last()
        if self._plan.watchdog and held > self._plan.limit_bytes:
            self._kill_largest(sizes)
        return held

    def _kill_largest(self, sizes: dict[int, int]) -> None:
        """What the kernel does at the end of a container's memory: SIGKILL to its largest process."""
        if len(sizes) > 1 and self._shared_bytes_explain_it():
            return
        self._write_last()
        victim = max(sizes, key=lambda pid: sizes[pid])
        with (Path(self._plan.scratch) / WATCHDOG_FILE).open("a") as log:
            log.write(f"{time.time_ns()} {victim} {sizes[victim]} {sum(sizes.values())}\n")
        os.kill(victim, signal.SIGKILL)
        time.sleep(0.05)

    def _shared_bytes_explain_it(self) -> bool:
        """Whether the family is within its limit once shared pages are counted only once."""
        held = [proc.rollup(pid).get("pss_bytes", 0) for pid in self._family]
        return sum(held) <= (self._plan.limit_bytes or 0)

    def _full_sample(self) -> None:
        self._look_for_family()
        row = dict.fromkeys(COLUMNS, proc.UNKNOWN)
        row["time_ns"] = time.time_ns()
        row |= proc.rollup(self._subject) or {"rss_bytes": proc.resident(self._subject)}
        row |= proc.status(self._subject)
        row |= proc.descriptors(self._subject)
        row["processes"] = len(self._family)
        row["tree_rss_bytes"] = sum(max(proc.resident(pid), 0) for pid in self._family)
        row["cgroup_bytes"] = _number(self._plan.cgroup_usage)
        if row["rss_bytes"] > 0:
            self._write(row)
        if self._plan.children:
            self._sample_children()

    def _sample_children(self) -> None:
        for pid in self._family:
            held = proc.rollup(pid) if pid != self._subject else {}
            if held:
                row = dict.fromkeys(COLUMNS, proc.UNKNOWN) | held | proc.status(pid) | proc.descriptors(pid)
                row["time_ns"] = time.time_ns()
                with (Path(self._plan.scratch) / child_samples_file(pid)).open("a") as file:
                    file.write(_line_of(row))

    def _look_for_family(self) -> None:
        if time.monotonic() < self._family_until:
            self._family = [pid for pid in self._family if proc.resident(pid) > 0] or [self._plan.pid]
            return
        self._family_until = time.monotonic() + _FAMILY_EVERY_SECONDS
        self._family = proc.family(self._plan.pid)
        self._subject = _claimed(self._plan.claim) or self._plan.pid

    def _write_last(self) -> None:
        if self._last is not None and self._last[1] != self._written:
            row = dict.fromkeys(COLUMNS, proc.UNKNOWN)
            row["time_ns"], row["rss_bytes"], row["tree_rss_bytes"] = self._last
            self._write(row)

    def _write(self, row: dict[str, int]) -> None:
        self._written = row["rss_bytes"]
        self._file.write(_line_of(row))


def _line_of(row: dict[str, int]) -> str:
    return json.dumps([row[name] for name in COLUMNS], separators=(",", ":")) + "\n"


def _waiter(pid: int) -> select.poll:
    """What wakes when the recorder speaks or the process ends.

    Where the system has no pidfd the end is noticed at the next sample.
    """
    waiter = select.poll()
    waiter.register(_INPUT, select.POLLIN)
    try:
        ended = os.pidfd_open(pid)
    except (AttributeError, OSError):
        return waiter
    waiter.register(ended, select.POLLIN)
    return waiter


def _claimed(path: str) -> int | None:
    """The pid of the interpreter under memray, once it said so."""
    try:
        return int(json.loads(Path(path).read_bytes())["pid"]) if path else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _number(path: str) -> int:
    try:
        return int(Path(path).read_bytes()) if path else proc.UNKNOWN
    except (OSError, ValueError):
        return proc.UNKNOWN


def main() -> None:
    """Say ``ready``, read the plan, sample to the end; complete the side-car if nobody else will."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    recorder = os.getppid()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    given = _line(_INPUT)
    if not given:
        return
    plan = Plan(**json.loads(given))
    Sampler(plan).run()
    if os.getppid() != recorder:
        _complete(plan)


def _line(descriptor: int) -> bytes:
    """One line, read byte by byte so that nothing after it is taken; b"" at the end of the input."""
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(descriptor, 1)
        if not piece:
            return b""
        line += piece
    return line


def _complete(plan: Plan) -> None:
    """Do what the recorder would have done: it was killed."""
    kills = counters(Path(plan.cgroup_events)).get("oom_kill", 0) if plan.cgroup_events else 0
    complete_without_recorder(Path(plan.scratch), cgroup_kills=kills)
    if plan.cgroup_made:
        remove(Path(plan.cgroup_made))


if __name__ == "__main__":
    main()
