"""The numbered algorithm: from call paths to cause, owner and phase.

1. Whose code each frame is (``places``), and which rules its subject matches (``match``).
2. Strong rules: the innermost matching frame decides, unless one further out outranks its cause.
   A frame of the application ends rules that say so: what a module body builds, or a handler makes that
   a library calls back, is the application's own.
3. Weak rules the same way, used where no strong rule holds.
4. Where neither does and the innermost frame is the application's (or plain standard library below
   it): objects that its code made. Kept, they are a cache; passing, they are data.
5. What is left is unexplained.
6. Owner: the innermost frame of the application. Phase: the outermost frame that tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from forensics.attribute.match import UNNAMED, matches, subjects
from forensics.attribute.places import Places, places
from forensics.attribute.ruleset import PhaseRule, Rule, built_in_rules, phase_rules
from forensics.attribute.sweep import NONE, first_below, holders, innermost
from forensics.causes import CAUSES, PHASES, UNEXPLAINED, parent
from forensics.profile import NO_STACK, Profile

CAUSE_NAMES: tuple[str, ...] = tuple(CAUSES)
_CODE = {name: code for code, name in enumerate(CAUSE_NAMES)}
_PHASE = {name: code for code, name in enumerate(PHASES)}

#: Profiles that count threads of execution, not bytes: each stack is one that is there.
COUNTS = ("goroutines", "goroutine", "threads", "threadcreate")
COUNTED_STACK = Rule(
    id="counted-stack",
    cause="concurrency",
    tier="strong",
    why="The dump counts goroutines or threads: each call path is where some of them are.",
    example="go main.main > go main.wait",
)

THREAD_START = Rule(
    id="thread-start",
    cause="concurrency",
    tier="weak",
    why="Many threads allocated this before they ran any Python: what a thread takes to start.",
    example="(no stack)",
)
#: Functions and classes take less than this a line; what takes more is a value.
LARGE_VALUE = 1 << 20
#: Objects of the application's own from this size on are arrays, images or buffers.
LARGE_BLOCK = 128 << 10
#: From so many threads on, what has no call path is what threads take to start.
MANY_THREADS = 16

#: What step 4 decides, shown like rules; they have no patterns.
OWN_KEPT = Rule(
    id="own-objects-kept",
    cause="cache",
    tier="weak",
    why="Objects that the application itself made and still holds; no library is involved.",
    example="main > store",
)
OWN_HELD = Rule(
    id="own-objects-held",
    cause="data",
    tier="weak",
    why="Objects that the application itself made and holds at the only moment that is known: a table as "
    "likely as a cache.",
    example="main > store",
)
OWN_TASK = Rule(
    id="own-objects-of-tasks",
    cause="concurrency",
    tier="weak",
    why="What a task's own coroutine made and still holds: the task has not ended.",
    example="main > asyncio.events:_run > watch",
)
OWN_PASSING = Rule(
    id="own-objects",
    cause="data",
    tier="weak",
    why="Objects that the application itself made: large blocks, or none that it adds to and keeps.",
    example="main > work",
)
BODY_VALUES = Rule(
    id="own-module-values",
    cause="data",
    tier="weak",
    why="One line of the application's own module body made this much: a table that it reads or builds "
    "when imported.",
    example="settings:<module>",
)
LOADED_TABLE = Rule(
    id="own-table-from-a-file",
    cause="data",
    tier="weak",
    why="What was parsed while the application's own module was imported, and is still there: a table that "
    "it works with, not a document on its way.",
    example="places:<module> > places:__init__ > json:load",
)
UNPICKLED_MODEL = Rule(
    id="unpickled-model",
    cause="model-load",
    tier="weak",
    why="The line that made this also brought in a machine-learning library or rebuilt its objects: it "
    "unpickled a model (pickle itself leaves no frame).",
    example="service:load > importlib._bootstrap:_find_and_load > sklearn.tree:<module>",
)
UNPICKLED_STATE = Rule(
    id="unpickled-by-its-memo",
    cause="model-load",
    tier="weak",
    why="Its blocks double like the memo of an unpickler: state that was saved before, such as a model, an "
    "index or a table, was read back from a pickle.",
    example="service:load",
)
IMPORTED_BODY = Rule(
    id="own-module-body",
    cause="import",
    tier="weak",
    why="Functions, classes and values that the application's own module body made when imported.",
    example="settings:<module>",
)


#: Asked after the rules of the files, in no order: the algorithm chooses among them.
DEFAULTS = (
    COUNTED_STACK,
    THREAD_START,
    UNPICKLED_MODEL,
    UNPICKLED_STATE,
    OWN_TASK,
    OWN_KEPT,
    OWN_HELD,
    OWN_PASSING,
    BODY_VALUES,
    LOADED_TABLE,
    IMPORTED_BODY,
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Assignment:
    """One entry per callsite; valid for every moment of one capture, since these share callsites.

    ``cause`` int16 index into CAUSE_NAMES; ``rule`` and ``runner_up`` int32 index into ``rules``;
    ``matched`` and ``runner_up_at`` the callsite whose frame matched; ``owner`` the callsite of the
    innermost own frame; ``leaf`` that of the innermost frame that is not native; ``phase`` int8
    index into PHASES. -1 is none.
    """

    rules: tuple[Rule, ...]
    cause: np.ndarray
    rule: np.ndarray
    matched: np.ndarray
    runner_up: np.ndarray
    runner_up_at: np.ndarray
    owner: np.ndarray
    leaf: np.ndarray
    phase: np.ndarray
    places: Places

    def has_cause(self, cause: str) -> np.ndarray:
        """A bool per callsite; a first level takes in its second levels."""
        codes = [code for code, name in enumerate(CAUSE_NAMES) if name == cause or parent(name) == cause]
        return np.isin(self.cause, codes)


def assign(
    profile: Profile,
    *,
    rules: Sequence[Rule] | None = None,
    own: Sequence[str] | None = None,
    kept: np.ndarray | None = None,
    followed: bool = False,
    unpickled: np.ndarray | None = None,
    there: np.ndarray | None = None,
) -> Assignment:
    """Cause, owner and phase of every callsite.

    ``rules`` are asked before the built-in ones. ``own``: patterns of file paths that are the
    application's. ``kept`` bool per callsite: what it allocates is still held at the end; without
    it, everything counts as kept in a profile of what is live, nothing in one of a peak.
    ``followed``: the events told it, so what is kept is known to grow. ``unpickled`` bool per
    callsite: its blocks are those of an unpickler (`unpickled_callsites`). ``there`` bool per callsite: most
    of it is there to the end, whether or not it is added to; without it, as ``kept``.
    """
    every = (*(rules or ()), *built_in_rules(), *DEFAULTS)
    where = places(profile, own=own, repo_root=profile.origin.repo_root)
    frame_of = profile.callsites["frame_id"].to_numpy()
    codes, texts = subjects(profile, where)
    found = matches(every, texts)
    owner = innermost(profile.callsites, _owning(profile, where))
    leaf = innermost(profile.callsites, ~where.native[frame_of])
    strong = _decided(profile, every, found, codes, leaf, owner, "strong", where)
    weak = _decided(profile, every, found, codes, leaf, owner, "weak", where)
    rule, at, second, second_at = _first_of(strong, weak)
    phase = _phases(profile, where, codes, texts, owner)
    held = _kept(profile, kept)
    given_way = ("passing", "not-growing") if followed else ("passing",)
    only_passing = np.array([*(each.when in given_way for each in every), False])
    task = _in_spawned_task(profile, where, owner, _pending_tasks(profile, every, rule, held)) & held
    added = held if followed else held & ~_built_once(profile, owner, phase)
    stays = OWN_KEPT if kept is not None else OWN_HELD
    default = _default_rule(profile, where, leaf, owner, phase, added, task, stays, every)
    if unpickled is not None and unpickled.any():
        default = np.where(default != NONE, _with_unpickled(profile, owner, unpickled, default, every), NONE)
    use = ((rule == NONE) | (only_passing[rule] & held)) & (default != NONE)
    replaced = use & (rule != NONE)
    second, second_at = np.where(replaced, rule, second), np.where(replaced, at, second_at)
    rule, at = np.where(use, default, rule), np.where(use, owner, at)
    table = _parsed(every, rule) & (phase == _PHASE["import"]) & (owner != NONE)
    table &= held if there is None else there
    second, second_at = np.where(table, rule, second), np.where(table, at, second_at)
    rule, at = np.where(table, every.index(LOADED_TABLE), rule), np.where(table, owner, at)
    started = _of_many_threads(profile)
    rule = np.where(started, every.index(THREAD_START), rule)
    if profile.primary_measure in COUNTS:
        rule, at = np.full_like(rule, every.index(COUNTED_STACK)), leaf
    cause_of = np.array([_CODE[each.cause] for each in every] + [_CODE[UNEXPLAINED]], dtype=np.int16)
    return Assignment(
        rules=every,
        cause=cause_of[rule],
        rule=rule,
        matched=at,
        runner_up=second,
        runner_up_at=second_at,
        owner=owner,
        leaf=leaf,
        phase=phase,
        places=where,
    )


def _parsed(rules: Sequence[Rule], rule: np.ndarray) -> np.ndarray:
    """A bool per callsite: the rule that decided it is one of documents and messages."""
    return np.array([each.cause == "payload" for each in rules] + [False])[rule]


#: Bodies that Python runs in a frame of their own although they are part of the function around them.
_INNER_BODIES = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>", "<lambda>")


def _owning(profile: Profile, where: Places) -> np.ndarray:
    """A bool per callsite: its frame can own. A comprehension belongs to the function it stands in."""
    frame_of = profile.callsites["frame_id"].to_numpy()
    parents = profile.callsites["parent_id"].to_numpy()
    inner = profile.frames["function"].isin(_INNER_BODIES).to_numpy() & where.own
    around = parents[inner[frame_of]]
    own = where.own[frame_of].copy()
    files = pd.factorize(profile.frames["file"])[0][frame_of]
    within = (around != NONE) & own[around] & (files[around] == files[inner[frame_of]])
    own[np.flatnonzero(inner[frame_of])[within]] = False
    return own


Decision = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def _decided(
    profile: Profile,
    rules: Sequence[Rule],
    found: Sequence[tuple[int, ...]],
    codes: np.ndarray,
    leaf: np.ndarray,
    owner: np.ndarray,
    tier: Literal["strong", "weak"],
    where: Places,
) -> Decision:
    """What the rules of one tier decide: innermost match, outranking, then rules for the leaf."""
    frame_of = profile.callsites["frame_id"].to_numpy()
    anywhere = _first_match(rules, found, tier, "anywhere")[codes][frame_of]
    at_owner = _first_match(rules, found, tier, "owner")[codes][frame_of]
    at_leaf = _first_match(rules, found, tier, "leaf")[codes][frame_of]
    yields = _yields(rules)
    cleared = np.array([rule.ends == "own" for rule in rules])
    # A name of the application's own speaks where no library frame does, and for its own function alone.
    named = np.where(owner != NONE, at_owner[owner], NONE)
    held, at, second, second_at = holders(
        profile.callsites, anywhere, yields=yields, cleared=cleared, clears=where.own[frame_of]
    )
    use = (named != NONE) & ((held == NONE) | ((at < owner) & ~yields[held, named]))
    second, second_at = (
        np.where(use & (held != NONE), held, second),
        np.where(use & (held != NONE), at, second_at),
    )
    held, at = np.where(use, named, held), np.where(use, owner, at)
    candidate = np.where(leaf != NONE, at_leaf[leaf], NONE)
    wins = (candidate != NONE) & ((held == NONE) | ~yields[held, candidate])
    return (
        np.where(wins, candidate, held),
        np.where(wins, leaf, at),
        np.where(wins & (held != NONE), held, second),
        np.where(wins & (held != NONE), at, second_at),
    )


def _first_match(rules: Sequence[Rule], found: Sequence[tuple[int, ...]], tier: str, at: str) -> np.ndarray:
    """Per subject the first rule of this tier and position that matches it; -1 none."""
    wanted = {number for number, rule in enumerate(rules) if rule.tier == tier and rule.at == at}
    return np.array(
        [next((number for number in numbers if number in wanted), NONE) for numbers in found], dtype=np.int32
    )


def _yields(rules: Sequence[Rule]) -> np.ndarray:
    """bool [outer, inner]: the outer rule outranks the cause of the inner one."""
    outranked = {held: _outranked(held) for held in {rule.outranks for rule in rules}}
    table = np.array([outranked[rule.outranks] for rule in rules], dtype=bool).reshape(-1, len(CAUSE_NAMES))
    return table[:, [_CODE[rule.cause] for rule in rules]]


def _outranked(held: Sequence[str]) -> list[bool]:
    """Per cause, whether it or its first level is among these."""
    return [cause in held or parent(cause) in held for cause in CAUSE_NAMES]


def _first_of(strong: Decision, weak: Decision) -> Decision:
    """The strong decision where there is one; the weak one else, and as the runner-up."""
    is_strong = strong[0] != NONE
    rule, at = np.where(is_strong, strong[0], weak[0]), np.where(is_strong, strong[1], weak[1])
    own_second = np.where(is_strong, strong[2], weak[2])
    own_second_at = np.where(is_strong, strong[3], weak[3])
    use_weak = is_strong & (own_second == NONE)
    return (
        rule,
        at,
        np.where(use_weak, weak[0], own_second),
        np.where(use_weak, weak[1], own_second_at),
    )


def _kept(profile: Profile, kept: np.ndarray | None) -> np.ndarray:
    if kept is not None:
        return kept
    return np.full(len(profile.callsites), profile.origin.moment in ("live", "end"))


def _default_rule(
    profile: Profile,
    where: Places,
    leaf: np.ndarray,
    owner: np.ndarray,
    phase: np.ndarray,
    kept: np.ndarray,
    of_task: np.ndarray,
    stays: Rule,
    rules: Sequence[Rule],
) -> np.ndarray:
    """Step 4: the rule for objects of the application's own making; -1 where a library made them.

    ``stays`` is the one for those that are kept.
    """
    frame_of = profile.callsites["frame_id"].to_numpy()
    plain = where.own | where.standard | _generated(profile, where)
    made_here = (owner != NONE) & (leaf != NONE) & plain[frame_of[leaf]]
    in_body = made_here & (phase == _PHASE["import"]) & _module_level(profile, owner)
    of_owner = _made_by_owners(profile, owner, made_here)
    large = _mean_block(profile) >= LARGE_BLOCK
    chosen = np.select(
        [
            _unpickles(profile, where, owner) & (of_owner >= LARGE_VALUE),
            in_body & (of_owner >= LARGE_VALUE),
            in_body,
            kept & large,
            kept & of_task,
            kept,
        ],
        [
            rules.index(each)
            for each in (UNPICKLED_MODEL, BODY_VALUES, IMPORTED_BODY, OWN_PASSING, OWN_TASK, stays)
        ],
        rules.index(OWN_PASSING),
    )
    return np.where(made_here, chosen, NONE)


def _with_unpickled(
    profile: Profile, owner: np.ndarray, unpickled: np.ndarray, default: np.ndarray, rules: Sequence[Rule]
) -> np.ndarray:
    """The defaults, with all that the lines made which unpickled; what is known of it already stays."""
    frame_of = profile.callsites["frame_id"].to_numpy()
    lines = np.unique(frame_of[owner[unpickled & (owner != NONE)]])
    of_line = (owner != NONE) & np.isin(frame_of[owner], lines) & (default != rules.index(UNPICKLED_MODEL))
    return np.where(of_line, rules.index(UNPICKLED_STATE), default)


def made_by_own_code(profile: Profile, assignment: Assignment) -> np.ndarray:
    """A bool per callsite: a frame of the application is innermost, native ones left out."""
    return (assignment.owner != NONE) & (assignment.owner == assignment.leaf)


def _made_by_owners(profile: Profile, owner: np.ndarray, made_here: np.ndarray) -> np.ndarray:
    """int64 per callsite: bytes that its owner's frame made itself, at any moment of the profile."""
    frame_of = profile.callsites["frame_id"].to_numpy()
    frames = np.where(owner != NONE, frame_of[owner], 0)
    sums = np.zeros(max(len(profile.frames), 1), np.int64)
    np.add.at(sums, frames[made_here], profile.own()[made_here])
    return np.where(made_here, sums[frames], 0)


