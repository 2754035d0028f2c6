"""`record` as a context manager: the running process under memray, with a side-car of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from forensics.errors import RecordError
from forensics.record import files
from forensics.record.bootstrap.forensics_start import make_tracker, self_description, start_tracking
from forensics.record.document import completed, first_document
from forensics.record.limits import open_limit
from forensics.record.masking import mask_command
from forensics.record.sampling import SamplerProcess


@dataclass(frozen=True, kw_only=True)
class InsideRecording:
    """Where the recording goes; ``load`` takes it as a path once the block has ended."""

    path: Path

    def __fspath__(self) -> str:
        return str(self.path)


@contextmanager
def recording(
    output: str | os.PathLike[str],
    *,
    native: bool,
    python_allocators: bool,
    aggregate: bool,
    follow_fork: bool,
    interval_seconds: float,
    force: bool,
) -> Iterator[InsideRecording]:
    """What `forensics.record.record` is, and says."""
    claimed = files.claim_files(Path(output), force=force)
    plan = {
        "command": mask_command(sys.orig_argv, os.environ),
        "native": native,
        "python_allocators": python_allocators,
        "aggregate": aggregate,
        "follow_fork": follow_fork,
        "force": force,
    }
    try:
        yield from _record(claimed, plan, interval_seconds)
    finally:
        files.release_files(claimed)


def _record(
    claimed: files.RecordingFiles, plan: dict[str, Any], interval_seconds: float
) -> Iterator[InsideRecording]:
    limit = open_limit(None, by="auto", pid=os.getpid())
    document = first_document(os.getpid(), plan["command"], {**plan, "command": "inside"}, limit)
    tracker = _started(plan, str(claimed.capture))
    files.write_document(claimed.sidecar, document)
    sampler = SamplerProcess(
        {
            "pid": os.getpid(),
            "scratch": str(claimed.scratch),
            "interval_seconds": interval_seconds,
            "cgroup_usage": limit.usage_file,
        },
        lock=claimed.lock,
    )
    sampler.begin()
    try:
        yield InsideRecording(path=claimed.capture)
    finally:
        tracker.__exit__(None, None, None)
        sampler.stop()
        imported = [name for name in sys.modules if "." not in name]
        claim = self_description(version("memray"))
        finished = completed(document, claim=claim, imported=imported, files=claimed, limit=limit, end=None)
        files.write_document(claimed.sidecar, finished)


def _started(plan: dict[str, Any], output: str) -> Any:
    """A tracker that is running. Raises RecordError in memray's words."""
    try:
        tracker = make_tracker(plan, output)
        start_tracking(tracker)
    except (ImportError, OSError, RuntimeError) as error:
        raise RecordError(f"{output}: memray could not start: {error}") from error
    return tracker
