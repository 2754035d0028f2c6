"""Notebooks as py:percent text: where they are found, and how their parameters are set."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from pathlib import Path

from nbformat import NotebookNode

import forensics
from forensics.errors import ReportError

DEFAULT = "what_holds_the_memory"
#: The cell whose assignments a run may replace; papermill's tag.
TAG = "parameters"


def find_notebook(name: str) -> Path:
    """The py:percent file at this path, or the packaged notebook of this name.

    Raises ReportError, naming the packaged ones, where there is neither.
    """
    if name.endswith(".py") and Path(name).is_file():
        return Path(name)
    for directory in _packaged():
        found = directory / f"{name}.py"
        if "/" not in name and found.is_file():
            return found
    known = ", ".join(sorted(path.stem for directory in _packaged() for path in directory.glob("*.py")))
    raise ReportError(f"{name}: no such notebook; give the path of a py:percent file or one of: {known}")


def _packaged() -> list[Path]:
    """Beside the package: ``notebooks`` in a checkout, ``heap_forensics_notebooks`` from a wheel."""
    beside = Path(forensics.__file__).parent.parent
    return [place for name in ("notebooks", "heap_forensics_notebooks") if (place := beside / name).is_dir()]


def read_notebook(path: Path, parameters: Mapping[str, object]) -> NotebookNode:
    """The notebook in this py:percent file with its parameters replaced, cell ids by position.

    Raises ReportError where it has no cell tagged ``parameters`` or that cell does not assign a
    parameter given here.
    """
    import jupytext

    notebook = jupytext.read(path, fmt="py:percent")
    for position, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{position:02d}"
    tagged = [cell for cell in notebook.cells if TAG in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise ReportError(f"{path}: needs one cell tagged {TAG!r}, has {len(tagged)}")
    tagged[0].source = assigned(tagged[0].source, parameters, str(path))
    return notebook


def assigned(source: str, parameters: Mapping[str, object], where: str) -> str:
    """The source with the value of each parameter replaced, comments and order kept."""
    lines = source.splitlines()
    places = {
        node.targets[0].id: node.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    absent = [name for name in parameters if name not in places]
    if absent:
        raise ReportError(f"{where}: its parameters cell does not assign {absent[0]!r}")
    # From the last to the first, so that line numbers above stay right.
    for name, value in sorted(parameters.items(), key=lambda item: -places[item[0]].lineno):
        node = places[name]
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        # ast counts bytes of UTF-8, not letters.
        before = lines[first].encode()[: node.col_offset].decode()
        after = lines[last].encode()[node.end_col_offset :].decode()
        lines[first : last + 1] = [before + literal(value) + after]
    return "\n".join(lines)


def literal(value: object) -> str:
    """The value as a formatter would write it: text in double quotes."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return f"[{', '.join(map(literal, value))}]" if isinstance(value, list) else repr(value)
