"""Two gunicorn workers of stage ``before``, with and without preloading: proportional set sizes.

    python measure_workers.py FOLDER_OF_THE_STAGE

Prints a line of TOML each: the sum of PSS and of RSS over the master and its workers once both
workers have answered a search by text.
"""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

PORT = 8731


def family(master: int) -> list[int]:
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return [master, *map(int, children)]


def held(pid: int, what: str) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith(f"{what}:"))


def answers() -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{PORT}/search?q=soup", timeout=300).read()
    except OSError:
        return False
    return True


def measure(stage: Path, preload: str) -> dict[str, int]:
    environment = os.environ | {"GUNICORN_WORKERS": "2", "GUNICORN_PRELOAD": preload, "HF_HUB_OFFLINE": "1"}
    command = [sys.executable, "-m", "gunicorn", "-t", "600", "-b", f"127.0.0.1:{PORT}", "app:create_app()"]
    with subprocess.Popen(command, cwd=stage, env=environment) as master:
        while not answers() or len(family(master.pid)) < 3:
            time.sleep(0.2)
        steady = 0
        while steady < 10:  # both workers have loaded: five seconds without growth
            before = sum(held(pid, "Pss") for pid in family(master.pid))
            time.sleep(0.5)
            now = sum(held(pid, "Pss") for pid in family(master.pid))
            steady = steady + 1 if abs(now - before) < 1 << 20 else 0
        sums = {what.lower(): sum(held(p, what) for p in family(master.pid)) for what in ("Pss", "Rss")}
        master.terminate()
    return sums


if __name__ == "__main__":
    for preload in ("0", "1"):
        found = measure(Path(sys.argv[1]), preload)
        print(f"preload = {preload}, pss_bytes = {found['pss']:_}, rss_bytes = {found['rss']:_}", flush=True)
