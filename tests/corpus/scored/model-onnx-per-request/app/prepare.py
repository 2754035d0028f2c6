import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

numbers = np.random.default_rng(4)
weights = [numbers.random((700, 700), np.float32) for _ in range(3)]
names = ["x", "a", "b", "y"]
nodes = [helper.make_node("MatMul", [names[n], f"w{n}"], [names[n + 1]]) for n in range(3)]
graph = helper.make_graph(
    nodes,
    "speech",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 700])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 700])],
    [numpy_helper.from_array(weight, f"w{n}") for n, weight in enumerate(weights)],
)
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), "speech.onnx")
