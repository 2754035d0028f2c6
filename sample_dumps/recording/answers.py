"""What an application's debug endpoint answers while it is recorded, a few rounds of it kept."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import zstandard

from forensics.errors import RecordError
from forensics.pull import pull
from recording.plan import Plan, Recording
from recording.run import Places

KEPT = 5
EVERY_SECONDS = 1.0
PATIENCE_SECONDS = 0.2
#: Said while the application starts, and while the endpoint pauses after a costly answer.
ASK_AGAIN = ("connection refused", "is busy")
MEMORY, HEAP, SNAPSHOT = "memory.json", "heap.pb.gz", "tracemalloc"
ROUTES = {MEMORY: "/debug/memory", HEAP: "/debug/pprof/heap", SNAPSHOT: "/debug/memory/snapshot"}
_LEVEL = 19


@contextmanager
def watching(plan: Plan, recording: Recording, places: Places) -> Iterator[None]:
    """Pull every route, round after round, for as long as the block lasts."""
    folder = _folder(plan, recording, places)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ended = threading.Event()
    url = f"http://127.0.0.1:{recording.environment['DEBUG_PORT']}"
    puller = threading.Thread(target=_pull_rounds, args=(url, folder, ended))
    puller.start()
    try:
        yield
    finally:
        ended.set()
        puller.join()


def _pull_rounds(url: str, folder: Path, ended: threading.Event) -> None:
    number = 0
    while not ended.wait(EVERY_SECONDS):
        number += 1
        for name, route in ROUTES.items():
            _pull(url + route, folder / f"{number:03}.{name}", ended)


def _pull(url: str, target: Path, ended: threading.Event) -> None:
    """Ask until it is answered; what is refused for its cost stays unanswered, as does a dead process."""
    while not ended.wait(PATIENCE_SECONDS):
        try:
            pull(url, target)
        except RecordError as error:
            if any(said in str(error) for said in ASK_AGAIN):
                continue
        return


def keep(plan: Plan, recording: Recording, places: Places, commit: str) -> int:
    """Pack whole rounds, evenly spread, and the last answers of all, numbered from 1; their number.

    The commit that was checked out for the run is in each side-car, and the resident set of its round.
    """
    folder = _folder(plan, recording, places)
    target = plan.folder / recording.answers
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    rounds = sorted(path.name.split(".")[0] for path in folder.glob(f"*.{MEMORY}"))
    whole = [number for number in rounds if all((folder / f"{number}.{name}").exists() for name in ROUTES)]
    spread = [whole[round(i * (len(whole) - 1) / (KEPT - 2))] for i in range(KEPT - 1)] if whole else []
    chosen = sorted({*spread, *rounds[-1:]})
    git = {"commit": commit, "dirty": False, "root": str(places.app)}
    for number, label in enumerate(chosen, start=1):
        _keep_round(folder, label, target, number, git)
    return len(chosen)


def _keep_round(folder: Path, label: str, target: Path, number: int, git: dict[str, object]) -> None:
    told = json.loads((folder / f"{label}.{MEMORY}").read_bytes())
    sidecar = {
        "schema": "forensics/sidecar/1",
        "state": "finished",
        "git": git,
        "process": {"pid": told["pid"], "language": told["language"]},
        "limit": {"bytes": told["limit_bytes"]} if told["limit_bytes"] else {},
        "samples": {"time_ns": [told["time_ns"]], "rss_bytes": [told["rss_bytes"]]},
    }
    for name in ROUTES:
        pulled = folder / f"{label}.{name}"
        if pulled.exists():
            kept = target / f"{number}.{name}{'' if name == HEAP else '.zst'}"
            content = pulled.read_bytes()
            kept.write_bytes(
                content if name == HEAP else zstandard.ZstdCompressor(level=_LEVEL).compress(content)
            )
            Path(f"{kept}.sidecar.json").write_text(json.dumps(sidecar, sort_keys=True))


def _folder(plan: Plan, recording: Recording, places: Places) -> Path:
    return places.scratch / f"{plan.name}-answers"
