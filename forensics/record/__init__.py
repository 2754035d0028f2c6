"""Recording: a command under memray, and beside its capture a side-car that tells its story.

`run` starts and follows a command, `inside` records the running process, `attach` a foreign one.
What runs in the recorded process (`bootstrap`) and in the sampler (`sampler`, `proc`) imports the
standard library alone.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forensics.record.inside import InsideRecording


def record(
    output: str | os.PathLike[str],
    *,
    native: bool = False,
    python_allocators: bool = False,
    aggregate: bool = False,
    follow_fork: bool = False,
    interval_seconds: float = 0.1,
    force: bool = False,
) -> AbstractContextManager[InsideRecording]:
    """A block whose allocations, on all threads, are recorded into ``output``, with a side-car.

    Every allocation, unbuffered: a kill inside the block leaves the capture and a readable side-car.
    What was allocated before the block is not in it. What the block yields can be given to ``load``
    afterwards. On entry raises UsageError where the output exists (without ``force``), RecordError
    where memray is missing or already records this process.
    """
    from forensics.record.inside import recording

    return recording(
        output,
        native=native,
        python_allocators=python_allocators,
        aggregate=aggregate,
        follow_fork=follow_fork,
        interval_seconds=interval_seconds,
        force=force,
    )
