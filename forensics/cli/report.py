"""``forensics report``: the executed notebook over dumps, as a page or a notebook."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from forensics.cli import options

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


@click.command("report")
@options.dumps
@click.option(
    "-o", "--output", "outputs", multiple=True, required=True, metavar="OUT.html|.ipynb",
    type=click.Path(path_type=str), help="Where to write; may be given for each kind.",
)  # fmt: skip
@options.limit
@click.option(
    "--notebook", default="what_holds_the_memory", show_default=True, metavar="NAME|FILE.py",
    help="A packaged notebook, or a py:percent file with a parameters cell.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@options.as_json
def command(
    files: tuple[str, ...],
    outputs: tuple[str, ...],
    limit: int | None,
    notebook: str,
    force: bool,
    as_json: bool,
) -> None:
    """Run a notebook over the dumps and write it with its output, fit to be shared.

    A page needs nothing but itself: no network, and no JavaScript to be read. Paths and secrets of
    this machine are taken out; where one cannot be, nothing is written.
    """
    from forensics.report import report

    with _progress(f"running {notebook} over {len(files)} dump{'s' * (len(files) > 1)}"):
        written = report(files, outputs, limit=limit, notebook=notebook, overwrite=force)
    if as_json:
        options.emit_json("report", {"written": [str(path) for path in written]})
    else:
        for path in written:
            click.echo(f"{path}: {path.stat().st_size / (1 << 20):.1f} MiB")


def _progress(what: str) -> AbstractContextManager[object]:
    """A spinner on stderr where that is a terminal, else nothing."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(what)
