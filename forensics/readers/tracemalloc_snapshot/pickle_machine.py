"""A pickle machine that knows data only, and only the data of a tracemalloc snapshot.

It builds no Python object, imports nothing and calls nothing. A value is one int64: its kind in the
low four bits, its payload above. Tuples are told by their content: (text, line) is a frame, a tuple of
frames a call path, (domain, size, path[, frames in all]) a trace. Call paths go straight into a
tree of (parent, frame), so shared and repeated ones cost nothing. Traces are added up by path as soon
as they are appended to the snapshot's list, each once and in their order, as Python writes them.
Anything else is refused.

The content comes in pieces: where one ends within an opcode, `walk` ends before it and goes on from
there in a piece that begins with the rest. Texts are kept in a table of bytes of their own.

Every table has a length; where one is full, `walk` says so and goes on from the same opcode once
`tables` has made it longer. So memory follows what was read and not what the file claims.

Source of the opcodes: CPython's Lib/pickletools.py; of the shapes: Lib/tracemalloc.py and
Modules/_tracemalloc.c (3.7 to 3.14).
"""

from __future__ import annotations

import numpy as np

from forensics.compiled import compiled, inlined

NONE, NUMBER, TEXT, FRAME, PATH, TRACE, LIST, MAPPING, CLASS, OBJECT, MARK, EMPTY = range(12)
KIND_BITS = 4
KIND_MASK = (1 << KIND_BITS) - 1
LINE_BITS = 30
LINE_MASK = (1 << LINE_BITS) - 1
#: A path's payload is its callsite and, below it, the number of its frames.
LENGTH_BITS = 20
LENGTH_MASK = (1 << LENGTH_BITS) - 1
LARGEST_DOMAIN = 0xFFFFFFFF
#: Largest payload of a number: what is left of 63 bits.
LARGEST_NUMBER = (1 << 58) - 1
MOST_TEXTS = 1 << 29

#: Why `walk` returned.
STOPPED, ENDED, FULL, UNKNOWN_OPCODE, BAD_SHAPE, BAD_GLOBAL, TOO_DEEP, BAD_MEMO, BAD_NUMBER, BAD_SUM = range(
    10
)

#: Positions in the state array.
(
    AT, TOP, MEMOS, TEXTS, CALLSITES, TRACES, ITEMS, LISTS, LIMIT, HAS_ITEMS, HAS_TRACES, RESULT,
    TEXT_BYTES, TEXT_WANTED, DOMAIN, OTHERS, CUT, TOTAL
) = range(18)  # fmt: skip
STATE_SIZE = 18

_SNAPSHOT, _TRACES = 1, 2
#: What `walk` gives for a whole snapshot.
SNAPSHOT = (_SNAPSHOT << KIND_BITS) | OBJECT


@inlined
def _little(content, at, size):
    value = np.int64(0)
    for i in range(size):
        value |= np.int64(content[at + i]) << np.int64(8 * i)
    return value


@compiled
def _known_trace(content, at, end, memo, memos):
    """What CPython writes behind the mark of almost every trace: domain, size, a path of the memo, frames.

    (position after its tuple's MEMOIZE, size, path, frames in all); position -1 for anything else.
    """
    none = np.int64(-1), np.int64(0), np.int64(0), np.int64(0)
    if at + 16 > end or content[at] != 0x4B:
        return none
    at += 2
    if content[at] == 0x4D:  # BININT2
        size = np.int64(content[at + 1]) | np.int64(content[at + 2]) << 8
        at += 3
    elif content[at] == 0x4B:  # BININT1
        size = np.int64(content[at + 1])
        at += 2
    else:
        return none
    if content[at] == 0x6A:  # LONG_BINGET
        index = (
            np.int64(content[at + 1])
            | np.int64(content[at + 2]) << 8
            | np.int64(content[at + 3]) << 16
            | np.int64(content[at + 4]) << 24
        )
        at += 5
    elif content[at] == 0x68:  # BINGET
        index = np.int64(content[at + 1])
        at += 2
    else:
        return none
    if content[at] != 0x4B or content[at + 2] != 0x74 or content[at + 3] != 0x94 or index >= memos:
        return none
    return at + 4, size, memo[index], np.int64(content[at + 1])


