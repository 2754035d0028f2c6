"""`record` for a command: runs it under memray, watched from outside, and completes the side-car."""

from __future__ import annotations

import json
import os
import shlex
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from forensics import __version__
from forensics.commits import head_facts
from forensics.errors import RecordError
from forensics.record import facts, files
from forensics.record.launch import End, Launch
from forensics.record.limits import Limit, container_limit, open_limit
from forensics.record.masking import mask_command
from forensics.record.sampling import SamplerProcess

SCHEMA = "forensics/sidecar/1"
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
        import signal

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
    document = _first_document(launch.pid, masked, options, limit)
    try:
        _write_plan(claimed, masked, options)
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


def _write_plan(claimed: files.RecordingFiles, masked: Sequence[str], options: Options) -> None:
    plan = {
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
        "claim": str(claimed.scratch / "claim.json"),
        "limit_bytes": options.limit_bytes,
        "watchdog": limit.enforced_by == "watchdog",
        "cgroup_usage": limit.usage_file,
    }


def _first_document(pid: int, masked: Sequence[str], options: Options, limit: Limit) -> dict[str, Any]:
    """All that is known before the command starts."""
    head = head_facts(Path.cwd())
    chosen = {k: v for k, v in asdict(options).items() if k not in ("output", "force")}
    return {
        "schema": SCHEMA,
        "state": "recording",
        "git": {"commit": head.commit, "dirty": head.dirty, "root": head.root},
        "process": {"command": shlex.join(masked), "pid": pid},
        "recorder": {"version": __version__, "options": chosen, "started_ns": time.time_ns()},
        "host": facts.host_facts(),
        "limit": _limit_section(limit),
    }


def _limit_section(limit: Limit) -> dict[str, Any]:
    if limit.bytes is not None:
        return {"bytes": limit.bytes, "enforced_by": limit.enforced_by, "set_by": "forensics record"}
    around = container_limit()
    return {"set_by": "container", **around} if around else {}


def _complete(
    document: dict[str, Any],
    end: End,
    claimed: files.RecordingFiles,
    options: Options,
    limit: Limit,
    *,
    sampler_lost: bool,
) -> Recording:
    """Merge what was seen into the side-car. Raises RecordError where the recorded Python could not."""
    failure = claimed.read("failure.txt")
    if failure:
        claimed.sidecar.unlink()
        raise RecordError(failure)
    claim = claimed.claim()
    captured = claimed.capture.exists() and bool(claim)
    oom = limit.oom_kills(claimed.read("watchdog.txt"))
    notes = _notes(claim, options, captured=captured, sampler_lost=sampler_lost)
    document |= {
        "state": "finished",
        "process": document["process"] | _process_section(claim),
        "packages": facts.package_versions(claim.get("sys_path", ()), claimed.read("imports.txt").split()),
        "exit": {
            "status": end.status,
            "signal": end.signal,
            "oom_killed": end.signal == "SIGKILL" and bool(oom),
            "oom_kills": oom,
            "peak_rss_bytes": end.peak_rss_bytes,
        },
        "container": limit.figures(),
        "samples": files.merged_samples(claimed),
        "notes": list(notes),
    }
    document["recorder"]["ended_ns"] = time.time_ns()
    files.write_document(claimed.sidecar, document)
    return Recording(
        capture=claimed.capture,
        sidecar=claimed.sidecar,
        end=end,
        oom_killed=document["exit"]["oom_killed"],
        captured=captured,
        notes=notes,
    )


def _process_section(claim: Mapping[str, Any]) -> dict[str, Any]:
    if not claim:
        return {}
    return {
        "pid": claim["pid"],
        "language": f"python {claim['python']}",
        "implementation": claim["implementation"],
        "executable": claim["executable"],
        "memray": claim["memray"],
    }


def _notes(
    claim: Mapping[str, Any], options: Options, *, captured: bool, sampler_lost: bool
) -> tuple[str, ...]:
    notes = []
    if not claim:
        notes.append(
            "the command started no Python that could be recorded (python -I, -E and -S cannot): "
            "the side-car is all there is"
        )
    elif not captured:
        notes.append("the capture is missing: the recorded process or somebody else removed it")
    if options.aggregate:
        notes.append(
            "aggregated: no replay, no moments but the peak and the end, and nothing at all if it was killed"
        )
    if sampler_lost:
        notes.append("the sampler was killed and started again: some samples are missing")
    return tuple(notes)
