"""Names of native frames, resolved on the machine that made them, for the side-car.

A capture with native stacks holds addresses and the map of loaded modules. What lies at an address
is known to the files that were loaded, so it is written down at the end of the run, where they are.
"""

from __future__ import annotations

import bisect
import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

_SEGMENT_HEADER = re.compile(r"SEGMENT_HEADER filename=(.*) num_segments=\d+ addr=(0x[0-9a-f]+)$")
_SEGMENT = re.compile(r"SEGMENT (\(nil\)|0x[0-9a-f]+) ([0-9a-f]+)$")
_NATIVE_FRAME = re.compile(r"NATIVE_FRAME_ID ip=(0x[0-9a-f]+) ")
_PATIENCE_SECONDS = 300
_MOST_SYMBOLS = 200_000

Symbols = dict[str, tuple[str, str, int]]


class ModuleMap:
    """Which module lies where; a later map of a long run adds to the earlier ones."""

    def __init__(self) -> None:
        self._ranges: dict[int, tuple[int, str, int]] = {}
        self._starts: list[int] | None = None

    def add(self, module: str, base: int, segments: Iterable[tuple[int, int]]) -> None:
        """A module loaded at ``base`` whose segments are (offset, length) in bytes."""
        self._starts = None
        for offset, length in segments:
            self._ranges[base + offset] = (base + offset + length, module, base)

    def place(self, address: int) -> tuple[str, int] | None:
        """Module and offset of an address, None where no module is known there."""
        if self._starts is None:
            self._starts = sorted(self._ranges)
        at = bisect.bisect_right(self._starts, address) - 1
        if at < 0:
            return None
        end, module, base = self._ranges[self._starts[at]]
        return (module, address - base) if address < end else None


def resolve_symbols(capture: Path, interpreter: str) -> Symbols:
    """``module+0xoffset`` to (function, file, line) of every native frame in this capture of ours.

    The offset is the return address's; the line is that of the call. Empty where binutils'
    addr2line is missing. Raises OSError or subprocess.SubprocessError where memray cannot read it.
    """
    listing = subprocess.Popen(
        [interpreter, "-I", "-m", "memray", "parse", str(capture)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        errors="replace",
        env=_quiet_environment(),
    )
    assert listing.stdout is not None  # noqa: S101  a pipe, for the type checker
    with listing:
        offsets = places_by_module(listing.stdout)
    symbols: Symbols = {}
    for module, wanted in offsets.items():
        if Path(module).is_file() and len(symbols) < _MOST_SYMBOLS:
            symbols |= _symbols_of(module, sorted(wanted))
    return symbols


def places_by_module(lines: Iterable[str]) -> dict[str, set[int]]:
    """Offsets of all native frames by module, from the lines of ``memray parse``."""
    modules, addresses, header, segments = ModuleMap(), set(), None, []
    for line in lines:
        if found := _NATIVE_FRAME.match(line):
            addresses.add(int(found[1], 16))
        elif found := _SEGMENT.match(line):
            segments.append((0 if found[1] == "(nil)" else int(found[1], 16), int(found[2], 16)))
        elif header is not None:
            modules.add(*header, segments)
            header, segments = None, []
        if found := _SEGMENT_HEADER.match(line):
            header = (found[1], int(found[2], 16))
    if header is not None:
        modules.add(*header, segments)
    by_module: dict[str, set[int]] = {}
    for address in addresses:
        place = modules.place(address)
        if place is not None:
            by_module.setdefault(place[0], set()).add(place[1])
    return by_module


def _symbols_of(module: str, offsets: list[int]) -> Symbols:
    """What addr2line says of these return addresses; unknown functions are left out."""
    try:
        done = subprocess.run(
            ["addr2line", "-f", "-C", "-e", module],
            input="".join(f"{offset - 1:#x}\n" for offset in offsets),
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE_SECONDS,
            env=_quiet_environment(),
        )
    except FileNotFoundError:
        return {}
    answers = done.stdout.splitlines()
    return {
        f"{module}+{offset:#x}": (function, *_file_and_line(place))
        for offset, function, place in zip(offsets, answers[::2], answers[1::2], strict=False)
        if function != "??"
    }


def _file_and_line(place: str) -> tuple[str, int]:
    """``src/x.c:12 (discriminator 3)`` as its parts; '' and 0 where unknown."""
    file, _, line = place.split(" (")[0].rpartition(":")
    return ("" if file == "??" else file, int(line) if line.isdigit() else 0)


def _quiet_environment() -> Mapping[str, str]:
    """Nothing that would make a tool ask the network for debug information."""
    return {name: value for name, value in os.environ.items() if name != "DEBUGINFOD_URLS"}
