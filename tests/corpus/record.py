"""Runs the programs of the corpus and records them: ``python -m tests.corpus.record [NAME…]``.

Needs a virtual environment with the libraries (``requirements.txt``), named by ``CORPUS_PYTHON``, and
write access to the neutral directories. What is kept is small: a capture whole where it is under
``LARGEST_WHOLE`` bytes of its mode, as Parquet without events where it is larger.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import lz4.frame
import zstandard

from forensics.sidecar import sidecar_path
from tests.corpus.cases import HERE, RECORDINGS, Case, cases
from tests.corpus.measure import measure
from tests.corpus.services import running

PYTHON = Path(os.environ.get("CORPUS_PYTHON", "/srv/corpus-venv/bin/python"))
#: Whole dumps, before they are made small; outside the repository.
DUMPS = Path(os.environ.get("CORPUS_DUMPS", "/srv/corpus-dumps"))
#: A directory of its own, because the recorder's command line is part of a capture.
HOOKS = Path(os.environ.get("CORPUS_HOOKS", "/srv/corpus-hooks"))
MEMRAY_OPTIONS = {"memray": [], "python": ["--python-allocators"], "native": ["--native"]}
#: The modes whose dumps are memray captures; ``plain`` is memray's own command, which leaves no side-car.
CAPTURES = {*MEMRAY_OPTIONS, "plain"}
#: The variable that tells a Go program of the corpus where its profile goes.
GO_VARIABLES = {"pprof": "HEAP_PROFILE_TO", "goroutines": "GOROUTINES_TO"}
MOST_SAMPLES = 60
#: Bytes of a capture that is kept whole, with its events, by mode.
LARGEST_WHOLE = {"memray": 600_000, "python": 300_000, "native": 300_000}
#: Callsites below this share of the bytes are counted in their callers, where a capture is not kept whole.
MIN_SHARE = 0.0003
FRAMES = 25
LONGEST_RUN_SECONDS = 300
LZ4_MAGIC = b"\x04\x22\x4d\x18"


class RecordingFailed(Exception):
    """A program ended badly or left no dump."""


def main(arguments: list[str]) -> None:
    """Record every case named, all where none is, and write what was measured beside it."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.record")
    parser.add_argument("names", nargs="*", help="beginnings of names; all cases where none is given")
    parser.add_argument("--reuse", action="store_true", help="keep and measure dumps that lie there already")
    asked = parser.parse_args(arguments)
    failed = []
    for case in cases():
        if not asked.names or case.name.startswith(tuple(asked.names)):
            try:
                record(case, runner=whole_dump if asked.reuse else run)
            except (RecordingFailed, subprocess.SubprocessError) as error:
                failed.append(f"{case.name}: {error}")
    sys.exit("\n".join(failed) or None)


def record(case: Case, *, runner: Callable[[Case, str, dict[str, str]], Path]) -> None:
    """Every mode of one case: recorded, made small, measured."""
    with running(case.services) as environment:
        own = {**os.environ, **environment, **case.environment}
        dumps = {mode: runner(case, mode, own) for mode in case.modes}
    measured = {mode: measure(dump, mode, case.truth) for mode, dump in dumps.items()}
    print(f"{case.name}: {json.dumps(measured)}", flush=True)
    (case.path / "measured.json").write_text(json.dumps(measured, indent=1, sort_keys=True) + "\n")
    for mode, dump in dumps.items():
        keep(dump, case, mode)


