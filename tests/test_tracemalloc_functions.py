"""Function names of snapshots come from the source they ran from, and only from there."""

from __future__ import annotations

import os
import pickle
import subprocess
import tracemalloc
from pathlib import Path

import pytest

import forensics as hf
from forensics.errors import UnknownFormat, UnreadableFile, UsageError
from forensics.profile import Profile
from forensics.readers.source_functions import function_spans

SOURCE = """\
import json
CACHE = {}
class Store:
    limit = 3
    def put(self, key):
        def inner():
            return [key] * 9
        return inner()
@staticmethod
def late():
    return 1
"""


def snapshot(path: Path, *places: tuple[str, int]) -> Path:
    traces = [(0, 10, (place,), 1) for place in places]
    path.write_bytes(pickle.dumps(tracemalloc.Snapshot(traces, 1)))
    return path


def functions(profile: Profile) -> dict[tuple[str, int], str]:
    frames = profile.frames
    return dict(zip(zip(frames["file"], frames["line"], strict=True), frames["function"], strict=True))


def test_the_innermost_definition_that_spans_the_line_is_the_function(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(SOURCE)
    file = str(tmp_path / "app.py")
    dump = snapshot(tmp_path / "dump", *((file, line) for line in (2, 4, 5, 7, 8, 11)))

    profile = hf.recover_functions(hf.load(dump).profile(), root=tmp_path)

    assert functions(profile) == {
        (file, 2): "<module>", (file, 4): "Store", (file, 5): "put", (file, 7): "inner", (file, 8): "put",
        (file, 11): "late",
    }  # fmt: skip
    assert "function names of 6 of 6 frames" in profile.origin.notes[-1]


def test_without_a_source_every_function_is_unknown(tmp_path: Path) -> None:
    dump = snapshot(tmp_path / "dump", ("/srv/app/app.py", 2))

    assert set(hf.load(dump).profile().frames["function"]) == {"<unknown>"}
    with pytest.raises(UsageError, match="needs a checkout"):
        hf.recover_functions(hf.load(dump))


def repository(path: Path) -> str:
    """A repository whose first commit, which is returned, has the source that the second one changes."""
    path.mkdir()
    git = ["git", "-C", str(path), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    (path / "pkg").mkdir()
    (path / "pkg" / "app.py").write_text(SOURCE)
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "first"], check=True)
    (path / "pkg" / "app.py").write_text("def renamed():\n" + "    pass\n" * 20)
    subprocess.run([*git, "commit", "-q", "-am", "second"], check=True)
    return subprocess.run(
        [*git, "rev-parse", "HEAD~1"], check=True, capture_output=True, text=True
    ).stdout.strip()


def test_names_come_from_git_at_the_commit_and_not_from_what_is_checked_out(tmp_path: Path) -> None:
    commit = repository(tmp_path / "repo")
    dump = snapshot(
        tmp_path / "dump", ("/srv/release/pkg/app.py", 7), ("/usr/lib/python3.11/json/decoder.py", 7)
    )

    capture = hf.recover_functions(hf.load(dump), repo=tmp_path / "repo", commit=commit)

    assert functions(capture.profile()) == {
        ("/srv/release/pkg/app.py", 7): "inner",
        ("/usr/lib/python3.11/json/decoder.py", 7): "<unknown>",
    }


@pytest.mark.parametrize("commit", ["0" * 40, "--all", "HEAD:pkg", "a b"])
def test_a_commit_that_git_does_not_know_is_said(tmp_path: Path, commit: str) -> None:
    repository(tmp_path / "repo")
    dump = snapshot(tmp_path / "dump", ("/srv/pkg/app.py", 7))

    with pytest.raises(UsageError, match="git knows no commit"):
        hf.recover_functions(hf.load(dump).profile(), repo=tmp_path / "repo", commit=commit)


def test_files_outside_the_checkout_are_never_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text("def secret():\n    pass\n")
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "link.py").symlink_to(tmp_path / "secret.py")
    os.mkfifo(tmp_path / "root" / "pipe.py")
    places = [
        f"{tmp_path}/secret.py",
        f"{tmp_path}/root/../secret.py",
        f"{tmp_path}/root/link.py",
        f"{tmp_path}/root/pipe.py",
    ]
    dump = snapshot(tmp_path / "dump", *((place, 2) for place in places))

    profile = hf.recover_functions(hf.load(dump).profile(), root=tmp_path / "root")

    assert set(profile.frames["function"]) == {"<unknown>"}


def test_sources_that_cannot_be_parsed_have_no_names() -> None:
    assert function_spans(b"def broken(:\n") is None
    assert function_spans(b"(" * 100_000) is None
    assert function_spans(b"x = '\\d'\ndef f(): pass\n") == [(2, 2, "f")]


def test_a_folder_of_snapshots_is_a_series_in_the_order_of_their_times(tmp_path: Path) -> None:
    for number, when in (
        (1, 1_700_000_000_000_000_300),
        (2, 1_700_000_000_000_000_100),
        (3, 1_700_000_001_000_000_000),
    ):
        snapshot(tmp_path / f"app-77-{when}.tracemalloc", *[("a.py", line) for line in range(number)])
    (tmp_path / "README.md").write_text("what these are")

    series = hf.load_series(tmp_path)

    assert [capture.summaries["live"].blocks for capture in series] == [2, 1, 3]
    assert {capture.origin.pid for capture in series} == {77}
    assert series[2].profile().origin.ended.isoformat() == "2023-11-14T22:13:21+00:00"
    assert [c.origin.path for c in hf.load_series(f"{tmp_path}/*.tracemalloc")] == [
        c.origin.path for c in series
    ]


def test_snapshots_without_a_time_are_in_the_order_in_which_they_were_written(tmp_path: Path) -> None:
    for name, when in (("b", 1000), ("a", 2000), ("c", 3000)):
        os.utime(snapshot(tmp_path / name, (name, 1)), (when, when))

    assert [Path(c.origin.path).name for c in hf.load_series(tmp_path)] == ["b", "a", "c"]


def test_a_file_that_was_named_and_is_no_dump_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("what these are")

    with pytest.raises(UnknownFormat):
        hf.load_series([tmp_path / "README.md"])
    with pytest.raises(UnreadableFile, match="holds no dump"):
        hf.load_series(tmp_path)
