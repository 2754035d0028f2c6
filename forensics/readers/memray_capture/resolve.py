"""Run alone, isolated: names of places in files of this machine, by addr2line.

Standard input: JSON of {file: [offsets of return addresses]}. Standard output: JSON of
{"file+0xoffset": [function, source file, line]}, without what has no name. Nothing of the package is
imported here: the program that starts it (symbolise.py) gives it no environment and no directory.
"""

from __future__ import annotations

import json
import resource
import stat
import subprocess
import sys
from pathlib import Path

#: Limits on this process and on each addr2line that it starts.
LIMITS = {
    resource.RLIMIT_AS: 2 << 30,
    resource.RLIMIT_CPU: 60,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: 32,
}
SECONDS_FOR_ONE_FILE = 60


def confine() -> None:
    """Bound memory, processor time, files and core dumps for good."""
    for kind, most in LIMITS.items():
        resource.setrlimit(kind, (most, most))


def is_file(path: str) -> bool:
    """True for a regular file by an absolute path; devices and pipes are never opened."""
    try:
        file = Path(path)
        return file.is_absolute() and stat.S_ISREG(file.stat().st_mode)
    except (OSError, ValueError):
        return False


def named(path: str, offsets: list[int]) -> dict[str, tuple[str, str, int]]:
    """What addr2line says of the calls before these return addresses; empty where it fails."""
    try:
        done = subprocess.run(
            ["addr2line", "-f", "-C", "-e", path],
            input="".join(f"{offset - 1:#x}\n" for offset in offsets),
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS_FOR_ONE_FILE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {}
    answers = done.stdout.splitlines()
    found = {}
    for offset, function, place in zip(offsets, answers[::2], answers[1::2], strict=False):
        file, _, line = place.split(" (")[0].rpartition(":")
        if function != "??":
            number = int(line) if line.isdigit() else 0
            found[f"{path}+{offset:#x}"] = (function, "" if file == "??" else file, number)
    return found


def main() -> None:
    """Answer one question, or exit with status 3 where addr2line is missing."""
    confine()
    answer: dict[str, tuple[str, str, int]] = {}
    try:
        for path, offsets in json.load(sys.stdin).items():
            if is_file(path):
                answer |= named(path, offsets)
    except FileNotFoundError:
        sys.exit(3)
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
