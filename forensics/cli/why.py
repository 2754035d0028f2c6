"""``forensics why``: which rule gave these bytes to this cause, and the runner-up."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from forensics.cli import options
from forensics.cli import rules as rule_options
from forensics.errors import UsageError

if TYPE_CHECKING:
    import numpy as np

    from forensics.attribute import Ledger


@click.command("why")
@options.dump
@click.option("--frame", required=True, metavar="PATTERN", help="Function, file or file:line; * is any text.")
@click.option("-n", "count", type=click.IntRange(min=1), default=5, show_default=True, help="How many paths.")
@rule_options.of_one_dump
def command(
    file: str,
    frame: str,
    count: int,
    moment: str | None,
    rule_file: str | None,
    own: tuple[str, ...],
    max_expansion: int | None,
    as_json: bool,
) -> None:
    """Why the heaviest call paths through a frame have their cause."""
    user = rule_options.user_rules(rule_file, own)
    from forensics.attribute import attribute_capture
    from forensics.readers import load

    capture = load(file, max_expansion_bytes=max_expansion)
    ledger = attribute_capture(capture, moment, rules=user.rules, own=user.own or None)
    chosen = through(ledger, frame)
    if not chosen.any():
        raise UsageError(f"{file}: no call path has a frame like {frame!r}; names: forensics top {file}")
    document: dict[str, Any] = {"frame": frame, "paths": paths(ledger, chosen, count)}
    if as_json:
        options.emit_json("why", document)
    else:
        click.echo("\n\n".join(text(row) for row in document["paths"]))


def through(ledger: Ledger, pattern: str) -> np.ndarray:
    """A bool per callsite: a frame on its path is this function, file or line."""
    import numpy as np

    from forensics.attribute.select import is_owner
    from forensics.attribute.sweep import NONE, innermost

    frames = ledger.profile.frames[["function", "file", "line"]].itertuples(index=False)
    hit = np.array([is_owner(str(name), str(file), int(line), pattern) for name, file, line in frames])
    marked = hit[ledger.profile.callsites["frame_id"].to_numpy()]
    return innermost(ledger.profile.callsites, marked) != NONE


def paths(ledger: Ledger, chosen: np.ndarray, count: int) -> list[dict[str, Any]]:
    """The heaviest of these call paths with the reason of each, as plain values."""
    import numpy as np

    from forensics.diagnose.case import path_text

    own, blocks = ledger.profile.own(), ledger.profile.own("blocks")
    sites = np.flatnonzero(chosen & ((own > 0) | (blocks > 0)))
    sites = sites[np.argsort(-own[sites], kind="stable")][:count]
    return [
        {
            **asdict(ledger.why(int(site))),
            "bytes": int(own[site]),
            "blocks": int(blocks[site]),
            "callsite": list(path_text(ledger.profile, int(site))),
        }
        for site in sites
    ]


def text(row: dict[str, Any]) -> str:
    """One call path with its reason."""
    from forensics.text import format_bytes, format_count

    lines = [f"{format_bytes(row['bytes'])} in {format_count(row['blocks'])} blocks: {row['cause']}"]
    lines.append(f"  rule {row['rule'] or 'none'} ({row['tier']}): {row['why']}")
    if row["frame"]:
        lines.append(f"  matched   {row['frame']}")
    if row["runner_up"]:
        lines.append(f"  runner-up {row['runner_up']} by {row['runner_up_rule']}: {row['runner_up_frame']}")
    lines.append(f"  owner     {row['owner'] or 'no frame of the application'}, phase {row['phase']}")
    lines += [f"    {frame}" for frame in row["callsite"]]
    return "\n".join(lines)
