"""What recording costs: ``python -m benchmarks.recording``; with ``endpoint`` what the endpoint costs.

One workload of small and large blocks, each mode in a process of its own, in turn; wall and processor
seconds of the whole command, and of the workload what it says of itself at its end: the processor
seconds of its work and its highest resident set. The second table needs ``wrk`` (Debian: wrk).
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

REPEATS = 3
WORKLOAD = """
import collections, json, os, sys, time
def small(i): return [str(i)] * (i % 50 + 1)
def large(i): return bytearray(20_000 + i % 1000)
def work(count):
    kept = collections.deque(maxlen=4000)
    for i in range(count):
        kept.append((small(i), large(i)))
    return kept
SETUP
began = time.process_time()
work(400_000)
told = {"seconds": time.process_time() - began}
TEARDOWN
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
told["rss_bytes"] = int(status["VmHWM"].split()[0]) << 10
json.dump(told, sys.stderr)
"""
SNAPSHOTS = "import forensics as hf; series = hf.snapshots(every=1, folder=FOLDER)"
#: Longer than the work takes; memray keeps the process until the time is up.
ATTACHED_FOR = "10s"
#: The work begins when memray is in the process.
WAIT = "while not os.path.exists('out.bin'): time.sleep(0.01)\ntime.sleep(1)"
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
PATIENCE_SECONDS = 300


class Mode(NamedTuple):
    """One way to run the workload: the command before it, and what the workload does besides."""

    command: list[str]
    setup: str = ""
    teardown: str = ""
    #: True: started plainly, and then attached to.
    attached: bool = False


class Cost(NamedTuple):
    """Medians over the repeats."""

    wall_seconds: float
    cpu_seconds: float
    work_seconds: float
    rss_bytes: float
    files_bytes: float


PYTHON = [sys.executable, "workload.py"]
OURS = [sys.executable, "-m", "forensics.cli", "record", "-o", "out.bin", "--force"]
MEMRAY = [sys.executable, "-m", "memray", "run", "-q", "-f", "-o", "out.bin"]
WATCHDOG = ["--limit", "2GiB", "--limit-by", "watchdog"]
MODES = {
    "plain": Mode(PYTHON),
    "memray run": Mode([*MEMRAY, "workload.py"]),
    "memray run --aggregate": Mode([*MEMRAY, "--aggregate", "workload.py"]),
    "memray run --native": Mode([*MEMRAY, "--native", "workload.py"]),
    "memray run --trace-python-allocators": Mode([*MEMRAY, "--trace-python-allocators", "workload.py"]),
    "record": Mode([*OURS, "--", *PYTHON]),
    "record --limit 2GiB": Mode([*OURS, "--limit", "2GiB", "--", *PYTHON]),
    "record --limit 2GiB --limit-by watchdog": Mode([*OURS, *WATCHDOG, "--", *PYTHON]),
    "record --follow-fork": Mode([*OURS, "--follow-fork", "--", *PYTHON]),
    "record --aggregate": Mode([*OURS, "--aggregate", "--", *PYTHON]),
    "record --native": Mode([*OURS, "--native", "--", *PYTHON]),
    "record --python-allocators": Mode([*OURS, "--python-allocators", "--", *PYTHON]),
    "record --pid": Mode(PYTHON, setup=WAIT, attached=True),
    "tracemalloc, 10 frames": Mode(PYTHON, setup="import tracemalloc; tracemalloc.start(10)"),
    "snapshots every 1 s, 10 frames": Mode(PYTHON, SNAPSHOTS, "told['spent'] = series.seconds_spent"),
}


def main() -> None:
    if sys.argv[1:] == ["endpoint"]:
        print_endpoint()
    else:
        print_modes()


def print_modes() -> None:
    """The table of recording modes, each against ``memray run``."""
    heads = ("mode", "wall s", "processor s", "its work", "against memray run", "peak RSS MiB", "files MiB")
    print(f"| {' | '.join(heads)} |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    base = measure(MODES["memray run"])
    for name, mode in MODES.items():
        if mode.attached and not (shutil.which("lldb") or hasattr(sys, "remote_exec")):
            print(f"| {name} | needs lldb or Python 3.14 |")
            continue
        cost = base if name == "memray run" else measure(mode)
        print(
            f"| {name} | {cost.wall_seconds:.2f} | {cost.cpu_seconds:.2f} | {cost.work_seconds:.2f} "
            f"| {cost.work_seconds / base.work_seconds:.2f} | {cost.rss_bytes / 2**20:.0f} "
            f"| {cost.files_bytes / 2**20:.1f} |",
            flush=True,
        )


def measure(mode: Mode) -> Cost:
    """The medians of this mode."""
    rows = [run_once(mode) for _ in range(REPEATS)]
    return Cost(*(statistics.median(column) for column in zip(*rows, strict=True)))


def run_once(mode: Mode) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        text = WORKLOAD.replace("SETUP", mode.setup.replace("FOLDER", repr(folder)))
        Path(folder, "workload.py").write_text(text.replace("TEARDOWN", mode.teardown))
        began, used = time.perf_counter(), children_cpu_seconds()
        process = subprocess.Popen(mode.command, cwd=folder, stderr=subprocess.PIPE, text=True)
        if mode.attached:
            attach = [*OURS, "--pid", str(process.pid), "--for", ATTACHED_FOR]
            subprocess.run(attach, cwd=folder, check=True, stderr=subprocess.DEVNULL)
        said = re.search(r"\{.*\}", process.communicate()[1])
        wall = time.perf_counter() - began
        if said is None or process.returncode:
            raise SystemExit(f"{mode.command}: ended with status {process.returncode}")
        told: dict[str, Any] = json.loads(said[0])
        size = sum(path.stat().st_size for path in Path(folder).iterdir() if path.name != "workload.py")
        return Cost(wall, children_cpu_seconds() - used, told["seconds"], told["rss_bytes"], size)


def children_cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Load(NamedTuple):
    """What a service has mounted, and what is asked of its endpoint meanwhile."""

    mounted: bool = True
    #: "" for an endpoint without a token, which answers to loopback alone.
    token: str = TOKEN
    route: str = ""
    headers: Mapping[str, str] = MappingProxyType({})
    requests: int = REQUESTS
    at_a_time: int = 1
    frames: int = 0


RIGHT, WRONG = {"Authorization": f"Bearer {TOKEN}"}, {"Authorization": "Bearer wrong-wrong-wrong"}
LOADS = {
    "no endpoint": Load(mounted=False),
    "mounted, not asked": Load(),
    "2,000 requests, right token": Load(route="/debug/memory", headers=RIGHT),
    "2,000 requests, wrong token": Load(route="/debug/memory", headers=WRONG),
    "2,000 requests, by a proxy": Load(route="/debug/memory", token="", headers={"X-Real-IP": "10.0.0.7"}),
    "2,000 requests, 50 at a time": Load(route="/debug/memory", headers=RIGHT, at_a_time=50),
    "tracemalloc of 10 frames, not asked": Load(frames=10),
    "… and 200 requests for the heap": Load(
        route="/debug/pprof/heap", headers=RIGHT, requests=200, frames=10
    ),
}


def print_endpoint() -> None:
    """Latency of a service under ``wrk`` while requests are made to its endpoint."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed: apt-get install wrk")
    print("| endpoint | service p50 ms | p99 ms | requests/s | RSS MiB after | answered | refused |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, load in LOADS.items():
        print(f"| {name} | " + " | ".join(one_load(load)) + " |", flush=True)


def one_load(load: Load) -> list[str]:
    text = SERVICE.replace("MOUNTED", repr(load.mounted)).replace("TOKEN", repr(load.token))
    tracing = ["-X", f"tracemalloc={load.frames}"] if load.frames else []
    service = subprocess.Popen([sys.executable, *tracing, "-c", text], stdout=subprocess.PIPE, text=True)
    try:
        return under_load(load, service)
    finally:
        service.kill()
        service.communicate()


def under_load(load: Load, service: subprocess.Popen[str]) -> list[str]:
    """One row: what ``wrk`` measured of the service's work while its endpoint was asked."""
    assert service.stdout is not None
    url = f"http://127.0.0.1:{int(service.stdout.readline())}"
    wrk = subprocess.Popen(
        ["wrk", "-t1", "-c4", "-d8s", "--latency", f"{url}/work"], stdout=subprocess.PIPE, text=True
    )
    with ThreadPoolExecutor(load.at_a_time) as clients:
        count = load.requests if load.route else 0
        statuses = list(clients.map(lambda _: ask(url + load.route, load.headers), range(count)))
    told = wrk.communicate()[0]
    rss = int(Path(f"/proc/{service.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    answered = statuses.count(200)
    return [
        latency(told, "50%"),
        latency(told, "99%"),
        found(r"Requests/sec:\s+([\d.]+)", told),
        f"{rss / 2**20:.0f}",
        str(answered),
        str(len(statuses) - answered),
    ]


def ask(url: str, headers: Mapping[str, str]) -> int:
    """The status of one request."""
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, headers=dict(headers)), timeout=PATIENCE_SECONDS
        ) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def latency(told: str, share: str) -> str:
    """A percentile of wrk's in milliseconds."""
    number, unit = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", told).groups()  # type: ignore[union-attr]
    return f"{float(number) * {'us': 0.001, 'ms': 1, 's': 1000}[unit]:.1f}"


def found(pattern: str, told: str) -> str:
    matched = re.search(pattern, told)
    return matched[1] if matched else "?"


if __name__ == "__main__":
    main()
