import threading
from concurrent.futures import ThreadPoolExecutor

scratch = threading.local()
pools = []


def workspace():
    scratch.canvas = bytearray(120_000)


def build_page(number):
    pool = ThreadPoolExecutor(max_workers=4, initializer=workspace)
    pools.append(pool)
    parts = list(pool.map(part, [number] * 4, range(4)))
    return "".join(parts)


def part(number, index):
    scratch.canvas[:8] = (number * 4 + index).to_bytes(8, "big")
    return f"<div id='{number}-{index}'></div>"
