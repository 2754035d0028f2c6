"""pprof protobufs: sample types, inlining, labels, mappings, pruning, differences, damage and bombs."""

from __future__ import annotations

import gzip
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from forensics.errors import BadDump, ForensicsError, MissingMoment, TooLarge
from forensics.profile import Profile
from forensics.readers import load
from forensics.readers.pprof_profile.frames import simplified
from forensics.readers.pprof_profile.recognition import looks_like_profile
from forensics.readers.pprof_profile.sample_types import SampleType, moments_of
from tests.pprof_messages import Message, block, number, varint

HEAP = (
    ("alloc_objects", "count"),
    ("alloc_space", "bytes"),
    ("inuse_objects", "count"),
    ("inuse_space", "bytes"),
)


def opened(tmp_path: Path, message: Message | bytes) -> Any:
    content = message if isinstance(message, bytes) else message.encoded()
    (tmp_path / "profile").write_bytes(content)
    return load(tmp_path / "profile")


def paths(profile: Profile, measure: str = "bytes") -> dict[str, int]:
    """What each path holds by itself, as ``outer > inner``."""
    own = profile.own(measure)
    return {
        " > ".join(profile.stack(int(callsite))["function"]): int(own[callsite])
        for callsite in np.flatnonzero(own)
    }


def go_heap() -> Message:
    message = Message(*HEAP).period("space", "bytes", 524288)
    main = message.location(("main.main", "/srv/main.go", 9))
    serve = message.location(("net/http.(*conn).serve", "/go/net/http/server.go", 1995))
    grow = message.location(
        ("bytes.growSlice", "/go/bytes/buffer.go", 20), ("bytes.(*Buffer).grow", "/go/bytes/buffer.go", 4)
    )
    message.sample([grow, serve, main], 10, 1000, 2, 300, labels={"bytes": (150, "bytes")})
    return message.sample([main], 1, 70, 1, 70)


def test_a_heap_profile_has_live_and_allocated_memory(tmp_path: Path) -> None:
    capture = opened(tmp_path, go_heap())

    assert capture.summaries == {"live": (370, 3), "allocated": (1070, 11)}
    assert paths(capture.profile("allocated")) == {
        "main.main": 70,
        "main.main > net/http.(*conn).serve > bytes.(*Buffer).grow > bytes.growSlice": 1000,
    }
    assert capture.profile("live").origin.sampling_rate == 524288
    assert capture.origin.language == "go"


def test_inlined_lines_are_frames_of_their_own_outermost_first(tmp_path: Path) -> None:
    profile = opened(tmp_path, go_heap()).profile("live")

    stack = profile.stack(int(np.argmax(profile.own())))
    assert list(stack["function"])[-2:] == ["bytes.(*Buffer).grow", "bytes.growSlice"]
    assert list(stack["module"]) == ["main", "net/http", "bytes", "bytes"]
    assert list(stack["line"]) == [9, 1995, 4, 20]


def test_estimates_carry_their_standard_error(tmp_path: Path) -> None:
    rows = opened(tmp_path, go_heap()).profile("live").allocations

    labelled = rows[rows["blocks"] == 2].iloc[0]
    seen = -np.expm1(-150 / 524288)  # of 2 blocks of 150 bytes
    assert labelled["blocks_error"] == pytest.approx(np.sqrt(2 * (1 - seen) / seen))
    assert labelled["bytes_error"] == pytest.approx(150 * labelled["blocks_error"])


def test_the_default_type_says_which_moment_is_first(tmp_path: Path) -> None:
    assert opened(tmp_path, go_heap()).moments == ("live", "allocated")
    assert opened(tmp_path, go_heap().scalar(14, "alloc_space")).moments == ("allocated", "live")


