"""When a scrape was made: the dates that people write between scrapes of an undated format."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_DATE = re.compile(r"\b(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?)(Z|[+-]\d\d:?\d\d)?")
_SECONDS = re.compile(r"^\D{0,20}?\b(\d{10})(?:\.(\d{1,9}))?$")


def stamp_ns(line: str) -> int:
    """Nanoseconds since 1970 of the time in a comment line, ``# 2025-07-08T09:25:54Z`` or
    ``# 1751966754``; 0 where the line is no comment or holds none from 1970 to 2262. Without a zone
    it is UTC."""
    if not line.startswith("#") or line.startswith(("# HELP ", "# TYPE ")) or len(line) > 200:
        return 0
    if seconds := _SECONDS.match(line.strip()):
        return int(seconds[1]) * 1_000_000_000 + int((seconds[2] or "0").ljust(9, "0"))
    date = _DATE.search(line)
    if date is None:
        return 0
    try:
        moment = datetime.fromisoformat(date[1] + (date[2] or ""))
    except ValueError:
        return 0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    stamp = ((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds) * 1000
    return stamp if 0 < stamp < 1 << 63 else 0
