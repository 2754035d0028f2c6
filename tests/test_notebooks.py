"""The packaged notebooks: thin, paired, and true when they are run."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

from forensics.report.source import DEFAULT
from tests.twins import SOURCES, execute, read

FORBIDDEN = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.For,
    ast.While,
    ast.Try,
    ast.With,
    ast.Lambda,
)
LARGEST = 1 << 20


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_the_title_is_a_question_and_the_last_cell_answers(source: Path) -> None:
    cells = read(source).cells

    assert cells[0].cell_type == "markdown"
    assert re.match(r"# .*\?$", cells[0].source.splitlines()[0])
    assert cells[-1].cell_type == "code"


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_a_notebook_is_thin(source: Path) -> None:
    code = [cell for cell in read(source).cells if cell.cell_type == "code"]
    magic = re.compile(r"^%.*$", re.MULTILINE)

    assert len(code) <= 10
    for cell in code:
        tree = ast.parse(magic.sub("", cell.source))
        assert not [node for node in ast.walk(tree) if isinstance(node, FORBIDDEN)]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_a_notebook_has_one_parameters_cell(source: Path) -> None:
    tagged = [cell for cell in read(source).cells if "parameters" in cell.metadata.get("tags", [])]

    assert len(tagged) == 1
    names = [node.targets[0].id for node in ast.parse(tagged[0].source).body if isinstance(node, ast.Assign)]
    assert {"dumps", "limit"} <= set(names)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_the_executed_twin_has_the_same_cells_and_is_small(source: Path) -> None:
    twin = nbformat.read(source.with_suffix(".ipynb"), as_version=4)

    assert [cell.source for cell in twin.cells] == [cell.source for cell in read(source).cells]
    assert source.with_suffix(".ipynb").stat().st_size < LARGEST
    assert twin.cells[-1].outputs


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_every_figure_of_the_twin_has_its_picture(source: Path) -> None:
    twin = nbformat.read(source.with_suffix(".ipynb"), as_version=4)
    shown = [output.data for cell in twin.cells for output in cell.get("outputs", []) if "data" in output]

    figures = [data for data in shown if "application/vnd.plotly.v1+json" in data]
    assert figures
    assert all("image/png" in data for data in figures)


#: The one that `make demo` runs is run by every `make test`, the others by `make test-long`.
RUN_AGAIN = [
    pytest.param(source, marks=() if source.stem == DEFAULT else pytest.mark.slow, id=source.stem)
    for source in SOURCES
]


@pytest.mark.parametrize("source", RUN_AGAIN)
def test_running_it_again_gives_the_same_output(source: Path) -> None:
    twin = nbformat.read(source.with_suffix(".ipynb"), as_version=4)

    again = execute(source)

    assert text_of(again) == text_of(twin)


def text_of(notebook: nbformat.NotebookNode) -> list[str]:
    """What the outputs say; pictures may differ between versions of Pillow."""
    return [
        output.get("text") or output.data["text/plain"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    ]
