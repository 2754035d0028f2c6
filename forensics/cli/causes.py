"""``forensics causes``: the ledger of a dump."""

from __future__ import annotations

import click

from forensics.cli import options
from forensics.cli import rules as rule_options


@click.command("causes")
@options.dump
@rule_options.of_one_dump
def command(
    file: str,
    moment: str | None,
    rule_file: str | None,
    own: tuple[str, ...],
    max_expansion: int | None,
    as_json: bool,
) -> None:
    """What the memory is for: causes that add up to the whole, with what no rule explains."""
    user = rule_options.user_rules(rule_file, own)
    from forensics.attribute import attribute_capture
    from forensics.diagnose import ledger_rows
    from forensics.readers import load

    capture = load(file, max_expansion_bytes=max_expansion)
    ledger = attribute_capture(capture, moment, rules=user.rules, own=user.own or None)
    profile = ledger.profile
    document = {
        "moment": profile.origin.moment or moment or next(iter(capture.moments), ""),
        "total_bytes": profile.total_bytes,
        "total_blocks": profile.total_blocks,
        "ledger": ledger_rows(ledger),
        "complete": capture.complete,
        "phases": [
            {
                "phase": str(row.phase),
                "bytes": int(row.bytes),
                "blocks": int(row.blocks),
                "share": float(row.share),
            }
            for row in ledger.by("phase").itertuples()
            if row.blocks or row.bytes
        ],
    }
    if as_json:
        options.emit_json("causes", document)
    else:
        from forensics.views.mimebundle import ledger_table

        click.echo(ledger_table(ledger).text())
