"""``python -m forensics.warm``: compile every kernel once, so that no later run pays for it.

A package with compiled loops has a function ``compile_kernels`` that calls each once;
`forensics.compiled` keeps the result.
"""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module

import forensics


def compile_all() -> list[str]:
    """The packages whose kernels are compiled and cached now."""
    compiled = []
    for module in sorted(_with_kernels()):
        import_module(module).compile_kernels()
        compiled.append(module)
    return compiled


def _with_kernels() -> list[str]:
    """Modules that define ``compile_kernels``, told by their text: nothing is imported to find them."""
    found = []
    for package in pkgutil.walk_packages(forensics.__path__, "forensics."):
        if package.name == __name__:
            continue
        spec = package.module_finder.find_spec(package.name, None)
        source = spec.loader.get_source(package.name) if spec and spec.loader else None  # type: ignore[attr-defined]
        if source and "\ndef compile_kernels(" in source:
            found.append(package.name)
    return found


if __name__ == "__main__":
    sys.stderr.write(f"compiled: {', '.join(compile_all()) or 'nothing'}\n")
