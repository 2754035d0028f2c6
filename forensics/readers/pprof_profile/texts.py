"""The string table: decoded where used, equal texts told as one, lost ones named."""

from __future__ import annotations

import numpy as np

from forensics.readers.pprof_profile.wire import Broken, Messages

LOST = "(name lost)"


class Texts:
    """Texts by row of the string table. Bytes that are no UTF-8 are shown as ``\\xNN``.

    In a whole profile a row that is not there raises Broken; in a cut one it reads as ``(name lost)``.
    """

    def __init__(self, content: bytes, messages: Messages) -> None:
        self._content = content
        self._extents = messages.texts
        self._whole = messages.whole
        self._known: dict[int, str] = {}

    def __getitem__(self, row: int) -> str:
        row = int(row)
        text = self._known.get(row)
        if text is None:
            text = self._known[row] = self._decoded(row)
        return text

    def ids(self, rows: np.ndarray, names: dict[str, int]) -> np.ndarray:
        """For each row the number of its text in ``names``, which new texts are added to."""
        used, position = np.unique(rows, return_inverse=True)
        numbers = [names.setdefault(self[row], len(names)) for row in used.tolist()]
        return np.array(numbers, np.int64)[position]

    def _decoded(self, row: int) -> str:
        if 0 <= row < len(self._extents):
            start, end = self._extents[row].tolist()
            return self._content[start:end].decode("utf-8", "backslashreplace")
        if row == 0:
            return ""
        if self._whole:
            raise Broken(f"a reference to text {row} of {len(self._extents)}")
        return LOST