@contextmanager
def one_at_a_time(root: Path) -> Iterator[None]:
    """Hold a neutral directory: two runs of this script do not disturb each other."""
    DUMPS.mkdir(parents=True, exist_ok=True)
    with Path(tempfile.gettempdir(), f"corpus-{root.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def whole_dump(case: Case, mode: str, environment: dict[str, str] | None = None) -> Path:
    """Where the whole dump of this mode lies, if it was recorded."""
    return DUMPS / f"{case.name}.{mode}{RECORDINGS[mode][0].removesuffix('.zst')}"


def run(case: Case, mode: str, environment: dict[str, str]) -> Path:
    """The whole dump of one run of the program in its neutral directory."""
    dump = whole_dump(case, mode)
    with one_at_a_time(case.root):
        _run(case, mode, environment, dump)
    return dump


def _run(case: Case, mode: str, environment: dict[str, str], dump: Path) -> None:
    shutil.rmtree(case.root, ignore_errors=True)
    shutil.copytree(case.app, case.root, ignore=shutil.ignore_patterns("__pycache__"))
    command, more = command_of(case, mode, dump)
    (HOOKS / "home").mkdir(parents=True, exist_ok=True)
    clean = {**environment, "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(HOOKS / "home")}
    if case.prepare:
        subprocess.run([str(PYTHON), case.prepare], cwd=case.root, env=clean, check=True)
    with subprocess.Popen(
        command, cwd=case.root, env=clean | more, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        if case.killed_at and mode == "plain":
            kill_at(process, case.killed_at)
        printed = process.communicate(timeout=LONGEST_RUN_SECONDS)[0]
    shutil.rmtree(case.root)
    wanted = (-signal.SIGKILL, 128 + signal.SIGKILL) if case.killed_at else (0,)
    if process.returncode not in wanted or not dump.is_file():
        raise RecordingFailed(f"{case.name} {mode}: status {process.returncode}\n{printed}")


def kill_at(process: subprocess.Popen[str], resident_bytes: int) -> None:
    """Kill the process once this much of it is resident; returns when it has ended in whichever way."""
    pages = resident_bytes // os.sysconf("SC_PAGE_SIZE")
    while process.poll() is None:
        if int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]) >= pages:
            process.kill()
        time.sleep(0.01)


def command_of(case: Case, mode: str, dump: Path) -> tuple[list[str], dict[str, str]]:
    """The command that runs and records the program, and what it needs in its environment."""
    if mode in MEMRAY_OPTIONS:
        options = list(MEMRAY_OPTIONS[mode])
        if case.killed_at:
            options += ["--limit", str(case.killed_at), "--limit-by", "watchdog"]
        recorder = [str(PYTHON.with_name("forensics")), "record", "--force", *options, "-o", str(dump), "--"]
        return [*recorder, str(PYTHON), *case.arguments], {}
    if mode == "plain":
        return [str(PYTHON.with_name("memray")), "run", "--force", "-o", str(dump), *case.arguments], {}
    if mode == "tracemalloc":
        HOOKS.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "snapshot_at_exit.py", HOOKS / "sitecustomize.py")
        path = os.pathsep.join((str(HOOKS), *case.environment.get("PYTHONPATH", "").split(os.pathsep)))
        more = {"PYTHONPATH": path.rstrip(os.pathsep), "SNAPSHOT_TO": str(dump)}
        return [str(PYTHON), "-X", f"tracemalloc={FRAMES}", *case.arguments], more
    subprocess.run(["go", "build", "-o", "service", "."], cwd=case.root, check=True)
    return ["./service"], {GO_VARIABLES[mode]: str(dump)}


def keep(dump: Path, case: Case, mode: str) -> None:
    """Put the dump into the case as small as loses nothing, or loses least, with its side-car."""
    for path in case.path.glob(f"{mode}.*"):
        path.unlink()
    whole = case.path / f"{mode}{RECORDINGS[mode][0]}"
    content = compressed(dump, mode)
    if len(content) <= LARGEST_WHOLE.get(mode, len(content)):
        whole.write_bytes(content)
        keep_sidecar(dump, whole)
        return
    reduced = case.path / f"{mode}.parquet"
    reduce(dump, reduced)
    keep_sidecar(dump, reduced)


def keep_sidecar(dump: Path, kept: Path) -> None:
    """The dump's side-car beside what is kept of it, with about ``MOST_SAMPLES`` samples and the highest."""
    beside = sidecar_path(dump)
    if not beside.is_file():
        return
    document = json.loads(beside.read_text())
    samples = document.get("samples", {})
    resident = samples.get("rss_bytes") or [0]
    step = max(1, len(resident) // MOST_SAMPLES)
    rows = sorted({*range(0, len(resident), step), len(resident) - 1, resident.index(max(resident))})
    document["samples"] = {name: [column[row] for row in rows] for name, column in samples.items()}
    sidecar_path(kept).write_text(json.dumps(document, sort_keys=True) + "\n")


def compressed(dump: Path, mode: str) -> bytes:
    """The dump as small as it can be and still be read as it lies there."""
    content = dump.read_bytes()
    if mode in CAPTURES:
        written = lz4.frame.decompress(content) if content.startswith(LZ4_MAGIC) else content
        return lz4.frame.compress(written, compression_level=16)
    return content if mode in GO_VARIABLES else zstandard.ZstdCompressor(level=19).compress(content)


def reduce(dump: Path, target: Path) -> None:
    """The capture as Parquet: its moments and timeline without events, small callsites in their callers."""
    forensics = str(Path(sys.executable).with_name("forensics"))
    target.unlink(missing_ok=True)
    command = [forensics, "convert", str(dump), str(target), "--min-share", str(MIN_SHARE)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(sys.argv[1:])
