"""Attribution: the cause, owner and phase of every call path, by rules that are data.

The algorithm is numbered in `forensics.attribute.assign`; rules are TOML files in ``rules/``.
"""

from forensics.attribute.assign import CAUSE_NAMES, Assignment, assign
from forensics.attribute.kept import attribute_capture, kept_callsites
from forensics.attribute.ledger import (
    Ledger,
    Reason,
    arena_bytes,
    attribute,
    frame_text,
    mapped_bytes,
    reserved_bytes,
    row_causes,
)
from forensics.attribute.places import Places, places
from forensics.attribute.ruleset import Rule, UserRules, built_in_rules, load_rules
from forensics.attribute.select import KEYS, select

__all__ = [
    "CAUSE_NAMES",
    "KEYS",
    "Assignment",
    "Ledger",
    "Places",
    "Reason",
    "Rule",
    "UserRules",
    "arena_bytes",
    "assign",
    "attribute",
    "attribute_capture",
    "built_in_rules",
    "frame_text",
    "kept_callsites",
    "load_rules",
    "mapped_bytes",
    "places",
    "reserved_bytes",
    "row_causes",
    "select",
]
