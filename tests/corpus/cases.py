"""The labelled cases as they lie on disk: program, truth and recordings."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.corpus.split import Part, part_of

HERE = Path(__file__).parent
PARTS: tuple[Part, ...] = ("train", "scored")
#: Where a program is copied to before it runs, picked by the name of its case.
ROOTS = ("/opt/service", "/usr/src/app", "/home/app/src", "/code")
#: Mode to the endings its recording may have, the one that keeps most first.
RECORDINGS = {
    "memray": (".bin", ".parquet"),
    "python": (".bin", ".parquet"),
    "native": (".bin", ".parquet"),
    "plain": (".bin",),
    "tracemalloc": (".pickle.zst",),
    "pprof": (".pb.gz",),
    "goroutines": (".txt",),
}
DEFAULT_WITHIN = 0.3
ACCUSED_AT = 0.8


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A statement that a finding can match: any of its kinds, its cause, any of its functions."""

    kinds: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    #: Modes of recording in which it can be seen; empty is all.
    modes: tuple[str, ...] = ()
    #: For a forbidden claim: the confidence from which on saying it is an accusation.
    confidence: float = ACCUSED_AT

    def matches(self, finding: Mapping[str, Any]) -> bool:
        """Whether this finding, in the shape of ``forensics diagnose --json``, says this."""
        cause = str(finding["cause"])
        owner = function_name((finding.get("owner") or {}).get("function", ""))
        return (
            (not self.kinds or finding["kind"] in self.kinds)
            and (not self.causes or any(is_within(cause, wanted) for wanted in self.causes))
            and (not self.functions or owner in {function_name(name) for name in self.functions})
        )

    def seen_in(self, mode: str) -> bool:
        return not self.modes or mode in self.modes

    def __str__(self) -> str:
        return " ".join(filter(None, ("|".join(self.kinds), "|".join(self.causes), "|".join(self.functions))))


@dataclass(frozen=True, kw_only=True)
class Truth:
    """Who holds the bytes, by construction and measured without the engine."""

    cause: str
    function: str
    moment: str
    bytes: int
    within: float


@dataclass(frozen=True, kw_only=True)
class Case:
    """One labelled program."""

    name: str
    part: Part
    path: Path
    title: str
    family: str
    innocent: bool
    modes: tuple[str, ...]
    #: Directory of the program: its own, or that of the case it varies.
    app: Path
    #: A script that makes what the program reads; run before it, without a recorder. '' is none.
    prepare: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    services: tuple[str, ...]
    #: Resident bytes at which the process is killed, as for want of memory; None: it ends by itself.
    killed_at: int | None
    truth: Truth
    expected: tuple[Claim, ...]
    also: tuple[Claim, ...]
    forbidden: tuple[Claim, ...]

    @property
    def root(self) -> Path:
        """The neutral directory in which the program runs."""
        return Path(ROOTS[sum(self.app.parent.name.encode()) % len(ROOTS)])

    def recording(self, mode: str) -> Path | None:
        """The recorded dump of this mode, None where it has not been made."""
        found = (self.path / f"{mode}{ending}" for ending in RECORDINGS[mode])
        return next((path for path in found if path.is_file()), None)


def cases(part: Part | None = None) -> list[Case]:
    """All cases of a part, or of both, by name."""
    parts = PARTS if part is None else (part,)
    return [read_case(path.parent) for p in parts for path in sorted((HERE / p).glob("*/truth.toml"))]


def read_case(path: Path) -> Case:
    """The case in this directory. Raises KeyError or ValueError where its truth is not well formed."""
    document = tomllib.loads((path / "truth.toml").read_text())
    family, part = document["family"], path.parent.name
    if part_of(family) != part:
        raise ValueError(f"{path.name}: family {family!r} belongs to {part_of(family)}/")
    return Case(
        name=path.name,
        part=part_of(family),
        path=path,
        title=document["title"],
        family=family,
        innocent=document.get("innocent", False),
        modes=tuple(document["modes"]),
        app=path.parent / document.get("program", path.name) / "app",
        prepare=document.get("prepare", ""),
        arguments=tuple(document.get("arguments", ["main.py"])),
        environment=document.get("environment", {}),
        services=tuple(document.get("services", [])),
        killed_at=document.get("killed_at"),
        truth=_truth(document["truth"]),
        expected=tuple(_claim(row) for row in document.get("expected", [])),
        also=tuple(_claim(row) for row in document.get("also", [])),
        forbidden=tuple(_claim(row) for row in document.get("forbidden", [])),
    )


def is_within(cause: str, wanted: str) -> bool:
    """Whether a cause is the wanted one, or one of its second level where a first level is wanted."""
    return cause == wanted or cause.startswith(f"{wanted}/")


def function_name(function: str) -> str:
    """The bare name of a function: without class, package or receiver."""
    return function.rsplit(".", 1)[-1]


def _truth(row: Mapping[str, Any]) -> Truth:
    return Truth(
        cause=row["cause"],
        function=row.get("function", ""),
        moment=row.get("moment", "peak"),
        bytes=row["bytes"],
        within=row.get("within", DEFAULT_WITHIN),
    )


def _claim(row: Mapping[str, Any]) -> Claim:
    unknown = row.keys() - {"kind", "cause", "function", "modes", "confidence"}
    if unknown:
        raise ValueError(f"a claim has no {unknown.pop()!r}")
    return Claim(
        kinds=_several(row.get("kind")),
        causes=_several(row.get("cause")),
        functions=_several(row.get("function")),
        modes=_several(row.get("modes")),
        confidence=row.get("confidence", ACCUSED_AT),
    )


def _several(value: str | list[str] | None) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)
