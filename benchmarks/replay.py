"""What-if peaks against loading the same capture once: the same fresh process, warm compile cache."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from benchmarks.measured import measured
from benchmarks.memray_captures import LARGE, SMALL, recorded

TITLE = "replay"
#: Loads a capture, then asks; the masks are a twentieth of the callsites each, drawn at random.
QUESTIONS = """
import json, sys, time
import numpy as np
import forensics
from forensics.replay import savings

def spent(ask):
    started = time.process_time()
    ask()
    return time.process_time() - started

capture = forensics.load(sys.argv[1])
load = spent(lambda: [forensics.load(sys.argv[1]).profile(m) for m in ("peak", "allocated")])
sites = len(capture.profile("allocated").callsites)
masks = [np.random.default_rng(i).random(sites) < 0.05 for i in range(20)]
savings(capture, masks[:1])
print(json.dumps({
    "load": load,
    "one": spent(lambda: savings(capture, masks[:1])),
    "twenty": spent(lambda: savings(capture, masks)),
}))
"""


def run(*, large: bool = False) -> Iterator[str]:
    """One row per capture: CPU seconds of loading, of one and of twenty what-ifs, and the ratio."""
    yield "| capture | load, CPU s | one what-if | twenty | twenty × load | peak RSS MiB |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for shape, millions in (*SMALL, *(LARGE if large else ())):
        capture = recorded(shape, millions)
        asked = measured([sys.executable, "-c", QUESTIONS, str(capture)])
        told = json.loads(asked.output)
        yield (
            f"| {shape} {millions} M | {told['load']:.2f} | {told['one']:.2f} | {told['twenty']:.2f} "
            f"| {told['twenty'] / told['load']:.1f} | {asked.rss_bytes >> 20} |"
        )
