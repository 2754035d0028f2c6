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


class Frame(NamedTuple):
    """One place in the code; line is 1-based, 0 unknown."""

    function: str
    file: str = ""
    line: int = 0
    module: str = ""
    language: str = "unknown"


NO_STACK_FRAME = Frame(NO_STACK)


class ProfileBuilder:
    """Collects allocations stack by stack; equal stacks share one callsite."""

    def __init__(self, measures: Mapping[str, str] | None = None, *, errors: Sequence[str] = ()) -> None:
        self._measures = dict(measures or {"bytes": "bytes", "blocks": "blocks"})
        self._errors = tuple(f"{measure}_error" for measure in errors)
        self._frames: dict[Frame, int] = {}
        self._callsites: dict[tuple[int, int], int] = {}
        self._depths: list[int] = []
        self._rows: dict[tuple[int, str, str], list[float]] = {}
        further = (m for m in self._measures if m not in ("bytes", "blocks"))
        self._columns = ["bytes", "blocks", *further, *self._errors]

    def callsite(self, stack: Sequence[Frame]) -> int:
        """The id of this call path, outermost frame first; an empty one hangs on ``(no stack)``."""
        parent = NO_PARENT
        frames, callsites = self._frames, self._callsites
        for depth, frame in enumerate(stack or (NO_STACK_FRAME,)):
            key = (parent, frames.setdefault(frame, len(frames)))
            found = callsites.get(key)
            if found is None:
                found = callsites[key] = len(callsites)
                self._depths.append(depth)
            parent = found
        return parent

    def add(self, stack: Sequence[Frame], *, thread: str = "", allocator: str = "", **values: float) -> None:
        """Add values (``bytes=``, ``blocks=``, any declared measure) to one call path.

        Standard errors of the measures named in ``errors`` (``bytes_error=``, …) add up in quadrature.
        """
        row = self._rows.setdefault((self.callsite(stack), thread, allocator), [0] * len(self._columns))
        for position, column in enumerate(self._columns):
            value = values.get(column, 0)
            row[position] = hypot(row[position], value) if column in self._errors else row[position] + value

    def build(self, origin: Origin | None = None) -> Profile:
        """The profile of all that was added so far."""
        keys = list(self._rows)
        values = {column: [row[i] for row in self._rows.values()] for i, column in enumerate(self._columns)}
        return profile_from_columns(
            frames=frame_table(self._frames),
            parent_id=[parent for parent, _ in self._callsites],
            frame_id=[frame for _, frame in self._callsites],
            depth=self._depths,
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
    callsites = pd.DataFrame(
        {
            "parent_id": np.asarray(parent_id, dtype=np.int32),
            "frame_id": np.asarray(frame_id, dtype=np.int32),
            "depth": np.asarray(depth, dtype=np.int32),
        },
        copy=False,
    )
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
