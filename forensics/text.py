"""Strings and sizes as people read them: control characters visible, bytes as ``1.2 MiB``."""

from __future__ import annotations

import re
import unicodedata

from forensics.errors import UsageError

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:([kmgt])(i?)b?|b)?", re.IGNORECASE)
_EXPONENT = {"k": 1, "m": 2, "g": 3, "t": 4}
_UNITS = ("KiB", "MiB", "GiB", "TiB", "PiB", "EiB")
#: Unicode categories that move the cursor, reorder text or draw nothing: controls, formats (bidi
#: marks, zero-width characters), surrogates, private use, unassigned, line and paragraph separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str, limit: int | None = None) -> str:
    r"""The text on one line that shows what is in it: ``\x1b``, ``\n``, ``\u202e`` spelled out.

    Longer than ``limit`` characters it keeps both ends around an ellipsis, since a path tells most
    at its end and a function name at its start. Idempotent on what it returns without a limit.
    """
    if not text.isprintable():
        text = "".join(_spelled(c) if unicodedata.category(c) in _INVISIBLE else c for c in text)
    return text if limit is None else _shortened(text, limit)


def _spelled(character: str) -> str:
    code = ord(character)
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(
        character, f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    )


def _shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    if limit < 2:
        return "…"[:limit]
    tail = (limit - 1) // 2
    return f"{text[: limit - 1 - tail]}…{text[len(text) - tail :]}"


def format_bytes(count: float) -> str:
    """``0 B``, ``812 B``, ``1.2 MiB``, ``-3.0 GiB``: binary units, one digit after the point."""
    size = abs(count)
    sign = "-" if count < 0 else ""
    if size < 1024:
        return f"{sign}{size:.0f} B"
    for unit in _UNITS:
        size /= 1024
        if size < 1023.95 or unit == _UNITS[-1]:
            break
    return f"{sign}{size:.1f} {unit}"


def format_share(share: float) -> str:
    """``0 %``, ``<0.1 %``, ``3.4 %``, ``100 %``: a fraction of one as a percentage."""
    if 0 < share < 0.0005:
        return "<0.1 %"
    percent = f"{share * 100:.1f}".removesuffix(".0")
    return f"{percent} %"


def format_count(count: float) -> str:
    """``12,345``: a count with separators."""
    return f"{count:,.0f}"


def parse_size(text: str) -> int:
    """Bytes of ``512MiB``, ``1G``, ``1.5 GiB``, ``500kB``, ``1048576``.

    ``KiB`` and a bare ``K`` count 1024, ``kB`` and ``MB`` 1000. Raises UsageError on anything else.
    """
    found = _SIZE.fullmatch(text.strip())
    if not found:
        raise UsageError(f"{text!r} is no size; write it like 512MiB, 1GiB or 1048576")
    number, prefix, binary = found.groups()
    decimal = bool(prefix) and not binary and text.strip().lower().endswith("b")
    return int(float(number) * (1000 if decimal else 1024) ** _EXPONENT.get((prefix or "").lower(), 0))


def size_of(limit: int | str | None) -> int | None:
    """Bytes of a limit given as a number of bytes or as text like ``512MiB``; None stays None."""
    return parse_size(limit) if isinstance(limit, str) else limit
