"""One claim with its bytes, its evidence and how sure it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from forensics.replay.resident import Interval
from forensics.text import format_bytes, visible

#: Below this confidence a finding says what to measure and accuses nobody.
CONCLUSIVE = 0.5
LONGEST_FRAME = 300


@dataclass(frozen=True, kw_only=True)
class Owner:
    """The innermost frame of the user's own code."""

    function: str
    file: str
    line: int

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return visible(f"{self.function} ({place})" if self.function else place, LONGEST_FRAME)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One call path, frames as ``function (file:line)`` outermost first, and what it holds."""

    callsite_id: int
    callsite: tuple[str, ...]
    bytes: int
    blocks: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Finding:
    """One claim. ``mask`` bool per callsite: the allocations that it is about."""

    kind: str
    cause: str
    title: str
    bytes_at_peak: int
    confidence: float
    owner: Owner | None
    mask: np.ndarray = field(repr=False)
    evidence: tuple[Evidence, ...] = ()
    saves_bytes: int | None = None
    #: The RSS that came with these allocations, estimated; None where the capture cannot tell.
    resident: Interval | None = None
    rule: str = ""
    runner_up: str = ""
    advice: str = ""
    next_measurement: str | None = None
    #: Further facts by name, plain JSON values: how many, allocated in passing, mapped from files, ….
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Stable over runs, line shifts and moved checkouts: kind, cause, owner's function and file name."""
        owner = (
            (self.owner.function, self.owner.file.replace("\\", "/").rsplit("/", 1)[-1]) if self.owner else ()
        )
        subject = self.figures.get("distribution", "")
        key = "\0".join((self.kind, self.cause, *owner, str(subject)))
        return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @property
    def conclusive(self) -> bool:
        return self.confidence >= CONCLUSIVE

    def to_json(self) -> dict[str, Any]:
        """The finding as plain JSON values; strings of the dump with control characters spelled out."""
        return {
            "id": self.id,
            "kind": self.kind,
            "cause": self.cause,
            "title": self.title,
            "bytes_at_peak": self.bytes_at_peak,
            "saves_bytes": self.saves_bytes,
            "resident_bytes": None if self.resident is None else asdict(self.resident),
            "owner": _owner_json(self.owner),
            "confidence": self.confidence,
            "conclusive": self.conclusive,
            "evidence": [
                {"callsite": list(each.callsite), "bytes": each.bytes, "blocks": each.blocks}
                for each in self.evidence
            ],
            "rule": self.rule,
            "runner_up": self.runner_up or None,
            "advice": self.advice,
            "next_measurement": self.next_measurement,
            "figures": dict(self.figures),
        }

    def __str__(self) -> str:
        saved = (
            ""
            if self.saves_bytes is None
            else f", the peak falls by {format_bytes(self.saves_bytes)} without it"
        )
        return f"{self.title} [{self.cause}, confidence {self.confidence:.2f}{saved}]"


def _owner_json(owner: Owner | None) -> dict[str, Any] | None:
    if owner is None:
        return None
    return {"function": visible(owner.function), "file": visible(owner.file), "line": owner.line}
