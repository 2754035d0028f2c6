"""An executed notebook as it is shared: the same bytes from two runs, nothing private in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode, from_dict

from forensics.errors import ReportError
from forensics.report.redact import Redaction

#: Pictures are base64 and hold no text.
_PICTURES = ("image/png", "image/jpeg", "application/pdf")
#: Live widgets do not survive a run; their picture and text do.
_LIVE = ("application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json")
_VARYING = (
    (re.compile(r"\b0x[0-9a-fA-F]{6,16}\b"), "0x…"),
    (re.compile(r"(?:/tmp/|\S*/)?ipykernel_\d+/\d+\.py"), "<cell>"),
)
_NUMBERED = (
    ("id", re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")),
    ("table", re.compile(r"\bT_[0-9a-f]{5}(?=\b|_)")),
)


def normalised(notebook: NotebookNode, redaction: Redaction) -> NotebookNode:
    """The notebook without what varies between runs or must not be shared.

    Raises ReportError, naming the cell and the kind, where something private is left.
    """
    numbers: dict[str, str] = {}

    def clean(text: str) -> str:
        return redaction.text(_steady(text, numbers))

    cells = [_cell(cell, position, clean) for position, cell in enumerate(notebook.cells)]
    for cell in cells:
        _check(cell, redaction)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python", "file_extension": ".py"}}
    return from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells})


def _cell(cell: NotebookNode, position: int, clean: Callable[[str], str]) -> dict[str, Any]:
    kept = {key: cell.metadata[key] for key in ("tags",) if key in cell.metadata}
    shared = {
        "id": f"cell-{position:02d}",
        "cell_type": cell.cell_type,
        "metadata": kept,
        "source": clean(cell.source),
    }
    if cell.cell_type != "code":
        return shared
    outputs = [_output(output, cell.execution_count, clean) for output in _joined(cell.outputs)]
    return {**shared, "execution_count": cell.execution_count, "outputs": [o for o in outputs if o]}


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Neighbouring pieces of one stream as one: how they are cut depends on timing."""
    joined: list[NotebookNode] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last["text"] += output.text
        else:
            joined.append(output)
    return joined


def _output(output: NotebookNode, count: int | None, clean: Callable[[str], str]) -> dict[str, Any] | None:
    if output.output_type == "stream":
        return {"output_type": "stream", "name": output.name, "text": clean(output.text)}
    if output.output_type == "error":
        return {
            "output_type": "error",
            "ename": output.ename,
            "evalue": clean(output.evalue),
            "traceback": [clean(line) for line in output.traceback],
        }
    data = {kind: _content(kind, value, clean) for kind, value in output.data.items() if kind not in _LIVE}
    if not data:
        return None
    shown = {"output_type": output.output_type, "data": data, "metadata": dict(output.get("metadata", {}))}
    return {**shown, "execution_count": count} if output.output_type == "execute_result" else shown


def _content(kind: str, value: Any, clean: Callable[[str], str]) -> Any:
    if kind in _PICTURES:
        return value.strip()
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_content(kind, part, clean) for part in value]
    if isinstance(value, dict):
        return {clean(str(key)): _content(kind, part, clean) for key, part in value.items()}
    return value


def _steady(text: str, numbers: dict[str, str]) -> str:
    for pattern, shown in _VARYING:
        text = pattern.sub(shown, text)
    for name, pattern in _NUMBERED:
        for found in dict.fromkeys(pattern.findall(text)):
            text = text.replace(found, numbers.setdefault(found, f"{name}-{len(numbers) + 1}"))
    return text


def _check(cell: dict[str, Any], redaction: Redaction) -> None:
    for text in _texts(cell):
        if kind := redaction.left(text):
            raise ReportError(f"not written: {cell['id']} of the notebook still shows {kind}")


def _texts(value: Any, kind: str = "") -> list[str]:
    if isinstance(value, str):
        return [] if kind in _PICTURES else [value]
    if isinstance(value, dict):
        return [text for key, part in value.items() for text in [str(key), *_texts(part, str(key))]]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part, kind)]
    return []
