"""How the public objects show themselves in a notebook: HTML or a figure, and text that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from forensics.capture import Capture, Summary
from forensics.profile import Origin, Profile
from forensics.text import format_bytes, format_count, format_share
from forensics.views.figure import marked
from forensics.views.tables import Table

if TYPE_CHECKING:
    from forensics.attribute import Ledger
    from forensics.diagnose import Diagnosis
    from forensics.replay import Fix, Replay, WhatIf

Bundle = dict[str, Any]


def capture_bundle(capture: Capture) -> Bundle:
    """What the dump is, what it can give and whether it is whole."""
    return _table_bundle(capture_table(capture))


def profile_bundle(profile: Profile) -> Bundle:
    """The icicle by cause; in text the total and the heaviest call paths."""
    from forensics.views.show import icicle

    figure = icicle(profile)
    bundle, _metadata = figure._repr_mimebundle_()
    return {**bundle, "text/plain": heaviest_table(profile).text()}


def ledger_bundle(ledger: Ledger) -> Bundle:
    """The causes as a table."""
    return _table_bundle(ledger_table(ledger))


def diagnosis_bundle(diagnosis: Diagnosis) -> Bundle:
    """The verdict and the findings with their evidence."""
    from forensics.views.findings import diagnosis_html

    return {"text/html": diagnosis_html(diagnosis), "text/plain": str(diagnosis)}


def replay_bundle(replayed: Replay) -> Bundle:
    """The heap by cause over time."""
    from forensics.views.timeline import replay_figure

    bundle, _metadata = replay_figure(replayed)._repr_mimebundle_()
    return bundle


def what_if_bundle(answer: WhatIf) -> Bundle:
    """The hypothetical peak beside what the bytes at the peak would promise."""
    return _table_bundle(what_if_table([answer]))


def fix_bundle(fix: Fix) -> Bundle:
    """What to take away, and what is left then."""
    from forensics.replay import ASSUMPTION

    needed = {"none needed": "nothing, it fits", "none found": "nothing that was tried suffices"}
    facts = [
        ("take away", needed.get(fix.method) or " + ".join(fix.removed)),
        ("at most this much of it may stay", format_share(fix.factor) if fix.removed and fix.factor else ""),
        ("the heap's peak then", format_bytes(fix.peak_bytes)),
        ("RSS expected then", format_bytes(fix.rss_bytes) if fix.rss_bytes is not None else "unknown"),
        ("limit", format_bytes(fix.limit_bytes)),
        ("found", f"{fix.method} search" if fix.method in ("exact", "greedy") else ""),
    ]
    rows = [fact for fact in facts if fact[1]]
    return _table_bundle(
        Table(caption="The smallest fix", headings=("", ""), rows=rows, note=f"Here {ASSUMPTION}.")
    )


def what_if_table(answers: Sequence[WhatIf]) -> Table:
    """One row a hypothesis: the exact new peak, what it saves, what was held at the old peak."""
    from forensics.replay import ASSUMPTION

    rows = [
        (
            answer.what,
            *(format_bytes(n) for n in (answer.peak_bytes, answer.saves_bytes, answer.bytes_at_peak)),
        )
        for answer in answers
    ]
    origin = answers[0].capture.origin if answers else Origin()
    return Table(
        caption=marked("The peak without …", origin),
        headings=("without", "new peak", "saves", "held at the peak"),
        rows=rows,
        numbers=frozenset({1, 2, 3}),
        note=f"Exact, but {ASSUMPTION}.",
    )


def capture_table(capture: Capture) -> Table:
    """One fact a row."""
    origin, health = capture.origin, capture.health
    facts = [
        ("format", f"{origin.format} by {origin.producer}" if origin.producer else origin.format),
        ("command", origin.command),
        ("commit", origin.commit),
        *((moment, _held(summary)) for moment, summary in capture.summaries.items()),
        ("highest RSS", format_bytes(capture.peak_rss_bytes) if capture.peak_rss_bytes else ""),
        ("limit", format_bytes(capture.limit_bytes) if capture.limit_bytes else ""),
        ("whole", "yes" if capture.complete else f"no, {health.state}: {health.detail}"),
        ("can be replayed", "yes" if capture.event_stream else f"no: {capture.no_events_because}"),
        *(("note", note) for note in origin.notes),
    ]
    caption = marked(f"Capture {origin.path}", origin)
    return Table(caption=caption, headings=("", ""), rows=[fact for fact in facts if fact[1]])


def _held(summary: Summary) -> str:
    return f"{format_bytes(summary.bytes)} in {format_count(summary.blocks)} blocks"


def heaviest_table(profile: Profile, count: int = 10) -> Table:
    """The call paths with the most bytes of their own, innermost frame named."""
    own = profile.own()
    callsites = own.argsort(kind="stable")[::-1][:count]
    callsites = callsites[own[callsites] > 0]
    frames = profile.frames.iloc[profile.callsites["frame_id"].to_numpy()[callsites]]
    rows = [
        (format_bytes(held), format_share(held / max(profile.total_bytes, 1)), f"{function} {file}:{line}")
        for held, function, file, line in zip(
            own[callsites], frames["function"], frames["file"], frames["line"], strict=True
        )
    ]
    whole = f"{format_bytes(profile.total_bytes)} in {format_count(profile.total_blocks)} blocks"
    return Table(
        caption=marked(
            f"{profile.origin.moment or 'memory'} of {profile.origin.path}: {whole}", profile.origin
        ),
        headings=("bytes", "share", "allocated by"),
        rows=rows,
        numbers=frozenset({0, 1}),
    )


def ledger_table(ledger: Ledger) -> Table:
    """Causes, largest first, ``unexplained`` last, and the whole that they add up to."""
    profile = ledger.profile
    table = ledger.table
    rows = [
        (cause, format_bytes(held), format_share(share), format_count(blocks))
        for cause, held, share, blocks in zip(
            table["cause"], table["bytes"], table["share"], table["blocks"], strict=True
        )
    ]
    rows.append(
        ("all", format_bytes(profile.total_bytes), format_share(1), format_count(profile.total_blocks))
    )
    return Table(
        caption=marked(_ledger_caption(profile.origin), profile.origin),
        headings=("cause", "bytes", "share", "blocks"),
        rows=rows,
        numbers=frozenset({1, 2, 3}),
    )


def _ledger_caption(origin: Origin) -> str:
    return f"Why memory was held ({origin.moment or 'moment unknown'} of {origin.path})"


def _table_bundle(table: Table) -> Bundle:
    return {"text/html": table.html(), "text/plain": table.text()}
