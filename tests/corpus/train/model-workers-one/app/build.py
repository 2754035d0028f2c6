import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

numbers = np.random.default_rng(1)
weights = [
    numpy_helper.from_array(numbers.standard_normal(shape).astype(np.float32) / 40, name)
    for name, shape in (("hidden", (1_024, 1_200)), ("output", (1_200, 40)))
]
graph = helper.make_graph(
    [
        helper.make_node("MatMul", ["pixels", "hidden"], ["between"]),
        helper.make_node("Relu", ["between"], ["active"]),
        helper.make_node("MatMul", ["active", "output"], ["scores"]),
    ],
    "letters",
    [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ["n", 1_024])],
    [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", 40])],
    initializer=weights,
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
onnx.save(model, "letters.onnx")
