"""Counting objects and pools, and a saved census as a dump."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import forensics as hf
from forensics.census import census, deep_size, referrers
from forensics.live.objects import count_objects
from forensics.live.pools import pool_states


class Held:
    def __init__(self):
        self.other = None


def row_of(counted, name):
    types = counted.types
    return types[types["name"] == name].iloc[0]


def test_growth_is_against_the_last_census():
    held = [Held() for _ in range(1000)]
    first = census()
    held += [Held() for _ in range(500)]
    second = census()
    assert row_of(first, "Held")["count"] == 1000
    grown = row_of(second, "Held")
    assert (grown["count"], grown["growth_count"]) == (1500, 500)
    assert grown["growth_bytes"] == grown["bytes"] // 3


def test_a_census_cut_by_a_cap_says_so():
    counted = count_objects(max_seconds=10, max_objects=10_000_000)
    assert (counted.cut_because, counted.looked_at) == ("", counted.objects)
    cut = count_objects(max_seconds=0)
    assert cut.cut_because == "stopped after 0 s"
    assert 0 < cut.looked_at < cut.objects
    refused = count_objects(max_objects=10)
    assert (refused.objects, refused.cut_because) == (
        0,
        "more than 40 blocks are allocated: too many to list",
    )


def test_a_saved_census_is_a_dump_whose_totals_are_those_of_the_table(tmp_path):
    counted = census()
    path = counted.save(tmp_path / "census.json")
    capture = hf.load(path)
    assert capture.moments == ("live",)
    assert capture.summaries["live"].bytes == counted.types["bytes"].sum()
    assert capture.summaries["live"].blocks == counted.types["count"].sum()
    assert capture.profile().total_bytes == capture.summaries["live"].bytes
    assert capture.peak_rss_bytes == counted.rss_bytes
    with pytest.raises(hf.ForensicsError, match="exists already"):
        counted.save(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"schema": "forensics/census/1", "census": {"types": [', "is cut or no valid JSON"),
        ('{"schema": "forensics/census/1", "census": {"types": [{"module": 1}]}}', "has a type without"),
        (
            '{"schema": "forensics/census/1", "census": {"types": '
            '[{"module": "m", "name": "n", "count": -1, "bytes": 2}]}}',
            "has a type without",
        ),
    ],
)
def test_a_broken_census_is_a_bad_dump(tmp_path, text, said):
    path = tmp_path / "census.json"
    path.write_text(text)
    with pytest.raises(hf.BadDump, match=said):
        hf.load(path)


def test_a_census_that_was_cut_is_loaded_as_partial(tmp_path):
    path = tmp_path / "census.json"
    counted = {"types": [{"module": "m", "name": "N", "count": 2, "bytes": 64}], "cut_because": "stopped"}
    path.write_text(json.dumps({"schema": "forensics/census/1", "census": counted}))
    capture = hf.load(path)
    assert (capture.complete, capture.health.detail) == (False, "the count was cut: stopped")
    assert capture.profile().total_bytes == 64


def test_threads_of_a_pool_are_told_apart_into_in_use_and_idle():
    release = threading.Event()
    with ThreadPoolExecutor(max_workers=5) as executor:
        waiting = [executor.submit(release.wait) for _ in range(3)]
        row = next(state for state in pool_states([executor]) if state.kind == "thread pool")
        release.set()
        for future in waiting:
            future.result()
    assert (row.instances, row.in_use, row.idle, row.limit) == (1, 3, 0, 5)


def test_a_pool_of_sqlalchemy_is_counted():
    sqlalchemy = pytest.importorskip("sqlalchemy", reason="needs sqlalchemy")
    from sqlalchemy.pool import QueuePool

    engine = sqlalchemy.create_engine("sqlite://", poolclass=QueuePool, pool_size=4, max_overflow=2)
    first, second = engine.connect(), engine.connect()
    second.close()
    states = {state.type: state for state in pool_states([engine, engine.pool])}
    row = states["sqlalchemy.pool.impl.QueuePool"]
    assert (row.in_use, row.idle, row.limit) == (1, 1, 6)
    assert states["sqlalchemy.engine.base.Engine"].instances == 1
    first.close()


def test_an_http_pool_of_urllib3_is_counted():
    urllib3 = pytest.importorskip("urllib3", reason="needs urllib3")
    pool = urllib3.HTTPConnectionPool("127.0.0.1", 9, maxsize=3)
    (row,) = pool_states([pool])
    assert (row.kind, row.in_use, row.idle, row.limit) == ("http pool", 0, 0, 3)


def test_a_half_built_pool_is_counted_without_its_numbers():
    half = object.__new__(ThreadPoolExecutor)
    (row,) = pool_states([half])
    assert (row.instances, row.in_use, row.idle, row.limit) == (1, None, None, None)


def test_who_refers_to_a_type_is_told_by_holder_and_key():
    holder = {"the_key": Held()}
    table = referrers(f"{__name__}.Held")
    assert ("builtins.dict", "the_key", 1) in list(table.itertuples(index=False, name=None))
    with pytest.raises(hf.ForensicsError, match="no such object"):
        referrers("no.such.Type")
    assert deep_size(holder) > deep_size({})


def test_the_size_of_a_named_root_counts_what_it_holds():
    assert census(root=[bytes(100_000)]).root_bytes > 100_000
