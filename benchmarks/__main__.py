"""``python -m benchmarks [--large] [NAME…]``: every benchmark here, printed as Markdown.

A benchmark is a module of this package with a ``run`` that gives a text or yields lines; one that
takes ``large=`` has captures that take minutes.
"""

from __future__ import annotations

import argparse
import inspect
import os
import pkgutil
import sys
from importlib import import_module

import benchmarks


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help="modules to run, all by default")
    parser.add_argument("--large", action="store_true", help="also the captures that take minutes")
    wanted = parser.parse_args()
    print(f"{os.cpu_count()} cores, {sys.platform}, Python {sys.version.split()[0]}\n")
    for found in pkgutil.iter_modules(benchmarks.__path__):
        if found.name == "__main__" or (wanted.names and found.name not in wanted.names):
            continue
        module = import_module(f"benchmarks.{found.name}")
        if not hasattr(module, "run"):
            continue
        print(f"## {getattr(module, 'TITLE', found.name)}\n")
        sized = "large" in inspect.signature(module.run).parameters
        lines = module.run(large=wanted.large) if sized else module.run()
        for line in [lines] if isinstance(lines, str) else lines:
            print(line, flush=True)
        print()


if __name__ == "__main__":
    main()
