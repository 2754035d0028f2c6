"""Small files that claim or grow to much: one line, exit code 3 or a marked part, within 5 s and 1 GiB."""

from __future__ import annotations

import base64
import gzip
import io
import json
import pickle
import struct
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import lz4.frame
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from forensics.readers.memray_capture.tiny import MAIN, Addresses, code, header, push, switch, varint
from forensics.readers.tracemalloc_snapshot.tables import SMALLEST
from tests.forked import Ran, Runner
from tests.pprof_messages import Message
from tests.test_detection import TEXTS

MOST_SECONDS, MOST_BYTES = 5.0, 1 << 30
MEMBER_BYTES = 8 << 20
GIGABYTE_OF_MEMBERS = 128


def profile(depth: int = 1) -> bytes:
    """A profile.proto with one sample under ``depth`` frames, not compressed."""
    message = Message(("inuse_objects", "count"), ("inuse_space", "bytes"))
    where = [message.location((f"f{n}", "a.go", n + 1)) for n in range(depth)]
    message.sample(where, 1, 8)
    return gzip.decompress(message.encoded()) if message.encoded()[:2] == b"\x1f\x8b" else message.encoded()


#: Beginnings that each reader takes for its own, by format.
HEADS = {
    **{name: text.encode() for name, text in TEXTS.items()},
    "pprof": profile(),
    "tracemalloc": SMALLEST[:-8],
    "memray": header() + switch(MAIN),
}
#: What one record of each text format looks like, again and again.
RECORDS = {
    "go-heap-text": "1: 8 [1: 8] @ 0x10\n",
    "go-count-text": "1 @ 0x10\n",
    "go-goroutines": "goroutine 7 [running]:\nmain.f()\n\t/a.go:3 +0x1\n",
    "gperftools-heap": "1: 8 [1: 8] @ 0x10\n",
    "jemalloc-heap": "@ 0x10\n  t*: 1: 8 [0: 0]\n  t0: 1: 8 [0: 0]\n",
    "java-heap-text": " 8 1 @ 0x3\n",
    "threadz-text": "--- Thread 7e (name: a/1) stack: ---\n 0x10\n",
    "folded": "main;load 8\n",
    "memray-csv": "MALLOC,1,8,1,t,f;a.py;1\n",
    "prometheus-text": "process_resident_memory_bytes 8\n",
    "memstats-lines": "Alloc = 1 MB\n",
}
#: A line of nearly a megabyte with a new path of as many frames as go into it; ``{n}`` makes it new.
DEEP = {
    "go-heap-text": lambda n: f"1: 8 [1: 8] @{' 0x1' * 250_000} 0x{n + 2:x}\n",
    "go-count-text": lambda n: f"1 @{' 0x1' * 250_000} 0x{n + 2:x}\n",
    "go-goroutines": lambda n: "goroutine 7 [running]:\n" + "f()\n\ta:1\n" * 90_000 + f"g{n}()\n\ta:1\n",
    "gperftools-heap": lambda n: f"1: 8 [1: 8] @{' 0x1' * 250_000} 0x{n + 2:x}\n",
    "jemalloc-heap": lambda n: f"@{' 0x1' * 250_000} 0x{n + 2:x}\n  t*: 1: 8 [0: 0]\n",
    "java-heap-text": lambda n: f"8 1 @{' 0x1' * 250_000} 0x{n + 2:x}\n",
    "threadz-text": lambda n: f"--- Thread 7e (name: a/1) stack: ---\n{' 0x1' * 250_000} 0x{n + 2:x}\n",
    "folded": lambda n: f"f{n}{';a' * 400_000} 8\n",
    "memray-csv": lambda n: f"MALLOC,1,8,1,t,{'f;a.py;1|' * 110_000}f{n};a.py;1\n",
}
#: As DEEP, with a path of the length that real stacks have at most.
MANY = {
    "go-heap-text": lambda n: f"1: 8 [1: 8] @{' 0x1' * 500} 0x{n + 2:x}\n",
    "go-goroutines": lambda n: "goroutine 7 [running]:\n" + "f()\n\ta:1\n" * 100 + f"g{n}()\n\ta:1\n",
    "gperftools-heap": lambda n: f"1: 8 [1: 8] @{' 0x1' * 500} 0x{n + 2:x}\n",
    "jemalloc-heap": lambda n: f"@{' 0x1' * 500} 0x{n + 2:x}\n  t*: 1: 8 [0: 0]\n",
    "folded": lambda n: f"f{n}{';a' * 1000} 8\n",
    "memray-csv": lambda n: f"MALLOC,1,8,1,t,{'f;a.py;1|' * 100}f{n};a.py;1\n",
}
#: Texts with a count of ``{n}``.
COUNTS = {
    "go-heap-text": "heap profile: 1: {n} [1: 8] @ heap/2\n1: {n} [1: 8] @ 0x10\n",
    "go-count-text": "goroutine profile: total {n}\n{n} @ 0x10\n",
    "gperftools-heap": "heap profile: 1: {n} [1: 8] @ heapprofile\n1: {n} [1: 8] @ 0x10\n",
    "jemalloc-heap": "heap_v2/1\n  t*: 1: {n} [0: 0]\n@ 0x10\n  t*: 1: {n} [0: 0]\n\nMAPPED_LIBRARIES:\n",
    "java-heap-text": "--- heapz 1 ---\nformat = java\nresolution = bytes\n {n} 1 @ 0x3\n\n 0x3 a.B (B:1)\n",
    "folded": "main;load {n}\nmain;serve {n}\n",
    "memray-csv": "allocator,num_allocations,size,tid,thread_name,stack_trace\nMALLOC,{n},{n},1,t,f;a.py;1\n",
    "expvar": '{{"cmdline": ["a"], "memstats": {{"HeapAlloc": {n}, "LastGC": {n}}}}}',
    "prometheus-text": "process_resident_memory_bytes {n}\n",
    "memstats-lines": "Alloc = {n} MB\n",
    "speedscope": '{{"$schema": "https://www.speedscope.app/f", "shared": {{"frames": [{{"name": "f"}}]}}, '
    '"profiles": [{{"type": "sampled", "unit": "bytes", "samples": [[0]], "weights": [{n}]}}]}}',
}
EXTREMES = (1 << 63, (1 << 63) - 1, 1 << 64, -1, 10**30)


