"""Frames of the locations: symbols where there are any, else ``module+0xoffset``; drop_frames applied."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from forensics.builder import LANGUAGES, module_of
from forensics.readers.go_symbols import package_of
from forensics.readers.pprof_profile import wire_kernel as kernel
from forensics.readers.pprof_profile.texts import Texts
from forensics.readers.pprof_profile.wire import Broken, Ids, Messages

_LANGUAGE_OF_SUFFIX = {
    ".go": "go", ".py": "python", ".pyx": "python", ".java": "java", ".kt": "java", ".scala": "java",
    ".c": "native", ".cc": "native", ".cpp": "native", ".cxx": "native", ".h": "native", ".hpp": "native",
    ".rs": "native", ".s": "native", ".S": "native",
}  # fmt: skip
#: Parts of a C++ name that hold a bracket and are no list of arguments.
_ARGUMENTS = re.compile(r"\(anonymous namespace\)|operator\(\)|(\()")


class Locations(NamedTuple):
    """The frame table, and for each location its frames, innermost first, and what drop_frames does to it."""

    frames: pd.DataFrame
    frame_first: np.ndarray
    frame_ids: np.ndarray
    prune: np.ndarray
    #: Why drop_frames was left alone, '' where it was not.
    note: str


class _Lines(NamedTuple):
    """Lines with a symbol: their location, and numbers of their function and file in the names."""

    location: np.ndarray
    function: np.ndarray
    file: np.ndarray
    line: np.ndarray


def read_locations(messages: Messages, texts: Texts) -> Locations:
    """Frames of all locations. Raises Broken where a location refers to what is not there."""
    names: dict[str, int] = {}
    lines = _symbolised(messages, texts, names)
    dropped, note = _dropped(messages, texts, names, lines)
    lines, prune = _trimmed(lines, dropped, len(messages.locations))
    bare = np.flatnonzero(np.bincount(lines.location, minlength=len(messages.locations)) == 0)
    lines = _with_bare(lines, bare, *_bare_names(messages, texts, names, bare))
    key, _ = pd.factorize(lines.function << 32 | lines.file)
    frame_ids, unique = pd.factorize(key << 32 | (lines.line + 1))  # lines start at -1
    first = pd.Series(frame_ids).drop_duplicates().index.to_numpy() if len(unique) else np.zeros(0, np.int64)
    counts = np.bincount(lines.location, minlength=len(messages.locations))
    return Locations(
        frames=_table(list(names), lines.function[first], lines.file[first], lines.line[first]),
        frame_first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        frame_ids=frame_ids.astype(np.int64),
        prune=prune,
        note=note,
    )


def _symbolised(messages: Messages, texts: Texts, names: dict[str, int]) -> _Lines:
    functions = messages.functions
    wanted = messages.lines[:, 1]
    rows = Ids(functions[:, 1], "function").rows(wanted)
    if messages.whole and ((rows < 0) & (wanted != 0)).any():
        raise Broken("a line of a function that is not in it")
    location = np.repeat(np.arange(len(messages.locations)), np.diff(messages.line_first))
    known = rows >= 0
    function = functions[rows[known]].astype(np.int64)
    line = messages.lines[known, 2].astype(np.int64)
    return _Lines(
        location=location[known],
        function=texts.ids(np.where(function[:, 2] != 0, function[:, 2], function[:, 3]), names),
        file=texts.ids(function[:, 4], names),
        line=np.where((line < 0) | (line > 0x7FFFFFFF), 0, line),
    )


def _dropped(
    messages: Messages, texts: Texts, names: dict[str, int], lines: _Lines
) -> tuple[np.ndarray, str]:
    """Whether each line's function is one to drop, by the rule of google/pprof's profile/prune.go."""
    drop = texts[int(messages.scalars[kernel.DROP_FRAMES])]
    keep = texts[int(messages.scalars[kernel.KEEP_FRAMES])]
    if not drop:
        return np.zeros(len(lines.function), bool), ""
    plain = pa.array([simplified(name) for name in names], pa.string())
    try:
        matched = np.asarray(pc.match_substring_regex(plain, f"^(?:{drop})$"))
        if keep:
            matched &= ~np.asarray(pc.match_substring_regex(plain, f"^(?:{keep})$"))
    except pa.ArrowInvalid:
        return np.zeros(
            len(lines.function), bool
        ), "drop_frames is no regular expression: nothing was dropped"
    matched &= np.array([name != "" for name in names])
    return matched[lines.function], ""


def simplified(name: str) -> str:
    """A function's name without its list of arguments, as pprof compares it with drop_frames."""
    name = name.removeprefix(".")
    for found in _ARGUMENTS.finditer(name):
        if found[1]:
            return name[: found.start()]
    return name


