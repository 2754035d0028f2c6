"""Profiles written as text: one line a call path, outermost frame first.

    main > load_model > torch.serialization:load  352 MiB 12 blocks

A plain name is a function of the application (``/srv/app/main.py``); ``file:function`` with a dotted
or known library module on the left is library code; ``go …`` is a Go function, ``lib.so!symbol``
native code. ``@arena`` marks arenas, ``@mmap`` and the like name the allocator.
"""

from __future__ import annotations

import re
import sys

from forensics.builder import Frame, ProfileBuilder
from forensics.profile import Origin, Profile

_UNITS = {"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
_LINE = re.compile(
    r"(?P<stack>.*?)\s{2,}(?P<n>[\d.]+) (?P<unit>B|[KMG]iB)(?: (?P<blocks>\d+) blocks?)?(?P<marks>( @\S+)*)"
)
SITE = "/srv/venv/lib/python3.12/site-packages/"
STANDARD = "/usr/lib/python3.12/"


def profile(text: str, *, moment: str = "peak", repo_root: str = "") -> Profile:
    """The profile of these lines."""
    builder = ProfileBuilder({"bytes": "bytes", "blocks": "blocks", "arena_bytes": "bytes"})
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _LINE.fullmatch(line)
        assert found, f"not a line of a profile: {line!r}"
        size = int(float(found["n"]) * _UNITS[found["unit"]])
        marks = found["marks"].replace("@", "").split()
        allocator = next((mark for mark in marks if mark != "arena"), "malloc")
        builder.add(
            frames(found["stack"]),
            allocator="mmap" if "arena" in marks else allocator,
            bytes=size,
            blocks=int(found["blocks"] or 1),
            arena_bytes=size if "arena" in marks else 0,
        )
    return builder.build(Origin(moment=moment, repo_root=repo_root))


def frames(stack: str) -> list[Frame]:
    """The frames of one call path; ``(no stack)`` is none."""
    return [] if stack == "(no stack)" else [frame(part.strip()) for part in stack.split(" > ")]


def frame(text: str) -> Frame:
    """One frame of the little language."""
    if text.startswith("go "):
        return _go(text[3:])
    if "!" in text:
        library, symbol = text.split("!", 1)
        return Frame(symbol, f"/usr/lib/{library}", 0, "", "native")
    place, _, function = text.rpartition(":")
    function, _, line = function.partition("#")
    if not place:
        return Frame(function, "/srv/app/main.py", int(line or 1), "main", "python")
    if place in ("app", "own") or place.startswith("app."):
        return Frame(function, f"/srv/app/{place.replace('.', '/')}.py", int(line or 1), place, "python")
    return Frame(function, _file(place), int(line or 1), place, "python")


def _file(module: str) -> str:
    if module.startswith("importlib._bootstrap"):
        return f"<frozen {module}>"
    top = module.split(".", 1)[0]
    path = f"{module.replace('.', '/')}.py"
    if top in sys.stdlib_module_names:
        return STANDARD + path
    return f"{SITE}{path}" if top not in OWN_MODULES else f"/srv/app/{path}"


#: Modules that are the application's own in these texts.
_NAMES = """
    client debug enrich feed handler importer ingest jobs listener main ocr orders report routes service
    settings
    sitemap search serve sync thumbs upload views worker net api cache store tenants
"""
OWN_MODULES = frozenset(_NAMES.split())


def _go(function: str) -> Frame:
    package = (
        function.rsplit("/", 1)[0] + "/" + function.rsplit("/", 1)[-1].split(".")[0]
        if "/" in function
        else function.split(".")[0]
    )
    if package == "main" or package.startswith("crawler"):
        return Frame(function, "/srv/crawler/main.go", 10, package, "go")
    if "." in package.split("/", 1)[0]:
        return Frame(function, f"/go/pkg/mod/{package}@v1.2.3/x.go", 10, package, "go")
    return Frame(function, f"/usr/local/go/src/{package}/x.go", 10, package, "go")