def gzip_members(head: bytes, fill: bytes, members: int) -> bytes:
    return gzip.compress(head, 1) + gzip.compress(fill, 6) * members


def zstd_frames(head: bytes, fill: bytes, members: int) -> bytes:
    pack = zstandard.ZstdCompressor().compress
    return pack(head) + pack(fill) * members


def filled(record: bytes) -> bytes:
    return record * (MEMBER_BYTES // len(record))


def cases() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Name and content of every bomb."""
    for name, head in HEADS.items():
        for packed, pack in (("gzip", gzip_members), ("zstd", zstd_frames)):
            yield (
                f"{name}: a gigabyte of zeros in {packed}",
                lambda h=head, p=pack: p(h, bytes(MEMBER_BYTES), 128),
            )
            yield (
                f"{name}: a line of a gigabyte in {packed}",
                lambda h=head, p=pack: p(h, b"7" * MEMBER_BYTES, 128),
            )
    for name, record in RECORDS.items():
        yield (
            f"{name}: records without end",
            lambda n=name, r=record: gzip_members(TEXTS[n].encode(), filled(r.encode()), 128),
        )
    for name, line in DEEP.items():
        yield (
            f"{name}: deep stacks",
            lambda n=name, d=line: gzip.compress(
                TEXTS[n].encode() + b"".join(d(k).encode() for k in range(40)), 1
            ),
        )
    for name, line in MANY.items():
        yield (
            f"{name}: many long stacks",
            lambda n=name, d=line: gzip.compress(
                TEXTS[n].encode() + "".join(d(k) for k in range(60_000_000 // len(d(0)))).encode(), 1
            ),
        )
    for name, text in COUNTS.items():
        for extreme in EXTREMES:
            yield f"{name}: counts of {extreme}", lambda t=text, e=extreme: t.format(n=e).encode()
    yield from messages()
    yield from pickles()
    yield from captures()
    yield from documents()
    yield from tables()


def messages() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Of profile.proto."""
    whole = profile()
    huge = b"\xff" * 9 + b"\x01"
    for field in (1, 2, 3, 4, 5, 6, 11, 13):
        tag = bytes([field << 3 | 2])
        yield f"pprof: field {field} of 2**64 bytes", lambda t=tag: whole + t + huge + b"x"
        yield f"pprof: field {field} of 2**62 bytes", lambda t=tag: whole + t + b"\xff" * 8 + b"\x3f" + b"x"
    sample = b"\x12\x08\x0a\x01\x01\x12\x03\x01\x88\x01"[:-1]
    sample = b"\x12\x07\x0a\x01\x01\x12\x02\x01\x08"
    yield "pprof: samples without end", lambda: gzip_members(whole, filled(sample), 128)
    yield "pprof: texts without end", lambda: gzip_members(whole, filled(b"\x32\x00"), 128)
    yield (
        "pprof: labels without end",
        lambda: gzip.compress(
            whole
            + b"".join(
                _field(2, b"\x0a\x01\x01\x12\x02\x01\x08" + b"\x1a\x04\x08\x01\x10" + bytes([n & 127]) * 1)
                for n in range(3_000_000)
            ),
            1,
        ),
    )
    yield "pprof: values of 2**63", lambda: whole + _field(2, b"\x0a\x01\x01\x12\x14" + huge + huge)
    yield (
        "pprof: a stack of five million frames",
        lambda: gzip.compress(whole + _field(2, _field(1, b"\x01" * 5_000_000) + b"\x12\x02\x01\x08"), 1),
    )
    yield "pprof: deep groups", lambda: whole + b"\x83\x01" * 1_000_000
    yield "pprof: deep messages", lambda: whole + nested(4000)
    yield (
        "pprof: stacks of many frames, many times",
        lambda: gzip.compress(
            profile(40)
            + b"".join(
                _field(2, _field(1, bytes([1 + n % 40]) + b"\x01" * 2000) + b"\x12\x02\x01\x08")
                for n in range(20_000)
            ),
            1,
        ),
    )


def nested(depth: int) -> bytes:
    content = b""
    for _ in range(depth):
        content = _field(4, content)
    return content


def _field(number: int, payload: bytes) -> bytes:
    return bytes([number << 3 | 2]) + varint(len(payload)) + payload


def pickles() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Of tracemalloc snapshots."""
    name = b"\x80\x04\x8c\x0btracemalloc\x94\x8c\x08Snapshot\x94"
    doubling = b"".join(b"h" + bytes([n]) + b"h" + bytes([n]) + b"\x86\x94" for n in range(2, 250))
    found = {
        "memo of nothing": name + b"r" + struct.pack("<I", 0xFFFFFFFF) + b".",
        "memo far away": name + b"K\x01r" + struct.pack("<I", 0x7FFFFFFF) + b".",
        "text of 2**62 bytes": name + b"\x8d" + struct.pack("<Q", 1 << 62) + b"a",
        "text of 2**32 bytes": name + b"X" + struct.pack("<I", 0xFFFFFFFF) + b"a",
        "bytes of 2**62": name + b"\x8e" + struct.pack("<Q", 1 << 62) + b"a",
        "number of 2**31 bytes": name + b"\x8b" + struct.pack("<i", 0x7FFFFFFF) + b"a",
        "doubling tuples": name + b"K\x01K\x01\x86\x94" + doubling + b".",
        "deep marks": name + b"(" * 2_000_000,
        "deep tuples": name + b")" + b"\x85" * 1_000_000,
        "deep lists": name + b"]" * 1_000_000,
        "sizes beyond 2**63": pickle.dumps(tracemalloc.Snapshot([(0, (1 << 58) - 1, (), 0)] * 64, 1)),
        "size of 2**63": pickle.dumps(tracemalloc.Snapshot([(0, 1 << 63, (), 0)], 1)),
    }
    for what, content in found.items():
        yield f"tracemalloc: {what}", lambda c=content: c
    yield "tracemalloc: memo entries without end", lambda: gzip_members(name + b"K\x01", filled(b"\x94"), 60)
    yield "tracemalloc: texts without end", lambda: gzip_members(name, filled(b"\x8c\x01a\x94"), 60)
    trace = b"(K\x00K\x03\x8c\x01a\x94K\x01\x86\x94\x85\x94K\x01t\x94"
    yield (
        "tracemalloc: traces without end",
        lambda: gzip_members(
            SMALLEST[: SMALLEST.index(b"]\x94") + 2] + b"(",
            trace * (MEMBER_BYTES // len(trace)),
            60,
        ),
    )


def captures() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Of memray captures."""
    start = header() + switch(MAIN)
    at = Addresses()
    block = at.record(6, 0x1000, 1)
    yield "memray: a gigabyte of zeros in LZ4", lambda: lz4.frame.compress(start) + b""
    yield "memray: a block of LZ4 that expands", lambda: lz4.frame.compress(start + bytes(512 << 20))
    yield (
        "memray: frames without end",
        lambda: lz4.frame.compress(
            start + code(1, "f", "/a.py", table=b"\x80\x02") + push(1, 0) * 3_000_000 + block
        ),
    )
    yield (
        "memray: many code objects",
        lambda: lz4.frame.compress(
            start + b"".join(code(n, "f", "/a.py", table=b"\x80\x02") for n in range(200_000)) + block
        ),
    )
    yield (
        "memray: threads without end",
        lambda: lz4.frame.compress(
            start + b"".join(switch(n + 1) + push(1, 0) for n in range(60_000)) + block
        ),
    )
    yield "memray: a size of 2**63", lambda: start + Addresses().record(6, 0x1000, 1 << 63)
    yield (
        "memray: sizes that add up to 2**63",
        lambda: start + b"".join(Addresses().record(6, 0x1000 + 64 * n, 1 << 60) for n in range(10)),
    )


def documents() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Of the formats that are JSON."""
    start = b'{"$schema": "https://www.speedscope.app/file-format-schema.json", "profiles": '
    deep = b"[" * 1_000_000
    yield "speedscope: deep lists", lambda: start + deep
    yield "speedscope: deep objects", lambda: start + b'{"a":' * 1_000_000
    yield "speedscope: lists without end", lambda: start + b"[" + b"[]," * 20_000_000
    yield "speedscope: a text of 500 MB", lambda: gzip_members(start + b'"', b"x" * MEMBER_BYTES, 60)
    yield "expvar: deep lists", lambda: b'{"cmdline": ["a"], "memstats": {"HeapAlloc": 8}, "x": ' + deep
    yield (
        "expvar: a number of a million digits",
        lambda: b'{"memstats": {"HeapAlloc": ' + b"9" * 1_000_000 + b"}}",
    )


def tables() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Of stored captures (Parquet): footers that claim, and columns that expand."""
    footers = {
        "a list of 2**31 row groups": b"\x49\xfc\xff\xff\xff\xff\x07" + bytes(3_000_000),
        "structs in structs": b"\x1c" * 3_000_000,
        "lists in lists": b"\x19" + b"\x19" * 3_000_000,
        "a text of 2**62 bytes": b"\x18" + b"\xff" * 8 + b"\x3f",
        "a number that does not end": b"\x16" + b"\xff" * 3_000_000,
        "fields without end": b"\x15\x02" * 2_000_000,
    }
    for what, footer in footers.items():
        yield f"parquet: {what}", lambda f=footer: b"PAR1" + f + struct.pack("<I", len(f)) + b"PAR1"
    for rows in (2_000_000, 30_000_000):
        yield f"parquet: {rows} callsites", lambda n=rows: stored(n, 0, 1)
        yield f"parquet: {rows} changes of one callsite", lambda n=rows: stored(1, n, 1)
        yield f"parquet: {rows} rows of one callsite", lambda n=rows: stored(1, 0, n)


def stored(callsites: int, changes: int, held: int) -> bytes:
    """A stored capture of so many callsites, changes over time and rows at the first callsite, all alike."""
    texts = {
        name: pa.DictionaryArray.from_arrays(pa.array(np.zeros(callsites, np.int32)), [text])
        for name, text in {"function": "f", "file": "a.py", "module": "a", "language": "python"}.items()
    }
    columns = {
        "parent_distance": pa.array(np.r_[0, np.ones(callsites - 1)].astype(np.int32)),
        **texts,
        "line": pa.array(np.zeros(callsites, np.int32)),
        "at_peak": _lists({"thread": "t", "allocator": "malloc", "bytes": 8, "blocks": 1}, held, callsites),
        "history": _lists({"step": 0, "bytes": 8, "blocks": 1, "added": 1}, changes, callsites),
    }
    origin = {"path": "run.bin", "format": "memray"}
    moment = {"name": "peak", "bytes": 8 * held, "blocks": held, "measures": [], "origin": {}}
    head = {"schema": "forensics/capture/1", "origin": origin, "health": {"state": "whole"}}
    head |= {"no_events_because": "", "moments": [moment]}
    more = {"timeline": [["time", []]], "extras": {}, "sidecar": None}
    more["history"] = {"times": [None], "last": [[], []], "unpickled": []}
    packed = base64.b85encode(zstandard.compress(json.dumps(more).encode()))
    table = pa.table(columns).replace_schema_metadata(
        {"forensics": json.dumps(head), "forensics.more": packed.decode()}
    )
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd", write_statistics=False, row_group_size=1 << 30)
    return file.getvalue()


def _lists(row: dict[str, object], rows: int, count: int) -> pa.ListArray:
    """So many equal rows in the first of ``count`` lists."""
    columns = [
        pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), [value])
        if isinstance(value, str)
        else pa.array(np.full(rows, value, np.int64))
        for value in row.values()
    ]
    ends = pa.array(np.r_[0, np.full(count, rows)].astype(np.int32))
    return pa.ListArray.from_arrays(ends, pa.StructArray.from_arrays(columns, names=list(row)))


CASES = dict(cases())


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with Runner() as started:
        yield started


@pytest.mark.parametrize("bomb", CASES)
def test_a_bomb_ends_in_one_line_within_five_seconds_and_a_gigabyte(
    runner: Runner, tmp_path: Path, bomb: str
) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(CASES[bomb]())
    for verb in ("info", "causes"):
        ran = runner.run(verb, path)
        said = f"{bomb}: {verb}: {ran}"
        assert ran.cpu_seconds < MOST_SECONDS, said
        assert ran.peak_bytes < MOST_BYTES, said
        assert_one_line(ran, said)
    path.unlink()


def assert_one_line(ran: Ran, said: str) -> None:
    """An error is one line and exit code 3; else there is a capture, and what it lacks is said."""
    assert ran.exit_code in (0, 3), said
    assert "Traceback" not in ran.errors, said
    if ran.exit_code:
        assert ran.output == "", said
        assert len(ran.errors.splitlines()) == 1, said
        assert len(ran.errors) < 1000, said
