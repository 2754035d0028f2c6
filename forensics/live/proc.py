"""What /proc says of a process, as integers; -1 is unknown. Standard library alone: runs in the sampler.

Source: proc(5), https://docs.kernel.org/filesystems/proc.html
"""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
UNKNOWN = -1


def resident(pid: int) -> int:
    """Resident bytes, 0 once the process gave its memory back (a zombie), -1 once it is gone.

    The cheapest reading there is: one line of statm.
    """
    try:
        return int((PROC / str(pid) / "statm").read_bytes().split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return UNKNOWN


def rollup(pid: int) -> dict[str, int]:
    """rss, pss, anonymous, file and swap bytes from smaps_rollup; empty where it cannot be read."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return {}
    fields = {name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines)}
    if "Rss" not in fields:
        return {}
    anonymous = fields.get("Anonymous", 0)
    return {
        "rss_bytes": fields["Rss"],
        "pss_bytes": fields.get("Pss", UNKNOWN),
        "anonymous_bytes": anonymous,
        "file_bytes": fields["Rss"] - anonymous,
        "swap_bytes": fields.get("Swap", UNKNOWN),
    }


def status(pid: int) -> dict[str, int]:
    """virtual and main-stack bytes and the number of threads; empty where it cannot be read."""
    try:
        text = (PROC / str(pid) / "status").read_text(errors="replace")
    except OSError:
        return {}
    fields = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    found = {}
    for column, name, unit in (
        ("virtual_bytes", "VmSize", 1024),
        ("stack_bytes", "VmStk", 1024),
        ("threads", "Threads", 1),
    ):
        if name in fields:
            found[column] = int(fields[name].split()[0]) * unit
    return found


def descriptors(pid: int, *, most: int = 20_000) -> dict[str, int]:
    """Open files and, among them, sockets; empty where another user's process hides them.

    Only the first ``most`` descriptors are looked at; beyond them the share of sockets is kept.
    """
    directory = PROC / str(pid) / "fd"
    try:
        names = os.listdir(directory)
    except OSError:
        return {}
    looked_at = names[:most]
    sockets = sum(_is_socket(f"{directory}/{name}") for name in looked_at)
    if len(names) > most:
        sockets = sockets * len(names) // most
    return {"open_files": len(names), "sockets": sockets}


def _is_socket(path: str) -> bool:
    try:
        return os.readlink(path).startswith("socket:")
    except OSError:
        return False


def parents() -> dict[int, int]:
    """Every process with its parent."""
    found = {}
    for name in os.listdir(PROC):
        if name.isdigit():
            parent = parent_of(int(name))
            if parent is not None:
                found[int(name)] = parent
    return found


def parent_of(pid: int) -> int | None:
    """The parent's pid, None if the process is gone. The name in stat may hold spaces and brackets."""
    try:
        stat = (PROC / str(pid) / "stat").read_bytes()
    except OSError:
        return None
    return int(stat.rpartition(b")")[2].split()[1])


def family(pid: int) -> list[int]:
    """The process and all its descendants, itself first."""
    children: dict[int, list[int]] = {}
    for child, parent in parents().items():
        children.setdefault(parent, []).append(child)
    found = [pid]
    for member in found:
        found.extend(children.get(member, ()))
    return found
