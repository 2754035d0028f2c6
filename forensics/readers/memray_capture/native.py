"""Native frames: where their addresses lie, and how they join the Python frames of a stack.

As memray has it (hybrid_stack_trace in _memray.pyx), Python frames take the place of the
interpreter's evaluation calls. Where these cannot be told, because no symbols are at hand, the
Python stack is kept whole and followed by the native frames inside the interpreter's innermost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from forensics.compiled import compiled
from forensics.readers.memray_capture.hashing import GOLDEN, ONE, U
from forensics.readers.memray_capture.limits import Limits
from forensics.readers.memray_capture.records import Image

Symbols = Mapping[str, tuple[str, str, int]]
#: Most frames of one native stack that are kept.
DEEPEST_NATIVE = 1 << 12


@dataclass(frozen=True, kw_only=True, eq=False)
class NativeFrames:
    """Each recorded native frame: the frame outside it (row + 1, 0 none), its location, its role."""

    outer: np.ndarray
    location: np.ndarray
    #: True for the calls that evaluate a Python frame.
    evaluates: np.ndarray
    #: True for code of the interpreter itself.
    interpreter: np.ndarray
    function: list[str]
    file: list[str]
    line: np.ndarray
    resolved: int


def locate_natives(
    natives: np.ndarray, generation: np.ndarray, generations: list[list[Image]], symbols: Symbols
) -> NativeFrames:
    """Frames with the name that ``symbols`` has for them, else ``module.so+0x1234``.

    ``natives``: uint64 (instruction pointer, outer frame). ``generation``: int64, which memory map
    each was seen under.
    """
    pointers = natives[:, 0]
    image, offset = np.full(len(natives), -1, np.int64), np.zeros(len(natives), np.uint64)
    images: list[Image] = []
    for number in np.unique(generation).tolist():
        chosen = np.flatnonzero(generation == number)
        known = generations[min(number, len(generations) - 1)]
        place, base = _images_at(pointers[chosen], known)
        image[chosen] = np.where(place >= 0, place + len(images), -1)
        offset[chosen] = np.where(place >= 0, pointers[chosen] - base, pointers[chosen])
        images += known
    key = np.stack([image.view(np.uint64), offset], axis=1)
    distinct, location = np.unique(key, axis=0, return_inverse=True)
    found = [_name(images, number, off, symbols) for number, off in distinct.view(np.int64).tolist()]
    own = np.array([_is_interpreter(images[i].file) if i >= 0 else False for i in image.tolist()], bool)
    evaluating = np.array([_evaluates(function) for function, _, _, _ in found] or [False], bool)
    location = location.reshape(-1).astype(np.int64)
    outer = natives[:, 1].astype(np.int64)
    return NativeFrames(
        outer=np.where((outer > 0) & (outer <= np.arange(len(outer))), outer, 0),
        location=location,
        evaluates=evaluating[location] if len(location) else np.zeros(0, bool),
        interpreter=own,
        function=[function for function, _, _, _ in found],
        file=[file for _, file, _, _ in found],
        line=np.array([line for _, _, line, _ in found], np.int32),
        resolved=sum(known for _, _, _, known in found),
    )


def places_in(
    natives: np.ndarray, generation: np.ndarray, generations: list[list[Image]]
) -> dict[str, list[int]]:
    """Offsets of all recorded native frames by the file they lie in."""
    found: dict[str, set[int]] = {}
    for number in np.unique(generation).tolist():
        images = generations[min(number, len(generations) - 1)]
        pointers = np.unique(natives[generation == number, 0])
        place, base = _images_at(pointers, images)
        for image, offset in zip(place.tolist(), (pointers - base).tolist(), strict=True):
            if image >= 0:
                found.setdefault(images[image].file, set()).add(offset)
    return {file: sorted(offsets) for file, offsets in found.items()}


def _images_at(pointers: np.ndarray, images: list[Image]) -> tuple[np.ndarray, np.ndarray]:
    """Index of the image that covers each address (-1 none) and its base."""
    ranges = sorted((start, end, i) for i, image in enumerate(images) for start, end in image.ranges)
    if not ranges:
        return np.full(len(pointers), -1, np.int64), np.zeros(len(pointers), np.uint64)
    starts = np.array([start for start, _, _ in ranges], np.uint64)
    ends = np.array([end for _, end, _ in ranges], np.uint64)
    owner = np.array([i for _, _, i in ranges], np.int64)
    bases = np.array([image.base for image in images], np.uint64)
    at = np.searchsorted(starts, pointers, side="right") - 1
    inside = (at >= 0) & (pointers < ends[np.maximum(at, 0)])
    place = np.where(inside, owner[np.maximum(at, 0)], -1)
    return place, bases[np.maximum(place, 0)]


def _name(images: list[Image], image: int, offset: int, symbols: Symbols) -> tuple[str, str, int, int]:
    offset &= (1 << 64) - 1
    if image < 0:
        return f"{offset:#x}", "", 0, 0
    file = images[image].file
    known = symbols.get(f"{file}+{offset:#x}")
    if known is not None:
        return known[0], known[1] or file, max(0, min(known[2], (1 << 31) - 1)), 1
    return f"{file.rpartition('/')[2]}+{offset:#x}", file, 0, 0


def _is_interpreter(file: str) -> bool:
    name = file.rpartition("/")[2]
    return name.startswith(("libpython", "python"))


def _evaluates(function: str) -> bool:
    return "_PyEval_EvalFrameDefault" in function or function.startswith("_TAIL_CALL_")


class HybridTree:
    """The tree of joined stacks, grown as rows are put into it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.parent = np.zeros(1 << 12, np.int32)
        self.place = np.zeros(1 << 12, np.int32)
        self.slots = np.full(1 << 13, -1, np.int32)
        self.count = 0

    def put(
        self,
        *,
        parents: np.ndarray,
        locations: np.ndarray,
        entries: np.ndarray,
        frames: NativeFrames,
        first_native: int,
        node_of_row: np.ndarray,
        native_of_row: np.ndarray,
        skip_of_row: np.ndarray,
    ) -> np.ndarray:
        """The node of each row's joined stack, -1 where it is empty."""
        of_row = np.full(len(node_of_row), -1, np.int64)
        scratch = np.zeros((3, 1 << 21), np.int64)
        row = 0
        while row < len(node_of_row):
            row, self.count = graft(
                row, self.count, parents, locations, entries, frames.outer, frames.location + first_native,
                frames.evaluates, frames.interpreter, node_of_row, native_of_row, skip_of_row, self.parent,
                self.place, self.slots, scratch, of_row,
            )  # fmt: skip
            if row < len(node_of_row):
                self._grow()
        return of_row

    def _grow(self) -> None:
        self.limits.check_nodes(2 * len(self.parent))
        for name in ("parent", "place"):
            larger = np.zeros(2 * len(getattr(self, name)), np.int32)
            larger[: self.count] = getattr(self, name)[: self.count]
            setattr(self, name, larger)
        self.slots = np.full(2 * len(self.slots), -1, np.int32)
        enter_all(self.count, self.parent, self.place, self.slots)


