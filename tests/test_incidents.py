"""The committed incidents: their dumps load, and hold what their truth files say."""

import re
import subprocess
import tomllib
from pathlib import Path

import lz4.frame
import pytest

import forensics as hf
from forensics.causes import CAUSES
from forensics.sidecar import read_sidecar

INCIDENTS = Path(__file__).parent.parent / "sample_dumps" / "incidents"
RECORDED = ("client_per_item", "eager_model", "ingest_worker", "sitemap_regex")
VERDICTS = ("supported", "contradicted", "not testable")
LZ4_FRAME = b"\x04\x22\x4d\x18"
LARGEST_BYTES, LARGEST_SET_BYTES = 3_000_000, 30_000_000


def truth(name: str) -> dict:
    return tomllib.loads((INCIDENTS / name / "truth.toml").read_text())


def claims(name: str) -> list[dict]:
    return tomllib.loads((INCIDENTS / name / "claims.toml").read_text())["claim"]


def runs() -> list:
    return [
        pytest.param(name, run, id=f"{name}/{run['dump']}") for name in RECORDED for run in truth(name)["run"]
    ]


def peak(name: str, dump: str) -> int:
    return next(run["peak_heap_bytes"] for run in truth(name)["run"] if run["dump"] == dump)


def held_under(profile: hf.Profile, wanted: str) -> int:
    """Bytes whose call path has a frame of this ``file:line`` or ``function``."""
    frames = profile.frames
    place = frames["file"].astype(str).str.rsplit("/", n=1).str[-1] + ":" + frames["line"].astype(str)
    matching = set(frames.index[(place == wanted) | (frames["function"].astype(str) == wanted)])
    under: list[bool] = []
    for parent, frame in zip(profile.callsites["parent_id"], profile.callsites["frame_id"], strict=True):
        under.append(frame in matching or (parent >= 0 and under[parent]))
    chosen = {callsite for callsite, inside in enumerate(under) if inside}
    allocations = profile.allocations
    return int(allocations["bytes"][allocations["callsite_id"].isin(chosen)].sum())


@pytest.mark.parametrize(("name", "run"), runs())
def test_a_dump_holds_to_the_byte_what_its_truth_says(name, run):
    capture = hf.load(INCIDENTS / name / run["dump"])
    assert capture.summaries["peak"].bytes == run["peak_heap_bytes"]
    assert capture.peak_rss_bytes == run["rss_peak_bytes"]
    if "end_heap_bytes" in run:
        assert capture.summaries["end"].bytes == run["end_heap_bytes"]
    assert capture.complete is ("ended_by" not in run)


@pytest.mark.parametrize(("name", "run"), runs())
def test_callsites_of_every_moment_add_up_to_the_dump(name, run):
    capture = hf.load(INCIDENTS / name / run["dump"])
    for moment in capture.moments:
        profile = capture.profile(moment)
        assert int(profile.allocations["bytes"].sum()) == capture.summaries[moment].bytes


@pytest.mark.parametrize(("name", "run"), runs())
def test_a_dump_is_small_and_names_neutral_paths_alone(name, run):
    path = INCIDENTS / name / run["dump"]
    content = path.read_bytes()
    assert len(content) <= LARGEST_BYTES
    records = lz4.frame.decompress(content) if content.startswith(LZ4_FRAME) else content
    sidecar = Path(f"{path}.sidecar.json").read_bytes()
    assert not re.findall(rb"(?<![\w.])/(?:root|home|work|tmp|Users)/[^\0]{0,40}", records + sidecar)


@pytest.mark.parametrize("name", RECORDED)
def test_a_side_car_names_a_commit_of_the_incidents_own_repository(name, tmp_path):
    bundle = INCIDENTS / name / "repository.bundle"
    subprocess.run(["git", "clone", "--quiet", str(bundle), "app"], cwd=tmp_path, check=True)
    commits = subprocess.run(
        ["git", "rev-list", "main"], cwd=tmp_path / "app", check=True, capture_output=True, text=True
    ).stdout.split()
    for run in truth(name)["run"]:
        sidecar = read_sidecar(INCIDENTS / name / run["dump"])
        assert sidecar is not None
        assert sidecar.commit in commits
        assert sidecar.dirty is False
        assert sidecar.repo_root == "/srv/app"


