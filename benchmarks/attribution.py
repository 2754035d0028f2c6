"""Attribution of a large profile by many rules: seconds, and against asking every rule of every frame.

The profile is synthetic: a million callsites over a tree of the depth of real ones, with frames of the
application, of libraries that rules know and of ones that none knows. The rules are the built-in ones, made
up to 300 with rules over libraries that do not exist, which cost what a rule costs that matches nothing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from forensics.attribute import Rule, attribute, built_in_rules, places
from forensics.attribute.match import expression, matches, subjects
from forensics.builder import Frame, depths_of, frame_table, profile_from_columns
from forensics.profile import Origin, Profile

TITLE = "attribution"
SITES, FRAMES, RULES = 1_000_000, 20_000, 300
#: Frames of one chain of the tree; each chain hangs on an earlier one.
CHAIN = 20
#: Subjects that the naive way is measured on; its cost is a product, so a sample tells it.
SAMPLE = 300
LIBRARY = "/srv/venv/lib/python3.12/site-packages"
KNOWN = ("torch/serialization", "numpy/_core/numeric", "httpx/_client", "sqlalchemy/pool/base", "bs4/element")


def run() -> Iterator[str]:
    """CPU seconds of a first ledger and of a later one, and the matching against the naive way."""
    profile, rules = synthetic(SITES, FRAMES), many_rules(RULES)
    first = spent(lambda: attribute(profile, rules=rules).table)
    later = spent(lambda: attribute(synthetic(SITES, FRAMES, seed=8), rules=rules).table) - spent(
        lambda: synthetic(SITES, FRAMES, seed=8)
    )
    _, texts = subjects(profile, places(profile))
    every = (*rules, *built_in_rules())
    indexed = spent(lambda: matches(every, texts))
    naive = spent(lambda: one_by_one(every, texts[:: max(len(texts) // SAMPLE, 1)])) * max(
        len(texts) // SAMPLE, 1
    )
    yield f"{len(profile.callsites):,} callsites, {len(texts):,} distinct subjects, {len(every)} rules\n"
    yield "| what | CPU s |"
    yield "| --- | ---: |"
    yield f"| ledger, patterns compiled on the way | {first:.2f} |"
    yield f"| ledger of a second profile | {later:.2f} |"
    yield f"| matching alone | {indexed:.3f} |"
    yield f"| every pattern asked of every subject (from a sample) | {naive:.1f} |"
    yield f"| that ÷ matching | {naive / indexed:.0f} |"


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def synthetic(sites: int, n_frames: int, *, seed: int = 7) -> Profile:
    """A tree of ``sites`` callsites in chains, over ``n_frames`` frames, drawn with a fixed seed."""
    random = np.random.default_rng(seed)
    ids = np.arange(sites)
    parents = ids - 1
    starts = ids[::CHAIN]
    parents[starts] = np.where(starts > 0, (starts * random.random(len(starts))).astype(np.int64), -1)
    frame_ids = random.integers(0, n_frames, sites)
    keys = pd.Series(parents * n_frames + frame_ids)
    frame_ids = np.where(keys.duplicated(), n_frames + ids % n_frames, frame_ids)
    table = frame_table([_frame(number) for number in range(2 * n_frames)])
    thread = pd.Categorical.from_codes(np.zeros(sites, np.int8), categories=["main"])
    return profile_from_columns(
        frames=table,
        parent_id=parents.astype(np.int32),
        frame_id=frame_ids.astype(np.int32),
        depth=depths_of(parents.astype(np.int32)),
        callsite_id=ids.astype(np.int32),
        thread=thread,
        allocator=thread,
        values={"bytes": random.integers(0, 1000, sites), "blocks": np.ones(sites, np.int64)},
        origin=Origin(moment="peak"),
    )


def _frame(number: int) -> Frame:
    """A frame of the application, of a library that rules know, of native code, of a library none knows."""
    name, line = f"function_{number % 4000}", number % 900 + 1
    file = (
        f"/srv/app/part{number % 300}.py",
        f"{LIBRARY}/{KNOWN[number % len(KNOWN)]}.py",
        f"/usr/lib/libthing{number % 40}.so.1",
        f"{LIBRARY}/package{number % 500}/inner.py",
    )[number % 4]
    return Frame(name, file, line, "", "native" if file.endswith(".1") else "python")


def many_rules(count: int) -> tuple[Rule, ...]:
    """Rules over libraries that do not exist: as many as make ``count`` with the built-in ones."""
    return tuple(
        Rule(
            id=f"made-up-{number}",
            cause="cache",
            tier="strong",
            why="It costs what a rule costs.",
            example="main > work",
            python=(f"library{number}.core:load*", f"library{number}.pool", f"library{number}.io:read"),
            native=(f"lib{number}extra*:*", f"*:lib{number}_alloc*"),
            own=(f"*:remember_{number}*",),
            go=(f"example.com/made{number}.*",),
        )
        for number in range(max(count - len(built_in_rules()), 0))
    )


def one_by_one(rules: Sequence[Rule], texts: Sequence[tuple[str, str]]) -> int:
    """How many patterns match, each asked of each subject of its scope."""
    scopes = {
        scope: [re.compile(expression(scope, p)) for rule in rules for p in rule.patterns(scope)]
        for scope in ("python", "own", "native", "go")
    }
    return sum(
        pattern.fullmatch(text) is not None for scope, text in texts for pattern in scopes.get(scope, ())
    )