@compiled
def _known_frame(content, at, end):
    """(line, position after it) of what CPython writes behind a frame's file: line, TUPLE2, MEMOIZE.

    Position -1 for anything else.
    """
    if at + 5 <= end:
        if content[at] == 0x4D and content[at + 3] == 0x86 and content[at + 4] == 0x94:
            return np.int64(content[at + 1]) | np.int64(content[at + 2]) << 8, at + 5
        if content[at] == 0x4B and content[at + 2] == 0x86 and content[at + 3] == 0x94:
            return np.int64(content[at + 1]), at + 4
    return np.int64(0), np.int64(-1)


@compiled
def _same(content, at, size, name):
    if size != len(name):
        return False
    for i in range(size):  # noqa: SIM110 - a generator does not compile
        if content[at + i] != name[i]:
            return False
    return True


@compiled
def _line_end(content, at, end):
    """Where the next newline is, within 256 bytes; ``end`` if the content ends first, else -1."""
    for position in range(at, min(end, at + 256)):
        if content[position] == 10:
            return position
    return end if end - at < 256 else -1


@compiled
def _callsite(parent, frame, parents, frames, table, count):
    """The callsite of this frame under this parent; equal to ``count`` where it is new (and then added)."""
    mask = np.uint64(len(table) - 1)
    key = np.uint64(frame) * np.uint64(0x9E3779B97F4A7C15) ^ np.uint64(parent + 1) * np.uint64(
        0xC2B2AE3D27D4EB4F
    )
    slot = (key ^ (key >> np.uint64(29))) & mask
    while table[slot] >= 0:
        found = table[slot]
        if parents[found] == parent and frames[found] == frame:
            return np.int64(found)
        slot = (slot + np.uint64(1)) & mask
    table[slot] = count
    parents[count] = parent
    frames[count] = frame
    return np.int64(count)


@compiled
def fill_table(parents, frames, table, count):
    """Enter the first ``count`` callsites into an empty table (-1 everywhere)."""
    mask = np.uint64(len(table) - 1)
    for row in range(count):
        key = np.uint64(frames[row]) * np.uint64(0x9E3779B97F4A7C15) ^ np.uint64(
            parents[row] + 1
        ) * np.uint64(0xC2B2AE3D27D4EB4F)
        slot = (key ^ (key >> np.uint64(29))) & mask
        while table[slot] >= 0:
            slot = (slot + np.uint64(1)) & mask
        table[slot] = row


@compiled
def _path(stack, base, top, state, parents, frames, depths, table):
    """Frames lie most recent first; the path carries its length so that cut ones can be told."""
    count = state[CALLSITES]
    if count + (top - base) > len(parents) or 2 * (count + top - base) > len(table):
        return np.int64(-2)
    parent = np.int64(-1)
    for position in range(top - 1, base - 1, -1):
        value = stack[position]
        if value & KIND_MASK != FRAME:
            return np.int64(-1)
        parent = _callsite(parent, value >> KIND_BITS, parents, frames, table, count)
        if parent == count:
            depths[count] = top - 1 - position
            count += 1
    state[CALLSITES] = count
    return (parent << (LENGTH_BITS + KIND_BITS)) | ((top - base) << KIND_BITS) | PATH


