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
        ["git", "rev-list", "--all"], cwd=tmp_path / "app", check=True, capture_output=True, text=True
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
    main = [commit["stage"] for commit in plan["commit"] if "follows" not in commit]
    branches = {commit["stage"]: commit["stage"] for commit in plan["commit"] if "follows" in commit}
    for branch, stage in {"main": main[-1], **branches}.items():
        subprocess.run(["git", "checkout", "--quiet", branch], cwd=tmp_path / "app", check=True)
        shown = {path.name: path.read_text() for path in (INCIDENTS / name / stage).glob("*.py")}
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
    dumps = [
        path
        for path in INCIDENTS.rglob("*")
        if path.suffix in (".bin", ".gz", ".zst", ".parquet", ".tracemalloc")
    ]
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


ANSWERS = INCIDENTS / "ingest_worker/watched/answers"
ROUNDS = truth("ingest_worker")["answers"]


@pytest.mark.parametrize("told", ROUNDS, ids=lambda told: str(told["round"]))
def test_the_endpoint_told_the_resident_set_and_the_limit_while_the_store_grew(told):
    capture = hf.load(ANSWERS / f"{told['round']}.memory.json.zst")
    assert capture.origin.format == "census"
    assert capture.peak_rss_bytes == told["rss_bytes"]
    assert capture.extras["tracemalloc"]["current_bytes"] == told["traced_bytes"]
    assert (capture.sidecar.limit_bytes, capture.origin.commit) == (512 << 20, commit_of("watched"))


def commit_of(stage: str) -> str:
    sidecar = read_sidecar(INCIDENTS / "ingest_worker" / stage / "killed.bin")
    assert sidecar is not None
    return sidecar.commit


PULLED = [
    pytest.param(told, key, f"{told['round']}.{file}", id=f"{told['round']}-{key}")
    for told in ROUNDS
    for key, file in (("heap_bytes", "heap.pb.gz"), ("snapshot_bytes", "tracemalloc.zst"))
    if key in told
]


@pytest.mark.parametrize(("told", "key", "file"), PULLED)
def test_what_was_pulled_holds_to_the_byte_what_was_measured_and_never_more_than_one_model(told, key, file):
    live = hf.load(ANSWERS / file).profile("live")
    assert live.total_bytes == told[key]
    assert held_under(live, "language.py:19") < 64_005_000


def test_the_series_grows_by_posts_alone_until_the_worker_is_killed_at_its_limit():
    resident = [told["rss_bytes"] for told in ROUNDS]
    assert resident == sorted(resident)
    assert resident[-1] - resident[0] > 400e6
    files = [f"{told['round']}.tracemalloc.zst" for told in ROUNDS if "snapshot_bytes" in told]
    posts = [held_under(hf.load(ANSWERS / file).profile("live"), "worker.py:26") for file in files]
    whole = [told["snapshot_bytes"] for told in ROUNDS if "snapshot_bytes" in told]
    assert len(posts) >= 3
    assert posts[-1] - posts[0] > 0.95 * (whole[-1] - whole[0]) > 100e6
    assert abs(held_under(hf.load(ANSWERS / files[-1]).profile("live"), "language.py:19") - 64e6) < 5_000
    ended = read_sidecar(INCIDENTS / "ingest_worker/watched/killed.bin")
    assert ended is not None
    assert (ended.exit_signal, ended.oom_killed, ended.limit_bytes) == ("SIGKILL", True, 512 << 20)
    assert ended.samples["rss_bytes"].iloc[-1] > resident[-1]


def test_no_snapshot_was_made_when_it_could_have_passed_the_limit():
    last = ROUNDS[-1]
    assert {"heap_bytes", "snapshot_bytes"}.isdisjoint(last)
    assert sorted(path.suffixes[0] for path in ANSWERS.glob(f"{last['round']}.*.zst")) == [".memory"]


@pytest.mark.parametrize(("told", "key", "file"), PULLED)
def test_what_was_pulled_is_small_and_names_neutral_paths_alone(told, key, file):
    frames = hf.load(ANSWERS / file).profile("live").frames
    folders = set(frames["file"].astype(str).str.split("/").str[1].dropna())
    assert folders <= {"srv", "usr"}
    assert (ANSWERS / file).stat().st_size < 500_000


@pytest.mark.parametrize("file", ["heap.pb.gz", "tracemalloc.zst"])
def test_diagnose_names_the_line_that_fetches_posts_as_the_owner_of_what_was_pulled_last(file):
    last = max(told["round"] for told in ROUNDS if "snapshot_bytes" in told)
    watched = INCIDENTS / "ingest_worker/watched"
    found = hf.diagnose(hf.load(ANSWERS / f"{last}.{file}"), limit="512MiB", repo=watched).findings[0]
    owner = found.owner
    assert (found.cause, owner.file.rsplit("/", 1)[-1], owner.line) == ("payload", "worker.py", 26)
    assert owner.function == ("fetch" if file.endswith("zst") else "worker.py:26")


def test_a_single_frame_as_in_the_runbook_names_no_owner_of_the_posts():
    last = max((INCIDENTS / "ingest_worker/before/snapshots").glob("*.tracemalloc.gz"))
    posts = [finding for finding in hf.diagnose(hf.load(last)).findings if finding.cause == "payload"]
    assert [finding.owner for finding in posts] == [None]


def test_batches_of_ten_take_half_of_what_encoding_all_tags_at_once_took():
    searches = {stage: f"search/{stage}.parquet" for stage in ("before", "lazy_load", "after")}
    profiles = {
        stage: hf.load(INCIDENTS / "eager_model" / dump).profile("peak") for stage, dump in searches.items()
    }
    encoded = {stage: held_under(profile, "encode") for stage, profile in profiles.items()}
    assert encoded == pytest.approx(truth("eager_model")["searches"]["encode_bytes_at_peak"], rel=0.02)
    assert encoded["lazy_load"] < 0.6 * encoded["before"]


def test_two_workers_load_the_model_twice_and_once_where_it_is_preloaded():
    def held(dump: str) -> tuple[int, int]:
        profile = hf.load(INCIDENTS / "eager_model/workers" / dump).profile("peak")
        return held_under(profile, "routes.py:3"), held_under(profile, "routes.py:9")

    for loading in ("each_loads.child1.parquet", "each_loads.child2.parquet", "preload.parquet"):
        library, weights = held(loading)
        assert 120e6 < library < 135e6
        assert 180e6 < weights < 200e6
    for other in ("each_loads.parquet", "preload.child1.parquet", "preload.child2.parquet"):
        assert held(other) == (0, 0)


def test_preloading_saves_most_of_a_second_library_and_model_in_shared_pages():
    runs = {run["dump"]: run for run in truth("eager_model")["run"]}
    shared = {
        name: runs[f"workers/{name}.parquet"]["plain_all_pss_bytes"] for name in ("each_loads", "preload")
    }
    assert 150e6 < shared["each_loads"] - shared["preload"] < 300e6


def test_each_worker_tells_its_own_resident_set_beside_its_capture():
    for name in ("each_loads", "preload"):
        first = read_sidecar(INCIDENTS / f"eager_model/workers/{name}.parquet")
        for number in (1, 2):
            child = read_sidecar(INCIDENTS / f"eager_model/workers/{name}.child{number}.parquet")
            assert child.document["process"]["child_of"] == first.pid
            assert child.commit == first.commit
            assert child.samples["rss_bytes"].max() > 300e6
