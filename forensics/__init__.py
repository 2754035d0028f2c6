"""Heap forensics: what held the memory, why, and what would have been without it.

``import forensics as hf``; everything public is named in ``__all__`` and imported on first use.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

#: Public name to the module that defines it.
_PUBLIC = {
    "BadDump": "forensics.errors",
    "BadProfile": "forensics.errors",
    "Capture": "forensics.capture",
    "Diagnosis": "forensics.diagnose",
    "ForensicsError": "forensics.errors",
    "Ledger": "forensics.attribute",
    "Profile": "forensics.profile",
    "UnknownFormat": "forensics.errors",
    "attribute": "forensics.attribute",
    "cause_chart": "forensics.views.show",
    "claims": "forensics.diagnose.claims",
    "convert": "forensics.export",
    "diagnose": "forensics.diagnose",
    "census": "forensics.census",
    "flame_graph": "forensics.views.show",
    "icicle": "forensics.views.show",
    "load": "forensics.readers",
    "load_series": "forensics.readers.series",
    "moment_panel": "forensics.views.show",
    "pull": "forensics.pull",
    "record": "forensics.record",
    "recover_functions": "forensics.readers.source_functions",
    "replay": "forensics.replay",
    "report": "forensics.report",
    "snapshots": "forensics.snapshots",
    "snapshots_if_asked": "forensics.snapshots",
    "symbolise": "forensics.readers.symbol_file",
    "symbolise_native": "forensics.readers.memray_capture.symbolise",
    "timeline": "forensics.views.show",
    "what_if_panel": "forensics.views.show",
}
__all__ = sorted(_PUBLIC)  # pyright: ignore[reportUnsupportedDunderAll]

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from forensics.attribute import Ledger as Ledger
    from forensics.attribute import attribute as attribute
    from forensics.capture import Capture as Capture
    from forensics.census import census as census
    from forensics.diagnose import Diagnosis as Diagnosis
    from forensics.diagnose import diagnose as diagnose
    from forensics.diagnose.claims import claims as claims
    from forensics.errors import BadDump as BadDump
    from forensics.errors import BadProfile as BadProfile
    from forensics.errors import ForensicsError as ForensicsError
    from forensics.errors import UnknownFormat as UnknownFormat
    from forensics.export import convert as convert
    from forensics.profile import Profile as Profile
    from forensics.pull import pull as pull
    from forensics.readers import load as load
    from forensics.readers.memray_capture.symbolise import symbolise_native as symbolise_native
    from forensics.readers.series import load_series as load_series
    from forensics.readers.source_functions import recover_functions as recover_functions
    from forensics.readers.symbol_file import symbolise as symbolise
    from forensics.record import record as record
    from forensics.replay import replay as replay
    from forensics.report import report as report
    from forensics.snapshots import snapshots as snapshots
    from forensics.snapshots import snapshots_if_asked as snapshots_if_asked
    from forensics.views.show import cause_chart as cause_chart
    from forensics.views.show import flame_graph as flame_graph
    from forensics.views.show import icicle as icicle
    from forensics.views.show import moment_panel as moment_panel
    from forensics.views.show import timeline as timeline
    from forensics.views.show import what_if_panel as what_if_panel


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'forensics' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


def load_ipython_extension(shell: InteractiveShell) -> None:
    """``%load_ext forensics``: the ``%%memray`` magic and the ``df.heap`` accessor."""
    from forensics.magics import register

    register(shell)


class _Package(ModuleType):
    """This package. A public function is named like the subpackage that it lives in (``replay``)."""

    def __setattr__(self, name: str, value: object) -> None:
        """The import system binds a subpackage here once it is imported: bind its function instead."""
        if isinstance(value, ModuleType) and _PUBLIC.get(name) == value.__name__:
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
