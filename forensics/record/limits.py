"""A memory limit for one command: a memory cgroup of its own where that may be made, else a watchdog."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forensics.errors import RecordError
from forensics.live.cgroups import Hierarchy, memory_hierarchy, remove


@dataclass(kw_only=True)
class Limit:
    """A limit in force. ``enforced_by``: "cgroup v2", "cgroup v1", "watchdog", or "" for no limit."""

    bytes: int | None = None
    enforced_by: str = ""
    #: The cgroup made for the command, None for the other kinds.
    group: Path | None = None
    hierarchy: Hierarchy | None = None

    @property
    def usage_file(self) -> str:
        """The file that holds the bytes charged to the command's cgroup, or to the one around it."""
        if self.hierarchy is None:
            return ""
        return str((self.group or self.hierarchy.own) / self.hierarchy.files.usage)

    @property
    def events_file(self) -> str:
        """The file that counts the kills in the cgroup made for the command; '' for the other kinds."""
        return str(self.group / self.hierarchy.files.events) if self.group and self.hierarchy else ""

    def oom_kills(self, watchdog_log: str) -> int:
        """How often a process of the command was killed for its memory."""
        if self.group is not None and self.hierarchy is not None:
            return self.hierarchy.oom_kills(self.group)
        return len(watchdog_log.splitlines())

    def figures(self) -> dict[str, Any]:
        """What the cgroup counted; empty without one."""
        if self.hierarchy is None:
            return {}
        return self.hierarchy.figures(self.group or self.hierarchy.own)

    def close(self) -> None:
        """Remove the cgroup; left where a process of the command still lives in it."""
        if self.group is not None:
            remove(self.group)


def open_limit(limit_bytes: int | None, *, by: str, pid: int) -> Limit:
    """Put the process under this limit. Raises RecordError where ``by`` is "cgroup" and none can be made."""
    hierarchy = memory_hierarchy()
    if limit_bytes is None:
        return Limit(hierarchy=hierarchy)
    if by != "watchdog" and hierarchy is not None:
        try:
            group = hierarchy.child(f"forensics-record-{pid}", limit_bytes=limit_bytes, pid=pid)
        except OSError as error:
            if by == "cgroup":
                raise RecordError(f"no memory cgroup can be made here ({error}); use the watchdog") from error
        else:
            return Limit(bytes=limit_bytes, enforced_by=hierarchy.name, group=group, hierarchy=hierarchy)
    if by == "cgroup":
        raise RecordError("this system has no memory cgroup to write to; use the watchdog")
    return Limit(bytes=limit_bytes, enforced_by="watchdog", hierarchy=hierarchy)


def container_limit() -> dict[str, Any]:
    """Limit of the container around this process, as {bytes, enforced_by}; empty where there is none."""
    hierarchy = memory_hierarchy()
    limit = hierarchy.effective_limit() if hierarchy else None
    return {} if hierarchy is None or limit is None else {"bytes": limit, "enforced_by": hierarchy.name}
