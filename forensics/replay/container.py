"""Does it fit the container: by how much, until when, and what limit would be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from forensics.capture import Capture
from forensics.text import format_bytes, size_of

Word = Literal["exceeds", "fits", "tight", "unknown"]
#: RSS above this share of the limit is tight: the kernel reclaims page cache and stalls before it kills.
TIGHT_SHARE = 0.9
#: The right limit leaves a quarter of the peak as head-room and is a multiple of this.
HEAD_ROOM = 1.25
LIMIT_STEP = 64 << 20
#: Growth counts from this many samples on, and where it explains this share of RSS's variance.
GROWTH_SAMPLES = 20
GROWTH_FIT = 0.8


@dataclass(frozen=True, kw_only=True, eq=False)
class ContainerVerdict:
    """The word, the figures behind it, and how it was reached.

    ``gap``: what RSS is made of beside the heap, columns what str, bytes int64, known str
    (measured, estimated or unexplained); the rows add up to ``peak_rss_bytes``. Empty without RSS.
    """

    verdict: Word
    why: str
    limit_bytes: int | None
    peak_rss_bytes: int | None
    peak_heap_bytes: int | None
    #: Limit minus RSS; negative where it exceeds.
    margin_bytes: int | None
    #: Until the limit at the growth of the last half of the record; None where nothing grows steadily.
    seconds_to_limit: float | None
    growth_bytes_per_second: float | None
    right_limit_bytes: int | None
    workers: int
    #: What all workers need together, file-backed pages counted once where the side-car knows them.
    workers_rss_bytes: int | None
    gap: pd.DataFrame

    def __str__(self) -> str:
        return f"{self.verdict}: {self.why}"


def judge(capture: Capture, limit_bytes: int | str | None = None, *, workers: int = 1) -> ContainerVerdict:
    """The container verdict of a capture; the side-car's limit where none is given.

    ``workers`` processes like this one share the limit.
    """
    given = size_of(limit_bytes)
    limit = given if given is not None else capture.limit_bytes
    rss, heap = capture.peak_rss_bytes, _peak_heap(capture)
    together = _together(capture, rss, workers)
    word, why = _word(capture, limit, together, heap, workers)
    growth = _growth(capture)
    margin = limit - together if limit is not None and together is not None else None
    return ContainerVerdict(
        verdict=word,
        why=why,
        limit_bytes=limit,
        peak_rss_bytes=rss,
        peak_heap_bytes=heap,
        margin_bytes=margin,
        seconds_to_limit=_seconds_left(capture, limit, growth, workers),
        growth_bytes_per_second=growth,
        right_limit_bytes=_right_limit(together),
        workers=workers,
        workers_rss_bytes=together,
        gap=rss_gap(capture),
    )


def rss_gap(capture: Capture) -> pd.DataFrame:
    """What the highest RSS is made of: rows that add up to it exactly, the last one unexplained.

    Heap requested but not resident (mapped or never touched) is a negative row.
    """
    line = capture.timeline
    known = line[(line["rss_bytes"] > 0) & (line["heap_bytes"] >= 0)]
    if not len(known):
        return pd.DataFrame(
            {"what": pd.array([], "str"), "bytes": np.zeros(0, np.int64), "known": pd.array([], "str")}
        )
    top = known.iloc[int(known["rss_bytes"].argmax())]
    first = known.iloc[0]
    start = max(0, int(first["rss_bytes"]) - int(first["heap_bytes"]))
    rows = [
        ("heap that the profiler saw", int(top["heap_bytes"]), "measured"),
        ("interpreter, libraries and recorder before the first record", start, "measured"),
    ]
    files = _file_growth(capture, top["time"])
    if files > 0:
        rows.append(("file-backed pages touched since (libraries, mapped files)", files, "measured"))
    rest = int(top["rss_bytes"]) - sum(size for _, size, _ in rows)
    if rest < 0:
        rows.append(("requested but not resident: mapped or never touched", rest, "estimated"))
        rest = 0
    rows.append(
        (
            "not seen by the profiler: fragmentation, allocator overhead, stacks, own mappings",
            rest,
            "unexplained",
        )
    )
    return pd.DataFrame(rows, columns=["what", "bytes", "known"])


def _word(
    capture: Capture, limit: int | None, rss: int | None, heap: int | None, workers: int
) -> tuple[Word, str]:
    if limit is None:
        return "unknown", "no limit is given and no side-car names one"
    each = f" of {workers} workers" if workers > 1 else ""
    if capture.sidecar is not None and capture.sidecar.oom_killed and limit <= (capture.limit_bytes or limit):
        return "exceeds", f"it was killed at its limit of {format_bytes(capture.limit_bytes or limit)}"
    if rss is None:
        if heap is not None and heap > limit:
            return "exceeds", f"the heap alone reaches {format_bytes(heap)} of {format_bytes(limit)}"
        return "unknown", "this dump has no RSS, and the heap alone does not reach the limit"
    figures = f"RSS{each} reaches {format_bytes(rss)} of {format_bytes(limit)}"
    if rss > limit:
        return "exceeds", f"{figures}, {format_bytes(rss - limit)} too much"
    if capture.health.state in ("cut", "damaged", "empty"):
        return "unknown", f"{figures} in the part of the record that is there"
    if rss > TIGHT_SHARE * limit:
        return "tight", f"{figures}, {format_bytes(limit - rss)} to spare"
    return "fits", f"{figures}, {format_bytes(limit - rss)} to spare"


def _peak_heap(capture: Capture) -> int | None:
    held = [capture.summaries[m].bytes for m in ("peak", "live") if m in capture.summaries]
    return held[0] if held else None


def _together(capture: Capture, rss: int | None, workers: int) -> int | None:
    """RSS of all workers, file-backed pages once; an upper bound where these are unknown."""
    if rss is None or workers == 1:
        return rss
    shared = _file_bytes(capture)
    return workers * (rss - shared) + shared


def _file_bytes(capture: Capture) -> int:
    samples = capture.sidecar.samples if capture.sidecar is not None else pd.DataFrame()
    if "file_bytes" not in samples or not len(samples):
        return 0
    return max(0, int(samples["file_bytes"].max()))


def _file_growth(capture: Capture, at: pd.Timestamp) -> int:
    """File-backed pages at a time beyond those at the side-car's first sample; 0 where unknown."""
    samples = capture.sidecar.samples if capture.sidecar is not None else pd.DataFrame()
    if "file_bytes" not in samples or not len(samples):
        return 0
    near = min(int(samples["time"].searchsorted(at)), len(samples) - 1)
    first, then = int(samples["file_bytes"].iloc[0]), int(samples["file_bytes"].iloc[near])
    return max(0, then - first) if min(first, then) >= 0 else 0