#: Libraries whose pickled objects are models.
MODEL_LIBRARIES = (
    "sklearn", "xgboost", "lightgbm", "catboost", "torch", "tensorflow", "keras", "transformers", "spacy",
    "thinc", "gensim", "nltk", "sentence_transformers", "imblearn", "statsmodels", "prophet", "implicit",
    "surprise", "skops", "pmdarima", "hmmlearn", "lightfm", "fastai", "autogluon", "interpret", "river",
    "umap", "hdbscan",
)  # fmt: skip


def _unpickles(profile: Profile, where: Places, owner: np.ndarray) -> np.ndarray:
    """A bool per callsite: the line of its owner also called straight into a model library's import or state.

    ``pickle.load`` is C and leaves no frame, but the classes that it needs are imported below its
    line, and what has a ``__setstate__`` runs it there.
    """
    callsites = profile.callsites
    frame_of, parents = callsites["frame_id"].to_numpy(), callsites["parent_id"].to_numpy()
    known = _of_libraries(where, MODEL_LIBRARIES) & where.library
    if not known.any():
        return np.zeros(len(frame_of), dtype=bool)
    model = known[frame_of]
    rebuilds = (
        profile.frames["function"].isin(["__setstate__", "_unpickle", "__newobj__"]).to_numpy()[frame_of]
    )
    importing = where.module == "importlib._bootstrap"
    first_import = importing[frame_of] & (parents != NONE) & where.own[frame_of[parents]]
    entered = first_below(callsites, where.library[frame_of], where.own[frame_of])
    below = np.flatnonzero(model & (entered == np.arange(len(entered))))
    caller = np.full(len(parents), NONE)
    nearest_import = innermost(callsites, first_import)[below]
    caller[below] = np.where(nearest_import != NONE, parents[nearest_import], NONE)
    caller[below[rebuilds[below]]] = parents[below[rebuilds[below]]]
    lines = np.unique(frame_of[caller[caller != NONE]])
    return (owner != NONE) & np.isin(frame_of[owner], lines[where.own[lines]])


