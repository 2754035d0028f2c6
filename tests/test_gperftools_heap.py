"""gperftools, tcmalloc, Java and threadz text, the memory map, and symbols from a file."""

from __future__ import annotations

from pathlib import Path

import pytest

import forensics as hf
from forensics.readers.memory_map import MemoryMap, read_memory_map
from tests.written import load_text, stacks, write

SAMPLES = Path(__file__).parent.parent / "sample_dumps" / "native"

MAP = """\

MAPPED_LIBRARIES:
00400000-00500000 r-xp 00000000 fe:00 77     /opt/app/server (deleted)
7f0000000000-7f0000026000 r--p 00000000 fe:00 78   /lib/libc.so.6
7f0000026000-7f0000100000 r-xp 00026000 fe:00 78   /lib/libc.so.6
"""


def test_exact_profiles_are_taken_as_they_are(tmp_path: Path) -> None:
    header = "heap profile:   3:   3000 [   9:   9000] @ heapprofile\n"
    text = f"{header}  3: 3000 [ 9: 9000] @ 0x401001 0x7f0000026101\n{MAP}"
    capture = load_text(tmp_path, text)
    assert stacks(capture.profile("live")) == {"libc.so.6+0x26100 > server+0x1000": 3000}
    assert stacks(capture.profile("allocated")) == {"libc.so.6+0x26100 > server+0x1000": 9000}
    assert capture.origin.sampling_rate is None
    assert "bytes_error" not in capture.profile("live").allocations


def test_sampled_profiles_are_scaled(tmp_path: Path) -> None:
    text = "heap profile: 2: 1048576 [ 2: 1048576] @ heap_v2/524288\n 2: 1048576 [ 2: 1048576] @ 0x401001\n"
    capture = load_text(tmp_path, text)
    # 1 / (1 - exp(-1)) = 1.5819767
    assert stacks(capture.profile()) == {"0x401000": 1658822}
    assert capture.moments == ("live",)
    assert capture.origin.sampling_rate == 524288


def test_growth_is_what_was_ever_taken_from_the_system(tmp_path: Path) -> None:
    text = "heap profile: 2: 4194304 [ 2: 4194304] @ growthz\n 1: 2097152 [ 1: 2097152] @ 0x10\n" * 1
    text += " 1: 2097152 [ 1: 2097152] @ 0x10\n"
    capture = load_text(tmp_path, text)
    assert capture.moments == ("allocated",)
    assert stacks(capture.profile()) == {"0xf": 4194304}


@pytest.mark.parametrize("kind", ["heapprofile", "heap_v2/1", "heapz_v2/1", "fragmentationz"])
def test_every_kind_is_recognised(tmp_path: Path, kind: str) -> None:
    capture = load_text(tmp_path, f"heap profile: 1: 10 [1: 10] @ {kind}\n1: 10 [1: 10] @ 0x10\n")
    assert capture.origin.format == "gperftools-heap"
    assert capture.profile("live").total_bytes == 10


def test_buckets_that_do_not_reach_the_header_make_it_cut(tmp_path: Path) -> None:
    text = "heap profile: 2: 30 [2: 30] @ heapprofile\n1: 10 [1: 10] @ 0x10\n1: 20 [1: 20] @ 0x20"
    assert load_text(tmp_path, text).complete
    cut = load_text(tmp_path, text[:-18])
    assert cut.health.detail == "its buckets hold 10 of the 30 live bytes of its header"
    assert stacks(cut.profile()) == {"0xf": 10}


def test_buckets_beyond_the_header_make_it_damaged(tmp_path: Path) -> None:
    capture = load_text(tmp_path, "heap profile: 1: 5 [1: 5] @ heapprofile\n1: 10 [1: 10] @ 0x10\n")
    assert capture.health.state == "damaged"


def test_the_real_exact_profile_adds_up(tmp_path: Path) -> None:
    capture = hf.load(SAMPLES / "gperftools.heap")
    # 4,000 blocks of 4096 + 512 * (i % 9) bytes, and one of the thread library
    pages = sum(4096 + 512 * (i % 9) for i in range(4000))
    assert capture.profile("live").total_blocks == 4001
    assert capture.profile("live").total_bytes == pages + 320


def test_symbols_of_nm_name_the_real_profile(tmp_path: Path) -> None:
    named = hf.symbolise(hf.load(SAMPLES / "gperftools.heap").profile(), SAMPLES / "leak.nm")
    paths = [path.split(" > ")[-3:] for path in stacks(named)]
    assert ["main", "fill_cache", "keep_page"] in paths
    assert ["worker", "fill_cache", "keep_page"] in paths


def test_symbols_may_be_listed_by_place(tmp_path: Path) -> None:
    text = f"heap profile: 2: 30 [2: 30] @ heapprofile\n2: 30 [2: 30] @ 0x401001 0x7f0000026101\n{MAP}"
    profile = load_text(tmp_path, text).profile()
    symbols = write(tmp_path, "server+0x1000 Cache::keep(int) cache.cc:31\n0x10 other\n", "symbols.txt")
    frame = hf.symbolise(profile, symbols).frames.iloc[1]
    assert frame.tolist() == ["Cache::keep(int)", "cache.cc", 31, "server", "native"]


