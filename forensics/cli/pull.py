"""``forensics pull``: fetch a dump from a debug endpoint and say what it is."""

from __future__ import annotations

from pathlib import Path

import click

from forensics.cli import info, options
from forensics.cli.record import parse_duration


@click.command("pull")
@click.argument("url")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Default: made of host and path.")
@click.option("--token-file", type=click.Path(path_type=Path), help="Else FORENSICS_TOKEN[_FILE].")
@click.option("--timeout", default="60s", callback=lambda _c, _p, v: parse_duration(v), help="Default: 60s.")
@options.size_option("--max-size", explained="Largest answer to take. Default: 256MiB.")
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@options.as_json
def command(
    url: str,
    *,
    output: Path | None,
    token_file: Path | None,
    timeout: float,
    max_size: int | None,
    force: bool,
    as_json: bool,
) -> None:
    """Fetch URL, from our endpoint or from Go's /debug/pprof and /metrics, and say what came."""
    from forensics.pull import DEFAULT_BYTES, pull
    from forensics.readers import load

    path = pull(
        url,
        output,
        token_file=token_file,
        timeout_seconds=timeout,
        max_bytes=max_size or DEFAULT_BYTES,
        force=force,
    )
    capture = load(path)
    if as_json:
        options.emit_json("pull", {"file": str(path), **info.document(capture)})
    else:
        click.echo(info.line(capture))
