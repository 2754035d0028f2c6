"""The process in which files are opened: its memory is bounded, and its last line is the seed it is at.

``python -m tests.fuzz.child FORMAT FIRST_SEED SECONDS``; 0 seconds is one case. Lines: each seed before
its case, at the end ``cases opened refused``.
"""

from __future__ import annotations

import re
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.formats import outcome
from tests.fuzz.mutations import mutated
from tests.fuzz.samples import samples

ROOM_BYTES = 3 << 29  # 1.5 GiB beside what the libraries have reserved (mostly untouched arenas)


def main(name: str, first: int, seconds: float) -> None:
    contents = samples()[name]
    counts = {True: 0, False: 0}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "dump"
        for content in contents:
            path.write_bytes(content)
            outcome(path)  # whole samples compile and import all there is before the limit is set
        _bound_memory()
        end, seed = time.monotonic() + seconds, first
        while seed == first or time.monotonic() < end:
            print(seed, flush=True)
            path.write_bytes(mutated(contents, seed))
            counts[not outcome(path)] += 1
            seed += 1
    print(seed - first, counts[True], counts[False], flush=True)


def _bound_memory() -> None:
    size = re.search(r"^VmSize:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert size is not None
    limit = (int(size[1]) << 10) + ROOM_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
