"""The tree of a figure: small, honest about what it leaves out, in the order in which it is drawn."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forensics.builder import Frame, ProfileBuilder
from forensics.profile import Profile
from forensics.views.prune import folded_parents, pruned_tree
from tests.text_profiles import profile


def named(shown: Profile, tree: pd.DataFrame) -> list[tuple[str, int, int, int]]:
    """(name, depth, own, total) of each row; "other" for what stands for several."""
    frames = shown.frames["function"].to_numpy()[shown.callsites["frame_id"]]
    return [
        ("other" if row.callsite_id < 0 else frames[row.callsite_id], row.depth, row.own, row.total)
        for row in tree.itertuples()
    ]


def test_everything_is_drawn_when_it_fits() -> None:
    shown = profile("main > load 60 B 1 block\n main > serve 30 B 1 block\n main 10 B 1 block")

    assert named(shown, pruned_tree(shown)) == [
        ("main", 0, 10, 100),
        ("load", 1, 60, 60),
        ("serve", 1, 30, 30),
    ]


def test_what_does_not_fit_is_one_other_row_under_its_parent() -> None:
    shown = profile("""
        main > a 60 B 1 block
        main > b 25 B 1 block
        main > c 10 B 1 block
        main > d > deep 5 B 1 block
        idle 1 B 1 block
    """)

    tree = pruned_tree(shown, limit=5)

    assert named(shown, tree) == [
        ("main", 0, 0, 100),
        ("a", 1, 60, 60),
        ("b", 1, 25, 25),
        ("other", 1, 0, 15),
        ("other", 0, 0, 1),
    ]
    assert tree["hidden"].to_list() == [0, 0, 0, 2, 1]


def test_import_machinery_is_folded_into_the_line_that_imports() -> None:
    shown = profile("""
        app (app.py:1) > _load (<frozen importlib._bootstrap>:9) > lib (lib.py:1) 70 B 1 block
        app (app.py:1) > _load (<frozen importlib._bootstrap>:9) 5 B 1 block
    """)

    tree = pruned_tree(shown, shown=folded_parents(shown))

    assert named(shown, tree) == [("app", 0, 5, 75), ("lib", 1, 70, 70)]


def test_a_profile_that_holds_nothing_has_no_rows() -> None:
    assert pruned_tree(ProfileBuilder().build()).empty


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    builder = ProfileBuilder()
    names = st.sampled_from("abcdef")
    files = st.sampled_from(["app.py", "<frozen importlib._bootstrap>"])
    frame = st.tuples(names, files).map(lambda pair: Frame(*pair))
    for stack, size in draw(
        st.lists(st.tuples(st.lists(frame, max_size=6), st.integers(0, 10_000)), max_size=30)
    ):
        builder.add(stack, bytes=size, blocks=1)
    return builder.build()


@given(profiles(), st.integers(1, 40))
def test_rows_add_up_whatever_is_pruned(shown: Profile, limit: int) -> None:
    tree = pruned_tree(shown, limit=limit, shown=folded_parents(shown))

    assert len(tree) <= limit
    assert tree.loc[tree["parent"] < 0, "total"].sum() == shown.total_bytes
    children = tree[tree["parent"] >= 0].groupby("parent")["total"].sum()
    whole = tree["own"] + children.reindex(tree.index, fill_value=0)
    drawn = tree["callsite_id"] >= 0
    assert (whole[drawn] == tree["total"][drawn]).all()
    assert (tree["parent"] < tree.index).all()


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_tiny_limit_still_shows_the_whole(limit: int) -> None:
    shown = profile("a 6 B 1 block\n b 5 B 1 block\n c 4 B 1 block")

    assert pruned_tree(shown, limit=limit)["total"].sum() == 15