def test_symbols_of_a_program_at_a_fixed_address_count_from_there(tmp_path: Path) -> None:
    text = f"heap profile: 2: 30 [2: 30] @ heapprofile\n2: 30 [2: 30] @ 0x401011\n{MAP}"
    symbols = write(tmp_path, "0000000000401000 T keep\n0000000000401100 T other\n", "server.nm")
    assert stacks(hf.symbolise(load_text(tmp_path, text).profile(), symbols)) == {"keep": 30}


def test_a_file_without_symbols_is_refused(tmp_path: Path) -> None:
    profile = hf.load(SAMPLES / "gperftools.heap").profile()
    with pytest.raises(hf.BadDump, match="holds no symbol"):
        hf.symbolise(profile, write(tmp_path, "hello\n"))


@pytest.mark.parametrize(
    ("line", "mapping"),
    [
        ("02e00000-02e8a000 r-xp 2a00 00:00 15953927    /a/bin", (0x2E00000, 0x2E8A000, 0x2A00, "/a/bin")),
        ("  02e00000-02e8a000: /a/bin (@2a00)", (0x2E00000, 0x2E8A000, 0x2A00, "/a/bin")),
        ("  02e00000-02e8a000: /a/bin (deleted)", (0x2E00000, 0x2E8A000, 0, "/a/bin")),
        ("  02e00000-02e8a000: [vdso]", (0x2E00000, 0x2E8A000, 0, "[vdso]")),
        ("0x40000-0x80000 /a/bin   (@FF00)   abc123456", (0x40000, 0x80000, 0xFF00, "/a/bin")),
        (
            "7f5e5435e000-7f5e5455e000 --xp 2000 00:00 15  a b",
            (0x7F5E5435E000, 0x7F5E5455E000, 0x2000, "a b"),
        ),
        ("W1220 15:07:15.2 8272 log.cc:12] 0x40000-0x80000 /a", (0x40000, 0x80000, 0, "/a")),
        ("02e00000-02e8a000 r-xp 02a00000 00:00 1 /main", (0x400000, 0x2E8A000, 0, "/main")),
    ],
)
def test_mappings_are_read_in_every_form(line: str, mapping: tuple[int, int, int, str]) -> None:
    (found,) = read_memory_map([line]).mappings
    assert (found.start, found.limit, found.offset, found.file) == mapping


def test_mappings_without_code_are_left_out() -> None:
    assert read_memory_map(["7f5e5435e000-7f5e5455e000 ---p 00002000 00:00 1531 x"]).mappings == []


def test_a_name_stands_for_what_it_was_set_to() -> None:
    (found,) = read_memory_map(["  root=/home", "00400000-00500000: $root/server"]).mappings
    assert found.file == "/home/server"


def test_an_address_that_no_mapping_holds_stays_bare() -> None:
    assert MemoryMap().frame(0x4711).function == "0x4711"


JAVA = """\
--- heapz 1 ---
format = java
resolution = bytes
     1048576     2 @ 0x00000003 0x00000004


 0x00000003 org.example.Cache.put (Cache.java:31)
 0x00000004 GC
"""


def test_java_stacks_are_named_by_their_table(tmp_path: Path) -> None:
    profile = load_text(tmp_path, JAVA).profile("live")
    assert stacks(profile) == {"GC > org.example.Cache.put": 1658822}
    assert profile.frames.iloc[1].tolist() == [
        "org.example.Cache.put",
        "Cache.java",
        31,
        "org.example.Cache",
        "java",
    ]


def test_java_locations_that_are_missing_make_it_cut(tmp_path: Path) -> None:
    capture = load_text(tmp_path, JAVA[: JAVA.index(" 0x00000004 GC")])
    assert capture.health.detail == "1 of its locations are not named at its end"
    assert stacks(capture.profile()) == {"0x4 > org.example.Cache.put": 1658822}


THREADS = """\
--- threadz 1 ---

--- Thread 7eff063d9940 (name: main/25376) stack: ---
  PC:  0x00401000: wait(int)
  0x00402001: main
--- Thread 7eff04e97700 (name: worker/25379) stack: ---
  PC: 0x401000 0x403001
      creator: 0x402011
--- Thread 7eff04e97700 (name: worker/25380) stack: ---
  [same as previous thread]
--- Memory map: ---
  00400000-00fcb000: /opt/app/server
"""


def test_threads_are_counted_below_what_started_them(tmp_path: Path) -> None:
    profile = load_text(tmp_path, THREADS).profile("live")
    assert stacks(profile, "threads") == {
        "main > wait(int)": 1,
        "server+0x2010 > server+0x3000 > server+0x1000": 2,
    }
    assert profile.allocations["thread"].tolist() == ["main/25376", "worker/25379", "worker/25380"]


def test_threads_without_their_map_are_cut(tmp_path: Path) -> None:
    capture = load_text(tmp_path, THREADS[: THREADS.index("--- Memory")])
    assert capture.health.detail == "the memory map at its end is missing"


def test_an_address_beyond_64_bits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(hf.BadDump, match="address of more than 64 bits"):
        load_text(tmp_path, THREADS.replace("0x403001", "0x473add693e639c6f0"))