def test_other_measures_load_under_their_own_unit(tmp_path: Path) -> None:
    message = Message(("contentions", "count"), ("delay", "nanoseconds"))
    message.sample([message.location(("sync.(*Mutex).Lock", "/go/sync/mutex.go", 1))], 3, 9000)

    profile = opened(tmp_path, message).profile()

    assert profile.origin.moment == "recorded"
    assert profile.measures == {"delay": "nanoseconds", "contentions": "count"}
    assert profile.allocations[["delay", "contentions", "bytes", "blocks"]].iloc[0].tolist() == [
        9000,
        3,
        0,
        0,
    ]


@pytest.mark.parametrize(("kind", "measure"), [("goroutine", "goroutines"), ("threadcreate", "threads")])
def test_counts_of_go_have_the_words_of_its_texts(tmp_path: Path, kind: str, measure: str) -> None:
    message = Message((kind, "count")).period(kind, "count", 1)
    message.sample([message.location(("main.wait", "", 3))], 41).sample([], 1)

    capture = opened(tmp_path, message)

    profile = capture.profile("live")
    assert capture.moments == ("live",)
    assert (profile.origin.language, profile.origin.notes) == ("go", ())
    assert profile.measures == {measure: measure, "bytes": "bytes", "blocks": "blocks"}
    assert paths(profile, measure) == {"main.wait": 41, "(no stack)": 1}
    assert profile.total_bytes == profile.total_blocks == 0


def test_memory_and_time_in_one_file_are_moments_of_their_own() -> None:
    types = [
        SampleType("cpu-time", "nanoseconds"),
        SampleType("heap-space", "bytes"),
        SampleType("alloc-space", "bytes"),
    ]

    assert list(moments_of(types, "heap-space")) == ["live", "allocated", "recorded"]


def test_a_measure_named_like_a_column_does_not_replace_it() -> None:
    columns = moments_of([SampleType("blocks", "count"), SampleType("thread", "bytes")], "")["recorded"]

    assert columns.measures == {"thread'": "bytes", "blocks'": "count"}
    assert columns.columns["bytes"] == (1, 1)


def test_labels_are_kept_with_their_units(tmp_path: Path) -> None:
    message = Message(("cpu", "nanoseconds"))
    where = message.location(("main.main", "main.go", 1))
    message.sample([where], 5, labels={"route": "/a", "size": (64, "bytes"), "thread": "worker-1"})
    message.sample([where], 6).sample([where], 7, labels={"tid": 42})

    capture = opened(tmp_path, message)

    rows = capture.profile().allocations
    assert capture.extras["labels"] == [
        {"route": "/a", "size": {"value": 64, "unit": "bytes"}, "thread": "worker-1"},
        {"tid": 42},
    ]
    assert rows["label_id"].tolist() == [0, -1, 1]
    assert rows["thread"].tolist() == ["worker-1", "", "42"]


def test_what_has_no_symbol_is_named_by_module_and_offset(tmp_path: Path) -> None:
    message = Message(*HEAP).mapping(3, 0x400000, 0x500000, 0x1000, "/usr/bin/server")
    message.sample(
        [message.location(address=0x401234, mapping=3), message.location(address=0x99)], 0, 0, 1, 8
    )

    profile = opened(tmp_path, message).profile()

    assert paths(profile) == {"0x99 > server+0x2234": 8}
    assert list(profile.stack(1)["file"]) == ["", "/usr/bin/server"]
    assert set(profile.frames["language"]) == {"native"}


def test_a_sample_without_a_stack_is_kept(tmp_path: Path) -> None:
    capture = opened(tmp_path, Message(*HEAP).sample([], 1, 2, 3, 4))

    assert paths(capture.profile()) == {"(no stack)": 4}


def test_locations_and_functions_may_have_any_ids(tmp_path: Path) -> None:
    texts = ["", "inuse_space", "bytes", "inner", "outer"]
    content = block(1, number(1, 1) + number(2, 2))
    content += block(2, number(1, 2**63) + number(1, 77) + number(2, 5))  # not packed
    content += block(4, number(1, 77) + block(4, number(1, 9)))
    content += block(4, number(1, 2**63) + block(4, number(1, 8)))
    content += block(5, number(1, 9) + number(2, 4)) + block(5, number(1, 8) + number(2, 3))
    content += b"".join(block(6, text) for text in texts)

    assert paths(opened(tmp_path, content).profile()) == {"outer > inner": 5}


