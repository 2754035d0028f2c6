"""Starts memray when a recorded interpreter starts, before the first line of the program.

Found through PYTHONPATH, which is restored before anything else runs. Reads ``plan.json`` in the
directory named by FORENSICS_RECORDING, leaves ``claim.json`` there (which process is recorded, with
which Python) or ``failure.txt``, and appends the name of every top-level import to ``imports.txt``.
Imports the standard library and memray alone, and runs on every Python that memray runs on.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
from typing import Any, Optional

_HERE = os.path.dirname(os.path.abspath(__file__))


class _ImportLog:
    """A finder that finds nothing, and notes which top-level modules are looked for."""

    def __init__(self, path: str) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.set_inheritable(self._descriptor, False)
        self._pid = os.getpid()

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if path is None and os.getpid() == self._pid:
            try:
                os.write(self._descriptor, (name + "\n").encode("utf-8", "replace"))
            except OSError:  # closed by the program, or no space left: the log is a by-product
                sys.meta_path.remove(self)


def _restore_environment(plan: dict[str, Any]) -> None:
    """Leave no trace of the recorder, unless children are to be recorded too."""
    sys.path[:] = [entry for entry in sys.path if entry != _HERE]
    if plan["follow_fork"]:
        return
    del os.environ["FORENSICS_RECORDING"]
    if plan["pythonpath"] is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = plan["pythonpath"]


def _below_an_unrecorded_python(plan: dict[str, Any]) -> bool:
    """Whether a Python that ignored the environment (``-E``, ``-I``) started this process.

    The command is then that Python, and what it starts is not to be taken for it. Only /proc tells.
    """
    pid = os.getpid()
    while pid not in (0, 1, plan["pid"]):
        try:
            with open("/proc/{}/stat".format(pid)) as file:
                pid = int(file.read().rpartition(")")[2].split()[1])
            program = os.readlink("/proc/{}/exe".format(pid))
        except (OSError, ValueError):
            return False
        if os.path.basename(program).startswith(("python", "pypy")):
            return True
    return False


def _output(scratch: str, plan: dict[str, Any]) -> Optional[str]:
    """The capture that this process is to write, None if it is not the one to be recorded."""
    claimed = os.path.exists(os.path.join(scratch, "claim.json"))
    if not claimed and _below_an_unrecorded_python(plan):
        return None
    try:
        os.close(os.open(os.path.join(scratch, "claim.json"), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
    except FileExistsError:
        return "{}.{}".format(plan["output"], os.getpid()) if plan["follow_fork"] else None
    return plan["output"]


def _write(path: str, text: str) -> None:
    with open(path + ".part", "w") as file:
        file.write(text)
    os.replace(path + ".part", path)


def make_tracker(plan: dict[str, Any], output: str) -> Any:
    """A tracker whose capture names the masked command line."""
    import memray

    arguments = sys.argv if hasattr(sys, "argv") else []
    sys.argv = plan["command"]
    try:
        return memray.Tracker(
            destination=memray.FileDestination(output, overwrite=plan["force"]),
            native_traces=plan["native"],
            trace_python_allocators=plan["python_allocators"],
            follow_fork=plan["follow_fork"],
            file_format=(
                memray.FileFormat.AGGREGATED_ALLOCATIONS
                if plan["aggregate"]
                else memray.FileFormat.ALL_ALLOCATIONS
            ),
        )
    finally:
        sys.argv = arguments


def start_tracking(tracker: Any) -> None:
    """Enter the tracker on a fresh thread and name the main one.

    memray leaves out the frames below the one that enters it, on that thread: entered here it would
    cut the outermost frames of the program's own main thread.
    """
    import _thread
    import threading

    faults: list[Exception] = []
    entered = _thread.allocate_lock()
    entered.acquire()

    def enter() -> None:
        try:
            tracker.__enter__()
        except Exception as error:  # told to the thread that waits
            faults.append(error)
        finally:
            entered.release()

    _thread.start_new_thread(enter, ())
    entered.acquire()
    if faults:
        raise faults[0]
    threading.main_thread().name = "MainThread"


def _stop_at_exit(tracker: Any) -> None:
    process = os.getpid()

    def stop() -> None:
        if os.getpid() == process:
            tracker.__exit__(None, None, None)

    atexit.register(stop)


def self_description(memray_version: str) -> dict[str, Any]:
    """Who this interpreter is, for the side-car."""
    return {
        "pid": os.getpid(),
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "implementation": sys.implementation.name,
        "executable": sys.executable,
        "sys_path": sys.path,
        "memray": memray_version,
    }


def _record(scratch: str, plan: dict[str, Any], output: str) -> None:
    from memray._version import __version__ as memray_version

    tracker = make_tracker(plan, output)
    _write(os.path.join(scratch, "claim.json"), json.dumps(self_description(memray_version)))
    sys.meta_path.insert(0, _ImportLog(os.path.join(scratch, "imports.txt")))
    _stop_at_exit(tracker)
    start_tracking(tracker)


def _begin() -> None:
    scratch = os.environ["FORENSICS_RECORDING"]
    with open(os.path.join(scratch, "plan.json")) as file:
        plan = json.load(file)
    _restore_environment(plan)
    output = _output(scratch, plan)
    if output is None:
        return
    try:
        _record(scratch, plan, output)
    except ImportError as error:
        fault = "memray cannot be imported by {} ({}); install it there: {} -m pip install memray"
        _fail(scratch, fault.format(sys.executable, error, sys.executable))
    except (OSError, RuntimeError) as error:
        _fail(scratch, "memray could not start: {}".format(error))


def _fail(scratch: str, line: str) -> None:
    """End the process before the program runs: a run that cannot be recorded is not started."""
    _write(os.path.join(scratch, "failure.txt"), line)
    os._exit(3)


def _run_the_next_sitecustomize() -> None:
    """Import the sitecustomize that this file hides, if there is one."""
    this = sys.modules.pop("sitecustomize")
    try:
        __import__("sitecustomize")
    except ImportError as error:
        if error.name != "sitecustomize":
            raise
        sys.modules["sitecustomize"] = this  # the import that is going on looks for it


if "FORENSICS_RECORDING" in os.environ:
    _begin()
    _run_the_next_sitecustomize()
