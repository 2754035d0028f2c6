"""A small service-like program: it parses, keeps, maps, recurses and runs threads."""

import json
import mmap
import os
import signal
import sys
import threading


def parse(count):
    return json.loads(json.dumps([{"id": i, "name": "n" * 20} for i in range(count)]))


def mapped():
    regions = [mmap.mmap(-1, 1 << 20) for _ in range(3)]
    regions[0].close()
    return regions[1:]


def deep(level):
    return bytearray(50_000) if level == 0 else deep(level - 1)


def main():
    kept = [parse(300), mapped(), deep(30)]
    workers = [threading.Thread(target=lambda: kept.append(parse(100)), name=f"worker-{i}") for i in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    del kept[0]
    large = bytearray(5_000_000)
    del large
    if "fork" in sys.argv:
        child = os.fork()
        if child == 0:
            _more = bytearray(700_000)
            os._exit(0)
        os.waitpid(child, 0)
    if "kill" in sys.argv:
        os.kill(os.getpid(), signal.SIGKILL)
    return kept


kept = main()