@compiled
def child(count, parent, place, tree_parent, tree_place, slots):
    """(node of this place under this parent, count after making it if new)."""
    mask = U(len(slots) - 1)
    slot = ((U(parent + 1) * GOLDEN) ^ (U(place) << U(7))) * GOLDEN >> U(32) & mask
    while slots[slot] >= 0:
        held = np.int64(slots[slot])
        if tree_parent[held] == parent and tree_place[held] == place:
            return held, count
        slot = (slot + ONE) & mask
    slots[slot] = count
    tree_parent[count] = parent
    tree_place[count] = place
    return np.int64(count), count + 1


@compiled
def enter_all(count, tree_parent, tree_place, slots):
    """Enter the nodes of a tree into emptied slots."""
    mask = U(len(slots) - 1)
    for node in range(count):
        slot = ((U(tree_parent[node] + 1) * GOLDEN) ^ (U(tree_place[node]) << U(7))) * GOLDEN >> U(32) & mask
        while slots[slot] >= 0:
            slot = (slot + ONE) & mask
        slots[slot] = node


@compiled
def climb(start, parents, less, out):
    """Fill ``out`` from the innermost outwards; how many there are. ``parents`` are ``less`` too high."""
    length = 0
    while start >= 0 and length < len(out):
        out[length] = start
        start = parents[start] - less
        length += 1
    return length


@compiled
def join(
    python, inner, native, found, skip, locations, entries, native_locations, evaluates, interpreter, out
):
    """Write the joined stack's locations outermost first; how many there are.

    ``python``/``native``: nodes and native frames innermost first, ``inner``/``found`` of them.
    """
    length = 0
    left = inner
    for i in range(found - 1, -1, -1):
        frame = native[i]
        if left > 0 and evaluates[frame]:
            while True:
                if skip > 0 and left == inner - skip:
                    length = 0
                left -= 1
                out[length] = locations[python[left]]
                length += 1
                if left == 0 or entries[python[left - 1]]:
                    break
        else:
            out[length] = native_locations[frame]
            length += 1
    if left == 0 and inner > 0:
        return length
    length = 0
    for i in range(max(inner - skip, 0) - 1, -1, -1):
        out[length] = locations[python[i]]
        length += 1
    tail = found
    for i in range(found):
        if inner > 0 and interpreter[native[i]]:
            tail = i
            break
    for i in range(tail - 1, -1, -1):
        out[length] = native_locations[native[i]]
        length += 1
    return length


@compiled
def graft(
    row, count, parents, locations, entries, outer, native_locations, evaluates, interpreter, node_of_row,
    native_of_row, skip_of_row, tree_parent, tree_place, slots, scratch, of_row,
):  # fmt: skip
    """Put rows into the tree until there is no room; (next row, count of nodes)."""
    python, native, out = scratch[0], scratch[1, :DEEPEST_NATIVE], scratch[2]
    while row < len(node_of_row):
        inner = climb(node_of_row[row], parents, 0, python[: 1 << 20])
        found = climb(native_of_row[row] - 1, outer, 1, native)
        if count + inner + found > len(tree_parent):
            break
        length = join(
            python, inner, native, found, skip_of_row[row], locations, entries, native_locations, evaluates,
            interpreter, out,
        )  # fmt: skip
        node = np.int64(-1)
        for i in range(length):
            node, count = child(count, node, out[i], tree_parent, tree_place, slots)
        of_row[row] = node
        row += 1
    return row, count
