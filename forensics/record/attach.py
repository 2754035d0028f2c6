"""`record --pid`: memray attached to a process that runs already, for a while."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from forensics.errors import RecordError, UsageError
from forensics.record import files
from forensics.record.document import completed, first_document
from forensics.record.launch import End
from forensics.record.limits import open_limit
from forensics.record.masking import mask_command
from forensics.record.run import Options, Recording
from forensics.record.sampling import SamplerProcess

_LZ4_FRAME = b"\x04\x22\x4d\x18"
#: A debugger needs seconds to read the symbols of a large process.
_ENTERING_SECONDS = 60.0
#: memray leaves the process by itself; this is how long it may take to close the file.
_CLOSING_SECONDS = 20.0
_IMPORT_SECONDS = 20.0
_PYTHON = re.compile(r"python[0-9.]*")
NOTES = (
    "attached: what was allocated before is not in the capture, so every sum is relative to the start of it",
    "attached: what was allocated before and freed since is not in it either, and stacks that were "
    "running then may lack their outermost frames",
    "attached: the capture itself holds the process's command line as it is; the side-car masks it",
)


def attach(pid: int, seconds: float, options: Options) -> Recording:
    """Record a running Python for a while. It needs a debugger and the right to trace the process.

    Raises UsageError where there is no such process or the output exists, RecordError in one line
    where memray cannot get in.
    """
    command = _command_line(pid)
    output = options.output or Path(f"{Path(command[0]).stem}.{pid}.bin")
    claimed = files.claim_files(output, force=options.force)
    try:
        return _attach(pid, seconds, options, claimed, mask_command(command, {}))
    finally:
        files.release_files(claimed)


def _attach(
    pid: int, seconds: float, options: Options, claimed: files.RecordingFiles, masked: list[str]
) -> Recording:
    _check_importable(pid, _command_line(pid)[0])
    limit = open_limit(None, by="auto", pid=pid)
    document = first_document(pid, masked, {"pid": pid, "for_seconds": seconds}, limit)
    _inject(pid, seconds, options, claimed.capture)
    files.write_document(claimed.sidecar, document)
    plan = {
        "pid": pid,
        "scratch": str(claimed.scratch),
        "interval_seconds": options.interval_seconds,
        "for_seconds": seconds,
    }
    sampler = SamplerProcess(plan, lock=claimed.lock)
    sampler.begin()
    sampler.finish(patience_seconds=seconds + _CLOSING_SECONDS)
    closed = _wait_until_closed(claimed.capture, pid)
    notes = NOTES if closed else (*NOTES, "attached: memray has not closed the capture, it may still grow")
    finished: dict[str, Any] = completed(
        document, claim={}, imported=(), files=claimed, limit=limit, end=None
    ) | {"notes": list(notes)}
    files.write_document(claimed.sidecar, finished)
    return Recording(
        capture=claimed.capture,
        sidecar=claimed.sidecar,
        end=End(0, "", 0),
        oom_killed=None,
        captured=claimed.capture.exists(),
        notes=notes,
    )


def _command_line(pid: int) -> list[str]:
    try:
        os.kill(pid, 0)
        parts = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except ProcessLookupError as error:
        raise UsageError(f"{pid}: there is no such process") from error
    except PermissionError as error:
        raise RecordError(f"{pid}: the process belongs to another user; attach as that user") from error
    except OSError as error:
        raise RecordError(f"{pid}: cannot be looked at ({error.strerror})") from error
    return parts[:-1] or [str(pid)]


def _check_importable(pid: int, program: str) -> None:
    """Raise RecordError where the process's Python, by the path it was started with, lacks memray.

    Asked of a process of its own: a debugger that gets in for nothing would hold the target for a minute.
    Passes where that path tells nothing.
    """
    path = shutil.which(program)
    if path is None or not _PYTHON.fullmatch(Path(path).name):
        return
    try:
        if Path(path).resolve() != Path(f"/proc/{pid}/exe").readlink():
            return
        pairs = Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace").split("\0")
        environment = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
        asked = [path, "-c", "import memray"]
        done = subprocess.run(asked, env=environment, capture_output=True, text=True, timeout=_IMPORT_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise RecordError(
            f"{pid}: memray cannot be imported by {path} ({reason}); "
            f"install it there: {path} -m pip install memray"
        )


def _inject(pid: int, seconds: float, options: Options, capture: Path) -> None:
    """Let memray into the process. Raises RecordError with the reason that memray gives."""
    chosen = {
        "--native": options.native,
        "--follow-fork": options.follow_fork,
        "--aggregate": options.aggregate,
        "--trace-python-allocators": options.python_allocators,
        "--force": options.force,
    }
    flags = [flag for flag, wanted in chosen.items() if wanted]
    duration = ["--duration", str(max(1, round(seconds))), "--method", _method()]
    command = [sys.executable, "-m", "memray", "attach", "-v", "-o", str(capture)]
    attaching = subprocess.Popen(
        [*command, *flags, *duration, str(pid)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        out, said = attaching.communicate(timeout=_ENTERING_SECONDS)
    except subprocess.TimeoutExpired as error:
        _let_go(attaching, pid)
        raise RecordError(
            f"{pid}: memray did not get into the process in {_ENTERING_SECONDS:.0f} s: can it import memray?"
        ) from error
    if attaching.returncode:
        raise RecordError(f"{pid}: memray could not attach: {_reason(out, said)}")


def _let_go(attaching: subprocess.Popen[str], pid: int) -> None:
    """End memray and its debugger, and wake the process if the debugger left it stopped."""
    os.killpg(attaching.pid, signal.SIGKILL)
    attaching.communicate()
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGCONT)


def _method() -> str:
    """How memray gets in: lldb before gdb, unlike memray's own choice.

    gdb 13 on Linux 6.18 failed with "couldn't write extended state status" and left the target's
    sleep with error 514, which ended it; lldb 14 did not.
    """
    return "lldb" if not hasattr(sys, "remote_exec") and shutil.which("lldb") else "auto"


def _reason(stdout: str, stderr: str) -> str:
    """memray's own words on one line, with the debugger's where memray only says "unexpected"."""
    said = [line.strip() for line in stderr.splitlines() if line.strip() and "--verbose" not in line]
    if "Traceback (most recent call last):" in said:
        return said[-1]
    debugger = stdout.partition("Error in sourced command file:")[2].strip().splitlines()
    return " ".join([*said[:3], *debugger[:1]]) or "it gave no reason"


def _wait_until_closed(capture: Path, pid: int) -> bool:
    """Whether memray closed the file in time, or the process is gone and nobody will."""
    deadline = time.monotonic() + _CLOSING_SECONDS
    while time.monotonic() < deadline:
        with capture.open("rb") as file:
            if file.read(4) == _LZ4_FRAME:
                return True
        if not Path(f"/proc/{pid}").exists():
            return False
        time.sleep(0.1)
    return False
