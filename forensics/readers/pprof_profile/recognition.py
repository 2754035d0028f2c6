"""Telling profile.proto from its first bytes: fields that only this message has, each well formed."""

from __future__ import annotations

#: Wire type of each field of Profile, and of the fields of its messages, by field number.
_VARINT, _BYTES = 0, 2
_PROFILE = {n: _BYTES if n <= 6 or n in (11, 13) else _VARINT for n in range(1, 16)}
_MESSAGES: dict[int, dict[int, set[int]]] = {
    1: {1: {_VARINT}, 2: {_VARINT}},
    2: {1: {_VARINT, _BYTES}, 2: {_VARINT, _BYTES}, 3: {_BYTES}},
    3: {n: {_VARINT} for n in range(1, 11)},
    4: {1: {_VARINT}, 2: {_VARINT}, 3: {_VARINT}, 4: {_BYTES}, 5: {_VARINT}},
    5: {n: {_VARINT} for n in range(1, 6)},
    11: {1: {_VARINT}, 2: {_VARINT}},
}
_FIELDS_LOOKED_AT = 32


def looks_like_profile(head: bytes) -> bool:
    """Whether these first bytes (of a longer content, perhaps) are fields of a Profile with samples."""
    at, seen = 0, set()
    for _ in range(_FIELDS_LOOKED_AT):
        if at >= len(head):
            break
        field = _field(head, at, len(head))
        if field is None:
            break
        number, kind, start, at = field
        if kind != _PROFILE.get(number) and not (number == 13 and kind == _VARINT):
            return False
        if number in _MESSAGES and not _well_formed(head, start, min(at, len(head)), at, _MESSAGES[number]):
            return False
        seen.add(number)
    return bool(seen & {1, 2}) and (len(seen) > 1 or at >= len(head))


def _well_formed(head: bytes, at: int, end: int, whole_end: int, fields: dict[int, set[int]]) -> bool:
    """Whether all fields of a message are of its type; the part behind the head is not judged."""
    while at < end:
        tag, _ = _varint(head, at, end)
        if tag & 7 not in fields.get(tag >> 3, ()):
            return False
        field = _field(head, at, end)
        if field is None:
            return end < whole_end
        _, _, _, at = field
        if at > end:
            return end < whole_end
    return True


def _field(head: bytes, at: int, end: int) -> tuple[int, int, int, int] | None:
    """(number, wire type, start of the payload, end of it, which may lie behind the head)."""
    tag, at = _varint(head, at, end)
    number, kind = tag >> 3, tag & 7
    if at < 0:
        return None
    if kind == _VARINT:
        _, after = _varint(head, at, end)
        return None if after < 0 else (number, kind, at, after)
    if kind == _BYTES:
        size, start = _varint(head, at, end)
        return None if start < 0 else (number, kind, start, start + size)
    return number, kind, at, at + 8


def _varint(head: bytes, at: int, end: int) -> tuple[int, int]:
    """(value, position after it), position -1 where it ends early or is too long."""
    value = shift = 0
    while at < end and shift < 64:
        value |= (head[at] & 127) << shift
        shift, at = shift + 7, at + 1
        if head[at - 1] < 128:
            return value, at
    return 0, -1
