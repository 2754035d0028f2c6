"""``python -m tests.fuzz``: mutations of every format for some seconds each, in processes of their own.

Exit code 1 where a reader let anything through but an error of one line or a capture that adds up,
took too long or too much memory; its seed is printed, and ``--format F --seed N --seconds 0`` repeats it.
"""

from __future__ import annotations

import argparse
import os
import selectors
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.mutations import mutated
from tests.fuzz.samples import samples

CASE_SECONDS = 20.0
START_SECONDS = 180.0
MOST_FAILURES = 5


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one process said: its last line, how it ended, and the end of its error output."""

    last: str
    fault: str
    tail: str


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--format", action="append", metavar="NAME", help="this format alone; repeatable")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each format; 0 is one case")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--write", metavar="OUT", type=Path, help="write the file of --seed and open nothing")
    asked = parser.parse_args()
    contents = samples()
    names = asked.format or list(contents)
    if unknown := set(names) - set(contents):
        parser.error(f"no such format: {', '.join(sorted(unknown))}; there are {', '.join(contents)}")
    if asked.write:
        asked.write.write_bytes(mutated(contents[names[0]], asked.seed))
        return 0
    return int(sum(fuzz(name, asked.seed, asked.seconds) for name in names) > 0)


def fuzz(name: str, seed: int, seconds: float) -> int:
    """Print what became of this format; the number of failures."""
    end, failures = time.monotonic() + seconds, 0
    while failures < MOST_FAILURES:
        run = _run(name, seed, max(end - time.monotonic(), 0.0))
        if not run.fault:
            cases, opened, refused = run.last.split()
            print(f"{name}: seeds from {seed}: {cases} cases, {opened} opened, {refused} refused", flush=True)
            return failures
        failures += 1
        print(f"{name}: FAILED at seed {run.last}: {run.fault}\n{run.tail}", flush=True)
        if not run.last.isdigit() or time.monotonic() >= end:
            return failures
        seed = int(run.last) + 1
    return failures


def _run(name: str, seed: int, seconds: float) -> Run:
    command = [sys.executable, "-m", "tests.fuzz.child", name, str(seed), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        last, fault = _watched(process)
        tail = process.stderr.read().decode() if process.stderr else ""
    fault = fault or (f"exit code {process.returncode}" if process.returncode else "")
    return Run(last=last, fault=fault, tail="\n".join(tail.splitlines()[-12:]))


def _watched(process: subprocess.Popen[bytes]) -> tuple[str, str]:
    """The last line of the process, and that it took too long; '' where it ended by itself."""
    last, pending = "", b""
    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            wait = CASE_SECONDS if last else START_SECONDS
            if not selector.select(wait):
                process.kill()
                return last, f"no end after {wait:.0f} s"
            piece = os.read(process.stdout.fileno(), 1 << 16)  # nothing may stay behind in a buffer
            if not piece:
                return last, ""
            *lines, pending = (pending + piece).split(b"\n")
            last = lines[-1].decode() if lines else last


if __name__ == "__main__":
    sys.exit(main())