def _of_libraries(where: Places, names: Sequence[str]) -> np.ndarray:
    """A bool per frame: its module is one of these packages or in one."""
    codes, modules = pd.factorize(where.module)
    return np.array([str(module).split(".", 1)[0] in names for module in modules], dtype=bool)[codes]


def _generated(profile: Profile, where: Places) -> np.ndarray:
    generated = profile.frames["file"].str.startswith("<").to_numpy(dtype=bool)
    return generated & ~where.native & ~where.library


#: What functions are called that build something once.
BUILDING = "load|read|build|index|init|setup|warm|preload|prepare|fill|populate"


def _built_once(profile: Profile, owner: np.ndarray, phase: np.ndarray) -> np.ndarray:
    """A bool per callsite: made while importing, or by a function whose name says that it builds something.

    For dumps that do not tell what grows: there it is a table as likely as not, and no cache.
    """
    named = (
        profile.frames["function"]
        .str.rsplit(".", n=1)
        .str[-1]
        .str.contains(rf"(?i)^_*(?:{BUILDING})")
        .to_numpy(bool)
    )
    of_owner = named[profile.callsites["frame_id"].to_numpy()[owner]]
    return (owner != NONE) & (of_owner | (phase == _PHASE["import"]))


def _module_level(profile: Profile, owner: np.ndarray) -> np.ndarray:
    functions = profile.frames["function"]
    body = (functions == "<module>").to_numpy()[profile.callsites["frame_id"].to_numpy()]
    return np.where(owner != NONE, body[owner], False)


