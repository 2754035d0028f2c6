"""What recording costs: ``python -m benchmarks.recording``; with ``endpoint`` what the endpoint costs.

One workload of small and large blocks, each mode in a process of its own, in turn; wall seconds of
the whole command, peak resident set and seconds as the workload itself reports them at its end.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

REPEATS = 3
WORKLOAD = """
import collections, json, resource, sys, time
def small(i): return [str(i)] * (i % 50 + 1)
def large(i): return bytearray(20_000 + i % 1000)
def work(count):
    kept = collections.deque(maxlen=4000)
    for i in range(count):
        kept.append((small(i), large(i)))
    return kept
SETUP
began = time.perf_counter()
work(400_000)
told = {"seconds": time.perf_counter() - began}
TEARDOWN
told["rss_bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
json.dump(told, sys.stderr)
"""
SNAPSHOTS = "import forensics as hf; series = hf.snapshots(every=1, folder=FOLDER)"
SERVICE = """
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from forensics.endpoint import wsgi
class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 256
class Quiet(WSGIRequestHandler):
    def log_message(self, *_): pass
ballast = [{"id": i} for i in range(300_000)]
def service(environment, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(sum(range(2000))).encode()]
application = wsgi(service, enabled=True, token=TOKEN) if MOUNTED else service
server = make_server("127.0.0.1", 0, application, Server, Quiet)
print(server.server_port, flush=True)
server.serve_forever()
"""
TOKEN = "correct-horse-battery"
REQUESTS = 2000


class Cost(NamedTuple):
    """Medians over the repeats."""

    wall_seconds: float
    work_seconds: float
    rss_bytes: int
    files_bytes: int


def main() -> None:
    if sys.argv[1:] == ["endpoint"]:
        print_endpoint()
    else:
        print_modes()


def print_modes() -> None:
    """The table of recording modes, each against ``memray run``."""
    ours = [sys.executable, "-m", "forensics.cli", "record", "-o", "out.bin", "--force"]
    python = [sys.executable, "workload.py"]
    memray = [sys.executable, "-m", "memray", "run", "-q", "-f", "-o", "out.bin"]
    modes = {
        "plain": (python, "", ""),
        "memray run": ([*memray, "workload.py"], "", ""),
        "memray run --aggregate": ([*memray, "--aggregate", "workload.py"], "", ""),
        "memray run --native": ([*memray, "--native", "workload.py"], "", ""),
        "memray run --trace-python-allocators": (
            [*memray, "--trace-python-allocators", "workload.py"],
            "",
            "",
        ),
        "record": ([*ours, "--", *python], "", ""),
        "record --limit 2GiB": ([*ours, "--limit", "2GiB", "--", *python], "", ""),
        "record --limit 2GiB --limit-by watchdog": (
            [*ours, "--limit", "2GiB", "--limit-by", "watchdog", "--", *python],
            "",
            "",
        ),
        "record --aggregate": ([*ours, "--aggregate", "--", *python], "", ""),
        "record --native": ([*ours, "--native", "--", *python], "", ""),
        "record --python-allocators": ([*ours, "--python-allocators", "--", *python], "", ""),
        "tracemalloc, 10 frames": (python, "import tracemalloc; tracemalloc.start(10)", ""),
        "snapshots every 1 s, 10 frames": (python, SNAPSHOTS, "told['spent'] = series.seconds_spent"),
    }
    costs = {name: measure(*mode) for name, mode in modes.items()}
    base = costs["memray run"]
    print("| mode | wall s | work s | peak RSS MiB | wall against memray run | files MiB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, cost in costs.items():
        ratio = cost.wall_seconds / base.wall_seconds
        print(
            f"| {name} | {cost.wall_seconds:.2f} | {cost.work_seconds:.2f} | {cost.rss_bytes / 2**20:.0f} "
            f"| {ratio:.2f} | {cost.files_bytes / 2**20:.1f} |"
        )


def measure(command: list[str], setup: str, teardown: str) -> Cost:
    """The medians of this mode."""
    rows = []
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as folder:
            text = WORKLOAD.replace("SETUP", setup.replace("FOLDER", repr(folder)))
            Path(folder, "workload.py").write_text(text.replace("TEARDOWN", teardown))
            began = time.perf_counter()
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
            wall = time.perf_counter() - began
            said = re.search(r"\{.*\}", done.stderr)
            assert said is not None
            told: dict[str, Any] = json.loads(said[0])
            size = sum(p.stat().st_size for p in Path(folder).iterdir() if p.name != "workload.py")
            rows.append((wall, told["seconds"], told["rss_bytes"], size))
    wall, work, rss, size = (statistics.median(column) for column in zip(*rows, strict=True))
    return Cost(wall, work, int(rss), int(size))


def print_endpoint() -> None:
    """Latency of a service under ``wrk`` while 2,000 requests are made to its endpoint."""
    right, wrong = f"Bearer {TOKEN}", "Bearer wrong-wrong-wrong"
    rows = {
        "no endpoint": (False, None, ""),
        "mounted, not asked": (True, None, ""),
        "2,000 requests, right token": (True, right, "/debug/memory"),
        "2,000 requests, wrong token": (True, wrong, "/debug/memory"),
    }
    print("| endpoint | service p50 ms | p99 ms | requests/s | RSS MiB after | answered | refused |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, (mounted, token, path) in rows.items():
        print(f"| {name} | " + " | ".join(one_load(mounted=mounted, token=token, path=path)) + " |")


def one_load(*, mounted: bool, token: str | None, path: str) -> list[str]:
    text = SERVICE.replace("MOUNTED", repr(mounted)).replace("TOKEN", repr(TOKEN))
    with subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        url = f"http://127.0.0.1:{int(service.stdout.readline())}"
        wrk = subprocess.Popen(
            ["wrk", "-t1", "-c4", "-d8s", "--latency", f"{url}/work"], stdout=subprocess.PIPE, text=True
        )
        statuses = ask(url + path, token) if token else []
        told = wrk.communicate()[0]
        rss = int(Path(f"/proc/{service.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        service.kill()
    answered = statuses.count(200)
    return [
        latency(told, "50%"),
        latency(told, "99%"),
        found(r"Requests/sec:\s+([\d.]+)", told),
        f"{rss / 2**20:.0f}",
        str(answered),
        str(len(statuses) - answered),
    ]


def ask(url: str, token: str) -> list[int]:
    """The statuses of 2,000 requests in a row."""
    statuses = []
    for _ in range(REQUESTS):
        request = urllib.request.Request(url, headers={"Authorization": token})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                answer.read()
                statuses.append(answer.status)
        except urllib.error.HTTPError as error:
            statuses.append(error.code)
            error.close()
    return statuses


def latency(told: str, share: str) -> str:
    """A percentile of wrk's in milliseconds."""
    number, unit = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", told).groups()  # type: ignore[union-attr]
    return f"{float(number) * {'us': 0.001, 'ms': 1, 's': 1000}[unit]:.1f}"


def found(pattern: str, told: str) -> str:
    matched = re.search(pattern, told)
    return matched[1] if matched else "?"


if __name__ == "__main__":
    main()