def _growth(capture: Capture) -> float | None:
    """Bytes of RSS a second over the last half of the record, where a line fits it well and rises."""
    line = capture.timeline[capture.timeline["rss_bytes"] > 0]
    late = line.iloc[len(line) // 2 :]
    if len(late) < GROWTH_SAMPLES:
        return None
    seconds = (late["time"] - late["time"].iloc[0]).dt.total_seconds().to_numpy()
    rss = late["rss_bytes"].to_numpy(np.float64)
    if seconds[-1] <= 0 or np.ptp(rss) == 0:
        return None
    slope = float(np.polyfit(seconds, rss, 1)[0])
    fit = float(np.corrcoef(seconds, rss)[0, 1]) ** 2
    return slope if slope > 0 and fit >= GROWTH_FIT else None


def _seconds_left(capture: Capture, limit: int | None, growth: float | None, workers: int) -> float | None:
    if limit is None or growth is None:
        return None
    rss = int(capture.timeline["rss_bytes"].iloc[-1])
    now = _together(capture, rss, workers) or rss
    return max(0.0, (limit - now) / (growth * workers))


def _right_limit(rss: int | None) -> int | None:
    if rss is None:
        return None
    return -(-int(HEAD_ROOM * rss) // LIMIT_STEP) * LIMIT_STEP