def _phases(
    profile: Profile, where: Places, codes: np.ndarray, texts: Sequence[tuple[str, str]], owner: np.ndarray
) -> np.ndarray:
    """int8 per callsite, index into PHASES.

    "serving" once seen on the way in stays, also for an import below it; an import gives way to
    serving only. Without a telling frame: work under an own function is serving, under a module
    body startup.
    """
    rules: tuple[PhaseRule, ...] = phase_rules()
    of_subject = np.array([rules_phase(rules, numbers) for numbers in matches(rules, texts)], dtype=np.int32)
    told = of_subject[codes][profile.callsites["frame_id"].to_numpy()]
    keeps = _phase_order()
    none_cleared = np.zeros(len(PHASES), dtype=bool)
    never = np.zeros(len(told), dtype=bool)
    held, *_ = holders(profile.callsites, told, yields=keeps, cleared=none_cleared, clears=never)
    plain = _plain_phase(profile, owner)
    return np.where(held == NONE, plain, held).astype(np.int8)


def rules_phase(rules: Sequence[PhaseRule], numbers: Sequence[int]) -> int:
    """The phase that the first of these rules tells; -1 none."""
    return _PHASE[rules[numbers[0]].phase] if numbers else NONE


def _phase_order() -> np.ndarray:
    """bool [outer, inner]: the outer phase stays."""
    table = np.zeros((len(PHASES), len(PHASES)), dtype=bool)
    table[_PHASE["serving"]] = True
    table[_PHASE["shutdown"]] = True
    table[_PHASE["import"]] = True
    table[_PHASE["import"], _PHASE["serving"]] = False
    table[_PHASE["background"], _PHASE["startup"]] = True
    table[_PHASE["background"], _PHASE["shutdown"]] = True
    return table


