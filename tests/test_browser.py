"""Pages and widgets in a real chromium: drawn, silent, asking nobody, and inert to hostile names."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat.v4 as nb
import numpy as np
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import forensics as hf
from forensics.builder import Frame, ProfileBuilder
from forensics.capture import Capture, Health, Summary, timeline_table
from forensics.profile import Origin, Profile
from forensics.report.normalise import normalised
from forensics.report.page import page as page_of
from forensics.report.redact import Redaction
from forensics.views.flame_graph import FlameGraph
from tests.event_captures import capture as events_capture

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt-get install chromium)"),
]

#: Names that run, fetch, link or break out where a page or plotly takes them for markup.
PAYLOADS = [
    "<script>window.ran=1</script>",
    "<img src=x onerror=window.ran=2>",
    "<svg onload=window.ran=3>",
    '"><script>window.ran=4</script>',
    "</script><script>window.ran=5</script>",
    "<a href='javascript:window.ran=6'>x</a>",
    "<a href='https://example.invalid/7'>x</a>",
    "<b style=\"background:url('https://example.invalid/8')\">x</b>",
    r"$\href{javascript:window.ran=9}{x}$",
    "%{label}<extra></extra>",
    "{{window.ran=11}}",
    "\x1b]8;;https://example.invalid/12\x07x\u202e",
    "<iframe srcdoc='<script>parent.ran=13</script>'></iframe>",
    "&lt;script&gt;window.ran=14&lt;/script&gt;",
    "' autofocus onfocus='window.ran=15",
    "a" * 5000 + "<script>window.ran=16</script>",
]


@dataclass
class Visit:
    """A page and everything that it did while it was watched."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def visit(chromium: Browser, file: Path, **settings: object) -> Visit:
    """Open a file and wait until its figures are drawn."""
    page = chromium.new_page(viewport={"width": 1100, "height": 900}, **settings)
    seen = Visit(page)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda said: seen.complaints.append(said.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("dialog", lambda dialog: (seen.complaints.append(dialog.message), dialog.dismiss()))
    page.goto(file.as_uri())
    page.wait_for_timeout(300)
    return seen


def hostile_profile() -> Profile:
    """Every payload as a function, a file and a module."""
    builder = ProfileBuilder()
    for size, payload in enumerate(PAYLOADS, 1):
        root = Frame("main", "/srv/app/main.py", 1, "main", "python")
        builder.add([root, Frame(payload, payload, 3, payload, "python")], bytes=size << 20, blocks=size)
    return builder.build(hostile_origin())


def hostile_origin() -> Origin:
    everything = " ".join(payload[-80:] for payload in PAYLOADS)
    return Origin(
        path=PAYLOADS[0], format="memray", producer=PAYLOADS[1], moment="peak", command=everything,
        commit=PAYLOADS[3], complete=False, missing=PAYLOADS[5], notes=tuple(PAYLOADS),
    )  # fmt: skip


def hostile_capture() -> Capture:
    profile = hostile_profile()
    held = Summary(profile.total_bytes, profile.total_blocks)
    times, sizes = np.arange(5) * 10**9, np.arange(5) << 20
    return Capture(
        origin=profile.origin,
        health=Health(state="damaged", detail=PAYLOADS[4]),
        summaries={"peak": held},
        profiles={"peak": lambda: profile},
        timeline=timeline_table(times, sizes, sizes),
        no_events_because=PAYLOADS[2],
    )


def shown(*objects: object) -> nb.nbbase.NotebookNode:
    """A notebook whose cells show these objects, as it is shared."""
    cells = [nb.new_markdown_cell("# A page")]
    for value in objects:
        made = value._repr_mimebundle_()
        data, metadata = made if isinstance(made, tuple) else (made, {})
        output = nb.new_output("display_data", data=json.loads(json.dumps(data)), metadata=metadata)
        cells.append(nb.new_code_cell("x", outputs=[output]))
    return normalised(nb.new_notebook(cells=cells), Redaction({}, {}))


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    capture = hostile_capture()
    profile = capture.profile()
    ledger = hf.attribute(profile)
    return page_of(
        shown(
            capture, profile, ledger, hf.timeline(capture), hf.icicle(ledger), hf.cause_chart(ledger),
            hf.diagnose(capture, limit="1GiB"), hf.flame_graph(profile),
        )
    )  # fmt: skip


@pytest.mark.parametrize("policy", ["with its policy", "without it"])
def test_no_name_of_a_dump_runs_or_fetches(
    policy: str, hostile_page: str, chromium: Browser, tmp_path: Path
) -> None:
    text = (
        hostile_page if policy == "with its policy" else hostile_page.replace("Content-Security-Policy", "x")
    )
    (tmp_path / "page.html").write_text(text)

    seen = visit(chromium, tmp_path / "page.html")
    assert poke_everything(seen.page) > len(PAYLOADS)

    assert seen.page.evaluate("window.ran") is None
    assert seen.requests == [(tmp_path / "page.html").as_uri()]
    assert seen.complaints == []
    assert seen.page.locator("main a[href], main iframe, main script, main svg a").count() == 0
    assert seen.page.locator("figure.drawn").count() == 4


def poke_everything(page: Page) -> int:
    """Hover and click whatever can be hovered and clicked in the figures; how many there were."""
    poked = 0
    for summary in page.locator("details > summary").all():
        summary.click()
    for figure in page.locator("figure.drawn").all():
        boxes = figure.locator("g.slice path, .point path, .legendtoggle").all()[:40]
        poked += len(boxes)
        for box in boxes:
            box.hover(force=True)
        if boxes:
            boxes[len(boxes) // 2].click(force=True)
            page.wait_for_timeout(100)
    return poked


def test_names_are_shown_as_they_are_written(hostile_page: str, chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(hostile_page)

    page = visit(chromium, tmp_path / "page.html").page

    assert "<script>window.ran=1</script>" in page.locator("main").inner_text()
    drawn = " ".join(page.locator("figure.drawn text").all_text_contents())
    assert "PARTIAL: <a href='javascript:window.ran=6'>x</a>" in drawn
    assert "&lt;script" in drawn


def small_capture() -> Capture:
    return events_capture("|900 +main>load:4000000 |1500 +main>parse:2000000 |1800 -main>parse:2000000 |1700")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_figure_is_drawn_and_its_picture_steps_back(scheme: str, chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page_of(shown(hf.timeline(small_capture()))))

    page = visit(chromium, tmp_path / "page.html", color_scheme=scheme).page

    assert page.locator("figure.drawn path.js-line").count() >= 1
    assert not page.locator("figure img").is_visible()
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert page.locator("figure .xtick text").first.evaluate("t => getComputedStyle(t).fill") == ink


def test_a_page_can_be_read_without_javascript(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page_of(shown(hf.timeline(small_capture()), small_capture())))

    page = visit(chromium, tmp_path / "page.html", java_script_enabled=False).page

    picture = page.locator("figure img")
    assert picture.is_visible()
    assert "heap peaks at" in (picture.get_attribute("alt") or "")
    assert page.locator("table").is_visible()


def test_nothing_is_cut_at_the_edge_of_a_figure(chromium: Browser, tmp_path: Path) -> None:
    replayed = hf.replay(small_capture())
    profile = small_capture().profile()
    figures = [hf.timeline(replayed, limit=5_000_000), hf.cause_chart(profile, limit=9_000_000)]
    (tmp_path / "page.html").write_text(page_of(shown(*figures)))

    page = visit(chromium, tmp_path / "page.html").page

    for figure in page.locator("figure.drawn").all():
        frame = figure.bounding_box()
        for text in figure.locator("text:visible").all():
            box = text.bounding_box()
            if box and box["width"]:
                assert frame["x"] - 1 <= box["x"]
                assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
                assert frame["y"] - 1 <= box["y"]


HARNESS = """<!DOCTYPE html><meta charset="utf-8"><div id="place" style="width:900px"></div>
<script type="module">
%(script)s
const bytes = (text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
const state = %(state)s;
state._spans = bytes(state._spans);
state._columns = bytes(state._columns);
window.model = { get: (k) => state[k], set: (k, v) => { state[k] = v; }, save_changes() {}, on() {}, state };
widget.render({ model: window.model, el: document.getElementById("place") });
</script>"""


def widget_page(graph: FlameGraph, file: Path) -> Path:
    """The widget's own script with the state that it would get from the kernel."""
    from base64 import b64encode

    script = (Path(hf.__file__).parent / "views/flame_graph.js").read_text()
    state = {
        "_words": graph._words,
        "_title": graph._title,
        "selected": graph.selected,
        "_spans": b64encode(graph._spans).decode(),
        "_columns": b64encode(graph._columns).decode(),
    }
    text = HARNESS % {
        "script": script.replace("export default", "const widget ="),
        "state": json.dumps(state).replace("<", "\\u003c"),
    }
    file.write_text(text)
    return file


def test_a_click_in_the_flame_graph_selects_a_call_path(chromium: Browser, tmp_path: Path) -> None:
    profile = small_capture().profile("allocated")
    graph = hf.flame_graph(profile)

    seen = visit(chromium, widget_page(graph, tmp_path / "graph.html"))
    seen.page.locator("canvas").click(position={"x": 100, "y": 2 * 19 + 8})

    graph.selected = seen.page.evaluate("window.model.state.selected")
    assert graph.stack["function"].to_list() == ["main", "load"]
    assert "load" in seen.page.locator("#place").inner_text()
    seen.page.keyboard.press("Escape")
    assert seen.page.evaluate("window.model.state.selected") == -1
    assert seen.complaints == []


def test_a_search_in_the_flame_graph_says_how_much_it_found(chromium: Browser, tmp_path: Path) -> None:
    graph = hf.flame_graph(small_capture().profile("allocated"))

    page = visit(chromium, widget_page(graph, tmp_path / "graph.html")).page
    page.locator("input").fill("parse")

    assert page.locator("[role=status]").inner_text() == "1 box, 33.3 % of the whole"


def test_hostile_names_are_inert_in_the_flame_graph(chromium: Browser, tmp_path: Path) -> None:
    graph = hf.flame_graph(hostile_profile())

    seen = visit(chromium, widget_page(graph, tmp_path / "graph.html"))
    for x in range(10, 880, 30):
        seen.page.locator("canvas").hover(position={"x": x, "y": 2 * 19 + 8})

    assert seen.page.evaluate("window.ran") is None
    assert seen.requests == [(tmp_path / "graph.html").as_uri()]
    assert seen.page.locator("#place script, #place img, #place a").count() == 0


def test_twenty_thousand_boxes_are_drawn_within_a_second(chromium: Browser, tmp_path: Path) -> None:
    builder = ProfileBuilder()
    for i in range(20_000):
        stack = [Frame(f"f{i % 10}", "a.py", 1), Frame(f"g{i % 2000}", "b.py", 2), Frame(f"h{i}", "c.py", 3)]
        builder.add(stack, bytes=1000 + i, blocks=1)
    graph = hf.flame_graph(builder.build(Origin(moment="peak")))

    page = visit(chromium, widget_page(graph, tmp_path / "graph.html")).page
    page.locator("input").fill("g77")
    milliseconds = page.evaluate("""() => {
        const start = performance.now();
        document.querySelector("input").dispatchEvent(new Event("input"));
        return performance.now() - start;
    }""")

    assert len(graph._spans) // 16 > 15_000
    assert milliseconds < 1000
