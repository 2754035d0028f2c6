"""Line numbers from code objects' line tables, in the encoding of the recorded interpreter.

Formats: co_lnotab of 3.9 (Objects/lnotab_notes.txt of CPython 3.9), co_linetable of 3.10 (PEP 626,
the same file in 3.10) and of 3.11 to 3.14 (Objects/locations.md, InternalDocs/code_objects.md).
Every read is bounded by the table; one that runs out gives 0, unknown.
"""

from __future__ import annotations

import numpy as np

from forensics.compiled import compiled

NO_LINE_310 = -128
LONG_FORM, NO_COLUMNS, NO_LOCATION = 14, 13, 15


@compiled
def lines_of_frames(python, offsets, code_of_frame, starts, ends, first_lines, tables, lines):
    """Fill the line of each frame, 0 unknown.

    ``offsets`` int64 instruction offset of each frame, ``code_of_frame`` int64 index into
    ``starts``/``ends`` (where its table lies in the uint8 ``tables``) and ``first_lines``; -1 none.
    """
    for i in range(len(offsets)):
        lines[i] = 0
        code = code_of_frame[i]
        if code < 0 or offsets[i] < 0 or (starts[code] == ends[code] and python >= 0x030A0000):
            continue  # an empty table of 3.9 says that all is on the first line
        table = tables[starts[code] : ends[code]]
        if python >= 0x030B0000:
            line = line_of_311(table, offsets[i] // 2, first_lines[code])
        elif python >= 0x030A0000:
            line = line_of_310(table, offsets[i] * 2, first_lines[code])
        else:
            line = line_of_39(table, offsets[i], first_lines[code])
        if 0 < line < (1 << 31):
            lines[i] = line


@compiled
def line_of_39(table, offset, line):
    """Pairs of (bytecode bytes, signed lines); the last pair that starts at or before the offset."""
    address = 0
    for i in range(0, len(table) - 1, 2):
        address += np.int64(table[i])
        if address > offset:
            break
        line += signed(table[i + 1])
    return line


@compiled
def line_of_310(table, offset, line):
    """Pairs of (bytecode bytes, signed lines), each the range *before* its end; -128 is no line."""
    address = 0
    for i in range(0, len(table) - 1, 2):
        address += np.int64(table[i])
        delta = signed(table[i + 1])
        if delta != NO_LINE_310:
            line += delta
        if address > offset:
            break
    return line


@compiled
def line_of_311(table, unit, line):
    """Entries of (code, length in two-byte units) and, by code, line and column deltas."""
    position = 0
    address = 0
    size = len(table)
    while position < size and table[position] != 0:
        first = np.int64(table[position])
        position += 1
        code = (first >> 3) & 15
        address += (first & 7) + 1
        if code == LONG_FORM or code == NO_COLUMNS:
            value, position = varint_of_six(table, position)
            line += -(value >> 1) if value & 1 else value >> 1
            for _ in range(3 if code == LONG_FORM else 0):
                value, position = varint_of_six(table, position)
        elif 10 <= code <= 12:
            line += code - 10
            position += 2
        elif code != NO_LOCATION:
            position += 1
        if address > unit:
            return line
    return 0


@compiled
def varint_of_six(table, position):
    """(value, position after it): six bits a byte, least significant first, bit 6 says go on."""
    value = 0
    shift = 0
    while position < len(table):
        byte = np.int64(table[position])
        position += 1
        if shift < 60:
            value |= (byte & 63) << shift
        shift += 6
        if byte & 64 == 0:
            break
    return value, position


@compiled
def signed(byte):
    return np.int64(byte) - 256 if byte > 127 else np.int64(byte)
