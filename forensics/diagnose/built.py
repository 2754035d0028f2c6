"""What one construction is: a load looks like growth in a run that does little else."""

from __future__ import annotations

import re
from itertools import dropwhile

import numpy as np

from forensics.attribute.assign import BUILDING
from forensics.attribute.sweep import NONE
from forensics.diagnose.case import Case
from forensics.profile import path_of

BUILDS = re.compile(BUILDING, re.IGNORECASE)
#: Frames through which a program gets to what it builds once.
_OUTER_BODIES = ("<module>", "main")
_BODIES = (*_OUTER_BODIES, "__init__", "__new__", "__post_init__")


def built_once(case: Case, mask: np.ndarray) -> bool:
    """Whether what grew was one construction: builders alone, from the module body down to the owner.

    A load in a short run looks like growth, since the run does little else.
    """
    names = _own_names(case, mask)
    builds = bool(names) and bool(BUILDS.search(names[-1]))
    return constructed(case, mask) or (builds and all(BUILDS.search(n) or n in _BODIES for n in names))


def constructed(case: Case, mask: np.ndarray) -> bool:
    """Whether a module body made it, or the constructor of what the program is made of."""
    names = _own_names(case, mask)
    if names[-1:] == ["<module>"] and case.phase(mask) == "import":
        return True
    return list(dropwhile(lambda name: name in _OUTER_BODIES, names))[:1] == ["__init__"]


def _own_names(case: Case, mask: np.ndarray) -> list[str]:
    """The application's functions down to the owner of most of these bytes, outermost first."""
    site = int(np.flatnonzero(mask)[np.maximum(case.bytes, case.at_end)[mask].argmax()])
    owner = int(case.ledger.assignment.owner[site])
    if owner == NONE:
        return []
    frames = case.profile.callsites["frame_id"].to_numpy()[path_of(case.profile, owner)]
    own = frames[case.ledger.assignment.places.own[frames]]
    return [str(name) for name in case.profile.frames["function"].iloc[own]]
