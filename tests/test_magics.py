"""``%load_ext forensics`` in a real IPython shell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

from forensics.views.accessor import HeapAccessor, register_accessor

memray = pytest.importorskip("memray")


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InteractiveShell]:
    made = InteractiveShell.instance(ipython_dir=str(tmp_path_factory.mktemp("ipython")))
    made.run_line_magic("load_ext", "forensics")
    yield made
    made.history_manager.end_session()
    InteractiveShell.clear_instance()


def test_a_cell_is_recorded_and_its_capture_kept(shell: InteractiveShell, tmp_path: Path) -> None:
    file = tmp_path / "kept.bin"

    shown = shell.run_cell_magic("memray", f"work --keep {file}", "held = bytearray(5 << 20)")

    assert file.is_file()
    assert shell.user_ns["work"] is shown
    assert len(shell.user_ns["held"]) == 5 << 20
    assert shown.summaries["peak"].bytes >= 5 << 20


def test_without_a_name_the_variable_is_capture(shell: InteractiveShell) -> None:
    shell.run_cell_magic("memray", "", "x = 1")

    assert Path(shell.user_ns["capture"].origin.path).is_file()


def test_a_cell_that_fails_leaves_its_capture(shell: InteractiveShell, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        shell.run_cell_magic("memray", f"failed --keep {tmp_path / 'f.bin'}", "y = bytearray(3 << 20)\n1 / 0")

    assert shell.user_ns["failed"].summaries["peak"].bytes >= 3 << 20


def test_a_file_that_exists_is_not_written_over(shell: InteractiveShell, tmp_path: Path) -> None:
    (tmp_path / "mine.bin").write_text("mine")

    with pytest.raises(UsageError, match="exists"):
        shell.run_cell_magic("memray", f"--keep {tmp_path / 'mine.bin'}", "1")
    assert (tmp_path / "mine.bin").read_text() == "mine"


@pytest.mark.parametrize("line", ["not-a-name", "--nonsense", "a b"])
def test_a_wrong_line_is_refused_in_one_sentence(shell: InteractiveShell, line: str) -> None:
    with pytest.raises(UsageError, match=r"^%%memray: "):
        shell.run_cell_magic("memray", line, "1")


@pytest.fixture
def rows() -> pd.DataFrame:
    register_accessor()
    return pd.DataFrame(
        {"cause": ["a", "b", "a", ""], "bytes": [1 << 20, 5, 1 << 20, 0], "blocks": [1, 2, 3, 4]}
    )


def test_bytes_are_summed_by_any_column(rows: pd.DataFrame) -> None:
    by = HeapAccessor(rows).by("cause")

    assert rows.heap.total_bytes == (2 << 20) + 5
    assert by["cause"].to_list() == ["a", "b", ""]
    assert by["bytes"].to_list() == [2 << 20, 5, 0]
    assert by["blocks"].to_list() == [4, 2, 4]
    assert by["share"].sum() == pytest.approx(1)


def test_a_table_reads_well(rows: pd.DataFrame) -> None:
    assert rows.heap.top(2).heap.table("Two").text().splitlines() == [
        "Two",
        "  cause    bytes  blocks",
        "  a      1.0 MiB       1",
        "  a      1.0 MiB       3",
    ]


def test_rows_that_are_not_shown_are_counted(rows: pd.DataFrame) -> None:
    assert rows.heap.table(count=1).note == "and 3 more rows with 1.0 MiB"


@pytest.mark.parametrize("columns", [{"size": [1]}, {"bytes": ["many"]}])
def test_other_frames_have_no_heap(columns: dict[str, list[object]]) -> None:
    register_accessor()

    with pytest.raises(AttributeError, match=r"\.heap needs a column of numbers named 'bytes'"):
        _ = pd.DataFrame(columns).heap


def test_registering_twice_changes_nothing() -> None:
    register_accessor()
    before = pd.DataFrame.heap
    register_accessor()

    assert pd.DataFrame.heap is before
