"""Whose code a frame is: the application's own, a library's, the standard library's, generated.

What decides is the shape of a path, never the machine: ``…/site-packages/``, ``…/lib/python3.12/``,
``<frozen …>``, ``…/pkg/mod/``. So a virtual environment may lie anywhere and a zip or frozen module
is told apart like a file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from forensics.profile import NO_STACK, Profile

Kind = Literal["own", "library", "standard", "generated", "native", "unknown"]


class Place(NamedTuple):
    """Where code lies: whose it is, and its dotted module where the path says so ('' otherwise)."""

    kind: Kind
    module: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Places:
    """One entry per frame: ``own`` and ``native`` bool, ``standard`` bool, ``module`` object str.

    The module of a native frame is that of its extension, '' where its file lies in no package.
    """

    own: np.ndarray
    native: np.ndarray
    standard: np.ndarray
    library: np.ndarray
    module: np.ndarray


#: ``/opt/python`` holds the layers of AWS Lambda; ``.whl`` and ``.egg`` directories come from pex and eggs.
_LIBRARY = re.compile(
    r".*(?:/|^)(?:site-packages|dist-packages|__pypackages__/[\d.]+/lib)/(?:[^/]+\.(?:egg|whl|zip)/)?(.+)$"
    r"|.*\.(?:egg|whl|pex|zip)/(?!site-packages/)(.+)$"
    r"|^/opt/python/(.+)$"
)
_STANDARD = re.compile(
    r".*?/lib(?:32|64)?/(?:python|pypy)\d(?:\.\d+)?t?/(?:lib-dynload/)?(.+)$"
    r"|.*/python\d+\.zip/(.+)$"
    r"|^[A-Za-z]:/.*/Lib/(.+)$"
    r"|^<frozen (.+)>$"
)
#: Cells and prompts are the user's own code although no file holds them.
_TYPED_IN = re.compile(r"^<(?:ipython-input-.*|stdin|console)>$|/ipykernel_\d+/|^/tmp/ipykernel_")
_SCRIPT = re.compile(r"(?:^|/)(?:bin|Scripts)/[^/.]+(?:\.exe)?$")
#: Templates are compiled under the names of their files: the code is generated, whoever wrote the text.
_TEMPLATE = re.compile(r"\.(?:html?|txt|j2|jinja2?|tmpl|tpl|mako|xml|md|svg|css|sql|eml|rst)$", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:\.cpython-[^/]*|\.abi3)?\.(?:pyc?|pyx|pxd|so|pyd)$")

#: First parts of the import paths of the Go standard library.
_GO_STANDARD = frozenset([
    "archive", "bufio", "builtin", "bytes", "cmp", "compress", "container", "context", "crypto",
    "database", "debug", "embed", "encoding", "errors", "expvar", "flag", "fmt", "go", "hash",
    "html", "image", "index", "internal", "io", "iter", "log", "maps", "math", "mime", "net", "os",
    "path", "plugin", "reflect", "regexp", "runtime", "slices", "sort", "strconv", "strings",
    "structs", "sync", "syscall", "testing", "text", "time", "unicode", "unique", "unsafe",
    "vendor", "weak",
])  # fmt: skip
_GO_MODULE_CACHE = re.compile(r"/pkg/mod/|@v\d|/vendor/|^vendor/")
_GO_STANDARD_FILE = re.compile(rf"/src/(?:{'|'.join(sorted(_GO_STANDARD))})/")


def places(profile: Profile, *, own: Sequence[str] | None = None, repo_root: str = "") -> Places:
    """Whose code each frame of the profile is.

    ``own``: patterns over file paths that are own whatever else they look like; with them, nothing
    else is. ``repo_root``: only files below it (or with a relative path) can be own.
    """
    frames = profile.frames
    codes, keys = _distinct_places(frames)
    found = [_place(*key, own, repo_root.rstrip("/")) for key in keys]
    kinds = np.array([place.kind for place in found], dtype=object)[codes]
    modules = np.array([place.module for place in found], dtype=object)[codes]
    unnamed = modules == ""
    if unnamed.any():
        modules[unnamed] = frames["module"].to_numpy(dtype=object)[unnamed]
    result = Places(
        own=(kinds == "own") & (frames["function"] != NO_STACK).to_numpy(),
        native=kinds == "native",
        standard=kinds == "standard",
        library=kinds == "library",
        module=modules,
    )
    return result if result.own.any() or own else replace(result, own=_typed_in(frames))


def _distinct_places(frames: pd.DataFrame) -> tuple[np.ndarray, list[tuple[str, str, str]]]:
    """Per frame the number of its (file, language, Go package), and these once each."""
    file_codes, files = pd.factorize(frames["file"], use_na_sentinel=False)
    languages = frames["language"].astype("category")
    package_codes, packages = _go_packages(frames, languages)
    n_languages = len(languages.cat.categories)
    key = (package_codes * len(files) + file_codes) * n_languages + languages.cat.codes.to_numpy()
    codes, distinct = pd.factorize(key)
    rest, language = np.divmod(distinct, n_languages)
    package, file = np.divmod(rest, max(len(files), 1))
    names = [str(name) for name in languages.cat.categories]
    return codes, [
        (str(files[f]), names[n], packages[p]) for f, n, p in zip(file, language, package, strict=True)
    ]


def _go_packages(frames: pd.DataFrame, languages: pd.Series) -> tuple[np.ndarray, list[str]]:
    codes = np.zeros(len(frames), np.int64)
    go = (languages == "go").to_numpy()
    if not go.any():
        return codes, [""]
    function_codes, functions = pd.factorize(frames["function"][go], use_na_sentinel=False)
    of_function, packages = pd.factorize(np.array([go_package(str(f)) for f in functions], dtype=object))
    codes[go] = of_function[function_codes] + 1
    return codes, ["", *packages]


def _typed_in(frames: pd.DataFrame) -> np.ndarray:
    """Where nothing is own, what ``python -c`` ran (``<string>``, at module level) is all there is."""
    return ((frames["file"] == "<string>") & (frames["function"] == "<module>")).to_numpy()


def _place(file: str, language: str, package: str, own: Sequence[str] | None, repo_root: str) -> Place:
    if own and any(fnmatchcase(file, pattern) or f"/{pattern.strip('/')}/" in file for pattern in own):
        return Place("own", package or stem(file))
    place = _go_place(file, package) if language == "go" else _file_place(file, language)
    if place.kind == "own" and (own or _outside(file, repo_root)):
        return Place("library", place.module)
    return place


def _outside(file: str, repo_root: str) -> bool:
    absolute = file.startswith("/") or file[1:3] == ":/"
    return bool(repo_root) and absolute and not file.startswith(repo_root + "/") and "ipykernel" not in file


def _file_place(file: str, language: str) -> Place:
    """The place of a frame by its file alone."""
    if language == "native":
        return Place("native", _native_module(file.replace("\\", "/")))
    if language == "java" or not file:
        return Place("unknown", "")
    path = file.replace("\\", "/")
    if _TYPED_IN.search(path):
        return Place("own", "__main__")
    for pattern, kind in ((_LIBRARY, "library"), (_STANDARD, "standard")):
        if found := pattern.match(path):
            rest = next(group for group in found.groups() if group is not None)
            return Place(kind, dotted(rest))  # type: ignore[arg-type]
    if path.startswith("<") or _TEMPLATE.search(path):
        return Place("generated", "")
    if _SCRIPT.search(path):
        return Place("library", stem(path))
    return Place("own" if language in ("python", "unknown") else "unknown", stem(path))


def _native_module(path: str) -> str:
    """``lxml.etree`` of ``…/site-packages/lxml/etree.cpython-311-x86_64-linux-gnu.so``, '' elsewhere."""
    for pattern in (_LIBRARY, _STANDARD):
        if found := pattern.match(path):
            return dotted(next(group for group in found.groups() if group is not None))
    return ""


def _go_place(file: str, package: str) -> Place:
    first = package.split("/", 1)[0]
    if _GO_MODULE_CACHE.search(file):
        return Place("library", package)
    standard_file = not file or bool(_GO_STANDARD_FILE.search(file)) or file.startswith(f"{package}/")
    if first in _GO_STANDARD and standard_file:
        return Place("standard", package)
    if not file and "." in first:
        return Place("library", package)
    return Place("own", package) if package else Place("unknown", "")


def go_package(function: str) -> str:
    """The import path of a Go function: ``net/http`` of ``net/http.(*Transport).RoundTrip``."""
    name = function.split("[", 1)[0]
    slash = name.rfind("/", 0, name.find("(") if "(" in name else len(name))
    dot = name.find(".", slash + 1)
    return name[:dot].replace("%2e", ".") if dot > 0 else ""


def dotted(path: str) -> str:
    """``torch/serialization.py`` as ``torch.serialization``; ``re/__init__.py`` as ``re``."""
    return _SUFFIX.sub("", path).removesuffix("/__init__").replace("/", ".")


def stem(file: str) -> str:
    """``routes`` of ``/srv/app/routes.py``."""
    return dotted(file.replace("\\", "/").rsplit("/", 1)[-1])