def test_equal_frames_of_several_functions_are_one_callsite(tmp_path: Path) -> None:
    message = Message(*HEAP)
    message.sample([message.location(("f", "a.go", 1), address=1)], 0, 0, 1, 10)
    message.sample([message.location(("f", "a.go", 1), address=2)], 0, 0, 1, 20)

    profile = opened(tmp_path, message).profile()

    assert (len(profile.callsites), paths(profile)) == (1, {"f": 30})


def pruned(tmp_path: Path, drop: str, keep: str = "") -> dict[str, int]:
    message = Message(("inuse_space", "bytes")).scalar(7, drop).scalar(8, keep)
    main, load_all = message.location(("main", "a.c", 1)), message.location(("load(int)", "a.c", 2))
    alloc = message.location(("malloc", "m.c", 3), ("new_item", "m.c", 4))
    message.sample([alloc, load_all, main], 8)
    return paths(opened(tmp_path, message).profile())


def test_drop_frames_cuts_the_stack_below_the_match_as_pprof_does(tmp_path: Path) -> None:
    assert pruned(tmp_path, "") == {"main > load(int) > new_item > malloc": 8}
    assert pruned(tmp_path, "malloc") == {"main > load(int) > new_item": 8}
    assert pruned(tmp_path, "new_.*") == {"main > load(int)": 8}
    assert pruned(tmp_path, "load") == {"main": 8}
    assert pruned(tmp_path, "main") == {"main > load(int) > new_item > malloc": 8}
    assert pruned(tmp_path, "load|malloc", "load") == {"main > load(int) > new_item": 8}
    assert pruned(tmp_path, "mal") == {"main > load(int) > new_item > malloc": 8}


def test_a_regular_expression_that_backtracks_for_ever_does_not(tmp_path: Path) -> None:
    assert pruned(tmp_path, "(m*)*(m*)*(m*)*x") == {"main > load(int) > new_item > malloc": 8}


def test_drop_frames_that_is_none_is_noted(tmp_path: Path) -> None:
    message = go_heap().scalar(7, "(")

    assert any("no regular expression" in note for note in opened(tmp_path, message).origin.notes)


def test_names_are_compared_without_their_arguments() -> None:
    assert simplified("ns::f(int, char)") == "ns::f"
    assert simplified("(anonymous namespace)::g(int)") == "(anonymous namespace)::g"
    assert simplified("T::operator()(int)") == "T::operator()"


def test_a_saved_difference_is_no_profile_and_gives_both_sides(tmp_path: Path) -> None:
    message = Message(*HEAP)
    where = message.location(("main.main", "main.go", 1))
    message.sample([where], 0, 0, 2, 500)
    message.sample([where], 0, 0, -1, -120, labels={"pprof::base": "true"})

    capture = opened(tmp_path, message)

    assert capture.moments == ()
    with pytest.raises(MissingMoment, match="is a difference that pprof saved"):
        capture.profile()
    difference = capture.extras["saved_difference"]
    assert difference.labelled
    assert (difference.base().total_bytes, difference.head().total_bytes) == (120, 500)


def test_a_difference_without_labels_gives_what_shrank_and_what_grew(tmp_path: Path) -> None:
    message = Message(*HEAP)
    message.sample([message.location(("grew", "main.go", 1))], 0, 0, 2, 500)
    message.sample([message.location(("shrank", "main.go", 2))], 0, 0, -1, -120)

    difference = opened(tmp_path, message).extras["saved_difference"]

    assert not difference.labelled
    assert (paths(difference.base()), paths(difference.head())) == ({"shrank": 120}, {"grew": 500})


def test_names_that_are_no_utf_8_stay_readable(tmp_path: Path) -> None:
    message = Message(*HEAP)
    message.sample([message.location((b"caf\xe9", "a.c", 1))], 0, 0, 1, 1)

    assert paths(opened(tmp_path, message).profile()) == {r"caf\xe9": 1}


