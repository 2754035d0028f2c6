"""What `diagnose` says of the recorded incidents, against what was measured of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import forensics as hf
from forensics.diagnose import Diagnosis, Finding, diagnose

INCIDENTS = Path(__file__).parents[1] / "sample_dumps" / "incidents"
#: From here on a finding accuses.
SURE = 0.8


@cache
def of(dump: str, limit: str = "512MiB") -> Diagnosis:
    return diagnose(hf.load(INCIDENTS / dump), limit=limit)


def stated(dump: str) -> list[tuple[str, str, str]]:
    return [described(finding) for finding in of(dump).findings if finding.conclusive]


def described(finding: Finding) -> tuple[str, str, str]:
    return finding.kind, finding.cause, finding.owner.function if finding.owner else ""


def accused(dump: str) -> set[str]:
    """First levels of the causes that are named without reserve, imports left out."""
    sure = [finding.cause for finding in of(dump).findings if finding.confidence >= SURE]
    return {cause.split("/")[0] for cause in sure} - {"import"}


@pytest.mark.parametrize(
    ("dump", "finding"),
    [
        ("ingest_worker/before/killed.bin", ("unbounded-cache", "cache", "fetch")),
        ("client_per_item/before/http-10.bin", ("created-per-call", "pool/http", "enriched")),
        ("client_per_item/before/https-10.bin", ("created-per-call", "pool/http", "enriched")),
        ("client_per_item/unused_import/http-10.bin", ("import-unused", "import", "<module>")),
        ("eager_model/before/startup.bin", ("model-loaded-eagerly", "model-load", "<module>")),
        ("eager_model/before/startup.bin", ("import-heavy", "import", "<module>")),
        ("eager_model/search/before.parquet", ("import-heavy", "import", "<module>")),
        ("eager_model/search/before.parquet", ("model-loaded-eagerly", "model-load", "<module>")),
        ("eager_model/search/before.parquet", ("payload-sets-peak", "data", "rank")),
        ("eager_model/search/lazy_load.parquet", ("import-heavy", "import", "<module>")),
        ("eager_model/search/lazy_load.parquet", ("held-throughout", "model-load", "model")),
        ("eager_model/search/after.parquet", ("import-heavy", "import", "model")),
        ("eager_model/workers/each_loads.child1.parquet", ("import-heavy", "import", "<module>")),
        ("eager_model/workers/each_loads.child2.parquet", ("model-loaded-eagerly", "model-load", "<module>")),
        ("eager_model/workers/preload.parquet", ("import-heavy", "import", "<module>")),
        ("eager_model/workers/preload.parquet", ("model-loaded-eagerly", "model-load", "<module>")),
        ("sitemap_regex/before/analyse.bin", ("regex-costs-time", "regex", "parse_sitemap")),
        (
            "link_crawler/dumps/before.heap.pb.gz",
            ("held-throughout", "cache", "example.com/linkcrawler/pagecache.(*Transport).RoundTrip"),
        ),
        (
            "link_crawler/dumps/goroutines.goroutine.pb.gz",
            ("grows", "concurrency", "example.com/linkcrawler/faults.waitForTasks"),
        ),
        (
            "link_crawler/dumps/connections.goroutine.pb.gz",
            ("grows", "concurrency", "example.com/linkcrawler/faults.listenForNotifications"),
        ),
        ("link_crawler/dumps/python-tasks-before.bin", ("grows", "concurrency", "crawl_page")),
        ("link_crawler/dumps/python-threads-before.bin", ("grows", "concurrency", "work")),
        ("link_crawler/dumps/python-connections-before.bin", ("grows", "concurrency", "__init__")),
        ("link_crawler/dumps/python-dict-before.bin", ("grows", "payload", "fetch")),
    ],
)
def test_the_measured_cause_is_found_with_its_owner(dump: str, finding: tuple[str, str, str]) -> None:
    assert finding in stated(dump)


@pytest.mark.parametrize(
    ("dump", "causes"),
    [
        ("client_per_item/after/http-10.bin", set()),
        ("client_per_item/shared/http-10.bin", set()),
        ("client_per_item/unused_import/http-10.bin", set()),
        ("sitemap_regex/first/analyse.bin", set()),
        ("sitemap_regex/before/analyse.bin", set()),
        ("sitemap_regex/after/analyse.bin", set()),
        ("eager_model/before/startup.bin", {"model-load"}),
        ("eager_model/after/startup.bin", set()),
        ("eager_model/search/before.parquet", {"model-load"}),
        ("eager_model/search/lazy_load.parquet", set()),
        ("eager_model/search/after.parquet", set()),
        ("eager_model/workers/each_loads.parquet", set()),
        ("eager_model/workers/each_loads.child1.parquet", {"model-load"}),
        ("eager_model/workers/preload.parquet", {"model-load"}),
        ("eager_model/workers/preload.child1.parquet", set()),
        ("eager_model/pool/five.bin", set()),
        ("eager_model/pool/thirty.bin", set()),
        ("ingest_worker/before/killed.bin", {"cache"}),
        ("ingest_worker/after/posts-4000.bin", set()),
        ("link_crawler/dumps/after.heap.pb.gz", set()),
        ("link_crawler/dumps/many-links.during.heap.pb.gz", set()),
        ("link_crawler/dumps/before.goroutine.pb.gz", set()),
        ("link_crawler/dumps/python-threads-after.bin", set()),
        ("link_crawler/dumps/python-tasks-after.bin", set()),
        ("link_crawler/dumps/python-connections-after.bin", set()),
    ],
)
def test_nothing_else_is_accused(dump: str, causes: set[str]) -> None:
    assert accused(dump) == causes


def test_the_killed_worker_exceeds_and_its_language_data_is_not_what_grows() -> None:
    diagnosis = of("ingest_worker/before/killed.bin")
    assert diagnosis.verdict == "exceeds"
    assert diagnosis.findings[0].owner is not None
    assert diagnosis.findings[0].owner.function == "fetch"
    assert not [f for f in diagnosis.findings if f.owner and f.owner.function == "load" and f.kind == "grows"]


@pytest.mark.parametrize("run", ["before/posts-2000.bin", "before/posts-4000.bin", "after/posts-4000.bin"])
def test_language_data_that_is_loaded_once_is_held_and_sets_no_peak(run: str) -> None:
    owned = [f for f in of(f"ingest_worker/{run}").findings if f.owner and f.owner.function == "load"]
    assert [f.kind for f in owned] == ["held-throughout"]


def test_a_rise_beside_other_work_is_growth_and_says_which_run_would_tell_a_store_from_a_batch() -> None:
    posts = [f for f in of("ingest_worker/before/posts-4000.bin").findings if f.kind == "grows"]
    assert [f.owner.function for f in posts if f.owner] == ["fetch"]
    assert posts[0].confidence < 0.8
    assert "twice as long" in (posts[0].next_measurement or "")


def test_ten_clients_are_counted_and_not_taken_for_one() -> None:
    figures = next(
        f.figures for f in of("client_per_item/before/http-10.bin").findings if f.kind == "created-per-call"
    )
    assert figures["built"] == 10
    assert 8 <= figures["alive"] <= 10


@pytest.mark.parametrize("run", ["after/startup.bin", "pool/five.bin", "pool/thirty.bin"])
def test_what_a_framework_reads_by_itself_is_open_and_named_after_it(run: str) -> None:
    read = [f for f in of(f"eager_model/{run}").findings if f.rule == "web-framework" and f.owner is None]
    assert all(not f.conclusive and "under no line of yours" in f.title for f in read)
    assert read


def test_a_shared_client_that_fills_its_pool_does_not_leak() -> None:
    assert not [f for f in of("client_per_item/shared/http-10.bin").findings if f.kind == "grows"]


@pytest.mark.parametrize("run", ["pool/five.bin", "pool/thirty.bin"])
def test_a_burst_of_requests_is_no_leak_of_sockets_or_threads(run: str) -> None:
    assert not [f for f in of(f"eager_model/{run}").findings if f.kind == "grows" and f.conclusive]


def test_tags_encoded_all_at_once_set_a_peak_and_in_batches_of_ten_do_not() -> None:
    def of_rank(stage: str) -> list[str]:
        findings = of(f"eager_model/search/{stage}.parquet").findings
        return [f.kind for f in findings if f.owner and f.owner.function == "rank" and f.conclusive]

    assert of_rank("before") == ["payload-sets-peak"]
    assert of_rank("lazy_load") == of_rank("after") == []


def test_a_search_by_meaning_exceeds_the_limit_only_where_tags_are_encoded_all_at_once() -> None:
    verdicts = {stage: of(f"eager_model/search/{stage}.parquet").verdict for stage in ("before", "lazy_load")}
    assert verdicts == {"before": "exceeds", "lazy_load": "tight"}


def test_a_preloaded_worker_holds_next_to_nothing_of_its_own() -> None:
    assert of("eager_model/workers/preload.child1.parquet").findings == ()
    assert of("eager_model/workers/preload.child2.parquet").findings == ()
