"""Profiles of google/pprof: Go, gperftools, and whatever else writes profile.proto.

Format: one protobuf message ``perftools.profiles.Profile``, gzipped or raw, without a magic number.
Source: https://github.com/google/pprof/blob/main/proto/profile.proto
Seen: the Go runtime of Go 1.19 and what `forensics convert` writes; google/pprof's other writers by format.

Memory sample types become the moments ``live`` (inuse_*) and ``allocated`` (alloc_*); Go's counts of
goroutines and threads ``live`` with the measure ``goroutines`` or ``threads``; any others one moment
``recorded`` with a measure for each type under its own name and unit. Where samples carry
labels, ``allocations`` has a column ``label_id``: the row of ``capture.extras["labels"]``, -1 for none.
A saved difference has no moments: `saved_difference` gives its two sides.
"""

from __future__ import annotations

from forensics.capture import Capture
from forensics.readers.pprof_profile.recognition import looks_like_profile
from forensics.readers.source import Source

FORMAT = "pprof"
DESCRIPTION = "a pprof profile (profile.proto, gzipped or not)"


def matches(source: Source) -> bool:
    return looks_like_profile(source.head)


def load(source: Source) -> Capture:
    """The profile as a capture, what is whole of it when cut. Raises BadDump, TooLarge."""
    from forensics.readers.pprof_profile.loading import load_profile  # compiled loops: imported late

    return load_profile(source)