def test_comments_mappings_and_types_are_kept(tmp_path: Path) -> None:
    message = go_heap().mapping(1, 16, 32, 0, "/srv/app").scalar(13, "first").scalar(13, "second")

    extras = opened(tmp_path, message).extras

    assert extras["comments"] == ["first", "second"]
    assert extras["sample_types"][3] == ["inuse_space", "bytes"]
    assert extras["period"] == {"type": "space", "unit": "bytes", "length": 524288}
    assert extras["mappings"] == [{"file": "/srv/app", "build_id": "", "start": 16, "limit": 32, "offset": 0}]


def test_a_cut_file_gives_its_whole_samples_and_says_so(tmp_path: Path) -> None:
    message = Message(*HEAP)
    where = message.location(("main.main", "main.go", 1))
    content = block(6, "") + b"".join(
        block(6, text) for text in [*list(message.texts)[1:], b"main.main", b"main.go"]
    )
    for _ in range(100):
        message.sample([where], 0, 0, 1, 10)
    content += (
        block(4, number(1, 1) + block(4, number(1, 1))) + block(5, number(1, 1) + number(2, 7)) + message.body
    )

    capture = opened(tmp_path, content[: len(content) - 150])

    assert capture.health.state == "cut"
    assert 80 <= capture.summaries["live"].blocks < 100
    assert "samples" in capture.profile().origin.missing


def test_a_file_cut_before_its_names_is_refused(tmp_path: Path) -> None:
    content = go_heap().encoded()

    with pytest.raises(BadDump, match="ends before the names of what it measures"):
        opened(tmp_path, content[: content.index(b"alloc_objects") - 3])


def test_a_cut_gzip_file_is_marked_as_damaged(tmp_path: Path) -> None:
    message = Message(*HEAP)
    for number_of in range(5000):
        message.sample([message.location((f"f{number_of}", "main.go", number_of))], 0, 0, 1, number_of)
    packed = gzip.compress(message.encoded())

    capture = opened(tmp_path, packed[:-200])

    assert capture.health.state == "damaged"
    assert capture.summaries["live"].blocks == 5000
    assert "gzip stream ends early" in capture.profile().origin.missing


def test_other_formats_are_not_taken_for_profiles() -> None:
    for head in (
        b"",
        b"\n",
        b"\n\n\n",
        b"main;f 12\n",
        b'{"a": 1}',
        b"memray\0\1\2",
        b"\x80\x04\x8c",
        bytes(100),
        b"PAR1",
    ):
        assert not looks_like_profile(head), head
    assert looks_like_profile(go_heap().encoded())


def one_sample(fields: bytes) -> bytes:
    return (
        block(1, number(1, 1) + number(2, 2))
        + block(2, fields)
        + b"".join(block(6, t) for t in ("", "inuse_space", "bytes"))
    )


