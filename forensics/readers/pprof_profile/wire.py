"""A profile.proto content as columns: the compiled passes over it, and what they found wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.readers.pprof_profile import wire_kernel as kernel

MOST_CALLSITES = 32 << 20
MOST_LABEL_SETS = 1 << 20

_FAULTS = {
    kernel.BROKEN: "a broken field",
    kernel.BAD_VALUES: "a sample with another number of values than sample types",
    kernel.BAD_LOCATION: "a sample at a location that is not in it",
    kernel.TOO_DEEP: f"a stack of more than {kernel.DEEPEST_PATH} frames",
}


class Broken(Exception):
    """The content is no valid profile; the text is a clause that says what is wrong."""


class OutOfRoom(Exception):
    """Reading on would take more memory than is given to one profile."""


@dataclass(frozen=True, kw_only=True)
class Messages:
    """All of a profile but its samples' content, by column; texts are rows of ``texts``.

    ``types`` (type, unit) and ``mappings``, ``locations``, ``functions`` have a column for each field
    number. ``lines`` of a location are ``line_first[row]:line_first[row + 1]``, innermost first, as
    (unused, function id, line). ``samples`` and ``texts`` are (start, end) in the content.
    """

    types: np.ndarray
    samples: np.ndarray
    mappings: np.ndarray
    locations: np.ndarray
    lines: np.ndarray
    line_first: np.ndarray
    functions: np.ndarray
    texts: np.ndarray
    comments: np.ndarray
    scalars: np.ndarray
    labels: int
    #: False where the content ends inside a field.
    whole: bool
    read_bytes: int


@dataclass(frozen=True, kw_only=True)
class Tree:
    """The samples' stacks as callsites, and each sample's leaf (-1 without a stack), values and labels."""

    parents: np.ndarray
    frames: np.ndarray
    depths: np.ndarray
    leaves: np.ndarray
    #: int64, a column for each sample type.
    measured: np.ndarray
    #: (start, end) of each sample's labels in the content, (0, 0) for none.
    labels: np.ndarray


class Ids:
    """Rows of a table by the id that messages refer to it with. Raises Broken for an id that comes twice."""

    def __init__(self, ids: np.ndarray, what: str) -> None:
        self.ids = np.ascontiguousarray(ids)
        self.dense = bool((self.ids == np.arange(1, len(ids) + 1, dtype=np.uint64)).all())
        self.table = np.full(_table_size(0 if self.dense else len(ids)), -1, np.int32)
        if not self.dense:
            twice = kernel.index_ids(self.ids, self.table)
            if twice >= 0:
                raise Broken(f"the {what} id {int(self.ids[twice])} twice")

    def rows(self, keys: np.ndarray) -> np.ndarray:
        """The row of each id, -1 where there is none."""
        rows = np.empty(len(keys), np.int64)
        kernel.rows_of(np.ascontiguousarray(keys), self.ids, self.dense, self.table, rows)
        return rows


def read_messages(content: np.ndarray) -> Messages:
    """All messages but what the samples hold. Raises Broken."""
    counts = np.zeros(kernel.COUNTS_SIZE, np.int64)
    ended = kernel.count(content, counts)
    if ended == kernel.BROKEN:
        raise Broken(f"{_FAULTS[ended]} at byte {int(counts[kernel.READ])}")
    tables = {
        "types": np.zeros((counts[kernel.SAMPLE_TYPES], 3), np.uint64),
        "samples": np.empty((counts[kernel.SAMPLES], 2), np.int64),
        "mappings": np.zeros((counts[kernel.MAPPINGS], 7), np.uint64),
        "locations": np.zeros((counts[kernel.LOCATIONS], 4), np.uint64),
        "lines": np.zeros((counts[kernel.LINES], 3), np.uint64),
        "line_first": np.zeros(counts[kernel.LOCATIONS] + 1, np.int64),
        "functions": np.zeros((counts[kernel.FUNCTIONS], 5), np.uint64),
        "texts": np.empty((counts[kernel.STRINGS], 2), np.int64),
        "comments": np.zeros(counts[kernel.COMMENTS], np.uint64),
        "scalars": np.zeros(kernel.SCALARS_SIZE, np.int64),
    }
    scratch = np.zeros(16, np.int64), np.zeros(3, np.uint64)
    if kernel.fill(content, int(counts[kernel.READ]), *tables.values(), *scratch) != kernel.WHOLE:
        raise Broken(_FAULTS[kernel.BROKEN])
    return Messages(
        **tables,
        labels=int(counts[kernel.LABELS]),
        whole=ended == kernel.WHOLE,
        read_bytes=int(counts[kernel.READ]),
    )


def read_samples(
    content: np.ndarray,
    messages: Messages,
    *,
    location_ids: Ids,
    prune: np.ndarray,
    frame_first: np.ndarray,
    frame_ids: np.ndarray,
) -> Tree:
    """The samples planted as a tree of frames. Raises Broken, OutOfRoom.

    ``frame_ids[frame_first[row]:frame_first[row + 1]]`` are the frames of a location, innermost
    first; ``prune`` says for each location what drop_frames does to it.
    """
    samples = messages.samples
    longest = int((samples[:, 1] - samples[:, 0]).max(initial=0))
    path = np.empty(longest + 1, np.int64)
    values = np.zeros((len(samples), len(messages.types)), np.int64)
    leaves = np.empty(len(samples), np.int32)
    labels = np.zeros((len(samples), 2), np.int64)
    state = np.zeros(2, np.int64)
    room = max(1 << 12, 4 * len(messages.locations), 4 * len(samples))
    tree = _tree(min(room, MOST_CALLSITES))
    table = np.full(_table_size(len(samples)), -1, np.int32)
    while True:
        ended = kernel.plant(
            content, samples, path, values, leaves, labels, location_ids.ids, location_ids.dense,
            location_ids.table, prune, frame_first, frame_ids, tree[0], tree[1], tree[2],
            table, state,
        )  # fmt: skip
        if ended != kernel.FULL:
            break
        tree = _larger(tree, int(state[kernel.CALLSITES]))
    if ended != kernel.WHOLE:
        raise Broken(_FAULTS[ended])
    count = int(state[kernel.CALLSITES])
    parents, frames, depths = (column[:count] for column in tree)
    return Tree(parents=parents, frames=frames, depths=depths, leaves=leaves, measured=values, labels=labels)


def _tree(room: int) -> list[np.ndarray]:
    return [np.empty(room, np.int32) for _ in range(3)]


def _larger(tree: list[np.ndarray], count: int) -> list[np.ndarray]:
    """Twice the room, and at least that of one more stack."""
    if len(tree[0]) > MOST_CALLSITES:
        raise OutOfRoom(f"more than {MOST_CALLSITES} call paths")
    larger = _tree(max(2 * len(tree[0]), count + kernel.DEEPEST_PATH))
    for old, new in zip(tree, larger, strict=True):
        new[:count] = old[:count]
    return larger


def _table_size(rows: int) -> int:
    """A power of two that is at least twice as long."""
    return 1 << max(4, (2 * rows).bit_length())


def read_labels(
    content: np.ndarray, extents: np.ndarray, most: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """(set of each sample, set of each label, labels) with -1 for no set; None for too many sets.

    Labels are rows of (unused, key, str, num, unit); at most ``most`` there are. Raises Broken.
    """
    sets = np.empty(len(extents), np.int64)
    first = np.empty(len(extents), np.int64)
    table = np.full(_table_size(len(extents)), -1, np.int32)
    count = int(kernel.label_sets(content, extents, table, sets, first))
    if count > MOST_LABEL_SETS:
        return None
    labels, set_of_label = np.zeros((most, 5), np.uint64), np.empty(most, np.int64)
    found = int(kernel.decode_labels(content, extents, first[:count], set_of_label, labels))
    if found < 0:
        raise Broken("a broken label")
    return sets, set_of_label[:found], labels[:found]


def compile_kernels() -> None:
    """Run every kernel once on the smallest profile there is."""
    content = np.frombuffer(SMALLEST, np.uint8)
    messages = read_messages(content)
    ids = Ids(messages.locations[:, 1], "location")
    Ids(messages.locations[:, 1] + np.uint64(1), "location").rows(messages.locations[:, 1])
    one = np.array([0, 1])
    tree = read_samples(
        content, messages, location_ids=ids, prune=np.zeros(1, np.int8), frame_first=one,
        frame_ids=np.zeros(1, np.int64),
    )  # fmt: skip
    read_labels(content, tree.labels, messages.labels)


#: One sample type, one sample at one location with one label, and the text "".
SMALLEST = (
    b"\x0a\x04\x08\x00\x10\x00"
    b"\x12\x0c\x0a\x01\x01\x12\x01\x01\x1a\x04\x08\x00\x10\x00"
    b"\x22\x02\x08\x01"
    b"\x32\x00"
)  # fmt: skip
