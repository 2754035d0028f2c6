"""A capture that is too large to be committed, as Parquet: moments and timeline, no events."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

#: Callsites below this share of the bytes are counted in their callers.
MIN_SHARE = 0.0003
MOST_SAMPLES = 60


def reduce(capture: Path, target: Path) -> None:
    """Write the capture's moments and timeline to ``target``, with a thinner side-car beside it."""
    target.unlink(missing_ok=True)
    convert = [sys.executable, "-m", "forensics.cli", "convert", str(capture), str(target)]
    subprocess.run([*convert, "--min-share", str(MIN_SHARE)], check=True, stdout=subprocess.DEVNULL)
    document = json.loads(Path(f"{capture}.sidecar.json").read_bytes())
    document["samples"] = _thinned(document["samples"])
    Path(f"{target}.sidecar.json").write_text(json.dumps(document, sort_keys=True) + "\n")


def _thinned(samples: dict[str, list[int]]) -> dict[str, list[int]]:
    """About sixty of the samples, the last and those with the highest values among them."""
    count = len(samples["time_ns"])
    highest = [samples[name].index(max(samples[name])) for name in ("rss_bytes", "tree_rss_bytes") if count]
    rows = sorted({*range(0, count, max(1, count // MOST_SAMPLES)), *range(count - 1, count), *highest})
    return {name: [column[row] for row in rows] for name, column in samples.items()}
