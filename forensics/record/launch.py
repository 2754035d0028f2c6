"""Starting the command: forked first, so that everything is in place when its first line runs."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from forensics.errors import UsageError

#: Signals that a recorder waits for and passes on.
FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)


class End(NamedTuple):
    """How a process ended."""

    #: Exit status; None when a signal ended it.
    status: int | None
    #: Name of the signal that ended it, '' when none did.
    signal: str
    #: Highest resident set of the process, as the kernel counted it.
    peak_rss_bytes: int


class Launch:
    """A forked child that waits to become the command. `go` lets it, `wait` returns its `End`."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._go_read, self._go_write = os.pipe()
        self._fault_read, self._fault_write = os.pipe()
        self._mask = signal.pthread_sigmask(signal.SIG_BLOCK, {*FORWARDED, signal.SIGCHLD})
        self.pid = os.fork()
        if self.pid == 0:
            self._become_command()
        os.close(self._go_read)
        os.close(self._fault_write)

    def _become_command(self) -> None:
        """In the child: wait for the environment, then exec; never returns."""
        try:
            os.close(self._go_write)
            with os.fdopen(self._go_read, "rb") as go:
                environment = go.read()
            if not environment:
                os._exit(125)
            signal.pthread_sigmask(signal.SIG_SETMASK, self._mask)
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            os.execvpe(self._command[0], self._command, json.loads(environment))  # noqa: S606  no shell
        except OSError as error:
            os.write(self._fault_write, str(error.errno).encode())
        finally:
            os._exit(127)

    def go(self, environment: Mapping[str, str]) -> None:
        """Let the child become the command. Raises UsageError where there is no such command."""
        with os.fdopen(self._go_write, "wb") as pipe:
            pipe.write(json.dumps(dict(environment)).encode())
        with os.fdopen(self._fault_read, "rb") as faults:
            fault = faults.read()
        if fault:
            os.waitpid(self.pid, 0)
            raise UsageError(
                f"{self._command[0]}: {_why_not_run(int(fault))}; nothing was run, nothing was written"
            )

    def cancel(self) -> None:
        """End the child that never became the command."""
        os.close(self._go_write)
        os.close(self._fault_read)
        os.waitpid(self.pid, 0)

    def wait(self, on_child: Callable[[], object]) -> End:
        """Forward signals until the command ends; ``on_child`` is called when any child did.

        What the terminal sends reaches the command by itself, as it is in the same process group;
        only signals that another process sent to the recorder are passed on.
        """
        while True:
            pid, status, usage = os.wait4(self.pid, os.WNOHANG)
            if pid:
                return _end(status, usage.ru_maxrss * 1024)
            arrived = signal.sigwaitinfo({*FORWARDED, signal.SIGCHLD})
            if arrived.si_signo == signal.SIGCHLD:
                on_child()
            elif arrived.si_code <= 0:
                os.kill(self.pid, arrived.si_signo)


def _end(status: int, peak_rss_bytes: int) -> End:
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return End(code, "", peak_rss_bytes)
    return End(None, signal.Signals(-code).name, peak_rss_bytes)


def _why_not_run(number: int) -> str:
    return {
        2: "command not found",
        13: "permission denied",
        8: "is no program that this system can run",
    }.get(number, os.strerror(number).lower())
