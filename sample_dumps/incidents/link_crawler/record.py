"""Record the dumps of this incident again: ``python record.py [OUT]``, by default into ``dumps/``.

Needs the Go toolchain (Debian: golang-go) for the Go program and this package for the Python one; what
is missing is said and left out. Programs are copied to a neutral directory first (``--work``); run it
with a Python whose own path may be seen in the captures.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLE_SECONDS = 0.05
SAMPLES_BEFORE_HEAP = 15
#: Name of a run, program, its arguments, and what is fetched once it has crawled.
HEAP = ("heap.pb.gz", "heap.txt")
STACKS = ("goroutine.pb.gz", "goroutine.txt", "goroutines.txt.gz")
EVERYTHING = (*HEAP, *STACKS, "allocs.pb.gz", "allocs.txt.gz", "threadcreate.txt", "vars.json")
GO_RUNS = (
    ("before", "before", (), EVERYTHING),
    ("after", "after", (), EVERYTHING),
    ("many-links", "after", ("-pages", "300", "-links", "10000", "-page-bytes", "1"), HEAP),
    ("goroutines", "after", ("-fault", "goroutines"), (*HEAP, *STACKS)),
    ("map-kept", "after", ("-fault", "map-kept"), HEAP),
    ("map-cleaned", "after", ("-fault", "map-cleaned"), HEAP),
    ("connections", "after", ("-fault", "connections"), (*HEAP, *STACKS)),
)
#: What is fetched under which name; a heap profile is as of the collection that gc=1 asks for.
ENDPOINTS = {
    "heap.pb.gz": "/debug/pprof/heap?gc=1",
    "heap.txt": "/debug/pprof/heap?debug=1&gc=1",
    "goroutine.pb.gz": "/debug/pprof/goroutine",
    "goroutine.txt": "/debug/pprof/goroutine?debug=1",
    "goroutines.txt.gz": "/debug/pprof/goroutine?debug=2",
    "allocs.pb.gz": "/debug/pprof/allocs",
    "allocs.txt.gz": "/debug/pprof/allocs?debug=1",
    "threadcreate.txt": "/debug/pprof/threadcreate?debug=1",
    "vars.json": "/debug/vars",
}
PYTHON_FAULTS = ("threads", "tasks", "dict", "connections")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", nargs="?", type=Path, default=HERE / "dumps")
    parser.add_argument("--work", type=Path, default=Path("/srv/crawler"), help="neutral directory")
    options = parser.parse_args()
    missing = []
    options.out.mkdir(parents=True, exist_ok=True)
    if shutil.which("go"):
        record_go(options.out, options.work)
    else:
        missing.append("go (Debian: golang-go): the dumps of the Go program were not recorded")
    if importlib.util.find_spec("forensics"):
        record_python(options.out, options.work)
    else:
        missing.append("heap-forensics itself: the captures of the Python program were not recorded")
    if importlib.util.find_spec("forensics"):
        measure(options.out, HERE / "truth.toml")
    for line in missing:
        print(f"missing: {line}", file=sys.stderr)
    return 1 if missing else 0


def record_go(out: Path, work: Path) -> None:
    for version in ("before", "after"):
        source = fresh_copy(HERE / version, work / version)
        environment = {**os.environ, "GOCACHE": str(work / "cache"), "GOFLAGS": "-mod=mod"}
        subprocess.run(
            ["go", "build", "-o", f"../linkcrawler-{version}", "."], cwd=source, env=environment, check=True
        )
    for name, version, arguments, wanted in GO_RUNS:
        record_go_run(out, name, [f"./linkcrawler-{version}", *arguments], work, wanted)
        print(f"recorded {name}")


def record_go_run(out: Path, name: str, command: list[str], work: Path, wanted: tuple[str, ...]) -> None:
    with subprocess.Popen(
        command, cwd=work, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        endpoint = process.stdout.readline().split()[1]
        sampler = Sampler(process.pid, endpoint, out / f"{name}.during.heap.pb.gz")
        sampler.start()
        assert process.stdout.readline() == "crawled\n"
        sampler.stop()
        (out / f"{name}.metrics.txt").write_text("".join(sampler.metrics))
        for file in wanted:
            fetch(endpoint + ENDPOINTS[file], out / f"{name}.{file}")
        sampler.sample()
        process.stdin.close()
        process.wait(timeout=10)
    sidecar = sampler.sidecar(" ".join(command))
    (out / f"{name}.heap.pb.gz.sidecar.json").write_text(json.dumps(sidecar, sort_keys=True))


class Sampler(threading.Thread):
    """Asks /metrics and /proc about a process every 50 ms, and once for its heap while it crawls."""

    def __init__(self, pid: int, endpoint: str, during: Path) -> None:
        super().__init__(daemon=True)
        self.pid, self.endpoint, self.during = pid, endpoint, during
        self.metrics: list[str] = []
        self.samples: dict[str, list[int]] = {}
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(SAMPLE_SECONDS):
            self.sample()
            if len(self.metrics) == SAMPLES_BEFORE_HEAP:
                fetch(self.endpoint + ENDPOINTS["heap.pb.gz"], self.during)

    def sample(self) -> None:
        text = read(f"{self.endpoint}/metrics").decode()
        now = time.time_ns()
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now // 10**9))
        self.metrics.append(f"# {stamp}.{now % 10**9 // 1000:06d}Z\n{text}")
        for column, value in {"time_ns": now, **process_counts(self.pid)}.items():
            self.samples.setdefault(column, []).append(value)

    def stop(self) -> None:
        self.done.set()
        self.join()
        self.sample()

    def sidecar(self, command: str) -> dict[str, object]:
        return {
            "schema": "forensics/sidecar/1",
            "process": {"command": command, "pid": self.pid, "language": go_version()},
            "exit": {"status": 0},
            "samples": self.samples,
        }


def process_counts(pid: int) -> dict[str, int]:
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    files = [str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir() if entry.is_symlink()]
    return {
        "rss_bytes": int(status["VmRSS"].split()[0]) * 1024,
        "virtual_bytes": int(status["VmSize"].split()[0]) * 1024,
        "threads": int(status["Threads"]),
        "open_files": len(files),
        "sockets": sum(file.startswith("socket:") for file in files),
    }


def go_version() -> str:
    return subprocess.run(["go", "version"], capture_output=True, text=True, check=True).stdout.split()[2]


def read(url: str) -> bytes:
    with contextlib.closing(urllib.request.urlopen(url, timeout=30)) as answer:
        return answer.read()


def fetch(url: str, path: Path) -> None:
    content = read(url)
    if path.name.endswith(".txt.gz"):
        content = gzip.compress(content, mtime=0)
    path.write_bytes(content)


def record_python(out: Path, work: Path) -> None:
    for version in ("before", "after"):
        source = fresh_copy(HERE / "python" / version, work / f"python-{version}")
        for fault in PYTHON_FAULTS:
            capture = f"python-{fault}-{version}.bin"
            record = [sys.executable, "-m", "forensics.cli", "record", "--output", capture]
            command = [*record, "--", sys.executable, "crawl.py", fault]
            done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(f"{fault} {version}: {done.stderr}")
            for name in (capture, f"{capture}.sidecar.json"):
                shutil.move(source / name, out / name)
            print(f"recorded {capture}")


def measure(out: Path, truth: Path) -> None:
    """Write what the dumps hold into their ``[[run]]`` in truth.toml; other lines of it stay."""
    lines, told = [], {}
    for line in truth.read_text().splitlines():
        key, _, value = line.partition(" = ")
        if key == "dump":
            told = totals(out / Path(json.loads(value)).name)
        lines.append(f"{key} = {told[key]:_}" if key in told else line)
        told = {} if line.startswith("[") else told
    truth.write_text("\n".join(lines) + "\n")


def totals(dump: Path) -> dict[str, int]:
    """What can be read of a dump and its side-car; empty where there is no such dump."""
    import forensics as hf

    if not dump.exists():
        return {}
    capture = hf.load(dump)
    told = {f"{moment}_bytes": int(capture.summaries[moment].bytes) for moment in capture.summaries}
    told["rss_peak_bytes"] = int(capture.peak_rss_bytes or 0)
    samples = capture.sidecar.samples if capture.sidecar else {}
    return told | {name: int(samples[name].max()) for name in ("sockets", "threads") if name in samples}


def fresh_copy(source: Path, target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    return target


if __name__ == "__main__":
    raise SystemExit(main())
