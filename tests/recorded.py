"""Programs recorded for real: shared by the tests of the recorder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

FORENSICS = [sys.executable, "-m", "forensics.cli"]

#: Pythons of other versions on this machine that have no memray; none where there are none.
OTHER_PYTHONS = [
    str(python)
    for python in sorted(Path.home().glob(".pyenv/versions/*/bin/python"))
    if python.parents[1].name.rpartition(".")[0] in ("2.7", "3.6", "3.8", "3.12")
    and subprocess.run([python, "-c", "import memray"], capture_output=True, check=False).returncode
]

#: Holds 50 MiB in one line of a function, then prints its arguments.
HOLDER = """
import sys
def grow():
    return bytearray(50 << 20)
held = grow()
print(sys.argv[1:], __name__)
"""
#: Holds ever more until somebody ends it.
GROWING = """
import time
held = []
def grow():
    held.append(bytearray(1 << 20))
while True:
    grow()
    time.sleep(0.001)
"""


def script(folder: Path, text: str, *, name: str = "program.py") -> Path:
    path = folder / name
    path.write_text(textwrap.dedent(text))
    return path


def start(folder: Path, *arguments: object, **environment: str) -> subprocess.Popen[str]:
    """``forensics ARGUMENTS`` running in this folder."""
    return subprocess.Popen(
        [*FORENSICS, *map(str, arguments)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def run(folder: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """``forensics ARGUMENTS`` run to its end in this folder."""
    process = start(folder, *arguments, **environment)
    out, said = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, out, said)


def record(folder: Path, text: str, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Record this program as ``out.bin``."""
    program = script(folder, text)
    return run(folder, "record", "-o", "out.bin", *options, "--", sys.executable, program.name, **environment)


def sidecar(folder: Path, name: str = "out.bin") -> dict[str, Any]:
    return json.loads((folder / f"{name}.sidecar.json").read_bytes())
