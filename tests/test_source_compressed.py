"""Compressed files give what is whole of them, and say what is not."""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

import pytest
import zstandard

from forensics.errors import BadDump, TooLarge, UnreadableFile
from forensics.readers.source import Source

TEXT = b"".join(b"line %d of a text that compresses\n" % number for number in range(20_000))


def written(path: Path, content: bytes) -> Source:
    path.write_bytes(content)
    return Source(path)


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress, bytes])
def test_content_comes_back_whole(tmp_path: Path, compress) -> None:
    source = written(tmp_path / "file", compress(TEXT))

    assert source.content() == (TEXT, None)
    assert b"".join(source.chunks()) == TEXT
    assert source.head == TEXT[: 1 << 16]


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
def test_several_members_are_one_content(tmp_path: Path, compress) -> None:
    source = written(tmp_path / "file", compress(TEXT) + compress(b"second"))

    assert source.content() == (TEXT + b"second", None)


def test_bytes_behind_the_last_member_are_ignored(tmp_path: Path) -> None:
    assert written(tmp_path / "file", gzip.compress(TEXT) + b"\0" * 512).content() == (TEXT, None)


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_cut_file_gives_what_is_whole_and_says_so(tmp_path: Path, compress, share: float) -> None:
    noise = random.Random(1).randbytes(400_000)
    packed = compress(noise)

    content, fault = written(tmp_path / "file", packed[: int(len(packed) * share)]).content()

    assert "ends early" in str(fault)
    assert noise.startswith(content)
    assert len(content) >= len(noise) * share - (128 << 10) - 300


@pytest.mark.parametrize("cut", range(1, 18))
@pytest.mark.parametrize("compress", [gzip.compress, zstandard.ZstdCompressor(write_checksum=True).compress])
def test_a_file_cut_by_a_few_bytes_is_not_taken_for_whole(tmp_path: Path, compress, cut: int) -> None:
    _, fault = written(tmp_path / "file", compress(b"some text")[:-cut]).content()

    assert fault is not None


def test_a_wrong_checksum_loses_a_few_bytes_and_not_the_file(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(TEXT))
    packed[-6] ^= 1

    content, fault = written(tmp_path / "file", bytes(packed)).content()

    assert isinstance(fault, BadDump)
    assert "damaged" in str(fault)
    assert TEXT.startswith(content)
    assert len(TEXT) - len(content) <= 64


def test_damage_in_the_middle_gives_all_before_it(tmp_path: Path) -> None:
    noise = random.Random(2).randbytes(1 << 20)
    packed = gzip.compress(noise, 0)  # stored blocks: a block header is easy to break
    broken = bytearray(packed)
    at = packed.index(noise[700_000:700_016]) // 65_535 * 65_540 + 10
    broken[at : at + 5] = b"\xff" * 5

    content, fault = written(tmp_path / "file", bytes(broken)).content()

    assert "damaged" in str(fault)
    assert len(content) > 600_000
    assert noise.startswith(content[:600_000])


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
def test_a_bomb_stops_at_the_limit_which_names_itself(tmp_path: Path, compress) -> None:
    source = written(tmp_path / "bomb", compress(bytes(80 << 20)))

    with pytest.raises(TooLarge, match=r"expands beyond 67108864 bytes; raise --max-expansion"):
        source.content()


def test_an_option_raises_the_limit_on_expansion(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(gzip.compress(bytes(80 << 20)))

    content, fault = Source(tmp_path / "file", max_expansion_bytes=100 << 20).content()

    assert (len(content), fault) == (80 << 20, None)


def test_a_limit_of_the_format_holds_for_plain_files_too(tmp_path: Path) -> None:
    with pytest.raises(TooLarge, match="more than 100 bytes of content"):
        written(tmp_path / "file", TEXT).content(limit=100)


def test_what_is_no_regular_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()

    for path, fault in (
        (tmp_path / "pipe", "is not a regular file"),
        (Path("/dev/zero"), "is not a regular file"),
        (tmp_path, "is a directory"),
        (tmp_path / "empty", "is empty"),
        (tmp_path / "none", "no such file"),
    ):
        with pytest.raises(UnreadableFile, match=fault):
            Source(path)


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.ZstdCompressor(write_checksum=True).compress])
def test_any_flipped_bit_is_told_where_there_is_a_checksum(tmp_path: Path, compress) -> None:
    chance = random.Random(3)
    packed = compress(TEXT)
    for _ in range(40):
        broken = bytearray(packed)
        broken[chance.randrange(10, len(broken))] ^= 1 << chance.randrange(8)
        content, fault = written(tmp_path / "file", bytes(broken)).content()
        assert fault is not None or content == TEXT
