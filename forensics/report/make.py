"""From dumps to an executed notebook: find, run, clean, check, write."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from forensics.errors import UsageError
from forensics.readers import load
from forensics.report.kernel import execute
from forensics.report.normalise import normalised
from forensics.report.page import page
from forensics.report.redact import Redaction
from forensics.report.source import DEFAULT, find_notebook, read_notebook
from forensics.report.workspace import workspace

SUFFIXES = (".html", ".ipynb")
PathLike = str | os.PathLike[str]


def report(
    dumps: PathLike | Sequence[PathLike],
    output: PathLike | Iterable[PathLike],
    *,
    limit: str | int | None = None,
    notebook: str = DEFAULT,
    overwrite: bool = False,
) -> list[Path]:
    """The files written: ``notebook`` executed over the dumps, as ``.ipynb`` or ``.html`` by name.

    ``limit`` as ``"512MiB"`` or bytes; ``notebook`` is a packaged one or a py:percent file whose
    parameters are ``dumps`` and ``limit``. The same dumps give the same bytes. Raises DumpError for
    a dump that cannot be read, UsageError for an output that cannot be meant, ReportError where a
    cell fails or where something private would be shown; then nothing is written.
    """
    paths = [Path(path) for path in ([dumps] if isinstance(dumps, str | os.PathLike) else dumps)]
    outputs = [Path(path) for path in ([output] if isinstance(output, str | os.PathLike) else output)]
    _check_outputs(outputs, overwrite)
    for path in paths:
        load(path)
    texts = _texts(executed(paths, beside=outputs[0].parent, limit=limit, notebook=notebook), outputs)
    for path, text in zip(outputs, texts, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return outputs


def executed(
    dumps: Sequence[Path], *, beside: Path, limit: str | int | None = None, notebook: str = DEFAULT
) -> NotebookNode:
    """The notebook run over the dumps and made fit to be shared; ``beside`` is where it will lie."""
    source = find_notebook(notebook)
    with tempfile.TemporaryDirectory(prefix="forensics-") as scratch:
        root = Path(scratch).resolve()
        place = workspace(dumps, beside, root)
        private = root / "jupyter"
        private.mkdir(mode=0o700)
        parameters = {"dumps": list(place.names), "limit": _limit_text(limit)}
        run = execute(read_notebook(source, parameters), place.directory, private)
        return normalised(run, Redaction({str(root / "project"): ".", scratch: "."}))


def _limit_text(limit: str | int | None) -> str | int | None:
    """The limit as people write it, ``512MiB``, where that is exact."""
    exact = isinstance(limit, int) and limit > 0 and limit % (1 << 20) == 0
    return f"{limit >> 20}MiB" if exact and isinstance(limit, int) else limit


def _check_outputs(outputs: Sequence[Path], overwrite: bool) -> None:
    for path in outputs:
        if path.suffix not in SUFFIXES:
            raise UsageError(f"{path}: a report is .html or .ipynb")
        if path.is_dir() or (path.exists() and not overwrite):
            raise UsageError(f"{path}: exists; give another name or --force")


def _texts(notebook: NotebookNode, outputs: Sequence[Path]) -> list[str]:
    texts = {
        ".ipynb": lambda: nbformat.writes(notebook, version=4) + "\n",
        ".html": lambda: page(notebook),
    }
    return [texts[path.suffix]() for path in outputs]
