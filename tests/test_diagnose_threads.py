"""Threads that each hold a piece of their own, and workers whose results are kept by somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd

from forensics.builder import ProfileBuilder
from forensics.capture import Capture, Health, Summary
from forensics.diagnose import diagnose
from forensics.profile import Origin
from forensics.sidecar import Sidecar
from tests.stacks import frames
from tests.test_diagnose_findings import KIB, said

WORKER = "concurrent.futures.thread:_worker > concurrent.futures.thread:run > "


def held_by_threads(
    stack: str, pieces: Sequence[int], *, piece: int = 100 * KIB, threads: int = 0
) -> Capture:
    """One moment of a process whose threads hold so many blocks of one call path each."""
    builder = ProfileBuilder({"bytes": "bytes", "blocks": "blocks"})
    for number, blocks in enumerate(pieces):
        builder.add(
            frames(stack), thread=f"Thread-{number}", allocator="malloc", bytes=blocks * piece, blocks=blocks
        )
    held = builder.build(Origin(moment="peak", path="run.bin", format="memray"))
    return Capture(
        origin=held.origin,
        health=Health(),
        summaries={"peak": Summary(held.total_bytes, held.total_blocks)},
        profiles={"peak": lambda: held},
        sidecar=counting(threads) if threads else None,
    )


def counting(threads: int) -> Sidecar:
    samples = pd.DataFrame({"time": [datetime.now(UTC)] * 20, "threads": [threads] * 20})
    return Sidecar(samples=samples)


def test_a_buffer_of_each_thread_is_a_fan_out_of_the_pool() -> None:
    found = diagnose(held_by_threads(f"{WORKER}workspace", [1] * 20))
    assert said(found) == [("fan-out", "pool/thread", "workspace")]
    assert (found.findings[0].confidence, found.findings[0].figures["threads"]) == (0.8, 20)


def test_as_many_pieces_in_every_thread_are_a_fan_out_less_surely() -> None:
    found = diagnose(held_by_threads(f"{WORKER}workspace", [9] * 20))
    assert said(found) == [("fan-out", "pool/thread", "workspace")]
    assert found.findings[0].confidence == 0.6


def test_results_that_are_spread_over_workers_unevenly_are_no_fan_out() -> None:
    found = diagnose(held_by_threads(f"{WORKER}scanned", [7, 12, 9, 15, 4, 11] * 4))
    assert {kind for kind, _, _ in said(found)} == {"held-throughout"}


def test_what_outlived_its_threads_is_not_held_by_them() -> None:
    ended = diagnose(held_by_threads(f"{WORKER}scanned", [1] * 200, threads=9))
    there = diagnose(held_by_threads(f"{WORKER}scanned", [1] * 200, threads=201))
    assert {kind for kind, _, _ in said(ended)} == {"held-throughout"}
    assert {kind for kind, _, _ in said(there)} == {"fan-out"}


def test_a_few_threads_that_each_loaded_as_much_are_a_fan_out_of_data() -> None:
    found = diagnose(held_by_threads("work > places > json:load", [8_000] * 5, piece=300))
    assert said(found) == [("fan-out", "data", "places")]


def test_a_few_threads_that_share_a_client_library_are_none() -> None:
    stack = "work > ask > requests.sessions:__init__"
    assert "fan-out" not in {kind for kind, _, _ in said(diagnose(held_by_threads(stack, [40] * 5)))}
