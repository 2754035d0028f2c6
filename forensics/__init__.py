"""Heap forensics: what held the memory, why, and what would have been without it.

``import forensics as hf``; everything public is named in ``__all__`` and imported on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

#: Public name to the module that defines it.
_PUBLIC = {
    "BadDump": "forensics.errors",
    "BadProfile": "forensics.errors",
    "Capture": "forensics.capture",
    "ForensicsError": "forensics.errors",
    "Profile": "forensics.profile",
    "UnknownFormat": "forensics.errors",
    "load": "forensics.readers",
    "replay": "forensics.replay",
}
__all__ = sorted(_PUBLIC)  # pyright: ignore[reportUnsupportedDunderAll]

if TYPE_CHECKING:
    from forensics.capture import Capture as Capture
    from forensics.errors import BadDump as BadDump
    from forensics.errors import BadProfile as BadProfile
    from forensics.errors import ForensicsError as ForensicsError
    from forensics.errors import UnknownFormat as UnknownFormat
    from forensics.profile import Profile as Profile
    from forensics.readers import load as load
    from forensics.replay import replay as replay


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'forensics' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
