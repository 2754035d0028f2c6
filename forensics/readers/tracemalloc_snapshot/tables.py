"""Running the pickle machine over a content piece by piece, and what it leaves behind as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from forensics.readers.tracemalloc_snapshot import pickle_machine as machine

#: Tables may take this much, or this many times what was read of the content, whichever is more.
TABLE_BYTES = 512 << 20
TABLE_RATIO = 6
#: The content is read this much at a time, and more only where one value goes on.
PIECE_BYTES = 1 << 20
DEEPEST_STACK = 1 << 18
MOST_CALLSITES = 32 << 20

_NAMES = (b"_traces", b"traces", b"traceback_limit", b"tracemalloc", b"Snapshot", b"_Traces")

#: What the machine refuses, as a clause.
FAULTS = {
    machine.UNKNOWN_OPCODE: "an opcode that no snapshot has (it could run code)",
    machine.BAD_SHAPE: "a value that no snapshot has",
    machine.BAD_GLOBAL: "the name of something that is no part of a snapshot (it could run code)",
    machine.TOO_DEEP: f"more than {DEEPEST_STACK} values on the stack",
    machine.BAD_MEMO: "a reference to nothing",
    machine.BAD_NUMBER: "a number beyond any snapshot's",
    machine.BAD_SUM: "sizes that add up to more than 2**63 bytes",
}


class Refused(Exception):
    """The content is no data-only snapshot; the text is a clause that names what and where."""


class OutOfRoom(Exception):
    """Reading on would take more memory than this content is worth."""


@dataclass(frozen=True, kw_only=True)
class Traces:
    """A snapshot's traces, added up by callsite and domain; a callsite is (parent, frame).

    ``frame`` holds ``text << 30 | line`` with ``text`` a row of ``text_start`` and ``text_length``, which
    say where it lies in ``texts``. Without ``whole`` these are all traces that were read.
    """

    parent: np.ndarray
    frame: np.ndarray
    depth: np.ndarray
    #: Callsite, domain, bytes and blocks, one row for each callsite and domain; -1 is no stack.
    callsite: np.ndarray
    domain: np.ndarray
    size: np.ndarray
    blocks: np.ndarray
    #: Number of traces, and of those that the frame limit cut.
    count: int
    cut: int
    texts: np.ndarray
    text_start: np.ndarray
    text_length: np.ndarray
    traceback_limit: int | None
    #: True where the snapshot was read to its last opcode.
    whole: bool
    #: Bytes of the content that were read.
    read_bytes: int


#: Position in the state array of the length of each table.
USED = {
    "memo": machine.MEMOS, "texts": machine.TEXT_BYTES, "starts": machine.TEXTS, "lengths": machine.TEXTS,
    "parents": machine.CALLSITES, "frames": machine.CALLSITES, "depths": machine.CALLSITES,
    "domains": machine.TRACES, "sizes": machine.TRACES, "leaves": machine.TRACES, "cut": machine.TRACES,
    "other_leaves": machine.OTHERS, "other_domains": machine.OTHERS, "other_sizes": machine.OTHERS,
}  # fmt: skip
#: Tables of a row for each callsite, behind one for traces without a stack.
BY_CALLSITE = ("held", "blocks")


class _Window:
    """The content a piece at a time, each beginning with what is left of the one before."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces: Iterator[bytes] = iter(pieces)
        self.content = np.zeros(0, np.uint8)
        #: Bytes of the content before this piece.
        self.before = 0

    def move(self, read: int) -> bool:
        """Go on ``read`` bytes; False where there is no more content. What is left is at most doubled."""
        rest = self.content[read:].tobytes()
        fresh = list(_at_least(self._pieces, max(len(rest), PIECE_BYTES)))
        self.before += read
        self.content = np.frombuffer(b"".join([rest, *fresh]), np.uint8)
        return bool(fresh)

    @property
    def end(self) -> int:
        return self.before + len(self.content)


