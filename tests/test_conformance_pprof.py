"""Legacy dumps of google/pprof's own tests against what its parser prints for each.

The folder is ``FORENSICS_CONFORMANCE`` or ``../shared/conformance/pprof`` beside the repository; without
it the tests are skipped. Every call path, its value and its place are compared. Differences, all meant:

- ``gobench.heap``: its buckets hold 9,209,144 of the 2,584,596,557,304 allocated bytes that its header
  counts; pprof does not look, here the capture is marked as cut.
- ``cppbench.thread``: pprof keeps bare addresses; here the symbols in the text name the frames, and
  threads keep their names. Stacks that differ in an address but not in a name then become one.
- Samples that are zero in a sample type (freed buckets in inuse_space) have no row in that moment.
- Samples of one stack and different block sizes share one call path; pprof tells them apart by its
  label ``bytes``, which is not kept.
- Addresses are shown as ``module+0xoffset`` where the memory map knows them.
- pprof's parser adds a mapping of all addresses where a dump has none; here the address stays bare.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest

import forensics as hf
from forensics.profile import Profile

FOLDER = Path(
    os.environ.get("FORENSICS_CONFORMANCE")
    or Path(__file__).parent.parent.parent / "shared" / "conformance" / "pprof"
)
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"{FOLDER.name}: not there")

#: Dump, sample type of pprof, moment, measure.
COLUMNS = (
    ("cppbench.heap", "objects/count", "live", "blocks"),
    ("cppbench.heap", "space/bytes", "live", "bytes"),
    ("gobench.heap", "alloc_objects/count", "allocated", "blocks"),
    ("gobench.heap", "alloc_space/bytes", "allocated", "bytes"),
    ("gobench.heap", "inuse_objects/count", "live", "blocks"),
    ("gobench.heap", "inuse_space/bytes", "live", "bytes"),
    ("java.heap", "inuse_objects/count", "live", "blocks"),
    ("java.heap", "inuse_space/bytes", "live", "bytes"),
    ("go.godoc.thread", "threadcreate/count", "live", "threads"),
)


class Printed(NamedTuple):
    """What pprof prints: sample types, samples (values; location ids innermost first), places by id."""

    types: list[str]
    samples: list[tuple[list[int], list[int]]]
    places: dict[int, str]
    #: Start address by file name of each mapping.
    mappings: dict[str, int]


def printed(name: str) -> Printed:
    lines = (FOLDER / f"{name}.string").read_text().splitlines()
    samples_at, locations_at, mappings_at = (
        lines.index(part) for part in ("Samples:", "Locations", "Mappings")
    )
    rows = [re.match(r"^ *([\d ]+):([\d ]*)$", line) for line in lines[samples_at + 2 : locations_at]]
    samples = [([int(v) for v in row[1].split()], [int(i) for i in row[2].split()]) for row in rows if row]
    places = {}
    for line in lines[locations_at + 1 : mappings_at]:
        number, _, rest = line.partition(": ")
        place = re.match(r"^(0x[0-9a-f]+)(?: M=\d+)? ?(?:(\S+) (\S+):(\d+):0 s=0)?", rest)
        assert place, line
        places[int(number)] = f"{place[2]} {place[3]}:{place[4]}" if place[2] else place[1]
    mappings = {}
    for line in lines[mappings_at + 1 :]:
        mapping = re.match(r"^\d+: (0x[0-9a-f]+)/0x[0-9a-f]+/0x0 (\S*)", line)
        assert mapping, line
        mappings[Path(mapping[2]).name] = int(mapping[1], 16)
    return Printed(lines[samples_at + 1].split(), samples, places, mappings)


def place_of(function: str, file: str, line: int, mappings: dict[str, int]) -> str:
    """A frame of ours as pprof prints its location."""
    module, plus, offset = function.rpartition("+0x")
    if plus and module in mappings:
        return hex(mappings[module] + int(offset, 16))
    return f"{function} {file}:{line}" if file else function


def our_paths(profile: Profile, measure: str, mappings: dict[str, int]) -> dict[tuple[str, ...], int]:
    """Places of each path, innermost first, and its value."""
    found: dict[tuple[str, ...], int] = {}
    for callsite, value in zip(profile.allocations["callsite_id"], profile.allocations[measure], strict=True):
        rows = profile.stack(callsite)[["function", "file", "line"]].itertuples(index=False, name=None)
        path = tuple(place_of(*row, mappings) for row in rows)[::-1]
        path = () if path == ("(no stack)",) else path
        found[path] = found.get(path, 0) + int(value)
    return found


@pytest.mark.parametrize(("name", "sample_type", "moment", "measure"), COLUMNS)
def test_every_path_has_the_value_that_pprof_prints(
    name: str, sample_type: str, moment: str, measure: str
) -> None:
    theirs = printed(name)
    column = theirs.types.index(sample_type)
    wanted: dict[tuple[str, ...], int] = {}
    for values, locations in theirs.samples:
        path = tuple(theirs.places[location] for location in locations)
        if values[column]:
            wanted[path] = wanted.get(path, 0) + values[column]
    profile = hf.load(FOLDER / name).profile(moment)
    assert our_paths(profile, measure, theirs.mappings) == wanted


@pytest.mark.parametrize("name", ["cppbench.heap", "gobench.heap", "java.heap", "go.godoc.thread"])
def test_every_location_is_there_once(name: str) -> None:
    theirs = printed(name)
    capture = hf.load(FOLDER / name)
    widest = capture.profile(capture.moments[-1])
    ours = [
        place_of(*row, theirs.mappings)
        for row in widest.frames[["function", "file", "line"]].itertuples(index=False, name=None)
        if row[0] != "(no stack)"
    ]
    assert sorted(ours) == sorted(theirs.places.values())


def test_threads_are_as_many_and_as_deep_as_pprof_prints() -> None:
    theirs = printed("cppbench.thread")
    profile = hf.load(FOLDER / "cppbench.thread").profile("live")
    depths = profile.callsites["depth"].to_numpy()[profile.allocations["callsite_id"].to_numpy()] + 1
    wanted = sorted(len(path) for values, path in theirs.samples for _ in range(values[0]))
    assert sorted(depths.tolist()) == wanted
    assert int(profile.allocations["threads"].sum()) == 4


def test_unnamed_frames_of_threads_are_where_pprof_sees_them() -> None:
    theirs = printed("cppbench.thread")
    frames = hf.load(FOLDER / "cppbench.thread").profile("live").frames
    bare = {place_of(name, "", 0, theirs.mappings) for name in frames["function"] if "+0x" in name}
    assert bare == {
        "0xa45b95",
        "0xa460b3",
        "0xbaa17e",
        "0xbaa9f8",
        "0xbb0d20",
        "0x40bce3",
        "0xa48927",
        "0x7f7949a9811c",
    }
    assert set(frames["function"]) - {name for name in frames["function"] if "+0x" in name} == {
        "helper(arg *)",
        "Wait(int)",
        "main",
        "__libc_start_main",
        "nanosleep",
        "start_thread",
    }


@pytest.mark.parametrize(
    ("name", "rate", "complete"),
    [
        ("cppbench.heap", 524288, True),
        ("gobench.heap", 524288, False),
        ("java.heap", 524288, True),
        ("cppbench.thread", None, True),
        ("go.godoc.thread", None, True),
    ],
)
def test_the_period_is_the_sampling_rate(name: str, rate: int | None, complete: bool) -> None:
    capture = hf.load(FOLDER / name)
    assert (capture.origin.sampling_rate, capture.complete) == (rate, complete)
