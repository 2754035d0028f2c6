"""A census of the objects in this process: by type, with their growth since the last one."""

from __future__ import annotations

import gc
import html
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forensics.errors import RecordError, UsageError
from forensics.live import proc
from forensics.live.objects import ObjectCount, TypeTotal, count_objects
from forensics.live.pools import PoolState, pool_states

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = "forensics/census/1"
_last: Census | None = None


@dataclass(frozen=True, kw_only=True)
class Census:
    """Objects by type at one moment, and the pools that were found.

    Counted is what the garbage collector tracks: containers and instances, not strings or numbers;
    bytes are shallow. ``before`` is the census that growth is told against.
    """

    counted: ObjectCount
    pools: tuple[PoolState, ...]
    time_ns: int
    rss_bytes: int
    before: Mapping[tuple[str, str], TypeTotal] = field(default_factory=dict, repr=False)
    #: Deep size of the named root, where one was given.
    root_bytes: int | None = None

    @property
    def types(self) -> pd.DataFrame:
        """One row a type, largest first: module, name, count, bytes, growth_count, growth_bytes.

        Growth is against the census before; all of it for a type that was not there.
        """
        import pandas as pd

        nothing = TypeTotal("", "", 0, 0)
        rows = [
            (
                row.module,
                row.name,
                row.count,
                row.bytes,
                row.count - self.before.get((row.module, row.name), nothing).count,
                row.bytes - self.before.get((row.module, row.name), nothing).bytes,
            )
            for row in self.counted.types
        ]
        columns = ["module", "name", "count", "bytes", "growth_count", "growth_bytes"]
        return pd.DataFrame(rows, columns=columns)

    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> Path:
        """Write it as JSON, a dump that ``load`` reads. Raises UsageError where the file exists."""
        target = Path(path)
        if target.exists() and not force:
            raise UsageError(f"{target}: exists already; name another file, or pass force=True")
        part = target.with_name(f".{target.name}.part")
        try:
            part.write_text(json.dumps(self.document()) + "\n")
            part.replace(target)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise RecordError(f"{target}: not written ({(error.strerror or str(error)).lower()})") from error
        return target

    def document(self) -> dict[str, Any]:
        """What `save` writes."""
        return {
            "schema": SCHEMA,
            "time_ns": self.time_ns,
            "pid": os.getpid(),
            "language": "python {}.{}.{}".format(*sys.version_info[:3]),
            "rss_bytes": self.rss_bytes,
            "census": {
                "types": [asdict(row) for row in self.counted.types],
                "objects": self.counted.objects,
                "looked_at": self.counted.looked_at,
                "seconds": round(self.counted.seconds, 4),
                "cut_because": self.counted.cut_because,
            },
            "pools": [state._asdict() for state in self.pools],
        }

    def __repr__(self) -> str:
        cut = f", {self.counted.cut_because}" if self.counted.cut_because else ""
        lines = [f"<Census of {self.counted.looked_at} objects in {len(self.counted.types)} types{cut}>"]
        lines += [f"  {r.bytes:>12,} B {r.count:>9,}  {r.module}.{r.name}" for r in self.counted.types[:10]]
        lines += [_pool_line(state) for state in self.pools]
        return "\n".join(lines)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        text = repr(self)
        return {"text/plain": text, "text/html": f"<pre>{html.escape(text)}</pre>"}


def census(
    *,
    root: object = None,
    max_seconds: float = 5.0,
    max_objects: int = 20_000_000,
) -> Census:
    """Count this process's objects by type, and the pools among them, against the last census.

    ``root`` adds the deep size of one object, by pympler; that is for interactive use: it visits
    everything reachable and leaves memory behind. The caps bound time and the list of objects.
    """
    global _last
    counted = count_objects(max_seconds=max_seconds, max_objects=max_objects)
    before = {(row.module, row.name): row for row in _last.counted.types} if _last else {}
    made = Census(
        counted=counted,
        pools=tuple(pool_states()) if counted.objects else (),
        time_ns=time.time_ns(),
        rss_bytes=proc.resident(os.getpid()),
        before=before,
        root_bytes=None if root is None else deep_size(root),
    )
    _last = made
    return made


def deep_size(root: object) -> int:
    """Bytes of this object and all that only it and others reach from it (pympler's asizeof)."""
    from pympler import asizeof

    return int(asizeof.asizeof(root))


def referrers(type_name: str, *, instances: int = 100) -> pd.DataFrame:
    """Who refers to instances of a type: rows holder (type), key (attribute or dict key), count.

    ``type_name`` is dotted, such as ``httpx.Client``. Looks at this many instances. For interactive
    use: it walks the whole heap once.
    """
    import pandas as pd

    objects = gc.get_objects()
    chosen = [item for item in objects if _name(type(item)) == type_name][:instances]
    if not chosen:
        raise UsageError(f"{type_name}: no such object is tracked; write the name as the census shows it")
    ours = {id(objects), id(chosen), id(sys._getframe())}  # noqa: SLF001  our own frame refers to them too
    holders: Counter[tuple[str, str]] = Counter()
    for item in chosen:
        for holder in gc.get_referrers(item):
            if id(holder) not in ours:
                holders[_name(type(holder)), _key(holder, item)] += 1
    rows = [(holder, key, count) for (holder, key), count in holders.most_common()]
    return pd.DataFrame(rows, columns=["holder", "key", "count"])


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _key(holder: object, item: object) -> str:
    """The name under which a dict holds the object, '' for any other holder."""
    if not isinstance(holder, dict):
        return ""
    return next((key for key, value in holder.items() if value is item and isinstance(key, str)), "")


def _pool_line(state: PoolState) -> str:
    counts = [("in use", state.in_use), ("idle", state.idle), ("limit", state.limit)]
    told = ", ".join(f"{name} {count}" for name, count in counts if count is not None)
    return f"  {state.kind}: {state.instances} × {state.type}" + (f" ({told})" if told else "")
