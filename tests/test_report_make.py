"""From a dump to a page: executed for real by a private kernel."""

from __future__ import annotations

import json
import os
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from forensics.cli.report import command
from forensics.errors import ReportError, UnknownFormat, UsageError
from forensics.report import report
from forensics.report.source import assigned
from forensics.report.workspace import workspace

NOTEBOOK = """# %% [markdown]
# # Is it small?

# %% tags=["parameters"]
dumps = ["none"]  # replaced
limit = None

# %%
import forensics as hf

capture = hf.load(dumps[0])
profile = capture.profile()
profile

# %%
hf.cause_chart(profile, limit=limit)

# %%
import os

print(os.getcwd(), os.environ["SHOP_TOKEN"], object(), sorted({"a", "b"}))
"""
FOLDED = "main;<script>alert(1)</script>;load 400\nmain;serve 100\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a dump and a notebook in it, and two runs of the one over the other."""
    root = tmp_path_factory.mktemp("project")
    (root / "small.folded").write_text(FOLDED)
    (root / "is_it_small.py").write_text(NOTEBOOK)
    before, os.environ["SHOP_TOKEN"] = Path.cwd(), "abcdef-secret"
    os.chdir(root)
    try:
        for run in ("first", "second"):
            outputs = ["out/small.html", "out/small.ipynb"]
            written = report("small.folded", outputs, limit="1KiB", notebook="is_it_small.py", overwrite=True)
            (root / run).mkdir()
            for path in written:
                (root / run / path.name).write_bytes(path.read_bytes())
    finally:
        os.chdir(before)
        del os.environ["SHOP_TOKEN"]
    return root


def test_two_runs_write_the_same_bytes(project: Path) -> None:
    for name in ("small.html", "small.ipynb"):
        assert (project / "first" / name).read_bytes() == (project / "second" / name).read_bytes()


def test_the_notebook_runs_again_where_it_lies(project: Path) -> None:
    notebook = nbformat.read(project / "first" / "small.ipynb", as_version=4)

    assert notebook.cells[1].source == 'dumps = ["../small.folded"]  # replaced\nlimit = "1KiB"'


def test_nothing_of_the_machine_or_its_secrets_is_in_it(project: Path) -> None:
    for name in ("small.html", "small.ipynb"):
        text = (project / "first" / name).read_text()
        assert "abcdef-secret" not in text
        assert str(project) not in text


def test_outputs_are_pictures_and_text_and_plotly(project: Path) -> None:
    notebook = nbformat.read(project / "first" / "small.ipynb", as_version=4)

    kinds = {
        kind
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        for kind in output.get("data", {})
    }
    assert kinds == {"application/vnd.plotly.v1+json", "image/png", "text/plain"}


def test_a_page_is_whole_in_itself(project: Path) -> None:
    page = (project / "first" / "small.html").read_text()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)

    assert policy is not None
    for script in scripts:
        assert f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in policy[1]
    assert policy[1].startswith("default-src 'none';")
    assert len(scripts) == 2
    assert page.count("plotly.js v") <= 1
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=[\"'](?!data:)", page)


def test_a_page_holds_no_markup_of_the_dump(project: Path) -> None:
    page = (project / "first" / "small.html").read_text()

    assert "<script>alert" not in page
    assert "alert(1)" in page


def test_an_existing_file_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "x.folded").write_text(FOLDED)
    (tmp_path / "x.html").write_text("mine")

    with pytest.raises(UsageError, match=r"x\.html: exists"):
        report(tmp_path / "x.folded", tmp_path / "x.html")
    assert (tmp_path / "x.html").read_text() == "mine"


def test_a_report_has_one_of_two_endings(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"x\.pdf: a report is \.html or \.ipynb"):
        report(tmp_path / "x.folded", tmp_path / "x.pdf")


def test_a_dump_that_cannot_be_read_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"\x00\x01\x02\x03" * 8)

    with pytest.raises(UnknownFormat):
        report(tmp_path / "x.bin", tmp_path / "x.html")
    assert not (tmp_path / "x.html").exists()


def test_a_cell_that_fails_is_one_line_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "x.folded").write_text(FOLDED)
    (tmp_path / "bad.py").write_text('# %% tags=["parameters"]\ndumps = []\nlimit = None\n\n# %%\n1 / 0\n')

    with pytest.raises(ReportError, match=r"^the notebook stopped: ZeroDivisionError: division by zero$"):
        report(tmp_path / "x.folded", tmp_path / "x.html", notebook=str(tmp_path / "bad.py"))
    assert not (tmp_path / "x.html").exists()


def test_an_unknown_notebook_names_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "x.folded").write_text(FOLDED)

    with pytest.raises(ReportError, match=r"nope: no such notebook; .*what_holds_the_memory"):
        report(tmp_path / "x.folded", tmp_path / "x.html", notebook="nope")


def test_a_limit_that_is_no_size_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "x.folded").write_text(FOLDED)

    ran = CliRunner().invoke(command, [str(tmp_path / "x.folded"), "-o", "x.html", "--limit", "banana"])

    assert isinstance(ran.exception, UsageError)


def test_parameters_are_replaced_where_they_stand() -> None:
    source = 'dumps = [\n    "é",\n]  # the files\nlimit = "1GiB"\nother = 3'

    assert (
        assigned(source, {"limit": None, "dumps": ["x"]}, "n.py")
        == 'dumps = ["x"]  # the files\nlimit = None\nother = 3'
    )


def test_a_parameter_that_the_cell_does_not_assign_is_refused() -> None:
    with pytest.raises(ReportError, match=r"n\.py: its parameters cell does not assign 'limit'"):
        assigned("dumps = []", {"dumps": [], "limit": None}, "n.py")


def test_dumps_outside_the_project_are_called_by_their_name_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("elsewhere/a", "elsewhere/b", "project/out"):
        (tmp_path / place).mkdir(parents=True)
    dumps = [tmp_path / "elsewhere/a/x.bin", tmp_path / "elsewhere/b/x.bin", tmp_path / "project/y.bin"]
    for dump in dumps:
        dump.write_text(str(dump))
    monkeypatch.chdir(tmp_path / "project")

    made = workspace(dumps, Path("out"), tmp_path / "scratch")

    assert made.names == ("x.bin", "again/x.bin", "../y.bin")
    assert [(made.directory / name).read_text() for name in made.names] == [str(dump) for dump in dumps]


def test_a_side_car_comes_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.bin").write_text("dump")
    (tmp_path / "x.bin.sidecar.json").write_text(json.dumps({"schema": "x"}))

    made = workspace([Path("x.bin")], Path(), tmp_path / "scratch")

    assert (made.directory / "x.bin.sidecar.json").is_file()
