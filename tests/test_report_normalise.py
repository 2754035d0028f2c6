"""What two runs of a notebook have in common is all that is kept."""

from __future__ import annotations

import json

import nbformat.v4 as nb
import pytest

from forensics.errors import ReportError
from forensics.report.normalise import normalised
from forensics.report.redact import Redaction


def run(*outputs: object, source: str = "x") -> nb.nbbase.NotebookNode:
    cell = nb.new_code_cell(source, execution_count=1, outputs=list(outputs))
    cell.metadata["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00"}
    return nb.new_notebook(cells=[cell], metadata={"widgets": {"state": 1}})


def outputs_of(*outputs: object) -> list[dict]:
    return normalised(run(*outputs), Redaction({}, {})).cells[0].outputs


def test_ids_times_and_widget_state_are_dropped() -> None:
    first, second = (normalised(run(), Redaction({}, {})) for _ in range(2))

    assert first == second
    assert first.cells[0].id == "cell-00"
    assert set(first.metadata) == {"kernelspec", "language_info"}
    assert first.cells[0].metadata == {}


def test_a_stream_is_one_output_however_it_was_cut() -> None:
    pieces = [nb.new_output("stream", name="stdout", text=text) for text in ("a", "b")]

    assert [output.text for output in outputs_of(*pieces)] == ["ab"]


def test_addresses_and_kernel_files_are_steady() -> None:
    shown = outputs_of(
        nb.new_output("stream", name="stdout", text="<x at 0x7fe0aa01b2c0> /tmp/ipykernel_17/99.py")
    )

    assert shown[0].text == "<x at 0x…> <cell>"


def test_random_ids_are_numbered_in_order() -> None:
    text = "3fa85f64-5717-4562-b3fc-2c963f66afa6 T_1a2b3 3fa85f64-5717-4562-b3fc-2c963f66afa6"

    assert outputs_of(nb.new_output("stream", name="stdout", text=text))[0].text == "id-1 table-2 id-1"


def test_a_live_widget_leaves_its_picture() -> None:
    data = {
        "application/vnd.jupyter.widget-view+json": {"model_id": "x"},
        "image/png": "aGk=\n",
        "text/plain": "p",
    }

    assert outputs_of(nb.new_output("display_data", data=data))[0].data == {
        "image/png": "aGk=",
        "text/plain": "p",
    }


def test_an_output_of_nothing_but_a_widget_is_dropped() -> None:
    data = {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}}

    assert outputs_of(nb.new_output("display_data", data=data)) == []


def test_strings_inside_figures_are_redacted_too() -> None:
    data = {"application/vnd.plotly.v1+json": {"data": [{"labels": ["/srv/shop/app/main.py"]}]}}

    (shown,) = outputs_of(nb.new_output("display_data", data=data))

    assert json.loads(json.dumps(shown.data)) == {
        "application/vnd.plotly.v1+json": {"data": [{"labels": ["…/shop/app/main.py"]}]}
    }


class Forgetful(Redaction):
    """A redaction whose first step misses everything: the second look has to hold."""

    def text(self, text: str) -> str:
        return text


def test_a_notebook_with_something_private_left_is_refused() -> None:
    leak = run(nb.new_output("stream", name="stdout", text="in /srv/shop/app/main.py"))

    with pytest.raises(
        ReportError, match=r"not written: cell-00 of the notebook still shows an absolute path"
    ):
        normalised(leak, Forgetful({}, {}))
