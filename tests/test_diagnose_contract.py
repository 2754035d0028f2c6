"""The document of a diagnosis keeps its contract on recorded dumps: keys, sums, integers, honesty."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import forensics as hf

INCIDENTS = Path(__file__).parents[1] / "sample_dumps" / "incidents"
DUMPS = [
    "client_per_item/after/http-10.bin",
    "eager_model/after/startup.bin",
    "ingest_worker/before/killed.bin",
    "link_crawler/dumps/after.heap.pb.gz",
    "link_crawler/dumps/before.goroutine.pb.gz",
    "sitemap_regex/after/analyse.bin",
]
FINDING = {
    "id", "kind", "cause", "title", "bytes_at_peak", "saves_bytes", "owner", "confidence", "evidence", "rule",
    "runner_up", "advice", "next_measurement",
}  # fmt: skip


@cache
def document(dump: str) -> dict[str, Any]:
    return hf.diagnose(hf.load(INCIDENTS / dump), limit="512MiB").to_json()


def numbers(value: object, key: str = "") -> Iterator[tuple[str, object]]:
    """Every number of a document with its key."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from numbers(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers(inner, key)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield key, value


@pytest.mark.parametrize("dump", DUMPS)
def test_every_key_of_the_contract_is_there(dump: str) -> None:
    told = document(dump)
    assert {"schema", "limit_bytes", "verdict", "peak", "complete", "ledger", "findings"} <= set(told)
    assert set(told["peak"]) == {"heap_bytes", "rss_bytes", "moment"}
    assert all(set(finding) >= FINDING for finding in told["findings"])
    assert all(set(row) >= {"cause", "bytes", "blocks", "share"} for row in told["ledger"])


@pytest.mark.parametrize("dump", DUMPS)
def test_shares_add_up_and_bytes_are_integers(dump: str) -> None:
    told = document(dump)
    whole = sum(row["bytes"] for row in told["ledger"])
    assert whole == 0 or sum(row["share"] for row in told["ledger"]) == pytest.approx(1)
    assert told["ledger"][-1]["cause"] == "unexplained"
    assert [key for key, n in numbers(told) if key.endswith("bytes") and not isinstance(n, int)] == []


@pytest.mark.parametrize("dump", DUMPS)
def test_the_same_dump_gives_the_same_document(dump: str) -> None:
    again = hf.diagnose(hf.load(INCIDENTS / dump), limit="512MiB").to_json()
    assert json.dumps(again, sort_keys=True) == json.dumps(document(dump), sort_keys=True)


@pytest.mark.parametrize("dump", DUMPS)
def test_what_rests_on_arenas_is_not_sure_and_what_is_open_says_what_to_measure(dump: str) -> None:
    for finding in document(dump)["findings"]:
        arenas, held = finding["figures"]["arena_bytes"], finding["bytes_at_peak"]
        assert finding["confidence"] <= 0.5 or 2 * arenas <= held
        assert finding["conclusive"] or finding["next_measurement"]
        assert finding["conclusive"] or finding["title"].startswith("Inconclusive: ")


def test_a_killed_process_is_not_called_complete() -> None:
    killed = document("ingest_worker/before/killed.bin")
    assert (killed["complete"], killed["verdict"]) == (False, "exceeds")
