"""Profiles that pprof saved after a subtraction: two sides, never one profile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from forensics.profile import Profile


@dataclass(frozen=True, kw_only=True)
class SavedDifference:
    """The sides of a difference that pprof wrote with ``-diff_base`` or ``-base``.

    ``labelled``: base samples carry the label ``pprof::base`` (``-diff_base``), so both sides are
    whole. Without it (``-base``) equal parts have cancelled out: base is what shrank, head what grew.
    """

    labelled: bool
    moments: tuple[str, ...]
    build: Callable[[str, str], Profile]

    def base(self, moment: str = "") -> Profile:
        """What was subtracted, as values of 0 and more; of the preferred moment by default."""
        return self.build("base", moment or self.moments[0])

    def head(self, moment: str = "") -> Profile:
        """What it was subtracted from."""
        return self.build("head", moment or self.moments[0])

    def __repr__(self) -> str:
        kind = "both sides whole" if self.labelled else "equal parts cancelled out"
        return f"<SavedDifference of {', '.join(self.moments)}: {kind}>"