def _at_least(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (piece := next(pieces, b"")):
        size -= len(piece)
        yield piece


class _Machine:
    """The tables of the machine, made longer when it asks for it."""

    def __init__(self, window: _Window, likely_bytes: int) -> None:
        self.window = window
        self.state = np.zeros(machine.STATE_SIZE, np.int64)
        self.state[machine.LIMIT] = -1
        self.stack = np.zeros(DEEPEST_STACK, np.int64)
        kinds = {
            "memo": np.int64, "texts": np.uint8, "starts": np.int64, "lengths": np.int64, "parents": np.int32,
            "frames": np.int64, "depths": np.int32, "domains": np.uint32, "sizes": np.int64,
            "leaves": np.int32, "cut": np.bool_, "held": np.int64, "blocks": np.uint32,
            "other_leaves": np.int32, "other_domains": np.uint32, "other_sizes": np.int64,
        }  # fmt: skip
        self.columns: dict[str, np.ndarray] = {
            name: np.zeros(_first_room(name, likely_bytes) + (name in BY_CALLSITE), kind)
            for name, kind in kinds.items()
        }
        self.table = np.full(1 << 13, -1, np.int32)
        self.names = np.zeros((len(_NAMES), 16), np.uint8)
        for row, name in enumerate(_NAMES):
            self.names[row, : 1 + len(name)] = np.frombuffer(bytes([len(name)]) + name, np.uint8)

    def run(self) -> int:
        """Why the machine stopped, at the end of the content or before."""
        while True:
            reason = self.walk()
            if reason == machine.FULL:
                self.grow()
            elif reason == machine.ENDED and self.window.move(int(self.state[machine.AT])):
                self.state[machine.AT] = 0
            else:
                return reason

    @property
    def read_bytes(self) -> int:
        return self.window.before + int(self.state[machine.AT])

    def walk(self) -> int:
        c = self.columns
        return int(
            machine.walk(
                self.window.content, self.state, self.stack, c["memo"], c["texts"], c["starts"],
                c["lengths"], c["parents"], c["frames"], c["depths"], self.table, c["domains"], c["sizes"],
                c["leaves"], c["cut"], c["held"], c["blocks"], c["other_leaves"], c["other_domains"],
                c["other_sizes"], self.names,
            )
        )  # fmt: skip

    def settle(self) -> bool:
        """Add the traces that are not yet in the snapshot's list; False where the bytes pass 2**63."""
        for name in ("other_leaves", "other_domains", "other_sizes"):
            self._lengthen(name, int(self.state[machine.OTHERS] + self.state[machine.TRACES]))
        c = self.columns
        return bool(
            machine.settle(
                self.state, c["domains"], c["sizes"], c["leaves"], c["cut"], c["held"], c["blocks"],
                c["other_leaves"], c["other_domains"], c["other_sizes"],
            )
        )  # fmt: skip

    def grow(self) -> None:
        """Make room in every table for one more opcode, which adds at most what is on the stack."""
        more = int(self.state[machine.TOP]) + 4
        for name in USED:
            wanted = int(self.state[machine.TEXT_WANTED]) if name == "texts" else 0
            needed, room = int(self.state[USED[name]]) + max(more, wanted), len(self.columns[name])
            if needed > room:
                self._lengthen(name, max(2 * room, needed))
        for name in BY_CALLSITE:
            self._lengthen(name, len(self.columns["parents"]) + 1)
        callsites = int(self.state[machine.CALLSITES])
        if 2 * (callsites + more) > len(self.table):
            size = 1 << (2 * (callsites + more)).bit_length()
            self._afford(4 * size)
            self.table = np.full(size, -1, np.int32)
            machine.fill_table(self.columns["parents"], self.columns["frames"], self.table, callsites)
        if len(self.columns["parents"]) > 2 * MOST_CALLSITES:
            raise OutOfRoom(f"more than {MOST_CALLSITES} call paths")

    def _lengthen(self, name: str, size: int) -> None:
        column = self.columns[name]
        if size > len(column):
            self._afford(size * column.itemsize)
            self.columns[name] = np.zeros(size, column.dtype)
            self.columns[name][: len(column)] = column

    def _afford(self, more: int) -> None:
        held = sum(column.nbytes for column in self.columns.values()) + self.table.nbytes
        most = max(TABLE_BYTES, TABLE_RATIO * self.window.end)
        if held + more > most:
            raise OutOfRoom(f"tables of more than {most} bytes")


def _first_room(name: str, likely_bytes: int) -> int:
    """Rows that a content of this size hardly exceeds: what stays unused costs no memory, a copy does."""
    share = {"memo": 8, **dict.fromkeys(("parents", "frames", "depths", "held", "blocks"), 32)}
    return max(1 << 12, min(likely_bytes, 64 << 20) // share[name]) if name in share else 1 << 12


def read_traces(pieces: Iterable[bytes], *, likely_bytes: int = 0) -> Traces:
    """The traces in a pickled snapshot, all that are whole where it ends early.

    ``likely_bytes`` is what the content may come to, for a good first size of the tables. Raises
    Refused where it holds anything but a snapshot's data, OutOfRoom past a limit on memory.
    """
    run = _Machine(_Window(pieces), likely_bytes)
    reason = run.run()
    state = run.state
    if reason in FAULTS:
        raise Refused(f"{FAULTS[reason]} at byte {run.read_bytes}")
    whole = reason == machine.STOPPED
    if whole and not (
        state[machine.RESULT] == machine.SNAPSHOT and state[machine.HAS_ITEMS] and state[machine.HAS_TRACES]
    ):
        raise Refused("the pickle of something that is no snapshot")
    if not whole and not run.settle():
        raise Refused(FAULTS[machine.BAD_SUM])
    columns = {name: run.columns[name][: state[used]] for name, used in USED.items()}
    rows = _rows(run)
    return Traces(
        parent=columns["parents"],
        frame=columns["frames"],
        depth=columns["depths"],
        callsite=rows[0],
        domain=rows[1],
        size=rows[2],
        blocks=rows[3],
        count=int(state[machine.ITEMS]),
        cut=int(state[machine.CUT]),
        texts=columns["texts"],
        text_start=columns["starts"],
        text_length=columns["lengths"],
        traceback_limit=int(state[machine.LIMIT]) if state[machine.LIMIT] >= 0 else None,
        whole=whole,
        read_bytes=run.read_bytes,
    )


def _rows(run: _Machine) -> tuple[np.ndarray, ...]:
    """(callsite, domain, bytes, blocks), one row for each callsite and domain; callsite -1 is no stack."""
    held, blocks = (run.columns[name] for name in BY_CALLSITE)
    used = np.flatnonzero(blocks)
    domain = np.full(len(used), run.state[machine.DOMAIN], np.uint32)
    rows = ((used - 1).astype(np.int32), domain, held[used], blocks[used].astype(np.int64))
    others = int(run.state[machine.OTHERS])
    if not others:
        return rows
    further = _by_domain(
        *(run.columns[name][:others] for name in ("other_leaves", "other_domains", "other_sizes"))
    )
    return tuple(np.concatenate([mine, other]) for mine, other in zip(rows, further, strict=True))


def _by_domain(leaves: np.ndarray, domains: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, ...]:
    """(callsite, domain, bytes, blocks) of these traces, one row for each callsite and domain."""
    room = len(leaves)
    table = np.full(1 << max(4, (2 * room).bit_length()), -1, np.int32)
    kinds = (np.int32, np.uint32, np.int64, np.int64)
    rows = tuple(np.empty(room, kind) for kind in kinds)
    count = machine.group(leaves, domains, sizes, table, *rows)
    return tuple(column[:count] for column in rows)


def merged(traces: Traces, same: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(parent, frame, depth, new callsite of each old one) with ``same`` for the frames of the callsites."""
    room = len(traces.parent)
    parents, depths, moved = (np.empty(room, np.int32) for _ in range(3))
    frames = np.empty(room, np.int64)
    table = np.full(1 << max(4, (2 * room).bit_length()), -1, np.int32)
    count = machine.merge_frames(traces.parent, same, parents, frames, depths, table, moved)
    return parents[:count], frames[:count], depths[:count], moved


def compile_kernels() -> None:
    """Run every kernel once on the smallest snapshot there is."""
    traces = read_traces([SMALLEST])
    _by_domain(traces.callsite, traces.domain, traces.size)
    merged(traces, traces.frame)
    machine.fill_table(traces.parent, traces.frame, np.full(16, -1, np.int32), len(traces.parent))


#: ``pickle.dumps`` of a snapshot with one trace: 3 bytes at line 1 of "a".
SMALLEST = (
    b"\x80\x04\x8c\x0btracemalloc\x94\x8c\x08Snapshot\x94\x93\x94)\x81\x94}\x94(\x8c\x06traces\x94h\x00\x8c"
    b"\x07_Traces\x94\x93\x94)\x81\x94}\x94\x8c\x07_traces\x94]\x94(K\x00K\x03\x8c\x01a\x94K\x01\x86\x94\x85\x94"
    b"K\x01t\x94asb\x8c\x0ftraceback_limit\x94K\x01ub."
)