FAULTY = {
    "huge length": block(1, number(1, 1)) + block(2, b"") + varint(2 << 3 | 2) + varint(1 << 62),
    "length of 2**64": block(1, number(1, 1)) + varint(2 << 3 | 2) + b"\xff" * 9 + b"\x01",
    "varint without end": block(1, number(1, 1)) + block(2, b"") + b"\x12" + b"\xff" * 20,
    "groups": block(1, number(1, 1)) + block(2, b"") + b"\x1b" * 1000,
    "inner length": one_sample(varint(1 << 3 | 2) + varint(1 << 40)),
    "too many values": one_sample(block(2, b"\x01\x01")),
    "too few values": one_sample(b""),
    "location that is not there": one_sample(number(1, 5) + number(2, 1)),
    "location of 2**64": one_sample(number(1, (1 << 64) - 1) + number(2, 1)),
    "text that is not there": block(1, number(1, 1 << 40)) + block(2, number(2, 1)) + block(6, ""),
    "text of 2**63": block(1, number(1, 1 << 63)) + block(2, number(2, 1)) + block(6, ""),
    "location id twice": one_sample(number(2, 1)) + block(4, number(1, 5)) + block(4, number(1, 5)),
    "location id 0": one_sample(number(2, 1)) + block(4, number(3, 5)),
    "function that is not there": one_sample(number(2, 1)) + block(4, number(1, 1) + block(4, number(1, 3))),
    "values beyond 2**62": one_sample(number(2, (1 << 63) - 1)) + block(2, number(2, (1 << 63) - 1)),
    "no sample types": block(2, b"") + block(6, ""),
    "endless stack": one_sample(block(1, b"\x01" * 70_000) + number(2, 1)) + block(4, number(1, 1)),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_a_hostile_file_ends_in_one_line(tmp_path: Path, fault: str) -> None:
    with pytest.raises(ForensicsError) as caught:
        opened(tmp_path, FAULTY[fault]).profile()

    assert "\n" not in str(caught.value)


def test_a_million_label_sets_are_left_out_with_a_note(tmp_path: Path) -> None:
    one = block(2, number(2, 1) + block(3, number(1, 1) + number(3, 1 << 21)))
    rows = np.tile(np.frombuffer(one, np.uint8), (2**20 + 1, 1))
    for digit in range(3):
        rows[:, digit - 4] |= (np.arange(2**20 + 1) >> 7 * digit & 127).astype(np.uint8)
    label = rows.tobytes()
    content = (
        block(1, number(1, 1) + number(2, 2))
        + b"".join(block(6, t) for t in ("", "inuse_space", "bytes"))
        + label
    )

    capture = opened(tmp_path, content)

    assert capture.summaries["live"].bytes == 2**20 + 1
    assert any("labels are left out" in note for note in capture.origin.notes)


def test_a_bomb_is_refused_at_the_limit(tmp_path: Path) -> None:
    with pytest.raises(TooLarge, match="expands beyond"):
        opened(tmp_path, gzip.compress(go_heap().encoded() + block(6, bytes(80 << 20)), 1))


def test_many_call_paths_from_few_bytes_stay_in_proportion(tmp_path: Path) -> None:
    """Each sample is a random walk over 200 locations: a callsite for nearly every byte."""
    chance = random.Random(6)
    message = Message(("inuse_space", "bytes"))
    for line in range(1, 120):
        message.location(("f", "a.c", line))
    walks = [bytes(chance.choices(range(1, 120), k=60_000)) for _ in range(20)]
    message.body += b"".join(block(2, block(1, walk) + number(2, 1)) for walk in walks)

    capture = opened(tmp_path, message)

    assert len(capture.profile().callsites) > 1_000_000
    assert capture.profile().total_bytes == 20


def test_any_damage_is_one_line_or_a_capture_that_adds_up(tmp_path: Path) -> None:
    whole = go_heap().mapping(1, 16, 32, 0, "/srv/app").encoded()
    chance = random.Random(7)
    opened_whole = 0
    for _ in range(250):
        broken = bytearray(whole)
        for _ in range(chance.choice((1, 2, 6))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            capture = opened(
                tmp_path, bytes(broken[: chance.choice((len(broken), chance.randrange(1, len(broken))))])
            )
            for moment in capture.moments:
                assert capture.profile(moment).total_bytes == capture.summaries[moment].bytes
                opened_whole += 1
        except ForensicsError as error:
            assert "\n" not in str(error)  # noqa: PT017 - either end is right
    assert opened_whole > 25


go = pytest.mark.skipif(shutil.which("go") is None, reason="needs the go command (Debian: golang-go)")


@go
def test_go_reads_the_same_total(tmp_path: Path) -> None:
    capture = opened(tmp_path, go_heap())

    shown = subprocess.run(
        ["go", "tool", "pprof", "-top", "-unit=B", "-sample_index=alloc_space", str(tmp_path / "profile")],
        capture_output=True, text=True, check=True, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    ).stdout  # fmt: skip
    assert f"of {capture.summaries['allocated'].bytes}B total" in shown
