"""The side-car is read as warily as a dump."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forensics.errors import BadDump
from forensics.sidecar import read_sidecar, sidecar_from, sidecar_path

DOCUMENT = {
    "schema": "forensics/sidecar/1",
    "git": {"commit": "0572edf", "dirty": False, "root": "/srv/app"},
    "process": {"command": "python app.py", "pid": 7, "language": "python 3.12.1"},
    "limit": {"bytes": 536870912, "enforced_by": "watchdog"},
    "exit": {"status": None, "signal": "SIGKILL", "oom_killed": True},
    "samples": {"time_ns": [10, 20], "rss_bytes": [100, 300], "threads": [1, 5]},
    "symbols": {"libc.so+0x10": ["malloc", "malloc.c", 12], "libc.so+0x11": ["malloc", 5, 5]},
}


def write(tmp_path: Path, content: bytes) -> Path:
    dump = tmp_path / "run.bin"
    sidecar_path(dump).write_bytes(content)
    return dump


def test_a_dump_without_a_sidecar_has_none(tmp_path: Path) -> None:
    assert read_sidecar(tmp_path / "run.bin") is None


def test_everything_known_is_there(tmp_path: Path) -> None:
    read = read_sidecar(write(tmp_path, json.dumps(DOCUMENT).encode()))
    assert (read.commit, read.repo_root, read.limit_bytes, read.limit_by) == (
        "0572edf",
        "/srv/app",
        536870912,
        "watchdog",
    )
    assert (read.exit_status, read.exit_signal, read.oom_killed) == (None, "SIGKILL", True)
    assert read.samples["threads"].tolist() == [1, 5]
    assert read.peak_rss_bytes == 300


def test_a_symbol_of_the_wrong_shape_is_left_out() -> None:
    assert sidecar_from(DOCUMENT).symbols == {"libc.so+0x10": ("malloc", "malloc.c", 12)}


@pytest.mark.parametrize(
    "broken",
    [
        {"limit": {"bytes": "much"}},
        {"limit": {"bytes": True}},
        {"limit": []},
        {"git": {"commit": 5, "root": None}},
        {"samples": {"time_ns": [1, "2"]}},
        {"samples": {"time_ns": 5}},
        {"samples": {"time_ns": [1, 2], "rss_bytes": [1]}},
        {"samples": {"time_ns": [2**70]}},
        {"symbols": {"a": "b"}},
    ],
)
def test_a_field_of_the_wrong_type_is_unknown(broken: dict) -> None:
    read = sidecar_from({"schema": DOCUMENT["schema"], **broken})
    assert (read.limit_bytes, read.commit, read.peak_rss_bytes, dict(read.symbols)) == (None, "", None, {})


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"schema": "other"}', b"\xff\xfe", b"[" * 100_000], ids=range(6)
)
def test_what_is_no_sidecar_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadDump, match="remove it to read the dump alone"):
        read_sidecar(write(tmp_path, content))
