"""Writing captures in other formats; what a format cannot hold is listed, never dropped in silence.

One format is one module here with ``write(capture, path, *, moment)``, which returns the moments that
it wrote and what the file does not hold, one line each. `TARGETS` says which name of a file means
which format.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from forensics.capture import Capture
from forensics.errors import UsageError

#: Suffix of a file to the module that writes it; a longer suffix wins.
TARGETS: dict[str, str] = {
    ".pb.gz": "pprof",
    ".pprof": "pprof",
    ".speedscope.json": "speedscope",
    ".folded": "folded",
    ".folded.txt": "folded",
    ".txt": "folded",
    ".parquet": "parquet",
}


@dataclass(frozen=True, kw_only=True)
class Converted:
    """A file that was written: where, as what, how large, and what it does not hold."""

    path: Path
    format: str
    bytes: int
    moments: tuple[str, ...]
    lost: tuple[str, ...]


def target_of(path: str | os.PathLike[str]) -> str:
    """The format that the name of this file asks for. Raises UsageError where it names none."""
    name = Path(path).name.lower()
    suffix = max((suffix for suffix in TARGETS if name.endswith(suffix)), key=len, default=None)
    if suffix is None:
        known = ", ".join(TARGETS)
        raise UsageError(f"{path}: its name says no format to write; it can end in {known}")
    return TARGETS[suffix]


def convert(
    capture: Capture,
    path: str | os.PathLike[str],
    *,
    moment: str | None = None,
    force: bool = False,
    **options: Any,
) -> Converted:
    """Write this capture to ``path`` in the format that its suffix names, whole or not at all.

    ``moment`` picks one; formats that hold several moments get all by default. Further options go
    to the format: ``min_share`` for Parquet. Raises UsageError where the file is already there
    and not ``force``, or its folder cannot be written; MissingMoment for a moment that is not there.
    """
    out = Path(path)
    name = target_of(out)
    if out.exists() and (not force or not out.is_file()):
        raise UsageError(f"{out}: is already there; --force overwrites a file")
    draft = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    try:
        written = import_module(f"{__name__}.{name}").write(capture, draft, moment=moment, **options)
        draft.replace(out)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)
    return Converted(
        path=out, format=name, bytes=out.stat().st_size, moments=written.moments, lost=written.lost
    )
