"""The files of one recording: capture, side-car, and a scratch directory while it runs.

Nothing that exists is overwritten without ``force``; documents are replaced atomically. The scratch
directory is also the lock: whoever creates it records. Standard library alone: the sampler uses it.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forensics.errors import RecordError, UsageError
from forensics.samples import SCRATCH_SUFFIX, scratch_path, unmerged_samples

#: Beside the dump; the same as `forensics.sidecar.SUFFIX`, which imports pandas.
SIDECAR_SUFFIX = ".sidecar.json"
#: Scratch files: what the sampler killed, whom the bootstrap records, why it could not, what was imported.
WATCHDOG_FILE, CLAIM_FILE, FAILURE_FILE, IMPORTS_FILE = (
    "watchdog.txt",
    "claim.json",
    "failure.txt",
    "imports.txt",
)


@dataclass(frozen=True, kw_only=True)
class RecordingFiles:
    """Where one recording writes. ``lock`` is an open descriptor; it is free again when all close it."""

    capture: Path
    lock: int

    @property
    def sidecar(self) -> Path:
        return Path(f"{self.capture}{SIDECAR_SUFFIX}")

    @property
    def scratch(self) -> Path:
        return scratch_path(self.capture)

    def read(self, name: str) -> str:
        """A scratch file's text, '' if nobody wrote it."""
        try:
            return (self.scratch / name).read_text(errors="replace")
        except FileNotFoundError:
            return ""

    def claim(self) -> dict[str, Any]:
        """What the recorded interpreter said of itself; empty if none did."""
        try:
            said = json.loads(self.read(CLAIM_FILE))
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}


def claim_files(capture: Path, *, force: bool) -> RecordingFiles:
    """The files of a new recording, claimed for this process.

    Raises UsageError where the output exists (and ``force`` is not given) or another recorder
    writes it, RecordError where the directory cannot be written.
    """
    capture = capture.absolute()
    scratch = scratch_path(capture)
    if not force:
        for path in (capture, Path(f"{capture}{SIDECAR_SUFFIX}")):
            if path.exists():
                raise UsageError(f"{path}: exists already; name another output with -o, or add --force")
    try:
        scratch.mkdir()
    except FileExistsError:
        _take_over(scratch, force=force)
    except OSError as error:
        raise RecordError(
            f"{capture}: cannot be written ({_reason(error)}); name another output with -o"
        ) from error
    lock = _locked(scratch)
    return RecordingFiles(capture=capture, lock=lock)


def _take_over(scratch: Path, *, force: bool) -> None:
    """Clear the scratch directory of a recorder that is gone. Raises UsageError otherwise."""
    os.close(_locked(scratch))
    if not force:
        raise UsageError(
            f"{scratch}: is left of a recording that was killed; its samples count as long as it is there; "
            "name another output with -o, or add --force"
        )
    shutil.rmtree(scratch)
    scratch.mkdir()


def _locked(scratch: Path) -> int:
    """A locked descriptor of the directory, which children may inherit."""
    descriptor = os.open(scratch, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        capture = str(scratch).removesuffix(SCRATCH_SUFFIX)
        raise UsageError(f"{capture}: another recorder is writing it; name another output with -o") from error
    return descriptor


def release_files(files: RecordingFiles) -> None:
    """Remove the scratch directory and give up the lock.

    The directory stays where its samples could not be merged into the side-car: `load` reads them there.
    """
    if not _is_unfinished(files.sidecar):
        shutil.rmtree(files.scratch, ignore_errors=True)
    os.close(files.lock)


def _is_unfinished(sidecar: Path) -> bool:
    try:
        return bool(json.loads(sidecar.read_bytes())["state"] == "recording")
    except (OSError, ValueError, KeyError, TypeError):
        return False


def write_document(path: Path, document: Mapping[str, Any]) -> None:
    """Replace a JSON file atomically. Raises RecordError, leaving the old one, where there is no space."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            json.dump(document, file, sort_keys=True, separators=(",", ":"))
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise RecordError(f"{path}: not written ({_reason(error)}); what was recorded is kept") from error


def complete_without_recorder(scratch: Path, *, cgroup_kills: int) -> None:
    """Merge the samples into the side-car where the recorder was killed: exit status unknown."""
    capture = Path(str(scratch).removesuffix(SCRATCH_SUFFIX))
    sidecar = Path(f"{capture}{SIDECAR_SUFFIX}")
    document = json.loads(sidecar.read_bytes())
    document["samples"] = unmerged_samples(capture)
    document["state"] = "recorder lost"
    if cgroup_kills or (scratch / WATCHDOG_FILE).exists():
        document["exit"] = {"signal": "SIGKILL", "oom_killed": True}
    write_document(sidecar, document)
    shutil.rmtree(scratch, ignore_errors=True)


def _reason(error: OSError) -> str:
    return "no space left" if error.errno == errno.ENOSPC else (error.strerror or str(error)).lower()
