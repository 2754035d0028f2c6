"""Findings from real event streams: what grows, fills, stays or passes, and who is acquitted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from forensics.capture import Capture, EventChunk, EventStream, Health, Summary
from forensics.curves import behaviour
from forensics.diagnose import Diagnosis, diagnose
from forensics.diagnose.case import repetitions
from forensics.diagnose.distributions import distribution_of, requirement_line
from forensics.diagnose.outside import only_rises
from forensics.errors import UsageError
from forensics.profile import Origin, Profile
from tests.stacks import ProfileBuilder, frames, profile

KIB, MIB = 1 << 10, 1 << 20


def run(*steps: tuple[str, int, int], arenas: bool = False) -> Capture:
    """A capture of these steps in order: (stack, bytes, +1 allocated or -1 freed).

    With ``arenas`` every block of 1 MiB is one of Python's small-object allocator.
    """
    builder = ProfileBuilder({"bytes": "bytes", "blocks": "blocks"})
    sites = [builder.callsite(frames(stack)) for stack, _, _ in steps]
    sizes = np.array([size * sign for _, size, sign in steps], np.int64)
    signs = np.array([sign for _, _, sign in steps], np.int8)
    live = np.cumsum(sizes)
    top = int(live.argmax()) + 1
    chunk = EventChunk(
        0, np.array(sites, np.int32), sizes, signs,
        np.zeros(len(sites), np.int32), np.zeros(len(sites), np.uint8),
        np.full(len(sites), -1, np.int32),
    )  # fmt: skip
    moments = {"peak": slice(0, top), "end": slice(None), "allocated": signs > 0}
    profiles = {moment: _held(steps, sites, chosen, moment, arenas) for moment, chosen in moments.items()}
    return Capture(
        origin=Origin(path="run.bin", format="memray"),
        health=Health(),
        summaries={moment: Summary(p.total_bytes, p.total_blocks) for moment, p in profiles.items()},
        profiles={moment: (lambda held=held: held) for moment, held in profiles.items()},
        event_stream=EventStream(chunks=lambda: _once(chunk), threads=("main",), allocators=("malloc",)),
    )


def _once(chunk: EventChunk) -> Iterator[EventChunk]:
    yield chunk


def _held(
    steps: tuple[tuple[str, int, int], ...],
    sites: list[int],
    chosen: slice | np.ndarray,
    moment: str,
    arenas: bool,
) -> Profile:
    builder = ProfileBuilder({"bytes": "bytes", "blocks": "blocks", "arena_bytes": "bytes"})
    for stack, _, _ in steps:
        builder.add(frames(stack), bytes=0, blocks=0)
    for number in np.arange(len(steps))[chosen]:
        stack, size, sign = steps[number]
        arena = size * sign if arenas and size == MIB else 0
        builder.add(frames(stack), bytes=size * sign, blocks=sign, arena_bytes=arena)
    return builder.build(Origin(moment=moment, path="run.bin", format="memray"))


def said(found: Diagnosis) -> list[tuple[str, str, str]]:
    return [(f.kind, f.cause, f.owner.function if f.owner else "") for f in found.findings if f.conclusive]


def work(times: int, *steps: tuple[str, int, int]) -> list[tuple[str, int, int]]:
    return [step for _ in range(times) for step in steps]


PASSING = [("main > answer > json:dumps", 100 * KIB, 1), ("main > answer > json:dumps", 100 * KIB, -1)]


def test_what_is_kept_at_each_call_is_an_unbounded_cache() -> None:
    found = diagnose(run(*work(400, ("main > quote", 40 * KIB, 1), *PASSING)))
    assert said(found) == [("unbounded-cache", "cache", "quote")]
    finding = found.findings[0]
    assert (finding.bytes_at_peak, finding.saves_bytes) == (400 * 40 * KIB, 400 * 40 * KIB)
    assert finding.confidence >= 0.8


def test_a_cache_that_reached_its_bound_is_no_leak() -> None:
    filling = work(60, *PASSING, ("main > quote", 40 * KIB, 1))
    turning = work(340, *PASSING, ("main > quote", 40 * KIB, 1), ("main > quote", 40 * KIB, -1))
    assert said(diagnose(run(*filling, *turning))) == [("cache-filling", "cache", "quote")]


def test_what_is_loaded_once_and_stays_is_held_throughout() -> None:
    loading = work(20, ("main > table", 200 * KIB, 1))
    assert said(diagnose(run(*loading, *work(300, *PASSING)))) == [("held-throughout", "data", "table")]


def test_one_batch_that_is_given_back_sets_the_peak() -> None:
    batch = [("main > report > numpy:ones", 8 * MIB, 1)] * 3
    back = [("main > report > numpy:ones", 8 * MIB, -1)] * 3
    found = diagnose(run(*work(50, *PASSING), *batch, *back, *work(50, *PASSING)))
    assert said(found) == [("payload-sets-peak", "data", "report")]


MODEL = "service#9 > sentence_transformers.SentenceTransformer:__init__ > torch.nn.modules.sparse:__init__"
IMPORTING = "main:<module> > importlib._bootstrap:_find_and_load > "


def model(prefix: str) -> list[tuple[str, int, int]]:
    layers = [f"{prefix} > safetensors.torch:load_file#{line}" for line in range(1, 10)]
    return [(layer, 3 * MIB, 1) for layer in layers]


def test_a_model_in_a_module_body_is_loaded_eagerly() -> None:
    found = diagnose(run(*model(f"{IMPORTING}routes:<module>"), *work(50, *PASSING)))
    assert said(found) == [("model-loaded-eagerly", "model-load", "<module>")]
    assert found.findings[0].figures["phase"] == "import"


def test_the_same_model_for_each_tenant_is_loaded_repeatedly() -> None:
    each = [*model("main:<module> > main:handle > tenants:ranker"), *PASSING]
    found = diagnose(run(*work(6, *each)))
    assert said(found) == [("model-loaded-repeatedly", "model-load", "ranker")]
    assert (found.findings[0].figures["loads"], found.findings[0].figures["alive"]) == (6, 6)


CLIENT = [
    (f"main > check_row > httpx._client:__init__ > httpx._config:part#{n}", 90 * KIB, 1) for n in range(1, 9)
]


def test_a_client_per_call_is_counted_and_one_client_is_acquitted() -> None:
    assert said(diagnose(run(*work(12, *CLIENT, *PASSING)))) == [
        ("created-per-call", "pool/http", "check_row")
    ]
    assert said(diagnose(run(*CLIENT, *work(200, *PASSING)))) == []


def test_what_comes_through_a_connection_is_no_connection() -> None:
    pages = ("main > note > sqlalchemy.engine.default:do_executemany", 4 * KIB, 1)
    assert said(diagnose(run(*work(900, pages, *PASSING)))) == [("grows", "pool/db", "note")]


def test_regular_expressions_that_only_pass_cost_time() -> None:
    matching = [("main > parse > re:search", 60 * KIB, 1), ("main > parse > re:search", 60 * KIB, -1)]
    rows = work(30, ("main > parse > numpy:ones", 300 * KIB, 1))
    found = diagnose(run(*rows, *work(400, *matching)))
    costs = [finding for finding in found.findings if finding.cause == "regex"]
    assert [(finding.kind, finding.bytes_at_peak) for finding in costs] == [("regex-costs-time", 60 * KIB)]
    assert "cost time, not memory" in costs[0].title


UNUSED = [
    (f"{IMPORTING}report:<module>#3 > importlib._bootstrap:_find_and_load > sympy:<module>#{n}", MIB, 1)
    for n in range(1, 9)
]


def test_an_import_is_unused_until_something_of_it_runs() -> None:
    unused = diagnose(run(*UNUSED, *work(50, *PASSING)))
    assert said(unused) == [("import-unused", "import", "<module>")]
    assert unused.findings[0].figures["distribution"] == "sympy"
    used = ("main > solve > sympy.solvers:solve", 10 * KIB, 1)
    assert said(diagnose(run(*UNUSED, used, *work(50, *PASSING)))) == [("import-heavy", "import", "<module>")]


SYMPY = f"{IMPORTING}report:<module> > importlib._bootstrap:_find_and_load > sympy:<module>"


@pytest.mark.parametrize(
    ("later", "kind"),
    [("main > answer", "import-unused"), ("main > answer > sympy.solvers:solve", "import-heavy")],
)
def test_one_snapshot_tells_disuse_where_nothing_later_of_it_is_alive(later: str, kind: str) -> None:
    work = "\n".join(f"{later}#{line}  2 KiB 2 blocks" for line in range(1, 30))
    held = profile(f"{SYMPY}  8 MiB 9 blocks\n{work}", moment="live")
    found = diagnose(one_moment(held)).findings[0]
    assert (found.kind, found.confidence) == (kind, 0.6 if kind == "import-unused" else 0.85)


def test_a_snapshot_with_next_to_no_work_in_it_says_nothing_of_use() -> None:
    held = profile(f"{SYMPY}  8 MiB 9 blocks\nmain > answer  2 KiB 2 blocks", moment="live")
    assert [f.kind for f in diagnose(one_moment(held)).findings] == ["import-heavy"]


def test_a_snapshot_whose_stacks_do_not_reach_the_application_says_nothing_of_use() -> None:
    cut = "importlib._bootstrap:_find_and_load > sympy:<module>"
    work = "\n".join(f"main > answer#{line}  2 KiB 2 blocks" for line in range(1, 30))
    held = profile(f"{cut}  8 MiB 9 blocks\n{work}", moment="live")
    assert [f.kind for f in diagnose(one_moment(held)).findings] == ["import-heavy"]


def one_moment(held: Profile) -> Capture:
    return Capture(
        origin=held.origin,
        health=Health(),
        summaries={held.origin.moment: Summary(held.total_bytes, held.total_blocks)},
        profiles={held.origin.moment: lambda: held},
    )


def test_a_finding_made_of_arenas_is_never_surer_than_a_half() -> None:
    held = profile("main > importlib._bootstrap:_find_and_load > sympy:<module>  64 MiB 64 blocks @arena")
    finding = diagnose(one_moment(held)).findings[0]
    assert finding.confidence <= 0.5
    assert "--trace-python-allocators" in str(finding.next_measurement)


def test_one_snapshot_names_what_is_held_and_says_what_would_settle_it() -> None:
    held = profile("main > collect  3 MiB 9 blocks\nmain > json:loads  5 MiB 5 blocks", moment="live")
    found = diagnose(one_moment(held))
    assert all(finding.confidence < 0.8 and finding.next_measurement for finding in found.findings)
    assert all(finding.saves_bytes is None for finding in found.findings)


def test_the_document_keeps_its_contract() -> None:
    document = diagnose(run(*work(400, *PASSING, ("main > quote", 40 * KIB, 1))), limit="1GiB").to_json()
    assert document["schema"] == "forensics/diagnose/1"
    assert document["limit_bytes"] == 1 << 30
    assert document["verdict"] in ("exceeds", "fits", "tight", "unknown")
    assert {"heap_bytes", "rss_bytes", "moment"} <= set(document["peak"])
    assert document["ledger"][-1]["cause"] == "unexplained"
    assert set(document["findings"][0]) >= {
        "id", "kind", "cause", "title", "bytes_at_peak", "saves_bytes", "owner", "confidence",
        "evidence", "rule",
        "runner_up", "advice", "next_measurement",
    }  # fmt: skip
    assert document["findings"][0]["owner"] == {"function": "quote", "file": "/srv/app/main.py", "line": 1}
    assert document["findings"][0]["evidence"][0]["callsite"] == [
        "main (/srv/app/main.py:1)",
        "quote (/srv/app/main.py:1)",
    ]


def test_ids_survive_shifted_lines() -> None:
    one = diagnose(run(*work(400, *PASSING, ("main > quote#8", 40 * KIB, 1)))).findings[0]
    other = diagnose(run(*work(400, *PASSING, ("main > quote#9", 40 * KIB, 1)))).findings[0]
    assert one.id == other.id


def test_several_captures_start_with_the_highest_peak() -> None:
    small, large = run(*PASSING), run(*work(9, ("main > quote", MIB, 1)))
    found = diagnose([small, large])
    assert found.ledger.profile.total_bytes == 9 * MIB
    assert len(found.to_json()["captures"]) == 2
    with pytest.raises(UsageError, match="no capture"):
        diagnose([])
    with pytest.raises(UsageError, match="no size"):
        diagnose(small, limit="banana")


def test_what_rises_beside_others_that_rise_was_not_gathered_for_a_last_step() -> None:
    both = [("main > quote", 200, 1)] * 9 + [("main > price", 3_000, 1)] * 9
    going = work(400, *both, *PASSING)
    gone = [(stack, size, -1) for stack, size, sign in going if (stack, size) in {s[:2] for s in both}]
    found = {(f.kind, f.owner and f.owner.function) for f in diagnose(run(*going, *gone)).findings}
    assert found == {("grows", "quote"), ("grows", "price")}


def test_arenas_of_one_function_among_those_of_many_show_no_growth() -> None:
    asked = [(f"main > work_{n}", 1 * MIB, 1) for n in range(9)]
    found = diagnose(run(*work(40, *asked, *PASSING), arenas=True))
    assert not [f for f in found.findings if f.conclusive]
    alone = diagnose(run(*work(40, asked[0], *PASSING), arenas=True))
    assert [f.kind for f in alone.findings] == ["unbounded-cache"]


def test_a_table_that_a_function_opened_by_its_name_is_no_pool() -> None:
    rows = [("main > open_register", 400, 1)] * 2_000
    found = diagnose(run(*rows, *work(300, *PASSING), *[("main > answer > numpy:ones", 200 * KIB, 1)] * 2))
    assert ("held-throughout", "data", "open_register") in said(found)


def test_what_begins_late_and_comes_call_by_call_grows_and_is_not_said_to_stay() -> None:
    late = work(80, ("main > quote", 40 * KIB, 1), *PASSING)
    found = diagnose(run(*work(400, *PASSING), *late)).findings[0]
    assert (found.kind, found.confidence) == ("grows", 0.6)


def test_a_table_that_the_work_needs_until_the_exit_is_held_and_no_batch() -> None:
    table = work(60, ("main > tariff", 100 * KIB, 1), *PASSING)
    gone = [("main > tariff", 100 * KIB, -1)] * 60
    assert said(diagnose(run(*table, *work(300, *PASSING), *gone))) == [("held-throughout", "data", "tariff")]


@pytest.mark.parametrize(
    ("live", "added", "word"),
    [
        (range(0, 640, 10), [1] * 64, "grows"),
        ([min(n, 10) for n in range(64)], [1] * 64, "fills"),
        ([min(n, 10) for n in range(64)], [1] * 10 + [0] * 54, "stays"),
        ([0] * 30 + [9] * 4 + [0] * 30, [1] * 64, "passes"),
        ([0] * 64, [0] * 64, "unknown"),
    ],
)
def test_curves_have_a_behaviour(live: range | list[int], added: list[int], word: str) -> None:
    assert behaviour(np.asarray(live, np.int64), np.asarray(added, np.int64)) == word


@pytest.mark.parametrize(
    ("blocks", "times"),
    [
        ([6, 6, 12, 18, 6, 1], 6),
        ([1, 1, 2, 18, 5, 1, 1], 1),
        ([160], 160),
        ([], 0),
        ([94502, 4630, 15300], 0),
        ([1] * 36 + [2] * 4 + [150] * 7 + [300, 450, 15600], 150),
    ],
)
def test_repetitions_are_counted_from_blocks_per_call_path(blocks: list[int], times: int) -> None:
    assert repetitions(np.asarray(blocks, np.int64)) == times


@pytest.mark.parametrize(
    ("counts", "rises"),
    [
        ([0, 0, 20, 40, 80, 160, 0], True),
        ([50] * 9, False),
        ([0, 80, 5, 90, 0, 70, 10, 60], False),
        ([0, 5, 9, 12], False),
        ([0, 0, 19, 56, 89, 89, 89, 89, 89, 89, 0], False),
        ([0, 0, 190, 560, 890, 890, 890, 890, 890, 890, 0], True),
    ],
)
def test_counts_that_only_rise(counts: list[int], rises: bool) -> None:
    assert only_rises(np.asarray(counts)) == rises


def test_requirement_files_are_searched_for_a_distribution(tmp_path: object) -> None:
    from pathlib import Path

    repo = Path(str(tmp_path))
    (repo / "requirements.txt").write_text(
        "flask==3\n# sentence-transformers==9\nsentence_transformers>=3\ntorchvision\n"
    )
    assert requirement_line(repo, distribution_of("sentence_transformers")) == "requirements.txt:3"
    assert requirement_line(repo, "torch") is None
