"""The recorder's side of the sampler: starting it, starting it again, waiting for its end."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from forensics.errors import RecordError

_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from forensics.record.sampler import main; main()"
#: An ended process is noticed at once; this is for a machine that hardly runs.
_PATIENCE_SECONDS = 30


class SamplerProcess:
    """A sampler that waits for `begin`. Raises RecordError where it cannot be started."""

    def __init__(self, plan: dict[str, Any], *, lock: int) -> None:
        self._plan = plan
        self._lock = lock
        self._process = self._start()

    def begin(self) -> None:
        """Let it sample: the process is what it is to be."""
        assert self._process.stdin is not None  # noqa: S101  a pipe, for the type checker
        with suppress(BrokenPipeError):  # killed already: it is started again when its end is seen
            self._process.stdin.write(json.dumps(self._plan).encode() + b"\n")
            self._process.stdin.flush()

    def _start(self) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).parents[2])
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _PROGRAM, root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            pass_fds=(self._lock,),
        )
        assert process.stdout is not None  # noqa: S101  a pipe, for the type checker
        if process.stdout.readline() != b"ready\n":
            process.wait()
            raise RecordError("the sampler did not start, nothing was run")
        process.stdout.close()
        return process

    @property
    def pid(self) -> int:
        return self._process.pid

    def restart_if_lost(self) -> bool:
        """Whether the sampler had been killed; if so a new one goes on where it stopped."""
        if self._process.poll() is None or self._process.returncode == 0:
            return False
        self._process = self._start()
        self.begin()
        return True

    def finish(self, *, patience_seconds: float = _PATIENCE_SECONDS) -> bool:
        """Wait until it wrote its last sample; False where it did not end well."""
        self._close_input(b"")
        try:
            return self._process.wait(patience_seconds) == 0
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return False

    def stop(self) -> bool:
        """End the sampling of a process that lives on; False where the sampler did not end well."""
        self._close_input(b"stop\n")
        return self.finish()

    def _close_input(self, last_words: bytes) -> None:
        assert self._process.stdin is not None  # noqa: S101  a pipe, for the type checker
        with suppress(BrokenPipeError, ValueError):  # gone, or closed before
            self._process.stdin.write(last_words)
            self._process.stdin.close()
