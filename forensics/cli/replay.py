"""``forensics replay``: the exact peak, what it would have been without a suspect, and the smallest fix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import click

from forensics.cli import options
from forensics.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from forensics.replay import Replay, WhatIf

KEYS = ("cause", "owner", "function", "file", "callsite")


@click.command("replay")
@options.dump
@click.option("--without", "removals", multiple=True, metavar="KEY=VALUE", help=f"Remove: {', '.join(KEYS)}.")
@click.option("--scale", "scales", multiple=True, metavar="CAUSE=FACTOR", help="Scale a cause: pool/db=0.2.")
@click.option("--at", "moment", metavar="TIME", help="Also the causes then: seconds from the start, or ISO.")
@click.option("--by", type=click.Choice(["cause", "owner"]), default="cause", help="What a fix is made of.")
@options.limit
@options.max_expansion
@options.as_json
def command(
    file: str,
    removals: tuple[str, ...],
    scales: tuple[str, ...],
    moment: str | None,
    by: Literal["cause", "owner"],
    limit: int | None,
    max_expansion: int | None,
    as_json: bool,
) -> None:
    """The exact peak and when; what it would have been without a suspect; the smallest set that fits.

    It removes events, it does not re-time the program.
    """
    selections = [_pair(text, KEYS) for text in removals]
    factors = [_factor(text) for text in scales]
    from forensics.readers import load
    from forensics.replay import replay
    from forensics.replay.document import document, ledger_at, text

    replayed = replay(load(file, max_expansion_bytes=max_expansion))
    answers = _answers(replayed, selections, factors)
    told = document(replayed, answers, limit=limit, by=by)
    if moment is not None:
        told["at"] = ledger_at(replayed, _time(replayed, moment))
    if as_json:
        options.emit_json("replay", told)
    else:
        click.echo(text(told))


def _pair(text: str, keys: tuple[str, ...]) -> tuple[str, str]:
    key, separator, value = text.partition("=")
    if not separator or key not in keys or not value:
        raise UsageError(f"--without {text!r}: write KEY=VALUE, where KEY is one of {', '.join(keys)}")
    return key, value


def _factor(text: str) -> tuple[str, float]:
    cause, separator, value = text.rpartition("=")
    try:
        return (cause, float(value)) if separator and cause else _bad_factor(text)
    except ValueError:
        return _bad_factor(text)


def _bad_factor(text: str) -> tuple[str, float]:
    raise UsageError(f"--scale {text!r}: write CAUSE=FACTOR, such as pool/db=0.2")


def _answers(
    replayed: Replay, selections: list[tuple[str, str]], factors: list[tuple[str, float]]
) -> list[WhatIf]:
    """Each question alone, then all of them together where there are several; one pass."""
    import numpy as np

    from forensics.replay import Hypothesis

    asked = [
        Hypothesis(what=f"{key}={value}", kept=1.0 - replayed.mask(key, _ids(key, value)))
        for key, value in selections
    ]
    asked += [
        Hypothesis(
            what=f"cause={cause} x {factor:g}", kept=np.where(replayed.mask("cause", cause), factor, 1.0)
        )
        for cause, factor in factors
    ]
    if len(asked) > 1:
        together = asked[0]
        for further in asked[1:]:
            together = together & further
        asked.append(together)
    return replayed.ask(asked)


def _ids(key: str, value: str) -> Any:
    if key != "callsite":
        return value
    try:
        return [int(part) for part in value.split(",")]
    except ValueError as error:
        raise UsageError(f"--without callsite={value}: callsites are numbers") from error


def _time(replayed: Replay, text: str) -> datetime:
    import pandas as pd

    line = replayed.capture.timeline
    if not len(line):
        raise UsageError(f"--at {text}: this dump has no times")
    try:
        return (line["time"].iloc[0] + pd.Timedelta(seconds=float(text))).to_pydatetime(warn=False)
    except ValueError:
        pass
    try:
        moment = pd.Timestamp(text)
    except ValueError as error:
        raise UsageError(f"--at {text!r} is no time; write seconds since the start, or ISO 8601") from error
    return (moment.tz_localize("UTC") if moment.tz is None else moment).to_pydatetime(warn=False)