@compiled
def _items(stack, key, value, state, texts, starts, lengths, names):
    """Take one item of an object's state; False where a known name has a value of another kind."""
    if key & KIND_MASK != TEXT:
        return False
    text = key >> KIND_BITS
    for number in range(3):
        name = names[number, 1 : 1 + names[number, 0]]
        if not _same(texts, starts[text], lengths[text], name):
            continue
        if number == 0 and value & KIND_MASK == LIST:
            state[HAS_ITEMS] = 1
        elif number == 1 and value & KIND_MASK == OBJECT and value >> KIND_BITS == _TRACES:
            state[HAS_TRACES] = 1
        elif number == 2 and value & KIND_MASK == NUMBER:
            state[LIMIT] = value >> KIND_BITS
        else:
            return False
    return True


@compiled
def _last_mark(stack, top):
    position = top - 1
    while position >= 0 and stack[position] != MARK:
        position -= 1
    return position


@compiled
def _class_of(content, module, module_size, name, name_size, names):
    """1 Snapshot, 2 _Traces, 0 anything else."""
    if not _same(content, module, module_size, names[3, 1 : 1 + names[3, 0]]):
        return 0
    if _same(content, name, name_size, names[4, 1 : 1 + names[4, 0]]):
        return _SNAPSHOT
    return _TRACES if _same(content, name, name_size, names[5, 1 : 1 + names[5, 0]]) else 0


@compiled
def settle(state, domains, sizes, leaves, cut, held, blocks, other_leaves, other_domains, other_sizes):
    """Add the traces read since the last time to the snapshot; False where its bytes pass 2**63.

    Those of the first trace's domain go to ``held`` and ``blocks`` by callsite, with row 0 for no stack,
    all others into columns of their own.
    """
    if state[ITEMS] == 0 and state[TRACES] > 0:
        state[DOMAIN] = domains[0]
    for row in range(state[TRACES]):
        state[TOTAL] += sizes[row]
        if state[TOTAL] < 0:
            return False
        state[CUT] += np.int64(cut[row])
        if np.int64(domains[row]) == state[DOMAIN]:
            held[leaves[row] + 1] += sizes[row]
            blocks[leaves[row] + 1] += 1
        else:
            other = state[OTHERS]
            other_leaves[other], other_domains[other] = leaves[row], domains[row]
            other_sizes[other] = sizes[row]
            state[OTHERS] = other + 1
    state[ITEMS] += state[TRACES]
    state[TRACES] = 0
    return True


