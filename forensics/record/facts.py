"""Facts for the side-car: host, container and packages."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import Distribution, distributions
from typing import Any


def host_facts() -> dict[str, Any]:
    """System, kernel, processors and memory; no host or user name."""
    return {
        "system": platform.system(),
        "kernel": platform.release(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "memory_bytes": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"),
    }


def package_versions(sys_path: Sequence[str], imported: Iterable[str]) -> dict[str, str]:
    """Name and version of every distribution on this path of which a module was imported."""
    wanted = set(imported)
    versions: dict[str, str] = {}
    for distribution in distributions(path=list(sys_path)):
        name = distribution.metadata["Name"]
        if name and wanted & _top_level(distribution):
            versions.setdefault(name, distribution.version)
    return dict(sorted(versions.items()))


def _top_level(distribution: Distribution) -> set[str]:
    """Importable names of a distribution: its top_level.txt, else what its list of files tells."""
    listed = (distribution.read_text("top_level.txt") or "").split()
    if listed:
        return set(listed)
    return {
        file.parts[0].split(".")[0] if len(file.parts) > 1 else file.name.split(".")[0]
        for file in distribution.files or ()
        if file.suffix in (".py", ".so", ".pyd") and ".." not in file.parts
    }
