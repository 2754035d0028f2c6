"""Record the incidents again, or say what is missing for it.

    python sample_dumps/record_all.py [--only INCIDENT] [--dump PATTERN] [--python PYTHON]

The code of every stage becomes a commit in a repository of its own (``--app``), each run is made by the
Python that has the extra ``[incidents]`` (``--python``), and the captures, their side-cars and the
measured tables of ``truth.toml`` are replaced. Python of the virtual environment, application and
scratch folder should be in neutral places: their paths are inside the captures.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

from recording import history, measured, postgres, snapshots
from recording.plan import INCIDENTS, Plan, Recording, plans
from recording.run import LARGEST_COMMITTED, Places, record, run_plain

WITH_OWN_SCRIPT = ("link_crawler",)


def main() -> None:
    wanted = _arguments()
    places = Places(app=wanted.app, python=wanted.python, forensics=wanted.forensics, scratch=wanted.scratch)
    for plan in plans():
        if fnmatch(plan.name, wanted.only):
            (places.scratch / plan.name).mkdir(parents=True, exist_ok=True)
            record_incident(plan, replace(places, scratch=places.scratch / plan.name), wanted.dump)
    for name in WITH_OWN_SCRIPT:
        if fnmatch(name, wanted.only) and wanted.dump == "*":
            subprocess.run([sys.executable, str(INCIDENTS / name / "record.py")], check=True)


def record_incident(plan: Plan, places: Places, pattern: str) -> None:
    """Every recording of an incident whose dump matches the pattern."""
    commits = history.build(plan, places.app)
    truth = plan.folder / "truth.toml"
    planned = {recording.dump for recording in plan.recordings}
    known = measured.read_runs(truth) if truth.exists() else {}
    runs = {dump: run for dump, run in known.items() if dump in planned}
    for recording in plan.recordings:
        if not fnmatch(recording.dump, pattern):
            continue
        if lacking := missing(recording, places):
            print(f"{plan.name}/{recording.dump}: not recorded: {lacking}")
            continue
        history.check_out(places.app, commits[recording.stage])
        runs |= _record_one(plan, recording, places, commits[recording.stage])
        measured.write_runs(truth, runs)


def missing(recording: Recording, places: Places) -> str:
    """What has to be installed first, '' when nothing is."""
    code = "import sys; from importlib.metadata import version; [version(name) for name in sys.argv[1:]]"
    command = [str(places.python), "-c", code, "memray", *recording.needs]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"{done.stderr.splitlines()[-1]}: {places.python} -m pip install '.[incidents]'"
    if recording.server == "postgresql" and postgres.programs() is None:
        return "PostgreSQL is not installed: apt-get install postgresql"
    return ""


def _record_one(
    plan: Plan, recording: Recording, places: Places, commit: str
) -> dict[str, dict[str, object]]:
    with postgres.server() if recording.server else nullcontext("") as url:
        extra = {"DATABASE_URL": url} if url else {}
        if recording.snapshots:
            extra |= snapshots.environment(plan, recording, places)
        plain = None if "--limit" in recording.options else run_plain(recording, places, extra)
        capture = record(recording, places, extra)
    if recording.snapshots:
        kept = snapshots.keep(plan, recording, places, commit)
        print(f"{plan.name}/{recording.snapshots}: {kept} snapshots")
    if not capture.exists():
        return {}
    size = capture.stat().st_size
    print(f"{plan.name}/{recording.dump}: {size} bytes, recorded")
    if not recording.committed or size > LARGEST_COMMITTED:
        print(
            f"  stays in {capture}: {'by plan' if not recording.committed else 'too large to be committed'}"
        )
        return {}
    place = plan.folder / recording.dump
    place.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("", ".sidecar.json"):
        shutil.copy(f"{capture}{suffix}", f"{place}{suffix}")
    return {recording.dump: measured.measure(recording.dump, plan.folder, plain)}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", default="*", help="incidents whose name matches")
    parser.add_argument("--dump", default="*", help="dumps whose path in the incident matches")
    parser.add_argument("--python", type=Path, default=Path(sys.executable))
    parser.add_argument("--forensics", type=Path, default=Path(sys.executable).parent / "forensics")
    parser.add_argument("--app", type=Path, default=Path("/srv/app"))
    parser.add_argument("--scratch", type=Path, default=Path("/srv/dumps"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
