"""A series of tracemalloc snapshots of this process: on a timer, on a signal, and before the limit.

Light: the standard library alone. Each snapshot is a file of its own that appears whole or not at
all, with a side-car that holds the resident set of that moment, which tracemalloc does not see.
"""

from __future__ import annotations

import json
import os
import re
import signal as signals
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

from forensics.errors import UsageError
from forensics.live import proc
from forensics.live.cgroups import memory_hierarchy
from forensics.live.traces import snapshot_cost_bytes, write_snapshot

ENVIRONMENT = "FORENSICS_SNAPSHOTS"
SUFFIX = ".tracemalloc"
_SIDECAR_SCHEMA = "forensics/sidecar/1"
_LOOK_EVERY_SECONDS = 0.25
#: After a snapshot for the limit the resident set has to grow by this factor for another one.
_GROWTH_UNTIL_NEXT = 1.05


@dataclass(frozen=True, kw_only=True)
class Settings:
    """When to take snapshots and how many to keep."""

    every: float | None = 30.0
    keep: int = 20
    folder: str = "."
    frames: int = 10
    share: float = 0.8
    limit: int | None = None
    signal: str = ""
    overhead: float = 0.02


class Series:
    """A running series; stops at the end of a ``with`` block, at `stop` or with the process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        #: Paths of the snapshots that are kept, oldest first.
        self.paths: list[Path] = []
        #: Why a snapshot was not taken or not written, newest last; at most 20.
        self.missed: list[str] = []
        #: Seconds spent on taking and writing snapshots.
        self.seconds_spent = 0.0
        self._limit = settings.limit or _limit_around()
        self._wanted: list[str] = []
        self._wake = threading.Event()
        self._stopping = False
        self._threshold = (self._limit or 0) * settings.share
        self._not_before = 0.0
        self._started_tracing = not tracemalloc.is_tracing()
        self._restore_signal: Callable[[], object] | None = None
        self._thread = threading.Thread(target=self._work, name="forensics-snapshots", daemon=True)

    def start(self) -> Series:
        """Begin tracing, unless something does already, and watch."""
        Path(self.settings.folder).mkdir(parents=True, exist_ok=True)
        if self._started_tracing:
            tracemalloc.start(self.settings.frames)
        if self.settings.signal:
            self._listen(_signal_number(self.settings.signal))
        self._thread.start()
        return self

    def take(self, why: str = "asked") -> None:
        """Ask for a snapshot now; it is taken by the series' own thread."""
        self._wanted.append(why)
        self._wake.set()

    def stop(self) -> None:
        """End the series, and the tracing that it began; a snapshot being written is finished."""
        self._stopping = True
        self._wake.set()
        self._thread.join()
        if self._restore_signal is not None:
            self._restore_signal()
        if self._started_tracing:
            tracemalloc.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return (
            f"<Series of {len(self.paths)} snapshots in {self.settings.folder}, "
            f"{self.seconds_spent:.2f} s spent, {len(self.missed)} missed>"
        )

    def _listen(self, number: int) -> None:
        previous = signals.getsignal(number)

        def asked(received: int, frame: FrameType | None) -> None:
            self.take("signal")
            if callable(previous):
                previous(received, frame)

        signals.signal(number, asked)
        self._restore_signal = lambda: signals.signal(number, previous)

    def _work(self) -> None:
        next_tick = time.monotonic() + self.settings.every if self.settings.every else None
        while not self._stopping:
            self._wake.wait(_LOOK_EVERY_SECONDS)
            self._wake.clear()
            while self._wanted:
                self._snapshot(self._wanted.pop(0))
            now = time.monotonic()
            if self._passes_threshold() and now >= self._not_before:
                self._snapshot("limit")
            elif next_tick is not None and now >= max(next_tick, self._not_before):
                next_tick = now + (self.settings.every or 0)
                self._snapshot("timer")

    def _passes_threshold(self) -> bool:
        if not self._limit:
            return False
        held = proc.resident(os.getpid())
        if held < self._threshold:
            return False
        self._threshold = held * _GROWTH_UNTIL_NEXT
        return True

    def _snapshot(self, why: str) -> None:
        """Take one, unless its own memory would be what ends the process; never more than the overhead."""
        held = proc.resident(os.getpid())
        if self._limit and held + snapshot_cost_bytes() > self._limit:
            self._miss(f"{why}: about {snapshot_cost_bytes()} bytes more would pass the limit")
            return
        began = time.monotonic()
        path = self._path(why)
        try:
            write_snapshot(path)
            _write_sidecar(path, held, self._limit)
        except OSError as error:
            self._miss(f"{why}: {error}")
            return
        took = time.monotonic() - began
        self.seconds_spent += took
        self._not_before = time.monotonic() + took / self.settings.overhead
        self.paths.append(path)
        self._forget_old()

    def _miss(self, reason: str) -> None:
        self.missed = [*self.missed[-19:], reason]

    def _path(self, why: str) -> Path:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")[:-3]
        return Path(self.settings.folder) / f"{os.getpid()}-{stamp}Z-{why}{SUFFIX}"

    def _forget_old(self) -> None:
        while len(self.paths) > self.settings.keep:
            oldest = self.paths.pop(0)
            oldest.unlink(missing_ok=True)
            Path(f"{oldest}.sidecar.json").unlink(missing_ok=True)


