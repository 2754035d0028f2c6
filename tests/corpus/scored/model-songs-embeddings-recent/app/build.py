import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

numbers = np.random.default_rng(8)
weights = [
    numpy_helper.from_array(numbers.standard_normal(shape).astype(np.float32) / 30, name)
    for name, shape in (("ear", (1_280, 640)), ("memory", (640, 3_000)))
]
graph = helper.make_graph(
    [
        helper.make_node("MatMul", ["mel", "ear"], ["heard"]),
        helper.make_node("Relu", ["heard"], ["active"]),
        helper.make_node("MatMul", ["active", "memory"], ["embedding"]),
    ],
    "birdsong",
    [helper.make_tensor_value_info("mel", TensorProto.FLOAT, [1, 1_280])],
    [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, 3_000])],
    initializer=weights,
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
onnx.save(model, "birdsong.onnx")
