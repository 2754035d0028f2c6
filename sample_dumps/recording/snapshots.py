"""tracemalloc snapshots that a recorded run takes of itself."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

from recording.plan import Plan, Recording
from recording.run import Places

LIMIT_BYTES = 512 << 20
KEPT = 5
SETTINGS = f"every=10,keep=20,share=0.7,overhead=0.1,limit={LIMIT_BYTES}"


def environment(plan: Plan, recording: Recording, places: Places) -> dict[str, str]:
    """The environment that switches them on, with an empty folder to write to."""
    folder = _folder(plan, recording, places)
    shutil.rmtree(folder, ignore_errors=True)
    return {"FORENSICS_SNAPSHOTS": f"{SETTINGS},folder={folder}"}


def keep(plan: Plan, recording: Recording, places: Places, commit: str) -> int:
    """Pack five of them, evenly spread, as 1.tracemalloc.gz to 5.tracemalloc.gz; their number.

    The commit that was checked out for the run is added to each side-car.
    """
    taken = sorted(_folder(plan, recording, places).glob("*.tracemalloc"))
    target = plan.folder / recording.snapshots
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    spread = [taken[round(i * (len(taken) - 1) / (KEPT - 1))] for i in range(KEPT)] if taken else []
    for number, path in enumerate(sorted(set(spread)), start=1):
        packed = target / f"{number}.tracemalloc.gz"
        packed.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
        sidecar = json.loads(Path(f"{path}.sidecar.json").read_bytes())
        sidecar["git"] = {"commit": commit, "dirty": False, "root": str(places.app)}
        Path(f"{packed}.sidecar.json").write_text(json.dumps(sidecar, sort_keys=True))
    return len(set(spread))


def _folder(plan: Plan, recording: Recording, places: Places) -> Path:
    return places.scratch / f"{plan.name}-snapshots"