# One opcode a branch, the frequent ones first. Only what comes seldom is a function of its own: a call
# with arrays counts references, which costs more than most opcodes.
@compiled
def walk(  # noqa: C901
    content,
    state,
    stack,
    memo,
    texts,
    starts,
    lengths,
    parents,
    frames,
    depths,
    table,
    domains,
    sizes,
    leaves,
    cut,
    held,
    blocks,
    other_leaves,
    other_domains,
    other_sizes,
    names,
):
    """Run the machine from ``state[AT]`` until it stops, the content ends, or a table is full."""
    end = len(content)
    at, top, memos = state[AT], state[TOP], state[MEMOS]
    reason = ENDED
    while at < end:
        state[AT], state[TOP], state[MEMOS] = at, top, memos
        code = content[at]
        if top + 4 > len(stack):
            reason = TOO_DEEP
            break
        if code == 0x94:  # MEMOIZE
            if memos >= len(memo):
                reason = FULL
                break
            if top < 1:
                reason = BAD_SHAPE
                break
            memo[memos] = stack[top - 1]
            memos += 1
            at += 1
        elif code == 0x4B or code == 0x4D or code == 0x4A:  # BININT1, BININT2, BININT
            size = 1 if code == 0x4B else 2 if code == 0x4D else 4
            if at + 1 + size > end:
                break
            value = _little(content, at + 1, size)
            if size == 4 and value >= 1 << 31:
                value -= 1 << 32
            stack[top] = (value << KIND_BITS) | NUMBER
            top += 1
            at += 1 + size
        elif code == 0x68 or code == 0x6A:  # BINGET, LONG_BINGET
            size = 1 if code == 0x68 else 4
            if at + 1 + size > end:
                break
            index = _little(content, at + 1, size)
            if index >= memos:
                reason = BAD_MEMO
                break
            if memo[index] & KIND_MASK == TRACE:
                reason = BAD_SHAPE
                break
            at += 1 + size
            stack[top] = memo[index]
            if memo[index] & KIND_MASK == TEXT and memos < len(memo):
                line, after = _known_frame(content, at, end)
                if after > 0:
                    stack[top] = (
                        (memo[index] >> KIND_BITS << (LINE_BITS + KIND_BITS)) | (line << KIND_BITS) | FRAME
                    )
                    memo[memos] = stack[top]
                    memos += 1
                    at = after
            top += 1
        elif code == 0x86 or code == 0x85 or code == 0x87 or code == 0x74:  # TUPLE2, TUPLE1, TUPLE3, TUPLE
            if code == 0x74:
                base = top
                while base > 0 and stack[base - 1] != MARK:
                    base -= 1
                below = base - 1
            else:
                base = top - (code - 0x84)
                below = base
            if below < 0:
                reason = BAD_SHAPE
                break
            size = top - base
            first = stack[base] if size else np.int64(EMPTY)
            kind = first & KIND_MASK
            if kind == TEXT and size == 2 and stack[base + 1] & KIND_MASK == NUMBER:
                line = stack[base + 1] >> KIND_BITS
                if line < 0 or line > LINE_MASK:
                    reason = BAD_SHAPE
                    break
                value = ((first >> KIND_BITS) << (LINE_BITS + KIND_BITS)) | (line << KIND_BITS) | FRAME
            elif kind == NUMBER and (size == 3 or size == 4):
                row = state[TRACES]
                if row >= len(domains):
                    reason = FULL
                    break
                domain, held_bytes, path = first >> KIND_BITS, stack[base + 1], stack[base + 2]
                length, leaf = np.int64(0), np.int64(-1)
                if path & KIND_MASK == PATH:
                    length, leaf = (path >> KIND_BITS) & LENGTH_MASK, path >> (LENGTH_BITS + KIND_BITS)
                elif path & KIND_MASK != EMPTY:
                    reason = BAD_SHAPE
                    break
                in_all = (length << KIND_BITS) | NUMBER if size == 3 else stack[base + 3]
                if in_all & KIND_MASK != NUMBER:
                    if in_all & KIND_MASK != NONE:
                        reason = BAD_SHAPE
                        break
                    in_all = np.int64(0)
                if (
                    held_bytes & KIND_MASK != NUMBER
                    or held_bytes < 0
                    or domain < 0
                    or domain > LARGEST_DOMAIN
                ):
                    reason = BAD_SHAPE
                    break
                domains[row], sizes[row], leaves[row] = domain, held_bytes >> KIND_BITS, leaf
                cut[row] = in_all >> KIND_BITS > length
                state[TRACES] = row + 1
                value = (row << KIND_BITS) | TRACE
            elif kind == FRAME:
                value = _path(stack, base, top, state, parents, frames, depths, table)
                if value < 0:
                    reason = BAD_SHAPE if value == -1 else FULL
                    break
            elif kind == EMPTY and size == 0:
                value = np.int64(EMPTY)
            else:
                reason = BAD_SHAPE
                break
            top = below
            stack[top] = value
            top += 1
            at += 1
        elif code == 0x28:  # MARK
            after, held_bytes, path, in_all = _known_trace(content, at + 1, end, memo, memos)
            row = state[TRACES]
            if after > 0 and path & KIND_MASK == PATH and row < len(domains) and memos < len(memo):
                domains[row], sizes[row] = content[at + 2], held_bytes
                leaves[row] = path >> (LENGTH_BITS + KIND_BITS)
                cut[row] = in_all > (path >> KIND_BITS) & LENGTH_MASK
                state[TRACES] = row + 1
                stack[top] = memo[memos] = (row << KIND_BITS) | TRACE
                memos += 1
                at = after
            else:
                stack[top] = MARK
                at += 1
            top += 1
        elif code == 0x8C or code == 0x58 or code == 0x8D:  # SHORT_BINUNICODE, BINUNICODE, BINUNICODE8
            size = 1 if code == 0x8C else 4 if code == 0x58 else 8
            if at + 1 + size > end:
                break
            length = _little(content, at + 1, size)
            if length < 0 or length > end - at - 1 - size:
                break
            row = state[TEXTS]
            used = state[TEXT_BYTES]
            state[TEXT_WANTED] = length
            if row >= len(starts) or row >= MOST_TEXTS or length > len(texts) - used:
                reason = FULL
                break
            for position in range(length):
                texts[used + position] = content[at + 1 + size + position]
            starts[row], lengths[row] = used, length
            state[TEXTS], state[TEXT_BYTES], state[TEXT_WANTED] = row + 1, used + length, 0
            stack[top] = (row << KIND_BITS) | TEXT
            top += 1
            at += 1 + size + length
        elif code == 0x65 or code == 0x61:  # APPENDS, APPEND
            base = top - 1
            if code == 0x65:
                base = top
                while base > 0 and stack[base - 1] != MARK:
                    base -= 1
            below = base - 2 if code == 0x65 else base - 1
            if below < 0 or stack[below] != LIST:
                reason = BAD_SHAPE
                break
            if state[OTHERS] + top - base > len(other_leaves):
                reason = FULL
                break
            for row in range(top - base):
                if stack[base + row] != (row << KIND_BITS) | TRACE:
                    reason = BAD_SHAPE
            if reason == BAD_SHAPE or state[TRACES] != top - base:
                reason = BAD_SHAPE
                break
            if not settle(
                state, domains, sizes, leaves, cut, held, blocks, other_leaves, other_domains, other_sizes
            ):
                reason = BAD_SUM
                break
            top = below + 1
            at += 1
        elif code == 0x95:  # FRAME
            if at + 9 > end:
                break
            at += 9
        elif code == 0x8A:  # LONG1
            if at + 2 > end:
                break
            size = np.int64(content[at + 1])
            if at + 2 + size > end:
                break
            if size > 8:
                reason = BAD_NUMBER
                break
            value = _little(content, at + 2, size)
            if 0 < size < 8 and content[at + 1 + size] >= 128:
                value -= np.int64(1) << np.int64(8 * size)
            if value > LARGEST_NUMBER or value < -LARGEST_NUMBER:
                reason = BAD_NUMBER
                break
            stack[top] = (value << KIND_BITS) | NUMBER
            top += 1
            at += 2 + size
        elif code == 0x71 or code == 0x72:  # BINPUT, LONG_BINPUT
            size = 1 if code == 0x71 else 4
            if at + 1 + size > end:
                break
            index = _little(content, at + 1, size)
            if index > memos or top < 1:
                reason = BAD_MEMO
                break
            if index >= len(memo):
                reason = FULL
                break
            memo[index] = stack[top - 1]
            memos = max(memos, index + 1)
            at += 1 + size
        elif code == 0x29 or code == 0x4E or code == 0x7D:  # EMPTY_TUPLE, NONE, EMPTY_DICT
            stack[top] = EMPTY if code == 0x29 else NONE if code == 0x4E else MAPPING
            top += 1
            at += 1
        elif code == 0x5D:  # EMPTY_LIST
            if state[LISTS]:
                reason = BAD_SHAPE
                break
            state[LISTS] = 1
            stack[top] = LIST
            top += 1
            at += 1
        elif code == 0x75 or code == 0x73:  # SETITEMS, SETITEM
            base = _last_mark(stack, top) + 1 if code == 0x75 else top - 2
            below = base - 2 if code == 0x75 else base - 1
            if below < 0 or stack[below] != MAPPING or (top - base) % 2:
                reason = BAD_SHAPE
                break
            for position in range(base, top, 2):
                if not _items(
                    stack, stack[position], stack[position + 1], state, texts, starts, lengths, names
                ):
                    reason = BAD_SHAPE
            if reason == BAD_SHAPE:
                break
            top = below + 1
            at += 1
        elif code == 0x93 or code == 0x63:  # STACK_GLOBAL, GLOBAL
            if code == 0x93:
                if top < 2 or stack[top - 1] & KIND_MASK != TEXT or stack[top - 2] & KIND_MASK != TEXT:
                    reason = BAD_SHAPE
                    break
                module, name = stack[top - 2] >> KIND_BITS, stack[top - 1] >> KIND_BITS
                found = _class_of(texts, starts[module], lengths[module], starts[name], lengths[name], names)
                top -= 2
                after = at + 1
            else:
                first = _line_end(content, at + 1, end)
                second = _line_end(content, first + 1, end) if 0 <= first < end else first
                if first >= end or second >= end:
                    break
                found = 0
                if first >= 0 and second >= 0:
                    found = _class_of(content, at + 1, first - at - 1, first + 1, second - first - 1, names)
                after = second + 1
            if found == 0:
                reason = BAD_GLOBAL
                break
            stack[top] = (found << KIND_BITS) | CLASS
            top += 1
            at = after
        elif code == 0x81:  # NEWOBJ
            if top < 2 or stack[top - 1] != EMPTY or stack[top - 2] & KIND_MASK != CLASS:
                reason = BAD_SHAPE
                break
            top -= 1
            stack[top - 1] = (stack[top - 1] >> KIND_BITS << KIND_BITS) | OBJECT
            at += 1
        elif code == 0x62:  # BUILD
            if top < 2 or stack[top - 1] != MAPPING or stack[top - 2] & KIND_MASK != OBJECT:
                reason = BAD_SHAPE
                break
            top -= 1
            at += 1
        elif code == 0x80:  # PROTO
            if at + 2 > end:
                break
            at += 2
        elif code == 0x2E:  # STOP
            if top != 1:
                reason = BAD_SHAPE
                break
            state[RESULT] = stack[0]
            reason = STOPPED
            at += 1
            break
        else:
            reason = UNKNOWN_OPCODE
            break
    if reason != FULL:
        state[AT], state[TOP], state[MEMOS] = at, top, memos
    return reason


