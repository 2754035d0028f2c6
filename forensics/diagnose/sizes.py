"""Sizes as people write them."""

from __future__ import annotations

import re

from forensics.errors import UsageError

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:([kmgt])(i?)b?|b)?", re.IGNORECASE)
_EXPONENT = {"k": 1, "m": 2, "g": 3, "t": 4}


def size_in_bytes(size: int | str | None) -> int | None:
    """Bytes of ``"512MiB"``, ``"1.5 GB"`` or a number; None stays None. Raises UsageError on anything else.

    ``KiB`` and a bare ``K`` count 1024, ``kB`` and ``MB`` 1000.
    """
    if size is None or isinstance(size, int):
        return size
    found = _SIZE.fullmatch(size.strip())
    if not found:
        raise UsageError(f"{size!r} is no size; write it like 512MiB, 1GiB or 1048576")
    number, prefix, binary = found.groups()
    decimal = bool(prefix) and not binary and size.strip().lower().endswith("b")
    return int(float(number) * (1000 if decimal else 1024) ** _EXPONENT.get((prefix or "").lower(), 0))
