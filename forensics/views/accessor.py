"""``frame.heap``: bytes of any table with a ``bytes`` column, as people read them."""

from __future__ import annotations

import pandas as pd

from forensics.text import format_bytes, format_count, format_share
from forensics.views.tables import Table

_BYTE_COLUMNS = ("bytes", "_bytes")


class HeapAccessor:
    """What a DataFrame of memory can say. AttributeError on one without an integer ``bytes`` column."""

    def __init__(self, frame: pd.DataFrame) -> None:
        if "bytes" not in frame.columns or frame["bytes"].dtype.kind not in "iuf":
            raise AttributeError(".heap needs a column of numbers named 'bytes'")
        self._frame = frame

    @property
    def total_bytes(self) -> int:
        """The sum of the ``bytes`` column."""
        return int(self._frame["bytes"].sum())

    def by(self, column: str) -> pd.DataFrame:
        """Bytes (and blocks, where there are any) per value of a column, with shares, largest first."""
        summed = [name for name in ("bytes", "blocks") if name in self._frame.columns]
        sums = self._frame.groupby(column, sort=True, observed=True)[summed].sum()
        sums = sums.sort_values("bytes", ascending=False, kind="stable").reset_index()
        return sums.assign(share=sums["bytes"] / (sums["bytes"].sum() or 1))

    def top(self, count: int = 10) -> pd.DataFrame:
        """The rows with the most bytes, in the order of the frame between equals."""
        return self._frame.sort_values("bytes", ascending=False, kind="stable").head(count)

    def table(self, caption: str = "", *, count: int = 15) -> Table:
        """The first ``count`` rows for readers: bytes as ``1.2 MiB``, shares as ``3.4 %``, '' as –."""
        columns = [str(name) for name in self._frame.columns]
        first = self._frame.head(count)
        shown = [[_cell(name, value) for value in first[name].tolist()] for name in columns]
        numbers = frozenset(i for i, name in enumerate(columns) if self._frame[name].dtype.kind in "iuf")
        left = self._frame["bytes"].iloc[count:]
        return Table(
            caption=caption or f"{len(self._frame)} rows, {format_bytes(self.total_bytes)}",
            headings=columns,
            rows=list(zip(*shown, strict=True)),
            numbers=numbers,
            note=f"and {len(left)} more rows with {format_bytes(left.sum())}" if len(left) else "",
        )


def register_accessor() -> None:
    """Make ``.heap`` known to pandas, once."""
    if getattr(pd.DataFrame, "heap", None) is not HeapAccessor:
        pd.api.extensions.register_dataframe_accessor("heap")(HeapAccessor)


def _cell(column: str, value: object) -> str:
    if column.endswith(_BYTE_COLUMNS) and isinstance(value, int | float):
        return format_bytes(value)
    if column == "share" and isinstance(value, float):
        return format_share(value)
    return format_count(value) if isinstance(value, int) else str(value) or "–"
