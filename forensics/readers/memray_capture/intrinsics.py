"""The names by which compiled loops ask for what `machine` makes."""

from __future__ import annotations

from forensics.compiled import Intrinsic

_MACHINE = "forensics.readers.memray_capture.machine"
prefetch = Intrinsic(_MACHINE, "prefetch")
eight_bytes = Intrinsic(_MACHINE, "eight_bytes")
trailing_zeros = Intrinsic(_MACHINE, "trailing_zeros")
