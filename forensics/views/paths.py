"""File paths of a dump as readers share them: the telling end, nothing of the machine it came from."""

from __future__ import annotations

import re

_PACKAGES = re.compile(r".*/(?:site|dist)-packages/")
_STANDARD_LIBRARY = re.compile(r".*/lib(?:64)?/python3(?:\.\d+)?t?/")
_GO_MODULES = re.compile(r".*/pkg/mod/")
_HOME = re.compile(r"(?:[A-Za-z]:)?/(?:home|Users)/[^/]+/|/root/", re.IGNORECASE)
_KEPT_PARTS = 3


def short_path(file: str, repo_root: str = "") -> str:
    """``app/model.py`` below the repository, ``torch/serialization.py`` of a package, ``lib/json/…``.

    Any other absolute path loses its home and its first part, keeps at most three behind ``…/``;
    a relative one stays.
    """
    path = file.replace("\\", "/")
    if repo_root and path.startswith(repo_root.replace("\\", "/").rstrip("/") + "/"):
        return path[len(repo_root.rstrip("/")) + 1 :]
    for pattern, prefix in ((_PACKAGES, ""), (_STANDARD_LIBRARY, "lib/"), (_GO_MODULES, "")):
        found = pattern.match(path)
        if found:
            return prefix + path[found.end() :]
    if not (path.startswith("/") or re.match(r"[A-Za-z]:/", path)):
        return path
    below_home = _HOME.sub("/", path)
    parts = below_home.split("/")
    first = max(1 if below_home != path else 2, len(parts) - _KEPT_PARTS)
    return "…/" + "/".join(parts[min(first, len(parts) - 1) :])
