"""`record` for a command: runs it under memray, watched from outside, and completes the side-car."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from forensics.errors import RecordError
from forensics.record import files
from forensics.record.children import write_child_sidecars
from forensics.record.document import completed, first_document
from forensics.record.launch import End, Launch
from forensics.record.limits import Limit, open_limit
from forensics.record.masking import mask_command
from forensics.record.sampling import SamplerProcess
from forensics.record.symbols import Symbols, resolve_symbols
from forensics.record.unwritten import ends_early

BOOTSTRAP = Path(__file__).parent / "bootstrap"


@dataclass(frozen=True, kw_only=True)
class Options:
    """How to record. ``output`` None names the capture after the command and its pid."""

    output: Path | None = None
    native: bool = False
    python_allocators: bool = False
    aggregate: bool = False
    follow_fork: bool = False
    limit_bytes: int | None = None
    limit_by: str = "auto"
    interval_seconds: float = 0.1
    force: bool = False


@dataclass(frozen=True, kw_only=True)
class Recording:
    """What a finished recording left behind."""

    capture: Path
    sidecar: Path
    end: End
    oom_killed: bool | None
    #: Whether a capture was written: False for a command that started no Python.
    captured: bool
    #: What the user has to know of this recording, one sentence each.
    notes: tuple[str, ...] = field(default=())

    @property
    def exit_code(self) -> int:
        """The command's exit status; 128 + the signal's number where one ended it, as in a shell."""
        return 128 + signal.Signals[self.end.signal] if self.end.signal else self.end.status or 0


def run(command: Sequence[str], options: Options) -> Recording:
    """Run the command to its end, recorded; raises UsageError or RecordError before it is started.

    The command keeps its arguments, working directory, terminal and exit status.
    """
    launch = Launch(command)
    try:
        claimed = files.claim_files(_output(command, options, launch.pid), force=options.force)
    except Exception:
        launch.cancel()
        raise
    try:
        limit = open_limit(options.limit_bytes, by=options.limit_by, pid=launch.pid)
        try:
            return _follow(launch, command, options, claimed, limit)
        finally:
            limit.close()
    finally:
        files.release_files(claimed)


def _follow(
    launch: Launch, command: Sequence[str], options: Options, claimed: files.RecordingFiles, limit: Limit
) -> Recording:
    masked = mask_command(command, os.environ)
    chosen = {name: value for name, value in asdict(options).items() if name not in ("output", "force")}
    document = first_document(launch.pid, masked, chosen, limit)
    try:
        _write_plan(launch.pid, claimed, masked, options)
        files.write_document(claimed.sidecar, document)
        sampler = SamplerProcess(_sampler_plan(launch.pid, claimed, options, limit), lock=claimed.lock)
    except Exception:
        launch.cancel()
        raise
    try:
        launch.go(_environment(claimed))
    except Exception:
        sampler.finish()
        claimed.sidecar.unlink()
        raise
    sampler.begin()
    restarts: list[bool] = []
    end = launch.wait(lambda: restarts.append(sampler.restart_if_lost()))
    sampler.finish()
    return _complete(document, end, claimed, options, limit, sampler_lost=any(restarts))


def _output(command: Sequence[str], options: Options, pid: int) -> Path:
    if options.output is not None:
        return options.output
    named = [part for part in command if not part.startswith("-")]
    name = Path(named[1] if len(named) > 1 and "python" in Path(named[0]).name else named[0]).stem
    return Path(f"{name}.{pid}.bin")


def _environment(claimed: files.RecordingFiles) -> dict[str, str]:
    """The command's environment with the bootstrap on PYTHONPATH; the bootstrap restores it."""
    search = [str(BOOTSTRAP), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "FORENSICS_RECORDING": str(claimed.scratch),
        "PYTHONPATH": os.pathsep.join(search),
    }


def _write_plan(pid: int, claimed: files.RecordingFiles, masked: Sequence[str], options: Options) -> None:
    plan = {
        "pid": pid,
        "output": str(claimed.capture),
        "command": list(masked),
        "pythonpath": os.environ.get("PYTHONPATH"),
        "native": options.native,
        "python_allocators": options.python_allocators,
        "aggregate": options.aggregate,
        "follow_fork": options.follow_fork,
        "force": options.force,
    }
    (claimed.scratch / "plan.json").write_text(json.dumps(plan))


def _sampler_plan(pid: int, claimed: files.RecordingFiles, options: Options, limit: Limit) -> dict[str, Any]:
    return {
        "pid": pid,
        "scratch": str(claimed.scratch),
        "interval_seconds": options.interval_seconds,
        "claim": str(claimed.scratch / files.CLAIM_FILE),
        "limit_bytes": options.limit_bytes,
        "watchdog": limit.enforced_by == "watchdog",
        "cgroup_usage": limit.usage_file,
        "cgroup_made": str(limit.group or ""),
        "cgroup_events": limit.events_file,
        "children": options.follow_fork,
    }


def _complete(
    document: dict[str, Any],
    end: End,
    claimed: files.RecordingFiles,
    options: Options,
    limit: Limit,
    *,
    sampler_lost: bool,
) -> Recording:
    """Write the finished side-car. Raises RecordError where the Python could not be recorded."""
    failure = claimed.read(files.FAILURE_FILE)
    if failure:
        claimed.sidecar.unlink()
        raise RecordError(failure)
    claim = claimed.claim()
    captured = claimed.capture.exists() and bool(claim)
    unwritten = captured and not end.signal and ends_early(claimed.capture)
    notes = _notes(
        options, claimed=bool(claim), captured=captured, unwritten=unwritten, sampler_lost=sampler_lost
    )
    imported = claimed.read(files.IMPORTS_FILE).split()
    finished = completed(document, claim=claim, imported=imported, files=claimed, limit=limit, end=end)
    finished["notes"] = list(notes)
    symbols_of = partial(_symbols, interpreter=claim["executable"]) if options.native and claim else None
    if symbols_of and captured:
        finished["symbols"] = symbols_of(claimed.capture)
    files.write_document(claimed.sidecar, finished)
    if options.follow_fork:
        write_child_sidecars(claimed.capture, finished, symbols_of=symbols_of)
    return Recording(
        capture=claimed.capture,
        sidecar=claimed.sidecar,
        end=end,
        oom_killed=finished["exit"]["oom_killed"],
        captured=captured,
        notes=notes,
    )


def _symbols(capture: Path, interpreter: str) -> Symbols:
    """Names of the native frames; none where memray fails on its own capture."""
    try:
        return resolve_symbols(capture, interpreter)
    except (OSError, subprocess.SubprocessError):
        return {}


def _notes(
    options: Options, *, claimed: bool, captured: bool, unwritten: bool, sampler_lost: bool
) -> tuple[str, ...]:
    """What a reader of this recording has to know, one sentence each."""
    said = (
        (not claimed, "no Python started that could be recorded (python -I, -E, -S cannot): side-car only"),
        (claimed and not captured, "the capture is missing: somebody removed it during the run"),
        (
            unwritten,
            "the capture ends early: no space was left, or the program ended by os._exit; it is kept",
        ),
        (options.aggregate, "aggregated: no replay, and no record at all if the process is killed"),
        (sampler_lost, "the sampler was killed and started again: some samples are missing"),
    )
    return tuple(note for holds, note in said if holds)
