"""The Profile: its sums, and that every invariant is enforced (one mutation a rule)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forensics.builder import Frame, ProfileBuilder, depths_of
from forensics.errors import BadProfile
from forensics.profile import NO_STACK, Profile, path_of
from tests.text_profiles import profile

SERVICE = """
main > load_model > torch.load   352 MiB  12 blocks
main > load_model                  1 MiB   2 blocks
main > serve > handle             64 KiB  10 blocks
-                                      5   1 block
"""


def functions(of: Profile) -> list[str]:
    return of.frames["function"].iloc[of.callsites["frame_id"]].tolist()


def test_own_is_what_a_callsite_asked_for_itself() -> None:
    held = dict(zip(functions(profile(SERVICE)), profile(SERVICE).own().tolist(), strict=True))
    assert held == {
        "main": 0,
        "load_model": 1 << 20,
        "torch.load": 352 << 20,
        "serve": 0,
        "handle": 64 << 10,
        NO_STACK: 5,
    }


def test_total_includes_everything_below() -> None:
    held = dict(zip(functions(profile(SERVICE)), profile(SERVICE).total().tolist(), strict=True))
    assert held["main"] == (353 << 20) + (64 << 10)
    assert held["load_model"] == 353 << 20
    assert held[NO_STACK] == 5


def test_total_of_blocks_counts_allocations() -> None:
    assert profile(SERVICE).total("blocks").tolist()[0] == 24


def test_an_allocation_without_a_stack_is_kept() -> None:
    alone = profile("- 7 B 2 blocks")
    assert (alone.total_bytes, alone.total_blocks, functions(alone)) == (7, 2, [NO_STACK])


def test_equal_stacks_share_one_callsite() -> None:
    builder = ProfileBuilder()
    for _ in range(3):
        builder.add([Frame("main"), Frame("work")], bytes=10, blocks=1)
    built = builder.build()
    assert (len(built.callsites), len(built.allocations), built.total_bytes) == (2, 1, 30)


def test_a_stack_comes_back_outermost_first() -> None:
    service = profile(SERVICE)
    leaf = functions(service).index("torch.load")
    assert service.stack(leaf)["function"].tolist() == ["main", "load_model", "torch.load"]


stacks = st.lists(st.sampled_from("abcde"), max_size=6).map(lambda names: [Frame(n) for n in names])
rows = st.lists(st.tuples(stacks, st.integers(0, 2**40), st.integers(0, 99)), max_size=40)


@given(rows)
def test_outermost_totals_add_up_to_the_profile(added: list[tuple[list[Frame], int, int]]) -> None:
    builder = ProfileBuilder()
    for stack, held, blocks in added:
        builder.add(stack, bytes=held, blocks=blocks)
    built = builder.build()
    outermost = built.callsites["parent_id"].to_numpy() == -1
    assert built.total()[outermost].sum() == built.total_bytes == sum(held for _, held, _ in added)
    assert built.total("blocks")[outermost].sum() == sum(blocks for _, _, blocks in added)


@given(rows)
def test_depths_follow_from_parents(added: list[tuple[list[Frame], int, int]]) -> None:
    builder = ProfileBuilder()
    for stack, held, _ in added:
        builder.add(stack, bytes=held)
    sites = builder.build().callsites
    assert depths_of(sites["parent_id"].to_numpy()).tolist() == sites["depth"].tolist()
    assert [len(path_of(builder.build(), i)) - 1 for i in range(len(sites))] == sites["depth"].tolist()


def changed(of: Profile, table: str, column: str, row: int, value: object) -> dict[str, pd.DataFrame]:
    copy = getattr(of, table).copy()
    copy.loc[row, column] = value
    return {table: copy}


@pytest.mark.parametrize(
    ("table", "column", "row", "value", "says"),
    [
        ("frames", "line", 0, -1, "frames.line"),
        ("callsites", "frame_id", 1, 99, "callsites.frame_id"),
        ("callsites", "frame_id", 1, -1, "callsites.frame_id"),
        ("callsites", "parent_id", 1, 99, "callsites.parent_id"),
        ("callsites", "parent_id", 1, -2, "callsites.parent_id"),
        ("callsites", "parent_id", 1, 1, "a parent must come before"),
        ("callsites", "parent_id", 1, 2, "a parent must come before"),
        ("callsites", "depth", 2, 5, "callsites.depth"),
        ("callsites", "depth", 0, 1, "callsites.depth"),
        ("callsites", "frame_id", 3, 1, "must be unique"),
        ("allocations", "callsite_id", 0, 99, "allocations.callsite_id"),
        ("allocations", "callsite_id", 0, -1, "allocations.callsite_id"),
        ("allocations", "bytes", 0, -1, "allocations.bytes"),
        ("allocations", "blocks", 0, -1, "allocations.blocks"),
    ],
)
def test_a_broken_invariant_is_refused(table: str, column: str, row: int, value: object, says: str) -> None:
    with pytest.raises(BadProfile, match=says):
        replace(profile(SERVICE), **changed(profile(SERVICE), table, column, row, value))


@pytest.mark.parametrize("table", ["frames", "callsites", "allocations"])
def test_ids_are_row_numbers(table: str) -> None:
    whole = profile(SERVICE)
    with pytest.raises(BadProfile, match="row numbers"):
        replace(whole, **{table: getattr(whole, table).set_index(np.arange(len(getattr(whole, table))) + 1)})


@pytest.mark.parametrize(
    ("table", "column"), [("frames", "module"), ("callsites", "depth"), ("allocations", "allocator")]
)
def test_every_column_is_there(table: str, column: str) -> None:
    whole = profile(SERVICE)
    with pytest.raises(BadProfile, match=f"{table}: no column '{column}'"):
        replace(whole, **{table: getattr(whole, table).drop(columns=column)})


def test_a_declared_measure_is_there() -> None:
    with pytest.raises(BadProfile, match="goroutines"):
        replace(profile(SERVICE), measures={"goroutines": "goroutines"})


def test_ids_are_integers() -> None:
    whole = profile(SERVICE)
    sites = whole.callsites.astype({"frame_id": "float64"})
    with pytest.raises(BadProfile, match="must be integers"):
        replace(whole, callsites=sites)