def snapshots(
    *,
    every: float | None = 30.0,
    keep: int = 20,
    folder: str | os.PathLike[str] = ".",
    frames: int = 10,
    share: float = 0.8,
    limit: int | None = None,
    signal: str = "",
    overhead: float = 0.02,
) -> Series:
    """Start a series: every so many seconds, on a signal, and when RSS passes a share of the limit.

    ``every`` in seconds, None for no timer. The newest ``keep`` files stay in ``folder``. ``frames``
    is the depth of a stack where tracing is not on already. ``limit`` in bytes, by default the
    container's. ``signal`` such as "SIGUSR2", from the main thread only. ``overhead`` is the largest
    share of time that taking snapshots may use: a costly one puts off the next. No snapshot is taken
    whose own memory would pass the limit.

    FORENSICS_SNAPSHOTS in the environment, such as ``every=30,keep=20,folder=/var/tmp``, takes
    precedence. Raises UsageError for a setting that makes no sense.
    """
    given = {
        "every": every,
        "keep": keep,
        "folder": os.fspath(folder),
        "frames": frames,
        "share": share,
        "limit": limit,
        "signal": signal,
        "overhead": overhead,
    }
    return Series(_checked({**given, **settings_from(os.environ.get(ENVIRONMENT, ""))})).start()


def snapshots_if_asked() -> Series | None:
    """A series as FORENSICS_SNAPSHOTS says, None where it is not set or ``off``. For a service's start."""
    text = os.environ.get(ENVIRONMENT, "")
    return None if text.strip().lower() in ("", "off", "0", "no") else snapshots()


def settings_from(text: str) -> dict[str, Any]:
    """Settings in ``every=30,keep=20,signal=SIGUSR2``; ``on`` or '' is none. Raises UsageError."""
    found: dict[str, Any] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = part.partition("=")
        if part.lower() in ("on", "1", "yes"):
            continue
        if name not in Settings.__dataclass_fields__ or not value:
            raise UsageError(f"{ENVIRONMENT}: {part!r} is no setting; write it like every=30,keep=20")
        found[name] = _value(name, value)
    return found


def _value(name: str, value: str) -> Any:
    if name in ("folder", "signal"):
        return value
    if name == "every" and value == "never":
        return None
    if not re.fullmatch(r"\d+(\.\d+)?", value):
        raise UsageError(f"{ENVIRONMENT}: {name}={value} is no number")
    return int(float(value)) if name in ("keep", "frames", "limit") else float(value)


def _checked(given: dict[str, Any]) -> Settings:
    settings = Settings(**given)
    sensible = (
        (settings.every is None or settings.every >= 0.1, "every must be at least 0.1 s"),
        (settings.keep >= 1, "keep must be at least 1"),
        (1 <= settings.frames <= 1000, "frames must be 1 to 1000"),
        (0 < settings.share <= 1, "share must be above 0 and at most 1"),
        (0 < settings.overhead <= 1, "overhead must be above 0 and at most 1"),
    )
    for holds, rule in sensible:
        if not holds:
            raise UsageError(f"snapshots: {rule}")
    return settings


def _signal_number(name: str) -> int:
    try:
        return signals.Signals[name]
    except KeyError as error:
        raise UsageError(f"snapshots: {name!r} is no signal; write it like SIGUSR2") from error


def _limit_around() -> int | None:
    hierarchy = memory_hierarchy()
    return hierarchy.effective_limit() if hierarchy else None


def _write_sidecar(snapshot: Path, rss_bytes: int, limit: int | None) -> None:
    """Resident set, limit, Python and commit (from FORENSICS_COMMIT) beside a snapshot."""
    document = {
        "schema": _SIDECAR_SCHEMA,
        "state": "finished",
        "git": {"commit": os.environ.get("FORENSICS_COMMIT", "")},
        "process": {"pid": os.getpid(), "language": "python {}.{}.{}".format(*sys.version_info[:3])},
        "limit": {"bytes": limit} if limit else {},
        "samples": {"time_ns": [time.time_ns()], "rss_bytes": [rss_bytes]},
    }
    part = snapshot.with_name(f".{snapshot.name}.sidecar.part")
    part.write_text(json.dumps(document, sort_keys=True))
    part.replace(f"{snapshot}.sidecar.json")
