"""Building profiles: interning stacks and turning columns into the tables of `Profile`.

Readers know this module and their own format. Two ways in: `ProfileBuilder` takes stacks one by
one (small dumps, tests), `profile_from_columns` takes finished integer columns (compiled readers).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import hypot
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from forensics.profile import NO_PARENT, NO_STACK, Origin, Profile

LANGUAGES = ("python", "native", "go", "java", "unknown")
#: Beyond these a text is no dump of a real program, and its tree would take more than 1 GiB.
MOST_CALLSITES = 4 << 20
DEEPEST_PATH = 1 << 16


class OutOfRoom(Exception):
    """A call tree would pass a limit; the text is a clause that names it."""


class Frame(NamedTuple):
    """One place in the code; line is 1-based, 0 unknown."""

    function: str
    file: str = ""
    line: int = 0
    module: str = ""
    language: str = "unknown"


NO_STACK_FRAME = Frame(NO_STACK)


class CallTree:
    """The call paths of one dump: equal frames are one row, equal paths one callsite.

    Profiles of several moments that are built over one tree share their frames and callsites.
    """

    def __init__(self, most_callsites: int = MOST_CALLSITES) -> None:
        self._most = most_callsites
        self._frames: dict[Frame, int] = {}
        #: Parent, from 1 on, above 32 bits of the frame: an int is hashed faster than a pair.
        self._callsites: dict[int, int] = {}
        self._depths: list[int] = []
        self._tables: tuple[pd.DataFrame, pd.DataFrame] | None = None

    def frame(self, frame: Frame) -> int:
        """The id of this frame."""
        return self._frames.setdefault(frame, len(self._frames))

    def path(self, frame_ids: Iterable[int]) -> int:
        """The id of this call path, outermost frame first; an empty one hangs on ``(no stack)``.

        Raises OutOfRoom past a limit on depth or size.
        """
        parent, depth = NO_PARENT, 0
        get = self._callsites.get
        for depth, frame in enumerate(frame_ids):
            key = (parent + 1) << 32 | frame
            found = get(key)
            if found is None:
                found = self._callsites[key] = len(self._depths)
                self._depths.append(depth)
            parent = found
        if depth >= DEEPEST_PATH:
            raise OutOfRoom(f"a stack of more than {DEEPEST_PATH} frames")
        if len(self._depths) > self._most:
            raise OutOfRoom(f"more than {self._most} call paths")
        return self.path((self.frame(NO_STACK_FRAME),)) if parent == NO_PARENT else parent

    def tables(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """``frames`` and ``callsites`` as Profile wants them; the same ones until a path is added."""
        if self._tables is None or len(self._tables[1]) != len(self._depths):
            keys = np.fromiter(self._callsites, np.int64, len(self._callsites))
            callsites = callsite_table((keys >> 32) - 1, keys & 0xFFFFFFFF, self._depths)
            self._tables = frame_table(self._frames), callsites
        return self._tables

    def profile(
        self,
        callsite_id: Sequence[int] | np.ndarray,
        values: Mapping[str, np.ndarray],
        *,
        thread: Sequence[str] = (),
    ) -> Profile:
        """The profile of these rows; those of one call path and thread are added up, errors in quadrature."""
        threads, names = pd.factorize(np.array(thread, dtype=object) if len(thread) else _blank(callsite_id))
        room = max(len(names), 1)
        rows, unique = pd.factorize(np.asarray(callsite_id, np.int64) * room + threads)
        frames, callsites = self.tables()
        return profile_of_tree(
            frames=frames,
            callsites=callsites,
            callsite_id=unique // room,
            thread=pd.Categorical.from_codes(unique % room, categories=pd.Index(names, dtype=object)),
            allocator=pd.Categorical(_blank(unique)),
            values={name: _added_up(name, rows, column, len(unique)) for name, column in values.items()},
        )


def _blank(rows: Sequence[int] | np.ndarray) -> np.ndarray:
    return np.full(len(rows), "", dtype=object)


def _added_up(name: str, rows: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    if name.endswith("_error"):
        return np.sqrt(np.bincount(rows, np.square(values), count))
    sums = np.zeros(count, np.int64)
    np.add.at(sums, rows, values)
    return sums


class ProfileBuilder:
    """Collects allocations stack by stack; equal stacks share one callsite."""

    def __init__(
        self,
        measures: Mapping[str, str] | None = None,
        *,
        errors: Sequence[str] = (),
        tree: CallTree | None = None,
    ) -> None:
        self._measures = dict(measures or {"bytes": "bytes", "blocks": "blocks"})
        self._errors = tuple(f"{measure}_error" for measure in errors)
        self.tree = tree or CallTree()
        self._rows: dict[tuple[int, str, str], list[float]] = {}
        further = (m for m in self._measures if m not in ("bytes", "blocks"))
        self._columns = ["bytes", "blocks", *further, *self._errors]

    def callsite(self, stack: Sequence[Frame]) -> int:
        """The id of this call path, outermost frame first; an empty one hangs on ``(no stack)``."""
        return self.tree.path([self.tree.frame(frame) for frame in stack])

    def add(self, stack: Sequence[Frame], *, thread: str = "", allocator: str = "", **values: float) -> None:
        """Add values (``bytes=``, ``blocks=``, any declared measure) to one call path.

        Standard errors of the measures named in ``errors`` (``bytes_error=``, …) add up in quadrature.
        """
        self.add_to(self.callsite(stack), thread=thread, allocator=allocator, **values)

    def add_to(self, callsite: int, *, thread: str = "", allocator: str = "", **values: float) -> None:
        """The same for a call path of the tree."""
        row = self._rows.setdefault((callsite, thread, allocator), [0] * len(self._columns))
        for position, column in enumerate(self._columns):
            value = values.get(column, 0)
            row[position] = hypot(row[position], value) if column in self._errors else row[position] + value

    def build(self, origin: Origin | None = None) -> Profile:
        """The profile of all that was added so far."""
        keys = list(self._rows)
        values = {column: [row[i] for row in self._rows.values()] for i, column in enumerate(self._columns)}
        frames, callsites = self.tree.tables()
        return profile_of_tree(
            frames=frames,
            callsites=callsites,
            callsite_id=[callsite for callsite, _, _ in keys],
            thread=pd.Categorical([thread for _, thread, _ in keys]),
            allocator=pd.Categorical([allocator for _, _, allocator in keys]),
            values=values,
            measures=self._measures,
            origin=origin,
        )


def frame_table(frames: Iterable[Frame]) -> pd.DataFrame:
    """Frames as the table that Profile wants, in the order given."""
    rows = list(frames)
    return pd.DataFrame(
        {
            "function": pd.array([f.function for f in rows], dtype="str"),
            "file": pd.array([f.file for f in rows], dtype="str"),
            "line": np.array([f.line for f in rows], dtype=np.int32),
            "module": pd.array([f.module for f in rows], dtype="str"),
            "language": pd.Categorical([f.language for f in rows], categories=LANGUAGES),
        }
    )


def profile_from_columns(
    *,
    frames: pd.DataFrame,
    parent_id: Sequence[int] | np.ndarray,
    frame_id: Sequence[int] | np.ndarray,
    depth: Sequence[int] | np.ndarray,
    callsite_id: Sequence[int] | np.ndarray,
    thread: pd.Categorical[Any],
    allocator: pd.Categorical[Any],
    values: Mapping[str, Sequence[float] | np.ndarray],
    measures: Mapping[str, str] | None = None,
    origin: Origin | None = None,
) -> Profile:
    """A profile from finished columns; ``values`` holds bytes, blocks and any further columns.

    Raises BadProfile where the columns break an invariant.
    """
    return profile_of_tree(
        frames=frames,
        callsites=callsite_table(parent_id, frame_id, depth),
        callsite_id=callsite_id,
        thread=thread,
        allocator=allocator,
        values=values,
        measures=measures,
        origin=origin,
    )


def callsite_table(
    parent_id: Sequence[int] | np.ndarray,
    frame_id: Sequence[int] | np.ndarray,
    depth: Sequence[int] | np.ndarray,
) -> pd.DataFrame:
    """The tree as the table that Profile wants."""
    return pd.DataFrame(
        {
            "parent_id": np.asarray(parent_id, dtype=np.int32),
            "frame_id": np.asarray(frame_id, dtype=np.int32),
            "depth": np.asarray(depth, dtype=np.int32),
        },
        copy=False,
    )


def profile_of_tree(
    *,
    frames: pd.DataFrame,
    callsites: pd.DataFrame,
    callsite_id: Sequence[int] | np.ndarray,
    thread: pd.Categorical[Any],
    allocator: pd.Categorical[Any],
    values: Mapping[str, Sequence[float] | np.ndarray],
    measures: Mapping[str, str] | None = None,
    origin: Origin | None = None,
) -> Profile:
    """As `profile_from_columns`, on a tree that several moments share: it is checked once."""
    allocations = pd.DataFrame(
        {
            "callsite_id": np.asarray(callsite_id, dtype=np.int32),
            "thread": thread,
            "allocator": allocator,
            **{
                name: np.asarray(column, dtype=np.float64 if name.endswith("_error") else np.int64)
                for name, column in values.items()
            },
        },
        copy=False,
    )
    return Profile(
        frames=frames,
        callsites=callsites,
        allocations=allocations,
        origin=origin or Origin(),
        measures=dict(measures or {"bytes": "bytes", "blocks": "blocks"}),
    )


def depths_of(parent_id: np.ndarray) -> np.ndarray:
    """Depth of each callsite from parents that come before their children.

    Pointer doubling: about log2(deepest) vectorised passes.
    """
    steps = (parent_id != NO_PARENT).astype(np.int32)
    jump = parent_id.astype(np.int64)
    while (jump != NO_PARENT).any():
        inner = jump != NO_PARENT
        target = jump[inner]
        steps[inner], jump[inner] = steps[inner] + steps[target], jump[target]
    return steps


def module_of(file: str, roots: Sequence[str] = ()) -> str:
    """The dotted module that lies in this file; '' where the path does not tell.

    ``roots`` are directories that modules are imported from (sys.path), if known. Without them the
    innermost ``site-packages``, ``dist-packages`` or ``lib/pythonX.Y`` of the path is the root.
    """
    if file.startswith("<frozen ") and file.endswith(">"):
        return file[8:-1]
    if not file.endswith(_SOURCE_SUFFIXES):
        return ""
    path = file.replace("\\", "/")
    starts = [len(root.rstrip("/")) + 1 for root in roots if root and path.startswith(root.rstrip("/") + "/")]
    standard = _IMPORT_ROOT.match(path)
    if standard:
        starts.append(standard.end())
    if not starts:
        return ""
    parts = path[max(starts) :].split("/")
    parts[-1] = parts[-1].split(".", 1)[0]
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    return ".".join(parts) if all(part.isidentifier() for part in parts) else ""


_SOURCE_SUFFIXES = (".py", ".pyc", ".pyx", ".so", ".pyd")
_IMPORT_ROOT = re.compile(
    r".*/(?:site-packages|dist-packages|python\d+\.zip|lib(?:64)?/python\d+(?:\.\d+)?t?(?:/lib-dynload)?)/|.*\.(?:zip|egg|whl)/"
)
