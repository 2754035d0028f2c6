"""``forensics top``: the heaviest functions, files, modules, owners or lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import click

from forensics.cli import options

if TYPE_CHECKING:
    from forensics.attribute.top import By


@click.command("top")
@options.dump
@click.option(
    "--by",
    type=click.Choice(["function", "file", "module", "owner", "line"]),
    default="function",
    show_default=True,
    help="What a row is.",
)
@click.option("-n", "count", type=click.IntRange(min=1), default=20, show_default=True, help="How many rows.")
@options.moment
@options.max_expansion
@options.as_json
def command(
    file: str, by: str, count: int, moment: str | None, max_expansion: int | None, as_json: bool
) -> None:
    """The heaviest names with what they allocate themselves (own) and with what they call (total)."""
    from forensics.attribute.top import top
    from forensics.readers import load

    capture = load(file, max_expansion_bytes=max_expansion)
    profile = capture.profile(moment)
    rows = top(profile, cast("By", by)).head(count).to_dict("records")
    document: dict[str, Any] = {
        "moment": profile.origin.moment or moment or next(iter(capture.moments), ""),
        "by": by,
        "measure": profile.primary_measure,
        "total": int(profile.own(profile.primary_measure).sum()),
        "total_bytes": profile.total_bytes,
        "total_blocks": profile.total_blocks,
        "rows": rows,
    }
    if as_json:
        options.emit_json("top", document)
    else:
        click.echo(text(document))


def text(document: dict[str, Any]) -> str:
    """The rows as aligned text; a dump that measures something else than bytes says so first."""
    from forensics.text import format_bytes, format_count, format_share, visible

    whole, in_bytes = document["total"] or 1, document["measure"] == "bytes"
    shown = format_bytes if in_bytes else format_count
    lines = [] if in_bytes else [f"{visible(document['measure'], 60)}: {format_count(document['total'])}"]
    lines += [f"{'own':>11}{'total':>12}{'share':>9}{'blocks':>12}  {document['by']}"]
    lines += [
        f"{shown(row['own']):>11} {shown(row['total']):>11}"
        f"{format_share(row['total'] / whole):>9}{format_count(row['total_blocks']):>12}"
        f"  {visible(str(row['name']), 120)}"
        for row in document["rows"]
    ]
    return "\n".join(lines)
