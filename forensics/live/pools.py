"""Pools and connections alive in this process, with what is checked out, idle and allowed.

Known classes are told by their name, so nothing is imported to look for them; counts are read from
the attributes that the libraries keep, named here beside the version they were read in.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class PoolState(NamedTuple):
    """One pool or the connections of one class; None is unknown, a limit of -1 is unlimited."""

    kind: str
    type: str
    instances: int
    in_use: int | None
    idle: int | None
    limit: int | None


Counts = tuple[int | None, int | None, int | None]


def _sqlalchemy(pool: Any) -> Counts:
    """SQLAlchemy 2.0 QueuePool: overflow may be unlimited."""
    most = pool._max_overflow
    return pool.checkedout(), pool.checkedin(), -1 if most == -1 else pool.size() + most


def _psycopg(pool: Any) -> Counts:
    """psycopg_pool 3.3: the pool's deque of idle connections."""
    idle = len(pool._pool)
    return pool._nconns - idle, idle, pool.max_size


def _asyncpg(pool: Any) -> Counts:
    """asyncpg 0.32."""
    return pool.get_size() - pool.get_idle_size(), pool.get_idle_size(), pool.get_max_size()


def _redis(pool: Any) -> Counts:
    """redis-py 8.1, sync and asyncio."""
    return len(pool._in_use_connections), len(pool._available_connections), pool.max_connections


def _httpcore(pool: Any) -> Counts:
    """httpcore 1.0, the pool under httpx clients."""
    idle = sum(connection.is_idle() for connection in pool.connections)
    return len(pool.connections) - idle, idle, pool._max_connections


def _urllib3(pool: Any) -> Counts:
    """urllib3 2, the pool under requests sessions: its queue is filled up with None."""
    queue = pool.pool.queue
    idle = sum(connection is not None for connection in queue)
    return pool.pool.maxsize - len(queue), idle, pool.pool.maxsize


def _aiohttp(connector: Any) -> Counts:
    """aiohttp 3.14."""
    idle = sum(len(connections) for connections in connector._conns.values())
    return len(connector._acquired), idle, connector.limit or -1


def _threads(executor: Any) -> Counts:
    """concurrent.futures, CPython 3.11 to 3.14."""
    idle = executor._idle_semaphore._value
    return len(executor._threads) - idle, idle, executor._max_workers


def _processes(executor: Any) -> Counts:
    return len(executor._processes or ()), None, executor._max_workers


def _uncounted(_item: Any) -> Counts:
    return None, None, None


#: Class to its kind and how it is counted. Subclasses count as their class.
KNOWN: Mapping[str, tuple[str, Callable[[Any], Counts]]] = {
    "sqlalchemy.pool.impl.QueuePool": ("database pool", _sqlalchemy),
    "sqlalchemy.engine.base.Engine": ("database engine", _uncounted),
    "psycopg_pool.pool.ConnectionPool": ("database pool", _psycopg),
    "psycopg_pool.pool_async.AsyncConnectionPool": ("database pool", _psycopg),
    "psycopg.Connection": ("database connection", _uncounted),
    "psycopg.AsyncConnection": ("database connection", _uncounted),
    "asyncpg.pool.Pool": ("database pool", _asyncpg),
    "asyncpg.connection.Connection": ("database connection", _uncounted),
    "redis.connection.ConnectionPool": ("redis pool", _redis),
    "redis.asyncio.connection.ConnectionPool": ("redis pool", _redis),
    "httpx.Client": ("http client", _uncounted),
    "httpx.AsyncClient": ("http client", _uncounted),
    "httpcore._sync.connection_pool.ConnectionPool": ("http pool", _httpcore),
    "httpcore._async.connection_pool.AsyncConnectionPool": ("http pool", _httpcore),
    "requests.sessions.Session": ("http client", _uncounted),
    "urllib3.connectionpool.HTTPConnectionPool": ("http pool", _urllib3),
    "aiohttp.client.ClientSession": ("http client", _uncounted),
    "aiohttp.connector.TCPConnector": ("http pool", _aiohttp),
    "concurrent.futures.thread.ThreadPoolExecutor": ("thread pool", _threads),
    "concurrent.futures.process.ProcessPoolExecutor": ("process pool", _processes),
}
_MOST_INSTANCES = 10_000


def pool_states(objects: list[Any] | None = None) -> list[PoolState]:
    """One row a known class that has instances, its counts summed over them; sorted by class.

    ``objects`` are those to look through, by default all that the collector tracks.
    """
    looked_through = gc.get_objects() if objects is None else objects
    names = {kind: name for kind in set(map(type, looked_through)) if (name := _known_name(kind))}
    found: dict[str, list[Any]] = {}
    if names:
        for item in [item for item in looked_through if type(item) in names]:
            found.setdefault(names[type(item)], []).append(item)
    return [_state(name, instances) for name, instances in sorted(found.items())]


def _known_name(kind: type) -> str:
    """The first known class that this one is or derives from, '' if there is none."""
    for base in kind.__mro__:
        name = f"{base.__module__}.{base.__qualname__}"
        if name in KNOWN:
            return name
    return ""


def _state(name: str, instances: list[Any]) -> PoolState:
    kind, count = KNOWN[name]
    counted = [_counts(count, item) for item in instances[:_MOST_INSTANCES]]
    in_use, idle, limits = (_sum(column) for column in zip(*counted, strict=True))
    if any(limit == -1 for _, _, limit in counted):
        limits = -1
    return PoolState(kind, name, len(instances), in_use, idle, limits)


def _counts(count: Callable[[Any], Counts], item: Any) -> Counts:
    """What the library's attributes say; unknown where it is closed, half-built or another version."""
    try:
        return count(item)
    except (AttributeError, TypeError, KeyError, RuntimeError):
        return None, None, None


def _sum(values: tuple[int | None, ...]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
