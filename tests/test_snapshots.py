"""A series of tracemalloc snapshots: timer, signal, near the limit; bounded and atomic."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tracemalloc

import pytest

import forensics as hf
from forensics.live import proc
from forensics.sidecar import read_sidecar
from forensics.snapshots import Settings, settings_from, snapshots, snapshots_if_asked


def until(condition, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_timer_takes_snapshots_and_only_the_newest_are_kept(tmp_path):
    with snapshots(every=0.1, keep=2, folder=tmp_path, overhead=1) as series:
        until(lambda: len(list(tmp_path.glob("*-timer.tracemalloc"))) == 2)
        first = series.paths[0]
        until(lambda: first not in series.paths)
    assert sorted(tmp_path.glob("*.tracemalloc")) == series.paths
    assert len(series.paths) == 2
    assert not first.exists()
    assert not tracemalloc.is_tracing()
    assert [path for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_a_snapshot_loads_in_the_standard_library_and_its_sidecar_holds_the_resident_set(tmp_path):
    with snapshots(every=None, folder=tmp_path) as series:
        held = [bytes(1000) for _ in range(2000)]
        series.take()
        until(lambda: series.paths)
    snapshot = tracemalloc.Snapshot.load(str(series.paths[0]))
    here = snapshot.filter_traces([tracemalloc.Filter(True, __file__)])
    assert sum(trace.size for trace in here.traces) >= 2000 * 1000
    told = read_sidecar(series.paths[0])
    assert told.samples["rss_bytes"].iloc[0] > len(held) * 1000
    assert told.language == "python " + ".".join(map(str, sys.version_info[:3]))


def test_a_signal_takes_one_and_the_former_handler_still_runs(tmp_path):
    seen = []
    former = signal.signal(signal.SIGUSR2, lambda number, frame: seen.append(number))
    try:
        with snapshots(every=None, folder=tmp_path, signal="SIGUSR2") as series:
            os.kill(os.getpid(), signal.SIGUSR2)
            until(lambda: series.paths)
        assert series.paths[0].name.endswith("-signal.tracemalloc")
        assert seen == [signal.SIGUSR2]
    finally:
        signal.signal(signal.SIGUSR2, former)


def test_one_is_taken_when_the_resident_set_passes_its_share_of_the_limit(tmp_path):
    limit = proc.resident(os.getpid()) + (400 << 20)
    with snapshots(every=None, folder=tmp_path, limit=limit, share=1 - (200 << 20) / limit) as s:
        assert s.paths == []
        held = bytearray(b"x") * (250 << 20)
        until(lambda: s.paths)
    assert s.paths[0].name.endswith("-limit.tracemalloc")
    del held


def test_none_is_taken_whose_own_memory_would_pass_the_limit(tmp_path):
    with snapshots(every=None, folder=tmp_path, limit=1 << 20, share=1) as series:
        until(lambda: series.missed)
    assert "more would pass the limit" in series.missed[0]
    assert list(tmp_path.iterdir()) == []


def test_a_costly_snapshot_puts_off_the_next(tmp_path):
    with snapshots(every=0.1, folder=tmp_path, overhead=0.0001, keep=100) as series:
        until(lambda: series.paths)
        time.sleep(0.8)
        assert len(series.paths) == 1


def test_a_folder_that_cannot_be_written_is_told_and_harms_nobody(tmp_path):
    folder = tmp_path / "gone"
    with snapshots(every=None, folder=folder) as series:
        folder.rmdir()
        series.take()
        until(lambda: series.missed)
    assert "No such file or directory" in series.missed[0]


def test_the_environment_switches_it_on_and_overrides(tmp_path, monkeypatch):
    monkeypatch.delenv("FORENSICS_SNAPSHOTS", raising=False)
    assert snapshots_if_asked() is None
    monkeypatch.setenv("FORENSICS_SNAPSHOTS", "off")
    assert snapshots_if_asked() is None
    monkeypatch.setenv("FORENSICS_SNAPSHOTS", f"every=7,keep=3,folder={tmp_path}")
    series = snapshots_if_asked()
    series.stop()
    assert series.settings == Settings(every=7, keep=3, folder=str(tmp_path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("often", "'often' is no setting"),
        ("keep=many", "keep=many is no number"),
        ("colour=red", "'colour=red' is no setting"),
    ],
)
def test_a_setting_that_makes_no_sense_is_one_line(text, said):
    with pytest.raises(hf.ForensicsError, match=said):
        settings_from(text)


def test_the_last_snapshot_before_a_kill_is_whole(tmp_path):
    program = f"""
import forensics as hf, os
series = hf.snapshots(every=0.1, folder={str(tmp_path)!r}, overhead=1, keep=3)
held = []
while True:
    held.extend(bytes(100) for _ in range(1000))
    if len(held) > 60_000 and len(series.paths) == 3:
        os.kill(os.getpid(), 9)
    import time; time.sleep(0.002)
"""
    done = subprocess.run([sys.executable, "-c", program], timeout=120)
    assert done.returncode == -9
    kept = sorted(tmp_path.glob("*.tracemalloc"))
    assert len(kept) >= 2
    for path in kept:
        assert len(tracemalloc.Snapshot.load(str(path)).traces) > 0


def test_the_service_loads_nothing_heavy_for_it():
    program = (
        "import forensics as hf, sys; hf.snapshots;"
        "print([name for name in ('numpy', 'pandas', 'numba', 'plotly', 'memray') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "[]\n"
