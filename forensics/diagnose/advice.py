"""What to do about memory that stays, by cause, and what would tell a store from a batch."""

from __future__ import annotations

TWICE = "record a run twice as long: a bounded cache stops at its bound, a leak doubles"
#: A store that the exit empties looks like a batch that is gathered for a last step.
TWICE_AS_LONG = (
    "it rose evenly until then: record a run twice as long, or one that is stopped midway; what doubles, or "
    "is still there, is kept and not one batch"
)

ADVICE = {
    "cache": "Give it a bound (a maximum size, a time to live) or a place outside of the process.",
    "data": "Write results out as they come, or keep what is needed of each instead of the whole.",
    "payload": "Write results out as they come, or keep what is needed of each instead of the whole.",
    "logging": "Give the handler a capacity that flushes, and keep references instead of bodies in records.",
    "concurrency": "End what is started: bound the queue, await or cancel tasks, join threads.",
    "unexplained": "Find out what the library keeps: record with native stacks.",
}
