"""One recording: the application run by its own Python under ``forensics record``."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import lz4.frame

from recording.plan import Recording
from recording.workers import steady_sizes

#: Files of more bytes than this are not committed.
LARGEST_COMMITTED = 3_000_000
OPEN_FILES = 8192
LZ4_FRAME = b"\x04\x22\x4d\x18"
#: For every run: no network for model hubs, one thread of mathematics, line tables without columns
#: (which halve the size of a capture), no warnings of libraries on the terminal.
ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "OMP_NUM_THREADS": "1",
    "LANG": "C.UTF-8",
    "PYTHONNODEBUGRANGES": "1",
    "PYTHONWARNINGS": "ignore",
    "TOKENIZERS_PARALLELISM": "false",
}


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where things are while recording."""

    app: Path
    #: The Python of the application, with memray and what the incidents import.
    python: Path
    #: The ``forensics`` command.
    forensics: Path
    scratch: Path


def record(recording: Recording, places: Places, extra: Mapping[str, str]) -> list[Path]:
    """Run and record it: the captures, that of the first process before those of its children.

    Each has a side-car beside it; no capture where the run wrote none.
    """
    output = places.scratch / recording.dump.replace("/", "-").replace(".parquet", ".bin")
    for old in output.parent.glob(f"{output.name}*"):
        old.unlink()
    command = [str(places.forensics), "record", "--force", "-o", str(output), *recording.options, "--"]
    process = _start([*command, str(places.python), *recording.arguments], recording, places, extra)
    if recording.url:
        steady_sizes(process, recording.url)
    if process.wait() not in (0, *([137] if "--limit" in recording.options else [])):
        raise SystemExit(f"{recording.dump}: the run ended with status {process.returncode}")
    children = [path for path in output.parent.glob(f"{output.name}.*") if path.suffix[1:].isdecimal()]
    captures = [*filter(Path.exists, [output]), *sorted(children, key=lambda path: int(path.suffix[1:]))]
    for capture in captures:
        pack(capture)
    return captures


def run_plain(recording: Recording, places: Places, extra: Mapping[str, str]) -> dict[str, object]:
    """What the same run takes with no recorder: one process its peak and time, several their sizes."""
    began = time.monotonic()
    process = _start([str(places.python), *recording.arguments], recording, places, extra)
    if recording.url:
        sizes = steady_sizes(process, recording.url)
        process.wait()
        return {f"plain_all_{name}": size for name, size in sizes.items()}
    highest = 0
    while process.poll() is None:
        highest = max(highest, _resident_peak(process.pid))
        time.sleep(0.02)
    took = round(time.monotonic() - began, 1)
    return {"plain_rss_peak_bytes": highest, "plain_wall_seconds": took}


def _resident_peak(pid: int) -> int:
    """The kernel's high-water mark of a process's resident set, in bytes; 0 once it has ended.

    Not ``ru_maxrss``: that starts from what this process holds, as it was forked from it.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def pack(capture: Path) -> None:
    """Compress the LZ4 frame of a finished capture harder; the records stay byte for byte the same.

    The capture of a killed process is no LZ4 frame and stays as it is.
    """
    content = capture.read_bytes()
    if not content.startswith(LZ4_FRAME):
        return
    records = lz4.frame.decompress(content)
    packed = lz4.frame.compress(
        records, compression_level=12, block_size=lz4.frame.BLOCKSIZE_MAX4MB, block_linked=True
    )
    capture.write_bytes(packed)


def _start(
    command: list[str], recording: Recording, places: Places, extra: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    environment = {"PATH": os.environ["PATH"], **ENVIRONMENT, **recording.environment, **extra}
    return subprocess.Popen(command, cwd=places.app, env=environment, preexec_fn=_many_files)


def _many_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