def _plain_phase(profile: Profile, owner: np.ndarray) -> np.ndarray:
    body = (profile.frames["function"].isin(["<module>", "main", "main.main"])).to_numpy()
    unnamed = profile.frames["function"].isin(UNNAMED).to_numpy()
    owner_frame = profile.callsites["frame_id"].to_numpy()[owner]
    phase = np.where(body[owner_frame], _PHASE["startup"], _PHASE["serving"])
    return np.where((owner == NONE) | unnamed[owner_frame], _PHASE["unknown"], phase)


def _mean_block(profile: Profile) -> np.ndarray:
    """Mean bytes of a block per callsite; 0 where most are arenas, which hold small objects."""
    rows = profile.allocations
    sites = rows["callsite_id"].to_numpy()
    arenas = rows["arena_bytes"].to_numpy() if "arena_bytes" in rows else np.zeros(len(rows), np.int64)
    of_arenas, count = np.zeros((2, len(profile.callsites)), np.int64)
    np.add.at(of_arenas, sites, arenas)
    np.add.at(count, sites, np.where(arenas > 0, 0, rows["blocks"].to_numpy()))
    own = profile.own()
    return np.where(2 * of_arenas > own, 0, (own - of_arenas) // np.maximum(count, 1))


def _of_many_threads(profile: Profile) -> np.ndarray:
    """A bool per callsite: it has no call path, and most of its bytes come from many threads."""
    frame_of = profile.callsites["frame_id"].to_numpy()
    stackless = (profile.frames["function"] == NO_STACK).to_numpy()[frame_of]
    rows = profile.allocations[stackless[profile.allocations["callsite_id"].to_numpy()]]
    by_thread = rows.groupby("thread", observed=True)["bytes"].sum()
    many = len(by_thread) >= MANY_THREADS and by_thread.max() <= 0.5 * by_thread.sum()
    return stackless if many else np.zeros_like(stackless)


#: Tasks that are kept pile up from this many blocks or bytes (arenas, where blocks are not seen) on.
PILED_BLOCKS = 50
PILED_BYTES = 256 << 10


def _pending_tasks(profile: Profile, rules: Sequence[Rule], rule: np.ndarray, held: np.ndarray) -> np.ndarray:
    """The callsites of tasks, futures and timers that are kept; none unless they pile up."""
    number = next(number for number, each in enumerate(rules) if each.id == "asyncio-tasks")
    pending = np.flatnonzero((rule == number) & held)
    blocks, size = profile.own("blocks")[pending].sum(), profile.own()[pending].sum()
    return pending if blocks >= PILED_BLOCKS or size >= PILED_BYTES else pending[:0]


def _in_spawned_task(profile: Profile, where: Places, owner: np.ndarray, pending: np.ndarray) -> np.ndarray:
    """A bool per callsite: made below a task of an event loop, while tasks pile up.

    The event loop runs a task right below ``asyncio.events``; what the functions that start the tasks
    make themselves is left out.
    """
    frame_of = profile.callsites["frame_id"].to_numpy()
    loop = innermost(profile.callsites, (where.module == "asyncio.events")[frame_of])
    if not len(pending):
        return np.zeros(len(frame_of), dtype=bool)
    codes = _function_codes(profile)[frame_of]
    starts = innermost(profile.callsites, _starts_tasks(profile, where)[frame_of]) != NONE
    spawning = owner[starts & (owner != NONE)]
    spawners = np.unique(codes[spawning])
    return (loop != NONE) & (owner != NONE) & (owner > loop) & ~np.isin(codes[owner], spawners)


def _starts_tasks(profile: Profile, where: Places) -> np.ndarray:
    """A bool per frame: it starts a task; without function names, all of ``asyncio.tasks`` may."""
    function = profile.frames["function"]
    named = function.isin(["create_task", "ensure_future", "gather", "start_soon", "spawn"]).to_numpy()
    unnamed = function.isin(UNNAMED).to_numpy()
    module = where.module
    return (named & ~where.own) | (unnamed & (module == "asyncio.tasks"))


def _function_codes(profile: Profile) -> np.ndarray:
    """int per frame: equal where file and function are."""
    files, _ = pd.factorize(profile.frames["file"])
    functions, names = pd.factorize(profile.frames["function"])
    return files.astype(np.int64) * max(len(names), 1) + functions
