"""Labels of samples: sets that samples share, threads, block sizes, and what marks a base sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from forensics.readers.pprof_profile.texts import Texts
from forensics.readers.pprof_profile.wire import MOST_LABEL_SETS, read_labels

#: Set by pprof on the samples that a saved difference subtracts (google/pprof, internal/driver/fetch.go).
BASE_KEY = "pprof::base"
#: Keys that name the thread of a sample, the most telling first.
THREAD_KEYS = ("thread", "thread name", "thread_name", "tid", "thread id", "thread_id")
TOO_MANY = f"labels are left out: there are more than {MOST_LABEL_SETS} different sets of them"


@dataclass(frozen=True, kw_only=True)
class Labels:
    """``sets[set_of_sample[i]]`` are the labels of sample i by key; -1 is none.

    A text is a string; a number is an int, or ``{"value": …, "unit": …}`` where it has a unit. A key
    that comes more than once has a list. ``block_bytes``: the number label ``bytes`` of each sample,
    which Go's heap profiles give as the size of the blocks, 0 without.
    """

    set_of_sample: np.ndarray
    sets: list[dict[str, Any]]
    block_bytes: np.ndarray
    #: True for samples of the base of a saved difference.
    base: np.ndarray
    note: str = ""

    def threads(self, rows: np.ndarray) -> pd.Categorical[Any]:
        """The thread of each of these samples, '' where no label tells."""
        names = [_thread(labels) for labels in self.sets]
        codes, unique = pd.factorize(np.array([*names, ""], dtype=object))
        return pd.Categorical.from_codes(codes[self.set_of_sample[rows]], categories=pd.Index(unique))


def read_label_sets(content: np.ndarray, extents: np.ndarray, most: int, texts: Texts) -> Labels:
    """The labels of all samples. Raises Broken."""
    samples = len(extents)
    none = np.full(samples, -1)
    read = read_labels(content, extents, most) if most else (none, none[:0], np.zeros((0, 5), np.uint64))
    if read is None:
        empty = np.zeros(samples, np.int64)
        return Labels(set_of_sample=none, sets=[], block_bytes=empty, base=empty.astype(bool), note=TOO_MANY)
    set_of_sample, set_of_label, columns = read
    sets: list[dict[str, Any]] = [{} for _ in range(int(set_of_sample.max(initial=-1)) + 1)]
    sizes = np.zeros(len(sets) + 1, np.int64)
    for number, (_, key, text, value, unit) in zip(set_of_label.tolist(), columns.tolist(), strict=True):
        name = texts[key]
        given = texts[text] if text else _number(_signed(value), texts[unit] if unit else "")
        _add(sets[number], name, given)
        if name == "bytes" and not text:
            sizes[number] = max(_signed(value), 0)
    base = np.array([*(BASE_KEY in labels for labels in sets), False])
    return Labels(
        set_of_sample=set_of_sample, sets=sets, block_bytes=sizes[set_of_sample], base=base[set_of_sample]
    )


def _number(value: int, unit: str) -> int | dict[str, Any]:
    return {"value": value, "unit": unit} if unit else value


def _add(labels: dict[str, Any], key: str, value: Any) -> None:
    if key not in labels:
        labels[key] = value
    elif isinstance(labels[key], list):
        labels[key].append(value)
    else:
        labels[key] = [labels[key], value]


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def _thread(labels: dict[str, Any]) -> str:
    for key in THREAD_KEYS:
        value = labels.get(key)
        if isinstance(value, str | int):
            return str(value)
        if isinstance(value, dict):
            return str(value["value"])
    return ""
