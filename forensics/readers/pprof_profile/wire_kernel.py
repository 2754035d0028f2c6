"""The wire format of profile.proto decoded to columns, in compiled loops without message objects.

Three passes, since locations follow the samples that refer to them: `count` says how long each
column has to be, `fill` writes all but the samples, `plant` enters the samples' stacks into a tree
of (parent, frame). Every length is checked against what is left; what ends early is left out and said.

Source: https://github.com/google/pprof/blob/main/proto/profile.proto and
https://protobuf.dev/programming-guides/encoding/.
"""

from __future__ import annotations

import numpy as np

from forensics.compiled import compiled, inlined

#: What a pass ended with.
WHOLE, CUT, BROKEN, FULL, BAD_VALUES, BAD_LOCATION, TOO_DEEP = range(7)

#: Positions in the counts of `count`: field numbers of Profile, and two sums of inner fields.
SAMPLE_TYPES, SAMPLES, MAPPINGS, LOCATIONS, FUNCTIONS, STRINGS, COMMENTS = 1, 2, 3, 4, 5, 6, 13
LINES, LABELS, READ = 16, 17, 18
COUNTS_SIZE = 19
#: Scalar fields of Profile, kept under their field number; period type and unit behind them.
DROP_FRAMES, KEEP_FRAMES, TIME, DURATION, PERIOD, DEFAULT_TYPE, DOC_URL = 7, 8, 9, 10, 12, 14, 15
PERIOD_TYPE, PERIOD_UNIT = 16, 17
SCALARS_SIZE = 18

#: Positions in the state of `plant`.
NEXT_SAMPLE, CALLSITES = 0, 1

#: What `prune` did to a location, as google/pprof's profile/prune.go names it.
KEPT, PRUNE_BENEATH, PRUNE = 0, 1, 2

DEEPEST_PATH = 1 << 16


@compiled
def _varint(content, at, end):
    """(value, position after it); position -1 where it ends early, -2 where it is longer than 64 bits."""
    value = np.uint64(0)
    shift = np.uint64(0)
    while at < end:
        byte = np.uint64(content[at])
        at += 1
        value |= (byte & np.uint64(127)) << shift
        if byte < np.uint64(128):
            return value, at
        shift += np.uint64(7)
        if shift > np.uint64(63):
            return value, -2
    return value, -1


@compiled
def _field(content, at, end):
    """(number, wire type, value, start of the payload, position after it); position < 0 as in `_varint`.

    ``value`` is the number of a varint field, the length of a length-delimited one.
    """
    tag, at = _varint(content, at, end)
    zero = np.uint64(0)
    if at < 0:
        return 0, 0, zero, 0, at
    number, kind = np.int64(tag >> np.uint64(3)), np.int64(tag & np.uint64(7))
    if number < 1 or number > 0x1FFFFFFF:
        return number, kind, zero, at, -2
    if kind == 0:
        value, after = _varint(content, at, end)
        return number, kind, value, at, after
    if kind == 2:
        value, start = _varint(content, at, end)
        if start < 0:
            return number, kind, value, at, start
        if value > np.uint64(end - start):
            return number, kind, value, start, -1
        return number, kind, value, start, start + np.int64(value)
    if kind == 1 or kind == 5:
        after = at + (8 if kind == 1 else 4)
        return number, kind, zero, at, after if after <= end else -1
    return number, kind, zero, at, -2


@compiled
def _count_inner(content, at, end, number):
    """How many fields of this number a message has; -1 where it is broken."""
    found = 0
    while at < end:
        inner, kind, _, _, at = _field(content, at, end)
        if at < 0:
            return -1
        if inner == number and kind == 2:
            found += 1
    return found


@compiled
def count(content, counts):
    """Count the fields; ``counts[READ]`` is the end of the last whole one. WHOLE, CUT or BROKEN."""
    at, end = 0, len(content)
    while at < end:
        number, kind, _, start, after = _field(content, at, end)
        if after < 0:
            return CUT if after == -1 else BROKEN
        if number <= 15 and (kind == 2) == (number <= 6 or number == 11 or number == 13):
            counts[number] += 1
        elif number <= 15 and number != COMMENTS:
            return BROKEN
        if number in (LOCATIONS, SAMPLES):
            inner = _count_inner(content, start, after, 4 if number == LOCATIONS else 3)
            if inner < 0:
                return BROKEN
            counts[LINES if number == LOCATIONS else LABELS] += inner
        if number == COMMENTS:
            counts[COMMENTS] += after - start - (1 if kind == 2 else 0)
        at = after
        counts[READ] = at
    return WHOLE


@compiled
def _numbers(content, at, end, row):
    """Varint fields of a message into ``row`` by field number; False where it is broken."""
    while at < end:
        number, kind, value, _, at = _field(content, at, end)
        if at < 0:
            return False
        if kind == 0 and number < len(row):
            row[number] = value
    return True


