"""Names for the native frames of a capture, on the machine that recorded it, when asked for.

The capture is decoded here as ever; only files and offsets go to an isolated process, which runs
addr2line on them. memray's own reader, which crashes on crafted captures, is not needed, so a
capture of any version can be named.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from forensics.capture import Capture
from forensics.errors import BadDump, UnknownFormat, UnreadableFile
from forensics.readers.memray_capture import resolve
from forensics.readers.memray_capture.loading import load_capture
from forensics.readers.memray_capture.native import Symbols
from forensics.readers.memray_capture.stream import is_capture
from forensics.readers.source import Source
from forensics.sidecar import read_sidecar

PATIENCE_SECONDS = 120
LARGEST_ANSWER = 256 << 20


def symbolise_native(path: str | os.PathLike[str], *, max_expansion_bytes: int | None = None) -> Capture:
    """The memray capture in this file, its native frames named from the files they lie in.

    Only for a capture that you trust and that was recorded on this machine with these files: those
    it names are opened, by addr2line, in a process of its own with 2 GiB, a minute of processor time,
    no environment and an empty directory. Other files of the same path give wrong names, unnoticed.
    Names in the side-car come first. Raises what `load` raises, UnknownFormat where it is no memray
    capture, and UnreadableFile where addr2line is missing or gives up.
    """
    source = Source(path, max_expansion_bytes=max_expansion_bytes)
    if not is_capture(source.head):
        raise UnknownFormat(source.path, "is no memray capture", "only these hold native stacks by address")
    capture = load_capture(source, name_places=lambda places: _resolved(source, places))
    sidecar = read_sidecar(source.path)
    return capture.with_sidecar(sidecar) if sidecar else capture


def _resolved(source: Source, places: Mapping[str, Sequence[int]]) -> Symbols:
    """What the isolated process says, checked: it worked on files of which nothing is known."""
    said = _ask(source, json.dumps(places))
    try:
        answer = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise BadDump(source.path, "its symbols could not be read", "load it without") from error
    return {
        place: (row[0], row[1], row[2])
        for place, row in answer.items()
        if [type(part) for part in row] == [str, str, int]
    }


def _ask(source: Source, question: str) -> str:
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryFile("w+") as asked:
        asked.write(question)
        asked.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(Path(resolve.__file__).resolve())],
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=empty,
            env={},
            text=True,
            start_new_session=True,
        )
        try:
            said, _ = process.communicate(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise UnreadableFile(source.path, "its symbols took too long", "load it without") from error
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
    if process.returncode == 3:
        raise UnreadableFile(source.path, "addr2line is missing", "install binutils to name native frames")
    if process.returncode or len(said) > LARGEST_ANSWER:
        raise UnreadableFile(source.path, "its symbols could not be resolved", "load it without")
    return said
