"""What compiled loops ask of the processor itself, as numba intrinsics: hints, wide loads, bit counts.

Imported only where a loop is compiled; loops name these through `intrinsics`.
"""

from __future__ import annotations

import sys

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic


@intrinsic
def prefetch(typingctx, array, index):
    """Ask for the cache line of ``array[index]`` (one dimension, C order, no bounds check)."""
    if not isinstance(array, types.Array) or not isinstance(index, types.Integer):
        return None

    def codegen(context, builder, signature, arguments):
        table = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.gep(table.data, [arguments[1]])
        address = builder.bitcast(place, cgutils.voidptr_t)
        kind = ir.IntType(32)
        function = cgutils.get_or_insert_function(
            builder.module,
            ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, kind, kind, kind]),
            "llvm.prefetch.p0i8",
        )
        builder.call(function, [address, kind(1), kind(2), kind(1)])
        return context.get_dummy_value()

    return types.void(array, index), codegen


@intrinsic
def eight_bytes(typingctx, array, index):
    """The eight bytes from ``array[index]`` on, the first one least significant (no bounds check)."""
    if (
        not isinstance(array, types.Array)
        or array.dtype != types.uint8
        or not isinstance(index, types.Integer)
    ):
        return None

    def codegen(context, builder, signature, arguments):
        table = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.gep(table.data, [arguments[1]])
        word = builder.load(builder.bitcast(place, ir.IntType(64).as_pointer()), align=1)
        if sys.byteorder == "big":
            word = builder.bswap(word)
        return word

    return types.uint64(array, index), codegen


@intrinsic
def trailing_zeros(typingctx, value):
    """The number of zero bits below the lowest bit that is set; ``value`` is not 0."""
    if value != types.uint64:
        return None

    def codegen(context, builder, signature, arguments):
        return builder.cttz(arguments[0], cgutils.true_bit)

    return types.uint64(types.uint64), codegen