def _trimmed(lines: _Lines, dropped: np.ndarray, locations: int) -> tuple[_Lines, np.ndarray]:
    """Lines without those inlined below a dropped one, and KEPT, PRUNE_BENEATH or PRUNE by location."""
    prune = np.full(locations, kernel.KEPT, np.int8)
    if not dropped.any():
        return lines, prune
    position = np.arange(len(dropped))
    last_dropped = np.full(locations, -1)
    np.maximum.at(last_dropped, lines.location[dropped], position[dropped])
    last = np.full(locations, -1)
    np.maximum.at(last, lines.location, position)
    hit = last_dropped >= 0
    prune[hit] = np.where(last_dropped[hit] == last[hit], kernel.PRUNE, kernel.PRUNE_BENEATH)
    stays = (prune[lines.location] != kernel.PRUNE_BENEATH) | (position > last_dropped[lines.location])
    return _Lines(*(column[stays] for column in lines)), prune


def _bare_names(
    messages: Messages, texts: Texts, names: dict[str, int], bare: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Names and files of locations without a symbol: ``module+0xoffset``, ``0xaddress`` in no mapping."""
    mappings = messages.mappings.tolist()
    rows = Ids(messages.mappings[:, 1], "mapping").rows(messages.locations[bare, 2]).tolist()
    functions, files = [], []
    for row, address in zip(rows, messages.locations[bare, 3].tolist(), strict=True):
        function, file = f"0x{address:x}", ""
        if row >= 0:
            _, _, start, _, offset, text, _ = mappings[row]
            file = texts[text]
            module = PurePosixPath(file).name or file
            if module and address >= start:
                function = f"{module}+0x{address - start + offset:x}"
        functions.append(names.setdefault(function, len(names)))
        files.append(names.setdefault(file, len(names)))
    return np.array(functions, np.int64), np.array(files, np.int64)


def _with_bare(lines: _Lines, bare: np.ndarray, functions: np.ndarray, files: np.ndarray) -> _Lines:
    """All lines in order of their locations; inlined ones keep their order. Bare ones have line -1 here."""
    joined = [
        np.concatenate([column, more])
        for column, more in zip(lines, (bare, functions, files, np.full(len(bare), -1)), strict=True)
    ]
    order = np.argsort(joined[0], kind="stable")
    return _Lines(*(column[order] for column in joined))


def _table(names: list[str], function: np.ndarray, file: np.ndarray, line: np.ndarray) -> pd.DataFrame:
    """The frame table; frames of line -1 have no symbol."""
    texts = pd.array(names, dtype="str")
    bare = line < 0
    file_numbers, files = pd.factorize(file)
    languages = np.array(_languages([names[number] for number in files]), dtype=object)[file_numbers]
    languages = np.where(bare, "native", languages) if len(languages) else languages
    pairs = zip(function.tolist(), file.tolist(), languages.tolist(), bare.tolist(), strict=True)
    modules = [
        PurePosixPath(names[at]).name if is_bare else _module(names[name], names[at], language)
        for name, at, language, is_bare in pairs
    ]
    return pd.DataFrame(
        {
            "function": texts.take(function),
            "file": texts.take(file),
            "line": np.where(bare, 0, line).astype(np.int32),
            "module": pd.array(modules, dtype="str"),
            "language": pd.Categorical(languages, categories=LANGUAGES),
        }
    )


def _languages(files: list[str]) -> list[str]:
    """The language that the suffix of each source file tells, ``unknown`` where it does not.

    A Go program's assembly and generated methods are Go's.
    """
    languages = [_LANGUAGE_OF_SUFFIX.get(PurePosixPath(file).suffix, "unknown") for file in files]
    if "go" not in languages:
        return languages
    generated = [file.endswith(".s") or file == "<autogenerated>" for file in files]
    return ["go" if mine else language for mine, language in zip(generated, languages, strict=True)]


def _module(function: str, file: str, language: str) -> str:
    if language == "python":
        return module_of(file)
    return package_of(function) if language == "go" else ""
