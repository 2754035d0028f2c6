"""A notebook as one HTML page that asks nobody for anything.

plotly.js lies in it once. A Content-Security-Policy lets exactly its two scripts run, by their
hashes, and forbids every request; so nothing that a dump or a notebook put into an output runs.
Without JavaScript each figure is its picture.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Any

from nbformat import NotebookNode, from_dict

from forensics.views.escape import html
from forensics.views.figure import PLOTLY_MIME

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
<main>
{body}
</main>
{figures}
<script>{plotly}</script>
<script>{draw}</script>
</body>
</html>
"""
_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)


def page(notebook: NotebookNode) -> str:
    """The page of an executed, normalised notebook: same notebook, same bytes."""
    shown, figures = _with_pictures(notebook)
    resources = files("forensics.report")
    plotly, draw = _plotly_source() if figures else "", (resources / "page.js").read_text("utf-8")
    return _PAGE.format(
        policy=_POLICY.format(scripts=f"{_hash(plotly)} {_hash(draw)}"),
        title=html(_title(notebook)),
        style=(resources / "page.css").read_text("utf-8") + _highlighting(),
        body=_body(shown),
        figures="\n".join(_figure_data(position, figure) for position, figure in enumerate(figures)),
        plotly=plotly,
        draw=draw,
    )


def _with_pictures(notebook: NotebookNode) -> tuple[NotebookNode, list[dict[str, Any]]]:
    """A copy whose figures are HTML around their pictures, and the figures' own JSON in order."""
    copy = from_dict(json.loads(json.dumps(notebook)))
    figures: list[dict[str, Any]] = []
    for cell in copy.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if PLOTLY_MIME in data:
                output["data"] = from_dict({"text/html": _figure(len(figures), data)})
                figures.append(data[PLOTLY_MIME])
    return copy, figures


def _figure(position: int, data: dict[str, Any]) -> str:
    said = html(data.get("text/plain", ""), 600)
    picture = (
        f'<img src="data:image/png;base64,{data["image/png"]}" alt="{said}">' if "image/png" in data else said
    )
    height = int(data[PLOTLY_MIME].get("layout", {}).get("height", 450))
    return f'<figure class="plotly" id="figure-{position}" data-height="{height}">{picture}</figure>'


def _figure_data(position: int, figure: dict[str, Any]) -> str:
    # "<" as an escape: nothing in the data can end the script element.
    text = json.dumps({"data": figure["data"], "layout": figure["layout"]}, sort_keys=True).replace(
        "<", "\\u003c"
    )
    return f'<script type="application/json" id="figure-{position}-data">{text}</script>'


def _plotly_source() -> str:
    return (
        (files("plotly") / "package_data" / "plotly.min.js")
        .read_text("utf-8")
        .replace("</script", "<\\/script")
    )


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode('ascii')}'"


def _body(notebook: NotebookNode) -> str:
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="basic", anchor_link_text="", exclude_anchor_links=True)
    body, _resources = exporter.from_notebook_node(notebook)
    return str(body)


def _highlighting() -> str:
    """Colours for code, for a light and a dark page."""
    from pygments.formatters import HtmlFormatter

    light = HtmlFormatter(style="default").get_style_defs(".highlight")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".highlight")
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"


def _title(notebook: NotebookNode) -> str:
    """The first heading of the notebook."""
    lines = [
        line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()
    ]
    return next((line.lstrip("# ") for line in lines if line.startswith("#")), "Heap forensics")
