"""How often the same thing was loaded, from the sizes of what each load allocates.

A load of one file allocates the same sizes every time, and its largest blocks (the weights) are few. So
what was loaded n times shows n blocks, or a multiple, of every large size at its call path; what was loaded
once shows some large size once, however many layers share another. Libraries without frames of their own
(onnxruntime, pickles, C extensions) are counted like all others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forensics.capture import Capture

#: A size counts as large from this share of the largest block on.
LARGE_SHARE = 0.01
#: Smaller blocks than this repeat for other reasons.
LEAST_SIZE = 512
#: Arenas come when the allocator likes.
_ARENAS = (256 << 10, 1 << 20)
#: A load that ran n times left a multiple of n blocks at this share of its sizes.
AGREEING = 0.5
#: So many agreeing sizes are no chance.
SURE_SIZES = 3


@dataclass(frozen=True, kw_only=True)
class Loads:
    """How often something was loaded, how many were alive at once, and whether that is sure."""

    times: int
    alive: int
    sure: bool


ONCE = Loads(times=1, alive=1, sure=False)


def loads(capture: Capture, mask: np.ndarray) -> Loads:
    """How often what these callsites hold was loaded. Needs events."""
    blocks = _large_blocks(capture, mask)
    if blocks.empty:
        return ONCE
    made = blocks[blocks["size"] > 0].groupby(["callsite", "size"]).size()
    sizes = made.index.get_level_values("size").to_numpy()
    large = sizes >= LARGE_SHARE * sizes.max()
    times = int(made[large].min())
    agreeing = int((made % times == 0).sum())
    if times < 2 or (made[large] % times).any() or agreeing < AGREEING * len(made):
        return ONCE
    return Loads(
        times=times, alive=_alive_at_once(blocks, made[large]), sure=agreeing >= SURE_SIZES or times > 3
    )


def _large_blocks(capture: Capture, mask: np.ndarray) -> pd.DataFrame:
    """One row per allocation or free at these callsites, in order: callsite, size (negative when freed)."""
    events = capture.events()
    mappings = [code for code, name in enumerate(events.allocators) if name in ("mmap", "munmap")]
    rows = []
    for chunk in events:
        arena = np.isin(np.abs(chunk.bytes), _ARENAS) & np.isin(chunk.allocator, mappings)
        chosen = mask[chunk.callsite_id] & (np.abs(chunk.bytes) >= LEAST_SIZE) & ~arena
        rows.append(pd.DataFrame({"callsite": chunk.callsite_id[chosen], "size": chunk.bytes[chosen]}))
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame({"callsite": [], "size": []})


def _alive_at_once(blocks: pd.DataFrame, made: pd.Series) -> int:
    """The most blocks of one large size that were there together, divided by how many a load makes."""
    keys = pd.MultiIndex.from_arrays([blocks["callsite"], blocks["size"].abs()])
    chosen = keys.isin(made.index)
    counted = blocks[chosen].assign(step=np.sign(blocks["size"][chosen]), key=blocks["size"][chosen].abs())
    live = counted.groupby(["callsite", "key"])["step"].cumsum()
    most = live.groupby([counted["callsite"], counted["key"]]).max()
    return max(int((most / (made.to_numpy() // made.min())).max()), 1)


#: A rise of memory counts as a load of its own where it is this share of what is held, …
LEAST_RISE = 0.1
#: … those of one model are alike within this, and there are so many of them.
ALIKE = 0.25
FEWEST_RISES = 3
#: Between loads one after another, memory falls by this share of a rise.
FALLS = 0.5


def loads_by_curve(heap: np.ndarray, held: int) -> Loads:
    """How often something of ``held`` bytes was loaded, from the heap over time: steps alike, or a saw.

    Where there are no events: one load a tenant climbs in steps, one a request goes up and down again. One
    load with copies on its way climbs, too, and does not fall as far.
    """
    starts, ends = _rises(heap, max(int(LEAST_RISE * held), 1))
    rises = heap[ends] - heap[starts]
    if len(rises) < FEWEST_RISES:
        return ONCE
    alike = np.abs(rises - np.median(rises)) <= ALIKE * np.median(rises)
    if alike.sum() < FEWEST_RISES or alike.sum() < 0.6 * len(rises) or rises[alike].sum() < 0.6 * held:
        return ONCE
    in_steps = rises[alike].sum() <= 1.3 * held
    falls = heap[ends[:-1]] - heap[starts[1:]]
    if not in_steps and (falls >= FALLS * np.median(rises)).mean() < 0.8:
        return ONCE
    times = int(alike.sum())
    return Loads(times=times, alive=times if in_steps else 1, sure=False)


def _rises(heap: np.ndarray, least: int) -> tuple[np.ndarray, np.ndarray]:
    """Where each climb of a curve begins and where it rests or falls, of those of so many bytes."""
    gains = np.diff(heap)
    climbing = gains >= max(least // 20, 1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], climbing.astype(np.int8), [0]]))).reshape(-1, 2)
    starts, ends = edges[:, 0], edges[:, 1]
    large = heap[ends] - heap[starts] >= least if len(edges) else np.zeros(0, dtype=bool)
    return starts[large], ends[large]
