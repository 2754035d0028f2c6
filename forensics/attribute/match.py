"""Which rules match which frames, asked once per distinct string.

A frame is matched by its subject: ``module:function`` for Python, ``library:symbol`` for native
code (and the module where its library is an extension of a package), the whole function name for Go.
Patterns of Python rules are found by the first part of the module, so a frame of an unknown package is
compared with the few patterns that begin with ``*`` only, and these are tried as one alternation first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
import pandas as pd

from forensics.attribute.places import Places, go_package
from forensics.attribute.ruleset import SCOPES
from forensics.profile import Profile


class Patterned(Protocol):
    """Anything that has patterns per scope."""

    def patterns(self, scope: str) -> tuple[str, ...]: ...


class Matcher:
    """The patterns of one scope, grouped for look-up and compiled when first needed."""

    def __init__(self, rules: Sequence[Patterned], scope: str) -> None:
        self._by_head: dict[str, list[tuple[str, int]]] = {}
        anywhere: list[tuple[str, int]] = []
        for number, rule in enumerate(rules):
            for pattern in rule.patterns(scope):
                head = _head(pattern) if scope not in ("native", "go") else ""
                entry = (expression(scope, pattern), number)
                (self._by_head.setdefault(head, []) if head else anywhere).append(entry)
        self._anywhere = [(re.compile(expression), number) for expression, number in anywhere]
        self._prefilter = re.compile("|".join(f"(?:{expression})" for expression, _ in anywhere) or "(?!)")
        self._compiled: dict[str, list[tuple[re.Pattern[str], int]]] = {}

    def rules(self, subject: str) -> tuple[int, ...]:
        """Numbers of the rules that match, ascending."""
        head = subject.split(":", 1)[0].split(".", 1)[0]
        found = {number for pattern, number in self._of_head(head) if pattern.fullmatch(subject)}
        if self._prefilter.fullmatch(subject):
            found.update(number for pattern, number in self._anywhere if pattern.fullmatch(subject))
        return tuple(sorted(found))

    def _of_head(self, head: str) -> list[tuple[re.Pattern[str], int]]:
        if head not in self._compiled:
            entries = self._by_head.get(head, [])
            self._compiled[head] = [(re.compile(expression), number) for expression, number in entries]
        return self._compiled[head]


@lru_cache(maxsize=64)
def matcher(rules: tuple[Patterned, ...], scope: str) -> Matcher:
    """A matcher over the patterns that the rules have in this scope; kept for the same rules."""
    return Matcher(rules, scope)


def _head(pattern: str) -> str:
    """The first part of the module, '' where a wildcard leaves it open."""
    head = pattern.split(":", 1)[0].split(".", 1)[0]
    return "" if "*" in head else head


def _wild(text: str) -> str:
    return ".*".join(re.escape(part) for part in text.split("*"))


def _dotted_expression(pattern: str) -> str:
    """``torch.hub:load*``: the module or one below it, a function with or without its class.

    ``torch.hub`` is any function there, ``torch.hub:`` a frame without a function's name (tracemalloc).
    A module body is an import and nothing else: only ``<module>`` spelled out matches it.
    """
    module, colon, function = pattern.partition(":")
    of_module = (
        rf"{_wild(module)}(?:\.[^:]*)?" if module and not module.endswith("*") else _wild(module or "*")
    )
    of_function = rf"(?:[^:]*\.)?{_wild(function)}" if colon else ".*"
    if function != "<module>":
        of_function = rf"(?!<module>$){of_function}"
    return f"{of_module}:{of_function}"


def _native_expression(pattern: str) -> str:
    """``libssl*:``: any symbol of the library; ``:data_stack_grow``: the symbol in any."""
    library, _, symbol = pattern.partition(":")
    return f"{_wild(library or '*')}:{_wild(symbol or '*')}"


_EXPRESSIONS: dict[str, Callable[[str], str]] = {
    "python": _dotted_expression,
    "own": _dotted_expression,
    "go_own": _dotted_expression,
    "native": _native_expression,
    "go": _wild,
}


def expression(scope: str, pattern: str) -> str:
    """The regular expression of a rule's pattern over the subjects of a scope."""
    return _EXPRESSIONS[scope](pattern)


def subjects(profile: Profile, where: Places) -> tuple[np.ndarray, list[tuple[str, str]]]:
    """Per frame the number of its subject, and the subjects once each as (scope, text)."""
    frames = profile.frames
    scope_codes = _scope_codes(frames, where)
    function_codes, functions = pd.factorize(frames["function"], use_na_sentinel=False)
    module_codes, modules = pd.factorize(_module_or_library(frames, where), use_na_sentinel=False)
    key = (module_codes * max(len(functions), 1) + function_codes) * len(_SCOPES) + scope_codes
    codes, distinct = pd.factorize(key)
    rest, scope = np.divmod(distinct, len(_SCOPES))
    module, function = np.divmod(rest, max(len(functions), 1))
    texts = [
        (_SCOPES[s], _subject(_SCOPES[s], str(modules[m]), str(functions[f])))
        for s, m, f in zip(scope, module, function, strict=True)
    ]
    return codes, texts


#: What stands for a function's name where the dump has none.
UNNAMED = ("", "<unknown>")
#: Between the library and the module of a native frame; NumPy drops a NUL here.
_AND = "\x1f"
_SCOPES = ("python", "own", "native", "go", "go-own")


def _scope_codes(frames: pd.DataFrame, where: Places) -> np.ndarray:
    go = (frames["language"] == "go").to_numpy()
    codes = np.where(where.native, 2, np.where(where.own, 1, 0))
    return np.where(go, np.where(where.own, 4, 3), codes)


def _module_or_library(frames: pd.DataFrame, where: Places) -> np.ndarray:
    """Dotted modules; for native frames the base name of the library or source file, and its module."""
    if not where.native.any():
        return where.module
    names = where.module.copy()
    files = frames["file"][where.native].map(lambda file: file.rsplit("/", 1)[-1])
    names[where.native] = files.to_numpy(dtype=object) + _AND + where.module[where.native]
    return names


def _subject(scope: str, module: str, function: str) -> str:
    if scope.startswith("go"):
        return function
    return f"{module}:{'' if function in UNNAMED else function}"


def matches(rules: Sequence[Patterned], texts: Sequence[tuple[str, str]]) -> list[tuple[int, ...]]:
    """Per subject the numbers of the rules that match it, ascending."""
    matchers = {scope: matcher(tuple(rules), scope) for scope in SCOPES}
    return [_of_subject(matchers, scope, text) for scope, text in texts]


def _of_subject(matchers: dict[str, Matcher], scope: str, text: str) -> tuple[int, ...]:
    if scope == "go-own":
        package = go_package(text)
        subject = f"{package.replace('/', '.')}:{text[len(package) + 1 :]}"
        named = (*matchers["own"].rules(subject), *matchers["go_own"].rules(subject))
        return tuple(sorted({*named, *matchers["go"].rules(text)}))
    if scope == "native":
        return _of_native(matchers, *text.rpartition(":")[::2])
    return matchers[scope].rules(text)


def _of_native(matchers: dict[str, Matcher], place: str, symbol: str) -> tuple[int, ...]:
    """A native frame answers to its library, and to the package that its library is an extension of."""
    library, _, module = place.partition(_AND)
    named = matchers["native"].rules(f"{library}:{symbol}")
    return tuple(sorted({*named, *matchers["python"].rules(f"{module}:")})) if module else named
