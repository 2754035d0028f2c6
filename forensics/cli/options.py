"""Options and arguments that several verbs share, and how a verb writes JSON."""

from __future__ import annotations

import json
from typing import Any

import click

from forensics.text import parse_size as parse_size

as_json = click.option("--json", "as_json", is_flag=True, help="Stable, versioned JSON on stdout.")
moment = click.option(
    "--moment",
    type=click.Choice(["peak", "end", "live", "allocated", "recorded"]),
    help="Default: the first the dump has.",
)
dump = click.argument("file", type=click.Path(path_type=str))
dumps = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=str))
max_expansion = click.option(
    "--max-expansion", metavar="SIZE", callback=lambda _c, _p, v: parse_size(v) if v else None,
    help="What a compressed file may expand to. Default: 4GiB or 200 times its size.",
)  # fmt: skip


def size_option(*names: str, explained: str) -> Any:
    """An option whose value is a size in bytes (int), or None."""
    return click.option(
        *names, metavar="SIZE", callback=lambda _c, _p, v: parse_size(v) if v else None, help=explained
    )


limit = size_option("--limit", explained="Memory limit of the container, such as 512MiB.")


def emit_json(verb: str, document: dict[str, Any]) -> None:
    """Write one document of ``forensics/<verb>/1`` to stdout: sorted keys, same input same output."""
    click.echo(
        json.dumps({"schema": f"forensics/{verb}/1", **document}, sort_keys=True, indent=2, allow_nan=False)
    )
