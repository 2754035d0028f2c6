"""``forensics info``: what a dump is, whether it is whole and which moments it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from forensics.cli import EXIT_UNREADABLE, fail, options
from forensics.errors import DumpError

if TYPE_CHECKING:
    from forensics.capture import Capture
    from forensics.profile import Origin


@click.command("info")
@options.dumps
@options.max_expansion
@options.as_json
def command(files: tuple[str, ...], max_expansion: int | None, as_json: bool) -> int:
    """What each dump is, who wrote it, how much it holds and whether it is whole.

    One line a file; a file that cannot be read is one line on stderr, and the exit code is 3.
    """
    from forensics.readers import load

    read: list[Capture] = []
    code = 0
    for file in files:
        try:
            capture = load(file, max_expansion_bytes=max_expansion)
        except DumpError as error:
            code = fail(str(error), EXIT_UNREADABLE)
            continue
        read.append(capture)
        if not as_json:
            click.echo(line(capture))
    if as_json and read:
        documents = [document(capture) for capture in read]
        options.emit_json("info", documents[0] if len(files) == 1 else {"captures": documents})
    return code


def line(capture: Capture) -> str:
    """One line: what it is, who wrote it, how much each moment holds, whole or not."""
    from forensics.text import format_bytes, visible

    origin = capture.origin
    held = ", ".join(f"{moment} {held_at(capture, moment)}" for moment in capture.moments) or scrapes(capture)
    rss = f", RSS up to {format_bytes(capture.peak_rss_bytes)}" if capture.peak_rss_bytes else ""
    state = "whole" if capture.complete else f"NOT WHOLE ({capture.health.state}): {capture.health.detail}"
    by = f" by {origin.producer}" if origin.producer else ""
    return visible(f"{origin.path}: {origin.format}{by}: {held}{rss}; {state}")


def held_at(capture: Capture, moment: str) -> str:
    """Bytes and blocks, or what else the moment counts: ``5,004 goroutines``."""
    from forensics.text import format_bytes, format_count

    summary, further = capture.summaries[moment], further_totals(capture, moment)
    if further and not summary.bytes:
        return ", ".join(f"{format_count(total)} {measure}" for measure, total in further.items())
    return f"{format_bytes(summary.bytes)} in {format_count(summary.blocks)} blocks"


def further_totals(capture: Capture, moment: str) -> dict[str, int]:
    """Totals of what is counted where the moment holds neither bytes nor blocks: goroutines, threads, …"""
    if any(capture.summaries[moment]):
        return {}
    profile = capture.profile(moment)
    further = (measure for measure in profile.measures if measure not in ("bytes", "blocks"))
    return {measure: int(profile.allocations[measure].sum()) for measure in further}


def scrapes(capture: Capture) -> str:
    """What a dump without a moment holds: its timeline."""
    from forensics.text import format_bytes

    if capture.timeline.empty:
        return "no moment"
    highest = int(capture.timeline["heap_bytes"].max())
    heap = f", heap up to {format_bytes(highest)}" if highest >= 0 else ""
    rows = len(capture.timeline)
    return f"no moment, a timeline of {rows} row{'s' if rows > 1 else ''}{heap}"


def document(capture: Capture) -> dict[str, Any]:
    """What DESIGN calls ``info`` of one dump; bytes are integers, times ISO 8601 in UTC."""
    health, sidecar = capture.health, capture.sidecar
    return {
        "format": capture.origin.format,
        "producer": capture.origin.producer,
        "complete": capture.complete,
        "missing": health.detail or capture.origin.missing,
        "health": {"state": health.state, "detail": health.detail, "offset": health.offset},
        "moments": {
            moment: {
                "bytes": int(summary.bytes),
                "blocks": int(summary.blocks),
                **further_totals(capture, moment),
            }
            for moment, summary in capture.summaries.items()
        },
        "peak_rss_bytes": capture.peak_rss_bytes,
        "limit_bytes": capture.limit_bytes,
        "can_replay": capture.event_stream is not None,
        "sidecar": sidecar.path if sidecar else None,
        "origin": origin_document(capture.origin),
    }


def origin_document(origin: Origin) -> dict[str, Any]:
    """Every field of an Origin as JSON."""
    from dataclasses import asdict

    fields = asdict(origin)
    for name in ("started", "ended"):
        fields[name] = fields[name].isoformat() if fields[name] else None
    return {**fields, "notes": list(origin.notes)}