@compiled
def merge_frames(parents, same, new_parents, new_frames, new_depths, table, moved):
    """The tree again with ``same`` for the frames of its callsites; how many callsites are left.

    ``moved`` gets the new callsite of each old one.
    """
    count = np.int64(0)
    for row in range(len(parents)):
        parent = np.int64(-1) if parents[row] < 0 else np.int64(moved[parents[row]])
        found = _callsite(parent, same[row], new_parents, new_frames, table, count)
        if found == count:
            new_depths[count] = 0 if parent < 0 else new_depths[parent] + 1
            count += 1
        moved[row] = found
    return count


@compiled
def group(leaves, domains, sizes, table, out_leaf, out_domain, out_bytes, out_blocks):
    """Sum traces by (callsite, domain) into the ``out`` columns; the number of rows."""
    mask = np.uint64(len(table) - 1)
    count = 0
    for row in range(len(leaves)):
        leaf, domain = leaves[row], domains[row]
        key = np.uint64(leaf + 1) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(domain) * np.uint64(
            0xC2B2AE3D27D4EB4F
        )
        slot = (key ^ (key >> np.uint64(29))) & mask
        while table[slot] >= 0 and (out_leaf[table[slot]] != leaf or out_domain[table[slot]] != domain):
            slot = (slot + np.uint64(1)) & mask
        if table[slot] < 0:
            table[slot] = count
            out_leaf[count], out_domain[count], out_bytes[count], out_blocks[count] = leaf, domain, 0, 0
            count += 1
        out_bytes[table[slot]] += sizes[row]
        out_blocks[table[slot]] += 1
    return count
