"""Side-cars of the child processes that `--follow-fork` recorded, each beside its own capture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from forensics.record.files import SIDECAR_SUFFIX, write_document
from forensics.record.symbols import Symbols
from forensics.samples import unmerged_samples

#: What a child does not share with the process that the side-car tells of.
_OF_ONE_PROCESS = ("exit", "samples", "symbols", "notes")


def write_child_sidecars(
    capture: Path, document: Mapping[str, Any], *, symbols_of: Callable[[Path], Symbols] | None
) -> tuple[Path, ...]:
    """The captures of child processes beside ``capture``, after a side-car was written for each.

    Commit, command, packages, host and limit are those of the first process; samples are the child's own.
    """
    found = child_captures(capture, since_ns=document["recorder"]["started_ns"])
    shared = {name: value for name, value in document.items() if name not in _OF_ONE_PROCESS}
    for child in found:
        pid = int(child.suffix[1:])
        process = {**document["process"], "pid": pid, "child_of": document["process"]["pid"]}
        told = {**shared, "process": process, "samples": unmerged_samples(capture, of_child=pid)}
        if symbols_of is not None:
            told["symbols"] = symbols_of(child)
        write_document(Path(f"{child}{SIDECAR_SUFFIX}"), told)
    return found


def child_captures(capture: Path, *, since_ns: int) -> tuple[Path, ...]:
    """``CAPTURE.PID`` of this recording, by pid; files of an earlier one are left out."""
    numbered = (path for path in capture.parent.glob(f"{capture.name}.*") if path.suffix[1:].isdecimal())
    return tuple(
        sorted((path for path in numbered if path.stat().st_mtime_ns >= since_ns), key=lambda p: p.suffix)
    )