@compiled
def _location(content, at, end, row, lines, first):
    """A location's numbers and its lines (function id, line); the number of lines, -1 where broken."""
    found = 0
    while at < end:
        number, kind, value, start, at = _field(content, at, end)
        if at < 0:
            return -1
        if kind == 0 and number < len(row):
            row[number] = value
        elif kind == 2 and number == 4:
            if not _numbers(content, start, at, lines[first + found]):
                return -1
            found += 1
    return found


@compiled
def _comments(content, at, end, kind, value, comments, count):
    """Append one comment, or a packed run of them; the new count, -1 where broken."""
    if kind == 0:
        comments[count] = value
        return count + 1
    while at < end:
        value, at = _varint(content, at, end)
        if at < 0:
            return -1
        comments[count] = value
        count += 1
    return count


@compiled
def fill(  # noqa: C901 - one branch a field
    content,
    end,
    types,
    samples,
    mappings,
    locations,
    lines,
    line_first,
    functions,
    strings,
    comments,
    scalars,
    n,
    period,
):
    """Write all columns but what the samples hold; WHOLE or BROKEN.

    Scratch: ``n`` int64, 16 zeros; ``period`` uint64, 3 zeros.
    """
    n_lines = 0
    at = 0
    while at < end:
        number, kind, value, start, at = _field(content, at, end)
        good = True
        if number == SAMPLES:
            samples[n[number], 0], samples[n[number], 1] = start, at
        elif number == LOCATIONS:
            line_first[n[number]] = n_lines
            found = _location(content, start, at, locations[n[number]], lines, n_lines)
            good = found >= 0
            n_lines += found
        elif number == STRINGS:
            strings[n[number], 0], strings[n[number], 1] = start, at
        elif number == SAMPLE_TYPES:
            good = _numbers(content, start, at, types[n[number]])
        elif number == MAPPINGS:
            good = _numbers(content, start, at, mappings[n[number]])
        elif number == FUNCTIONS:
            good = _numbers(content, start, at, functions[n[number]])
        elif number == 11:
            period[:] = 0
            good = _numbers(content, start, at, period)
            scalars[PERIOD_TYPE], scalars[PERIOD_UNIT] = np.int64(period[1]), np.int64(period[2])
        elif number == COMMENTS:
            n[number] = _comments(content, start, at, kind, value, comments, n[number])
            good = n[number] >= 0
        elif number <= 15 and kind == 0:
            scalars[number] = np.int64(value)
        if not good:
            return BROKEN
        if number < 7:
            n[number] += 1
    line_first[n[LOCATIONS]] = n_lines
    return WHOLE


