"""What a replay says as a document (JSON of ``forensics/replay/1``) and as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from forensics.attribute import Ledger
from forensics.replay import ASSUMPTION, Replay, WhatIf
from forensics.replay.container import judge
from forensics.text import format_bytes, visible


def document(
    replayed: Replay,
    answers: Sequence[WhatIf],
    *,
    limit: int | None = None,
    by: Literal["cause", "owner"] = "cause",
) -> dict[str, Any]:
    """Peak, answers, near-peaks, smallest fix and container verdict, as plain JSON values."""
    verdict = judge(replayed.capture, limit)
    return {
        "peak_bytes": replayed.peak_bytes,
        "peak_at": _iso(replayed.peak_at),
        "peak_sequence": replayed.peak_sequence,
        "peak_rss_bytes": verdict.peak_rss_bytes,
        "complete": replayed.capture.complete,
        "missing": replayed.capture.origin.missing,
        "assumption": ASSUMPTION,
        "without": [_answer(replayed, answer) for answer in answers],
        "near_peaks": [
            {"at": _iso(row.time), "peak_bytes": int(row.heap_bytes)}
            for row in replayed.near_peaks.itertuples()
        ],
        "smallest_fix": _fix(replayed, verdict.limit_bytes, by),
        "verdict": verdict.verdict,
        "container": {
            "why": verdict.why,
            "limit_bytes": verdict.limit_bytes,
            "margin_bytes": verdict.margin_bytes,
            "right_limit_bytes": verdict.right_limit_bytes,
            "seconds_to_limit": verdict.seconds_to_limit,
            "rss_made_of": verdict.gap.to_dict("records"),
        },
    }


def _answer(replayed: Replay, answer: WhatIf) -> dict[str, Any]:
    rss = replayed.rss_without(answer)
    return {
        "what": answer.what,
        "peak_bytes": answer.peak_bytes,
        "saves_bytes": answer.saves_bytes,
        "bytes_at_peak": answer.bytes_at_peak,
        "peak_at": _iso(answer.peak_at),
        "rss_bytes": None if rss is None else {"low": rss.low, "expected": rss.expected, "high": rss.high},
    }


def _fix(replayed: Replay, limit: int | None, by: Literal["cause", "owner"]) -> dict[str, Any] | None:
    if limit is None:
        return None
    fix = replayed.smallest_fix(limit, by=by)
    return {
        "remove": list(fix.removed),
        "largest_factor": fix.factor,
        "peak_bytes": fix.peak_bytes,
        "rss_bytes": fix.rss_bytes,
        "method": fix.method,
        "fits": fix.fits,
    }


def ledger_at(replayed: Replay, at: datetime) -> dict[str, Any]:
    """The causes of what was alive at a time, as plain JSON values."""
    profile = replayed.profile(at=at)
    ledger = Ledger(profile=profile, assignment=replayed.ledger.assignment)
    return {
        "time": _iso(at),
        "total_bytes": profile.total_bytes,
        "ledger": [
            {
                "cause": str(row.cause),
                "bytes": int(row.bytes),
                "blocks": int(row.blocks),
                "share": float(row.share),
            }
            for row in ledger.table.itertuples()
        ],
    }


def _iso(moment: Any) -> str | None:
    return None if moment is None or moment != moment else moment.isoformat()


def text(document: dict[str, Any]) -> str:
    """The document as lines for a terminal; strings from the dump are made visible."""
    lines = [
        f"peak       {format_bytes(document['peak_bytes'])} at {document['peak_at'] or 'an unknown time'}"
        f" (event {document['peak_sequence']}, exact)",
    ]
    if not document["complete"]:
        lines.append(f"partial    {visible(document['missing'])}")
    others = document["near_peaks"][1:]
    if others:
        lines.append(
            f"near-peaks {len(others)} more within 5 %, the next {format_bytes(others[0]['peak_bytes'])}"
        )
    lines.append(f"container  {document['verdict']}: {document['container']['why']}")
    for row in document["without"]:
        lines.append(
            f"without    {visible(row['what'])}: {format_bytes(row['peak_bytes'])}, "
            f"saves {format_bytes(row['saves_bytes'])} ({format_bytes(row['bytes_at_peak'])} at the peak)"
        )
        if row["rss_bytes"]:
            rss = row["rss_bytes"]
            lines.append(
                f"           RSS about {format_bytes(rss['expected'])} "
                f"({format_bytes(rss['low'])} to {format_bytes(rss['high'])})"
            )
    fix = document["smallest_fix"]
    if fix is not None:
        lines.append(f"fix        {visible(_fix_text(fix))}")
    lines += [
        f"at         {row['cause']:<14} {format_bytes(row['bytes'])}"
        for row in document.get("at", {}).get("ledger", [])
    ]
    if document["without"]:
        lines.append(f"           ({document['assumption']})")
    return "\n".join(lines)


def _fix_text(fix: dict[str, Any]) -> str:
    if fix["method"] == "none needed":
        return "none needed, it fits"
    names = " + ".join(fix["remove"])
    left = f"heap {format_bytes(fix['peak_bytes'])}"
    if fix["rss_bytes"] is not None:
        left = f"RSS about {format_bytes(fix['rss_bytes'])}, {left}"
    if not fix["fits"]:
        return f"nothing tried suffices; without {names}: {left}"
    share = f", or at most {fix['largest_factor']:.0%} of it may stay" if fix["largest_factor"] > 0 else ""
    return f"without {names}{share} ({fix['method']}; {left})"
