"""A hint to the processor that memory will be wanted soon, as an intrinsic for compiled loops."""

from __future__ import annotations

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
