"""The controls in a real JupyterLab: a click in the page answered by the kernel."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import nbformat.v4 as nb
import pytest
from playwright.sync_api import Page, sync_playwright

from tests.test_browser import ARGUMENTS, CHROMIUM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt-get install chromium)"),
]

TOKEN = "a-token-of-this-test"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
OURS = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
CELL = """
import forensics as hf
from pathlib import Path
from tests.event_captures import capture

recorded = capture("|900 +main>load:4000000 |1500 +main>parse:2000000 |1800 -main>parse:2000000 |1700")
replayed = hf.replay(recorded)
graph = hf.flame_graph(recorded.profile("allocated"))
said = Path("selected")
graph.observe(lambda change: said.write_text(str(list(graph.stack["function"]))), "selected")
panel = hf.what_if_panel(replayed, limit=5_000_000)
moment = hf.moment_panel(replayed)
display(graph, panel, moment)"""


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab over a notebook of this cell, with directories of its own."""
    notebook = nb.new_notebook(metadata={"kernelspec": KERNEL})
    notebook.cells = [nb.new_code_cell(CELL.strip())]
    nbformat.write(notebook, tmp_path / "controls.ipynb")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")
    private = dict.fromkeys(names, str(tmp_path / "jupyter"))
    command = [
        sys.executable, "-m", "jupyterlab", "--allow-root", "--no-browser", "--expose-app-in-browser",
        "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={tmp_path}", "--LabApp.news_url=None", "--ServerApp.terminals_enabled=False",
    ]  # fmt: skip
    environment = {**os.environ, **private, "PYTHONPATH": str(Path(__file__).parent.parent)}
    with (tmp_path / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(address, server)
        yield f"{address}/lab/tree/controls.ipynb?token={TOKEN}"
    finally:
        server.terminate()
        server.wait(20)


def wait_until_up(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    pytest.fail("JupyterLab did not come up")


def test_controls_are_answered_by_the_kernel(lab: str, tmp_path: Path) -> None:
    foreign: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1300, "height": 2400})
        page.on("request", lambda request: foreign.append(request.url))
        page.goto(lab)
        run_all(page)
        click_a_box(page, tmp_path / "selected")
        uncheck_a_cause(page)
        browser.close()
    assert [url for url in foreign if not url.startswith(OURS)] == []


def run_all(page: Page) -> None:
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    kernel = "window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel"
    page.wait_for_function(f"() => {kernel}?.status === 'idle'", timeout=90_000)
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
    page.wait_for_selector("canvas[role=img]", timeout=180_000)
    page.wait_for_selector("text=peak as recorded", timeout=90_000)
    page.wait_for_selector(".widget-slider", timeout=90_000)


def click_a_box(page: Page, said: Path) -> None:
    """The second level of the first flame graph is the biggest callee."""
    page.locator("canvas[role=img]").first.click(position={"x": 60, "y": 2 * 19 + 8})
    until = time.monotonic() + 20
    while not said.exists() and time.monotonic() < until:
        page.wait_for_timeout(100)
    assert said.read_text() == "['main', 'load']"


def uncheck_a_cause(page: Page) -> None:
    """Without the first cause the panel says another sentence than before."""
    before = page.locator("p", has_text="saves").first.inner_text()
    page.locator(".widget-checkbox input").first.click()
    said = "[...document.querySelectorAll('p')].map(p => p.innerText)"
    changed = f"before => {said}.some(text => text.includes('saves') && text !== before)"
    page.wait_for_function(changed, arg=before, timeout=30_000)
