"""Reading a claims file: the assertions of an incident document, checked; docs/claims.md is the format."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from forensics.causes import CAUSES, PHASES
from forensics.errors import UsageError
from forensics.text import parse_size

SELECTORS = ("cause", "owner", "function", "module", "file", "phase")
BYTE_METRICS = ("heap", "rss", "virtual")
COUNT_METRICS = ("threads", "sockets", "open_files", "processes", "goroutines")
METRICS = (*BYTE_METRICS, *COUNT_METRICS, "duration")
ASSERTIONS = (
    "bytes",
    "value",
    "at_least",
    "at_most",
    "between",
    "share_at_least",
    "role",
    "present",
    "grows",
    "saves",
)
_PLACES = ("capture", "moment", "before", "after")
_PLAIN = ("id", "who", "text", "metric", "tolerance")
_KNOWN = frozenset({*SELECTORS, *ASSERTIONS, *_PLACES, *_PLAIN})
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
MOMENTS = ("peak", "end", "live", "allocated")
LARGEST_CLAIMS = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One assertion: of what memory or metric (``subject``), what (``assertion``, ``value``), and where."""

    id: str
    text: str
    assertion: str
    #: A number (bytes or a count), two of them for ``between``, a bool or "primary".
    value: Any
    who: str = ""
    subject: Mapping[str, str] = field(default_factory=dict)
    metric: str = ""
    tolerance: float = 0.5
    capture: str = ""
    moment: str = ""
    before: str = ""
    after: str = ""
    #: For ``saves = true`` with ``between``: the two sizes.
    bounds: tuple[float, float] | None = None

    @property
    def about(self) -> str:
        """The subject in words: ``cause model-load, phase import`` or the metric."""
        return ", ".join(f"{key} {value}" for key, value in self.subject.items()) or self.metric


@dataclass(frozen=True, kw_only=True)
class ClaimsFile:
    """The claims of one document."""

    document: str
    claims: tuple[Claim, ...]


def read_claims(path: str | Path) -> ClaimsFile:
    """The claims in a TOML file. Raises UsageError, naming the claim and the fault."""
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST_CLAIMS:
            raise UsageError(f"{path}: more than {LARGEST_CLAIMS} bytes of claims")
        document = tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: is not TOML: {error}") from error
    return claims_from(document, str(path))


def claims_from(document: Mapping[str, Any], name: str) -> ClaimsFile:
    """The claims of a parsed document; ``name`` is what errors call it."""
    unknown = sorted(set(document) - {"document", "claim"})
    if unknown:
        raise UsageError(
            f"{name}: unknown key {unknown[0]!r}; a claims file has [[claim]] tables and `document`"
        )
    rows = document.get("claim", [])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise UsageError(f"{name}: has no [[claim]] tables; docs/claims.md shows one")
    claims = tuple(
        _claim(row, f"{name}: claim {row.get('id', number + 1)!r}") for number, row in enumerate(rows)
    )
    ids = [claim.id for claim in claims]
    for repeated in (each for each in ids if ids.count(each) > 1):
        raise UsageError(f"{name}: two claims are called {repeated!r}")
    return ClaimsFile(document=_text(document, "document", name), claims=claims)


def _claim(row: Mapping[str, Any], where: str) -> Claim:
    unknown = sorted(set(row) - _KNOWN)
    if unknown:
        raise UsageError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(_KNOWN))}")
    for key in ("id", "text"):
        if not _text(row, key, where):
            raise UsageError(f"{where}: has no {key!r}")
    if not _ID.fullmatch(row["id"]):
        raise UsageError(f"{where}: an id has letters, digits, dots and dashes only")
    assertion = _assertion(row, where)
    metric = _metric(row, where)
    subject = {key: _text(row, key, where) for key in SELECTORS if key in row}
    _check_subject(subject, where)
    return Claim(
        id=row["id"],
        text=row["text"],
        who=_text(row, "who", where),
        assertion=assertion,
        value=_value(row, assertion, metric, where),
        bounds=_bounds(row, where) if assertion == "saves" and "between" in row else None,
        subject=subject,
        metric=metric,
        tolerance=_number(row.get("tolerance", 0.5), where),
        **{key: _text(row, key, where) for key in _PLACES},
    )


def _assertion(row: Mapping[str, Any], where: str) -> str:
    said = [key for key in ASSERTIONS if key in row]
    if said == ["between", "saves"]:
        return "saves"
    if len(said) != 1:
        raise UsageError(f"{where}: says {len(said)} things; give exactly one of {', '.join(ASSERTIONS)}")
    if said[0] == "saves" and not row.get("before"):
        raise UsageError(f"{where}: a saving needs before = a pattern of the file before")
    return said[0]


def _metric(row: Mapping[str, Any], where: str) -> str:
    chosen = [key for key in SELECTORS if key in row]
    metric = _text(row, "metric", where)
    if metric and chosen:
        raise UsageError(f"{where}: has a metric and {chosen[0]!r}; a claim is about one of them")
    if metric and metric not in METRICS:
        raise UsageError(f"{where}: {metric!r} is no metric; known are {', '.join(METRICS)}")
    return metric or ("" if chosen else "heap")


def _check_subject(subject: Mapping[str, str], where: str) -> None:
    for key, known in (("cause", tuple(CAUSES)), ("phase", PHASES)):
        if key in subject and subject[key] not in known:
            raise UsageError(f"{where}: {subject[key]!r} is no {key}; known are {', '.join(known)}")


def _value(row: Mapping[str, Any], assertion: str, metric: str, where: str) -> Any:
    value = row[assertion]
    if assertion in ("present", "grows"):
        if not isinstance(value, bool):
            raise UsageError(f"{where}: {assertion!r} is true or false")
        return value
    if assertion == "role":
        if value != "primary":
            raise UsageError(f'{where}: the only role is "primary"')
        return value
    if assertion == "between":
        return _bounds(row, where)
    if assertion == "saves" and value is True and "between" in row:
        return True
    return _number(value, where)


def _bounds(row: Mapping[str, Any], where: str) -> tuple[float, float]:
    values = row["between"]
    if not isinstance(values, list) or len(values) != 2:
        raise UsageError(f"{where}: between has two values, the lower first")
    low, high = (_number(value, where) for value in values)
    if low > high:
        raise UsageError(f"{where}: between has the lower value first")
    return low, high


def _number(value: object, where: str) -> float:
    """A number, or the bytes of a size."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise UsageError(f"{where}: {value!r} is neither a number nor a size")
    try:
        return parse_size(value) if isinstance(value, str) else value
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from error


def _text(row: Mapping[str, Any], key: str, where: str) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise UsageError(f"{where}: {key!r} must be a text")
    return value
