"""Exactly one reader recognises a dump, by its content alone, and none recognises anything else."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import hypothesis.strategies as st
import pytest
import zstandard
from hypothesis import given, settings

import forensics as hf
from forensics.readers import READERS, readers
from forensics.readers.source import Source
from tests.written import fault_of, write

ROOT = Path(__file__).parent.parent
SAMPLES = sorted(
    path
    for path in (ROOT / "sample_dumps").rglob("*")
    if path.suffix in {".bin", ".gz", ".heap", ".tracemalloc", ".parquet", ".folded", ".csv"}
    or path.name.endswith((".heap.txt", ".goroutine.txt", ".metrics.txt", ".threadcreate.txt", "vars.json"))
)

#: A few lines of each format that is text, by the format that has to claim them.
TEXTS = {
    "go-heap-text": "heap profile: 1: 8 [1: 8] @ heap/2\n1: 8 [1: 8] @ 0x10\n",
    "go-count-text": "goroutine profile: total 1\n1 @ 0x10\n",
    "go-goroutines": "goroutine 1 [running]:\nmain.main()\n\t/srv/app/main.go:3 +0x1\n",
    "gperftools-heap": "heap profile: 1: 8 [1: 8] @ heapprofile\n1: 8 [1: 8] @ 0x10\n",
    "jemalloc-heap": "heap_v2/1\n  t*: 1: 8 [0: 0]\n@ 0x10\n  t*: 1: 8 [0: 0]\n\nMAPPED_LIBRARIES:\n",
    "java-heap-text": "--- heapz 1 ---\nformat = java\nresolution = bytes\n 8 1 @ 0x3\n\n 0x3 a.B.c (B:1)\n",
    "threadz-text": "--- threadz 1 ---\n--- Thread 7e (name: a/1) stack: ---\n 0x10\n--- Memory map: ---\n",
    "folded": "main;load 8\n",
    "speedscope": '{"$schema": "https://www.speedscope.app/f.json", "shared": {"frames": []}, '
    '"profiles": [{"type": "sampled", "unit": "bytes", "samples": [], "weights": []}]}',
    "memray-csv": "allocator,num_allocations,size,tid,thread_name,stack_trace\nMALLOC,1,8,1,t,f;a.py;1\n",
    "expvar": '{"cmdline": ["a"], "memstats": {"HeapAlloc": 8, "LastGC": 5}}',
    "prometheus-text": "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes 8\n",
    "memstats-lines": "Alloc = 1 MB\nSys = 2 MB\n",
}
OTHERS = {
    "prose": "Memory grew; then it stopped.\nWe saw 5 leaks and 3 pools.\n",
    "log": "2026-11-22 10:00:00 INFO worker: started; pid 5\n" * 50,
    "csv": "name,bytes\na,5\nb,6\n",
    "semicolon table": "name;bytes\na;5\nb;6\n",
    "json": '{"a": [1, 2, 3], "b": {"c": null}}',
    "python": "def f(a):\n    return a  # 5\n",
    "c": "int main(void) {\n    int x; x = 5;\n}\n",
    "html": "<html><body><p>heap profile</p></body></html>",
    "toml": "[tool]\nAlloc = 'x'\n",
    "ini": "Name = 12\nSys = 5 MB\n",
    "traceback": "Traceback (most recent call last):\n  File 'a.py', line 3\nValueError: 5\n",
    "markdown with a dump": "# Post-mortem\n\ngoroutine 1 [running]:\nmain.main()\n",
    "one number": "5\n",
    "blank": "\n\n   \n",
    "zeros": "\0" * 4096,
    "elf": "\x7fELF\x02\x01\x01" + "\0" * 200,
    "png": "\x89PNG\r\n\x1a\n" + "\0" * 60,
}


def claims(path: Path) -> list[str]:
    return [reader.FORMAT for reader in readers() if reader.matches(Source(path))]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: str(path.relative_to(ROOT / "sample_dumps")))
def test_every_sample_is_recognised_by_one_reader_and_loads(sample: Path) -> None:
    assert len(claims(sample)) == 1
    hf.load(sample)


@pytest.mark.parametrize("wanted", TEXTS)
def test_each_text_is_recognised_by_its_reader_alone(tmp_path: Path, wanted: str) -> None:
    path = write(tmp_path, TEXTS[wanted])
    assert claims(path) == [wanted]
    assert hf.load(path).origin.format == wanted


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
@pytest.mark.parametrize("wanted", TEXTS)
def test_a_compressed_text_is_the_same_dump(tmp_path: Path, wanted: str, pack: object) -> None:
    plain = hf.load(write(tmp_path, TEXTS[wanted]))
    packed = hf.load(write(tmp_path, pack(TEXTS[wanted].encode()), "packed"))  # type: ignore[operator]
    assert (packed.origin.format, packed.summaries) == (wanted, plain.summaries)


@pytest.mark.parametrize("wanted", TEXTS)
def test_a_name_decides_nothing(tmp_path: Path, wanted: str) -> None:
    assert claims(write(tmp_path, TEXTS[wanted], "capture.pb.gz")) == [wanted]


@pytest.mark.parametrize("name", OTHERS)
def test_other_files_are_no_dumps(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, OTHERS[name].encode("latin-1"))
    assert claims(path) == []
    with pytest.raises(hf.UnknownFormat, match="is no dump that is known here"):
        hf.load(path)


@settings(max_examples=150, deadline=None)
@given(
    content=st.one_of(st.binary(min_size=1, max_size=300), st.text(min_size=1, max_size=300).map(str.encode))
)
def test_random_bytes_are_claimed_by_at_most_one_reader(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    assert len(claims(write(tmp_path_factory.mktemp("random"), content))) <= 1


@pytest.mark.parametrize("wanted", TEXTS)
def test_flipped_bytes_give_a_capture_or_one_line(tmp_path: Path, wanted: str) -> None:
    chance = random.Random(wanted)
    for _ in range(60):
        content = bytearray(TEXTS[wanted].encode())
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        assert "\n" not in fault_of(write(tmp_path, bytes(content)))


def test_every_reader_has_its_name_and_a_line_for_errors() -> None:
    formats = [reader.FORMAT for reader in readers()]
    assert len(set(formats)) == len(READERS)
    assert all(reader.DESCRIPTION for reader in readers())
