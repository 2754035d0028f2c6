"""Rules as data: reading rule files and refusing what does not make sense.

A rule file is TOML with ``[[rule]]`` tables (in a ``pyproject.toml``: ``[[tool.forensics.rule]]``):

    id        unique name
    cause     one of the fixed vocabulary
    tier      "strong" (this frame is the reason) or "weak" (it is, where nothing strong matches)
    at        "anywhere" on the stack (default), "leaf": the innermost frame that is no native one,
              or "owner": the innermost frame of the application
    python    patterns ``module:function``; a module takes in its submodules; ``*`` is any text
    own       the same over the application's own frames, where module is the file's stem
    native    ``library:symbol``
    go        whole function names, ``net/http.(*Transport).*``
    go_own    ``package:function`` over the application's own Go frames
    when      "always" (default), "passing": not where the memory is kept and added to,
              or "not-growing": the same, where the events themselves tell that it grows
    ends      "never" (default), or "own": not for what a frame of the application makes that it calls
    outranks  causes that do not take over further in: an HTTP client's TLS context is the client's
    why       the sentence that is shown to the user
    example   a stack that the rule has to win, outermost first, frames separated by `` > ``
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, cast

from forensics.causes import CAUSES, PHASES, UNEXPLAINED
from forensics.errors import BadRules

Tier = Literal["strong", "weak"]
SCOPES = ("python", "own", "native", "go", "go_own")
_TEXTS = ("id", "cause", "tier", "at", "when", "ends", "why", "example")
_REQUIRED = ("id", "cause", "tier", "why", "example")
_KNOWN = frozenset({*_TEXTS, *SCOPES, "outranks"})
LARGEST_RULE_FILE = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Why frames like these mean this cause."""

    id: str
    cause: str
    tier: Tier
    why: str
    example: str
    at: Literal["anywhere", "leaf", "owner"] = "anywhere"
    python: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    native: tuple[str, ...] = ()
    go: tuple[str, ...] = ()
    go_own: tuple[str, ...] = ()
    outranks: tuple[str, ...] = ()
    when: Literal["always", "passing", "not-growing"] = "always"
    ends: Literal["never", "own"] = "never"

    def patterns(self, scope: str) -> tuple[str, ...]:
        return cast("tuple[str, ...]", getattr(self, scope))


@dataclass(frozen=True, kw_only=True)
class PhaseRule:
    """Frames that tell when in the life of a program something ran."""

    id: str
    phase: str
    why: str
    python: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    go: tuple[str, ...] = ()
    go_own: tuple[str, ...] = ()
    native: tuple[str, ...] = ()

    def patterns(self, scope: str) -> tuple[str, ...]:
        return cast("tuple[str, ...]", getattr(self, scope))


@dataclass(frozen=True, kw_only=True)
class UserRules:
    """What a user's file adds: rules that are asked first, and patterns of files that are own."""

    rules: tuple[Rule, ...] = ()
    own: tuple[str, ...] = ()


@cache
def built_in_rules() -> tuple[Rule, ...]:
    """The rules that come with the package, most telling first."""
    folder = resources.files("forensics.attribute") / "rules"
    found: list[Rule] = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml") and file.name != "phases.toml":
            found += rules_from(tomllib.loads(file.read_text("utf-8")), file.name).rules
    _check_unique(found, "rules")
    return tuple(found)


@cache
def phase_rules() -> tuple[PhaseRule, ...]:
    """The frames that tell phases apart."""
    file = resources.files("forensics.attribute") / "rules" / "phases.toml"
    return tuple(_phase_rule(row) for row in tomllib.loads(file.read_text("utf-8"))["phase"])


def _phase_rule(row: Mapping[str, Any]) -> PhaseRule:
    where = f"phases.toml: {row['id']}"
    _check_choice(row["phase"], PHASES, "phase", where)
    patterns = {scope: _strings(row, scope, where) for scope in SCOPES}
    return PhaseRule(id=row["id"], phase=row["phase"], why=row["why"], **patterns)


def load_rules(path: str | Path) -> UserRules:
    """The rules and own-code patterns in a TOML file or the ``[tool.forensics]`` of a pyproject.toml.

    Raises BadRules where the file cannot be read or does not say what a rule file has to say.
    """
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST_RULE_FILE:
            raise BadRules(f"{path}: more than {LARGEST_RULE_FILE} bytes of rules")
        document = tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise BadRules(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadRules(f"{path}: is not TOML: {error}") from error
    if path.name == "pyproject.toml":
        document = document.get("tool", {}).get("forensics", {})
    return rules_from(document, str(path))


def rules_from(document: Mapping[str, Any], name: str) -> UserRules:
    """The rules of a parsed document; ``name`` is what errors call it."""
    unknown = sorted(set(document) - {"rule", "own"})
    if unknown:
        raise BadRules(f"{name}: unknown key {unknown[0]!r}; a rule file has [[rule]] tables and `own`")
    rows = document.get("rule", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadRules(f"{name}: `rule` must be [[rule]] tables")
    rules = tuple(
        _rule(row, f"{name}: rule {row.get('id', number + 1)!r}") for number, row in enumerate(rows)
    )
    _check_unique(rules, name)
    return UserRules(rules=rules, own=_strings(document, "own", name))


def _rule(row: Mapping[str, Any], where: str) -> Rule:
    unknown = sorted(set(row) - _KNOWN)
    if unknown:
        raise BadRules(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(_KNOWN))}")
    absent = [key for key in _REQUIRED if key not in row]
    if absent:
        raise BadRules(f"{where}: has no {absent[0]!r}")
    texts = {key: _text(row, key, where) for key in _TEXTS if key in row}
    _check_choice(texts["cause"], [cause for cause in CAUSES if cause != UNEXPLAINED], "cause", where)
    _check_choice(texts["tier"], ("strong", "weak"), "tier", where)
    _check_choice(texts.get("at", "anywhere"), ("anywhere", "leaf", "owner"), "at", where)
    _check_choice(texts.get("when", "always"), ("always", "passing", "not-growing"), "when", where)
    _check_choice(texts.get("ends", "never"), ("never", "own"), "end", where)
    patterns = {scope: _strings(row, scope, where) for scope in SCOPES}
    if not any(patterns.values()):
        raise BadRules(f"{where}: has no patterns; give at least one of {', '.join(SCOPES)}")
    outranks = _strings(row, "outranks", where)
    for cause in outranks:
        _check_choice(cause, list(CAUSES), "cause to outrank", where)
    return Rule(**texts, **patterns, outranks=outranks)  # type: ignore[arg-type]


def _text(row: Mapping[str, Any], key: str, where: str) -> str:
    value = row[key]
    if not isinstance(value, str) or not value.strip():
        raise BadRules(f"{where}: {key!r} must be a text")
    return value


def _strings(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = row.get(key, [])
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip("*:") for v in values):
        raise BadRules(f"{where}: {key!r} must be a list of texts, none of them empty or all wildcard")
    return tuple(values)


def _check_choice(value: str, choices: Iterable[str], what: str, where: str) -> None:
    known = list(choices)
    if value not in known:
        raise BadRules(f"{where}: {value!r} is no {what}; known are {', '.join(known)}")


def _check_unique(rules: Sequence[Rule], where: str) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise BadRules(f"{where}: two rules are called {rule.id!r}")
        seen.add(rule.id)
