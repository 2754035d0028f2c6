"""Memory cgroups, version 1 and 2, as the kernel shows them in /sys/fs/cgroup.

Source: https://docs.kernel.org/admin-guide/cgroup-v2.html and …/cgroup-v1/memory.html
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

#: Version 1 has no word for "no limit": it shows the largest page-aligned number.
_NO_LIMIT_V1 = 1 << 62


class FileNames(NamedTuple):
    """What the two versions call the same thing."""

    limit: str
    usage: str
    peak: str
    events: str
    swap_limit: str


_V1 = FileNames(
    limit="memory.limit_in_bytes",
    usage="memory.usage_in_bytes",
    peak="memory.max_usage_in_bytes",
    events="memory.oom_control",
    swap_limit="memory.memsw.limit_in_bytes",
)
_V2 = FileNames(
    limit="memory.max",
    usage="memory.current",
    peak="memory.peak",
    events="memory.events",
    swap_limit="memory.swap.max",
)


@dataclass(frozen=True, kw_only=True)
class Hierarchy:
    """The mounted memory hierarchy and the group in it that this process belongs to."""

    name: str
    mount: Path
    own: Path
    files: FileNames

    def child(self, name: str, *, limit_bytes: int, pid: int) -> Path:
        """A new group with this limit and no swap, holding this process. Raises OSError."""
        group = self._parent() / name
        group.mkdir()
        try:
            (group / self.files.limit).write_text(str(limit_bytes))
            with suppress(OSError):  # a kernel without swap accounting has no such file
                (group / self.files.swap_limit).write_text(str(limit_bytes if self.files is _V1 else 0))
            (group / "cgroup.procs").write_text(str(pid))
        except OSError:
            group.rmdir()
            raise
        return group

    def _parent(self) -> Path:
        """Version 1: our own group. Version 2: the nearest that hands memory down to its children.

        In version 2 a group with processes in it hands nothing down (the root excepted).
        """
        if self.files is _V1:
            return self.own
        for group in (self.own, *self.own.parents):
            with suppress(OSError):
                if "memory" in (group / "cgroup.subtree_control").read_text().split():
                    return group
            if group == self.mount:
                break
        raise PermissionError("no group above this process hands memory control down")

    def effective_limit(self) -> int | None:
        """The smallest limit of our own group and those above it; None where none is set."""
        groups = [self.own, *(above for above in self.own.parents if above.is_relative_to(self.mount))]
        limits = [number for group in groups if (number := _number(group / self.files.limit)) is not None]
        return min((number for number in limits if number < _NO_LIMIT_V1), default=None)

    def oom_kills(self, group: Path) -> int:
        """How many processes of this group the kernel killed for its limit."""
        return counters(group / self.files.events).get("oom_kill", 0)

    def figures(self, group: Path) -> dict[str, object]:
        """Limit, current and peak bytes of a group and its counted events."""
        limit = _number(group / self.files.limit)
        return {
            "version": self.name,
            "limit_bytes": None if limit is None or limit >= _NO_LIMIT_V1 else limit,
            "current_bytes": _number(group / self.files.usage),
            "peak_bytes": _number(group / self.files.peak),
            "events": counters(group / self.files.events),
        }


def remove(group: Path) -> None:
    """Remove a group; left where a process still lives in it."""
    with suppress(OSError):
        group.rmdir()


def memory_hierarchy(*, proc: Path = Path("/proc/self")) -> Hierarchy | None:
    """The memory hierarchy of this process, None where it sees none."""
    try:
        memberships = (proc / "cgroup").read_text().splitlines()
        mounts = [line.split() for line in (proc / "mountinfo").read_text().splitlines()]
    except OSError:
        return None
    paths = {controllers: path for _, controllers, path in (line.split(":", 2) for line in memberships)}
    for controllers, path in paths.items():
        if "memory" in controllers.split(","):
            return _hierarchy("cgroup v1", mounts, path)
    return _hierarchy("cgroup v2", mounts, paths[""]) if "" in paths else None


def _hierarchy(name: str, mounts: list[list[str]], path: str) -> Hierarchy | None:
    """The hierarchy at its mount point; ``path`` is relative to the mount's own root (a container's)."""
    files = _V1 if name == "cgroup v1" else _V2
    for fields in mounts:
        root, point = fields[3], Path(fields[4])
        kind, options = fields[fields.index("-") + 1], fields[-1].split(",")
        if (kind == "cgroup" and "memory" in options) if files is _V1 else kind == "cgroup2":
            inside = os.path.relpath(path, root) if path.startswith(root) else "."
            own = point if inside == "." else point / inside
            if (own / files.usage).exists() or own == point:
                return Hierarchy(name=name, mount=point, own=own, files=files)
    return None


def _number(path: Path) -> int | None:
    """The number in a one-line file; None for "max" or where there is none."""
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None


def counters(path: Path) -> dict[str, int]:
    """The counters of memory.events or memory.oom_control; empty where they cannot be read."""
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return {}
    pairs = (line.split() for line in lines)
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdigit()}
