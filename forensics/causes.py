"""The fixed vocabulary of causes: why memory was allocated. Two levels, kebab-case."""

from __future__ import annotations

#: Cause to what it means, in the order a ledger uses between equal rows.
CAUSES: dict[str, str] = {
    "model-load": "weights and other state of a machine-learning model",
    "import": "modules and shared libraries loaded by an import statement",
    "regex": "compiling patterns and matching them",
    "pool": "connections and workers kept for reuse",
    "pool/db": "database connections, engines and sessions",
    "pool/http": "HTTP clients and their connections",
    "pool/thread": "threads of a pool",
    "pool/process": "worker processes of a pool",
    "tls": "TLS contexts, certificates and sessions",
    "cache": "results kept to be used again",
    "payload": "requests and responses: parsing, building and serialising JSON, XML, HTML and the like",
    "data": "arrays, data frames, tensors and images",
    "concurrency": "tasks, goroutines, queues and stacks",
    "logging": "log records, handlers and formatting",
    "runtime": "interpreter, allocator arenas and code objects",
    "profiler": "the recorder itself",
    "unexplained": "what no rule explains",
}
UNEXPLAINED = "unexplained"

PHASES = ("import", "startup", "serving", "shutdown", "background", "unknown")


def parent(cause: str) -> str:
    """The first level of a cause: ``pool`` of ``pool/db``."""
    return cause.split("/", 1)[0]
