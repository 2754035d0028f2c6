"""The side-car's document: what is known before the command starts, and what is added at its end.

Read back by `forensics.sidecar`. Nothing in it names the host or the user; the command line is masked.
"""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import Distribution, distributions, version
from pathlib import Path
from typing import Any

from forensics.commits import HeadFacts, head_facts
from forensics.record import kernel_log
from forensics.record.files import WATCHDOG_FILE, RecordingFiles
from forensics.record.launch import End
from forensics.record.limits import Limit, container_limit
from forensics.samples import unmerged_samples

SCHEMA = "forensics/sidecar/1"


def first_document(
    pid: int, masked: Sequence[str], options: Mapping[str, Any], limit: Limit
) -> dict[str, Any]:
    """All that is known before the command starts; ``state`` is "recording"."""
    head = _head_around(masked)
    return {
        "schema": SCHEMA,
        "state": "recording",
        "git": {"commit": head.commit, "dirty": head.dirty, "root": head.root},
        "process": {"command": shlex.join(masked), "pid": pid},
        "recorder": {
            "version": version("heap-forensics"),
            "options": dict(options),
            "started_ns": time.time_ns(),
            "started_boot_seconds": kernel_log.boot_clock(),
        },
        "host": host_facts(),
        "limit": _limit_section(limit),
        "container": {"before": limit.figures()},
    }


def _head_around(command: Sequence[str]) -> HeadFacts:
    """The repository of the working directory, else that of the first file the command names."""
    found = head_facts(Path.cwd())
    named = next((Path(part) for part in command[1:] if Path(part).is_file()), None)
    return found if found.commit or named is None else head_facts(named.absolute().parent)


def host_facts() -> dict[str, Any]:
    """System, kernel, processors and memory; no host or user name."""
    system = os.uname()
    return {
        "system": system.sysname,
        "kernel": system.release,
        "machine": system.machine,
        "processors": os.cpu_count(),
        "memory_bytes": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"),
    }


def _limit_section(limit: Limit) -> dict[str, Any]:
    if limit.bytes is not None:
        return {"bytes": limit.bytes, "enforced_by": limit.enforced_by, "set_by": "forensics record"}
    around = container_limit()
    return {"set_by": "container", **around} if around else {}


def completed(
    document: Mapping[str, Any],
    *,
    claim: Mapping[str, Any],
    imported: Sequence[str],
    files: RecordingFiles,
    limit: Limit,
    end: End | None,
) -> dict[str, Any]:
    """The document with everything that the run left behind; ``state`` is "finished".

    ``claim`` is what the recorded interpreter said of itself; ``end`` None where it lives on.
    """
    return {
        **document,
        "state": "finished",
        "process": {**document["process"], **_process_section(claim)},
        "packages": package_versions(claim.get("sys_path", ()), imported),
        "recorder": {**document["recorder"], "ended_ns": time.time_ns()},
        "exit": _exit_section(document, end, claim, files, limit) if end else {},
        "container": {**document["container"], "after": limit.figures()},
        "samples": unmerged_samples(files.capture),
    }


def _process_section(claim: Mapping[str, Any]) -> dict[str, Any]:
    """What the recorded interpreter said of itself; empty for a command that is no Python."""
    if not claim:
        return {}
    return {
        "pid": claim["pid"],
        "language": f"python {claim['python']}",
        "implementation": claim["implementation"],
        "executable": claim["executable"],
        "memray": claim["memray"],
    }


def _exit_section(
    document: Mapping[str, Any], end: End, claim: Mapping[str, Any], files: RecordingFiles, limit: Limit
) -> dict[str, Any]:
    pids = {document["process"]["pid"], claim.get("pid", 0)}
    logged = kernel_log.memory_kills(pids, document["recorder"]["started_boot_seconds"])
    kills = limit.oom_kills(files.read(WATCHDOG_FILE))
    return {
        "status": end.status,
        "signal": end.signal,
        "oom_killed": _was_killed_for_memory(end, kills, logged),
        "oom_kills": kills,
        "peak_rss_bytes": end.peak_rss_bytes,
        "kernel_log": logged or [],
    }


def _was_killed_for_memory(end: End, kills: int, logged: list[str] | None) -> bool | None:
    """None where a SIGKILL came from nobody knows whom: no counter says so and the log is closed to us."""
    if end.signal != "SIGKILL":
        return False
    if kills or logged:
        return True
    return None if logged is None else False


def package_versions(sys_path: Sequence[str], imported: Sequence[str]) -> dict[str, str]:
    """Name and version of every distribution on this path of which a module was imported."""
    wanted = set(imported)
    versions: dict[str, str] = {}
    for distribution in distributions(path=list(sys_path)):
        name = distribution.metadata["Name"]
        if name and wanted & _top_level(distribution):
            versions.setdefault(name, distribution.version)
    return dict(sorted(versions.items()))


def _top_level(distribution: Distribution) -> set[str]:
    """Importable names of a distribution: its top_level.txt, else what its list of files tells."""
    listed = (distribution.read_text("top_level.txt") or "").split()
    if listed:
        return set(listed)
    return {
        file.parts[0].split(".")[0] if len(file.parts) > 1 else file.name.split(".")[0]
        for file in distribution.files or ()
        if file.suffix in (".py", ".so", ".pyd") and ".." not in file.parts
    }