@pytest.mark.parametrize("name", RECORDED)
def test_the_repository_holds_the_code_that_is_shown_beside_it(name, tmp_path):
    bundle = INCIDENTS / name / "repository.bundle"
    subprocess.run(["git", "clone", "--quiet", str(bundle), "app"], cwd=tmp_path, check=True)
    plan = tomllib.loads((INCIDENTS / name / "recordings.toml").read_text())
    last = plan["commit"][-1]["stage"]
    shown = {path.name: path.read_text() for path in (INCIDENTS / name / last).glob("*.py")}
    held = {path.name: path.read_text() for path in (tmp_path / "app").glob("*.py")}
    assert held == shown


@pytest.mark.parametrize("name", RECORDED)
def test_every_claim_has_a_verdict_and_every_cause_is_of_the_vocabulary(name):
    facts = truth(name)
    assert {claim["id"] for claim in claims(name)} == set(facts["verdicts"])
    assert set(facts["verdicts"].values()) <= set(VERDICTS)
    named = [facts["cause"], facts.get("not_the_cause", facts["cause"]), *facts.get("contributor", [])]
    assert {part["cause"] for part in named} <= set(CAUSES)


@pytest.mark.parametrize("name", RECORDED)
def test_every_what_if_compares_dumps_that_were_measured(name):
    facts = truth(name)
    measured = {run["dump"] for run in facts["run"]}
    for what_if in facts["what_if"]:
        assert {what_if["before"], what_if["after"]} <= measured
        assert ("remove" in what_if) != ("scale" in what_if)


def test_the_set_of_all_incidents_stays_small():
    dumps = [path for path in INCIDENTS.rglob("*") if path.suffix in (".bin", ".gz", ".tracemalloc")]
    assert sum(path.stat().st_size for path in dumps) <= LARGEST_SET_BYTES


def test_the_start_of_eager_model_is_import_and_weights_and_the_last_stage_has_neither():
    before = hf.load(INCIDENTS / "eager_model/before/startup.bin").profile("peak")
    library, weights = held_under(before, "routes.py:3"), held_under(before, "routes.py:9")
    assert 120e6 < library < 135e6
    assert 180e6 < weights < 200e6
    mapped = before.allocations[before.allocations["allocator"] == "mmap"]
    assert 90_868_376 in set(mapped["bytes"])
    lazy = hf.load(INCIDENTS / "eager_model/lazy_load/startup.bin").profile("peak")
    assert held_under(lazy, "from_pretrained") == 0
    after = hf.load(INCIDENTS / "eager_model/after/startup.bin").profile("peak")
    assert not after.frames["module"].astype(str).str.startswith("torch").any()


def test_the_sitemap_search_allocates_far_more_than_it_holds():
    capture = hf.load(INCIDENTS / "sitemap_regex/before/analyse.bin")
    held = held_under(capture.profile("peak"), "parse_sitemap")
    assert held < 0.25 * capture.summaries["peak"].bytes
    assert peak("sitemap_regex", "before/analyse.bin") < 1.25 * peak("sitemap_regex", "after/analyse.bin")


def test_a_client_costs_the_same_over_http_as_over_https():
    before = {scheme: peak("client_per_item", f"before/{scheme}-10.bin") for scheme in ("http", "https")}
    shared = {scheme: peak("client_per_item", f"shared/{scheme}-10.bin") for scheme in ("http", "https")}
    apiece = {scheme: (before[scheme] - shared[scheme]) / 9 for scheme in before}
    assert 0.5e6 < apiece["http"] < 1e6
    assert 0.5e6 < apiece["https"] < 1.2e6


def test_the_ingest_worker_was_killed_at_its_limit_by_posts_and_not_by_its_model():
    capture = hf.load(INCIDENTS / "ingest_worker/before/killed.bin")
    sidecar = capture.sidecar
    assert sidecar is not None
    assert (sidecar.exit_signal, sidecar.limit_bytes) == ("SIGKILL", 536_870_912)
    assert capture.health.state == "killed"
    end = capture.profile("end")
    assert held_under(end, "load") < 80e6
    assert held_under(end, "fetch") > 300e6
