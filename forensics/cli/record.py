"""``forensics record``: run a command and keep its capture and its side-car."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forensics.cli.options import limit as limit_option
from forensics.errors import UsageError
from forensics.text import format_bytes

if TYPE_CHECKING:
    from forensics.record.run import Options, Recording

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|)")
_UNIT_SECONDS = {"ms": 0.001, "s": 1, "": 1, "m": 60, "h": 3600}


def parse_duration(text: str) -> float:
    """Seconds of ``100ms``, ``60s``, ``2m``, ``1h``. Raises UsageError on anything else."""
    found = _DURATION.fullmatch(text.strip())
    if not found:
        raise UsageError(f"{text!r} is no duration; write it like 100ms, 60s or 2m")
    return float(found[1]) * _UNIT_SECONDS[found[2]]


def _seconds(_context: object, _option: object, value: str | None) -> float | None:
    return None if value is None else parse_duration(value)


@click.command(context_settings={"ignore_unknown_options": False, "allow_interspersed_args": False})
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The capture. Default: NAME.PID.bin here."
)
@click.option("--native", is_flag=True, help="Native stacks too; their symbols are resolved at the end.")
@click.option("--python-allocators", is_flag=True, help="Every object, not only pymalloc's arenas.")
@click.option("--aggregate", is_flag=True, help="A small capture: no replay, and nothing if it is killed.")
@click.option("--follow-fork", is_flag=True, help="Child processes too, each as OUTPUT.PID.")
@limit_option
@click.option(
    "--limit-by",
    type=click.Choice(["auto", "cgroup", "watchdog"]),
    default="auto",
    help="What enforces it: a cgroup where one can be made, else a watchdog.",
)
@click.option("--interval", default="100ms", callback=_seconds, help="Between two samples. Default: 100ms.")
@click.option("--pid", type=click.IntRange(min=1), help="Attach to this running process instead.")
@click.option("--for", "for_seconds", callback=_seconds, help="How long to stay attached. Default: 60s.")
@click.option("--force", is_flag=True, help="Overwrite an existing capture.")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def command(
    command: tuple[str, ...],
    *,
    limit: int | None,
    interval: float,
    pid: int | None,
    for_seconds: float | None,
    **given: Any,
) -> None:
    """Run COMMAND under memray; beside the capture write OUTPUT.sidecar.json.

    forensics record [options] -- COMMAND…
    """
    from forensics.record.attach import attach
    from forensics.record.run import Options, run

    _check(command, limit=limit, pid=pid, for_seconds=for_seconds)
    options = Options(limit_bytes=limit, interval_seconds=interval, **given)
    recording = attach(pid, for_seconds or 60.0, options) if pid else run(command, options)
    for note in (*recording.notes, *_closing_words(recording, options)):
        click.echo(f"forensics: {note}", err=True)
    sys.exit(recording.exit_code)


def _closing_words(recording: Recording, options: Options) -> Iterator[str]:
    """What a user could not know otherwise: why the command ended, and where the capture is."""
    if recording.oom_killed and options.limit_bytes:
        limit = format_bytes(options.limit_bytes)
        yield f"the command was killed for its memory at the limit of {limit} ({recording.limited_by})"
    if options.output is None and recording.captured:
        yield f"recorded in {recording.capture.name}; next: forensics diagnose {recording.capture.name}"


def _check(
    command: tuple[str, ...], *, limit: int | None, pid: int | None, for_seconds: float | None
) -> None:
    """Raise UsageError where the options do not go together."""
    if pid is None and not command:
        raise UsageError("no command; write it after --, as in: forensics record -- python app.py")
    if pid is not None and (command or limit):
        raise UsageError("--pid attaches to a running process: it takes neither a command nor --limit")
    if pid is None and for_seconds is not None:
        raise UsageError("--for goes with --pid; a command is recorded until it ends")
