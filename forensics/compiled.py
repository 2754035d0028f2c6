"""Compiled loops: numba makes machine code of them once, llvmlite alone loads it ever after.

``@compiled`` stands where ``@numba.njit`` would. numba takes 0.4 s and 60 MiB to start and to load
what it cached, in every process; the same code out of an object file takes 0.05 s. So nothing here
imports numba until a loop has to be compiled: on its first call, or ahead of time by
``python -m forensics.warm``. The code is kept in ``__pycache__`` beside the source, else in the
user's cache directory, under a name that holds everything it depends on.

A loop takes C-contiguous arrays and numbers, and answers None, a number or a tuple of integers.
It allocates nothing and raises nothing, so its machine code needs neither numba nor Python.

The calling convention is numba's (``numba/core/callconv.py``, CPUCallConv): ``int32 f(result *,
excinfo **, arguments…)``, an array being (meminfo, parent, items, itemsize, data, shape…, strides…).
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import platform
import struct
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache, cached_property, partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

#: Options of numba: no reference counts, no interpreter lock.
OPTIONS = {"nogil": True, "_nrt": False, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
MAGIC = b"forensics machine code 1\n"
#: A function answered this instead of 0: its result is None.
NONE = -2
#: Symbols that code without a running numba cannot have.
FOREIGN = (b"NRT_", b"numba_", b"PyErr_", b"PyObject_")
_lock = threading.RLock()


class Loop:
    """A function that runs as machine code; made by `compiled`."""

    def __init__(self, function: Callable[..., Any], *, inline: bool) -> None:
        self.function = function
        self.inline = inline
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__
        self._bound: dict[tuple[object, ...], Callable[..., Any]] = {}

    def __call__(self, *arguments: Any) -> Any:
        return self.prepared(*arguments)()

    def prepared(self, *arguments: Any) -> Callable[[], Any]:
        """The loop over these very arguments, for many calls: looking at them takes longest."""
        kinds = tuple(map(_kind, arguments))
        bound = self._bound.get(kinds)
        if bound is None:
            with _lock:
                bound = self._bound.setdefault(kinds, _bind(self, kinds, arguments))
        return partial(bound, _passed(arguments), arguments)

    @cached_property
    def dispatcher(self) -> Any:
        """The function as numba knows it: what other loops that call it are compiled with."""
        import numba

        _teach_numba()
        return numba.njit(**OPTIONS, forceinline=self.inline)(self.function)


class Intrinsic:
    """The name of a numba intrinsic, which is imported only when a loop that uses it is compiled."""

    known: ClassVar[list[Intrinsic]] = []

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name
        self.known.append(self)

    @cached_property
    def dispatcher(self) -> Any:
        return getattr(import_module(self._module), self._name)


def compiled(function: Callable[..., Any]) -> Any:
    """Run this function as machine code, compiled for the kinds of arguments it is called with."""
    return Loop(function, inline=False)


def inlined(function: Callable[..., Any]) -> Any:
    """As `compiled`, copied into every loop that calls it."""
    return Loop(function, inline=True)


@cache
def _teach_numba() -> None:
    """Let numba take a `Loop` or an `Intrinsic` that a function names for what stands behind it."""
    from numba.core.registry import cpu_target
    from numba.extending import typeof_impl

    def type_of(value: Loop | Intrinsic, context: object) -> Any:
        return cpu_target.typing_context.resolve_value_type(value.dispatcher)

    for name in (Loop, Intrinsic):
        typeof_impl.register(name)(type_of)


# Arguments


def _kind(argument: object) -> object:
    """What code has to know of an argument: equal kinds share one function."""
    if isinstance(argument, np.ndarray):
        if not argument.flags.c_contiguous:
            raise TypeError("a compiled loop takes C-contiguous arrays only")
        return argument.dtype, argument.ndim
    if isinstance(argument, (bool, int, np.bool_)):
        return "i"
    if isinstance(argument, (float, np.number)):
        return np.dtype(type(argument)).kind
    raise TypeError(f"a compiled loop takes arrays and numbers, not {type(argument).__name__}")


def _described(kind: Any) -> list[object] | str:
    """A kind in words that name a file."""
    if isinstance(kind, str):
        return kind
    dtype, dimensions = kind
    return [str(dtype.descr if dtype.names else dtype.str), dtype.itemsize, dimensions]


def _passed(arguments: Sequence[Any]) -> list[Any]:
    """The arguments as the calling convention has them."""
    words: list[Any] = []
    for argument in arguments:
        if isinstance(argument, np.ndarray):
            address = argument.ctypes.data  # __array_interface__ would spell out the fields of records
            words += (None, None, argument.size, argument.itemsize, address)
            words += argument.shape + argument.strides
        else:
            words.append(argument)
    return words


def _signature(kinds: Sequence[object]) -> list[Any]:
    """The C types of `_passed`."""
    words: list[Any] = []
    for kind in kinds:
        if isinstance(kind, tuple):
            pointer, number = ctypes.c_void_p, ctypes.c_ssize_t
            words += [pointer, pointer, number, number, pointer, *[number] * (2 * kind[1])]
        else:
            words.append({"i": ctypes.c_int64, "u": ctypes.c_uint64, "f": ctypes.c_double}[str(kind)])
    return words


# Code


def _bind(loop: Loop, kinds: tuple[object, ...], arguments: Sequence[Any]) -> Callable[..., Any]:
    """The loop for these kinds of arguments, from its object file or compiled now."""
    name = _file_name(loop, kinds)
    found = _read(loop, name)
    if found is None:
        _say_once()
        found = _compile(loop, arguments)
        _write(loop, name, *found)
    about, code = found
    return _callable(loop.__name__, kinds, str(about["result"]), _address(str(about["symbol"]), code))


@cache
def _say_once() -> None:
    """Who waits at a terminal hears why."""
    if sys.stderr.isatty():
        sys.stderr.write(
            "forensics: compiling its loops for this processor, once; later runs start at once\n"
        )


def _callable(name: str, kinds: Sequence[object], result: str, address: int) -> Callable[..., Any]:
    """A Python function around machine code. ``result``: '', or a letter for each number."""
    function = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, *_signature(kinds))(address)
    rooms = ctypes.c_uint64 * max(1, len(result))

    def call(words: Sequence[Any], _alive: Sequence[Any]) -> Any:
        answer, fault = rooms(), ctypes.c_void_p()
        status = function(ctypes.addressof(answer), ctypes.addressof(fault), *words)
        if status not in (0, NONE):
            raise SystemError(f"the compiled loop {name} failed with status {status}")
        if not result or status == NONE:
            return None
        numbers = tuple(map(_number, answer, result))
        return numbers[0] if len(numbers) == 1 else numbers

    return call


def _number(word: int, letter: str) -> float:
    """What 64 bits are: a truth in the lowest byte, a number with or without a sign, a double."""
    if letter == "b":
        return bool(word & 255)
    if letter == "u":
        return word
    return struct.unpack("d" if letter == "f" else "q", struct.pack("Q", word))[0]


def _compile(loop: Loop, arguments: Sequence[Any]) -> tuple[dict[str, str], bytes]:
    """What to know of the loop's machine code for such arguments, and the code as an object file."""
    from numba import typeof, types

    for intrinsic in Intrinsic.known:
        _ = intrinsic.dispatcher  # numba looks for new ones only before it begins
    dispatcher = loop.dispatcher
    signature = []
    for argument in arguments:
        if isinstance(argument, np.ndarray):
            signature.append(typeof(argument).copy(layout="C", readonly=False))
        else:
            signature.append({"i": types.int64, "u": types.uint64, "f": types.float64}[str(_kind(argument))])
    dispatcher.compile(tuple(signature))
    made = dispatcher.overloads[tuple(signature)]
    code = bytes(made.library._get_compiled_object())  # noqa: SLF001 -- numba's own cache takes it from there
    foreign = [symbol for symbol in FOREIGN if symbol in code]
    if foreign:
        raise SystemError(f"the compiled loop {loop.__name__} allocates or raises: it needs {foreign[0]!r}")
    return {"symbol": made.fndesc.llvm_func_name, "result": _result(made.signature.return_type)}, code