@compiled
def _row_of(key, ids, dense, table):
    """The row with this id, -1 if there is none. ``dense``: ids are 1, 2, 3, …"""
    if dense:
        return np.int64(key) - 1 if np.uint64(1) <= key <= np.uint64(len(ids)) else np.int64(-1)
    mask = np.uint64(len(table) - 1)
    slot = (key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(20) & mask
    while table[slot] >= 0:
        if ids[table[slot]] == key:
            return np.int64(table[slot])
        slot = (slot + np.uint64(1)) & mask
    return np.int64(-1)


@compiled
def index_ids(ids, table):
    """Enter ids into an empty table (-1 everywhere); the first id that comes twice or is 0, else -1."""
    mask = np.uint64(len(table) - 1)
    for row in range(len(ids)):
        key = ids[row]
        if key == 0:
            return row
        slot = (key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(20) & mask
        while table[slot] >= 0:
            if ids[table[slot]] == key:
                return row
            slot = (slot + np.uint64(1)) & mask
        table[slot] = row
    return -1


@compiled
def rows_of(keys, ids, dense, table, rows):
    """The row of each key; -1 where no id is the key."""
    for position in range(len(keys)):
        rows[position] = _row_of(keys[position], ids, dense, table)


@inlined
def _slot_of(parent, frame):
    key = np.uint64(parent + 1) * np.uint64(0x9E3779B97F4A7C15) ^ np.uint64(frame) * np.uint64(
        0xC2B2AE3D27D4EB4F
    )
    return key ^ (key >> np.uint64(31))


@compiled
def _read_sample(content, at, end, path, values, n_types, ids, dense, id_table, labels):
    """Location rows, values and the extent of the labels of one sample; (locations, fault).

    A location that is not in the table is BAD_LOCATION; another number of values BAD_VALUES.
    """
    depth, given = 0, 0
    labels[0], labels[1] = 0, 0
    while at < end:
        before = at
        number, kind, value, start, at = _field(content, at, end)
        if at < 0:
            return depth, BROKEN
        if number == 3 and kind == 2:
            labels[0] = labels[0] if labels[1] else before
            labels[1] = at
        elif number == 1 or number == 2:
            inner = start
            while inner < at:
                value, inner = _varint(content, inner, at)
                if inner < 0:
                    return depth, BROKEN
                if number == 2:
                    if given >= n_types:
                        return depth, BAD_VALUES
                    values[given] = np.int64(value)
                    given += 1
                else:
                    row = _row_of(value, ids, dense, id_table)
                    if row < 0:
                        return depth, BAD_LOCATION
                    path[depth] = row
                    depth += 1
    return depth, WHOLE if given == n_types else BAD_VALUES


@compiled
def _pruned(path, depth, prune):
    """The locations that are left, counted from the outermost: (first of the innermost ones that stay)."""
    found_user = False
    for position in range(depth - 1, -1, -1):
        kind = prune[path[position]]
        if kind == KEPT:
            found_user = True
        elif found_user:
            return position + 1 if kind == PRUNE else position
    return 0


@compiled
def plant(
    content, samples, path, values, leaves, labels, ids, dense, id_table,
    prune, frame_first, frame_ids, parents, frames, depths, table, state,
):  # fmt: skip
    """Enter the stacks from ``state[NEXT_SAMPLE]`` on, until all are in or the tree is FULL.

    What one sample adds is a chain of consecutive rows. So a row whose parent is the row before it is
    found without a look at the table, and each sample enters one row there at most: the first it adds.
    ``frame_ids[frame_first[row]:frame_first[row + 1]]`` are a location's frames, innermost first.
    """
    n_types = values.shape[1]
    mask = np.uint64(len(table) - 1)
    room = len(parents)
    count = state[CALLSITES]
    for sample in range(state[NEXT_SAMPLE], len(samples)):
        state[NEXT_SAMPLE], state[CALLSITES] = sample, count
        depth, fault = _read_sample(
            content, samples[sample, 0], samples[sample, 1], path, values[sample], n_types,
            ids, dense, id_table, labels[sample],
        )  # fmt: skip
        if fault != WHOLE:
            return fault
        needed = 0
        for position in range(depth):
            needed += frame_first[path[position] + 1] - frame_first[path[position]]
        if needed > DEEPEST_PATH:
            return TOO_DEEP
        if count + needed > room:
            return FULL
        parent = np.int64(-1)
        level = 0
        for position in range(depth - 1, _pruned(path, depth, prune) - 1, -1):
            row = path[position]
            for inner in range(frame_first[row + 1] - 1, frame_first[row] - 1, -1):
                frame = np.int64(frame_ids[inner])
                found = parent + 1
                if found == count:  # nothing lies below the row that was added last
                    count += 1
                    parents[found], frames[found], depths[found] = parent, frame, level
                elif parents[found] != parent or frames[found] != frame:
                    slot = _slot_of(parent, frame) & mask
                    found = np.int64(table[slot])
                    while found >= 0 and (parents[found] != parent or frames[found] != frame):
                        slot = (slot + np.uint64(1)) & mask
                        found = np.int64(table[slot])
                    if found < 0:
                        found = count
                        table[slot] = found
                        parents[found], frames[found], depths[found] = parent, frame, level
                        count += 1
                parent = found
                level += 1
        leaves[sample] = parent
    state[NEXT_SAMPLE], state[CALLSITES] = len(samples), count
    return WHOLE


@compiled
def _same_bytes(content, first, second, size):
    for i in range(size):  # noqa: SIM110 - a generator does not compile
        if content[first + i] != content[second + i]:
            return False
    return True


@compiled
def label_sets(content, extents, table, sets, first_of_set):
    """Number equal runs of labels: the set of each extent, -1 for none; returns how many sets."""
    mask = np.uint64(len(table) - 1)
    found_sets = 0
    for row in range(len(extents)):
        start, end = extents[row, 0], extents[row, 1]
        if end <= start:
            sets[row] = -1
            continue
        key = np.uint64(0xCBF29CE484222325)
        for position in range(start, end):
            key = (key ^ np.uint64(content[position])) * np.uint64(0x100000001B3)
        slot = (key ^ (key >> np.uint64(32))) & mask
        while table[slot] >= 0:
            other = first_of_set[table[slot]]
            size = extents[other, 1] - extents[other, 0]
            if size == end - start and _same_bytes(content, extents[other, 0], start, size):
                break
            slot = (slot + np.uint64(1)) & mask
        if table[slot] < 0:
            table[slot] = found_sets
            first_of_set[found_sets] = row
            found_sets += 1
        sets[row] = table[slot]
    return found_sets


@compiled
def decode_labels(content, extents, rows, set_of_label, labels):
    """Labels of the extents ``rows`` as (key, str, num, num_unit) in columns 1 to 4; how many, -1 broken."""
    count = 0
    for number in range(len(rows)):
        at, end = extents[rows[number], 0], extents[rows[number], 1]
        while at < end:
            field, kind, _, start, at = _field(content, at, end)
            if at < 0:
                return -1
            if field == 3 and kind == 2:
                if not _numbers(content, start, at, labels[count]):
                    return -1
                set_of_label[count] = number
                count += 1
    return count
