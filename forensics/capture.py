"""An opened dump: which moments it gives, its timeline, its events and its health."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from forensics.errors import CannotReplay, MissingMoment
from forensics.history import History
from forensics.profile import Origin, Profile
from forensics.sidecar import Sidecar

TIMELINE_COLUMNS = ("time", "rss_bytes", "heap_bytes")
HealthState = Literal["whole", "killed", "cut", "damaged", "empty"]


@dataclass(frozen=True, kw_only=True)
class Health:
    """How much of the record is there.

    ``whole``: closed by its recorder. ``killed``: every record up to the death of the process.
    ``cut``: the file ends early. ``damaged``: readable up to ``offset``. ``empty``: no record at all.
    """

    state: HealthState = "whole"
    #: One sentence: what is missing and since when; '' when whole.
    detail: str = ""
    #: Byte offset of the damage in the decompressed stream, where known.
    offset: int | None = None

    @property
    def complete(self) -> bool:
        return self.state == "whole"


class Summary(NamedTuple):
    """What one moment holds in total."""

    bytes: int
    blocks: int


class EventChunk(NamedTuple):
    """A slice of the ordered stream of allocations and frees, as parallel arrays.

    A free carries the callsite, thread and allocator of the allocation that it ends, so a running
    sum over any mask of callsites is the heap of just these. A partial munmap is one event of the
    bytes that it gave back. Frees of unknown addresses are left out.
    """

    #: Sequence number of the first event; the others follow by one.
    first: int
    #: int32 row of ``callsites`` of the allocated profile.
    callsite_id: np.ndarray
    #: int64, negative for a free.
    bytes: np.ndarray
    #: int8: +1 an allocation, -1 a free of the whole block, 0 a part of it.
    blocks: np.ndarray
    #: int32 index into ``EventStream.threads``.
    thread: np.ndarray
    #: uint8 index into ``EventStream.allocators``.
    allocator: np.ndarray
    #: int32 row of the capture's timeline: the last record of (time, rss) before it; -1 before the first.
    interval: np.ndarray


@dataclass(frozen=True, kw_only=True)
class EventStream:
    """Events of a capture, re-read from the file in chunks on each iteration."""

    chunks: Callable[[], Iterator[EventChunk]]
    threads: tuple[str, ...]
    allocators: tuple[str, ...]
    #: Number of events of the whole stream, where known without reading it.
    count: int | None = None
    #: True where the record began in mid-life (attach): sums are relative to that.
    relative: bool = False

    def __iter__(self) -> Iterator[EventChunk]:
        return self.chunks()


def empty_timeline() -> pd.DataFrame:
    """A timeline of no rows: time datetime64[ns, UTC], rss_bytes int64, heap_bytes int64."""
    return timeline_table(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))


def timeline_table(time_ns: np.ndarray, rss_bytes: np.ndarray, heap_bytes: np.ndarray) -> pd.DataFrame:
    """A timeline from nanoseconds since the epoch and bytes; -1 in a byte column is unknown."""
    return pd.DataFrame(
        {
            "time": pd.to_datetime(time_ns, unit="ns", utc=True),
            "rss_bytes": np.asarray(rss_bytes, np.int64),
            "heap_bytes": np.asarray(heap_bytes, np.int64),
        }
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Capture:
    """An opened dump. Built by a reader; profiles are made on demand and kept.

    ``timeline``: time datetime64[ns, UTC] ascending, rss_bytes and heap_bytes int64 (-1 unknown),
    and whatever else the format counts over time. Empty where the dump is one snapshot.
    """

    origin: Origin
    health: Health
    #: Moment to its totals; the order is the order of preference.
    summaries: Mapping[str, Summary]
    #: Moment to a function that builds its profile.
    profiles: Mapping[str, Callable[[], Profile]]
    timeline: pd.DataFrame = field(default_factory=empty_timeline)
    event_stream: EventStream | None = None
    #: Why there are no events, as a clause after "this dump cannot be replayed: ".
    no_events_because: str = "it is a snapshot without a history"
    #: What its events said over time, where a stored capture kept that of them.
    history: History | None = None
    sidecar: Sidecar | None = None
    #: Facts of the format that fit nowhere else: MemStats, comments, thread names, goroutine states.
    extras: Mapping[str, object] = field(default_factory=dict)
    _made: dict[str, Profile] = field(default_factory=dict, repr=False)

    @property
    def moments(self) -> tuple[str, ...]:
        """The moments this dump can give, preferred first."""
        return tuple(self.summaries)

    @property
    def complete(self) -> bool:
        return self.health.complete

    @property
    def is_followed(self) -> bool:
        """Whether it is known how memory came and went: by events, or by what was kept of them."""
        return self.event_stream is not None or self.history is not None

    @property
    def limit_bytes(self) -> int | None:
        """The memory limit that the side-car recorded, if any."""
        return self.sidecar.limit_bytes if self.sidecar else None

    @property
    def peak_rss_bytes(self) -> int | None:
        """The highest resident set that the dump or its side-car saw; None if neither did."""
        seen = [int(self.timeline["rss_bytes"].max())] if len(self.timeline) else []
        if self.sidecar is not None and self.sidecar.peak_rss_bytes is not None:
            seen.append(self.sidecar.peak_rss_bytes)
        return max((rss for rss in seen if rss > 0), default=None)

    def profile(self, moment: str | None = None) -> Profile:
        """The profile at this moment, the preferred one by default. Raises MissingMoment."""
        wanted = moment or next(iter(self.summaries), "live")
        if wanted not in self.profiles:
            known = ", ".join(self.moments) or "none"
            raise MissingMoment(f"{self.origin.path}: has no moment {wanted!r}; it has: {known}")
        if wanted not in self._made:
            self._made[wanted] = self.profiles[wanted]()
        return self._made[wanted]

    def events(self) -> EventStream:
        """The ordered stream of allocations and frees. Raises CannotReplay where there is none."""
        if self.event_stream is None:
            raise CannotReplay(f"{self.origin.path}: this dump cannot be replayed: {self.no_events_because}")
        return self.event_stream

    def with_sidecar(self, sidecar: Sidecar) -> Capture:
        """This capture with the story its recorder wrote beside it; the dump's own word wins."""
        known = {
            "commit": self.origin.commit or sidecar.commit,
            "command": self.origin.command or sidecar.command,
            "language": self.origin.language or sidecar.language,
            "pid": self.origin.pid if self.origin.pid is not None else sidecar.pid,
            "repo_root": self.origin.repo_root or sidecar.repo_root,
        }
        origin = replace(self.origin, **known)  # type: ignore[arg-type]
        profiles = {
            moment: lambda make=make: make().with_origin(**known) for moment, make in self.profiles.items()
        }
        return replace(self, origin=origin, profiles=profiles, sidecar=sidecar, _made={})

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        from forensics.views.mimebundle import capture_bundle

        return capture_bundle(self)

    def __repr__(self) -> str:
        held = ", ".join(f"{m} {s.bytes} bytes in {s.blocks} blocks" for m, s in self.summaries.items())
        state = "" if self.complete else f"; {self.health.state}: {self.health.detail}"
        return f"<Capture {self.origin.path} ({self.origin.producer or self.origin.format}): {held}{state}>"
