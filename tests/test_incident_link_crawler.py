"""The committed dumps of link_crawler show what its truth.toml says."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import forensics as hf
from forensics.diagnose.claims import claims

INCIDENT = Path(__file__).parent.parent / "sample_dumps" / "incidents" / "link_crawler"
#: The dumps that the claims are about.
CLAIMED = (
    "before.heap.pb.gz",
    "before.goroutine.txt",
    "after.heap.pb.gz",
    "after.goroutine.txt",
    "many-links.heap.pb.gz",
    "many-links.during.heap.pb.gz",
    "goroutines.heap.pb.gz",
    "connections.heap.pb.gz",
)
TRUTH = tomllib.loads((INCIDENT / "truth.toml").read_text())


@pytest.mark.parametrize("run", TRUTH["run"], ids=lambda run: run["dump"])
def test_each_run_measures_what_is_written_down(run: dict[str, object]) -> None:
    capture = hf.load(INCIDENT / str(run["dump"]))
    moments = {"live_bytes": "live", "peak_bytes": "peak", "end_bytes": "end"}
    for key, moment in moments.items():
        if key in run:
            # the texts and the protobufs were fetched one after the other: estimates differ a little
            assert capture.summaries[moment].bytes == pytest.approx(
                run[key], rel=0.02 if moment == "live" else 0
            )
    assert capture.peak_rss_bytes == pytest.approx(run["rss_peak_bytes"], rel=0.01)
    for column in ("sockets", "threads"):
        if column in run:
            assert capture.sidecar is not None
            assert int(capture.sidecar.samples[column].max()) == run[column]


def test_the_cache_is_the_cause_and_its_frame_is_in_the_middle() -> None:
    profile = hf.load(INCIDENT / "dumps" / "before.heap.pb.gz").profile("live")
    functions = profile.stack(int(profile.own().argmax()))["function"].tolist()
    cause = TRUTH["cause"]
    assert functions[-1] == cause["leaf"]
    assert cause["owner"] in functions[5:10]
    assert profile.own().max() >= 0.95 * profile.total_bytes


@pytest.mark.parametrize("run", ["before", "after", "goroutines", "connections"])
def test_text_and_protobuf_count_the_same_goroutines(run: str) -> None:
    counts = set()
    for file in ("goroutine.pb.gz", "goroutine.txt", "goroutines.txt.gz"):
        profile = hf.load(INCIDENT / "dumps" / f"{run}.{file}").profile()
        counts.add(int(profile.allocations[profile.primary_measure].sum()))
    assert max(counts) - min(counts) <= 3  # connections come and go between the fetches


@pytest.mark.parametrize("file", ["goroutine.pb.gz", "goroutine.txt", "goroutines.txt.gz"])
def test_the_leaked_goroutines_are_found_in_each_form(file: str) -> None:
    capture = hf.load(INCIDENT / "dumps" / f"goroutines.{file}")
    assert capture.moments == ("live",)
    assert capture.profile().primary_measure == "goroutines"
    finding = hf.diagnose(capture).findings[0]
    assert finding.title.startswith("5,000 goroutines (99.9 %) are at")
    assert finding.cause == "concurrency"
    assert finding.owner is not None
    assert finding.owner.function == "example.com/linkcrawler/faults.waitForTasks"


def test_the_claims_are_judged_as_measured() -> None:
    judged = claims(INCIDENT / "claims.toml", [hf.load(INCIDENT / "dumps" / dump) for dump in CLAIMED])
    assert {claim["id"]: claim["verdict"] for claim in judged.to_json()["claims"]} == TRUTH["verdicts"]
