"""Footers and page headers that a decoder would read in another way than they are checked."""

from __future__ import annotations

import io
import struct

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from forensics.readers.parquet_pages import column_extents, walk_pages

#: A page of no bytes: its type, its size and its packed size, each an i32 of 0.
NO_BYTES = b"\x15\x00\x15\x00\x15\x00"
#: A struct of one i32, 3 values, and an encoding of PLAIN.
THREE_VALUES = b"\x15\x06\x15\x00\x00"


def file(footer: bytes) -> bytes:
    return b"PAR1" + footer + struct.pack("<I", len(footer)) + b"PAR1"


def test_the_place_of_each_column_is_what_the_library_says() -> None:
    out = io.BytesIO()
    table = pa.table({"a": np.arange(5000), "b": ["x", "y"] * 2500, "c": [[1, 2], []] * 2500})
    pq.write_table(table, out, row_group_size=2000, compression="zstd")
    content = out.getvalue()
    metadata = pq.ParquetFile(io.BytesIO(content)).metadata
    told = []
    for group in range(metadata.num_row_groups):
        for number in range(metadata.num_columns):
            column = metadata.row_group(group).column(number)
            start = min(filter(None, (column.data_page_offset, column.dictionary_page_offset)))
            told.append((start, start + column.total_compressed_size))
    assert column_extents(content) == told
    assert sum(walk_pages(content, *extent).entries for extent in told) >= 3 * 5000


def test_a_list_of_row_groups_that_says_it_is_of_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match="of another kind"):
        column_extents(file(b"\x49\x16\x00\x00"))


def test_a_page_that_is_data_of_two_versions_is_refused() -> None:
    page = NO_BYTES + b"\x2c" + THREE_VALUES + b"\x00"
    assert walk_pages(page, 0, len(page)).entries == 3
    both = NO_BYTES + b"\x2c" + THREE_VALUES + b"\x3c" + THREE_VALUES + b"\x00"
    with pytest.raises(ValueError, match="not of one kind"):
        walk_pages(both, 0, len(both))


def test_a_size_of_another_kind_is_none() -> None:
    short = b"\x15\x00\x14\x00\x15\x00\x2c" + THREE_VALUES + b"\x00"
    with pytest.raises(ValueError, match="impossible size"):
        walk_pages(short, 0, len(short))
