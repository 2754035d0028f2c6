"""``forensics convert FILE OUT``: a dump in another format."""

from __future__ import annotations

import click

from forensics.cli import options


@click.command(name="convert")
@options.dump
@click.argument("out", type=click.Path(path_type=str))
@options.moment
@options.as_json
@options.max_expansion
@click.option("--force", is_flag=True, help="Overwrite OUT.")
@click.option(
    "--min-share", type=click.FloatRange(0, 1, max_open=True), metavar="SHARE",
    help="Parquet: count callsites below this share of the bytes in their callers.",
)  # fmt: skip
def command(
    file: str,
    out: str,
    moment: str | None,
    as_json: bool,
    max_expansion: int | None,
    force: bool,
    min_share: float | None,
) -> None:
    """Write FILE as OUT; the suffix of OUT names the format.

    .pb.gz and .pprof: pprof; .speedscope.json; .folded and .txt: folded stacks; .parquet: the whole
    capture, every moment. What OUT cannot hold is listed.
    """
    from forensics.export import convert, target_of
    from forensics.readers import load

    given = {} if min_share is None else {"min_share": min_share}
    if given and target_of(out) != "parquet":
        raise click.UsageError("--min-share is for .parquet")
    target_of(out)
    written = convert(load(file, max_expansion_bytes=max_expansion), out, moment=moment, force=force, **given)
    if as_json:
        options.emit_json(
            "convert",
            {
                "file": file,
                "out": out,
                "format": written.format,
                "bytes": written.bytes,
                "moments": list(written.moments),
                "lost": list(written.lost),
            },
        )
        return
    click.echo(f"{out}: {written.format}, {', '.join(written.moments)}, {written.bytes} bytes")
    for line in written.lost:
        click.echo(f"  not in it: {line}")
