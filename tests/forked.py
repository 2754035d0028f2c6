"""``python -m tests.forked``: runs command lines, each in a fork of one warm process, and says what it cost.

A line of JSON in is a user or null and the arguments of ``forensics``; a line of JSON out is a `Ran`. CPU
and peak memory are the kernel's, of the fork alone; imports and compiled kernels, which all forks share,
are not counted as CPU.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from tempfile import TemporaryFile
from typing import NamedTuple, Self

LONGEST_SECONDS = 60


class Ran(NamedTuple):
    """How one command line ended; a negative exit code is the signal that ended it."""

    exit_code: int
    output: str
    errors: str
    cpu_seconds: float
    peak_bytes: int


class Runner:
    """One warm process for many command lines; use it as a context."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.forked"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, *arguments: object, user: int | None = None) -> Ran:
        """The outcome of this command line, under another user if root is asked to."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([user, *map(str, arguments)]), file=self._process.stdin, flush=True)
        return Ran(*json.loads(self._process.stdout.readline()))


def _warm() -> None:
    from forensics.attribute import attribute
    from forensics.readers.tracemalloc_snapshot.snapshot import load_snapshot
    from forensics.warm import compile_all

    assert callable(attribute)
    assert callable(load_snapshot)
    compile_all()


def _forked(user: int | None, arguments: list[str]) -> Ran:
    with TemporaryFile() as output, TemporaryFile() as errors:
        child = os.fork()
        if not child:
            if user is not None:
                os.setuid(user)
            _become(arguments, output.fileno(), errors.fileno())
        _, status, used = os.wait4(child, 0)
        texts = [os.pread(file.fileno(), 1 << 20, 0).decode() for file in (output, errors)]
    code = os.waitstatus_to_exitcode(status)
    return Ran(code, *texts, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def _become(arguments: list[str], output: int, errors: int) -> None:
    from forensics.cli import main

    signal.alarm(LONGEST_SECONDS)
    os.dup2(output, 1)
    os.dup2(errors, 2)
    code = 70
    try:
        main(arguments)
    except SystemExit as error:
        code = int(error.code or 0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _warm()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        user, *arguments = json.loads(line)
        print(json.dumps(_forked(user, arguments)), flush=True)
