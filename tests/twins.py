"""The executed twins of the notebooks: ``python -m tests.twins`` writes them again."""

from __future__ import annotations

from pathlib import Path

import jupytext
import nbformat

from forensics.report import executed

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
SOURCES = sorted(NOTEBOOKS.glob("*.py"))


def read(source: Path) -> nbformat.NotebookNode:
    return jupytext.read(source, fmt="py:percent")


def execute(source: Path) -> nbformat.NotebookNode:
    """The notebook run with the parameters that stand in it."""
    values: dict[str, object] = {}
    cell = next(cell for cell in read(source).cells if "parameters" in cell.metadata.get("tags", []))
    exec(cell.source, values)
    dumps = [NOTEBOOKS / dump for dump in values["dumps"]]
    return executed(dumps, beside=NOTEBOOKS, limit=values["limit"], notebook=str(source))


if __name__ == "__main__":
    for source in SOURCES:
        nbformat.write(execute(source), source.with_suffix(".ipynb"))
        print(source.with_suffix(".ipynb").name)
