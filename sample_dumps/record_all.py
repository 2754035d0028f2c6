"""Record the incidents again, or say what is missing for it.

    python sample_dumps/record_all.py [--only INCIDENT] [--dump PATTERN] [--python PYTHON]

The code of every stage becomes a commit in a repository of its own (``--app``), each run is made by the
Python that has ``requirements.txt`` (``--python``), and the captures, their side-cars and the
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

from recording import answers, history, measured, postgres, snapshots
from recording.plan import INCIDENTS, Plan, Recording, plans
from recording.reduced import reduce
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
        name = done.stderr.split()[-1]
        return f"{name} is not installed: {places.python} -m pip install -r sample_dumps/requirements.txt"
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
        plain = {} if "--limit" in recording.options else run_plain(recording, places, extra)
        with answers.watching(plan, recording, places) if recording.answers else nullcontext():
            captures = record(recording, places, extra)
    if recording.answers:
        kept = answers.keep(plan, recording, places, commit)
        print(f"{plan.name}/{recording.answers}: {kept} rounds of answers")
        beside = f"{recording.dump}.sidecar.json"
        shutil.copy(places.scratch / beside.replace("/", "-"), plan.folder / beside)
    if recording.snapshots:
        kept = snapshots.keep(plan, recording, places, commit)
        print(f"{plan.name}/{recording.snapshots}: {kept} snapshots")
    if not recording.committed:
        return {}
    kept_as = [recording.dump, *(_child_name(recording.dump, n) for n in range(1, len(captures)))]
    committed = [keep(plan, recording, each, dump) for each, dump in zip(captures, kept_as, strict=True)]
    measures = [plain, *[{}] * len(captures)]
    return {
        dump: measured.measure(dump, plan.folder, told)
        for dump, told, is_kept in zip(kept_as, measures, committed, strict=False)
        if is_kept
    }


def _child_name(dump: str, number: int) -> str:
    """``workers/two.parquet`` and 1: ``workers/two.child1.parquet``."""
    stem, _, extension = dump.rpartition(".")
    return f"{stem}.child{number}.{extension}"


def keep(plan: Plan, recording: Recording, capture: Path, dump: str) -> bool:
    """Put a capture and its side-car into the incident, unless it is too large; whether it was."""
    place = plan.folder / dump
    place.parent.mkdir(parents=True, exist_ok=True)
    if recording.is_reduced:
        reduce(capture, place)
    elif capture.stat().st_size <= LARGEST_COMMITTED:
        for suffix in ("", ".sidecar.json"):
            shutil.copy(f"{capture}{suffix}", f"{place}{suffix}")
    else:
        print(f"{plan.name}/{dump}: stays in {capture}: {capture.stat().st_size} bytes are too many")
        return False
    print(f"{plan.name}/{dump}: {place.stat().st_size} bytes, recorded")
    return True


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", default="*", help="incidents whose name matches")
    parser.add_argument("--dump", default="*", help="dumps whose path in the incident matches")
    parser.add_argument("--python", type=_absolute, default=Path(sys.executable))
    parser.add_argument("--forensics", type=_absolute, default=Path(sys.executable).parent / "forensics")
    parser.add_argument("--app", type=Path, default=Path("/srv/app"))
    parser.add_argument("--scratch", type=Path, default=Path("/srv/dumps"))
    return parser.parse_args()


def _absolute(path: str) -> Path:
    """Absolute, and a link stays one: a virtual environment's Python is a link."""
    return Path(path).absolute()


if __name__ == "__main__":
    main()
