"""profile.proto written field by field, for tests of what reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    digits = bytearray()
    while value > 127:
        digits.append(value & 127 | 128)
        value >>= 7
    return bytes([*digits, value])


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def block(field: int, content: bytes | str) -> bytes:
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


class Message:
    """A profile in the making: texts, functions and locations get their ids when first named."""

    def __init__(self, *types: tuple[str, str]) -> None:
        self.texts = {b"": 0}
        self.functions: dict[tuple[Any, ...], int] = {}
        self.locations: dict[tuple[Any, ...], int] = {}
        self.body = b"".join(block(1, number(1, self.text(n)) + number(2, self.text(u))) for n, u in types)

    def text(self, text: str | bytes) -> int:
        raw = text.encode() if isinstance(text, str) else text
        return self.texts.setdefault(raw, len(self.texts))

    def location(self, *lines: tuple[Any, str, int], address: int = 0, mapping: int = 0) -> int:
        """A location of these (function, file, line), innermost first."""
        return self.locations.setdefault((lines, address, mapping), len(self.locations) + 1)

    def sample(self, stack: Sequence[int], *values: int, labels: dict[str, Any] | None = None) -> Message:
        """A stack of location ids, innermost first."""
        packed = block(1, b"".join(map(varint, stack))) + block(2, b"".join(map(varint, values)))
        self.body += block(2, packed + b"".join(self._label(*item) for item in (labels or {}).items()))
        return self

    def _label(self, key: str, value: Any) -> bytes:
        named = number(1, self.text(key))
        if isinstance(value, str):
            return block(3, named + number(2, self.text(value)))
        value, unit = value if isinstance(value, tuple) else (value, "")
        return block(3, named + number(3, value) + number(4, self.text(unit)))

    def mapping(self, number_of: int, start: int, limit: int, offset: int, file: str) -> Message:
        fields = (number_of, start, limit, offset, self.text(file))
        self.body += block(3, b"".join(number(n, v) for n, v in enumerate(fields, 1)))
        return self

    def scalar(self, field: int, value: int | str) -> Message:
        self.body += number(field, self.text(value) if isinstance(value, str) else value)
        return self

    def period(self, name: str, unit: str, length: int) -> Message:
        self.body += block(11, number(1, self.text(name)) + number(2, self.text(unit))) + number(12, length)
        return self

    def encoded(self) -> bytes:
        """Samples first, names last, as Go writes it."""
        tail = b""
        for (lines, address, mapping), which in self.locations.items():
            fields = number(1, which) + number(2, mapping) + number(3, address)
            for function, file, line in lines:
                called = self.functions.setdefault((function, file), len(self.functions) + 1)
                fields += block(4, number(1, called) + number(2, line))
            tail += block(4, fields)
        for (function, file), which in self.functions.items():
            name = self.text(function)
            tail += block(
                5, number(1, which) + number(2, name) + number(3, name) + number(4, self.text(file))
            )
        return self.body + tail + b"".join(block(6, text) for text in self.texts)
