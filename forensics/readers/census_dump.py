"""A census of objects: counts and shallow bytes by type.

Format: JSON with ``census.types`` = [{"module", "name", "count", "bytes"}, …] and ``pools``.
Source: `forensics.census` (``forensics/census/1``) and the endpoint's /debug/memory (``forensics/live/1``).
Seen: 0.1.0.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from forensics.builder import Frame, ProfileBuilder
from forensics.capture import Capture, Health, Summary, timeline_table
from forensics.errors import BadDump
from forensics.profile import Origin
from forensics.readers.source import Source

FORMAT = "census"
DESCRIPTION = "a census of objects (forensics.census, or /debug/memory)"
SCHEMAS = ("forensics/census/1", "forensics/live/1")
LARGEST_FILE = 64 << 20
_LARGEST_COUNT = 1 << 62


def matches(source: Source) -> bool:
    """A JSON object whose first key is one of our schemas."""
    head = source.head[:200].replace(b" ", b"")
    return any(head.startswith(f'{{"schema":"{schema}"'.encode()) for schema in SCHEMAS)


def load(source: Source) -> Capture:
    """The census as a capture of one moment, ``live``: one callsite a type, below its module.

    Raises BadDump where the JSON is broken or holds no such table.
    """
    document = _document(source)
    types = _mapping(document.get("census")).get("types")
    builder = ProfileBuilder()
    total_bytes = total_count = 0
    for row in types if isinstance(types, list) else []:
        module, name, count, size = _row(source, row)
        frames = [Frame(module, module=module, language="python")]
        builder.add([*frames, Frame(name, module=module, language="python")], bytes=size, blocks=count)
        total_bytes, total_count = total_bytes + size, total_count + count
    origin, health = _origin(source, document), _health(document)
    profile = builder.build(origin)
    time_ns, rss = _count(document.get("time_ns")), _count(document.get("rss_bytes"))
    return Capture(
        origin=origin,
        health=health,
        summaries={"live": Summary(total_bytes, total_count)},
        profiles={"live": lambda: profile},
        timeline=timeline_table([time_ns or 0], [rss if rss is not None else -1], [-1]),  # type: ignore[arg-type]
        no_events_because="a census counts the objects of one moment",
        extras={name: document[name] for name in ("pools", "tracemalloc", "gc") if name in document},
    )


def _document(source: Source) -> dict[str, Any]:
    content, fault = source.content(limit=LARGEST_FILE)
    if fault is not None:
        raise fault
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadDump(source.path, "is cut or no valid JSON", "save the census again") from error
    return _mapping(document)


def _row(source: Source, row: object) -> tuple[str, str, int, int]:
    fields = _mapping(row)
    count, size = _count(fields.get("count")), _count(fields.get("bytes"))
    module, name = fields.get("module"), fields.get("name")
    if count is None or size is None or not isinstance(module, str) or not isinstance(name, str):
        raise BadDump(source.path, "has a type without module, name, count and bytes", "save it again")
    return module, name, count, size


def _origin(source: Source, document: Mapping[str, Any]) -> Origin:
    time_ns, pid = _count(document.get("time_ns")), _count(document.get("pid"))
    language = document.get("language")
    taken = datetime.fromtimestamp(min(time_ns, 1 << 62) / 1e9, UTC) if time_ns else None
    health = _health(document)
    return Origin(
        path=str(source.path),
        sha256=source.sha256,
        format=FORMAT,
        producer="heap-forensics",
        moment="live",
        pid=pid,
        language=language if isinstance(language, str) else "",
        started=taken,
        ended=taken,
        complete=health.complete,
        missing=health.detail,
        notes=(
            "shallow sizes of the objects that Python's garbage collector tracks: strings, numbers and "
            "what C libraries hold are not in it",
        ),
    )


def _health(document: Mapping[str, Any]) -> Health:
    counted = _mapping(document.get("census"))
    reason, left_out = counted.get("cut_because"), _count(counted.get("types_left_out"))
    if isinstance(reason, str) and reason:
        return Health(state="cut", detail=f"the count was cut: {reason}")
    if left_out:
        return Health(state="cut", detail=f"the {left_out} smallest types are left out")
    return Health() if counted else Health(state="empty", detail="no objects were counted")


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _count(value: object) -> int | None:
    return value if type(value) is int and 0 <= value < _LARGEST_COUNT else None
