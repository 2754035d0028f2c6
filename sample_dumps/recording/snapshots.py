"""tracemalloc snapshots that a recorded run takes of itself."""

from __future__ import annotations

import shutil
from pathlib import Path

from recording.plan import Plan, Recording
from recording.run import LARGEST_COMMITTED, Places

LIMIT_BYTES = 512 << 20
SETTINGS = f"every=5,keep=12,share=0.7,overhead=0.5,limit={LIMIT_BYTES}"


def environment(plan: Plan, recording: Recording, places: Places) -> dict[str, str]:
    """The environment that switches them on, with an empty folder to write to."""
    folder = _folder(plan, recording, places)
    shutil.rmtree(folder, ignore_errors=True)
    return {"FORENSICS_SNAPSHOTS": f"{SETTINGS},folder={folder}"}


def keep(plan: Plan, recording: Recording, places: Places) -> int:
    """Move them into the incident as 01.tracemalloc, 02.tracemalloc, … in order of time; their number."""
    taken = sorted(_folder(plan, recording, places).glob("*.tracemalloc"))
    target = plan.folder / recording.snapshots
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    small = [path for path in taken if path.stat().st_size <= LARGEST_COMMITTED]
    for number, path in enumerate(small, start=1):
        for suffix in ("", ".sidecar.json"):
            shutil.copy(f"{path}{suffix}", target / f"{number:02d}.tracemalloc{suffix}")
    return len(small)


def _folder(plan: Plan, recording: Recording, places: Places) -> Path:
    return places.scratch / f"{plan.name}-snapshots"
