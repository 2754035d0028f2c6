"""``%load_ext forensics``: record a cell with memray and keep what it wrote."""

from __future__ import annotations

import shlex
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from IPython.core.error import UsageError as IPythonUsageError
from IPython.core.magic import Magics, cell_magic, magics_class

from forensics.capture import Capture
from forensics.readers import load
from forensics.views.accessor import register_accessor

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


class _Arguments(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise IPythonUsageError(f"%%memray: {message}")


def _parser() -> _Arguments:
    parser = _Arguments(prog="%%memray", add_help=False)
    parser.add_argument("name", nargs="?", default="capture")
    parser.add_argument("--keep", metavar="FILE")
    parser.add_argument("--native", action="store_true")
    parser.add_argument("--trace-python-allocators", action="store_true")
    return parser


@magics_class
class HeapMagics(Magics):
    """Magics of the notebook."""

    @cell_magic
    def memray(self, line: str, cell: str) -> Capture:
        """Run the cell under memray; its capture becomes a variable and the cell's result.

        %%memray [NAME] [--keep FILE] [--native] [--trace-python-allocators]

        NAME is the variable (``capture``). The file stays: at FILE, which must not exist, or in a
        temporary directory that lasts as long as the session. It is written even where the cell
        fails, so a MemoryError can be looked into.
        """
        wanted = _parser().parse_args(shlex.split(line))
        if not wanted.name.isidentifier():
            raise IPythonUsageError(f"%%memray: {wanted.name!r} is no name for a variable")
        path = self._place(wanted)
        try:
            self._run(cell, path, wanted)
        finally:
            if path.is_file():
                self._shell.user_ns[wanted.name] = load(path)
        return self._shell.user_ns[wanted.name]

    @property
    def _shell(self) -> InteractiveShell:
        assert self.shell is not None  # noqa: S101  (magics exist only inside a shell)
        return self.shell

    def _place(self, wanted: Namespace) -> Path:
        if wanted.keep is None:
            return Path(self._directory()) / f"{wanted.name}-{self._shell.execution_count}.bin"
        path = Path(wanted.keep)
        if path.exists():
            raise IPythonUsageError(f"%%memray: {path} exists; give another name")
        return path

    def _directory(self) -> str:
        """One temporary directory a session, removed when the session ends."""
        if not hasattr(self, "_temporary"):
            self._temporary = tempfile.TemporaryDirectory(prefix="forensics-")
        return self._temporary.name

    def _run(self, cell: str, path: Path, wanted: Namespace) -> None:
        from memray import FileDestination, Tracker

        compiled = self._shell.transform_cell(cell)
        tracker = Tracker(
            destination=FileDestination(path, overwrite=True),
            native_traces=wanted.native,
            trace_python_allocators=wanted.trace_python_allocators,
        )
        with tracker:
            result = self._shell.run_cell(compiled, store_history=False, silent=True)
        result.raise_error()


def register(shell: InteractiveShell) -> None:
    """Make the magics known to this session and ``.heap`` to pandas."""
    shell.register_magics(HeapMagics)
    register_accessor()