def _result(returned: Any) -> str:
    """A letter for each number that a loop answers."""
    from numba import types

    if returned == types.none:
        return ""
    if returned == types.boolean:
        return "b"
    parts = list(returned) if isinstance(returned, types.BaseTuple) else [returned]
    letters = {types.int64: "i", types.uint64: "u", types.float64: "f"}
    if not all(part in letters for part in parts):
        raise SystemError(f"a compiled loop answers {returned}, which no caller could take")
    return "".join(letters[part] for part in parts)


@cache
def _engine() -> Any:
    import llvmlite.binding as llvm

    with suppress(RuntimeError, AttributeError):  # done by importing it, in later versions
        llvm.initialize()
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine(opt=0, jit=True)
    return llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)


def _address(symbol: str, code: bytes) -> int:
    """Where the code is, loaded into this process for good."""
    import llvmlite.binding as llvm

    with _lock:
        engine = _engine()
        engine.add_object_file(llvm.ObjectFileRef.from_data(code))
        engine.finalize_object()
        return int(engine.get_function_address(symbol))


# Files


def _file_name(loop: Loop, kinds: tuple[object, ...]) -> str:
    told = json.dumps([_source_of(loop), _platform(), list(map(_described, kinds))])
    return f"{loop.function.__module__}.{loop.__name__}-{hashlib.sha256(told.encode()).hexdigest()[:32]}.code"


def _source_of(loop: Loop) -> str:
    return _sources(Path(loop.function.__code__.co_filename).parent)


@cache
def _sources(folder: Path) -> str:
    """A digest of the Python files here: loops call each other across them."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted(folder.glob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


@cache
def _platform() -> list[str]:
    import llvmlite.binding as llvm

    return [
        version("numba"),
        version("llvmlite"),
        np.__version__,
        platform.python_version(),
        sys.platform,
        llvm.get_host_cpu_name(),
        llvm.get_host_cpu_features().flatten(),
    ]


def _folders(loop: Loop) -> list[Path]:
    """Where code of this loop is kept, the first that can be written to."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return [
        Path(loop.function.__code__.co_filename).parent / "__pycache__",
        Path(base) / "heap-forensics" / "machine-code",
    ]


def _read(loop: Loop, name: str) -> tuple[dict[str, str], bytes] | None:
    for folder in _folders(loop):
        with suppress(OSError, ValueError):
            content = (folder / name).read_bytes()
            head, digest, code = content[len(MAGIC) :].split(b"\n", 2)
            if content.startswith(MAGIC) and hashlib.sha256(code).hexdigest().encode() == digest:
                return json.loads(head), code
    return None


def _write(loop: Loop, name: str, about: dict[str, str], code: bytes) -> None:
    """Keep the code whole or not at all, in place of what older sources were compiled to."""
    digest = hashlib.sha256(code).hexdigest().encode()
    content = MAGIC + json.dumps(about).encode() + b"\n" + digest + b"\n" + code
    for folder in _folders(loop):
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = folder / f"{name}.{os.getpid()}"
            part.write_bytes(content)
            part.replace(folder / name)
            return
