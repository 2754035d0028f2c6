"""Folded stacks: read as bytes, and claimed only where every line is a stack."""

from __future__ import annotations

from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

import forensics as hf
from tests.written import load_text, stacks, write


def test_numbers_are_bytes_by_path(tmp_path: Path) -> None:
    capture = load_text(tmp_path, "main;load;read 300\nmain;serve 50\nmain;load;read 7\n")
    assert stacks(capture.profile("live")) == {"main > load > read": 307, "main > serve": 50}
    assert capture.profile().total_blocks == 0
    assert capture.complete


def test_places_are_taken_out_of_frames(tmp_path: Path) -> None:
    frames = load_text(tmp_path, "<module> (app.py:3);operator (int) [c] (lib.so);plain 1\n").profile().frames
    assert frames[["function", "file", "line"]].values.tolist() == [
        ["<module>", "app.py", 3],
        ["operator (int) [c]", "lib.so", 0],
        ["plain", "", 0],
    ]


def test_a_missing_last_line_end_is_no_loss(tmp_path: Path) -> None:
    capture = load_text(tmp_path, "a;b 10\na;c 5")
    assert (capture.profile().total_bytes, capture.complete) == (15, True)


def test_a_last_stack_without_its_number_is_cut(tmp_path: Path) -> None:
    for lines in (1, 20_000):
        capture = load_text(tmp_path, "a;b 10\n" * lines + "a;c;d")
        assert capture.profile().total_bytes == 10 * lines
        assert capture.health.detail == f"it ends within the stack of line {lines + 1}"


@pytest.mark.parametrize(
    "text",
    [
        "hello world 5\n",
        "a;b;c\n",
        "a;b 1\nsome prose; with words\n",
        "2026;11;22 5\n",
        "a;;b 5\n",
        '{"a;b": 1\n',
        "int x; 5\nreturn x;\n",
        ";;; 5\n",
        "a;b 1.5\n",
    ],
)
def test_other_text_is_not_claimed(tmp_path: Path, text: str) -> None:
    with pytest.raises(hf.UnknownFormat):
        hf.load(write(tmp_path, text))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("a;b 9223372036854775808", "line 20001 holds a count beyond 2**63"),
        ("a;b -4", "line 20001 holds a negative count"),
        ("a;b 9223372036854775807", "line 20001 brings the sum beyond 2**63"),
        ("a;b x", "line 20001 is no folded stack"),
        ("a;\0 5", "line 20001 holds a NUL byte"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, fault: str) -> None:
    with pytest.raises(hf.BadDump) as error:
        load_text(tmp_path, "a;b 1\n" * 20_000 + line + "\n")
    assert fault in str(error.value)


names = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8).filter(
    lambda name: name[0].isalpha()
)


@settings(max_examples=50, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.lists(names, min_size=2, max_size=6), st.integers(0, 2**40)), min_size=1, max_size=20
    )
)
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[list[str], int]]
) -> None:
    text = "".join(f"{';'.join(path)} {value}\n" for path, value in rows)
    wanted: dict[str, int] = {}
    for path, value in rows:
        wanted[" > ".join(path)] = wanted.get(" > ".join(path), 0) + value
    assert stacks(load_text(tmp_path_factory.mktemp("folded"), text).profile()) == wanted
